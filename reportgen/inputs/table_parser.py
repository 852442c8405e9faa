"""Parse a raw table into typed columns: each distinct text once, with faults reported at every row.

Input: a raw table, its columns and the release. Output: a frame, and for each column the rows with invalid values, so
that cross-checks can skip them. Hides header names, spellings and pandas' types.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final, Literal

from reportgen.files import cell_values
from reportgen.files.cell_values import Fault, fold
from reportgen.files.faults import Faults
from reportgen.files.raw_table import RawTable, TextColumn
from reportgen.files.worksheet import UNCALCULATED
from reportgen.inputs import odd_values
from reportgen.model.problem import SHOWN, Problem, Stage, did_you_mean
from reportgen.scheme.data_dictionary import TABLES, YES_NO, InputColumn, InputTable, Kind

if TYPE_CHECKING:
    import numpy as np
    import pandas as pd
    from numpy.typing import NDArray

    from reportgen.model.release import Release

CONTROL: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
FORMULA_ERROR: Final = re.compile(
    r"#(REF!|N/A|VALUE!|DIV/0!|NAME\?|NUM!|NULL!|SPILL!|CALC!|GETTING_DATA|FIELD!|UNKNOWN!|BLOCKED!|CONNECT!)|Err:5\d\d"
)
PLAIN: Final = re.compile(r"[A-DF-Za-z0-9][A-Za-z0-9./_-]*")
"""References, the most frequent texts, which need no further checks."""
FORMULA: Final = Fault("formula-error", "The cell holds a spreadsheet error.", "Correct the formula and save again.")
NOT_CALCULATED: Final = Fault(
    "formula-error",
    "The cell holds a formula that was never calculated.",
    "Open the file in a spreadsheet program, save it there, and it has a value.",
)
SHOWN_ROWS: Final = SHOWN + 1
"""Twenty rows that are shown, and one that counts the rest."""
VALUE_SHOWN: Final = 200
"""Characters of a wrong value shown in a message, a line or two on a screen."""


@dataclass(frozen=True, eq=False)
class Parsed:
    """A parsed table.

    ``wrong`` marks, by column, the rows with an invalid value; ``texts`` are the original texts.
    """

    frame: pd.DataFrame
    wrong: Mapping[str, NDArray[np.bool_]]
    texts: Mapping[str, TextColumn] = field(default_factory=dict)

    def text(self, column: str, place: int) -> str | None:
        """Return a cell's original text by row position; None if the column is missing."""
        cells = self.texts.get(column)
        return None if cells is None else cells.words[int(cells.codes[place])]


def table(raw: RawTable, described: InputTable, release: Release, faults: Faults) -> Parsed:
    """Parse a table."""
    required = {column.name for column in described.columns if column.required}
    unusual = {column.name for column in described.columns if not column.usual}
    place = _column_positions(raw, [column.name for column in described.columns], required, faults, unusual)
    return _typed(raw, described.columns, place, release, faults)


def survey(raw: RawTable, questions: pd.DataFrame | None, release: Release, faults: Faults) -> Parsed:
    """Parse the survey's own columns and a column for each question, checking answers against its options."""
    own = TABLES["survey"].columns
    names = {column.name for column in own}
    asked = [
        InputColumn(name, "codes" if kind == "multiple" else "category", "", "", allowed=options)
        for name, kind, options in _complete_questions(questions)
        if name not in names
    ]
    required = {column.name for column in own if column.required} | {column.name for column in asked}
    place = _column_positions(raw, [column.name for column in (*own, *asked)], required, faults)
    return _typed(raw, (*own, *asked), place, release, faults)


def _complete_questions(questions: pd.DataFrame | None) -> list[tuple[str, str, tuple[str, ...]]]:
    """Return the complete questions: name, kind and options."""
    if questions is None:
        return []
    whole = questions[questions["question"].notna() & questions["kind"].notna() & questions["options"].notna()]
    whole = whole.drop_duplicates("question")
    return list(zip(whole["question"], whole["kind"], whole["options"], strict=True))


