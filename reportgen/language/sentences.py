"""A line is a sentence: each line of a template becomes a part of its own, which can be left out by itself.

Input: the tree of a template. Output: the same tree, every line that uses a word, or that has alternatives, handed to
``__sentence__``. A line that begins with ``or:`` is tried where the one above it does not stand; one that begins with
``and:`` stands only with the one above it; one that begins with ``needed:`` must not go. Blocks that span lines keep
their place, and the lines inside them are sentences too.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Final

from jinja2 import nodes

LEFT: Final = "\ue110"
"""Stands where a sentence was left out, until what goes with it is known."""
RUN: Final = "__sentence__"
WHICH: Final = "__which__"
MARKER: Final = re.compile(r"(?P<mark>\s*(?:[-*+]\s+|\d{1,3}[.)]\s+|>\s*)?)(?P<kind>or|and|needed):[ \t]*")
MARK: Final = re.compile(r"\s*(?:#{1,6}\s+|[-*+]\s+|\d{1,3}[.)]\s+|>\s*|\|\s*)?")
ALONE: Final = ("or", "and")
"""Markers of a line that belongs to the one above it."""


@dataclass
class _Line:
    """A line on its way: its parts in order."""

    number: int
    parts: list[nodes.Node] = field(default_factory=list)
    ended: bool = False
    kind: str = ""
    mark: str = ""

    @property
    def plain(self) -> bool:
        return not self.kind and all(isinstance(part, nodes.TemplateData) for part in self.parts)

    @property
    def blank(self) -> bool:
        return not self.kind and all(isinstance(p, nodes.TemplateData) and not p.data.strip() for p in self.parts)


@dataclass
class Split:
    """The work on one tree; ``alone`` keeps the lines whose “or:” or “and:” has no sentence above it."""

    alone: list[tuple[int, str]] = field(default_factory=list)

    def tree(self, tree: nodes.Template) -> None:
        """Split a whole template in place."""
        tree.body = self.body(tree.body)

    def body(self, body: list[nodes.Node]) -> list[nodes.Node]:
        """The nodes of a body, its lines as sentences."""
        made: list[nodes.Node] = []
        lines: list[_Line] = []
        for one in body:
            if isinstance(one, nodes.Output) and _is_tag(one):
                made += [*self._grouped(lines), one]
                lines = []
            elif isinstance(one, nodes.Output):
                _add(lines, one)
            elif _spans_lines(one):
                made += self._grouped(lines)
                lines = []
                self._inside(one)
                made.append(one)
            else:
                _current(lines, one.lineno).parts.append(one)
        return [*made, *self._grouped(lines)]

    def _inside(self, node: nodes.Node) -> None:
        if isinstance(node, (nodes.If, nodes.For, nodes.CallBlock)):
            node.body = self.body(node.body)
        if isinstance(node, nodes.If):
            for other in node.elif_:
                other.body = self.body(other.body)
        if isinstance(node, (nodes.If, nodes.For)):
            node.else_ = self.body(node.else_)

    def _grouped(self, lines: list[_Line]) -> list[nodes.Node]:
        for line in lines:
            _read_marker(line)
        made: list[nodes.Node] = []
        group: list[_Line] = []
        for line in lines:
            if line.kind in ALONE and group:
                group.append(line)
                continue
            made += _emitted(group)
            group = []
            if line.kind in ALONE:
                self.alone.append((line.number, line.kind))
            elif line.blank:
                made += _emitted([line])
            else:
                group = [line]
        return [*made, *_emitted(group)]


def _current(lines: list[_Line], number: int) -> _Line:
    if not lines or lines[-1].ended:
        lines.append(_Line(number))
    return lines[-1]


def _add(lines: list[_Line], output: nodes.Output) -> None:
    for child in output.nodes:
        if not isinstance(child, nodes.TemplateData):
            _current(lines, child.lineno).parts.append(child)
            continue
        for n, text in enumerate(child.data.split("\n")):
            if n:
                _current(lines, child.lineno + n - 1).ended = True
            if text:
                _current(lines, child.lineno + n).parts.append(_data(text, child.lineno + n))


def _data(text: str, line: int) -> nodes.TemplateData:
    made = nodes.TemplateData(text)
    made.set_lineno(line)
    return made


def _is_tag(output: nodes.Output) -> bool:
    """Whether an output is the tag “needs”, which prints nothing."""
    first = output.nodes[0] if len(output.nodes) == 1 else None
    return isinstance(first, nodes.Call) and isinstance(first.node, nodes.ExtensionAttribute)


def _spans_lines(node: nodes.Node) -> bool:
    return any("\n" in one.data for one in node.find_all(nodes.TemplateData))


def _read_marker(line: _Line) -> None:
    first = line.parts[0] if line.parts else None
    if not isinstance(first, nodes.TemplateData):
        return
    if found := MARKER.match(first.data):
        line.kind, line.mark = found["kind"], found["mark"]
        rest = first.data[found.end() :]
    else:
        mark = MARK.match(first.data)
        line.mark = mark[0] if mark else ""
        rest = first.data[len(line.mark) :]
    line.parts = [*([_data(rest, first.lineno)] if rest else []), *line.parts[1:]]


def _emitted(group: list[_Line]) -> list[nodes.Node]:
    """The nodes of one sentence with its alternatives; plain words stand as they are."""
    if not group:
        return []
    end = [_output([_data("\n", group[-1].number)])] if group[-1].ended else []
    if len(group) == 1 and group[0].plain:
        return [_output([_data(group[0].mark, group[0].number), *group[0].parts]), *end]
    first = group[0]
    spec = tuple((line.kind or "first", line.number, line.mark) for line in group)
    branches: nodes.Node | None = None
    for n, line in reversed([*enumerate(group)]):
        test = nodes.Compare(nodes.Name(WHICH, "load"), [nodes.Operand("eq", nodes.Const(n))])
        branch = nodes.If(test, _runs(line), [], [branches] if branches else [])
        branch.set_lineno(line.number)
        branches = branch
    call = nodes.Call(nodes.Name(RUN, "load"), [nodes.Const(spec)], [], None, None)
    block = nodes.CallBlock(call, [nodes.Name(WHICH, "param")], [], [branches] if branches else [])
    for one in (call, block):
        one.set_lineno(first.number)
    return [block, *end]


def _runs(line: _Line) -> list[nodes.Node]:
    made: list[nodes.Node] = []
    for part in line.parts:
        if isinstance(part, (nodes.If, nodes.For, nodes.CallBlock)):
            made.append(part)
        elif made and isinstance(made[-1], nodes.Output):
            made[-1].nodes.append(part)  # type: ignore[arg-type]  # what an output holds
        else:
            made.append(_output([part]))
    return made or [_output([_data("", line.number)])]


def _output(parts: list[nodes.Node]) -> nodes.Output:
    made = nodes.Output(parts)
    made.set_lineno(parts[0].lineno)
    return made
