"""Mistakes that people make in templates: each is reported at its place, in plain words, with what to do."""

import re

import pytest
from finished import release
from mistakes import MISTAKES
from wording import ALT, CAPTIONS, KNOWN, PAGE, Chapter, say, templates

from reportgen.document import proofread
from reportgen.model.problem import Stage, exit_code
from reportgen.model.release import Allowance

SEVERAL = {"not-closed", "html-in-words", "sign-by-number"}
"""Mistakes that cause another at the same words."""
PYTHON = re.compile(
    r"Error\b|None|Exception|Traceback|object at|jinja|Jinja|\bstr\b|\bint\b|\bdict\b|\btuple\b|\bself\b|argument|keyword"
    r"|attribute|undefined|callable|\bTrue\b|\bFalse\b|lambda|token|parse|syntax|\bnull\b|\\x|'\w+'"
)


def clean(problem):
    """The message is in plain words, without terms of Python or Jinja."""
    for text in (problem.message, problem.hint):
        assert not PYTHON.search(text), text
        assert text[:1] == text[:1].upper() or text[0] in "“quick"
        assert text.endswith((".", "?", ")", "%}", "…"))
    assert problem.hint
    assert problem.stage is Stage.TEMPLATES


def test_at_least_sixty_mistakes_of_35_kinds_are_tried():
    assert len(MISTAKES) >= 60
    assert len({code for _, code, *_ in MISTAKES}) >= 35


@pytest.mark.parametrize(("text", "code", "line", "column", "remedy"), MISTAKES, ids=[row[0][:60] for row in MISTAKES])
def test_each_mistake_is_reported_at_its_place_with_its_remedy(text, code, line, column, remedy):
    more = {"tables": ["by-role"], "captions": CAPTIONS.split("\n\n")[0]} if '{{ table("by-role")' in text else {}
    said = say(text, **more)
    found = [one for one in said.problems if one.code == code]
    assert found, said.problems
    first = found[0]
    assert (first.file, first.line, first.column, first.hint) == ("chapters/words.md", line, column, remedy)
    assert len(said.problems) == 1 or code in SEVERAL
    assert said.narrative is None
    for one in said.problems:
        clean(one)
    if first.column and first.column <= 66:
        words, mark = first.excerpt.split("\n")
        assert len(mark) == first.column
        assert words[mark.index("^") :]


def test_all_mistakes_of_all_chapters_are_reported_at_once():
    chapters = (
        Chapter("chapters/one.md", "one", '# One\n\n{{ stat("penalties.isued") }} and 1,790.\n\n{% fi x %}\n'),
        Chapter("chapters/two.md", "two", '# Two\n\nneeded: {{ penalties.issued(role="hirer") }}\n\nIt rose.\n'),
    )
    captions = CAPTIONS.replace("Notices by place", "Notices by {{ plaice }}")
    said = say(
        "",
        chapters=chapters,
        captions=captions,
        tables=["by-role"],
        charts=["by-place"],
        page=PAGE + "<script>",
        css="p {",
    )
    assert [(one.file, one.code) for one in said.problems] == [
        ("captions.toml", "unknown-word"),
        ("chapters/one.md", "unknown-figure"),
        ("chapters/one.md", "untraced-figure"),
        ("chapters/one.md", "unknown-tag"),
        ("chapters/two.md", "never-placed"),
        ("chapters/two.md", "never-placed"),
        ("chapters/two.md", "needed-sentence"),
        ("chapters/two.md", "claim-without-condition"),
        ("report.html.j2", "page-active"),
        ("report.css", "style-not-closed"),
    ]
    assert exit_code(said.problems) == 12


def test_a_faulty_block_does_not_hide_mistakes_in_it_or_after_it():
    said = say('{% fi has_last_year %}\n\n{{ stat("x") }}\n\n{% endif %}\n\nWe issued 17.\n\n{{ stat("y" }}\n')
    assert [(one.line, one.code) for one in said.problems] == [
        (3, "unknown-tag"),
        (5, "unknown-figure"),
        (9, "untraced-figure"),
        (11, "unexpected-sign"),
    ]


