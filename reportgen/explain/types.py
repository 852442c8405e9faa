"""What is needed of a composed report to explain its figures: no more than this, so that no later stage is imported."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from reportgen.model.chart import Chart
    from reportgen.model.narrative import Narrative
    from reportgen.model.protected import ProtectedStatistics
    from reportgen.model.release import Release
    from reportgen.model.table import Table


class Source(Protocol):
    """Where an input table came from."""

    @property
    def file(self) -> str:
        """``inputs/2025/penalties.csv``."""

    @property
    def rows(self) -> int | None:
        """How many rows it has; None where that may not be told."""


class Numbers(Protocol):
    """A year's figures and what is drawn from them."""

    @property
    def release(self) -> Release:
        """The year's settings."""

    @property
    def previous(self) -> Release | None:
        """Last year's settings, where there is a last year."""

    @property
    def sources(self) -> Mapping[str, Source]:
        """The input tables by ``year/table``."""

    @property
    def statistics(self) -> ProtectedStatistics:
        """What may be printed."""

    @property
    def tables(self) -> Mapping[str, Table]:
        """Every table by id."""

    @property
    def charts(self) -> Mapping[str, Chart]:
        """Every chart by id."""


class Composed(Protocol):
    """The report as a document, with its numbers."""

    @property
    def numbers(self) -> Numbers:
        """The figures."""

    @property
    def narrative(self) -> Narrative:
        """The words."""
