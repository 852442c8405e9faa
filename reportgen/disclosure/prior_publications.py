"""Figures already published, read from the ``statistics.csv`` of earlier publications.

Input: rows of published files and a year's attack model. Output: the quantities whose exact value they disclose, and
problems where this edition would disclose more in combination with them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from reportgen.disclosure.attack_model.quantities import HALF_PENNY, PEOPLE, AttackModel, is_money
from reportgen.model.figure import Definition, Key
from reportgen.model.problem import Problem, RecordCount, Stage
from reportgen.model.protected import Figure
from reportgen.scheme import measure_ids as ids

if TYPE_CHECKING:
    from reportgen.measures import Statistics
    from reportgen.model.release import Disclosure, Release

Rows = Sequence[Mapping[str, str]]
PARTS: Final = ("measure", "breakdown_1", "category_1", "breakdown_2", "category_2")
NAMED: Final = 6
"""Most figures named in a message."""
SAME: Final = 1e-9
"""Relative tolerance: shares and means are written to 15 digits."""


@dataclass(frozen=True, slots=True)
class PriorFigures:
    """Quantities already published with their current value, each with the figure that disclosed it."""

    told: Mapping[Key, Key]


def prior_figures(statistics: Statistics, model: AttackModel, rows: Rows) -> PriorFigures:
    """Compare rows already published for the same period with this year's exact values."""
    told: dict[Key, Key] = {}
    for row in rows:
        key = Key(*(_without_formula_guard(row.get(part, "")) for part in PARTS))
        if row.get("period") != statistics.period.label or not row.get("value"):
            continue
        value, statistic = _number(row["value"]), statistics.cells.get(key)
        if value is None or statistic is None or key not in model.gives:
            continue
        rests, base = model.rests[key], _number(row.get("base", ""))
        if rests is not None and base is not None and base == model.values[rests]:
            told.setdefault(rests, key)
        near = max(SAME * abs(value), HALF_PENNY if _in_pounds(statistics, key) else SAME)
        if abs(value - statistic.value) <= near and _disclosed_base(statistics, key, base):
            told.update({given: key for given in model.gives[key] if given not in told})
    return PriorFigures(told)


def _without_formula_guard(text: str) -> str:
    """Remove the apostrophe that protects a text from being read as a formula."""
    return text[1:] if text[:1] == "'" and text[1:2] in ("=", "+", "-", "@") else text


def _number(text: str) -> float | None:
    try:
        return float(text)
    except ValueError:
        return None


def _in_pounds(statistics: Statistics, key: Key) -> bool:
    return statistics.definitions[key.measure].unit == "pounds" and is_money(key)


def _disclosed_base(statistics: Statistics, key: Key, base: float | None) -> bool:
    """Return whether a share disclosed its numerator: its base was published too and has not changed."""
    if statistics.definitions[key.measure].unit != "proportion" or key.measure == ids.VALUE_COLLECTED_SHARE:
        return True
    return base is not None and base == statistics.cells[key].base


@dataclass(frozen=True, slots=True)
class _EarlierFigure:
    """A figure as in an earlier edition; ``same_day``: both editions have the same as-at date."""

    hidden: bool
    value: float | None
    base: float | None
    same_day: bool


def compared(statistics: Statistics, figures: Mapping[Key, Figure], release: Release, rows: Rows) -> list[Problem]:
    """Report what this edition would disclose combined with earlier ones: problems if final, otherwise notices.

    A figure suppressed in an earlier edition must stay suppressed. A figure in both must not differ by fewer records
    than the threshold, because the difference would disclose what happened to those few.
    """
    shown: dict[Key, None] = {}
    isolated: dict[Key, None] = {}
    for row in rows:
        key = Key(*(_without_formula_guard(row.get(part, "")) for part in PARTS))
        figure = figures.get(key) if row.get("period") == statistics.period.label else None
        definition = statistics.definitions.get(key.measure)
        if figure is None or definition is None or not definition.personal or figure.value is None:
            continue
        same_day = row.get("as_at", "") == str(statistics.as_at)
        then = _EarlierFigure(
            not row.get("value"), _number(row.get("value", "")), _number(row.get("base", "")), same_day
        )
        if then.hidden:
            shown[key] = None
        elif then.value is not None and _isolates(figure, definition, then, statistics.settings):
            isolated[key] = None
    return [*_shown_again(shown, release), *_isolated(isolated, release)]


def _isolates(figure: Figure, definition: Definition, then: _EarlierFigure, settings: Disclosure) -> bool:
    """Return whether the difference between two values comes from fewer than ``threshold`` records.

    A sum that differs on the same records at the same as-at date was corrected in an unknown number of them, perhaps
    few.
    """
    least, value, before = settings.threshold, figure.value or 0.0, then.value or 0.0
    if definition.kind == "count" or figure.key.measure == PEOPLE:
        return 0 < abs(value - before) < least
    if definition.kind in ("change", "median", "percentile"):
        return False
    moved = abs((figure.base or 0) - (then.base or 0))
    if definition.unit == "proportion" and definition.id != ids.VALUE_COLLECTED_SHARE:
        parts = abs(round(value * (figure.base or 0)) - round(before * (then.base or 0)))
        return 0 < moved < least or (parts > 0 and moved < least and parts < least)
    differs = abs(value - before) >= HALF_PENNY if definition.unit == "pounds" else abs(value - before) > SAME
    return differs and (0 < moved < least or (moved == 0 and then.same_day))


def _shown_again(keys: Mapping[Key, None], release: Release) -> list[Problem]:
    if not keys:
        return []
    return [
        _edition(
            "edition-shows-hidden",
            f"An earlier edition hid figures that this one would show: {_listed(keys)}.",
            "Hide them again: build from the settings and inputs of the earlier edition, and keep what has come since"
            " for next year’s report.",
            release,
            len(keys),
        )
    ]


def _isolated(keys: Mapping[Key, None], release: Release) -> list[Problem]:
    if not keys:
        return []
    return [
        _edition(
            "edition-isolates",
            f"Beside an earlier edition, figures would tell what happened to fewer than {release.disclosure.threshold}"
            f" records: {_listed(keys)}.",
            "Keep the late or corrected records for next year’s report, or publish this edition once there are"
            " enough of them together.",
            release,
            len(keys),
        )
    ]


def _listed(keys: Mapping[Key, None]) -> str:
    names = [str(key) for key in keys]
    return ", ".join(names[:NAMED]) + (" and others" if len(names) > NAMED else "")


def _edition(code: str, message: str, hint: str, release: Release, number: int) -> Problem:
    if not release.final:
        message = f"{message} A final edition is refused for this."
    return Problem(
        Stage.DISCLOSURE,
        code,
        message,
        hint,
        "problem" if release.final else "notice",
        file=f"inputs/{release.edition.inputs}/published",
        count=RecordCount(number),
    )
