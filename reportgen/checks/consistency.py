"""Consistency of all outputs: each file is read back, and every figure and cell compared.

Input: the finished publication. Output: outcomes that name the file, the place, the value found and the one expected.
"""

from __future__ import annotations

import base64
import json
import re
import urllib.parse
from collections.abc import Iterable, Iterator, Sequence
from difflib import SequenceMatcher
from itertools import zip_longest
from typing import TYPE_CHECKING, Any, Final

from reportgen.checks import readers
from reportgen.checks.check import Finished, Outcome, judged, not_applicable
from reportgen.checks.readers import Copy, Rows, tidy
from reportgen.formats.downloads import downloads
from reportgen.formats.ods.sheet_layout import grid
from reportgen.formats.open_data.plain_values import harmless, number
from reportgen.formats.open_data.statistics_csv import COLUMNS
from reportgen.language.agreement import ALL, NO, NONE, NOTHING

if TYPE_CHECKING:
    from reportgen.model.protected import Figure, ProtectedStatistics
    from reportgen.model.table import Table

LONGEST_WORD: Final = 24
"""Letters from which a word may be broken across lines."""
ALIKE: Final = 0.5
"""Share of equal cells from which two tables are taken to be copies of the same table."""


def figures(finished: Finished) -> Outcome:
    """Compare statistics.csv, previous.csv and figures.json with the protected statistics, row by row."""
    faults: list[str] = []
    read = 0
    for name, statistics in (("statistics", finished.statistics), ("previous", finished.statistics.previous)):
        data = finished.files.get(f"data/{name}.csv")
        if data is not None and statistics is not None:
            rows = readers.plain_table(data)
            read += len(rows) - 1
            faults.extend(_listed(f"data/{name}.csv", rows, statistics))
    if (quoted := finished.files.get("figures.json")) is not None:
        faults.extend(_quoted(json.loads(quoted), finished))
    if not read:
        return not_applicable("No data files were made in this build.")
    return judged(faults, f"{read:,} rows of figures, {len(finished.narrative.quoted):,} figures in the words")


def _listed(name: str, rows: Rows, statistics: ProtectedStatistics) -> Iterator[str]:
    wanted = [_row(figure, statistics.period.label) for figure in statistics.figures.values()]
    if tuple(rows[0]) != COLUMNS:
        yield f"{name} does not begin with the columns {','.join(COLUMNS)}."
        return
    for place, (row, right) in enumerate(zip_longest(rows[1:], wanted), 2):
        if row is None or right is None:
            yield f"{name} has {len(rows) - 1} rows of figures; there are {len(wanted)} figures."
            return
        for column, here, there in zip_longest(rows[0], row, right, fillvalue=""):
            if here != there:
                yield f"{name}, row {place}, column {column}: {here or 'nothing'}; the figure is {there or 'hidden'}."


def _row(figure: Figure, period: str) -> list[str]:
    key, unit = figure.key, figure.unit
    place = [key.measure, key.breakdown_1, harmless(key.category_1), key.breakdown_2, harmless(key.category_2), period]
    if figure.marker:
        return [*place, "", figure.marker, unit, "", "", ""]
    spread = [number(figure.lower, unit), number(figure.upper, unit), "" if figure.base is None else str(figure.base)]
    return [*place, number(figure.value, unit), "", unit, *spread]


def _quoted(content: Any, finished: Finished) -> Iterator[str]:
    """Compare figures.json with the figures and with the quoted text."""
    period, last = finished.statistics.period.label, finished.statistics.previous
    if (content["period"], content["as_at"]) != (period, finished.release.as_at.isoformat()):
        yield "figures.json gives another period or as-at date than the release."
    said: dict[str, set[str]] = {}
    for one in finished.narrative.quoted:
        said.setdefault(str(one.key), {period}).update((one.display, *one.where, *([one.year] if one.year else [])))
    entries = {entry["id"]: entry for entry in content["figures"]}
    if missing := sorted(said.keys() ^ entries.keys()):
        yield f"figures.json and the words do not quote the same figures: {', '.join(missing[:5])}."
    by_id = {str(key): figure for key, figure in finished.statistics.figures.items()}
    before = {str(key): figure for key, figure in last.figures.items()} if last else {}
    for name, entry in entries.items():
        where = f"figures.json, {name}"
        told = {text for text in _texts_under(entry, {"display", "period", "where", "quoted"}) if text}
        if entry["previous"] and last:
            told.discard(last.period.label)
        for odd in sorted(told ^ (said.get(name, {period}) - ({last.period.label} if last else set()))):
            yield f"{where}: “{odd}” is not what the words say of it, or is missing."
        if name in by_id:
            yield from _entry(where, entry, by_id[name])
        if entry["previous"] is not None and name in before:
            yield from _entry(f"{where}, last year", entry["previous"], before[name])


