"""Figures of editions already published."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from hashlib import sha256

from reportgen.model.figure import Period


@dataclass(frozen=True, slots=True, order=True)
class Edition:
    """The annual report of one reporting year.

    ``year`` is the calendar year in which the reporting year starts. Everything that depends on which publication is
    made (its period, its comparator, the names of its folders and files) is here and nowhere else.
    """

    year: int

    def period(self, starts: str = "04-01") -> Period:
        """The reference period if the reporting year starts on ``MM-DD``; ValueError if there is no such day."""
        month, day = (int(part) for part in starts.split("-"))
        first = date(self.year, month, day)
        last = date(self.year + 1, month, day) - timedelta(days=1)
        label = str(self.year) if last.year == self.year else f"{self.year} to {self.year + 1}"
        return Period(year=self.year, first=first, last=last, label=label)

    @property
    def comparator(self) -> Edition:
        """The edition that this one is compared with: the same period, one year earlier."""
        return Edition(self.year - 1)

    @property
    def following(self) -> Edition:
        """The edition that will be compared with this one."""
        return Edition(self.year + 1)

    @property
    def inputs(self) -> str:
        """The folder, within the inputs, that holds its tables and settings."""
        return str(self.year)

    @property
    def folder(self) -> str:
        """The folder, within the outputs, that a build fills."""
        return str(self.year)

    @property
    def file_stem(self) -> str:
        """The name of its files before the suffix."""
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
