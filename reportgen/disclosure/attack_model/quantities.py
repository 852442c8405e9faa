"""The published model as quantities and equations: what an attacker with every output can write down.

Goes in: exact statistics. Comes out: quantities with their exact values, the equations and limits between them, and
which quantities each figure gives away. Knows the measures; decides nothing.

A quantity is a number behind figures: a count, a sum of money, the numerator of a share. It is named by a ``Key``
whose measure may carry a suffix (``#n`` numerator, ``#base`` base). A displayed share gives away its numerator and its
base (value times base is a whole number), a displayed mean the sum. Every figure falls with the count of its records:
beside a hidden count it would say that the count is no small one, and its fraction whether the count is even.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Final

from reportgen.model.figure import Key

ISSUED: Final = "penalties.issued"
DECIDED: Final = "objections.decided"
TIMED: Final = "objections.timed"
PEOPLE: Final = "incidents.entrants"
ROWS: Final = {
    "incidents.entrants": "incidents.count",
    "value": ISSUED,
    "notice": ISSUED,
    "objections.rate": ISSUED,
    "objections.changed_share": DECIDED,
    "objections.days": TIMED,
}
"""The records that a figure rests on, where they are another measure's; by measure or its first words."""

SHARES: Final = ("objections.rate", "objections.changed_share", "objections.days.within_target", "survey.response_rate")
"""Shares of people's records: numerator and remainder are protected like counts."""

SUMS: Final = {
    "value.initial_mean": "value.initial",
    "value.current_mean": "value.current",
}
"""Means, each with the sum that it gives away."""

OPENING, CLOSING = Key("money.opening"), Key("money.closing")
BALANCES: Final = frozenset({OPENING.measure, CLOSING.measure})
"""Sums that may be negative: more was paid than is owed."""

HALF_PENNY: Final = 0.005


@dataclass(frozen=True, slots=True)
class Limit:
    """Coefficients of quantities that together come to ``most`` or less; known only while ``told_by`` is displayed."""

    terms: Mapping[Key, float]
    most: float = 0.0
    told_by: Key | None = None


@dataclass
class AttackModel:
    """Quantities by key; equations (coefficients that sum to 0), limits, and the least that a hidden one can be.

    ``gives`` names the quantities that a displayed figure gives away, ``rests`` the one that counts its records.
    """

    values: dict[Key, float] = field(default_factory=dict)
    floors: dict[Key, float] = field(default_factory=dict)
    equations: list[dict[Key, float]] = field(default_factory=list)
    limits: list[Limit] = field(default_factory=list)
    gives: dict[Key, tuple[Key, ...]] = field(default_factory=dict)
    rests: dict[Key, Key | None] = field(default_factory=dict)

    def add(self, key: Key, value: float, floor: float = 0.0) -> Key:
        """A quantity; the same number may be named by several figures, the highest floor counts."""
        self.values.setdefault(key, value)
        self.floors[key] = min(self.values[key], max(floor, self.floors.get(key, -math.inf)))
        return key

    def of(self, measure: str) -> list[Key]:
        """The quantities of a measure."""
        return [key for key in self.values if key.measure == measure]

    def equal(self, terms: Mapping[Key, float]) -> None:
        """Keep an equation between quantities that are all there and satisfy it; another is no knowledge."""
        if len(terms) > 1 and self._there(terms) and abs(self._sum(terms)) < HALF_PENNY:
            self.equations.append(dict(terms))

    def limit(self, terms: Mapping[Key, float], most: float = 0.0, told_by: Key | None = None) -> None:
        """Keep a limit between quantities that are all there and satisfy it."""
        if self._there(terms) and self._sum(terms) < most + HALF_PENNY:
            self.limits.append(Limit(dict(terms), most, told_by))

    def at_most(self, small: Key, *large: Key) -> None:
        """One quantity is never above another, or several together."""
        self.limit({small: 1.0} | dict.fromkeys(large, -1.0))

    def _there(self, terms: Mapping[Key, float]) -> bool:
        return all(key in self.values for key in terms)

    def _sum(self, terms: Mapping[Key, float]) -> float:
        return math.fsum(self.values[key] * sign for key, sign in terms.items())


def named(key: Key, measure: str) -> Key:
    """The same cell of another quantity."""
    return replace(key, measure=measure)


def unprinted(key: Key) -> Key:
    """The quantity of a sum that follows from printed ones and is not printed itself."""
    return named(key, f"{key.measure}#unprinted")


def rows_of(measure: str) -> str:
    """The measure that counts the records a figure rests on; "" where it is its own."""
    return ROWS.get(measure) or ROWS.get(measure.rpartition(".")[0]) or ROWS.get(measure.partition(".")[0], "")


def question_of(measure: str) -> str:
    """``survey.q`` of ``survey.q.positive`` and of itself."""
    return ".".join(measure.split(".")[:2])


def is_money(key: Key) -> bool:
    """Whether a quantity is pounds; every other counts records or people."""
    return key.measure.startswith(("value.", "money.")) and not key.measure.endswith("#base")
