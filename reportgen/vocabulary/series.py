"""Series of others, for loops: figures published before, related statistics of the year.

Goes in: the rows of the inputs. Comes out: one object a series, whose parts a template may name. Hides how a source
writes a period or a unit. Two series never meet in one object, so no sentence can add them up.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from reportgen.language.fragment import escape
from reportgen.language.parts import Parts
from reportgen.model import formatting, yearly_series

if TYPE_CHECKING:
    from reportgen.language.fragment import Fragment, FragmentStore
    from reportgen.model.records import Context, Published

DAYS_OF_A_MONTH: Final = 365.25 / 12
MONTH: Final = r"\d{4}-(?:0[1-9]|1[0-2])"


@dataclass(frozen=True)
class PublishedWords(Parts):
    """A series that others published, for a loop.

    ``first`` and ``latest`` are of the years that the chart draws, where there are such, else of the rows in the order
    of the file; ``largest`` only of years that count the same thing.
    """

    _rows: Sequence[Published]
    _title: str
    _tray: FragmentStore
    _charts: frozenset[str]
    _tables: frozenset[str]

    PARTS = (
        "title",
        "table",
        "chart",
        "first",
        "first_period",
        "latest",
        "latest_period",
        "largest",
        "largest_period",
        "mixed_periods",
        "mixed_scope",
    )

    def __getattr__(self, name: str) -> object:
        if name.startswith("_") or name not in self.PARTS:
            raise AttributeError(name)
        id_ = f"published-{self._rows[0].series.casefold()}"
        plain: dict[str, object] = {
            "title": self._tray.text(formatting.clean(self._title)),
            "table": id_ if id_ in self._tables else "",
            "chart": id_ if id_ in self._charts else "",
            "mixed_periods": len({_kind_of_period(row.period) for row in self._rows}) > 1,
            "mixed_scope": len({row.scope for row in self._rows}) > 1,
        }
        if name in plain:
            return plain[name]
        part, _, period = name.partition("_")
        row = self._row(part)
        if row is None:
            return ""
        if period:
            return self._tray.text(formatting.clean(formatting.published_period(row.period)))
        return _number(self._tray, row.value, row.unit, f"{row.series}, {row.period}")

    def _row(self, part: str) -> Published | None:
        """The row that a part names; the largest only among years that count the same thing, and where it is alone."""
        drawn = yearly_series.years(self._rows)
        if part != "largest":
            rows = [year.row for year in drawn] or list(self._rows)
            return rows[0 if part == "first" else -1]
        alike = [year.row for year in drawn if year.usual and year.row.qualifier in ("", "exact")]
        most = max((year.row.value for year in drawn), default=0.0)
        tied = [row for row in alike if row.value == most]
        return tied[0] if len(tied) == 1 and len(alike) > 1 else None


@dataclass(frozen=True)
class RelatedWords(Parts):
    """A series of related statistics, for a loop: its first and its latest quarter."""

    _rows: Sequence[Context]
    _tray: FragmentStore

    PARTS = ("name", "first", "first_period", "latest", "latest_period")

    def __getattr__(self, name: str) -> object:
        if name.startswith("_") or name not in self.PARTS:
            raise AttributeError(name)
        first, latest = self._rows[0], self._rows[-1]
        known: dict[str, object] = {
            "name": self._tray.text(formatting.clean(first.series)),
            "first": _number(self._tray, first.value, first.unit, f"{first.series}, {first.period}"),
            "first_period": self._tray.text(formatting.clean(_quarter(first.period))),
            "latest": _number(self._tray, latest.value, latest.unit, f"{latest.series}, {latest.period}"),
            "latest_period": self._tray.text(formatting.clean(_quarter(latest.period))),
        }
        return known[name]


def published(
    rows: Sequence[Published], tray: FragmentStore, charts: frozenset[str], tables: frozenset[str]
) -> tuple[PublishedWords, ...]:
    """Each published series, in the order of the file; two that measure the same thing are told apart by their code."""
    made: dict[str, list[Published]] = {}
    for row in rows:
        made.setdefault(row.series, []).append(row)
    titles = {name: formatting.capital((some[0].measure or name).replace("_", " ")) for name, some in made.items()}
    shared = {title for title, number in Counter(title.casefold() for title in titles.values()).items() if number > 1}
    return tuple(
        PublishedWords(
            some,
            f"{titles[name]} ({name.casefold()})" if titles[name].casefold() in shared else titles[name],
            tray,
            charts,
            tables,
        )
        for name, some in made.items()
    )


def related(rows: Sequence[Context], tray: FragmentStore) -> tuple[RelatedWords, ...]:
    """Each related series, in the order of the file."""
    made: dict[str, list[Context]] = {}
    for row in rows:
        made.setdefault(row.series, []).append(row)
    return tuple(RelatedWords(some, tray) for some in made.values())


def _kind_of_period(period: str) -> object:
    """How many months, from which month of the year; the words themselves where they give no days."""
    span = formatting.published_span(period)
    return (round((span[1] - span[0]).days / DAYS_OF_A_MONTH), span[0].month) if span else period


def _quarter(period: str) -> str:
    """A quarter or a month of the inputs in words."""
    return formatting.period(period) if re.fullmatch(f"{MONTH}(?: to {MONTH})?", period) else period


def _number(tray: FragmentStore, value: float, unit: str, name: str) -> Fragment:
    """A number of others with its unit, known by its series and period wherever it stands."""
    text = f"{value:f}".rstrip("0").rstrip(".")
    decimals = min(2, len(text.partition(".")[2]))
    number = formatting.pounds(value, decimals) if unit == "GBP" else formatting.number(value, decimals)
    said = (
        number
        if unit == "GBP"
        else f"{number}%"
        if unit == "percent"
        else f"{number} {formatting.clean(formatting.unit(unit, value))}"
    )
    web = f'<data value="{formatting.exact(value)}" data-source="{escape(name)}">{escape(said)}</data>'
    return tray.text(said, web=web)
