"""Read a year's input folder: find, read and parse its tables, then check them against each other.

Input: a folder and its release. Output: ``ValidatedTables`` and all problems. Hides the order of the work.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from hashlib import sha256
from typing import TYPE_CHECKING, Final

from reportgen.files import raw_table, table_files
from reportgen.files.cell_values import fold
from reportgen.files.faults import Faults
from reportgen.inputs import cross_checks, table_parser
from reportgen.model.problem import Found, Problem, Stage, did_you_mean
from reportgen.model.stages import InputSource
from reportgen.scheme.data_dictionary import TABLES, InputTable
from reportgen.scheme.input_schema import prove

if TYPE_CHECKING:
    from pathlib import Path

    import pandas as pd

    from reportgen.model.release import Release


NAMING: Final = re.compile(
    r"name|compan|firm|haulier|trading|registration|plate|vrm|vrn|reg_no|trailer|person|address|mail|phone|mobile|contact"
)
NOT_NAMING: Final = re.compile(r"registered|place|port|country|type|date|count|number_of|status|file|sheet")
"""Patterns for headers of ignored columns that identify people, firms or vehicles."""


@dataclass(frozen=True)
class ValidatedTables:
    """The tables of a year as pandas frames; None if a table is missing or has no rows.

    Money columns are whole pence (Int64), counts Int64, dates datetime64, yes/no boolean, categories and texts str,
    codes tuples of str; ``row`` is the row number that a spreadsheet shows. ``names`` are the firms, people and
    vehicles named in columns that the report does not use.
    """

    incidents: pd.DataFrame
    penalties: pd.DataFrame
    survey: pd.DataFrame
    questions: pd.DataFrame
    actions: pd.DataFrame
    ledger: pd.DataFrame | None = None
    recommendations: pd.DataFrame | None = None
    team: pd.DataFrame | None = None
    published: pd.DataFrame | None = None
    context: pd.DataFrame | None = None
    sources: Mapping[str, InputSource] = field(default_factory=dict)
    names: frozenset[str] = frozenset()


def read(folder: Path, release: Release) -> Found[ValidatedTables]:
    """Read every table of the folder; no value if there is a problem, because wrong numbers are worse than none."""
    faults = Faults()
    entries, problems = table_files.listed(folder)
    faults.add(*problems)
    raws = {name: _raw(folder, entries, table, faults) for name, table in TABLES.items()} if not problems else {}
    present = {name: raw for name, raw in raws.items() if raw is not None}
    parsed: dict[str, table_parser.Parsed] = {}
    for name in sorted(present, key=lambda name: name == "survey"):  # the survey's columns depend on the questions
        if name == "survey":
            asked = parsed["questions"].frame if "questions" in parsed else None
            parsed[name] = table_parser.survey(present[name], asked, release, faults)
        else:
            parsed[name] = table_parser.table(present[name], TABLES[name], release, faults)
        if name == "questions":
            cross_checks.check_questions(parsed[name].frame, present[name], faults)
    _unread(entries, faults)
    cross_checks.check(parsed, release, {name: (raw.file, raw.sheet) for name, raw in present.items()}, faults)
    found = faults.all()
    if faults.serious:
        return Found(None, found)
    frames = {name: parsed[name].frame for name in TABLES if name in parsed and len(parsed[name].frame)}
    for name, frame in frames.items():
        prove(name, frame, release.places)
    sources = {name: InputSource(raw.file, raw.sheet, raw.sha256, len(raw.rows)) for name, raw in present.items()}
    names = frozenset(name for raw in present.values() for name in _names(raw, parsed[raw.name].frame))
    if "penalties" in frames:
        firms = frames["penalties"]["firm"]
        names |= frozenset(firms.dropna())
        frames["penalties"] = frames["penalties"].assign(firm=_hashed(firms))
    return Found(ValidatedTables(**frames, sources=sources, names=names), found)


def _hashed(firms: pd.Series) -> pd.Series:
    """Replace a firm's name by a hash, ignoring case, spaces and punctuation, so that the name goes no further."""
    plain = firms.str.casefold().str.replace(r"[\W_]+", "", regex=True)
    return plain.map(lambda name: sha256(name.encode()).hexdigest(), na_action="ignore").astype(firms.dtype)


def _names(raw: raw_table.RawTable, used: pd.DataFrame) -> Iterator[str]:
    """Yield names in ignored columns, which no quote may contain."""
    for header, cells in zip(raw.headers, raw.columns, strict=True):
        if fold(header) not in used and NAMING.search(fold(header)) and not NOT_NAMING.search(fold(header)):
            yield from (word.strip() for word in cells.words if word.strip())


def read_some(folder: Path, release: Release, names: Sequence[str]) -> Found[dict[str, pd.DataFrame]]:
    """Read some tables on their own, to copy them to a new year; those without rows are left out."""
    faults = Faults()
    entries, problems = table_files.listed(folder)
    faults.add(*problems)
    frames = {}
    for name in names:
        raw = _raw(folder, entries, replace(TABLES[name], essential=False), faults)
        if raw is not None and len(raw.rows):
            frames[name] = table_parser.table(raw, TABLES[name], release, faults).frame
            if name == "questions":
                cross_checks.check_questions(frames[name], raw, faults)
    return Found(frames, tuple(problem for problem in faults.all() if problem.code != "table-empty"))


def _raw(folder: Path, entries: Sequence[Path], table: InputTable, faults: Faults) -> raw_table.RawTable | None:
    path, problems = table_files.find(folder, entries, table.name)
    faults.add(*problems)
    if path is None:
        if table.essential and not problems:
            message = f"The table {table.name} is missing; the report cannot be made without it."
            hint = f"Put {table.name}.csv (or .xlsx, .ods, .parquet) into the folder."
            where = f"{table_files.shown(folder)}/{table.name}.csv"
            faults.add(Problem(Stage.INPUTS, "table-missing", message, hint, file=where))
        return None
    try:
        raw, notices = table_files.read(path, table.name)
    except raw_table.Unreadable as fault:
        faults.add(fault.problem)
        return None
    faults.add(*notices)
    if len(raw.rows):
        return raw
    if table.essential:
        hint = "Export it again: there should be a row for each case."
        message = f"The table {table.name} has no rows; the report cannot be made without it."
        faults.add(Problem(Stage.INPUTS, "table-empty", message, hint, file=raw.file, sheet=raw.sheet))
        return None
    message = f"The table {table.name} has no rows and counts as absent."
    faults.add(Problem(Stage.INPUTS, "table-empty", message, severity="notice", file=raw.file, sheet=raw.sheet))
    return raw


def _unread(entries: Sequence[Path], faults: Faults) -> None:
    """Report each file that is not one of the tables."""
    told: set[Path] = set()
    for name in TABLES:
        found, refused = table_files.named(entries, name)
        told.update(found or refused)
    for path in entries:
        if path in told or path.name == "release.toml" or path.suffix.casefold() == ".md":
            continue
        hint = did_you_mean(path.stem, TABLES) or "Remove it, or rename it if it holds one of the tables."
        message = "No table has this file's name; it was not read."
        faults.add(
            Problem(
                Stage.INPUTS, "unknown-file", message, hint, "notice", file=table_files.shown(path), value=path.name
            )
        )
