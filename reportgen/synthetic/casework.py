"""Synthetic casework: incidents, notices, amounts owed and paid, including unsettled notices of earlier years.

Input: years with numbers of notices, and a random generator. Output: rows of the input tables. Hides how a notice
continues from year to year: it is replayed from a saved random state up to a later day.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any, Final

from reportgen.scheme import law
from reportgen.scheme.data_dictionary import EVENT_SIGNS, TABLES
from reportgen.synthetic import notice_life
from reportgen.synthetic.notice_life import pick

if TYPE_CHECKING:
    import numpy as np

    from reportgen.model.figure import Period

Columns = dict[str, list[str]]

# Vehicles by place: in a year of ordinary size, cells are empty or large enough to publish.
PLACES: Final = {
    ("Calais", "goods vehicle"): 300,
    ("Calais", "detached trailer"): 32,
    ("Calais", "coach"): 14,
    ("Calais", "van"): 20,
    ("Calais", "car"): 30,
    ("Calais", "motorhome"): 16,
    ("Coquelles", "goods vehicle"): 170,
    ("Coquelles", "coach"): 14,
    ("Coquelles", "van"): 14,
    ("Coquelles", "car"): 20,
    ("Coquelles", "motorhome"): 14,
    ("Dunkerque", "goods vehicle"): 130,
    ("Dunkerque", "detached trailer"): 24,
    ("Dunkerque", "van"): 14,
    ("Dunkerque", "car"): 14,
    ("UK port", "goods vehicle"): 110,
    ("UK port", "detached trailer"): 34,
    ("UK port", "van"): 14,
    ("UK port", "other"): 14,
    ("Inland", "goods vehicle"): 56,
    ("Inland", "van"): 14,
}
# Who receives a notice, and under which section, by kind of vehicle.
GOODS: Final = (
    (34, ("32 driver", "32 owner")),
    (13, ("32 driver",)),
    (8, ("32 driver", "32 hirer")),
    (16, ("31A driver", "31A owner")),
    (9, ("31A owner",)),
    (8, ("31A driver", "32 driver", "32 owner")),
    (6, ("31A driver", "31A hirer")),
    (6, ("32 owner",)),
)
TRAILER: Final = (
    (40, ("32 operator", "32 owner")),
    (30, ("31A operator",)),
    (18, ("32 operator",)),
    (12, ("31A operator", "31A hirer")),
)
OTHERS: Final = ((60, ("32 driver",)), (40, ("32 driver", "32 owner")))
COUNTRIES: Final = dict(
    zip(
        ["RO", "PL", "GB", "NL", "DE", "BG", "HU", "LT", "CZ", "ES", "IT", "SK", "SI", "IE", "FR", "TR"],
        (21, 18, 9, 8, 7, 7, 6, 5, 4, 4, 3, 3, 2, 2, 1, 1),
        strict=True,
    )
)


@dataclass(frozen=True, slots=True)
class Begun:
    """A notice with the random state at its start, so that its history can be replayed up to a later day."""

    dice: Any  # state of numpy's bit generator
    incident: tuple[str, ...]
    notice: str
    responsible: str
    day: date
    noticed: date
    found: int
    home: str

    def life(self, chance: np.random.Generator, as_at: date) -> tuple[tuple[str, ...], list[tuple[str, ...]]]:
        """Generate the notice's row and its ledger events up to a day."""
        return notice_life.notice(
            chance,
            self.notice,
            self.incident[0],
            self.responsible,
            self.day,
            self.noticed,
            self.found,
            self.home,
            as_at,
        )

    def again(self, as_at: date) -> tuple[tuple[str, ...], list[tuple[str, ...]]]:
        """Replay the same history up to another day."""
        import numpy as np

        bits = np.random.PCG64()
        bits.state = self.dice
        return self.life(np.random.Generator(bits), as_at)


