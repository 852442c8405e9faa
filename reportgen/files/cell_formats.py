"""Formatting of a workbook that affects its data: hidden rows, columns and sheets, other currencies.

Input: the parts of a workbook by name, the sheet that was read. Output: notices and problems. Hides how xlsx and ods
store such formatting.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Final
from xml.etree import ElementTree as ET

from reportgen.files.cell_values import CURRENCIES, fold
from reportgen.files.raw_table import fault
from reportgen.model.problem import Problem
from reportgen.scheme.data_dictionary import TABLES

_REL: Final = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_ATTRIBUTE: Final = rb"\b%s\s*=\s*[\"']([^\"'<]*)[\"']"
_ROW: Final = re.compile(rb"<(?:[^\s<>/:]*:)?row\b([^<>]*)>")
_COLUMN: Final = re.compile(rb"<(?:[^\s<>/:]*:)?col\b([^<>]*)>")
_CELL: Final = re.compile(rb"<(?:[^\s<>/:]*:)?c\b([^<>]*)>")
_ODS: Final = re.compile(rb"<table:(table|table-row|table-column|table-cell|covered-table-cell)(?=[\s/>])([^<>]*)>")
_BUILT_IN: Final = {5, 6, 7, 8, 42, 44}
"""Built-in xlsx number formats with the currency of the viewer's locale, so they identify no currency."""


def notices(parts: Mapping[str, bytes], sheet: str, headers: Sequence[str], name: str, file: str) -> list[Problem]:
    """Return the notices and problems of a sheet; ``headers`` are its columns, ``name`` is the table."""
    ods = "content.xml" in parts
    look = _Ods(parts["content.xml"], sheet) if ods else _Xlsx(parts, sheet)
    money = {n: header for n, header in enumerate(headers, 1) if _is_money(name, header)}
    made = []
    hidden = sorted(row for row in look.hidden_rows() if row > 1)
    hint = "They count like the others. Take them out of the file if they should not, or show them."
    if hidden:
        message = "Rows of this sheet are hidden, by a filter or by hand; they were read."
        made += [_notice("hidden-rows", message, hint, file, sheet, row=row) for row in hidden]
    for number in sorted(look.hidden_columns()):
        if number <= len(headers) and headers[number - 1].strip():
            message = "This column is hidden; it was read."
            made.append(_notice("hidden-column", message, hint, file, sheet, row=1, column=headers[number - 1]))
    if look.is_hidden():
        made.append(_notice("hidden-sheet", "This sheet is hidden; it was read.", hint, file, sheet))
    for row, column, code in look.currencies(frozenset(money)):
        message = f"This amount is shown in another currency than pounds ({code})."
        hint = "Give the amount in pounds, and make sure that it was not only the sign that is wrong."
        made.append(fault("other-currency", message, hint, file, sheet=sheet, row=row, column=fold(money[column])))
    return made


def _notice(code: str, message: str, hint: str, file: str, sheet: str, **more: object) -> Problem:
    return fault(code, message, hint, file, sheet=sheet, severity="notice", **more)


def _is_money(table: str, header: str) -> bool:
    return any(column.name == fold(header) and column.kind == "money" for column in TABLES[table].columns)


def _get(attributes: bytes, name: bytes) -> str:
    found = re.search(_ATTRIBUTE % name, attributes)
    return found[1].decode("utf-8", "replace") if found else ""


def _foreign(shown: str) -> str:
    """Return the currency in a number format if it is not the pound; otherwise ""."""
    plain = re.sub(r"\[\$-[0-9A-Fa-f]+\]|\\.", "", shown)
    if "£" in plain or "GBP" in plain:
        return ""
    found = re.search(r"\[\$([^\]-]+)", plain)
    if found:
        return found[1].strip()
    found = CURRENCIES.search(re.sub(r"\[[^\]]*\]", "", plain))
    return found[0] if found else ""


