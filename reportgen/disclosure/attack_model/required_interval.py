"""How open a hidden quantity must stay.

Goes in: a rule's numbers. Comes out: ``Required``: room below the exact value, above it, and in all. In the unit of the
quantity: records, people or pounds.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

SLACK: Final = 1e-4
"""A solver's number that lacks no more than this lacks nothing."""


@dataclass(frozen=True, slots=True)
class Required:
    """The least room below and above the exact value, and between the two ends; 0 asks for nothing."""

    below: float = 0.0
    above: float = 0.0
    width: float = 0.0

    def __bool__(self) -> bool:
        """Whether any room is asked for."""
        return self.below > 0 or self.above > 0 or self.width > 0

    def joined(self, other: Required) -> Required:
        """What satisfies both."""
        return Required(max(self.below, other.below), max(self.above, other.above), max(self.width, other.width))

    def lacking(self, below: float, above: float) -> float:
        """How much room is lacking on the side, or in all, where most is; 0 or less where there is enough."""
        return max(self.below - below, self.above - above, self.width - below - above)

    def enough(self, below: float, above: float) -> bool:
        """Whether this room will do."""
        return self.lacking(below, above) <= SLACK


NOTHING: Final = Required()


def at_least(width: float) -> Required:
    """Room in all, on whichever side."""
    return Required(width=width)


def around(by: float, width: float = 0.0) -> Required:
    """Room on both sides."""
    return Required(by, by, width)
