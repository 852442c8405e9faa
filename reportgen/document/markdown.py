"""Markdown with tokens into HTML and Govspeak.

Goes in: the rendered text of a chapter. Comes out: its title, its headings, its HTML for the web and for print, its
Govspeak. Hides the Markdown parser.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from reportgen.language.fragment import TOKEN, FragmentStore

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.token import Token


@dataclass(frozen=True, slots=True)
class RenderedChapter:
    """A chapter in all its forms."""

    title: str
    headings: tuple[tuple[str, str], ...]
    web: str
    paper: str
    govspeak: str


def parser() -> MarkdownIt:
    """CommonMark with tables, without HTML."""
    from markdown_it import MarkdownIt

    made = MarkdownIt("commonmark", {"html": False}).enable("table")
    usual = made.normalizeLink

    def address(url: str) -> str:
        """An address as it is where a token stands in it: coded, the token would not be known again."""
        return url if TOKEN.search(url) else usual(url)

    made.normalizeLink = address  # type: ignore[method-assign]  # the parser's way to be told
    return made


def write(text: str, id_: str, tray: FragmentStore, markdown: MarkdownIt) -> RenderedChapter:
    """A chapter's forms. Headings go down one level: the report's title is the first."""
    text = _apart(text, tray)
    tokens = markdown.parse(text)
    title, headings = "", []
    used: dict[str, int] = {}
    for n, token in enumerate(tokens):
        if token.type not in ("heading_open", "heading_close"):
            continue
        level = int(token.tag[1:])
        token.tag = f"h{min(level + 1, 6)}"
        if token.type == "heading_close":
            continue
        words = _words(tokens[n + 1], tray)
        if level == 1 and not title:
            title = words
            token.attrSet("id", f"{id_}-heading")
            continue
        slug = re.sub(r"[^a-z0-9]+", "-", words.casefold()).strip("-") or "part"
        used[slug] = used.get(slug, 0) + 1
        name = f"{id_}-{slug}" + (f"-{used[slug]}" if used[slug] > 1 else "")
        token.attrSet("id", name)
        if level == 2:  # the headings that the contents show
            headings.append((name, words))
    html = markdown.renderer.render(tokens, markdown.options, {})
    html = html.replace("<blockquote>", '<blockquote class="callout">')
    html = re.sub(r"<p>\s*</p>\n?", "", html)
    return RenderedChapter(
        title,
        tuple(headings),
        tray.fill(html, lambda piece: piece.web),
        tray.fill(html, lambda piece: piece.paper),
        to_govspeak(text, tray),
    )


def _apart(text: str, tray: FragmentStore) -> str:
    """Blocks between blank lines, so that two on lines of their own are not taken for one paragraph."""

    def block(match: re.Match[str]) -> str:
        return f"\n{match[0]}\n" if tray.pieces[int(match[1])].block else match[0]

    return re.sub(rf"^{TOKEN.pattern}$", block, text, flags=re.MULTILINE)


def _words(inline: Token, tray: FragmentStore) -> str:
    """The plain text of a heading."""
    parts = [child.content for child in inline.children or () if child.type in ("text", "code_inline", "softbreak")]
    return tray.fill("".join(part or " " for part in parts), lambda piece: piece.text)


def inline_html(text: str, tray: FragmentStore, markdown: MarkdownIt) -> str:
    """A caption's words as HTML."""
    return tray.fill(markdown.renderInline(text), lambda piece: piece.web)


def plain(text: str, tray: FragmentStore) -> str:
    """A caption's words without markup."""
    bare = re.sub(r"(\*\*|__|`)", "", tray.fill(text, lambda piece: piece.text))
    return " ".join(bare.split())


def to_govspeak(text: str, tray: FragmentStore) -> str:
    """Headings one level down, callouts and key figures in Govspeak's own form, tokens as text."""
    lines: list[str] = []
    panel = False
    quote: list[str] = []

    def close() -> None:
        if quote:
            lines.append(f"^{' '.join(quote)}^")
            quote.clear()

    for line in text.split("\n"):
        filled = TOKEN.sub(lambda match: tray.pieces[int(match[1])].gov, line)
        if line.startswith(">"):
            quote.append(filled.lstrip("> ").rstrip())
            continue
        close()
        if filled.strip() in ("\ue100", "\ue101"):
            panel = filled.strip() == "\ue100"
            continue
        if re.match(r"#{1,5}\s", line):
            filled = f"#{filled}"
        if panel and filled.startswith("- "):
            words = re.sub(r"\*\*(.+?)\*\*", r"*\1*", filled[2:], count=1)
            lines += ["{stat-headline}", words, "{/stat-headline}", ""]
            continue
        lines.append(filled.rstrip())
    close()
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip() + "\n"
