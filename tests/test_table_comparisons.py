"""Tables that compare with last year: years, changes and categories that one year lacks."""

from __future__ import annotations

from dataclasses import replace

import pytest
from table_of import BY_ROLE, COMPARED, heads, statistics, table, texts

from reportgen.model.protected import ProtectedStatistics
from reportgen.model.table import Measured, TableSpec


def test_last_year_and_the_change_are_beside_this_year():
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


def test_a_measure_without_last_year_names_its_year_beside_one_with_both():
    before = statistics({"penalties.issued, place=Calais": 7, "penalties.incidents, place=Calais": 5}, year=2024)
    figures = {"penalties.issued, place=Calais": 9, "penalties.incidents, place=Calais": 6}
    spec = TableSpec("by-place", "Place", (COMPARED, Measured("penalties.incidents", "Incidents")), ("place",))
    made = table(spec, statistics(figures, previous=before))
    assert heads(made)[-2:] == ["Notices, change", "Incidents, 2025 to 2026"]
    assert heads(table(spec, statistics(figures))) == ["Notices", "Incidents"]


def test_without_last_year_nothing_is_compared():
    made = table(
        replace(BY_ROLE, columns=(COMPARED,)), statistics({"penalties.issued": 9, "penalties.issued, role=driver": 9})
    )
    assert heads(made) == ["Notices"]


def test_a_measure_missing_last_year_is_not_compared():
    before = statistics({"incidents.count": 5}, year=2024)
    made = table(
        replace(BY_ROLE, columns=(COMPARED,)),
        statistics({"penalties.issued": 9, "penalties.issued, role=driver": 9}, previous=before),
    )
    assert heads(made) == ["Notices"]


def test_a_category_found_only_last_year_keeps_its_row():
    before = statistics(
        {"penalties.issued": 12, "penalties.issued, accredited=yes": 5, "penalties.issued, accredited=not recorded": 7},
        year=2024,
    )
    now = statistics({"penalties.issued": 5, "penalties.issued, accredited=yes": 5}, previous=before)
    made = table(TableSpec("accredited", "Accredited", (COMPARED,), ("accredited", "")), now)
    assert texts(made) == [["Yes", "5", "5", "0"], ["Not recorded", "7", "0", "−7"], ["Total", "12", "5", "−7"]]
    assert made.notes == ()


def test_shares_change_by_percentage_points_of_the_shares_shown():
    """45.4% and 44.6% are both shown as 45: the change is 0, not 1, and never a percentage of a percentage."""
    before = statistics({"objections.rate": 0.446, "objections.rate, section=32": 0.2}, year=2024)
    now = statistics({"objections.rate": 0.454, "objections.rate, section=32": 0.3}, previous=before)
    made = table(
        TableSpec("rate", "Section", (Measured("objections.rate", "Rate", compare=True),), ("section", "")), now
    )
    assert heads(made) == ["Rate, 2024 to 2025 (%)", "Rate, 2025 to 2026 (%)", "Rate, change (percentage points)"]
    assert texts(made) == [["Section 32", "20", "30", "+10"], ["Total", "45", "45", "0"]]


def test_rows_in_different_units_show_their_units():
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


ACCREDITED = TableSpec("accreditation", "Accredited", (COMPARED,), ("accredited",))


@pytest.mark.parametrize(
    ("last", "now", "cells"),
    [
        pytest.param({"yes": 9, "not recorded": 7}, {"yes": 8}, ["7", "0", "-7"], id="missing this year"),
        pytest.param(
            {"yes": 9, "not recorded": None}, {"yes": 8}, ["[c]", "0", "[c]"], id="missing this year, hidden last year"
        ),
        pytest.param({"yes": 9}, {"yes": 8, "not recorded": 6}, ["0", "6", "+6"], id="missing last year"),
        pytest.param(
            {"yes": 9}, {"yes": 8, "not recorded": None}, ["0", "[c]", "[c]"], id="missing last year, hidden this year"
        ),
        pytest.param({}, {"yes": 8, "not recorded": 6}, ["[z]", "6", "[z]"], id="no breakdown last year"),
    ],
)
def test_a_category_missing_from_one_year_is_zero_in_that_year(last, now, cells):
    def given(found: dict[str, object], year: int, before: ProtectedStatistics | None = None) -> ProtectedStatistics:
        cut = {f"penalties.issued, accredited={word}": value for word, value in found.items()}
        return statistics({"penalties.issued": 99} | cut, year=year, previous=before)

    made = table(ACCREDITED, given(now, 2025, given(last, 2024)))
    row = next(row for row in made.rows if row.label == "Not recorded")
    assert [cell.text.replace("−", "-") for cell in row.cells] == cells
    assert all(cell.key is None for cell in row.cells if cell.text == "0")
