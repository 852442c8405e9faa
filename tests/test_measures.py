"""The measures: every one as specified in ``tests/spec/``, reviewable as data, and the readings behind them."""

from __future__ import annotations

from datetime import date, timedelta

import pandas as pd
import pytest
import specification
from hypothesis import given, settings
from hypothesis import strategies as st
from specification import FOLDER, YEAR, Specification
from test_recomputation import SHIPPED, calculated

from reportgen import disclosure, inputs, release
from reportgen.measures import Statistic, Statistics
from reportgen.measures.aggregation import StatisticBuilder
from reportgen.measures.money_flow import money
from reportgen.model.edition import Edition
from reportgen.model.figure import Key
from reportgen.model.records import Question
from reportgen.scheme.data_dictionary import TABLES
from reportgen.scheme.measure_definitions import definitions

FILES = sorted(FOLDER.glob("*.md"))
SPECIFICATIONS = {path.stem: specification.read(path) for path in FILES if path.stem != "README"}
FILLED = ("count", "sum", "flow")


@pytest.mark.parametrize("name", SPECIFICATIONS)
def test_the_measures_are_as_specified(name, tmp_path):
    spec: Specification = SPECIFICATIONS[name]
    spec.write(tmp_path)
    made = calculated(tmp_path, YEAR)
    for measure, expected in spec.then.items():
        cells = {key: cell for key, cell in made.cells.items() if key.measure == measure}
        for key, wanted in expected.items():
            assert key in cells, f"{key} is not there"
            cell = cells[key]
            assert cell.value == pytest.approx(float(wanted.value), rel=1e-12), key
            assert wanted.base is None or str(cell.base) == wanted.base, key
            for limit, own in ((wanted.lower, cell.lower), (wanted.upper, cell.upper)):
                if limit is not None:
                    digits = len(limit.partition(".")[2])
                    assert own == pytest.approx(float(limit), abs=0.5001 * 10**-digits), key
        named = {(key.breakdown_1, key.breakdown_2) for key in expected} | ({("", "")} if not expected else set())
        for key, cell in cells.items():
            if not expected or ((key.breakdown_1, key.breakdown_2) in named and key not in expected):
                filled = bool(expected) and made.definitions[measure].kind in FILLED
                assert (filled, cell.value) == (True, 0), f"{key} is {cell.value}, and not specified"


def test_every_measure_has_a_specification():
    specified = {measure for spec in SPECIFICATIONS.values() for measure in spec.then}
    asked = Question("clear", "How clear was the notice?", "single", ("Clear", "Unclear"), ("Clear",))
    assert set(definitions([asked])) <= specified


def test_every_breakdown_of_a_measure_is_specified_somewhere():
    """Each way in which a measure is broken down has at least one category in a specification."""
    asked = Question("clear", "How clear was the notice?", "single", ("Clear", "Unclear"), ("Clear",))
    specified = {
        (key.measure, tuple(name for name in (key.breakdown_1, key.breakdown_2) if name))
        for spec in SPECIFICATIONS.values()
        for rows in spec.then.values()
        for key in rows
    }
    wanted = {(id_, names) for id_, one in definitions([asked]).items() for names in one.breakdowns}
    assert wanted - specified == set()


# Money: every penny

EVENTS = ("issued", "increased", "reduced", "cancelled", "paid", "refunded", "written off")
PAYERS = ("driver", "owner", None)
NOTICES = ("N1", "N2", "N3")
OWNERS = {"N1": "driver", "N2": "owner", "N3": "hirer"}
EVENT = st.tuples(
    st.sampled_from(NOTICES),
    st.dates(date(2024, 1, 1), date(2026, 6, 30)),
    st.sampled_from(EVENTS),
    st.integers(0, 10**9),
    st.sampled_from(PAYERS),
)


NOTICES_ON_FILE = pd.DataFrame(
    {"notice_ref": list(OWNERS), "role": list(OWNERS.values()), "contributor": range(len(OWNERS))}
)


