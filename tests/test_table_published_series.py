"""Tables of published series and related statistics, never added to our own figures."""

from __future__ import annotations

from dataclasses import replace

import pytest
from table_of import ISSUED, heads, statistics, table, texts

from reportgen.model.records import Context, Published, Records
from reportgen.model.table import TableSpec


def published(series: str, value: float, unit: str = "notices", period: str = "2023-24") -> Published:
    return Published(
        series, "penalties_issued", unit, "all", "financial_year", period, value, "exact", "Hansard", "", "primary", ""
    )


def test_published_series_are_listed_and_never_added_up():
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


def test_figures_for_one_period_show_their_coverage_and_precision():
    everyone = replace(published("A", 100), scope="section 32; role all")
    rows = everyone, replace(everyone, value=60, scope="section 32; role driver"), replace(everyone, value=5, scope="")
    given = statistics({"penalties.issued": 1}, records=Records(published=rows))
    made = table(TableSpec("a", "Period", series=("A",)), given)
    assert heads(made) == ["Notices", "What it covers", "Source"]
    assert [row[2] for row in texts(made)] == ["Section 32; all roles", "Section 32; drivers", "Not stated"]
    rough = Records(published=(everyone, replace(everyone, period="2024-25", qualifier="more than")))
    made = table(TableSpec("a", "Period", series=("A",)), statistics({"penalties.issued": 1}, records=rough))
    assert heads(made) == ["Notices", "Precision", "Source"]
    assert [row[2] for row in texts(made)] == ["As stated", "More than"]


def test_figures_of_a_series_are_in_order_of_time():
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
def test_a_published_series_never_shares_a_table_with_our_figures(joined, alone):
    with pytest.raises(ValueError, match="never joined"):
        TableSpec("x", "X", **joined, **alone)


def test_related_statistics_share_a_table():
    rows = tuple(Context(name, "2025-04 to 2025-06", 10.0, "people", "Source", "") for name in ("Boats", "Lorries"))
    made = table(
        TableSpec("context", "Series", context=True), statistics({"penalties.issued": 1}, records=Records(context=rows))
    )
    assert texts(made) == [
        ["Boats", "April to June 2025", "10", "people", "Source"],
        ["Lorries", "April to June 2025", "10", "people", "Source"],
    ]
