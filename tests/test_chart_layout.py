"""Charts fit their page: no words overlap, nothing is clipped, text is large enough."""

import re
import struct
from itertools import pairwise

import pytest
from charted_years import PLACE, THEME, every

from reportgen.charts import axes, bars, interval_plot, theme
from reportgen.model.chart import Plotted


def test_no_two_words_overlap(chart_year):
    for name, one in every(chart_year):
        for n, word in enumerate(one.words):
            for other in one.words[n + 1 :]:
                assert not word.meets(other), (name, word, other)


def test_nothing_is_clipped(chart_year):
    for name, one in every(chart_year):
        for word in one.words:
            assert word.left >= -0.01, (name, word)
            assert word.right <= one.width + 0.01, (name, word)
            assert word.top >= -0.01, (name, word)
            assert word.bottom <= one.height + 0.01, (name, word)
        for bar in one.bars:
            assert bar.left >= 0, (name, bar)
            assert bar.right <= one.width, (name, bar)
            assert bar.bottom <= one.height, (name, bar)


def test_a_chart_fits_on_a_page_with_its_title_and_notes(chart_year):
    for name, one in every(chart_year):
        assert one.height <= theme.TALLEST, (name, one.height)


@pytest.mark.parametrize(
    "canvas",
    [
        lambda: bars.bars([bars.BarGroup(f"Place {n}", (Plotted(n, f"{n}"), Plotted(n, f"{n}"))) for n in range(60)], ("A", "B"), theme.FOCUS),
        lambda: bars.panels([(f"P {n}", [bars.BarGroup(f"V {m}", (Plotted(m, f"{m}"),)) for m in range(7)]) for n in range(30)]),
        lambda: interval_plot.intervals([interval_plot.IntervalRow(f"A question of many words, number {n}", (Plotted(n, f"{n}%", n, n + 1),)) for n in range(50)], ["2025"]),
        lambda: interval_plot.interval_panels([(f"Question {n}", [interval_plot.IntervalRow("All", (Plotted(9, "9%", 8, 10),))] * 6) for n in range(30)]),
        lambda: interval_plot.days([interval_plot.IntervalRow(f"Place {n}", (Plotted(9, "9"), Plotted(20, "20"))) for n in range(50)]),
    ],
    ids=["bars", "panels", "intervals", "interval panels", "days"],
)  # fmt: skip
def test_rows_that_do_not_fit_on_a_page_are_counted(canvas):
    made = canvas()
    assert made.height <= theme.TALLEST
    assert any("more are not drawn; the table lists them" in word["text"] for word in made.words)
    assert all(box.bottom <= made.height for box in made.boxes)


def test_many_questions_are_set_three_abreast():
    rows = [interval_plot.IntervalRow("All", (Plotted(9, "9%", 8, 10),))] * 6
    made = interval_plot.interval_panels([(f"Question {n}", rows) for n in range(12)])
    assert sum(word["text"].startswith("Question") for word in made.words) == 12
    assert made.height <= theme.TALLEST


def test_text_is_at_least_nine_points_on_paper(chart_year):
    points = 170 / 25.4 * 72 / theme.WIDTH  # a chart is as wide as the text of an A4 page, 170 mm
    for name, one in every(chart_year):
        for word in one.words:
            assert word.size * points >= 9, (name, word)


def test_no_line_of_data_crosses_a_word(chart_year):
    for name, one in every(chart_year):
        for word in one.words:
            box = theme_box(word)
            for line in one.lines:
                for start, end in pairwise(line):
                    assert not axes.crosses(box, start, end), (name, word, start, end)


def theme_box(word):
    from reportgen.charts.canvas import Box

    return Box(word.left, word.top + 1, word.right, word.bottom - 1)


def test_long_names_are_printed_in_full(chart_years):
    one = chart_years["wordy"].drawings
    for name, words in (("incidents-by-place", PLACE), ("incidents-by-place-and-vehicle", PLACE), ("themes", THEME)):
        assert words in " ".join(one[name].texts()), name
    question = chart_years["wordy"].statistics.records.questions[0].wording
    assert question in " ".join(one["positive-by-role"].texts())


def test_a_word_too_long_for_its_space_is_cut_with_an_ellipsis():
    assert theme.wrap("Donaudampfschifffahrtsgesellschaft", 60)[0].endswith("…")
    assert theme.width(theme.wrap("Donaudampfschifffahrtsgesellschaft", 60)[0]) <= 60


def test_svg_contains_only_marks(chart_year):
    for name, chart in chart_year.charts.items():
        assert set(re.findall(r"<([a-z]+)", chart.svg)) <= {"svg", "rect", "path", "line", "text"}, name
        assert 'font-family="Source Sans Pro"' in chart.svg
        assert len(re.findall(r"<(?:path|line)", chart.svg)) <= 60, name
        assert len(chart.svg) < 30_000, name


def test_pictures_are_within_the_size_limits_of_the_publisher(chart_years):
    for name, chart in chart_years["ordinary"].charts.items():
        assert chart.png[:8] == b"\x89PNG\r\n\x1a\n", name
        wide, tall = struct.unpack(">II", chart.png[16:24])
        assert wide <= 960, name
        assert tall <= 640, name
        assert max(wide / 960, tall / 640) > 0.97, name


def test_series_names_move_to_a_key_if_they_do_not_fit_in_a_bar():
    groups = [bars.BarGroup("A", (Plotted(1, "1"), Plotted(1000, "1,000")))]
    canvas = bars.bars(groups, ("This year", "Last year"), theme.FOCUS)
    assert min(word["y"] for word in canvas.words if word["text"] == "This year") < 15
    fits = bars.bars(
        [bars.BarGroup("A", (Plotted(900, "900"), Plotted(1000, "1,000")))], ("This year", "Last year"), theme.FOCUS
    )
    assert next(word for word in fits.words if word["text"] == "This year")["colour"] == theme.ON[theme.FOCUS[0]]
