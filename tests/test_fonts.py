"""The page's typeface: cut from the package, the same bytes each time."""

import sys
from pathlib import Path

from reportgen.document import web_fonts

sys.path.insert(0, str(Path(__file__).parents[1] / "tools"))


def test_the_packaged_faces_are_what_the_tool_makes():
    import fonts as tool

    made = tool.made()
    assert {path.name for path in tool.FOLDER.iterdir()} == set(made)
    for name, data in made.items():
        assert (tool.FOLDER / name).read_bytes() == data, f"run: python tools/fonts.py ({name})"


def test_a_face_for_every_weight_and_style_in_both_forms():
    for web, form in ((True, "woff2"), (False, "truetype")):
        rules = web_fonts.faces(web=web)
        assert rules.count("@font-face") == len(web_fonts.FACES)
        assert rules.count(f'format("{form}")') == len(web_fonts.FACES)
    assert len(web_fonts.faces(web=True)) < 90_000
