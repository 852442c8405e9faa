"""A line is a sentence: it stands only while everything in it may be told and is true, and what goes with it goes too."""

import pytest
from wording import CAPTIONS, LAST, THIS, say, statistics

HIDDEN = 'penalties.issued(role="hirer")'


def left(said):
    """Lines that were left out with nothing in their place."""
    return [one.line for one in said.narrative.left_out if not one.other]


@pytest.mark.parametrize(
    ("sentence", "why"),
    [
        pytest.param(f"Hirers received {{{{ {HIDDEN} }}}}.", "is hidden", id="hidden"),
        pytest.param("We issued {{ money.issued }}.", "has no figure", id="absent"),
        pytest.param('In all {{ appeals.decided(year="last") }} appeals.', "has no figure", id="absent-last-year"),
        pytest.param("The number of notices {{ fell(penalties.issued) }}.", "is not true", id="untrue"),
        pytest.param(f"Notices to hirers {{{{ rose({HIDDEN}) }}}}.", "is hidden", id="untold"),
        pytest.param(
            'Incidents were {{ largest(incidents.count, by="place") }}.', "hidden figure may be", id="largest"
        ),
        pytest.param("See {{ release.isbn }}.", "not given this year", id="not-given"),
    ],
)
def test_a_sentence_that_cannot_be_said_is_left_out_with_the_reason(sentence, why):
    said = say(f"Before.\n{sentence}\nAfter.\n")
    assert said.problems == ()
    assert said.text == "Before. After."
    (gone,) = said.narrative.left_out
    assert (gone.line, gone.words, gone.other) == (4, sentence, False)
    assert why in gone.why


def test_without_last_year_a_sentence_that_names_it_goes():
    said = say("In {{ last_period }} too.\nIn {{ period }}.", figures=statistics(last=None))
    assert (said.text, left(said)) == ("In 2025 to 2026.", [3])


def test_what_was_printed_in_a_sentence_that_goes_is_quoted_nowhere():
    said = say(f"We issued {{{{ incidents.count }}}}, hirers {{{{ {HIDDEN} }}}}.\nAll {{{{ penalties.issued }}}}.")
    assert [str(one.key) for one in said.narrative.quoted] == ["penalties.issued"]


def test_a_table_in_a_sentence_that_goes_can_be_placed_again():
    said = say(
        f'{{{{ {HIDDEN} }}}}: {{{{ table("by-role") }}}}\n\n{{{{ table("by-role") }}}}\n',
        tables=("by-role",),
        captions=CAPTIONS,
    )
    assert said.problems == ()
    assert said.narrative.placed["table-by-role"].endswith(":5")


# alternatives


WAYS = "Notices {{{{ fell({0}) }}}}.\nor: Notices {{{{ rose({0}) }}}}.\nor: Notices {{{{ stayed_the_same({0}) }}}}.\nor: Neither."


@pytest.mark.parametrize(
    ("figure", "text"),
    [
        ("penalties.issued", "Notices rose."),
        ('penalties.issued, role="driver"', "Notices fell."),
        ('penalties.issued, place="Calais"', "Notices stayed the same."),
        ('penalties.issued, role="hirer"', "Neither."),
    ],
)
def test_the_first_alternative_that_stands_is_printed(figure, text):
    said = say(WAYS.format(figure))
    assert (said.text, said.problems, left(said)) == (text, (), [])


def test_a_sentence_replaced_by_an_alternative_is_listed_as_such():
    (one,) = say("Notices {{ fell(penalties.issued) }}.\nor: Notices {{ rose(penalties.issued) }}.").narrative.left_out
    assert (one.line, one.other) == (3, True)


def test_a_sentence_with_and_stands_only_beside_the_one_above():
    words = '{{{{ most(penalties.issued, role="{}") }}}} of them.\nand: Others follow.\nor: Some of them.\nand: More follow.'
    assert say(words.format("driver"), title="# W\n\n").text == "Most of them. Others follow."
    assert say(words.format("owner"), title="# W\n\n").text == "Some of them. More follow."


def test_an_and_that_cannot_be_said_leaves_the_sentence_above():
    said = say(f"There were {{{{ incidents.count }}}} incidents.\nand: Hirers: {{{{ {HIDDEN} }}}}.\nThe end.")
    assert said.text == "There were 500 incidents. The end."
    assert left(said) == [4]


def test_an_alternative_below_an_and_belongs_to_the_first_sentence():
    words = "A {{ rose(penalties.issued) }}.\nand: B {{ fell(penalties.issued) }}.\nor: C."
    assert say(words).text == "A rose."


@pytest.mark.parametrize("marker", ["or:", "and:"])
@pytest.mark.parametrize("before", ["", "A sentence.\n\n"])
def test_a_marker_with_no_sentence_above_it_is_a_problem(marker, before):
    assert say(f"{before}{marker} Words.").codes == ["alone"]


def test_a_needed_sentence_that_does_not_stand_is_a_problem_at_its_line():
    said = say("Words.\nneeded: Notices {{ fell(penalties.issued) }}.")
    assert (said.only.code, said.only.line) == ("needed-sentence", 4)
    assert "penalties.issued is 2,134, last year 1,921" in said.only.message
    assert say("needed: Notices {{ fell(penalties.issued) }}.\nor: Other.").text == "Other."


def test_sentences_of_a_loop_stand_or_go_one_by_one():
    words = '{% for theme in themes() %}\n{{ survey.themes(theme=theme.name, year="last") }} on {{ theme.name }}.\n{% endfor %}'
    said = say(words)
    assert (said.text, left(said)) == ("30 on language.", [4])


