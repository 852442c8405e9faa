"""A canvas becomes Altair, SVG and PNG; run in the helper process.

Goes in: the plain values of a ``Canvas``. Comes out: SVG text with as few nodes as will do, and PNG bytes.
Hides Altair and vl-convert.
"""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from collections.abc import Iterator, Mapping
from functools import cache
from itertools import groupby
from typing import Any

from reportgen.charts import theme

SVG = "http://www.w3.org/2000/svg"
PICTURE = (960, 640)
"""The largest bitmap that GOV.UK takes."""
KEPT = {
    "d",
    "fill",
    "stroke",
    "stroke-width",
    "stroke-dasharray",
    "stroke-linecap",
    "stroke-linejoin",
    "transform",
    "text-anchor",
    "font-size",
    "font-weight",
    "x1",
    "x2",
    "y1",
    "y2",
}
"""Attributes of Vega's marks that are seen; the rest is for its own use."""


@cache
def _ready() -> None:
    """Register the font and the theme, once in a process."""
    import altair as alt
    import vl_convert

    vl_convert.register_font_directory(str(theme.font_folder()))
    alt.theme.register("analysis_function", enable=True)(theme.analysis_function)


def chart(plain: Mapping[str, Any]) -> Any:  # noqa: ANN401 - an Altair chart
    """The drawing as a layered Altair chart."""
    import altair as alt

    _ready()
    layers = [_layer(alt, layer) for layer in plain["layers"]]
    layers += list(_words(alt, plain["words"]))
    whole = alt.layer(*layers).resolve_scale(x="independent", y="independent")
    return whole.properties(width=plain["width"], height=plain["height"])


def drawn(plain: Mapping[str, Any]) -> tuple[str, bytes]:
    """SVG text and PNG bytes."""
    import vl_convert

    spec = chart(plain).to_dict(validate=False)
    svg = tidy(vl_convert.vegalite_to_svg(spec, format_locale="en-GB", time_format_locale="en-GB"))
    scale = min(PICTURE[0] / plain["width"], PICTURE[1] / plain["height"])
    return svg, vl_convert.svg_to_png(svg, scale=scale)


def _layer(alt: Any, layer: Mapping[str, Any]) -> Any:  # noqa: ANN401 - Altair
    """One kind of mark with its records and scales."""
    data = alt.InlineData(values=layer["records"])
    mark, colour = layer["mark"], layer.get("colour")
    x = _scale(alt, layer.get("x"))
    y = _scale(alt, layer.get("y"))
    base = alt.Chart(data)
    if mark == "bar":
        return base.mark_bar().encode(
            x=alt.X("from:Q", scale=x, axis=None),
            x2="to:Q",
            y=alt.Y("top:Q", scale=None, axis=None),
            y2="bottom:Q",
            color=alt.Color("fill:N", scale=None, legend=None),
        )
    if mark == "span":
        return base.mark_rule(color=colour, strokeWidth=layer["thick"]).encode(
            x=alt.X("from:Q", scale=x, axis=None), x2="to:Q", y=alt.Y("y:Q", scale=None, axis=None)
        )
    if mark == "rule":
        look = {"strokeDash": [4, 3]} if layer["dashed"] else {}
        return base.mark_rule(color=colour, **look).encode(
            x=alt.X("x:Q", scale=None, axis=None), x2="x2:Q", y=alt.Y("y:Q", scale=None, axis=None), y2="y2:Q"
        )
    across, down = alt.X("x:Q", scale=x, axis=None), alt.Y("y:Q", scale=y, axis=None)
    if mark == "line":
        return base.mark_line(color=colour, strokeWidth=2 if layer["thin"] else 3).encode(x=across, y=down)
    look = {"filled": True} if not layer["hollow"] else {"filled": True, "fill": theme.PAPER, "stroke": colour}
    return base.mark_point(color=colour, shape=layer["shape"], strokeWidth=2, **look).encode(x=across, y=down)


def _scale(alt: Any, scale: Mapping[str, Any] | None) -> Any:  # noqa: ANN401 - Altair
    if scale is None:
        return None
    return alt.Scale(domain=scale["domain"], range=scale["range"], nice=False, zero=False)


def _words(alt: Any, words: list[dict[str, Any]]) -> Iterator[Any]:  # noqa: ANN401 - Altair
    """Text marks, neighbours of one look in one layer, in reading order."""
    for look, group in groupby(words, lambda word: (word["align"], word["size"], word["weight"], word["colour"])):
        records = [{"x": word["x"], "y": word["y"], "text": word["text"]} for word in group]
        align, size, weight, colour = look
        yield (
            alt.Chart(alt.InlineData(values=records))
            .mark_text(align=align, fontSize=size, fontWeight=weight, color=colour, limit=0)
            .encode(
                x=alt.X("x:Q", scale=None, axis=None), y=alt.Y("y:Q", scale=None, axis=None), text=alt.Text("text:N")
            )
        )


def tidy(svg: str) -> str:
    """The same picture in fewer nodes: only marks, one font for all, no markup of Vega's own."""
    ET.register_namespace("", SVG)
    root = ET.fromstring(svg)  # noqa: S314 - a drawing that we just made
    made = ET.Element(f"{{{SVG}}}svg", {name: root.attrib[name] for name in ("width", "height", "viewBox")})
    made.set("font-family", theme.FONT)
    paper = root.find(f"{{{SVG}}}rect")
    if paper is not None:
        made.append(ET.Element(f"{{{SVG}}}rect", dict(paper.attrib)))
    for element, at in _marks(root, (0.0, 0.0)):
        look = {name: value for name, value in element.attrib.items() if name in KEPT}
        if at != (0.0, 0.0):
            look["transform"] = f"translate({at[0]:g},{at[1]:g})"
        else:
            look.pop("transform", None)
        if element.tag.endswith("path"):
            look.setdefault("fill", "none")
        kept = ET.SubElement(made, element.tag, look)
        kept.text = element.text
    text = ET.tostring(made, encoding="unicode", short_empty_elements=True)
    return re.sub(r"\d+\.\d{3,}", lambda found: f"{float(found.group()):.2f}".rstrip("0").rstrip("."), text)


def _marks(element: ET.Element, at: tuple[float, float]) -> Iterator[tuple[ET.Element, tuple[float, float]]]:
    """The marks that are seen, each with its place."""
    for child in element:
        moved = _moved(child, at)
        name = child.tag.rpartition("}")[2]
        if name == "g":
            yield from _marks(child, moved)
        elif name in ("path", "line", "text") and child.get("class") is None and child.get("display") != "none":
            yield child, moved


def _moved(element: ET.Element, at: tuple[float, float]) -> tuple[float, float]:
    found = re.match(r"translate\(([-\d.]+)[, ]([-\d.]+)\)", element.get("transform", ""))
    return (at[0] + float(found[1]), at[1] + float(found[2])) if found else at
