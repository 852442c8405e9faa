"""Explaining figures: found by any near spelling, with steps that lead to the very number, and nothing that is hidden."""

from __future__ import annotations

import csv
import io
import json
import re
from dataclasses import replace
from datetime import date, datetime
from functools import cache
from pathlib import Path
from types import SimpleNamespace

import pytest
from test_recomputation import SHIPPED

from reportgen import explain
from reportgen.app import build
from reportgen.explain.facts import Facts, facts
from reportgen.model.figure import Key
from reportgen.model.narrative import QuotedFigure

ISSUED = Key("penalties.issued")
DRIVERS = Key("penalties.issued", "role", "driver")
BOTH = Key("penalties.issued", "section", "32", "role", "driver")


def composed(numbers, quoted=(), placed=None):
    return SimpleNamespace(numbers=numbers, narrative=SimpleNamespace(quoted=quoted, placed=placed or {}))


def fields(numbers):
    return {
        name: getattr(numbers, name) for name in ("release", "previous", "sources", "statistics", "tables", "charts")
    }


@pytest.fixture(scope="module")
def year(shipped):
    """The shipped year; the words quote two figures and place one table."""
    numbers = shipped.publication.composed.numbers
    quoted = (
        QuotedFigure(ISSUED, "1,790", 1790.0, "", ("chapters/penalties.md:3", "captions.toml:12"), "2025 to 2026"),
        QuotedFigure(ISSUED, "12", 12.0, "", ("chapters/penalties.md:4",), "2025 to 2026", part="change"),
        QuotedFigure(DRIVERS, "911", 911.0, "", ("chapters/penalties.md:5",), "2024 to 2025"),
    )
    return composed(numbers, quoted, {"table-penalties-by-role": "chapters/penalties.md:9"})


@pytest.mark.parametrize(
    "typed",
    [
        "penalties.issued{section=32, role=driver}",
        "penalties.issued{role=driver, section=32}",
        "penalties.issued section=32 role=driver",
        "Penalties.Issued, Section = 32, Role = DRIVER",
        'penalties.issued section="32" role="driver"',
        "penalties.issued section=Section 32 role=Driver",
        '{{ stat("penalties.issued", section="32", role="driver") }}',
    ],
)
def test_a_figure_is_found_by_any_near_spelling(year, typed):
    assert explain.find(typed, year.numbers.statistics) == BOTH


def test_every_figure_is_found_by_its_id_and_by_its_word(year):
    statistics = year.numbers.statistics
    for row, key in list(zip(explain.listing(statistics), statistics.figures, strict=True))[::5]:
        assert explain.find(row["id"], statistics) == key
        if statistics.figures[key].value is not None:
            assert explain.find(row["word"], statistics) == key


def test_an_answer_may_hold_commas_and_categories_their_printed_form(year):
    statistics = year.numbers.statistics
    found = explain.find("survey.knows_scheme option=yes, but not a member", statistics)
    assert found.category_1 == "Yes, but not a member"
    assert explain.find("penalties.issued month=April 2025", statistics).category_1 == "2025-04"
    assert explain.find("penalties.issued registered_in=Romania", statistics).category_1 == "RO"


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("penalties.issud", "Did you mean “penalties.issued”?"),
        ("penalties.issued rolle=driver", "Did you mean “role”?"),
        ("penalties.issued role=drivr", "Did you mean “driver”?"),
        ("penalties.issued role=9", "There are: driver, owner, hirer, operator."),
        ("penalties.issued role=driver vehicle_type=van", "no figure for driver, van together"),
        ("money.paid role=driver", "is not broken down by “role” but by nothing"),
    ],
)
def test_an_unknown_figure_is_answered_with_what_there_is(year, typed, said):
    with pytest.raises(LookupError, match=re.escape(said)):
        explain.explained(year, typed)


def test_a_measure_without_a_total_is_answered_with_its_parts(year):
    lines = explain.explained(year, "survey.would_help").splitlines()
    assert lines[0].startswith("survey.would_help{option=Checklist for drivers}")
    assert len(lines) == 37


