"""Small groups of which everybody is known to have had the same outcome: listed for a person, or hidden."""

from dataclasses import replace

import attacked
import attacker
import pytest
from cells import SETTINGS, count, protected, share

from reportgen import disclosure
from reportgen.model.figure import Key
from reportgen.model.problem import serious

DECIDED = "objections.decided"
OUTCOMES = ("cancelled", "reduced", "reduced to nil", "increased", "unchanged", "withdrawn")


def decided(section, **numbers):
    """Decisions of a section by outcome; those not named are 0."""
    given = {name.replace("_", " "): number for name, number in numbers.items()}
    return [count(DECIDED, given.get(name, 0), section=section, objection_outcome=name) for name in OUTCOMES]


def alike(*cells, **settings):
    made = protected(*cells, settings=replace(SETTINGS, **settings))
    assert not serious(made.problems)
    return {str(key) for key in made.value.groups}, made.value


@pytest.mark.parametrize(("number", "listed"), [(4, False), (5, True), (20, True), (21, False)])
def test_a_small_row_in_one_category_is_listed(number, listed):
    """Four are hidden anyway; more than twenty are no small group."""
    found, _ = alike(*decided("31A", unchanged=number), *decided("32", unchanged=40, reduced=40))
    assert (f"{DECIDED}{{section=31A, objection_outcome=unchanged}}" in found) is listed


def test_a_row_with_two_outcomes_is_not_listed():
    assert alike(*decided("31A", unchanged=6, reduced=6), *decided("32", unchanged=40, reduced=40))[0] == set()


def test_the_largest_group_is_a_setting():
    cells = (*decided("31A", unchanged=9), *decided("32", unchanged=40, reduced=40))
    assert alike(*cells, group_rows=9)[0]
    assert not alike(*cells, group_rows=8)[0]


@pytest.mark.parametrize(("part", "listed"), [(0, True), (7, True)])
def test_a_share_of_all_or_none_of_a_small_group_is_listed(part, listed):
    found, _ = alike(share("objections.changed_share", part, 7, role="hirer"))
    assert (found == {"objections.changed_share{role=hirer}"}) is listed


def test_a_share_of_a_large_group_is_not_listed():
    assert alike(share("objections.changed_share", 30, 30))[0] == set()


def test_where_configured_the_group_is_hidden():
    cells = (*decided("31A", unchanged=9), *decided("32", unchanged=40, reduced=40))
    cells = (*cells, count(DECIDED, 49, objection_outcome="unchanged"), count(DECIDED, 40, objection_outcome="reduced"))
    found, made = alike(*cells, hide_groups=True)
    assert found == set()
    assert made.figures[Key(DECIDED, "section", "31A", "objection_outcome", "unchanged")].hidden
    beside = (
        Key(DECIDED, "section", "32", "objection_outcome", "unchanged"),
        Key(DECIDED, "objection_outcome", "unchanged"),
    )
    assert any(made.figures[one].hidden for one in beside)


@pytest.mark.parametrize("seed", [2, 15])
def test_hiding_groups_gives_nothing_away(seed):
    statistics, release = attacked.exact(seed, hide_groups=True)
    found = disclosure.protect(statistics, release)
    assert not serious(found.problems)
    files = attacked.files(found.value, release)
    assert attacker.leaks(files, target=release.objection_days, sent=dict(statistics.invitations)) == []