def _texts_under(value: Any, names: set[str], name: str = "") -> Iterator[str]:
    """Yield every text under any of the names, at any depth."""
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from _texts_under(inner, names, key)
    elif isinstance(value, list):
        for inner in value:
            yield from _texts_under(inner, names, name)
    elif isinstance(value, str) and name in names:
        yield value


def _entry(where: str, entry: Any, figure: Figure) -> Iterator[str]:
    right = "" if figure.marker else number(figure.value, figure.unit)
    value = entry["value"]
    same = (value is None) == (right == "") and (value is None or float(right) == value)
    if not same or entry["marker"] != figure.marker:
        yield f"{where}: {'nothing' if value is None else value}; the figure is {right or figure.marker}."


def tables(finished: Finished) -> Outcome:
    """Compare every table in the web page, PDF, Govspeak, spreadsheet and CSV files."""
    faults: list[str] = []
    cells = 0
    copies = list(_copies(finished))
    if not copies and finished.report("ods") is None:
        return not_applicable("No report was made in this build.")
    for name, table in finished.tables.items():
        right = _rows(table)
        cells += sum(len(row) for row in right)
        read = () if table.annex and f"table-{name}" not in finished.narrative.placed else copies
        placed = [(copy, copy.shows(right), _find(copy.shows(right), copy.tables)) for copy in read]
        if any(rows is not None for _, _, rows in placed):
            for copy, shown, rows in placed:
                if rows is None:
                    faults.append(f"{copy.name}: the table {name} is not there.")
                else:
                    faults.extend(_differs(f"{copy.name}, table {name}", rows, shown))
        faults.extend(_wrong_figures(name, table, finished.statistics))
        if (data := finished.files.get(f"data/{name}.csv")) is not None:
            faults.extend(_differs(f"data/{name}.csv", readers.plain_table(data), _csv_rows(table)))
    counts = {copy.name: len(copy.tables) for copy in copies}
    if len(set(counts.values())) > 1:
        said = ", ".join(f"{name} {count}" for name, count in counts.items())
        faults.append(f"The outputs do not hold the same number of tables: {said}.")
    faults.extend(_other_tables(copies, [_rows(table) for table in finished.tables.values()]))
    if (ods := finished.report("ods")) is not None:
        faults.extend(_workbook(ods, finished))
    return judged(faults, f"{len(finished.tables)} tables with {cells:,} cells, each in up to five outputs")


def _copies(finished: Finished) -> Iterator[Copy]:
    if finished.report("html") is not None:
        yield readers.web("the web page", finished.page)
    if finished.report("pdf") is not None:
        yield readers.spoken("the PDF", finished.aloud)
    if finished.report("md") is not None:
        yield readers.govspeak("the Govspeak", finished.govspeak)


def _rows(table: Table) -> Rows:
    """Return the header and the rows with figures; rows that only head a group are left out."""
    head = [table.stub, *(column.heading for column in table.columns)]
    body = [
        [row.label, *(cell.text for cell in row.cells)] for row in table.rows if any(cell.text for cell in row.cells)
    ]
    return [[tidy(text) for text in row] for row in (head, *body)]


def _wrong_figures(name: str, table: Table, statistics: ProtectedStatistics) -> Iterator[str]:
    """Yield cells whose value is neither this year's nor last year's figure for their key."""
    years = [statistics, *([statistics.previous] if statistics.previous else [])]
    for row in table.rows:
        for cell in row.cells:
            if cell.key is None:
                continue
            right = [figure.value for year in years if (figure := year.figures.get(cell.key))]
            if cell.value not in right:
                yield f"Table {name}, {row.label}: {cell.text} is not the figure {cell.key}."


def _csv_rows(table: Table) -> Rows:
    made = grid(table)
    rows = [[value.number or harmless(value.text) for value in row] for row in made.rows]
    return [[harmless(heading) for heading in made.header], *rows]


def _figure_rows(rows: Rows) -> Rows:
    """Leave out rows that only head a group."""
    return [row for at, row in enumerate(rows) if at == 0 or (len(row) > 1 and any(row[1:]))]


def _find(right: Rows, found: Sequence[Rows]) -> Rows | None:
    """Return the table most similar to ``right``; None if none is similar enough."""
    best, score = None, ALIKE
    wanted = [text for row in right for text in row]
    for rows in found:
        here = [text for row in _figure_rows(rows) for text in row]
        if here == wanted:
            return rows
        if abs(len(here) - len(wanted)) > len(wanted) / 4:
            continue
        same = sum(one == other for one, other in zip(here, wanted, strict=False)) / max(len(wanted), len(here))
        if len(here) != len(wanted):
            same = SequenceMatcher(None, here, wanted, autojunk=False).ratio()
        if same > score:
            best, score = rows, same
    return best


