"""No number of rows, notices or references leaves by a side door: not by a check, a log, a summary or a notice."""

import ast
import csv
import html
import io
import re
from dataclasses import replace
from pathlib import Path

import pytest
import small
import small_year
from click.testing import CliRunner

from reportgen.app import build
from reportgen.app.build_summary import facts
from reportgen.app.cli import cli
from reportgen.model.edition import Edition
from reportgen.model.problem import Problem, RecordCount, Stage, together, without_records

ROOT = Path(__file__).parents[1]
ASIDE = ("checks.json", "checks.html", "manifest.json", "qa/data-log.csv", "qa/log.html", "qa/sign-off.html")


@pytest.mark.parametrize("show", [str, "{}".format, "{:,}".format, lambda one: f"{one}"])
def test_a_number_of_records_is_no_text(show):
    with pytest.raises(TypeError, match="may not be printed"):
        show(RecordCount(3))


def test_its_representation_does_not_tell_it():
    assert "41" not in repr(RecordCount(41))


def test_numbers_of_records_add_up():
    assert together([notice(row=2), notice(row=3, count=RecordCount(4))]).for_analyst() == 5


def test_only_the_list_of_problems_asks_for_the_number():
    asking = set()
    for path in (ROOT / "reportgen").rglob("*.py"):
        calls = (node for node in ast.walk(ast.parse(path.read_text("utf-8"))) if isinstance(node, ast.Attribute))
        asking |= {path.relative_to(ROOT).as_posix() for node in calls if node.attr == "for_analyst"}
    assert asking == {"reportgen/model/problem.py", "reportgen/app/terminal.py"}


def notice(**more):
    return Problem(
        Stage.INPUTS, "payment-overdue", "Unpaid for long.", severity="notice", file="p.csv", column="status", **more
    )


def test_notices_about_inputs_are_listed_once_per_kind_without_rows():
    told = without_records([notice(row=row, value="unpaid") for row in range(2, 40)])
    assert [(one.message, one.row, one.value, one.count.for_analyst()) for one in told] == [
        ("Unpaid for long.", None, None, 1)
    ]


def test_notices_that_differ_within_their_kind_are_named_by_code():
    (told,) = without_records([notice(row=2), replace(notice(row=3), message="Unpaid for 3 notices.")])
    assert told.message == "Payment overdue; “reportgen check” says more."


def test_problems_keep_their_rows():
    problem = replace(notice(row=2, value="x"), severity="problem")
    assert without_records([problem]) == [problem]


# The attack: a year with numbers of their own ---------------------------------------------------------------------------

NUMBERS = {"unpaid": 3}
"""Notices that are long unpaid: fewer than five, so no output may tell how many."""


def odd_year(folder):
    """A small official year with three notices long unpaid."""
    made = small.workspace(folder, notices=120)
    path = made.inputs / "2025/penalties.csv"
    rows = [*csv.DictReader(io.StringIO(path.read_text()))]
    untouched = [
        row for row in rows if row["status"] == "unpaid" and not row["objection_date"] and not row["appeal_date"]
    ]
    for row in rows:
        if row["status"] in ("unpaid", "part paid", "instalments") and row not in untouched[: NUMBERS["unpaid"]]:
            row["status"], row["paid_value"] = "paid", row["current_value"]
    path.write_text(small_year.as_csv([[*rows[0]], *([*row.values()] for row in rows)]))
    (made.inputs / "2025/ledger.csv").unlink()
    return made


def integers(text):
    """Whole numbers of a text that stand alone, without those of dates, times, names of files and versions."""
    plain = re.sub(r"<[^>]*>", " ", html.unescape(text))
    plain = re.sub(
        r"[0-9a-f]{64}|\d{4}-\d{2}-\d{2}|\d{1,2} (?:January|February|March|April|May|June|July|August|September|October|November|December) \d{4}",
        " ",
        plain,
    )
    plain = re.sub(r"[\w./+-]*[A-Za-z_][\w./+-]*", " ", plain)
    return {int(one.replace(",", "")) for one in re.findall(r"(?<![\d.,])\d[\d,]*(?![\d.])", plain)}


