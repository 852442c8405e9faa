"""What each stage of a build hands to the next, and where the folders are."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from reportgen.model.chart import Chart
    from reportgen.model.edition import PriorEditions
    from reportgen.model.narrative import Narrative, Templates
    from reportgen.model.problem import Problem
    from reportgen.model.protected import ProtectedStatistics
    from reportgen.model.release import Release
    from reportgen.model.table import Table

Result = Literal["passed", "failed", "waived", "answered", "not applicable", "needs a person"]


@dataclass(frozen=True, slots=True)
class Workspace:
    """The three folders: a year's inputs under ``inputs``, the words, and where builds go."""

    inputs: Path
    templates: Path
    outputs: Path


@dataclass(frozen=True, slots=True)
class InputSource:
    """Where a table came from, for the manifest and the data log; ``rows`` is None where it may not be told."""

    file: str
    sheet: str | None
    sha256: str
    rows: int | None


@dataclass(frozen=True, slots=True)
class Numbers:
    """Stages 1 to 5: protected statistics, with what is drawn from them. Exact numbers end here.

    ``references`` are notice and incident references: words that no output may hold. ``record`` is that of this
    edition; ``is_new`` is False where it is the year's last one, built again.
    """

    release: Release
    previous: Release | None
    sources: Mapping[str, InputSource]
    statistics: ProtectedStatistics
    tables: Mapping[str, Table]
    charts: Mapping[str, Chart]
    references: frozenset[str]
    published: PriorEditions
    record: bytes
    is_new: bool


@dataclass(frozen=True, slots=True)
class Composed:
    """Stages 1 to 6: the report as a document, before it is a file. ``problems`` are notices."""

    numbers: Numbers
    templates: Templates
    narrative: Narrative
    problems: tuple[Problem, ...]


@dataclass(frozen=True, slots=True)
class CheckResult:
    """A check with its answer; a waived one says who let it pass, when and why in its evidence."""

    id: str
    subject: str
    question: str
    how: str
    result: Result
    evidence: tuple[str, ...] = field(default=())


@dataclass(frozen=True, slots=True)
class Publication:
    """Everything that a build makes, by file name; ``problems`` are notices and failed checks."""

    composed: Composed
    files: Mapping[str, bytes]
    checks: tuple[CheckResult, ...]
    problems: tuple[Problem, ...]
    pages: int

    @property
    def record(self) -> bytes | None:
        """What the year's folder must keep of a final edition; None of a draft, and of an edition built again."""
        numbers = self.composed.numbers
        return numbers.record if numbers.release.final and numbers.is_new else None
