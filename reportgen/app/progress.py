"""Collect problems across stages, and report progress."""

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
    """Problems collected so far, and the function that reports progress."""

    def __init__(self, say: Say) -> None:
        self.say = say
        self.problems: list[Problem] = []

    def begin(self, stage: int) -> None:
        """Report the start of a stage."""
        self.say(f"{stage}/{len(STAGES)} {STAGES[stage - 1]}")

    def take(self, found: Found[T]) -> T | None:
        """Keep a stage's problems and return its value."""
        self.problems.extend(found.problems)
        return found.value

    def settle(self) -> None:
        """Raise ReportFailed with all problems, if there are any besides notices."""
        if serious(self.problems):
            raise ReportFailed(self.problems)


def quiet(_words: str) -> None:
    """Report nothing."""
