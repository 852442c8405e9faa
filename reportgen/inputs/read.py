"""One input folder, all its tables: found, read, parsed column by column, checked row by row and against each other.

Goes in: a folder and its release. Comes out: ``ValidatedTables`` and all problems. Hides the order of the work.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from reportgen.inputs import files, rules, values
from reportgen.problems import Found, Problem, Stage, did_you_mean
from reportgen.schema import TABLES, YES_NO, Column, Table

if TYPE_CHECKING:
    from pathlib import Path

    import pandas as pd

    from reportgen.release import Release


@dataclass(frozen=True, slots=True)
class Source:
    """Where a table came from, for the manifest and the data log."""

    file: str
    sheet: str | None
    sha256: str
    rows: int


@dataclass(frozen=True)
class ValidatedTables:
    """The tables of a year as pandas frames; None where a table is absent or has no rows.

    Money columns are whole pence (Int64), counts Int64, dates datetime64, yes/no boolean, categories and texts
    str with None where missing, codes tuples of str; ``row`` is the row number that a spreadsheet shows.
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
    sources: Mapping[str, Source] = field(default_factory=dict)


def read(folder: Path, release: Release) -> Found[ValidatedTables]:
    """Every table of the folder; no value where a problem was found, since a wrong number is worse than none."""
    problems: list[Problem] = []
    frames: dict[str, pd.DataFrame] = {}
    sources: dict[str, Source] = {}
    raws = {name: _raw(folder, table, problems) for name, table in TABLES.items() if name != "survey"}
    questions = raws["questions"]
    if questions is not None:
        frames["questions"] = _parse(questions, TABLES["questions"], release, problems)
        rules.check_questions(frames["questions"], questions.file, problems)
    raws["survey"] = _raw(folder, TABLES["survey"], problems)
    for name, raw in raws.items():
        if raw is None:
            continue
        sources[name] = Source(raw.file, raw.sheet, raw.sha256, len(raw.frame))
        if name == "survey":
            frames[name] = _survey(raw, frames.get("questions"), release, problems)
        elif name != "questions":
            frames[name] = _parse(raw, TABLES[name], release, problems)
    _unknown_files(folder, problems)
    shown = {name: (raw.file, raw.sheet) for name, raw in raws.items() if raw is not None}
    rules.check(frames, release, shown, problems)
    if any(problem.severity == "problem" for problem in problems):
        return Found(None, tuple(problems))
    return Found(ValidatedTables(**{n: f for n, f in frames.items() if len(f)}, sources=sources), tuple(problems))


def read_some(folder: Path, release: Release, names: Sequence[str]) -> Found[dict[str, pd.DataFrame]]:
    """These tables alone, each by itself, for what goes on into a new year; those without rows are left out."""
    problems: list[Problem] = []
    frames = {}
    for name in names:
        raw = _raw(folder, replace(TABLES[name], essential=False), problems)
        if raw is not None and len(raw.frame):
            frames[name] = _parse(raw, TABLES[name], release, problems)
            if name == "questions":
                rules.check_questions(frames[name], raw.file, problems)
    return Found(frames, tuple(problem for problem in problems if problem.code != "table-empty"))


def _raw(folder: Path, table: Table, problems: list[Problem]) -> files.RawTable | None:
    path, faults = files.find(folder, table.name)
    problems.extend(faults)
    where = f"{files.shown(folder)}/{table.name}.csv"
    if path is None:
        if table.essential and not faults:
            message = f"The table {table.name} is missing; the report cannot be made without it."
            hint = f"Put {table.name}.csv (or .xlsx, .ods, .parquet) into the folder."
            problems.append(Problem(Stage.INPUTS, "table-missing", message, hint, file=where))
        return None
    try:
        raw, notices = files.read(path, table.name)
    except files.Unreadable as fault:
        problems.append(fault.problem)
        return None
    problems.extend(notices)
    if not len(raw.frame):
        if table.essential:
            hint = "Export it again: there should be a row for each case."
            message = f"The table {table.name} has no rows; the report cannot be made without it."
            problems.append(Problem(Stage.INPUTS, "table-empty", message, hint, file=raw.file, sheet=raw.sheet))
            return None
        message = f"The table {table.name} has no rows and counts as absent."
        problems.append(
            Problem(Stage.INPUTS, "table-empty", message, severity="notice", file=raw.file, sheet=raw.sheet)
        )
    return raw


