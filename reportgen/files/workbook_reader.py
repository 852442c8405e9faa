"""Read xlsx and ods workbooks safely.

Input: bytes. Output: a raw table of the sheet with the table's name. The zip archive is unpacked, measured and repacked
here before calamine reads it, so that declared and actual contents cannot differ.
"""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final

from reportgen.files import cell_formats, worksheet
from reportgen.files.cell_text import text
from reportgen.files.csv_reader import OLE
from reportgen.files.raw_table import (
    RawTable,
    Unreadable,
    cells,
    check_cells,
    check_headers,
    check_size,
    fault,
)
from reportgen.model.problem import Problem

if TYPE_CHECKING:
    from python_calamine import CalamineWorkbook

UNPACKED_LIMIT: Final = 200 * 1024 * 1024
RATIO_LIMIT: Final = 100
RATIO_FREE: Final = 1024 * 1024
"""Unpacked size up to which any compression ratio is accepted."""
PARTS_LIMIT: Final = 10_000
AGAIN: Final = "Open it in a spreadsheet program and save it again."


def read_workbook(data: bytes, name: str, file: str) -> tuple[RawTable, list[Problem]]:
    """Read the table from a workbook; Unreadable if it is damaged, protected or too large."""
    import numpy as np

    parts = _unpacked(data, file)
    kind = worksheet.Ods if "content.xml" in parts else worksheet.Xlsx
    parts, size = kind.prepared(parts)
    if size.cells > worksheet.DENSE_LIMIT or size.characters > worksheet.TEXT_LIMIT:
        message = (
            f"A sheet reaches to row {size.rows:,} and over {size.columns:,} columns, which is too large to be read."
        )
        hint = "Delete cells far below or to the right of the table, or save the table as CSV."
        raise Unreadable(fault("sheet-too-large", message, hint, file))
    sheet, grid, merged = _grid(_packed(parts), name, file)
    merged = merged or size.merged.get(sheet, ())
    rows = [[text(cell) for cell in row] for row in grid]
    headers = _headers(rows)
    check_size(len(rows), len(headers), file, sheet)
    check_headers([row[: len(headers)] for row in rows[:21]], name, file, sheet)
    width = len(headers)
    turned = zip(*(row[:width] for row in rows[1:]), strict=True) if len(rows) > 1 else ((),) * width
    columns = tuple(cells(np.array(column, dtype=object)) for column in turned)
    numbers = np.arange(2, len(rows) + 1)
    check_cells(columns, numbers, file, sheet)
    faults = [_merged(row, file, sheet) for row in merged if row <= len(rows)]
    seen = cell_formats.notices(parts, sheet, headers, name, file)
    faults += [one for one in seen if one.row is None or one.row <= len(rows)]
    return RawTable(name, file, sheet, "", tuple(headers), columns, numbers), faults


def _merged(row: int, file: str, sheet: str) -> Problem:
    message = "Cells are joined here: a joined cell has one value for several rows or columns."
    hint = "Undo the joining (unmerge cells) and fill each cell."
    return fault("merged-cells", message, hint, file, sheet=sheet, row=row)


def _unpacked(data: bytes, file: str) -> dict[str, bytes]:
    """Return the archive's parts by name, after checking the sizes it declares."""
    if data[:8] == OLE:
        hint = "Open it, remove the password, and save it as .xlsx."
        raise Unreadable(fault("encrypted", "The workbook is protected by a password or is an old .xls.", hint, file))
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as book:
            entries = book.infolist()
            _check_entries(entries, len(data), file)
            parts = {entry.filename: book.read(entry) for entry in entries if not entry.filename.endswith("/")}
    except (zipfile.BadZipFile, zlib.error, OSError, EOFError, ValueError, RuntimeError, NotImplementedError) as broken:
        message = f"The file is damaged or not a real .{file.rpartition('.')[2]} workbook."
        raise Unreadable(fault("file-broken", message, AGAIN, file)) from broken
    if b"encryption-data" in parts.get("META-INF/manifest.xml", b""):
        raise Unreadable(_protected(file))
    whole = {name: data for name, data in parts.items() if b"<" not in data or _well_formed(data)}
    if any(name not in whole and name.endswith((".xml", ".rels")) for name in parts):
        raise Unreadable(_damaged(file))
    return whole


