"""Line charts by month: names of lines, labels of values and new penalty levels."""

from charted_years import said

from reportgen.charts import lines, theme
from reportgen.charts.canvas import Scale
from reportgen.model import formatting
from reportgen.model.chart import Plotted
from reportgen.scheme import law


def test_a_single_line_has_no_name_and_two_lines_have_no_years_below():
    months = [f"2025-{n:02d}" for n in range(1, 13)]
    one = lines.Series("2025", tuple(Plotted(n, f"{n}") for n in range(80, 92)))
    two = lines.Series("2024", tuple(Plotted(n, f"{n}") for n in range(60, 72)))
    assert said(lines.line(months, [one])).count("2025") == 1  # the year under January
    assert {"2024", "2025"} < set(said(lines.line(months, [one, two])))
    assert said(lines.line(months, [one, two])).count("2025") == 1  # the name of the line


def test_labels_of_the_largest_and_smallest_month_keep_clear_of_the_grid_lines():
    """On a scale to 200 the label 198 is set beside its point, not on a grid line; the lowest label is below its point."""
    months = [f"2025-{n:02d}" for n in range(1, 13)]
    values = (95, 120, 198, 150, 130, 85, 130, 140, 150, 140, 130, 120)
    canvas = lines.line(months, [lines.Series("2025", tuple(Plotted(n, f"{n}") for n in values))])
    places = {word["text"]: word["y"] for word in canvas.words}
    up = Scale((0, 200), (22 + lines.TALL, 22))
    for text in ("198", "85"):
        assert all(abs(places[text] - up(mark)) > theme.TEXT * 0.55 for mark in (0, 50, 100, 150, 200))
    assert places["85"] > up(85)


def test_new_penalty_levels_are_marked_in_the_year_they_began(chart_years):
    start = next(day for day, name in law.regime_starts() if name == "2026 scheme")
    words = f"New rules for incidents from {formatting.day(start)}"
    assert words in chart_years["ordinary"].drawings["penalties-by-month"].texts()
    assert words not in chart_years["calendar"].drawings["penalties-by-month"].texts()  # it began with the year
    assert words not in chart_years["ordinary"].drawings["incidents-by-month"].texts()
