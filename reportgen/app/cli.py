"""The command line: parse arguments, call the application, print problems and progress, set the exit code.

Input: arguments. Output: an exit code (contract: 0 success, 2 usage error, 10 to 15 a stage's problems; 1 with a
traceback is a bug). Hides click. Heavy modules are imported only by the command that needs them.
"""

from __future__ import annotations

import gc
import json
import signal
import sys
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from reportgen.app.build import KINDS
from reportgen.app.command_options import (
    FOLDER,
    Program,
    _exit_on_signal,
    _stop,
    _workspace,
    common,
)
from reportgen.app.terminal import Talk, how_many
from reportgen.model.problem import ReportFailed, Stage, exit_code, serious

if TYPE_CHECKING:
    from reportgen.model.edition import Edition
    from reportgen.model.stages import Publication


@click.group(cls=Program, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="reportgen")
def cli() -> None:
    """Make the annual report on the Clandestine Entrant Civil Penalty Scheme."""


@cli.command()
@common
@click.option("--final", is_flag=True, help="Refuse to publish while any check fails.")
@click.option("--only", help=f"Make only some outputs: {','.join(KINDS)}.", callback=lambda _c, _p, value: _only(value))
def build(
    edition: Edition,
    inputs: Path | None,
    templates: Path | None,
    outputs: Path | None,
    final: bool,
    only: frozenset[str],
    as_json: bool,
    quiet: bool,
    verbose: bool,
) -> None:
    """Build the whole publication of a year."""
    from reportgen.app.build import build as make
    from reportgen.app.store import put
    from reportgen.release import editions

    talk = Talk(as_json=as_json, quiet=quiet, verbose=verbose)
    workspace = _workspace(inputs, templates, outputs)
    try:
        publication = make(workspace, edition, final=final, only=only, say=talk.progress)
        with editions.kept(workspace.inputs / edition.inputs, publication.record):
            put(publication.files, workspace.outputs, edition.folder)
    except ReportFailed as failed:
        _stop(talk, failed.problems, outputs=True)
    talk.problems(publication.problems)
    if not quiet:
        _summary(talk, publication, workspace.outputs / edition.folder)


def _only(value: str | None) -> frozenset[str]:
    """Parse the kinds of output; all of them if none is named."""
    from reportgen.model.problem import did_you_mean

    if value is None:
        return frozenset(KINDS)
    words = [word.strip().casefold() for word in value.split(",") if word.strip()]
    for word in words:
        if word not in KINDS:
            raise click.BadParameter(f"“{word}” is not an output. {did_you_mean(word, KINDS) or ', '.join(KINDS)}")
    if not words:
        raise click.BadParameter(f"Name at least one of {', '.join(KINDS)}.")
    return frozenset(words)


def _summary(talk: Talk, publication: Publication, folder: Path) -> None:
    """Print pages, figures, suppressed cells, problems and paths."""
    from reportgen.app.build_summary import facts

    talk.say("")
    for label, fact in facts(publication):
        talk.say(f"  {label:<16}{fact}")
    talk.say(f"  {'Folder':<16}{_relative(folder)}")
    for name in publication.files:
        if "/" not in name and name.startswith("cecps-"):
            talk.say(f"  {'':<16}{_relative(folder / name)}")


def _relative(path: Path) -> str:
    """Return a path relative to the current folder if it is inside it."""
    try:
        return str(path.resolve().relative_to(Path.cwd()))
    except ValueError:
        return str(path)


@cli.command()
@common
@click.option("--final", is_flag=True, help="Fail, as a final build would, while any check fails.")
@click.option("--disclosure", is_flag=True, help="Also say what a threshold of 3, 5 or 10 would hide.")
def check(
    edition: Edition,
    inputs: Path | None,
    templates: Path | None,
    outputs: Path | None,
    final: bool,
    disclosure: bool,
    as_json: bool,
    quiet: bool,
    verbose: bool,
) -> None:
    """Check inputs, templates and settings, and list every problem; write nothing."""
    from reportgen.app.build import check as examine

    talk = Talk(as_json=as_json, quiet=quiet, verbose=verbose or not quiet, records=True)
    try:
        found = examine(_workspace(inputs, templates, outputs), edition, final=final, disclosure=disclosure)
    except ReportFailed as failed:
        talk.problems(failed.problems)
        if not as_json:
            click.echo(f"{how_many(failed.problems)}.", err=True)
        sys.exit(exit_code(failed.problems))
    talk.problems(found.problems)
    for line in found.said:
        talk.say(line)
    for number, line in enumerate(found.left_out if not quiet else ()):
        talk.say(f"  {line}" if number else f"Left out this year: {line}")
    if not serious(found.problems):
        talk.say(f"{edition.folder}: inputs, templates and settings are in order.")
    code = exit_code(found.problems)
    if code == Stage.CHECKS:
        number = len(serious(found.problems))
        words = "1 check fails" if number == 1 else f"{number} checks fail"
        talk.say(f"{edition.folder}: inputs and templates are in order. {words}: a draft can be built, nothing final.")
    sys.exit(0 if code == Stage.CHECKS and not final else code)  # checks stop no draft


