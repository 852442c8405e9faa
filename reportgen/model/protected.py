"""Protected statistics: values or markers, and the record of how they were protected."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from reportgen.model.figure import Definition, Key, Period, Unit
from reportgen.model.problem import did_you_mean
from reportgen.model.records import Records
from reportgen.model.release import Disclosure

HIDDEN = "[c]"
ABOUT_PEOPLE: Final = frozenset({"incidents", "penalties", "ledger", "survey"})
"""Input tables whose rows are about people; only measures may publish how many rows there are."""


@dataclass(frozen=True, slots=True)
class Figure:
    """A publishable figure: a value, or the marker that replaces it.

    ``value`` is in the measure's unit (money in pounds, shares 0 to 1); None if suppressed. ``base`` is None if
    suppressed or not applicable. ``numerator`` is the count behind a displayed share.
    """

    key: Key
    unit: Unit
    value: float | None
    marker: str = ""
    lower: float | None = None
    upper: float | None = None
    base: int | None = None
    numerator: int | None = None

    @property
    def hidden(self) -> bool:
        """Whether disclosure control suppresses the figure."""
        return self.marker == HIDDEN


@dataclass(frozen=True, slots=True)
class Audit:
    """Result of the disclosure audit: linear programming over all published figures.

    ``narrowest`` is the smallest proven lower bound on the width of a suppressed count's feasibility interval, and
    ``narrowest_of`` that count; None if no count is suppressed. Proofs stop at the required width, so the actual
    interval may be wider.
    """

    published: int
    hidden_primary: int
    hidden_secondary: int
    narrowest: float | None = None
    narrowest_of: Key | None = None

    @property
    def hidden(self) -> int:
        """Number of suppressed figures, primary and secondary."""
        return self.hidden_primary + self.hidden_secondary


@dataclass(frozen=True)
class ProtectedStatistics:
    """Every publishable figure of a year, in print order; the only statistics that later stages see.

    ``groups`` are displayed figures that disclose an attribute of everybody in a small group.
    """

    period: Period
    figures: Mapping[Key, Figure]
    definitions: Mapping[str, Definition]
    categories: Mapping[str, tuple[str, ...]]
    records: Records
    settings: Disclosure
    audit: Audit
    breaks: Mapping[str, str] = field(default_factory=dict)
    groups: tuple[Key, ...] = ()
    previous: ProtectedStatistics | None = None

    def key(self, measure: str, /, **breakdowns: str) -> Key:
        """Return the key of a cell, breakdowns in any order; LookupError with a near match if there is none."""
        if measure not in self.definitions:
            hint = did_you_mean(measure, self.definitions)
            raise LookupError(f"There is no figure called “{measure}”. {hint}".rstrip())
        pairs = list(breakdowns.items())
        for order in (pairs, pairs[::-1]):
            key = Key(measure, *(part for pair in order for part in pair))
            if key in self.figures:
                return key
        raise LookupError(self._miss(measure, breakdowns))

    def get(self, measure: str, /, **breakdowns: str) -> Figure:
        """Return a figure; LookupError with a near match if there is none."""
        return self.figures[self.key(measure, **breakdowns)]

    def has(self, measure: str, /, **breakdowns: str) -> bool:
        """Return whether the figure exists, displayed or suppressed."""
        try:
            self.key(measure, **breakdowns)
        except LookupError:
            return False
        return True

    def of(self, measure: str, *names: str) -> tuple[Figure, ...]:
        """Return the figures of a measure broken down by exactly these names, in print order."""
        wanted = {*names}
        return tuple(
            figure
            for key, figure in self.figures.items()
            if key.measure == measure and {key.breakdown_1, key.breakdown_2} - {""} == wanted
        )

    def tells_rows(self, table: str) -> bool:
        """Return whether an input table's number of rows may be published: only if its rows are not about people.

        Subtracting a displayed total would disclose how many records the total excludes, which may be few.
        """
        return table not in ABOUT_PEOPLE

    def _miss(self, measure: str, breakdowns: Mapping[str, str]) -> str:
        """Explain why a figure was not found: unknown breakdown, unknown category, or no such figure this year."""
        known = [key for key in self.figures if key.measure == measure]
        names = {name for key in known for name in (key.breakdown_1, key.breakdown_2) if name}
        for name, category in breakdowns.items():
            if name not in names:
                ways = ", ".join(sorted(names)) or "nothing"
                return f"“{measure}” is not broken down by “{name}” but by {ways}. {did_you_mean(name, names)}".rstrip()
            words = {key.category_1 for key in known if key.breakdown_1 == name}
            words |= {key.category_2 for key in known if key.breakdown_2 == name}
            if category not in words:
                hint = did_you_mean(category, words) or f"There are: {', '.join(sorted(words)[:12])}."
                return f"“{measure}” has no {name} “{category}”. {hint}"
        return f"“{measure}” has no figure for {', '.join(breakdowns.values()) or 'the whole'} this year."
