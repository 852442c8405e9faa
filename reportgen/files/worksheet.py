"""Worksheet XML: measure its expanded size, and keep cells that calamine would read as empty.

Input: the parts of a workbook by name. Output: the parts to read, and their size with every repetition expanded. Hides
how xlsx and ods encode repetition. Errors and uncalculated formulas become text.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from html import unescape
from typing import Final

DENSE_LIMIT: Final = 12_000_000
"""Most cells from A1 to the last cell: three times as many as half a million notices fill."""
TEXT_LIMIT: Final = 300_000_000
UNCALCULATED: Final = "#UNCALCULATED!"
"""Replaces a formula that no spreadsheet program has calculated yet."""

_ATTRIBUTES: Final = rb"(?:[^<>\"']|\"[^\"<]*\"|'[^'<]*')*"
"""XML attributes; without “<”, so that a search stops at the next tag."""


@dataclass(frozen=True, slots=True)
class Size:
    """Size of a workbook with every repetition expanded.

    ``rows`` and ``columns`` are those of the largest sheet; ``merged`` are the rows with merged cells, by sheet.
    """

    rows: int = 0
    columns: int = 0
    cells: int = 0
    characters: int = 0
    merged: Mapping[str, tuple[int, ...]] = field(default_factory=dict)


def _without_comments(data: bytes) -> bytes:
    """Remove comments and CDATA sections, whose tags do not count."""
    for start, end in ((b"<!--", b"-->"), (b"<![CDATA[", b"]]>")):
        kept, at = [], 0
        while (opened := data.find(start, at)) >= 0 and (closed := data.find(end, opened)) >= 0:
            kept.append(data[at:opened])
            at = closed + len(end)
        data = b"".join([*kept, data[at:]]) if kept else data
    return data


class Xlsx:
    """xlsx: cells state their reference (B7), and shared strings are stored once."""

    _ROW: Final = re.compile(rb"\br\s*=\s*[\"'][A-Za-z]*(\d{1,20})")
    _COLUMN: Final = re.compile(rb"\br\s*=\s*[\"']([A-Za-z]+)\d")
    _CELL: Final = re.compile(rb"<(?:[^\s<>/:]*:)?c\b" + _ATTRIBUTES + rb"(?<!/)>")
    _UNPLACED: Final = re.compile(rb"<(?:[^\s<>/:]*:)?c(?=[\s/>])(?!" + _ATTRIBUTES + rb"\br\s*=)")
    _TEXT: Final = re.compile(rb"<(?:[^\s<>/:]*:)?si\b")
    _POINTER: Final = re.compile(rb"<(?:[^\s<>/:]*:)?v>\s*(\d{1,9})\s*<")
    _ERROR: Final = re.compile(rb"(<(?:[^\s<>/:]*:)?c\s[^<>]*?\bt=)([\"'])e\2")
    _FORMULA: Final = re.compile(
        rb"<((?:[^\s<>/:]*:)?)c(\s[^<>]*)?>\s*<\1f\b[^<>]*(?:/>|>[^<]*</\1f>)\s*(?:<\1v\s*/>|<\1v>\s*</\1v>)?\s*</\1c>"
    )

    @classmethod
    def prepared(cls, parts: Mapping[str, bytes]) -> tuple[dict[str, bytes], Size]:
        """Return the parts with errors and uncalculated formulas as text, and their expanded size."""
        bare = [_without_comments(data) for data in parts.values()]
        rows, columns, dense = max((cls._extent(data) for data in bare), key=lambda one: one[2], default=(0, 0, 0))
        texts = [len(text) for data in bare for text in (cls._TEXT.split(data)[1:] if b"<" in data else ())]
        size = Size(rows, columns, dense, cls._expanded_characters(bare, texts))
        return {name: cls._errors_as_text(data) for name, data in parts.items()}, size

    @classmethod
    def _extent(cls, data: bytes) -> tuple[int, int, int]:
        """Return rows, columns and cells from A1 to the last cell; ignore empty cells if that is too many."""
        if b"<" not in data:
            return 0, 0, 0
        last = max(map(int, set(cls._ROW.findall(data))), default=0)
        wide = max(map(_number, set(cls._COLUMN.findall(data))), default=0)
        if last * wide > DENSE_LIMIT:
            filled = b"".join(cls._CELL.findall(data))
            last = max(map(int, set(cls._ROW.findall(filled))), default=0)
            wide = max(map(_number, set(cls._COLUMN.findall(filled))), default=0)
        if cls._UNPLACED.search(data):  # cells without a reference follow one another
            last = max(map(int, set(cls._ROW.findall(data))), default=0)
            lines = re.split(rb"<(?:[^\s<>/:]*:)?row\b", data)
            last = max(last, len(lines) - 1)
            wide += max(len(cls._UNPLACED.findall(line)) for line in lines)
        return last, wide, last * wide

    @classmethod
    def _expanded_characters(cls, parts: list[bytes], texts: list[int]) -> int:
        """Return an upper bound on the characters once shared strings are expanded."""
        most = max(texts, default=0)
        pointers = sum(data.count(b"v>") for data in parts)
        if most * pointers <= TEXT_LIMIT:
            return most * pointers
        places = (int(place) for data in parts for place in cls._POINTER.findall(data))
        return sum(texts[place] for place in places if place < len(texts))

    @classmethod
    def _errors_as_text(cls, data: bytes) -> bytes:
        """Convert errors to text, and uncalculated formulas to an error text."""
        if re.search(rb"\bt=[\"']e[\"']", data):
            data = cls._ERROR.sub(rb"\1\2str\2", data)
        if b"f>" in data or b"<f" in data:
            data = cls._FORMULA.sub(cls._uncalculated, data)
        return data

    @staticmethod
    def _uncalculated(match: re.Match[bytes]) -> bytes:
        prefix, attributes = match[1], match[2] or b""
        if re.search(rb"\bt=[\"'](str|s|inlineStr)[\"']", attributes):  # calculated: the result is an empty text
            return match[0]
        bare = re.sub(rb"\s*\bt=[\"'][^\"']*[\"']", b"", attributes)
        value = UNCALCULATED.encode()
        return b'<%bc%b t="str"><%bv>%b</%bv></%bc>' % (prefix, bare, prefix, value, prefix, prefix)


def _number(letters: bytes) -> int:
    """Return a column's number from its letters (A is 1); eight letters are enough to exceed every limit."""
    number = 0
    for letter in letters[:8].upper():
        number = number * 26 + letter - 64
    return number


