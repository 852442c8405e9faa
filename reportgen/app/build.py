"""The whole pipeline on one page: eight stages, each a pure function from one named value to the next.

Goes in: a workspace and a year. Comes out: a ``Publication``: every file as bytes, every problem. Writes nothing.
All problems of a run come together: a fault in the release does not hide those in the inputs or the templates.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Final, TypeVar

from reportgen.app.comparator import Comparator, start_worker
from reportgen.model.edition import PriorEditions
from reportgen.model.problem import Found, Problem, ReportFailed, Stage, serious
from reportgen.model.stages import Composed, Numbers, Publication, Workspace

if TYPE_CHECKING:
    from reportgen.checks import Finished
    from reportgen.inputs import ValidatedTables
    from reportgen.measures import Statistics
    from reportgen.model.narrative import Narrative, Templates
    from reportgen.model.protected import ProtectedStatistics
    from reportgen.model.records import Candidate
    from reportgen.model.release import Release
    from reportgen.model.stages import CheckResult, InputSource

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
    work = Work(say)
    with start_worker() as last:
        from reportgen import document as narrative

        templates = work.take(narrative.read_templates(workspace.templates))
        numbers = calculate(workspace, year, work, final=final, drawn=drawn, last=last)
    if numbers is None or templates is None:
        if templates is not None:
            work.problems.extend(_proofread(templates, workspace, year))
        work.settle()
        raise AssertionError("a stage gave neither a value nor a problem")
    work.begin(6)
    text = work.take(_written(templates, numbers))
    work.settle()
    if text is None:
        raise AssertionError("the narrative gave neither a value nor a problem")
    return Composed(_in_order(numbers, text), templates, text, tuple(work.problems))


def _in_order(numbers: Numbers, text: Narrative) -> Numbers:
    """The tables in the order in which the words place them, so that every file numbers them alike; the annex last."""
    placed = [name.removeprefix("table-") for name in text.placed if name.startswith("table-")]
    tables = {name: numbers.tables[name] for name in placed} | dict(numbers.tables)
    return replace(numbers, tables=tables)


def _proofread(templates: Templates, workspace: Workspace, year: int) -> tuple[Problem, ...]:
    """What can be said of the words without numbers; the release's own reasons let stand what they name."""
    from reportgen import document as narrative
    from reportgen import measures
    from reportgen import release as releases
    from reportgen.scheme import publication_spec

    return narrative.proofread(
        templates,
        releases.read(workspace.inputs / str(year), year).value,
        known_tables=publication_spec.TABLES,
        known_charts=publication_spec.CHARTS,
        known_figures=measures.definitions(()),
    )


def narrate(workspace: Workspace, year: int, numbers: Numbers | None, work: Work) -> Narrative | None:
    """The report as a document, from numbers known already; None where a problem, kept in ``work``, stops it."""
    from reportgen import document as narrative

    templates = work.take(narrative.read_templates(workspace.templates))
    if templates is None:
        return None
    if numbers is None:
        work.problems.extend(_proofread(templates, workspace, year))
        return None
    return work.take(_written(templates, numbers))


def _written(templates: Templates, numbers: Numbers) -> Found[Narrative]:
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
    )


def calculate(
    workspace: Workspace,
    year: int,
    work: Work,
    *,
    final: bool = False,
    drawn: bool = True,
    last: Comparator | None = None,
) -> Numbers | None:
    """Stages 1 to 5; None where a problem, kept in ``work``, stops them. Not ``drawn``: charts without pictures.

    ``last`` is what works out last year beside this year.
    """
    from reportgen import charts

    if drawn:
        charts.warm()
    last = last or Comparator()
    exact = _exact(workspace, year, work, last, final=final)
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


def _protected(exact: _Exact, work: Work, last: Comparator) -> tuple[ProtectedStatistics | None, bytes]:
    """Stage 4, and the record of the edition.

    The year's last edition counts as out only if this one differs from it: else it is the same, built again, and must
    come out the same.
    """
    from reportgen import disclosure, formats
    from reportgen.release import editions

    def protect(rows: list[Mapping[str, str]], previous: Any) -> tuple[Found[ProtectedStatistics], bytes]:  # noqa: ANN401
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
        then = formats.statistics_csv(before) if before is not None else None
        return found, editions.record(formats.statistics_csv(found.value), then, exact.release.as_at)

    out = exact.published
    found, record = protect(out.before(), last.protected if exact.statistics.previous else None)
    if out.own and out.own[-1].data != record:
        found, record = protect(out.all(), None)
    return work.take(found), record


