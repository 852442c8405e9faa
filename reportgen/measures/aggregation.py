"""Aggregate one frame into one measure and all its breakdowns.

Input: a pandas frame whose columns are named after breakdowns, and the categories of each. Output: statistics in print
order. Nearly every measure of the report is calculated by the functions of this module.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from heapq import nlargest
from itertools import product
from typing import TYPE_CHECKING, Any

from reportgen.measures.cliques import cliques
from reportgen.measures.statistics import Contribution, Joints, Statistic
from reportgen.model.figure import Definition, Key

if TYPE_CHECKING:
    import numpy as np
    import pandas as pd

    Floats = np.ndarray[Any, np.dtype[np.float64]]
    Places = np.ndarray[Any, np.dtype[np.int64]]

NOT_RECORDED = "not recorded"


@dataclass
class Rows:
    """A frame with, for each breakdown, its categories in order and each row's category code.

    ``fixed`` are vocabularies shown in full, including zeros; other breakdowns show the categories that occur.
    """

    frame: pd.DataFrame
    fixed: Mapping[str, tuple[str, ...]]
    coded: dict[str, tuple[tuple[str, ...], Places]] = field(default_factory=dict)

    def __len__(self) -> int:
        return len(self.frame)

    def by(self, name: str) -> tuple[tuple[str, ...], Places]:
        """Return a breakdown's categories, ``not recorded`` last if any value is missing, and each row's code."""
        if name not in self.coded:
            import pandas as pd

            column = self.frame[name]
            missing = column.isna()
            if name in self.fixed:
                known = self.fixed[name]
            else:
                known = tuple(sorted(map(str, column[~missing].unique()), key=lambda word: (word.casefold(), word)))
            places = pd.Categorical(column.astype(object), categories=list(known)).codes.astype("int64")
            if missing.any():
                places[missing.to_numpy()] = len(known)
                known = (*known, NOT_RECORDED)
            self.coded[name] = (known, places)
        return self.coded[name]

    def numbers(self, column: str) -> Places:
        """Return a column of whole numbers; it must have no missing values."""
        return self.frame[column].to_numpy(dtype="int64")

    def groups(self, definition: Definition) -> Iterator[tuple[Key, Places]]:
        """Yield each cell of a measure with its row positions: the total first, then breakdowns as defined."""
        import numpy as np

        yield Key(definition.id), np.arange(len(self.frame))
        for names in definition.breakdowns:
            if any(name not in self.frame for name in names):
                continue
            lists, codes = zip(*(self.by(name) for name in names), strict=True)
            together = np.ravel_multi_index(codes, tuple(max(len(words), 1) for words in lists))
            order = np.argsort(together, kind="stable")
            edges = np.searchsorted(together[order], np.arange(int(np.prod([len(words) for words in lists])) + 1))
            for cell, categories in enumerate(product(*lists)):
                pairs = [part for pair in zip(names, categories, strict=True) for part in pair]
                yield Key(definition.id, *pairs), order[edges[cell] : edges[cell + 1]]


@dataclass
class StatisticBuilder:
    """Collects the statistics of a year."""

    definitions: Mapping[str, Definition]
    made: dict[Key, Statistic] = field(default_factory=dict)
    joints: dict[str, Joints] = field(default_factory=dict)
    unprinted: dict[Key, Statistic] = field(default_factory=dict)

    def put(self, statistic: Statistic) -> None:
        """Add a statistic; a duplicate key raises AssertionError."""
        if statistic.key in self.made:
            raise AssertionError(f"{statistic.key} was made twice")
        self.made[statistic.key] = statistic

    def groups(self, measure: str, rows: Rows) -> Iterator[tuple[Key, Places]]:
        """Yield the cells of a measure, each with its row positions."""
        return rows.groups(self.definitions[measure])

    def count(self, measure: str, rows: Rows) -> None:
        """Count rows."""
        for key, places in self.groups(measure, rows):
            number = len(places)
            self.put(Statistic(key, float(number), numerator=number, base=number))
        self._join(measure, rows, self._pairs(measure))

    def distinct(self, measure: str, rows: Rows, column: str) -> None:
        """Count distinct values of a column."""
        import pandas as pd

        codes, _ = pd.factorize(rows.frame[column])
        for key, places in self.groups(measure, rows):
            number = len(pd.unique(codes[places]))
            self.put(Statistic(key, float(number), numerator=number, base=number))

    def total(self, measure: str, rows: Rows, column: str) -> None:
        """Sum a column of whole numbers, such as people; the base is the number of rows."""
        values = rows.numbers(column)
        for key, places in self.groups(measure, rows):
            number = int(values[places].sum())
            self.put(Statistic(key, float(number), numerator=number, base=len(places)))
        self._join(measure, rows, self._pairs(measure), values)

    def marked(self, measure: str, rows: Rows, column: str) -> None:
        """Count rows where a column is true."""
        values = rows.frame[column].to_numpy(dtype=bool)
        for key, places in self.groups(measure, rows):
            number = int(values[places].sum())
            self.put(Statistic(key, float(number), numerator=number, base=number))

    def money(self, measure: str, rows: Rows, column: str) -> None:
        """Sum a column of pence, with the number of positive contributors and the two largest."""
        for statistic in self._sums(self.definitions[measure], rows, column):
            self.put(statistic)
        self._join(measure, rows, self._pairs(measure), rows.numbers(column))

    def follows(self, measure: str, rows: Rows, column: str, printed: str) -> None:
        """Sum a column of pence by the breakdowns of another measure, without printing the sums.

        Readers can derive them from the printed sums of the other measure.
        """
        mine, others = self.definitions[measure], self.definitions[printed]
        names = tuple(names for names in others.breakdowns if names not in mine.breakdowns)
        for statistic in self._sums(replace(mine, breakdowns=names), rows, column):
            if statistic.key.breakdown_1:
                self.unprinted[statistic.key] = statistic

    def _sums(self, definition: Definition, rows: Rows, column: str) -> Iterator[Statistic]:
        values, who = rows.numbers(column), rows.numbers("contributor")
        for key, places in rows.groups(definition):
            pence, amounts = int(values[places].sum()), by_contributor(values[places], who[places])
            yield Statistic(
                key, pence / 100, numerator=pence, base=len(places), contributors=len(amounts), top=largest(amounts)
            )

    def share(self, measure: str, rows: Rows, column: str, of: str = "") -> None:
        """Calculate the share of rows where a column is true; no statistic without rows.

        ``of`` is the measure that counts the rows.
        """
        values = rows.frame[column].to_numpy(dtype=bool)
        for key, places in self.groups(measure, rows):
            base = len(places)
            if base:
                part = int(values[places].sum())
                self.put(Statistic(key, part / base, numerator=part, denominator=base, base=base))
        if of:
            pairs = dict.fromkeys((*self._pairs(of), *self._pairs(measure)))
            single = {names[0] for names in self.definitions[measure].breakdowns if len(names) == 1}
            self._join(measure, rows, [pair for pair in pairs if {*pair} <= single], values.astype("int64"), least=2)

    def _pairs(self, measure: str) -> list[tuple[str, str]]:
        """Return the two-way tables of a measure whose categories add up both ways."""
        definition = self.definitions[measure]
        pairs = [(names[0], names[1]) for names in definition.breakdowns if len(names) > 1]
        return [pair for pair in pairs if definition.kind == "share" or {*pair} <= definition.additive]

    def _join(
        self,
        measure: str,
        rows: Rows,
        pairs: Iterable[tuple[str, str]],
        weights: Places | None = None,
        least: int = 3,
    ) -> None:
        """Build the unprinted tables behind two-way tables: every cell of each clique of at least ``least`` names."""
        import numpy as np

        made: dict[tuple[str, ...], dict[tuple[str, ...], int]] = {}
        for clique in cliques(pair for pair in pairs if all(name in rows.frame for name in pair)):
            if len(clique.names) < least:
                continue
            lists, codes = zip(*(rows.by(name) for name in clique.names), strict=True)
            sizes = tuple(len(words) for words in lists)
            if len(rows):
                at = np.ravel_multi_index(codes, sizes)
                cells = np.bincount(at, weights=weights, minlength=int(np.prod(sizes))).tolist()
                made[clique.names] = {cell: int(n) for cell, n in zip(product(*lists), cells, strict=True)}
        if made:
            self.joints[measure] = made

    def money_share(self, measure: str, rows: Rows, part: str, whole: str) -> None:
        """Calculate one sum of pence as a share of another; no statistic if that is 0. The base is the notices."""
        parts, wholes = rows.numbers(part), rows.numbers(whole)
        for key, places in self.groups(measure, rows):
            pence = int(wholes[places].sum())
            if pence:
                paid = int(parts[places].sum())
                self.put(Statistic(key, paid / pence, numerator=paid, denominator=pence, base=len(places)))

    def summary(
        self, measure: str, rows: Rows, column: str, function: Callable[[Floats], float], scale: int = 1
    ) -> None:
        """Calculate a mean, median or percentile, divided by ``scale`` (100 for pence); no statistic without rows."""
        values = rows.frame[column].to_numpy(dtype="float64")
        for key, places in self.groups(measure, rows):
            if len(places):
                self.put(Statistic(key, function(values[places]) / scale, base=len(places)))


def by_contributor(amounts: Places, who: Places) -> list[Contribution]:
    """Return each contributor's total in pence, if above 0, ordered by contributor number."""
    import numpy as np
    import pandas as pd

    places, numbers = pd.factorize(who, sort=True)
    sums = np.bincount(places, weights=amounts, minlength=len(numbers)).astype("int64")
    return [Contribution(int(numbers[n]), int(sums[n])) for n in (sums > 0).nonzero()[0]]


