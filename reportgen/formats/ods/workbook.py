"""Build the spreadsheet of all tables by the Analysis Function's rules.

Input: the tables with their captions, the release. Output: an ``.ods`` file: cover, contents, notes, then one table per
sheet. Rules: "Releasing statistics in spreadsheets" and its checklist of the basics.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Final

from reportgen.formats.ods.package import Description, OdsSheet, SheetCell, Style, spreadsheet
from reportgen.formats.ods.sheet_layout import CellValue, Grid, grid
from reportgen.model import formatting
from reportgen.model.narrative import Caption
from reportgen.model.release import Release

if TYPE_CHECKING:
    from reportgen.model.table import Table

ILLUSTRATIVE: Final = (
    "Illustrative: the figures in this spreadsheet are made up, except the law and what was published before."
)
ORDER: Final = "Every table of the report stands on a worksheet of its own, under its number in the report."
MORE: Final = "Tables that the report does not print follow."
NARROW: Final = 2.8
WIDE: Final = 11.0
A_LETTER: Final = 0.24  # centimetres per 12-point letter, on average


def workbook(tables: Mapping[str, Table], captions: Mapping[str, Caption], release: Release) -> bytes:
    """Build the workbook, with one sheet per table, named as in the report."""
    grids = {name: grid(table) for name, table in tables.items()}
    notes = _notes(tables, captions)
    names = {name: f"Table_{number}" for number, name in enumerate(tables, 1)}
    pages = [
        _page(names[name], name, grids[name], captions.get(name), release, _of(table, captions.get(name), notes))
        for name, table in tables.items()
    ]
    titles = {names[name]: title(name, captions) for name in tables}
    sheets = [
        _cover(release, more=any(table.annex for table in tables.values())),
        _contents(titles),
        _notes_sheet(notes, tables, grids),
        *pages,
    ]
    description = Description(
        title=title_of(release),
        subject=release.publication.summary or f"Data tables for {release.period.label}",
        author=release.publication.organisation,
        keywords=("clandestine entrant", "civil penalty", release.period.label),
        dated=release.publication.published or release.as_at,
    )
    return spreadsheet(sheets, description)


def title_of(release: Release) -> str:
    """Return the publication's title, or a default if it is missing."""
    default = f"Clandestine Entrant Civil Penalty Scheme: annual report, {release.period.label}"
    return release.publication.title or default


def _cover(release: Release, *, more: bool) -> OdsSheet:
    publication = release.publication
    facts = [
        f"Reporting period: {formatting.span(release.period.first, release.period.last)}",
        f"Outcomes and payments as at {formatting.day(release.as_at)}",
        f"Status: {publication.status}",
        f"Published by: {publication.organisation}",
        f"Publication date: {formatting.day(publication.published)}" if publication.published else "",
        f"Contact: {' '.join(part for part in (publication.contact_name, publication.contact_email) if part)}"
        if publication.contact_name or publication.contact_email
        else "",
    ]
    lines = [
        SheetCell(title_of(release), "title"),
        *([SheetCell(ILLUSTRATIVE, "subtitle")] * release.illustrative),
        *([SheetCell(publication.summary, "words")] if publication.summary else []),
        SheetCell("About this spreadsheet", "subtitle"),
        SheetCell(ORDER + (f" {MORE}" if more else ""), "words"),
        SheetCell("Shorthand in square brackets and the notes are explained in the worksheet Notes.", "words"),
        *(SheetCell(fact, "words") for fact in facts if fact),
        SheetCell("Licence", "subtitle"),
        SheetCell("Open Government Licence v3.0, except where otherwise stated.", "words"),
        SheetCell("Where to find what", "subtitle"),
        SheetCell("Contents", "link", link="#Contents.A1"),
        SheetCell("Notes", "link", link="#Notes.A1"),
    ]
    return OdsSheet("Cover", tuple(lines), widths=(24.0,))


def title(name: str, captions: Mapping[str, Caption]) -> str:
    """Return a table's title, or its id in words if it has no caption."""
    caption = captions.get(name)
    return caption.title if caption else name.replace("-", " ").capitalize()


def _contents(titles: Mapping[str, str]) -> OdsSheet:
    head = (SheetCell("Worksheet", "header"), SheetCell("Title", "header"))
    rows = [
        (SheetCell(sheet, "link", link=f"#{sheet}.A1"), SheetCell(words, "words"))
        for sheet, words in {"Notes": "Notes and shorthand", **titles}.items()
    ]
    above = (SheetCell("Contents", "title"), SheetCell("This worksheet contains one table.", "text"))
    return OdsSheet("Contents", above, (head, *rows), "contents", (4.0, 22.0))


