"""Notes where the parts of a table do not add up to their total because they are rounded."""

from __future__ import annotations

from dataclasses import replace

from table_of import BY_ROLE, COMPARED, statistics, table

from reportgen.model.table import Measured, TableSpec


def test_a_note_says_that_parts_not_adding_up_are_rounded():
    """To the nearest 5: 8 and 8 are 10 and 10, their sum 16 is 15."""
    figures = {"penalties.issued": 15, "penalties.issued, role=driver": 10, "penalties.issued, role=owner": 10}
    assert any("rounded" in note for note in table(BY_ROLE, statistics(figures)).notes)
    figures["penalties.issued"] = 20
    assert table(BY_ROLE, statistics(figures)).notes == ()
    figures["penalties.issued, role=owner"] = None
    assert not any("rounded" in note for note in table(BY_ROLE, statistics(figures)).notes)


def test_a_note_says_that_pounds_not_adding_up_are_rounded():
    figures = {"value.paid": 3.0, "value.paid, role=driver": 1.5, "value.paid, role=owner": 1.5}
    spec = TableSpec("paid", "Role", (Measured("value.paid", "Paid"),), ("role", ""))
    assert any("rounded" in note for note in table(spec, statistics(figures)).notes)


def test_each_year_is_added_up_on_its_own():
    before = statistics(
        {"penalties.issued": 1, "penalties.issued, role=driver": 1, "penalties.issued, role=owner": 0}, year=2024
    )
    now = statistics(
        {"penalties.issued": 9, "penalties.issued, role=driver": 5, "penalties.issued, role=owner": 4}, previous=before
    )
    assert table(replace(BY_ROLE, columns=(COMPARED,)), now).notes == ()


def test_a_measure_with_overlapping_parts_has_no_rounding_note():
    """An incident with notices under both sections counts in each."""
    figures = {"penalties.incidents": 10, "penalties.incidents, section=31A": 6, "penalties.incidents, section=32": 7}
    spec = TableSpec("x", "Section", (Measured("penalties.incidents", "Incidents"),), ("section", ""))
    assert table(spec, statistics(figures)).notes == ()
