"""Exact statistics: never printed, only handed to disclosure control."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from reportgen.figures import Definition, Key, Period
from reportgen.records import Records
from reportgen.release import Disclosure


@dataclass(frozen=True, slots=True)
class Statistic:
    """One exact cell.

    ``value`` is in the measure's unit: counts whole, money in pounds, shares 0 to 1, days, percentage points.
    ``numerator`` and ``denominator`` are the exact whole numbers behind it (pence for money), where it has them.
    ``base`` is the number of records it rests on; None where the measure is not about records (posts).
    ``contributors`` and ``largest`` (pence) are, for a sum of money, the notices with an amount above 0 and the
    largest of them.
    """

    key: Key
    value: float
    numerator: int | None = None
    denominator: int | None = None
    base: int | None = None
    lower: float | None = None
    upper: float | None = None
    contributors: int | None = None
    largest: int | None = None


@dataclass(frozen=True)
class Statistics:
    """All cells of a reporting year in print order, with the definitions they follow.

    ``categories`` holds each breakdown's categories in their order. ``breaks`` names the survey questions that are not
    compared with last year, each with the reason. ``invitations``, ``populations`` (by role, "" for all) and
    ``objection_days`` (the target) are settings that an attacker has too.
    """

    period: Period
    cells: Mapping[Key, Statistic]
    definitions: Mapping[str, Definition]
    categories: Mapping[str, tuple[str, ...]]
    records: Records
    settings: Disclosure
    invitations: Mapping[str, int] = field(default_factory=dict)
    populations: Mapping[str, int] = field(default_factory=dict)
    objection_days: int | None = None
    breaks: Mapping[str, str] = field(default_factory=dict)
    previous: Statistics | None = None
