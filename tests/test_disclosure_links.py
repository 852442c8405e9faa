"""Relations between published figures: each is shown by a hidden figure that it alone gives away.

Each year is protected with primary suppression alone; the audit must name the hidden figure. It would not if the
relation were missing. With secondary suppression the same year must pass.
"""

from dataclasses import replace
from importlib import import_module

import pytest
from audited import DECIDED, INCIDENTS, NOTICES, audited, months
from cells import QUESTION, SETTINGS, count, key, money, protected, release, rests, share, year

from reportgen import disclosure
from reportgen.disclosure.attack_model.feasibility_intervals import rooms
from reportgen.disclosure.attack_model.linear_program import LinearProgram
from reportgen.disclosure.attack_model.published_figures import describe
from reportgen.disclosure.attack_model.quantities import AttackModel
from reportgen.disclosure.attack_model.required_interval import NOTHING, at_least
from reportgen.disclosure.primary_suppression import primary
from reportgen.model.figure import Key

DOOR = import_module("reportgen.disclosure.protect")


def role(measure, part, base, name):
    return share(measure, part, base, role=name)


def answers(base, *parts, **group):
    return [
        share("survey.clear", part, base, **group, option=option)
        for part, option in zip(parts, QUESTION.options, strict=True)
    ]


LINKS = {
    "a total and its parts": (
        [count(NOTICES, 20), count(NOTICES, 17, role="driver"), count(NOTICES, 3, role="owner")],
        "penalties.issued{role=owner}",
    ),
    "a row of a table of two breakdowns": (
        [count(NOTICES, 20, place="Calais"), count(NOTICES, 17, place="Calais", role="driver"), count(NOTICES, 3, place="Calais", role="owner")],
        "penalties.issued{place=Calais, role=owner}",
    ),
    "a column of it": (
        [count(NOTICES, 20, role="owner"), count(NOTICES, 17, place="Calais", role="owner"), count(NOTICES, 3, place="Inland", role="owner")],
        "penalties.issued{place=Inland, role=owner}",
    ),
    "months and their quarter": (
        [count(INCIDENTS, 20, quarter="2025-04 to 2025-06"), *months(INCIDENTS, 9, 8, 3)],
        "incidents.count{month=2025-06}",
    ),
    "people by place": (
        [count(INCIDENTS, 3, place="Inland"), rests("incidents.entrants", 9, 3, place="Inland"), rests("incidents.entrants", 30, 20, place="Calais"), rests("incidents.entrants", 39, 23)],
        "incidents.entrants{place=Inland}",
    ),
    "incidents within notices": (
        [count("penalties.incidents", 3, place="Calais"), count(NOTICES, 5, place="Calais")],
        "penalties.incidents{place=Calais}",
    ),
    "sections together cover the incidents": (
        [count("penalties.incidents", 30), count("penalties.incidents", 27, section="31A"), count("penalties.incidents", 4, section="32"), count(NOTICES, 6, section="32")],
        "penalties.incidents{section=32}",
    ),
    "a section within the incidents": (
        [count("penalties.incidents", 5), count("penalties.incidents", 4, section="32"), count(NOTICES, 9, section="32")],
        "penalties.incidents{section=32}",
    ),
    "a regime only since it began": (
        [count(NOTICES, 9, month="2025-12"), count(NOTICES, 5, month="2026-01"), count(NOTICES, 3, regime="2026 scheme")],
        "penalties.issued{regime=2026 scheme}",
    ),
    "section 31A only in its regimes": (
        [count(NOTICES, 30, regime="Flexible"), count(NOTICES, 5, regime="2023 scheme"), count(NOTICES, 3, section="31A")],
        "penalties.issued{section=31A}",
    ),
    "what is owed is what stands less what was paid": (
        [money("value.outstanding", [900] * 3, 20), money("value.refund_due", [50] * 6, 20), money("value.current", [900] * 20), money("value.paid", [900] * 17 + [300], 20), money("value.written_off", [0] * 20)],
        "value.outstanding",
    ),
    "what is due back where something was written off": (
        [
            money("value.outstanding", [0] * 20),
            money("value.refund_due", [500, 500, 100], 20),
            money("value.current", [400] * 20),
            money("value.paid", [450] * 20),
            money("value.written_off", [40] * 5, 20),
        ],
        "value.refund_due",
    ),
    "what is owed within what stands": (
        [money("value.outstanding", [90] * 3, 20), money("value.current", [90] * 5, 20)],
        "value.outstanding",
    ),
    "what is due back within what was paid": (
        [money("value.refund_due", [90] * 3, 20), money("value.outstanding", [90] * 9, 20), money("value.paid", [90] * 5, 20)],
        "value.refund_due",
    ),
    "a base within the responses": (
        [*answers(3, 1, 1, 1, role="owner"), count("survey.responses", 5, role="owner")],
        "the base of survey.clear{role=owner}",
    ),
    "values by place": (
        [money("value.paid", [900] * 20), money("value.paid", [900] * 17 + [0] * 9, place="Calais"), money("value.paid", [900] * 3 + [0] * 9, place="Inland")],
        "value.paid{place=Inland}",
    ),
    "a collected share tells both sums": (
        [money("value.current", [900] * 20), money("value.paid", [900] * 3, 20), replace(share("value.collected_share", 3, 20), numerator=270_000, denominator=1_800_000)],
        None,
    ),
    "numerators by section": (
        [share("objections.rate", 30, 60), share("objections.rate", 27, 40, section="32"), share("objections.rate", 3, 20, section="31A"), count(NOTICES, 60), count(NOTICES, 40, section="32"), count(NOTICES, 20, section="31A")],
        "the number behind objections.rate{section=31A}",
    ),
    "numerators by role": (
        [share("objections.changed_share", 30, 60), role("objections.changed_share", 27, 40, "driver"), role("objections.changed_share", 3, 20, "owner")],
        "the number behind objections.changed_share{role=owner}",
    ),
    "bases by role": (
        [share("objections.changed_share", 30, 43), role("objections.changed_share", 29, 40, "driver"), role("objections.changed_share", 1, 3, "owner")],
        "objections.decided{role=owner}",
    ),
    "outcomes that lowered a penalty": (
        [share("objections.changed_share", 19, 30), count(DECIDED, 10, objection_outcome="cancelled"), count(DECIDED, 6, objection_outcome="reduced"), count(DECIDED, 3, objection_outcome="reduced to nil")],
        "objections.decided{objection_outcome=reduced to nil}",
    ),
    "outcomes of a section": (
        [share("objections.changed_share", 19, 30, section="32"), *(count(DECIDED, number, section="32", objection_outcome=outcome) for outcome, number in (("cancelled", 10), ("reduced", 6), ("reduced to nil", 3)))],
        "objections.decided{section=32, objection_outcome=reduced to nil}",
    ),
    "decisions that have a day are decisions": (
        [share("objections.changed_share", 0, 5, section="32"), rests("objections.days.median", 30, 4, section="32")],
        "objections.timed{section=32}",
    ),
    "a percentile under the target": (
        [share("objections.days.within_target", 27, 30), rests("objections.days.p90", 41, 30)],
        "the number behind objections.days.within_target",
    ),
    "a percentile over the target": (
        [share("objections.days.within_target", 4, 9), rests("objections.days.median", 43, 9)],
        "the number behind objections.days.within_target",
    ),
    "notices reduced to nil were objected to": (
        [count(NOTICES, 50), count(NOTICES, 46, status="nil"), share("objections.rate", 47, 50)],
        "the number behind objections.rate",
    ),
    "objections within notices": (
        [share("objections.rate", 2, 5, section="32"), count(NOTICES, 5, section="32")],
        "the number behind objections.rate{section=32}",
    ),
    "lowered within decided": (
        [share("objections.changed_share", 2, 5), count(DECIDED, 5)],
        "the number behind objections.changed_share",
    ),
    "in time within timed": (
        [share("objections.days.within_target", 2, 5), rests("objections.days.median", 42.5, 5)],
        "the number behind objections.days.within_target",
    ),
    "the flow of money": (
        [money(f"money.{name}", [900] * number) for name, number in (("opening", 10), ("issued", 20), ("increased", 3), ("reduced", 6), ("cancelled", 6), ("paid", 9), ("refunded", 5), ("written_off", 5), ("closing", 12))],
        "money.increased",
    ),
    "what was issued is the value of the notices": (
        [money("money.issued", [900] * 20), replace(money("value.initial", [900] * 20), contributors=4)],
        "value.initial",
    ),
    "cancelled in the ledger, after objections and appeals": (
        [money("money.cancelled", [900] * 10), count(DECIDED, 9, objection_outcome="cancelled"), count("appeals.decided", 1, appeal_outcome="cancelled")],
        "appeals.decided{appeal_outcome=cancelled}",
    ),
    "reduced in the ledger, after objections and appeals": (
        [money("money.reduced", [900] * 30), count(DECIDED, 20, objection_outcome="reduced"), count(DECIDED, 7, objection_outcome="reduced to nil"), count("appeals.decided", 4, appeal_outcome="reduced"), count("appeals.decided", 7), count("appeals.decided", 3, appeal_outcome="dismissed")],
        "appeals.decided{appeal_outcome=reduced}",
    ),
    "reduced after objections within the ledger": (
        [money("money.reduced", [900] * 24), count(DECIDED, 20, objection_outcome="reduced"), count(DECIDED, 3, objection_outcome="reduced to nil")],
        "objections.decided{objection_outcome=reduced to nil}",
    ),
    "reduced after appeals within the ledger": (
        [money("money.reduced", [900] * 5), count(DECIDED, 5, objection_outcome="reduced"), count(DECIDED, 0, objection_outcome="reduced to nil"), count("appeals.decided", 3, appeal_outcome="reduced")],
        "appeals.decided{appeal_outcome=reduced}",
    ),
    "a share of all would be shown": (
        [share("objections.rate", 3, 6, section="32"), count(NOTICES, 6, section="32")],
        "the number behind objections.rate{section=32}",
    ),
    "paid for others within paid": (
        [money("money.paid_for_others", [900] * 3), money("money.paid", [900] * 5)],
        "the base of money.paid_for_others",
    ),
    "invited responses by route": (
        [share("survey.response_rate", 23, 90), share("survey.response_rate", 23, 90, role="driver"), count("survey.responses", 20, invited_through="direct"), count("survey.responses", 3, invited_through="trade body"), count("survey.responses", 30, role="driver")],
        "survey.responses{invited_through=trade body}",
    ),
    "invited responses within responses": (
        [share("survey.response_rate", 3, 90, role="driver"), count("survey.responses", 5, role="driver")],
        "the number behind survey.response_rate{role=driver}",
    ),
    "invited responses by role": (
        [share("survey.response_rate", 23, 90), share("survey.response_rate", 20, 60, role="driver"), share("survey.response_rate", 3, 30, role="owner")],
        "the number behind survey.response_rate{role=owner}",
    ),
    "answers by role": (
        [*answers(48, 30, 10, 8), *answers(40, 25, 9, 6, role="driver"), *answers(8, 5, 1, 2, role="owner")],
        "the number behind survey.clear{role=owner, option=Yes}",
    ),
    "positive answers by role": (
        [share("survey.clear.positive", 40, 48), role("survey.clear.positive", 34, 40, "driver"), role("survey.clear.positive", 6, 8, "owner")],
        "the number behind survey.clear.positive{role=owner}",
    ),
    "bases of a question by role": (
        [*answers(43, 30, 8, 5), *answers(40, 29, 7, 4, role="driver"), *answers(3, 1, 1, 1, role="owner")],
        "the base of survey.clear{role=owner}",
    ),
    "themes by role": (
        [count("survey.themes", 20, theme="contact"), count("survey.themes", 17, theme="contact", role="driver"), count("survey.themes", 3, theme="contact", role="owner")],
        "survey.themes{theme=contact, role=owner}",
    ),
    "themes of a role within its responses": (
        [count("survey.themes", 3, theme="contact", role="owner"), count("survey.responses", 5, role="owner")],
        "survey.themes{theme=contact, role=owner}",
    ),
    "a theme within all themes": (
        [count("survey.themes", 3, theme="contact"), count("survey.themes", 5)],
        "survey.themes{theme=contact}",
    ),
    "roles of coded comments make all coded comments": (
        [
            count("survey.themes", 12),
            count("survey.themes", 9, theme="contact", role="driver"),
            count("survey.themes", 1, theme="paying", role="hirer"),
            count("survey.themes", 2, theme="paying", role="owner"),
            count("survey.themes", 3, theme="paying"),
        ],
        "survey.themes{theme=paying, role=hirer}",
    ),
    "themes cover the coded comments": (
        [count("survey.themes", 4), count("survey.themes", 4, theme="contact"), count("survey.themes", 4, theme="paying"), count("survey.responses", 5)],
        "survey.themes",
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", LINKS)
def test_the_audit_names_the_figure_that_a_relation_gives_away(name):
    cells, given_away = LINKS[name]
    if given_away is not None:
        assert given_away in audited(year(*cells, invitations={"driver": 60, "owner": 30}))


@pytest.mark.parametrize("name", LINKS)
def test_with_secondary_suppression_nothing_is_given_away(name):
    cells, _ = LINKS[name]
    found = protected(*cells, invitations={"driver": 60, "owner": 30})
    assert not found.problems


@pytest.mark.parametrize("name", LINKS)
def test_without_secondary_suppression_no_year_is_published(name, monkeypatch):
    cells, given_away = LINKS[name]
    monkeypatch.setattr(DOOR, "secondary", lambda *_, **__: None)
    found = protected(*cells, invitations={"driver": 60, "owner": 30})
    assert given_away is None or given_away in {problem.value for problem in found.problems}


def test_a_share_of_two_sums_is_hidden_with_either_sum():
    cells, _ = LINKS["a collected share tells both sums"]
    figures = protected(*cells).value.figures
    assert figures[key("value.paid")].hidden
    assert figures[key("value.collected_share")].hidden


def test_a_mean_is_hidden_with_its_sum():
    cells = [
        replace(money("value.initial", [900] * 20), contributors=3),
        rests("value.initial_mean", 900, 20),
        count(NOTICES, 20),
    ]
    figures = protected(*cells).value.figures
    assert figures[key("value.initial_mean")].hidden


def test_a_share_is_hidden_with_its_base():
    cells = [count(NOTICES, 3, section="32"), share("objections.rate", 0, 3, section="32")]
    assert protected(*cells).value.figures[key("objections.rate", section="32")].hidden


@pytest.mark.parametrize(
    "terms",
    [
        {Key("money.increased#base"): 1.0, key(DECIDED, objection_outcome="increased"): -1.0},
        {key("objections.timed", section="32"): 1.0, key(DECIDED, section="32"): -1.0},
    ],
)
def test_two_figures_that_count_the_same_records_are_equal(terms):
    cells = [money("money.increased", [900] * 8), count(DECIDED, 8, objection_outcome="increased")]
    cells += [
        share("objections.changed_share", 8, 20, section="32"),
        rests("objections.days.p90", 40, 20, section="32"),
    ]
    assert terms in describe(year(*cells)).equations


def test_objections_under_a_section_are_the_sum_of_its_roles():
    """Drivers made at most 38 of the 45 objections under section 31A, so at least 7 of 12 owners objected, but not all."""
    sections = (("31A", "driver", 38), ("31A", "owner", 12), ("32", "driver", 20), ("32", "owner", 0))
    cells = [count(NOTICES, number, section=section, role=name) for section, name, number in sections]
    cells += [share("objections.rate", 45, 50, section="31A"), share("objections.rate", 10, 20, section="32")]
    cells += [role("objections.rate", 46, 58, "driver"), role("objections.rate", 9, 12, "owner")]
    statistics = year(*cells)
    hidden = primary(statistics, describe(statistics))
    hidden.hide(Key("objections.rate#n", "role", "driver"), NOTHING)
    assert "the number behind objections.rate{role=owner}" in audited(statistics, hidden)
    assert not protected(*cells).problems


def test_rounding_hides_enough():
    cells = [count(NOTICES, 49), count(NOTICES, 46, role="driver"), count(NOTICES, 3, role="owner")]
    assert audited(year(*cells)) == {"penalties.issued{role=owner}"}
    assert audited(year(*cells, settings=replace(SETTINGS, round_to=5))) == set()


def test_counts_are_whole_numbers():
    """Twice a count is at most 11, so a whole number is at most 5, where a fraction could be 5.5."""
    model = AttackModel()
    notices = model.add(Key(NOTICES), 3.0)
    model.limit({notices: 2.0}, 11.0)
    program = LinearProgram(model)
    told = program.told({notices}, set(), lambda *_: None)
    least = {0: at_least(5.0)}  # 0 to 5.5 in halves, 0 to 5 in whole numbers
    assert rooms(program, told, least)[0].above + rooms(program, told, least)[0].below == pytest.approx(5)
    narrow = rooms(program, told, {0: at_least(5.4)})[0]
    assert not at_least(5.4).enough(narrow.below, narrow.above)


def test_hidden_countries_are_not_in_the_order_of_their_numbers():
    numbers = {"RO": 30, "PL": 20, "GB": 4, "DE": 2, "AT": 3, "Other": 8}
    cells = [
        count(NOTICES, sum(numbers.values())),
        *(count(NOTICES, number, registered_in=name) for name, number in numbers.items()),
    ]
    statistics = replace(year(*cells), categories={"registered_in": tuple(numbers)})
    made = disclosure.protect(statistics, release(statistics)).value
    hidden = [one.key.category_1 for one in made.figures.values() if one.hidden and one.key.category_1 != "Other"]
    assert hidden == sorted(hidden)
    order = [word for word in made.categories["registered_in"] if word != "Other"]
    assert order[-len(hidden) :] == hidden
    assert [figure.key.category_1 for figure in made.figures.values() if figure.key.breakdown_1] == list(
        made.categories["registered_in"]
    )
