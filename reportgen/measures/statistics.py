"""Exact statistics: never printed, passed to disclosure control only."""

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
    """One contributor's amount in a sum of money, in pence; ``who`` is its number, never printed."""

    who: int
    pence: int


@dataclass(frozen=True, slots=True)
class Statistic:
    """One exact cell.

    ``value`` is in the measure's unit: counts whole, money in pounds, shares 0 to 1, days, percentage points.
    ``numerator`` and ``denominator`` are the exact whole numbers behind it (pence for money), if any. ``base`` is the
    number of records; None if the measure is not about records (posts). ``contributors`` is, for a sum of money, the
    number of contributors with an amount above 0, and ``top`` the two largest. A contributor is everybody responsible
    for one incident, or for one firm's incidents, because they know each other's amounts.
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
    """All cells of a reporting year in print order, with their definitions.

    ``categories`` are each breakdown's categories in order. ``breaks`` are the survey questions not compared with last
    year, each with the reason. ``invitations``, ``populations`` (by role, "" for all) and ``objection_days`` (the
    target) are settings known to an attacker; outcomes are as at ``as_at``. ``joints`` are, by measure and names of
    breakdowns, the cells of unprinted tables whose margins are published. ``unprinted`` are sums that readers can
    derive from printed ones: the outstanding balance at a place follows from the current, paid and written-off values.
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
