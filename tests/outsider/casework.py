"""What the definitions say about incidents, notices, objections and money: relations between measures.

Goes in: a reporting year's cells. Comes out: relations in a ``System``. A share with its base is a count; a base is a
count of another measure; what is owed is what is left of the value; a balance is carried over the year.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Final

from .breakdowns import TOTAL, Counted, enter, overlaps
from .published import Cell, Where, Year, where
from .system import System

COUNT_UNITS: Final = frozenset({"incidents", "people", "notices", "objections", "appeals", "responses"})
THOUSAND: Final = 1000.0

# The measure that the base of another counts, and the name of the numerator of a share.
BASES: Final[Mapping[str, str]] = {
    "incidents.entrants": "incidents.count",
    "objections.rate": "penalties.issued",
    "objections.changed_share": "objections.decided",
    "objections.days.median": "#timed",
    "objections.days.p90": "#timed",
    "objections.days.within_target": "#timed",
    "notice.days.median": "penalties.issued",
    "notice.days.p90": "penalties.issued",
    "value.collected_share": "penalties.issued",
}
NUMERATORS: Final[Mapping[str, str]] = {
    "objections.rate": "#objected",
    "objections.changed_share": "#lowered",
    "objections.days.within_target": "#within",
}
# Each is a part of the other, category by category.
PARTS: Final = (
    ("#objected", "penalties.issued"),
    ("#lowered", "objections.decided"),
    ("#timed", "objections.decided"),
    ("#within", "#timed"),
    ("penalties.incidents", "penalties.issued"),
)
LOWERED: Final = ("cancelled", "reduced", "reduced to nil")
SUMS: Final = ("value.initial", "value.current", "value.paid", "value.written_off", "value.outstanding")
BALANCE: Final = (1.0, -1.0, -1.0, -1.0)
MOST_31A: Final = 6000.0
LEAST_31A: Final = 1500.0
MORE_31A: Final[Mapping[str, float]] = {"second": 1500.0, "third or later": 4500.0}


def is_sum(cell: Cell) -> bool:
    """A sum of money over notices."""
    return cell.unit == "pounds" and cell.name.measure.startswith("value.") and not _average(cell.name.measure)


def _average(measure: str) -> bool:
    return measure.endswith(("_mean", "_median"))


def base_of(measure: str) -> str | None:
    """What the base of a measure counts."""
    if measure in BASES:
        return BASES[measure]
    return "penalties.issued" if measure.startswith("value.") else None


def relate(system: System, year: Year, years: Iterable[Year], unsure: Collection[str] = ()) -> None:
    """Everything about casework in one reporting year; ``unsure`` are measures whose zeros may be hidden."""
    counts = _counts(year, list(years))
    for measure in unsure:
        if measure in counts:
            counts[measure].least_hidden = 0.0
    for counted in counts.values():
        enter(system, year.label, counted)
    for part, whole in PARTS:
        _parts(system, year.label, part, whole)
    _lowered(system, year)
    _incidents(system, year.label)
    _values(system, year)
    _flow(system, year)
    _issued_twice(system, list(years), year.label)


def _counts(year: Year, years: Sequence[Year]) -> dict[str, Counted]:
    """Every count and every sum of the year with its cells: the published ones, and those that bases and shares tell."""
    made: dict[str, Counted] = {}
    for cell in year.cells.values():
        measure = cell.name.measure
        if cell.unit in COUNT_UNITS or is_sum(cell):
            counted = made.setdefault(measure, Counted(measure, overlapping=overlaps(measure, years)))
            counted.whole = cell.unit != "pounds"
            counted.least_hidden = 1.0 if counted.whole and cell.unit != "people" else 0.0
            scale = 1.0 if counted.whole else THOUSAND
            counted.known[cell.name.where] = None if cell.value is None else cell.value / scale
            if cell.hidden:
                counted.hidden.add(cell.name.where)
    for measure in year.measures():
        target = base_of(measure)
        if target and not _falsified(measure, target, years):
            _implied(made, year, measure, target)
    for part, whole in PARTS:
        if part in made and whole in made:
            names = set(made[part].categories()) - made[part].overlapping
            made[part].edges |= {edge for edge in made[whole].graph() if edge <= names}
    for counted in made.values():
        names = set(counted.categories())
        counted.edges |= {frozenset(two) for two in (("month", "quarter"), ("month", "regime")) if set(two) <= names}
    return made


def _falsified(measure: str, target: str, years: Sequence[Year]) -> bool:
    """Whether a year shows a base that is not the count it is said to be."""
    for year in years:
        counts = {cell.name.where: cell.value for cell in year.of(target)}
        for cell in year.of(measure):
            known = counts.get(cell.name.where)
            if cell.base is not None and known is not None and cell.base != known:
                return True
    return False


def _implied(made: dict[str, Counted], year: Year, measure: str, target: str) -> None:
    """The counts that a measure's bases and shares tell, also of cells that are not published themselves."""
    base = made.setdefault(target, Counted(target))
    part = NUMERATORS.get(measure)
    numerator = made.setdefault(part, Counted(part)) if part else None
    rows = {cell.name.where: cell for cell in year.of(measure)}
    for cell, row in rows.items():
        if base.known.get(cell) is None:
            base.known[cell] = None if row.base is None else float(row.base)
        if numerator is not None:
            told = row.value is not None and row.base is not None
            numerator.known[cell] = float(round((row.value or 0) * (row.base or 0))) if told else None
    if numerator is None:
        return
    for cell in _absent(year, rows):
        base.known.setdefault(cell, 0.0)
        numerator.known[cell] = 0.0


