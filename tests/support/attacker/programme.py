"""One file of all figures, with its hidden numbers as unknowns of a linear programme."""

from __future__ import annotations

import csv
import io
import math
from collections import defaultdict

from attacker.definitions import COUNTS, HIDDEN, cell


class Programme:
    """The figures of a file, and the equations and limits between them."""

    def __init__(self, data, threshold, target, sent):
        self.threshold, self.target, self.sent = threshold, target, sent
        self.value, self.base, self.hidden, self.hidden_ids = {}, {}, [], set()
        self.rows = list(csv.DictReader(io.StringIO(data.decode())))
        for row in self.rows:
            pairs = [row[name] for name in ("breakdown_1", "category_1", "breakdown_2", "category_2") if row[name]]
            here = cell(row["measure"], *pairs)
            if row["marker"] == HIDDEN:
                self.hidden.append(here)
                inner = ", ".join(f"{a}={b}" for a, b in here[1:])
                self.hidden_ids.add(row["measure"] + (f"{{{inner}}}" if inner else ""))
                self.value[here] = None
            else:
                self.value[here] = float(row["value"])
            if row["base"]:
                self.base[here] = float(row["base"])
        self.unknown, self.least, self.rows_eq, self.rows_le = {}, [], [], []
        self.added_up = set()
        self.first_of_month = self._first_of_month()
        self.hidden_cells = {*self.hidden}

    def _first_of_month(self):
        months = {c[1][1] for c in self.value if len(c) == 2 and c[1][0] == "month"}
        return len(months) <= 12

    def term(self, here, least=0.0):
        """A number as unknown or constant: {unknown: 1}, constant. None where the publication has no such thing."""
        known = self.value.get(here)
        if known is not None:
            return {}, known
        if here not in self.unknown:
            self.unknown[here] = len(self.unknown)
            self.least.append(least)
        return {self.unknown[here]: 1.0}, 0.0

    def count(self, here):
        """A count: where it is hidden it is at least 1, since 0 is shown."""
        if here not in self.value:
            return None
        return self.term(
            here, 1.0 if here[0] in COUNTS else -math.inf if here[0] in ("money.opening", "money.closing") else 0.0
        )

    def behind(self, measure, *pairs):
        """A number that has no row of its own: a base or a numerator."""
        here = cell(measure, *pairs)
        if here in self.value:
            return self.count(here)
        return self.term(here)

    def equal(self, *terms):
        """Terms with signs that come to 0."""
        self._keep(terms, self.rows_eq)

    def at_most(self, *terms):
        """Terms with signs that come to 0 or less."""
        self._keep(terms, self.rows_le)

    def _keep(self, terms, rows):
        if any(term is None for _, term in terms):
            return
        row, constant = defaultdict(float), 0.0
        for sign, (part, number_) in terms:
            constant += sign * number_
            for unknown, times in part.items():
                row[unknown] += sign * times
        rows.append((dict(row), -constant))
