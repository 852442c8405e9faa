"""The values of the narrative: templates as read, and the report as a document."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from reportgen.model.figure import Key


@dataclass(frozen=True, slots=True)
class Chapter:
    """A chapter as written: its file (``chapters/03-penalties.md``), its id, its text."""

    file: str
    id: str
    text: str


@dataclass(frozen=True, slots=True)
class Templates:
    """The folder of words: page, style, captions, chapters, and the fingerprint of each file."""

    page: str
    css: str
    captions: Mapping[str, Mapping[str, Mapping[str, object]]]
    captions_text: str
    chapters: tuple[Chapter, ...]
    sha256: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Caption:
    """The words around a table or chart, as text and as safe HTML."""

    title: str
    subtitle: str = ""
    alt: str = ""
    source: str = ""
    notes: tuple[str, ...] = ()
    html: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class QuotedFigure:
    """A figure that stands in the words: as displayed, with every template line that quotes it.

    ``year`` is the label of its period; ``part`` is "" for the figure itself, "change" for a difference of two years,
    "share" for its part of the whole, "interval" for an end of its interval, "base" for what it rests on.
    """

    key: Key
    display: str
    value: float | None
    marker: str
    where: tuple[str, ...]
    year: str = ""
    part: str = ""


@dataclass(frozen=True, slots=True)
class Section:
    """A chapter as it stands in the report: id, title, HTML, and its headings (id, title)."""

    id: str
    title: str
    html: str
    headings: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Narrative:
    """The report as one document: for the web, for print, as Govspeak; what it quotes and what it left out.

    ``unreleased`` are the responses whose comments stand, or would stand, where nobody has released them.
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
