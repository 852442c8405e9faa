"""The published surface as quantities and equations: what an attacker with every output can write down.

Goes in: exact statistics. Comes out: quantities with their exact values, the equations and inequalities between them,
and which quantities each figure gives away. Knows the measures; decides nothing.

A quantity is a number behind figures: a count, a sum of money, the numerator of a share. It is named by a ``Key``
whose measure may carry a suffix (``#n`` numerator, ``#base`` base). A displayed share gives away its numerator and its
base (value times base is a whole number), a displayed mean the sum, a median only that there is a base.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Final

from reportgen.figures import Definition, Key

if TYPE_CHECKING:
    from reportgen.measures import Statistic, Statistics

ISSUED: Final = "penalties.issued"
DECIDED: Final = "objections.decided"
LOWERED: Final = ("cancelled", "reduced", "reduced to nil")
ROWS: Final = {
    "incidents.entrants": "incidents.count",
    "value": ISSUED,
    "notice": ISSUED,
    "objections.rate": ISSUED,
    "objections.changed_share": DECIDED,
    "objections.days": "objections.timed",
}
"""The records that a figure rests on, where they are another measure's; by measure or its first words."""

SHARES: Final = ("objections.rate", "objections.changed_share", "objections.days.within_target", "survey.response_rate")
"""Shares of people's records: numerator and remainder are protected like counts."""

SUMS: Final = {
    "value.initial_mean": "value.initial",
    "value.current_mean": "value.current",
}
"""Means, each with the sum that it gives away."""

PARTITIONS: Final = frozenset({"section", "role"})
"""Breakdowns that divide notices without overlap, so numerators of shares of notices add up over them."""


@dataclass
class Surface:
    """Quantities by key, with equations (coefficients that sum to 0) and pairs (smaller, larger)."""

    values: dict[Key, float] = field(default_factory=dict)
    equations: list[dict[Key, int]] = field(default_factory=list)
    bounds: list[tuple[Key, Key]] = field(default_factory=list)
    gives: dict[Key, tuple[Key, ...]] = field(default_factory=dict)
    rests: dict[Key, Key | None] = field(default_factory=dict)

    def add(self, key: Key, value: float) -> Key:
        """A quantity; the same number may be named by several figures."""
        self.values.setdefault(key, value)
        return key


def describe(statistics: Statistics) -> Surface:
    """Everything that the figures of one year give away."""
    surface = Surface()
    for statistic in statistics.cells.values():
        definition = statistics.definitions[statistic.key.measure]
        if definition.personal:
            surface.rests[statistic.key] = _rests(surface, statistic, definition)
            surface.gives[statistic.key] = tuple(_gives(surface, statistic, definition))
    _sums(surface, statistics.definitions)
    _quarters(surface, statistics)
    _identities(surface, statistics)
    return surface


def named(key: Key, measure: str) -> Key:
    """The same cell of another quantity."""
    return replace(key, measure=measure)


def rows_of(measure: str) -> str:
    """The measure that counts the records a figure rests on; "" where it is its own."""
    return ROWS.get(measure) or ROWS.get(measure.rpartition(".")[0]) or ROWS.get(measure.partition(".")[0], "")


def question_of(measure: str) -> str:
    """``survey.q`` of ``survey.q.positive`` and of itself."""
    return ".".join(measure.split(".")[:2])


def _rests(surface: Surface, statistic: Statistic, definition: Definition) -> Key | None:
    """The quantity that counts the records behind a figure; None where the figure is that count."""
    key, base = statistic.key, statistic.base
    if base is None or definition.kind == "change" or key.measure == "survey.response_rate":
        return None
    if definition.kind == "survey share":
        return surface.add(_of_group(key, f"{question_of(key.measure)}#base"), base)
    if definition.kind == "flow":
        return surface.add(named(key, f"{key.measure}#base"), base)
    rows = rows_of(key.measure)
    return surface.add(named(key, rows), base) if rows else None


def _of_group(key: Key, measure: str) -> Key:
    """The same group's cell of another quantity, without the answer."""
    return Key(measure, "role", key.category_1) if key.breakdown_1 == "role" else Key(measure)


def _gives(surface: Surface, statistic: Statistic, definition: Definition) -> Iterator[Key]:
    """The quantities that a displayed figure lets anyone work out."""
    key = statistic.key
    if definition.kind == "survey share" or key.measure in SHARES:
        yield surface.add(named(key, f"{key.measure}#n"), statistic.numerator or 0)
        if surface.rests[key] is not None:
            yield surface.rests[key]  # type: ignore[misc]  # just tested
    elif key.measure == "value.collected_share":
        yield surface.add(named(key, "value.paid"), (statistic.numerator or 0) / 100)
        yield surface.add(named(key, "value.current"), (statistic.denominator or 0) / 100)
    elif key.measure in SUMS:
        yield surface.add(named(key, SUMS[key.measure]), round(statistic.value * (statistic.base or 0), 2))
        yield surface.rests[key]  # type: ignore[misc]  # a mean rests on notices
    elif definition.kind in ("count", "sum", "flow"):
        yield surface.add(key, statistic.value)


