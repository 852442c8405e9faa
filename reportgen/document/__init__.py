"""Reviewers' Markdown and protected statistics become one HTML document, and Govspeak.

Goes in: templates, protected statistics, tables, charts, the release. Comes out: ``Narrative``, and every mistake of
every chapter at once. Hides Jinja and the Markdown parser. Every number in the words is a traced figure.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from reportgen.document.memory import Memory
from reportgen.language.template_files import read_templates
from reportgen.model.narrative import Caption, Narrative, QuotedFigure, Templates
from reportgen.model.problem import Found, Problem, serious

if TYPE_CHECKING:
    from reportgen.model.chart import Chart
    from reportgen.model.figure import Definition
    from reportgen.model.protected import ProtectedStatistics
    from reportgen.model.release import Release
    from reportgen.model.table import Table

__all__ = [
    "Caption",
    "Memory",
    "Narrative",
    "QuotedFigure",
    "Templates",
    "proofread",
    "read_templates",
    "reference_markdown",
    "render",
]


def render(
    templates: Templates,
    statistics: ProtectedStatistics,
    tables: Mapping[str, Table],
    charts: Mapping[str, Chart],
    release: Release,
    *,
    known_tables: Iterable[str] = (),
    known_charts: Iterable[str] = (),
    known_figures: Mapping[str, Definition] | None = None,
    draft: bool = False,
    memory: Memory | None = None,
    paper: bool = True,
) -> Found[Narrative]:
    """Render the report as a document.

    ``known_…`` is what other years have: absent this year, but no mistake. With the ``memory`` of an earlier rendering
    of the same figures only chapters whose words have changed are rendered. Without ``paper`` there is no page for
    print.
    """
    from reportgen.document.report import KnownNames, Writing

    known = KnownNames(frozenset(known_tables), frozenset(known_charts), known_figures or statistics.definitions)
    writing = Writing(templates, statistics, tables, charts, release, known, paper=paper)
    if memory is not None:
        writing.memory = memory
    made = writing.write(draft=draft)
    problems = writing.mistakes.problems()
    return Found(None if serious(problems) else made, problems)


def proofread(
    templates: Templates,
    release: Release | None = None,
    *,
    known_tables: Iterable[str] = (),
    known_charts: Iterable[str] = (),
    known_figures: Mapping[str, Definition] | None = None,
) -> tuple[Problem, ...]:
    """What is wrong with the words whatever the numbers are: for a run whose inputs give none.

    Names are looked up where there are a release and ``known_figures``.
    """
    from reportgen.document import proofreading

    ever = None
    if release is not None and known_figures is not None:
        ever = proofreading.Ever(release, known_figures, frozenset(known_tables), frozenset(known_charts))
    allowed = tuple(one.text for one in release.allow) if release is not None else ()
    return proofreading.proofread(templates, allowed, ever)


def reference_markdown(
    statistics: ProtectedStatistics,
    tables: Mapping[str, Table],
    charts: Mapping[str, Chart],
    release: Release,
    known_figures: Mapping[str, Definition],
) -> str:
    """templates/README.md: every word of the vocabulary with what it gives on this year."""
    from reportgen.document.reference_page import handbook as made

    return made(statistics, tables, charts, release, known_figures)
