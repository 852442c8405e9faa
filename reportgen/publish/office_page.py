"""A simple page for the office, as self-contained HTML and as Markdown.

Input: a ``Paper``. Output: bytes. Hides escaping.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from html import escape
from typing import Final

STYLE: Final = (
    ":root{color-scheme:light dark}body{font:1rem/1.5 Arial,Helvetica,sans-serif;max-width:60rem;margin:2rem auto;"
    "padding:0 1rem}h1,h2{line-height:1.2}h2{margin-top:2.5rem}table{border-collapse:collapse;width:100%}"
    "caption{text-align:left;font-weight:bold;padding:.5rem 0}th,td{text-align:left;vertical-align:top;"
    "padding:.4rem .8rem .4rem 0;border-bottom:1px solid #767676;overflow-wrap:anywhere}"
    "ul{margin:0;padding-left:1.2rem}td:first-child,th{overflow-wrap:normal}section{overflow-x:auto}"
    "section:focus-visible{outline:3px solid;outline-offset:2px}td{min-width:8rem}"
)


@dataclass(frozen=True, slots=True)
class PageTable:
    """A table: caption, column headings, rows. The first cell is the row heading; line breaks make a list."""

    caption: str
    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Part:
    """A heading and the content below it."""

    heading: str
    text: tuple[str, ...] = ()
    grid: PageTable | None = None


@dataclass(frozen=True, slots=True)
class Paper:
    """A page: title, introduction, parts."""

    title: str
    lead: str
    parts: tuple[Part, ...]


def as_html(paper: Paper) -> bytes:
    """Render one HTML page without scripts or other files."""
    body = [f"<h1>{escape(paper.title)}</h1>", f"<p>{escape(paper.lead)}</p>"]
    for number, part in enumerate(paper.parts, 1):
        body.append(f"<h2>{escape(part.heading)}</h2>")
        body += [f"<p>{escape(line)}</p>" for line in part.text]
        if part.grid and part.grid.rows:
            body.append(_table(part.grid, f"t{number}"))
    return (
        '<!doctype html>\n<html lang="en-GB">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{escape(paper.title)}</title>\n<style>{STYLE}</style>\n</head>\n<body>\n<main>\n"
        + "\n".join(body)
        + "\n</main>\n</body>\n</html>\n"
    ).encode()


def _table(grid: PageTable, name: str) -> str:
    """Render a table that scrolls horizontally on a narrow screen."""
    head = "".join(f'<th scope="col">{escape(name)}</th>' for name in grid.header)
    rows = []
    for row in grid.rows:
        first, *others = row
        rows.append(
            f'<tr><th scope="row">{escape(first)}</th>{"".join(f"<td>{_cell(cell)}</td>" for cell in others)}</tr>'
        )
    caption = f'<caption id="{name}">{escape(grid.caption)}</caption>'
    return (
        f'<section tabindex="0" aria-labelledby="{name}">\n<table>\n{caption}\n'
        f"<thead>\n<tr>{head}</tr>\n</thead>\n<tbody>\n" + "\n".join(rows) + "\n</tbody>\n</table>\n</section>"
    )


def _cell(text: str) -> str:
    lines = [escape(line) for line in text.split("\n") if line]
    if len(lines) > 1:
        return f"<ul>{''.join(f'<li>{line}</li>' for line in lines)}</ul>"
    return lines[0] if lines else "–"


def as_markdown(paper: Paper) -> bytes:
    """Render the page as Markdown, to paste anywhere."""
    body = [f"# {_escape_markdown(paper.title)}", _escape_markdown(paper.lead)]
    for part in paper.parts:
        body.append(f"## {_escape_markdown(part.heading)}")
        body += [_escape_markdown(line) for line in part.text]
        if part.grid and part.grid.rows:
            rows = [part.grid.header, ("---",) * len(part.grid.header), *part.grid.rows]
            body.append("\n".join("| " + " | ".join(_markdown_cell(cell) for cell in row) + " |" for row in rows))
    return ("\n\n".join(body) + "\n").encode()


def _escape_markdown(text: str) -> str:
    return re.sub(r"([\\`*_<>#\[\]])", r"\\\1", " ".join(text.split()))


def _markdown_cell(text: str) -> str:
    if text == "---":
        return text
    return "; ".join(_escape_markdown(line) for line in text.split("\n") if line).replace("|", "\\|") or "–"
