"""The mistakes that people make in templates: each found at its place, said in their words, with what to do."""

import re

import pytest
from finished import release
from wording import ALT, CAPTIONS, KNOWN, PAGE, Chapter, say, statistics, templates

from reportgen.document import proofread
from reportgen.model.problem import Stage, exit_code
from reportgen.model.release import Allowance

MISTAKES = [
    ('We issued {{ stat("penalties.isued") }} notices.', "unknown-figure", 3, 20, "Did you mean “penalties.issued”?"),
    (
        "We issued {{ stat(penalties.issued) }} notices.",
        "unknown-word",
        3,
        19,
        'A figure stands in double quotes: stat("penalties.…").',
    ),
    (
        '{% if has_all_months("penalties.issued") %}Yes.{% endif %}',
        "unknown-breakdown",
        3,
        None,
        'Write by="…": place, role, section.',
    ),
    ('We issued {{ stat("penalties.issued", rolle="driver") }}.', "unknown-breakdown", 3, 39, "Did you mean “role”?"),
    ('We issued {{ stat("penalties.issued", role="drivr") }}.', "unknown-category", 3, 45, "Did you mean “driver”?"),
    (
        'We issued {{ stat("penalties.issued", role=driver) }}.',
        "unknown-word",
        3,
        44,
        'A category stands in double quotes: "driver".',
    ),
    (
        'We issued {{ stat("penalties.issued", "driver") }}.',
        "wrong-use",
        3,
        14,
        'Such as stat("penalties.issued"); see templates/README.md.',
    ),
    ("We issued {{ stat() }}.", "wrong-use", 3, 14, 'Such as stat("penalties.issued"); see templates/README.md.'),
    ('We issued {{ stat("penalties.issued", role=3) }}.', "not-in-quotes", 3, 39, 'Such as role="driver".'),
    (
        'We issued {{ stat("penalties.issued", year="2024") }}.',
        "wrong-use",
        3,
        45,
        'Write year="last" or leave it out.',
    ),
    ('We issued {{ stat("penalties.issued", as="wrods") }}.', "unknown-form", 3, 43, "Did you mean “words”?"),
    (
        'We issued {{ stat("penalties.issued", place="Calais", role="driver") }}.',
        "unknown-breakdown",
        3,
        20,
        "It is broken down by: role, place, section, section with role.",
    ),
    (
        'We issued {{ stat("penalties.issued", role="hirer") }}.',
        "hidden-figure-quoted",
        3,
        20,
        "Take the sentence out, or put it between {% if is_there(…) %} and {% endif %}.",
    ),
    (
        'We issued {{ stat("penalties.issued" }}.',
        "unexpected-sign",
        3,
        38,
        "Look for a missing or doubled bracket or quotation mark.",
    ),
    ('We issued {{ stat("penalties.issued) }}.', "not-closed", 3, 19, "Close it on the same line."),
    (
        "We issued {{ stat(“penalties.issued”) }}.",
        "unexpected-sign",
        3,
        19,
        'Names stand in straight double quotes: "penalties.issued".',
    ),
    (
        'We issued {{ stat("penalties.issued") }.',
        "unexpected-sign",
        3,
        39,
        "Look for a missing or doubled bracket or quotation mark.",
    ),
    (
        'We issued {{ stat("penalties.issued") %}.',
        "unexpected-sign",
        3,
        40,
        "Look for a missing or doubled bracket or quotation mark.",
    ),
    (
        'We issued {% stat("penalties.issued") %}.',
        "unknown-tag",
        3,
        14,
        "Tags are: if, elif, else, endif, for, endfor, claim, otherwise, endclaim, needs, panel, endpanel.",
    ),
    (
        'We issued stat("penalties.issued") }} and {{ stat("penalties.issued") }}.',
        "unexpected-sign",
        3,
        36,
        "Take it out, or look for a missing {{ or {% before it.",
    ),
    ('We issued {{ stats("penalties.issued") }}.', "unknown-word", 3, 14, "Did you mean “stat”?"),
    (
        "We issued {{ penalties_issued }}.",
        "unknown-word",
        3,
        14,
        'A figure stands in double quotes: stat("penalties.issued").',
    ),
    ("In {{ release.perod }} we worked.", "unknown-word", 3, 15, "Did you mean “period”?"),
    (
        "In {{ release }} we worked.",
        "cannot-be-printed",
        3,
        4,
        "Print a number with stat(…) or change(…), and write words outside the brackets.",
    ),
    (
        "In {{ release.period.year }} we worked.",
        "unknown-word",
        3,
        22,
        "Things with parts are release, audit and question.",
    ),
    (
        'We issued {{ stat("penalties.issued") | round }}.',
        "unknown-filter",
        3,
        41,
        'Give the form to the word itself, as in stat("…", as="words").',
    ),
    (
        'We issued {{ stat("penalties.issued") + 1 }}.',
        "not-in-vocabulary",
        3,
        39,
        "Words, not calculations: use what templates/README.md lists.",
    ),
    ('We issued {{ value("penalties.issued") }}.', "cannot-be-printed", 3, 14, "Write {% if value(…) %}, or stat(…)."),
    ('We issued {{ rose("penalties.issued") }}.', "cannot-be-printed", 3, 14, "Write {% if rose(…) %}, or stat(…)."),
    (
        'We issued {{ "1790" }}.',
        "cannot-be-printed",
        3,
        11,
        "Print a number with stat(…) or change(…), and write words outside the brackets.",
    ),
    (
        "We issued {{ 1790 }}.",
        "cannot-be-printed",
        3,
        11,
        "Print a number with stat(…) or change(…), and write words outside the brackets.",
    ),
    (
        '{% if stat("penalties.issued") > 5 %}Many.{% endif %}',
        "not-a-number",
        3,
        7,
        "Compare value(…) with a number, or with another value(…).",
    ),
    (
        '{% if value("penalties.issued") > "5" %}Many.{% endif %}',
        "not-a-number",
        3,
        7,
        'Such as value("penalties.issued") > 100, or another value(…) on the other side.',
    ),
    (
        '{% if value("penalties.issued") > value("value.initial") %}Many.{% endif %}',
        "units-differ",
        3,
        42,
        "Compare figures of one kind.",
    ),
    (
        '{% if value("objections.rate") > 25 %}Many.{% endif %}',
        "share-above-one",
        3,
        34,
        "Shares go from 0 to 1 here: write 0.25 for 25%.",
    ),
    ('{% if rose("penalties.isued") %}Many.{% endif %}', "unknown-figure", 3, 13, "Did you mean “penalties.issued”?"),
    ('{% if rose("penalties.issued") %}Many.', "not-closed", 3, 1, "Close it with {% endif %}."),
    ('{% claim rose("penalties.issued") %}The number rose.', "not-closed", 3, 1, "Close it with {% endclaim %}."),
    (
        '{% claim fell("penalties.issued") %}The number fell.{% endclaim %}',
        "claim-not-true",
        3,
        1,
        "Change the sentence, or give another after {% otherwise %} for years like this.",
    ),
    (
        '{% claim rose("incidents.count", place="Calais") %}It rose.{% endclaim %}',
        "claim-not-true",
        3,
        1,
        "Change the sentence, or give another after {% otherwise %} for years like this.",
    ),
    (
        "{% claim true %}The number rose.{% endclaim %}",
        "claim-without-figure",
        3,
        4,
        'Such as {% claim rose("penalties.issued") %}.',
    ),
    (
        '{% claim rose("penalties.issued") %}The number fell.{% endclaim %}',
        "claim-says-otherwise",
        3,
        48,
        "Change the word or the condition.",
    ),
    (
        "The number rose.",
        "claim-without-condition",
        3,
        12,
        "Put it between {% claim … %} and {% endclaim %} that ask it, or use rose_or_fell(…) or largest(…).",
    ),
    (
        "{% if has_last_year %}The number rose.{% endif %}",
        "claim-without-condition",
        3,
        34,
        "Put it between {% claim … %} and {% endclaim %} that ask it, or use rose_or_fell(…) or largest(…).",
    ),
    (
        '{% fi rose("penalties.issued") %}Many.{% endif %}',
        "unknown-tag",
        3,
        4,
        "Did you mean “if”?",
    ),
    ("Many.{% endif %}", "unexpected-tag", 3, 9, "Take it out, or open its block before it."),
    (
        '{% claim rose("penalties.issued") %}It rose.{% otherwize %}Other.{% endclaim %}',
        "unexpected-tag",
        3,
        48,
        "Close it with {% endclaim %} first.",
    ),
    ('{{ table("by-rle") }}', "unknown-table", 3, 11, "Did you mean “by-role”?"),
    ('{{ chart("by-role") }}', "unknown-chart", 3, 11, "Did you mean “by-place”?"),
    (
        '{{ table("by-role") }}\n\nAnd again:\n\n{{ table("by-role") }}',
        "placed-twice",
        7,
        11,
        "Take one of the two out.",
    ),
    ('{{ largest("penalties.issued", by="plaice") }}', "unknown-breakdown", 3, 36, "Did you mean “place”?"),
    ('{{ largest("penalties.issued") }}', "unknown-breakdown", 3, 13, 'Write by="…": place, role, section.'),
    (
        '{{ largest("incidents.count", by="place") }}',
        "no-largest",
        3,
        13,
        "Put the sentence between {% if is_there_largest(…) %} and {% endif %}.",
    ),
    (
        '{{ largest("penalties.issued", by="place", rank="second") }}',
        "wrong-use",
        3,
        44,
        "Write rank=2 for the second largest.",
    ),
    (
        '{{ change("penalties.issued", role="driver", as="percent", noun="notice", than="last") }}',
        "unknown-breakdown",
        3,
        75,
        "It is broken down by: role, place, section, section with role.",
    ),
    (
        '{{ change("objections.rate", as="percent") }}',
        "percent-of-percent",
        3,
        34,
        'Leave as="percent" out: shares change by percentage points.',
    ),
    (
        '{{ change("penalties.issued", role="hirer") }}',
        "hidden-figure-quoted",
        3,
        12,
        "Take the sentence out, or put it between {% if is_there(…) %} and {% endif %}.",
    ),
    (
        '{{ change("appeals.decided") }}',
        "no-such-figure",
        3,
        12,
        "Put the sentence between {% if is_there(…) %} and {% endif %}.",
    ),
    (
        '{{ share_of_total("value.initial_median", role="driver") }}',
        "no-share",
        3,
        20,
        "Only categories that add up to the whole have a share of it.",
    ),
    ("It {{ rose_or_fell }}.", "wrong-use", 3, 7, 'Such as rose_or_fell("penalties.issued").'),
    ("{% if rose %}Many.{% endif %}", "wrong-use", 3, 7, 'Such as rose("incidents.count").'),
    (
        '{{ stat("penalties.issued{role=driver}") }}',
        "unknown-figure",
        3,
        10,
        'Write "penalties.issued", role="driver".',
    ),
    (
        '{{ actions(owner="Penalty team") }}',
        "wrong-use",
        3,
        12,
        "It has: quick_win, status, theme, audience, first, short.",
    ),
    ('{{ quote(theem="language") }}', "wrong-use", 3, 10, "Did you mean “theme”?"),
    (
        "It is so.[^1]",
        "footnote-in-words",
        3,
        10,
        "Say it in the sentence or in brackets; notes of tables and charts stand in captions.toml.",
    ),
    ('{{ quote(theme="langage") }}', "unknown-theme", 3, 17, "Did you mean “language”?"),
    (
        '{{ actions(status="finished") }}',
        "unknown-status",
        3,
        20,
        "There are: complete, dropped, in progress, not started, open.",
    ),
    ('{{ actions(quick_win="yes") }}', "wrong-use", 3, 12, "Write quick_win=true."),
    ('{{ level(section="31") }}', "unknown-level", 3, 19, "Did you mean “31A”?"),
    (
        '{{ level(section="32", occasion="fourth") }}',
        "unknown-level",
        3,
        34,
        "There are: first, second, third or later.",
    ),
    ('{{ clock("objecting") }}', "unknown-clock", 3, 11, "Did you mean “objection”?"),
    ('{{ reduction("complience") }}', "unknown-reduction", 3, 15, "Did you mean “compliance”?"),
    ('{% if in_force("2025 scheme") %}New rules.{% endif %}', "unknown-regime", 3, 17, "Did you mean “2026 scheme”?"),
    ('{% needs "lodger" %}', "unknown-table", 3, 11, "Did you mean “ledger”?"),
    (
        "{% for question in question() %}{{ question.wording }}{% endfor %}",
        "loop-over-nothing",
        3,
        4,
        "Did you mean “questions”?",
    ),
    (
        "{% for question in questions() %}{{ question.worded }}{% endfor %}",
        "unknown-word",
        3,
        46,
        "Did you mean “wording”?",
    ),
    (
        '{% for one in stat("penalties.issued") %}{{ one }}{% endfor %}',
        "loop-over-nothing",
        3,
        4,
        "Loops go over questions(), themes(), published(), related().",
    ),
    ("## Part\n\n#### Too deep", "heading-skipped", 5, 1, "Use ### here."),
    ("Words.\n\n# Another title", "second-title", 5, 1, "Use ## for headings inside a chapter."),
    ("##No space", "heading-form", 3, 1, "Write “## No space”."),
    ("## ", "heading-empty", 3, 1, "Write it, or take the # out."),
    (
        "| A | B |\n| --- | --- |\n| 1 January 2026 | x | y |",
        "table-form",
        5,
        1,
        "Every row of this table has 2 cells.",
    ),
    ("| A | B |\n| a | b |", "table-form", 3, 1, "Under the head of a table stands a line of dashes: | --- | --- |."),
    ("See [the guidance](https://www.gov.uk/guidance.", "link-not-closed", 3, 5, "Write [words](https://…)."),
    (
        "See [the guidance](http://www.gov.uk/guidance).",
        "link-form",
        3,
        5,
        "Links begin with https://, mailto: or # and an id of this report.",
    ),
    ("See [the guidance]().", "link-form", 3, 5, "Links begin with https://, mailto: or # and an id of this report."),
    ("See [](https://www.gov.uk/guidance).", "link-without-words", 3, 5, "Say where it leads."),
    (
        "![Map](https://www.gov.uk/map.png)",
        "picture-in-words",
        3,
        1,
        "Put a chart with chart(…); pictures are not part of the words.",
    ),
    (
        'See <a href="https://www.gov.uk">this</a>.',
        "html-in-words",
        3,
        5,
        "Write Markdown: **bold**, lists, links. HTML is shown as text.",
    ),
    (
        "We issued 1,790 notices.",
        "untraced-figure",
        3,
        11,
        (
            'If it is that figure, write {{ stat("penalties.issued", role="driver") }}. If not, give a reason in [allow] of '
            "release.toml."
        ),
    ),
    ("We issued &#49;790 notices.", "sign-by-number", 3, 11, "Write the sign itself, such as é or –."),
    ("{% set n = 5 %}We.", "not-in-vocabulary", 3, 4, "Words, not calculations: use what templates/README.md lists."),
    ('{% include "x.md" %}', "not-in-vocabulary", 3, 4, "Words, not calculations: use what templates/README.md lists."),
    (
        '{{ stat("penalties.issued", noun="5 notice") }}',
        "untraced-figure",
        3,
        35,
        'The noun is the thing counted, such as noun="notice"; its number comes from the figure.',
    ),
    (
        '{% if not rose("penalties.issued") and is_zero("appeals.lodgd") %}None.{% endif %}',
        "unknown-figure",
        3,
        49,
        "Did you mean “appeals.lodged”?",
    ),
    (
        '{% if false %}{{ stat("penalties.issued", role="drivers") }}{% endif %}',
        "unknown-category",
        3,
        49,
        "Did you mean “driver”?",
    ),
    (
        '{% if significantly("objections.rate") %}So.{% endif %}',
        "not-a-survey-share",
        3,
        22,
        'Such as significantly("survey.clarity.positive"): only shares of survey answers have an interval.',
    ),
    (
        'We issued {{ stat(\n  "penalties.issued",\n  role="drivr"\n) }} notices.',
        "unknown-category",
        5,
        9,
        "Did you mean “driver”?",
    ),
    (
        '{{ stat("money.issued") }}',
        "no-such-figure",
        3,
        10,
        "Put the sentence between {% if is_there(…) %} and {% endif %}.",
    ),
    ("{{ has_last_year }}", "cannot-be-printed", 3, 4, "Write {% if has_last_year %}, or stat(…)."),
    ("{{ questions() }}", "cannot-be-printed", 3, 4, "Write {% for one in questions(…) %}."),
    ("{% if has_last_year() %}x{% endif %}", "wrong-use", 3, 7, "Write has_last_year alone."),
    ('{{ definition("penalties.isued") }}', "unknown-figure", 3, 16, "Did you mean “penalties.issued”?"),
    ("{% raw %}{{ 5 }}{% endraw %}", "unknown-tag", 3, 4, "Take it out: text in chapters is shown as it is."),
    (
        '{{ stat("penalties.issued").value }}',
        "unknown-word",
        3,
        29,
        "Things with parts are release, audit and question.",
    ),
    (
        "{% claim %}Words.{% endclaim %}",
        "tag-incomplete",
        3,
        1,
        'Write it whole: {% if rose("…") %}, {{ stat("…") }}; see templates/README.md.',
    ),
    (
        "Words {% if has_last_year and %}here.{% endif %}",
        "tag-incomplete",
        3,
        7,
        'Write it whole: {% if rose("…") %}, {{ stat("…") }}; see templates/README.md.',
    ),
    ('{% if value("penalties.issued") = 5 %}Words.{% endif %}', "unexpected-sign", 3, 33, "Write == to compare."),
    (
        "{% if has_last_year %}A{% endif %} and {% if %}B{% endif %}",
        "tag-incomplete",
        3,
        40,
        'Write it whole: {% if rose("…") %}, {{ stat("…") }}; see templates/README.md.',
    ),
    (
        '{{ stat("penalties.issued" role="driver") }}',
        "unexpected-sign",
        3,
        28,
        "Look for a missing comma, bracket or quotation mark before it.",
    ),
    (
        '{% claim rose("penalties.issued") %}Words.{% endif %}',
        "unexpected-tag",
        3,
        46,
        "Close it with {% endclaim %} first.",
    ),
    ("{{ }}", "tag-incomplete", 3, 1, 'Write it whole: {% if rose("…") %}, {{ stat("…") }}; see templates/README.md.'),
]
SEVERAL = {"not-closed", "claim-without-figure", "html-in-words", "sign-by-number"}
"""Mistakes that bring another with them at the same words."""
PYTHON = re.compile(
    r"Error\b|None|Exception|Traceback|object at|jinja|Jinja|\bstr\b|\bint\b|\bdict\b|\btuple\b|\bself\b|argument|keyword"
    r"|attribute|undefined|callable|\bTrue\b|\bFalse\b|lambda|token|parse|syntax|\bnull\b|\\x|'\w+'"
)