@cli.command()
@common
@click.option("--port", type=click.IntRange(0, 65535), default=8000, show_default=True, help="0 is any free one.")
@click.option("--open/--no-open", "show", default=True, help="Open a browser.")
def serve(
    edition: Edition,
    inputs: Path | None,
    templates: Path | None,
    outputs: Path | None,
    port: int,
    show: bool,
    as_json: bool,
    quiet: bool,
    verbose: bool,
) -> None:
    """Preview the report while templates are edited, and decide on quotes; on this computer only."""
    from reportgen.app.serve import serve as run

    talk = Talk(as_json=as_json, quiet=quiet, verbose=verbose)
    try:
        run(_workspace(inputs, templates, outputs), edition, port=port, show=show, say=talk.progress)
    except ReportFailed as failed:
        _stop(talk, failed.problems)


@cli.command()
@common
@click.argument("name", metavar="[ID]", nargs=-1)
@click.option("--search", help="List only figures with this word.")
def figures(
    name: tuple[str, ...],
    search: str | None,
    edition: Edition,
    inputs: Path | None,
    templates: Path | None,
    outputs: Path | None,
    as_json: bool,
    quiet: bool,
    verbose: bool,
) -> None:
    """List every published figure, or explain one: its source, last year's value, where it is used.

    ID is a figure as the list shows it, or nearly: penalties.issued, "penalties.issued{role=driver}", penalties.issued
    role=driver.
    """
    from reportgen import explain
    from reportgen.app.build import compose

    talk = Talk(as_json=as_json, quiet=quiet, verbose=verbose)
    try:
        composed = compose(_workspace(inputs, templates, outputs), edition, drawn=False)
    except ReportFailed as failed:
        _stop(talk, failed.problems)
    try:
        click.echo(explain.explained(composed, " ".join(name) or None, search=search, as_json=as_json), nl=False)
    except LookupError as unknown:
        raise click.UsageError(str(unknown.args[0])) from None


@cli.command()
@common
@click.option("--by", help="Who decides; asked for once where it is not given.")
@click.option("--on", type=click.DateTime(["%Y-%m-%d"]), help="The day of the decision; today.")
@click.option("--release", "released", metavar="ID", multiple=True, help="Release the comment of a response.")
@click.option("--refuse", "refused", metavar="ID", multiple=True, help="Refuse the comment of a response.")
@click.option("--note", default="", help="Why.")
def quotes(
    edition: Edition,
    inputs: Path | None,
    templates: Path | None,
    outputs: Path | None,
    by: str | None,
    on: datetime | None,
    released: tuple[str, ...],
    refused: tuple[str, ...],
    note: str,
    as_json: bool,
    quiet: bool,
    verbose: bool,
) -> None:
    """List the comments that could be quoted, and release or refuse each with one key.

    Without a terminal, or with --json, it only lists them. A final report prints released comments only.
    """
    from reportgen.app import quotes as deciding
    from reportgen.app.build import quotes as candidates

    talk = Talk(as_json=as_json, quiet=quiet, verbose=verbose)
    workspace = _workspace(inputs, templates, outputs)
    folder, day = workspace.inputs / edition.inputs, (on or datetime.now(UTC)).date()
    try:
        found = candidates(workspace, edition)
        named = [*((one, "released") for one in released), *((one, "refused") for one in refused)]
        asking = not named and not as_json and sys.stdin.isatty()
        who = _who(by) if named or asking else ""
        chosen = [(deciding.chosen(found, one), verb) for one, verb in named]
        for one, verb in chosen:
            deciding.decide(folder, one, verb, who, day, note)
        if asking:
            deciding.ask(folder, found, who, day, key=click.getchar, say=talk.say)
        if not asking:
            click.echo(deciding.listed(candidates(workspace, edition) if chosen else found, as_json=as_json), nl=False)
    except LookupError as unknown:
        raise click.UsageError(str(unknown.args[0])) from None
    except ReportFailed as failed:
        _stop(talk, failed.problems)


def _who(by: str | None) -> str:
    """Return the name of the person who decides, asking for it if necessary and possible."""
    from reportgen.app import quotes as deciding

    typed = (by or "").strip() or (click.prompt("Who decides") if sys.stdin.isatty() else "")
    try:
        return deciding.name_of(typed)
    except ValueError as fault:
        raise click.BadParameter(str(fault), param_hint="--by") from None


