"""What can go wrong, said to a person: one value for every fault, whatever stage found it.

Goes in: nothing. Comes out: ``Problem`` values. Imports nothing of ours.
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
    """Which part of the work found the problem; the number is the exit code (contract section 1)."""

    RELEASE = 10
    INPUTS = 11
    TEMPLATES = 12
    DISCLOSURE = 13
    RENDERING = 14
    CHECKS = 15


@dataclass(frozen=True, slots=True)
class RecordCount:
    """How many rows, notices or references: for the analyst's own list of problems, never for an output or a summary.

    An exact number of records may be one that disclosure control hides, so text and format refuse it.
    """

    _number: int = 1

    def __str__(self) -> str:
        """TypeError: a number of records is no text."""
        raise TypeError("a number of records may not be printed; only the analyst's list of problems may ask for it")

    __repr__ = object.__repr__

    def __format__(self, _spec: str) -> str:
        """TypeError, as for text."""
        return str(self)

    def __add__(self, other: RecordCount) -> RecordCount:
        """Both together."""
        return RecordCount(self._number + other._number)

    def for_analyst(self) -> int:
        """The number, for the list of problems that ``reportgen check`` prints."""
        return self._number


def together(problems: Iterable[Problem]) -> RecordCount:
    """How many records problems stand for."""
    return sum((problem.count for problem in problems), RecordCount(0))


@dataclass(frozen=True, slots=True)
class Problem:
    """One fault: what, where and what to do.

    ``row`` is the row a spreadsheet shows (the header is row 1); ``column`` is a column's name in a
    table or a character position (from 1) in a text file; ``line`` is a line of a text file.
    ``count`` is how many places share the fault when it stands for several.
    A ``notice`` is worth knowing and stops nothing.
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
        """The twelve keys of contract section 1, in its order."""
        order = ("code", "severity", "message", "file", "sheet", "row", "column", "line", "value", "hint", "count")
        everything = asdict(self) | {"count": self.count.for_analyst()}
        return {key: everything[key] for key in order}

    def where(self) -> str:
        """The place in words: ``penalties.csv, row 14, column notice_date`` or ``03-money.md:12:5``."""
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
    """What a stage gives back: its value (best effort, None where there is none) and all problems found."""

    value: T | None
    problems: tuple[Problem, ...] = ()


class ReportFailed(Exception):
    """A stage cannot go on; carries every problem known so far."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__(f"{len(self.problems)} problems")


def serious(problems: Iterable[Problem]) -> list[Problem]:
    """Those that are problems, not notices."""
    return [problem for problem in problems if problem.severity == "problem"]


def exit_code(problems: Iterable[Problem]) -> int:
    """The lowest stage that has a problem; 0 where there is none."""
    return min((int(problem.stage) for problem in serious(problems)), default=0)


def summarise(problems: Iterable[Problem]) -> list[Problem]:
    """More than 20 of one kind (code, file, column) become the first 20 and one line that counts them all.

    The first of the kind carries ``count``; the following 19 keep their places; the rest are dropped.
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
    """Problems as they are; notices of inputs once a kind, without rows, values and how many there are.

    What differs within a kind may tell of single records, so then the kind's code stands for its message.
    """
    kinds: dict[object, list[Problem]] = {}
    for number, problem in enumerate(problems):
        told = problem.severity == "problem" or problem.stage not in (Stage.RELEASE, Stage.INPUTS)
        kind = (problem.code, problem.file, problem.sheet, problem.column)
        kinds.setdefault(number if told else kind, []).append(problem)
    return [same[0] if isinstance(kind, int) else _one(same) for kind, same in kinds.items()]


def _one(same: list[Problem]) -> Problem:
    """A kind of notice, for everybody's eyes."""
    alike = len({problem.message for problem in same}) == 1
    message = (
        same[0].message if alike else f"{same[0].code.replace('-', ' ').capitalize()}; “reportgen check” says more."
    )
    return replace(same[0], message=message, row=None, value=None, count=RecordCount())


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """``Did you mean “penalties”?`` or nothing; deterministic."""
    near = difflib.get_close_matches(word.casefold(), {k.casefold(): k for k in sorted(known)}, n=1, cutoff=0.6)
    if not near:
        return ""
    back = {k.casefold(): k for k in sorted(known)}
    return f"Did you mean “{back[near[0]]}”?"
