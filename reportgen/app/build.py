"""The build pipeline: eight stages, each a function from one named value to the next.

Input: a workspace and a year. Output: a ``Publication``: every file as bytes, every problem. Writes nothing. All
problems of a run are reported together: a fault in the release does not hide those in inputs or templates.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from reportgen.app.build_summary import left_out
from reportgen.app.comparator import Comparator, start_worker
from reportgen.app.exact_year import exact_year
from reportgen.app.narration import in_order, proofread_alone, written
from reportgen.app.progress import Progress, Say, quiet
from reportgen.app.protected_year import calculate
from reportgen.model.edition import Edition
from reportgen.model.stages import Composed, Publication, Workspace

if TYPE_CHECKING:
    from reportgen.checks import Finished
    from reportgen.model.narrative import Narrative
    from reportgen.model.problem import Problem
    from reportgen.model.records import Candidate
    from reportgen.model.stages import CheckResult, InputSource, Numbers

KINDS: Final = ("pdf", "html", "md", "ods", "csv", "charts")
"""Kinds of output in ``formats.output_formats``, repeated here so that ``--help`` does not load that module."""


def compose(
    workspace: Workspace, edition: Edition, *, final: bool = False, drawn: bool = True, say: Say = quiet
) -> Composed:
    """Run stages 1 to 6; ReportFailed with all problems of release, inputs, templates and disclosure at once."""
    work = Progress(say)
    with start_worker() as last:
        from reportgen import document as narrative

        templates = work.take(narrative.read_templates(workspace.templates))
        numbers = calculate(workspace, edition, work, final=final, drawn=drawn, last=last)
    if numbers is None or templates is None:
        if templates is not None:
            work.problems.extend(proofread_alone(templates, workspace, edition))
        work.settle()
        raise AssertionError("a stage gave neither a value nor a problem")
    work.begin(6)
    text = work.take(written(templates, numbers))
    work.settle()
    if text is None:
        raise AssertionError("the narrative gave neither a value nor a problem")
    return Composed(in_order(numbers, text), templates, text, tuple(work.problems))


def build(
    workspace: Workspace,
    edition: Edition,
    *,
    final: bool = False,
    only: frozenset[str] = frozenset(KINDS),
    say: Say = quiet,
) -> Publication:
    """Build the whole publication in memory; ReportFailed with every problem, if ``final`` those of checks too."""
    from reportgen import checks, publish
    from reportgen.formats import output_formats

    composed = compose(workspace, edition, final=final, say=say)
    work = Progress(say)
    work.problems.extend(composed.problems)
    numbers, text = composed.numbers, composed.narrative
    work.begin(7)
    files = work.take(output_formats.write(composed, only)) or {}
    work.settle()
    work.begin(8)
    results = checks.run(_finished(numbers, text, files, work.problems))
    work.problems.extend(checks.problems(results))
    if final:
        work.settle()
    pages = output_formats.pages(composed, files)
    files |= publish.wrap_up(
        numbers.release, files, results, _of_edition(numbers), numbers.previous, pages=pages or None
    )
    digests = {
        f"{name.partition('/')[0]}/{source.file.rpartition('/')[2]}": source.sha256
        for name, source in numbers.sources.items()
    }
    out = numbers.published
    for one in (*(out.own if numbers.is_new else out.own[:-1]), *out.beside):
        digests[one.file.removeprefix("inputs/")] = one.sha256
    for release in (numbers.release, numbers.previous):
        if release is not None:
            digests[f"{release.edition.inputs}/release.toml"] = release.sha256
    files["manifest.json"] = publish.manifest(
        files, digests, composed.templates.sha256, numbers.release, publish.versions(), only
    )
    return Publication(composed, dict(sorted(files.items())), tuple(results), tuple(work.problems), pages)


def _finished(numbers: Numbers, text: Narrative, files: Mapping[str, bytes], problems: Iterable[Problem]) -> Finished:
    """Assemble what the checks examine."""
    from reportgen import checks

    return checks.Finished(
        numbers.release,
        files,
        numbers.statistics,
        numbers.tables,
        numbers.charts,
        text,
        tuple(problems),
        numbers.references,
        _known(numbers),
    )


def _known(numbers: Numbers) -> Mapping[int, bool]:
    """Return whether there is a record of earlier editions, for this year and for last year if compared.

    The record of this edition does not count, because it did not exist before the build.
    """
    out, edition = numbers.published, numbers.release.edition
    own = out.own if numbers.is_new else out.own[:-1]
    known = {edition.year: bool(own)}
    if numbers.previous is not None:
        known[edition.comparator.year] = any(f"inputs/{edition.comparator.inputs}/" in one.file for one in out.beside)
    return known


def _of_edition(numbers: Numbers) -> dict[str, InputSource]:
    """Return the sources of this year's tables; numbers of rows only where they may be published."""
    mark = f"{numbers.release.edition.inputs}/"
    of_year = {name.removeprefix(mark): one for name, one in numbers.sources.items() if name.startswith(mark)}
    told = numbers.statistics.tells_rows
    return {name: one if told(name) else replace(one, rows=None) for name, one in of_year.items()}


