"""What a table is, and how one is described as data."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal

from reportgen.model.protected import HIDDEN

if TYPE_CHECKING:
    from reportgen.model.figure import Key

NOT_APPLICABLE: Final = "[z]"
BREAK: Final = "[b]"
LOW: Final = "[u]"
LOW_BASE: Final = 50
GIVEN: Final = "How it was given"
TOTAL: Final = "Total"

SHORTHAND: Final = {
    HIDDEN: "[c] hidden: it rests on too few records, or another hidden figure could be worked out from it.",
    NOT_APPLICABLE: "[z] not applicable: there is no such figure, or nothing to calculate it from.",
    BREAK: "[b] break: not to be compared with what stands before it, or with last year.",
    LOW: f"[u] fewer than {LOW_BASE} people answered: read with care.",
}


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell as it is printed: its text, with the displayed value or marker behind it and the figure it shows."""

    text: str
    value: float | None = None
    marker: str = ""
    key: Key | None = None


@dataclass(frozen=True, slots=True)
class Column:
    """A column's heading, unit in it; ``numeric`` columns are set to the right."""

    heading: str
    numeric: bool = True
    decimals: int = 0


@dataclass(frozen=True, slots=True)
class Row:
    """A row: its label, its cells, and whether it is a total or opens a section."""

    label: str
    cells: tuple[Cell, ...]
    kind: Literal["body", "total", "section"] = "body"


@dataclass(frozen=True, slots=True)
class Table:
    """A table ready to print: heading of the stub, columns, rows, generated notes.

    An ``annex`` table may stand in the downloads alone; a chapter can place it all the same.
    """

    id: str
    stub: str
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    notes: tuple[str, ...] = ()
    annex: bool = False


@dataclass(frozen=True, slots=True)
class Measured:
    """A column of a table: a measure under a heading; ``compare`` adds last year and the change."""

    measure: str
    heading: str
    compare: bool = False


@dataclass(frozen=True, slots=True)
class TableSpec:
    """A table as data.

    ``rows`` names the breakdowns whose categories are the rows, one block after another ("" is the total). With
    ``across`` the one measure is cut by a second breakdown in the columns. ``lines`` are measures as rows instead, each
    with its label. ``lines_by`` cuts the lines by a breakdown in the columns; with ``changes`` they are shares of a
    survey beside last year's, with the interval of the change. ``question`` is a survey question, ``series`` one or
    several published ones, ``context`` the related statistics. ``text`` names a table of words: of law, of actions, of
    definitions. ``annex`` tables need not be placed in a chapter: a chart shows them there, or only analysts want them.
    """

    id: str
    stub: str
    columns: tuple[Measured, ...] = ()
    rows: tuple[str, ...] = ()
    across: str = ""
    lines: tuple[tuple[str, str], ...] = ()
    lines_by: str = ""
    changes: bool = False
    compare: bool = False
    question: str = ""
    series: tuple[str, ...] = ()
    context: bool = False
    text: str = ""
    labels: tuple[tuple[str, str], ...] = ()
    annex: bool = False

    def __post_init__(self) -> None:
        """What others published stands alone: it is never laid beside our figures, cut, summed or compared."""
        if (self.series or self.context) and (self.columns or self.lines or self.rows or self.across or self.compare):
            raise ValueError(f"{self.id}: a published series is never joined with other figures")
