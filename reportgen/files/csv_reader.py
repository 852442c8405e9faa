"""Read delimited text files as written by spreadsheets, case systems and survey tools.

Input: bytes. Output: a raw table, with a notice if the text is not UTF-8 and a fault for each row that is too long.
Hides encodings, separators and quoting.
"""

from __future__ import annotations

import csv
import io
import re
import warnings
from array import array
from collections.abc import Iterator
from typing import Final

from reportgen.files.faults import Faults
from reportgen.files.raw_table import (
    CELL_LIMIT,
    COLUMN_LIMIT,
    LOOKED_AT,
    RawTable,
    TextColumn,
    Unreadable,
    cells,
    check_cells,
    check_headers,
    check_size,
    fault,
    too_long,
)
from reportgen.model.problem import Problem

SEPARATORS: Final = (",", ";", "\t")
OLE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
MANY: Final = 10_000
"""Number of invalid UTF-8 bytes from which the file is taken to be in another encoding."""
NOT_TEXT: Final = (b"PK\x03\x04", b"PAR1", OLE, b"%PDF", b"\x1f\x8b")


def read_csv(data: bytes, name: str, file: str) -> tuple[RawTable, list[Problem]]:
    """Read the table from a csv file; Unreadable if it is not one."""
    import numpy as np

    data, notices = _utf8(data, file)
    data, separator = _separator(data, file)
    heads = _heads(data, separator, file)
    check_headers(heads, name, file)
    headers = heads[0]
    check_size(max(data.count(b"\n"), data.count(b"\r")), len(headers), file)
    columns, faults = _columns(data, separator, len(headers), file)
    rows = np.arange(2, len(columns[0].codes) + 2)
    check_cells(columns, rows, file)
    return RawTable(name, file, None, "", tuple(headers), columns, rows), notices + faults


def _utf8(data: bytes, file: str) -> tuple[bytes, list[Problem]]:
    """Return the file as UTF-8 without a byte order mark; with a notice if it was converted."""
    notices = []
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        hint = "Save it as “CSV UTF-8”."
        raise Unreadable(fault("encoding", "The file is in UTF-16, which is not read.", hint, file))
    if data.startswith(NOT_TEXT) or data[:1000].lstrip()[:1] in (b"<", b"{"):
        hint = "Give it the ending of what it is, or export it as CSV."
        raise Unreadable(fault("not-csv", "The file is called .csv but is another kind of file.", hint, file))
    data = data.removeprefix(b"\xef\xbb\xbf")
    try:
        data.decode("utf-8")
    except UnicodeDecodeError as broken:
        data = _windows(data, broken.start, file).encode("utf-8")
        hint = "Nothing to do if names and signs look right; “CSV UTF-8” is safer."
        message = "The file is not UTF-8; it was read as Windows-1252."
        notices.append(fault("read-as-windows-1252", message, hint, file, severity="notice"))
    if (at := data.find(b"\x00")) >= 0:
        hint = "Export it again; the file is damaged or not text."
        line = data[:at].count(b"\n") + 1
        raise Unreadable(fault("nul-byte", "The file holds a NUL character.", hint, file, line=line))
    return data, notices


def _windows(data: bytes, start: int, file: str) -> str:
    """Decode as Windows-1252; Unreadable if most non-ASCII characters are valid UTF-8, or a byte is invalid in both."""
    hint = "Save it as “CSV UTF-8”."
    line = data[:start].count(b"\n") + 1
    both = data.decode("utf-8", errors="replace")
    broken = both.count("\ufffd")
    whole = len(both) - broken - len(re.findall("[\x00-\x7f]", both)) if broken < MANY else 0
    if whole > broken:
        message = "The file is UTF-8 with bytes among it that are not; its letters cannot all be right."
        raise Unreadable(fault("encoding", message, hint, file, line=line))
    text = data.decode("cp1252", errors="replace")
    if "\ufffd" in text:
        line = text[: text.index("\ufffd")].count("\n") + 1
        message = "The file holds a byte that is neither UTF-8 nor Windows-1252."
        raise Unreadable(fault("encoding", message, hint, file, line=line))
    return text


