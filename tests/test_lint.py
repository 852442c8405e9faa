"""Numbers and claims typed by hand are found wherever they hide; what is neither is let be."""

import re
import time

import pytest

from reportgen.language.lint.prose import lint
from reportgen.language.mistakes import Mistakes
from reportgen.language.source_map import Passage


def look(text, *, title="# Words\n\n", allowed=(), **more):
    mistakes = Mistakes({"a.md": title + text})
    lint(Passage("a.md", title + text), mistakes, allowed, **more)
    return mistakes.problems()


def codes(text, **more):
    return [one.code for one in look(text, **more)]


TYPED = [
    "We issued 1790 notices.",
    "We issued **1,790** notices.",
    "We issued 1**,790** notices.",
    "We issued _1790_ notices.",
    "We issued [1,790](https://www.gov.uk) notices.",
    "We issued `1790` notices.",
    "We issued 1\\.790 notices.",
    "We issued 1 790 notices.",
    "We issued 1\u00a0790 notices.",
    "We issued １７９０ notices.",
    "We issued ١٧٩٠ notices.",
    "We issued १७९० notices.",
    "We issued ² notices.",
    "We issued ½ of them.",
    "We issued Ⅻ notices.",
    "We issued ⑦ notices.",
    "We issued 七 notices.",
    "We issued &#53; notices.",
    "We issued &#x35; notices.",
    "We issued &half; of them.",
    "## 1,790 notices",
    "## 1790. Notices",
    "## Of 1790 notices",
    "1790. notices were issued.",
    "7. notices were issued.",
    "- 1790 notices",
    "| Driver | 1,790 |",
    "> There were 1,790.",
    "See Table 3.",
    "Figure 3 million was paid.",
    "Part 3 million was paid.",
    "There were 2024 notices.",
    "There were 2025 new drivers.",
    "A total of 2025 notices.",
    "It went from 2024 notices to 2025 notices.",
    "It was 2025.5 on average.",
    "It was £2025.",
    "In 2025, 1,790 notices.",
    "In July 2025 45 notices.",
    "Section 32 had 1,790 notices.",
    "Under section 32 1,790 notices.",
    "MDCCXC notices",
    "It was worth £2m.",
    "It was worth €2.",
    "It was 5%.",
    "It was 5 per cent.",
    "It took 36 days.",
    "v1790 notices",
    "v17 notices",
    "ISO 1790 notices",
    "A1790B",
    "{{ x }}5",
    "{% raw %}{{ 5 }}{% endraw %}",
    "5{# a comment #}",
    # in words
    "One thousand seven hundred notices.",
    "A couple of drivers objected.",
    "A handful of drivers objected.",
    "A third of drivers objected.",
    "One quarter of drivers objected.",
    "Two-thirds of drivers objected.",
    "Three-quarters objected.",
    "Three quarters of drivers.",
    "A dozen notices.",
    "Dozens of notices.",
    "Half of drivers objected.",
    "Nearly half said so.",
    "One in eight drivers.",
    "One in every eight.",
    "Nine out of ten.",
    "Five per cent of notices.",
    "one per cent",
    "It took thirty-six days.",
    "Twice as many notices.",
    "Eleven people.",
    "Two new drivers were fined.",
    "Eight penalty notices.",
    "EIGHT NOTICES",
    "Eight\nnotices",
    "Eight **notices**",
    "Millions of pounds.",
]
NOT_TYPED = [
    "From 1 January 2026 on.",
    "From 1 January on.",
    "In April 2025 we began.",
    "In 2025 drivers told us.",
    "Since 2023 drivers have paid.",
    "2025 to 2026",
    "from 1 April 2025 to 31 March 2026",
    "the 2023 scheme",
    "our 2025 report",
    "The Immigration and Asylum Act 1999.",
    "Sections 31A and 32.",
    "section 32(2)(a)",
    "sections 31A, 32 and 33",
    "SI 2023/134",
    "SSI 2023/134",
    "regulation 3 and 4",
    "Schedule 2 to the Act",
    "KLG Trucking SRL [2024] EWCA Civ 737",
    "Recommendation 3 and recommendations 4 to 6",
    "1. First\n2. Second\n3. Third",
    "1) First\n2) Second",
    "1. First\n\n   More of it.\n\n2. Second",
    "## 1. Heading\n\n### 1.2. Part",
    "Step 2: object.",
    "Two sections of one Act.",
    "The three roles.",
    "One of them.",
    "a third party",
    "each quarter",
    "the first penalty, a second one, the third or later",
    "[guidance](https://www.gov.uk/2025/1790)",
    "Email team1@homeoffice.gov.uk.",
    "See www.gov.uk/guidance/version/3 and https://www.gov.uk/3.",
    "The National Archives, Kew, London TW9 4DU",
    "This is one person.",
    "PDF/UA-1, PDF/A-3a, WCAG 2.2 and OGL v3.0",
    '{{ stat("penalties.issued", year="last") }} and {% if value("x") > 100 %}more{% endif %}',
    "{# written on 5 May by 3 people #}",
]


