"""Tables as CSV, with metadata for programs (CSVW) and a README for people.

Input: the tables with their captions, the release. Output: files by path. CSV cannot hold notes, so “illustrative”,
sources and shorthand are in the other files.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Final

from reportgen.formats.ods.sheet_layout import CellValue, Grid, grid
from reportgen.formats.ods.workbook import shorthand, title, title_of
from reportgen.formats.open_data.plain_values import harmless, table
from reportgen.formats.open_data.quoted_figures import illustrative_note
from reportgen.formats.open_data.statistics_csv import COLUMNS
from reportgen.model import formatting
from reportgen.model.narrative import Caption
from reportgen.model.release import Release

if TYPE_CHECKING:
    from reportgen.model.table import Table

LICENCE: Final = "https://www.nationalarchives.gov.uk/doc/open-government-licence/version/3/"
HIDDEN: Final = {"[c]": "Hidden so that nobody can be identified. It is not 0."}
NUMBERS: Final = frozenset({"value", "lower", "upper"})


def table_files(tables: Mapping[str, Table]) -> dict[str, bytes]:
    """Build ``data/<table>.csv``: numbers without separators, shorthand for suppressed figures."""
    return {f"data/{name}.csv": _csv(grid(one)) for name, one in tables.items()}


def _csv(made: Grid) -> bytes:
    rows = [[value.number or harmless(value.text) for value in row] for row in made.rows]
    return table([harmless(heading) for heading in made.header], rows)


def metadata(
    tables: Mapping[str, Table], captions: Mapping[str, Caption], release: Release, *, last_year: bool
) -> bytes:
    """Build the CSVW metadata: every file, every column with its type and titles."""
    whole = title_of(release)
    described = [_tidy("statistics.csv", f"{whole}: every published figure", release.period.label)]
    if last_year:
        described.append(_tidy("previous.csv", f"{whole}: last year's figures, as compared with", ""))
    described += [_described(name, grid(one), captions.get(name), release) for name, one in tables.items()]
    content: dict[str, Any] = {
        "@context": ["http://www.w3.org/ns/csvw", {"@language": "en-GB"}],
        "dc:title": whole,
        "dc:description": " ".join(part for part in (illustrative_note(release), release.publication.summary) if part),
        "dc:publisher": release.publication.organisation,
        "dc:license": {"@id": LICENCE},
        "dc:date": (release.publication.published or release.as_at).isoformat(),
        "tables": described,
    }
    return (json.dumps(content, ensure_ascii=False, indent=1) + "\n").encode()


def _tidy(name: str, words: str, period: str) -> dict[str, Any]:
    columns = [
        {
            "name": column,
            "titles": column,
            "datatype": "integer" if column == "base" else "number" if column in NUMBERS else "string",
            **({"null": ""} if column in NUMBERS or column == "base" else {}),
        }
        for column in COLUMNS
    ]
    key = list(COLUMNS[:5])
    return {
        "url": name,
        "dc:title": words,
        **({"dc:temporal": period} if period else {}),
        "dialect": {"header": True, "encoding": "utf-8"},
        "tableSchema": {"columns": columns, "primaryKey": key},
    }


def _described(name: str, made: Grid, caption: Caption | None, release: Release) -> dict[str, Any]:
    words = [illustrative_note(release) if made.ours else ""]
    if caption:
        words += [caption.subtitle, *caption.notes, f"Source: {caption.source}" if caption.source else ""]
    used: dict[str, int] = {}
    columns = []
    for at, heading in enumerate(made.header):
        numeric = made.numeric[at] and not any(_is_text(row[at]) for row in made.rows)
        column: dict[str, Any] = {"name": _name(heading, used), "titles": heading}
        column["datatype"] = "number" if numeric else "string"
        if numeric and made.markers:
            column["null"] = list(made.markers)
        columns.append(column)
    return {
        "url": f"{name}.csv",
        "dc:title": title(name, {name: caption} if caption else {}),
        "dc:description": " ".join(word for word in words if word),
        "dialect": {"header": True, "encoding": "utf-8"},
        "tableSchema": {"columns": columns, **_key(made, [column["name"] for column in columns])},
    }


def _is_text(value: CellValue) -> bool:
    """Return whether a value is text among numbers, such as "less than 1"."""
    return not value.number and not value.text.startswith("[")


def _key(made: Grid, names: list[str]) -> dict[str, list[str]]:
    """Return the label columns as primary key, if they identify the rows."""
    labels = [tuple(value.text for value in row[: made.labels]) for row in made.rows]
    return {"primaryKey": names[: made.labels]} if len(set(labels)) == len(labels) else {}


def _name(heading: str, used: dict[str, int]) -> str:
    name = re.sub(r"[^a-z0-9]+", "_", heading.casefold()).strip("_") or "column"
    used[name] = used.get(name, 0) + 1
    return name if used[name] == 1 else f"{name}_{used[name]}"


def readme(tables: Mapping[str, Table], release: Release, *, last_year: bool) -> bytes:
    """Write the README for people who use the files."""
    words = [
        title_of(release),
        formatting.span(release.period.first, release.period.last),
        "",
        *([illustrative_note(release), ""] if release.illustrative else []),
        "statistics.csv    every published figure, one a row",
        *(["previous.csv      last year's figures, as this report compares with them"] if last_year else []),
        "csv-metadata.json a description of every file and column (CSV on the Web)",
        "The other files are the tables of the report, one each, with the figures as the report rounds them.",
        "",
        "In statistics.csv a row without a breakdown is the figure for the whole. Shares are from 0 to 1, money is in",
        "pounds, changes of shares are in percentage points; lower and upper are the ends of a 95% interval; base is",
        "the number of records that the figure rests on.",
        "",
        "Shorthand:",
        *(f"{short:6}{text}" for short, text in {**HIDDEN, **shorthand(tables)}.items()),
        "",
        "The files are UTF-8 text with commas. Words that a spreadsheet program would take for a formula have an",
        "apostrophe before them.",
        "",
        f"Published by {release.publication.organisation} under the Open Government Licence v3.0:",
        LICENCE,
    ]
    return ("\n".join(words) + "\n").encode()
