"""The attack model: quantities and constraints that a reader of every output can write down.

Input: exact statistics. Output: quantities with their exact values, constraints between them, and which quantities each
figure discloses. Knows the measures; decides nothing.

A quantity is a number behind figures: a count, a sum of money, the numerator of a share. Its ``Key`` may have a suffix
after the measure (``#n`` numerator, ``#base`` base). A displayed share discloses its numerator and its base (value
times base is a whole number), a displayed mean its sum. A figure is withheld whenever the count of its records is
suppressed: it would disclose that the count is not small, and its fraction whether the count is even.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Final

from reportgen.model.figure import Key
from reportgen.scheme import measure_ids as ids

ISSUED: Final = ids.PENALTIES_ISSUED
DECIDED: Final = ids.OBJECTIONS_DECIDED
TIMED: Final = "objections.timed"
PEOPLE: Final = ids.INCIDENTS_ENTRANTS
ROWS: Final = {
    ids.INCIDENTS_ENTRANTS: ids.INCIDENTS_COUNT,
    "value": ISSUED,
    "notice": ISSUED,
    ids.OBJECTIONS_RATE: ISSUED,
    ids.OBJECTIONS_CHANGED_SHARE: DECIDED,
    "objections.days": TIMED,
}
"""The measure that counts a figure's records, if it is another one; by measure or the start of its id."""

SHARES: Final = (
    ids.OBJECTIONS_RATE,
    ids.OBJECTIONS_CHANGED_SHARE,
    ids.OBJECTIONS_DAYS_WITHIN_TARGET,
    ids.SURVEY_RESPONSE_RATE,
)
"""Shares whose numerator and remainder count people's records and are protected like counts."""

SUMS: Final = {
    ids.VALUE_INITIAL_MEAN: ids.VALUE_INITIAL,
    ids.VALUE_CURRENT_MEAN: ids.VALUE_CURRENT,
}
"""Means, each with the sum that it discloses."""

OPENING, CLOSING = Key(ids.MONEY_OPENING), Key(ids.MONEY_CLOSING)
BALANCES: Final = frozenset({OPENING.measure, CLOSING.measure})
"""Sums that may be negative, because more was paid than is owed."""

HALF_PENNY: Final = 0.005


@dataclass(frozen=True, slots=True)
class Limit:
    """An inequality: terms add up to at most ``most``; known only while figure ``told_by`` (if any) is displayed."""

    terms: Mapping[Key, float]
    most: float = 0.0
    told_by: Key | None = None


@dataclass
class AttackModel:
    """Quantities by key, equations (terms that sum to 0), inequalities, and lower bounds of suppressed quantities.

    ``gives`` are the quantities that a displayed figure discloses; ``rests`` is the one that counts its records.
    """

    values: dict[Key, float] = field(default_factory=dict)
    floors: dict[Key, float] = field(default_factory=dict)
    equations: list[dict[Key, float]] = field(default_factory=list)
    limits: list[Limit] = field(default_factory=list)
    gives: dict[Key, tuple[Key, ...]] = field(default_factory=dict)
    rests: dict[Key, Key | None] = field(default_factory=dict)

    def add(self, key: Key, value: float, floor: float = 0.0) -> Key:
        """Add a quantity; if several figures share it, keep the highest lower bound."""
        self.values.setdefault(key, value)
        self.floors[key] = min(self.values[key], max(floor, self.floors.get(key, -math.inf)))
        return key

    def of(self, measure: str) -> list[Key]:
        """Return the quantities of a measure."""
        return [key for key in self.values if key.measure == measure]

    def equal(self, terms: Mapping[Key, float]) -> None:
        """Add an equation if all its quantities exist and the exact values satisfy it."""
        if len(terms) > 1 and self._there(terms) and abs(self._sum(terms)) < HALF_PENNY:
            self.equations.append(dict(terms))

    def limit(self, terms: Mapping[Key, float], most: float = 0.0, told_by: Key | None = None) -> None:
        """Add an inequality if all its quantities exist and the exact values satisfy it."""
        if self._there(terms) and self._sum(terms) < most + HALF_PENNY:
            self.limits.append(Limit(dict(terms), most, told_by))

    def at_most(self, small: Key, *large: Key) -> None:
        """Bound one quantity by another, or by the sum of several."""
        self.limit({small: 1.0} | dict.fromkeys(large, -1.0))

    def _there(self, terms: Mapping[Key, float]) -> bool:
        return all(key in self.values for key in terms)

    def _sum(self, terms: Mapping[Key, float]) -> float:
        return math.fsum(self.values[key] * sign for key, sign in terms.items())


def named(key: Key, measure: str) -> Key:
    """Return the same cell's key of another quantity."""
    return replace(key, measure=measure)


def unprinted(key: Key) -> Key:
    """Return the key of a sum that can be derived from printed ones and is not printed itself."""
    return named(key, f"{key.measure}#unprinted")


def rows_of(measure: str) -> str:
    """Return the measure that counts a figure's records; "" if the figure counts them itself."""
    return ROWS.get(measure) or ROWS.get(measure.rpartition(".")[0]) or ROWS.get(measure.partition(".")[0], "")


def question_of(measure: str) -> str:
    """Return the question's measure: ``survey.q`` for ``survey.q.positive`` and for itself."""
    return ".".join(measure.split(".")[:2])


def is_money(key: Key) -> bool:
    """Return whether a quantity is in pounds; all others count records or people."""
    return key.measure.startswith(("value.", "money.")) and not key.measure.endswith("#base")
