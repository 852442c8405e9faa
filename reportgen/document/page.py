"""The page around the chapters, from ``report.html.j2``: once for the web, once for print.

Goes in: the page template, the style sheet, chapters. Comes out: whole HTML documents. The page is a template like any
other: the same words, the same lint, the same tracing; what it prints is text wherever it stands, also inside an
attribute or a style.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from html.parser import HTMLParser
from typing import TYPE_CHECKING, Final

from jinja2 import nodes

from reportgen.document import web_fonts
from reportgen.document.typography import typeset
from reportgen.language import grammar, sandbox
from reportgen.language.fragment import TOKEN, FragmentForms, escape
from reportgen.language.lint.css import css_text, style
from reportgen.language.lint.literals import typed_numbers
from reportgen.language.lint.prose import lint
from reportgen.language.mistakes import short
from reportgen.language.parts import Parts
from reportgen.language.source_map import Passage
from reportgen.language.tagged_text import PRINTED, masked
from reportgen.vocabulary.static_check import Foresight

if TYPE_CHECKING:
    from reportgen.document.run_template import Rendering
    from reportgen.language.fragment import Fragment, FragmentStore
    from reportgen.language.mistakes import Mistakes
    from reportgen.model.narrative import Section

PAGE: Final = "report.html.j2"
STYLE: Final = "report.css"
PLACE: Final = '<section data-chapter="{}"></section>'
"""Stands for a chapter until the page around it is set."""
NEEDED: Final = ("title", "css", "font_faces", "chapters")
"""Words without which a page is no report."""
ACTIVE: Final = (
    "script",
    "iframe",
    "object",
    "embed",
    "base",
    "form",
    "frame",
    "frameset",
    "applet",
    "link",
    "template",
)
FETCHING: Final = ("src", "srcset", "data", "poster", "background", "action", "formaction", "ping", "manifest")
READ: Final = ("alt", "title", "aria-label", "placeholder")
"""Attributes whose words are read to somebody."""
PLACES: Final = re.compile(r"(<style\b.*?</style>)|(<title>.*?</title>)|(<[^<>]*>)", re.DOTALL | re.IGNORECASE)


@dataclass(frozen=True)
class ChapterWords(Parts):
    """A chapter, for the page."""

    section: Section
    tray: FragmentStore

    PARTS = ("id", "title", "html", "headings")

    def __getattr__(self, name: str) -> object:
        if name.startswith("_") or name not in self.PARTS:
            raise AttributeError(name)
        section, tray = self.section, self.tray
        if name == "html":
            place = PLACE.format(section.id)
            return tray.put(FragmentForms(section.title, place, place, ""))
        if name == "headings":
            return tuple(HeadingWords(tray.text(id_), tray.text(title)) for id_, title in section.headings)
        return tray.text(getattr(section, name))


@dataclass(frozen=True)
class HeadingWords(Parts):
    """A heading inside a chapter, for the page."""

    id: Fragment
    title: Fragment

    PARTS = ("id", "title")


KINDS: Final[Mapping[str, type[Parts]]] = {"chapters": ChapterWords, "headings": HeadingWords}
"""What the loops of a page go over."""


@dataclass
class Frame:
    """The page of one rendering."""

    page: str
    css: str
    rendering: Rendering
    draft: bool
    fit: bool = False
    """Whether page and style sheet hold only what they may."""

    def whole(self, sections: Sequence[Section], *, paper: bool) -> str:
        """One document; "" where the page or the style sheet cannot be used: the mistakes say why."""
        if not self.fit:
            return ""
        rendering, tray = self.rendering, self.rendering.tray
        words = self._words(sections, paper=paper)
        rendering.env.globals.update(words)
        tree = grammar.parsed(rendering.env, self._passage, rendering.mistakes)
        if tree is None:
            raise AssertionError("the page was read before and cannot be read now")
        template = sandbox.compiled(rendering.env, tree, self._passage, rendering.mistakes, lines=False)
        if template is None:
            return ""
        made = sandbox.run(template, self._passage, rendering.mistakes, rendering.words.place, most=PAGE_MOST)
        for name in words:
            del rendering.env.globals[name]
        page = typeset(filled(made, tray))
        for one in sections:  # set already, each with its chapter
            page = page.replace(PLACE.format(one.id), one.html)
        return page

    def _words(self, sections: Sequence[Section], *, paper: bool) -> dict[str, object]:
        """The words that only the page has."""
        tray, release = self.rendering.tray, self.rendering.names["release"]
        pieces = (part for piece in tray.pieces for part in (piece.text, piece.web))
        words = (*pieces, *(one.html for one in sections))
        faces = web_fonts.faces(
            web=not paper, right_to_left=any(web_fonts.RIGHT_TO_LEFT.search(part) for part in words)
        )
        return {
            "print": paper,
            "title": release.title,  # type: ignore[attr-defined]  # the vocabulary's release
            "summary": release.summary,  # type: ignore[attr-defined]  # the vocabulary's release
            "illustrative": release.illustrative,  # type: ignore[attr-defined]  # the vocabulary's release
            "draft": self.draft,
            "css": tray.put(FragmentForms("", self.css, self.css, "", raw=True)),
            "font_faces": tray.put(FragmentForms("", faces, faces, "", raw=True)),
            "chapters": tuple(ChapterWords(one, tray) for one in sections),
        }

    @cached_property
    def _passage(self) -> Passage:
        return Passage(PAGE, self.page)

    def look(self) -> bool:
        """Return whether page and style sheet hold only what they may; every mistake is told."""
        mistakes = self.rendering.mistakes
        fine = style(Passage(STYLE, self.css), mistakes)
        lint_page(self._passage, mistakes, self.rendering.allowed)
        tree = grammar.parsed(self.rendering.env, self._passage, mistakes)
        if tree is None or not grammar.allowed(tree, self._passage, mistakes, grammar.PAGE_LOOPS):
            return False
        names = {**self.rendering.names, **self._words((), paper=False)}
        Foresight(self.rendering.words, names, self._passage, mistakes, KINDS).look(tree)
        used = {one.name for one in tree.find_all(nodes.Name)}
        lacking = [name for name in NEEDED if name not in used]
        if lacking:
            said = f"The page does not print {', '.join(lacking)}."
            hint = "Compare it with the page of a fresh workspace (“reportgen init DIR”)."
            mistakes.add(PAGE, None, "page-incomplete", said, hint, value=lacking[0])
        return fine


PAGE_MOST: Final = 20_000_000
"""Characters of a whole page."""


def filled(made: str, tray: FragmentStore) -> str:
    """The page with every token as text for its place: in a style, in a tag or title, or between tags."""

    def put(text: str, form: str) -> str:
        return TOKEN.sub(lambda match: _form(tray.pieces[int(match[1])], form), text)

    pieces, place = [], 0
    for match in PLACES.finditer(made):
        pieces += [put(made[place : match.start()], "web"), put(match[0], "style" if match[1] else "text")]
        place = match.end()
    return "".join([*pieces, put(made[place:], "web")])


def _form(piece: FragmentForms, form: str) -> str:
    if form == "web":
        return piece.web
    if form == "text":
        return escape(piece.text)
    return piece.web if piece.raw else css_text(piece.text)


def lint_page(passage: Passage, mistakes: Mistakes, allowed: tuple[str, ...]) -> None:
    """The page's own words: numbers and claims as in a chapter; nothing that runs or is fetched."""
    shown = re.sub(r"(?s)<style\b.*?</style>|<!doctype[^>]*>|<[^<>]*>", _blank, passage.text)
    lint(Passage(passage.file, shown, passage.spots), mistakes, allowed, chapter=False)
    _Markup(passage, mistakes).read()


