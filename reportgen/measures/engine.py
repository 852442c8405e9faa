"""Counting: one frame, one measure, all its breakdowns.

Goes in: a pandas frame whose columns are named after breakdowns, and the categories of each. Comes out: statistics in
print order. Every measure of the report is made by the functions of this module.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import product
from typing import TYPE_CHECKING, Any

from reportgen.figures import Definition, Key
from reportgen.measures.types import Statistic

if TYPE_CHECKING:
    import numpy as np
    import pandas as pd

    Floats = np.ndarray[Any, np.dtype[np.float64]]
    Places = np.ndarray[Any, np.dtype[np.int64]]

NOT_RECORDED = "not recorded"


@dataclass
class Rows:
    """A frame and, for each breakdown it can be cut by, its categories in order and each row's place among them.

    ``fixed`` are the vocabularies shown in full, also at 0; any other breakdown shows the categories that occur.
    """

    frame: pd.DataFrame
    fixed: Mapping[str, tuple[str, ...]]
    coded: dict[str, tuple[tuple[str, ...], Places]] = field(default_factory=dict)

    def __len__(self) -> int:
        return len(self.frame)

    def by(self, name: str) -> tuple[tuple[str, ...], Places]:
        """The categories of a breakdown, ``not recorded`` last where a row has none, and each row's place."""
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
        """A column of whole numbers; nothing missing."""
        return self.frame[column].to_numpy(dtype="int64")

    def groups(self, definition: Definition) -> Iterator[tuple[Key, Places]]:
        """Each cell of a measure with the places of its rows: the total first, then the breakdowns as defined."""
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
class Cells:
    """The statistics made so far."""

    definitions: Mapping[str, Definition]
    made: dict[Key, Statistic] = field(default_factory=dict)

    def put(self, statistic: Statistic) -> None:
        """Keep a statistic; a key made twice is a defect of ours."""
        if statistic.key in self.made:
            raise AssertionError(f"{statistic.key} was made twice")
        self.made[statistic.key] = statistic

    def groups(self, measure: str, rows: Rows) -> Iterator[tuple[Key, Places]]:
        """The cells of a measure, each with the places of its rows."""
        return rows.groups(self.definitions[measure])

    def count(self, measure: str, rows: Rows) -> None:
        """Rows."""
        for key, places in self.groups(measure, rows):
            number = len(places)
            self.put(Statistic(key, float(number), numerator=number, base=number))

    def distinct(self, measure: str, rows: Rows, column: str) -> None:
        """Different values of a column."""
        import pandas as pd

        codes, _ = pd.factorize(rows.frame[column])
        for key, places in self.groups(measure, rows):
            number = len(pd.unique(codes[places]))
            self.put(Statistic(key, float(number), numerator=number, base=number))

    def total(self, measure: str, rows: Rows, column: str) -> None:
        """A sum of whole numbers, such as people; its base is the rows."""
        values = rows.numbers(column)
        for key, places in self.groups(measure, rows):
            number = int(values[places].sum())
            self.put(Statistic(key, float(number), numerator=number, base=len(places)))

    def marked(self, measure: str, rows: Rows, column: str) -> None:
        """Rows where a column is true."""
        values = rows.frame[column].to_numpy(dtype=bool)
        for key, places in self.groups(measure, rows):
            number = int(values[places].sum())
            self.put(Statistic(key, float(number), numerator=number, base=number))

    def money(self, measure: str, rows: Rows, column: str) -> None:
        """A sum of pence, with the number of amounts above 0 and the largest of them."""
        values = rows.numbers(column)
        for key, places in self.groups(measure, rows):
            amounts = values[places]
            pence = int(amounts.sum())
            self.put(
                Statistic(
                    key,
                    pence / 100,
                    numerator=pence,
                    base=len(places),
                    contributors=int((amounts > 0).sum()),
                    largest=int(amounts.max(initial=0)),
                )
            )

    def share(self, measure: str, rows: Rows, column: str) -> None:
        """Rows where a column is true, as a share of the rows; none without rows."""
        values = rows.frame[column].to_numpy(dtype=bool)
        for key, places in self.groups(measure, rows):
            base = len(places)
            if base:
                part = int(values[places].sum())
                self.put(Statistic(key, part / base, numerator=part, denominator=base, base=base))

    def money_share(self, measure: str, rows: Rows, part: str, whole: str) -> None:
        """One sum of pence as a share of another; none where the other is 0. The base is the notices."""
        parts, wholes = rows.numbers(part), rows.numbers(whole)
        for key, places in self.groups(measure, rows):
            pence = int(wholes[places].sum())
            if pence:
                paid = int(parts[places].sum())
                self.put(Statistic(key, paid / pence, numerator=paid, denominator=pence, base=len(places)))

    def summary(
        self, measure: str, rows: Rows, column: str, function: Callable[[Floats], float], scale: int = 1
    ) -> None:
        """A mean, median or percentile of a column, divided by ``scale`` (100 for pence); none without rows."""
        values = rows.frame[column].to_numpy(dtype="float64")
        for key, places in self.groups(measure, rows):
            if len(places):
                self.put(Statistic(key, function(values[places]) / scale, base=len(places)))


def mean(values: Floats) -> float:
    """The arithmetic mean."""
    import math

    return math.fsum(values) / len(values)


def median(values: Floats) -> float:
    """The median: Hyndman and Fan type 7 at one half."""
    import numpy as np

    return float(np.median(values))


def percentile_90(values: Floats) -> float:
    """The 90th percentile by linear interpolation, Hyndman and Fan type 7."""
    import numpy as np

    return float(np.quantile(values, 0.9, method="linear"))
