"""Charts of published series: which years are drawn, joined and labelled."""

import json
import math

import pytest

from reportgen.charts import published_series
from reportgen.charts.canvas import Canvas, Scale
from reportgen.model import formatting, yearly_series
from reportgen.model.records import Published


def published(series, period, value=1.0, scope="all", qualifier="exact", unit="notices"):
    return Published(series, "m", unit, scope, "year", period, value, qualifier, "s", "", "primary", "")


def test_two_published_series_never_share_an_axis():
    rows = [published("A", "2001"), published("B", "2002")]
    with pytest.raises(ValueError, match="never share an axis"):
        yearly_series.years(rows)


def test_a_history_chart_shows_one_series(chart_years):
    year = chart_years["ordinary"]
    for id_, (spec, plot) in year.plots.items():
        if spec.kind == "history":
            values = {row.value for row in year.statistics.records.published if row.series == spec.series}
            drawn_values = {
                r["y"] for layer in plot.canvas.layers if layer["mark"] in ("line", "point") for r in layer["records"]
            }
            assert drawn_values <= values, id_
            assert (
                len({json.dumps(layer["y"]) for layer in plot.canvas.layers if layer["mark"] in ("line", "point")}) == 1
            )


def test_series_with_few_comparable_years_are_shown_only_in_the_table(chart_years):
    published_ = chart_years["ordinary"].statistics.records.published
    assert yearly_series.series_drawn(published_) == ("PEN-ISSUED", "VALUE-ISSUED")


def joined(*periods, **more):
    """How many years each line goes through."""
    canvas = published_series.history(
        yearly_series.years([published("A", period, **more) for period in periods]), formatting.number
    )
    return [len(layer["records"]) for layer in canvas.layers if layer["mark"] == "line"], canvas


def test_years_without_a_figure_are_gaps():
    lines, canvas = joined("2003", "2004", "2005", "2010", "2011")
    assert lines == [3, 2]
    assert "no yearly figure found" in [word["text"] for word in canvas.words]


@pytest.mark.parametrize(
    ("periods", "lines"),
    [
        pytest.param(("2010-11", "2011-12", "2012-13"), [3], id="three financial years"),
        pytest.param(("2000-04-03 to 2001-03-27", "2001-02"), [2], id="a financial year after part of one"),
        pytest.param(("2000-04-03 to 2001-03-27", "2001"), [], id="overlapping years"),  # the two share three months
        pytest.param(("2010-11", "2012"), [], id="months between"),  # nine months lie between them
        pytest.param(("2001", "2002"), [], id="new rules within"),  # penalties became flexible in December 2002
        pytest.param(("2000", "2001"), [], id="before the scheme began"),  # there were none before April 2000
        pytest.param(("2001", "2003"), [], id="a year missing"),
        pytest.param(
            ("2020", "2021", "2022", "2023"), [3], id="new maximum penalties"
        ),  # other maximum penalties from February 2023
        pytest.param(("2022-23", "2023-24"), [], id="first year under both rules"),  # the first has days under both
        pytest.param(("2023-24", "2024-25"), [2], id="two financial years"),
        pytest.param(("2024", "2025", "2026"), [2], id="three calendar years"),
    ],
)
def test_only_consecutive_years_under_the_same_rules_are_joined(periods, lines):
    assert joined(*periods)[0] == lines


def test_inexact_figures_and_other_scopes_are_unjoined_rings_with_a_note():
    rows = [published("A", f"{y}") for y in (2003, 2004, 2005)] + [published("A", "2006", qualifier="rounded")]
    rows += [published("A", "2007", scope="other"), published("A", "2008", qualifier="about")]
    canvas = published_series.history(yearly_series.years(rows), formatting.number)
    rings = [r for layer in canvas.layers if layer["mark"] == "point" and layer["hollow"] for r in layer["records"]]
    assert len(rings) == 2
    assert [len(layer["records"]) for layer in canvas.layers if layer["mark"] == "line"] == [4]
    said = " ".join(word["text"] for word in canvas.words)
    assert "A ring: what the source counts may differ" in said
    assert "gives the figure as “about”" in said
    plain = published_series.history(yearly_series.years(rows[:4]), formatting.number)
    assert not [word for word in plain.words if "ring" in word["text"]]


def _far(box, x, y):
    """The distance of a point from the box of a word."""
    return math.hypot(max(box.left - x, 0, x - box.right), max(box.top - y, 0, y - box.bottom))


def test_each_value_of_a_history_is_printed_nearest_to_its_own_dot():
    for crowded in ((1497, 1385, 998, 2177, 3319, 3151, 3522), (9.2e6, 8.9e6, 9.3e6), (5, 5, 5, 6)):
        rows = [published("A", f"{2003 + n}", value) for n, value in enumerate(crowded)]
        rows += [published("A", "2020-21", 1276, "other"), published("A", "2021-22", 1787, "another")]
        canvas = published_series.history(yearly_series.years(rows), formatting.short_pounds)
        dots = {}
        for layer in canvas.layers:
            if layer["mark"] == "point":
                scales = [Scale(tuple(layer[way]["domain"]), tuple(layer[way]["range"])) for way in ("x", "y")]
                for record in layer["records"]:
                    dots[scales[0](record["x"]), scales[1](record["y"])] = formatting.short_pounds(record["y"])
        values = [word for word in canvas.words if word["align"] == "center" and word["text"] in {*dots.values()}]
        assert len(values) >= len(dots) - 2
        for word in values:
            box = Canvas.room(word["x"], word["y"], word["text"], "center")
            nearest = min(dots, key=lambda dot, box=box: _far(box, *dot))
            assert dots[nearest] == word["text"]


@pytest.mark.parametrize(
    ("period", "kept"),
    [
        ("2010-11", True),
        ("2010", True),
        ("2000-04-03 to 2001-03-27", True),
        ("2000-04-03 to 2000-05-01", False),
        ("10 years to 2023-24", False),
        ("2012 to 2015", False),
        ("2022 Jan-Aug", False),
        ("2010-12", False),
        ("2002-01-01 to 2002-12-07", False),
        ("2002-12-08 to 2003-12-31", False),
        ("2001-06-31 to 2002-06-30", False),
    ],
)
def test_only_whole_years_are_drawn(period, kept):
    assert bool(yearly_series.years([published("A", period)])) is kept


def test_the_usual_scope_is_drawn_if_a_year_has_two_figures():
    rows = [published("A", "2001", 5, "all"), published("A", "2002", 6, "all"), published("A", "2001", 2, "part")]
    assert [year.row.value for year in yearly_series.years(rows)] == [5, 6]
