"""A table or a chart with its caption, as HTML and as Govspeak.

Goes in: a table or chart, its caption and label. Comes out: markup. Hides how each output sets a table.
"""

from __future__ import annotations

import base64
import re
from typing import TYPE_CHECKING, Final

from reportgen.language.fragment import escape, govspeak
from reportgen.model import formatting

if TYPE_CHECKING:
    from reportgen.model.chart import Chart
    from reportgen.model.narrative import Caption
    from reportgen.model.table import Table


LONG = 22
"""A table of more rows may be cut between pages."""


WIDE = 6


LONGEST_WORD: Final = 24
"""Letters of a word that fits into every column."""


def table_html(table: Table, caption: Caption, label: str, *, web: bool, data: bool = False) -> str:
    """A table with caption, boxhead and notes, on one line."""
    id_ = f"{'data' if data else 'table'}-{table.id}"
    size = "long" if len(table.rows) > LONG else "short"
    alone = [column.numeric for column in table.columns] == [True]
    wide = " narrow" if alone else " wide" if len(table.columns) > WIDE else ""
    subtitle = f' <span class="subtitle">{caption_html(caption, "subtitle")}</span>' if caption.subtitle else ""
    title = f'<strong class="title">{caption_html(caption, "title")}</strong>'
    shown = f'<span class="label">{escape(label)}:</span> {title}{subtitle}' if not data else title
    head = f'<th scope="col">{escape(table.stub)}</th>' + "".join(
        f'<th scope="col"{" class=n" if column.numeric else ""}>{escape(column.heading)}</th>'
        for column in table.columns
    )
    rows: list[str] = []
    grouped = any(row.kind == "section" for row in table.rows)
    for row in table.rows:
        if grouped and rows and row.kind != "body":  # what a group's head heads, and no more, is a part of its own
            rows.append("</tbody><tbody>")
        if row.kind == "section":
            across = (
                f'<th scope="rowgroup" colspan="{len(table.columns) + 1}">{escape(formatting.clean(row.label))}</th>'
            )
            rows.append(f'<tr class="section">{across}</tr>')
            continue
        cells = "".join(
            f"<td{class_of('n' * column.numeric, cell.text)}>{escape(formatting.clean(cell.text))}</td>"
            for column, cell in zip(table.columns, row.cells, strict=True)
        )
        kind = f' class="{row.kind}"' if row.kind != "body" else ""
        head_class = class_of("", row.label)
        rows.append(f'<tr{kind}><th scope="row"{head_class}>{escape(formatting.clean(row.label))}</th>{cells}</tr>')
    made = (
        f'<table class="data" id="{id_}"><caption id="{id_}-caption">{shown}</caption>'
        f"<thead><tr>{head}</tr></thead><tbody>{''.join(rows)}</tbody></table>"
    )
    if web:
        made = f'<section class="scroll" tabindex="0" aria-labelledby="{id_}-caption">{made}</section>'
    else:
        made = f'<div class="scroll">{made}</div>'
    notes = "".join(map(_note, table.notes)) if data else notes_html(caption, table.notes)
    return f'<div class="table-block {size}{wide}">{made}{notes}</div>'


def caption_html(caption: Caption, part: str) -> str:
    """A part of a caption, as safe HTML."""
    return caption.html.get(part) or escape(getattr(caption, part))


def notes_html(caption: Caption, more: tuple[str, ...] = ()) -> str:
    """The source, then the notes of the caption and those that the numbers need."""
    made = f'<p class="source">Source: {caption_html(caption, "source")}</p>' if caption.source else ""
    notes = [caption.html.get(f"notes{n}") or escape(note) for n, note in enumerate(caption.notes)]
    return made + "".join(f'<p class="note">{note}</p>' for note in notes) + "".join(map(_note, more))


def _note(note: str) -> str:
    return f'<p class="note">{_generated(note)}</p>'


def _generated(note: str) -> str:
    """A note that the numbers need; what it counts is set by the method, and says so."""
    number = re.compile(r"(?<![\w.])(\d+)(%?)(?![\w.]*\d)")
    return number.sub(r'<data value="\1" data-setting="method">\1\2</data>', escape(note))


def _of_picture(chart: Chart) -> tuple[str, ...]:
    """The notes of a chart's numbers without those on shorthand: a picture explains its own, where it has any."""
    return tuple(note for note in chart.table.notes if not note.startswith("["))