def _sums(surface: Surface, definitions: Mapping[str, Definition]) -> None:
    """Totals are the sums of their parts, one breakdown after another."""
    groups: dict[tuple[Key, str], list[Key]] = {}
    for key in surface.values:
        if key.breakdown_1 and not key.breakdown_2:
            groups.setdefault((Key(key.measure), key.breakdown_1), []).append(key)
        elif key.breakdown_2:
            groups.setdefault((Key(key.measure, key.breakdown_1, key.category_1), key.breakdown_2), []).append(key)
            groups.setdefault((Key(key.measure, key.breakdown_2, key.category_2), key.breakdown_1), []).append(key)
    for (whole, name), parts in groups.items():
        if whole not in surface.values or not _divides(whole.measure, name, definitions):
            continue
        _equation(surface, {whole: 1} | dict.fromkeys(parts, -1))


def _divides(quantity: str, name: str, definitions: Mapping[str, Definition]) -> bool:
    """Whether a quantity's parts by this breakdown add up to the whole."""
    measure, _, suffix = quantity.partition("#")
    if (measure.startswith("survey.") and measure not in definitions) or (suffix and measure.startswith("survey.")):
        return name == "role"
    if suffix or measure == "objections.timed":
        return name in PARTITIONS
    if measure == DECIDED and name in PARTITIONS:
        return True
    return name in definitions[measure].additive


def _equation(surface: Surface, terms: Mapping[Key, int]) -> None:
    """Keep an equation that the exact numbers satisfy; one that they do not is no knowledge."""
    if abs(sum(surface.values[key] * sign for key, sign in terms.items())) < 0.005:  # noqa: PLR2004 - half a penny
        surface.equations.append(dict(terms))


def _quarters(surface: Surface, statistics: Statistics) -> None:
    """A quarter is its months, where the year starts with a month."""
    if statistics.period.first.day != 1:
        return
    for key in [key for key in surface.values if key.breakdown_1 == "quarter" and not key.breakdown_2]:
        first, _, last = key.category_1.partition(" to ")
        months = [
            other
            for other in surface.values
            if other.measure == key.measure and other.breakdown_1 == "month" and first <= other.category_1 <= last
        ]
        if months:
            _equation(surface, {key: 1} | dict.fromkeys(months, -1))


def _identities(surface: Surface, statistics: Statistics) -> None:
    """What the definitions say beyond adding up."""
    values = surface.values
    for key in list(values):
        cell = key.measure
        if cell == "objections.changed_share#n" and not key.breakdown_2 and key.breakdown_1 in ("", "section"):
            parts = [_outcome(key, outcome) for outcome in LOWERED]
            if all(part in values for part in parts):
                _equation(surface, {key: 1} | dict.fromkeys(parts, -1))
        elif cell == "value.outstanding":
            terms = {key: 1, named(key, "value.refund_due"): -1, named(key, "value.current"): -1}
            terms |= {named(key, "value.paid"): 1, named(key, "value.written_off"): 1}
            if all(term in values for term in terms):
                _equation(surface, terms)
            surface.bounds.append((key, named(key, "value.current")))
        elif cell == "objections.timed" and values.get(named(key, DECIDED)) == values[key]:
            _equation(surface, {key: 1, named(key, DECIDED): -1})
        elif cell == "money.closing":
            signs = {"opening": 1, "issued": 1, "increased": 1, "refunded": 1}
            signs |= {"reduced": -1, "cancelled": -1, "paid": -1, "written_off": -1}
            _equation(surface, {key: -1} | {Key(f"money.{name}"): sign for name, sign in signs.items()})
        elif cell == "survey.response_rate#n" and named(key, "survey.responses") in values:
            surface.bounds.append((key, named(key, "survey.responses")))
        elif cell == "objections.rate#n" and named(key, ISSUED) in values:
            surface.bounds.append((key, named(key, ISSUED)))
        elif cell == "objections.changed_share#n" and named(key, DECIDED) in values:
            surface.bounds.append((key, named(key, DECIDED)))
        elif cell == "objections.days.within_target#n" and named(key, "objections.timed") in values:
            surface.bounds.append((key, named(key, "objections.timed")))
        elif cell == "penalties.incidents" and named(key, ISSUED) in values:
            surface.bounds.append((key, named(key, ISSUED)))
        elif cell.startswith("survey.") and cell.endswith("#base") and named(key, "survey.responses") in values:
            surface.bounds.append((key, named(key, "survey.responses")))
    for question in statistics.records.questions:
        _question(surface, f"survey.{question.name}", question.options, question.positive, question.kind)


def _outcome(key: Key, outcome: str) -> Key:
    if key.breakdown_1:
        return Key(DECIDED, key.breakdown_1, key.category_1, "objection_outcome", outcome)
    return Key(DECIDED, "objection_outcome", outcome)


def _question(surface: Surface, measure: str, options: tuple[str, ...], positive: tuple[str, ...], kind: str) -> None:
    """The answers to a question of one answer make its base; positive answers are the sum of theirs."""
    for base in [key for key in surface.values if key.measure == f"{measure}#base"]:
        role = (base.breakdown_1, base.category_1) if base.breakdown_1 else ()
        answers = {option: Key(f"{measure}#n", *role, "option", option) for option in options}
        surface.bounds.extend((answer, base) for answer in answers.values() if answer in surface.values)
        yes = Key(f"{measure}.positive#n", *role)
        if yes in surface.values:
            surface.bounds.append((yes, base))
        if kind == "multiple" or not all(answer in surface.values for answer in answers.values()):
            continue
        _equation(surface, {base: 1} | dict.fromkeys(answers.values(), -1))
        if yes in surface.values:
            _equation(surface, {yes: 1} | {answers[option]: -1 for option in positive})
