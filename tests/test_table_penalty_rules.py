"""Tables of a year in which the penalty rules changed."""

from __future__ import annotations

import pytest
from table_of import COMPARED, RELEASE, statistics, table, texts

from reportgen import tables
from reportgen.model.edition import Edition
from reportgen.model.table import Measured, Table, TableSpec
from reportgen.scheme import publication_spec

BOTH_RULES = {"penalties.issued, regime=2023 scheme": 27, "penalties.issued, regime=2026 scheme": None}
OLD_RULES = {"penalties.issued, regime=2023 scheme": 36}


def by_quarter(measure: str = "penalties.issued", year: int = 2025, rules: dict[str, object] = BOTH_RULES) -> Table:
    labels = [label for _, _, label in Edition(year).period().quarters()]
    given = statistics({f"{measure}, quarter={label}": 9 for label in labels} | rules, year=year)
    return table(TableSpec("by-quarter", "Quarter", (Measured(measure, "Number"),), ("quarter",)), given)


def test_a_table_that_spans_1_january_2026_shows_the_break():
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


def test_incidents_have_no_break_in_penalty_rules():
    assert by_quarter("incidents.count").notes == ()


def test_penalty_rules_are_in_the_order_in_which_they_began():
    before = statistics({"penalties.issued, regime=2023 scheme": 9}, year=2025)
    now = statistics({"penalties.issued, regime=2026 scheme": 8}, year=2026, previous=before)
    made = table(TableSpec("regimes", "Rules", (COMPARED,), ("regime",)), now)
    assert [row[0] for row in texts(made)] == ["2023 scheme", "2026 scheme"]


def test_a_year_under_one_set_of_rules_has_no_table_of_rules():
    spec = next(spec for spec in publication_spec.FIXED if spec.id == "penalties-by-regime")
    figures = {"penalties.issued": 9, "penalties.issued, regime=2023 scheme": 9}
    assert tables.build([spec], statistics(figures), RELEASE) == {}
    figures = {"penalties.issued": 17, "penalties.issued, regime=2026 scheme": 8} | figures
    assert [row[0] for row in texts(table(spec, statistics(figures)))] == ["2023 scheme", "2026 scheme", "Total"]


def test_a_note_says_that_values_include_notices_under_two_sets_of_rules():
    spec = TableSpec("v", "Section", (Measured("value.initial", "Issued"),), ("section",))

    def noted(rules: dict[str, object], year: int) -> tuple[str, ...]:
        return table(spec, statistics({"value.initial, section=32": 9.0} | rules, year=year)).notes

    said = "Includes notices under the old rules and the new rules of 1 January 2026."
    assert noted(BOTH_RULES, 2025) == (said,)
    assert noted(BOTH_RULES, 2026)[0] == said  # late notices for incidents of the year before
    assert noted(OLD_RULES, 2025) == ()
    assert noted({}, 2025) == ()


@pytest.mark.parametrize(("year", "cells"), [(2025, ["[z]", "8", "[z]"]), (2026, ["0", "8", "+8"])])
def test_rules_not_yet_in_force_do_not_apply_rather_than_being_zero(year, cells):
    before = statistics({"penalties.issued, regime=2023 scheme": 9}, year=year - 1)
    now = {"penalties.issued, regime=2023 scheme": 7, "penalties.issued, regime=2026 scheme": 8}
    made = table(TableSpec("regimes", "Rules", (COMPARED,), ("regime",)), statistics(now, year=year, previous=before))
    assert [row[1:] for row in texts(made) if row[0] == "2026 scheme"] == [cells]