def _unknown_files(folder: Path, problems: list[Problem]) -> None:
    for path in sorted(folder.iterdir()) if folder.is_dir() else []:
        if path.suffix[1:].casefold() in files.SUFFIXES and path.stem.casefold() not in TABLES:
            hint = did_you_mean(path.stem, TABLES) or "Remove it, or rename it if it holds one of the tables."
            message = "No table has this file's name; it was not read."
            problems.append(
                Problem(Stage.INPUTS, "unknown-file", message, hint, severity="notice", file=files.shown(path))
            )


def fold(header: str) -> str:
    """Header names are trimmed, case-insensitive, with spaces and hyphens as underscores."""
    return "_".join(values.tidy(header).casefold().replace("-", " ").replace("_", " ").split())


def _columns(raw: files.RawTable, known: list[str], required: set[str], problems: list[Problem]) -> dict[str, int]:
    """Where each known column stands; missing, repeated and unknown ones are reported."""
    place: dict[str, int] = {}
    folded = {fold(name): name for name in known}

    def report(code: str, message: str, hint: str, column: str, severity: Any = "problem") -> None:  # noqa: ANN401 - Literal
        problems.append(
            Problem(
                Stage.INPUTS,
                code,
                message,
                hint,
                severity,
                file=raw.file,
                sheet=raw.sheet,
                row=1,
                column=column,
                value=column,
            )
        )

    extra: list[str] = []
    for n, header in enumerate(str(h) for h in raw.frame.columns):
        name = folded.get(fold(header))
        if name is None:
            extra.append(header)
        elif name in place:
            report("column-twice", f"Two columns are called {name}.", "Keep one of them.", name)
        else:
            place[name] = n
    absent = [name for name in known if name not in place]
    for name in absent:
        if name in required:
            near = did_you_mean(name, extra)
            hint = near.replace("Did you mean", "Is it") if near else "Add the column."
            report("column-missing", f"The column {name} is missing.", hint, name)
    for header in extra:
        if header.strip():
            hint = did_you_mean(fold(header), absent) or "Nothing to do if it is not needed."
            report("column-unknown", f"The column “{header}” is not known and was ignored.", hint, header, "notice")
        elif any(str(v).strip() for v in raw.frame.iloc[:, list(raw.frame.columns).index(header)]):
            report(
                "column-without-name", "A column has values but no header.", "Give it a header or delete it.", header
            )
    return place


def _parse(raw: files.RawTable, table: Table, release: Release, problems: list[Problem]) -> pd.DataFrame:
    required = {column.name for column in table.columns if column.required}
    place = _columns(raw, [column.name for column in table.columns], required, problems)
    return _typed(raw, table.columns, place, release, problems)


def _typed(
    raw: files.RawTable,
    columns: tuple[Column, ...],
    place: Mapping[str, int],
    release: Release,
    problems: list[Problem],
) -> pd.DataFrame:
    import pandas as pd

    made: dict[str, Any] = {"row": raw.frame.index.to_numpy()}
    for column in columns:
        if column.name in place:
            made[column.name] = _column(raw, column, place[column.name], release, problems)
        else:
            made[column.name] = _series([None] * len(raw.frame), column.kind)
    frame = pd.DataFrame(made)
    keys = [column.name for column in columns if column.key and column.name in place]
    if keys:
        _unique(frame, keys[0], raw, problems)
    return frame


def _unique(frame: pd.DataFrame, key: str, raw: files.RawTable, problems: list[Problem]) -> None:
    known = frame[frame[key].notna()]
    first_row = known.drop_duplicates(key).set_index(key)["row"]
    for _, row in known[known[key].duplicated()].iterrows():
        first = int(first_row[row[key]])
        message = f"This {key} stands in row {first} already."
        hint = "Each row needs its own; delete the copy or correct it."
        problems.append(_at(raw, "key-twice", message, hint, int(row["row"]), key, str(row[key])))


def _at(raw: files.RawTable, code: str, message: str, hint: str, row: int, column: str, value: str) -> Problem:
    short = value if len(value) <= 200 else value[:200] + "…"  # noqa: PLR2004 - a line or two on a screen
    return Problem(
        Stage.INPUTS, code, message, hint, file=raw.file, sheet=raw.sheet, row=row, column=column, value=short
    )


def reader_of(column: Column, release: Release) -> Callable[[str], Any]:
    """The reader of a column's kind of value."""
    least = column.least
    simple: dict[str, Callable[[str], Any]] = {
        "date": values.a_date,
        "money": values.money,
        "yes_no": values.yes_no,
        "country": values.country,
        "month": values.month,
        "codes": values.codes,
        "options": values.codes,
        "text": values.tidy,
        "code": values.tidy,
        "count": lambda text: values.count(text, least),
        "number": lambda text: values.number(text, least),
    }
    if column.kind == "category":
        return values.category(release.places if column.name == "place" else column.allowed or YES_NO)
    return simple[column.kind]


