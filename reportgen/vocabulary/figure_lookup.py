"""Looking up the figure that a word names: this year's or last year's, or a mistake that says what there is.

Goes in: protected statistics and the measures that other years have. Comes out: figures. Hides how a name, a breakdown
or a category that does not exist is told from one that this year merely lacks.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Final

from jinja2 import Undefined

from reportgen.language.fragment import Fragment
from reportgen.language.left_out import Absent
from reportgen.language.mistakes import Wrong, said_key, short
from reportgen.model.figure import Key
from reportgen.model.problem import did_you_mean
from reportgen.scheme import law
from reportgen.scheme import measure_ids as ids
from reportgen.vocabulary import comparisons, format_value

if TYPE_CHECKING:
    from reportgen.model.figure import Definition
    from reportgen.model.protected import Figure, ProtectedStatistics

YEARS: Final = ("this", "last")
OTHER_WORDS: Final[Mapping[str, tuple[str, ...]]] = {
    "regime": law.REGIMES,
    "role": ("driver", "owner", "hirer", "operator", "other"),
    "response": ("Accepted", "Partially accepted", "Not accepted"),
    "quick_win": ("yes", "no"),
}
"""Categories that other years may have, of breakdowns that show only what occurs."""
MONTHLY: Final = (ids.TEAM_CASES_OPEN, ids.TEAM_VACANCY_RATE)
"""Measures from monthly records, of which a month may be missing."""
ANY: Final = ("not recorded", "Other")
OPEN: Final = ("theme", "owner", "registered_in", "month", "quarter", "option")
"""Breakdowns whose categories are the year's own: one that this year lacks is no mistake in a condition, however near
it is to one that there is."""


@dataclass
class Lookup:
    """Figures by name. ``seen`` keeps what was asked for since it was last emptied."""

    statistics: ProtectedStatistics
    known: Mapping[str, Definition]
    seen: list[str] = field(default_factory=list)

    def year(self, year: object) -> ProtectedStatistics:
        """The statistics of this or of last year."""
        check_year(year)
        if year == "this":
            return self.statistics
        if self.statistics.previous is None:
            raise Absent("There is no last year to compare with.", "last")
        return self.statistics.previous

    def find(self, id_: object, breakdowns: Mapping[str, object], year: object = "this") -> Figure:
        """The figure asked for; a mistake that says what there is."""
        statistics = self.year(year)
        found = self.look(id_, breakdowns, year)
        if found is None:
            name, words = figure_id(id_), {one: word_of(one, word) for one, word in breakdowns.items()}
            what = f" for {', '.join(words.values())}" if words else ""
            said = f"“{name}” has no figure{what} in {statistics.period.label}."
            if near := self.near_miss(name, words):
                said = f"{said} {near.hint}"
            if year == "last" and (reason := self.why_not(name)):
                said = f"“{name}” is not compared with {statistics.period.label}: {reason}."
            raise Absent(said, next(iter(words.values()), name))
        return found

    def look(self, id_: object, breakdowns: Mapping[str, object], year: object = "this") -> Figure | None:
        """For conditions: None where the year has no such figure. An unknown name is a mistake still."""
        check_year(year)
        name = figure_id(id_)
        words = {one: word_of(one, word) for one, word in breakdowns.items()}
        self.check(name, words)
        self.seen.append(name + "".join(f", {one} {word}" for one, word in words.items()))
        statistics = self.statistics if year == "this" else self.statistics.previous
        if statistics is None or (year == "last" and self.why_not(name)):
            return None
        pairs = [*words.items()]
        for order in (pairs, pairs[::-1]):
            found = statistics.figures.get(Key(name, *(part for pair in order for part in pair)))
            if found is not None:
                return found
        return None

    @cached_property
    def breakdowns(self) -> Mapping[str, frozenset[str]]:
        """The breakdowns of every figure of any year."""
        known = {**self.known, **self.statistics.definitions}
        return {id_: frozenset(name for way in one.breakdowns for name in way) for id_, one in known.items()}

    def is_figure(self, name: str) -> bool:
        """Return whether there is a measure of this name in any year."""
        return name in self.known or name in self.statistics.definitions

    def check_part(self, figure: Figure, names: Sequence[str], id_: object, year: object) -> None:
        """Raise Wrong if the categories of these breakdowns do not add up to a whole."""
        if not comparisons.additive(self.year(year), figure.key.measure, names):
            hint = "Only a share, or a category of a breakdown that adds up to the whole, is a part of something."
            raise Wrong("no-share", f"“{said_key(figure.key)}” is no share and no part of a whole.", hint, str(id_))

    def why_not(self, name: str) -> str:
        """Return why a measure is not compared with last year; "" where it is.

        A question of the survey may have changed; a figure from monthly records needs every month of both years.
        """
        if name.startswith("survey."):
            return self.statistics.breaks.get(name.split(".")[1], "")
        if name not in MONTHLY or all(self.has_all_months(name, year) for year in YEARS):
            return ""
        return "some months have no figure"

    def has_all_months(self, name: str, year: object) -> bool:
        """Return whether every month of a year has its figure, and each may be quoted."""
        statistics = self.statistics if year == "this" else self.statistics.previous
        if statistics is None:
            return False
        given = {figure.key.category_1 for figure in statistics.of(name, "month") if figure.value is not None}
        return {*statistics.period.months()} <= given

    def check(self, name: str, breakdowns: Mapping[str, str | None]) -> None:
        """A mistake where no year can have such a figure: its name, a breakdown or a category does not exist.

        A category that is None is not known yet.
        """
        definition = self.known.get(name) or self.statistics.definitions.get(name)
        if definition is None:
            known = {*self.known, *self.statistics.definitions}
            hint = _apart(name, known) or did_you_mean(name, known) or "“reportgen figures” lists all figures."
            raise Wrong("unknown-figure", f"There is no figure called “{short(name)}”.", hint, name)
        ways = [way for way in definition.breakdowns if {*breakdowns} <= {*way}]
        names = {one for way in definition.breakdowns for one in way}
        for one in breakdowns:
            if one not in names:
                hint = did_you_mean(one, names) or _ways(definition)
                raise Wrong("unknown-breakdown", f"“{name}” is not broken down by “{short(one)}”.", hint, one)
        if breakdowns and not ways:
            said = f"“{name}” is not broken down by {' and '.join(breakdowns)} together."
            raise Wrong("unknown-breakdown", said, _ways(definition), name)
        for one, word in breakdowns.items():
            if word is not None:
                self._category(name, one, word)

    def _category(self, name: str, breakdown: str, word: str) -> None:
        """A mistake where no year can have such a category."""
        words = self._categories(name, breakdown)
        if word in words or word in ANY or breakdown in OPEN:
            return
        hint = did_you_mean(word, words) or f"There are: {', '.join(sorted(words)[:12])}."
        raise Wrong("unknown-category", f"“{name}” has no {breakdown} “{short(word)}”.", hint, word)

    def near_miss(self, name: str, breakdowns: Mapping[str, str | None]) -> Wrong | None:
        """A notice where the year lacks a category of its own kind and has one that is spelt nearly so."""
        for one, word in breakdowns.items():
            words = self._categories(name, one) if one in OPEN and word else set()
            if word and words and word not in {*words, *ANY} and (hint := did_you_mean(word, words)):
                said = f"“{name}” has no {one} “{short(word)}” this year."
                return Wrong("unknown-category", said, hint, word, notice=True)
        return None

    def _categories(self, name: str, breakdown: str) -> set[str]:
        """The categories that a breakdown has in any year, as far as they are known."""
        words = {*OTHER_WORDS.get(breakdown, ()), *self._occurring.get((name, breakdown), ())}
        for statistics in (self.statistics, self.statistics.previous):
            if statistics is not None and breakdown not in OPEN:
                words |= {*statistics.categories.get(breakdown, ())}
        return words

    @cached_property
    def _occurring(self) -> dict[tuple[str, str], set[str]]:
        """The categories of each measure and breakdown that occur in this or last year."""
        found: dict[tuple[str, str], set[str]] = {}
        for statistics in (self.statistics, self.statistics.previous):
            for key in statistics.figures if statistics else ():
                found.setdefault((key.measure, key.breakdown_1), set()).add(key.category_1)
                found.setdefault((key.measure, key.breakdown_2), set()).add(key.category_2)
        return found

    def check_by(self, id_: object, name: object) -> str:
        """The name of a measure that is broken down so; a mistake where it is not."""
        measure, name = figure_id(id_), getattr(name, "category", "") or name
        self.check(measure, {})
        definition = self.known.get(measure) or self.statistics.definitions[measure]
        ways = {way[0] for way in definition.breakdowns if len(way) == 1}
        if name not in ways:
            said = (
                f"“{measure}” is not broken down by “{short(str(name))}”."
                if name
                else f"By what is “{measure}” ranked?"
            )
            hint = did_you_mean(str(name), ways) or f'Write by="…": {", ".join(sorted(ways)) or "it has no breakdown"}.'
            raise Wrong("unknown-breakdown", said, hint, str(name) or measure)
        return measure

    def check_both(self, id_: object, name: object, other: object) -> str:
        """The name of a measure that is broken down by both at once; a mistake where it is not."""
        measure = self.check_by(id_, name)
        other = str(getattr(other, "category", "") or other)
        if not other:
            raise Wrong("wrong-use", f"In each of what does “{name}” come first?", 'Such as each="section".', measure)
        if name == other:
            raise Wrong("wrong-use", "These are one breakdown.", 'Such as by="role", each="section".', other)
        self.check(measure, {str(name): None, other: None})
        return measure

    def printing(self, shown: str) -> tuple[str, ...]:
        """The words that print a figure of this year displayed as ``shown``, the broadest figure first."""
        return tuple(self._by_display.get(shown.replace(" per cent", "%"), ()))

    @cached_property
    def _by_display(self) -> Mapping[str, Sequence[str]]:
        found: dict[str, list[str]] = {}
        for key, figure in sorted(self.statistics.figures.items(), key=lambda one: len(one[0].pairs())):
            if figure.value is None:
                continue
            options = "".join(f', {name}="{category}"' for name, category in key.pairs())
            for form in ("", "full") if figure.unit == "pounds" else ("",):
                display = format_value.plain(figure.value, figure.unit, form)
                way = f', as="{form}"' if form else ""
                inside = (options + way).removeprefix(", ")
                name = f"{key.measure}({inside})" if inside else key.measure
                found.setdefault(display, []).append(f"{{{{ {name} }}}}")
        return found

    def shown(self, figure: Figure) -> float:
        """The value of a figure that is not hidden."""
        if figure.value is None:
            raise Absent(f"“{said_key(figure.key)}” is hidden, so it cannot be quoted.", figure.key.measure)
        return figure.value


def _apart(name: str, known: Collection[str]) -> str:
    """How to write what was copied from a list of figures: ``penalties.issued{role=driver}``."""
    measure, _, inside = name.strip().removesuffix("}").partition("{")
    pairs = [pair.split("=", 1) for pair in inside.split(", ") if "=" in pair]
    if measure not in known or not pairs:
        return ""
    options = ", ".join(f'{one.strip()}="{word.strip()}"' for one, word in pairs)
    return f'Write "{measure}", {options}.'


def _ways(definition: Definition) -> str:
    ways = [" with ".join(way) for way in definition.breakdowns]
    return f"It is broken down by: {', '.join(ways)}." if ways else "It is not broken down at all."


def check_year(year: object) -> None:
    """A mistake where the year is neither this nor last."""
    if year not in YEARS:
        raise Wrong("wrong-use", "The year is “this” or “last”.", 'Write year="last" or leave it out.', str(year))


def figure_id(id_: object) -> str:
    """The name of a figure as a writer gives it."""
    if isinstance(id_, Undefined):
        if isinstance(id_._undefined_obj, str):  # noqa: SLF001 - a part of what this year does not have
            raise Absent("There is no such figure this year.")
        str(id_)  # tells that there is no such word
        raise Wrong("unknown-word", "", "", "")
    if isinstance(id_, str) and not id_:
        raise Absent("There is no such figure this year.")
    if not isinstance(id_, str) or isinstance(id_, Fragment):
        raise Wrong("not-in-quotes", "A figure is named in double quotes.", 'Such as "penalties.issued".')
    return str(id_)


def word_of(name: str, word: object) -> str:
    """A category as a writer gives it, or as another word prints it."""
    if isinstance(word, Fragment):
        return word.category or word.piece.text
    if isinstance(word, Undefined):
        str(word)  # tells that there is no such word
        raise Wrong("unknown-word", "", "", "")
    if not isinstance(word, str):
        said = f"“{name}” needs a category in double quotes."
        raise Wrong("not-in-quotes", said, 'Such as role="driver".', name)
    return word
