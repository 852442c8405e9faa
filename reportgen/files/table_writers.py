"""Write a table of text as csv, xlsx, ods or parquet.

Input: a table's name and its columns of text, as ``inputs/README.md`` describes them. Output: bytes, always the same
for the same table. Workbooks are zip archives of a few small XML files, written without a spreadsheet library.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Final, Literal
from xml.sax.saxutils import escape

from reportgen.files.packing import letters, opendocument, packed
from reportgen.scheme.data_dictionary import TABLES

Cell = tuple[Literal["text", "number", "date"], str]

_FIRST_DAY: Final = date(1899, 12, 30)
"""Day 0 of a spreadsheet's serial dates."""
_NUMBERS: Final = ("money", "count", "number")


def encode(name: str, columns: Mapping[str, Sequence[str]], fmt: str) -> bytes:
    """Encode a table in a format; ValueError if the format is not csv, xlsx, ods or parquet."""
    heads = list(columns)
    rows = list(zip(*columns.values(), strict=True))
    if fmt == "csv":
        return _csv([heads, *rows])
    if fmt == "parquet":
        return _parquet(columns)
    kinds = _kinds(name, heads)
    cells = [
        [("text", head) for head in heads],
        *([_cell(*pair) for pair in zip(row, kinds, strict=True)] for row in rows),
    ]
    if fmt == "xlsx":
        return _xlsx(name, cells)
    if fmt == "ods":
        return _ods(name, cells)
    raise ValueError(f"not a format: {fmt}")


def _csv(rows: Iterable[Sequence[str]]) -> bytes:
    out = io.StringIO(newline="")
    csv.writer(out, lineterminator="\n").writerows(rows)
    return out.getvalue().encode("utf-8")


def _parquet(columns: Mapping[str, Sequence[str]]) -> bytes:
    import pyarrow as pa
    import pyarrow.parquet as pq

    made = io.BytesIO()
    arrays = {head: pa.array([cell or None for cell in cells], pa.string()) for head, cells in columns.items()}
    pq.write_table(pa.table(arrays), made)
    return made.getvalue()


def _kinds(name: str, heads: Iterable[str]) -> list[str]:
    known: dict[str, str] = {column.name: column.kind for column in TABLES[name].columns}
    return [known.get(head, "text") for head in heads]


def _cell(text: str, kind: str) -> Cell:
    """Return a cell typed as number or date if its column's kind and its text allow; otherwise text."""
    if kind in _NUMBERS and re.fullmatch(r"-?\d{1,15}(\.\d{1,6})?", text):
        return "number", text
    if kind == "date" and re.fullmatch(r"\d{4}-\d\d-\d\d", text):
        return "date", text
    return "text", text


_XML: Final = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_OOXML: Final = "http://schemas.openxmlformats.org"
_MAIN: Final = f"{_OOXML}/spreadsheetml/2006/main"
_LINKS: Final = f"{_OOXML}/officeDocument/2006/relationships"
_KIND: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml"


def _xlsx(name: str, rows: Sequence[Sequence[Cell]]) -> bytes:
    """Build a workbook of one sheet; dates are serial numbers with the second of two styles."""
    links = f"{_OOXML}/package/2006/relationships"
    return packed(
        {
            "[Content_Types].xml": f'{_XML}<Types xmlns="{_OOXML}/package/2006/content-types">'
            '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
            '<Default Extension="xml" ContentType="application/xml"/>'
            f'<Override PartName="/xl/workbook.xml" ContentType="{_KIND}.sheet.main+xml"/>'
            f'<Override PartName="/xl/worksheets/sheet1.xml" ContentType="{_KIND}.worksheet+xml"/>'
            f'<Override PartName="/xl/styles.xml" ContentType="{_KIND}.styles+xml"/></Types>',
            "_rels/.rels": f'{_XML}<Relationships xmlns="{links}">'
            f'<Relationship Id="rId1" Type="{_LINKS}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
            "xl/workbook.xml": f'{_XML}<workbook xmlns="{_MAIN}" xmlns:r="{_LINKS}"><sheets>'
            f'<sheet name="{escape(name)}" sheetId="1" r:id="rId1"/></sheets></workbook>',
            "xl/_rels/workbook.xml.rels": f'{_XML}<Relationships xmlns="{links}">'
            f'<Relationship Id="rId1" Type="{_LINKS}/worksheet" Target="worksheets/sheet1.xml"/>'
            f'<Relationship Id="rId2" Type="{_LINKS}/styles" Target="styles.xml"/></Relationships>',
            "xl/styles.xml": f'{_XML}<styleSheet xmlns="{_MAIN}"><fonts count="1"><font/></fonts>'
            '<fills count="1"><fill/></fills><borders count="1"><border/></borders>'
            '<cellStyleXfs count="1"><xf/></cellStyleXfs>'
            '<cellXfs count="2"><xf/><xf numFmtId="14" applyNumberFormat="1"/></cellXfs></styleSheet>',
            "xl/worksheets/sheet1.xml": f'{_XML}<worksheet xmlns="{_MAIN}"><sheetData>'
            + "".join(_xlsx_rows(rows))
            + "</sheetData></worksheet>",
        }
    )


def _xlsx_rows(rows: Sequence[Sequence[Cell]]) -> Iterator[str]:
    heads = [letters(n) for n in range(1, len(rows[0]) + 1)]
    for number, row in enumerate(rows, 1):
        yield f'<row r="{number}">'
        for letter, (kind, text) in zip(heads, row, strict=True):
            place = f'<c r="{letter}{number}"'
            if kind == "number":
                yield f"{place}><v>{text}</v></c>"
            elif kind == "date":
                yield f'{place} s="1"><v>{(date.fromisoformat(text) - _FIRST_DAY).days}</v></c>'
            elif text:
                literal = escape(re.sub(r"_(?=x[0-9A-Fa-f]{4}_)", "_x005F_", text))
                yield f'{place} t="inlineStr"><is><t xml:space="preserve">{literal}</t></is></c>'
        yield "</row>"


_ODF: Final = "urn:oasis:names:tc:opendocument:xmlns"


def _ods(name: str, rows: Sequence[Sequence[Cell]]) -> bytes:
    return opendocument(
        {
            "content.xml": f'{_XML}<office:document-content xmlns:office="{_ODF}:office:1.0" '
            f'xmlns:table="{_ODF}:table:1.0" xmlns:text="{_ODF}:text:1.0" office:version="1.3"><office:body>'
            f'<office:spreadsheet><table:table table:name="{escape(name)}">'
            + "".join(_ods_rows(rows))
            + "</table:table></office:spreadsheet></office:body></office:document-content>",
        }
    )


def _ods_rows(rows: Sequence[Sequence[Cell]]) -> Iterator[str]:
    kinds = {"number": ("float", "value"), "date": ("date", "date-value"), "text": ("string", "")}
    for row in rows:
        yield "<table:table-row>"
        for kind, text in row:
            word, attribute = kinds[kind]
            value = f' office:{attribute}="{text}"' if attribute else ""
            lines = "".join(f"<text:p>{_spaced(line)}</text:p>" for line in text.split("\n"))
            yield (
                f'<table:table-cell office:value-type="{word}"{value}>{lines}</table:table-cell>'
                if text
                else "<table:table-cell/>"
            )
        yield "</table:table-row>"


def _spaced(line: str) -> str:
    """Encode repeated spaces and tabs, which ODF would otherwise collapse."""
    kept = re.sub(r"(?<= ) |^ ", "<text:s/>", escape(line))
    return kept.replace("\t", "<text:tab/>")
