"""Build the attack model of a year from its figures.

Input: exact statistics. Output: the quantities behind each figure, with every constraint between them.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import TYPE_CHECKING

from reportgen.disclosure.attack_model.constraints import relate
from reportgen.disclosure.attack_model.quantities import (
    BALANCES,
    PEOPLE,
    SHARES,
    SUMS,
    AttackModel,
    named,
    question_of,
    rows_of,
)
from reportgen.model.figure import Definition, Key
from reportgen.scheme import measure_ids as ids

if TYPE_CHECKING:
    from reportgen.measures import Statistic, Statistics


def describe(statistics: Statistics) -> AttackModel:
    """Build the model of everything that one year's figures disclose."""
    model = AttackModel()
    for statistic in statistics.cells.values():
        definition = statistics.definitions[statistic.key.measure]
        if definition.personal:
            model.rests[statistic.key] = _rests(model, statistic, definition)
            model.gives[statistic.key] = tuple(_gives(model, statistic, definition, statistics.settings.threshold))
    relate(model, statistics)
    return model


def _rests(model: AttackModel, statistic: Statistic, definition: Definition) -> Key | None:
    """Add and return the quantity that counts the records behind a figure; None if the figure is that count.

    A figure that exists is based on at least one record, so the quantity is at least 1.
    """
    key, base = statistic.key, statistic.base
    if base is None or definition.kind == "change" or key.measure == ids.SURVEY_RESPONSE_RATE:
        return None
    if definition.kind == "survey share":
        return model.add(_of_group(key, f"{question_of(key.measure)}#base"), base, 1.0)
    if definition.kind == "flow":
        return model.add(named(key, f"{key.measure}#base"), base, 1.0)
    rows = rows_of(key.measure)
    return model.add(named(key, rows), base, 1.0) if rows else None


def _of_group(key: Key, measure: str) -> Key:
    """Return the same group's key of another quantity, without the answer option."""
    return Key(measure, "role", key.category_1) if key.breakdown_1 == "role" else Key(measure)


def _gives(model: AttackModel, statistic: Statistic, definition: Definition, threshold: int) -> Iterator[Key]:
    """Add and yield the quantities that a displayed figure discloses.

    A count of 0 is always displayed, so a suppressed count is at least 1. The same holds for a suppressed numerator on
    a displayed base, and for a suppressed number of people found in enough incidents. A flow of money may be displayed
    without its number of notices.
    """
    key, rests = statistic.key, model.rests[statistic.key]
    if definition.kind == "survey share" or key.measure in SHARES:
        floor = 1.0 if key.measure in SHARES and (statistic.base or 0) >= threshold else 0.0
        yield model.add(named(key, f"{key.measure}#n"), statistic.numerator or 0, floor)
    elif key.measure == ids.VALUE_COLLECTED_SHARE:
        yield model.add(named(key, ids.VALUE_PAID), (statistic.numerator or 0) / 100)
        yield model.add(named(key, ids.VALUE_CURRENT), (statistic.denominator or 0) / 100)
    elif key.measure in SUMS:
        yield model.add(named(key, SUMS[key.measure]), round(statistic.value * (statistic.base or 0), 2))
    elif definition.kind == "count":
        yield model.add(key, statistic.value, 1.0)
    elif definition.kind in ("sum", "flow"):
        floor = (
            -math.inf
            if key.measure in BALANCES
            else float(key.measure == PEOPLE and (statistic.base or 0) >= threshold)
        )
        yield model.add(key, statistic.value, floor)
    if rests is not None and definition.kind != "flow":
        yield rests
