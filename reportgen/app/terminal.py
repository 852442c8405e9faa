"""Print problems and progress for people, or as JSON lines for programs.

Input: problems, text. Output: lines on standard error and output. Hides wrapping and grouping.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import replace

import click

from reportgen.model.problem import Problem, Stage, serious, summarise, together, without_records


class Talk:
    """Prints progress, problems and results: text on standard error and output, or JSON lines.

    ``records``: notices include rows and their number. Only ``check`` does this, because others may read a log.
    """

    def __init__(
        self, *, as_json: bool = False, quiet: bool = False, verbose: bool = False, records: bool = False
    ) -> None:
        self.as_json = as_json
        self.records = records
        self.quiet = quiet
        self.verbose = verbose

    def progress(self, words: str) -> None:
        """Report that a stage has started."""
        if not self.quiet and not self.as_json:
            click.echo(words, err=True)

    def say(self, words: str) -> None:
        """Print a result, unless the output is JSON."""
        if not self.as_json:
            click.echo(words)

    def problems(self, problems: Iterable[Problem]) -> None:
        """Print all problems; notices only with -v."""
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
        for same in _grouped(shown):
            click.echo(_formatted(same), err=True)
        if len(every) > len(serious(every)) and not self.verbose and not self.quiet:
            click.echo("Some notices are not shown. To see them, run “reportgen check”.", err=True)


def _grouped(problems: Iterable[Problem]) -> list[list[Problem]]:
    """Group problems that differ only in row and value; notices come first."""
    groups: dict[object, list[Problem]] = {}
    for number, problem in enumerate(problems):
        rows = problem.row is not None and not problem.excerpt
        kind = (problem.severity, problem.code, problem.file, problem.sheet, problem.column, problem.message)
        groups.setdefault(kind if rows else number, []).append(problem)
    return sorted(groups.values(), key=lambda same: same[0].severity == "problem")


def _formatted(same: Sequence[Problem]) -> str:
    """Format problems of one kind for 80 columns: location, message, excerpt, hint."""
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
    told = problem.excerpt or problem.stage is Stage.CHECKS  # the value of a check is its id
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
    """Return the number of problems in words, counting every row."""
    number = together(serious(problems)).for_analyst()
    return "1 problem" if number == 1 else f"{number:,} problems"


def _short(value: str) -> str:
    """Shorten a value to one printable line of at most 60 characters."""
    plain = "".join(c if c.isprintable() else "�" for c in value)
    return plain if len(plain) <= 60 else plain[:59] + "…"  # a line of a terminal
