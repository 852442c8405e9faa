"""Read a PDF as a screen reader does: the tag tree in order, with text.

Input: the bytes of a PDF. Output: a tree of elements without layout.
"""

from __future__ import annotations

import io
import re
from dataclasses import dataclass, field
from typing import Any, Final

_BENT: Final = re.compile(r"\w[-–/]$")
"""End of a line that continues without a space: “trade-” and “body” are one word."""


@dataclass(slots=True)
class Aloud:
    """An element of the tag tree: tag, text, alternative text, attributes, children."""

    tag: str
    text: str = ""
    line: float = 0.0
    alt: str = ""
    lang: str = ""
    id: str = ""
    scope: str = ""
    headers: tuple[str, ...] = ()
    pages: tuple[int, ...] = ()
    children: list[Aloud] = field(default_factory=list)

    def everything(self) -> str:
        """Return the text of the element and its descendants in order; a new line or block becomes a space."""
        parts: list[str] = []
        self.gather(parts, 0.0)
        return " ".join("".join(parts).split())

    def gather(self, parts: list[str], line: float) -> float:
        """Append texts to ``parts``, with spaces at pauses; return the line of the last text."""
        apart = self.tag not in {"", "Span", "Link", "Reference"}
        turned = not self.tag and self.line != line
        if apart or (turned and not _BENT.search(parts[-1] if parts else "")):
            parts.append(" ")
        parts.append(self.text)
        line = line if self.tag else self.line
        for child in self.children:
            line = child.gather(parts, line)
        if apart:
            parts.append(" ")
        return line

    def all(self, *tags: str) -> list[Aloud]:
        """Return this element and descendants with one of the tags, in reading order."""
        found = [self] if self.tag in tags else []
        for child in self.children:
            found.extend(child.all(*tags))
        return found


def read_aloud(data: bytes) -> Aloud:
    """Read the whole document as a tree of elements."""
    import pikepdf

    with pikepdf.open(io.BytesIO(data)) as pdf:
        pages: dict[Any, int] = {page.objgen: number for number, page in enumerate(pdf.pages)}
        known: dict[Any, dict[bytes, str]] = {}
        texts = [_texts(page, known) for page in pdf.pages]
        return _element(pdf.Root.StructTreeRoot.K[0], pages, texts, -1)


def _element(node: Any, pages: dict[Any, int], texts: list[dict[int, tuple[str, float]]], page: int) -> Aloud:
    import pikepdf

    if "/Pg" in node:
        page = pages[node.Pg.objgen]
    made = Aloud(
        tag=str(node.S)[1:],
        alt=str(node.get("/Alt", "")),
        lang=str(node.get("/Lang", "")),
        id=str(node.get("/ID", "")),
    )
    attributes = node.get("/A", {})
    for one in [attributes] if isinstance(attributes, pikepdf.Dictionary) else list(attributes):
        made.scope = str(one.get("/Scope", ""))[1:] or made.scope
        made.headers = tuple(str(header) for header in one.get("/Headers", ())) or made.headers
    used = set()
    kids = node.get("/K", ())
    for kid in list(kids) if isinstance(kids, pikepdf.Array) else [kids]:
        if isinstance(kid, pikepdf.Dictionary):
            if kid.get("/Type") == "/OBJR":
                continue
            if kid.get("/Type") == "/MCR":
                place, mark = pages[kid.Pg.objgen] if "/Pg" in kid else page, int(kid.MCID)
            else:
                made.children.append(_element(kid, pages, texts, page))
                continue
        else:
            place, mark = page, int(kid)
        used.add(place)
        text, line = texts[place].get(mark, ("", 0.0))
        made.children.append(Aloud("", text=text, line=line, pages=(place,)))
    made.pages = tuple(sorted(used))
    return made


def _texts(page: Any, known: dict[Any, dict[bytes, str]]) -> dict[int, tuple[str, float]]:
    """Return the text of each marked-content item of a page, and the height of its first line.

    ``known`` caches fonts of earlier pages by object number.
    """
    import pikepdf

    fonts: dict[str, dict[bytes, str]] = {}
    resources = page.obj.get("/Resources", {})
    for name, one in resources.get("/Font", {}).items():
        if not one.is_indirect or one.objgen not in known:
            known[one.objgen] = _to_unicode(one.ToUnicode.read_bytes()) if "/ToUnicode" in one else {}
        fonts[name] = known[one.objgen]
    found: dict[int, tuple[str, float]] = {}
    marks: list[int | None] = []
    font: dict[bytes, str] = {}
    height = 0.0
    for instruction in pikepdf.parse_content_stream(page, "BMC BDC EMC Tf Tm Tj TJ"):
        operands: Any = instruction.operands
        match str(instruction.operator):
            case "BMC":
                marks.append(None)
            case "BDC":
                properties = operands[1]
                marks.append(int(properties.MCID) if "/MCID" in properties else None)
            case "EMC":
                marks.pop()
            case "Tf":
                font = fonts.get(str(operands[0]), {})
            case "Tm":
                height = float(operands[5])
            case _:
                mark = next((mark for mark in reversed(marks) if mark is not None), None)
                if mark is not None:
                    text, at = found.get(mark, ("", height))
                    found[mark] = (text + _shown(operands[0], font), at)
    return found


def _shown(operand: Any, font: dict[bytes, str]) -> str:
    import pikepdf

    parts = list(operand) if isinstance(operand, pikepdf.Array) else [operand]
    text = ""
    for part in parts:
        if isinstance(part, pikepdf.String):
            codes = bytes(part)
            text += "".join(font.get(codes[at : at + 2], "") for at in range(0, len(codes), 2))
    return text


def _to_unicode(cmap: bytes) -> dict[bytes, str]:
    """Parse a ToUnicode CMap: two-byte character codes and their text."""
    table: dict[bytes, str] = {}
    inside = False
    for line in cmap.splitlines():
        words = line.split()
        if words[-1:] == [b"beginbfchar"]:
            inside = True
        elif words[:1] == [b"endbfchar"]:
            inside = False
        elif inside and len(words) >= 2:  # character code and text
            code, text = (bytes.fromhex(word.strip(b"<>").decode()) for word in words[:2])
            table[code] = text.decode("utf-16-be")
    return table


def pages(data: bytes) -> int:
    """Return the number of pages of a PDF."""
    import pikepdf

    with pikepdf.open(io.BytesIO(data)) as pdf:
        return len(pdf.pages)
