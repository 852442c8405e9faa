"""Cut the web page's fonts out of the font package: ``python tools/fonts.py`` writes reportgen/data/fonts/.

The page carries its fonts inside. Cutting them takes a second, and the result depends on the locked packages alone, so
it is done here once and not in every build; a test makes them again and compares.
"""

from __future__ import annotations

import io
from pathlib import Path
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

FOLDER: Final = Path(__file__).parents[1] / "reportgen" / "data" / "fonts"
CHARACTERS: Final = (
    *range(0x20, 0x7F),
    *range(0xA0, 0x180),
    *(0x2010, 0x2011, 0x2012, 0x2013, 0x2014, 0x2018, 0x2019, 0x201A, 0x201C, 0x201D, 0x201E, 0x2022, 0x2026, 0x2032),
    *(0x20AC, 0x2190, 0x2191, 0x2192, 0x2193, 0x2212, 0x2264, 0x2265),
)
"""Latin letters of all European languages, punctuation, signs and arrows; others are drawn in the reader's own font."""
FEATURES: Final = ("kern", "liga", "tnum", "lnum", "mark", "mkmk", "ccmp", "locl")


def made() -> Mapping[str, bytes]:
    """Every face as woff2, by file name."""
    from fontTools.subset import Options, Subsetter
    from fontTools.ttLib import TTFont

    from reportgen.document import web_fonts

    faces = {}
    for name, _weight, _style in web_fonts.FACES:
        font = TTFont(io.BytesIO(web_fonts.whole(name)), recalcTimestamp=False)
        options = Options()
        options.flavor = "woff2"
        options.layout_features = list(FEATURES)
        options.hinting = False
        subsetter = Subsetter(options)
        subsetter.populate(unicodes=CHARACTERS)
        subsetter.subset(font)
        font.flavor = "woff2"
        file = io.BytesIO()
        font.save(file, reorderTables=False)
        faces[f"{name}.woff2"] = file.getvalue()
    return faces


def characters() -> str:
    """The characters that the fonts can set, as ranges; italics are used for no words of the inputs."""
    from fontTools.ttLib import TTFont

    from reportgen.document import web_fonts

    first = [
        TTFont(io.BytesIO(web_fonts.whole(name)), lazy=True) for name, _, style in web_fonts.FACES if style == "normal"
    ]
    folder = FOLDER.with_name("fonts_right_to_left")
    second = [TTFont(io.BytesIO((folder / f"{name}.ttf").read_bytes()), lazy=True) for name, _ in web_fonts.SECOND]
    sets = [set.intersection(*(set(font.getBestCmap()) for font in some)) for some in (first, second)]
    codes = sorted(code for code in sets[0] | sets[1] if code >= ord(" "))
    starts = [code for n, code in enumerate(codes) if n == 0 or codes[n - 1] != code - 1]
    ends = [code for n, code in enumerate(codes) if n == len(codes) - 1 or codes[n + 1] != code + 1]
    lines = (f"{start:04X}-{end:04X}\n" for start, end in zip(starts, ends, strict=True))
    return "# Characters that the fonts of the report can set; written by tools/fonts.py.\n" + "".join(lines)


if __name__ == "__main__":
    FOLDER.mkdir(exist_ok=True)
    for file_name, data in made().items():
        (FOLDER / file_name).write_bytes(data)
    FOLDER.with_name("characters.txt").write_text(characters(), "utf-8")
