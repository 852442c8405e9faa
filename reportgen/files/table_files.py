"""Find a table's file in a folder and read it as text, whatever its format.

Input: a folder and a table's name. Output: a ``RawTable``: headers, columns of text, and spreadsheet row numbers. Hides
formats and every fault of a file other than its values.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from reportgen.files.faults import Faults
from reportgen.files.raw_table import FILE_LIMIT, RawTable, TextColumn, Unreadable, fault
from reportgen.model.problem import Problem
from reportgen.release import editions

if TYPE_CHECKING:
    from pathlib import Path


SUFFIXES: Final = ("csv", "xlsx", "ods", "parquet")
REFUSED: Final = ("xls", "xlsm", "xlsb", "txt", "tsv", "json", "xml", "html", "htm", "gz", "zip", "numbers", "feather")


def shown(path: Path) -> str:
    """Format a path for messages: ``inputs/2025/penalties.csv``, wherever the workspace is."""
    parts = path.parts
    year = next((n for n in range(len(parts) - 1, -1, -1) if parts[n].isdigit()), len(parts) - 1)
    return "/".join(parts[max(0, year - 1) :])


def listed(folder: Path) -> tuple[list[Path], list[Problem]]:
    """List the folder's files, without hidden files and the lock files of open spreadsheets."""
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
    """Return a table's files: those in a supported format, and others (penalties.txt, penalties.csv.gz)."""
    found, refused = [], []
    for path in entries:
        suffix = path.suffix[1:].casefold()
        if suffix in SUFFIXES and path.stem.strip().casefold() == name:
            found.append(path)
        elif suffix in REFUSED and path.name.partition(".")[0].strip().casefold() == name:
            refused.append(path)
    return found, refused


def find(folder: Path, entries: Iterable[Path], name: str) -> tuple[Path | None, list[Problem]]:
    """Find a table's file; None if there is none. Several files, a folder or a link leading out are problems."""
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
    except (OSError, RuntimeError):  # circular link
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
    """Read a table, with notices and faults of single rows; raises Unreadable if it cannot be read."""
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


def _without_blank_rows(raw: RawTable) -> tuple[RawTable, list[Problem]]:
    """Drop blank rows; report those that are not trailing."""
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
    message = "There is an empty row between other rows."
    faults.many(raw.rows[between], lambda row: fault("blank-row", message, hint, raw.file, sheet=raw.sheet, row=row))
    kept = tuple(TextColumn(column.codes[~blank], column.words) for column in raw.columns)
    return replace(raw, columns=kept, rows=raw.rows[~blank]), list(faults.all())
