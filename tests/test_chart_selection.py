"""Which charts a year has: all the fixed ones, and none without figures to compare."""

from dataclasses import replace

import pytest

from reportgen import charts, disclosure
from reportgen.charts.plotted_values import any_shown
from reportgen.model.chart import ChartSpec, Plotted
from reportgen.model.records import Records
from reportgen.scheme import publication_spec


def test_a_chart_with_nothing_to_compare_is_left_out(chart_years):
    year = chart_years["ordinary"]
    spec = year.plots["themes"][0]
    figures = {
        key: disclosure.Figure(key, figure.unit, None, "[c]")
        if key.measure == "survey.themes" and key.breakdown_1
        else figure
        for key, figure in year.statistics.figures.items()
    }
    assert not list(charts.plots([spec], replace(year.statistics, figures=figures), year.release))


def test_a_chart_of_an_absent_measure_is_left_out(chart_years):
    year = chart_years["ordinary"]
    absent = ChartSpec("x", "bars", (("no.such", "N"),), by="place")
    assert not list(charts.plots([absent], year.statistics, year.release))


def test_every_fixed_chart_is_drawn_in_an_ordinary_year(chart_years):
    year = chart_years["ordinary"]
    assert set(year.charts) >= publication_spec.CHARTS
    questions = {f"survey-{question.name}" for question in year.statistics.records.questions}
    assert questions <= set(year.charts)
    assert len({spec.id for spec in publication_spec.charts(year.statistics)}) == len(
        publication_spec.charts(year.statistics)
    )


def test_a_year_without_figures_has_no_charts(chart_years):
    year = chart_years["ordinary"]
    nothing = replace(year.statistics, figures={}, definitions={}, records=Records(), previous=None)
    assert charts.outline(publication_spec.charts(nothing), nothing, year.release) == {}
    specs = publication_spec.charts(year.statistics)
    assert charts.outline(specs, nothing, year.release) == {}
    without = replace(nothing, categories={}, previous=year.statistics.previous)
    assert charts.outline(specs, without, year.release) == {}


@pytest.mark.parametrize(
    ("values", "says"), [((5, 3), True), ((5, 0), True), ((5, None), False), ((0, 0), False), ((None, None), False)]
)
def test_a_pair_is_drawn_if_both_values_are_displayed_and_not_both_zero(values, says):
    assert any_shown([Plotted(value, str(value)) for value in values]) is says