class _Xlsx:
    """An xlsx sheet: its part is found through the workbook's relationships, formats by style number."""

    def __init__(self, parts: Mapping[str, bytes], sheet: str) -> None:
        self.parts = parts
        self.state, self.data = "", b""
        ids = {}
        rels = parts.get("xl/_rels/workbook.xml.rels")
        for one in ET.fromstring(rels) if rels else ():  # noqa: S314 - no document type passed `_well_formed`
            ids[one.get("Id")] = posixpath.normpath(posixpath.join("xl", (one.get("Target") or "").lstrip("/")))
        book = parts.get("xl/workbook.xml")
        for one in ET.fromstring(book).iter() if book else ():  # noqa: S314 - as above
            if one.tag.rpartition("}")[2] == "sheet" and one.get("name") == sheet:
                self.state = one.get("state") or ""
                where = ids.get(one.get(_REL), "").removeprefix("xl/xl/")
                self.data = parts.get(where) or parts.get(f"xl/{where}") or b""

    def is_hidden(self) -> bool:
        return self.state in ("hidden", "veryHidden")

    def hidden_rows(self) -> Iterator[int]:
        if b"hidden" in self.data:
            for tag in _ROW.finditer(self.data):
                if _get(tag[1], b"hidden") in ("1", "true") and _get(tag[1], b"r").isdigit():
                    yield int(_get(tag[1], b"r"))

    def hidden_columns(self) -> Iterator[int]:
        for tag in _COLUMN.finditer(self.data[:100_000]):
            if _get(tag[1], b"hidden") in ("1", "true"):
                ends = _get(tag[1], b"min"), _get(tag[1], b"max")
                if all(end.isdigit() for end in ends):
                    yield from range(int(ends[0]), min(int(ends[1]), 500) + 1)

    def currencies(self, columns: frozenset[int]) -> Iterator[tuple[int, int, str]]:
        foreign = self._foreign_styles()
        if not foreign:
            return
        for tag in _CELL.finditer(self.data):
            place = re.fullmatch(r"([A-Z]+)(\d+)", _get(tag[1], b"r"))
            if place and not tag[1].rstrip().endswith(b"/") and (code := foreign.get(_get(tag[1], b"s"))):
                column = _number(place[1])
                if column in columns and place[2] != "1":
                    yield int(place[2]), column, code

    def _foreign_styles(self) -> dict[str, str]:
        """Return the currency by number of each style that shows one other than the pound."""
        data = self.parts.get("xl/styles.xml")
        if not data:
            return {}
        root, formats, made = ET.fromstring(data), {}, {}  # noqa: S314 - as above
        for one in root.iter():
            if one.tag.rpartition("}")[2] == "numFmt":
                formats[one.get("numFmtId")] = _foreign(one.get("formatCode") or "")
        styles = next((one for one in root.iter() if one.tag.rpartition("}")[2] == "cellXfs"), ())
        for n, one in enumerate(styles):
            if code := formats.get(one.get("numFmtId")):
                made[str(n)] = code
        return made


def _number(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number


class _Ods:
    """An ods sheet: rows, columns and cells come in order and may be repeated; each cell names its currency."""

    def __init__(self, data: bytes, sheet: str) -> None:
        self.data, self.sheet = data, sheet

    def is_hidden(self) -> bool:
        """Return False: LibreOffice shows sheets hidden by a table style, so there is nothing to report."""
        return False

    def _tags(self) -> Iterator[tuple[bytes, bytes]]:
        inside = False
        for tag in _ODS.finditer(self.data):
            if tag[1] == b"table":
                inside = _get(tag[2], b"table:name") == self.sheet
            elif inside:
                yield tag[1], tag[2]

    def hidden_rows(self) -> Iterator[int]:
        if b"table:visibility" not in self.data:
            return
        row = 0
        for kind, attributes in self._tags():
            if kind == b"table-row":
                times = _times(attributes, b"rows")
                if _get(attributes, b"table:visibility") in ("filter", "collapse"):
                    yield from range(row + 1, row + 1 + min(times, 1000))
                row += times

    def hidden_columns(self) -> Iterator[int]:
        column = 0
        for kind, attributes in self._tags() if b"table:visibility" in self.data else ():
            if kind == b"table-column":
                times = _times(attributes, b"columns")
                if _get(attributes, b"table:visibility") in ("filter", "collapse"):
                    yield from range(column + 1, column + 1 + min(times, 500))
                column += times

    def currencies(self, columns: frozenset[int]) -> Iterator[tuple[int, int, str]]:
        if b"office:currency" not in self.data:
            return
        row = column = 0
        for kind, attributes in self._tags():
            if kind == b"table-row":
                row, column = row + _times(attributes, b"rows"), 0
            elif kind != b"table-column":
                column += _times(attributes, b"columns")
                code = _get(attributes, b"office:currency")
                if code not in ("", "GBP") and column in columns:
                    yield row, column, code


def _times(attributes: bytes, what: bytes) -> int:
    found = re.search(rb"number-%s-repeated\s*=\s*[\"'](\d{1,9})" % what, attributes)
    return int(found[1]) if found else 1