def flow(events: list[tuple[str, date, str, int, str | None]]) -> dict[str, Statistic]:
    """The flow of the year 2025 from these events, in pence."""
    ledger = pd.DataFrame(events, columns=["notice_ref", "date", "event", "amount", "payer_role"])
    ledger["date"] = pd.to_datetime(ledger["date"])
    ledger["amount"] = ledger["amount"].astype("Int64")
    cells = StatisticBuilder(definitions([]))
    money(cells, ledger, NOTICES_ON_FILE, Edition(2025).period())
    return {key.measure.removeprefix("money."): cell for key, cell in cells.made.items()}


@given(st.lists(EVENT, min_size=1, max_size=40))
@settings(max_examples=60, deadline=None)
def test_any_ledger_closes_to_the_penny(events):
    made = flow(events)
    pence = {name: cell.numerator for name, cell in made.items()}
    assert pence["closing"] == (
        pence["opening"] + pence["issued"] + pence["increased"] - pence["reduced"] - pence["cancelled"]
        - pence["paid"] + pence["refunded"] - pence["written_off"]
    )  # fmt: skip
    assert all(cell.value * 100 == pytest.approx(cell.numerator, abs=1e-4) for cell in made.values())


@given(st.lists(EVENT, min_size=1, max_size=40))
@settings(max_examples=60, deadline=None)
def test_balances_and_payments_are_those_of_each_notice(events):
    """Notice by notice, event by event, in whole pence."""
    made = flow(events)
    first, last = date(2025, 4, 1), date(2026, 3, 31)
    sign = dict(zip(EVENTS, (1, 1, -1, -1, -1, 1, -1), strict=True))
    for name, until in (("opening", first - timedelta(days=1)), ("closing", last)):
        owed = [sum(sign[e] * a for n, d, e, a, _ in events if n == notice and d <= until) for notice in NOTICES]
        assert (made[name].numerator, made[name].base) == (sum(owed), sum(amount != 0 for amount in owed))
    others = [(n, a) for n, d, e, a, p in events if e == "paid" and p not in (None, OWNERS[n]) and first <= d <= last]
    assert made["paid_for_others"].numerator == sum(amount for _, amount in others)
    assert made["paid_for_others"].base == len({notice for notice, _ in others})
    paid = [
        sum(a for n, d, e, a, _ in events if (n, e) == (notice, "paid") and first <= d <= last) for notice in NOTICES
    ]
    assert made["paid"].contributors == sum(amount > 0 for amount in paid)
    assert [one.pence for one in made["paid"].top] == sorted((amount for amount in paid if amount), reverse=True)[:2]


@pytest.mark.parametrize(
    ("event", "amount", "notice", "words"),
    [
        ("refunded", "500", "N2", "paid − refunded comes to £5,999.99"),
        ("written off", "799.75", "N3", "written off comes to £799.76"),
        ("reduced", "700.25", "N3", "issued + increased − reduced − cancelled comes to £799.74"),
    ],
)
def test_a_planted_penny_is_found_and_its_notice_named(tmp_path, event, amount, notice, words):
    SPECIFICATIONS["money"].write(tmp_path)
    path = tmp_path / str(YEAR) / "ledger.csv"
    right = f"{event},{amount}\n"
    assert right in path.read_text("utf-8")
    path.write_text(path.read_text("utf-8").replace(right, f"{event},{float(amount) + 0.01:.2f}\n"), "utf-8")
    settings_ = release.read(tmp_path / str(YEAR), Edition(YEAR)).value
    found = [one for one in inputs.read(tmp_path / str(YEAR), settings_).problems if one.severity == "problem"]
    assert [one.code for one in found] == ["ledger-differs"]
    assert notice in found[0].message
    assert words in found[0].message


# Last year beside this


@pytest.fixture(scope="module")
def both_reports() -> tuple[Statistics, Statistics]:
    """The shipped report of 2025, and that of 2024 by itself."""
    return calculated(SHIPPED, 2025), calculated(SHIPPED, 2024)


def test_the_figures_of_last_year_are_those_of_its_own_report(both_reports):
    now, then = both_reports
    assert now.previous is not None
    assert now.previous.cells == then.cells
    assert now.previous.settings == then.settings


def test_the_figures_of_last_year_are_protected_as_in_its_own_report(both_reports):
    shown = []
    for report, year in zip(both_reports, (2025, 2024), strict=True):
        settings_ = release.read(SHIPPED / str(year), Edition(year)).value
        protected = disclosure.protect(report, settings_)
        assert [one for one in protected.problems if one.severity == "problem"] == []
        shown.append(protected.value)
    assert shown[0].previous.figures == shown[1].figures
    assert shown[0].previous.period == shown[1].period


