"""A template as its reader sees it: the words without what stands in tags, and under which conditions they stand.

Goes in: the text of a template. Comes out: the text with every character in its place, and the stretches that a
condition governs. Works on any text, whether or not it can be read as a template, in time that grows with its length.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

PRINTED: Final = "\ue000"
"""Stands where a word prints something."""
ENDS: Final = {"{{": "}}", "{%": "%}", "{#": "#}"}
MARKERS: Final = re.compile(
    r"^(?P<before>[ \t]*(?:[-*+][ \t]+|\d{1,3}[.)][ \t]+|>[ \t]*)?)(?P<kind>(?:or|and|needed):)", re.MULTILINE
)
"""How a line begins that is an alternative to the one above it, stands only beside it, or must not go."""
BESIDE: Final = re.compile(r"^[ \t]*(?:[-*+][ \t]+)?and:.*$", re.MULTILINE)
"""A line that stands only beside the one above it."""
_OPEN: Final = re.compile(r"\{[{%#]")
_BLOCK: Final = re.compile(r"\{%[-+]?\s*(if|elif|else|endif)\b(.*?)[-+]?%\}", re.DOTALL)
_UNMARKED: Final = re.compile(r"[^*_`~\\]+")
_STRING: Final = re.compile(r"\"[^\"]*\"|'[^']*'")


@dataclass(frozen=True, slots=True)
class Tag:
    """A tag: where it begins and ends, and its text."""

    start: int
    end: int
    text: str


def tags(text: str) -> list[Tag]:
    """Every closed tag, comments too; one that is not closed is no tag."""
    found: list[Tag] = []
    endless: set[str] = set()
    place = 0
    while match := _OPEN.search(text, place):
        sign = match[0]
        end = -1 if sign in endless else text.find(ENDS[sign], match.end())
        if end < 0:
            endless.add(sign)
            place = match.end()
            continue
        place = end + 2
        found.append(Tag(match.start(), place, text[match.start() : place]))
    return found


def masked(text: str, allowed: Iterable[str] = ()) -> str:
    """The text with tags and allowed words blanked, every character in its place."""
    pieces, place = [], 0
    for tag in tags(text):
        blank = re.sub(r"[^\n]", " ", tag.text)
        pieces += [text[place : tag.start], PRINTED + blank[1:] if tag.text.startswith("{{") else blank]
        place = tag.end
    made = "".join([*pieces, text[place:]])
    for words in allowed:
        if words.strip():
            pattern = rf"(?<!\w){re.escape(words)}(?!\w)"
            made = re.sub(pattern, lambda match: re.sub(r"[^\n]", " ", match[0]), made)
    return made


def without_markers(plain: str) -> str:
    """Blank the markers at the start of lines, every other character in its place."""
    return MARKERS.sub(lambda match: match["before"] + " " * len(match["kind"]), plain)


def unmarked(text: str) -> tuple[str, list[int]]:
    """The text without the signs of emphasis and the backslash, and the place of each character that is left."""
    pieces: list[str] = []
    places: list[int] = []
    for match in _UNMARKED.finditer(text):
        pieces.append(match[0])
        places.extend(range(match.start(), match.end()))
    return "".join(pieces), [*places, len(text)]


@dataclass(frozen=True, slots=True)
class Stretch:
    """Text that stands only under a condition; "" where it stands whenever others do not hold."""

    start: int
    end: int
    condition: str


def stretches(text: str) -> list[Stretch]:
    """Every stretch under a condition, the outer after the inner."""
    found: list[Stretch] = []
    opened: list[tuple[int, str]] = []
    for tag in tags(text):
        match = _BLOCK.fullmatch(tag.text)
        if not match:
            continue
        name, condition = match[1], _STRING.sub('""', match[2]).strip()
        if name != "if" and opened:
            start, before = opened.pop()
            found.append(Stretch(start, tag.start, before))
        if not name.startswith("end"):
            opened.append((tag.end, condition))
    return found


def sentence_stretches(text: str) -> list[Stretch]:
    """Find every line that uses a word, and every line that stands only beside another.

    In place of a condition a stretch has the words that its line uses, without what stands in quotation marks.
    """
    found: list[Stretch] = []
    starts = [0, *(match.end() for match in re.finditer("\n", text))]
    ends = [*(start - 1 for start in starts[1:]), len(text)]
    lines: dict[int, list[str]] = {}
    place = 0
    for tag in tags(text):
        if tag.text.startswith("{#"):
            continue
        while place + 1 < len(starts) and starts[place + 1] <= tag.start:
            place += 1
        lines.setdefault(place, []).append(_STRING.sub('""', tag.text.strip("{%}+- ")))
    found += [Stretch(match.start(), match.end(), "") for match in BESIDE.finditer(text)]
    for line, words in lines.items():
        found.append(Stretch(starts[line], ends[line], " ; ".join(words)))
    return found
