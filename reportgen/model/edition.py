"""Figures of editions already published."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256


@dataclass(frozen=True)
class Edition:
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

    own: tuple[Edition, ...] = ()
    beside: tuple[Edition, ...] = ()

    def before(self) -> list[Mapping[str, str]]:
        """Return the figures of all editions except the year's latest, which this build may be reproducing."""
        return [row for one in (*self.own[:-1], *self.beside) for row in one.rows]

    def all(self) -> list[Mapping[str, str]]:
        """Return the figures of all editions."""
        return [row for one in (*self.own, *self.beside) for row in one.rows]
