"""Check the web page: structure, headings, tables, images, links. Our own rules; tests run axe as well.

Input: the finished publication. Output: outcomes, with the place of each fault on the page.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from typing import Final
from urllib.parse import urlsplit

from reportgen.checks.check import Finished, Outcome, judged, not_applicable
from reportgen.checks.html_tree import Element
from reportgen.language.css_tokens import addresses

NO_PAGE: Final = "No web page was made in this build."
ALT: Final = range(60, 251)
"""Length of a chart's text alternative in characters: less says too little, more belongs in body text."""
_HEADING: Final = re.compile(r"h[1-6]")
_VAGUE: Final = frozenset(
    ["here", "click here", "more", "read more", "find out more", "see more", "link", "this", "this page", "download"]
)
_PICTURE_NAME: Final = re.compile(r"\.(?:svg|png|jpe?g|gif)\b|^(?:image|picture|graphic) of\b", re.IGNORECASE)

_EMAIL: Final = re.compile(r"[^@\s,;?]+@[^@\s,;?]+\.[a-z]{2,}", re.IGNORECASE)
_HOST: Final = re.compile(r"[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)+")
_UNSAFE: Final = re.compile(r"[\s<>\"{}|\\^`]")


def structure(finished: Finished) -> Outcome:
    """Check language, title, one main element, skip link, no scripts or external content, no nesting errors."""
    if not finished.report("html"):
        return not_applicable(NO_PAGE)
    page = finished.page
    return judged(_structure(page), f"{sum(1 for _ in page.walk()):,} elements read")


def _structure(page: Element) -> Iterator[str]:
    root, title = page.first("html"), page.first("title")
    if root is None or root.get("lang") != "en-GB":
        yield "The page does not say that it is written in British English (lang=en-GB)."
    if title is None or not title.held().strip():
        yield "The page has no title."
    for tag, word in (("main", "main part"), ("h1", "main heading")):
        if (number := len(page.all(tag))) != 1:
            yield f"The page has {number} of <{tag}>; a reader expects one {word}."
    if not any("skip-link" in a.get("class").split() for a in page.all("a")):
        yield "There is no link that skips to the main content."
    for element in page.walk():
        yield from (f"Line {element.line}: {fault}." for fault in _active(element))
    yield from _fetched(page)


def _active(element: Element) -> Iterator[str]:
    """Yield what a self-contained page without scripts must not contain."""
    if element.tag in {"#unclosed", "#unopened"}:
        yield f"<{element.get('tag')}> has no {'end' if element.tag == '#unclosed' else 'beginning'}"
    if element.tag in {"script", "iframe", "object", "embed", "form", "base", "link"}:
        yield f"<{element.tag}> has no place in a page that works alone"
    for name, value in element.attributes.items():
        if name.startswith("on") or value.strip().casefold().startswith("javascript:"):
            yield f"<{element.tag}> runs a script ({name})"
    if element.tag == "meta" and element.get("http-equiv"):
        yield f"a meta element acts as a header ({element.get('http-equiv')})"
    if element.get("tabindex") not in {"", "0", "-1"}:
        yield f"<{element.tag}> changes the order of the tab key"


def _fetched(page: Element) -> Iterator[str]:
    for element in page.walk():
        for name in ("src", "srcset", "poster", "data", "background"):
            value = element.get(name)
            if value and not value.startswith("data:"):
                yield f"Line {element.line}: <{element.tag}> needs {value[:60]} from elsewhere."
    for style in page.all("style"):
        for address in addresses(style.held()):
            if not address.startswith(("data:", "#")):
                yield f"The style needs {address[:60]} from elsewhere."


def headings(finished: Finished) -> Outcome:
    """Check headings: one h1 first, no skipped level, no repeated chapter, none empty."""
    if not finished.report("html"):
        return not_applicable(NO_PAGE)
    found = [element for element in finished.page.walk() if _HEADING.fullmatch(element.tag)]
    return judged(_headings(found), f"{len(found)} headings")


def _headings(found: list[Element]) -> Iterator[str]:
    before = 0
    for heading in found:
        level, text = int(heading.tag[1]), heading.text()
        if not text:
            yield f"Line {heading.line}: an empty heading."
        if level > before + 1:
            yield f"“{text}” is a heading of level {level} after one of level {before}: a level is left out."
        if text.endswith("."):
            yield f"The heading “{text}” ends in a full stop."
        before = level
    chapters = Counter(heading.text() for heading in found if heading.tag == "h2")
    yield from (f"{number} chapters are called “{text}”." for text, number in chapters.items() if number > 1)


def tables(finished: Finished) -> Outcome:
    """Check tables: caption, one header, scope on header cells, equal rows, nothing merged or empty."""
    if not finished.report("html"):
        return not_applicable(NO_PAGE)
    found = finished.page.all("table")
    if not found:
        return not_applicable("There are no tables.")
    return judged((fault for table in found for fault in _table(table)), f"{len(found)} tables")


