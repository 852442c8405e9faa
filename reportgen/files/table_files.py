"""Files as offices send them, found and read as text, whatever their format.

Goes in: a folder and a table's name. Comes out: a ``RawTable``: headers and columns of text with the row numbers that a
person sees. Hides formats and everything that can be wrong with a file before its values are looked at.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Final

from reportgen.files.cell_values import fold
from reportgen.files.faults import Faults
from reportgen.model.problem import Problem, Stage
from reportgen.release import editions
from reportgen.scheme.data_dictionary import TABLES

if TYPE_CHECKING:
    from pathlib import Path

    import numpy as np
    from numpy.typing import NDArray

SUFFIXES: Final = ("csv", "xlsx", "ods", "parquet")
REFUSED: Final = ("xls", "xlsm", "xlsb", "txt", "tsv", "json", "xml", "html", "htm", "gz", "zip", "numbers", "feather")
FILE_LIMIT: Final = 512 * 1024 * 1024
CELL_LIMIT: Final = 100_000
COLUMN_LIMIT: Final = 500
ROWS_LIMIT: Final = 4_000_000
CELLS_LIMIT: Final = 60_000_000
"""A million notices have twenty million cells."""
LOOKED_AT: Final = 20
"""How many rows are searched for headers that do not stand in the first."""


@dataclass(frozen=True, slots=True, eq=False)
class TextColumn:
    """A column: each different text once in ``words``, and for each row its place there."""

    codes: NDArray[np.int32]
    words: Sequence[str]


@dataclass(frozen=True, slots=True, eq=False)
class RawTable:
    """A file's table as text; ``rows`` are the row numbers that a spreadsheet shows (the header is row 1)."""

    name: str
    file: str
    sheet: str | None
    sha256: str
    headers: tuple[str, ...]
    columns: tuple[TextColumn, ...]
    rows: NDArray[np.int64]