def _column_positions(
    raw: RawTable, known: Sequence[str], required: set[str], faults: Faults, unusual: AbstractSet[str] = frozenset()
) -> dict[str, int]:
    """Return the position of each known column; report missing, repeated and unknown ones.

    Missing columns in ``unusual`` are not reported.
    """
    place: dict[str, int] = {}
    extra: dict[int, str] = {}
    for n, header in enumerate(raw.headers):
        name = fold(header)
        if name not in known:
            extra[n] = header
        elif name in place:
            _report_header(raw, faults, "column-twice", f"Two columns are called {name}.", "Keep one of them.", name)
        else:
            place[name] = n
    absent = [name for name in known if name not in place]
    for name in absent:
        if name in unusual:
            continue
        near = did_you_mean(name, [header for header in extra.values() if header.strip()])
        if name in required:
            hint = near.replace("Did you mean", "Is it") or "Add the column."
            _report_header(raw, faults, "column-missing", f"The column {name} is missing.", hint, name)
        else:
            message = f"The column {name} is not there; all its values count as missing."
            hint = near.replace("Did you mean", "Is it") or "Nothing to do if you have no such values."
            _report_header(raw, faults, "column-absent", message, hint, name, "notice")
    for n, header in extra.items():
        _report_extra(raw, n, header, absent, faults)
    return place


def _report_extra(raw: RawTable, n: int, header: str, absent: Sequence[str], faults: Faults) -> None:
    """Report an unknown column: a notice, or a problem if it has values but no name."""
    if header.strip():
        hint = did_you_mean(fold(header), absent) or "Nothing to do if it is not needed."
        message = f"The column “{header[:VALUE_SHOWN]}” is not known and was ignored."
        _report_header(raw, faults, "column-unknown", message, hint, header[:VALUE_SHOWN], "notice")
        return
    cells = raw.columns[n]
    filled = {place for place, word in enumerate(cells.words) if word.strip()}
    for code, row in zip(cells.codes.tolist(), raw.rows.tolist(), strict=True):
        if code in filled:
            message = f"Column {n + 1} has values but no header."
            hint = "Give it a header, or delete its values."
            faults.add(
                _cell_problem(raw, Fault("column-without-name", message, hint), row, str(n + 1), cells.words[code])
            )
            return


def _report_header(
    raw: RawTable,
    faults: Faults,
    code: str,
    message: str,
    hint: str,
    column: str,
    severity: Literal["problem", "notice"] = "problem",
) -> None:
    """Report a problem of the header row."""
    faults.add(
        Problem(Stage.INPUTS, code, message, hint, severity, raw.file, raw.sheet, row=1, column=column, value=column)
    )


def _cell_problem(raw: RawTable, fault: Fault, row: int, column: str, value: str) -> Problem:
    told = fault.part or value
    short = told if len(told) <= VALUE_SHOWN else told[:VALUE_SHOWN] + "…"
    return Problem(
        Stage.INPUTS,
        fault.code,
        fault.message,
        fault.hint,
        file=raw.file,
        sheet=raw.sheet,
        row=row,
        column=column,
        value=short,
    )


def _typed(
    raw: RawTable, columns: Sequence[InputColumn], place: Mapping[str, int], release: Release, faults: Faults
) -> Parsed:
    import pandas as pd

    made: dict[str, Any] = {"row": raw.rows}
    wrong: dict[str, NDArray[np.bool_]] = {}
    for column in columns:
        if column.name in place:
            cells = raw.columns[place[column.name]]
            made[column.name], wrong[column.name] = _column(raw, column, cells, release, faults)
        else:
            made[column.name], wrong[column.name] = _missing(len(raw.rows), column.kind)
    frame = pd.DataFrame(made)
    for column in columns:
        if column.key and column.name in place:
            _unique(frame, column.name, raw, faults)
    return Parsed(frame, wrong, {name: raw.columns[at] for name, at in place.items()})


def _missing(rows: int, kind: Kind) -> tuple[Any, NDArray[np.bool_]]:
    """Return a column of missing values."""
    import numpy as np

    return _array([None], kind).take(np.zeros(rows, dtype=np.int64)), np.zeros(rows, dtype=bool)


def _unique(frame: pd.DataFrame, key: str, raw: RawTable, faults: Faults) -> None:
    known = frame[frame[key].notna()]
    again = known[known[key].duplicated()]
    if again.empty:
        return
    first = known.drop_duplicates(key).set_index(key)["row"]
    value = dict(zip(again["row"][:SHOWN_ROWS], again[key][:SHOWN_ROWS], strict=True))

    def said(row: int) -> Problem:
        message = f"This {key} stands in row {int(first[value[row]])} already."
        hint = "Each row needs its own; delete the copy or correct it."
        return _cell_problem(raw, Fault("key-twice", message, hint), row, key, str(value[row]))

    faults.many(again["row"].to_numpy(), said)


