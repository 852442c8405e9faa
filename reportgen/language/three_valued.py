"""What a condition may answer: yes, no, or that nobody can say; and displayed numbers that can be compared.

Goes in: displayed figures. Comes out: ``Answer`` and ``Value``. Hides that a hidden or absent figure is neither above
nor below anything: neither a sentence nor its opposite is published on one.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from reportgen.language.fragment import Fragment
from reportgen.language.mistakes import Wrong

if TYPE_CHECKING:
    from reportgen.model.figure import Unit

Tell = Callable[[Wrong], None]


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


def truth(value: object) -> bool | None:
    """What anything in a condition answers."""
    if isinstance(value, ThreeValued):
        return value.truth
    if isinstance(value, ComparableValue):
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


class ComparableValue:
    """A displayed number that can be compared and not printed; without a number every answer is that nobody can say.

    ``nought`` is whether it is 0, None where it may only round to it; two that are the same are not known to be where
    one of them is ``blurred`` by rounding.
    """

    __slots__ = ("blurred", "name", "nought", "number", "tell", "unit")

    def __init__(
        self,
        number: float | None,
        unit: Unit | None,
        name: str,
        tell: Tell,
        *,
        nought: bool | None = None,
        blurred: bool = False,
    ) -> None:
        self.number, self.unit, self.name, self.tell = number, unit, name, tell
        self.nought, self.blurred = nought, blurred

    @property
    def truth(self) -> bool | None:
        """Whether it is above or below 0."""
        return None if self.number is None or self.nought is None else not self.nought

    def _compare(self, other: object, holds: Callable[[float, float], bool]) -> ThreeValued:
        mine, theirs = self.number, self._number(other)
        if mine is None or theirs is None:
            return UNKNOWN
        answers = {holds(mine + step, theirs) for step in self._steps(mine, other)}
        return ThreeValued(answers.pop()) if len(answers) == 1 else UNKNOWN

    def _steps(self, mine: float, other: object) -> tuple[int, ...]:
        """How far the exact number may lie from the displayed one, as far as it matters beside the other side."""
        if isinstance(other, ComparableValue):
            alike = self.blurred or other.blurred
            known = self.nought is True and other.nought is True
            return (0,) if not alike or known or mine != other.number else (-1, 0, 1)
        if mine or other != 0 or self.nought is True:
            return (0,)
        return (1,) if self.nought is False else (0, 1)

    def _number(self, other: object) -> float | None:
        """The number on the other side; a mistake where the two cannot be compared."""
        if isinstance(other, ComparableValue):
            if self.unit is not None and other.unit is not None and self.unit != other.unit:
                units = [WORDS.get(one, one) for one in (self.unit, other.unit)]
                said = f"“{self.name}” is in {units[0]}, “{other.name}” in {units[1]}."
                self.tell(Wrong("units-differ", said, "Compare figures of one kind.", other.name.partition(",")[0]))
                return None
            return other.number
        if isinstance(other, (bool, Fragment)) or not isinstance(other, (int, float)):
            hint = 'Such as value("penalties.issued") > 100, or another value(…) on the other side.'
            self.tell(
                Wrong("not-a-number", "A figure is compared with a number or with another value(…).", hint, "value")
            )
            return None
        if self.unit == "proportion" and abs(other) > 1:
            hint = "Shares go from 0 to 1 here: write 0.25 for 25%."
            self.tell(Wrong("share-above-one", f"“{self.name}” is a share, which is never above 1.", hint, str(other)))
            return None
        return float(other)

    def __eq__(self, other: object) -> ThreeValued:  # type: ignore[override]  # three values
        return self._compare(other, lambda one, two: one == two)

    def __ne__(self, other: object) -> ThreeValued:  # type: ignore[override]  # three values
        return self._compare(other, lambda one, two: one != two)

    def __lt__(self, other: object) -> ThreeValued:
        return self._compare(other, lambda one, two: one < two)

    def __gt__(self, other: object) -> ThreeValued:
        return self._compare(other, lambda one, two: one > two)

    def __le__(self, other: object) -> ThreeValued:
        return self._compare(other, lambda one, two: one <= two)

    def __ge__(self, other: object) -> ThreeValued:
        return self._compare(other, lambda one, two: one >= two)

    def __bool__(self) -> bool:
        return self.truth is True

    __hash__ = None  # type: ignore[assignment]  # it is no key


WORDS: Final[dict[str, str]] = {"proportion": "per cent"}
"""Units as they are said, where the name is not the word."""
