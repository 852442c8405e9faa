"""One fault each: what was wrong, and how it is told. The year is tests/support/small_year.py; rows are a spreadsheet's rows."""

from dataclasses import dataclass, replace

import pytest
import small_year
from input_folder import read

from reportgen import inputs, release
from reportgen.files.table_writers import encode
from reportgen.model.edition import Edition


@dataclass(frozen=True)
class Cell:
    """Row, column (or a new row) that is changed in a table."""

    table: str
    row: int
    column: str
    text: str


def cell(table, row, column, text, code, value=None, *, at=None, severity="problem"):
    """A changed cell, and the problem that comes of it: there, with that value, unless said otherwise."""
    shown = text if value is None else value
    place = at or (table, row, column)
    return pytest.param(
        [Cell(table, row, column, text)], (code, *place, shown), severity, id=f"{table}-{column}-{code}-{text[:14]}"
    )


def cells(code, place, value, *changes, severity="problem"):
    """Several cells that together are one fault."""
    return pytest.param(
        [Cell(*one) for one in changes],
        (code, *place, value),
        severity,
        id=f"{place[0]}-{place[2]}-{code}-{value[:14]}",
    )


P, INC = "penalties", "incidents"
FAULTS = [
    # Dates: day before month, never guessed
    cell(P, 2, "notice_date", "07/28/2025", "no-such-date"),
    cell(P, 2, "notice_date", "13/25/2025", "no-such-date"),
    cell(P, 2, "notice_date", "31/06/2025", "no-such-date"),
    cell(P, 2, "notice_date", "2025-02-30", "no-such-date"),
    cell(P, 2, "notice_date", "28/07/25", "not-a-date"),
    cell(P, 2, "notice_date", "28-Jul-25", "not-a-date"),
    cell(P, 2, "notice_date", "45866", "not-a-date"),
    cell(P, 2, "notice_date", "July 2025", "not-a-date"),
    cell(P, 2, "notice_date", "tomorrow", "not-a-date"),
    cell(P, 2, "notice_date", "2025-07-28T23:30:00Z", "not-a-date"),
    cell(P, 2, "notice_date", "28 Julember 2025", "not-a-date"),
    cell(P, 2, "notice_date", "1925-07-28", "date-out-of-range"),
    cell(P, 2, "notice_date", "", "value-missing"),
    # Money
    cell(P, 4, "initial_value", "three thousand", "not-money"),
    cell(P, 4, "initial_value", "3000,00", "not-money"),
    cell(P, 4, "initial_value", "30 00", "not-money"),
    cell(P, 4, "initial_value", "3,00", "not-money"),
    cell(P, 4, "initial_value", "€3000", "not-money"),
    cell(P, 4, "initial_value", "3e3", "not-money"),
    cell(P, 4, "initial_value", "3000.005", "not-money"),
    cell(P, 4, "initial_value", "inf", "not-money"),
    cell(P, 4, "initial_value", "nan", "not-money"),
    cell(P, 4, "initial_value", "-3000", "negative"),
    cell(P, 4, "initial_value", "(3000)", "negative"),
    cell(P, 4, "initial_value", "−3000", "negative"),
    cell(P, 4, "initial_value", "99999999999999", "out-of-range"),
    cell(P, 4, "initial_value", "9" * 5000, "out-of-range", "9" * 200 + "…"),
    cell(P, 4, "initial_value", "", "value-missing"),
    cell(P, 7, "written_off_value", "lots", "not-money"),
    # Counts and numbers
    cell(INC, 4, "entrants", "2.5", "not-a-whole-number"),
    cell(INC, 4, "entrants", "two", "not-a-whole-number"),
    cell(INC, 4, "entrants", "1,2", "not-a-whole-number"),
    cell(INC, 4, "entrants", "-1", "out-of-range"),
    cell(INC, 4, "entrants", "9" * 30, "out-of-range"),
    cell("team", 2, "posts_filled", "1e2", "not-a-number"),
    cell("team", 2, "posts_filled", "-2", "out-of-range"),
    cell("team", 2, "posts_filled", "9" * 40, "out-of-range"),
    cell("published", 2, "value", "about 1,276", "not-a-number"),
    cell("recommendations", 3, "number", "0", "out-of-range"),
    # Words from a list
    cell(INC, 4, "place", "Calias", "unknown-category"),
    cell(INC, 4, "vehicle_type", "lorry", "unknown-category"),
    cell(P, 2, "section", "33", "unknown-category"),
    cell(P, 2, "objection_outcome", "upheld", "unknown-category"),
    cell(P, 2, "status", "payed", "unknown-category"),
    cell(P, 2, "registered_in", "UK", "unknown-country"),
    cell(P, 2, "registered_in", "Poland", "unknown-country"),
    cell(P, 2, "accredited", "maybe", "not-yes-or-no"),
    cell("actions", 2, "quick_win", "2", "not-yes-or-no"),
    # Months and quarters
    cell("team", 3, "month", "2025-13", "not-a-month"),
    cell("team", 3, "month", "05/2025", "not-a-month"),
    cell("team", 3, "month", "2025-04", "key-twice"),
    cell("context", 2, "period", "2025 Q1", "not-a-quarter"),
    cell("context", 2, "period", "2025-04 to 2025-07", "not-a-quarter"),
    cell("context", 2, "period", "2025-06 to 2025-04", "not-a-quarter"),
    # Texts
    cell(P, 3, "registered_in", "#N/A", "formula-error"),
    cell(P, 3, "objection_outcome", "#REF!", "formula-error"),
    cell("team", 2, "cases_open", "Err:502", "formula-error"),
    cell("actions", 2, "heard", "a\x07b", "control-character"),
    # Survey and questions
    cell("survey", 2, "clear_letter", "Quite clear", "unknown-category"),
    cell("survey", 2, "helps", "Videos; Parks", "unknown-category", "Parks"),
    cell("survey", 2, "helps", "Videos, Parking", "unknown-category", "Videos, Parking"),
    cell("survey", 3, "response_id", "R-1", "key-twice"),
    cell("questions", 2, "positive_options", "Very clear; Clear as mud", "positive-not-option", "Clear as mud"),
    cell("questions", 3, "kind", "tickboxes", "unknown-category"),
    cells("one-option", ("questions", 3, "options"), "Videos", ("questions", 3, "options", "Videos"), ("survey", 2, "helps", "Videos"), ("survey", 3, "helps", "")),
    cells("question-name", ("questions", 3, "question"), "themes", ("questions", 3, "question", "Themes"), ("survey", 1, "helps", "extra")),
    cells("question-name", ("questions", 3, "question"), "response_rate", ("questions", 3, "question", "Response rate"), ("survey", 1, "helps", "response rate")),
    cells("not-a-name", ("questions", 3, "question"), "2nd.question", ("questions", 3, "question", "2nd.question"), ("survey", 1, "helps", "extra")),
    cells("key-twice", ("questions", 3, "question"), "clear_letter", ("questions", 3, "question", "Clear Letter"), ("survey", 1, "helps", "extra")),
    # Keys and references
    cell(INC, 5, "incident_ref", "I-3", "key-twice"),
    cell(P, 6, "incident_ref", "I-99", "unknown-reference"),
    cell("actions", 3, "action_ref", "A-1", "key-twice"),
    cells("unknown-reference", ("ledger", 21, "notice_ref"), "N-99", ("ledger", 21, "+", "N-99,2025-07-28,paid,0,owner")),
    # Dates against each other and the as-at date (30 June 2026)
    cell(P, 6, "notice_date", "2026-07-01", "after-as-at"),
    cell(P, 6, "objection_date", "2026-07-02", "after-as-at"),
    cell(P, 2, "objection_decision_date", "2026-07-02", "after-as-at"),
    cell(P, 6, "appeal_date", "2026-07-02", "after-as-at"),
    cells("dates-out-of-order", (P, 9, "appeal_decision_date"), "2025-08-29", (P, 9, "appeal_date", ""), (P, 9, "appeal_decision_date", "2025-08-29")),
    cell(INC, 4, "incident_date", "2026-07-01", "after-as-at"),
    cell(INC, 6, "incident_date", "2026-05-21", "dates-out-of-order", "2026-05-20", at=(P, 6, "notice_date")),
    cell(P, 8, "objection_date", "2025-07-01", "dates-out-of-order"),
    cell(P, 8, "objection_decision_date", "2025-07-30", "dates-out-of-order"),
    cells("dates-out-of-order", (P, 8, "objection_decision_date"), "2025-07-01", (P, 8, "objection_date", ""), (P, 8, "objection_decision_date", "2025-07-01")),
    cell(P, 9, "appeal_date", "2025-08-01", "dates-out-of-order"),
    cell(P, 9, "appeal_decision_date", "2025-10-19", "dates-out-of-order"),
    cell(P, 9, "appeal_decision_date", "2026-07-01", "after-as-at"),
    cell("ledger", 20, "date", "2026-12-01", "after-as-at"),
    cell("actions", 2, "completed_date", "2026-09-12", "after-as-at"),
    cell("team", 3, "month", "2026-08", "after-as-at"),
    # The law: section 31A from 13 February 2023, levels by regime, section, occasion, people
    cell(P, 6, "entrants", "0", "entrants-by-section"),
    cell(P, 4, "entrants", "1", "entrants-by-section"),
    cells("section-not-in-force", (P, 8, "section"), "31A", (INC, 5, "incident_date", "2023-02-12"), (INC, 5, "outcome", "penalty"), (P, 8, "incident_ref", "I-4")),
    cells("before-scheme", (P, 6, "incident_ref"), "I-5", (INC, 6, "incident_date", "2000-04-02")),
    cells("above-maximum", (P, 6, "initial_value"), "10000.01", (P, 6, "initial_value", "10000.01"), (P, 6, "current_value", "10000.01"), ("ledger", 12, "amount", "10000.01")),
    cells("above-maximum", (P, 6, "initial_value"), "9000", (P, 6, "occasion", "first")),
    cells("above-maximum", (P, 7, "initial_value"), "1500.50", (P, 7, "initial_value", "1500.50"), (P, 7, "current_value", "1500.5"), (P, 7, "written_off_value", "1000.50"), ("ledger", 13, "amount", "1500.50"), ("ledger", 15, "amount", "1000.50")),
    # Outcomes, values, statuses
    cells("outcome-and-value", (P, 5, "current_value"), "100", (P, 5, "current_value", "100"), ("ledger", 11, "amount", "8900")),
    cells("outcome-and-value", (P, 8, "current_value"), "100", (P, 8, "current_value", "100"), ("ledger", 17, "amount", "1400")),
    cells("outcome-and-value", (P, 9, "current_value"), "5000", (P, 9, "current_value", "5000"), ("ledger", 19, "event", "written off"), (P, 9, "written_off_value", "1000")),
    cells("outcome-and-value", (P, 2, "current_value"), "12000", (P, 2, "current_value", "12000"), (P, 2, "paid_value", "12000"), ("ledger", 3, "event", "paid")),
    cells("outcome-and-value", (P, 6, "current_value"), "8000", (P, 6, "current_value", "8000"), ("ledger", 12, "amount", "8000"), (P, 6, "initial_value", "8500"), ("ledger", 12, "amount", "8500"), ("ledger", 21, "+", "N-5,2026-05-21,reduced,500,")),
    cell(P, 5, "status", "unpaid", "outcome-and-status"),
    cells("outcome-and-status", (P, 4, "status"), "nil", (P, 4, "status", "nil")),
    cells("status-and-money", (P, 3, "status"), "paid", (P, 3, "paid_value", "11000"), ("ledger", 6, "amount", "11500")),
    cell(P, 3, "status", "part paid", "status-and-money"),
    cell(P, 4, "status", "unpaid", "status-and-money"),
    cell(P, 4, "status", "written off", "status-and-money"),
    cells("status-and-money", (P, 7, "status"), "written off", (P, 7, "written_off_value", "900"), ("ledger", 15, "amount", "900")),
    cell(INC, 2, "outcome", "pending", "incident-outcome"),
    cell("actions", 3, "status", "complete", "no-completed-date", "", at=("actions", 3, "completed_date")),
    cell(P, 3, "status", "instalments", "status-and-money"),
    # The ledger
    cells("ledger-differs", (P, 2, "initial_value"), "12000", ("ledger", 2, "amount", "12001"), ("ledger", 3, "amount", "6001")),
    cell("ledger", 3, "amount", "6001", "ledger-differs", "6000", at=(P, 2, "current_value")),
    cell("ledger", 4, "amount", "5999.99", "ledger-differs", "6000", at=(P, 2, "paid_value")),
    cell("ledger", 15, "amount", "1", "ledger-differs", "1000", at=(P, 7, "written_off_value")),
    cell("ledger", 3, "event", "paid out", "unknown-category"),
    cells("ledger-without-notice", (P, 6, "notice_ref"), "N-5", ("ledger", 12, "notice_ref", "N-3"), ("ledger", 12, "event", "refunded"), ("ledger", 12, "amount", "0")),
    # Rows
    pytest.param([Cell("team", 3, "-", "")], ("blank-row", "team", 3, None, None), "problem", id="blank-row-between"),
    pytest.param([Cell("team", 1, "cases_open", "")], ("column-without-name", "team", 2, "6", "310"), "problem", id="column-without-name"),
    # Columns
    cell(P, 1, "status", "state", "column-missing", "status", at=(P, 1, "status")),
    cell("survey", 1, "helps", "help", "column-missing", "helps", at=("survey", 1, "helps")),
    cell("actions", 1, "outcome", "Owner", "column-twice", "owner", at=("actions", 1, "owner")),
]  # fmt: skip
NOTICES = [
    cell(P, 2, "objection_date", "", "day-missing", severity="notice"),
    cell(P, 2, "objection_decision_date", "", "day-missing", severity="notice"),
    cell(P, 9, "appeal_date", "", "day-missing", severity="notice"),
    cell(P, 9, "appeal_decision_date", "", "day-missing", severity="notice"),
    cell(P, 9, "appeal_outcome", "", "outcome-missing", severity="notice"),
    cell(P, 2, "objection_date", "2025-08-26", "late-objection", severity="notice"),
    cell(P, 6, "notice_date", "2026-04-30", "payment-overdue", "unpaid", at=(P, 6, "status"), severity="notice"),
    cells("above-aggregate", (P, 2, "initial_value"), "12000", (P, 8, "section", "32"), (P, 8, "entrants", "2"), severity="notice"),
    cell(P, 1, "accredited", "acredited", "column-unknown", "acredited", at=(P, 1, "acredited"), severity="notice"),
    cell(P, 1, "accredited", "note", "column-absent", "accredited", at=(P, 1, "accredited"), severity="notice"),
    cell("actions", 2, "audience", "driver; trade bodies", "unknown-role", severity="notice"),
]  # fmt: skip