def _differs(where: str, rows: Rows, right: Rows) -> Iterator[str]:
    for place, (row, wanted) in enumerate(zip_longest(_figure_rows(rows), right), 1):
        if row is None or wanted is None:
            yield f"{where}: {len(_figure_rows(rows))} rows; the table has {len(right)}."
            return
        for here, there, head in zip_longest(row, wanted, right[0], fillvalue=""):
            if here != there and not _broken(here, there):
                label = wanted[0] if place > 1 and wanted else "its head"
                yield f"{where}, {label}, {head}: “{here}”; the table says “{there}”."


def _broken(here: str, there: str) -> bool:
    """Return whether the texts differ only by a long word broken across lines."""
    return max(map(len, there.split()), default=0) > LONGEST_WORD and here.replace(" ", "") == there.replace(" ", "")


def _other_tables(copies: Sequence[Copy], known: Sequence[Rows]) -> Iterator[str]:
    """Compare tables that are not statistics (law, actions, definitions) between outputs."""
    if not copies:
        return
    first, *others = copies
    wanted = [rows for rows in first.tables if _figure_rows(rows) not in known]
    for copy in others:
        for rows in map(copy.shows, wanted):
            found = _find(_figure_rows(rows), copy.tables)
            head = " | ".join(rows[0]) if rows else ""
            if found is None:
                yield f"{copy.name}: the table with the head “{head}” is not there as in {first.name}."
            else:
                yield from _differs(f"{copy.name}, table “{head}”", found, _figure_rows(rows))


def _workbook(data: bytes, finished: Finished) -> Iterator[str]:
    """Compare displayed texts and underlying numbers in the spreadsheet, sheet by sheet."""
    sheets, _ = readers.spreadsheet(data)
    pages = [sheet for sheet in sheets if sheet.name.startswith("Table")]
    if len(pages) != len(finished.tables):
        yield f"The spreadsheet has {len(pages)} tables; the report has {len(finished.tables)}."
        return
    for sheet, (name, table) in zip(pages, finished.tables.items(), strict=True):
        made = grid(table)
        where = f"The spreadsheet, {sheet.name} ({name})"
        first, last, _ = sheet.named or (len(sheet.rows) - len(made.rows), len(sheet.rows), 0)
        here = sheet.rows[first - 1 : last]
        yield from _differs(where, [[cell.text for cell in row] for row in here], _whole(made.header, made.rows))
        for row, values in zip(here[1:], made.rows, strict=False):
            for cell, value in zip(row, values, strict=False):
                if cell.number != value.number:
                    yield f"{where}, {row[0].text}: the number {cell.number or 'nothing'} behind {value.text}."


def _whole(header: Iterable[str], rows: Iterable[Iterable[Any]]) -> Rows:
    return [[tidy(text) for text in header], *([tidy(value.text) for value in row] for row in rows)]


def numbers(finished: Finished) -> Outcome:
    """Compare the numbers in text outside tables, in order, in web page, PDF and Govspeak."""
    copies = {copy.name: copy for copy in _copies(finished)}
    if "the web page" not in copies or not copies.keys() - {"the web page"}:
        return not_applicable("The others are compared with the web page: either is not in this build.")
    faults: list[str] = []
    page = copies["the web page"]
    if "the PDF" in copies:
        faults += _in_order(page, copies["the PDF"])
    if "the Govspeak" in copies:
        faults += _in_order(readers.web(page.name, finished.page, cover=False), copies["the Govspeak"])
    faults += _marked(finished)
    return judged(faults, f"{len(next(iter(copies.values())).numbers):,} numbers in {len(copies)} outputs")


def _marked(finished: Finished) -> Iterator[str]:
    """Check the page's <data> elements: values equal their figure, texts are as quoted."""
    said: dict[str, set[str]] = {}
    for one in finished.narrative.quoted:
        said.setdefault(str(one.key), set()).add(tidy(one.display))
    years = [year for year in (finished.statistics, finished.statistics.previous) if year is not None]
    values: dict[str, set[float]] = {}
    for key, figure in ((key, figure) for year in years for key, figure in year.figures.items()):
        if figure.value is not None:
            values.setdefault(str(key), set()).add(figure.value)
    for element in finished.page.all("data"):
        name, text = element.get("data-figure"), tidy(element.text())
        if name in values and float(element.get("value")) not in values[name]:
            yield f"The web page, line {element.line}: {element.get('value')} behind “{text}” is not the figure {name}."
        name = re.sub(r"(?: (?:share|change|interval|base|last year))+$", "", name)
        if name and text not in said.get(name, ()) and not _in_words(text, float(element.get("value"))):
            yield f"The web page, line {element.line}: “{text}” is not as the figure {name} is quoted."


