"""Exact statistics: never printed, only handed to disclosure control."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from reportgen.model.figure import Definition, Key, Period
from reportgen.model.records import Records
from reportgen.model.release import Disclosure

Joints = Mapping[tuple[str, ...], Mapping[tuple[str, ...], int]]


@dataclass(frozen=True, slots=True)
class Contribution:
    """What one contributor gives to a sum of money, in pence; ``who`` is a number that stands for it, never printed."""

    who: int
    pence: int


@dataclass(frozen=True, slots=True)
class Statistic:
    """One exact cell.

    ``value`` is in the measure's unit: counts whole, money in pounds, shares 0 to 1, days, percentage points.
    ``numerator`` and ``denominator`` are the exact whole numbers behind it (pence for money), where it has them.
    ``base`` is the number of records it rests on; None where the measure is not about records (posts).
    ``contributors`` is, for a sum of money, the number of contributors with an amount above 0, and ``top`` the largest
    two of them. A contributor is everybody responsible for one incident, or for the incidents of one firm: they know
    each other's amounts.
    """

    key: Key
    value: float
    numerator: int | None = None
    denominator: int | None = None
    base: int | None = None
    lower: float | None = None
    upper: float | None = None
    contributors: int | None = None
    top: tuple[Contribution, ...] = ()


@dataclass(frozen=True)
class Statistics:
    """All cells of a reporting year in print order, with the definitions they follow.

    ``categories`` holds each breakdown's categories in their order. ``breaks`` names the survey questions that are not
    compared with last year, each with the reason. ``invitations``, ``populations`` (by role, "" for all) and
    ``objection_days`` (the target) are settings that an attacker has too; ``as_at`` is when outcomes were read.
    ``joints`` holds, by measure, the unprinted tables of which published two-way tables are margins: by the names of
    breakdowns, the number in each cell. ``unprinted`` holds sums that the report does not print and that follow from
    printed ones: what is owed at a place follows from what stands, was paid and was written off there.
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
    as_at: date | None = None
    breaks: Mapping[str, str] = field(default_factory=dict)
    joints: Mapping[str, Joints] = field(default_factory=dict)
    unprinted: Mapping[Key, Statistic] = field(default_factory=dict)
    previous: Statistics | None = None