def changed(changes):
    tables = small_year.year()
    for change in changes:
        rows = tables[change.table]
        if change.column == "+":
            rows.insert(change.row - 1, change.text.split(","))
        elif change.column == "-":
            rows.insert(change.row - 1, [""] * len(rows[0]))
        else:
            column = small_year.year()[change.table][0].index(change.column)
            rows[change.row - 1][column] = change.text
    return tables


def told(problem):
    return problem.code, problem.file, problem.row, problem.column, problem.value


def test_the_year_has_no_fault(tmp_path):
    found = read(small_year.put(tmp_path / "inputs" / "2025"))
    assert found.problems == ()
    assert found.value is not None


@pytest.mark.parametrize(("changes", "expected", "severity"), FAULTS)
def test_one_fault_is_reported_once_with_its_place(tmp_path, changes, expected, severity):
    found = read(small_year.put(tmp_path / "inputs" / "2025", changed(changes)))
    code, table, row, column, value = expected
    problems = [told(problem) for problem in found.problems if problem.severity == "problem"]
    assert problems == [(code, f"inputs/2025/{table}.csv", row, column, value)]
    assert found.value is None
    assert all(problem.hint and problem.message for problem in found.problems)


@pytest.mark.parametrize(("changes", "expected", "severity"), NOTICES)
def test_what_is_worth_a_look_stops_nothing(tmp_path, changes, expected, severity):
    found = read(small_year.put(tmp_path / "inputs" / "2025", changed(changes)))
    code, table, row, column, value = expected
    assert [problem for problem in found.problems if problem.severity == "problem"] == []
    assert (code, f"inputs/2025/{table}.csv", row, column, value) in [told(problem) for problem in found.problems]
    assert found.value is not None


