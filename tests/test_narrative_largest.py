"""The largest, the fastest rising and the first everywhere: named only if no hidden figure can contradict."""

import pytest
from wording import KNOWN, THIS, define, replace, say, statistics

from reportgen.vocabulary import comparisons


def places(**numbers):
    this = {name: value for name, value in THIS.items() if not name.startswith("penalties.issued place")}
    return {
        **this,
        "penalties.issued": 1000,
        **{f"penalties.issued place {name}": value for name, value in numbers.items()},
    }


@pytest.mark.parametrize(
    ("numbers", "first"),
    [
        pytest.param({"Calais": 600, "Coquelles": 300, "Dunkerque": 100}, ["Calais"], id="none hidden"),
        pytest.param({"Calais": 600, "Coquelles": None, "Dunkerque": None}, ["Calais"], id="hidden ones too small"),
        pytest.param({"Calais": 400, "Coquelles": None, "Dunkerque": None}, None, id="hidden ones may be larger"),
        pytest.param({"Calais": 501, "Coquelles": None, "Dunkerque": 0}, ["Calais"], id="more than half"),
        pytest.param({"Calais": 500, "Coquelles": None, "Dunkerque": 0}, None, id="exactly half"),
        pytest.param({"Calais": 400, "Coquelles": 400, "Dunkerque": None}, ["Calais", "Coquelles"], id="two level"),
        pytest.param({"Calais": 0, "Coquelles": 0, "Dunkerque": 0}, None, id="all zero"),
        pytest.param({"Calais": None, "Coquelles": None}, None, id="all hidden"),
    ],
)
def test_the_largest_is_named_only_if_no_hidden_figure_can_be_as_large(numbers, first):
    found = comparisons.ranked(statistics(places(**numbers)), "penalties.issued", "place")
    assert (None if found is None else [one.key.category_1 for one in found]) == first
    said = say('Most were {{ largest(penalties.issued, by="place") }}.', figures=statistics(places(**numbers)))
    assert bool(said.text) is (first is not None and len(first) == 1)


def test_without_a_displayed_total_a_hidden_figure_may_be_any_number():
    numbers = {**places(Calais=900, Coquelles=None), "penalties.issued": None}
    assert comparisons.ranked(statistics(numbers), "penalties.issued", "place") is None


def test_rounding_widens_the_range_of_a_hidden_figure():
    made = statistics(places(Calais=510, Coquelles=None))
    assert comparisons.ranked(made, "penalties.issued", "place") is not None
    rounded = replace(made, settings=replace(made.settings, round_to=10))
    assert comparisons.ranked(rounded, "penalties.issued", "place") is None


@pytest.mark.parametrize(
    ("now", "before", "rose"),
    [
        pytest.param({"Calais": 600, "Coquelles": 400}, {"Calais": 500, "Coquelles": 390}, "Calais", id="rose most"),
        pytest.param({"Calais": 600, "Coquelles": 400}, {"Calais": 500, "Coquelles": 300}, None, id="rises level"),
        pytest.param(
            {"Calais": 700, "Coquelles": None}, {"Calais": 200, "Coquelles": 390}, "Calais", id="hidden rise smaller"
        ),
        pytest.param(
            {"Calais": 700, "Coquelles": None}, {"Calais": 500, "Coquelles": 390}, None, id="hidden rise may be larger"
        ),
        pytest.param(
            {"Calais": 700, "Coquelles": 300},
            {"Calais": 200, "Coquelles": None},
            "Calais",
            id="hidden last year, rise smaller",
        ),
        pytest.param(
            {"Calais": 700, "Coquelles": 300},
            {"Calais": 500, "Coquelles": None},
            None,
            id="hidden last year, rise may be larger",
        ),
        pytest.param({"Calais": 700, "Coquelles": 300}, {"Calais": 200}, "Calais", id="absent last year, rise smaller"),
        pytest.param(
            {"Calais": 700, "Coquelles": 300}, {"Calais": 500}, None, id="absent last year, rise may be larger"
        ),
        pytest.param({"Calais": 500, "Coquelles": 300}, {"Calais": 600, "Coquelles": 400}, None, id="all fell"),
    ],
)
def test_the_largest_rise_is_named_only_if_no_hidden_figure_can_have_risen_more(now, before, rose):
    found = comparisons.moved_most(statistics(places(**now), places(**before)), "penalties.issued", "place", 1)
    assert (found and found.key.category_1) == rose


@pytest.mark.parametrize(
    ("under_32", "under_31a", "first"),
    [
        pytest.param({"driver": 9, "owner": 4}, {"driver": 7, "owner": 0}, "driver", id="first in both"),
        pytest.param({"driver": 9, "owner": 4}, {"driver": 3, "owner": 5}, None, id="first in one"),
        pytest.param({"driver": 9, "owner": 9}, {"driver": 7, "owner": 0}, None, id="level in one"),
        pytest.param({"driver": 9, "owner": 4}, {"driver": 0, "owner": 0}, None, id="zero in one"),
        pytest.param(
            {"driver": 30, "owner": None}, {"driver": 7, "owner": 0}, "driver", id="hidden one smaller"
        ),  # the hidden one is near 10
        pytest.param(
            {"driver": 19, "owner": None}, {"driver": 7, "owner": 0}, None, id="hidden one may be larger"
        ),  # the hidden one may be 21
        pytest.param({"driver": None, "owner": None}, {"driver": 7, "owner": 0}, None, id="both hidden"),
    ],
)
def test_the_first_in_each_is_named_only_if_no_hidden_figure_can_contradict(under_32, under_31a, first):
    cells = {
        f"penalties.issued section {section} role {role}": number
        for section, roles in (("32", under_32), ("31A", under_31a))
        for role, number in roles.items()
    }
    wholes = {"penalties.issued": 48, "penalties.issued section 32": 40, "penalties.issued section 31A": 8}
    assert comparisons.first_in_each(statistics(wholes | cells), "penalties.issued", "role", "section") == first


def test_the_first_in_each_is_printed():
    made = statistics({**THIS, "penalties.issued section 32 role owner": 999})
    words = '{{ first_in_each(penalties.issued, by="role", each="section") }} came first.'
    assert say(words, figures=made).text == "Drivers came first."
    assert say(words, figures=statistics({"penalties.issued": 9})).text == ""


@pytest.mark.parametrize("each", ["status", "role", "port", ""])
def test_the_first_in_each_needs_two_breakdowns_that_are_crossed(each):
    words = f'{{{{ first_in_each("penalties.issued", by="role", each="{each}") }}}}'
    assert say(words).codes[0] in ("unknown-breakdown", "wrong-use")


def test_the_first_in_each_works_with_any_two_crossed_breakdowns(monkeypatch):
    """Even if the second is never published on its own."""
    monkeypatch.setitem(
        KNOWN, "survey.themes", define("survey.themes", "responses", breakdowns=("theme", ("theme", "role")))
    )
    said = say('{{ first_in_each(survey.themes, by="theme", each="role") }} came first.')
    assert (said.codes, said.text) == ([], "")
