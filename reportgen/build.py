"""The whole pipeline on one page: eight stages, each a pure function from one named value to the next.

Goes in: a workspace and a year. Comes out: a ``Publication``: every file as bytes, every problem. Writes nothing.
All problems of a run come together: a fault in the release does not hide those in the inputs or the templates.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Final, TypeVar

from reportgen.problems import Found, Problem, ReportFailed, serious

if TYPE_CHECKING:
    from reportgen.charts import Chart
    from reportgen.checks import CheckResult
    from reportgen.disclosure import ProtectedStatistics
    from reportgen.inputs import Source, ValidatedTables
    from reportgen.measures import Statistics
    from reportgen.narrative import Narrative, Templates
    from reportgen.release import Release
    from reportgen.tables import Table

T = TypeVar("T")
Say = Callable[[str], None]

STAGES: Final = (
    "Reading the release",
    "Validating inputs",
    "Calculating measures",
    "Protecting statistics",
    "Drawing tables and charts",
    "Writing the narrative",
    "Making the PDF and downloads",
    "Checking the publication",
)


@dataclass(frozen=True, slots=True)
class Workspace:
    """The three folders: a year's inputs under ``inputs``, the words, and where builds go."""

    inputs: Path
    templates: Path
    outputs: Path


@dataclass(frozen=True, slots=True)
class Numbers:
    """Stages 1 to 5: protected statistics, with what is drawn from them. Exact numbers end here."""

    release: Release
    sources: Mapping[str, Source]
    statistics: ProtectedStatistics
    tables: Mapping[str, Table]
    charts: Mapping[str, Chart]
    references: frozenset[str]


@dataclass(frozen=True, slots=True)
class Composed:
    """Stages 1 to 6: the report as a document, before it is a file. ``problems`` are notices."""

    numbers: Numbers
    templates: Templates
    narrative: Narrative
    problems: tuple[Problem, ...]


@dataclass(frozen=True, slots=True)
class Publication:
    """Everything that a build makes, by file name; ``problems`` are notices and failed checks."""

    composed: Composed
    files: Mapping[str, bytes]
    checks: tuple[CheckResult, ...]
    problems: tuple[Problem, ...]
    pages: int


class Work:
    """Problems gathered along the way, and progress in the words of the stages."""

    def __init__(self, say: Say) -> None:
        self.say = say
        self.problems: list[Problem] = []

    def begin(self, stage: int) -> None:
        """Say which of the eight stages begins."""
        self.say(f"{stage}/{len(STAGES)} {STAGES[stage - 1]}")

    def take(self, found: Found[T]) -> T | None:
        """A stage's value, its problems kept."""
        self.problems.extend(found.problems)
        return found.value

    def settle(self) -> None:
        """Go no further with problems; ReportFailed carries all of them."""
        if serious(self.problems):
            raise ReportFailed(self.problems)


def quiet(_words: str) -> None:
    """Say nothing."""


def compose(workspace: Workspace, year: int, *, final: bool = False, drawn: bool = True, say: Say = quiet) -> Composed:
    """The report as a document; ReportFailed with all problems of the release, inputs, words and disclosure at once."""
    from reportgen import narrative

    work = Work(say)
    templates = work.take(narrative.read_templates(workspace.templates))
    numbers = calculate(workspace, year, work, final=final, drawn=drawn)
    if numbers is None or templates is None:
        work.settle()
        raise AssertionError("a stage gave neither a value nor a problem")
    work.begin(6)
    text = work.take(narrative.render(templates, numbers.statistics, numbers.tables, numbers.charts, numbers.release))
    work.settle()
    if text is None:
        raise AssertionError("the narrative gave neither a value nor a problem")
    return Composed(numbers, templates, text, tuple(work.problems))


def calculate(
    workspace: Workspace, year: int, work: Work, *, final: bool = False, drawn: bool = True
) -> Numbers | None:
    """Stages 1 to 5; None where a problem, kept in ``work``, stops them."""
    exact = _exact(workspace, year, work, final=final)
    if exact is None:
        return None
    from reportgen import charts, contents, disclosure, tables

    release, sources, statistics, references = exact
    work.begin(4)
    protected = work.take(disclosure.protect(statistics, release))
    if protected is None:
        return None
    work.begin(5)
    made = tables.build(contents.tables(protected), protected, release)
    drawings = charts.draw(contents.charts(protected), protected, release) if drawn else {}
    return Numbers(release, sources, protected, made, drawings, references)
