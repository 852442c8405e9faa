"""Write the tag tree into WeasyPrint's PDF.

Input: nodes, and the content of the pages. Output: structure elements, parent tree, id tree. Hides PDF syntax.
"""

from __future__ import annotations

from typing import Any, Final

import pydyf  # type: ignore[import-untyped]

from reportgen.formats.pdf.tag_tree import Annotation, Mark, Node

ARTIFACT: Final = {"Type": "/Pagination"}


def keep_marks(stream: Any, used: set[int]) -> dict[int, int]:
    """Renumber used MCIDs from 0, and turn unused marked content into artifacts; return old to new numbers."""
    numbers: dict[int, int] = {}
    operations = stream.stream
    for at, operation in enumerate(operations):
        if isinstance(operation, pydyf.Dictionary) and "MCID" in operation:
            old = operation["MCID"]
            if old in used:
                operation["MCID"] = numbers[old] = len(numbers)
            else:
                operations[at - 1] = "/Artifact"
                operations[at] = pydyf.Dictionary(ARTIFACT)
    return numbers


def write(pdf: Any, root: Node, kept: list[dict[int, int]]) -> None:
    """Add the tree to the document, with the catalogue entries of a tagged PDF."""
    tree = pydyf.Dictionary({"Type": "/StructTreeRoot"})
    pdf.add_object(tree)
    writer = _Writer(pdf, kept)
    tree["K"] = pydyf.Array([writer.element(root, tree.reference)])
    tree["ParentTree"] = writer.parents()
    tree["ParentTreeNextKey"] = len(kept) + len(writer.links)
    if writer.ids:
        tree["IDTree"] = writer.id_tree()
    pdf.catalog["StructTreeRoot"] = tree.reference
    pdf.catalog["MarkInfo"] = pydyf.Dictionary({"Marked": "true"})
    pdf.catalog["ViewerPreferences"] = pydyf.Dictionary({"DisplayDocTitle": "true"})
    pdf.catalog["PageMode"] = "/UseOutlines"


class _Writer:
    """Creates an object for each node, and records the element of every mark and annotation."""

    def __init__(self, pdf: Any, kept: list[dict[int, int]]) -> None:
        self.pdf = pdf
        self.kept = kept
        self.owners: list[dict[int, Any]] = [{} for _ in kept]
        self.links: list[tuple[Any, Any]] = []
        self.ids: dict[str, Any] = {}

    def element(self, node: Node, parent: Any) -> Any:
        """Write a structure element and its descendants; return its reference."""
        made = pydyf.Dictionary({"Type": "/StructElem", "S": f"/{node.tag}", "P": parent})
        self.pdf.add_object(made)
        reference = made.reference
        own = next((kid.page for kid in node.kids if isinstance(kid, Mark | Annotation)), None)
        if own is not None:
            made["Pg"] = self.pdf.page_references[own]
        kids = pydyf.Array()
        for kid in node.kids:
            if isinstance(kid, Node):
                kids.append(self.element(kid, reference))
            elif isinstance(kid, Mark):
                kids.append(self.marked(kid, own, reference))
            else:
                kids.append(self.area(kid, reference))
        made["K"] = kids
        for name, text in (("Alt", node.alt), ("Lang", node.lang), ("ID", node.id)):
            if text:
                made[name] = pydyf.String(text)
        if node.id:
            self.ids[node.id] = reference
        if attributes := _attributes(node):
            made["A"] = attributes
        return reference

    def marked(self, mark: Mark, own: int | None, reference: Any) -> Any:
        """Return a kid entry for marked content: only its MCID if it is on the element's own page."""
        number = self.kept[mark.page][mark.number]
        self.owners[mark.page][number] = reference
        if mark.page == own:
            return number
        page = self.pdf.page_references[mark.page]
        return pydyf.Dictionary({"Type": "/MCR", "Pg": page, "MCID": number})

    def area(self, kid: Annotation, reference: Any) -> Any:
        """Return a kid entry for a link annotation."""
        kid.annotation["StructParent"] = len(self.kept) + len(self.links)
        self.links.append((kid.annotation, reference))
        page = self.pdf.page_references[kid.page]
        return pydyf.Dictionary({"Type": "/OBJR", "Obj": kid.annotation.reference, "Pg": page})

    def parents(self) -> Any:
        """Write the parent tree: the elements of each page's marks, then of each link annotation."""
        numbers = pydyf.Array()
        for page, owners in enumerate(self.owners):
            numbers.extend((page, pydyf.Array([owners[number] for number in range(len(owners))])))
        for at, (_, reference) in enumerate(self.links, len(self.owners)):
            numbers.extend((at, reference))
        made = pydyf.Dictionary({"Nums": numbers})
        self.pdf.add_object(made)
        return made.reference

    def id_tree(self) -> Any:
        """Write the id tree of header cells, sorted by bytes."""
        names = sorted(self.ids, key=lambda name: name.encode())
        listed = pydyf.Array()
        for name in names:
            listed.extend((pydyf.String(name), self.ids[name]))
        limits = pydyf.Array([pydyf.String(names[0]), pydyf.String(names[-1])])
        leaf = pydyf.Dictionary({"Limits": limits, "Names": listed})
        self.pdf.add_object(leaf)
        made = pydyf.Dictionary({"Kids": pydyf.Array([leaf.reference])})
        self.pdf.add_object(made)
        return made.reference


def _attributes(node: Node) -> Any:
    if node.tag in {"TH", "TD"}:
        made = pydyf.Dictionary({"O": "/Table"})
        if node.scope:
            made["Scope"] = f"/{node.scope}"
        if node.headers:
            made["Headers"] = pydyf.Array([pydyf.String(header) for header in node.headers])
        if node.columns > 1:
            made["ColSpan"] = node.columns
        if node.rows > 1:
            made["RowSpan"] = node.rows
        return made if len(made) > 1 else None
    if node.tag == "L" and node.numbering:
        return pydyf.Dictionary({"O": "/List", "ListNumbering": f"/{node.numbering}"})
    if node.tag == "Figure" and node.box is not None:
        box = pydyf.Array([round(side, 2) for side in node.box])
        return pydyf.Dictionary({"O": "/Layout", "Placement": "/Block", "BBox": box})
    return None