def _column(raw: files.RawTable, column: Column, n: int, release: Release, problems: list[Problem]) -> Any:  # noqa: ANN401 - a pandas array
    """Parse each distinct text once, then spread the values over the rows."""
    import pandas as pd

    cells = raw.frame.iloc[:, n]
    numbers, distinct = pd.factorize(cells.astype(object))
    read_one = reader_of(column, release)
    rows = raw.frame.index.to_numpy()
    made: list[Any] = []
    for position, cell in enumerate(distinct):
        word = str(cell)
        value: Any = None
        fault: values.Fault | None = None
        if not word.strip():
            if column.required:
                fault = values.Fault("value-missing", f"A value of {column.name} is missing.", "Fill it in.")
        elif word.strip() in values.FORMULA_ERRORS:
            fault = values.Fault(
                "formula-error", "The cell holds a spreadsheet error.", "Correct the formula and save again."
            )
        elif (control := next((c for c in word if ord(c) < 32 and c not in "\t\n\r"), None)) is not None:  # noqa: PLR2004
            fault = values.Fault(
                "control-character", f"The text holds a control character (code {ord(control)}).", "Type it again."
            )
        else:
            value = read_one(word)
            if isinstance(value, values.Fault):
                fault, value = value, None
            elif column.kind == "codes":
                value = value or None
        if fault is not None:
            problems.extend(
                _at(raw, fault.code, fault.message, fault.hint, int(row), column.name, word)
                for row in rows[numbers == position]
            )
        made.append(value)
    return _series([made[k] for k in numbers], column.kind)


def _series(cells: list[Any], kind: str) -> Any:  # noqa: ANN401 - a pandas array
    import pandas as pd

    if kind in ("money", "count"):
        return pd.array([pd.NA if c is None else c for c in cells], dtype="Int64")
    if kind == "number":
        return pd.array([pd.NA if c is None else c for c in cells], dtype="Float64")
    if kind == "yes_no":
        return pd.array([pd.NA if c is None else c for c in cells], dtype="boolean")
    if kind == "date":
        return pd.to_datetime(pd.Series(cells, dtype=object)).astype("datetime64[s]").to_numpy()
    return pd.Series(cells, dtype=object).to_numpy()


def _survey(
    raw: files.RawTable, questions: pd.DataFrame | None, release: Release, problems: list[Problem]
) -> pd.DataFrame:
    """The survey's own columns, and one for each question, whose answers must be among its options."""
    table = TABLES["survey"]
    asked = _asked(questions)
    own = [column.name for column in table.columns]
    required = {column.name for column in table.columns if column.required} | {name for name, _, _ in asked}
    names = own + [name for name, _, _ in asked if name not in own]
    place = _columns(raw, names, required, problems)
    frame = _typed(raw, table.columns, place, release, problems)
    for name, kind, options in asked:
        if name in own:
            continue
        column = Column(name, "codes" if kind == "multiple" else "category", "", "", allowed=options)
        if name in place and kind == "multiple":
            frame[name] = _multiple(raw, column, place[name], release, problems)
        elif name in place:
            frame[name] = _column(raw, column, place[name], release, problems)
        else:
            frame[name] = _series([None] * len(frame), "text")
    return frame


def _asked(questions: pd.DataFrame | None) -> list[tuple[str, str, tuple[str, ...]]]:
    """The questions that are whole: name, kind and options."""
    if questions is None:
        return []
    whole = questions[questions["question"].notna() & questions["kind"].notna() & questions["options"].notna()]
    return list(zip(whole["question"], whole["kind"], whole["options"], strict=True))


def _multiple(raw: files.RawTable, column: Column, n: int, release: Release, problems: list[Problem]) -> Any:  # noqa: ANN401 - a pandas array
    given = _column(raw, column, n, release, problems)
    one = values.category(column.allowed)
    made = []
    for row, answers in zip(raw.frame.index, given, strict=True):
        words = []
        for answer in answers or ():
            word = one(answer)
            if isinstance(word, values.Fault):
                problems.append(_at(raw, word.code, word.message, word.hint, int(row), column.name, answer))
            else:
                words.append(word)
        made.append(tuple(words) or None)
    return _series(made, "codes")