def clean(problem):
    """Nothing of the machinery is said."""
    for text in (problem.message, problem.hint):
        assert not PYTHON.search(text), text
        assert text[:1] == text[:1].upper() or text[0] in "“quick"
        assert text.endswith((".", "?", ")", "%}", "…"))
    assert problem.hint
    assert problem.stage is Stage.TEMPLATES


def test_there_are_sixty_and_more():
    assert len(MISTAKES) >= 60
    assert len({code for _, code, *_ in MISTAKES}) >= 35


@pytest.mark.parametrize(("text", "code", "line", "column", "remedy"), MISTAKES, ids=[row[0][:60] for row in MISTAKES])
def test_a_mistake_is_named_at_its_place_with_its_remedy(text, code, line, column, remedy):
    more = {"tables": ["by-role"], "captions": CAPTIONS.split("\n\n")[0]} if '{{ table("by-role")' in text else {}
    said = say(text, **more)
    found = [one for one in said.problems if one.code == code]
    assert found, said.problems
    first = found[0]
    assert (first.file, first.line, first.column, first.hint) == ("chapters/01-words.md", line, column, remedy)
    assert len(said.problems) == 1 or code in SEVERAL
    assert said.narrative is None
    for one in said.problems:
        clean(one)
    if first.column and first.column <= 66:
        words, mark = first.excerpt.split("\n")
        assert len(mark) == first.column
        assert words[mark.index("^") :]