@dataclass(slots=True)
class Cases:
    """Casework of a year being generated: rows of the tables, notices, and last numbers used."""

    as_at: date
    number: int = 0
    last: int = 0
    begun: list[Begun] = field(default_factory=list)
    incidents: list[tuple[str, ...]] = field(default_factory=list)
    penalties: list[tuple[str, ...]] = field(default_factory=list)
    ledger: list[tuple[str, ...]] = field(default_factory=list)

    def add(self, one: Begun, life: tuple[tuple[str, ...], list[tuple[str, ...]]]) -> None:
        """Add a notice and its ledger events."""
        self.begun.append(one)
        self.penalties.append(life[0])
        self.ledger.extend(life[1])

    def carry(self, before: Cases, day: date) -> None:
        """Carry over notices with an outstanding balance or refund at the end of ``day``."""
        self.number, self.last = before.number, before.last
        owed: Counter[str] = Counter()
        for notice, when, event, amount, _ in before.ledger:
            if when <= day.isoformat():
                owed[notice] += EVENT_SIGNS[event] * int(amount)
        carried = [one for one in before.begun if owed[one.notice] and one.noticed <= day]
        self.incidents.extend(dict.fromkeys(one.incident for one in carried))
        for one in carried:
            self.add(one, one.again(self.as_at))

    def columns(self) -> tuple[Columns, Columns, Columns]:
        """Return the tables of incidents, notices and ledger events."""
        ledger = sorted(self.ledger, key=lambda event: (event[1], event[0]))
        return columns("incidents", self.incidents), columns("penalties", self.penalties), columns("ledger", ledger)


def cases(chance: np.random.Generator, period: Period, as_at: date, notices: int, before: Cases | None = None) -> Cases:
    """Generate incidents, their notices, and every ledger event of these notices.

    Notices of earlier years are those left unsettled in ``before``; without it they are generated too.
    """
    made = Cases(as_at)
    if before is not None:
        made.carry(before, period.first - timedelta(days=1))
    in_year = 0
    batch = 400
    first_day = period.first - timedelta(days=170)
    length = (as_at - first_day).days
    while in_year < notices:
        spots = _draw_incidents(chance, batch, length)
        for (place, vehicle), offset, lag, people, fate in spots:
            if in_year >= notices:
                break
            day = first_day + timedelta(days=offset)
            noticed = day + timedelta(days=lag)
            made.number += 1
            ref = f"I-{made.number:06d}"
            if fate < NO_PENALTY or noticed > as_at:
                if day >= period.first:
                    outcome = "no penalty" if fate < NO_PENALTY else "pending"
                    made.incidents.append(
                        (ref, day.isoformat(), place, vehicle, str(people - (fate < NO_PENALTY / 2)), outcome)
                    )
                continue
            pattern = _pattern(chance, vehicle, day)
            within = period.first <= noticed <= period.last
            pattern = pattern[: notices - in_year] if within else pattern
            in_year += len(pattern) if within else 0
            found = people if any(p.startswith("32") for p in pattern) else 0
            incident = (ref, day.isoformat(), place, vehicle, str(found), "penalty")
            kept = before is None or noticed >= period.first  # otherwise replaced by those of ``before``
            if kept:
                made.incidents.append(incident)
            home = pick(chance, COUNTRIES, 1)[0]
            for responsible in pattern:
                made.last += 1
                dice = dict(chance.bit_generator.state)
                one = Begun(dice, incident, f"N-{made.last:06d}", responsible, day, noticed, found, home)
                life = one.life(chance, as_at)
                if kept:
                    made.add(one, life)
    return made


def _draw_incidents(
    chance: np.random.Generator, size: int, length: int
) -> zip[tuple[tuple[str, str], int, int, int, float]]:
    """Draw incidents: place and vehicle, day, days until a notice, people, and a number that decides the outcome."""
    return zip(
        pick(chance, PLACES, size),
        chance.integers(0, length, size).tolist(),
        (14 + chance.gamma(3.0, 18.0, size)).astype(int).tolist(),
        (1 + chance.geometric(0.42, size)).tolist(),
        chance.random(size).tolist(),
        strict=True,
    )


NO_PENALTY: Final = 0.18


def _pattern(chance: np.random.Generator, vehicle: str, day: date) -> tuple[str, ...]:
    table = {"goods vehicle": GOODS, "detached trailer": TRAILER}.get(vehicle, OTHERS)
    at = chance.random() * sum(weight for weight, _ in table)
    chosen = table[-1][1]
    for weight, pattern in table:
        at -= weight
        if at < 0:
            chosen = pattern
            break
    if day >= law.SECTION_31A_STARTS:
        return chosen
    return tuple(dict.fromkeys(one.replace("31A", "32") for one in chosen))


def columns(table: str, rows: Sequence[tuple[str, ...]], names: list[str] | None = None) -> Columns:
    """Convert rows to the columns of an input table."""
    heads = names or [column.name for column in TABLES[table].columns if column.usual]
    return {head: [row[n] for row in rows] for n, head in enumerate(heads)}
