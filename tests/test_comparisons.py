"""A question that changed since last year is compared nowhere: not by a word, a condition, a table, a chart or a list."""

from __future__ import annotations

from datetime import date

import pytest
from table_of import CLEAR, statistics

from reportgen import charts, explain, tables
from reportgen.language.mistakes import Wrong
from reportgen.model.chart import ChartSpec
from reportgen.model.edition import Edition
from reportgen.model.protected import ProtectedStatistics
from reportgen.model.release import Release
from reportgen.model.table import TableSpec
from reportgen.scheme.measure_definitions import definitions
from reportgen.vocabulary.figure_lookup import Lookup

POSITIVE = "survey.clear.positive"
LINES = ((POSITIVE, CLEAR.wording),)
RELEASE = Release(Edition(2025), Edition(2025).period(), date(2026, 6, 30))


@pytest.fixture(params=[True, False], ids=["reworded", "the same"])
def year(request) -> ProtectedStatistics:
    """71% this year and 29% last year, with and without a change of the question's words."""
    figures = {POSITIVE: {"value": 0.71, "base": 100}, "survey.clear, option=Clear": {"value": 0.71, "base": 100}}
    last = {POSITIVE: {"value": 0.29, "base": 100}, "survey.clear, option=Clear": {"value": 0.29, "base": 100}}
    breaks = {"clear": "the question’s wording has changed"} if request.param else {}
    return statistics(figures, previous=statistics(last, year=2024), breaks=breaks)


def test_words_and_conditions(year):
    look = Lookup(year, definitions([CLEAR]))
    for name, breakdowns in ((POSITIVE, {}), ("survey.clear", {"option": "Clear"})):
        assert look.look(name, breakdowns) is not None
        if not year.breaks:
            assert look.find(name, breakdowns, "last").value == 0.29
            continue
        assert look.look(name, breakdowns, "last") is None
        with pytest.raises(Wrong) as wrong:
            look.find(name, breakdowns, "last")
        assert "not compared with 2024 to 2025: the question’s wording has changed" in wrong.value.said


def test_tables_and_charts(year):
    specs = [TableSpec("changes", "Question", lines=LINES, changes=True)]
    made = [*tables.build(specs, year, RELEASE).values()]
    made += [
        one.table for _, one in charts.plots([ChartSpec("shares", "intervals", LINES, compare=True)], year, RELEASE)
    ]
    assert len(made) == 2
    for table in made:
        printed = " ".join(cell.text for row in table.rows for cell in row.cells)
        assert ("29" in printed) != bool(year.breaks)
        assert ("[b]" in printed) == bool(year.breaks)


def test_the_list_of_figures(year):
    row = explain.listing(year)[0]
    assert row["last"] == ("" if year.breaks else "29%")
