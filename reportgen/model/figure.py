"""Keys, measure definitions and reporting periods, shared by every later stage.

Value types only; holds no numbers.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise
from typing import Final, Literal

MONTHS: Final = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)

Unit = Literal[
    "incidents",
    "people",
    "notices",
    "pounds",
    "objections",
    "appeals",
    "days",
    "proportion",
    "percentage points",
    "responses",
    "actions",
    "recommendations",
    "cases",
]

Kind = Literal["count", "sum", "mean", "median", "percentile", "share", "survey share", "change", "flow"]


@dataclass(frozen=True, slots=True, order=True)
class Key:
    """The key of a cell: a measure and up to two breakdowns with their categories; "" where there is none."""

    measure: str
    breakdown_1: str = ""
    category_1: str = ""
    breakdown_2: str = ""
    category_2: str = ""

    def pairs(self) -> tuple[tuple[str, str], ...]:
        """Each breakdown with its category, in order."""
        both = ((self.breakdown_1, self.category_1), (self.breakdown_2, self.category_2))
        return tuple(pair for pair in both if pair[0])

    def __str__(self) -> str:
        """Return the figure id used in logs, HTML and figures.json: ``penalties.issued{section=32, role=driver}``."""
        parts = [f"{breakdown}={category}" for breakdown, category in self.pairs()]
        return self.measure + (f"{{{', '.join(parts)}}}" if parts else "")


@dataclass(frozen=True, slots=True)
class Period:
    """A reporting year: first and last day (both inclusive) and its label ("2025 to 2026" or "2025")."""

    year: int
    first: date
    last: date
    label: str

    def months(self) -> tuple[str, ...]:
        """Return the calendar months that overlap the period, as ``2025-04``."""
        first, last = _whole_months(self.first), _whole_months(self.last)
        return tuple(f"{n // 12}-{n % 12 + 1:02d}" for n in range(first, last + 1))

    def quarters(self) -> tuple[tuple[date, date, str], ...]:
        """Return first day, last day and label of each quarter, counted from the start of the period."""
        first = _whole_months(self.first)
        number = (_whole_months(self.last + timedelta(days=1)) - first) // 3
        starts = [_day(first + 3 * n, self.first.day) for n in range(number + 1)]
        spans = [(start, following - timedelta(days=1)) for start, following in pairwise(starts)]
        return tuple((start, end, f"{start:%Y-%m} to {end:%Y-%m}") for start, end in spans)


def _whole_months(day: date) -> int:
    return day.year * 12 + day.month - 1


def _day(months: int, day: int) -> date:
    """Return a day of a month given as year × 12 + month − 1; the last day if the month is shorter."""
    year, month = months // 12, months % 12 + 1
    following = date(year + month // 12, month % 12 + 1, 1)
    return min(date(year, month, 1) + timedelta(days=day - 1), following - timedelta(days=1))


@dataclass(frozen=True, slots=True)
class Definition:
    """A measure's definition, as reviewed by statisticians and printed in the methodology.

    ``breakdowns`` lists the ways the measure is broken down, each by one or two names. ``additive`` lists the names
    whose categories add up to the total; a two-way breakdown adds up over each of its additive names. ``personal`` is
    False for actions, recommendations and posts, which are never suppressed.
    """

    id: str
    label: str
    definition: str
    unit: Unit
    kind: Kind
    numerator: str
    denominator: str = ""
    dated_by: str = ""
    tables: tuple[str, ...] = ()
    breakdowns: tuple[tuple[str, ...], ...] = ()
    additive: frozenset[str] = frozenset()
    personal: bool = True
    missing: str = ""
