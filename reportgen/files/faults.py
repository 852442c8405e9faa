"""Collect faults in bounded memory.

Input: problems as they occur. Output: at most 21 for each kind (code, file, column): the first twenty, and one that
counts the rest.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

from reportgen.model.problem import SHOWN, Problem, RecordCount

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

Kind = tuple[str, str | None, str | int | None]


class Faults:
    """Problems of a run, in the order in which each kind first occurred."""

    def __init__(self) -> None:
        self._kinds: dict[Kind, list[Problem]] = {}

    def add(self, *problems: Problem) -> None:
        """Add problems."""
        for problem in problems:
            same = self._kinds.setdefault((problem.code, problem.file, problem.column), [])
            if len(same) <= SHOWN:
                same.append(problem)
            else:
                same[-1] = replace(same[-1], count=same[-1].count + problem.count)

    def many(self, rows: NDArray[np.int64], make: Callable[[int], Problem]) -> None:
        """Add one problem for each row; ``make`` is called for the first 21 rows only."""
        first = rows[: SHOWN + 1].tolist()
        for row in first:
            self.add(make(row))
        if rest := len(rows) - len(first):
            self.add(replace(make(first[-1]), count=RecordCount(rest)))

    def all(self) -> tuple[Problem, ...]:
        """Return all problems kept."""
        return tuple(problem for same in self._kinds.values() for problem in same)

    @property
    def serious(self) -> bool:
        """Whether any of them is a problem rather than a notice."""
        return any(problem.severity == "problem" for same in self._kinds.values() for problem in same)
