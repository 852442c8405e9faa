"""Stages 1 to 3: from release and tables to exact statistics, which only disclosure control sees.

Input: a workspace and a year. Output: ``ExactYear``, and every problem of settings and tables.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from reportgen.app.comparator import Comparator
from reportgen.app.progress import Progress
from reportgen.model.edition import Edition, PriorEditions
from reportgen.model.problem import Problem, Stage, serious

if TYPE_CHECKING:
    from reportgen.inputs import ValidatedTables
    from reportgen.measures import Statistics
    from reportgen.model.release import Release
    from reportgen.model.stages import InputSource, Workspace


@dataclass(frozen=True, slots=True)
class ExactYear:
    """Results of stages 1 to 3, for disclosure control only."""

    release: Release
    previous: Release | None
    sources: Mapping[str, InputSource]
    statistics: Statistics
    references: frozenset[str]
    names: frozenset[str]
    published: PriorEditions


def exact_year(
    workspace: Workspace, edition: Edition, work: Progress, last: Comparator, *, final: bool
) -> ExactYear | None:
    """Validate the tables of this year and last year, and calculate the measures."""
    from reportgen import inputs, measures
    from reportgen import release as releases
    from reportgen.release import editions

    work.begin(1)
    folder, before = workspace.inputs / edition.inputs, workspace.inputs / edition.comparator.inputs
    release = work.take(releases.read(folder, edition, final=final))
    previous = work.take(releases.read(before, edition.comparator, final=final)) if before.is_dir() else None
    if release and previous and previous.illustrative and not release.illustrative:
        work.problems.append(_made_up(previous))
        previous = None
    work.begin(2)
    if previous:
        last.begin(before, previous)
    tables = work.take(inputs.read(folder, release)) if release else None
    measured = work.take(last.measured()) if previous else None
    if release is None or tables is None or serious(work.problems):
        return None
    references = _references(tables)
    published = work.take(editions.around(workspace.inputs, edition)) or PriorEditions()
    if previous and measured:
        last.screen(measured.statistics, replace(previous, quotes={}), references, tables.names, published.before())
    work.begin(3)
    statistics = measures.calculate(tables, release, measured.statistics if measured else None)
    sources = {f"{edition.inputs}/{name}": source for name, source in tables.sources.items()}
    sources |= {
        f"{edition.comparator.inputs}/{name}": source for name, source in (measured.sources.items() if measured else ())
    }
    return ExactYear(release, previous, sources, statistics, references, tables.names, published)


def _made_up(previous: Release) -> Problem:
    """Report that last year is made up and not compared: next to real figures its own would be read as real."""
    return Problem(
        Stage.RELEASE,
        "made-up-last-year",
        f"The figures of {previous.year} are made up (data = “illustrative”), so nothing is compared with them.",
        f"Put the real tables of {previous.year} into that folder, or take the folder away.",
        severity="notice",
        file=f"inputs/{previous.edition.inputs}/release.toml",
    )


def _references(tables: ValidatedTables) -> frozenset[str]:
    """Return notice and incident references, which no output may contain."""
    return frozenset(tables.penalties["notice_ref"]) | frozenset(tables.incidents["incident_ref"])
