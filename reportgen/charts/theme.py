"""The look of charts: Analysis Function palette, text sizes, font metrics.

Output: colours, sizes, an Altair theme, widths of text. Source:
https://analysisfunction.civilservice.gov.uk/policy-store/data-visualisation-colours-in-charts/
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any, Final

FONT: Final = "Source Sans Pro"
WIDTH: Final = 640
"""Width in CSS pixels: the text width of an A4 page with margins of 20 mm."""
TALLEST: Final = 760
"""Greatest height in CSS pixels, so that a chart with title and notes fits on one page."""
TEXT: Final = 14
SMALL: Final = 13
"""Text sizes in CSS pixels: 10.5 and 9.75 points in print."""
LINE: Final = 17

INK: Final = "#0b0c0c"
QUIET: Final = "#484d50"
RULE: Final = "#d6d6d6"
AXIS: Final = "#6b7276"
PAPER: Final = "white"
PALETTE: Final = ("#12436D", "#28A197", "#801650", "#F46A25")
"""Colours in order of use; at most these four for the parts of a whole."""
FOCUS: Final = ("#12436D", "#BFBFBF")
"""This year and last year."""
POSITIVE: Final = ("#12436D", "#2073BC")
NEGATIVE: Final = ("#F46A25", "#801650")
BEHIND: Final = "#7b8288"
"""Last year's line or dot: lighter than this year's, with a contrast of 3:1 on white; labels say which is which."""
FAINT: Final = "#ececec"
SHADE: Final = "#f3f3f3"
APART: Final = "#BFBFBF"
"""“No opinion” answers."""
LATE: Final = "#F46A25"

ON: Final = {
    "#12436D": "white",
    "#2073BC": "white",
    "#801650": "white",
    "#28A197": INK,
    "#F46A25": INK,
    "#BFBFBF": INK,
}
"""Text colour on each colour, with a contrast of at least 4.5:1."""


def font_folder() -> Path:
    """Return the folder of the font files."""
    import font_source_sans_pro

    return Path(font_source_sans_pro.__file__).parent / "files"


def second_folder() -> Path:
    """Return the folder of the font for Hebrew and Arabic."""
    return Path(__file__).parents[1] / "data" / "fonts_right_to_left"


@cache
def _advances(weight: int) -> tuple[dict[int, float], float]:
    """Return character widths as a fraction of the font size, and the width for unknown characters."""
    from fontTools.ttLib import TTFont

    name = "Semibold" if weight >= 600 else "Regular"  # charts use these two weights
    with TTFont(font_folder() / f"SourceSansPro-{name}.ttf", lazy=True) as font:
        em, metrics = font["head"].unitsPerEm, font["hmtx"].metrics
        widths = {code: metrics[glyph][0] / em for code, glyph in font["cmap"].getBestCmap().items()}
    return widths, widths[ord("m")]


def width(text: str, size: float = TEXT, weight: int = 400) -> float:
    """Return the width of a text in pixels, without kerning, so slightly overestimated."""
    widths, unknown = _advances(weight)
    return sum(widths.get(ord(letter), unknown) for letter in text) * size


def wrap(text: str, room: float, size: float = TEXT, weight: int = 400) -> list[str]:
    """Wrap a text at spaces to a width; a longer word is cut with an ellipsis."""
    lines: list[str] = []
    for word in text.split():
        if lines and width(f"{lines[-1]} {word}", size, weight) <= room:
            lines[-1] += f" {word}"
        else:
            lines.append(cut(word, room, size, weight))
    return lines or [""]


def cut(text: str, room: float, size: float = TEXT, weight: int = 400) -> str:
    """Cut a text to a width, with an ellipsis."""
    if width(text, size, weight) <= room:
        return text
    while text and width(f"{text}…", size, weight) > room:
        text = text[:-1]
    return f"{text.rstrip()}…"


def analysis_function() -> dict[str, Any]:
    """Return the Altair theme: one font, no frames, no other default marks."""
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