def test_one_figure_explained(year):
    found = facts(BOTH, year)
    figure = year.numbers.statistics.figures[BOTH]
    last = year.numbers.statistics.previous.figures[BOTH]
    assert found.label == "Penalty notices issued: Section 32, Driver"
    assert found.this.value == figure.value
    assert found.last.value == last.value
    assert found.comparison == f"+{int(figure.value - last.value)}"
    assert found.steps == (
        "Keep the rows where notice_date is from 1 April 2025 to 31 March 2026.",
        "Keep the rows where section is 32.",
        "Keep the rows where role is driver.",
        "Count the rows.",
    )
    assert found.rows == figure.value
    assert [(one.file, one.rows) for one in found.files] == [("inputs/2025/penalties.csv", None)]
    assert list(found.tables) == ["penalties-by-section-and-role"]
    assert found.protection.startswith("Shown as it is")


def test_an_explanation_lists_every_place_that_quotes_the_figure(year):
    text = explain.explained(year, "penalties.issued")
    assert "chapters/penalties.md:3: “1,790” (2025 to 2026)" in text
    assert "captions.toml:12: “1,790” (2025 to 2026)" in text
    assert "chapters/penalties.md:4: “12” (the change since 2024 to 2025)" in text
    assert "penalties-by-role (chapters/penalties.md:9)" in text
    assert "accreditation (in the downloads only)" in text
    assert "chapters/penalties.md:5: “911” (2024 to 2025)" in explain.explained(year, "penalties.issued role=driver")
    assert "Quoted in the words     Nowhere" in explain.explained(year, "money.opening")


def test_an_explained_share_gives_its_numerator_and_denominator(year):
    figure = year.numbers.statistics.get("objections.rate", section="32")
    found = facts(figure.key, year)
    assert found.numerator == ("Notices of the year with an objection", f"{figure.numerator:,}")
    assert found.denominator == ("Notices of the year", f"{figure.base:,}")
    collected = facts(Key("value.collected_share"), year)
    assert collected.numerator[1].startswith("£")
    assert collected.denominator[1].startswith("£")


def test_a_month_is_compared_with_the_month_a_year_before(year):
    found = facts(Key("penalties.issued", "month", "2025-04"), year)
    assert found.last.value == year.numbers.statistics.previous.get("penalties.issued", month="2024-04").value


def test_a_figure_of_last_year_alone_is_explained_by_its_own_year(year):
    statistics = year.numbers.statistics
    late = Key("actions.overdue")
    figures = {key: figure for key, figure in statistics.figures.items() if key != late}
    numbers = SimpleNamespace(**fields(year.numbers) | {"statistics": replace(statistics, figures=figures)})
    found = facts(explain.find("actions.overdue", numbers.statistics), composed(numbers))
    assert found.this is None
    assert found.last.value == statistics.previous.figures[late].value
    assert found.steps[0].startswith("Keep the rows where due_date is before 30 June 2025")
    assert found.files[0].file == "inputs/2024/actions.csv"
    assert "Value, 2025 to 2026" not in explain.explained(composed(numbers), "actions.overdue")


def test_other_countries_are_not_compared_since_the_ten_largest_change(year):
    assert facts(Key("penalties.issued", "registered_in", "Other"), year).comparison.startswith("Not compared")


def test_a_reworded_question_is_not_compared_and_says_so(year):
    found = facts(Key("survey.decisions_prompt.positive"), year)
    assert found.comparison.startswith("[b] Not compared with last year: the question’s wording has changed")
    option = facts(Key("survey.decisions_prompt", "option", "Very satisfied"), year)
    assert option.comparison.startswith("[b]")