def test_a_question_with_other_words_or_options_is_known_and_has_a_reason(both_reports):
    assert both_reports[0].breaks == {"decisions_prompt": "the question’s wording has changed"}
    assert Key("survey.decisions_prompt.positive.change") not in both_reports[0].cells
    assert Key("survey.notice_clear.positive.change") in both_reports[0].cells


@pytest.mark.parametrize(
    ("changed", "reason"),
    [
        ({"wording": "How was the notice?"}, "the question’s wording has changed"),
        ({"kind": "scale"}, "the way to answer it has changed"),
        ({"options": "Clear; Unclear; No answer"}, "the answers offered have changed"),
        ({"options": "Unclear; Clear"}, "the answers offered have changed"),
        ({"positive_options": "Clear; Unclear"}, "what counts as positive has changed"),
        ({"positive_options": ""}, "what counts as positive has changed"),
    ],
)
def test_every_change_of_a_question_stops_its_comparison(tmp_path, changed, reason):
    spec = SPECIFICATIONS["survey-compared"]
    last = [row | changed if row["question"] == "clear" else row for row in spec.last_year["questions"]]
    Specification("changed", given=spec.given, last_year=spec.last_year | {"questions": last}).write(tmp_path)
    made = calculated(tmp_path, YEAR)
    assert made.breaks["clear"] == reason
    assert Key("survey.clear.positive.change") not in made.cells


def test_a_question_without_positive_answers_is_watched_too(tmp_path):
    """Its options are not compared either, where its words changed."""
    spec = SPECIFICATIONS["survey-compared"]
    bare = [[row | {"positive_options": ""} for row in rows["questions"]] for rows in (spec.given, spec.last_year)]
    Specification(
        "bare", given=spec.given | {"questions": bare[0]}, last_year=spec.last_year | {"questions": bare[1]}
    ).write(tmp_path)
    made = calculated(tmp_path, YEAR)
    assert set(made.breaks) == {"fair", "easy", "new"}


# The list of measures


def test_definitions_are_complete_and_in_sentences():
    """A statistician reads the list alone: every measure says what it counts, from what, placed by what."""
    asked = Question("clear", "How clear was the notice?", "single", ("Clear", "Unclear"), ("Clear",))
    dated = {f"{table.name}.{column.name}" for table in TABLES.values() for column in table.columns}
    for id_, one in definitions([asked]).items():
        assert one.id == id_
        assert one.definition.endswith(".")
        assert one.label
        assert one.numerator
        assert (one.kind in ("share", "survey share")) <= bool(one.denominator)
        assert one.dated_by in dated | {""}
        assert set(one.tables) <= set(TABLES)
        assert one.additive <= {name for names in one.breakdowns for name in names}
    percentiles = [one for one in definitions([]).values() if one.kind == "percentile"]
    assert percentiles
    assert all("type 7" in one.definition for one in percentiles)


def test_every_measure_has_its_total_first_and_then_its_breakdowns(both_reports):
    """One row without breakdown for every measure (not for the options of a question), then the breakdowns as defined."""
    made = both_reports[0]
    rows: dict[str, list[tuple[str, ...]]] = {}
    for key in made.cells:
        way = tuple(name for name in (key.breakdown_1, key.breakdown_2) if name)
        ways = rows.setdefault(key.measure, [])
        if not ways or ways[-1] != way:
            ways.append(way)
    for measure, ways in rows.items():
        one = made.definitions[measure]
        options = one.kind == "survey share" and not measure.endswith(".positive")
        if options:
            assert set(ways) == set(one.breakdowns)
        else:
            assert ways[0] == ()
            assert ways[1:] == [way for way in one.breakdowns if way in ways]
    assert list(rows) == list(made.definitions)


def test_whole_money_is_kept_in_whole_pence(both_reports):
    """No sum of money is ever made of binary fractions: its pence are whole, and the pounds come from them."""
    for key, cell in both_reports[0].cells.items():
        if both_reports[0].definitions[key.measure].kind in ("sum", "flow") and "entrants" not in key.measure:
            assert isinstance(cell.numerator, int)
            assert cell.value == cell.numerator / 100