def _notes(tables: Mapping[str, Table], captions: Mapping[str, Caption]) -> dict[str, str]:
    """Number the distinct notes in order of first use: text to ``note 1``."""
    numbered: dict[str, str] = {}
    for name, table in tables.items():
        for note in _texts(table, captions.get(name)):
            numbered.setdefault(note, f"note {len(numbered) + 1}")
    return numbered


def _texts(table: Table, caption: Caption | None) -> tuple[str, ...]:
    """Return a table's notes, without those that explain shorthand."""
    return tuple(note for note in (*(caption.notes if caption else ()), *table.notes) if not note.startswith("["))


def _of(table: Table, caption: Caption | None, notes: Mapping[str, str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(notes[note] for note in _texts(table, caption)))


def _notes_sheet(notes: Mapping[str, str], tables: Mapping[str, Table], grids: Mapping[str, Grid]) -> OdsSheet:
    used = dict.fromkeys(marker for made in grids.values() for marker in made.markers)
    meanings = shorthand(tables)
    rows = [(marker, meanings.get(marker, "Shorthand of the source.")) for marker in used]
    rows += [(f"[{number}]", text) for text, number in notes.items()]
    head = (SheetCell("Shorthand or note", "header"), SheetCell("What it means", "header"))
    body = [(SheetCell(short, "label"), SheetCell(text, "words")) for short, text in rows]
    if not body:
        body = [(SheetCell("None", "label"), SheetCell("No shorthand and no notes are used.", "words"))]
    above = (
        SheetCell("Notes", "title"),
        SheetCell("This worksheet contains one table.", "text"),
        SheetCell("Back to contents", "link", link="#Contents.A1"),
    )
    return OdsSheet("Notes", above, (head, *body), "notes", (5.0, 22.0))


def shorthand(tables: Mapping[str, Table]) -> dict[str, str]:
    """Return the meaning of each marker, from the tables' own notes."""
    notes = [note for table in tables.values() for note in table.notes if note.startswith("[")]
    parts = [note.partition("] ") for note in notes]
    return {f"{mark}]": formatting.capital(words) for mark, _, words in parts}


def _page(
    name: str, table: str, made: Grid, caption: Caption | None, release: Release, notes: tuple[str, ...]
) -> OdsSheet:
    marks = "".join(f" [{note}]" for note in notes)
    lines = [SheetCell(title(table, {table: caption} if caption else {}) + marks, "title")]
    if caption and caption.subtitle:
        lines.append(SheetCell(caption.subtitle, "subtitle"))
    if release.illustrative and made.ours:
        lines.append(SheetCell("Illustrative: the figures are made up.", "text"))
    lines.append(SheetCell("This worksheet contains one table.", "text"))
    if made.markers:
        lines.append(SheetCell(f"Shorthand used: {', '.join(made.markers)}; see the worksheet Notes.", "text"))
    if notes:
        lines.append(SheetCell("Notes in square brackets are in the worksheet Notes.", "text"))
    if caption and caption.source:
        lines.append(SheetCell(f"Source: {caption.source}", "text"))
    lines.append(SheetCell("Back to contents", "link", link="#Contents.A1"))
    head = tuple(
        SheetCell(heading, "headernumber" if number else "header")
        for heading, number in zip(made.header, made.numeric, strict=True)
    )
    signed = [any(row[at].text.startswith("+") for row in made.rows) for at in range(len(made.header))]
    body = tuple(
        tuple(_cell(value, at < made.labels, signed[at], made.numeric[at]) for at, value in enumerate(row))
        for row in made.rows
    )
    widths = tuple(_width(made, at) for at in range(len(made.header)))
    return OdsSheet(name, tuple(lines), (head, *body), table.replace("-", "_"), widths)


def _cell(value: CellValue, label: bool, signed: bool, among_numbers: bool) -> SheetCell:
    if value.number:
        style: Style = "signed" if signed else "number"
        return SheetCell(value.text, style, number=value.number, decimals=value.decimals)
    if label:
        return SheetCell(value.text, "label")
    return SheetCell(value.text, "marker" if among_numbers else "words")


def _width(made: Grid, column: int) -> float:
    """Return a column width for the longest header word and most cells, in steps of half a centimetre."""
    words = max((len(word) for word in made.header[column].split()), default=1)
    cells = max((len(row[column].text) for row in made.rows), default=1)
    wanted = max(words, min(cells, 40), len(made.header[column]) / 3) * A_LETTER + 0.5
    return min(max(round(wanted * 2) / 2, NARROW), WIDE)