def test_a_sentence_over_several_lines_is_one():
    assert say(f'Hirers {{{{ {HIDDEN[:-1]},\n  year="this") }}}} got\nmore words.').text == "more words."


# what goes with a sentence


@pytest.mark.parametrize(
    ("text", "html"),
    [
        pytest.param("- {{ GONE }}\n- There.", "<ul><li>There.</li></ul>", id="bullet"),
        pytest.param("- {{ GONE }}\n  Stays.\n- There.", "<ul><li>Stays.</li><li>There.</li></ul>", id="bullet-goes-on"),
        pytest.param("- {{ GONE }}\n  or: Other.", "<ul><li>Other.</li></ul>", id="alternative-takes-the-bullet"),
        pytest.param("1. {{ GONE }}\n2. There.", '<ol start="2"><li>There.</li></ol>', id="numbered"),
        pytest.param("First.\n\n{{ GONE }}\n\nLast.", "<p>First.</p><p>Last.</p>", id="paragraph"),
        pytest.param("List:\n\n- {{ GONE }}\n- {{ GONE }}\n\nLast.", "<p>Last.</p>", id="introduction"),
        pytest.param("List:\n\n- {{ GONE }}\n- There.", "<p>List:</p><ul><li>There.</li></ul>", id="introduction-stays"),
        pytest.param("List:\n- {{ GONE }}\n- There.", "<p>List:</p><ul><li>There.</li></ul>", id="no-blank-line"),
        pytest.param("> {{ GONE }}\n\nLast.", "<p>Last.</p>", id="callout"),
        pytest.param("First.\n\n## Alpha\n\n{{ GONE }}\n\n## Beta\n\nLast.", "<p>First.</p><h3>Beta</h3><p>Last.</p>", id="section"),
        pytest.param("## Alpha\n\n### Beta\n\n{{ GONE }}\n\n## Delta\n\nLast.", "<h3>Delta</h3><p>Last.</p>", id="nested"),
        pytest.param("First.\n\n## {{ GONE }}\n\nUnder it.\n\n### Deeper\n\nToo.\n\n## Next\n\nLast.", "<p>First.</p><h3>Next</h3><p>Last.</p>", id="heading"),
        pytest.param("| a |\n| --- |\n| {{ GONE }} |\n| b |", "<tbody><tr><td>b</td></tr></tbody>", id="row"),
    ],
)  # fmt: skip
def test_what_has_nothing_left_goes_too(text, html):
    import re

    said = say(text.replace("{{ GONE }}", f"Hirers: {{{{ {HIDDEN} }}}}."))
    assert said.problems == ()
    plain = re.sub(r"\s*\n\s*", "", re.sub(r' id="[^"]*"', "", said.html))
    assert html in plain
    assert "Hirers" not in plain


def test_a_heading_that_goes_is_listed():
    said = say(f"First.\n\n## Alpha\n\nHirers: {{{{ {HIDDEN} }}}}.\n")
    assert [(one.line, one.why) for one in said.narrative.left_out][-1] == (5, "nothing is left under this heading")


def test_words_before_a_block_introduce_it_and_go_with_it():
    done = 'What changed: {{ actions(audience="driver", status="complete") }}'
    assert "<p>What changed:</p>" in say(done).html
    gone = say(f"{done.replace('driver', 'hirer')}\nor: Nothing yet.")
    assert gone.text == "Nothing yet."


def test_the_place_of_a_table_that_is_not_there_is_not_called_a_sentence():
    said = say('{{ table("money-flow") }}\nor: {{ table("by-role") }}', tables=("by-role",), captions=CAPTIONS)
    assert "by-role" in str(said.narrative.placed)
    assert said.narrative.left_out == ()


def test_a_line_of_a_panel_goes_alone():
    said = say(
        f"{{% panel %}}\n**{{{{ {HIDDEN} }}}}** to hirers\n**{{{{ incidents.count }}}}** incidents\n{{% endpanel %}}"
    )
    assert said.text == "500 incidents"


# figures by their names


@pytest.mark.parametrize(
    ("words", "text"),
    [
        ('{{ penalties.issued(role="driver") }}', "1,790"),
        ("{{ objections.days.median }}", "36 days"),
        ("{{ incidents.count }} incidents, notices {{ penalties.issued }}{{ compared }}", "500 incidents, notices 2,134, 213 more than in 2024 to 2025"),
        ("Notices {{ rose }} to {{ penalties.issued }}", "Notices rose to 2,134"),
        ('{{ most(penalties.issued, role="driver") }} ({{ share }})', "Most (84%)"),
        ('Notices {{ rose(penalties.issued) }} by {{ change(as="percent") }}', None),
        ('{{ largest(penalties.issued, by="role") }}: {{ number }}, or {{ share }}', "Drivers: 1,790, or 84%"),
        ('It {{ fell_most(penalties.issued, by="place") }}: from {{ before }} to {{ number }}', "It inland: from 111 to none"),
    ],
)  # fmt: skip
def test_a_word_without_brackets_is_about_the_figure_beside_it(words, text):
    said = say(words)
    assert said.text == text if text is not None else said.codes == ["wrong-use"]


def test_a_word_without_any_figure_on_its_line_is_a_problem():
    assert say("Notices {{ rose }}.").only.code == "wrong-use"


def test_two_years_are_read_apart():
    made = statistics({**THIS, "appeals.lodged": 4}, {**LAST, "appeals.lodged": 9})
    words = 'Appeals {{ fell(appeals.lodged) }} from {{ appeals.lodged(year="last") }} to {{ appeals.lodged }}.'
    assert say(words, figures=made).text == "Appeals fell from 9 to 4."
