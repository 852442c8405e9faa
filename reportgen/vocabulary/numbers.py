"""The words that print: figures, changes, shares of the whole, the largest of a breakdown.

Goes in: the names of figures. Comes out: printed, traced pieces. Each answers what cannot be printed with a mistake.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar, Final

from reportgen.language.fragment import Counted, Fragment, FragmentStore, escape
from reportgen.language.left_out import Absent
from reportgen.language.mistakes import Wrong, said_key, short
from reportgen.model import formatting
from reportgen.model.figure import Key
from reportgen.model.problem import did_you_mean
from reportgen.scheme import measure_ids as ids
from reportgen.vocabulary import comparisons, format_value
from reportgen.vocabulary.figure_lookup import Lookup, check_year
from reportgen.vocabulary.provenance import Provenance

if TYPE_CHECKING:
    from reportgen.model.protected import Figure

TENTHS: Final = (ids.OBJECTIONS_DAYS_P90, ids.NOTICE_DAYS_P90)
LEAST_OF_TENTHS: Final = 20
"""How many cases a slowest tenth must be of: of fewer it is one case or two."""


@dataclass
class PrintingWords:
    """Words that print, over one lookup."""

    find: Lookup
    trace: Provenance
    tray: FragmentStore

    WORDS: ClassVar[tuple[str, ...]] = (
        "stat",
        "change",
        "compared",
        "share",
        "largest",
        "only",
        "rose_most",
        "fell_most",
        "first_in_each",
        "definition",
    )

    def stat(self, id_: object, /, **options: object) -> Fragment:
        """Return a figure: ``stat("penalties.issued", role="driver", year="last", as="words")``."""
        year, form = str(options.pop("year", "this")), options.pop("as", "")
        return self._figure(self.find.find(id_, options, year), year, str(form))

    def _figure(self, figure: Figure, year: str, form: str = "") -> Fragment:
        value, statistics = self.find.shown(figure), self.find.year(year)
        if figure.key.measure in TENTHS and (figure.base is None or figure.base < LEAST_OF_TENTHS):
            said = f"“{said_key(figure.key)}” is of fewer than {LEAST_OF_TENTHS}, too few for a slowest tenth."
            raise Absent(said, figure.key.measure)
        whole = figure.unit == "proportion" and value >= 1 and not comparisons.blurred(figure, statistics)
        counted = Counted(
            comparisons.displayed(value, figure.unit),
            figure.unit,
            zero=comparisons.zero(figure, statistics) is True,
            whole=whole,
        )
        return self._traced(figure, format_value.figure(value, figure.unit, form), value, year, counted=counted)

    def _traced(
        self, figure: Figure, display: str, value: float, year: str, *, part: str = "", counted: Counted | None = None
    ) -> Fragment:
        label = self.find.year(year).period.label
        return self.trace.figure(figure, display, value, label, last=year == "last", part=part, counted=counted)

    def change(self, id_: object, /, **options: object) -> Fragment:
        """Return how far a figure is from last year's, without sign: a number, or per cent with ``as="percent"``.

        Absent where it has not changed.
        """
        form = str(options.pop("as", ""))
        now, then = self.find.find(id_, options), self.find.find(id_, options, "last")
        size, display = format_value.difference(self.find.shown(now), self.find.shown(then), now.unit, form)
        if size == 0:
            raise Absent(f"“{said_key(now.key)}” has not changed.", "change")
        counted = Counted(size, now.unit) if not form else None
        return self._traced(now, display, size, "this", part="change", counted=counted)

    def compared(self, id_: object, /, **options: object) -> object:
        """Return ``, 213 more than in 2024 to 2025``, or no words where there is nothing to compare with."""
        now, then = self.find.look(id_, options), self.find.look(id_, options, "last")
        if now is None or then is None or now.value is None or then.value is None:
            return self.tray.text("")
        label = self.find.year("last").period.label
        way = format_value.step(now.value, then.value, now.unit)
        if not way:
            return self.tray.text(f", the same as in {label}")
        size, display = format_value.difference(now.value, then.value, now.unit)
        word = format_value.direction(way, now.unit)
        printed = self._traced(now, display, size, "this", part="change")
        web = f", {printed.piece.web} {escape(word)} than in {escape(label)}"
        return self.tray.text(f", {printed.piece.text} {word} than in {label}", web=web)

    def share(self, id_: object, /, **options: object) -> Fragment:
        """Return what part of the whole a category is, by the displayed figures: ``51%``."""
        year = str(options.pop("year", "this"))
        check_year(year)
        return self._share(self.find.find(id_, options, year), id_, options, year)

    def _share(self, part: Figure, id_: object, options: Mapping[str, object], year: str) -> Fragment:
        whole = self.find.find(id_, {}, year)
        self.find.check_part(part, [*options], id_, year)
        self.find.shown(part), self.find.shown(whole)
        size = comparisons.share(part, whole)
        if size is None:
            raise Absent("The whole is 0, so there is no share of it.", str(id_))
        statistics = self.find.year(year)
        counted = Counted(
            comparisons.displayed(size, "proportion"),
            "proportion",
            zero=comparisons.zero(part, statistics) is True,
            whole=comparisons.alone(statistics, part, whole, [*options]) is True,
        )
        return self._traced(part, formatting.percent(size), size, year, part="share", counted=counted)

    def largest(self, id_: object, /, *, by: object = "", rank: object = 1, **options: object) -> Fragment:
        """Return the one category with the largest displayed figure: its name, or what ``as`` asks of it.

        Absent in a tie, where a hidden figure may be larger, and where one category has everything.
        """
        form = check_category_form(options)
        measure, name, place = self.find.check_by(id_, by), str(by), check_rank(rank)
        found = comparisons.ranked(self.find.statistics, measure, name, place)
        if found is None or len(found) > 1:
            why = "a hidden figure may be, or all are 0" if found is None else "there is a tie"
            said = f"Nobody can say which {name} is number {place} by “{measure}”: {why}."
            raise Absent(said, measure)
        if self._alone(found[0], measure, name):
            said = f"One {name} has everything of “{measure}”, so none is the largest."
            raise Absent(said, measure)
        return self._category(found[0], name, form)

    def only(self, id_: object, /, *, by: object = "", **options: object) -> Fragment:
        """Return the one category that has everything: ``drivers``; absent where others have something too."""
        form = check_category_form(options)
        measure, name = self.find.check_by(id_, by), str(by)
        found = comparisons.ranked(self.find.statistics, measure, name)
        if found is None or len(found) > 1 or not self._alone(found[0], measure, name):
            said = f"No {name} alone has everything of “{measure}”."
            raise Absent(said, measure)
        return self._category(found[0], name, form)

    def _alone(self, figure: Figure, measure: str, name: str) -> bool:
        """Whether a category is known to have everything, as far as its breakdown has a whole."""
        statistics = self.find.statistics
        whole = statistics.figures.get(Key(measure))
        return (
            whole is not None
            and comparisons.additive(statistics, measure, [name])
            and comparisons.alone(statistics, figure, whole, [name])
        )

    def _category(self, figure: Figure, name: str, form: str) -> Fragment:
        """A category in one of its forms, or its figure, its share or last year's figure."""
        word = figure.key.category_1
        if form == "number":
            return self._figure(figure, "this")
        if form == "before":
            return self._figure(self.find.find(figure.key.measure, {name: word}, "last"), "last")
        if form == "share":
            return self._share(figure, figure.key.measure, {name: word}, "this")
        made = self.tray.text(comparisons.said(name, format_value.in_sentence(name, word), form))
        made.category = word
        return made

    def rose_most(self, id_: object, /, *, by: object = "", **options: object) -> object:
        """Return the category that rose most on last year; absent where none did or a hidden one may have."""
        return self._moved(id_, by, options, 1)

    def fell_most(self, id_: object, /, *, by: object = "", **options: object) -> object:
        """Return the category that fell most on last year; absent where none did or a hidden one may have."""
        return self._moved(id_, by, options, -1)

    def _moved(self, id_: object, by: object, options: Mapping[str, object], way: int) -> object:
        form = check_category_form(options)
        measure, name = self.find.check_by(id_, by), str(by)
        statistics = self.find.statistics
        figure = comparisons.moved_most(statistics, measure, name, way) if measure in statistics.definitions else None
        if figure is None or self._hardly_moved(figure, measure, name):
            said = f"No {name} can be said to have {'risen' if way > 0 else 'fallen'} most by “{measure}”."
            raise Absent(said, measure)
        return self._category(figure, name, form)

    def _hardly_moved(self, figure: Figure, measure: str, name: str) -> bool:
        """Whether the largest move is none to speak of: within 2%, or of the only category in both years."""
        then = self.find.find(measure, {name: figure.key.category_1}, "last")
        now_size, then_size = self.find.shown(figure), self.find.shown(then)
        before = self.find.statistics.previous
        whole = before.figures.get(Key(measure)) if before else None
        only_before = before is not None and whole is not None and comparisons.alone(before, then, whole, [name])
        hardly = comparisons.near(now_size, then_size, share=figure.unit == "proportion")
        return hardly or (only_before and self._alone(figure, measure, name))

    def first_in_each(self, id_: object, /, *, by: object = "", each: object = "", **options: object) -> object:
        """Return the category that comes first in every category of another breakdown; absent where none does."""
        form = check_category_form(options)
        measure, name, other = self.find.check_both(id_, by, each), str(by), str(each)
        known = measure in self.find.statistics.definitions
        word = comparisons.first_in_each(self.find.statistics, measure, name, other) if known else None
        whole = self.find.look(measure, {name: word}) if word else None
        if word is None or (whole is not None and self._alone(whole, measure, name)):
            said = f"No {name} comes first in every {other} by “{measure}”, beside others."
            raise Absent(said, measure)
        made = self.tray.text(comparisons.said(name, format_value.in_sentence(name, word), form))
        made.category = word
        return made

    def definition(self, id_: object) -> Fragment:
        """What a measure counts, in one sentence."""
        figure = self.find.known.get(str(id_)) or self.find.statistics.definitions.get(str(id_))
        if figure is None:
            self.find.find(id_, {})
            raise AssertionError("a figure without a definition")
        return self.tray.text(formatting.clean(figure.definition))


def check_category_form(options: Mapping[str, object]) -> str:
    """The form in which a category is said; a mistake for one, or for another option, that there is not."""
    form = str(options.get("as", ""))
    if form not in comparisons.FORMS:
        hint = (
            did_you_mean(form, comparisons.FORMS)
            or "Forms of a category are: name, plural, where, number, share, before."
        )
        raise Wrong("unknown-form", f"There is no form “{short(form)}” here.", hint, form)
    more = sorted({*options} - {"as"})
    if more:
        raise Wrong("wrong-use", f"“{more[0]}” does not belong here.", 'Write largest("…", by="…").', more[0])
    return form


def check_rank(rank: object) -> int:
    """A rank; a mistake where it is none."""
    if not isinstance(rank, int) or isinstance(rank, bool) or rank < 1:
        raise Wrong("wrong-use", "Ranks count from 1.", "Write rank=2 for the second largest.", "rank")
    return rank