def test_all_mistakes_of_all_chapters_come_at_once():
    chapters = (
        Chapter("chapters/01-one.md", "one", '# One\n\n{{ stat("penalties.isued") }} and 1,790.\n\n{% fi x %}\n'),
        Chapter("chapters/02-two.md", "two", '# Two\n\n{{ stat("penalties.issued", role="hirer") }}\n\nIt rose.\n'),
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
        ("chapters/01-one.md", "unknown-figure"),
        ("chapters/01-one.md", "untraced-figure"),
        ("chapters/01-one.md", "unknown-tag"),
        ("chapters/02-two.md", "never-placed"),
        ("chapters/02-two.md", "never-placed"),
        ("chapters/02-two.md", "hidden-figure-quoted"),
        ("chapters/02-two.md", "claim-without-condition"),
        ("report.html.j2", "page-active"),
        ("report.css", "style-not-closed"),
    ]
    assert exit_code(said.problems) == 12


def test_a_faulty_block_does_not_hide_what_stands_in_it_or_after():
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
    ("Notices by role", '{{ stat(\\"penalties.issued\\", role=\\"hirer\\") }}', "hidden-figure-quoted", 2, 20),
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


def test_a_caption_that_serves_every_question_is_said_once_for_all_and_marked():
    captions = '[tables."survey-*"]\ntitle = "{{ question.worded }}"\nsource = "Survey"\n\n[tables.by-role]\ntitle = "Roles"\nsource = "Cases"\n'
    said = say(
        '{{ table("survey-clear") }}\n\n{{ table("by-role") }}', captions=captions, tables=["survey-clear", "by-role"]
    )
    assert [(one.code, one.line, one.column) for one in said.problems] == [("unknown-word", 2, 22)]


