"""How near the search comes to the best choice there is, on tables small enough to try every choice.

``compare(seed)`` gives cells and worth hidden by the search, and the least of each that any safe choice needs.
"""

from __future__ import annotations

from dataclasses import replace
from itertools import combinations
from random import Random

from cells import SETTINGS, count, year

from reportgen.disclosure.attack_model.feasibility_intervals import rooms
from reportgen.disclosure.attack_model.linear_program import LinearProgram
from reportgen.disclosure.attack_model.published_figures import describe
from reportgen.disclosure.attack_model.required_interval import SLACK, at_least
from reportgen.disclosure.primary_suppression import PRIMARY, known, primary
from reportgen.disclosure.secondary_suppression import Search

NUMBERS = (0, 1, 2, 3, 4, 6, 9, 12, 20, 35, 60)


def table(seed):
    """A table of three or four places by three roles with its margins; the smallest cells are hidden."""
    chance = Random(seed)
    places, roles = "abcd"[: chance.choice((3, 3, 4))], "xyz"
    inner = {(place, role): chance.choice(NUMBERS) for place in places for role in roles}
    cells = [count("penalties.issued", number, place=place, role=role) for (place, role), number in inner.items()]
    cells += [count("penalties.issued", sum(inner[place, role] for role in roles), place=place) for place in places]
    cells += [count("penalties.issued", sum(inner[place, role] for place in places), role=role) for role in roles]
    return year(*cells, count("penalties.issued", sum(inner.values())), settings=replace(SETTINGS, threshold=5))


def compare(seed):
    """(cells, worth) of the search and the least of both."""
    statistics = table(seed)
    model = describe(statistics)
    program, hidden = LinearProgram(model), primary(statistics, model)
    first = {*hidden.why}
    search = Search(program, hidden, statistics)
    worth = dict(zip(program.figures, search.worths, strict=True))
    search.run()
    mine = [key for key in hidden.why if key not in first]
    assert safe(statistics, program, mine)
    best = (len(mine), sum(worth[key] for key in mine))
    others = [key for key in model.values if key not in first and model.values[key] > 0]
    for size in range(len(mine) + 1):
        for choice in combinations(others, size):
            price = sum(worth[key] for key in choice)
            if (size >= best[0] and price >= best[1] - SLACK) or not _may_be(program, {*choice, *first}):
                continue
            if safe(statistics, program, choice):
                best = (min(best[0], size), min(best[1], price))
    return (len(mine), sum(worth[key] for key in mine)), best


def _may_be(program, unknown):
    """No equation leaves one cell alone: quick to see, and most choices fail here."""
    return all(sum(program.names[place] in unknown for place in row.places) != 1 for row in program.rows)


def safe(statistics, program, choice):
    """Whether every hidden cell has its room when these are hidden with the small ones."""
    hidden = primary(statistics, program.model)
    for key in choice:
        hidden.hide(key, at_least(5.0), "secondary")
    assert PRIMARY in hidden.why.values() or not choice
    told = known(program, hidden, statistics.settings)
    needs = {program.place[key]: need for key, need in hidden.needs.items() if need}
    found = rooms(program, told, needs)
    return all(needs[place].enough(room.below, room.above) for place, room in found.items())
