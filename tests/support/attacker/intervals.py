"""The interval in which each hidden number must lie."""

from __future__ import annotations

import math
from collections import defaultdict

import numpy as np
from scipy.optimize import linprog
from scipy.sparse import csr_array

from attacker.definitions import COUNTS, LOOSE, PENNIES, SHARES
from attacker.survey_equations import SurveyEquations


class Intervals(SurveyEquations):
    """Solves the linear programme for the ends of each hidden number."""

    def ranges(self):
        """Every hidden number that the equations leave too little room."""
        fixed = self._fixed()
        names = {number_: here for here, number_ in self.unknown.items()}
        for unknown, value in fixed.items():
            if self._needs(names[unknown]) > 0 and value > LOOSE:
                yield f"{names[unknown]} is {value:g}"
        for unknowns, equal, less in self._components(fixed, names):
            wanted = [here for here in unknowns if self._needs(here)]
            if not wanted:
                continue
            spot = {self.unknown[here]: n for n, here in enumerate(unknowns)}
            a_eq, b_eq = self._matrix(equal, spot)
            a_le, b_le = self._matrix(less, spot)
            floors = [self.least[self.unknown[here]] for here in unknowns]
            bounds = [(None if least == -math.inf else least, None) for least in floors]
            for here in wanted:
                least, most = self._ends(spot[self.unknown[here]], a_eq, b_eq, a_le, b_le, bounds)
                if most - least < self._needs(here) - 1e-4 and most > LOOSE:
                    yield f"{here} lies between {least:g} and {most:g}"

    def _ends(self, place, a_eq, b_eq, a_le, b_le, bounds):
        ends = []
        for sign in (-1.0, 1.0):
            cost = np.zeros(len(bounds))
            cost[place] = sign
            solved = self._solved(cost, a_eq, b_eq, a_le, b_le, bounds)
            if solved.status == 3:
                return -math.inf, math.inf
            ends.append(sign * solved.fun)
        return ends[1], ends[0]

    @staticmethod
    def _solved(cost, a_eq, b_eq, a_le, b_le, bounds):
        """The least of a cost; a solver that finds no solution is asked in other ways before it is believed."""
        for method, presolve in (("highs", True), ("highs-ds", False), ("highs-ipm", True)):
            solved = linprog(
                cost,
                A_eq=a_eq,
                b_eq=b_eq,
                A_ub=a_le,
                b_ub=b_le,
                bounds=bounds,
                method=method,
                options={"presolve": presolve},
            )
            if solved.status in (0, 3):
                return solved
        raise AssertionError("the published figures contradict each other")

    def _needs(self, here):
        measure = here[0]
        if self._shown(here):
            return 0.0
        if measure == "survey.response_rate numerator" and self.sent:
            roles = [self.sent.get(here[1][1], 0)] if here[1:] else self.sent.values()
            return min(self.threshold, sum(max(0, one - 2) for one in roles))
        if (
            measure in COUNTS
            or measure == "incidents.entrants"
            or (measure.endswith(" numerator") and measure.split()[0] in SHARES)
        ):
            return self.threshold
        if measure.startswith(("value.", "money.")):
            return PENNIES
        return 1.0 if measure.endswith(" numerator") else 0.0

    def _shown(self, here):
        """Whether a number is no secret: a numerator whose share or parts are displayed, or what no row hides."""
        return here in self.added_up or (here[0].removesuffix(" numerator"), *here[1:]) not in self.hidden_cells

    def _matrix(self, rows, spot):
        if not rows:
            return None, None
        data = [(n, spot[unknown], times) for n, (row, _) in enumerate(rows) for unknown, times in row.items()]
        down, across, times = zip(*data, strict=True)
        return csr_array((times, (down, across)), shape=(len(rows), len(spot))), np.array([total for _, total in rows])

    def _fixed(self):
        """What an equation with one unknown gives, and then the next."""
        fixed = {}
        while True:
            fresh = {}
            for row, total in self.rows_eq:
                left = {u: t for u, t in row.items() if u not in fixed and abs(t) > 1e-12}
                if len(left) == 1:
                    ((unknown, times),) = left.items()
                    fresh[unknown] = (total - sum(t * fixed[u] for u, t in row.items() if u in fixed)) / times
            if not fresh:
                return fixed
            fixed |= fresh

    def _components(self, fixed, names):  # noqa: C901 - cut, put in place, gather
        """The other unknowns, those together that hang together, with their equations and limits."""
        leader = {unknown: unknown for unknown in names if unknown not in fixed}

        def lead(unknown):
            while leader[unknown] != unknown:
                unknown = leader[unknown]
            return unknown

        kept = []
        for rows in (self.rows_eq, self.rows_le):
            kept.append([])
            for row, total in rows:
                left = {u: t for u, t in row.items() if u not in fixed and abs(t) > 1e-12}
                rest = total - sum(t * fixed[u] for u, t in row.items() if u in fixed)
                if not left:
                    if (rows is self.rows_eq and abs(rest) > 0.02) or (rows is self.rows_le and rest < -0.02):
                        raise AssertionError("the published figures contradict each other")
                    continue
                kept[-1].append((left, rest))
                first, *others = left
                for other in others:
                    leader[lead(other)] = lead(first)
        groups = defaultdict(lambda: ([], [], []))
        for unknown in leader:
            groups[lead(unknown)][0].append(names[unknown])
        for n in (0, 1):
            for row, total in kept[n]:
                groups[lead(next(iter(row)))][n + 1].append((row, total))
        return list(groups.values())
