"""The spreadsheet of all tables, by the rules of the Analysis Function.

Goes in: the tables with their captions, the release. Comes out: an ``.ods`` file: a cover, the contents, the notes,
then one table a sheet. Rules: "Releasing statistics in spreadsheets" and its checklist of the basics.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Final

from reportgen import formats
from reportgen.downloads.opendocument import Description, Sheet, SheetCell, Style, spreadsheet
from reportgen.downloads.report import Caption
from reportgen.downloads.sheets import Grid, Value, grid
from reportgen.release import Release

if TYPE_CHECKING:
    from reportgen.tables import Table

SHORTHAND: Final[Mapping[str, str]] = {
    "[c]": "Confidential: the figure is hidden so that nobody can be identified. It is not 0.",
    "[low]": "The figure rounds to 0 but is not 0.",
    "[u]": "Low reliability: the figure rests on few answers.",
    "[x]": "Not available.",
    "[z]": "Not applicable.",
    "[b]": "Break in the series: not to be compared with earlier figures.",
    "[p]": "Provisional.",
    "[r]": "Revised.",
}
NARROW: Final = 2.8
WIDE: Final = 11.0
A_LETTER: Final = 0.24  # centimetres of a 12 point letter, on average


def workbook(tables: Mapping[str, Table], captions: Mapping[str, Caption], release: Release) -> bytes:
    """Every table of the report on a sheet of its own, named as in the report."""
    grids = {name: grid(table) for name, table in tables.items()}
    notes = _notes(tables, captions)
    pages = [
        _page(f"Table_{number}", name, grids[name], captions.get(name), _of(name, tables, captions, notes))
        for number, name in enumerate(tables, 1)
    ]
    sheets = [_cover(release), _contents(pages), _notes_sheet(notes, grids), *pages]
    description = Description(
        title=title_of(release),
        subject=release.publication.summary or f"Data tables for {release.period.label}",
        author=release.publication.organisation,
        keywords=("clandestine entrant", "civil penalty", release.period.label),
        dated=release.publication.published or release.as_at,
    )
    return spreadsheet(sheets, description)


def title_of(release: Release) -> str:
    """What the publication is called, also where the title is still missing."""
    default = f"Clandestine Entrant Civil Penalty Scheme: annual report, {release.period.label}"
    return release.publication.title or default


def _cover(release: Release) -> Sheet:
    publication = release.publication
    facts = [
        f"Reporting period: {formats.span(release.period.first, release.period.last)}",
        f"Outcomes and payments as at {formats.day(release.as_at)}",
        f"Status: {publication.status}",
        f"Published by: {publication.organisation}",
        f"Publication date: {formats.day(publication.published)}" if publication.published else "",
        f"Contact: {' '.join(part for part in (publication.contact_name, publication.contact_email) if part)}"
        if publication.contact_name or publication.contact_email
        else "",
    ]
    lines = [
        SheetCell(title_of(release), "title"),
        *([SheetCell("Illustrative: the figures in this spreadsheet are made up.", "subtitle")] * release.illustrative),
        *([SheetCell(publication.summary, "words")] if publication.summary else []),
        SheetCell("About this spreadsheet", "subtitle"),
        SheetCell("Every table of the report stands on a worksheet of its own, in the order of the report.", "words"),
        SheetCell("Shorthand in square brackets and the notes are explained in the worksheet Notes.", "words"),
        *(SheetCell(fact, "words") for fact in facts if fact),
        SheetCell("Licence", "subtitle"),
        SheetCell("Open Government Licence v3.0, except where otherwise stated.", "words"),
        SheetCell("Where to find what", "subtitle"),
        SheetCell("Contents", "link", link="#Contents.A1"),
        SheetCell("Notes", "link", link="#Notes.A1"),
    ]
    return Sheet("Cover", tuple(lines), widths=(24.0,))


def _contents(pages: list[Sheet]) -> Sheet:
    head = (SheetCell("Worksheet", "header"), SheetCell("Title", "header"))
    rows = [
        (SheetCell("Notes", "link", link="#Notes.A1"), SheetCell("Notes and shorthand", "words")),
        *(
            (SheetCell(page.name, "link", link=f"#{page.name}.A1"), SheetCell(page.above[0].text, "words"))
            for page in pages
        ),
    ]
    above = (SheetCell("Contents", "title"), SheetCell("This worksheet contains one table.", "text"))
    return Sheet("Contents", above, (head, *rows), "contents", (4.0, 22.0))


def _notes(tables: Mapping[str, Table], captions: Mapping[str, Caption]) -> dict[str, str]:
    """Every note once, numbered in the order in which it is first needed: text to ``note 1``."""
    numbered: dict[str, str] = {}
    for name, table in tables.items():
        for note in _texts(table, captions.get(name)):
            numbered.setdefault(note, f"note {len(numbered) + 1}")
    return numbered


def _texts(table: Table, caption: Caption | None) -> tuple[str, ...]:
    return (*(caption.notes if caption else ()), *table.notes)


def _of(
    name: str, tables: Mapping[str, Table], captions: Mapping[str, Caption], notes: Mapping[str, str]
) -> tuple[str, ...]:
    return tuple(dict.fromkeys(notes[note] for note in _texts(tables[name], captions.get(name))))


def _notes_sheet(notes: Mapping[str, str], grids: Mapping[str, Grid]) -> Sheet:
    used = dict.fromkeys(marker for one in grids.values() for marker in one.markers)
    rows = [(marker, SHORTHAND.get(marker, "Shorthand of the source.")) for marker in used]
    rows += [(f"[{number}]", text) for text, number in notes.items()]
    head = (SheetCell("Shorthand or note", "header"), SheetCell("What it means", "header"))
    body = [(SheetCell(short, "label"), SheetCell(text, "words")) for short, text in rows]
    above = (
        SheetCell("Notes", "title"),
        SheetCell("This worksheet contains one table.", "text"),
        SheetCell("Back to contents", "link", link="#Contents.A1"),
    )
    if not body:
        body = [(SheetCell("None", "label"), SheetCell("No shorthand and no notes are used.", "words"))]
    return Sheet("Notes", above, (head, *body), "notes", (5.0, 22.0))


def _page(name: str, table: str, made: Grid, caption: Caption | None, notes: tuple[str, ...]) -> Sheet:
    marks = "".join(f" [{note}]" for note in notes)
    lines = [SheetCell((caption.title if caption else table) + marks, "title")]
    if caption and caption.subtitle:
        lines.append(SheetCell(caption.subtitle, "subtitle"))
    lines.append(SheetCell("This worksheet contains one table." + _says(made, notes), "text"))
    if caption and caption.source:
        lines.append(SheetCell(f"Source: {caption.source}", "text"))
    lines.append(SheetCell("Back to contents", "link", link="#Contents.A1"))
    head = tuple(
        SheetCell(heading, "header" if at < made.labels else "headernumber") for at, heading in enumerate(made.header)
    )
    body = tuple(tuple(_cell(value, at < made.labels) for at, value in enumerate(row)) for row in made.rows)
    widths = tuple(_width(made, at) for at in range(len(made.header)))
    return Sheet(name, tuple(lines), (head, *body), table.replace("-", "_"), widths)


def _says(made: Grid, notes: tuple[str, ...]) -> str:
    said = ""
    if made.markers:
        said += f" Shorthand used: {', '.join(made.markers)}, explained in the worksheet Notes."
    if notes:
        said += " Notes in square brackets are in the worksheet Notes."
    return said


def _cell(value: Value, label: bool) -> SheetCell:
    if label:
        return SheetCell(value.text, "label")
    if value.number:
        return SheetCell(value.text, "number", number=value.number, decimals=value.decimals)
    style: Style = "marker" if value.text.startswith("[") else "words"
    return SheetCell(value.text, style)


def _width(made: Grid, column: int) -> float:
    """Wide enough for the longest word of the header and for most of the cells, in steps of half a centimetre."""
    words = max((len(word) for word in made.header[column].split()), default=1)
    cells = max((len(row[column].text) for row in made.rows), default=1)
    wanted = max(words, min(cells, 40), len(made.header[column]) / 3) * A_LETTER + 0.5
    return min(max(round(wanted * 2) / 2, NARROW), WIDE)
