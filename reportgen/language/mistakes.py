"""Mistakes in templates, said to a person who writes words: where, what, the line with a mark, what to do.

Goes in: a file, a line and what is wrong there. Comes out: problems of the stage of templates, each once.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from reportgen.model.problem import Problem, Stage, did_you_mean

if TYPE_CHECKING:
    from inspect import Signature

    from reportgen.model.figure import Key

WIDTH: Final = 76
NEAR: Final = 12
"""Lines over which a call may go on."""
SAID: Final = 80
"""Characters of a writer's own words that a message repeats."""


class Wrong(Exception):
    """A word used wrongly: code, what, hint, and the part of the line at fault; a ``notice`` stops nothing."""

    def __init__(self, code: str, said: str, hint: str = "", at: str = "", *, notice: bool = False) -> None:
        self.code, self.said, self.hint, self.at, self.notice = code, said, hint, at, notice
        super().__init__(said)


def misused(name: str, form: Signature, options: Mapping[str, object], example: str) -> Wrong:
    """What is wrong with what stands in a word's brackets: an option that it has not, or the form of the whole."""
    named = [one.name for one in form.parameters.values() if one.kind is one.KEYWORD_ONLY]
    open_ended = any(one.kind is one.VAR_KEYWORD for one in form.parameters.values())
    other = next((one for one in options if one not in named), "")
    if other and not open_ended:
        hint = did_you_mean(other, named) or (f"It has: {', '.join(named)}." if named else "It has no options.")
        return Wrong("wrong-use", f"“{name}” has no option “{short(other)}”.", hint, other)
    said = f"“{name}” is used with too few, too many or unknown words in its brackets."
    return Wrong("wrong-use", said, f"Such as {example}; see templates/README.md.", name)


class Omitted(Exception):
    """The rest of a chapter is not run."""


@dataclass
class Mistakes:
    """All mistakes of a rendering; the same mistake at the same place counts once."""

    sources: Mapping[str, str]
    found: dict[tuple[str, int | None, int | None, str, str | None], Problem] = field(default_factory=dict)
    split: dict[str, list[str]] = field(default_factory=dict)

    def add(
        self,
        file: str,
        line: int | None,
        code: str,
        message: str,
        hint: str = "",
        *,
        at: str | int = "",
        value: str | None = None,
        start: int = 1,
        notice: bool = False,
    ) -> int | None:
        """Keep a mistake; ``at`` is its column (from 1), or the words to look for from the column ``start`` on.

        Gives the column that is marked.
        """
        column: int | None = at if isinstance(at, int) and at else None
        lines = self._lines(file)
        if isinstance(at, str) and at and line:
            line, column = _look(lines, line, at, start)
        text = lines[line - 1] if line and line <= len(lines) else ""
        problem = Problem(
            Stage.TEMPLATES,
            code,
            message,
            hint,
            "notice" if notice else "problem",
            file=file,
            line=line,
            column=column,
            value=short(value or (at if isinstance(at, str) else "")) or None,
            excerpt=_marked(text, column),
        )
        # one mistake a place and kind; without a line it is the words that tell two apart
        self.found.setdefault((file, line, column, code, None if line else message), problem)
        return column

    def _lines(self, file: str) -> list[str]:
        if file not in self.split:
            self.split[file] = self.sources.get(file, "").split("\n")
        return self.split[file]

    def line(self, file: str, number: int | None) -> str:
        """Return a line as it is written; "" where there is none."""
        lines = self._lines(file)
        return lines[number - 1].strip() if number and number <= len(lines) else ""

    def has(self, file: str, line: int | None) -> bool:
        """Whether a line has a mistake already."""
        return any(key[:2] == (file, line) for key in self.found)

    def problems(self) -> tuple[Problem, ...]:
        """In the order of files and lines."""
        order = {name: n for n, name in enumerate(self.sources)}
        return tuple(
            sorted(self.found.values(), key=lambda p: (order.get(p.file or "", -1), p.line or 0, _number(p.column)))
        )


def short(words: str) -> str:
    """A writer's own words, cut where they are long, on one line."""
    words = " ".join(words.split())
    return words if len(words) <= SAID else f"{words[:SAID]}…"


def said_key(key: Key) -> str:
    """A figure in a writer's words: ``penalties.issued, role driver``."""
    return ", ".join([key.measure, *(f"{name} {word}" for name, word in key.pairs())])


def _number(column: str | int | None) -> int:
    return column if isinstance(column, int) else 0


def _look(lines: list[str], line: int, words: str, start: int) -> tuple[int, int | None]:
    """The first place of the words from a line on (a call may go over several)."""
    wanted = rf"(?<!\w){re.escape(words)}(?!\w)" if words.isidentifier() else re.escape(words)
    for number in range(line, min(line + NEAR, len(lines)) + 1):
        place = re.compile(wanted).search(lines[number - 1], start - 1 if number == line else 0)
        if place:
            return number, place.start() + 1
    return line, start if start > 1 else None


def _marked(text: str, column: int | None) -> str | None:
    """The line, cut to a terminal's width, with a mark under the place."""
    if not text.strip():
        return None
    start = 0
    if column and column > WIDTH - 10:
        start = column - WIDTH // 2
    piece = text[start : start + WIDTH].replace("\t", " ")
    return piece if not column else f"{piece}\n{' ' * (column - 1 - start)}^"