def _blank(match: re.Match[str]) -> str:
    return re.sub(r"[^\n]", " ", match[0])


class _Markup(HTMLParser):
    """Looks for what runs or is fetched."""

    def __init__(self, passage: Passage, mistakes: Mistakes) -> None:
        super().__init__(convert_charrefs=False)
        self.passage, self.mistakes = passage, mistakes

    def read(self) -> None:
        """All of it; the tags of the template are no HTML."""
        self.feed(masked(self.passage.text).replace(PRINTED, "x"))
        self.close()

    def _tell(self, code: str, said: str, hint: str, value: str) -> None:
        line, column = self.getpos()
        self.mistakes.add(self.passage.file, line, code, said, hint, at=column + 1, value=value)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """A tag of the page."""
        if tag in ACTIVE:
            hint = "The page shows words and fetches nothing: take it out."
            self._tell("page-active", f"<{short(tag)}> does not belong on the page.", hint, tag)
        for name, value in attrs:
            target = re.sub(r"[\s\x00-\x1f]", "", value or "").casefold()
            scheme = re.match(r"[a-z][a-z0-9+.-]*:", target)
            if (
                name.startswith("on")
                or (scheme and scheme[0] not in ("https:", "mailto:", "http:"))
                or name == "srcdoc"
            ):
                hint = "Nothing on the page runs: take it out."
                self._tell("page-active", f"“{short(name)}” may run something.", hint, name)
            elif name in FETCHING or (name == "style" and "url(" in target):
                hint = "Nothing is fetched: put pictures with chart(…)."
                self._tell("page-fetches", f"“{short(name)}” fetches something from elsewhere.", hint, name)
            elif name in READ and value and tag != "meta" and typed_numbers(value):
                said = f"“{short(typed_numbers(value))}” is typed by hand."
                self._tell("untraced-figure", said, "Say it without a number, or print it between tags.", value)
            elif name == "http-equiv" and target == "refresh":
                self._tell("page-active", "The page may not lead elsewhere by itself.", "Take it out.", name)
