"""Build one tag tree from laid-out pages, with each HTML element once, whatever pages it spans.

Input: WeasyPrint's pages at the moment it would tag them. Output: a tree of nodes. WeasyPrint starts a new element on
every page and wraps every line of text; here a table, list or paragraph across a page break stays one element, repeated
table headers and page numbers become artifacts, a figure contains its caption, and links are described by their text.
Imported only when a PDF is made.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator
from typing import Any, Final

import pydyf  # type: ignore[import-untyped]
from weasyprint.formatting_structure import boxes
from weasyprint.layout.absolute import AbsolutePlaceholder

from reportgen.formats.pdf.tag_tree import Annotation, Mark, Node, tidy
from reportgen.formats.pdf.tag_writer import keep_marks, write

LOG: Final = logging.getLogger("weasyprint")  # problems logged here are reported with WeasyPrint's
TAGS: Final = {
    "section": "Sect",
    "header": "Sect",
    "footer": "Sect",
    "nav": "Sect",
    "aside": "Sect",
    "article": "Art",
    "p": "P",
    "blockquote": "BlockQuote",
    **{f"h{level}": f"H{level}" for level in range(1, 7)},
    "ul": "L",
    "ol": "L",
    "dl": "L",
    "dt": "Lbl",
    "dd": "LBody",
    "table": "Table",
    "caption": "Caption",
    "thead": "THead",
    "tbody": "TBody",
    "tfoot": "TFoot",
    "tr": "TR",
    "th": "TH",
    "td": "TD",
    "figcaption": "Caption",
    "img": "Figure",
    "{http://www.w3.org/2000/svg}svg": "Figure",
}
SVG_TITLE: Final = "{http://www.w3.org/2000/svg}title"
# Elements that contain blocks: their direct text goes into a paragraph.
HOLDERS: Final = frozenset({"Document", "Sect", "Art", "Div", "BlockQuote", "Figure"})
INLINE: Final = frozenset({"span", "strong", "em", "b", "i", "abbr", "cite", "q", "data", "time", "small", "code"})
SCOPES: Final = {"col": "Column", "colgroup": "Column", "row": "Row", "rowgroup": "Row"}
POINTS: Final = 0.75  # points per CSS pixel


def add_tags(pdf: Any, document: Any, _version: Any, page_streams: list[Any]) -> None:
    """Replace WeasyPrint's function of the same name; same arguments."""
    if not document.metadata.lang:
        LOG.error("The page does not say its language: <html lang=…>")
    gathered = _Gathered(document.metadata.lang or "")
    kept: list[dict[int, int]] = []
    for number, (page, stream) in enumerate(zip(document.pages, page_streams, strict=True)):
        used = gathered.page(number, page, stream._tags)  # noqa: SLF001 - a page's marks have no public name
        kept.append(keep_marks(stream, used))
    tidy(gathered.root)
    write(pdf, gathered.root, kept)