def _absent(year: Year, rows: Mapping[Where, Cell]) -> Iterable[Where]:
    """Categories of section and role without a row: a share of nothing has none."""
    vocabulary = {cell.name.where for cell in year.of("penalties.issued") if len(cell.name.where) == 1}
    names = {cell[0][0] for cell in rows if len(cell) == 1}
    return [cell for cell in vocabulary if cell[0][0] in names & {"section", "role"} and cell not in rows]


def cells_of(system: System, label: str, measure: str) -> list[Where]:
    """The categories for which a measure has a variable."""
    return [name[2] for name in system.names if isinstance(name, tuple) and name[:2] == (label, measure)]


def _parts(system: System, label: str, part: str, whole: str) -> None:
    for cell in cells_of(system, label, part):
        if (label, whole, cell) in system:
            terms = [(1.0, (label, part, cell)), (-1.0, (label, whole, cell))]
            system.at_most(terms, 0.0, f"{part} is a part of {whole}")


def _lowered(system: System, year: Year) -> None:
    """Decisions that lowered or cancelled, as a share and as outcomes."""
    for cell in cells_of(system, year.label, "#lowered"):
        outcomes = [where(*cell, ("objection_outcome", outcome)) for outcome in LOWERED]
        names = [(year.label, "objections.decided", outcome) for outcome in outcomes]
        if all(name in system for name in names):
            terms = [(1.0, name) for name in names]
            system.equal([*terms, (-1.0, (year.label, "#lowered", cell))], 0.0, "lowered, by outcome")


def _incidents(system: System, label: str) -> None:
    """A notice has an incident: where there are notices there is one at least."""
    for cell in cells_of(system, label, "penalties.incidents"):
        notices = (label, "penalties.issued", cell)
        if notices in system:
            high = system.high[system.index[notices]]
            if math.isfinite(high) and system.low[system.index[notices]] >= 1:
                system.variable((label, "penalties.incidents", cell), 1.0, high)


def _values(system: System, year: Year) -> None:
    """What is owed, notice by notice; means with their bases; the law's maximum for section 31A."""
    label = year.label
    for cell in cells_of(system, label, "value.current"):
        for measure in ("value.outstanding", "value.refund_due"):
            if (label, measure, TOTAL) in system:
                system.variable((label, measure, cell), whole=False)
        names = [(label, measure, cell) for measure in ("value.current", "value.paid", "value.written_off")]
        names += [(label, "value.outstanding", cell), (label, "value.refund_due", cell)]
        if all(name in system for name in names):
            signs = (*BALANCE, 1.0)
            system.equal(zip(signs, names, strict=True), 0.0, "outstanding and refunds")
    for measure in ("value.outstanding", "value.refund_due"):
        places = [cell for cell in cells_of(system, label, measure) if [name for name, _ in cell] == ["place"]]
        if places and not year.of(measure)[0].name.where:
            terms = [(1.0, (label, measure, cell)) for cell in places]
            system.equal([*terms, (-1.0, (label, measure, TOTAL))], 0.0, f"{measure} by place")
    for cell in year.cells.values():
        _average_of(system, label, cell)
    _law(system, label)
    _statuses(system, label)