class Unreadable(Exception):  # noqa: N818 - a verdict on a file, caught inside this room
    """The file cannot be read; carries the problem."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        super().__init__(problem.message)


def fault(code: str, message: str, hint: str, file: str, **more: Any) -> Problem:  # noqa: ANN401 - fields of Problem
    """A problem of this stage."""
    return Problem(Stage.INPUTS, code, message, hint, file=file, **more)


def cells(texts: Any) -> TextColumn:  # noqa: ANN401 - an array of str
    """A column from its texts in order; what is not there at all is the empty text."""
    import numpy as np
    import pandas as pd

    codes, distinct = pd.factorize(texts)
    words = distinct.tolist()
    if (missing := codes < 0).any():
        codes[missing] = words.index("") if "" in words else len(words)
        words = words if "" in words else [*words, ""]
    return TextColumn(codes.astype(np.int32), words)


def shown(path: Path) -> str:
    """A path as messages name it: ``inputs/2025/penalties.csv``, wherever the workspace lies."""
    parts = path.parts
    year = next((n for n in range(len(parts) - 1, -1, -1) if parts[n].isdigit()), len(parts) - 1)
    return "/".join(parts[max(0, year - 1) :])


def listed(folder: Path) -> tuple[list[Path], list[Problem]]:
    """What lies in the folder, without hidden files and the lock files of open spreadsheets."""
    hint = "Check that you may open the folder."
    try:
        if not folder.resolve().is_relative_to(folder.parent.resolve()):
            message = "The folder is a link to a place outside the inputs; nothing was read from it."
            hint = "Copy the folder itself into the inputs."
            return [], [fault("link-outside", message, hint, shown(folder))]
        there = (path for path in folder.iterdir() if not path.name.startswith((".", "~$")))
        return sorted(path for path in there if path.name != editions.FOLDER or not path.is_dir()), []
    except (OSError, RuntimeError):
        return [], [fault("file-unreadable", "The folder cannot be opened.", hint, shown(folder))]


def named(entries: Iterable[Path], name: str) -> tuple[list[Path], list[Path]]:
    """The files of a table: of a kind that is read, and of another (penalties.txt, penalties.csv.gz)."""
    found, refused = [], []
    for path in entries:
        suffix = path.suffix[1:].casefold()
        if suffix in SUFFIXES and path.stem.strip().casefold() == name:
            found.append(path)
        elif suffix in REFUSED and path.name.partition(".")[0].strip().casefold() == name:
            refused.append(path)
    return found, refused


def find(folder: Path, entries: Iterable[Path], name: str) -> tuple[Path | None, list[Problem]]:
    """The one file of a table, or None; two files, a folder or a link out of the folder are problems."""
    found, refused = named(entries, name)
    found = found or refused
    if len(found) > 1:
        names = " and ".join(path.name for path in found)
        hint = "Keep the right one and move the others out of the folder."
        message = f"There are several files for one table: {names}."
        return None, [fault("two-files", message, hint, f"{shown(folder)}/{name}", value=names)]
    if not found:
        return None, []
    path = found[0]
    try:
        inside = path.resolve().is_relative_to(folder.resolve())
    except (OSError, RuntimeError):  # a link that leads to itself
        inside = False
    if not inside:
        hint = "Copy the file itself into the folder."
        message = "The file is a link to a place outside the inputs folder; it was not read."
        return None, [fault("link-outside", message, hint, shown(path))]
    if path.exists() and not path.is_file():
        return None, [
            fault("not-a-file", "This is a folder or a device, not a file.", "Put the file here.", shown(path))
        ]
    return path, []


def read(path: Path, name: str) -> tuple[RawTable, list[Problem]]:
    """The table in a file, with notices and faults of single rows; raises Unreadable with the reason."""
    file, suffix = shown(path), path.suffix[1:].casefold()
    if suffix not in SUFFIXES:
        message = f"Files of the kind .{suffix} are not read."
        hint = "Save it as .xlsx, .ods or .csv; kinds that can hold macros are never opened."
        raise Unreadable(fault("file-kind", message, hint, file, value=path.name))
    data = _bytes(path, file)
    if suffix == "csv":
        from reportgen.files.csv_reader import read_csv as reader
    elif suffix == "parquet":
        from reportgen.files.parquet_reader import read_parquet as reader
    else:
        from reportgen.files.workbook_reader import read_workbook as reader
    raw, faults = reader(data, name, file)
    raw, blank = _without_blank_rows(replace(raw, sha256=hashlib.sha256(data).hexdigest()))
    return raw, faults + blank


def _bytes(path: Path, file: str) -> bytes:
    try:
        size = path.stat().st_size
        if size > FILE_LIMIT:
            message = (
                f"The file has {size / 1024 / 1024:,.0f} MB; {FILE_LIMIT // 1024 // 1024} MB is the most that is read."
            )
            raise Unreadable(fault("file-too-large", message, "Send only this scheme's rows.", file))
        data = path.read_bytes()
    except OSError:
        hint = "Close it in other programs and check that you may read it."
        raise Unreadable(fault("file-unreadable", "The file cannot be opened.", hint, file)) from None
    if not data.strip(b"\x00 \t\r\n\xef\xbb\xbf"):
        raise Unreadable(fault("file-empty", "The file is empty.", "Export it again, with its headers.", file))
    return data


def check_size(rows: int, columns: int, file: str, sheet: str | None = None) -> None:
    """Refuse a table with more columns or cells than any right one has."""
    if columns > COLUMN_LIMIT:
        message = f"The table has {columns:,} columns; {COLUMN_LIMIT} is the most that is read."
        hint = "Remove the columns that are not asked for."
        raise Unreadable(fault("too-many-columns", message, hint, file, sheet=sheet))
    if rows > ROWS_LIMIT or rows * columns > CELLS_LIMIT:
        message = f"The table has {rows:,} rows and {columns:,} columns, which is too large to be read."
        raise Unreadable(fault("file-too-large", message, "Send only this scheme's rows.", file, sheet=sheet))


def check_headers(heads: Sequence[Sequence[str]], name: str, file: str, sheet: str | None = None) -> None:
    """The first of these rows must hold the headers."""
    known = {column.name for column in TABLES[name].columns}
    here, *below = [len(known & {fold(cell) for cell in row}) for row in heads] or [0]
    place = max(range(len(below)), key=lambda n: (below[n], -n), default=0)
    if below and below[place] > max(1, 2 * here):
        message = f"The headers stand in row {place + 2}; they must stand in row 1."
        hint = "Delete the rows above the headers."
        raise Unreadable(fault("header-not-first", message, hint, file, sheet=sheet, row=1, value=_said(heads[0])))
    if not heads or not any(cell.strip() for cell in heads[0]):
        hint = "Delete the empty rows above the header: it must stand in row 1."
        message = "The first row is empty; it should hold the headers."
        raise Unreadable(fault("no-header", message, hint, file, sheet=sheet, row=1))


def _said(row: Sequence[str]) -> str:
    return " ".join(cell for cell in row if cell.strip())[:200]


def check_cells(columns: Iterable[TextColumn], rows: NDArray[np.int64], file: str, sheet: str | None = None) -> None:
    """No cell may be longer than any right one."""
    for column in columns:
        if max(map(len, column.words), default=0) > CELL_LIMIT:
            long = next(n for n, word in enumerate(column.words) if len(word) > CELL_LIMIT)
            raise Unreadable(too_long(file, int(rows[(column.codes == long).argmax()]), sheet))


def too_long(file: str, row: int, sheet: str | None = None) -> Problem:
    """A cell of this row is longer than any right one."""
    message = f"A cell holds more than {CELL_LIMIT:,} characters."
    return fault("cell-too-long", message, "Look for a quotation mark that is not closed.", file, row=row, sheet=sheet)


def head_rows(columns: Sequence[TextColumn]) -> Iterator[list[str]]:
    """The first rows as texts."""
    for n in range(min(LOOKED_AT, len(columns[0].codes) if columns else 0)):
        yield [column.words[column.codes[n]] for column in columns]


def _without_blank_rows(raw: RawTable) -> tuple[RawTable, list[Problem]]:
    """Trailing blank rows go; blank rows between others are problems (and go, so that the rest is still checked)."""
    import numpy as np

    blank = np.ones(len(raw.rows), dtype=bool)
    for column in raw.columns:
        nothing = [n for n, word in enumerate(column.words) if not word or word.isspace()]
        if not nothing:
            return raw, []
        empty = np.zeros(len(column.words), dtype=bool)
        empty[nothing] = True
        blank &= empty[column.codes]
    if not blank.any():
        return raw, []
    filled = np.flatnonzero(~blank)
    between = np.flatnonzero(blank[: filled[-1] + 1 if len(filled) else 0])
    faults = Faults()
    hint = "Delete the empty row, or fill it if its values were lost."
    message = "An empty row stands between others."
    faults.many(raw.rows[between], lambda row: fault("blank-row", message, hint, raw.file, sheet=raw.sheet, row=row))
    kept = tuple(TextColumn(column.codes[~blank], column.words) for column in raw.columns)
    return replace(raw, columns=kept, rows=raw.rows[~blank]), list(faults.all())
