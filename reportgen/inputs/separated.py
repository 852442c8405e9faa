"""Text files with separators: csv as spreadsheets, case systems and survey tools write it.

Goes in: bytes. Comes out: a raw table, with a notice where the text is not UTF-8 and a fault for each row that is too
long. Hides encodings, separators and quoting.
"""

from __future__ import annotations

import csv
import io
import re
import warnings
from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

from reportgen.inputs.faults import Faults
from reportgen.inputs.files import (
    CELL_LIMIT,
    LOOKED_AT,
    RawTable,
    Unreadable,
    cells,
    check_cells,
    check_headers,
    check_size,
    fault,
    too_long,
)
from reportgen.problems import Problem

if TYPE_CHECKING:
    import pandas as pd

SEPARATORS: Final = (",", ";", "\t")
OLE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
NOT_TEXT: Final = (b"PK\x03\x04", b"PAR1", OLE, b"%PDF", b"\x1f\x8b")


def read_csv(data: bytes, name: str, file: str) -> tuple[RawTable, list[Problem]]:
    """The table in a csv file."""
    import numpy as np

    text, notices = _decoded(data, file)
    text, separator = _separator(text, file)
    heads = _heads(text, separator, file)
    check_headers(heads, name, file)
    headers = heads[0]
    check_size(text.count("\n") + text.count("\r"), len(headers), file)
    frame, faults = _frame(text, separator, len(headers), file)
    columns = tuple(cells(frame.iloc[:, n].to_numpy()) for n in range(len(headers)))
    rows = np.arange(2, len(columns[0].codes) + 2)
    check_cells(columns, rows, file)
    return RawTable(name, file, None, "", tuple(headers), columns, rows), notices + faults


def _decoded(data: bytes, file: str) -> tuple[str, list[Problem]]:
    """The file as text; a notice where it was not UTF-8."""
    notices = []
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        hint = "Save it as “CSV UTF-8”."
        raise Unreadable(fault("encoding", "The file is in UTF-16, which is not read.", hint, file))
    if data.startswith(NOT_TEXT) or data.lstrip()[:1] in (b"<", b"{"):
        hint = "Give it the ending of what it is, or export it as CSV."
        raise Unreadable(fault("not-csv", "The file is called .csv but is another kind of file.", hint, file))
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as broken:
        text = _windows(data, broken.start, file)
        hint = "Nothing to do if names and signs look right; “CSV UTF-8” is safer."
        message = "The file is not UTF-8; it was read as Windows-1252."
        notices.append(fault("read-as-windows-1252", message, hint, file, severity="notice"))
    if "\x00" in text:
        line = text[: text.index("\x00")].count("\n") + 1
        hint = "Export it again; the file is damaged or not text."
        raise Unreadable(fault("nul-byte", "The file holds a NUL character.", hint, file, line=line))
    return text, notices


def _windows(data: bytes, start: int, file: str) -> str:
    """The text as Windows-1252, unless it is mostly UTF-8 with a damaged byte, or neither."""
    hint = "Save it as “CSV UTF-8”."
    line = data[:start].count(b"\n") + 1
    both = data.decode("utf-8", errors="replace")
    whole = sum(1 for _ in re.finditer("[^\x00-\x7f\ufffd]", both))
    if whole > both.count("\ufffd"):
        message = "The file is UTF-8 with bytes among it that are not; its letters cannot all be right."
        raise Unreadable(fault("encoding", message, hint, file, line=line))
    text = data.decode("cp1252", errors="replace")
    if "\ufffd" in text:
        line = text[: text.index("\ufffd")].count("\n") + 1
        message = "The file holds a byte that is neither UTF-8 nor Windows-1252."
        raise Unreadable(fault("encoding", message, hint, file, line=line))
    return text


def _separator(text: str, file: str) -> tuple[str, str]:
    """The sign between the values, counted in the first line; a line “sep=;” that Excel reads as a setting goes."""
    told = re.match(r"sep=(.)(\r\n|\r|\n)", text, flags=re.IGNORECASE)
    if told and told[1] in SEPARATORS:
        return text[told.end() :], told[1]
    first = re.sub(r'"[^"]*"', "", re.split(r"[\r\n]", text[:CELL_LIMIT], maxsplit=1)[0])
    separator = max(SEPARATORS, key=lambda sign: (first.count(sign), sign == ","))
    if not first.count(separator) and first.count("|") > 1:
        message = "The values are separated by “|”."
        raise Unreadable(fault("separator", message, "Separate them by comma, semicolon or tab.", file, row=1))
    return text, separator


def _records(text: str, separator: str) -> Iterator[list[str]]:
    csv.field_size_limit(CELL_LIMIT)
    return csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)


def _heads(text: str, separator: str, file: str) -> list[list[str]]:
    """The first rows; those after a fault are left to the reading of the whole."""
    heads: list[list[str]] = []
    try:
        for row in _records(text, separator):
            heads.append(row)
            if len(heads) > LOOKED_AT:
                break
    except csv.Error as broken:
        if not heads:
            raise Unreadable(_broken(broken, file, 1)) from None
    return heads


def _frame(text: str, separator: str, width: int, file: str) -> tuple[pd.DataFrame, list[Problem]]:
    """The rows under the header: quickly where each has the header's length, else row by row."""
    import pandas as pd

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            frame = pd.read_csv(
                io.StringIO(text, newline=""),
                sep=separator,
                header=None,
                names=range(width),
                index_col=False,
                dtype=object,
                keep_default_na=False,
                na_filter=False,
                skip_blank_lines=False,
                quoting=csv.QUOTE_MINIMAL,
                low_memory=False,
            )
    except (pd.errors.ParserError, pd.errors.ParserWarning, ValueError):
        return _ragged(text, separator, width, file)
    return frame.iloc[1:].fillna(""), []


def _ragged(text: str, separator: str, width: int, file: str) -> tuple[pd.DataFrame, list[Problem]]:
    import pandas as pd

    rows: list[list[str]] = []
    faults = Faults()
    number = 0
    hint = "A value that holds the separator must stand in quotation marks."
    try:
        for number, row in enumerate(_records(text, separator), 1):
            if len(row) > width and any(cell.strip() for cell in row[width:]):
                message = f"The row has {len(row)} values; the header has {width}."
                extra = separator.join(row[width:])[:200]
                faults.add(fault("too-many-values", message, hint, file, row=number, value=extra))
            rows.append((row + [""] * width)[:width])
    except csv.Error as broken:
        raise Unreadable(_broken(broken, file, number + 1)) from None
    return pd.DataFrame(rows[1:], columns=range(width), dtype=object), list(faults.all())


def _broken(broken: csv.Error, file: str, row: int) -> Problem:
    if "field larger" in str(broken):
        return too_long(file, row)
    hint = "Look for a quotation mark that is not closed or stands inside a value; two of them make one in a value."
    return fault("csv-broken", "The file breaks off or is badly quoted.", hint, file, row=row)