class Ods:
    """ods: rows and cells state how often they are repeated."""

    _TAG: Final = re.compile(
        rb"<table:(table-row|table-cell|covered-table-cell|table)(?=[\s/>])(" + _ATTRIBUTES + rb")>"
    )
    _REPEATED: Final = re.compile(rb"number-(?:columns|rows)-repeated\s*=\s*[\"'](\d+)")
    _SPANNED: Final = re.compile(rb"number-(?:columns|rows)-spanned\s*=\s*[\"'](?!1[\"'])\d")
    _NAME: Final = re.compile(rb"table:name\s*=\s*[\"']([^\"'<]*)[\"']")
    _ERROR: Final = re.compile(rb"<table:table-cell(" + _ATTRIBUTES + rb")>")
    _EMPTY: Final = re.compile(rb"\s*office:string-value=[\"'][\"']")
    _FORMULA: Final = re.compile(
        rb"<table:table-cell((?="
        + _ATTRIBUTES
        + rb"table:formula)(?!"
        + _ATTRIBUTES
        + rb"value-type)"
        + _ATTRIBUTES
        + rb"?)"
        rb"(?:/>|></table:table-cell>)"
    )

    @classmethod
    def prepared(cls, parts: Mapping[str, bytes]) -> tuple[dict[str, bytes], Size]:
        """Return the parts with errors and uncalculated formulas as text, and their expanded size."""
        data = parts["content.xml"]
        size = cls._size(_without_comments(data))
        if b'value-type="error"' in data:
            data = cls._ERROR.sub(cls._keep_error_text, data)
        if b"table:formula" in data:
            value = UNCALCULATED.encode()
            data = cls._FORMULA.sub(
                rb'<table:table-cell\1 office:value-type="string"><text:p>' + value + rb"</text:p></table:table-cell>",
                data,
            )
        return {**parts, "content.xml": data}, size

    @classmethod
    def _keep_error_text(cls, match: re.Match[bytes]) -> bytes:
        """Remove an empty string value from an error cell, so that the text in its paragraph is read."""
        return cls._EMPTY.sub(b"", match[0]) if b'value-type="error"' in match[1] else match[0]

    @classmethod
    def _size(cls, data: bytes) -> Size:
        """Measure every sheet with repetitions expanded, up to its last non-empty row and column."""
        made: list[_Sheet] = [_Sheet("")]
        for tag in cls._TAG.finditer(data):
            kind, attributes = tag[1], tag[2]
            if kind == b"table":
                made[-1].leave(tag.start())
                named = cls._NAME.search(attributes)
                made.append(_Sheet(unescape(named[1].decode("utf-8", "replace")) if named else ""))
                continue
            found = cls._REPEATED.search(attributes)
            times = int(found[1][:18]) if found else 1
            if kind == b"table-row":
                made[-1].row(times, tag.start())
            else:
                empty = attributes.endswith(b"/") and b"value" not in attributes and b"formula" not in attributes
                made[-1].cell(times, tag.span(), filled=not empty, joined=bool(cls._SPANNED.search(attributes)))
        made[-1].leave(len(data))
        largest = max(made, key=lambda sheet: sheet.cells)
        return Size(
            largest.last,
            largest.width,
            sum(sheet.cells for sheet in made),
            sum(sheet.characters for sheet in made),
            {sheet.name: tuple(sheet.joined) for sheet in made},
        )


class _Sheet:
    """Running totals of one sheet while its tags are scanned."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.last = self.width = self.characters = 0
        self.joined: list[int] = []
        self._row = self._place = self._since = self._copies = 0
        self._times = 1

    @property
    def cells(self) -> int:
        """Number of cells from A1 to the last non-empty row and column."""
        return self.last * self.width

    def row(self, times: int, at: int) -> None:
        """Start a row repeated ``times`` times."""
        self.leave(at)
        self._row, self._place, self._times = self._row + times, 0, times

    def cell(self, times: int, span: tuple[int, int], *, filled: bool, joined: bool) -> None:
        """Start a cell repeated ``times`` times in its row."""
        self.leave(span[0])
        self._place += times
        if filled:
            self.last, self.width = self._row, max(self.width, self._place)
            self._since, self._copies = span[1], times * self._times
        if joined:
            self.joined.append(self._row)

    def leave(self, at: int) -> None:
        """End the current cell and add its characters."""
        self.characters += self._copies * (at - self._since)
        self._copies = 0
