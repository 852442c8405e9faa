"""Lines of nothing but tags leave nothing behind, so that each sentence can have a line of its own."""

import pytest
from jinja2 import Environment

from reportgen.document.markdown import parser, write
from reportgen.language import grammar
from reportgen.language.fragment import FragmentStore


@pytest.mark.parametrize(
    ("text", "made"),
    [
        ("One.\n{% if x %}\nTwo.\n{% endif %}\nThree.\n", "One.\nTwo.\nThree.\n"),
        ("One.\n{% if y %}\nTwo.\n{% else %}\nOther.\n{% endif %}\nThree.\n", "One.\nOther.\nThree.\n"),
        ("One.\n  {% if x %}{% if x %}\nTwo.\n{% endif %} {% endif %}\n\nThree.\n", "One.\nTwo.\n\nThree.\n"),
        ("One{% if x %}, and more{% endif %}\n\nThree.\n", "One, and more\n\nThree.\n"),
        ("{% if x -%}\nTwo.\n{%- endif %}\nThree.\n", "Two.Three.\n"),
    ],
)
def test_a_line_of_tags_leaves_nothing(text, made):
    done = Environment(keep_trailing_newline=True, autoescape=True).from_string(grammar.without_tag_lines(text))
    assert done.render(x=True, y=False) == made


def test_every_line_keeps_its_number():
    text = "One.\n{% if x %}\nTwo.\n{% endif %}\n{{ wrong }}\n"
    assert "{{ wrong }}" in grammar.without_tag_lines(text).split("\n")[4]


def test_two_blocks_on_lines_of_their_own_are_two_blocks():
    tray = FragmentStore()
    first, second = (tray.block(name, f"<div>{name}</div>", f"<div>{name}</div>", name) for name in ("a", "b"))
    made = write(f"# Title\n\nWords.\n{first}\n{second}\nMore.\n", "c", tray, parser())
    assert "<p>Words.</p>" in made.web.replace("\n", "")
    assert "<p><div>" not in made.web.replace("\n", "")
    assert made.web.count("<div>") == 2
