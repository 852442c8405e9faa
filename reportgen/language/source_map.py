"""A text with its place in a file: every character knows its line and column there.

Goes in: a whole file, or a text written inside ``captions.toml``. Comes out: ``Passage``. Hides how TOML writes a text,
so that a mistake inside one is marked where it stands in the file.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Final

Spot = tuple[int, int]
"""A line and a column, both from 1."""
_ESCAPES: Final = {"b": "\b", "t": "\t", "n": "\n", "f": "\f", "r": "\r", '"': '"', "\\": "\\", "e": "\x1b"}
_MARKS: Final = re.compile("[\"'#]")
_CODES: Final = {"x": 2, "u": 4, "U": 8}


@dataclass(frozen=True)
class Passage:
    """A text of a file. Without ``spots`` it is the whole file."""

    file: str
    text: str
    spots: tuple[Spot, ...] = ()

    @cached_property
    def _starts(self) -> tuple[int, ...]:
        return (0, *(match.end() for match in re.finditer("\n", self.text)))

    def at(self, place: int) -> Spot:
        """Where in the file the character at a place of the text stands."""
        if self.spots:
            return self.spots[min(place, len(self.spots) - 1)]
        line = bisect_right(self._starts, place)
        return line, place - self._starts[line - 1] + 1

    def line(self, number: int) -> Spot:
        """Where in the file a line of the text begins."""
        return self.at(self._starts[min(max(number, 1), len(self._starts)) - 1])


@dataclass(frozen=True, slots=True)
class WrittenText:
    """A text as TOML writes it: what it says, and where each of its characters stands."""

    text: str
    start: int
    spots: tuple[Spot, ...]


def texts(source: str) -> tuple[WrittenText, ...]:
    """Every text of a TOML file that can be read, keys in quotes too, in order."""
    whole = Passage("", source)
    found = []
    place = _next(source, 0)
    while place < len(source):
        if source[place] == "#":
            place = _end(source, "\n", place)
        else:
            mark = source[place] * (3 if source.startswith(source[place] * 3, place) else 1)
            pieces = [*_read(source, place + len(mark), mark)]
            text = "".join(sign for sign, _ in pieces[:-1])
            found.append(WrittenText(text, place, tuple(whole.at(spot) for _, spot in pieces)))
            place = pieces[-1][1] + len(mark)
        place = _next(source, place)
    return tuple(found)


def _next(source: str, place: int) -> int:
    """Where the next text or comment begins."""
    found = _MARKS.search(source, place)
    return found.start() if found else len(source)


def _end(source: str, sign: str, place: int) -> int:
    found = source.find(sign, place)
    return len(source) if found < 0 else found


def _read(source: str, place: int, mark: str) -> Iterator[tuple[str, int]]:
    """Each character of a text with its place; last the place of the closing mark."""
    if len(mark) > 1 and source.startswith("\n", place):
        place += 1
    while place < len(source) and not source.startswith(mark, place):
        sign, after = source[place], place + 1
        if sign == "\\" and mark[0] == '"':
            letter = source[after : after + 1]
            if letter in _CODES:
                width = _CODES[letter]
                sign, after = chr(int(source[after + 1 : after + 1 + width], 16)), after + 1 + width
            elif letter in _ESCAPES:
                sign, after = _ESCAPES[letter], after + 1
            else:
                # a backslash at the end of a line takes the line's end and what is blank after it
                blank = re.compile(r"\s*").match(source, after)
                place = blank.end() if blank and blank.end() > after else after + 1
                continue
        yield sign, place
        place = after
    if len(mark) > 1:
        # one or two quotation marks may stand right before the closing three
        while source.startswith(mark[0], place + len(mark)):
            yield mark[0], place
            place += 1
    yield "", place
