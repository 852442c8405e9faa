"""Work around a stray line break in WeasyPrint (issue 1051).

Input: WeasyPrint's division of text into lines. Output: the same without the stray break. Pango ignores the space at
the end of a line, WeasyPrint counts it, and breaks after the first word if only that space does not fit; this happens
where an inline element follows.
"""

from __future__ import annotations

from typing import Any

Divided = tuple[Any, int, int | None, float, float, float]
"""Layout, length of the line and start of the next in bytes (None: no next line), width, height, baseline."""


def divided(
    text: str,
    style: Any,
    context: Any,
    max_width: float | None,
    justification_spacing: float,
    is_line_start: bool = True,
    minimum: bool = False,
) -> Divided:
    """Return as much of the text as fits on one line."""
    from weasyprint.text.line_break import split_first_line

    def divide(words: str, width: float | None) -> Divided:
        made: Divided = split_first_line(words, style, context, width, justification_spacing, is_line_start, minimum)
        return made

    made = divide(text, max_width)
    if max_width is None or made[2] is None or made[3] > max_width / 2 or not text.endswith(" "):
        return made
    fits = divide(text.rstrip(" "), max_width)[2] is None
    return divide(text, None) if fits and style["white_space"] in ("normal", "pre-line") else made
