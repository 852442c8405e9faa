"""Relations between published sums of money: the ledger, penalty levels and last year's balance."""

from dataclasses import replace

from audited import DECIDED, NOTICES, audited
from cells import count, key, money, protected, rests, year

from reportgen.disclosure.attack_model.published_figures import describe
from reportgen.disclosure.attack_model.required_interval import NOTHING, at_least
from reportgen.disclosure.primary_suppression import Hidden, primary
from reportgen.model.figure import Key
from reportgen.model.problem import serious


def test_a_published_ledger_sum_shows_that_its_notices_reach_the_threshold():
    base = Key("money.cancelled#base")
    cells = [
        money("money.cancelled", [900] * 8),
        count(DECIDED, 5, objection_outcome="cancelled"),
        count("appeals.decided", 3, appeal_outcome="cancelled"),
    ]
    hidden = primary(statistics := year(*cells), describe(statistics))
    hidden.hide(base, NOTHING)
    assert not audited(statistics, hidden)
    hidden.hide(key(DECIDED, objection_outcome="cancelled"), at_least(5))
    assert not audited(statistics, hidden)
    limits = describe(statistics).limits
    assert any(
        (dict(one.terms), one.most, one.told_by) == ({base: -1.0}, -5.0, key("money.cancelled")) for one in limits
    )


def test_a_ledger_sum_hidden_to_protect_its_notices_cannot_be_calculated_from_the_flow():
    """If shown, 5 to 9 of the ten decisions were cancelled, so 1 to 5 were unchanged: an interval under 5 wide.

    With balances of 8,000, 600 issued and 600 cancelled, the 600 hidden alone would be 8,000 + 600 - 8,000.
    """
    flow = {"opening": [1000] * 8, "issued": [100] * 6, "cancelled": [100] * 6, "closing": [1000] * 8}
    flow |= {name: [] for name in ("increased", "refunded", "reduced", "paid", "written_off")}
    cells = [money(f"money.{name}", amounts) for name, amounts in flow.items()]
    cells += [count(DECIDED, 10), count("appeals.decided", 0, appeal_outcome="cancelled")]
    cells += [count(DECIDED, 6, objection_outcome="cancelled"), count(DECIDED, 4, objection_outcome="unchanged")]
    found = protected(*cells)
    assert not found.problems
    gone = {name for name in flow if found.value.figures[key(f"money.{name}")].hidden}
    assert "cancelled" in gone
    assert len(gone) > 1


def test_a_median_limits_a_sum():
    """Half of seven notices are £6,000 or more, the maximum under section 31A: the sum is 21,000 to 42,000."""
    section = {"section": "31A"}
    cells = [
        replace(money("value.initial", [6000] * 7, **section), top=()),
        rests("value.initial_median", 6000, 7, **section),
        count(NOTICES, 7, **section),
    ]
    hidden = Hidden()
    hidden.hide(key("value.initial", **section), at_least(30_000))
    assert "value.initial{section=31A}" in audited(year(*cells), hidden)
    hidden.closed[key("value.initial_median", **section)] = "secondary"
    assert not audited(year(*cells), hidden)


def test_the_maximum_of_section_31a_limits_its_notices():
    cells = [
        money("value.initial", [6000] * 7, section="31A"),
        count(NOTICES, 7, section="31A"),
        count("penalties.incidents", 3, section="31A"),
    ]
    limits = describe(year(*cells)).limits
    assert any(
        dict(limit.terms) == {key("value.initial", section="31A"): 1.0, key(NOTICES, section="31A"): -6000.0}
        for limit in limits
    )


def test_the_notices_in_the_ledger_are_the_notices_issued():
    cells = [money("money.issued", [900] * 8), count(NOTICES, 8), money("value.initial", [900] * 8)]
    hidden = Hidden()
    hidden.hide(key(NOTICES), at_least(5))
    assert audited(year(*cells), hidden) == {NOTICES}


def test_last_year_s_closing_balance_is_this_year_s_opening_balance():
    """It would be the cheapest to hide, but last year's report already gives it."""
    last = {"opening": 10, "closing": 5, "paid": 9}
    flow = {"opening": 5, "issued": 40, "increased": 3, "reduced": 7, "cancelled": 8, "paid": 9, "refunded": 6}
    flow |= {"written_off": 10, "closing": 20}

    def hidden(last):
        before = year(*(money(f"money.{name}", [900] * number) for name, number in last.items()), number=2024)
        found = protected(*(money(f"money.{name}", [900] * n) for name, n in flow.items()), previous=before)
        assert not serious(found.problems)
        return {one.key.measure for one in found.value.figures.values() if one.hidden}

    assert hidden(last | {"closing": 6}) == {"money.increased", "money.opening"}
    others = hidden(last) - {"money.increased"}
    assert others
    assert "money.opening" not in others
    for nearly in (0.4, 40):  # £4,500.40 is printed as the opening is; £4,540 is nearer than a hidden sum may be known
        before = [*(money(f"money.{name}", [900] * n) for name, n in last.items() if name != "closing")]
        before = year(*before, money("money.closing", [900] * 4 + [900 + nearly]), number=2024)
        found = protected(*(money(f"money.{name}", [900] * n) for name, n in flow.items()), previous=before)
        assert not found.value.figures[key("money.opening")].hidden
