"""What a condition or an asserting word may answer: yes, no, or that nobody can say.

Output: ``ThreeValued`` and ``Assertion``. A hidden or absent figure is neither above nor below anything: neither a
sentence nor its opposite is published on one.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, eq=False)
class ThreeValued:
    """Yes, no, or None where nobody can say. Only a yes lets a sentence stand; the opposite of None is None."""

    truth: bool | None

    def __bool__(self) -> bool:
        return self.truth is True

    def __eq__(self, other: object) -> ThreeValued:  # type: ignore[override]  # three values
        theirs = truth(other)
        return UNKNOWN if self.truth is None or theirs is None else ThreeValued(self.truth is theirs)

    def __ne__(self, other: object) -> ThreeValued:  # type: ignore[override]  # three values
        return opposite(self == other)

    __hash__ = None  # type: ignore[assignment]  # it is no key


UNKNOWN: Final = ThreeValued(None)


@dataclass(frozen=True, eq=False)
class Assertion(ThreeValued):
    """A word that prints itself where it is true. ``why`` says why it is not."""

    text: str = ""
    why: str = ""


def truth(value: object) -> bool | None:
    """What anything in a condition answers."""
    if isinstance(value, ThreeValued):
        return value.truth
    if value is None or isinstance(value, (bool, str, int, float, tuple)):
        return bool(value)
    # a word that there is not: asking it tells the writer, and its opposite is no answer either
    return True if value else None


def opposite(value: object) -> ThreeValued:
    """``not``: of what nobody can say, nobody can say the opposite."""
    known = truth(value)
    return UNKNOWN if known is None else ThreeValued(not known)


def either(first: object, second: object) -> ThreeValued:
    """``or``: yes where one is; no only where both are."""
    answers = (truth(first), truth(second))
    if True in answers:
        return ThreeValued(truth=True)
    return UNKNOWN if None in answers else ThreeValued(truth=False)
