"""Stages 4 and 5: protect exact statistics, and build tables and charts.

Input: a workspace and a year. Output: ``Numbers``. Hides that a worker process calculates last year.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from reportgen.app.comparator import Comparator
from reportgen.app.exact_year import ExactYear, exact_year
from reportgen.app.progress import Progress
from reportgen.model.edition import Edition
from reportgen.model.problem import Found, Stage, serious
from reportgen.model.stages import Numbers

if TYPE_CHECKING:
    from reportgen.model.protected import ProtectedStatistics
    from reportgen.model.stages import Workspace


def calculate(
    workspace: Workspace,
    edition: Edition,
    work: Progress,
    *,
    final: bool = False,
    drawn: bool = True,
    last: Comparator | None = None,
) -> Numbers | None:
    """Run stages 1 to 5; None if a problem, kept in ``work``, prevents it. Unless ``drawn``, charts have no images.

    ``last`` is the worker that calculates last year in parallel.
    """
    from reportgen import charts

    if drawn:
        charts.warm()
    last = last or Comparator()
    exact = exact_year(workspace, edition, work, last, final=final)
    if exact is None:
        return None
    from reportgen import tables
    from reportgen.scheme import publication_spec

    work.begin(4)
    protected, record = _protected(exact, work, last)
    if protected is None or any(problem.stage is Stage.DISCLOSURE for problem in serious(work.problems)):
        return None
    work.begin(5)
    made = tables.build(publication_spec.tables(protected), protected, exact.release)
    drawings = (charts.draw if drawn else charts.outline)(publication_spec.charts(protected), protected, exact.release)
    own = exact.published.own
    return Numbers(
        exact.release,
        exact.previous,
        exact.sources,
        protected,
        made,
        drawings,
        exact.references,
        exact.published,
        record,
        is_new=not own or own[-1].data != record,
    )


def _protected(exact: ExactYear, work: Progress, last: Comparator) -> tuple[ProtectedStatistics | None, bytes]:
    """Run stage 4, and build the record of the edition.

    The year's latest edition counts as published only if this one differs from it: otherwise this is a rebuild, which
    must give the same result.
    """
    from reportgen import disclosure
    from reportgen.formats.open_data import statistics_csv
    from reportgen.release import editions

    def protect(rows: list[Mapping[str, str]], previous: Any) -> tuple[Found[ProtectedStatistics], bytes]:
        found = disclosure.protect(
            exact.statistics,
            exact.release,
            references=exact.references,
            names=exact.names,
            published=rows,
            previous=previous,
            say=work.say,
        )
        if found.value is None:
            return found, b""
        before = found.value.previous
        then = statistics_csv(before) if before is not None else None
        return found, editions.record(statistics_csv(found.value), then, exact.release.as_at)

    out = exact.published
    found, record = protect(out.before(), last.protected if exact.statistics.previous else None)
    if out.own and out.own[-1].data != record:
        found, record = protect(out.all(), None)
    return work.take(found), record
