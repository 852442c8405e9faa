"""A zero that may be a small number rounded down is never called “none”."""

from dataclasses import replace

import pytest
from wording import KNOWN, define, say, statistics

YES, NO, NOBODY = "yes", "no", "nobody knows"
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


def asked(condition, figures):
    said = say(
        f"{{% if {condition} %}}yes{{% elif not ({condition}) %}}no{{% else %}}nobody knows{{% endif %}}",
        figures=figures,
    )
    assert said.problems == ()
    return said.text


@pytest.mark.parametrize(
    ("measure", "value", "round_to", "answer"),
    [
        (ANSWER, 0, 1, YES),
        (ANSWER, 0.004, 1, NO),  # printed as “less than 1%”
        (ANSWER, 0, 5, NOBODY),
        (ANSWER, 0.1, 5, NO),
        (PEOPLE, 0, 1, YES),
        (PEOPLE, 0, 5, NOBODY),
        (PEOPLE, 5, 5, NO),
        (NOTICES, 0, 5, YES),  # few would be hidden
        (RATE, 0, 5, YES),
        (RATE, 0.003, 1, NO),
        (MEDIAN, 0, 5, YES),
        (MEDIAN, 0.3, 1, NOBODY),
    ],
)
def test_a_zero_is_certain_only_if_nothing_can_be_rounded_down(measure, value, round_to, answer):
    figures = year(value, measure, round_to)
    opposite = {YES: NO, NO: YES, NOBODY: NOBODY}[answer]
    assert asked(f'is_zero("{measure}")', figures) == answer
    assert asked(f'value("{measure}") == 0', figures) == answer
    assert asked(f'value("{measure}") <= 0', figures) == answer
    assert asked(f'value("{measure}") != 0', figures) == opposite
    assert asked(f'value("{measure}") > 0', figures) == opposite
    assert asked(f'value("{measure}")', figures) == opposite
    assert asked(f'value("{measure}") >= 0', figures) == YES
    assert asked(f'value("{measure}") < 0', figures) == NO


def test_a_zero_of_last_year_is_looked_up_in_last_year():
    figures = year(0.2, ANSWER, 5, last=0)
    assert asked(f'is_zero("{ANSWER}", year="last")', figures) == NOBODY
    exact = replace(figures, previous=replace(figures.previous, settings=replace(figures.settings, round_to=1)))
    assert asked(f'is_zero("{ANSWER}", year="last")', exact) == YES


def test_a_share_that_may_round_to_zero_is_printed_as_0_per_cent():
    words = f'{{% if is_zero("{ANSWER}") %}}None{{% else %}}{{{{ stat("{ANSWER}") }}}}{{% endif %}} said so.'
    assert say(words, figures=year(0, ANSWER, 5)).text == "0% said so."
    assert say(words, figures=year(0, ANSWER, 1)).text == "None said so."


@pytest.mark.parametrize(("round_to", "answer"), [(1, YES), (5, NOBODY)])
def test_two_counts_alike_after_rounding_may_differ(round_to, answer):
    figures = statistics({NOTICES: 900, f"{NOTICES} role driver": 900, f"{NOTICES} role owner": 100}, None)
    figures = replace(figures, settings=replace(figures.settings, round_to=round_to))
    whole, drivers, owners = (
        f'value("{NOTICES}")',
        f'value("{NOTICES}", role="driver")',
        f'value("{NOTICES}", role="owner")',
    )
    assert asked(f"{drivers} == {whole}", figures) == answer
    assert asked(f"{drivers} >= {whole}", figures) == answer
    assert asked(f"{owners} == {whole}", figures) == NO
    assert asked(f"{owners} < {drivers}", figures) == YES
