"""A drawing as data: bars, lines, points, rules and words, each with the value that it stands for.

Goes in: displayed values with the scales that place them. Comes out: a ``Canvas`` of plain values that a helper process
can turn into Altair. Positions across and down are pixels from the top left corner.
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
    """A straight scale from values to pixels."""

    domain: tuple[float, float]
    range: tuple[float, float]

    def __call__(self, value: float) -> float:
        """Where a value lies."""
        (low, high), (start, end) = self.domain, self.range
        return start + (value - low) / (high - low) * (end - start) if high != low else start


@dataclass(frozen=True, slots=True)
class Box:
    """The room that words take."""

    left: float
    top: float
    right: float
    bottom: float

    def meets(self, other: Box) -> bool:
        """Whether the two overlap."""
        return (
            self.left < other.right and other.left < self.right and self.top < other.bottom and other.top < self.bottom
        )


def fitting(heights: Sequence[float], above: float = 0, notes: int = 4) -> int:
    """How many of these, one under the other, have room on a page with so many lines of notes below; at least one.

    Where some have no room there is a line more, which says so.
    """
    room = TALLEST - notes * (LINE + 3) - above
    if sum(heights) <= room:
        return len(heights)
    return max(1, sum(height <= room - LINE - 3 for height in accumulate(heights)))


@dataclass
class Canvas:
    """What is drawn, in order; ``layers`` are plain values: a kind of mark, its scales, its records."""

    height: float = 0
    width: float = WIDTH
    layers: list[dict[str, Any]] = field(default_factory=list)
    words: list[dict[str, Any]] = field(default_factory=list)
    boxes: list[Box] = field(default_factory=list)

    def bars(self, scale: Scale, records: Iterable[tuple[float, float, float, float, str]]) -> None:
        """Bars across: value where each starts and ends, pixels of its top and bottom, its colour."""
        made = [
            {"from": start, "to": end, "top": round(top, 2), "bottom": round(bottom, 2), "fill": fill}
            for start, end, top, bottom, fill in records
            if start != end
        ]
        self._layer("bar", made, x=scale)

    def line(
        self, x: Scale, y: Scale, points: Sequence[tuple[float, float]], colour: str, *, thin: bool = False
    ) -> None:
        """A line through points, in values of the two scales."""
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
        """Dots; without a scale down, in pixels down."""
        made = [{"x": a, "y": b if y else round(b, 2)} for a, b in places]
        self._layer("point", made, x=x, y=y, colour=colour, shape=shape, hollow=hollow)

    def spans(self, scale: Scale, records: Iterable[tuple[float, float, float]], colour: str, thick: float = 2) -> None:
        """Rules across, from value to value, at a height in pixels."""
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
        """Straight rules between two points in pixels; ``under`` all that is drawn."""
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
        """Words, ``y`` their middle; the room that they take."""
        text = curly(clean(text))
        box = self.room(x, y, text, align, size, weight)
        self.boxes.append(box)
        record = {"x": round(x, 2), "y": round(y, 2), "text": text}
        self.words.append(record | {"align": align, "size": size, "weight": weight, "colour": colour})
        return box

    @staticmethod
    def room(x: float, y: float, text: str, align: Align = "left", size: float = TEXT, weight: int = 400) -> Box:
        """The room that words would take."""
        wide = width(text, size, weight)
        left = {"left": x, "right": x - wide, "center": x - wide / 2}[align]
        return Box(left, y - size * 0.55, left + wide, y + size * 0.55)

    def free(self, box: Box) -> bool:
        """Whether words could stand there: inside the drawing and on no others."""
        inside = box.left >= 0 and box.right <= self.width and box.top >= 0
        return inside and not any(box.meets(other) for other in self.boxes)

    def lines(self, x: float, y: float, texts: Sequence[str], align: Align = "left", **look: Any) -> None:
        """Several lines of words, centred on ``y``."""
        first = y - (len(texts) - 1) * LINE / 2
        for number, text in enumerate(texts):
            self.text(x, first + number * LINE, text, align, **look)

    def footnote(self, text: str) -> None:
        """Words under the drawing, which grows by them."""
        for line in wrap(text, self.width, SMALL):
            self.height += LINE + 3
            self.text(0, self.height - 9, line, size=SMALL, colour=QUIET)

    def left_out(self, number: int) -> None:
        """Say how many have no room on the page, if any."""
        if number:
            said = "One more is not drawn; the table lists it."
            self.footnote(said if number == 1 else f"{number} more are not drawn; the table lists them.")

    def plain(self) -> dict[str, Any]:
        """The drawing for the helper process."""
        return {"width": self.width, "height": round(self.height + 2), "layers": self.layers, "words": self.words}

    def _layer(self, mark: str, records: list[dict[str, Any]], *, under: bool = False, **look: Any) -> None:
        """Marks of one look are one layer, since each layer takes time to draw; but each line is its own."""
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