def test_an_explanation_reveals_nothing_hidden(year):
    statistics = year.numbers.statistics
    hidden = [key for key, figure in statistics.figures.items() if figure.hidden]
    assert len(hidden) > 20
    for key in hidden:
        found = facts(key, year)
        assert (found.this.value, found.this.base, found.this.interval, found.rows) == (None, None, "", None)
        assert (found.numerator[1], found.denominator[1]) == ("", "")
        assert "[c]" in found.protection
        assert "stat(" not in explain.explained(year, str(key))


def test_a_numerator_or_base_that_is_not_displayed_is_left_out(year):
    """The parts of a share are told only where they are displayed themselves; so is the number of rows of a file."""
    statistics = year.numbers.statistics
    figures = dict(statistics.figures)
    rate, paid = Key("objections.rate"), Key("value.paid")
    figures[rate] = replace(figures[rate], base=None)
    figures[paid] = replace(figures[paid], value=None, marker="[c]")
    figures[ISSUED] = replace(figures[ISSUED], value=None, marker="[c]", base=None)
    numbers = SimpleNamespace(**fields(year.numbers) | {"statistics": replace(statistics, figures=figures)})
    there = composed(numbers)
    assert (facts(rate, there).numerator[1], facts(rate, there).denominator[1], facts(rate, there).rows) == (
        "",
        "",
        None,
    )
    assert facts(Key("value.collected_share"), there).numerator[1] == ""
    assert facts(Key("value.initial_mean"), there).denominator[1] == ""
    assert facts(rate, there).files[0].rows is None
    assert facts(Key("money.paid"), there).files[0].rows is None
    assert "would tell a hidden figure" in explain.explained(there, "objections.rate")


def test_rounded_figures_are_explained_as_rounded_without_rows(year):
    statistics = year.numbers.statistics
    settings = replace(statistics.settings, round_to=5)
    numbers = SimpleNamespace(**fields(year.numbers) | {"statistics": replace(statistics, settings=settings)})
    found = facts(ISSUED, composed(numbers))
    assert "rounded to the nearest 5" in found.protection
    assert found.rows is None


def test_the_list_has_every_figure_and_can_be_searched(year):
    statistics = year.numbers.statistics
    lines = explain.explained(year, None).splitlines()
    assert len(lines) == len(statistics.figures) + 1
    assert lines[-1] == f"{len(statistics.figures):,} figures"
    found = json.loads(explain.explained(year, None, search="Objection driver", as_json=True))
    assert {row["id"] for row in found} >= {"objections.rate{role=driver}", "objections.received{role=driver}"}
    assert all("driver" in row["id"] and "bjection" in row["label"] for row in found)
    assert explain.explained(year, None, search="zebra") == "No figure has these words.\n"


def test_the_workbench_gets_the_keys_that_its_page_reads(year):
    page = (Path(build.__file__).parents[1] / "data" / "workbench.html").read_text("utf-8")
    read = set(re.findall(r"\bf\.(\w+)\b", page))
    assert read <= set(explain.listing(year.numbers.statistics)[0])


def test_json_says_the_same(year):
    made = json.loads(explain.explained(year, "objections.rate section=32", as_json=True))
    assert made["id"] == "objections.rate{section=32}"
    assert made["numerator"]["displayed"]
    assert made["breakdown"] == [{"by": "section", "category": "32"}]
    assert made["this_year"]["period"] == "2025 to 2026"
    assert made["input_files"][0]["file"] == "inputs/2025/penalties.csv"
    assert made["how_to_find_the_rows"][-1].startswith("Count the rows whose objection_date is filled in")


def test_every_figure_of_the_report_is_explained_with_its_place(shipped):
    """Each figure that the words quote, a table holds or a chart draws, of this year and of last, is found by its id."""
    report = shipped.publication.composed
    statistics = report.numbers.statistics
    for one in report.narrative.quoted:
        text = explain.explained(report, str(one.key))
        assert all(f"{where}: “{one.display}”" in text for where in one.where), one
    kinds = (("table", report.numbers.tables), ("chart", {id_: c.table for id_, c in report.numbers.charts.items()}))
    held = 0
    for kind, made in kinds:
        for id_, table in made.items():
            keys = {cell.key for row in table.rows for cell in row.cells if cell.key}
            held += len(keys)
            for key in sorted(keys)[::7]:
                found = facts(explain.find(str(key), statistics), report)
                assert id_ in (found.tables if kind == "table" else found.charts)
    assert len(report.narrative.quoted) > 50
    assert held > 500


