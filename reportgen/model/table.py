"""Tables as data: specifications and finished tables."""

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
GIVEN: Final = "Precision"
TOTAL: Final = "Total"

SHORTHAND: Final = {
    HIDDEN: "[c] hidden: it rests on too few records, or another hidden figure could be worked out from it.",
    NOT_APPLICABLE: "[z] not applicable: there is no such figure, or nothing to calculate it from.",
    BREAK: "[b] break: not to be compared with what stands before it, or with last year.",
    LOW: f"[u] fewer than {LOW_BASE} people answered: read with care.",
}


@dataclass(frozen=True, slots=True)
class Cell:
    """A printed cell: text, displayed value or marker, and the key of its figure."""

    text: str
    value: float | None = None
    marker: str = ""
    key: Key | None = None


@dataclass(frozen=True, slots=True)
class Column:
    """A column heading, including its unit; ``numeric`` columns are right-aligned."""

    heading: str
    numeric: bool = True
    decimals: int = 0


@dataclass(frozen=True, slots=True)
class Row:
    """A row: label, cells, and whether it is a body row, a total or a section heading."""

    label: str
    cells: tuple[Cell, ...]
    kind: Literal["body", "total", "section"] = "body"


@dataclass(frozen=True, slots=True)
class Table:
    """A finished table: stub heading, columns, rows, generated notes.

    An ``annex`` table may appear in the downloads only; a chapter may still include it.
    """

    id: str
    stub: str
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    notes: tuple[str, ...] = ()
    annex: bool = False


@dataclass(frozen=True, slots=True)
class Measured:
    """A column that shows a measure; ``compare`` adds last year and the change."""

    measure: str
    heading: str
    compare: bool = False


@dataclass(frozen=True, slots=True)
class TableSpec:
    """Specification of a table.

    ``rows`` names the breakdowns whose categories are the rows, one block after another ("" is the total). ``across``
    is a second breakdown, in the columns, of a single measure. ``lines`` puts measures (id, label) in the rows instead;
    ``lines_by`` breaks them down in the columns. ``changes`` compares survey shares with last year, with the confidence
    interval of the change. ``question`` is a survey question; ``series`` are published series; ``context`` means the
    related statistics. ``text`` names a table of text: law, actions, definitions. ``annex`` tables need not appear in a
    chapter, because a chart shows the same figures or only analysts need them.
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
        """Refuse a table that combines a published series with our own figures."""
        if (self.series or self.context) and (self.columns or self.lines or self.rows or self.across or self.compare):
            raise ValueError(f"{self.id}: a published series is never joined with other figures")
