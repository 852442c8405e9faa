"""Read outputs back from their bytes: tables cell by cell, and numbers of other text in order.

Input: bytes as written. Output: ``Copy``. Hides HTML, tagged PDF, Govspeak, OpenDocument and CSV.
"""

from __future__ import annotations

import csv
import html
import io
import re
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final
from xml.etree import ElementTree as ET

from reportgen.checks.html_tree import BLOCKS, UNREAD, Element

if TYPE_CHECKING:
    from reportgen.formats.pdf import Aloud

Rows = list[list[str]]
NUMBER: Final = re.compile(r"[£−-]?\d(?:[\d,]*\d)?(?:\.\d+)?%?")
_BEND: Final = re.compile(r"(?<=\w)([-–/]) (?=\w)")
_GAP: Final = re.compile(r"[\s\u00a0\u202f\u2009]+")
_OFFICE: Final = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_TABLE: Final = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_TEXT: Final = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"


@dataclass(frozen=True, slots=True)
class ReadBack:
    """A number as printed, with a few words around it."""

    text: str
    near: str


@dataclass(frozen=True, slots=True)
class Copy:
    """The content of one output: its tables, and the numbers outside them.

    ``bent``: lines are wrapped, so a space after a hyphen may be a line end.
    """

    name: str
    tables: list[Rows]
    numbers: list[ReadBack]
    bent: bool = False

    def shows(self, rows: Rows) -> Rows:
        """Return rows as this output would display them."""
        return [[unbent(text) for text in row] for row in rows] if self.bent else rows


def unbent(text: str) -> str:
    """Remove the space after a hyphen, dash or slash between word characters."""
    return _BEND.sub(r"\1", text)


def tidy(text: str) -> str:
    """Normalise spaces and apostrophes, and remove soft hyphens and zero-width characters."""
    bare = text.replace("\u00ad", "").replace("\u200b", "").replace("\u2060", "").replace("’", "'")
    return _GAP.sub(" ", bare).strip()


def numbers(lines: Iterable[str]) -> list[ReadBack]:
    """Return every number in order; a hyphen before a number is a minus sign only after a space."""
    found = []
    for line in lines:
        text = tidy(line)
        for match in NUMBER.finditer(text):
            start = match.start()
            glued = match[0][0] in "-−" and start > 0 and not text[start - 1].isspace()
            digits = match[0][1:] if glued else match[0]
            found.append(ReadBack(digits.replace("-", "−"), text[max(0, start - 25) : match.end() + 15]))
    return found


def web(name: str, page: Element, *, cover: bool = True) -> Copy:
    """Read a web page; without ``cover``, only its facts and main part, which is what Govspeak contains."""
    parts = [page.first("body") or page]
    if not cover:
        head, main = page.first("header"), page.first("main")
        parts = [*(head.all("dl") if head else ()), main or parts[0]]
    rows = [html_rows(table) for part in parts for table in _tables(part)]
    return Copy(name, rows, numbers(line for part in parts for line in _outside_tables(part)))


def _tables(part: Element) -> Iterator[Element]:
    """Yield tables that are always visible; ``beside_charts`` reads those in chart details."""
    for child in part.children:
        if isinstance(child, Element) and child.tag != "details":
            yield from [child] if child.tag == "table" else _tables(child)


def beside_charts(page: Element) -> dict[str, Rows]:
    """Return the data tables of charts, by chart id."""
    found = (table for part in page.all("details") for table in part.all("table"))
    return {table.get("id").removeprefix("data-"): html_rows(table) for table in found}


def html_rows(table: Element) -> Rows:
    """Return a table's rows, header first."""
    return [
        [tidy(cell.text()) for cell in row.children if isinstance(cell, Element) and cell.tag in {"th", "td"}]
        for row in table.all("tr")
    ]


def _outside_tables(part: Element) -> list[str]:
    """Return text outside tables, one line per block, with table captions and text alternatives of images."""
    return [tidy(line) for line in "".join(_visible_texts(part)).split("\n\n")]


def _visible_texts(element: Element) -> Iterator[str]:
    for child in element.children:
        if isinstance(child, str):
            yield _GAP.sub(" ", child)
        elif child.tag in {"img", "svg"}:
            title = child.first("title")
            yield f"\n\n{child.get('alt') or (title.held() if title else '')}\n\n"
        elif child.tag == "table" or child.tag in BLOCKS - {"details"}:
            yield "\n\n"
            for part in child.all("caption") if child.tag == "table" else (child,):
                yield from _visible_texts(part)
            yield "\n\n"
        elif child.tag == "br":
            yield " "
        elif child.tag not in UNREAD | {"details"}:
            yield from _visible_texts(child)


def spoken(name: str, document: Aloud) -> Copy:
    """Read a tagged PDF as a screen reader does, without list labels and page numbers of the contents."""
    tables = [
        [[unbent(tidy(cell.everything())) for cell in row.all("TH", "TD")] for row in table.all("TR")]
        for table in document.all("Table")
    ]
    lines: list[str] = []

    def read(element: Aloud) -> None:
        if element.tag == "Lbl" and _MARKER.fullmatch(element.everything()):
            return
        if element.tag in {"Table", "Figure"}:
            lines.extend(caption.everything() for caption in element.all("Caption"))
            lines.append(element.alt)
        elif element.tag == "TOCI":
            lines.extend(link.everything() for link in element.all("Link"))
        elif element.tag in _WHOLE or not any(child.tag for child in element.children):
            lines.append(element.everything())
        else:
            for child in element.children:
                read(child)

    read(document)
    return Copy(name, tables, numbers(lines), bent=True)