def test_a_table_without_caption_and_one_that_stands_nowhere():
    said = say("Words.", tables=["by-role"])
    assert [one.code for one in said.problems] == ["no-caption", "never-placed"]
    assert "[tables.by-role]" in said.problems[0].hint
    assert '{{ table("by-role") }}' in said.problems[1].hint


def test_every_table_that_stands_nowhere_is_named():
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


def test_a_table_of_another_year_is_no_mistake_and_prints_nothing():
    said = say('Words.\n\n{{ table("money-flow") }}\n\n{% if is_there_table("money-flow") %}There.{% endif %}')
    assert said.problems == ()
    assert said.text == "Words."


def test_a_caption_of_another_year_is_read_all_the_same():
    more = '\n[tables.money-flow]\ntitle = "{{ stat(\'penalties.isued\') }}"\nsource = "Cases"\n'
    said = say("Words.", captions=more)
    assert [(one.code, one.line) for one in said.problems] == [("unknown-figure", 3)]


UNSEEN = [
    '{% if not has_last_year %}{{ stat("penalties.isued") }}{% endif %}',
    '{% if has_last_year %}{% else %}{{ stat("penalties.issued", role="drivr") }}{% endif %}',
    '{% claim rose("penalties.issued") %}Words.{% otherwise %}{{ table("by-rle") }}{% endclaim %}',
    '{% if is_zero("penalties.issued") %}{{ clock("objecting") }}{% endif %}',
    '{% if is_zero("penalties.issued") and rose("penalties.isued") %}Words.{% endif %}',
    '{% if is_zero("penalties.issued") %}{{ release.perod }}{% endif %}',
    '{% if is_zero("penalties.issued") %}{% for one in questions() %}{{ one.worded }}{% endfor %}{% endif %}',
    '{% if is_zero("penalties.issued") %}{{ stat("penalties.issued", as="wrods") }}{% endif %}',
    '{% if is_zero("penalties.issued") %}{{ largest("penalties.issued", by="plaice") }}{% endif %}',
    '{% if is_zero("penalties.issued") %}{{ stat("penalties.issued", role=largest("penalties.issued", by="rle")) }}{% endif %}',
    '{% if is_zero("penalties.issued") %}{{ stat("penalties.issued", noun="45 notice") }}{% endif %}',
    '{% if is_zero("penalties.issued") %}{{ chart() }}{% endif %}',
    '{% if is_zero("penalties.issued") %}{{ wrod }}{% endif %}',
]


