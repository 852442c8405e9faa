"""The report's typeface, from its package, as part of the page.

Goes in: the font package. Comes out: ``@font-face`` rules with the fonts inside, cut down to the characters of European
languages. The bytes depend on the package alone.
"""

from __future__ import annotations

import base64
from functools import cache
from importlib import resources
from typing import Final

FAMILY: Final = "Source Sans Pro"
FACES: Final = (("Regular", 400, "normal"), ("It", 400, "italic"), ("Semibold", 600, "normal"), ("Bold", 700, "normal"))
CHARACTERS: Final = (
    *range(0x20, 0x7F),
    *range(0xA0, 0x180),
    0x2010,
    0x2011,
    0x2012,
    0x2013,
    0x2014,
    0x2018,
    0x2019,
    0x201A,
    0x201C,
    0x201D,
    0x201E,
    0x2022,
    0x2026,
    0x2032,
    0x20AC,
    0x2190,
    0x2191,
    0x2192,
    0x2193,
    0x2212,
    0x2264,
    0x2265,
    0x00D7,
)


@cache
def faces(*, web: bool) -> str:
    """The rules for the page: small woff2 for the web, plain TrueType for print."""
    rules = []
    for name, weight, style in FACES:
        data = _subset(name, flavour="woff2" if web else None)
        kind, form = ("woff2", "woff2") if web else ("ttf", "truetype")
        coded = base64.b64encode(data).decode()
        rules.append(
            f'@font-face{{font-family:"{FAMILY}";font-weight:{weight};font-style:{style};'
            f'src:url(data:font/{kind};base64,{coded}) format("{form}")}}'
        )
    return "\n".join(rules)


def _subset(name: str, flavour: str | None) -> bytes:
    """One face with the characters that the report may need and its layout features."""
    import io

    from fontTools.subset import Options, Subsetter
    from fontTools.ttLib import TTFont

    path = resources.files("font_source_sans_pro").joinpath(f"files/SourceSansPro-{name}.ttf")
    font = TTFont(io.BytesIO(path.read_bytes()), recalcTimestamp=False, lazy=True)
    options = Options()
    options.flavor = flavour
    options.layout_features = ["kern", "liga", "tnum", "lnum", "mark", "mkmk", "ccmp", "locl"]
    options.hinting = False
    options.notdef_outline = True
    subsetter = Subsetter(options)
    subsetter.populate(unicodes=CHARACTERS)
    subsetter.subset(font)
    font.flavor = flavour
    made = io.BytesIO()
    font.save(made, reorderTables=False)
    return made.getvalue()