def _average_of(system: System, label: str, cell: Cell) -> None:
    """A mean with its base is a sum; a median bounds one; a share collected ties two sums."""
    measure, place = cell.name.measure, cell.name.where
    if cell.value is None:
        return
    if measure == "value.collected_share":
        terms = [(1.0, (label, "value.paid", place)), (-cell.value, (label, "value.current", place))]
        if all(name in system for _, name in terms):
            system.relate(terms, -1e-6, 1e-6, "share collected")
    elif _average(measure) and measure.startswith("value."):
        total = (label, measure.rpartition("_")[0], place)
        notices = (label, "penalties.issued", place)
        if total not in system or notices not in system:
            return
        if measure.endswith("_mean"):
            system.relate([(1.0, total), (-cell.value / THOUSAND, notices)], -1e-5, 1e-5, "mean")
        else:
            system.at_least([(1.0, total), (-cell.value / THOUSAND / 2, notices)], 0.0, "median")


def _law(system: System, label: str) -> None:
    """Section 31A: at most £1,500 for a first notice, £3,000 for a second, £6,000 after that."""
    for cell in cells_of(system, label, "value.initial"):
        notices = (label, "penalties.issued", cell)
        if ("section", "31A") not in cell or notices not in system:
            continue
        first = (1.0, (label, "value.initial", cell))
        system.at_most([first, (-MOST_31A / THOUSAND, notices)], 0.0, "the maximum of section 31A")
        terms = [first, (-LEAST_31A / THOUSAND, notices)]
        for occasion, more in MORE_31A.items():
            terms.append((-more / THOUSAND, (label, "penalties.issued", (("occasion", occasion),))))
        if all(name in system for _, name in terms):
            system.at_most(terms, 0.0, "the maxima of section 31A by occasion")


def _issued_twice(system: System, years: Sequence[Year], label: str) -> None:
    """What was issued, from the notices and from the ledger: one figure, where every year that shows both says so."""
    pairs = [
        [cell.value for cell in year.cells.values() if cell.name.measure == measure and not cell.name.where]
        for year in years
        for measure in ("value.initial", "money.issued")
    ]
    both = [(one[0], other[0]) for one, other in zip(pairs[::2], pairs[1::2], strict=True) if one and other]
    shown = [one == other for one, other in both if one is not None and other is not None]
    names = [(label, measure, TOTAL) for measure in ("value.initial", "money.issued")]
    if shown and all(shown) and all(name in system for name in names):
        system.equal([(1.0, names[0]), (-1.0, names[1])], 0.0, "issued by notices and by the ledger")


def _statuses(system: System, label: str) -> None:
    """A status that nobody has: nothing written off, nothing paid."""
    off = (label, "penalties.issued", (("status", "written off"),))
    if off in system and system.high[system.index[off]] == 0:
        for cell in cells_of(system, label, "value.written_off"):
            system.variable((label, "value.written_off", cell), 0.0, 0.0, whole=False)


FLOW: Final[Mapping[str, float]] = {
    "opening": 1.0,
    "issued": 1.0,
    "increased": 1.0,
    "reduced": -1.0,
    "cancelled": -1.0,
    "paid": -1.0,
    "refunded": 1.0,
    "written_off": -1.0,
    "closing": -1.0,
}


def _flow(system: System, year: Year) -> None:
    """The ledger's balance over the year."""
    cells = {cell.name.measure.removeprefix("money."): cell for cell in year.cells.values()}
    for name in (*FLOW, "paid_for_others"):
        cell = cells.get(name)
        if cell is not None and cell.name.measure.startswith("money."):
            value = None if cell.value is None else cell.value / THOUSAND
            low = -math.inf if name in ("opening", "closing") else 0.0
            bounds = (low, math.inf) if value is None else (value, value)
            system.variable((year.label, f"money.{name}", TOTAL), *bounds, whole=False)
    names = [(sign, (year.label, f"money.{name}", TOTAL)) for name, sign in FLOW.items()]
    if all(name in system for _, name in names):
        system.equal(names, 0.0, "the flow of money")
    pair = [(1.0, (year.label, f"money.{name}", TOTAL)) for name in ("paid_for_others", "paid")]
    if all(name in system for _, name in pair):
        system.at_most([pair[0], (-1.0, pair[1][1])], 0.0, "paid for others is paid")