class _Gathered:
    """Walks the boxes of the pages and collects the elements they belong to."""

    def __init__(self, lang: str) -> None:
        self.lang = lang
        self.root = Node("Document")
        self.known: dict[tuple[int, str], Node] = {}
        self.number = 0
        self.height = 0.0
        self.marks: dict[Any, dict[str, Any]] = {}
        self.used: set[int] = set()

    def page(self, number: int, page: Any, marks: dict[Any, dict[str, Any]]) -> set[int]:
        """Collect a page's content outside its margins; return the marks used by elements."""
        self.number, self.height, self.marks, self.used = number, page.height, marks, set()
        for child in page._page_box.children:  # noqa: SLF001 - a page's boxes have no public name
            self.visit(child, self.root, None)
        return self.used

    def visit(self, box: Any, inside: Node, block: Any) -> None:
        """Add a box and its descendants under ``inside``; ``block`` is the element of the current lines."""
        if isinstance(box, AbsolutePlaceholder):
            box = box._box  # noqa: SLF001 - what it stands for has no public name
        if isinstance(box, boxes.MarginBox):
            return
        if isinstance(box, boxes.TextBox):
            self.mark(box, self.paragraph(inside, block))
            return
        node = self.place(box, inside, block)
        if node is None:
            return
        if box.link_annotation is not None:
            self.link(box, node)
        if isinstance(box, boxes.ReplacedBox):
            self.picture(box, node)
            return
        for child in box.children:
            if isinstance(child, boxes.LineBox):
                for part in child.children:
                    self.visit(part, node, box.element)
            else:
                self.visit(child, node, block)

    def place(self, box: Any, inside: Node, block: Any) -> Node | None:
        """Return the node of a box, creating it when first met; None if the page only repeats it."""
        element = box.element
        name, _, pseudo = (box.element_tag or "").partition("::")
        if element is None:
            return inside
        if pseudo:
            return self.generated(element, name, pseudo, inside)
        if name == "li":
            return self.list_item(element, inside)
        if name == "a":
            return self.anchor(element, self.paragraph(inside, block))
        return self.plain(box, element, name, inside, block)

    def plain(self, box: Any, element: Any, name: str, inside: Node, block: Any) -> Node | None:
        """Return the node of an element, or ``inside`` if the element gets no tag."""
        if name == "figure":
            return self.node("Figure", element, inside) if _has_one_picture(element) else inside
        tag = TAGS.get(name) or self.foreign(element, name)
        if tag == "THead" and (id(element), tag) in self.known and self.known[id(element), tag].page != self.number:
            return None
        if tag == "L" and (inside.tag == "TOCI" or (inside.element is not None and inside.element.tag == "nav")):
            tag = "TOC"
        if name in {"dt", "dd"}:
            inside = self.described(element, tag, inside)
        if tag == "Figure" and inside.tag != "Figure":
            inside = self.paragraph(inside, block)
        return self.node(tag, element, inside, box) if tag else inside

    def foreign(self, element: Any, name: str) -> str:
        """Return a tag for an otherwise untagged element in another language; "" if it needs none."""
        if name in {"html", "body"} or element.get("lang") in {None, self.lang}:
            return ""
        return "Span" if name in INLINE else "Div"

    def node(self, tag: str, element: Any, inside: Node, box: Any = None) -> Node:
        """Return the node of an element and tag, appending a new one to ``inside``."""
        node = self.known.get((id(element), tag))
        if node is not None:
            return node
        if inside.tag == "Figure":
            if tag == "Figure":
                return inside
            if tag == "Caption" and box is not None:
                self.widen(inside, box.border_box_x(), box.border_box_y(), box.border_width(), box.border_height())
            elif tag != "Caption":
                inside = inside.parent or inside
        node = self.known[id(element), tag] = Node(tag, element, parent=inside, page=self.number)
        lang = element.get("lang") if element is not None else None
        if lang and lang != self.lang:
            node.lang = lang
        if tag in {"TH", "TD"}:
            node.columns, node.rows = int(element.get("colspan") or 1), int(element.get("rowspan") or 1)
            node.scope = SCOPES.get(element.get("scope") or "", "")
        if tag == "L":
            node.numbering = {"ol": "Decimal", "ul": "Disc"}.get(element.tag, "None")
        inside.kids.append(node)
        return node

    def list_item(self, element: Any, inside: Node) -> Node:
        """Return the node for a list item's content: its body, or an entry of the table of contents."""
        if inside.tag == "TOC":
            return self.node("TOCI", element, inside)
        if inside.tag != "L":
            return inside
        return self.node("LBody", element, self.node("LI", element, inside))

    def generated(self, element: Any, name: str, pseudo: str, inside: Node) -> Node:
        """Return the node for generated content: a label before the item's body, a page number after its link."""
        item = self.known.get((id(element), "LI"))
        if name == "li" and item is not None and pseudo in {"marker", "before"}:
            label = self.node("Lbl", element, item)
            item.kids.remove(label)
            item.kids.insert(0, label)
            return label
        entry = inside.parent.parent if inside.tag == "Link" and inside.parent else None
        if pseudo == "after" and entry is not None and entry.tag == "TOCI":
            known = self.known.get((id(element), "page"))
            if known is None:
                known = self.known[id(element), "page"] = Node("P", None, parent=entry, page=self.number)
                entry.kids.append(known)
            return known
        return inside

    def described(self, element: Any, tag: str, inside: Node) -> Node:
        """Return the list item of a term or description: a term starts one, descriptions follow in it."""
        if (id(element), tag) in self.known or inside.tag != "L":
            return inside
        last = next((kid for kid in reversed(inside.kids) if isinstance(kid, Node) and kid.tag == "LI"), None)
        complete = last is not None and any(kid.tag == "LBody" for kid in last.nodes())
        if last is None or complete:
            last = self.node("LI", element, inside)
        return last

    def anchor(self, element: Any, inside: Node) -> Node:
        """Return a link's node; in the table of contents, inside a reference."""
        if not element.get("href"):
            return inside
        if inside.tag == "TOCI":
            inside = self.node("Reference", element, inside)
        return self.node("Link", element, inside)

    def paragraph(self, inside: Node, block: Any) -> Node:
        """Return the node for a line of text: ``inside``, or a paragraph in it if it may contain only blocks."""
        if inside.tag not in HOLDERS:
            return inside
        if inside.tag == "Figure":
            inside = inside.parent or inside
        last = inside.kids[-1] if inside.kids else None
        key = (id(block), "P")
        if isinstance(last, Node) and self.known.get(key) is last:
            return last
        made = self.known[key] = Node("P", block, parent=inside, page=self.number)
        inside.kids.append(made)
        return made

    def mark(self, box: Any, node: Node) -> None:
        """Assign painted text or a painted image to a node."""
        painted = self.marks.get(box)
        if painted is not None:
            node.kids.append(Mark(self.number, painted["mcid"]))
            self.used.add(painted["mcid"])

    def picture(self, box: Any, node: Node) -> None:
        """Set an image's bounding box and alternative text; an empty one marks it as decorative."""
        alt = box.element.get("alt") if box.element.tag == "img" else box.element.findtext(SVG_TITLE)
        if alt is None:
            LOG.error("A picture has no alternative text: %.60s", box.element.get("src") or "an inline drawing")
        node.alt = (alt or "").strip()
        self.widen(node, box.content_box_x(), box.content_box_y(), box.width, box.height)
        if node.alt:
            self.mark(box, node)

    def widen(self, node: Node, x: float, y: float, width: float, height: float) -> None:
        """Extend a node's bounding box, in points from the foot of the page."""
        left, top = x * POINTS, (self.height - y) * POINTS
        right, foot = (x + width) * POINTS, (self.height - y - height) * POINTS
        if node.box is not None:
            left, foot = min(left, node.box[0]), min(foot, node.box[1])
            right, top = max(right, node.box[2]), max(top, node.box[3])
        node.box = (left, foot, right, top)

    def link(self, box: Any, node: Node) -> None:
        """Add a link annotation, described by the whole link's text instead of its address."""
        if node.tag != "Link":
            node = self.known.get((id(box.element), "Link")) or self.node("Link", box.element, node)
        words = _text_of(node.element)
        if words:
            box.link_annotation["Contents"] = pydyf.String(words)
        node.kids.append(Annotation(self.number, box.link_annotation))


def _text_of(element: Any) -> str:
    """Return the text of an element; a line break is a space."""
    return " ".join("".join(_parts(element)).split())


def _parts(element: Any) -> Iterator[str]:
    yield (" " if element.tag == "br" else "") + (element.text or "")
    for inner in element:
        yield from _parts(inner)
        yield inner.tail or ""


def _has_one_picture(element: Any) -> bool:
    return sum(1 for inner in element.iter() if TAGS.get(inner.tag) == "Figure") == 1
