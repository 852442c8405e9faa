"""Relations between published figures about the survey: answers, themes and invitations."""

from dataclasses import replace

import pytest
from cells import QUESTION, count, key, share, year

from reportgen.disclosure.attack_model.published_figures import describe
from reportgen.model.figure import Key


@pytest.mark.parametrize(("sent", "kept"), [(30, True), (14, False)])
def test_the_number_invited_limits_the_number_who_answered(sent, kept):
    """Not all of them answered, or the rate would be shown; with very few invited, no interval would be wide enough."""
    cells = [share("survey.response_rate", 4, 6, role="owner"), count("survey.responses", 9, role="owner")]
    limits = describe(year(*cells, invitations={"owner": 6, "driver": sent - 6})).limits
    part = Key("survey.response_rate#n", "role", "owner")
    assert any(dict(one.terms) == {part: 1.0} and one.most == 5 for one in limits) == kept


GROUP = {"role": "owner"}
BASE = Key("survey.clear#base", "role", "owner")
PARTS = [Key("survey.clear#n", "role", "owner", "option", option) for option in QUESTION.options]
YES = Key("survey.clear.positive#n", "role", "owner")


def told(question, *parts):
    """The equations and limits that relate the answers of a group."""
    cells = [
        share("survey.clear", part, 12, **GROUP, option=name)
        for part, name in zip(parts, QUESTION.options, strict=True)
    ]
    model = describe(year(*cells, share("survey.clear.positive", 10, 12, **GROUP), questions=(question,)))
    return model.equations, [dict(limit.terms) for limit in model.limits]


def test_single_answers_add_up_to_the_base():
    equations, limits = told(QUESTION, 6, 4, 2)
    assert {BASE: 1.0} | dict.fromkeys(PARTS, -1.0) in equations
    assert {YES: 1.0} | dict.fromkeys(PARTS[:2], -1.0) in equations
    assert all({part: 1.0, BASE: -1.0} in limits for part in (*PARTS, YES))


def test_multiple_answers_add_up_to_at_least_the_base():
    equations, limits = told(replace(QUESTION, kind="multiple"), 9, 8, 2)
    assert not equations
    assert {BASE: 1.0} | dict.fromkeys(PARTS, -1.0) in limits
    assert {YES: 1.0} | dict.fromkeys(PARTS[:2], -1.0) in limits
    assert all({part: 1.0, YES: -1.0} in limits for part in PARTS[:2])


def test_every_coded_comment_has_a_theme():
    cells = [
        count("survey.themes", 20),
        count("survey.themes", 17, theme="contact"),
        count("survey.themes", 9, theme="paying"),
    ]
    limits = [dict(limit.terms) for limit in describe(year(*cells)).limits]
    each = [key("survey.themes", theme=name) for name in ("contact", "paying")]
    assert {key("survey.themes"): 1.0} | dict.fromkeys(each, -1.0) in limits


def test_invited_responses_of_uninvited_roles_are_within_their_responses():
    cells = [
        share("survey.response_rate", 20, 90),
        *(count("survey.responses", 12, invited_through=route) for route in ("direct", "trade body")),
    ]
    cells += [count("survey.responses", 30, role="driver"), count("survey.responses", 6, role="other")]
    model = describe(year(*cells, invitations={"driver": 90}))
    others = Key("survey.response_rate#others")
    assert model.values[others] == 4
    assert {others: 1.0, key("survey.responses", role="other"): -1.0} in [dict(limit.terms) for limit in model.limits]
