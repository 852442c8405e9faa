"""The report's typeface as part of the page.

Goes in: the font package, and the web's smaller files that ``tools/fonts.py`` cut out of it. Comes out: ``@font-face``
rules with the fonts inside. The bytes depend on the packages alone.
"""

from __future__ import annotations

import base64
import re
from functools import cache
from importlib import resources
from typing import Final

FAMILY: Final = "Source Sans Pro"
SECOND_FAMILY: Final = "DejaVu Sans"
FACES: Final = (("Regular", 400, "normal"), ("It", 400, "italic"), ("Semibold", 600, "normal"), ("Bold", 700, "normal"))


RIGHT_TO_LEFT: Final = re.compile("[\u0590-\u06ff\ufb1d-\ufdfd\ufe70-\ufefc]")
"""Hebrew and Arabic, for which there is a second family."""
SECOND: Final = (("Regular", 400), ("Bold", 700))


@cache
def faces(*, web: bool, right_to_left: bool = False) -> str:
    """The rules for the page: small woff2 for the web; whole for print, where the PDF takes only what it uses.

    The family for Hebrew and Arabic is taken along only where there are such words.
    """
    rules = []
    for name, weight, style in FACES:
        data = resources.files("reportgen").joinpath(f"data/fonts/{name}.woff2").read_bytes() if web else whole(name)
        kind, form = ("woff2", "woff2") if web else ("ttf", "truetype")
        coded = base64.b64encode(data).decode()
        rules.append(
            f'@font-face{{font-family:"{FAMILY}";font-weight:{weight};font-style:{style};'
            f'src:url(data:font/{kind};base64,{coded}) format("{form}")}}'
        )
    for name, weight in SECOND if right_to_left else ():
        data = resources.files("reportgen").joinpath(f"data/fonts_right_to_left/{name}.ttf").read_bytes()
        rules.append(
            f'@font-face{{font-family:"{SECOND_FAMILY}";font-weight:{weight};'
            f'src:url(data:font/ttf;base64,{base64.b64encode(data).decode()}) format("truetype")}}'
        )
    return "\n".join(rules)


def whole(name: str) -> bytes:
    """A face as the package has it."""
    return resources.files("font_source_sans_pro").joinpath(f"files/SourceSansPro-{name}.ttf").read_bytes()