def reader_of(column: InputColumn, release: Release) -> Callable[[str], Any]:
    """Return the parser for a column's kind of value."""
    least = column.least
    simple: dict[str, Callable[[str], Any]] = {
        "date": cell_values.a_date,
        "money": cell_values.money,
        "yes_no": cell_values.yes_no,
        "country": cell_values.country,
        "month": cell_values.month,
        "quarter": cell_values.quarter,
        "options": cell_values.codes,
        "text": cell_values.tidy,
        "code": cell_values.tidy,
        "name": cell_values.name,
        "count": lambda text: cell_values.count(text, least),
        "number": lambda text: cell_values.number(text, least),
    }
    if column.kind == "category":
        return cell_values.category(release.places if column.name == "place" else column.allowed or YES_NO)
    if column.kind == "codes":
        return cell_values.several(column.allowed) if column.allowed else cell_values.codes
    return simple[column.kind]


def _column(
    raw: RawTable, column: InputColumn, cells: TextColumn, release: Release, faults: Faults
) -> tuple[Any, NDArray[np.bool_]]:
    """Parse each distinct text once, then assign the values to rows."""
    import numpy as np

    read_one = reader_of(column, release)
    found: dict[int, Fault] = {}
    made: list[Any] = []
    plain = PLAIN.fullmatch if column.kind == "text" and not column.free else None
    for code, word in enumerate(cells.words):
        value = word if plain is not None and plain(word) else _value(word, column, read_one)
        if isinstance(value, Fault):
            found[code], value = value, None
        made.append(value)
    wrong = np.zeros(len(made), dtype=bool)
    wrong[list(found)] = True
    spread = wrong[cells.codes]
    for kind in dict.fromkeys(fault.code for fault in found.values()):
        same = np.zeros(len(made), dtype=bool)
        same[[place for place, fault in found.items() if fault.code == kind]] = True
        at = np.flatnonzero(same[cells.codes])
        few = at[:SHOWN_ROWS]
        texts = dict(zip(raw.rows[few].tolist(), cells.codes[few].tolist(), strict=True))

        def said(row: int, texts: Mapping[int, int] = texts) -> Problem:
            return _cell_problem(raw, found[texts[row]], row, column.name, cells.words[texts[row]])

        faults.many(raw.rows[at], said)
    odd_values.notices(raw, column, cells, faults)
    return _array(made, column.kind).take(cells.codes), spread


def _value(word: str, column: InputColumn, read_one: Callable[[str], Any]) -> Any:
    """Parse a text for a column; return a value, None if missing, or a fault."""
    bare = word.strip()
    if fault := _general_fault(word, bare):
        return fault
    value = None if not bare or (column.free and odd_values.is_placeholder(bare)) else read_one(word)
    if column.free and isinstance(value, tuple):
        value = tuple(code for code in value if not odd_values.is_placeholder(code))
    if value not in ("", (), None):
        return value
    return Fault("value-missing", f"A value of {column.name} is missing.", "Fill it in.") if column.required else None


def _general_fault(word: str, bare: str) -> Fault | None:
    """Return the fault of a text that is invalid in any column."""
    if bare[:1] in ("#", "E") and (bare == UNCALCULATED or FORMULA_ERROR.fullmatch(bare)):
        return NOT_CALCULATED if bare == UNCALCULATED else FORMULA
    if not word.isprintable() and (control := CONTROL.search(word)) is not None:
        message = f"The text holds a control character (code {ord(control[0])})."
        return Fault("control-character", message, "Type it again.")
    return None


def _array(made: list[Any], kind: Kind) -> Any:
    import numpy as np
    import pandas as pd

    if kind in ("money", "count"):
        return pd.array([pd.NA if one is None else one for one in made], dtype="Int64")
    if kind == "number":
        return pd.array([pd.NA if one is None else one for one in made], dtype="Float64")
    if kind == "yes_no":
        return pd.array([pd.NA if one is None else one for one in made], dtype="boolean")
    if kind == "date":
        return np.array(made, dtype="datetime64[s]")
    if kind in ("codes", "options"):
        return pd.Series(made, dtype=object).to_numpy()
    return pd.array(made, dtype="str")