@dataclass(frozen=True, slots=True)
class _Exact:
    """Stages 1 to 3: exact statistics, seen by disclosure control alone."""

    release: Release
    previous: Release | None
    sources: Mapping[str, InputSource]
    statistics: Statistics
    references: frozenset[str]
    names: frozenset[str]
    published: PriorEditions


def _exact(workspace: Workspace, year: int, work: Work, last: Comparator, *, final: bool) -> _Exact | None:
    """Tables of the year and the year before, validated, and the measures made from them."""
    from reportgen import inputs, measures
    from reportgen import release as releases
    from reportgen.release import editions

    work.begin(1)
    folder, before = workspace.inputs / str(year), workspace.inputs / str(year - 1)
    release = work.take(releases.read(folder, year, final=final))
    previous = work.take(releases.read(before, year - 1, final=final)) if before.is_dir() else None
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
    published = work.take(editions.around(workspace.inputs, year)) or PriorEditions()
    if previous and measured:
        last.screen(measured.statistics, replace(previous, quotes={}), references, tables.names, published.before())
    work.begin(3)
    statistics = measures.calculate(tables, release, measured.statistics if measured else None)
    sources = {f"{year}/{name}": source for name, source in tables.sources.items()}
    sources |= {f"{year - 1}/{name}": source for name, source in (measured.sources.items() if measured else ())}
    return _Exact(release, previous, sources, statistics, references, tables.names, published)


def _made_up(previous: Release) -> Problem:
    """Made-up figures beside real ones would be read as real: the year before counts as absent."""
    return Problem(
        Stage.RELEASE,
        "made-up-last-year",
        f"The figures of {previous.year} are made up (data = “illustrative”), so nothing is compared with them.",
        f"Put the real tables of {previous.year} into that folder, or take the folder away.",
        severity="notice",
        file=f"inputs/{previous.year}/release.toml",
    )


def _references(tables: ValidatedTables) -> frozenset[str]:
    """Notice and incident references: words that no output may hold."""
    return frozenset(tables.penalties["notice_ref"]) | frozenset(tables.incidents["incident_ref"])


KINDS: Final = ("pdf", "html", "md", "ods", "csv", "charts")


def build(
    workspace: Workspace,
    year: int,
    *,
    final: bool = False,
    only: frozenset[str] = frozenset(KINDS),
    say: Say = quiet,
) -> Publication:
    """The whole publication in memory; ReportFailed with every problem, with ``final`` those of the checks too."""
    from reportgen import checks, publish

    composed = compose(workspace, year, final=final, say=say)
    work = Work(say)
    work.problems.extend(composed.problems)
    numbers, text = composed.numbers, composed.narrative
    work.begin(7)
    files, pages = _files(composed, work, only)
    work.settle()
    work.begin(8)
    results = checks.run(_finished(numbers, text, files, work.problems))
    work.problems.extend(checks.problems(results))
    if final:
        work.settle()
    files |= publish.wrap_up(
        numbers.release, files, results, _of_year(numbers, year), numbers.previous, pages=pages or None
    )
    digests = {
        f"{name.partition('/')[0]}/{source.file.rpartition('/')[2]}": source.sha256
        for name, source in numbers.sources.items()
    }
    out = numbers.published
    for edition in (*(out.own if numbers.is_new else out.own[:-1]), *out.beside):
        digests[edition.file.removeprefix("inputs/")] = edition.sha256
    for of_year, release in ((year, numbers.release), (year - 1, numbers.previous)):
        if release is not None:
            digests[f"{of_year}/release.toml"] = release.sha256
    files["manifest.json"] = publish.manifest(
        files, digests, composed.templates.sha256, numbers.release, publish.versions(), only
    )
    return Publication(composed, dict(sorted(files.items())), tuple(results), tuple(work.problems), pages)


def _finished(numbers: Numbers, text: Narrative, files: Mapping[str, bytes], problems: Iterable[Problem]) -> Finished:
    """What the checks are asked of."""
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
    """Of the year, and of last year where it is compared with, whether there is a record of what was published.

    The record of this edition itself says nothing: before it was written there was none.
    """
    out, year = numbers.published, numbers.release.year
    own = out.own if numbers.is_new else out.own[:-1]
    known = {year: bool(own)}
    if numbers.previous is not None:
        known[year - 1] = any(f"inputs/{year - 1}/" in one.file for one in out.beside)
    return known


