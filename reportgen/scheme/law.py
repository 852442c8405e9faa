"""The scheme's law as data: regimes, penalty levels, stages of the process, time limits.

Input: the packaged tables under ``data/``. Output: frozen rows, each with its source. Facts that nobody has verified
are left out.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib import resources

REGIMES = ("Fixed", "Flexible", "2023 scheme", "2026 scheme")
SECTION_31A_STARTS = date(2023, 2, 13)
OBJECTION_DAYS = 28
PAYMENT_DAYS = 60
APPEAL_DAYS = 28
APPEAL_DAYS_SCOTLAND = 21
SALE_DAYS = 84


@dataclass(frozen=True, slots=True)
class Level:
    """A maximum penalty: for one responsible person, and in aggregate for all of them.

    Amounts are in pounds: per entrant for section 32, per incident for section 31A.
    """

    regime: str
    valid_from: date
    valid_to: date | None
    section: str
    occasion: str
    maximum: int
    aggregate: int
    counted_per: str
    source: str
    source_url: str
    confidence: str


@cache
def levels() -> tuple[Level, ...]:
    """Return every penalty level since 2000, in the order of regimes."""
    text = resources.files("reportgen").joinpath("data/penalty_levels.csv").read_text("utf-8")
    return tuple(
        Level(
            regime=row["regime"],
            valid_from=date.fromisoformat(row["valid_from"]),
            valid_to=date.fromisoformat(row["valid_to"]) if row["valid_to"] else None,
            section=row["section"],
            occasion=row["occasion"],
            maximum=int(row["max_per_responsible_person_gbp"]),
            aggregate=int(row["max_aggregate_gbp"]),
            counted_per=row["counted_per"],
            source=row["source"],
            source_url=row["source_url"],
            confidence=row["confidence"],
        )
        for row in csv.DictReader(text.splitlines())
    )


@cache
def regime_starts() -> tuple[tuple[date, str], ...]:
    """Return the first day of each regime, oldest first."""
    starts = {level.regime: level.valid_from for level in levels()}
    return tuple(sorted((start, regime) for regime, start in starts.items()))


def regime_of(day: date) -> str | None:
    """Return the regime in force on a day; None before the scheme began on 3 April 2000."""
    found = None
    for start, regime in regime_starts():
        if start <= day:
            found = regime
    return found


def level(regime: str, section: str, occasion: str) -> Level | None:
    """Return the level for a penalty; None if the regime has no such penalty.

    For section 32 "second" and "third or later" are one level; the early regimes had one level for all.
    """
    for row in levels():
        if row.regime == regime and row.section == section and _covers(row.occasion, occasion):
            return row
    return None


def _covers(stated: str, occasion: str) -> bool:
    if stated in ("any", occasion):
        return True
    return stated == "second or later" and occasion in ("second", "third or later")


@cache
def _rows(name: str) -> tuple[dict[str, str], ...]:
    text = resources.files("reportgen").joinpath(f"data/{name}.csv").read_text("utf-8")
    return tuple(csv.DictReader(text.splitlines()))


def reductions() -> tuple[dict[str, str], ...]:
    """Return the grounds for reducing a penalty: valid_from, section, who, condition, effect, source."""
    return _rows("reductions")


def stages() -> tuple[dict[str, str], ...]:
    """Return the stages from incident to debt: stage, what_happens, clock, outcomes, source."""
    return _rows("process")


def events() -> tuple[dict[str, str], ...]:
    """Return the scheme's history: date, event, source."""
    return _rows("timeline")
