"""Where a line ends: WeasyPrint breaks a line after its first word where the space at its end alone has no room.

Input: WeasyPrint's own division of text into lines. Output: the same, with such lines whole. Pango leaves the
space at the end of a line out of account, WeasyPrint counts it; a number after the words (an element of its own) makes
it such a space. Known to WeasyPrint as issue 1051, “Stray line break”.
"""

from __future__ import annotations

from typing import Any

Divided = tuple[Any, int, int | None, float, float, float]
"""A layout, the length of its line and where the next one starts in bytes (None: nowhere), width, height, baseline."""


def divided(
    text: str,
    style: Any,
    context: Any,
    max_width: float | None,
    justification_spacing: float,
    is_line_start: bool = True,
    minimum: bool = False,
) -> Divided:
    """As much of the text as fits on one line."""
    from weasyprint.text.line_break import split_first_line

    def divide(words: str, width: float | None) -> Divided:
        made: Divided = split_first_line(words, style, context, width, justification_spacing, is_line_start, minimum)
        return made

    made = divide(text, max_width)
    if max_width is None or made[2] is None or made[3] > max_width / 2 or not text.endswith(" "):
        return made
    fits = divide(text.rstrip(" "), max_width)[2] is None
    return divide(text, None) if fits and style["white_space"] in ("normal", "pre-line") else made
