"""Check that Whitehall accepts the Govspeak: our own reading of its sanitiser and syntax.

Input: Govspeak, the images used in it. Output: every fault with its line. Allowed elements and constructs are those of
alphagov/govspeak (README, govspeak.rb, html_sanitizer.rb), of rgrove/sanitize's relaxed configuration, which it
extends, and of kramdown, which parses the rest.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from itertools import pairwise
from typing import Final

from reportgen.checks.check import Finished, Outcome, judged, not_applicable
from reportgen.checks.html_tree import parse

ELEMENTS: Final = frozenset(
    re.findall(
        r"\S+",
        "a abbr address article aside b bdi bdo blockquote br caption cite code col colgroup data dd del dfn div dl dt"
        " em figcaption figure footer h2 h3 h4 h5 h6 header hgroup hr i img ins kbd li main mark nav ol p path pre q"
        " rp rt ruby s samp section small span strike strong sub summary sup svg table tbody td tfoot th thead time tr"
        " u ul var wbr",
    )
)
ATTRIBUTES: Final = frozenset(
    {"class", "dir", "hidden", "id", "lang", "tabindex", "title", "translate", "role", "aria-label"}
)
OWN_ATTRIBUTES: Final[Mapping[str, frozenset[str]]] = {
    "a": frozenset({"href", "hreflang", "name", "rel"}),
    "col": frozenset({"span", "width"}),
    "colgroup": frozenset({"span", "width"}),
    "img": frozenset({"align", "alt", "border", "height", "src", "srcset", "width"}),
    "li": frozenset({"value"}),
    "ol": frozenset({"reversed", "start", "type"}),
    "td": frozenset({"abbr", "align", "axis", "colspan", "headers", "rowspan", "valign", "width", "style"}),
    "th": frozenset(
        {"abbr", "align", "axis", "colspan", "headers", "rowspan", "scope", "sorted", "valign", "width", "style"}
    ),
    "time": frozenset({"datetime", "pubdate"}),
}
BOXES: Final = frozenset(
    {"$E", "$C", "$A", "$D", "$P", "$I", "$AI", "$CTA", "$!", "$LegislativeList", "$EndLegislativeList"}
)
BRACES: Final = frozenset(
    {
        "stat-headline",
        "/stat-headline",
        "barchart",
        "barchart stacked",
        "barchart compact",
        "barchart negative",
        "button",
        "/button",
    }
)
MARKS: Final = frozenset({"Image", "Attachment", "AttachmentLink", "Contact"})
PICTURES: Final = frozenset({"svg", "png", "jpg", "gif"})
WIDEST, TALLEST = 960, 640
"""Largest bitmap on GOV.UK, in pixels; larger ones must be cropped first. SVGs are exempt."""
_TAG: Final = re.compile(r"<(/?)([A-Za-z][A-Za-z0-9-]*)((?:[^<>\"']|\"[^\"]*\"|'[^']*')*)>|<!--")
_ITEM: Final = re.compile(r"(?:[*+-]|\d+\.)\s")
_CODE: Final = re.compile(r"(?<!\\)`[^`\n]*`")


_REFUSED: Final = (
    (r"^#(?!#)\s*\S", "a heading of the first level belongs to the page, not to its text"),
    (r"^#{5,}\s", "a heading deeper than the fourth level"),
    (r"^#{2,4}[^#\s]", "a heading needs a space after its signs"),
    (r"^#{2,4}\s+\d+(\.\d+)*\.?\s", "Whitehall numbers headings itself"),
    (r"^@|\{::", "a form that Govspeak no longer has"),
    (
        r"(?<!\\)(?:\\\\)*\\(?:$|[^\\.*_+`<>()\[\]{}#!:|\"'$=-])",
        "a backslash that would be shown: it hides no sign here",
    ),
    (r"\[InlineAttachment:|!@\d|!!\d|embed:attachments:", "an old form of attachment"),
    (r"^\|.*\[\^[^\]]+\]", "a footnote in a table"),
)


def passes(finished: Finished) -> Outcome:
    """Check that Govspeak knows every construct and its sanitiser would strip nothing."""
    if not finished.report("md"):
        return not_applicable("No Govspeak was made in this build.")
    text = finished.govspeak
    pictures = {name.rsplit("/", 1)[-1]: data for name, data in finished.files.items() if name.startswith("charts/")}
    if not pictures:  # a build without images: they are known by name
        pictures = {f"{name}.{kind}": b"" for name in finished.charts for kind in ("svg", "png")}
    used = len(re.findall(r"^\[Image:", text, re.MULTILINE))
    return judged(
        faults(text, pictures), f"{len(text.splitlines()):,} lines, {used} pictures, no construct unknown to Govspeak"
    )


def faults(text: str, pictures: Mapping[str, bytes]) -> Iterator[str]:
    """Yield what Whitehall would refuse, change or display wrongly, line by line."""
    lines = text.splitlines()
    bare = [_CODE.sub("", line) for line in lines]
    for number, line in enumerate(bare, 1):
        for fault in (*_markup(line), *_constructs(line)):
            yield f"Line {number}: {fault}."
    yield from _headings(lines)
    yield from _paragraphs(lines)
    yield from _tables(lines)
    yield from _pairs(bare)
    yield from _pictures(text, pictures)
    yield from _footnotes(bare)


def _markup(line: str) -> Iterator[str]:
    for found in _TAG.finditer(line):
        tag = (found[2] or "").casefold()
        if not tag:
            yield "a comment would be stripped"
        elif tag not in ELEMENTS:
            yield f"<{tag}> would be stripped"
        elif not found[1]:
            yield from _attributes(tag, found[0])
    for scheme in re.findall(r"\]\(\s*<?([a-z][a-z0-9+.-]*):", line, re.IGNORECASE):
        if scheme.casefold() not in {"http", "https", "mailto", "ftp"}:
            yield f"a link to {scheme}: would be stripped"
    if re.search(r"!\[[^\]]*\]\(", line):
        yield "a picture from an address; pictures are uploaded and named with [Image:…]"


def _attributes(tag: str, text: str) -> Iterator[str]:
    element = parse(text).first(tag)
    for name, value in (element.attributes if element else {}).items():
        if name not in ATTRIBUTES | OWN_ATTRIBUTES.get(tag, frozenset()) and tag != "svg":
            yield f"the attribute {name} of <{tag}> would be stripped"
        if name == "style" and not re.fullmatch(r"text-align:\s*(center|left|right)", value):
            yield f"the style of <{tag}> would be stripped"
        if name in {"href", "src"} and not re.match(r"(https?:|mailto:|/|#)", value):
            yield f"the address of <{tag}> would be stripped"


def _constructs(line: str) -> Iterator[str]:
    yield from (words for pattern, words in _REFUSED if re.search(pattern, line))
    if (box := re.match(r"\$[A-Z!]\w*", line)) and box[0] not in BOXES and line.strip() == box[0]:
        yield f"{box[0]} is no box of Govspeak"
    for brace in re.findall(r"\{(/?[a-z][a-z -]*)\}", line):
        if brace not in BRACES:
            yield f"{{{brace}}} is no construct of Govspeak"
    for mark in re.findall(r"^\[([A-Z][A-Za-z]*):[^\]]*\](?!\()", line):
        if mark not in MARKS:
            yield f"[{mark}:…] is no construct of Govspeak"


def _headings(lines: list[str]) -> Iterator[str]:
    before = 1
    for number, line in enumerate(lines, 1):
        if found := re.match(r"(#{2,6})\s", line):
            level = len(found[1])
            if level > before + 1:
                yield f"Line {number}: a heading of level {level} after one of level {before}: a level is left out."
            before = level


def _paragraphs(lines: list[str]) -> Iterator[str]:
    """Yield lists and images without a blank line before them, which would be displayed as text."""
    for number, (before, line) in enumerate(pairwise(lines), 2):
        if _ITEM.match(line) and before.strip() and not _ITEM.match(before) and before[0] not in " $":
            yield f"Line {number}: a list needs a blank line before it."
        if line.startswith("[Image:") and before.strip():
            yield f"Line {number}: a picture needs a blank line before it."


def _tables(lines: list[str]) -> Iterator[str]:
    """Check tables: equal row lengths, a divider below the header, blank lines before and after."""
    number = 0
    while number < len(lines):
        if not lines[number].startswith("|"):
            number += 1
            continue
        start = number
        while number < len(lines) and lines[number].startswith("|"):
            number += 1
        rows = lines[start:number]
        counts = {_cells(row) for row in rows}
        if len(counts) > 1:
            yield f"Line {start + 1}: the rows of the table have {' and '.join(str(c) for c in sorted(counts))} cells."
        if len(rows) < 3 or not re.fullmatch(r"\|(\s*:?-+:?\s*\|)+", rows[1]):  # head, divider, one row
            yield f"Line {start + 2}: a table needs a head, a line of dashes and a row."
        if start and lines[start - 1].strip() and not lines[start - 1].startswith("{"):
            yield f"Line {start + 1}: a table needs a blank line before it."
        if number < len(lines) and lines[number].strip() and not lines[number].startswith("{"):
            yield f"Line {number + 1}: a table needs a blank line after it."


def _cells(row: str) -> int:
    return len(re.findall(r"(?<!\\)\|", row.rstrip())) - 1


def _pairs(lines: list[str]) -> Iterator[str]:
    """Check that whatever is opened is closed."""
    for sign in sorted(BOXES - {"$LegislativeList", "$EndLegislativeList"}):
        at = [number for number, line in enumerate(lines, 1) if line.strip() == sign]
        if len(at) % 2:
            yield f"Line {at[-1]}: the box {sign} is not closed."
    for word in ("stat-headline", "button"):
        opened, closed = (sum(line.count(f"{{{slash}{word}}}") for line in lines) for slash in ("", "/"))
        if opened != closed:
            yield f"{{{word}}} is opened {opened} times and closed {closed} times."
    for number, line in enumerate(lines, 1):
        if re.match(r"[\^%]\S", line) and line.rstrip()[-1] != line[0] and not re.match(r"%\w+%", line):
            after = next(
                (later for later in lines[number:] if later.strip() == "" or later.rstrip().endswith(line[0])), ""
            )
            if not after.rstrip().endswith(line[0]):
                yield f"Line {number}: a callout that begins with {line[0]} is not closed."


def _pictures(text: str, pictures: Mapping[str, bytes]) -> Iterator[str]:
    named = re.findall(r"\[Image:\s*([^\]]+?)\s*\]", text)
    for name in dict.fromkeys(named):
        if name not in pictures:
            yield f"[Image:{name}] names a picture that is not in charts/."
            continue
        if name.rsplit(".", 1)[-1] not in PICTURES:
            yield f"[Image:{name}] is not a kind of picture that Whitehall takes."
    for name, data in pictures.items():
        if (
            name.endswith(".png")
            and (size := png_size(data))
            and (size[0] > WIDEST or size[1] > TALLEST)
            and name in named
        ):
            yield f"{name} is {size[0]} by {size[1]} pixels; Whitehall crops what is over {WIDEST} by {TALLEST}."


def png_size(data: bytes) -> tuple[int, int] | None:
    """Return width and height of a PNG; None if it is not one."""
    if data[:8] != b"\x89PNG\r\n\x1a\n" or len(data) < 24:  # signature and first chunk
        return None
    return int.from_bytes(data[16:20], "big"), int.from_bytes(data[20:24], "big")


def _footnotes(lines: list[str]) -> Iterator[str]:
    text = "\n".join(lines)
    defined = set(re.findall(r"^\[\^([^\]]+)\]:", text, re.MULTILINE))
    used = set(re.findall(r"\[\^([^\]]+)\](?!:)", text))
    yield from (f"Footnote {name} is used and not written." for name in sorted(used - defined))
    yield from (f"Footnote {name} is written and not used." for name in sorted(defined - used))