CAPTION = [
    ("Notices by role", '{{ stat("penalties.isued") }}', "unknown-figure", 2, 19),
    ("Notices by role", "1,790 notices", "untraced-figure", 2, 10),
    ("Notices by role", "Notices rose", "claim-without-condition", 2, 18),
    ("Notices by role", "Notices {% if %}x{% endif %}", "tag-incomplete", 2, 18),
    ("Notices by role", "<b>Notices</b>", "html-in-words", 2, 10),
    ("Notices by role", "needed: {{ penalties.issued(role='hirer') }}", "needed-sentence", 2, 10),
    ("Notices by role", "Caf\\u00e9: 1,790 notices", "untraced-figure", 2, 21),
    ('"Notices by role"', '"""\nNotices\nby role: 1,790"""', "untraced-figure", 4, 10),
    ('"Notices by role"', '"""Notices \\\n     by 45 roles"""', "untraced-figure", 3, 9),
    ('"Notices by role"', "'Notices: 1,790'", "untraced-figure", 2, 19),
    ('title = "Notices by role"', '"title" = "1,790"', "untraced-figure", 2, 12),
    ('title = "Notices by role"', 'notes = ["First.", "There were 45."]\ntitle = "x"', "untraced-figure", 2, 32),
    ('title = "Notices by role"', 'titel = "Notices"\ntitle = "x"', "unknown-caption-part", 2, 1),
    ('title = "Notices by role"', "title = 3", "caption-form", 2, 1),
    ('title = "Notices by role"\n', "", "caption-incomplete", 1, None),
    ("[tables.by-role]", "[tables.by-rle]", "unknown-caption", 1, 9),
    ("[tables.by-role]", '[tables."by-rle"]', "unknown-caption", 1, 10),
    (ALT, "Too short.", "alt-length", 8, 1),
    (ALT, "Too long. " * 40, "alt-length", 8, 1),
    (
        ALT,
        "Bar chart of the 1,790 notices by place, Calais first; what it shows stands in the table.",
        "untraced-figure",
        8,
        25,
    ),
]


@pytest.mark.parametrize(("old", "new", "code", "line", "column"), CAPTION, ids=[row[1][:40] for row in CAPTION])
def test_a_mistake_in_a_caption_is_marked_inside_its_text(old, new, code, line, column):
    captions = CAPTIONS.replace(old, new.replace("'{{", "{{") if 'stat("' not in new else new.replace('"', "'"), 1)
    said = say(
        '{{ table("by-role") }}\n\n{{ chart("by-place") }}', captions=captions, tables=["by-role"], charts=["by-place"]
    )
    first = next(one for one in said.problems if one.code == code)
    assert (first.file, first.line, first.column) == ("captions.toml", line, column)
    for one in said.problems:
        clean(one)


def test_a_mistake_in_a_caption_for_every_question_is_reported_once():
    captions = '[tables."survey-*"]\ntitle = "{{ question.worded }}"\nsource = "Survey"\n\n[tables.by-role]\ntitle = "Roles"\nsource = "Cases"\n'
    said = say(
        '{{ table("survey-clear") }}\n\n{{ table("by-role") }}', captions=captions, tables=["survey-clear", "by-role"]
    )
    assert [(one.code, one.line, one.column) for one in said.problems] == [("unknown-word", 2, 22)]


def test_a_table_without_a_caption_or_a_place_is_a_mistake():
    said = say("Words.", tables=["by-role"])
    assert [one.code for one in said.problems] == ["no-caption", "never-placed"]
    assert "[tables.by-role]" in said.problems[0].hint
    assert '{{ table("by-role") }}' in said.problems[1].hint


def test_every_table_that_is_never_placed_is_named():
    captions = CAPTIONS + '\n[tables.by-place]\ntitle = "Notices at each place"\nsource = "Cases"\n'
    said = say("Words.", captions=captions, tables=["by-role", "by-place"], charts=["by-place"])
    assert [one.value for one in said.problems if one.code == "never-placed"] == ["by-role", "by-place", "by-place"]
    said = say("Words.", captions="", tables=["by-role", "by-place"])
    assert [one.value for one in said.problems if one.code == "no-caption"] == ["by-role", "by-place"]


