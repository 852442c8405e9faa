"""Axes of charts: round numbers, starting at zero, with labels that do not overlap."""

import pytest

from reportgen.charts import axes


def test_lines_start_at_zero(chart_year):
    for name, (spec, plot) in chart_year.plots.items():
        if spec.kind in ("line", "history"):
            for layer in plot.canvas.layers:
                if layer["mark"] == "line":
                    assert layer["y"]["domain"][0] == 0, name


@pytest.mark.parametrize("most", [0, 1, 3, 7, 93, 180, 999, 1000, 12_345, 9_240_000])
def test_axes_have_round_numbers_from_zero(most):
    marks = axes.ticks(most)
    assert marks[0] == 0
    assert marks[-1] >= most
    assert 2 <= len(marks) <= 7
    assert all(mark == int(mark) for mark in marks)


def test_labels_at_line_ends_move_apart():
    for places in ([50.0, 50.0], [50, 52, 51], [0, 1], [99, 100]):
        made = axes.apart(places, 19, 0, 200)
        assert all(b - a >= 18.9 for a, b in zip(sorted(made), sorted(made)[1:], strict=False))
        assert sorted(range(len(places)), key=lambda n: places[n]) == sorted(range(len(made)), key=lambda n: made[n])