@pytest.mark.parametrize("text", UNSEEN)
def test_a_branch_that_this_year_does_not_print_is_read_too(text):
    assert len(say(text).problems) == 1


def test_a_chapter_that_leaves_itself_out_has_no_mistakes_of_numbers_but_of_words():
    chapters = (
        Chapter("chapters/01-one.md", "one", "# One\n\nWords.\n"),
        Chapter(
            "chapters/02-money.md",
            "money",
            '# Money\n\n{% needs "ledger" %}{{ stat("money.issued") }} {{ stat("penalties.issued") }}\n',
        ),
    )
    said = say("", chapters=chapters)
    assert said.problems == ()
    assert said.narrative.omitted == (("chapters/02-money.md", "There is no ledger this year."),)
    assert said.narrative.quoted == ()
    bad = (chapters[0], Chapter(chapters[1].file, "money", chapters[1].text + '\n{{ stat("money.isued") }}\n'))
    assert [one.code for one in say("", chapters=bad).problems] == ["unknown-figure"]


def test_without_a_last_year_a_quoted_change_is_a_mistake_and_a_guarded_one_is_none():
    alone = statistics(last=None)
    said = say('{{ change("penalties.issued") }}', figures=alone)
    assert said.only.code == "no-last-year"
    assert "has_last_year" in said.only.hint
    said = say('{% if has_last_year %}{{ change("penalties.issued") }}{% endif %}Words.', figures=alone)
    assert said.problems == ()