@pytest.mark.parametrize("text", TYPED)
def test_a_typed_number_is_found(text):
    assert {"untraced-figure", "sign-by-number"} & {*codes(text)} or "unknown-tag" in codes(text)


@pytest.mark.parametrize("text", NOT_TYPED)
def test_what_is_no_figure_is_let_be(text):
    assert codes(text) == []


CLAIMED = [
    "The number rose.",
    "The number *rose*.",
    "THE NUMBER ROSE.",
    "Notices fell.",
    "Notices have fallen.",
    "Notices increased.",
    "Numbers doubled.",
    "The share dropped.",
    "Collection improved.",
    "It declined.",
    "Up from last year.",
    "Objections went up.",
    "They have gone down.",
    "There was a rise in objections.",
    "The fall in notices was expected.",
    "The number remained stable.",
    "Notices stayed broadly the same.",
    "An upward trend.",
    "For the first time, owners had notices.",
    "The least common role is operator.",
    "More was owed at the end of the year than at its start.",
    "The value is below what was issued.",
    "All notices were for a first penalty.",
    "Most did not come through trade bodies.",
    '{% if value("x") > 0 %}Most drivers objected.{% endif %}',
    '{% if value("x") == 1 %}It rose.{% endif %}',
    "Down by a lot.",
    "There were more notices than last year.",
    "It was higher than before.",
    "Decisions were faster than in the year before.",
    "The majority objected.",
    "Most drivers objected.",
    "**Most** drivers objected.",
    "Drivers had the highest number.",
    "Calais is the busiest.",
    "A record number of notices.",
    "Confidence was significantly up.",
    "There was a significant change.",
    "A sharp change.",
    "Only {{ x }} people objected.",
    "Only a few objected.",
    "As few as {{ x }} objected.",
    "Nearly all drivers objected.",
    "Hardly any objected.",
    "No appeals were lodged.",
    "Objections were mostly from drivers.",
    "{% if has_last_year %}The number rose.{% endif %}",
    '{% if is_there("x") %}Most drivers objected.{% endif %}',
    '{% if rose("x") %}It rose.{% else %}It fell.{% endif %}',
    '{% if rose("x") %}It rose.{% elif is_there("x") %}It fell.{% endif %}',
    '{% if rose("x") %}Most drivers objected.{% endif %}',
    '{% if rose("x") %}It was significantly other.{% endif %}',
    '{% if is_there("rose(") %}It rose.{% endif %}',
    '{# {% if rose("x") %} #}It rose.',
    "{{ x }} rose.",
    "The number rose{{ compared }}.",
    "Most notices, {{ fell(x) }}.",
    "The largest fall was {{ rose_most(x) }}.",
    "The smallest number went to {{ largest(x) }}.",
    "Notices {{ rose(x) }}.\nNotices rose.",
    '{% if not first_in_each("x", by="role", each="section") or not (most_positive()) %}The fewest.{% endif %}',
    '{% if not rose("x") %}It fell.{% endif %}',
    "{% if not series.largest %}The highest is not known.{% endif %}",
    "{% if not  (series.largest) %}The highest is not known.{% endif %}",
    "{% if series.latest %}The highest is {{ series.latest }}.{% endif %}",
]
NOT_CLAIMED = [
    "A rise in notices: they {{ rose(x) }}.",
    '{% if rose("x") %}It rose.{% elif fell("x") %}It fell.{% endif %}',
    '{%- if rose("x") -%}It rose.{%- endif -%}',
    "It was {{ more(x) }}, higher than before.",
    'The largest is {{ largest("x", by="place") }}.',
    "Most notices, {{ most(x) }}, were under it.",
    "The largest rise was {{ rose_most(x) }}.",
    '{% if not rose("x") and fell("x") %}It fell.{% endif %}',
    "{% if series.largest %}The highest is {{ series.largest }}.{% endif %}",
    '{% if rose("x") %}{% if significantly("x") %}It rose significantly.{% endif %}{% endif %}',
    '{% if rose("x") and fell("y") %}One rose, the other fell.{% endif %}',
    "The most that a penalty can be is the starting point.",
    "The year falls within the period.",
    "You cannot object more than once.",
    '{{ rose_or_fell("x") }} from {{ x }}.',
    "No penalty: we issued no notice.",
    "Only a court can decide.",
    "The maximum penalties stay the same.",
    "The theme comes up in talks; keep records up to date.",
    "At most one person answers.",
    "We dropped {{ x }} of them.",
]
OPPOSITE = [
    "It {{ rose(x) }}, so it fell.",
    "An increase: it {{ fell(x) }}.",
    '{% if fell("x") and is_there("y") %}It was up by some.{% endif %}',
]


