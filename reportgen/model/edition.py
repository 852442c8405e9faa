"""The edition of a reporting year, and the figures of editions already published."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from hashlib import sha256

from reportgen.model.figure import Period


@dataclass(frozen=True, slots=True, order=True)
class Edition:
    """The annual report of one reporting year.

    ``year`` is the calendar year in which the reporting year starts. Everything that depends on the edition (period,
    comparator, names of folders and files) is defined here only.
    """

    year: int

    def period(self, starts: str = "04-01") -> Period:
        """Return the reporting period that starts on ``MM-DD``; ValueError if there is no such day."""
        month, day = (int(part) for part in starts.split("-"))
        first = date(self.year, month, day)
        last = date(self.year + 1, month, day) - timedelta(days=1)
        label = str(self.year) if last.year == self.year else f"{self.year} to {self.year + 1}"
        return Period(year=self.year, first=first, last=last, label=label)

    @property
    def comparator(self) -> Edition:
        """The edition compared with this one: one year earlier."""
        return Edition(self.year - 1)

    @property
    def following(self) -> Edition:
        """The edition one year later, which will be compared with this one."""
        return Edition(self.year + 1)

    @property
    def inputs(self) -> str:
        """Name of the year's folder inside the inputs."""
        return str(self.year)

    @property
    def folder(self) -> str:
        """Name of the year's folder inside the outputs."""
        return str(self.year)

    @property
    def file_stem(self) -> str:
        """The report's file name without its suffix."""
        return f"cecps-annual-report-{self.year}"


@dataclass(frozen=True)
class PublishedEdition:
    """One edition of a year: number, file name for messages, rows of displayed figures, raw bytes."""

    number: int
    file: str
    rows: tuple[Mapping[str, str], ...]
    data: bytes

    @property
    def sha256(self) -> str:
        """Return the SHA-256 digest of the edition's record."""
        return sha256(self.data).hexdigest()


@dataclass(frozen=True, slots=True)
class PriorEditions:
    """Published editions: the reporting year's own (oldest first) and those of adjacent years."""

    own: tuple[PublishedEdition, ...] = ()
    beside: tuple[PublishedEdition, ...] = ()

    def before(self) -> list[Mapping[str, str]]:
        """Return the figures of all editions except the year's latest, which this build may be reproducing."""
        return [row for one in (*self.own[:-1], *self.beside) for row in one.rows]

    def all(self) -> list[Mapping[str, str]]:
        """Return the figures of all editions."""
        return [row for one in (*self.own, *self.beside) for row in one.rows]