def _of_year(numbers: Numbers, year: int) -> dict[str, InputSource]:
    """Where the year's tables came from, with their numbers of rows where these may be told."""
    mark = f"{year}/"
    of_year = {name.removeprefix(mark): one for name, one in numbers.sources.items() if name.startswith(mark)}
    told = numbers.statistics.tells_rows
    return {name: one if told(name) else replace(one, rows=None) for name, one in of_year.items()}


def _files(composed: Composed, work: Work, only: frozenset[str]) -> tuple[dict[str, bytes], int]:
    """The files to publish, of the kinds asked for, and the number of pages of the PDF."""
    from reportgen import formats
    from reportgen.formats import pdf

    numbers, text = composed.numbers, composed.narrative
    stem = f"cecps-annual-report-{numbers.release.year}"
    files = formats.build(text, numbers.statistics, numbers.tables, numbers.charts, numbers.release)
    pages = 0
    if "pdf" in only:
        made = work.take(pdf.render(text.print_html, numbers.release, formats.attachments(files)))
        if made is not None:
            files[f"{stem}.pdf"] = made
            pages = pdf.pages(made)
    files[f"{stem}.html"] = text.html.encode()
    files[f"{stem}.md"] = text.govspeak.encode()
    return {name: data for name, data in files.items() if _kind(name) in only}, pages


def _kind(name: str) -> str:
    """Which of the kinds of output a file is; figures.json goes with the data."""
    folder, slash, _ = name.partition("/")
    if slash:
        return {"data": "csv", "charts": "charts"}[folder]
    return "csv" if name.endswith(".json") else name.rpartition(".")[2]


@dataclass(frozen=True, slots=True)
class Examined:
    """What ``check`` found: every problem, and what it says of disclosure control where that was asked."""

    problems: tuple[Problem, ...]
    said: tuple[str, ...] = ()


def check(workspace: Workspace, year: int, *, final: bool = False, disclosure: bool = False) -> Examined:
    """Inputs, templates and publication rules, all problems at once; draws and writes nothing."""
    from reportgen import checks

    composed = compose(workspace, year, final=final, drawn=False)
    results = _before_drawing(composed.numbers, composed.narrative, composed.problems)
    return Examined((*composed.problems, *checks.problems(results)), _what_if(workspace, year) if disclosure else ())


def _before_drawing(numbers: Numbers, text: Narrative, problems: Iterable[Problem]) -> list[CheckResult]:
    """The checks that need no finished file."""
    from reportgen import checks

    stem = f"cecps-annual-report-{numbers.release.year}"
    files = {f"{stem}.html": text.html.encode(), f"{stem}.md": text.govspeak.encode()}
    return checks.run(_finished(numbers, text, files, problems), before_drawing=True)


def for_persons(numbers: Numbers, text: Narrative, problems: Iterable[Problem]) -> tuple[CheckResult, ...]:
    """The checks that a person answers or has answered, and that of the answers where it fails.

    ``problems`` are the notices so far. Checks of finished files are left out.
    """
    results = _before_drawing(numbers, text, problems)
    return tuple(
        one
        for one in results
        if one.result in ("needs a person", "answered") or (one.id == "answers" and one.result == "failed")
    )


def quotes(workspace: Workspace, year: int) -> tuple[Candidate, ...]:
    """Every comment that could be quoted, with what was decided; ReportFailed where inputs or settings are at fault."""
    from reportgen import disclosure

    work = Work(quiet)
    exact = _exact(workspace, year, work, Comparator(), final=False)
    work.settle()
    if exact is None:
        raise AssertionError("a stage gave neither a value nor a problem")
    return disclosure.candidates(exact.statistics.records, exact.references, exact.names, exact.release.quotes)


def _what_if(workspace: Workspace, year: int) -> tuple[str, ...]:
    """What other thresholds would hide, in sentences that tell nothing of a hidden figure."""
    from reportgen import disclosure

    exact = _exact(workspace, year, Work(quiet), Comparator(), final=False)
    return disclosure.what_if(exact.statistics, exact.release) if exact else ()