def _well_formed(data: bytes) -> bool:
    """Return whether a part is well-formed XML without a document type.

    Other parts must not reach calamine: on a missing end tag it loops until memory runs out.
    """
    from xml.parsers import expat

    parser = expat.ParserCreate("utf-8")  # whatever encoding it declares: calamine reads UTF-8 only
    parser.StartDoctypeDeclHandler = _refuse
    try:
        parser.Parse(data, True)
    except (expat.ExpatError, ValueError):
        return False
    return True


def _refuse(*_document_type: object) -> None:
    """Refuse a document type: workbooks need none, and entity expansion attacks need one."""
    raise ValueError("a document type")


def _check_entries(entries: Sequence[zipfile.ZipInfo], packed: int, file: str) -> None:
    size = sum(entry.file_size for entry in entries)
    if size > UNPACKED_LIMIT or (size > RATIO_FREE and size > RATIO_LIMIT * packed) or len(entries) > PARTS_LIMIT:
        message = f"The workbook would unpack to {size / 1024 / 1024:,.0f} MB; it was not opened."
        raise Unreadable(fault("zip-bomb", message, "Save the table as CSV or parquet.", file))
    if any(entry.flag_bits & 1 for entry in entries):
        raise Unreadable(_protected(file))
    names = [entry.filename.casefold() for entry in entries]
    if any(name.endswith("vbaproject.bin") or name.startswith(("basic/", "scripts/")) for name in names):
        raise Unreadable(
            fault("macros", "The workbook holds macros; it was not opened.", "Save it without them.", file)
        )


def _protected(file: str) -> Problem:
    hint = "Open it, remove the password, and save it again."
    return fault("encrypted", "The workbook is protected by a password.", hint, file)


def _packed(parts: Mapping[str, bytes]) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        for part, data in parts.items():
            archive.writestr(zipfile.ZipInfo(part), data)
    return made.getvalue()


def _grid(data: bytes, name: str, file: str) -> tuple[str, list[list[Any]], tuple[int, ...]]:
    """Return the sheet's name, its cells from A1, and the rows with merged cells."""
    from python_calamine import CalamineError, CalamineWorkbook

    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(data))
        sheet = _sheet(book, name, file)
        found = book.get_sheet_by_name(sheet)
        grid = found.to_python(skip_empty_area=False) if found.end is not None else []
        merged = tuple(sorted({first[0] + 1 for first, _ in found.merged_cell_ranges or ()}))
    except (CalamineError, OSError, ValueError, KeyError, OverflowError) as broken:
        raise Unreadable(_damaged(file)) from broken
    except BaseException as broken:
        if (
            type(broken).__name__ != "PanicException"
        ):  # bugs in calamine are raised as PanicException, not an exception of the library
            raise
        raise Unreadable(_damaged(file)) from broken
    if not grid:
        hint = "Export it again, with its headers."
        raise Unreadable(fault("file-empty", "The sheet is empty.", hint, file, sheet=sheet))
    return sheet, grid, merged


def _damaged(file: str) -> Problem:
    return fault("file-broken", "The workbook is damaged and cannot be read.", AGAIN, file)


def _sheet(book: CalamineWorkbook, name: str, file: str) -> str:
    """Return the sheet with the table's name, or the only sheet."""
    named = [one.name for one in book.sheets_metadata if str(one.typ).endswith("WorkSheet")]
    for sheet in named:
        if sheet.strip().casefold() == name:
            return sheet
    if len(named) == 1:
        return named[0]
    message = f"No sheet is called “{name}”; the sheets are {', '.join(named) or 'none'}."
    raise Unreadable(fault("no-sheet", message, f"Name the right sheet “{name}”.", file))


def _headers(rows: Sequence[Sequence[str]]) -> list[str]:
    """Return the first row, without trailing columns that are empty in every row."""
    width = max((n + 1 for row in rows for n in range(len(row) - 1, -1, -1) if row[n].strip()), default=0)
    return list(rows[0][:width])
