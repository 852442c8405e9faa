"""Displayed figures in words: by their unit, as asked, with a noun; and how far two are apart.

Goes in: a value, its unit and the form asked for. Comes out: text. Hides which words a unit takes.
"""

from __future__ import annotations

from typing import Final

from reportgen.language.left_out import Absent
from reportgen.language.mistakes import Wrong
from reportgen.model import formatting
from reportgen.model.figure import Unit
from reportgen.model.problem import did_you_mean
from reportgen.vocabulary.comparisons import displayed

SMALL: Final = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
FORMS: Final = ("full", "words", "percent", "decimal")
LEAST_OF_PERCENT: Final = 100
"""The smallest figure of last year beside which a change is told in per cent: of fewer, one more is over 1%."""
NAMES: Final = ("place", "registered_in", "regime", "month", "quarter", "owner", "option")
"""Breakdowns whose categories are names, which keep their capital."""


def check_form(form: str) -> None:
    """A mistake where there is no such form."""
    if form not in ("", *FORMS):
        hint = did_you_mean(form, FORMS) or f"Forms are: {', '.join(FORMS)}."
        raise Wrong("unknown-form", f"There is no form “{form}”.", hint, form)


def figure(value: float, unit: Unit, form: str = "") -> str:
    """Return a figure in words: by its unit, or in the form asked for."""
    check_form(form)
    return plain(value, unit, form)


def plain(value: float, unit: Unit, form: str = "") -> str:
    """A value in its unit's words."""
    if unit == "proportion":
        return formatting.percent(value, 1 if form == "decimal" else 0)
    if unit == "percentage points":
        return formatting.points(value)
    if unit == "pounds":
        return formatting.pounds(value) if form == "full" else formatting.short_pounds(value)
    if unit == "days":
        return formatting.days(value)
    return _count(value, form)


def _count(value: float, form: str) -> str:
    whole = int(formatting.rounded(value))
    return SMALL[whole] if form == "words" and 0 <= whole < len(SMALL) else formatting.number(value)


def step(now: float, then: float, unit: Unit) -> int:
    """1 up, −1 down, 0 level, by the displayed values."""
    first, second = displayed(now, unit), displayed(then, unit)
    return (first > second) - (first < second)


def difference(now: float, then: float, unit: Unit, form: str = "") -> tuple[float, str]:
    """The size of a change and how it is said; shares change by percentage points, never by per cent."""
    check_form(form)
    first, second = displayed(now, unit), displayed(then, unit)
    if form == "percent":
        if unit == "proportion":
            hint = 'Leave as="percent" out: shares change by percentage points.'
            raise Wrong("percent-of-percent", "A share does not change by per cent.", hint, "percent")
        if second < LEAST_OF_PERCENT or first == 0:
            said = f"A change in per cent is told of figures from {LEAST_OF_PERCENT} on, and not of a fall to zero."
            raise Absent(said, "percent")
        share = abs(first - second) / abs(second)
        return share, formatting.percent(share)
    size = abs(first - second)
    if unit == "proportion":
        return size, formatting.points(float(formatting.rounded(size * 100)))
    return size, plain(size, unit, form)


def direction(way: int, unit: Unit) -> str:
    """More or fewer, higher or lower, more or less, as the unit asks."""
    if unit in ("proportion", "pounds"):
        return "higher" if way > 0 else "lower"
    if unit == "days":
        return "more" if way > 0 else "less"
    return "more" if way > 0 else "fewer"


def in_sentence(name: str, word: str) -> str:
    """A category inside a sentence: names keep their capital, other words have none."""
    said = formatting.category(name, word)
    if name in NAMES or said[1:2].isupper():
        return said
    return said[:1].lower() + said[1:]


def listed(words: list[str]) -> str:
    """Words joined as a sentence joins them."""
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} and {words[-1]}"