@cli.command()
@click.argument("old", type=FOLDER)
@click.argument("new", type=FOLDER)
@click.option("--json", "as_json", is_flag=True, help="As JSON.")
def diff(old: Path, new: Path, as_json: bool) -> None:
    """Show what changed between two builds: figures, tables, text."""
    from reportgen.review.diff import compare

    try:
        changes = compare(old, new)
    except ReportFailed as failed:
        Talk(as_json=as_json).problems(failed.problems)
        sys.exit(exit_code(failed.problems))
    click.echo(changes.as_json() if as_json else changes.as_text(), nl=False)


@cli.command()
@click.argument("folder", type=FOLDER)
@click.option("--inputs", type=FOLDER, help="Folder of the years' inputs.")
@click.option("--templates", type=FOLDER, help="Folder of the words.")
@click.option("--json", "as_json", is_flag=True, help="Problems as JSON lines on standard output.")
@click.option("-q", "--quiet", is_flag=True, help="Only problems.")
def verify(folder: Path, inputs: Path | None, templates: Path | None, as_json: bool, quiet: bool) -> None:
    """Rebuild FOLDER (such as outputs/2025) in memory and report whether it is the same, byte for byte."""
    from reportgen.app.build import build as make
    from reportgen.app.store import differences, settings_of

    talk = Talk(as_json=as_json, quiet=quiet)
    try:
        made = settings_of(folder)
        workspace = _workspace(inputs, templates, folder.parent)
        publication = make(workspace, made.edition, final=made.final, only=frozenset(made.only), say=talk.progress)
        found = differences(folder, publication.files)
    except ReportFailed as failed:
        talk.problems(failed.problems)
        sys.exit(exit_code(failed.problems))
    if found:
        talk.problems(found)
        sys.exit(exit_code(found))
    talk.say(f"{_relative(folder)} is what its inputs, templates and versions make, byte for byte.")


@cli.command()
@click.argument("year", type=click.IntRange(2000, 2200))
@click.option("--from", "from_year", type=click.IntRange(2000, 2200), help="Carry questions and open actions forward.")
@click.option("--illustrative", type=click.IntRange(min=0), metavar="N", help="Fill it with N made-up notices.")
@click.option("--format", "fmt", type=click.Choice(["csv", "xlsx", "ods", "parquet"]), default="csv", show_default=True)
@click.option("--seed", type=int, default=0, show_default=True, help="Another made-up year of the same size.")
@click.option("--inputs", type=FOLDER, help="Folder of the years' inputs.")
@click.option("--json", "as_json", is_flag=True, help="Problems as JSON lines on standard output.")
def new(
    year: int,
    from_year: int | None,
    illustrative: int | None,
    fmt: str,
    seed: int,
    inputs: Path | None,
    as_json: bool,
) -> None:
    """Start a year's input folder: empty tables and settings, or a made-up year."""
    from reportgen.app import workspace

    if from_year is not None and illustrative is not None:
        raise click.UsageError("Choose --from or --illustrative: a made-up year has no questions or actions of yours.")
    talk = Talk(as_json=as_json)
    folder = inputs or workspace.find_root() / "inputs"
    try:
        lines = workspace.new(folder, year, from_year=from_year, illustrative=illustrative, fmt=fmt, seed=seed)
    except ReportFailed as failed:
        _stop(talk, failed.problems)
    for line in lines:
        talk.say(line)


@cli.command()
@click.argument("directory", type=FOLDER)
@click.option("--json", "as_json", is_flag=True, help="Problems as JSON lines on standard output.")
def init(directory: Path, as_json: bool) -> None:
    """Create a new workspace: the templates and an illustrative year."""
    from reportgen.app import workspace

    talk = Talk(as_json=as_json)
    try:
        lines = workspace.init(directory)
    except ReportFailed as failed:
        _stop(talk, failed.problems)
    for line in lines:
        talk.say(line)


@cli.command()
@click.option("-q", "--quiet", is_flag=True, help="Say only what is missing.")
@click.option("--json", "as_json", is_flag=True, help="As JSON lines on standard output.")
def doctor(quiet: bool, as_json: bool) -> None:
    """Check that this machine has everything needed, and say how to install what is missing."""
    from dataclasses import asdict

    from reportgen.app.doctor import examine

    findings = examine()
    for finding in findings:
        if as_json:
            click.echo(json.dumps(asdict(finding), ensure_ascii=False))
        elif not finding.ok or not quiet:
            click.echo(f"{'ok     ' if finding.ok else 'MISSING'} {finding.name}: {finding.detail}")
            if not finding.ok:
                click.echo(f"        {finding.remedy}")
    if not all(finding.ok for finding in findings):
        sys.exit(14)


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command line: the entry point of the package."""
    gc.set_threshold(50_000)  # nearly all objects live until the end: collecting more often only costs time
    signal.signal(signal.SIGTERM, _exit_on_signal)
    try:
        cli.main(args=None if arguments is None else list(arguments), prog_name="reportgen")
    finally:
        if arguments is None:  # the program is ending: ignore further signals
            for number in (signal.SIGINT, signal.SIGTERM):
                signal.signal(number, signal.SIG_IGN)