def _in_words(text: str, value: float) -> bool:
    """Return whether a figure is printed in words: zero as none, a share of everything as all."""
    word = text.casefold()
    return (value == 0 and word in (NO, NONE, NOTHING)) or (value == 1 and word == ALL)


def _in_order(one: Copy, other: Copy) -> Iterator[str]:
    here, there = [found.text for found in one.numbers], [found.text for found in other.numbers]
    if here == there:  # usually equal; searching for differences takes a second
        return
    for change, a, b, c, d in SequenceMatcher(None, here, there, autojunk=False).get_opcodes():
        if change == "equal":
            continue
        left, right = one.numbers[a:b], other.numbers[c:d]
        for mine, theirs in zip_longest(left[:5], right[:5]):
            if mine is None:
                yield f"{other.name}: {theirs.text} (“{theirs.near}”) is not in {one.name}."
            elif theirs is None:
                yield f"{one.name}: {mine.text} (“{mine.near}”) is not in {other.name}."
            else:
                yield f"{one.name} says {mine.text} (“{mine.near}”), {other.name} {theirs.text} (“{theirs.near}”)."


def files(finished: Finished) -> Outcome:
    """Compare every file byte for byte with one rebuilt from the protected figures."""
    wanted = downloads(finished.narrative, finished.statistics, finished.tables, finished.charts, finished.release)
    for kind, text in (("html", finished.narrative.html), ("md", finished.narrative.govspeak)):
        wanted |= {name: text.encode() for name in finished.files if name == f"{finished.stem}.{kind}"}
    faults = [
        f"{name} is not what was made." for name, data in wanted.items() if finished.files.get(name, data) != data
    ]
    return judged(faults, f"{len(wanted):,} files compared")


def drawings(finished: Finished) -> Outcome:
    """Compare the charts in charts/ and on the page with those drawn."""
    faults: list[str] = []
    there = [name for name in finished.files if name.startswith("charts/")]
    if not finished.charts or not (there or finished.report("html")):
        return not_applicable("There are no charts in this build.")
    for name, chart in finished.charts.items():
        svg = finished.files.get(f"charts/{name}.svg")
        if svg is not None and svg.decode("utf-8") != chart.svg:
            faults.append(
                f"charts/{name}.svg is not the chart that was drawn: {_change(svg.decode('utf-8'), chart.svg)}"
            )
        if finished.files.get(f"charts/{name}.png", chart.png) != chart.png:
            faults.append(f"charts/{name}.png is not the chart that was drawn.")
    if finished.report("html"):
        faults.extend(_chart_tables(finished))
        right = [readers.drawing_texts(chart.svg) for chart in finished.charts.values()]
        for texts in _embedded(finished):
            if texts not in right:
                near = max(right, key=lambda one: SequenceMatcher(None, one, texts, autojunk=False).ratio())
                faults.append(
                    f"A chart on the page is not one of charts/: {_change(' | '.join(texts), ' | '.join(near))}"
                )
    return judged(faults, f"{len(finished.charts)} charts")


def _chart_tables(finished: Finished) -> Iterator[str]:
    """Compare the data tables of charts on the page with the plotted values."""
    there = readers.beside_charts(finished.page)
    for name, chart in finished.charts.items():
        if name in there:
            yield from _differs(f"The table beside the chart {name}", there[name], _rows(chart.table))


def _embedded(finished: Finished) -> Iterator[list[str]]:
    for element in finished.page.all("img"):
        source = element.get("src")
        if source.startswith("data:image/svg+xml"):
            head, _, body = source.partition(",")
            text = base64.b64decode(body).decode("utf-8") if head.endswith("base64") else urllib.parse.unquote(body)
            yield readers.drawing_texts(text)
    for element in finished.page.all("svg"):
        if element.get("role") == "img":
            yield [tidy(_all_text(text)) for text in element.all("text")]


def _all_text(element: Any) -> str:
    return "".join(child if isinstance(child, str) else _all_text(child) for child in element.children)


def _change(here: str, right: str) -> str:
    """Describe the first difference between two texts."""
    for change, a, b, c, d in SequenceMatcher(None, here[:20000], right[:20000], autojunk=False).get_opcodes():
        if change != "equal":
            return f"“{here[max(0, a - 15) : b + 15]}” for “{right[max(0, c - 15) : d + 15]}”."
    return "they differ."
