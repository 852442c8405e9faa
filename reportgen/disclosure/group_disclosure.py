"""Group disclosure: small groups of which everybody is known to have had the same outcome.

Goes in: statistics and, once protected, which of them are displayed. Comes out: the figures that say it of a group. No
cell of such a group need be small: that all seven objections were rejected tells each of the seven (Hundepool and
others, Statistical Disclosure Control, 2012, section 5.2.2). Whether that is sensitive is for a person to say, unless
the release hides it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from collections.abc import Set as AbstractSet
from typing import TYPE_CHECKING, Final

from reportgen.disclosure.attack_model.quantities import AttackModel, named
from reportgen.disclosure.attack_model.required_interval import at_least
from reportgen.disclosure.primary_suppression import Hidden, least_count
from reportgen.model.figure import Key

if TYPE_CHECKING:
    from reportgen.measures import Statistic, Statistics

SENSITIVE: Final = frozenset({"objection_outcome", "appeal_outcome", "status"})
"""Breakdowns that say what became of somebody."""
SENSITIVE_SHARES: Final = frozenset({"objections.changed_share", "objections.rate", "value.collected_share"})
"""Shares that say it: of 0% or 100% of a group."""


def alike(statistics: Statistics, shown: AbstractSet[Key] | None = None) -> tuple[Key, ...]:
    """The figures that say the same of everybody in a group of at most ``group_rows``; of those ``shown``, if given."""
    found = (*_rows(statistics.cells, statistics.settings.group_rows), *_shares(statistics))
    return tuple(key for key in found if shown is None or key in shown)


def hide_alike(statistics: Statistics, model: AttackModel, hidden: Hidden) -> None:
    """Hide what says the same of everybody in a small group."""
    least = least_count(statistics.settings)
    for key in alike(statistics):
        share = key.measure in SENSITIVE_SHARES
        quantity = named(key, f"{key.measure}#n") if share else key
        if quantity in model.values:
            hidden.hide(quantity, at_least(least))


def _rows(cells: Mapping[Key, Statistic], most: int) -> Iterator[Key]:
    """Cells that hold everybody of their row: of a table by an outcome, or by anything else and an outcome."""
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
    """Shares of none or all of a small group."""
    for key, statistic in statistics.cells.items():
        alone = statistic.value in (0.0, 1.0) and (statistic.base or 0) > 1
        if key.measure in SENSITIVE_SHARES and alone and (statistic.base or 0) <= statistics.settings.group_rows:
            yield key