def _separator(data: bytes, file: str) -> tuple[bytes, str]:
    """Detect the separator in the first line, or in Excel's line “sep=;”, which is removed."""
    told = re.match(rb"sep=(.)(\r\n|\r|\n)", data, flags=re.IGNORECASE)
    if told and told[1].decode("latin-1") in SEPARATORS:
        return data[told.end() :], told[1].decode()
    first = re.sub(rb'"[^"]*"', b"", re.split(rb"[\r\n]", data[:CELL_LIMIT], maxsplit=1)[0])
    separator = max(SEPARATORS, key=lambda sign: (first.count(sign.encode()), sign == ","))
    if not first.count(separator.encode()) and first.count(b"|") > 1:
        message = "The values are separated by “|”."
        raise Unreadable(fault("separator", message, "Separate them by comma, semicolon or tab.", file, row=1))
    return data, separator


def _records(data: bytes, separator: str) -> Iterator[list[str]]:
    """Parse rows one at a time in strict mode."""
    csv.field_size_limit(CELL_LIMIT)
    return csv.reader(_lines(data, separator), delimiter=separator, strict=True)


def _lines(data: bytes, separator: str) -> Iterator[str]:
    """Yield lines; refuse to parse one with over 100 times the permitted number of separators."""
    most = 100 * COLUMN_LIMIT
    for line in io.TextIOWrapper(io.BytesIO(data), "utf-8", newline=""):
        if len(line) > most and line.count(separator) > most:
            raise _TooWideError
        yield line


class _TooWideError(csv.Error):
    """A line has too many values to parse."""


def _heads(data: bytes, separator: str, file: str) -> list[list[str]]:
    """Parse the first rows, stopping at a fault; it is reported when the whole file is read."""
    heads: list[list[str]] = []
    try:
        for row in _records(data, separator):
            heads.append(row)
            if len(heads) > LOOKED_AT:
                break
    except csv.Error as broken:
        if not heads:
            raise Unreadable(_broken(broken, file, 1)) from None
    return heads


def _columns(data: bytes, separator: str, width: int, file: str) -> tuple[tuple[TextColumn, ...], list[Problem]]:
    """Parse the columns with pandas; fall back to row by row if a row is longer than the header."""
    import pandas as pd

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            frame = pd.read_csv(
                io.BytesIO(data),
                sep=separator,
                header=None,
                names=range(width),
                index_col=False,
                dtype=object,
                keep_default_na=False,
                na_filter=False,
                skip_blank_lines=False,
                quoting=csv.QUOTE_MINIMAL,
                encoding="utf-8",
            )
    except (pd.errors.ParserError, pd.errors.ParserWarning, ValueError):
        return _row_by_row(data, separator, width, file)
    return tuple(cells(frame[n].to_numpy()[1:]) for n in range(width)), []


def _row_by_row(data: bytes, separator: str, width: int, file: str) -> tuple[tuple[TextColumn, ...], list[Problem]]:
    """Parse a file with faulty rows; report and drop values beyond the header's last column."""
    import numpy as np

    words: list[dict[str, int]] = [{} for _ in range(width)]
    codes = [array("i") for _ in range(width)]
    faults = Faults()
    number = 0
    hint = "A value that holds the separator must stand in quotation marks."
    try:
        for number, row in enumerate(_records(data, separator), 1):
            if number == 1:
                continue
            if len(row) > width and any(cell.strip() for cell in row[width:]):
                message = f"The row has {len(row)} values; the header has {width}."
                extra = separator.join(row[width:])[:200]
                faults.add(fault("too-many-values", message, hint, file, row=number, value=extra))
            for n, cell in enumerate((row + [""] * width)[:width]):
                codes[n].append(words[n].setdefault(cell, len(words[n])))
    except csv.Error as broken:
        raise Unreadable(_broken(broken, file, number + 1)) from None
    made = (TextColumn(np.array(code, dtype=np.int32), list(word)) for code, word in zip(codes, words, strict=True))
    return tuple(made), list(faults.all())


def _broken(broken: csv.Error, file: str, row: int) -> Problem:
    if isinstance(broken, _TooWideError):
        message = f"The row has over {100 * COLUMN_LIMIT:,} values."
        hint = "Export the file again: its rows should be as long as its header."
        return fault("too-many-columns" if row == 1 else "too-many-values", message, hint, file, row=row)
    if "field larger" in str(broken):
        return too_long(file, row)
    hint = "Look for a quotation mark that is not closed or stands inside a value; two of them make one in a value."
    if "unexpected end of data" in str(broken):
        message = "A quotation mark that opens in this row is never closed, so nothing after it can be read."
        return fault("quote-not-closed", message, hint, file, row=row)
    return fault("csv-broken", "The file breaks off or is badly quoted.", hint, file, row=row)
