"""Values of the narrative: templates as read, and the composed report."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from reportgen.model.figure import Key


@dataclass(frozen=True, slots=True)
class Chapter:
    """A chapter template: file name (``chapters/03-penalties.md``), id, text."""

    file: str
    id: str
    text: str


@dataclass(frozen=True, slots=True)
class Templates:
    """The templates folder: page, CSS, captions, chapters, and the SHA-256 of each file."""

    page: str
    css: str
    captions: Mapping[str, Mapping[str, Mapping[str, object]]]
    captions_text: str
    chapters: tuple[Chapter, ...]
    sha256: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Caption:
    """Title, subtitle, alt text, source and notes of a table or chart, as text and as safe HTML."""

    title: str
    subtitle: str = ""
    alt: str = ""
    source: str = ""
    notes: tuple[str, ...] = ()
    html: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class QuotedFigure:
    """A figure quoted in the narrative: its displayed value and every template line that quotes it.

    ``year`` is the label of its period. ``part`` says what is quoted: "" the figure itself, "change" the difference
    between two years, "share" its share of the total, "interval" a bound of its confidence interval, "base" its base.
    """

    key: Key
    display: str
    value: float | None
    marker: str
    where: tuple[str, ...]
    year: str = ""
    part: str = ""


@dataclass(frozen=True, slots=True)
class LeftOutSentence:
    """A sentence that does not stand this year: file, line, its words as written, and why.

    ``other``: another sentence, written as an alternative, is printed in its place.
    """

    file: str
    line: int | None
    words: str
    why: str
    other: bool = False


@dataclass(frozen=True, slots=True)
class Section:
    """A rendered chapter: id, title, HTML, and its headings (id, title)."""

    id: str
    title: str
    html: str
    headings: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Narrative:
    """The composed report: HTML for the web and for print, Govspeak, quoted figures, omitted elements.

    ``unreleased`` are the ids of responses whose quotes are printed, or would be, without a person having released
    them.
    """

    html: str
    print_html: str
    govspeak: str
    captions: Mapping[str, Caption]
    quoted: tuple[QuotedFigure, ...]
    chapters: tuple[tuple[str, str], ...]
    omitted: tuple[tuple[str, str], ...]
    placed: Mapping[str, str]
    claims: int = 0
    unreleased: tuple[str, ...] = ()
    left_out: tuple[LeftOutSentence, ...] = ()
