"""Hidden values in charts: marked, never drawn, and not revealed by their position."""

from dataclasses import replace

from reportgen.charts import axes, bars, interval_plot, lines, theme
from reportgen.charts.canvas import Canvas, Scale
from reportgen.charts.plotted_values import largest_first
from reportgen.model import formatting
from reportgen.model.chart import Plotted


def plotted_figures(spec, statistics):
    """The figures that a chart of counts shows, this year's and last year's."""
    names = [name for name in (spec.by, spec.panels) if name]
    years = [statistics, *([statistics.previous] if spec.compare and statistics.previous else [])]
    for one in years:
        for measure, _ in spec.measures:
            yield from one.of(measure, *names)


def test_hidden_values_are_visibly_hidden(chart_years):
    seen = 0
    for name in ("tiny", "hidden", "ordinary", "calendar"):
        year = chart_years[name]
        for id_, (spec, _) in year.plots.items():
            if spec.kind not in ("bars", "panels", "line") or spec.id.startswith("penalties-by-country"):
                continue
            hidden = [figure for figure in plotted_figures(spec, year.statistics) if figure.hidden]
            marks = sum(text == "[c]" for text in year.drawings[id_].texts())
            if spec.kind == "panels":
                continue
            categories = {f.key.category_1 for f in plotted_figures(replace(spec, compare=False), year.statistics)}
            shown = [f for f in hidden if spec.kind == "line" or f.key.category_1 in categories]
            assert marks == len(shown), (name, id_)
            assert not shown or any(text.startswith("[c] hidden") for text in year.drawings[id_].texts())
            seen += marks
    assert seen > 20


def test_hidden_panels_have_a_mark_for_each_cell(chart_years):
    year = chart_years["hidden"]
    spec, _ = year.plots["incidents-by-place-and-vehicle"]
    hidden = [figure for figure in plotted_figures(spec, year.statistics) if figure.hidden]
    assert sum(text == "[c]" for text in year.drawings[spec.id].texts()) == len(hidden) > 5


def test_a_hidden_bar_is_not_drawn(chart_years):
    year = chart_years["hidden"]
    for id_ in ("incidents-by-place", "penalties-by-place", "responses-by-role"):
        figures = list(plotted_figures(year.plots[id_][0], year.statistics))
        there = [figure for figure in figures if figure.value]
        assert len(year.drawings[id_].bars) == len(there), id_


def test_a_line_breaks_at_a_hidden_month(chart_years):
    year = chart_years["hidden"]
    figures = year.statistics.of("penalties.issued", "month")
    values = [figure.value for figure in figures]
    assert None in values
    runs = [run for run in axes.runs(values) if len(run) > 1]
    layers = year.plots["penalties-by-month"][1].canvas.layers
    drawn_runs = [layer for layer in layers if layer["mark"] == "line" and layer["colour"] == theme.PALETTE[0]]
    assert len(drawn_runs) == len(runs)
    assert sum(len(layer["records"]) for layer in drawn_runs) == sum(map(len, runs))


def test_the_position_of_a_hidden_bar_reveals_nothing(chart_years):
    """Displayed bars are sorted by length; hidden ones follow in the order of the categories, “Other” and the like last."""
    year = chart_years["hidden"]
    spec, plot = year.plots["penalties-by-country"]
    labels = [row.label for row in plot.table.rows]
    figures = {
        formatting.category("registered_in", f.key.category_1): f
        for f in year.statistics.of("penalties.issued", "registered_in")
    }
    order = [figures[label] for label in labels]
    body = [figure for figure in order if figure.key.category_1 not in ("Other", "not recorded")]
    values = [figure.value for figure in body if figure.value is not None]
    assert values == sorted(values, reverse=True)
    hidden = [figure.hidden for figure in body]
    assert hidden == sorted(hidden)
    assert any(hidden)
    named = [figure.key.category_1 for figure in body if figure.hidden]
    assert named == [word for word in year.statistics.categories["registered_in"] if word in named]
    assert [figure.key.category_1 for figure in order][-2:] == ["Other", "not recorded"]
    texts = year.drawings[spec.id].texts()
    assert [text for text in texts if text in labels] == labels


def test_a_single_month_between_hidden_months_is_a_dot():
    values = [Plotted(3, "3"), Plotted(None, "[c]"), Plotted(4, "4"), Plotted(None, "[c]"), *[Plotted(5, "5")] * 8]
    canvas = lines.line([f"2025-{n:02d}" for n in range(1, 13)], [lines.Series("2025", tuple(values))])
    dots = [record for layer in canvas.layers if layer["mark"] == "point" for record in layer["records"]]
    assert len(dots) == 2


def test_empty_bars_and_spans_are_not_drawn():
    canvas = Canvas()
    canvas.bars(Scale((0, 1), (0, 1)), [])
    canvas.bars(Scale((0, 1), (0, 1)), [(0, 0, 0, 1, "white")])
    assert canvas.layers == []
    row = interval_plot.IntervalRow("A", (Plotted(None, "[c]"), Plotted(None, "[z]")))
    words = [word["text"] for word in interval_plot.days([row]).words]
    assert words.count("[c]") == 1
    assert any(text.startswith("[c] hidden") for text in words)
    assert any(text.startswith("[z]") for text in words)


def test_hidden_values_are_sorted_after_zero():
    named = [("a", Plotted(None, "[c]")), ("Other", Plotted(9, "9")), ("b", Plotted(0, "0")), ("c", Plotted(5, "5"))]
    order = [word for word, _ in largest_first([(word, bars.BarGroup(word, (value,))) for word, value in named])]
    assert order == ["c", "b", "a", "Other"]
