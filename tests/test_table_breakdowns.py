"""Tables of a breakdown or of two: rows, totals, units and hidden figures."""

from __future__ import annotations

from dataclasses import replace

import pytest
from table_of import BY_ROLE, COMPARED, FLOW, ISSUED, RELEASE, SURVEY, heads, key, statistics, table, texts

from reportgen import tables
from reportgen.model.table import Measured, TableSpec


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


def test_two_breakdowns_in_one_table_have_headings():
    """Each adds up to the total, so in one list they would seem to add up to twice as much."""
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


def test_a_hidden_figure_has_a_marker_and_a_note():
    made = table(
        BY_ROLE,
        statistics(
            {"penalties.issued": None, "penalties.issued, role=driver": None, "penalties.issued, role=owner": 0}
        ),
    )
    assert texts(made) == [["Driver", "[c]"], ["Owner", "0"], ["Total", "[c]"]]
    assert made.rows[0].cells[0].value is None
    assert [note[:3] for note in made.notes] == ["[c]"]


@pytest.mark.parametrize(
    ("measure", "value", "head", "text"),
    [
        ("value.initial", 1234.5, "X (£)", "1,235"),
        ("objections.rate", 0.004, "X (%)", "less than 1"),
        ("objections.rate", 0.996, "X (%)", "more than 99"),
        ("notice.days.median", 12.5, "X (days)", "13"),
    ],
)
def test_the_unit_is_in_the_column_heading(measure, value, head, text):
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


def test_a_table_without_figures_is_left_out():
    specs = [BY_ROLE, CROSS, SURVEY, FLOW, TableSpec("s", "S", series=("A",)), TableSpec("c", "C", context=True)]
    assert tables.build(specs, statistics({"incidents.count": 3}), RELEASE) == {}
