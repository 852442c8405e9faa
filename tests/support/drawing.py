"""Reading a finished drawing: its words with the room they take, its bars, what is behind what."""

import re
import xml.etree.ElementTree as ET
from dataclasses import dataclass

from reportgen.charts import theme

NUMBER = r"(-?\d+(?:\.\d+)?)"


@dataclass(frozen=True)
class Word:
    text: str
    left: float
    top: float
    right: float
    bottom: float
    size: float
    fill: str

    def meets(self, other):
        return (
            self.left < other.right - 0.01
            and other.left < self.right - 0.01
            and self.top < other.bottom - 0.01
            and other.top < self.bottom - 0.01
        )

    def covers(self, x, y):
        return self.left <= x <= self.right and self.top <= y <= self.bottom

    @property
    def middle(self):
        return (self.top + self.bottom) / 2


@dataclass(frozen=True)
class Bar:
    left: float
    top: float
    right: float
    bottom: float
    fill: str

    @property
    def length(self):
        return self.right - self.left

    @property
    def middle(self):
        return (self.top + self.bottom) / 2


@dataclass(frozen=True)
class Drawing:
    width: float
    height: float
    words: tuple
    bars: tuple
    lines: tuple
    colours: frozenset

    def texts(self):
        return [word.text for word in self.words]

    def after(self, bar):
        """The word that begins just after a bar's end, on its middle."""
        near = [w for w in self.words if abs(w.left - bar.right - 5) < 0.6 and bar.top - 2 < w.middle < bar.bottom + 2]
        return near[0].text if near else None


def place(element):
    found = re.match(rf"translate\({NUMBER}[, ]{NUMBER}\)", element.get("transform", ""))
    return (float(found[1]), float(found[2])) if found else (0.0, 0.0)


def word(element):
    """Room by the font's own measures: above the baseline the height of an ascender, below it that of a descender."""
    x, y = place(element)
    size = float(re.match(r"[\d.]+", element.get("font-size"))[0])
    weight = int(element.get("font-weight", "400").replace("normal", "400").replace("bold", "700"))
    wide = theme.width(element.text, size, weight)
    left = {"start": x, "middle": x - wide / 2, "end": x - wide}[element.get("text-anchor", "start")]
    return Word(element.text, left, y - 0.71 * size, left + wide, y + 0.2 * size, size, element.get("fill"))


def read(svg):
    root = ET.fromstring(svg)
    _, _, width, height = map(float, root.get("viewBox").split())
    words, bars, lines, colours = [], [], [], set()
    for element in root:
        name = element.tag.rpartition("}")[2]
        if name == "text":
            words.append(word(element))
            colours.add(element.get("fill"))
            continue
        colours |= {element.get("fill"), element.get("stroke")}
        if name != "path":
            continue
        shape, fill = element.get("d"), element.get("fill")
        boxes = re.findall(rf"M{NUMBER},{NUMBER}h{NUMBER}v{NUMBER}h{NUMBER}Z", shape)
        for left, top, wide, tall in ([float(part) for part in box[:4]] for box in boxes):
            bars.append(Bar(left, top, left + wide, top + tall, fill))
        if element.get("stroke") not in (None, theme.RULE, theme.FAINT, theme.AXIS, theme.PAPER, "white"):
            runs = [
                re.findall(rf"[ML]{NUMBER},{NUMBER}", run) for run in re.findall(r"M[^M]+", shape) if "A" not in run
            ]
            lines += [[(float(a), float(b)) for a, b in run] for run in runs]
    return Drawing(width, height, tuple(words), tuple(bars), tuple(lines), frozenset(colours - {None, "none"}))


def luminance(colour):
    named = {"white": "#ffffff", "black": "#000000"}.get(colour, colour)
    parts = [int(named[n : n + 2], 16) / 255 for n in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one, other):
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)
