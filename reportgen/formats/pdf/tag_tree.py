"""The tag tree of the PDF as plain values, and what is worked out on it before it is written.

Input: nodes gathered from the laid-out pages. Output: the same nodes with header cells named, cells told their
headers, empty wrappers gone. Knows nothing of WeasyPrint or PDF syntax.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, NamedTuple


class Mark(NamedTuple):
    """A marked piece of a page's content: page from 0, and its number on that page."""

    page: int
    number: int


class Annotation(NamedTuple):
    """A link's area on a page."""

    page: int
    annotation: Any


@dataclass(slots=True, eq=False)
class Node:
    """One element of the tag tree. ``element`` is the HTML element that it stands for."""

    tag: str
    element: Any = None
    kids: list[Node | Mark | Annotation] = field(default_factory=list)
    alt: str = ""
    lang: str = ""
    id: str = ""
    scope: str = ""
    headers: tuple[str, ...] = ()
    columns: int = 1
    rows: int = 1
    numbering: str = ""
    box: tuple[float, float, float, float] | None = None
    parent: Node | None = None
    page: int = 0

    def nodes(self) -> Iterator[Node]:
        """The elements held, without marks and annotations."""
        return (kid for kid in self.kids if isinstance(kid, Node))

    def all(self, tag: str) -> Iterator[Node]:
        """Every element with the tag in reading order, this one included."""
        if self.tag == tag:
            yield self
        for kid in self.nodes():
            yield from kid.all(tag)


def tidy(root: Node) -> None:
    """Finish the tree: no empty wrapper, every header cell with scope and id, every cell with its headers."""
    _drop_empty(root)
    _keep_order(root)
    for number, table in enumerate(root.all("Table"), 1):
        _name_headers(table, f"t{number}")


def _drop_empty(node: Node) -> None:
    for kid in node.nodes():
        _drop_empty(kid)
    node.kids = [
        kid for kid in node.kids if not isinstance(kid, Node) or kid.kids or kid.tag in {"TH", "TD"} or kid.alt
    ]


def _keep_order(node: Node) -> None:
    """Words after an inner element become an element too: some readers take an element's own words before the inner."""
    kids: list[Node | Mark | Annotation] = []
    for kid in node.kids:
        last = kids[-1] if kids else None
        if isinstance(kid, Node):
            _keep_order(kid)
            kids.append(kid)
        elif isinstance(kid, Mark) and isinstance(last, Node):
            if last.tag != "Span" or last.element is not None:
                last = Node("Span", parent=node, page=kid.page)
                kids.append(last)
            last.kids.append(kid)
        else:
            kids.append(kid)
    node.kids = kids


Grid = dict[tuple[int, int], Node]


def _name_headers(table: Node, name: str) -> None:
    """Ids, scopes and headers by the grid of HTML: a spanning header belongs to every column or row that it spans."""
    lines = list(table.all("TR"))
    grid, where = _laid_out(lines)
    heads = {number for number, line in enumerate(lines) if line.parent is not None and line.parent.tag == "THead"}
    _free_corner([cell for _, column, cell in where if column == 0], headed=0 in heads)
    for row, column, cell in where:
        if cell.tag == "TH":
            cell.id = f"{name}-{row + 1}-{column + 1}"
            cell.scope = cell.scope or ("Column" if row in heads else "Row")
    for row, column, cell in where:
        if cell.tag == "TD" and row not in heads:
            cell.headers = tuple(_headers_of(grid, row, column, cell))


def _laid_out(lines: list[Node]) -> tuple[Grid, list[tuple[int, int, Node]]]:
    """The cell at every place of the grid, and every cell with the place where it begins."""
    grid: Grid = {}
    where: list[tuple[int, int, Node]] = []
    for row, line in enumerate(lines):
        column = 0
        for cell in line.nodes():
            while (row, column) in grid:
                column += 1
            where.append((row, column, cell))
            for down in range(cell.rows):
                for right in range(cell.columns):
                    grid[row + down, column + right] = cell
            column += cell.columns
    return grid, where


def _free_corner(lead: list[Node], *, headed: bool) -> None:
    """The word over the row heads is no head: it heads no data.

    As a head cell it would belong to no cell, and a table with one column of data would hold more heads than data,
    which machines take for a broken table.
    """
    if headed and len(lead) > 1 and all(cell.scope == "Row" for cell in lead[1:]):
        lead[0].tag, lead[0].scope = "TD", ""


def _headers_of(grid: Grid, row: int, column: int, cell: Node) -> Iterator[str]:
    """Column headers from the top down, the header of the group of rows, then row headers from the left."""
    seen: set[str] = set()
    above = [(up, across) for across in range(column, column + cell.columns) for up in range(row)]
    beside = [(down, left) for down in range(row, row + cell.rows) for left in range(column)]
    group = [(up, 0) for up in range(row - 1, -1, -1) if _heads_group(grid.get((up, 0)), cell)]
    for places, scope in ((above, "Column"), (group[:1], "Row"), (beside, "Row")):
        for place in places:
            head = grid.get(place)
            if head is not None and head.tag == "TH" and head.scope == scope and head.id not in seen:
                seen.add(head.id)
                yield head.id


def _heads_group(head: Node | None, cell: Node) -> bool:
    """Whether a cell above spans its row and heads the part of the table in which the other cell is."""
    if head is None or head.parent is None or cell.parent is None or head.columns == 1:
        return False
    return len(list(head.parent.nodes())) == 1 and head.parent.parent is cell.parent.parent
