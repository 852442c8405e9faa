"""Which hidden cells are not hidden well enough: the findings, with their numbers.

Goes in: an attack and the truth of its years. Comes out: ``Finding`` values by kind. The rules are those that the
report prints: a hidden count may be any of 1 to threshold - 1, a hidden sum ±p% of its largest contributor.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

import pandas as pd

from .attack import Attack, Target
from .casework import COUNT_UNITS, THOUSAND, is_sum
from .published import Cell, Year
from .truth import Truth

P = 0.15
SMALL_GROUP = 20
POUND = 1e-3
HALF = 0.5
SENSITIVE = ("status", "outcome", "objection_outcome", "appeal_outcome")
SENSITIVE_SHARES = ("objections.rate", "objections.changed_share", "value.collected_share")


@dataclass(frozen=True)
class Finding:
    """One thing that can be learnt: its kind, the cell, and the numbers."""

    kind: str
    cell: str
    words: str

    def __str__(self) -> str:
        return f"{self.kind}: {self.cell}: {self.words}"


@dataclass
class Judge:
    """An attack and the truth beside it."""

    attack: Attack
    truths: Sequence[Truth]
    p: float = P
    by_label: dict[str, Truth] = field(init=False)

    def __post_init__(self) -> None:
        self.by_label = {truth.label: truth for truth in self.truths}

    def findings(self) -> Iterator[Finding]:
        """Everything that an outsider learns."""
        for target in self.attack.targets():
            truth = self.by_label.get(target.label)
            if truth is not None:
                yield from self._target(target, truth)
        yield from self._implied()
        for label, truth in self.by_label.items():
            year = self.attack.reading.years[label]
            yield from people(year, truth.threshold)
            yield from groups(year)
            yield from self._shown_sums(year, truth)

    def _target(self, target: Target, truth: Truth) -> Iterator[Finding]:
        if target.kind in ("count", "rate"):
            yield from self._count(target, target.variables[0], truth)
        elif target.kind in ("sum", "flow"):
            yield from self._sum(target, target.variables[0], truth)
        elif target.kind == "share":
            yield from self._share(target, truth)
        else:
            yield from self._both(target, truth)

    def _count(self, target: Target, variable: object, truth: Truth) -> Iterator[Finding]:
        """A small count must stay possible over 1 to threshold - 1, any other must have two values."""
        exact = truth.value(variable)
        if exact is None or exact == 0:
            return
        top = truth.threshold - 1
        wanted = (1.0, float(top)) if exact <= top else (exact - 1, exact)
        low, high = self.attack.solved.reaches(variable, *wanted)
        if high - low < HALF:
            low, high = self.attack.solved.reaches(variable, low - 1, high + 1)
        said = f"{exact:g} lies between {low:g} and {high:g}"
        if not low - HALF <= exact <= high + HALF:
            yield Finding("unsound", str(target), said)
        elif high - low < HALF:
            yield Finding("determined", str(target), said)
        elif exact <= top and high < top - HALF:
            yield Finding("count-narrow", str(target), said)
        elif exact <= top and low > 1 + HALF:
            yield Finding("count-low", str(target), said)

    def _sum(self, target: Target, variable: tuple[str, str, object], truth: Truth) -> Iterator[Finding]:
        """A sum must stay possible p% of its largest contributor below and above."""
        exact = truth.value(variable)
        if exact is None:
            return
        given = truth.populations[variable[1]].contributors(variable[2])
        if given.empty:
            return
        room = self.p * float(given.iloc[0])
        low, high = self.attack.solved.reaches(variable, exact - room, exact + room)
        said = (
            f"£{exact * THOUSAND:,.0f} (largest £{given.iloc[0] * THOUSAND:,.0f}) lies between "
            f"£{low * THOUSAND:,.0f} and £{high * THOUSAND:,.0f}"
        )
        if not low - POUND <= exact <= high + POUND:
            yield Finding("unsound", str(target), said)
            return
        under, over = low > exact - room + POUND, high < exact + room - POUND
        prefix = "" if tells(given, self.p, truth.threshold) else "secondary-"
        if high - low < POUND:
            yield Finding(f"{prefix}determined", str(target), said)
        elif under and over:
            yield Finding(f"{prefix}sum-narrow", str(target), said)
        elif under or over:
            yield Finding(f"{prefix}sum-one-sided", str(target), said)

    def _share(self, target: Target, truth: Truth) -> Iterator[Finding]:
        """The numerator and what is left of the base are counts of people."""
        numerator, base = target.variables
        part, whole = truth.value(numerator), truth.value(base)
        if self.attack.solved.known(base) or (part or 0) < truth.threshold:
            yield from self._count(target, numerator, truth)
        if part is None or whole is None or not self.attack.solved.known(base):
            return
        rest, top = whole - part, truth.threshold - 1
        if 1 <= rest <= top:
            low, high = self.attack.solved.reaches(numerator, max(whole - top, 0), whole - 1)
            said = f"the rest of {whole:g}, {rest:g}, lies between {whole - high:g} and {whole - low:g}"
            if low > max(whole - top, 0) + HALF:
                yield Finding("share-narrow", str(target), said)
            elif high < whole - 1 - HALF:
                yield Finding("count-low", str(target), said)

    def _both(self, target: Target, truth: Truth) -> Iterator[Finding]:
        """Two unknowns make the figure: it is found where both are; a small base is a count of people."""
        found = []
        for variable in target.variables:
            exact = truth.value(variable)
            if exact is None:
                return
            step = 1.0 if self.attack.system.whole[self.attack.system.index[variable]] else POUND
            found.append((exact, *self.attack.solved.reaches(variable, exact - step, exact + step)))
        if all(high - low < POUND for _, low, high in found) and found[0][0] > 0:
            yield Finding("determined", str(target), " of ".join(f"{exact:g}" for exact, _, _ in found))
        if target.kind == "opinion" and found[1][0] < truth.threshold:
            yield from self._count(target, target.variables[1], truth)

    def _implied(self) -> Iterator[Finding]:
        """Small counts that no table prints and that follow at once from those that are printed."""
        for name, place in self.attack.system.index.items():
            if not isinstance(name, tuple) or place in self.attack.solved.components:
                continue
            truth = self.by_label.get(name[0])
            exact = truth.value(name) if truth else None
            cells = self.attack.reading.years[name[0]].cells
            printed = any((cell.name.measure, cell.name.where) == name[1:] for cell in cells.values())
            whole = self.attack.system.whole[place]
            opinion = str(name[1]).startswith("survey.")
            if (
                truth
                and exact
                and not printed
                and whole
                and not opinion
                and exact < truth.threshold
                and len(name[2]) < 3
            ):
                yield Finding("implied-count", f"{name[0]}: {name[1]} {dict(name[2])}", f"{exact:g}")

    def _shown_sums(self, year: Year, truth: Truth) -> Iterator[Finding]:
        """The p%-rule on what is shown, incident by incident: the second must not know the first."""
        for cell in year.cells.values():
            flow = cell.name.measure.startswith("money.") and cell.name.measure in truth.populations
            if cell.value and (is_sum(cell) or flow) and cell.name.measure in truth.populations:
                given = truth.populations[cell.name.measure].contributors(cell.name.where)
                if len(given) and (words := sensitive(given, self.p)):
                    yield Finding("shown-sum", f"{year.label}: {cell.name}", words)
        for measure in dict.fromkeys(cell.name.measure for cell in year.cells.values() if is_sum(cell)):
            yield from self._residuals(year, truth, measure)

    def _residuals(self, year: Year, truth: Truth, measure: str) -> Iterator[Finding]:
        """What is left of a total less what is shown: a sum over the hidden cells together."""
        cells = year.of(measure)
        if not any(cell.value and not cell.name.where for cell in cells):
            return
        names = dict.fromkeys(tuple(name for name, _ in cell.name.where) for cell in cells if cell.name.where)
        for breakdown in names:
            hidden = [c for c in cells if c.hidden and tuple(name for name, _ in c.name.where) == breakdown]
            population = truth.populations.get(measure)
            if len(hidden) < 2 or population is None:
                continue
            rows = pd.concat([population.within(cell.name.where) for cell in hidden])
            given = (rows.groupby("group")["weight"].sum() / population.scale).sort_values(ascending=False)
            given = given[given > 0]
            if len(given) and (words := sensitive(given, self.p)):
                which = ", ".join(cell.name.where[-1][1] for cell in hidden)
                yield Finding("residual-sum", f"{year.label}: {measure} by {breakdown}: {which}", words)


def sensitive(given: pd.Series, p: float) -> str:
    """By the p%-rule: whether the second largest can tell the largest to p%; the numbers, or nothing."""
    first = float(given.iloc[0])
    second = float(given.iloc[1]) if len(given) > 1 else 0.0
    rest = float(given.sum()) - first - second
    if rest >= p * first - 1e-9:
        return ""
    return (
        f"£{given.sum() * THOUSAND:,.0f} from {len(given)}, largest £{first * THOUSAND:,.0f}, "
        f"second £{second * THOUSAND:,.0f}: the second knows the first to {100 * rest / first:.1f}%"
    )


def tells(given: pd.Series, p: float, threshold: int) -> bool:
    """Whether a sum would itself tell of somebody: few give to it, or the p%-rule says so."""
    return len(given) < threshold or bool(sensitive(given, p))


def people(year: Year, threshold: int) -> Iterator[Finding]:
    """Counts of people, or of anything else, shown from 1 to threshold - 1."""
    for cell in year.cells.values():
        if cell.unit in COUNT_UNITS and cell.value is not None and 0 < cell.value < threshold:
            yield Finding("shown-small", f"{year.label}: {cell.name}", f"{cell.value:g} is shown")


def groups(year: Year) -> Iterator[Finding]:
    """Small rows of which all are in one sensitive category."""
    for cell in year.cells.values():
        if cell.name.measure in SENSITIVE_SHARES and cell.value == 1 and 0 < (cell.base or 0) <= SMALL_GROUP:
            yield Finding("group", f"{year.label}: {cell.name}", f"all of {cell.base}")
        sensitive_part = [pair for pair in cell.name.where if pair[0] in SENSITIVE]
        if len(sensitive_part) == 1 and cell.unit in COUNT_UNITS and cell.value and cell.value <= SMALL_GROUP:
            row = tuple(pair for pair in cell.name.where if pair[0] not in SENSITIVE)
            if _alone(year, cell, row, sensitive_part[0][0]):
                yield Finding("group", f"{year.label}: {cell.name}", f"all of {cell.value:g}")


def _alone(year: Year, cell: Cell, row: tuple[tuple[str, str], ...], breakdown: str) -> bool:
    """Whether the other categories of the row are all shown as 0."""
    others = [
        other
        for other in year.of(cell.name.measure)
        if other is not cell
        and tuple(pair for pair in other.name.where if pair[0] != breakdown) == row
        and any(name == breakdown for name, _ in other.name.where)
    ]
    return bool(others) and all(other.value == 0 for other in others)
