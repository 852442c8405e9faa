"""Shared by all commands: folders, options, exit."""

from __future__ import annotations

import functools
import signal
import sys
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn, TypeVar, cast

import click

from reportgen.app.terminal import Talk, how_many
from reportgen.model.edition import Edition
from reportgen.model.problem import Problem, exit_code

if TYPE_CHECKING:
    from reportgen.model.stages import Workspace


F = TypeVar("F", bound=Callable[..., Any])


FOLDER = click.Path(file_okay=False, path_type=Path)


def _stop(talk: Talk, problems: Iterable[Problem], *, outputs: bool = False) -> NoReturn:
    """Print the problems and their number, say that outputs are unchanged if ``outputs``, and exit with their code."""
    problems = list(problems)
    talk.problems(problems)
    if not talk.as_json:
        click.echo(
            f"{how_many(problems)}. Nothing was written{'; the last good outputs are as they were' * outputs}.",
            err=True,
        )
    sys.exit(exit_code(problems))


def common(command: F) -> F:
    """Add the options of every command on a year."""

    @functools.wraps(command)
    def with_edition(*, year: int, **others: Any) -> Any:
        return command(edition=Edition(year), **others)

    options = (
        click.option("--year", type=click.IntRange(2000, 2200), required=True, help="The year in which it starts."),
        click.option("--inputs", type=FOLDER, help="Folder of the years' inputs."),
        click.option("--templates", type=FOLDER, help="Folder of the words."),
        click.option("--outputs", type=FOLDER, help="Folder for what is made."),
        click.option("--json", "as_json", is_flag=True, help="Problems as JSON lines on standard output."),
        click.option("-q", "--quiet", is_flag=True, help="Only problems."),
        click.option("-v", "--verbose", is_flag=True, help="Notices too."),
    )
    decorated: Any = with_edition
    for option in reversed(options):
        decorated = option(decorated)
    return cast("F", decorated)


def _workspace(inputs: Path | None, templates: Path | None, outputs: Path | None) -> Workspace:
    """Return the workspace: the folders given, otherwise those of the project or current folder."""
    from reportgen.app.workspace import find_root
    from reportgen.model.stages import Workspace

    root = find_root()
    return Workspace(inputs or root / "inputs", templates or root / "templates", outputs or root / "outputs")


class Program(click.Group):
    """The command group; an interrupt is reported in one sentence."""

    def invoke(self, ctx: click.Context) -> Any:
        """Run a command."""
        try:
            return super().invoke(ctx)
        except KeyboardInterrupt:
            _exit_on_signal(signal.SIGINT)


def _exit_on_signal(number: int, _frame: object = None) -> NoReturn:
    """Exit with the shell's code for a program ended by a signal: 128 plus the signal's number."""
    click.echo("\nStopped. The outputs are whole: those of the last build that came to its end.", err=True)
    sys.exit(128 + number)
