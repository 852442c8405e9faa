"""Sentences that are false in some year are found; those that are true in any year stand.

The two lists were written by somebody who had not seen the rules; the rules were then mended on them, so the shares
below keep what was reached and say nothing about lists yet to be written.
"""

import csv
from pathlib import Path

import pytest

from reportgen.language.lint.prose import lint
from reportgen.language.lint.sentence_tense import reports, supposes
from reportgen.language.mistakes import Mistakes
from reportgen.language.source_map import Passage

LISTS = Path(__file__).parent / "sentences"


def problems(text, **more):
    text = f"# Words\n\n{text}\n"
    mistakes = Mistakes({"a.md": text})
    lint(Passage("a.md", text), mistakes, **more)
    return mistakes.problems()


def reported(name):
    with (LISTS / name).open(encoding="utf-8", newline="") as file:
        sentences = [row["sentence"] for row in csv.DictReader(file)]
    assert len(sentences) == 150
    return sum(bool(problems(one)) for one in sentences)


def test_nine_in_ten_sentences_that_are_false_in_some_year_are_found():
    assert reported("false_in_some_year.csv") >= 139


def test_sentences_that_are_true_in_any_year_stand():
    assert reported("true_in_any_year.csv") <= 15


@pytest.mark.parametrize(
    "sentence",
    [
        pytest.param("A third objected to their penalty.", id="fraction-before-a-verb"),
        pytest.param("Many fewer people were found.", id="comparison-without-than"),
        pytest.param("Almost everyone paid.", id="almost-everyone"),
        pytest.param("Nobody was found hidden.", id="nobody"),
        pytest.param("Few people objected.", id="few"),
        pytest.param("It was a record.", id="record"),
        pytest.param("The new rules deterred drivers.", id="cause"),
        pytest.param("You said the letters were unclear. We rewrote them.", id="you-said-we-did"),
        pytest.param("Calais tops the list.", id="rank"),
        pytest.param("Numbers are at an all-time high.", id="all-time"),
        pytest.param("All actions are complete.", id="completeness"),
        pytest.param("Satisfaction is high.", id="judgement"),
        pytest.param("The scheme is performing well.", id="how-things-stand"),
        pytest.param("The message got through.", id="irregular-past"),
        pytest.param("Timeliness slipped in the winter.", id="regular-past"),
        pytest.param("The website has been rewritten.", id="perfect"),
    ],
)
def test_an_assertion_without_condition_is_a_problem(sentence):
    assert problems(sentence)


@pytest.mark.parametrize(
    "sentence",
    [
        "The more people are found, the higher the penalty may be.",
        "If few people answered, the interval is wide.",
        "You may object if the amount is too high.",
        "A penalty reduced to zero is not the same as a penalty cancelled.",
        "Section 31A came into force on 13 February 2023.",
        "- Detached trailer: a trailer without a vehicle that draws it.",
        "Payments are counted on the date we received them, whenever the notice was issued.",
        "{{ stat('incidents.count') }} incidents were recorded.",
        "{% if rose('incidents.count') %}We met drivers at Dover.{% endif %}",
    ],
)
def test_what_supposes_defines_or_prints_a_figure_stands(sentence):
    assert problems(sentence) == ()


@pytest.mark.parametrize(
    "sentence",
    [
        "Most drivers objected, which may surprise.",
        "Notices rose, and drivers can object.",
        "Few people objected, as they may.",
        "Nobody appealed, so the courts can rest.",
        "Timeliness slipped and may slip again.",
    ],
)
def test_a_statement_beside_what_may_happen_is_a_claim_still(sentence):
    assert problems(sentence)


def test_each_sentence_of_a_line_is_named():
    found = problems("We met drivers at Dover. Notices rose.")
    assert [one.code for one in found] == ["event-without-figure", "claim-without-condition"]


def test_what_may_happen_this_year_is_a_claim_still():
    assert problems("The number may rise sharply this year.")


def test_a_sentence_with_two_faults_is_told_once():
    assert [one.code for one in problems("Drivers were hit and numbers rose.")] == ["claim-without-condition"]


def test_reports_tells_the_verb_of_the_main_clause():
    assert reports("The courts upheld what we decided.") == ""
    assert reports("Owners were hit hardest.") == "were"
    assert reports("We count a vehicle as unsecured if it was left open.") == ""
    assert supposes("You may object if the notice was wrong.")


def test_a_typed_number_that_is_displayed_alike_offers_the_figure():
    offered = {"1,790": ('{{ stat("penalties.issued", role="driver") }}',)}
    (problem,) = problems("We issued 1,790 notices.", printing=lambda shown: offered.get(shown, ()))
    assert problem.code == "untraced-figure"
    assert '{{ stat("penalties.issued", role="driver") }}' in problem.hint
    (other,) = problems("We issued 1,791 notices.", printing=lambda shown: offered.get(shown, ()))
    assert "penalties.issued" in other.hint
