"""What a compositor does to a finished page: numbers stay with units, dates are one piece, apostrophes are curly.

Goes in: the HTML of a page. Comes out: the same words with no-break spaces. Hides that a number and its unit may stand
in different tags; tags, styles, titles (what is read of a picture) and addresses are left as they are.
"""

from __future__ import annotations

import re
from typing import Final

from reportgen.model.figure import MONTHS
from reportgen.model.formatting import curly

NO_BREAK: Final = "\u00a0"
UNITS: Final = ("million", "billion", "day", "days", "week", "weeks", "month", "months", "years", "percentage")
NUMBERED: Final = ("Figure", "Figures", "Table", "Tables", "Question", "SI")
"""Words whose number follows."""
WITHIN: Final = ("data", "span", "strong", "em", "a", "code")
"""Tags that stand inside a line."""

_PLACES: Final = re.compile(
    r"<(style|title)\b.*?</\1>|<a\b[^<>]*\bhref=\"mailto:[^<>]*>[^<>]*</a>|<!--.*?-->|</?(\w*)[^<>]*>",
    re.DOTALL | re.IGNORECASE,
)
_REFERENCE: Final = re.compile(r"(?<=[^\W\d_])(?:&#x27;|&#39;)(?=[^\W\d_])")
"""An apostrophe within a word, as HTML has it."""
_INLINE, _OTHER = "\ue200", "\ue201"
"""Stand for tags: private characters, which no text of the inputs keeps."""
_MONTH: Final = "|".join((*MONTHS, *(name[:3] for name in MONTHS)))
_GAPS: Final = (
    re.compile(rf"(\d{_INLINE}*) (?={_INLINE}*(?:{'|'.join(UNITS)}|{_MONTH})\b)"),
    re.compile(rf"(\b(?:{_MONTH}){_INLINE}*) (?={_INLINE}*\d{{4}}\b)"),
    re.compile(rf"(\b(?:{'|'.join(NUMBERED)}){_INLINE}*) (?={_INLINE}*\d)"),
    re.compile(r"(\b(?:19|20)\d\d) (?=to (?:19|20)\d\d\b)"),
    re.compile(rf"(\b(?:19|20)\d\d{NO_BREAK}to) (?=(?:19|20)\d\d\b)"),
)


def typeset(html: str) -> str:
    """The page as it is printed."""
    tags: list[str] = []

    def take(match: re.Match[str]) -> str:
        tags.append(match[0])
        return _INLINE if (match[2] or "").lower() in WITHIN else _OTHER

    text = _PLACES.sub(take, html.replace(_INLINE, "").replace(_OTHER, ""))
    for gap in _GAPS:
        text = gap.sub(rf"\1{NO_BREAK}", text)
    back = iter(tags)
    return re.sub(f"[{_INLINE}{_OTHER}]", lambda _: next(back), _REFERENCE.sub("’", curly(text)))
