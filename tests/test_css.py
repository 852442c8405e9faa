"""Style sheets read by tinycss2: tokens with their places, and the mistakes that are made of them."""

import pytest

from reportgen.language import css_tokens
from reportgen.language.lint.css import style
from reportgen.language.mistakes import Mistakes
from reportgen.language.source_map import Passage


def test_every_token_is_at_its_place():
    text = "a{b:c(\n1)\r\n}/* d */'e'@f url(g)"
    found = [(one.kind, one.text) for one in css_tokens.tokens(text) if one.kind not in ("end", "other")]
    assert found == [
        ("bracket", "{"),
        ("function", "c("),
        ("comment", "/* d */"),
        ("string", "'e'"),
        ("at", "@f"),
        ("url", "url(g)"),
    ]
    for one in css_tokens.tokens(text):
        if one.kind != "end":
            assert text.startswith(one.text, one.place)


@pytest.mark.parametrize("text", ["a{", "a{b(", "a{(}", "/*", "'", "url(", "{" * (css_tokens.DEEPEST + 1) + "}" * 999])
def test_what_has_no_end_is_seen(text):
    found = css_tokens.tokens(text)
    begun = sum(one.kind in ("function", "bracket") for one in found)
    assert any(one.open for one in found) or begun > sum(one.kind == "end" for one in found)


def test_addresses_are_those_that_a_browser_would_fetch():
    text = "@import url(a); p{b: url( 'c' ) URL(d) u\\72l(e)} /* url(x) */ q{content: 'url(y'} @import 'z"
    assert [*css_tokens.addresses(text)] == ["@import url(a)", "c", "d", "e", "@import 'z"]


MISTAKES = [
    ("p { color: red", 1, 3, "style-not-closed", "“{” is not closed."),
    ("p { color: red }\n}", 2, 1, "style-not-closed", "“}” closes nothing."),
    ("p { color: rgb(1, 2, 3; }\nq { color: red }", 1, 12, "style-not-closed", "“rgb(” is not closed."),
    ("/* p { color: red }", 1, 1, "style-not-closed", "“/*” is not closed."),
    ("p {\n content: 'x\n}", 2, 11, "style-not-closed", "“'x” is not closed."),
    ("@import 'x';", 1, 1, "style-rule", "“@import” is not for this style sheet."),
    ("@\\69mport 'x';", 1, 1, "style-rule", "“@\\69mport” is not for this style sheet."),
    ("p { background: url(x) }", 1, 17, "style-fetches", "“url(…)” is not for this style sheet."),
    ("p { background: url('x') }", 1, 17, "style-fetches", "“url(…)” is not for this style sheet."),
    ("p { color: \\red }", 1, 12, "style-sign", "“\\” does not belong here."),
    ("p { content: 'a</style>' }", 1, 16, "style-sign", "“<” does not belong here."),
    ("/* a</style> */", 1, 5, "style-sign", "“<” does not belong here."),
    ("@media print {\n a:hover { colour: red }\n}", 2, 12, "style-property", "There is no property “colour”."),
]


@pytest.mark.parametrize(("text", "line", "column", "code", "message"), MISTAKES)
def test_a_mistake_is_named_at_its_place(text, line, column, code, message):
    mistakes = Mistakes({"report.css": text})
    fine = style(Passage("report.css", text), mistakes)
    found = next(iter(mistakes.found.values()))
    assert (found.line, found.column, found.code, found.message) == (line, column, code, message)
    assert fine is (code == "style-property")