def test_two_captions_may_not_be_alike():
    more = '\n[tables.money-flow]\ntitle = "Notices by role"\nsource = "Cases"\n'
    words = '{{ table("by-role") }}\n\n{{ table("money-flow") }}\n\n{{ chart("by-place") }}'
    said = say(words, captions=CAPTIONS + more, tables=["by-role", "money-flow"], charts=["by-place"])
    assert said.only.code == "captions-alike"
    assert said.only.line == 11


def test_a_table_of_another_year_prints_nothing_and_is_no_mistake():
    said = say('Words.\n\n{{ table("money-flow") }}\n\n{% if is_there_table("money-flow") %}There.{% endif %}')
    assert said.problems == ()
    assert said.text == "Words."


def test_a_caption_of_another_year_is_checked_too():
    more = '\n[tables.money-flow]\ntitle = "{{ stat(\'penalties.isued\') }}"\nsource = "Cases"\n'
    said = say("Words.", captions=more)
    assert [(one.code, one.line) for one in said.problems] == [("unknown-figure", 3)]


UNSEEN = [
    '{% if not has_last_year %}{{ stat("penalties.isued") }}{% endif %}',
    '{% if has_last_year %}{% else %}{{ stat("penalties.issued", role="drivr") }}{% endif %}',
    '{{ rose(penalties.issued) }}\nor: {{ table("by-rle") }}',
    '{% if not has_last_year %}{{ clock("objecting") }}{% endif %}',
    '{% if not has_last_year and rose("penalties.isued") %}Words.{% endif %}',
    "{% if not has_last_year %}{{ release.last_dy }}{% endif %}",
    "{% if not has_last_year %}{% for one in questions() %}{{ one.worded }}{% endfor %}{% endif %}",
    '{% if not has_last_year %}{{ stat("penalties.issued", as="wrods") }}{% endif %}',
    '{% if not has_last_year %}{{ largest("penalties.issued", by="plaice") }}{% endif %}',
    '{% if not has_last_year %}{{ stat("penalties.issued", role=largest("penalties.issued", by="rle")) }}{% endif %}',
    "{% if not has_last_year %}{{ chart() }}{% endif %}",
    "{% if not has_last_year %}{{ wrod }}{% endif %}",
]


@pytest.mark.parametrize("text", UNSEEN)
def test_a_branch_not_printed_this_year_is_checked_too(text):
    assert len(say(text).problems) == 1


def test_an_omitted_chapter_is_checked_for_words_but_not_for_figures():
    chapters = (
        Chapter("chapters/one.md", "one", "# One\n\nWords.\n"),
        Chapter(
            "chapters/money.md",
            "money",
            '# Money\n\n{% needs "ledger" %}{{ stat("money.issued") }} {{ stat("penalties.issued") }}\n',
        ),
    )
    said = say("", chapters=chapters)
    assert said.problems == ()
    assert said.narrative.omitted == (("chapters/money.md", "There is no ledger this year."),)
    assert said.narrative.quoted == ()
    bad = (chapters[0], Chapter(chapters[1].file, "money", chapters[1].text + '\n{{ stat("money.isued") }}\n'))
    assert [one.code for one in say("", chapters=bad).problems] == ["unknown-figure"]


PAGES = [
    ("{{ titel }}", "unknown-word", 3),
    ("{{ release.last_dy }}", "unknown-word", 3),
    ('{{ stat("penalties.isued") }}', "unknown-figure", 3),
    ("<p>There were 1,790 notices.</p>", "untraced-figure", 3),
    ("<p>Notices rose.</p>", "claim-without-condition", 3),
    ("{% if print %}", "not-closed", 3),
    ("{% for one in chapters %}{{ one.titel }}{% endfor %}", "unknown-word", 3),
]


@pytest.mark.parametrize(("text", "code", "line"), PAGES)
def test_a_mistake_in_the_page_template_is_reported_at_its_line(text, code, line):
    said = say(
        "Words.",
        page=PAGE.replace("<main>", f"\n\n{text}<main>")
        .replace("</style></head>\n<body>", "</style></head><body>", 1)
        .replace("{{ font_faces }}\n{{ css }}\n", "{{ font_faces }}{{ css }}"),
    )
    first = next(one for one in said.problems if one.code == code)
    assert first.file == "report.html.j2"
    assert first.line >= line
    clean(first)


