"""Figures by their plain names: ``{{ penalties.issued(section="32") }}``, and words about the figure beside them.

Input: the tree of a template. Output: the same tree in the one form that later steps know, ``stat("penalties.issued",
section="32")``. A word without brackets, as in ``{{ rose }}``, is given the figure that stands nearest before it on its
line, or else the first after it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import Final, NamedTuple

from jinja2 import nodes

PRINTS: Final = "stat"
"""The word that a plain name stands for."""
PICKING: Final = ("largest", "only", "rose_most", "fell_most")
"""Words that pick a category; ``number``, ``share`` and ``before`` beside them are that category's."""
PICKED: Final = ("number", "share", "before")
OWN: Final = ("as", "year", "than")
"""Options of a word itself, not categories of its figure."""


class FigureNames(NamedTuple):
    """First parts of the names of figures (penalties, value, …), and the words that take a figure."""

    families: frozenset[str] = frozenset()
    words: frozenset[str] = frozenset()


NO_FIGURES: Final = FigureNames()


def named(tree: nodes.Template, families: Collection[str], words: Collection[str]) -> None:
    """Rewrite the plain names of figures, and give every bare word its figure.

    ``families`` are the first parts of the names of figures (penalties, value, …); ``words`` those that take a figure.
    """
    _each(tree, frozenset(families))
    _give(tree, frozenset(words))


def _each(node: nodes.Node, families: frozenset[str]) -> None:
    for name, child in node.iter_fields():
        if isinstance(child, nodes.Node):
            setattr(node, name, _rewritten(child, families))
        elif isinstance(child, list):
            made = [_rewritten(part, families) if isinstance(part, nodes.Node) else part for part in child]
            setattr(node, name, made)
    if isinstance(node, nodes.Call) and isinstance(node.node, nodes.Name):
        _take_over(node)


def _rewritten(node: nodes.Node, families: frozenset[str]) -> nodes.Node:
    if isinstance(node, nodes.Call) and (id_ := _name(node.node, families)):
        made = _stat(id_, node.kwargs, node.lineno)
        made.args += node.args  # too many words in the brackets: the word itself tells
        _each(made, families)
        return made
    if id_ := _name(node, families):
        return _stat(id_, [], node.lineno)
    _each(node, families)
    return node


def _name(node: nodes.Node, families: frozenset[str]) -> str:
    """The name of a figure: ``objections.days.median``; "" where the node is none."""
    parts: list[str] = []
    while isinstance(node, nodes.Getattr):
        parts.append(node.attr)
        node = node.node
    if not parts or not isinstance(node, nodes.Name) or node.name not in families:
        return ""
    return ".".join([node.name, *reversed(parts)])


def _stat(id_: str, options: list[nodes.Keyword], line: int) -> nodes.Call:
    const, name = nodes.Const(id_), nodes.Name(PRINTS, "load")
    call = nodes.Call(name, [const], options, None, None)
    for one in (const, name, call):
        one.set_lineno(line)
    return call


def _take_over(call: nodes.Call) -> None:
    """A figure inside the brackets of another word: its name and its categories become those of the word."""
    inner = _stat_of(call.args[0]) if call.args else None
    if inner is not None:
        given = {one.key for one in call.kwargs}
        call.args[0] = inner.args[0]
        call.kwargs = [*(one for one in inner.kwargs if one.key not in given), *call.kwargs]
    for option in call.kwargs:
        other = _stat_of(option.value) if option.key == "than" else None
        if other is not None and not other.kwargs:
            option.value = other.args[0]


def _stat_of(node: nodes.Node) -> nodes.Call | None:
    """The node, if it is a figure by its name."""
    if isinstance(node, nodes.Call) and isinstance(node.node, nodes.Name) and node.node.name == PRINTS and node.args:
        return node
    return None


def _give(tree: nodes.Template, words: frozenset[str]) -> None:
    """Give each bare word of an output the figure beside it."""
    lines: dict[int, list[nodes.Node]] = {}
    for node in _printed(tree):
        lines.setdefault(node.lineno, []).append(node)
    replaced: dict[int, nodes.Call] = {}
    for parts in lines.values():
        figures = [(n, part) for n, part in enumerate(parts) if _figure(part, words)]
        for n, part in enumerate(parts):
            if isinstance(part, nodes.Name) and part.name in (*words, *PICKED) and figures:
                before = [figure for place, figure in figures if place < n]
                replaced[id(part)] = _about(part, before[-1] if before else figures[0][1])
    if replaced:
        for output in tree.find_all((nodes.Output, nodes.If)):
            if isinstance(output, nodes.Output):
                output.nodes = [replaced.get(id(one), one) for one in output.nodes]


def _printed(node: nodes.Node) -> Iterator[nodes.Node]:
    """Everything printed, in order."""
    for child in node.iter_child_nodes():
        if isinstance(node, nodes.Output) and not isinstance(child, nodes.TemplateData):
            yield child
        else:
            yield from _printed(child)


def _figure(node: nodes.Node, words: frozenset[str]) -> bool:
    return (
        isinstance(node, nodes.Call)
        and isinstance(node.node, nodes.Name)
        and node.node.name in (*words, PRINTS)
        and bool(node.args)
    )


def _about(word: nodes.Name, figure: nodes.Node) -> nodes.Call:
    if not isinstance(figure, nodes.Call) or not isinstance(figure.node, nodes.Name):
        raise TypeError("a figure is the call of a word")
    options = [one for one in figure.kwargs if one.key not in OWN]
    name = word.name
    if figure.node.name in PICKING and name in PICKED:
        options.append(nodes.Keyword("as", nodes.Const(name)))
        name = figure.node.name
    call = nodes.Call(nodes.Name(name, "load"), [figure.args[0]], options, None, None)
    call.set_lineno(word.lineno)
    return call
