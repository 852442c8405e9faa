"""A drawing as data: bars, lines, points, rules and text, with the values they represent.

Input: displayed values and the scales that position them. Output: a ``Canvas`` of plain values, which the helper
process converts to Altair. Coordinates are pixels from the top left corner.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import accumulate
from typing import Any, Literal

from reportgen.charts.theme import (
    INK,
    LINE,
    QUIET,
    SMALL,
    TALLEST,
    TEXT,
    WIDTH,
    width,
    wrap,
)
from reportgen.model.formatting import clean, curly

Align = Literal["left", "right", "center"]


@dataclass(frozen=True, slots=True)
class Scale:
    """A linear scale from values to pixels."""

    domain: tuple[float, float]
    range: tuple[float, float]

    def __call__(self, value: float) -> float:
        """Return the pixel position of a value."""
        (low, high), (start, end) = self.domain, self.range
        return start + (value - low) / (high - low) * (end - start) if high != low else start


@dataclass(frozen=True, slots=True)
class Box:
    """The bounding box of a text."""

    left: float
    top: float
    right: float
    bottom: float

    def meets(self, other: Box) -> bool:
        """Return whether two boxes overlap."""
        return (
            self.left < other.right and other.left < self.right and self.top < other.bottom and other.top < self.bottom
        )


def fitting(heights: Sequence[float], above: float = 0, notes: int = 4) -> int:
    """Return how many stacked items fit on a page with ``notes`` lines below them; at least one.

    If not all fit, space is kept for a line that says so.
    """
    room = TALLEST - notes * (LINE + 3) - above
    if sum(heights) <= room:
        return len(heights)
    return max(1, sum(height <= room - LINE - 3 for height in accumulate(heights)))


@dataclass
class Canvas:
    """A drawing; ``layers`` are plain values in drawing order: a kind of mark, its scales, its records."""

    height: float = 0
    width: float = WIDTH
    layers: list[dict[str, Any]] = field(default_factory=list)
    words: list[dict[str, Any]] = field(default_factory=list)
    boxes: list[Box] = field(default_factory=list)

    def bars(self, scale: Scale, records: Iterable[tuple[float, float, float, float, str]]) -> None:
        """Add horizontal bars: start and end values, top and bottom pixels, colour."""
        made = [
            {"from": start, "to": end, "top": round(top, 2), "bottom": round(bottom, 2), "fill": fill}
            for start, end, top, bottom, fill in records
            if start != end
        ]
        self._layer("bar", made, x=scale)

    def line(
        self, x: Scale, y: Scale, points: Sequence[tuple[float, float]], colour: str, *, thin: bool = False
    ) -> None:
        """Add a line through points, in values of both scales."""
        self._layer("line", [{"x": a, "y": b} for a, b in points], x=x, y=y, colour=colour, thin=thin)

    def points(
        self,
        x: Scale,
        y: Scale | None,
        places: Iterable[tuple[float, float]],
        colour: str,
        shape: str = "circle",
        *,
        hollow: bool = False,
    ) -> None:
        """Add points; without a vertical scale, ``y`` is in pixels."""
        made = [{"x": a, "y": b if y else round(b, 2)} for a, b in places]
        self._layer("point", made, x=x, y=y, colour=colour, shape=shape, hollow=hollow)

    def spans(self, scale: Scale, records: Iterable[tuple[float, float, float]], colour: str, thick: float = 2) -> None:
        """Add horizontal line segments between two values, at a height in pixels."""
        made = [{"from": start, "to": end, "y": round(y, 2)} for start, end, y in records]
        self._layer("span", made, x=scale, colour=colour, thick=thick)

    def rules(
        self,
        records: Iterable[tuple[float, float, float, float]],
        colour: str,
        *,
        dashed: bool = False,
        under: bool = False,
    ) -> None:
        """Add straight lines between points in pixels; ``under`` puts them behind everything else."""
        made = [
            {"x": round(x, 2), "x2": round(x2, 2), "y": round(y, 2), "y2": round(y2, 2)} for x, y, x2, y2 in records
        ]
        self._layer("rule", made, under=under, colour=colour, dashed=dashed)

    def text(
        self,
        x: float,
        y: float,
        text: str,
        align: Align = "left",
        size: float = TEXT,
        weight: int = 400,
        colour: str = INK,
    ) -> Box:
        """Add a text, vertically centred on ``y``; return its bounding box."""
        text = curly(clean(text))
        box = self.room(x, y, text, align, size, weight)
        self.boxes.append(box)
        record = {"x": round(x, 2), "y": round(y, 2), "text": text}
        self.words.append(record | {"align": align, "size": size, "weight": weight, "colour": colour})
        return box

    @staticmethod
    def room(x: float, y: float, text: str, align: Align = "left", size: float = TEXT, weight: int = 400) -> Box:
        """Return the bounding box of a text without adding it."""
        wide = width(text, size, weight)
        left = {"left": x, "right": x - wide, "center": x - wide / 2}[align]
        return Box(left, y - size * 0.55, left + wide, y + size * 0.55)

    def free(self, box: Box) -> bool:
        """Return whether a box lies inside the drawing and overlaps no text."""
        inside = box.left >= 0 and box.right <= self.width and box.top >= 0
        return inside and not any(box.meets(other) for other in self.boxes)

    def lines(self, x: float, y: float, texts: Sequence[str], align: Align = "left", **look: Any) -> None:
        """Add lines of text, centred on ``y``."""
        first = y - (len(texts) - 1) * LINE / 2
        for number, text in enumerate(texts):
            self.text(x, first + number * LINE, text, align, **look)

    def footnote(self, text: str) -> None:
        """Add a note below the drawing, increasing its height."""
        for line in wrap(text, self.width, SMALL):
            self.height += LINE + 3
            self.text(0, self.height - 9, line, size=SMALL, colour=QUIET)

    def left_out(self, number: int) -> None:
        """Add a note that says how many items do not fit, if any."""
        if number:
            said = "One more is not drawn; the table lists it."
            self.footnote(said if number == 1 else f"{number} more are not drawn; the table lists them.")

    def plain(self) -> dict[str, Any]:
        """Return the drawing as plain values for the helper process."""
        return {"width": self.width, "height": round(self.height + 2), "layers": self.layers, "words": self.words}

    def _layer(self, mark: str, records: list[dict[str, Any]], *, under: bool = False, **look: Any) -> None:
        """Add records to a layer of the same style, because each layer is slow to draw; lines are never merged."""
        if not records:
            return
        plain = {
            name: {"domain": list(value.domain), "range": [round(end, 2) for end in value.range]}
            if isinstance(value, Scale)
            else value
            for name, value in look.items()
        }
        like = {"mark": mark} | plain
        same = [layer for layer in self.layers if {k: v for k, v in layer.items() if k != "records"} == like]
        if same and mark != "line":
            same[0]["records"].extend(records)
        else:
            self.layers.insert(0 if under else len(self.layers), like | {"records": records})
