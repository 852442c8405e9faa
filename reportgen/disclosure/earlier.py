"""What is out already: the figures that an earlier publication told, read from its ``statistics.csv``.

Goes in: rows of published files and a year's surface. Comes out: the quantities whose exact value they give away, and
the figures whose value has changed since. Knows nothing of why.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from reportgen.disclosure.surface import HALF_PENNY, Surface, is_money
from reportgen.figures import Key

if TYPE_CHECKING:
    from reportgen.measures import Statistics

Rows = Sequence[Mapping[str, str]]
PARTS: Final = ("measure", "breakdown_1", "category_1", "breakdown_2", "category_2")
SAME: Final = 1e-9
"""Shares and means are written to 15 digits."""


@dataclass(frozen=True, slots=True)
class Earlier:
    """Quantities told before with the value that they have now, each by a figure; and displayed counts that moved."""

    told: Mapping[Key, Key]
    moved: tuple[tuple[Key, float], ...] = ()


def earlier(statistics: Statistics, surface: Surface, rows: Rows) -> Earlier:
    """Compare the earlier rows of the same period with this year's exact numbers."""
    told: dict[Key, Key] = {}
    moved: dict[Key, float] = {}
    for row in rows:
        key = Key(*(_plain(row.get(part, "")) for part in PARTS))
        if row.get("period") != statistics.period.label or not row.get("value"):
            continue
        value, statistic = _number(row["value"]), statistics.cells.get(key)
        if value is None or statistic is None or key not in surface.gives:
            continue
        rests, base = surface.rests[key], _number(row.get("base", ""))
        if rests is not None and base is not None and base == surface.values[rests]:
            told.setdefault(rests, key)
        if abs(value - statistic.value) <= max(SAME * abs(value), HALF_PENNY if _in_pounds(statistics, key) else SAME):
            if _gave_base(statistics, key, base):
                told.update({given: key for given in surface.gives[key] if given not in told})
        elif statistics.definitions[key.measure].kind == "count":
            moved[key] = value
    return Earlier(told, tuple(sorted(moved.items())))


def _plain(text: str) -> str:
    """Words as they were before they were made harmless for spreadsheets."""
    return text[1:] if text[:1] == "'" and text[1:2] in ("=", "+", "-", "@") else text


def _number(text: str) -> float | None:
    try:
        return float(text)
    except ValueError:
        return None


def _in_pounds(statistics: Statistics, key: Key) -> bool:
    return statistics.definitions[key.measure].unit == "pounds" and is_money(key)


def _gave_base(statistics: Statistics, key: Key, base: float | None) -> bool:
    """Whether a share told its numerator: its base stood beside it and is the same as now."""
    if statistics.definitions[key.measure].unit != "proportion" or key.measure == "value.collected_share":
        return True
    return base is not None and base == statistics.cells[key].base
