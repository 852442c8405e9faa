"""Group disclosure: small groups whose members all had the same outcome.

Input: statistics and, once protected, which of them are displayed. Output: the figures that disclose it. No cell of
such a group need be small: if all seven objections were rejected, the table discloses each of the seven (Hundepool and
others, Statistical Disclosure Control, 2012, section 5.2.2). A person decides whether that is sensitive, unless the
release settings suppress it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from collections.abc import Set as AbstractSet
from typing import TYPE_CHECKING, Final

from reportgen.disclosure.attack_model.quantities import AttackModel, named
from reportgen.disclosure.attack_model.required_interval import at_least
from reportgen.disclosure.primary_suppression import Hidden, least_count
from reportgen.model.figure import Key
from reportgen.scheme import measure_ids as ids

if TYPE_CHECKING:
    from reportgen.measures import Statistic, Statistics

SENSITIVE: Final = frozenset({"objection_outcome", "appeal_outcome", "status"})
"""Breakdowns by the outcome of a case."""
SENSITIVE_SHARES: Final = frozenset({ids.OBJECTIONS_CHANGED_SHARE, ids.OBJECTIONS_RATE, ids.VALUE_COLLECTED_SHARE})
"""Shares that disclose an outcome at 0% or 100% of a group."""


def alike(statistics: Statistics, shown: AbstractSet[Key] | None = None) -> tuple[Key, ...]:
    """Return the figures that disclose one outcome for a whole group of at most ``group_rows`` records.

    Only those among ``shown``, if given.
    """
    found = (*_rows(statistics.cells, statistics.settings.group_rows), *_shares(statistics))
    return tuple(key for key in found if shown is None or key in shown)


def hide_alike(statistics: Statistics, model: AttackModel, hidden: Hidden) -> None:
    """Suppress the figures that disclose one outcome for everybody in a small group."""
    least = least_count(statistics.settings)
    for key in alike(statistics):
        share = key.measure in SENSITIVE_SHARES
        quantity = named(key, f"{key.measure}#n") if share else key
        if quantity in model.values:
            hidden.hide(quantity, at_least(least))


def _rows(cells: Mapping[Key, Statistic], most: int) -> Iterator[Key]:
    """Yield cells that contain their whole row of a table by outcome, if the row is small."""
    rows: dict[Key, list[Statistic]] = {}
    for key, statistic in cells.items():
        if key.breakdown_1 in SENSITIVE and not key.breakdown_2:
            rows.setdefault(Key(key.measure, "", "", key.breakdown_1), []).append(statistic)
        elif key.breakdown_2 in SENSITIVE:
            row = Key(key.measure, key.breakdown_1, key.category_1, key.breakdown_2)
            rows.setdefault(row, []).append(statistic)
        elif key.breakdown_2 and key.breakdown_1 in SENSITIVE:
            row = Key(key.measure, key.breakdown_2, key.category_2, key.breakdown_1)
            rows.setdefault(row, []).append(statistic)
    for together in rows.values():
        there = [statistic for statistic in together if statistic.value > 0]
        if len(together) > 1 and len(there) == 1 and 1 < there[0].value <= most:
            yield there[0].key


def _shares(statistics: Statistics) -> Iterator[Key]:
    """Yield shares of 0% or 100% of a small group."""
    for key, statistic in statistics.cells.items():
        alone = statistic.value in (0.0, 1.0) and (statistic.base or 0) > 1
        if key.measure in SENSITIVE_SHARES and alone and (statistic.base or 0) <= statistics.settings.group_rows:
            yield key