@dataclass(frozen=True, slots=True)
class Examined:
    """Result of ``check``: every problem, the sentences on disclosure control if requested, and what is left out."""

    problems: tuple[Problem, ...]
    said: tuple[str, ...] = ()
    left_out: tuple[str, ...] = ()


def check(workspace: Workspace, edition: Edition, *, final: bool = False, disclosure: bool = False) -> Examined:
    """Check inputs, templates and publication rules, all problems at once; draw and write nothing."""
    from reportgen import checks

    composed = compose(workspace, edition, final=final, drawn=False)
    results = _before_drawing(composed.numbers, composed.narrative, composed.problems)
    return Examined(
        (*composed.problems, *checks.problems(results)),
        _other_thresholds(workspace, edition) if disclosure else (),
        tuple(left_out(composed.narrative)),
    )


def _before_drawing(numbers: Numbers, text: Narrative, problems: Iterable[Problem]) -> list[CheckResult]:
    """Run the checks that need no finished file."""
    from reportgen import checks

    stem = numbers.release.edition.file_stem
    files = {f"{stem}.html": text.html.encode(), f"{stem}.md": text.govspeak.encode()}
    return checks.run(_finished(numbers, text, files, problems), before_drawing=True)


def for_persons(numbers: Numbers, text: Narrative, problems: Iterable[Problem]) -> tuple[CheckResult, ...]:
    """Return the checks that a person must answer or has answered, and the check of answers if it fails.

    ``problems`` are the notices so far. Checks of finished files are left out.
    """
    results = _before_drawing(numbers, text, problems)
    return tuple(
        one
        for one in results
        if one.result in ("needs a person", "answered") or (one.id == "answers" and one.result == "failed")
    )


def quotes(workspace: Workspace, edition: Edition) -> tuple[Candidate, ...]:
    """Return every comment that could be quoted, with its decision; ReportFailed if inputs or settings are faulty."""
    from reportgen import disclosure

    work = Progress(quiet)
    exact = exact_year(workspace, edition, work, Comparator(), final=False)
    work.settle()
    if exact is None:
        raise AssertionError("a stage gave neither a value nor a problem")
    return disclosure.candidates(exact.statistics.records, exact.references, exact.names, exact.release.quotes)


def _other_thresholds(workspace: Workspace, edition: Edition) -> tuple[str, ...]:
    """Report what other thresholds would suppress, without disclosing any suppressed figure."""
    from reportgen import disclosure

    exact = exact_year(workspace, edition, Progress(quiet), Comparator(), final=False)
    return disclosure.other_thresholds(exact.statistics, exact.release) if exact else ()
