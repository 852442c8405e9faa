"""How every chart looks: the Analysis Function's palette, sizes of text, and the font that text is measured in.

Goes in: nothing. Comes out: colours, sizes, an Altair theme, widths of words. The one place for the look of charts.
Source: https://analysisfunction.civilservice.gov.uk/policy-store/data-visualisation-colours-in-charts/
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any, Final

FONT: Final = "Source Sans Pro"
WIDTH: Final = 640
"""Pixels of CSS: the width of the text on an A4 page with margins of 20 mm."""
TALLEST: Final = 760
"""A chart with its title and notes stands on one page."""
TEXT: Final = 14
SMALL: Final = 13
"""Sizes of text in pixels of CSS: 10.5 and 9.75 points on paper."""
LINE: Final = 17

INK: Final = "#0b0c0c"
QUIET: Final = "#484d50"
RULE: Final = "#d6d6d6"
AXIS: Final = "#6b7276"
PAPER: Final = "white"
PALETTE: Final = ("#12436D", "#28A197", "#801650", "#F46A25")
"""Colours in the order in which they are used; never more than these four for parts of one whole."""
FOCUS: Final = ("#12436D", "#BFBFBF")
"""This year and last year."""
POSITIVE: Final = ("#12436D", "#2073BC")
NEGATIVE: Final = ("#F46A25", "#801650")
BEHIND: Final = "#7b8288"
"""Last year's line or dot: lighter than this year's, yet 3 to 1 on white; beside it the words say which it is."""
FAINT: Final = "#ececec"
SHADE: Final = "#f3f3f3"
APART: Final = "#BFBFBF"
"""Answers of those without an opinion."""
LATE: Final = "#F46A25"

ON: Final = {
    "#12436D": "white",
    "#2073BC": "white",
    "#801650": "white",
    "#28A197": INK,
    "#F46A25": INK,
    "#BFBFBF": INK,
}
"""The colour of text on each colour, at least 4.5 to 1."""


def font_folder() -> Path:
    """Where the font's files are, in their package."""
    import font_source_sans_pro

    return Path(font_source_sans_pro.__file__).parent / "files"


def second_folder() -> Path:
    """Where the font for Hebrew and Arabic is."""
    return Path(__file__).parents[1] / "data" / "fonts_right_to_left"


@cache
def _advances(weight: int) -> tuple[dict[int, float], float]:
    """Widths of characters as parts of the size, and that of an unknown one."""
    from fontTools.ttLib import TTFont

    name = "Semibold" if weight >= 600 else "Regular"  # the two weights of charts
    with TTFont(font_folder() / f"SourceSansPro-{name}.ttf", lazy=True) as font:
        em, metrics = font["head"].unitsPerEm, font["hmtx"].metrics
        widths = {code: metrics[glyph][0] / em for code, glyph in font["cmap"].getBestCmap().items()}
    return widths, widths[ord("m")]


def width(text: str, size: float = TEXT, weight: int = 400) -> float:
    """How wide words are drawn, in pixels; without kerning, so rather too wide than too narrow."""
    widths, unknown = _advances(weight)
    return sum(widths.get(ord(letter), unknown) for letter in text) * size


def wrap(text: str, room: float, size: float = TEXT, weight: int = 400) -> list[str]:
    """Words in lines no wider than the room, broken at spaces; a longer word is cut with an ellipsis."""
    lines: list[str] = []
    for word in text.split():
        if lines and width(f"{lines[-1]} {word}", size, weight) <= room:
            lines[-1] += f" {word}"
        else:
            lines.append(cut(word, room, size, weight))
    return lines or [""]


def cut(text: str, room: float, size: float = TEXT, weight: int = 400) -> str:
    """The text, or as much of it as there is room for, with an ellipsis."""
    if width(text, size, weight) <= room:
        return text
    while text and width(f"{text}…", size, weight) > room:
        text = text[:-1]
    return f"{text.rstrip()}…"


def analysis_function() -> dict[str, Any]:
    """The theme for Altair: one font, no frames, nothing drawn that is not asked for."""
    return {
        "config": {
            "font": FONT,
            "background": PAPER,
            "padding": 0,
            "aria": False,
            "view": {"stroke": None, "fill": None},
            "text": {"font": FONT, "fontSize": TEXT, "color": INK, "baseline": "middle"},
            "bar": {"binSpacing": 0},
            "line": {"strokeWidth": 2.5, "strokeCap": "round", "strokeJoin": "round"},
            "rule": {"strokeWidth": 1},
            "point": {"size": 70, "filled": True, "opacity": 1},
            "range": {"category": list(PALETTE)},
        }
    }
