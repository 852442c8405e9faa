"""What a contributor can find out that other readers cannot: it knows its own amounts.

Each attack succeeds where the audit looks from outside alone.
"""

from dataclasses import replace
from importlib import import_module

import attacked
import pandas as pd
import pytest
from cells import SETTINGS, count, hidden, key, money, protected, release, year

from reportgen import disclosure
from reportgen.disclosure.attack_model.contributors import contributor_views
from reportgen.disclosure.attack_model.linear_program import LinearProgram
from reportgen.disclosure.attack_model.published_figures import describe
from reportgen.disclosure.primary_suppression import primary
from reportgen.measures.aggregation import by_contributor, contributors, largest
from reportgen.measures.statistics import Contribution

DOOR, AUDIT, SEARCH = (
    import_module(f"reportgen.disclosure.{name}") for name in ("protect", "audit", "secondary_suppression")
)
OFF = "value.written_off"


def alone(measure, pounds, who, base=20, **breakdowns):
    """A sum that one contributor gives."""
    made = money(measure, [pounds] + [0] * (base - 1), **breakdowns)
    return replace(made, top=(Contribution(who, pounds * 100),))


def by_role(*amounts):
    """Written off by role: single notices beside a sum of many, and the total of all."""
    roles = ("hirer", "operator", "owner")
    cells = [
        alone(OFF, pounds, 100 + n, role=role) for n, (role, pounds) in enumerate(zip(roles, amounts, strict=False))
    ]
    driver = money(OFF, [700] * 40, role="driver")
    whole = sum(amounts) + 700 * 40
    total = replace(
        money(OFF, [700] * 40 + list(amounts)),
        value=float(whole),
        numerator=whole * 100,
        top=(Contribution(101, 1500_00),),
    )
    return [total, driver, *cells]


def test_two_lone_contributors_beside_one_total_do_not_tell_each_other():
    """£1,000 of a hirer and £1,500 of an operator: each would take its own from what is left of the total."""
    assert {f"{OFF}{{role=hirer}}", f"{OFF}{{role=operator}}"} < hidden(*by_role(1000, 1500))


def test_from_outside_alone_two_hidden_sums_would_do(monkeypatch):
    monkeypatch.setattr(DOOR, "contributor_views", lambda *_: ())
    monkeypatch.setattr(AUDIT, "contributor_views", lambda *_: ())
    assert hidden(*by_role(1000, 1500)) == {f"{OFF}{{role=hirer}}", f"{OFF}{{role=operator}}"}


def test_the_audit_names_what_a_lone_contributor_can_tell(monkeypatch):
    monkeypatch.setattr(DOOR, "contributor_views", lambda *_: ())
    found = protected(*by_role(1000, 1500))
    assert {problem.code for problem in found.problems} == {"hidden-figure-given-away"}


def test_a_lone_contributor_knows_its_sum_and_others_only_from_below():
    statistics = year(*by_role(1000, 1500))
    program = LinearProgram(describe(statistics))
    seat = next(
        one for one in contributor_views(program, statistics) if program.place[key(OFF, role="operator")] in one.alone
    )
    assert seat.floors[program.place[key(OFF)]] == pytest.approx(1500 - statistics.cells[key(OFF)].value)
    assert not seat.required[program.place[key(OFF, role="hirer")]].enough(149, 150)
    assert seat.required[program.place[key(OFF, role="hirer")]].enough(150, 150)


def test_a_hidden_sum_stays_open_by_p_per_cent_of_its_largest_contributor_on_both_sides():
    statistics = year(money("value.paid", [9000, 500, 500], 20))
    need = primary(statistics, describe(statistics)).needs[key("value.paid")]
    assert (need.below, need.above) == (1350, 1350)
    wider = replace(statistics, settings=replace(SETTINGS, p_percent=30))
    assert primary(wider, describe(wider)).needs[key("value.paid")].above == 2700


@pytest.mark.parametrize(("limit", "enough"), [(11_300, False), (11_400, True)])
def test_room_on_one_side_does_not_make_up_for_the_other(limit, enough):
    """£10,000 of which one gives £9,000: up to £11,350 must stay possible, however far down it may go."""
    current = money("value.current", [limit / 20] * 20)
    found = hidden(money("value.outstanding", [9000, 500, 500], 20), current, count("penalties.issued", 20))
    assert ("value.current" in found) is not enough


def test_everybody_of_one_incident_is_one_contributor():
    """A driver and an owner of one incident make 98% of the sum: together they know nearly all of it."""
    numbers = contributors(pd.Series(["I1", "I1", "I2", "I3", "I4", "I5", "I6"]))
    amounts = pd.Series([50_000, 48_000, 300, 500, 400, 400, 400]).to_numpy()
    given = by_contributor(amounts, numbers)
    assert [one.pence for one in largest(given)] == [98_000, 500]
    assert len(given) == 6


