"""Write an OpenDocument spreadsheet: sheets of typed cells become an ``.ods`` file.

Input: plain sheets. Output: bytes that are always the same for the same sheets. Hides XML, which is written as text,
because no library sets document properties, named tables and fixed dates without building a tree of every cell, which
takes a hundred times as long.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final, Literal
from xml.sax.saxutils import escape, quoteattr

from reportgen.files.packing import letters, opendocument

Style = Literal[
    "text", "words", "title", "subtitle", "header", "headernumber", "label", "link", "number", "signed", "marker"
]
DECIMALS: Final = 4


@dataclass(frozen=True, slots=True)
class SheetCell:
    """A cell: its text; ``number`` makes it a number displayed as the text; ``link`` is the target of a hyperlink."""

    text: str
    style: Style = "text"
    number: str = ""
    decimals: int = 0
    link: str = ""


@dataclass(frozen=True, slots=True)
class OdsSheet:
    """A worksheet: lines above the table (column A only), then one table whose first row is its header."""

    name: str
    above: tuple[SheetCell, ...]
    table: tuple[tuple[SheetCell, ...], ...] = ()
    table_name: str = ""
    widths: tuple[float, ...] = ()


@dataclass(frozen=True, slots=True)
class Description:
    """Document properties."""

    title: str
    subject: str
    author: str
    keywords: tuple[str, ...]
    dated: date


def spreadsheet(sheets: Sequence[OdsSheet], description: Description) -> bytes:
    """Build the file: first sheet active, cursor in A1; no merged cells, hidden parts or formulas."""
    widths = sorted({width for sheet in sheets for width in sheet.widths})
    return opendocument(
        {
            "content.xml": _content(sheets, widths),
            "meta.xml": _meta(description),
            "settings.xml": _settings(sheets),
            "styles.xml": _STYLES,
        }
    )


def _content(sheets: Sequence[OdsSheet], widths: Sequence[float]) -> str:
    columns = "".join(
        f'<style:style style:name="co{at}" style:family="table-column">'
        f'<style:table-column-properties style:column-width="{width:g}cm"/></style:style>'
        for at, width in enumerate(widths)
    )
    body = "".join(_table(sheet, widths) for sheet in sheets)
    ranges = "".join(_range(sheet) for sheet in sheets if sheet.table)
    return (
        f'{_XML}<office:document-content {_NAMES} office:version="1.3">'
        f"<office:automatic-styles>{columns}{_ROWS}</office:automatic-styles>"
        f"<office:body><office:spreadsheet>{body}<table:database-ranges>{ranges}</table:database-ranges>"
        "</office:spreadsheet></office:body></office:document-content>"
    )


def _table(sheet: OdsSheet, widths: Sequence[float]) -> str:
    columns = "".join(
        f'<table:table-column table:style-name="co{widths.index(width)}" table:default-cell-style-name="Text"/>'
        for width in sheet.widths
    )
    above = "".join(_row((cell,)) for cell in sheet.above)
    head = f"<table:table-header-rows>{_row(sheet.table[0])}</table:table-header-rows>" if sheet.table else ""
    rows = "".join(_row(row) for row in sheet.table[1:])
    return (
        f'<table:table table:name={quoteattr(sheet.name)} table:style-name="ta">{columns}{above}{head}{rows}'
        "</table:table>"
    )


def _row(cells: Iterable[SheetCell]) -> str:
    return f'<table:table-row table:style-name="ro">{"".join(map(_cell, cells))}</table:table-row>'


def _cell(cell: SheetCell) -> str:
    words = escape(readable(cell.text))
    if cell.link:
        words = f'<text:a xlink:type="simple" xlink:href={quoteattr(cell.link)}>{words}</text:a>'
    name = cell.style.capitalize() + (str(min(cell.decimals, DECIMALS)) if cell.number else "")
    kind = f'float" office:value="{cell.number}' if cell.number else "string"
    return (
        f'<table:table-cell table:style-name="{name}" office:value-type="{kind}"><text:p>{words}</text:p>'
        "</table:table-cell>"
    )


def _range(sheet: OdsSheet) -> str:
    """Return a database range with a header row, by which screen readers and scripts find the table."""
    first, last = len(sheet.above) + 1, len(sheet.above) + len(sheet.table)
    target = f"'{sheet.name}'.A{first}:'{sheet.name}'.{letters(len(sheet.table[0]))}{last}"
    return (
        f'<table:database-range table:name={quoteattr(sheet.table_name)} table:target-range-address="{escape(target)}"'
        ' table:contains-header="true" table:display-filter-buttons="false"/>'
    )


def readable(text: str) -> str:
    """Put text on one line, without characters invalid in XML."""
    return " ".join(re.sub(r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]", "", text).split())


def _meta(description: Description) -> str:
    moment = f"{description.dated.isoformat()}T00:00:00Z"
    keywords = "".join(f"<meta:keyword>{escape(word)}</meta:keyword>" for word in description.keywords)
    return (
        f'{_XML}<office:document-meta {_NAMES} office:version="1.3"><office:meta>'
        f"<meta:generator>reportgen</meta:generator><dc:title>{escape(description.title)}</dc:title>"
        f"<dc:subject>{escape(description.subject)}</dc:subject><dc:description>{escape(description.subject)}</dc:description>"
        f"{keywords}<meta:initial-creator>{escape(description.author)}</meta:initial-creator>"
        f"<dc:creator>{escape(description.author)}</dc:creator><dc:publisher>{escape(description.author)}</dc:publisher>"
        f"<meta:creation-date>{moment}</meta:creation-date><dc:date>{moment}</dc:date><dc:language>en-GB</dc:language>"
        "</office:meta></office:document-meta>"
    )


def _settings(sheets: Sequence[OdsSheet]) -> str:
    def item(name: str, kind: str, value: str | int) -> str:
        return f'<config:config-item config:name="{name}" config:type="{kind}">{value}</config:config-item>'

    places = "".join(
        f"<config:config-item-map-entry config:name={quoteattr(sheet.name)}>"
        + item("CursorPositionX", "int", 0)
        + item("CursorPositionY", "int", 0)
        + item("PositionLeft", "int", 0)
        + item("PositionTop", "int", 0)
        + "</config:config-item-map-entry>"
        for sheet in sheets
    )
    return (
        f'{_XML}<office:document-settings {_NAMES} office:version="1.3"><office:settings>'
        '<config:config-item-set config:name="ooo:view-settings"><config:config-item-map-indexed config:name="Views">'
        f"<config:config-item-map-entry>{item('ViewId', 'string', 'view1')}"
        f'<config:config-item-map-named config:name="Tables">{places}</config:config-item-map-named>'
        f"{item('ActiveTable', 'string', escape(sheets[0].name))}"
        "</config:config-item-map-entry></config:config-item-map-indexed></config:config-item-set>"
        "</office:settings></office:document-settings>"
    )


_XML: Final = '<?xml version="1.0" encoding="UTF-8"?>\n'
_NAMES: Final = " ".join(
    f'xmlns:{short}="{full}"'
    for short, full in {
        "office": "urn:oasis:names:tc:opendocument:xmlns:office:1.0",
        "table": "urn:oasis:names:tc:opendocument:xmlns:table:1.0",
        "text": "urn:oasis:names:tc:opendocument:xmlns:text:1.0",
        "style": "urn:oasis:names:tc:opendocument:xmlns:style:1.0",
        "number": "urn:oasis:names:tc:opendocument:xmlns:datastyle:1.0",
        "fo": "urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0",
        "svg": "urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0",
        "meta": "urn:oasis:names:tc:opendocument:xmlns:meta:1.0",
        "config": "urn:oasis:names:tc:opendocument:xmlns:config:1.0",
        "dc": "http://purl.org/dc/elements/1.1/",
        "xlink": "http://www.w3.org/1999/xlink",
    }.items()
)
_ROWS: Final = (
    '<style:style style:name="ro" style:family="table-row">'
    '<style:table-row-properties style:use-optimal-row-height="true"/></style:style>'
    '<style:style style:name="ta" style:family="table" style:master-page-name="Default">'
    '<style:table-properties table:display="true" style:writing-mode="lr-tb"/></style:style>'
)


def _style(name: str, cell: str = "", paragraph: str = "", text: str = "", more: str = "") -> str:
    return (
        f'<style:style style:name="{name}" style:family="table-cell" style:parent-style-name="Default"{more}>'
        f'<style:table-cell-properties {cell} fo:padding-left="0.12cm" fo:padding-right="0.12cm"/>'
        + (f"<style:paragraph-properties {paragraph}/>" if paragraph else "")
        + (f"<style:text-properties {text}/>" if text else "")
        + "</style:style>"
    )


def _number_style(decimals: int, signed: bool) -> str:
    """Return a number style, such as 1,790 and −5, or +12 if signed, as in the report."""
    name = f"{'S' if signed else 'N'}{decimals}"
    digits = (
        f'<number:number number:decimal-places="{decimals}" number:min-decimal-places="{decimals}"'
        ' number:min-integer-digits="1" number:grouping="true"/>'
    )
    signs = {"<": "−", **({">": "+"} if signed else {})}
    parts = "".join(
        f'<number:number-style style:name="{name}P{at}" style:volatile="true"><number:text>{sign}</number:text>{digits}'
        "</number:number-style>"
        for at, sign in enumerate(signs.values())
    )
    maps = "".join(
        f'<style:map style:condition="value(){escape(order)}0" style:apply-style-name="{name}P{at}"/>'
        for at, order in enumerate(signs)
    )
    return f'{parts}<number:number-style style:name="{name}">{digits}{maps}</number:number-style>'


_ROOM: Final = 'fo:padding-top="0.03cm" fo:padding-bottom="0.09cm"'  # keeps wrapped lines off the next row
_BOLD: Final = 'fo:font-weight="bold" style:font-weight-asian="bold" style:font-weight-complex="bold"'
_STYLES: Final = (
    f'{_XML}<office:document-styles {_NAMES} office:version="1.3"><office:font-face-decls>'
    '<style:font-face style:name="Arial" svg:font-family="Arial" style:font-family-generic="swiss"/>'
    "</office:font-face-decls><office:styles>"
    '<style:default-style style:family="table-cell"><style:text-properties style:font-name="Arial"'
    ' fo:font-size="12pt" fo:language="en" fo:country="GB"/></style:default-style>'
    '<style:style style:name="Default" style:family="table-cell"/>'
    + "".join(_number_style(decimals, signed) for decimals in range(DECIMALS + 1) for signed in (False, True))
    + _style("Text", 'fo:wrap-option="no-wrap" style:vertical-align="top"')
    + _style("Words", f'fo:wrap-option="wrap" style:vertical-align="top" {_ROOM}')
    + _style("Title", 'fo:wrap-option="no-wrap" fo:padding-bottom="0.1cm"', text=f'fo:font-size="16pt" {_BOLD}')
    + _style(
        "Subtitle",
        'fo:wrap-option="no-wrap" fo:padding-top="0.15cm" fo:padding-bottom="0.05cm"',
        text=f'fo:font-size="13pt" {_BOLD}',
    )
    + _style("Header", 'fo:wrap-option="wrap" fo:padding-top="0.15cm" style:vertical-align="bottom"', text=_BOLD)
    + _style(
        "Headernumber",
        'fo:wrap-option="wrap" style:vertical-align="bottom" style:text-align-source="fix"',
        'fo:text-align="end"',
        _BOLD,
    )
    + _style("Label", f'fo:wrap-option="wrap" style:vertical-align="top" {_ROOM}')
    + _style(
        "Link",
        'fo:wrap-option="no-wrap" style:vertical-align="top"',
        text='fo:color="#0000ee" style:text-underline-style="solid"',
    )
    + _style("Marker", 'style:vertical-align="top" style:text-align-source="fix"', 'fo:text-align="end"')
    + "".join(
        _style(
            f"{name}{decimals}",
            'style:vertical-align="top" style:text-align-source="fix"',
            'fo:text-align="end"',
            more=f' style:data-style-name="{name[0]}{decimals}"',
        )
        for name in ("Number", "Signed")
        for decimals in range(DECIMALS + 1)
    )
    + "</office:styles><office:automatic-styles>"
    '<style:page-layout style:name="page"><style:page-layout-properties fo:page-width="29.7cm" fo:page-height="21cm"'
    ' style:print-orientation="landscape" fo:margin="1.5cm" style:scale-to-X="1" style:scale-to-Y="0"/>'
    "</style:page-layout></office:automatic-styles>"
    '<office:master-styles><style:master-page style:name="Default" style:page-layout-name="page"/>'
    "</office:master-styles></office:document-styles>"
)
