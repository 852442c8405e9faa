"""The tag tree of the PDF as plain values, and what is worked out on it before it is written.

Goes in: nodes gathered from the laid-out pages. Comes out: the same nodes with header cells named, cells told their
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
    for number, table in enumerate(root.all("Table"), 1):
        _name_headers(table, f"t{number}")


def _drop_empty(node: Node) -> None:
    for kid in node.nodes():
        _drop_empty(kid)
    node.kids = [
        kid for kid in node.kids if not isinstance(kid, Node) or kid.kids or kid.tag in {"TH", "TD"} or kid.alt
    ]


def _name_headers(table: Node, name: str) -> None:
    """Ids, scopes and headers by the grid of HTML: a spanning header belongs to every column or row that it spans."""
    grid: dict[tuple[int, int], Node] = {}
    where: list[tuple[int, int, Node]] = []
    for row, line in enumerate(table.all("TR")):
        column = 0
        for cell in line.nodes():
            while (row, column) in grid:
                column += 1
            where.append((row, column, cell))
            for down in range(cell.rows):
                for right in range(cell.columns):
                    grid[row + down, column + right] = cell
            column += cell.columns
    heads = {id(line) for head in table.all("THead") for line in head.nodes()}
    lines = list(table.all("TR"))
    for row, column, cell in where:
        if cell.tag == "TH":
            cell.id = f"{name}-{row + 1}-{column + 1}"
            cell.scope = cell.scope or ("Column" if id(lines[row]) in heads else "Row")
    for row, column, cell in where:
        if cell.tag == "TD" and id(lines[row]) not in heads:
            cell.headers = tuple(_headers_of(grid, row, column, cell))


def _headers_of(grid: dict[tuple[int, int], Node], row: int, column: int, cell: Node) -> Iterator[str]:
    """Column headers from the top down, then row headers from the left."""
    seen: set[str] = set()
    above = [(up, across) for across in range(column, column + cell.columns) for up in range(row)]
    beside = [(down, left) for down in range(row, row + cell.rows) for left in range(column)]
    for places, scope in ((above, "Column"), (beside, "Row")):
        for place in places:
            head = grid.get(place)
            if head is not None and head.tag == "TH" and head.scope == scope and head.id not in seen:
                seen.add(head.id)
                yield head.id
