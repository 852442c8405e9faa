"""Figures already published for the same period: hidden again, or named where it is too late."""

from itertools import combinations

import attacker
import cells
import optimum
import pytest
from cells import count
from published_table import exact, name_of, protected, put_back, rows_of, table

from reportgen.disclosure.attack_model.linear_program import LinearProgram
from reportgen.disclosure.attack_model.published_figures import describe
from reportgen.model.problem import exit_code, serious


def opened(*, small):
    """The published rows with one hidden cell put back: a small one, or one hidden to protect another."""
    statistics = table()
    _, files = protected(statistics)
    rows = [row for row in rows_of(files) if row["marker"]]
    found = next(row for row in rows if (exact(statistics, row).value < 5) == small)
    return found, rows_of(put_back(files, statistics, found))


def test_publishing_the_same_figures_again_is_no_problem():
    first, files = protected(table())
    again, same = protected(table(), rows_of(files))
    assert first.problems == again.problems == ()
    assert same == files


def test_a_hidden_figure_already_published_is_named_with_its_source():
    out, rows = opened(small=True)
    found, _ = protected(table(), rows)
    (problem,) = [problem for problem in found.problems if problem.code == "published-before"]
    assert problem.value == name_of(out)
    assert problem.message.count(name_of(out)) == 2
    assert exit_code(found.problems) == 13


def test_a_figure_given_away_by_an_earlier_copy_is_a_problem():
    _, rows = opened(small=False)
    found, _ = protected(table(), rows)
    assert {problem.code for problem in found.problems} == {"hidden-figure-given-away"}


def test_cells_hidden_in_an_earlier_copy_are_hidden_again():
    """An attacker who has both copies finds nothing."""
    statistics = table()
    _, files = protected(statistics)
    mine = {name_of(row) for row in rows_of(files) if row["marker"]}
    program = LinearProgram(describe(statistics))
    small = {
        f"incidents.count{{place={place}, vehicle_type={car}}}" for place, car in (("Calais", "van"), ("Inland", "car"))
    }
    others = [key for key, one in statistics.cells.items() if key.breakdown_1 and one.value and str(key) not in small]
    hidden = next(
        {*map(str, some)} | small
        for size in (2, 3, 4)
        for some in combinations(others, size)
        if mine - {*map(str, some)} - small and optimum.safe(statistics, program, some)
    )
    before = [
        row | {"value": "" if name_of(row) in hidden else str(exact(statistics, row).value)} for row in rows_of(files)
    ]
    found, again = protected(statistics, before)
    assert found.problems == ()
    now = {name_of(row) for row in rows_of(again) if row["marker"]}
    assert now <= hidden
    assert now != mine
    both = again
    for row in rows_of(again):
        if row["marker"] and name_of(row) not in hidden:
            both = put_back(both, statistics, row)
    assert attacker.leaks(both) == []


def test_ignoring_an_earlier_copy_would_give_a_figure_away():
    out, _ = opened(small=False)
    _, files = protected(table())
    assert attacker.leaks(put_back(files, table(), out))


@pytest.mark.parametrize(
    "change", [{"period": "1999 to 2000"}, {"value": "99999"}, {"value": "[c]"}, {"measure": "nothing"}]
)
def test_a_copy_for_another_period_or_with_other_values_is_ignored(change):
    _, rows = opened(small=True)
    found, _ = protected(table(), [row | change for row in rows])
    assert not serious(found.problems)


def test_a_published_share_and_base_reveal_the_numerator():
    statistics = cells.year(cells.share("objections.rate", 3, 40), count("penalties.issued", 40))
    before = {"measure": "objections.rate", "period": statistics.period.label, "value": "0.075"}
    for base, out in (("40", True), ("41", False), ("", False)):
        found, _ = protected(statistics, [before | {"base": base}])
        assert bool(found.problems) == out


def test_a_published_base_reveals_a_count():
    """Even if the value beside it has changed since, hiding the count of drivers again would be useless."""
    numbers = {"driver": 17, "owner": 3}
    statistics = cells.year(
        count("penalties.issued", 20),
        *(count("penalties.issued", n, role=role) for role, n in numbers.items()),
        cells.money("value.paid", [900] * 17, role="driver"),
    )
    before = {"measure": "value.paid", "breakdown_1": "role", "category_1": "driver", "value": "1.00", "base": "17"}
    hidden = {}
    for period in (statistics.period.label, "1999 to 2000"):
        found, _ = protected(statistics, [before | {"period": period}])
        assert not found.problems
        hidden[period] = {str(one.key) for one in found.value.figures.values() if one.hidden}
    assert "penalties.issued{role=driver}" in hidden["1999 to 2000"]
    assert "penalties.issued" in hidden[statistics.period.label]
