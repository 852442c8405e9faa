"""The XML inside workbooks: how large it would become, and cells that a reader would take for empty.

Goes in: the parts of a workbook by name. Comes out: the parts to be read, and their size when every repetition is
written out. Hides two formats' ways of saying “a million times”, and that calamine gives errors and uncalculated
formulas as nothing.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from html import unescape
from typing import Final

DENSE_LIMIT: Final = 12_000_000
"""Cells from the first corner to the last: three times what half a million notices fill."""
TEXT_LIMIT: Final = 300_000_000
UNCALCULATED: Final = "#UNCALCULATED!"
"""Stands in for a formula that no spreadsheet program has calculated yet."""

_ATTRIBUTES: Final = rb"(?:[^<>\"']|\"[^\"<]*\"|'[^'<]*')*"
"""No “<” can stand in one, so that no search runs further than to the next tag."""


@dataclass(frozen=True, slots=True)
class Size:
    """What a workbook would be, every repetition written out.

    ``rows`` and ``columns`` are the largest sheet's; ``merged`` are the rows with joined cells, by sheet.
    """

    rows: int = 0
    columns: int = 0
    cells: int = 0
    characters: int = 0
    merged: Mapping[str, tuple[int, ...]] = field(default_factory=dict)


def _bare(data: bytes) -> bytes:
    """The part without comments and plain sections, in which tags are no tags."""
    for start, end in ((b"<!--", b"-->"), (b"<![CDATA[", b"]]>")):
        kept, at = [], 0
        while (opened := data.find(start, at)) >= 0 and (closed := data.find(end, opened)) >= 0:
            kept.append(data[at:opened])
            at = closed + len(end)
        data = b"".join([*kept, data[at:]]) if kept else data
    return data


class Xlsx:
    """Cells name their place (B7); texts stand once and are pointed to."""

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
        """The parts with errors and uncalculated formulas as text, and their size."""
        bare = [_bare(data) for data in parts.values()]
        rows, columns, dense = max((cls._extent(data) for data in bare), key=lambda one: one[2], default=(0, 0, 0))
        texts = [len(text) for data in bare for text in (cls._TEXT.split(data)[1:] if b"<" in data else ())]
        size = Size(rows, columns, dense, cls._pointed(bare, texts))
        return {name: cls._shown(data) for name, data in parts.items()}, size

    @classmethod
    def _extent(cls, data: bytes) -> tuple[int, int, int]:
        """Rows, columns and cells from A1 to the last cell; a second, closer look where the first finds too many."""
        if b"<" not in data:
            return 0, 0, 0
        last = max(map(int, set(cls._ROW.findall(data))), default=0)
        wide = max(map(_number, set(cls._COLUMN.findall(data))), default=0)
        if last * wide > DENSE_LIMIT:
            filled = b"".join(cls._CELL.findall(data))
            last = max(map(int, set(cls._ROW.findall(filled))), default=0)
            wide = max(map(_number, set(cls._COLUMN.findall(filled))), default=0)
        if cls._UNPLACED.search(data):  # cells that say no place follow one another
            last = max(map(int, set(cls._ROW.findall(data))), default=0)
            lines = re.split(rb"<(?:[^\s<>/:]*:)?row\b", data)
            last = max(last, len(lines) - 1)
            wide += max(len(cls._UNPLACED.findall(line)) for line in lines)
        return last, wide, last * wide

    @classmethod
    def _pointed(cls, parts: list[bytes], texts: list[int]) -> int:
        """Characters when each text stands where it is pointed to; never too few."""
        most = max(texts, default=0)
        pointers = sum(data.count(b"v>") for data in parts)
        if most * pointers <= TEXT_LIMIT:
            return most * pointers
        places = (int(place) for data in parts for place in cls._POINTER.findall(data))
        return sum(texts[place] for place in places if place < len(texts))

    @classmethod
    def _shown(cls, data: bytes) -> bytes:
        """The part with errors as text, and uncalculated formulas as an error."""
        if re.search(rb"\bt=[\"']e[\"']", data):
            data = cls._ERROR.sub(rb"\1\2str\2", data)
        if b"f>" in data or b"<f" in data:
            data = cls._FORMULA.sub(cls._uncalculated, data)
        return data

    @staticmethod
    def _uncalculated(match: re.Match[bytes]) -> bytes:
        prefix, attributes = match[1], match[2] or b""
        if re.search(rb"\bt=[\"'](str|s|inlineStr)[\"']", attributes):  # an empty text is what it came to
            return match[0]
        bare = re.sub(rb"\s*\bt=[\"'][^\"']*[\"']", b"", attributes)
        value = UNCALCULATED.encode()
        return b'<%bc%b t="str"><%bv>%b</%bv></%bc>' % (prefix, bare, prefix, value, prefix, prefix)


def _number(letters: bytes) -> int:
    """The number of a column from its letters: A is 1. Of more than eight the first say enough: it is far too many."""
    number = 0
    for letter in letters[:8].upper():
        number = number * 26 + letter - 64
    return number


class Ods:
    """Rows and cells say how often they are repeated."""

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
        """The parts with errors and uncalculated formulas as text, and their size."""
        data = parts["content.xml"]
        size = cls._size(_bare(data))
        if b'value-type="error"' in data:
            data = cls._ERROR.sub(cls._erroneous, data)
        if b"table:formula" in data:
            value = UNCALCULATED.encode()
            data = cls._FORMULA.sub(
                rb'<table:table-cell\1 office:value-type="string"><text:p>' + value + rb"</text:p></table:table-cell>",
                data,
            )
        return {**parts, "content.xml": data}, size

    @classmethod
    def _erroneous(cls, match: re.Match[bytes]) -> bytes:
        """An error's text is in its paragraph; an empty value before it would hide it."""
        return cls._EMPTY.sub(b"", match[0]) if b'value-type="error"' in match[1] else match[0]

    @classmethod
    def _size(cls, data: bytes) -> Size:
        """Every sheet written out: up to the last row and the last cell with something in it."""
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
    """One sheet as its tags go by."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.last = self.width = self.characters = 0
        self.joined: list[int] = []
        self._row = self._place = self._since = self._copies = 0
        self._times = 1

    @property
    def cells(self) -> int:
        """Cells from A1 to the last row and the last column with something in them."""
        return self.last * self.width

    def row(self, times: int, at: int) -> None:
        """A row begins that stands so many times."""
        self.leave(at)
        self._row, self._place, self._times = self._row + times, 0, times

    def cell(self, times: int, span: tuple[int, int], *, filled: bool, joined: bool) -> None:
        """A cell begins that stands so many times in its row."""
        self.leave(span[0])
        self._place += times
        if filled:
            self.last, self.width = self._row, max(self.width, self._place)
            self._since, self._copies = span[1], times * self._times
        if joined:
            self.joined.append(self._row)

    def leave(self, at: int) -> None:
        """What stood in the cell before ends here."""
        self.characters += self._copies * (at - self._since)
        self._copies = 0