def test_a_page_template_without_the_chapters_is_incomplete():
    said = say("Words.", page="<p>{{ title }}</p>")
    assert said.only.code == "page-incomplete"
    assert "css, font_faces, chapters" in said.only.message


STYLES = [
    ("p { color: red", 1, 3),
    ("p { color: red }\n}", 2, 1),
    ("p { color: rgb(1, 2, 3 }", 1, 12),
    ("/* p { }\n", 1, 1),
    ('p::before { content: "x }', 1, 22),
    ("@improt 'x.css';", 1, 1),
    ("p { background: url(x.png) }", 1, 17),
]


@pytest.mark.parametrize(("css", "line", "column"), STYLES)
def test_a_mistake_in_the_style_sheet_is_reported_at_its_place(css, line, column):
    first = say("Words.", css=css).problems[0]
    assert (first.file, first.line, first.column) == ("report.css", line, column)
    clean(first)


def test_an_unknown_property_is_a_notice():
    said = say("Words.", css="p { colour: red; --own: 1; -weasy-x: 1; background-color: red }\n")
    assert said.only.severity == "notice"
    assert said.only.hint == "Did you mean “color”?"
    assert (said.only.line, said.only.column) == (1, 5)
    assert said.narrative is not None


def allowing(*words):
    return release(allow=tuple(Allowance(one, "because") for one in words))


def test_templates_are_checked_without_any_figures():
    made = templates(
        '# Words\n\n{{ stat("penalties.issued" }}\n\nWe issued 1,790 notices within 24 hours.\n',
        captions=CAPTIONS.replace("Notices by role", "Notices rose"),
        page=PAGE + "<script>",
        css="p {",
    )
    assert [(one.file, one.line, one.code) for one in proofread(made, allowing("24 hours"))] == [
        ("captions.toml", 2, "claim-without-condition"),
        ("chapters/words.md", 3, "unexpected-sign"),
        ("chapters/words.md", 5, "untraced-figure"),
        ("report.html.j2", 7, "page-active"),
        ("report.css", 1, "style-not-closed"),
    ]
    assert proofread(templates('# Words\n\n{{ stat("penalties.isued") }}\n', captions=CAPTIONS)) == ()


NAMES = [
    ('{{ stat("penalties.isued") }}', "unknown-figure"),
    ('{{ stat("penalties.issued", rolle="driver") }}', "unknown-breakdown"),
    ('{% if rose("incidents.cont") %}Many.{% endif %}', "unknown-figure"),
    ('{{ table("by-rle") }}', "unknown-table"),
    ('{{ largest("penalties.issued", by="plaice") }}', "unknown-breakdown"),
    ("{{ release.last_dy }}", "unknown-word"),
    ('{{ stats("penalties.issued") }}', "unknown-word"),
    ('{{ clock("objecting") }}', "unknown-clock"),
]


@pytest.mark.parametrize(("words", "code"), NAMES)
def test_names_unknown_in_any_year_are_found_without_any_figures(words, code):
    made = templates(f"# Words\n\n{words}\n", captions=CAPTIONS)
    known = {"known_tables": ("by-role",), "known_charts": ("by-place",), "known_figures": KNOWN}
    assert [(one.line, one.code) for one in proofread(made, allowing(), **known)] == [(3, code)]


def test_names_that_depend_on_the_inputs_are_accepted_without_any_figures():
    words = (
        '{{ stat("survey.tidy.positive", role="driver") }} {{ stat("penalties.issued", place="Zeebrugge") }}\n\n'
        '{{ table("survey-tidy") }}\n\n{{ chart("published-pen") }}\n\n{{ quote(theme="tea") }}'
    )
    made = templates(f"# Words\n\n{words}\n", captions=CAPTIONS)
    assert proofread(made, allowing(), known_tables=("by-role",), known_charts=("by-place",), known_figures=KNOWN) == ()