def test_more_answers_by_invitation_than_invitations_are_noticed(tmp_path):
    folder = small_year.put(tmp_path / "inputs" / "2025")
    settings = release.read(folder, Edition(2025)).value

    def noticed(**sent):
        found = inputs.read(folder, replace(settings, invitations=sent))
        assert found.value is not None
        return [told(one) for one in found.problems if one.code == "more-answers-than-invited"]

    # R-1, a driver, and R-2, an owner, came by invitation; R-3 by the open link.
    assert noticed(driver=1, owner=1, other=0) == []
    twice = small_year.year()
    twice["survey"].append(["R-4", *twice["survey"][1][1:]])
    small_year.put(folder, twice)
    place = ("inputs/2025/survey.csv", None, "invited_through", "driver")
    assert noticed(driver=1, owner=1) == [("more-answers-than-invited", *place)]
    assert noticed(driver=2, owner=1) == []


def test_months_of_the_team_without_figures_are_noticed_once(tmp_path):
    def noticed(*rows):
        tables = small_year.year()
        tables["team"] = [tables["team"][0], *rows]
        found = read(small_year.put(tmp_path / "inputs" / "2025", tables))
        assert found.value is not None
        return [(told(one), one.message, one.severity) for one in found.problems if one.code == "months-missing"]

    whole = small_year.year()["team"][1:]
    place = ("months-missing", "inputs/2025/team.csv", None, "month")
    assert noticed(*whole) == []
    ((where, said, severity),) = noticed(*whole[:3])
    assert (where, severity) == ((*place, "2025-07"), "notice")
    assert said == "Months of the year without a row, or without posts or open cases: 9 of 12, the first July 2025."
    without_cases = [*whole[5][:-1], ""]
    ((where, said, _),) = noticed(*whole[:5], without_cases, *whole[6:])
    assert where == (*place, "2025-09")
    assert "open cases: 1 of 12, the first " in said


def test_there_are_at_least_eighty():
    assert len(FAULTS) >= 80


@pytest.mark.parametrize("fmt", ["xlsx", "ods", "parquet"])
@pytest.mark.parametrize(
    ("changes", "expected", "severity"),
    [
        one
        for one in FAULTS
        if one.values[1][0]
        in ("no-such-date", "negative", "unknown-country", "above-maximum", "key-twice", "unknown-reference")
    ][::2],
)
def test_the_same_fault_has_the_same_place_in_other_formats(tmp_path, fmt, changes, expected, severity):
    folder = small_year.put(tmp_path / "inputs" / "2025", changed(changes))
    for path in folder.glob("*.csv"):
        headers, *rows = changed(changes)[path.stem]
        columns = {head: [row[n] for row in rows] for n, head in enumerate(headers)}
        path.with_suffix(f".{fmt}").write_bytes(encode(path.stem, columns, fmt))
        path.unlink()
    code, table, row, column, value = expected
    found = [problem for problem in read(folder).problems if problem.severity == "problem"]
    assert [told(problem) for problem in found] == [(code, f"inputs/2025/{table}.{fmt}", row, column, value)]
    assert found[0].sheet == (None if fmt == "parquet" else table)
