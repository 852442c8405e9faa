"""The feasibility interval that a suppressed quantity requires.

Input: a rule's numbers. Output: ``Required``: distance below and above the exact value, and total width, in the
quantity's unit (records, people or pounds).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

SLACK: Final = 1e-4
"""Tolerance when a solver's interval is compared with the required one."""


@dataclass(frozen=True, slots=True)
class Required:
    """Least distance below and above the exact value, and least total width; 0 requires nothing."""

    below: float = 0.0
    above: float = 0.0
    width: float = 0.0

    def __bool__(self) -> bool:
        """Return whether anything is required."""
        return self.below > 0 or self.above > 0 or self.width > 0

    def joined(self, other: Required) -> Required:
        """Return a requirement that satisfies both."""
        return Required(max(self.below, other.below), max(self.above, other.above), max(self.width, other.width))

    def lacking(self, below: float, above: float) -> float:
        """Return the largest shortfall, on either side or in width; 0 or less if there is none."""
        return max(self.below - below, self.above - above, self.width - below - above)

    def enough(self, below: float, above: float) -> bool:
        """Return whether an interval satisfies the requirement."""
        return self.lacking(below, above) <= SLACK


NOTHING: Final = Required()


def at_least(width: float) -> Required:
    """Require a total width, on either side."""
    return Required(width=width)


def around(by: float, width: float = 0.0) -> Required:
    """Require a distance on both sides, and optionally a width."""
    return Required(by, by, width)
