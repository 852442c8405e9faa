"""A file's table as text, whatever its format, and the limits that apply to every format.

Input: columns of text. Output: ``RawTable``, or ``Unreadable`` with the problem.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from reportgen.files.cell_values import fold
from reportgen.model.problem import Problem, Stage
from reportgen.scheme.data_dictionary import TABLES

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


FILE_LIMIT: Final = 512 * 1024 * 1024
CELL_LIMIT: Final = 100_000


COLUMN_LIMIT: Final = 500


ROWS_LIMIT: Final = 4_000_000


CELLS_LIMIT: Final = 60_000_000
"""One million notices have twenty million cells."""


LOOKED_AT: Final = 20
"""Rows searched for headers if the first row is not the header."""


@dataclass(frozen=True, slots=True, eq=False)
class TextColumn:
    """A dictionary-encoded column: distinct texts in ``words``, and each row's index into them in ``codes``."""

    codes: NDArray[np.int32]
    words: Sequence[str]


@dataclass(frozen=True, slots=True, eq=False)
class RawTable:
    """A file's table as text; ``rows`` are the row numbers a spreadsheet shows (the header is row 1)."""

    name: str
    file: str
    sheet: str | None
    sha256: str
    headers: tuple[str, ...]
    columns: tuple[TextColumn, ...]
    rows: NDArray[np.int64]


class Unreadable(Exception):
    """The file cannot be read; carries the problem."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        super().__init__(problem.message)


def fault(code: str, message: str, hint: str, file: str, **more: Any) -> Problem:
    """Return a problem of the inputs stage."""
    return Problem(Stage.INPUTS, code, message, hint, file=file, **more)


def cells(texts: Any) -> TextColumn:
    """Dictionary-encode texts in order; missing values become the empty text."""
    import numpy as np
    import pandas as pd

    codes, distinct = pd.factorize(texts)
    words = distinct.tolist()
    if (missing := codes < 0).any():
        codes[missing] = words.index("") if "" in words else len(words)
        words = words if "" in words else [*words, ""]
    return TextColumn(codes.astype(np.int32), words)


def check_size(rows: int, columns: int, file: str, sheet: str | None = None) -> None:
    """Refuse a table with too many columns or cells."""
    if columns > COLUMN_LIMIT:
        message = f"The table has {columns:,} columns; {COLUMN_LIMIT} is the most that is read."
        hint = "Remove the columns that are not asked for."
        raise Unreadable(fault("too-many-columns", message, hint, file, sheet=sheet))
    if rows > ROWS_LIMIT or rows * columns > CELLS_LIMIT:
        message = f"The table has {rows:,} rows and {columns:,} columns, which is too large to be read."
        raise Unreadable(fault("file-too-large", message, "Send only this scheme's rows.", file, sheet=sheet))


def check_headers(heads: Sequence[Sequence[str]], name: str, file: str, sheet: str | None = None) -> None:
    """Refuse a table whose header is not its first row."""
    known = {column.name for column in TABLES[name].columns}
    here, *below = [len(known & {fold(cell) for cell in row}) for row in heads] or [0]
    place = max(range(len(below)), key=lambda n: (below[n], -n), default=0)
    if below and below[place] > max(1, 2 * here):
        message = f"The headers stand in row {place + 2}; they must stand in row 1."
        hint = "Delete the rows above the headers."
        raise Unreadable(fault("header-not-first", message, hint, file, sheet=sheet, row=1, value=_preview(heads[0])))
    if not heads or not any(cell.strip() for cell in heads[0]):
        hint = "Delete the empty rows above the header: it must stand in row 1."
        message = "The first row is empty; it should hold the headers."
        raise Unreadable(fault("no-header", message, hint, file, sheet=sheet, row=1))


def _preview(row: Sequence[str]) -> str:
    return " ".join(cell for cell in row if cell.strip())[:200]


def check_cells(columns: Iterable[TextColumn], rows: NDArray[np.int64], file: str, sheet: str | None = None) -> None:
    """Refuse a table with a cell longer than ``CELL_LIMIT``."""
    for column in columns:
        if max(map(len, column.words), default=0) > CELL_LIMIT:
            long = next(n for n, word in enumerate(column.words) if len(word) > CELL_LIMIT)
            raise Unreadable(too_long(file, int(rows[(column.codes == long).argmax()]), sheet))


def too_long(file: str, row: int, sheet: str | None = None) -> Problem:
    """Return the problem of a cell longer than ``CELL_LIMIT``."""
    message = f"A cell holds more than {CELL_LIMIT:,} characters."
    return fault("cell-too-long", message, "Look for a quotation mark that is not closed.", file, row=row, sheet=sheet)


def head_rows(columns: Sequence[TextColumn]) -> Iterator[list[str]]:
    """Yield the first rows as texts."""
    for n in range(min(LOOKED_AT, len(columns[0].codes) if columns else 0)):
        yield [column.words[column.codes[n]] for column in columns]
