"""Free text: which comments may be quoted.

Goes in: comments and words that may not be told. Comes out: quotes, one a response. Refuses; never alters.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from reportgen.records import Quote

if TYPE_CHECKING:
    from reportgen.records import Records

KINDS: Final = {
    "email": re.compile(r"[\w.+-]+\s?@\s?[\w-]+\.\w+"),
    "postcode": re.compile(r"\b[A-Z]{1,2}\d[A-Z\d]?\s*\d[A-Z]{2}\b", re.IGNORECASE),
    "phone": re.compile(r"(?:\+|\b0)\d(?:[\s().-]*\d){7,}"),
    "registration": re.compile(r"\b(?=[A-Z0-9 -]*\d)(?=[A-Z0-9 -]*[A-Z])[A-Z]{1,3}[ -]?\d{1,5}[ -]?[A-Z]{0,3}\b"),
    "reference": re.compile(r"\b[A-Z]{1,4}-?\d{3,}(?:-\d+)*\b", re.IGNORECASE),
}


def kinds(text: str, references: frozenset[str] = frozenset()) -> tuple[str, ...]:
    """The kinds of personal data found in a text."""
    found = [kind for kind, pattern in KINDS.items() if pattern.search(text)]
    folded = text.casefold()
    if any(reference.casefold() in folded for reference in references):
        found.append("reference of the inputs")
    return tuple(found)


def quotes(records: Records, named_roles: frozenset[str], references: frozenset[str]) -> tuple[Quote, ...]:
    """The comments that may be quoted; a role is told only where its group may be."""
    return tuple(
        Quote(comment.text, comment.role if comment.role in named_roles else "", comment.themes)
        for comment in records.comments
        if comment.quotable and not kinds(comment.text, references)
    )
