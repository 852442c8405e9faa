"""Problems and progress as a person reads them in a terminal, or a machine as JSON lines.

Goes in: problems, words. Comes out: lines on standard error and output. Hides wrapping and what is told once a kind.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import replace

import click

from reportgen.model.problem import Problem, Stage, serious, summarise, together, without_records


class Talk:
    """Where progress, problems and results go: people read standard error and output, machines JSON lines.

    ``records`` says that notices name rows and how many there are: what ``check`` tells the analyst, and no other
    command, since a log may be read by others.
    """

    def __init__(
        self, *, as_json: bool = False, quiet: bool = False, verbose: bool = False, records: bool = False
    ) -> None:
        self.as_json = as_json
        self.records = records
        self.quiet = quiet
        self.verbose = verbose

    def progress(self, words: str) -> None:
        """A stage has begun."""
        if not self.quiet and not self.as_json:
            click.echo(words, err=True)

    def say(self, words: str) -> None:
        """A result, for people."""
        if not self.as_json:
            click.echo(words)

    def problems(self, problems: Iterable[Problem]) -> None:
        """All of them; notices only counted unless asked for with -v."""
        every = list(problems)
        if not self.records:
            every = [*without_records(every)]
        found = summarise(every)
        if self.as_json:
            for problem in found:
                click.echo(json.dumps(problem.as_json(), ensure_ascii=False))
            return
        shown = found if self.verbose else serious(found)
        if self.quiet and not serious(found):
            return
        for same in _alike(shown):
            click.echo(_told(same), err=True)
        if len(every) > len(serious(every)) and not self.verbose and not self.quiet:
            click.echo("Some notices are not shown. To see them, run “reportgen check”.", err=True)


def _alike(problems: Iterable[Problem]) -> list[list[Problem]]:
    """Problems that differ in row and value alone stand together; the others each on its own. Problems come last."""
    groups: dict[object, list[Problem]] = {}
    for number, problem in enumerate(problems):
        rows = problem.row is not None and not problem.excerpt
        kind = (problem.severity, problem.code, problem.file, problem.sheet, problem.column, problem.message)
        groups.setdefault(kind if rows else number, []).append(problem)
    return sorted(groups.values(), key=lambda same: same[0].severity == "problem")


def _told(same: Sequence[Problem]) -> str:
    """One problem, or several of a kind, for a terminal of 80 columns: where, what, the line, what to do."""
    import textwrap

    def wrapped(text: str, indent: str = "  ") -> str:
        filled = (
            textwrap.fill(
                line,
                80,
                initial_indent=indent,
                subsequent_indent=indent + "  " * line.startswith("- "),
                break_on_hyphens=False,
            )
            for line in text.split("\n")
        )
        return "\n".join(filled)

    problem = same[0]
    number = max(problem.count.for_analyst(), len(same))
    count = f" ({number:,} times)" if number > 1 else ""
    where = problem.where() if len(same) == 1 else replace(problem, row=None).where()
    lines = [f"{problem.severity.capitalize()} {problem.code}{count}: {where}".rstrip(": ")]
    message = problem.message
    values = {one.value for one in same}
    told = problem.excerpt or problem.stage is Stage.CHECKS  # the value of a check is its name
    if problem.value is not None and len(values) == 1 and problem.value not in message and not told:
        message += f" Found: {_short(problem.value)}"
    lines.append(wrapped(message))
    if len(same) > 1:
        shown = [f"{one.row}{f' ({_short(one.value)})' if len(values) > 1 and one.value else ''}" for one in same]
        more = f" and {number - len(same):,} more" if number > len(same) else ""
        lines.append(wrapped(f"Rows {', '.join(shown)}{more}."))
    if problem.excerpt:
        lines += [f"    {line}" for line in problem.excerpt.splitlines()]
    if problem.hint:
        lines.append(wrapped(problem.hint))
    return "\n".join(lines) + "\n"


def how_many(problems: Iterable[Problem]) -> str:
    """The number of mistakes in words; one that many rows have counts as many."""
    number = together(serious(problems)).for_analyst()
    return "1 problem" if number == 1 else f"{number:,} problems"


def _short(value: str) -> str:
    """A value as one printable line of at most 60 characters."""
    plain = "".join(c if c.isprintable() else "�" for c in value)
    return plain if len(plain) <= 60 else plain[:59] + "…"  # a line of a terminal
