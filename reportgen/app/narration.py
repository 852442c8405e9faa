"""Stage 6: from templates and numbers to the composed report.

Input: a workspace, a year, its numbers. Output: ``Narrative``, and every mistake in the templates, even without
numbers.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from reportgen.app.progress import Progress
from reportgen.model.edition import Edition
from reportgen.model.problem import Found, Problem

if TYPE_CHECKING:
    from reportgen.document.memory import Memory
    from reportgen.model.narrative import Narrative, Templates
    from reportgen.model.stages import Numbers, Workspace


def in_order(numbers: Numbers, text: Narrative) -> Numbers:
    """Put tables in the order in which chapters place them, annex last, so that every file numbers them alike."""
    placed = [name.removeprefix("table-") for name in text.placed if name.startswith("table-")]
    tables = {name: numbers.tables[name] for name in placed} | dict(numbers.tables)
    return replace(numbers, tables=tables)


def proofread_alone(templates: Templates, workspace: Workspace, edition: Edition) -> tuple[Problem, ...]:
    """Check templates without numbers; phrases allowed in the release settings are accepted."""
    from reportgen import document as narrative
    from reportgen import measures
    from reportgen import release as releases
    from reportgen.scheme import publication_spec

    return narrative.proofread(
        templates,
        releases.read(workspace.inputs / edition.inputs, edition).value,
        known_tables=publication_spec.TABLES,
        known_charts=publication_spec.CHARTS,
        known_figures=measures.definitions(()),
    )


def narrate(
    workspace: Workspace, edition: Edition, numbers: Numbers | None, work: Progress, memory: Memory
) -> Narrative | None:
    """Compose the web page of the report from known numbers; None if a problem, kept in ``work``, prevents it.

    Only chapters whose words have changed since ``memory`` are rendered.
    """
    from reportgen import document as narrative

    templates = work.take(narrative.read_templates(workspace.templates))
    if templates is None:
        return None
    if numbers is None:
        work.problems.extend(proofread_alone(templates, workspace, edition))
        return None
    return work.take(written(templates, numbers, memory=memory, paper=False))


def written(
    templates: Templates, numbers: Numbers, *, memory: Memory | None = None, paper: bool = True
) -> Found[Narrative]:
    """Render the report from templates and numbers."""
    from reportgen import document as narrative
    from reportgen import measures
    from reportgen.scheme import publication_spec

    return narrative.render(
        templates,
        numbers.statistics,
        numbers.tables,
        numbers.charts,
        numbers.release,
        known_tables=publication_spec.TABLES,
        known_charts=publication_spec.CHARTS,
        known_figures=measures.definitions(numbers.statistics.records.questions),
        draft=not numbers.release.final,
        memory=memory,
        paper=paper,
    )