def test_firms_join_the_incidents_of_their_notices():
    """X has I1 and I2, Y has I2 and I3: who knows one of them knows all three; a firm not recorded joins nothing."""
    incidents = pd.Series(["I1", "I2", "I2", "I3", "I4", "I5"])
    firms = pd.Series(["X", "X", "Y", "Y", None, None])
    assert contributors(incidents, firms).tolist() == [0, 0, 0, 0, 3, 4]


def test_the_order_of_rows_does_not_number_contributors():
    incidents = pd.Series(["I3", "I1", "I2"])
    assert contributors(incidents).tolist() == [2, 0, 1]


def test_a_search_that_is_ended_early_hides_more_and_says_so(monkeypatch):
    monkeypatch.setattr(SEARCH, "MOST_ASKED", 0)
    statistics, release = attacked.exact(15)
    found = disclosure.protect(replace(statistics, previous=None), release)
    assert {problem.code for problem in found.problems} == {"protection-stopped"}
    monkeypatch.undo()
    assert (
        disclosure.protect(replace(statistics, previous=None), release).value.audit.hidden <= found.value.audit.hidden
    )


def test_what_is_owed_by_place_is_not_below_nothing_though_it_is_not_printed():
    """£4,500 written off at Calais, of 4,500 that were not paid there: it cannot be more."""
    place = {"place": "Calais"}
    cells = [
        money("value.current", [900] * 20, **place),
        money("value.paid", [675] * 20, **place),
        replace(money(OFF, [4500] + [0] * 19, **place), top=(Contribution(1, 4500_00),)),
        money("value.outstanding", [0] * 20),
        money("value.refund_due", [0] * 20),
    ]
    behind = [money(f"value.{part}", [0] * 20, **place) for part in ("outstanding", "refund_due")]
    statistics = replace(year(*cells), unprinted={one.key: one for one in behind})
    model = describe(statistics)
    there = {here.measure for here in model.values if here.measure.endswith("#unprinted")}
    assert there == {"value.outstanding#unprinted", "value.refund_due#unprinted"}
    found = hidden_of(statistics)
    assert f"{OFF}{{place=Calais}}" in found
    assert len(found) > 1


def test_words_refused_once_are_refused_whoever_wrote_them():
    from reportgen.disclosure.free_text.screening import screened
    from reportgen.model.records import Comment, Records
    from reportgen.release import QuoteDecision

    text = "The letter was clear and came in good time."
    records = Records(comments=tuple(Comment(name, "driver", text, (), quotable=True) for name in ("R-1", "R-2")))
    refused = {"R-1": QuoteDecision("R-1", released=False, by="A", on=year().as_at)}
    assert screened(records, lambda _: True, frozenset(), decisions=refused)[0] == ()


def at_calais(*, owed=(9600,), gone=(16200,)):
    """What stands, was paid and was written off at a place, and what is owed there, which the report does not print."""
    many = [6400] * 12
    cells = [
        money("value.current", [*many, *owed, *gone], place="Calais"),
        money("value.paid", [*many, *(0 for _ in (*owed, *gone))], place="Calais"),
        money(OFF, [*(0 for _ in (*many, *owed)), *gone], place="Calais"),
    ]
    behind = [
        money("value.outstanding", [*(0 for _ in many), *owed, *(0 for _ in gone)], place="Calais"),
        money("value.refund_due", [0] * (len(many) + len(owed) + len(gone)), place="Calais"),
    ]
    nothing = money("value.refund_due", [0] * 14)
    return replace(year(*cells, nothing), unprinted={one.key: one for one in behind})


def hidden_of(statistics):
    found = disclosure.protect(statistics, release(statistics))
    return {str(one.key) for one in found.value.figures.values() if one.hidden}


def test_a_sum_that_is_not_printed_is_protected_like_one_that_is():
    """Nothing was written off: what stands less what was paid would be the debt of one."""
    statistics = at_calais(gone=())
    assert hidden_of(statistics) & {"value.current{place=Calais}", "value.paid{place=Calais}"}
    assert not hidden_of(replace(statistics, unprinted={}))


def test_who_alone_owes_at_a_place_cannot_tell_what_was_written_off_there():
    """£9,600 owed by one, £16,200 written off for another: their sum is what stands less what was paid."""
    statistics = at_calais()
    assert hidden_of(statistics) & {"value.current{place=Calais}", "value.paid{place=Calais}"}
    assert not hidden_of(replace(statistics, unprinted={})) & {
        "value.current{place=Calais}",
        "value.paid{place=Calais}",
    }
