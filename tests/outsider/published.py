"""The published files of one or several folders as cells: what a member of the public can read.

Goes in: folders of outputs. Comes out: ``Reading``: every cell of every reporting year, shown or hidden, and what the
report says about itself. A cell that one folder hides and another shows is shown.
"""

from __future__ import annotations

import csv
import html
import json
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

HIDDEN = "[c]"
Where = tuple[tuple[str, str], ...]


@dataclass(frozen=True, order=True)
class Name:
    """A published cell: its measure, and the categories that it is for, breakdowns in alphabetical order."""

    measure: str
    where: Where = ()

    def __str__(self) -> str:
        inside = ", ".join(f"{breakdown}={category}" for breakdown, category in self.where)
        return self.measure + (f"{{{inside}}}" if inside else "")


@dataclass(frozen=True)
class Cell:
    """What is printed of a cell; ``value`` and ``base`` are None where they are not."""

    name: Name
    value: float | None
    hidden: bool
    unit: str
    base: int | None = None


@dataclass
class Year:
    """The cells of a reporting year, in the order of the file."""

    label: str
    cells: dict[Name, Cell] = field(default_factory=dict)

    def measures(self) -> list[str]:
        """Every measure with a cell."""
        return list(dict.fromkeys(name.measure for name in self.cells))

    def of(self, measure: str) -> list[Cell]:
        """The cells of a measure."""
        return [cell for cell in self.cells.values() if cell.name.measure == measure]


@dataclass
class Reading:
    """Everything read: the years by label, what the report tells of itself."""

    years: dict[str, Year] = field(default_factory=dict)
    newest: str = ""
    told: tuple[int, int] | None = None
    revised: list[str] = field(default_factory=list)
    text: str = ""

    @property
    def year(self) -> Year:
        """The year that the last folder is about."""
        return self.years[self.newest]


def where(*pairs: tuple[str, str]) -> Where:
    """Categories in canonical order."""
    return tuple(sorted(pairs))


def read(folders: Sequence[Path]) -> Reading:
    """Read the folders, oldest first: a later folder's figure stands where two differ."""
    reading = Reading()
    for folder in folders:
        for name in ("previous.csv", "statistics.csv"):
            path = folder / "data" / name
            if path.is_file():
                label = _take(reading, path)
                reading.newest = label if name == "statistics.csv" else reading.newest
        _figures(reading, folder / "figures.json")
        reading.text = " ".join(_texts(folder))
        reading.told = _told(reading.text)
    return reading


def _take(reading: Reading, path: Path) -> str:
    """Add a tidy file's rows; give back the label of its year."""
    label = ""
    with path.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            label = row["period"]
            pairs = [
                (row[f"breakdown_{n}"], row[f"category_{n}"].removeprefix("'"))
                for n in (1, 2, 3, 4)
                if row.get(f"breakdown_{n}")
            ]
            cell = Cell(
                Name(row["measure"], where(*pairs)),
                float(row["value"]) if row["value"] else None,
                row["marker"] == HIDDEN,
                row["unit"],
                int(row["base"]) if row.get("base") else None,
            )
            _merge(reading, label, cell)
    return label


def _merge(reading: Reading, label: str, cell: Cell) -> None:
    cells = reading.years.setdefault(label, Year(label)).cells
    known = cells.get(cell.name)
    if known is None or (known.hidden and cell.value is not None):
        cells[cell.name] = cell
    elif known.value is not None and cell.value is not None and known.value != cell.value:
        reading.revised.append(f"{label}: {cell.name}: {known.value:g}, later {cell.value:g}")
        cells[cell.name] = cell


def _figures(reading: Reading, path: Path) -> None:
    """Figures quoted in prose: one that is shown there and hidden in the table is shown."""
    if not path.is_file() or not reading.newest:
        return
    for figure in json.loads(path.read_text("utf-8")).get("figures", ()):
        name = _name(figure["id"])
        for entry in (figure, figure.get("previous") or {}):
            known = reading.years.get(entry.get("period", ""), Year("")).cells.get(name)
            if known is not None and known.hidden and isinstance(entry.get("value"), int | float):
                _merge(reading, entry["period"], Cell(name, float(entry["value"]), hidden=False, unit=known.unit))


def _name(text: str) -> Name:
    measure, _, inside = text.partition("{")
    pairs = [part.partition("=") for part in inside.rstrip("}").split(", ")] if inside else []
    return Name(measure, where(*((breakdown, category) for breakdown, _, category in pairs)))


def _texts(folder: Path) -> Iterator[str]:
    """The words of the page, the Govspeak and the checks, without markup."""
    for path in (*sorted(folder.glob("*.html")), *sorted(folder.glob("*.md")), folder / "checks.json"):
        if path.is_file():
            bare = re.sub(r"<(script|style)\b.*?</\1>|<[^>]+>", " ", path.read_text("utf-8"), flags=re.DOTALL)
            yield re.sub(r"\s+", " ", html.unescape(bare))


def _told(text: str) -> tuple[int, int] | None:
    """How many figures the report says it hides for themselves, and for the sake of others."""
    patterns = (
        r"too much on one: ([\d,]+)\s*\.\s*Hidden because they would tell these, or are calculated from them: ([\d,]+)",
        r"\(([\d,]+) for themselves, ([\d,]+) to protect these\)",
    )
    found: Iterable[re.Match[str] | None] = (re.search(pattern, text) for pattern in patterns)
    for match in found:
        if match:
            return int(match[1].replace(",", "")), int(match[2].replace(",", ""))
    return None