_MARKER: Final = re.compile(r"\d{1,3}\.|\W*")
"""A list item's marker, as opposed to the term of a description list."""
_WHOLE: Final = frozenset({"P", "H1", "H2", "H3", "H4", "H5", "H6", "Caption", "Link", "Span", "Quote", "Code"})
_ESCAPED: Final = re.compile(r"\\([\\.*_+`<>()\[\]{}#!:|\"'$=-])")
"""Characters that kramdown displays without a preceding backslash; before others it displays both."""
_ASIDE: Final = 0xE000
_LINK: Final = re.compile(r"\[([^\]]*)\]\([^)\s]*(?:\s+\"[^\"]*\")?\)")


def govspeak(name: str, text: str) -> Copy:
    """Read Govspeak as displayed, without markup, addresses, images and abbreviations' definitions."""
    tables: list[Rows] = []
    lines: list[str] = []
    rows: Rows | None = None
    for line in text.splitlines():
        if line.startswith("|"):
            rows = [] if rows is None else rows
            if not re.fullmatch(r"\|(\s*:?-+:?\s*\|)+\s*", line):
                cells = re.split(r"(?<!\\)\|", line.strip()[1:-1])
                rows.append([_as_displayed(re.sub(r"^\s*#\s", "", cell)) for cell in cells])
            continue
        if rows is not None:
            tables.append(rows)
            rows = None
        if re.match(r"\[(Image|Attachment|AttachmentLink|Contact):|\*\[[^\]]+\]:|\{:|\{/?[a-z]", line):
            continue
        lines.append(_as_displayed(re.sub(r"^\s*(?:#{2,6}\s+|[*+-]\s+|\d+\.\s+|s\d+\.\s+|>\s?|\$[A-Z!]+$)", "", line)))
    if rows is not None:
        tables.append(rows)
    return Copy(name, tables, numbers(lines))


def _as_displayed(text: str) -> str:
    """Return a line or cell as displayed; escaped characters are protected while markup is removed."""
    aside = _ESCAPED.sub(lambda sign: chr(_ASIDE + ord(sign[1])), text)
    callout = re.fullmatch(r"\s*([\^%])(\S.*?)\1?\s*", aside)
    plain = _LINK.sub(r"\1", callout[2] if callout else aside)
    plain = html.unescape(re.sub(r"\*\*|\*|`|</?[a-z][^>]*>", "", plain))
    return tidy("".join(chr(ord(sign) - _ASIDE) if _ASIDE <= ord(sign) < _ASIDE + 128 else sign for sign in plain))


@dataclass(frozen=True, slots=True)
class ReadCell:
    """A spreadsheet cell: displayed text and underlying number, "" for text."""

    text: str
    number: str = ""


@dataclass(frozen=True, slots=True)
class ReadSheet:
    """A worksheet: name, cells, and position of its named table (first row, last row, width)."""

    name: str
    rows: list[list[ReadCell]]
    named: tuple[int, int, int] | None
    merged: bool = False
    hidden: bool = False


def spreadsheet(data: bytes) -> tuple[list[ReadSheet], dict[str, str]]:
    """Read the worksheets and properties of an OpenDocument spreadsheet."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        content = ET.fromstring(archive.read("content.xml"))  # noqa: S314 - our own file
        meta = ET.fromstring(archive.read("meta.xml"))  # noqa: S314 - as above
    ranges: dict[str, tuple[int, int, int]] = {}
    for one in content.iter(f"{_TABLE}database-range"):
        address = one.get(f"{_TABLE}target-range-address", "").replace("'", "")
        if place := re.fullmatch(r"([^.]+)\.A(\d+):[^.]+\.([A-Z]+)(\d+)", address):
            ranges[place[1]] = (int(place[2]), int(place[4]), _column(place[3]))
    sheets = [_sheet(table, ranges) for table in content.iter(f"{_TABLE}table")]
    properties = {child.tag.rpartition("}")[2]: child.text or "" for child in meta.iter() if child.text}
    return sheets, properties


def _column(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number


def _sheet(table: ET.Element, ranges: dict[str, tuple[int, int, int]]) -> ReadSheet:
    name = table.get(f"{_TABLE}name", "")
    rows = [
        [_cell(cell) for cell in row if cell.tag.endswith("table-cell")] for row in table.iter(f"{_TABLE}table-row")
    ]
    merged = any(
        cell.get(f"{_TABLE}number-columns-spanned", "1") != "1" or cell.get(f"{_TABLE}number-rows-spanned", "1") != "1"
        for cell in table.iter(f"{_TABLE}table-cell")
    )
    hidden = any(part.get(f"{_TABLE}visibility", "visible") != "visible" for part in table.iter())
    return ReadSheet(name, rows, ranges.get(name), merged, hidden)


def _cell(cell: ET.Element) -> ReadCell:
    text = " ".join("".join(paragraph.itertext()) for paragraph in cell.iter(f"{_TEXT}p"))
    return ReadCell(tidy(text), cell.get(f"{_OFFICE}value", ""))


def plain_table(data: bytes) -> Rows:
    """Read a CSV file."""
    return list(csv.reader(io.StringIO(data.decode("utf-8"), newline="")))


def drawing_texts(svg: str) -> list[str]:
    """Return the texts in an SVG, in order."""
    root = ET.fromstring(svg)  # noqa: S314 - our own SVG
    return [tidy("".join(text.itertext())) for text in root.iter() if text.tag.rpartition("}")[2] == "text"]
