"""Files as offices send them, read as text: csv, xlsx, ods, parquet.

Goes in: a folder and a table's name. Comes out: a ``RawTable``: headers and rows of text with the row numbers
a person sees. Hides formats, encodings, sheets and everything that can be wrong with a file.
"""

from __future__ import annotations

import csv
import hashlib
import io
import warnings
import zipfile
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import TYPE_CHECKING, Any, Final

from reportgen.problems import Problem, Stage

if TYPE_CHECKING:
    from pathlib import Path

    import pandas as pd

SUFFIXES: Final = ("csv", "xlsx", "ods", "parquet")
UNPACKED_LIMIT: Final = 200 * 1024 * 1024
RATIO_LIMIT: Final = 100
RATIO_FREE: Final = 1024 * 1024
CSV_LIMIT: Final = 1024 * 1024 * 1024
CELL_LIMIT: Final = 100_000
COLUMN_LIMIT: Final = 500
OLE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


@dataclass(frozen=True, slots=True)
class RawTable:
    """A file's table as text: ``frame`` has one str column a header, indexed by the row number a person sees."""

    name: str
    file: str
    sheet: str | None
    sha256: str
    frame: pd.DataFrame


class Unreadable(Exception):  # noqa: N818 - a verdict on a file, caught inside this room
    """The file cannot be read; carries the problem."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        super().__init__(problem.message)


def find(folder: Path, name: str) -> tuple[Path | None, list[Problem]]:
    """The one file of a table, or None; two files, a folder or a link out of the folder are problems."""
    if not folder.is_dir():
        return None, []
    found = sorted(
        path
        for path in folder.iterdir()
        if path.stem.casefold() == name and path.suffix[1:].casefold() in (*SUFFIXES, "xls", "xlsm", "xlsb")
    )
    where = shown(folder)
    if len(found) > 1:
        names = " and ".join(path.name for path in found)
        hint = "Keep the right one and move the others out of the folder."
        return None, [_fault("two-files", f"There are several files for one table: {names}.", hint, f"{where}/{name}")]
    if not found:
        return None, []
    path = found[0]
    if not path.resolve().is_relative_to(folder.resolve()):
        hint = "Copy the file itself into the folder."
        message = "The file is a link to a place outside the inputs folder; it was not read."
        return None, [_fault("link-outside", message, hint, shown(path))]
    if path.is_dir():
        return None, [_fault("not-a-file", "This is a folder, not a file.", "Put the file here.", shown(path))]
    return path, []


def shown(path: Path) -> str:
    """A path as messages name it: ``inputs/2025/penalties.csv``, wherever the workspace lies."""
    parts = path.parts
    year = next((n for n in range(len(parts) - 1, -1, -1) if parts[n].isdigit()), len(parts) - 1)
    return "/".join(parts[max(0, year - 1) :])


def read(path: Path, name: str) -> tuple[RawTable, list[Problem]]:
    """The table in a file, with notices; raises Unreadable with the reason."""
    file = shown(path)
    try:
        data = path.read_bytes()
    except OSError:
        hint = "Close it in other programs and check that you may read it."
        raise Unreadable(_fault("file-unreadable", "The file cannot be opened.", hint, file)) from None
    if not data.strip(b"\x00 \t\r\n\xef\xbb\xbf"):
        raise Unreadable(_fault("file-empty", "The file is empty.", "Export it again, with its headers.", file))
    suffix = path.suffix[1:].casefold()
    notices: list[Problem] = []
    sheet = None
    if suffix == "csv":
        rows, notices = _csv(data, file)
        frame = _frame_csv(rows, file)
    elif suffix == "parquet":
        frame = _parquet(data, file)
    elif suffix in ("xlsx", "ods"):
        sheet, cells = _workbook(data, name, file, suffix)
        frame = _frame(cells, file, sheet)
    else:
        hint = "Save it as .xlsx, .ods or .csv."
        message = f"Files of the kind .{suffix} are not read: they are old or can hold macros."
        raise Unreadable(_fault("file-kind", message, hint, file))
    frame, more = _blank_rows(frame, file, sheet)
    return RawTable(name, file, sheet, hashlib.sha256(data).hexdigest(), frame), notices + more


def _fault(code: str, message: str, hint: str, file: str, **more: Any) -> Problem:  # noqa: ANN401 - fields of Problem
    return Problem(Stage.INPUTS, code, message, hint, file=file, **more)


def _csv(data: bytes, file: str) -> tuple[str, list[Problem]]:
    notices = []
    if len(data) > CSV_LIMIT:
        raise Unreadable(_fault("file-too-large", "The file is over 1 GB.", "Send only this scheme's rows.", file))
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        hint = "Save it as “CSV UTF-8”."
        raise Unreadable(_fault("encoding", "The file is in UTF-16, which is not read.", hint, file))
    if data[:4] in (b"PK\x03\x04", b"PAR1") or data[:8] == OLE:
        hint = "Give it the ending of what it is, or export it as CSV."
        raise Unreadable(_fault("not-csv", "The file is called .csv but is another kind of file.", hint, file))
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = data.decode("cp1252", errors="replace")
        hint = "Nothing to do if names and signs look right; “CSV UTF-8” is safer."
        message = "The file is not UTF-8; it was read as Windows-1252."
        notices.append(_fault("read-as-windows-1252", message, hint, file, severity="notice"))
        if "\ufffd" in text:
            line = text[: text.index("\ufffd")].count("\n") + 1
            hint = "Save it as “CSV UTF-8”."
            message = "The file holds a byte that is neither UTF-8 nor Windows-1252."
            raise Unreadable(_fault("encoding", message, hint, file, line=line)) from None
    if "\x00" in text:
        line = text[: text.index("\x00")].count("\n") + 1
        hint = "Export it again; the file is damaged or not text."
        raise Unreadable(_fault("nul-byte", "The file holds a NUL character.", hint, file, line=line))
    return text, notices


def _separator(text: str) -> str:
    header = next(csv.reader(io.StringIO(text), delimiter="\x01"), [""])
    first = header[0] if header else ""
    return max((",", ";", "\t"), key=lambda sign: (first.count(sign), sign == ","))


def _frame_csv(text: str, file: str) -> pd.DataFrame:
    import pandas as pd

    separator = _separator(text)
    csv.field_size_limit(CELL_LIMIT)
    headers = next(csv.reader(io.StringIO(text, newline=""), delimiter=separator), [])
    _check_headers(headers, file, None)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            frame = pd.read_csv(
                io.StringIO(text, newline=""),
                sep=separator,
                header=None,
                names=range(len(headers)),
                index_col=False,
                skiprows=0,
                dtype=object,
                keep_default_na=False,
                na_filter=False,
                skip_blank_lines=False,
                quoting=csv.QUOTE_MINIMAL,
            ).iloc[1:]
        frame = frame.fillna("")
    except (pd.errors.ParserError, pd.errors.ParserWarning, ValueError):
        frame = _frame_ragged(text, separator, len(headers), file)
    frame.columns = pd.Index(headers)
    frame.index = pd.RangeIndex(2, len(frame) + 2)
    long = frame.map(len) > CELL_LIMIT if len(text) > CELL_LIMIT else None
    if long is not None and long.to_numpy().any():
        row = 2 + int(long.any(axis=1).to_numpy().argmax())
        raise Unreadable(_too_long(file, row))
    return frame


def _too_long(file: str, row: int | None) -> Problem:
    message = f"A cell holds more than {CELL_LIMIT:,} characters."
    return _fault("cell-too-long", message, "Look for a quotation mark that is not closed.", file, row=row)


def _frame_ragged(text: str, separator: str, width: int, file: str) -> pd.DataFrame:
    import pandas as pd

    rows: list[list[str]] = []
    try:
        for number, row in enumerate(csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True), 1):
            if len(row) > width and any(cell.strip() for cell in row[width:]):
                message = f"The row has {len(row)} values; the header has {width}."
                hint = "A value that holds the separator must stand in quotation marks."
                raise Unreadable(_fault("too-many-values", message, hint, file, row=number))
            rows.append((row + [""] * width)[:width])
    except csv.Error as fault:
        if "field larger" in str(fault):
            raise Unreadable(_too_long(file, len(rows) + 1)) from None
        hint = "Look for a quotation mark that is not closed."
        raise Unreadable(
            _fault("csv-broken", "The file breaks off or is badly quoted.", hint, file, row=len(rows) + 1)
        ) from None
    return pd.DataFrame(rows[1:], columns=range(width), dtype=object)


def _check_headers(headers: list[str], file: str, sheet: str | None) -> None:
    if len(headers) > COLUMN_LIMIT:
        message = f"The table has {len(headers):,} columns; {COLUMN_LIMIT} is the most that is read."
        raise Unreadable(
            _fault("too-many-columns", message, "Remove the columns that are not asked for.", file, sheet=sheet)
        )
    if not any(header.strip() for header in headers):
        hint = "Delete the empty rows above the header: it must stand in row 1."
        raise Unreadable(
            _fault("no-header", "The first row is empty; it should hold the headers.", hint, file, sheet=sheet, row=1)
        )


def _parquet(data: bytes, file: str) -> pd.DataFrame:
    import pandas as pd
    import pyarrow as pa
    import pyarrow.parquet as pq

    try:
        reader = pq.ParquetFile(io.BytesIO(data))
        size = sum(reader.metadata.row_group(n).total_byte_size for n in range(reader.metadata.num_row_groups))
        if size > 4 * CSV_LIMIT or reader.metadata.num_columns > COLUMN_LIMIT:
            raise Unreadable(
                _fault("file-too-large", "The table is too large to be read.", "Send only this scheme's rows.", file)
            )
        table = reader.read()
        frame = pd.DataFrame({n: _texts(table.column(n)) for n in range(table.num_columns)}, dtype=object)
    except (pa.ArrowException, OSError, ValueError):
        hint = "Export it again; the file is damaged or not parquet."
        raise Unreadable(_fault("file-broken", "The file cannot be read as parquet.", hint, file)) from None
    _check_headers(list(table.column_names), file, None)
    frame.columns = pd.Index(table.column_names)
    frame.index = pd.RangeIndex(2, len(frame) + 2)
    return frame


def _texts(column: Any) -> Any:  # noqa: ANN401 - an arrow column in, an array of text out
    import numpy as np
    import pyarrow as pa

    if pa.types.is_string(column.type) or pa.types.is_large_string(column.type):
        values = column.to_numpy(zero_copy_only=False)
        return np.where(values == None, "", values)  # noqa: E711 - element by element
    distinct = column.unique().to_pylist()
    words = {value: text(value) for value in distinct if not isinstance(value, list | dict)}
    return np.array(
        [words.get(v, "") if not isinstance(v, list | dict) else str(v) for v in column.to_pylist()], dtype=object
    )


def text(value: object) -> str:
    """A typed cell as the text a person would have typed: dates ISO, whole numbers without a point."""
    if value is None or value != value:  # noqa: PLR0124 - only NaN and NaT differ from themselves
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time() else value.isoformat(sep=" ")
    if isinstance(value, date | time):
        return value.isoformat()
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)  # noqa: PLR2004 - exact in a double
    return str(value)


def _workbook(data: bytes, name: str, file: str, suffix: str) -> tuple[str, list[list[str]]]:
    from python_calamine import CalamineError, CalamineWorkbook

    if data[:8] == OLE:
        hint = "Open it, remove the password, and save it as .xlsx."
        raise Unreadable(_fault("encrypted", "The workbook is protected by a password or is an old .xls.", hint, file))
    _unpack_safely(data, file, suffix)
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(data))
        sheets = list(book.sheet_names)
        sheet = next((s for s in sheets if s.strip().casefold() == name), None)
        if sheet is None and len(sheets) == 1:
            sheet = sheets[0]
        if sheet is None:
            message = f"No sheet is called “{name}”; the sheets are {', '.join(sheets) or 'none'}."
            raise Unreadable(_fault("no-sheet", message, f"Name the right sheet “{name}”.", file))
        rows = book.get_sheet_by_name(sheet).to_python(skip_empty_area=False)
    except (CalamineError, OSError, ValueError, KeyError, zipfile.BadZipFile):
        hint = "Open it in a spreadsheet program and save it again."
        raise Unreadable(_fault("file-broken", "The workbook is damaged and cannot be read.", hint, file)) from None
    if not rows:
        raise Unreadable(
            _fault("file-empty", "The sheet is empty.", "Export it again, with its headers.", file, sheet=sheet)
        )
    return sheet, [[text(None if cell == "" else cell) for cell in row] for row in rows]


def _unpack_safely(data: bytes, file: str, suffix: str) -> None:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as book:
            entries = book.infolist()
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError):
        hint = "Open it in a spreadsheet program and save it again."
        raise Unreadable(
            _fault("file-broken", f"The file is damaged or not a real .{suffix} workbook.", hint, file)
        ) from None
    size = sum(entry.file_size for entry in entries)
    if size > UNPACKED_LIMIT or (size > RATIO_FREE and size > RATIO_LIMIT * max(len(data), 1)):
        message = f"The workbook would unpack to {size / 1024 / 1024:,.0f} MB; it was not opened."
        raise Unreadable(_fault("zip-bomb", message, "Save the table as CSV or parquet.", file))
    if any(entry.flag_bits & 1 for entry in entries):
        hint = "Open it, remove the password, and save it again."
        raise Unreadable(_fault("encrypted", "The workbook is protected by a password.", hint, file))
    if any(entry.filename.casefold().endswith("vbaproject.bin") for entry in entries):
        hint = "Save it as a plain .xlsx."
        raise Unreadable(_fault("macros", "The workbook holds macros; it was not opened.", hint, file))


def _frame(rows: list[list[str]], file: str, sheet: str | None) -> pd.DataFrame:
    import pandas as pd

    headers = rows[0]
    while headers and not headers[-1].strip() and all(not row[len(headers) - 1].strip() for row in rows[1:]):
        headers = headers[:-1]
    _check_headers(headers, file, sheet)
    width = len(headers)
    for number, row in enumerate(rows[1:], 2):
        if any(len(cell) > CELL_LIMIT for cell in row):
            raise Unreadable(_too_long(file, number))
    frame = pd.DataFrame([row[:width] for row in rows[1:]], columns=range(width), dtype=object)
    frame.columns = pd.Index(headers)
    frame.index = pd.RangeIndex(2, len(frame) + 2)
    return frame


def _blank_rows(frame: pd.DataFrame, file: str, sheet: str | None) -> tuple[pd.DataFrame, list[Problem]]:
    """Trailing blank rows go; blank rows between others are problems (and go, so that the rest is still checked)."""
    import numpy as np

    blank = np.ones(len(frame), dtype=bool)
    for n in range(frame.shape[1]):
        column = frame.iloc[:, n]
        candidates = np.flatnonzero(blank)
        if not len(candidates):
            break
        blank[candidates] = [not str(v).strip() for v in column.to_numpy()[candidates]]
    if not blank.any():
        return frame, []
    filled = np.flatnonzero(~blank)
    last = filled[-1] if len(filled) else -1
    between = np.flatnonzero(blank[: last + 1])
    hint = "Delete the empty row, or fill it if its values were lost."
    faults = [
        _fault("blank-row", "An empty row stands between others.", hint, file, sheet=sheet, row=int(n) + 2)
        for n in between
    ]
    return frame[~blank], faults
