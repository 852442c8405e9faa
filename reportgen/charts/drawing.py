"""Convert canvases to Altair, SVG and PNG, in the helper process.

Input: the plain values of each ``Canvas``. Output: the SVGs, then the PNGs. Hides Altair and vl-convert.
"""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from typing import Any, Final

from reportgen.charts import theme

Plain = Mapping[str, Any]

SVG: Final = "http://www.w3.org/2000/svg"
PICTURE: Final = (960, 640)
"""Largest bitmap that GOV.UK accepts, in pixels."""
LOCALE: Final = "en-GB"
KEPT: Final = frozenset(
    {
        "fill",
        "stroke",
        "stroke-width",
        "stroke-dasharray",
        "stroke-linecap",
        "stroke-linejoin",
        "text-anchor",
        "font-size",
        "font-weight",
    }
)
"""SVG attributes that affect appearance; Vega's others are dropped."""
USUAL: Final = {"text-anchor": "start", "font-weight": "400", "stroke-width": "1"}
"""Default values, which are left out."""


@cache
def _ready() -> None:
    """Register fonts and theme, once per process."""
    import altair as alt
    import vl_convert
    from altair.utils import schemapi

    for folder in (theme.font_folder(), theme.second_folder()):
        vl_convert.register_font_directory(str(folder))
    alt.theme.register("analysis_function", enable=True)(_theme)
    schemapi.DEBUG_MODE = False  # skip schema validation, which takes half of the time: our types are checked


def _theme() -> Any:
    return theme.analysis_function()


def chart(plain: Plain, name: str) -> tuple[Any, dict[str, list[dict[str, Any]]]]:
    """Build a layered Altair chart; records are returned separately by name, because Altair copies embedded ones."""
    import altair as alt

    _ready()
    data: dict[str, list[dict[str, Any]]] = {}

    def named(records: list[dict[str, Any]]) -> Any:
        data[f"{name}-{len(data)}"] = records
        return alt.NamedData(name=f"{name}-{len(data) - 1}")

    layers = [_layer(alt, layer, named(layer["records"])) for layer in plain["layers"]]
    layers += [_text_layer(alt, look, named(records)) for look, records in _by_style(plain["words"]).items()]
    whole = alt.layer(*layers, width=plain["width"], height=plain["height"])
    return whole.resolve_scale(x="independent", y="independent"), data


def drawings(plains: Sequence[Plain]) -> list[str]:
    """Return the SVG of each drawing; all are drawn as one Vega chart, because starting Vega is slow."""
    import vl_convert

    sheet: dict[str, Any] = {**theme.analysis_function(), "vconcat": [], "spacing": 0, "datasets": {}}
    for number, plain in enumerate(plains):
        made, data = chart(plain, f"c{number}")
        spec = made.to_dict(validate=False)
        sheet["$schema"] = spec.pop("$schema")
        del spec["config"]
        sheet["vconcat"].append(spec)
        sheet["datasets"] |= data
    together = vl_convert.vegalite_to_svg(sheet, format_locale=LOCALE, time_format_locale=LOCALE)
    return [tidy(group, plain) for group, plain in zip(_parts(together), plains, strict=True)]


def picture(svg: str, plain: Plain) -> bytes:
    """Return the PNG of a drawing, at the largest size accepted."""
    import vl_convert

    scale = min(PICTURE[0] / plain["width"], PICTURE[1] / plain["height"])
    made: bytes = vl_convert.svg_to_png(svg, scale=scale)
    return made


def _layer(alt: Any, layer: Plain, data: Any) -> Any:
    """Build one layer of marks with its scales."""
    mark, colour = layer["mark"], layer.get("colour")
    base = alt.Chart(data)

    def place(channel: Any, field: str, scale: str = "") -> Any:
        return channel(field=field, type="quantitative", axis=None, scale=_scale(alt, layer.get(scale)))

    if mark == "bar":
        return base.mark_bar().encode(
            x=place(alt.X, "from", "x"),
            x2=alt.X2(field="to"),
            y=place(alt.Y, "top"),
            y2=alt.Y2(field="bottom"),
            color=alt.Color(field="fill", type="nominal", scale=None, legend=None),
        )
    if mark == "span":
        return base.mark_rule(color=colour, strokeWidth=layer["thick"]).encode(
            x=place(alt.X, "from", "x"), x2=alt.X2(field="to"), y=place(alt.Y, "y")
        )
    if mark == "rule":
        look = {"strokeDash": [4, 3]} if layer["dashed"] else {}
        return base.mark_rule(color=colour, **look).encode(
            x=place(alt.X, "x"), x2=alt.X2(field="x2"), y=place(alt.Y, "y"), y2=alt.Y2(field="y2")
        )
    where = {"x": place(alt.X, "x", "x"), "y": place(alt.Y, "y", "y")}
    if mark == "line":
        return base.mark_line(color=colour, strokeWidth=2 if layer["thin"] else 3).encode(**where)
    inner = theme.PAPER if layer["hollow"] else colour
    return base.mark_point(shape=layer["shape"], stroke=colour, fill=inner, strokeWidth=2).encode(**where)


def _scale(alt: Any, scale: Plain | None) -> Any:
    if scale is None:
        return None
    return alt.Scale(domain=scale["domain"], range=scale["range"], nice=False, zero=False)