@pytest.fixture(scope="module")
def odd(tmp_path_factory):
    made = odd_year(tmp_path_factory.mktemp("odd"))
    return made, build.build(made, Edition(2025), only=frozenset({"csv"}))


def test_the_year_has_such_records(odd):
    _, publication = odd
    unpaid = [one for one in publication.problems if one.code == "payment-overdue" and "2025/" in one.file]
    assert 0 < together(unpaid).for_analyst() <= NUMBERS["unpaid"]


def test_no_check_reveals_how_many_records_a_notice_is_about(odd):
    _, publication = odd
    for name in ("checks.json", "checks.html", "qa/sign-off.html"):
        text = publication.files[name].decode()
        assert "Unpaid more than" in text
        assert "more like it" not in text
        assert "references looked for" not in text
        assert not re.search(r"penalties\.csv, row \d", text)


def test_the_same_with_more_and_fewer_such_records_says_the_same(odd, tmp_path):
    """One notice unpaid or three: the lines about them are the same to the letter."""
    _, publication = odd
    evidence = {one.id: one.evidence for one in publication.checks}
    fewer = NUMBERS["unpaid"] - 2
    again = odd_year(tmp_path)
    path = again.inputs / "2025/penalties.csv"
    rows = [*csv.DictReader(io.StringIO(path.read_text()))]
    unpaid = [row for row in rows if row["status"] == "unpaid"]
    for row in unpaid[fewer:]:
        row["status"], row["paid_value"] = "paid", row["current_value"]
    path.write_text(small_year.as_csv([[*rows[0]], *([*row.values()] for row in rows)]))
    other = {one.id: one.evidence for one in build.build(again, Edition(2025), only=frozenset({"csv"})).checks}
    assert other["input-notices"] == evidence["input-notices"]
    assert other["personal-data"] == evidence["personal-data"]


def test_rows_of_tables_about_people_are_in_no_file(odd):
    made, publication = odd
    for name in ASIDE:
        told = integers(publication.files[name].decode())
        for table in ("incidents", "penalties", "survey"):
            rows = len((made.inputs / f"2025/{table}.csv").read_text().splitlines()) - 1
            figures = {figure.value for figure in publication.composed.numbers.statistics.figures.values()}
            assert rows not in told or rows in figures, (name, table)


def test_a_build_shows_no_number_of_notices(odd):
    made, _ = odd
    names = ("inputs", "templates", "outputs")
    places = [part for name in names for part in (f"--{name}", str(getattr(made, name)))]
    for more in ((), ("-v",)):
        done = CliRunner().invoke(cli, ["build", "--year", "2025", "--only", "csv", *places, *more])
        assert done.exit_code == 0
        assert not re.search(r"\d+ notices|\(\d+ times\)|^  Rows ", done.stderr, re.MULTILINE)


def test_the_analysts_check_names_the_rows(odd):
    made, _ = odd
    done = CliRunner().invoke(
        cli, ["check", "--year", "2025", "--inputs", str(made.inputs), "--templates", str(made.templates)]
    )
    assert "payment-overdue" in done.stderr
    assert re.search(r"row \d|Rows \d", done.stderr)


def test_the_audit_publishes_only_one_total(odd):
    _, publication = odd
    hidden = publication.composed.numbers.statistics.audit.hidden
    (answer,) = [one for one in publication.checks if one.id == "disclosure-audit"]
    assert integers(" ".join(answer.evidence)) == {publication.composed.numbers.statistics.audit.published, hidden}
    assert dict(facts(publication))["Hidden"] == f"{hidden:,}"
    for name, data in publication.files.items():
        text = data.decode("utf-8", "replace")
        assert "dominance" not in text, name
        assert "p_percent" not in text, name
