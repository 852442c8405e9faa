"""Editions that are out: the displayed figures of each, as they were published."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256


@dataclass(frozen=True)
class Edition:
    """One publication of a year: its number, its file as messages name it, its figures as text, the file's bytes."""

    number: int
    file: str
    rows: tuple[Mapping[str, str], ...]
    data: bytes

    @property
    def sha256(self) -> str:
        """The digest of the record."""
        return sha256(self.data).hexdigest()


@dataclass(frozen=True, slots=True)
class PriorEditions:
    """Editions that are out: the year's own in order, and those of the years beside it."""

    own: tuple[Edition, ...] = ()
    beside: tuple[Edition, ...] = ()

    def before(self) -> list[Mapping[str, str]]:
        """The figures of all but the year's last edition, which may be the one that is built again."""
        return [row for one in (*self.own[:-1], *self.beside) for row in one.rows]

    def all(self) -> list[Mapping[str, str]]:
        """The figures of all of them."""
        return [row for one in (*self.own, *self.beside) for row in one.rows]
