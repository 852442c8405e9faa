"""The PDF's tag tree as plain values, and its post-processing before it is written.

Input: nodes from laid-out pages. Output: the same nodes with ids on header cells, headers on data cells, and no empty
wrappers. Knows nothing of WeasyPrint or PDF syntax.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, NamedTuple


class Mark(NamedTuple):
    """A marked-content item: page from 0, and its MCID on that page."""

    page: int
    number: int


class Annotation(NamedTuple):
    """A link annotation on a page."""

    page: int
    annotation: Any


@dataclass(slots=True, eq=False)
class Node:
    """An element of the tag tree; ``element`` is the HTML element it comes from."""

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
        """Yield child elements, without marks and annotations."""
        return (kid for kid in self.kids if isinstance(kid, Node))

    def all(self, tag: str) -> Iterator[Node]:
        """Yield this element and descendants with the tag, in reading order."""
        if self.tag == tag:
            yield self
        for kid in self.nodes():
            yield from kid.all(tag)


def tidy(root: Node) -> None:
    """Finish the tree: drop empty wrappers, set scope and id of header cells and headers of data cells."""
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
    """Wrap text after an inner element in a Span, because some readers read direct text before children."""
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
    """Set ids, scopes and headers from the table grid; a spanning header applies to every column or row it spans."""
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
    """Return the cell at every grid position, and every cell with its starting position."""
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
    """Make the top-left cell a data cell, because it heads no data.

    As a header it would apply to no cell, and a table with one data column would have more headers than data, which
    some programs take for a broken table.
    """
    if headed and len(lead) > 1 and all(cell.scope == "Row" for cell in lead[1:]):
        lead[0].tag, lead[0].scope = "TD", ""


def _headers_of(grid: Grid, row: int, column: int, cell: Node) -> Iterator[str]:
    """Yield column headers from the top down, the row group's header, then row headers from the left."""
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
    """Return whether a spanning cell above heads the part of the table that contains the other cell."""
    if head is None or head.parent is None or cell.parent is None or head.columns == 1:
        return False
    return len(list(head.parent.nodes())) == 1 and head.parent.parent is cell.parent.parent
