"""The attack: everything published together, as one system of relations.

Goes in: folders of outputs. Comes out: ``Attack``, which gives the interval of each hidden cell.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Hashable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

from . import casework, opinions
from .breakdowns import TOTAL
from .published import Cell, Name, Reading, Where, Year, read, where
from .system import Solved, System

BIG = 1e6


@dataclass(frozen=True)
class Target:
    """A hidden cell and the variables that would tell it: its number, or the numerator and the base of a share."""

    label: str
    cell: Cell
    variables: tuple[Hashable, ...]
    kind: str

    def __str__(self) -> str:
        return f"{self.label}: {self.cell.name}"


@dataclass
class Attack:
    """A system of everything read, solved on demand."""

    reading: Reading
    system: System
    solved: Solved

    def targets(self) -> Iterator[Target]:
        """Every hidden cell that has a variable."""
        for year in self.reading.years.values():
            for cell in year.cells.values():
                if cell.hidden:
                    found = _target(self.system, year.label, cell)
                    if found is not None:
                        yield found

    def intervals(self) -> Iterator[tuple[Target, tuple[tuple[float, float], ...]]]:
        """Each hidden cell with the range of each of its variables; money in pounds."""
        for target in self.targets():
            scale = casework.THOUSAND if target.kind in ("sum", "flow") else 1.0
            found = [self.solved.bounds(variable) for variable in target.variables]
            yield target, tuple((low * scale, high * scale) for low, high in found)


def attack(folders: Sequence[Path], threshold: int = 5, doubtful: Collection[tuple[str, str]] = ()) -> Attack:
    """Read the folders, oldest first, and set up everything that they say together.

    ``doubtful`` are measures of a year of which zeros may be hidden too, although the report says that a zero is shown.
    """
    reading = read(folders)
    return Attack(reading, (system := system_of(reading, threshold, doubtful)), system.solved())


def system_of(reading: Reading, threshold: int, doubtful: Collection[tuple[str, str]] = ()) -> System:
    """The relations of all years read."""
    system = System()
    years = list(reading.years.values())
    for year in years:
        unsure = {measure for label, measure in doubtful if label == year.label}
        casework.relate(system, year, years, unsure)
        opinions.relate(system, year, years)
    for before, year in pairwise(years):
        opinions.changes(system, year, before)
    _countries(system, reading)
    _told(system, reading, threshold)
    return system


def _countries(system: System, reading: Reading) -> None:
    """Every country listed occurs; so does every regime."""
    for year in reading.years.values():
        for cell in year.of("penalties.issued"):
            if cell.hidden and cell.name.where and cell.name.where[0][0] in ("registered_in", "regime"):
                system.variable((year.label, "penalties.issued", cell.name.where), 1.0)


def _told(system: System, reading: Reading, threshold: int) -> None:
    """What the report says of itself: none hidden for another's sake means that every hidden count is small."""
    if reading.told is None or reading.told[1] > 0:
        return
    for cell in reading.year.cells.values():
        name = (reading.newest, cell.name.measure, cell.name.where)
        if cell.hidden and cell.unit in casework.COUNT_UNITS - {"people"} and name in system:
            system.variable(name, 1.0, threshold - 1)


def _target(system: System, label: str, cell: Cell) -> Target | None:
    """The variables behind a hidden cell; None where the attack has no hold on it (medians, percentiles)."""
    measure, place = cell.name.measure, cell.name.where
    question = measure.removesuffix(".positive")
    role = where(*(pair for pair in place if pair[0] == "role"))
    stem = measure.removesuffix("_mean")
    behind: tuple[tuple[bool, str, tuple[tuple[str, Where], ...]], ...] = (
        (cell.unit in casework.COUNT_UNITS, "count", ((measure, place),)),
        (casework.is_sum(cell), "sum", ((measure, place),)),
        (measure.startswith("money."), "flow", ((measure, TOTAL),)),
        (
            measure in casework.NUMERATORS,
            "share",
            ((casework.NUMERATORS.get(measure, ""), place), (casework.BASES.get(measure, ""), place)),
        ),
        (stem != measure, "mean", ((stem, place), ("penalties.issued", place))),
        (measure == "value.collected_share", "ratio", (("value.paid", place), ("value.current", place))),
        (measure == "survey.response_rate", "rate", (("#invited", place),)),
        (
            measure.startswith("survey.") and cell.unit == "proportion",
            "opinion",
            ((f"{measure}#n", place), (f"{question}#base", role)),
        ),
    )
    kind, variables = next(((kind, names) for fits, kind, names in behind if fits), ("", ()))
    names = tuple((label, *variable) for variable in variables)
    return Target(label, cell, names, kind) if names and all(name in system for name in names) else None


def determined(bounds: Sequence[tuple[float, float]]) -> bool:
    """Whether every range is a point."""
    return all(math.isfinite(high) and high - low < 1e-3 for low, high in bounds)


__all__ = ["Attack", "Name", "Target", "Year", "attack", "determined", "system_of"]