# The steps, done as they are written: every displayed count must come out.

DAY = r"(\d+ \w+ \d{4})"


@cache
def day(text: str) -> date:
    return datetime.strptime(text, "%d %B %Y").date()  # noqa: DTZ007 - a day has no zone


class Spreadsheet:
    """The input files as rows of text, kept and counted as the steps say."""

    def __init__(self, folder: Path) -> None:
        texts = {path.stem: path.read_text("utf-8") for path in folder.glob("*.csv")}
        self.tables = {name: list(csv.DictReader(io.StringIO(text))) for name, text in texts.items()}
        self.kept: dict[tuple[str, ...], list[dict[str, str]]] = {}
        self.incidents = {row["incident_ref"]: row for row in self.tables["incidents"]}

    def count(self, found: Facts) -> int:
        assert found.steps[-1] == "Count the rows."
        return len(self.keep(Path(found.files[0].file).stem, found.steps[:-1]))

    def keep(self, table: str, steps: tuple[str, ...]) -> list[dict[str, str]]:
        if not steps:
            return self.tables[table]
        if (table, *steps) not in self.kept:
            condition = re.fullmatch(r"Keep the rows where (.*)\.", steps[-1])
            assert condition, steps
            rows = self.keep(table, steps[:-1])
            self.kept[table, *steps] = [row for row in rows if self.holds(row, condition[1])]
        return self.kept[table, *steps]

    def holds(self, row: dict[str, str], condition: str) -> bool:
        looked_up = re.fullmatch(r"(\w+) \(looked up in incidents by incident_ref\) (.*)", condition)
        if looked_up:
            return self.holds(self.incidents[row["incident_ref"]], f"{looked_up[1]} {looked_up[2]}")
        name, test = condition.split(" ", 1)
        cell = row[name]
        for words, holds in TESTS.items():
            if match := re.fullmatch(words, test):
                return holds(cell, *match.groups())
        raise AssertionError(condition)


TESTS = {
    f"is from {DAY} to {DAY}": lambda cell, a, b: bool(cell) and day(a) <= date.fromisoformat(cell) <= day(b),
    f"is {DAY} or later": lambda cell, start: date.fromisoformat(cell) >= day(start),
    r"is in (\w+ \d{4})": lambda cell, month: cell[:7] == f"{day(f'1 {month}'):%Y-%m}",
    "is filled in and is none of (.*)": lambda cell, words: bool(cell) and cell not in words.split(", "),
    "is empty": lambda cell: not cell,
    "is filled in": bool,
    "has (.*)": lambda cell, word: word in [part.strip() for part in cell.split(";")],
    "is (.*)": lambda cell, word: cell == word,
}
COUNTS = ("incidents.count", "penalties.issued", "objections.received", "objections.decided", "appeals.lodged")
COUNTS += ("appeals.decided", "survey.responses", "survey.themes", "actions.count", "recommendations.count")


def test_whoever_follows_the_steps_gets_the_figure(year):
    statistics, sheet = year.numbers.statistics, Spreadsheet(SHIPPED / "2025")
    checked = 0
    for key, figure in statistics.figures.items():
        if key.measure in COUNTS and figure.value is not None:
            found = facts(key, year)
            assert sheet.count(found) == figure.value, found.steps
            assert found.rows == figure.value
            checked += 1
    assert checked > 250


def test_every_measure_has_steps(year):
    statistics = year.numbers.statistics
    for key in statistics.figures:
        found = facts(key, year)
        assert found.steps[-1].endswith(".")
        assert found.files
        assert not re.search(r"\bNone\b(?! of)", " ".join(found.steps))
