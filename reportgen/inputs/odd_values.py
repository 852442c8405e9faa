"""Report valid but suspicious values: placeholders, encoding residue, mixed kinds of dates, times of day.

Input: a column of text. Output: notices and problems, for a person to check. Values are not changed.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from functools import cache
from html import unescape
from importlib import resources
from typing import TYPE_CHECKING, Final, Literal

from reportgen.files.cell_values import CLOCK, MIDNIGHT, tidy
from reportgen.files.faults import Faults
from reportgen.model.problem import Problem, Stage
from reportgen.scheme.data_dictionary import TABLES

if TYPE_CHECKING:
    from reportgen.files.raw_table import RawTable, TextColumn
    from reportgen.scheme.data_dictionary import InputColumn

PRINTED: Final = frozenset(
    (table, column.name)
    for table in ("actions", "recommendations", "questions", "published", "context")
    for column in TABLES[table].columns
) | {("survey", "themes")}
"""Columns printed unchanged; comments are screened first."""
PLACEHOLDERS: Final = frozenset(
    (
        *("n/a", "n/a.", "n.a.", "n.a", "na", "n / a", "#n/a", "none", "nil", "null", "nothing", "no"),
        *("-", "--", "---", "–", "—", "_", ".", "..", "...", "…", "?", "??", "/", "x", "xx", "xxx", "tbc", "tbd"),
        *("not applicable", "not available", "not known", "unknown", "no comment", "no comments", "nothing to add"),
        *("blank", "empty"),
    )
)
"""Placeholders for a missing value, folded; in free text and themes they count as missing."""
RESIDUE: Final = re.compile(
    r"&(?:[a-zA-Z]{2,8}|#\d{1,6}|#[xX][0-9a-fA-F]{1,5});|_x[0-9A-Fa-f]{4}_|\ufffd|[ÃÂ][\u0080-\u00bf\u0152-\u2122]|â€|Ð[\u0080-\u00bf]"
)
"""Residue of other programs: HTML entities, mojibake, Excel's escapes."""
ISO: Final = re.compile(r"\d{4}-\d{1,2}-\d{1,2}")
NUMERIC: Final = re.compile(r"\d{1,2}[/.-]\d{1,2}[/.-]\d{4}")


def is_placeholder(word: str) -> bool:
    """Return whether a text is a placeholder for a missing value."""
    return tidy(word).casefold() in PLACEHOLDERS


def notices(raw: RawTable, column: InputColumn, cells: TextColumn, faults: Faults) -> None:
    """Report every suspicious value in a column."""
    if column.free:
        _placeholders(raw, column, cells, faults)
    if column.kind in ("text", "codes", "options"):
        _residue(raw, column, cells, faults)
    if column.kind in ("text", "code", "codes", "options") and (raw.name, column.name) in PRINTED:
        _unprintable(raw, column, cells, faults)
    if column.kind == "date":
        _times(raw, column, cells, faults)
        _kinds(raw, column, cells, faults)


def _placeholders(raw: RawTable, column: InputColumn, cells: TextColumn, faults: Faults) -> None:
    parts = (lambda word: word.split(";")) if column.kind == "codes" else (lambda word: [word])
    found = [n for n, word in enumerate(cells.words) if any(is_placeholder(part) for part in parts(word))]
    message = "This stands for nothing, so it is read as an empty cell."
    _report(raw, column, cells, faults, "placeholder", message, found, lambda _: "Nothing to do if that is right.")


def _residue(raw: RawTable, column: InputColumn, cells: TextColumn, faults: Faults) -> None:
    found = [n for n, word in enumerate(cells.words) if RESIDUE.search(word)]
    message = "This text holds what another program left: a code in place of a character, or one of a wrong encoding."
    _report(raw, column, cells, faults, "residue", message, found, _suggestion)


def _suggestion(word: str) -> str:
    """Suggest the intended text, if there is one reading."""
    import ftfy

    meant = ftfy.fix_text(unescape(re.sub(r"_x000[dD]_", "", word)))
    if meant != word and not RESIDUE.search(meant):
        return f"Did you mean “{meant[:200]}”? Correct it at its source and export it again."
    return "Correct it at its source and export it again."


@cache
def _characters() -> frozenset[str]:
    """Return the characters that the report's fonts can print."""
    text = resources.files("reportgen").joinpath("data/characters.txt").read_text("utf-8")
    ends = (line.split("-") for line in text.splitlines() if not line.startswith("#"))
    return frozenset(chr(code) for first, last in ends for code in range(int(first, 16), int(last, 16) + 1))


def _unprintable(raw: RawTable, column: InputColumn, cells: TextColumn, faults: Faults) -> None:
    """Report characters that no font of the report has, such as emoji, which would print as an empty box."""
    strange = [n for n, word in enumerate(cells.words) if not word.isascii()]
    found = [n for n in strange if not _characters().issuperset(set(cells.words[n]) - set(" \t\r\n\u200d\u00a0"))]
    message = "This text holds a character that the report cannot print, such as an emoji."
    hint = "Take it out, or write in words what it means."
    _report(raw, column, cells, faults, "character-not-in-fonts", message, found, lambda _: hint, severity="problem")


def _times(raw: RawTable, column: InputColumn, cells: TextColumn, faults: Faults) -> None:
    found = [n for n, word in enumerate(cells.words) if CLOCK.search(tidy(word)) and not MIDNIGHT.search(tidy(word))]
    message = "This date has a time of day, which was left out: a time zone may have moved it to another day."
    _report(
        raw, column, cells, faults, "time-of-day", message, found, lambda _: "Check the day, and export dates alone."
    )


def _kinds(raw: RawTable, column: InputColumn, cells: TextColumn, faults: Faults) -> None:
    """Report a mix of real dates (ISO) and typed dates, where day and month may have been swapped on import."""
    words = [tidy(word) for word in cells.words]
    real = [n for n, word in enumerate(words) if ISO.match(word)]
    typed = [n for n, word in enumerate(words) if NUMERIC.match(word)]
    if not real or not typed:
        return
    rows = {len(_rows(cells, some)): some for some in (typed, real)}
    message = (
        "Some dates of this column are real dates and some are text such as 13/04/2025. Whatever read the text may have"
        " exchanged day and month where it could."
    )
    hint = "Compare some real dates with their source; format the whole column as dates and export it again."
    _report(raw, column, cells, faults, "dates-of-two-kinds", message, rows[min(rows)], lambda _: hint)


def _rows(cells: TextColumn, which: Iterable[int]) -> list[int]:
    import numpy as np

    return np.flatnonzero(np.isin(cells.codes, list(which))).tolist()


def _report(
    raw: RawTable,
    column: InputColumn,
    cells: TextColumn,
    faults: Faults,
    code: str,
    message: str,
    found: list[int],
    hint: Callable[[str], str],
    severity: Literal["problem", "notice"] = "notice",
) -> None:
    """Report each row with one of these texts."""
    if not found:
        return
    at = _rows(cells, found)
    words = {int(raw.rows[n]): cells.words[cells.codes[n]] for n in at[:21]}

    def said(row: int) -> Problem:
        return Problem(
            Stage.INPUTS,
            code,
            message,
            hint(words[row]),
            severity,
            file=raw.file,
            sheet=raw.sheet,
            row=row,
            column=column.name,
            value=words[row][:200],
        )

    faults.many(raw.rows[at], said)
