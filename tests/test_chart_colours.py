"""Colours of charts: few, in the order of the palette, with enough contrast."""

import drawing
from charted_years import every

from reportgen.charts import theme


def test_every_word_contrasts_with_its_background(chart_year):
    for name, one in every(chart_year):
        for word in one.words:
            behind = "white"
            for bar in one.bars:
                corners = [
                    bar.left <= x <= bar.right and bar.top <= y <= bar.bottom
                    for x in (word.left, word.right)
                    for y in (word.top + 2, word.bottom - 2)
                ]
                if all(corners):
                    behind = bar.fill
                elif any(corners):
                    assert drawing.contrast(word.fill, bar.fill) >= 4.5, (name, word, bar)
            assert drawing.contrast(word.fill, behind) >= 4.5, (name, word, behind)


GREYS = {
    "white", theme.INK, theme.QUIET, theme.RULE, theme.AXIS, theme.BEHIND, theme.FAINT, theme.SHADE, theme.APART
}  # fmt: skip


def test_a_chart_uses_at_most_four_colours_of_the_palette(chart_year):
    palette = {*theme.PALETTE, *theme.POSITIVE, *theme.NEGATIVE, theme.LATE}
    for name, one in every(chart_year):
        colours = one.colours - GREYS
        assert colours <= palette, (name, colours - palette)
        assert len(colours) <= 4, (name, colours)


def test_colours_are_used_in_the_order_of_the_palette(chart_years):
    for name, one in chart_years["ordinary"].drawings.items():
        plain = one.colours & {*theme.PALETTE}
        if one.bars and not name.startswith("survey-") and name not in ("money-flow", "actions"):
            assert plain == {*theme.PALETTE[: len(plain)]}, name


def test_meaningful_marks_contrast_with_the_paper():
    for colour in (*theme.PALETTE, *theme.POSITIVE, *theme.NEGATIVE, theme.LATE, theme.BEHIND):
        assert drawing.contrast(colour, theme.PAPER) >= 3, colour
    for colour, words in theme.ON.items():
        assert drawing.contrast(colour, words) >= 4.5, colour