def chart_html(chart: Chart, caption: Caption, label: str, *, web: bool) -> str:
    """A chart with its words; on the web its numbers can be opened as a table."""
    subtitle = f' <span class="subtitle">{caption_html(caption, "subtitle")}</span>' if caption.subtitle else ""
    title = f'<strong class="title">{caption_html(caption, "title")}</strong>'
    shown = f'<span class="label">{escape(label)}:</span> {title}{subtitle}'
    words = f"chart-{chart.id}-caption"
    if web:  # on a narrow screen a chart scrolls, so that its words stay large enough to read
        drawn = inline_svg(chart, caption.alt)
        picture = f'<section class="scroll" tabindex="0" aria-labelledby="{words}">{drawn}</section>'
    else:
        coded = base64.b64encode(chart.svg.encode()).decode()
        picture = f'<img alt="{escape(caption.alt)}" src="data:image/svg+xml;base64,{coded}">'
    made = (
        f'<figure class="chart" id="chart-{chart.id}"><figcaption id="{words}">{shown}</figcaption>{picture}'
        f"{notes_html(caption, _of_picture(chart))}</figure>"
    )
    if web:
        table = table_html(chart.table, caption, label, web=True, data=True)
        title = caption_html(caption, "title")
        made += f'<details class="data"><summary>View “{title}” as a table</summary>{table}</details>'
    return made


def inline_svg(chart: Chart, alt: str) -> str:
    """The SVG as part of the page, its ids its own, read out as one picture."""
    svg = chart.svg[chart.svg.index("<svg") :]
    names = set(re.findall(r'\bid="([^"]+)"', svg))
    for name in sorted(names):
        own = f"{chart.id}-{name}"
        svg = (
            svg.replace(f'id="{name}"', f'id="{own}"')
            .replace(f"url(#{name})", f"url(#{own})")
            .replace(f'href="#{name}"', f'href="#{own}"')
        )
    opening, rest = svg.split(">", 1)
    opening = re.sub(r' (?:role|aria-[a-z]+|class)="[^"]*"', "", opening)
    opening = re.sub(r' (?:width|height)="[^"]*"', "", opening)
    rest = re.sub(r' (?:role|aria-[a-z]+)="[^"]*"', "", rest)
    title = f'<title id="{chart.id}-title">{escape(alt)}</title>'
    return f'{opening} role="img" aria-labelledby="{chart.id}-title">{title}{rest}'.replace("\n", " ")


def table_govspeak(table: Table, caption: Caption, label: str) -> str:
    """A Markdown table; the first column holds row headers."""
    lines = [f"**{govspeak(f'{label}: {caption.title}')}**", ""]
    if caption.subtitle:
        lines += [govspeak(caption.subtitle), ""]
    lines.append("| " + " | ".join([_cell(table.stub), *(_cell(column.heading) for column in table.columns)]) + " |")
    lines.append("|" + "|".join(["---", *("--:" if column.numeric else "---" for column in table.columns)]) + "|")
    lines += [
        "| # "
        + " | ".join([_cell(formatting.clean(row.label)), *(_cell(formatting.clean(c.text)) for c in row.cells)])
        + " |"
        for row in table.rows
    ]
    return "\n".join([*lines, "", *_notes_govspeak(caption, table.notes)]).rstrip()


def class_of(kind: str, text: str) -> str:
    """A cell's class; one with a word that no column can hold may break it anywhere."""
    kinds = [kind] * bool(kind) + ["long"] * any(len(word) > LONGEST_WORD for word in text.split())
    return f" class={kinds[0]}" if len(kinds) == 1 else f' class="{" ".join(kinds)}"' if kinds else ""


def _cell(text: str) -> str:
    return govspeak(text)


def _notes_govspeak(caption: Caption, more: tuple[str, ...]) -> list[str]:
    notes = [f"Source: {govspeak(caption.source)}"] if caption.source else []
    notes += [govspeak(note) for note in (*caption.notes, *more)]
    return [line for note in notes for line in (note, "")]


def chart_govspeak(chart: Chart, caption: Caption, label: str) -> str:
    """The image by its file name, its message in text, since the publisher drops alternative text."""
    lines = [f"**{govspeak(f'{label}: {caption.title}')}**", ""]
    if caption.subtitle:
        lines += [govspeak(caption.subtitle), ""]
    lines += [f"[Image:{chart.id}.svg]", "", govspeak(caption.alt), "", *_notes_govspeak(caption, _of_picture(chart))]
    return "\n".join(lines).rstrip()
