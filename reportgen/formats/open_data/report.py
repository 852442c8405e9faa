"""What the downloads need of the finished words, so that they need not know the room that writes them.

Goes in: nothing. Comes out: protocols that the narrative's values meet.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Protocol

from reportgen.model.figure import Key


class Caption(Protocol):
    """The words around a table or chart."""

    @property
    def title(self) -> str:
        """The headline."""

    @property
    def subtitle(self) -> str:
        """Measure, place and period."""

    @property
    def source(self) -> str:
        """Where the figures come from."""

    @property
    def notes(self) -> Sequence[str]:
        """What a reader must know."""


class Quoted(Protocol):
    """A figure that stands in the prose."""

    @property
    def key(self) -> Key:
        """Which figure."""

    @property
    def display(self) -> str:
        """As it is printed."""

    @property
    def value(self) -> float | None:
        """None where hidden."""

    @property
    def marker(self) -> str:
        """The shorthand of a hidden figure."""

    @property
    def year(self) -> str:
        """The label of the period that is quoted."""

    @property
    def part(self) -> str:
        """Nothing for the figure itself; or change, share (of the whole), interval (an end of it), base."""

    @property
    def where(self) -> Sequence[str]:
        """Template lines that quote it."""


class Report(Protocol):
    """The narrative, as far as the downloads use it."""

    @property
    def captions(self) -> Mapping[str, Caption]:
        """By id of table or chart."""

    @property
    def quoted(self) -> Sequence[Quoted]:
        """In reading order."""
