"""Values passed between the stages of a build, and the workspace folders."""

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
    """The three folders: a year's inputs (under ``inputs``), templates, and build outputs."""

    inputs: Path
    templates: Path
    outputs: Path


@dataclass(frozen=True, slots=True)
class InputSource:
    """The source file of a table, for the manifest and data log; ``rows`` is None if it is suppressed."""

    file: str
    sheet: str | None
    sha256: str
    rows: int | None


@dataclass(frozen=True, slots=True)
class Numbers:
    """Results of stages 1 to 5: protected statistics, tables and charts. Exact statistics go no further.

    ``references`` are notice and incident references, which no output may contain. ``record`` is this edition's record
    of published figures; ``is_new`` is False when the year's latest edition is being rebuilt.
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
    """Results of stages 1 to 6: the composed report, before any file is made. ``problems`` are notices."""

    numbers: Numbers
    templates: Templates
    narrative: Narrative
    problems: tuple[Problem, ...]


@dataclass(frozen=True, slots=True)
class CheckResult:
    """The result of a check; for a waived check, the evidence says who waived it, when and why."""

    id: str
    subject: str
    question: str
    how: str
    result: Result
    evidence: tuple[str, ...] = field(default=())


@dataclass(frozen=True, slots=True)
class Publication:
    """All files of a build, by name; ``problems`` are notices and failed checks."""

    composed: Composed
    files: Mapping[str, bytes]
    checks: tuple[CheckResult, ...]
    problems: tuple[Problem, ...]
    pages: int

    @property
    def record(self) -> bytes | None:
        """Return the record to keep in the year's folder; None for a draft or a rebuilt edition."""
        numbers = self.composed.numbers
        return numbers.record if numbers.release.final and numbers.is_new else None