def _table(table: Element) -> Iterator[str]:
    caption = table.first("caption")
    cell = table.first("th") or table.first("td")
    begins = f"The table that begins with “{cell.text()}”" if cell and cell.text() else f"A table on line {table.line}"
    name = f"“{caption.text()}”" if caption and caption.text() else begins
    if caption is None or not caption.text():
        yield f"{name} has no caption."
    if len(table.all("thead")) != 1:
        yield f"{name} has not exactly one head."
    lengths = set()
    for row in table.all("tr"):
        cells = [cell for cell in row.children if isinstance(cell, Element) and cell.tag in {"th", "td"}]
        if len(cells) != 1 or cells[0].get("scope") not in {"rowgroup", "colgroup"}:
            lengths.add(len(cells))
            for cell in cells:
                yield from (f"{name} {fault}." for fault in _table_cell(cell, first=cell is cells[0]))
    if len(lengths) > 1:
        yield f"{name} has rows of different lengths."
    if not any(cell.tag == "th" and cell.get("scope") == "row" for cell in table.walk()):
        yield f"{name} has no row heads."


def _table_cell(cell: Element, *, first: bool) -> Iterator[str]:
    if cell.get("colspan") not in {"", "1"} or cell.get("rowspan") not in {"", "1"}:
        yield f"has merged cells (“{cell.text()}”)"
    if cell.tag == "th" and cell.get("scope") not in {"col", "row", "rowgroup", "colgroup"}:
        yield f"does not say what the head cell “{cell.text()}” heads"
    if not cell.text() and not (cell.tag == "td" and first):
        yield "has an empty cell"


def pictures(finished: Finished) -> Outcome:
    """Check that each chart has a distinct text alternative of 60 to 250 characters."""
    if not finished.report("html"):
        return not_applicable(NO_PAGE)
    found = _alternatives(finished.page)
    if not found and not finished.charts:
        return not_applicable("There are no charts.")
    captions = {caption.text() for caption in finished.page.all("figcaption", "caption")}
    return judged(_pictures(found, captions), f"{len(found)} pictures, each with its text")


def _alternatives(page: Element) -> list[tuple[int, str | None]]:
    """Return the line and text alternative of each image, None if missing; decorative ones are left out."""
    found: list[tuple[int, str | None]] = []
    for element in page.walk():
        if element.tag == "img":
            found.append((element.line, element.attributes.get("alt")))
        elif element.tag == "svg" and element.get("aria-hidden") != "true":
            titles = [child for child in element.children if isinstance(child, Element) and child.tag == "title"]
            found.append((element.line, (titles[0].held() if titles else element.get("aria-label")) or None))
    return found


def _pictures(found: list[tuple[int, str | None]], captions: set[str]) -> Iterator[str]:
    for line, text in found:
        if text is None:
            yield f"Line {line}: a picture without a text alternative."
            continue
        words = " ".join(text.split())
        short = words if len(words) <= 60 else f"{words[:59]}…"  # a line to read
        if len(words) not in ALT:
            yield f"“{short}” is a text alternative of {len(words)} characters; 60 to 250 say enough and not too much."
        if words in captions:
            yield f"“{short}” repeats its caption."
        if _PICTURE_NAME.search(words):
            yield f"“{short}” names a file or says “image of”."
    same = Counter(text for _, text in found if text)
    yield from (
        f"{number} pictures have the same text alternative: “{text[:60]}”."
        for text, number in same.items()
        if number > 1
    )


def links(finished: Finished) -> Outcome:
    """Check links: internal ones have targets, external ones are valid https, each has its own text."""
    if not finished.report("html"):
        return not_applicable(NO_PAGE)
    page = finished.page
    identified = Counter(element.get("id") for element in page.walk() if element.get("id"))
    found = page.all("a")
    faults = [f"{number} elements are called “{name}”." for name, number in identified.items() if number > 1]
    faults += [fault for link in found for fault in _link(link, set(identified))]
    faults += _repeated_texts(found)
    for element in page.walk():
        for name in ("aria-labelledby", "aria-describedby", "headers", "for"):
            faults += [
                f"Line {element.line}: <{element.tag} {name}> points to “{target}”, which is not there."
                for target in element.get(name).split()
                if target not in identified
            ]
    return judged(faults, f"{len(found)} links, {len(identified)} targets")


def _link(link: Element, identified: set[str]) -> Iterator[str]:
    target, text = link.get("href"), link.text()
    if not target:
        yield f"Line {link.line}: a link that leads nowhere (“{text}”)."
        return
    if not text:
        yield f"Line {link.line}: a link without words (to {target})."
    elif text.casefold().strip(" .") in _VAGUE:
        yield f"The link “{text}” does not say where it leads ({target})."
    if target.startswith("#"):
        if target[1:] not in identified and target != "#":
            yield f"“{text}” leads to {target}, which is not on the page."
        return
    if fault := address_fault(target):
        yield f"“{text}” leads to {target}: {fault}."


def address_fault(target: str) -> str:
    """Return what is wrong with an external address; "" if it is well formed."""
    try:
        parts = urlsplit(target)
        odd = parts.username or parts.port
    except ValueError:
        return "the address is malformed"
    if parts.scheme == "mailto":
        return "" if _EMAIL.fullmatch(parts.path) else "not an email address"
    if parts.scheme != "https":
        return "an address begins with https"
    if odd or not _HOST.fullmatch(parts.hostname or ""):
        return "there is no such host"
    return "a character that does not belong in an address" if _UNSAFE.search(target) else ""


def _repeated_texts(found: list[Element]) -> list[str]:
    """Report identical link texts with different targets."""
    places: dict[str, set[str]] = {}
    for link in found:
        if link.text():
            places.setdefault(link.text().casefold(), set()).add(link.get("href"))
    return [
        f"“{text}” leads to {len(targets)} different places." for text, targets in places.items() if len(targets) > 1
    ]