def largest(amounts: Iterable[Contribution]) -> tuple[Contribution, ...]:
    """Return the two largest contributions, the larger first; the lower contributor number first if equal."""
    return tuple(nlargest(2, amounts, key=lambda one: (one.pence, -one.who)))


def contributors(incidents: pd.Series, firms: pd.Series | None = None) -> Places:
    """Number contributors: all notices connected by a common incident or firm have the same number.

    Numbers follow the order of incident references, so the order of rows does not matter. A notice without a firm is
    connected through its incident only.
    """
    import pandas as pd

    numbers = pd.Series(pd.factorize(incidents, sort=True)[0], index=incidents.index)
    if firms is None or not firms.notna().any():
        return numbers.to_numpy(dtype="int64")
    alone = pd.Series(range(len(firms)), index=firms.index).map("alone {}".format)
    firm = firms.where(firms.notna(), alone)
    while True:
        tied = numbers.groupby(firm).transform("min").groupby(incidents).transform("min")
        if tied.equals(numbers):
            return tied.to_numpy(dtype="int64")
        numbers = tied


def mean(values: Floats) -> float:
    """Return the arithmetic mean."""
    import math

    return math.fsum(values) / len(values)


def median(values: Floats) -> float:
    """Return the median (Hyndman and Fan type 7)."""
    import numpy as np

    return float(np.median(values))


def percentile_90(values: Floats) -> float:
    """Return the 90th percentile by linear interpolation (Hyndman and Fan type 7)."""
    import numpy as np

    return float(np.quantile(values, 0.9, method="linear"))
