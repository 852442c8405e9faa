"""Problems gathered along the stages of a run, and progress in the words of the stages."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final, TypeVar

from reportgen.model.problem import Found, Problem, ReportFailed, serious

T = TypeVar("T")
Say = Callable[[str], None]

STAGES: Final = (
    "Reading the release",
    "Validating inputs",
    "Calculating measures",
    "Protecting statistics",
    "Drawing tables and charts",
    "Writing the narrative",
    "Making the PDF and downloads",
    "Checking the publication",
)


class Progress:
    """Problems gathered along the way, and progress in the words of the stages."""

    def __init__(self, say: Say) -> None:
        self.say = say
        self.problems: list[Problem] = []

    def begin(self, stage: int) -> None:
        """Say which of the eight stages begins."""
        self.say(f"{stage}/{len(STAGES)} {STAGES[stage - 1]}")

    def take(self, found: Found[T]) -> T | None:
        """A stage's value, its problems kept."""
        self.problems.extend(found.problems)
        return found.value

    def settle(self) -> None:
        """Go no further with problems; ReportFailed carries all of them."""
        if serious(self.problems):
            raise ReportFailed(self.problems)


def quiet(_words: str) -> None:
    """Say nothing."""