PAGES = [
    ("{{ titel }}", "unknown-word", 3),
    ("{{ release.perod }}", "unknown-word", 3),
    ('{{ stat("penalties.isued") }}', "unknown-figure", 3),
    ("<p>There were 1,790 notices.</p>", "untraced-figure", 3),
    ("<p>Notices rose.</p>", "claim-without-condition", 3),
    ("{% if print %}", "not-closed", 3),
    ("{% for one in chapters %}{{ one.titel }}{% endfor %}", "unknown-word", 3),
]


@pytest.mark.parametrize(("text", "code", "line"), PAGES)
def test_a_mistake_on_the_page(text, code, line):
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


def test_a_page_without_its_chapters_is_no_report():
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
def test_a_mistake_in_the_style_sheet(css, line, column):
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


def test_words_are_proofread_without_any_numbers():
    made = templates(
        '# Words\n\n{{ stat("penalties.issued" }}\n\nWe issued 1,790 notices within 24 hours.\n',
        captions=CAPTIONS.replace("Notices by role", "Notices rose"),
        page=PAGE + "<script>",
        css="p {",
    )
    assert [(one.file, one.line, one.code) for one in proofread(made, allowing("24 hours"))] == [
        ("captions.toml", 2, "claim-without-condition"),
        ("chapters/01-words.md", 3, "unexpected-sign"),
        ("chapters/01-words.md", 5, "untraced-figure"),
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
    ("{{ release.perod }}", "unknown-word"),
    ('{{ stats("penalties.issued") }}', "unknown-word"),
    ('{{ clock("objecting") }}', "unknown-clock"),
]


@pytest.mark.parametrize(("words", "code"), NAMES)
def test_names_that_no_year_has_are_found_without_any_numbers(words, code):
    made = templates(f"# Words\n\n{words}\n", captions=CAPTIONS)
    known = {"known_tables": ("by-role",), "known_charts": ("by-place",), "known_figures": KNOWN}
    assert [(one.line, one.code) for one in proofread(made, allowing(), **known)] == [(3, code)]


def test_what_hangs_on_the_inputs_is_taken_to_be_there_without_any_numbers():
    words = (
        '{{ stat("survey.tidy.positive", role="driver") }} {{ stat("penalties.issued", place="Zeebrugge") }}\n\n'
        '{{ table("survey-tidy") }}\n\n{{ chart("published-pen") }}\n\n{{ quote(theme="tea") }}'
    )
    made = templates(f"# Words\n\n{words}\n", captions=CAPTIONS)
    assert proofread(made, allowing(), known_tables=("by-role",), known_charts=("by-place",), known_figures=KNOWN) == ()
