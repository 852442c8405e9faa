"""Problems: one value type for every fault, whatever stage finds it.

Output: ``Problem`` values. Imports nothing of ours.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from dataclasses import asdict, dataclass, replace
from enum import IntEnum
from typing import Generic, Literal, NamedTuple, TypeVar

T = TypeVar("T")

SHOWN = 20


class Stage(IntEnum):
    """The stage that found a problem; its number is the exit code (contract section 1)."""

    RELEASE = 10
    INPUTS = 11
    TEMPLATES = 12
    DISCLOSURE = 13
    RENDERING = 14
    CHECKS = 15


@dataclass(frozen=True, slots=True)
class RecordCount:
    """A number of records, for the analyst's list of problems only; never for an output or a summary.

    Disclosure control may suppress the same number, so converting it to text raises TypeError.
    """

    _number: int = 1

    def __str__(self) -> str:
        """Raise TypeError: a number of records must not become text."""
        raise TypeError("a number of records may not be printed; only the analyst's list of problems may ask for it")

    __repr__ = object.__repr__

    def __format__(self, _spec: str) -> str:
        """Raise TypeError, as ``str`` does."""
        return str(self)

    def __add__(self, other: RecordCount) -> RecordCount:
        """Add two numbers of records."""
        return RecordCount(self._number + other._number)

    def for_analyst(self) -> int:
        """Return the number, for the list that ``reportgen check`` prints."""
        return self._number


def together(problems: Iterable[Problem]) -> RecordCount:
    """Add up the records behind several problems."""
    return sum((problem.count for problem in problems), RecordCount(0))


@dataclass(frozen=True, slots=True)
class Problem:
    """A fault: what is wrong, where, and what to do.

    ``row`` is the row number a spreadsheet shows (the header is row 1). ``column`` is a column's name in a table, or a
    character position (from 1) in a text file. ``line`` is the line of a text file. ``count`` is the number of places,
    if the problem summarises several. A ``notice`` does not stop the build.
    """

    stage: Stage
    code: str
    message: str
    hint: str = ""
    severity: Literal["problem", "notice"] = "problem"
    file: str | None = None
    sheet: str | None = None
    row: int | None = None
    column: str | int | None = None
    line: int | None = None
    value: str | None = None
    count: RecordCount = RecordCount()
    excerpt: str | None = None

    def as_json(self) -> dict[str, object]:
        """Return the keys of contract section 1, in its order."""
        order = ("code", "severity", "message", "file", "sheet", "row", "column", "line", "value", "hint", "count")
        everything = asdict(self) | {"count": self.count.for_analyst()}
        return {key: everything[key] for key in order}

    def where(self) -> str:
        """Format the location: ``penalties.csv, row 14, column notice_date`` or ``03-money.md:12:5``."""
        if self.file is None:
            return ""
        if self.line is not None:
            return f"{self.file}:{self.line}" + (f":{self.column}" if self.column is not None else "")
        parts = [self.file]
        if self.sheet:
            parts.append(f"sheet {self.sheet}")
        if self.row is not None:
            parts.append(f"row {self.row}")
        if self.column is not None:
            parts.append(f"column {self.column}")
        return ", ".join(parts)


class Found(NamedTuple, Generic[T]):
    """The result of a stage: its value (best effort, or None) and all problems found."""

    value: T | None
    problems: tuple[Problem, ...] = ()


class ReportFailed(Exception):
    """A stage cannot continue; carries every problem found so far."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__(f"{len(self.problems)} problems")


def serious(problems: Iterable[Problem]) -> list[Problem]:
    """Return the problems without the notices."""
    return [problem for problem in problems if problem.severity == "problem"]


def exit_code(problems: Iterable[Problem]) -> int:
    """Return the exit code of the earliest stage with a problem; 0 if there is none."""
    return min((int(problem.stage) for problem in serious(problems)), default=0)


def summarise(problems: Iterable[Problem]) -> list[Problem]:
    """Limit each kind (code, file, column) to its first 20 problems.

    The first of a longer kind carries the total in ``count``; the next 19 follow it unchanged; the rest are dropped.
    """
    kinds: dict[tuple[str, str | None, str | None], list[Problem]] = {}
    for problem in problems:
        column = problem.column if isinstance(problem.column, str) else None
        kinds.setdefault((problem.code, problem.file, column), []).append(problem)
    shown: list[Problem] = []
    for same in kinds.values():
        if len(same) <= SHOWN:
            shown.extend(same)
            continue
        shown.append(replace(same[0], count=together(same)))
        shown.extend(same[1:SHOWN])
    return shown


def without_records(problems: Iterable[Problem]) -> list[Problem]:
    """Merge the notices about release and inputs, one per kind, without rows, values or counts.

    Messages that differ within a kind might disclose single records, so the merged notice then names only its code.
    Problems, and notices of other stages, are unchanged.
    """
    kinds: dict[object, list[Problem]] = {}
    for number, problem in enumerate(problems):
        told = problem.severity == "problem" or problem.stage not in (Stage.RELEASE, Stage.INPUTS)
        kind = (problem.code, problem.file, problem.sheet, problem.column)
        kinds.setdefault(number if told else kind, []).append(problem)
    return [same[0] if isinstance(kind, int) else _one(same) for kind, same in kinds.items()]


def _one(same: list[Problem]) -> Problem:
    """Merge notices of one kind into one that may be shown to anybody."""
    alike = len({problem.message for problem in same}) == 1
    message = (
        same[0].message if alike else f"{same[0].code.replace('-', ' ').capitalize()}; “reportgen check” says more."
    )
    return replace(same[0], message=message, row=None, value=None, count=RecordCount())


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """Return ``Did you mean “penalties”?`` for the nearest known word, or an empty text."""
    near = difflib.get_close_matches(word.casefold(), {k.casefold(): k for k in sorted(known)}, n=1, cutoff=0.6)
    if not near:
        return ""
    back = {k.casefold(): k for k in sorted(known)}
    return f"Did you mean “{back[near[0]]}”?"