@pytest.mark.parametrize("text", CLAIMED)
def test_a_claim_without_its_condition_is_found(text):
    assert {"claim-without-condition", "claim-says-otherwise"} & {*codes(text)}


@pytest.mark.parametrize("text", NOT_CLAIMED)
def test_a_claim_under_its_condition_is_accepted(text):
    assert codes(text) == []


@pytest.mark.parametrize("text", OPPOSITE)
def test_a_sentence_may_not_say_the_opposite_of_its_condition(text):
    assert "claim-says-otherwise" in codes(text)


def test_a_number_allowed_in_the_release_is_accepted_only_in_full():
    assert codes("Within 24 hours.", allowed=["24 hours"]) == []
    assert codes("Within 124 hours.", allowed=["24 hours"]) == ["untraced-figure"]
    assert codes("Within 24 hours of 24.", allowed=["24 hours"]) == ["untraced-figure"]
    assert codes("Within 24 hours.", allowed=[" "]) == ["untraced-figure"]


def test_a_title_of_others_may_hold_numbers():
    assert codes("Statistics of 1,790 notices rose", source=True) == []
    assert codes("Statistics of <b>1,790</b> notices", source=True) == ["html-in-words", "html-in-words"]


@pytest.mark.parametrize(
    ("text", "line", "column"),
    [("We issued 1,790.", 3, 11), ("One\ntwo {{ x }} 45", 4, 13), ("ä 45", 3, 3), ("**45**", 3, 3), ("a\t45", 3, 3)],
)
def test_the_place_is_exact(text, line, column):
    (found,) = look(text)
    assert (found.line, found.column) == (line, column)


def test_the_mark_is_under_the_place():
    (found,) = look("We issued 1,790 notices, " + "and so on " * 20)
    line, mark = found.excerpt.split("\n")
    assert line[mark.index("^") :].startswith("1,790")
    (far,) = look("and so on " * 20 + "1,790 notices")
    line, mark = far.excerpt.split("\n")
    assert len(line) <= 80
    assert line[mark.index("^") :].startswith("1,790")


def test_many_mistakes_cost_no_more_than_many_words():
    began = time.process_time()
    found = look("\n".join(["1 " * 4900] * 20))
    assert len(found) == 1_000
    assert time.process_time() - began < 2


UNSEEN = [0xAD, 0x61C, 0x200B, 0x200D, 0x202E, 0x2060, 0xFEFF, 0xE000, 0xF8FF, 0x7]


@pytest.mark.parametrize("sign", UNSEEN)
def test_signs_that_cannot_be_seen_are_found(sign):
    (found,) = look(f"Wo{chr(sign)}rds.")
    assert (found.code, found.column) == ("unseen-sign", 3)
    assert f"{sign:04X}" in found.message


def test_every_kind_of_number_word_is_there():
    """Every whole number up to a hundred, said with a thing counted."""
    small = [
        "two",
        "three",
        "four",
        "five",
        "six",
        "seven",
        "eight",
        "nine",
        "ten",
        "eleven",
        "twelve",
        "thirteen",
        "fourteen",
        "fifteen",
        "sixteen",
        "seventeen",
        "eighteen",
        "nineteen",
    ]
    tens = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]
    words = [*small, *tens, *(f"{ten}-{one}" for ten in tens for one in ["one", *small[:8]])]
    for word in words:
        (found,) = look(f"There were {word} notices.")
        assert re.match(word, found.value)


@pytest.mark.parametrize("text", ["", "\n \n", '{# later #}\n{% needs "ledger" %}\n'])
def test_an_empty_chapter_is_reported_in_its_own_file(text):
    (found,) = look(text, title="")
    assert (found.code, found.line, found.message) == ("no-title", 1, "This chapter is empty.")


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("Words.\n\n\tMore words.", 5),
        ("Words.\n\n    More words.", 5),
        ("Words.\n\n{% if x %}\n    More words.\n{% endif %}", 6),
        ("- One\n\nWords.\n\n    More words.", 7),
        ("Words.\n\n```\nMore.", 5),
        ("Words.\n```\nMore.", 4),
    ],
)
def test_words_that_would_be_set_as_code_are_found(text, line):
    assert [(one.code, one.line) for one in look(text)] == [("code-in-words", line)]


@pytest.mark.parametrize(
    "text",
    [
        "Words.\n    More words.",
        "Words.\n{% if x %}\n    More words.\n{% endif %}",
        "- One\n\n    More of it.\n\n    - Deeper",
        "1. One\n   - Deeper\n     - Deepest",
        "- One\nand on\n\n    More of it.",
    ],
)
def test_indented_words_that_go_on_are_no_code(text):
    assert look(text) == ()


@pytest.mark.parametrize("text", ['{ stat("penalties.issued") } notices.', "Some {words.", "A stray } here."])
def test_one_bracket_where_two_belong_is_found(text):
    assert {one.code for one in look(text)} == {"unexpected-sign"}