def _by_style(words: list[dict[str, Any]]) -> dict[tuple[Any, ...], list[dict[str, Any]]]:
    """Group texts by style, because each layer costs more than its texts."""
    looks: dict[tuple[Any, ...], list[dict[str, Any]]] = {}
    for word in words:
        look = (word["align"], word["size"], word["weight"], word["colour"])
        looks.setdefault(look, []).append({"x": word["x"], "y": word["y"], "text": word["text"]})
    return looks


def _text_layer(alt: Any, look: tuple[Any, ...], data: Any) -> Any:
    align, size, weight, colour = look
    mark = alt.Chart(data).mark_text(align=align, fontSize=size, fontWeight=weight, color=colour, limit=0)
    return mark.encode(
        x=alt.X(field="x", type="quantitative", scale=None, axis=None),
        y=alt.Y(field="y", type="quantitative", scale=None, axis=None),
        text=alt.Text(field="text", type="nominal"),
    )


def _parts(together: str) -> list[ET.Element]:
    """Return the SVG group of each drawing, in order."""
    root = ET.fromstring(together)  # noqa: S314 - our own SVG
    name = re.compile(r"concat_(\d+)_group\b")
    found = {int(at[1]): group for group in root.iter(f"{{{SVG}}}g") if (at := name.search(group.get("class", "")))}
    return [found[number] for number in sorted(found)]


def tidy(group: ET.Element, plain: Plain) -> str:
    """Simplify a drawing: marks of one style are one path, one font for all, no Vega attributes."""
    ET.register_namespace("", SVG)
    wide, high = f"{plain['width']:g}", f"{plain['height']:g}"
    look = {"width": wide, "height": high, "viewBox": f"0 0 {wide} {high}", "font-family": theme.FONT}
    made = ET.Element(f"{{{SVG}}}svg", look)
    made.append(ET.Element(f"{{{SVG}}}rect", {"width": wide, "height": high, "fill": theme.PAPER}))
    for element, at in _marks(group, (0.0, 0.0), outer=True):
        look = {name: value for name, value in element.attrib.items() if name in KEPT and USUAL.get(name) != value}
        if element.tag.endswith("text"):
            look["transform"] = f"translate({at[0]:g},{at[1]:g})"
            ET.SubElement(made, f"{{{SVG}}}text", look).text = element.text
            continue
        shape = _shape(element, at)
        look = {"fill": "none"} | look | {"d": shape}
        last = made[-1]
        if {**last.attrib, "d": ""} == {**look, "d": ""}:
            last.set("d", last.attrib["d"] + shape)
        else:
            ET.SubElement(made, f"{{{SVG}}}path", look)
    return ET.tostring(made, encoding="unicode", short_empty_elements=True)


def _shape(element: ET.Element, at: tuple[float, float]) -> str:
    """Return a mark's path in the coordinates of the drawing; relative commands h, v and Z are unchanged."""
    x, y = at
    if element.tag.endswith("line"):
        ends = [float(element.get(name, "0")) for name in ("x1", "y1", "x2", "y2")]
        return f"M{_short(x + ends[0])},{_short(y + ends[1])}L{_short(x + ends[2])},{_short(y + ends[3])}"
    made = []
    for command, words in re.findall(r"([A-Za-z])([^A-Za-z]*)", element.get("d", "")):
        numbers = [float(word) for word in re.findall(r"-?[\d.]+(?:e-?\d+)?", words)]
        if command in "MLA":
            numbers[-2] += x
            numbers[-1] += y
        elif command not in "hvZ":
            raise ValueError(f"a path has the command {command}, which is not moved yet")
        made.append(command + ",".join(_short(number) for number in numbers))
    return "".join(made)


def _short(number: float) -> str:
    """Format a number with at most two decimals."""
    return f"{round(number, 2) + 0.0:g}"


def _marks(
    element: ET.Element, at: tuple[float, float], *, outer: bool = False
) -> Iterator[tuple[ET.Element, tuple[float, float]]]:
    """Yield visible marks with their offset in the drawing; the drawing's own offset is ignored."""
    for child in element:
        name = child.tag.rpartition("}")[2]
        moved = at if outer and name == "g" else _moved(child, at)
        if name == "g":
            yield from _marks(child, moved)
        elif name in ("path", "line", "text") and child.get("class") is None and child.get("display") != "none":
            yield child, moved


def _moved(element: ET.Element, at: tuple[float, float]) -> tuple[float, float]:
    found = re.match(r"translate\(([-\d.]+)[, ]([-\d.]+)\)", element.get("transform", ""))
    return (at[0] + float(found[1]), at[1] + float(found[2])) if found else at


WARM: Final = {
    "width": 10,
    "height": 10,
    "layers": [],
    "words": [{"x": 1, "y": 1, "text": "1", "align": "left", "size": theme.TEXT, "weight": 400, "colour": theme.INK}],
}


def answers(questions: Iterator[Sequence[Plain]]) -> Iterator[list[str] | list[bytes]]:
    """Serve requests until the input ends, after a first drawing that starts the engine."""
    drawings([WARM])
    for plains in questions:
        made = drawings(plains)
        yield made
        # One reply for all PNGs: a pipe's buffer is smaller than one, and the program reads them late.
        yield [picture(svg, plain) for svg, plain in zip(made, plains, strict=True)]
