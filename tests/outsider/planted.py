"""Years made for an attack: one thing about a made-up year is changed, everything else stays lawful.

Goes in: a folder of inputs as csv. Comes out: the same folder with a few rows changed. Also measures with breakdowns
that the product does not have today, to see whether protection follows when the report grows.
"""

from __future__ import annotations

import csv
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from unittest import mock

Row = dict[str, str]
Pairs = Sequence[tuple[str, ...]]


def rows(folder: Path, table: str) -> list[Row]:
    """A table's rows."""
    with (folder / f"{table}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def put(folder: Path, table: str, made: Sequence[Row]) -> None:
    """Write a table's rows back."""
    with (folder / f"{table}.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(made[0]))
        writer.writeheader()
        writer.writerows(made)


def settle(folder: Path, change: Callable[[list[Row]], None]) -> None:
    """Every notice with a value is paid in full, then ``change`` has its way; the ledger, which would differ, goes."""
    notices = rows(folder, "penalties")
    for row in notices:
        if float(row["current_value"]) > 0:
            row |= {"paid_value": row["current_value"], "written_off_value": "", "status": "paid"}
        else:
            row |= {"paid_value": "0", "written_off_value": ""}
    change(notices)
    put(folder, "penalties", notices)
    (folder / "ledger.csv").unlink(missing_ok=True)


def write_off(row: Row, pounds: int) -> None:
    """A part of what is owed is written off, the rest was paid."""
    owed = float(row["current_value"])
    row |= {"written_off_value": str(pounds), "paid_value": f"{owed - pounds:.2f}", "status": "written off"}


def unpaid(row: Row) -> None:
    """Nothing was paid."""
    row |= {"paid_value": "0", "status": "unpaid"}


def of_year(notices: Sequence[Row], first: str, last: str, least: float = 0.0, **where: str) -> list[Row]:
    """The notices of a period that owe at least so much, by their columns."""
    return [
        row
        for row in notices
        if first <= row["notice_date"] <= last
        and float(row["current_value"]) >= max(least, 0.01)
        and all(row[name] == value for name, value in where.items())
    ]


@contextmanager
def grown(measure: str, pairs: Pairs) -> Iterator[None]:
    """The report with further breakdowns of a measure."""
    definitions = sys.modules["reportgen.scheme.measure_definitions"]
    fixed = tuple(
        replace(
            one, breakdowns=(*one.breakdowns, *pairs), additive=one.additive | {name for two in pairs for name in two}
        )
        if one.id == measure
        else one
        for one in definitions.FIXED
    )
    with mock.patch.object(definitions, "FIXED", fixed):
        yield


@dataclass(frozen=True)
class Batch:
    """So many notices alike, each with its own incident."""

    number: int
    section: str = "32"
    role: str = "driver"
    vehicle_type: str = "goods vehicle"
    place: str = "Calais"
    occasion: str = "first"
    accredited: str = "no"


LEVELS = {"32": {"first": 6000}, "31A": {"first": 1500, "second": 3000}}
HIGHEST = {"32": 10000, "31A": 6000}


def plain(folder: Path, batches: Sequence[Batch]) -> None:
    """Put notices made from scratch in place of a year's own: all paid in full, none objected to."""
    incidents, notices = [], []
    for number, batch in enumerate(one for one in batches for _ in range(one.number)):
        month = f"2025-{4 + number % 8:02d}"
        worth = str(LEVELS[batch.section].get(batch.occasion, HIGHEST[batch.section]))
        incidents.append(
            {
                "incident_ref": f"I-{number:06d}",
                "incident_date": f"{month}-01",
                "place": batch.place,
                "vehicle_type": batch.vehicle_type,
                "entrants": "1",
                "outcome": "penalty",
            }
        )
        notices.append(
            dict.fromkeys(rows(folder, "penalties")[0] if number == 0 else notices[0], "")
            | {
                "notice_ref": f"N-{number:06d}",
                "incident_ref": f"I-{number:06d}",
                "notice_date": f"{month}-20",
                "section": batch.section,
                "role": batch.role,
                "occasion": batch.occasion,
                "entrants": "1" if batch.section == "32" else "0",
                "registered_in": "PL",
                "accredited": batch.accredited,
                "initial_value": worth,
                "current_value": worth,
                "paid_value": worth,
                "status": "paid",
            }
        )
    put(folder, "incidents", incidents)
    put(folder, "penalties", notices)
    (folder / "ledger.csv").unlink(missing_ok=True)
