"""Mistakes in templates, said to a person who writes words: where, what, the line with a mark, what to do.

Goes in: a file, a line and what is wrong there. Comes out: problems of the stage of templates, each once.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from reportgen.problems import Problem, Stage

WIDTH: Final = 76


@dataclass
class Mistakes:
    """All mistakes of a rendering; the same mistake at the same place counts once."""

    sources: Mapping[str, str]
    found: dict[tuple[str, int | None, int | None, str], Problem] = field(default_factory=dict)

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
    ) -> None:
        """Keep a mistake; ``at`` is the column (from 1) or the words to look for from that line on."""
        column: int | None = at if isinstance(at, int) and at else None
        lines = self.sources.get(file, "").split("\n")
        if isinstance(at, str) and at and line:
            line, column = _look(lines, line, at)
        text = lines[line - 1] if line and line <= len(lines) else ""
        problem = Problem(
            Stage.TEMPLATES,
            code,
            message,
            hint,
            file=file,
            line=line,
            column=column,
            value=value or (at if isinstance(at, str) and at else None),
            excerpt=_marked(text, column),
        )
        self.found.setdefault((file, line, column, code), problem)

    def problems(self) -> tuple[Problem, ...]:
        """In the order of files and lines."""
        order = {name: n for n, name in enumerate(self.sources)}
        return tuple(
            sorted(self.found.values(), key=lambda p: (order.get(p.file or "", -1), p.line or 0, _number(p.column)))
        )


def _number(column: str | int | None) -> int:
    return column if isinstance(column, int) else 0


def _look(lines: list[str], line: int, words: str) -> tuple[int, int | None]:
    """The first place of the words from a line on (a call may go over several)."""
    for number in range(line, min(line + 12, len(lines)) + 1):
        place = re.search(
            rf"(?<!\w){re.escape(words)}(?!\w)" if words.isidentifier() else re.escape(words), lines[number - 1]
        )
        if place:
            return number, place.start() + 1
    return line, None


def _marked(text: str, column: int | None) -> str | None:
    """The line, cut to a terminal's width, with a mark under the place."""
    if not text.strip():
        return None
    start = 0
    if column and column > WIDTH - 10:
        start = column - WIDTH // 2
    piece = text[start : start + WIDTH].replace("\t", " ")
    return piece if not column else f"{piece}\n{' ' * (column - 1 - start)}^"
