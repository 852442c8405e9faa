"""Unprinted tables whose margins are published.

Input: a model and the exact cells of the unprinted tables. Output: the model with those cells as unknown non-negative
quantities, which limits the possible values of the published margins. The tables are derived from the declared
breakdowns; none is named here.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import combinations
from typing import TYPE_CHECKING, Final

from reportgen.disclosure.attack_model.quantities import AttackModel, rows_of
from reportgen.measures.cliques import cliques
from reportgen.model.figure import Definition, Key
from reportgen.scheme import measure_ids as ids

if TYPE_CHECKING:
    from reportgen.measures import Statistics

PAIR: Final = 2
"""Most breakdowns of a key; a single two-way table adds no constraint of this kind."""
JOINT: Final = "joint"
"""Suffix in the key of an unprinted cell."""
MULTIPLE_CHOICE: Final = frozenset({("theme", "role"), ("role", "option")})
"""Pairs of the survey, constrained by ``survey_constraints`` instead."""
SUMS_BEHIND: Final = {
    ids.VALUE_INITIAL_MEAN: (ids.VALUE_INITIAL,),
    ids.VALUE_CURRENT_MEAN: (ids.VALUE_CURRENT,),
    ids.VALUE_COLLECTED_SHARE: (ids.VALUE_PAID, ids.VALUE_CURRENT),
}
"""The sums that a mean or share of money discloses."""

Cells = dict[tuple[str, ...], Key]


def refuse_uncovered(definitions: Mapping[str, Definition]) -> None:
    """Refuse a declared breakdown for which no constraints are implemented (ValueError).

    Called on import and again for each year, so that no breakdown is published unprotected.
    """
    for definition in definitions.values():
        if definition.personal:
            for names in definition.breakdowns:
                reason = _uncovered(definition, names, definitions)
                if reason:
                    raise ValueError(f"{definition.id} cannot be broken down by {' and '.join(names)}: {reason}.")


def _uncovered(definition: Definition, names: tuple[str, ...], definitions: Mapping[str, Definition]) -> str:
    """Return why a breakdown is not covered; "" if it is."""
    if len(names) == 1 or names in MULTIPLE_CHOICE:
        return ""
    if len(names) > PAIR:
        return "disclosure control covers one or two breakdowns at once"
    if definition.kind in ("count", "sum", "share") and definition.id not in SUMS_BEHIND:
        divided = definition.additive or frozenset({*names})
        bad = [name for name in names if name not in divided]
        return f"{' and '.join(bad)} does not divide its records without overlap" if bad else ""
    for behind in (*SUMS_BEHIND.get(definition.id, ()), rows_of(definition.id)):
        if behind in definitions and names not in definitions[behind].breakdowns:
            return f"{behind}, which it gives away, is not broken down in the same way"
    return ""


def relate(model: AttackModel, statistics: Statistics) -> None:
    """Add every unprinted table: its cells, its margins, and the bounds of share numerators by their bases."""
    made: dict[tuple[str, tuple[str, ...]], Cells] = {}
    for measure, tables in statistics.joints.items():
        quantity = measure if statistics.definitions[measure].kind in ("count", "sum") else f"{measure}#n"
        for names, cells in tables.items():
            made[measure, names] = _cells(model, quantity, names, cells)
            for key, categories in _margins(model, quantity, names):
                model.equal({key: 1.0} | dict.fromkeys(_under(made[measure, names], names, categories), -1.0))
        _overlaps(model, {names: made[measure, names] for names in tables})
    for (measure, names), parts in made.items():
        if statistics.definitions[measure].kind == "share":
            _within(model, rows_of(measure), names, parts, made)


def missing(model: AttackModel, statistics: Statistics) -> list[str]:
    """Return the measures whose published pairs form a cycle, but whose unprinted table is missing."""
    found = []
    for definition in statistics.definitions.values():
        pairs = [(names[0], names[1]) for names in definition.breakdowns if len(names) > 1]
        pairs = [pair for pair in pairs if {*pair} <= definition.additive]
        there = {
            (key.breakdown_1, key.breakdown_2)
            for key in model.values
            if key.measure == definition.id and key.breakdown_2
        }
        rings = {
            frozenset(one.names) for one in cliques(pair for pair in pairs if pair in there) if len(one.names) > PAIR
        }
        if not rings <= {frozenset(names) for names in statistics.joints.get(definition.id, {})}:
            found.append(definition.id)
    return found


def _cells(model: AttackModel, quantity: str, names: tuple[str, ...], cells: Mapping[tuple[str, ...], int]) -> Cells:
    pence = quantity.startswith("value.")
    title = " × ".join(names)
    return {
        categories: model.add(
            Key(f"{quantity}#{JOINT}", title, " × ".join(categories)), number / 100 if pence else number
        )
        for categories, number in cells.items()
    }


def _margins(model: AttackModel, quantity: str, names: tuple[str, ...]) -> Iterator[tuple[Key, dict[str, str]]]:
    """Yield the quantities that are margins of a table, with the categories they fix."""
    for key in [key for key in model.values if key.measure == quantity and key.breakdown_1 in names]:
        fixed = {key.breakdown_1: key.category_1}
        if key.breakdown_2:
            fixed[key.breakdown_2] = key.category_2
        if names_hold(names, fixed):
            yield key, fixed


def names_hold(names: tuple[str, ...], fixed: Mapping[str, str]) -> bool:
    """Return whether a table has all the breakdowns of a margin."""
    return all(name in names for name in fixed)


def _under(cells: Cells, names: tuple[str, ...], fixed: Mapping[str, str]) -> list[Key]:
    """Return the cells with these categories."""
    at = [(names.index(name), category) for name, category in fixed.items()]
    return [key for categories, key in cells.items() if all(categories[n] == category for n, category in at)]


def _overlaps(model: AttackModel, tables: Mapping[tuple[str, ...], Cells]) -> None:
    """Equate the common margins of two tables of one measure."""
    for (names, cells), (others, more) in combinations(tables.items(), 2):
        common = [name for name in names if name in others]
        if len(common) < PAIR:  # a single breakdown is published itself
            continue
        mine, theirs = _grouped(cells, names, common), _grouped(more, others, common)
        for categories, keys in mine.items():
            model.equal(dict.fromkeys(keys, 1.0) | dict.fromkeys(theirs.get(categories, []), -1.0))


def _grouped(cells: Cells, names: tuple[str, ...], common: list[str]) -> dict[tuple[str, ...], list[Key]]:
    at = [names.index(name) for name in common]
    groups: dict[tuple[str, ...], list[Key]] = {}
    for categories, key in cells.items():
        groups.setdefault(tuple(categories[n] for n in at), []).append(key)
    return groups


def _within(
    model: AttackModel,
    base: str,
    names: tuple[str, ...],
    cells: Cells,
    made: Mapping[tuple[str, tuple[str, ...]], Cells],
) -> None:
    """Bound a cell of numerators by the same cell of the base, printed or not."""
    for size in range(len(names), 1, -1):
        for some in combinations(names, size):
            wholes = _whole_cells(model, base, some, made)
            for categories, parts in _grouped(cells, names, [*some]).items():
                if wholes.get(categories):
                    model.limit(dict.fromkeys(parts, 1.0) | dict.fromkeys(wholes[categories], -1.0))


def _whole_cells(
    model: AttackModel, base: str, names: tuple[str, ...], made: Mapping[tuple[str, tuple[str, ...]], Cells]
) -> dict[tuple[str, ...], list[Key]]:
    """Return the base's cells by these names: a printed pair, or sums over an unprinted table."""
    pair = {
        tuple({key.breakdown_1: key.category_1, key.breakdown_2: key.category_2}[name] for name in names): [key]
        for key in model.values
        if key.measure == base and {key.breakdown_1, key.breakdown_2} == {*names}
    }
    if pair:
        return pair
    for (measure, others), cells in made.items():
        if measure == base and {*names} <= {*others}:
            return _grouped(cells, others, [*names])
    return {}
