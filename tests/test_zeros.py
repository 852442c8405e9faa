"""A zero that may be a small number rounded down is never called “none”."""

from dataclasses import replace

import pytest
from wording import KNOWN, define, say, statistics

ANSWER, RATE, PEOPLE, NOTICES = "survey.fair.positive", "objections.rate", "incidents.entrants", "penalties.issued"
MEDIAN = "value.initial_median"


def year(value, measure, round_to, last=None):
    """A year with one figure of this value, rounded to so many."""
    known = KNOWN | {PEOPLE: define(PEOPLE, "people", "sum")}
    with pytest.MonkeyPatch.context() as patch:
        patch.setitem(KNOWN, PEOPLE, known[PEOPLE])
        made = statistics({measure: value}, None if last is None else {measure: last})
    settings = replace(made.settings, round_to=round_to)
    before = replace(made.previous, settings=settings) if made.previous else None
    return replace(made, settings=settings, previous=before)


@pytest.mark.parametrize(
    ("measure", "value", "round_to", "printed"),
    [
        (ANSWER, 0, 1, "None"),
        (ANSWER, 0.004, 1, "Less than 1%"),
        (ANSWER, 0, 5, "0%"),
        (ANSWER, 0.1, 5, "10%"),
        (PEOPLE, 0, 1, "None"),
        (PEOPLE, 0, 5, "0"),
        (PEOPLE, 5, 5, "5"),
        (NOTICES, 0, 5, "None"),  # few would be hidden
        (RATE, 0, 5, "None"),
        (RATE, 0.003, 1, "Less than 1%"),
        (MEDIAN, 0, 5, "Nothing"),
        (MEDIAN, 0.3, 1, "£0"),
    ],
)
def test_a_zero_is_said_in_words_only_if_nothing_can_be_rounded_down(measure, value, round_to, printed):
    said = say(f"{{{{ {measure} }}}} of them.", figures=year(value, measure, round_to))
    assert said.problems == ()
    assert said.text == f"{printed} of them."


def test_a_zero_of_last_year_is_looked_up_in_last_year():
    figures = year(0.2, ANSWER, 5, last=0)
    words = f'{{{{ {ANSWER}(year="last") }}}} of them.'
    assert say(words, figures=figures).text == "0% of them."
    exact = replace(figures, previous=replace(figures.previous, settings=replace(figures.settings, round_to=1)))
    assert say(words, figures=exact).text == "None of them."


@pytest.mark.parametrize(("round_to", "printed"), [(1, "As many."), (5, "")])
def test_two_counts_alike_after_rounding_may_differ(round_to, printed):
    figures = statistics({NOTICES: 900, f"{NOTICES} role driver": 900, f"{NOTICES} role owner": 100}, None)
    figures = replace(figures, settings=replace(figures.settings, round_to=round_to))
    words = f'{{{{ as_many({NOTICES}, role="driver", than="{NOTICES}") }}}}.'
    assert say(words, figures=figures).text == printed
