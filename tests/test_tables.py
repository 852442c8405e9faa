"""Tables: how figures are laid out, what stands in the boxhead, what the notes say."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from reportgen import tables
from reportgen.model.edition import Edition
from reportgen.model.figure import Key
from reportgen.model.protected import HIDDEN, Audit, Figure, ProtectedStatistics
from reportgen.model.records import (
    Action,
    Context,
    Published,
    Question,
    Recommendation,
    Records,
)
from reportgen.model.release import Disclosure, Release
from reportgen.model.table import Measured, Table, TableSpec
from reportgen.scheme import law, publication_spec
from reportgen.scheme.measure_definitions import definitions
from reportgen.tables import table_notes

ISSUED = Measured("penalties.issued", "Notices")
COMPARED = Measured("penalties.issued", "Notices", compare=True)
CLEAR = Question("clear", "How clear was it?", "single", ("Clear", "Fair", "Unclear"), ("Clear",))
RELEASE = Release(Edition(2025), Edition(2025).period(), date(2026, 6, 30))


def key(text: str) -> Key:
    """A key from ``measure, breakdown=category, …``."""
    measure, *pairs = text.split(", ")
    return Key(measure, *(part for pair in pairs for part in pair.split("=")))


def statistics(
    figures: dict[str, object], *, year: int = 2025, previous=None, questions=(CLEAR,), **more
) -> ProtectedStatistics:
    """Protected statistics of these figures: a number, None for a hidden one, or the fields of a figure."""
    known = definitions(questions)
    made: dict[Key, Figure] = {}
    for text, value in figures.items():
        one = key(text)
        fields = value if isinstance(value, dict) else {"value": value}
        marker = HIDDEN if fields["value"] is None else ""
        made[one] = Figure(one, known[one.measure].unit, marker=marker, **fields)
    words: dict[str, dict[str, None]] = {}
    for one in made:
        for name, word in ((one.breakdown_1, one.category_1), (one.breakdown_2, one.category_2)):
            if name:
                words.setdefault(name, {})[word] = None
    return ProtectedStatistics(
        period=Edition(year).period(),
        figures=made,
        definitions={id_: one for id_, one in known.items() if any(k.measure == id_ for k in made)},
        categories={name: tuple(found) for name, found in words.items()},
        records=more.pop("records", Records(questions=questions)),
        settings=Disclosure(),
        audit=Audit(0, 0, 0),
        previous=previous,
        **more,
    )


def table(spec: TableSpec, given: ProtectedStatistics) -> Table:
    return tables.build([spec], given, RELEASE)[spec.id]


def texts(made: Table) -> list[list[str]]:
    return [[row.label, *(cell.text for cell in row.cells)] for row in made.rows]


def heads(made: Table) -> list[str]:
    return [column.heading for column in made.columns]


BY_ROLE = TableSpec("by-role", "Role", (ISSUED,), ("role", ""))


def test_a_breakdown_has_its_categories_and_its_total():
    made = table(
        BY_ROLE,
        statistics(
            {"penalties.issued": 1790, "penalties.issued, role=driver": 1290, "penalties.issued, role=owner": 500}
        ),
    )
    assert texts(made) == [["Driver", "1,290"], ["Owner", "500"], ["Total", "1,790"]]
    assert heads(made) == ["Notices"]
    assert [row.kind for row in made.rows] == ["body", "body", "total"]
    assert made.rows[0].cells[0].key == key("penalties.issued, role=driver")
    assert made.notes == ()


def test_two_breakdowns_in_one_table_stand_apart():
    """Each adds up to the total, so that both in one list would seem to add up to twice as much."""
    spec = TableSpec("both", "Section or role", (COMPARED,), ("section", "role", ""))
    figures = {"penalties.issued": 9, "penalties.issued, section=32": 9, "penalties.issued, role=driver": 9}
    made = table(spec, statistics(figures, previous=statistics({"penalties.issued": 5}, year=2024)))
    assert [(row.label, row.kind) for row in made.rows] == [
        ("By section", "section"),
        ("Section 32", "body"),
        ("By role", "section"),
        ("Driver", "body"),
        ("Total", "total"),
    ]
    assert [[cell.text for cell in row.cells] for row in made.rows if row.kind == "section"] == [["", "", ""]] * 2
    alone = table(spec, statistics({"penalties.issued": 9, "penalties.issued, role=driver": 9}))
    assert [row.label for row in alone.rows] == ["By role", "Driver", "Total"]


def test_a_hidden_figure_is_a_marker_and_explained():
    made = table(
        BY_ROLE,
        statistics(
            {"penalties.issued": None, "penalties.issued, role=driver": None, "penalties.issued, role=owner": 0}
        ),
    )
    assert texts(made) == [["Driver", "[c]"], ["Owner", "0"], ["Total", "[c]"]]
    assert made.rows[0].cells[0].value is None
    assert [note[:3] for note in made.notes] == ["[c]"]


def test_last_year_and_the_change_stand_beside_this_year():
    before = statistics(
        {"penalties.issued": 100, "penalties.issued, role=driver": 100, "penalties.issued, role=owner": 0}, year=2024
    )
    now = statistics(
        {"penalties.issued": 90, "penalties.issued, role=driver": None, "penalties.issued, role=owner": 20},
        previous=before,
    )
    made = table(replace(BY_ROLE, columns=(COMPARED,)), now)
    assert heads(made) == ["Notices, 2024 to 2025", "Notices, 2025 to 2026", "Notices, change"]
    assert texts(made) == [["Driver", "100", "[c]", "[c]"], ["Owner", "0", "20", "+20"], ["Total", "100", "90", "−10"]]


def test_a_measure_without_last_year_says_its_year_beside_one_that_has_it():
    before = statistics({"penalties.issued, place=Calais": 7, "penalties.incidents, place=Calais": 5}, year=2024)
    figures = {"penalties.issued, place=Calais": 9, "penalties.incidents, place=Calais": 6}
    spec = TableSpec("by-place", "Place", (COMPARED, Measured("penalties.incidents", "Incidents")), ("place",))
    made = table(spec, statistics(figures, previous=before))
    assert heads(made)[-2:] == ["Notices, change", "Incidents, 2025 to 2026"]
    assert heads(table(spec, statistics(figures))) == ["Notices", "Incidents"]


def test_without_last_year_there_is_nothing_to_compare():
    made = table(
        replace(BY_ROLE, columns=(COMPARED,)), statistics({"penalties.issued": 9, "penalties.issued, role=driver": 9})
    )
    assert heads(made) == ["Notices"]


def test_a_measure_that_last_year_lacks_is_not_compared():
    before = statistics({"incidents.count": 5}, year=2024)
    made = table(
        replace(BY_ROLE, columns=(COMPARED,)),
        statistics({"penalties.issued": 9, "penalties.issued, role=driver": 9}, previous=before),
    )
    assert heads(made) == ["Notices"]


def test_a_category_of_last_year_alone_keeps_its_row():
    before = statistics(
        {"penalties.issued": 12, "penalties.issued, accredited=yes": 5, "penalties.issued, accredited=not recorded": 7},
        year=2024,
    )
    now = statistics({"penalties.issued": 5, "penalties.issued, accredited=yes": 5}, previous=before)
    made = table(TableSpec("accredited", "Accredited", (COMPARED,), ("accredited", "")), now)
    assert texts(made) == [["Yes", "5", "5", "0"], ["Not recorded", "7", "0", "−7"], ["Total", "12", "5", "−7"]]
    assert made.notes == ()


def test_shares_change_by_percentage_points_of_the_shares_shown():
    """45.4% and 44.6% are shown as 45 and 45: the change is 0, not 1, and never a per cent of a per cent."""
    before = statistics({"objections.rate": 0.446, "objections.rate, section=32": 0.2}, year=2024)
    now = statistics({"objections.rate": 0.454, "objections.rate, section=32": 0.3}, previous=before)
    made = table(
        TableSpec("rate", "Section", (Measured("objections.rate", "Rate", compare=True),), ("section", "")), now
    )
    assert heads(made) == ["Rate, 2024 to 2025 (%)", "Rate, 2025 to 2026 (%)", "Rate, change (percentage points)"]
    assert texts(made) == [["Section 32", "20", "30", "+10"], ["Total", "45", "45", "0"]]


@pytest.mark.parametrize(
    ("measure", "value", "head", "text"),
    [
        ("value.initial", 1234.5, "X (£)", "1,235"),
        ("objections.rate", 0.004, "X (%)", "less than 1"),
        ("objections.rate", 0.996, "X (%)", "more than 99"),
        ("notice.days.median", 12.5, "X (days)", "13"),
    ],
)
def test_the_unit_stands_in_the_boxhead(measure, value, head, text):
    made = table(
        TableSpec("x", "Section", (Measured(measure, "X"),), ("section",)),
        statistics({f"{measure}, section=32": value}),
    )
    assert heads(made) == [head]
    assert texts(made) == [["Section 32", text]]


CROSS = TableSpec("cross", "Section", (ISSUED,), ("section",), "role")


def test_a_cross_table_has_totals_both_ways():
    figures = {"penalties.issued": 10, "penalties.issued, section=31A": 4, "penalties.issued, section=32": 6}
    figures |= {"penalties.issued, role=driver": 7, "penalties.issued, role=owner": 3}
    figures |= {
        f"penalties.issued, section={s}, role={r}": n
        for s, r, n in (("31A", "driver", 3), ("31A", "owner", 1), ("32", "driver", 4), ("32", "owner", 2))
    }
    made = table(CROSS, statistics(figures))
    assert heads(made) == ["Driver", "Owner", "Total"]
    assert texts(made) == [["Section 31A", "3", "1", "4"], ["Section 32", "4", "2", "6"], ["Total", "7", "3", "10"]]
    turned = table(replace(CROSS, rows=("role",), across="section"), statistics(figures))
    assert texts(turned) == [["Driver", "3", "4", "7"], ["Owner", "1", "2", "3"], ["Total", "4", "6", "10"]]


def test_parts_that_do_not_add_to_their_total_are_said_to_be_rounded():
    """To the nearest 5: 8 and 8 are 10 and 10, their sum 16 is 15."""
    figures = {"penalties.issued": 15, "penalties.issued, role=driver": 10, "penalties.issued, role=owner": 10}
    assert any("rounded" in note for note in table(BY_ROLE, statistics(figures)).notes)
    figures["penalties.issued"] = 20
    assert table(BY_ROLE, statistics(figures)).notes == ()
    figures["penalties.issued, role=owner"] = None
    assert not any("rounded" in note for note in table(BY_ROLE, statistics(figures)).notes)


def test_pounds_that_do_not_add_are_said_to_be_rounded():
    figures = {"value.paid": 3.0, "value.paid, role=driver": 1.5, "value.paid, role=owner": 1.5}
    spec = TableSpec("paid", "Role", (Measured("value.paid", "Paid"),), ("role", ""))
    assert any("rounded" in note for note in table(spec, statistics(figures)).notes)


def test_years_side_by_side_are_summed_each_alone():
    before = statistics(
        {"penalties.issued": 1, "penalties.issued, role=driver": 1, "penalties.issued, role=owner": 0}, year=2024
    )
    now = statistics(
        {"penalties.issued": 9, "penalties.issued, role=driver": 5, "penalties.issued, role=owner": 4}, previous=before
    )
    assert table(replace(BY_ROLE, columns=(COMPARED,)), now).notes == ()


def test_a_measure_whose_parts_need_not_add_is_not_called_rounded():
    """An incident with notices under both sections counts in each."""
    figures = {"penalties.incidents": 10, "penalties.incidents, section=31A": 6, "penalties.incidents, section=32": 7}
    spec = TableSpec("x", "Section", (Measured("penalties.incidents", "Incidents"),), ("section", ""))
    assert table(spec, statistics(figures)).notes == ()


MONEY = ("opening", "issued", "increased", "reduced", "cancelled", "paid", "refunded", "written_off", "closing")
FLOW = next(spec for spec in publication_spec.FIXED if spec.id == "money-flow")


def flow(*amounts: float, **more) -> ProtectedStatistics:
    return statistics({f"money.{name}": amount for name, amount in zip(MONEY, amounts, strict=True)}, **more)


def test_the_flow_of_money_ends_with_its_balance():
    made = table(FLOW, flow(100, 50, 10, 20, 5, 60, 2, 7, 70))
    assert heads(made) == ["2025 to 2026 (£)"]
    assert texts(made)[-1] == ["Owed at the end of the year", "70"]
    assert made.rows[-1].kind == "total"
    assert made.notes == ()


def test_a_flow_that_does_not_close_as_shown_is_said_to_be_rounded():
    """100.50 + 50.50 − 80 = 71: shown as 101 + 51 − 80 = 71, which is 1 less than it seems."""
    made = table(FLOW, flow(100.5, 50.5, 0, 0, 0, 80, 0, 0, 71))
    assert any("rounded" in note for note in made.notes)


def test_a_balance_that_was_not_carried_over_is_said():
    """Both balances displayed, and another number: a hidden one says nothing, nor does one that is the same."""
    last = {"money.closing": 70.0}
    for closing, said in ((70.0, False), (70.4, False), (71.0, True), (None, False)):
        now = statistics(
            {"money.opening": 70.0, "money.closing": 90.0},
            previous=statistics(last | {"money.closing": closing, "money.opening": 1.0}, year=2024),
        )
        assert (table_notes.UNJOINED in table(FLOW, now).notes) == said, closing
    hidden = statistics({"money.opening": None, "money.closing": 90.0}, previous=statistics(last, year=2024))
    assert table_notes.UNJOINED not in table(FLOW, hidden).notes
    assert table_notes.UNJOINED not in table(FLOW, statistics({"money.opening": 70.0})).notes


def test_lines_of_several_units_carry_their_units():
    before = statistics(
        {"penalties.issued": 12, "objections.rate": 0.5, "objections.days.median": 43, "value.paid": 2000}, year=2024
    )
    now = statistics(
        {"penalties.issued": 10, "objections.rate": 0.45, "objections.days.median": 42, "value.paid": 1500},
        previous=before,
    )
    lines = (
        ("penalties.issued", "Notices"),
        ("objections.rate", "Rate"),
        ("objections.days.median", "Time"),
        ("value.paid", "Paid"),
    )
    made = table(TableSpec("lines", "Measure", lines=lines, compare=True), now)
    assert texts(made) == [
        ["Notices", "12", "10", "−2"],
        ["Rate", "50%", "45%", "−5 percentage points"],
        ["Time", "43 days", "42 days", "−1 day"],
        ["Paid", "£2,000", "£1,500", "−£500"],
    ]


def shares(**bases: int) -> dict[str, object]:
    """A third each for three answers, all and by role, with these bases (0: hidden)."""
    made: dict[str, object] = {}
    for role, base in bases.items():
        for option in CLEAR.options:
            name = f"survey.clear, option={option}" if role == "all" else f"survey.clear, role={role}, option={option}"
            made[name] = {"value": 1 / 3, "base": base} if base else {"value": None}
    return made


SURVEY = TableSpec("survey-clear", "Answer", question="clear")


def test_a_question_shows_bases_flags_few_and_hides_fewer():
    made = table(SURVEY, statistics(shares(all=90, driver=50, owner=49, hirer=0)))
    assert heads(made) == ["All (%)", "Driver (%)", "Owner (%)", "Hirer (%)"]
    assert texts(made)[0] == ["Clear", "33", "33", "33 [u]", "[c]"]
    assert texts(made)[-1] == ["Base: people who answered", "90", "50", "49", "[c]"]
    assert made.notes[0] == "Shares are rounded, so they may not add up to 100%."
    assert [note[:3] for note in made.notes[1:]] == ["[c]", "[u]"]


def test_shares_that_add_up_need_no_note():
    figures = {
        f"survey.clear, option={option}": {"value": value, "base": 100}
        for option, value in zip(CLEAR.options, (0.5, 0.25, 0.25), strict=True)
    }
    assert table(SURVEY, statistics(figures)).notes == ()


@pytest.mark.parametrize(
    ("clear", "fair", "unclear", "positive", "note"),
    [
        (0.5, 0.25, 0.25, 0.75, ()),
        (1 / 3, 1 / 3, 1 / 3, 2 / 3, (table_notes.BOTH_ROUNDED,)),
        (0.3, 0.2, 0.49, 0.5, (table_notes.SHARES_ROUNDED,)),
        (0.3, 0.2, 0.5, 0.51, (table_notes.TOGETHER_ROUNDED,)),
        (None, 0.35, 0.51, 0.49, ()),
        (0.3, 0.2, None, 0.5, ()),
        (0.3, 0.2, None, 0.51, (table_notes.TOGETHER_ROUNDED,)),
        (0.5, 0.25, 0.25, None, ()),
    ],
)
def test_shares_that_do_not_add_up_as_shown_are_said_to_be_rounded(clear, fair, unclear, positive, note):
    """Everything displayed: to a hundred, and to the share of the positive answers; a hidden one says nothing."""
    question = replace(CLEAR, positive=("Clear", "Fair"))
    shares = zip(CLEAR.options, (clear, fair, unclear), strict=True)
    figures = {f"survey.clear, option={option}": {"value": value, "base": 99} for option, value in shares}
    figures["survey.clear.positive"] = {"value": positive, "base": 99}
    made = table(SURVEY, statistics(figures, questions=(question,)))
    assert tuple(one for one in made.notes if not one.startswith("[")) == note


@pytest.mark.parametrize(
    ("whole", "counts", "told"),
    [(20, (12, 8), False), (20, (12, 9), True), (20, (12, None), False), (20, (21, None), True), (None, (5, 9), False)],
)
def test_comments_on_several_themes_are_told_where_the_numbers_show_it(whole, counts, told):
    figures = {f"survey.themes, theme={n}": count for n, count in enumerate(counts)} | {"survey.themes": whole}
    spec = TableSpec("themes", "Theme", (Measured("survey.themes", "Responses", compare=True),), ("theme",))
    assert (table_notes.SEVERAL_THEMES in table(spec, statistics(figures)).notes) == told
    before = statistics(figures, year=2024)
    now = statistics({"survey.themes": 9, "survey.themes, theme=0": 9}, previous=before)
    assert (table_notes.SEVERAL_THEMES in table(spec, now).notes) == told


def test_several_answers_are_said_not_to_add():
    several = replace(CLEAR, kind="multiple")
    made = table(SURVEY, statistics(shares(all=90), questions=(several,)))
    assert made.notes == (table_notes.SEVERAL,)


def test_positive_answers_by_role_show_a_base_under_each():
    figures = {
        "survey.clear.positive": {"value": 0.5, "base": 80},
        "survey.clear.positive, role=driver": {"value": 0.25, "base": 20},
    }
    lines = (("survey.clear.positive", "How clear was it?"),)
    made = table(TableSpec("positive-by-role", "Question", lines=lines, lines_by="role"), statistics(figures))
    assert heads(made) == ["All (%)", "Driver (%)"]
    assert texts(made) == [["How clear was it?", "50", "25 [u]"], ["Base: How clear was it?", "80", "20"]]


CHANGES = TableSpec(
    "positive-change", "Question", lines=(("survey.clear.positive", "How clear was it?"),), changes=True
)


def changed(lower: float | None, upper: float | None, **more) -> Table:
    before = statistics({"survey.clear.positive": {"value": 0.4, "base": 90}}, year=2024)
    change = {"value": 10.0 if lower is not None else None, "lower": lower, "upper": upper}
    figures = {"survey.clear.positive": {"value": 0.5, "base": 100}, "survey.clear.positive.change": change}
    return table(CHANGES, statistics(figures, previous=before, **more))


@pytest.mark.parametrize(("lower", "upper", "told"), [(0.1, 19.9, "Yes"), (-4.0, 24.0, "No"), (-20.0, -0.1, "Yes")])
def test_a_change_is_more_than_chance_only_where_its_interval_leaves_out_0(lower, upper, told):
    made = changed(lower, upper)
    assert heads(made)[:4] == ["2024 to 2025 (%)", "Base, 2024 to 2025", "2025 to 2026 (%)", "Base, 2025 to 2026"]
    assert texts(made)[0][:6] == ["How clear was it?", "40", "90", "50", "100", "+10"]
    assert texts(made)[0][-1] == told


def test_a_hidden_change_has_no_verdict():
    assert texts(changed(None, None))[0][-2:] == ["[c]", "[c]"]


def test_a_reworded_question_is_marked_and_the_reason_told():
    before = statistics({"survey.clear.positive": {"value": 0.4, "base": 90}}, year=2024)
    now = statistics(
        {"survey.clear.positive": {"value": 0.5, "base": 100}},
        previous=before,
        breaks={"clear": "the question’s wording has changed"},
    )
    made = table(CHANGES, now)
    assert texts(made) == [["How clear was it?", "[b]", "[b]", "50", "100", "[b]", "[b]", "[b]"]]
    assert "[b] “How clear was it?”: the question’s wording has changed." in made.notes
    assert "40" not in str(texts(made))


def test_without_last_year_there_is_no_table_of_changes():
    assert tables.build([CHANGES], statistics({"survey.clear.positive": 0.5}), RELEASE) == {}


QUARTERS = ("2025-04 to 2025-06", "2025-07 to 2025-09", "2025-10 to 2025-12", "2026-01 to 2026-03")


BOTH_RULES = {"penalties.issued, regime=2023 scheme": 27, "penalties.issued, regime=2026 scheme": None}
OLD_RULES = {"penalties.issued, regime=2023 scheme": 36}


def by_quarter(measure: str = "penalties.issued", year: int = 2025, rules: dict[str, object] = BOTH_RULES) -> Table:
    labels = [label for _, _, label in Edition(year).period().quarters()]
    given = statistics({f"{measure}, quarter={label}": 9 for label in labels} | rules, year=year)
    return table(TableSpec("by-quarter", "Quarter", (Measured(measure, "Number"),), ("quarter",)), given)


def test_a_table_over_1_january_2026_shows_the_break():
    made = by_quarter()
    assert [row.label for row in made.rows] == [
        "April to June 2025",
        "July to September 2025",
        "October to December 2025",
        "January to March 2026 [b]",
    ]
    assert made.notes[0] == "[b] New penalty rules apply to incidents from 1 January 2026."


def test_a_year_under_one_set_of_rules_has_no_break():
    assert by_quarter(rules=OLD_RULES).notes == ()
    assert [row.label for row in by_quarter(rules=OLD_RULES).rows][-1] == "January to March 2026"
    assert by_quarter(year=2024).notes == ()
    assert by_quarter(year=2026).notes == ()


def test_incidents_are_not_under_penalty_rules():
    assert by_quarter("incidents.count").notes == ()


def test_regimes_stand_in_the_order_of_the_law():
    before = statistics({"penalties.issued, regime=2023 scheme": 9}, year=2025)
    now = statistics({"penalties.issued, regime=2026 scheme": 8}, year=2026, previous=before)
    made = table(TableSpec("regimes", "Rules", (COMPARED,), ("regime",)), now)
    assert [row[0] for row in texts(made)] == ["2023 scheme", "2026 scheme"]


def test_where_one_set_of_rules_held_for_all_there_is_no_table_of_rules():
    spec = next(spec for spec in publication_spec.FIXED if spec.id == "penalties-by-regime")
    figures = {"penalties.issued": 9, "penalties.issued, regime=2023 scheme": 9}
    assert tables.build([spec], statistics(figures), RELEASE) == {}
    figures = {"penalties.issued": 17, "penalties.issued, regime=2026 scheme": 8} | figures
    assert [row[0] for row in texts(table(spec, statistics(figures)))] == ["2023 scheme", "2026 scheme", "Total"]


def test_values_of_notices_under_two_sets_of_rules_say_so():
    spec = TableSpec("v", "Section", (Measured("value.initial", "Issued"),), ("section",))

    def noted(rules: dict[str, object], year: int) -> tuple[str, ...]:
        return table(spec, statistics({"value.initial, section=32": 9.0} | rules, year=year)).notes

    said = "Includes notices under the old rules and the new rules of 1 January 2026."
    assert noted(BOTH_RULES, 2025) == (said,)
    assert noted(BOTH_RULES, 2026)[0] == said  # late notices for incidents of the year before
    assert noted(OLD_RULES, 2025) == ()
    assert noted({}, 2025) == ()


ACCREDITED = TableSpec("accreditation", "Accredited", (COMPARED,), ("accredited",))


@pytest.mark.parametrize(
    ("last", "now", "cells"),
    [
        ({"yes": 9, "not recorded": 7}, {"yes": 8}, ["7", "0", "-7"]),
        ({"yes": 9, "not recorded": None}, {"yes": 8}, ["[c]", "0", "[c]"]),
        ({"yes": 9}, {"yes": 8, "not recorded": 6}, ["0", "6", "+6"]),
        ({"yes": 9}, {"yes": 8, "not recorded": None}, ["0", "[c]", "[c]"]),
        ({}, {"yes": 8, "not recorded": 6}, ["[z]", "6", "[z]"]),
    ],
)
def test_a_category_that_one_year_lacks_is_0_there(last, now, cells):
    def given(found: dict[str, object], year: int, before: ProtectedStatistics | None = None) -> ProtectedStatistics:
        cut = {f"penalties.issued, accredited={word}": value for word, value in found.items()}
        return statistics({"penalties.issued": 99} | cut, year=year, previous=before)

    made = table(ACCREDITED, given(now, 2025, given(last, 2024)))
    row = next(row for row in made.rows if row.label == "Not recorded")
    assert [cell.text.replace("−", "-") for cell in row.cells] == cells
    assert all(cell.key is None for cell in row.cells if cell.text == "0")


@pytest.mark.parametrize(("year", "cells"), [(2025, ["[z]", "8", "[z]"]), (2026, ["0", "8", "+8"])])
def test_rules_that_had_not_begun_have_no_figure_where_others_have_0(year, cells):
    before = statistics({"penalties.issued, regime=2023 scheme": 9}, year=year - 1)
    now = {"penalties.issued, regime=2023 scheme": 7, "penalties.issued, regime=2026 scheme": 8}
    made = table(TableSpec("regimes", "Rules", (COMPARED,), ("regime",)), statistics(now, year=year, previous=before))
    assert [row[1:] for row in texts(made) if row[0] == "2026 scheme"] == [cells]


def published(series: str, value: float, unit: str = "notices", period: str = "2023-24") -> Published:
    return Published(
        series, "penalties_issued", unit, "all", "financial_year", period, value, "exact", "Hansard", "", "primary", ""
    )


def test_published_series_stand_one_under_another_and_are_never_summed():
    records = Records(
        published=(published("A", 100), published("B", 9.5, "percent"), published("A", 50, period="2024-25"))
    )
    given = statistics({"penalties.issued": 1}, records=records)
    made = table(TableSpec("both", "Series", series=("A", "B")), given)
    assert [row.cells[1].text for row in made.rows] == ["100 notices", "50 notices", "9.5%"]
    assert all(row.kind == "body" for row in made.rows)
    assert [cell.value for row in made.rows for cell in row.cells] == [None] * 9
    alone = table(TableSpec("a", "Period", series=("A",)), given)
    assert heads(alone)[0] == "Notices"
    assert heads(alone)[1:] == ["Source"]
    assert texts(alone)[0] == ["2023 to 2024", "100", "Hansard"]


def test_two_figures_of_one_period_say_what_each_covers_and_a_rough_one_that_it_is_rough():
    everyone = replace(published("A", 100), scope="section 32; role all")
    rows = everyone, replace(everyone, value=60, scope="section 32; role driver"), replace(everyone, value=5, scope="")
    given = statistics({"penalties.issued": 1}, records=Records(published=rows))
    made = table(TableSpec("a", "Period", series=("A",)), given)
    assert heads(made) == ["Notices", "What it covers", "Source"]
    assert [row[2] for row in texts(made)] == ["Section 32; all roles", "Section 32; drivers", "Not stated"]
    rough = Records(published=(everyone, replace(everyone, period="2024-25", qualifier="more than")))
    made = table(TableSpec("a", "Period", series=("A",)), statistics({"penalties.issued": 1}, records=rough))
    assert heads(made) == ["Notices", "How it was given", "Source"]
    assert [row[2] for row in texts(made)] == ["As stated", "More than"]


def test_figures_of_a_series_stand_in_the_order_of_time():
    periods = ["10 years to 2023-24", "not known", "2023-24", "2023 Jan-Apr", "2012 to 2015", "2001", "2022", "2015"]
    rows = tuple(published("A", 1, period=period) for period in periods)
    made = table(
        TableSpec("a", "Period", series=("A",)), statistics({"penalties.issued": 1}, records=Records(published=rows))
    )
    assert [row[0] for row in texts(made)] == [
        "2001",
        "2015",
        "2012 to 2015",
        "2022",
        "January to April 2023",
        "2023 to 2024",
        "10 years up to and including 2023 to 2024",
        "not known",
    ]


@pytest.mark.parametrize(
    "joined",
    [
        {"columns": (ISSUED,)},
        {"rows": ("role", "")},
        {"lines": (("penalties.issued", "Notices"),)},
        {"across": "role"},
        {"compare": True},
    ],
)
@pytest.mark.parametrize("alone", [{"series": ("A",)}, {"context": True}])
def test_a_published_series_is_never_joined_with_our_figures(joined, alone):
    with pytest.raises(ValueError, match="never joined"):
        TableSpec("x", "X", **joined, **alone)


def test_related_statistics_stand_beside_each_other():
    rows = tuple(Context(name, "2025-04 to 2025-06", 10.0, "people", "Source", "") for name in ("Boats", "Lorries"))
    made = table(
        TableSpec("context", "Series", context=True), statistics({"penalties.issued": 1}, records=Records(context=rows))
    )
    assert texts(made) == [
        ["Boats", "April to June 2025", "10", "people", "Source"],
        ["Lorries", "April to June 2025", "10", "people", "Source"],
    ]


def test_a_table_without_figures_is_left_out():
    specs = [BY_ROLE, CROSS, SURVEY, FLOW, TableSpec("s", "S", series=("A",)), TableSpec("c", "C", context=True)]
    assert tables.build(specs, statistics({"incidents.count": 3}), RELEASE) == {}


def test_definitions_say_what_every_measure_counts_and_what_places_it_in_the_year():
    given = statistics(
        {
            "penalties.issued": 1,
            "objections.rate": 0.5,
            "survey.clear.positive": 0.5,
            "survey.clear.positive.change": 1.0,
        }
    )
    rows = {row[0]: row[1:] for row in texts(table(TableSpec("definitions", "Measure", text="definitions"), given))}
    assert "one notice for each responsible person" in rows["Penalty notices issued"][0]
    assert rows["Penalty notices issued"][1] == "Date of the notice"
    assert "as a share of all notices of the year" in rows["Objection rate"][0]
    assert "Wilson" in rows["Positive answers to a question"][0]
    assert "Newcombe" in rows["Change in positive answers"][0]


def test_every_measure_is_defined_in_the_table_of_definitions():
    every = definitions([CLEAR])
    given = statistics(dict.fromkeys(every, 1))
    made = table(TableSpec("definitions", "Measure", text="definitions"), given)
    assert len(made.rows) == len(every)
    assert all(cell.text for row in made.rows for cell in row.cells)


def test_late_actions_are_those_that_are_overdue():
    one = Action(
        "A1",
        "Do it",
        "",
        "",
        "Team",
        (),
        quick_win=True,
        status="in progress",
        start=None,
        due=date(2026, 1, 1),
        completed=None,
        outcome="",
        overdue=True,
    )

    def told(*actions):
        given = statistics({"actions.count": 2}, records=Records(actions=actions))
        return table(TableSpec("late", "Action", text="late"), given)

    made = told(one, replace(one, ref="A2", overdue=False))
    assert heads(made) == ["Led by", "Due"]
    assert texts(made) == [["Do it", "Team", "1 January 2026"]]
    earlier = replace(one, action="Do that", status="not started", due=date(2025, 12, 1))
    made = told(one, earlier)
    assert heads(made) == ["Led by", "Status", "Due"]
    assert texts(made) == [
        ["Do that", "Team", "Not started", "1 December 2025"],
        ["Do it", "Team", "In progress", "1 January 2026"],
    ]


def test_a_recommendation_is_late_or_does_not_apply():
    late = Recommendation(1, "Do it", "Accepted", "2026-03", "in progress", "", overdue=True)
    refused = replace(late, number=2, response="Not accepted", target_month="", status="not accepted", overdue=False)
    records = Records(recommendations=(late, refused))
    made = table(TableSpec("r", "R", text="recommendations"), statistics({"actions.count": 1}, records=records))
    assert texts(made) == [
        ["1. Do it", "Accepted", "March 2026", "In progress, late", "Not stated"],
        ["2. Do it", "Not accepted", "Does not apply", "Not accepted", "Does not apply"],
    ]


def test_the_eleven_items_on_the_survey_are_all_answered_or_said_to_be_missing():
    given = statistics({"survey.responses": 9})
    spec = TableSpec("method", "Item", text="method")
    assert [row.cells[0].text for row in table(spec, given).rows] == ["Not stated"] * 11
    stated = replace(RELEASE, survey_method={"weighting": "The answers are not weighted."})
    made = tables.build([spec], given, stated)["method"]
    assert [row.cells[0].text for row in made.rows].count("Not stated") == 10
    assert ["Were the answers weighted?", "The answers are not weighted."] in texts(made)


def words(name, year=2025):
    """A table of words of a year."""
    release = Release(Edition(year), Edition(year).period(), date(year + 1, 6, 30))
    made = tables.build([TableSpec(name, "", text=name)], statistics({"penalties.issued": 1}, year=year), release)
    return made.get(name)


def test_what_lowers_a_penalty_is_what_did_by_the_end_of_the_year():
    def told(year):
        made = words("reductions", year)
        return [row[0] for row in texts(made)] if made else []

    assert told(2025)[-1] == "Employer accredited (since 1 January 2026)"
    assert told(2024) == told(2025)[:-1]
    assert not any("since" in label for label in told(2024))
    assert told(2021) == []
    assert {cell[:1] for row in texts(words("reductions")) for cell in row} <= {*"ABCDEFGHIJKLMNOPQRSTUVWXYZ", "5"}


def test_levels_that_are_alike_under_two_rules_stand_once():
    made = words("levels")  # the rules changed within the year, the levels did not
    assert heads(made) == ["Most for one person responsible", "Most for all responsible together", "Counted for"]
    assert texts(made) == texts(words("levels", 2024))
    assert texts(made)[0] == ["Section 32, first penalty", "£6,000", "£12,000", "each person found"]
    assert len(made.rows) == 5


def test_levels_that_changed_within_the_year_name_their_rules():
    made = words("levels", 2022)
    assert heads(made)[0] == "Rules"
    first, *others = texts(made)
    assert first == [
        "Section 32, any penalty",
        "Flexible, from 8 December 2002 to 12 February 2023",
        "£2,000",
        "£4,000",
        "each person found",
    ]
    assert {row[1] for row in others} == {"2023 scheme, from 13 February 2023 to 31 December 2025"}


def test_the_time_allowed_stands_with_what_is_to_be_done():
    told = {row[0]: row[1] for row in texts(words("process"))}
    assert told["Payment"] == "The penalty is due in full. Time allowed: 60 days from the issue of the notice."
    timed = [stage for stage, words in told.items() if "Time allowed" in words]
    assert timed == ["Payment", "Proposal to pay in instalments", "Objection", "Appeal"]
    assert str(law.SALE_DAYS) in told["Sale of the vehicle"]
