"""The words that print: figures, changes, shares of the whole, the largest of a breakdown.

Goes in: the names of figures. Comes out: printed, traced pieces. Each answers what cannot be printed with a mistake.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from reportgen.language.fragment import Fragment, FragmentStore, escape
from reportgen.language.mistakes import Wrong, said_key, short
from reportgen.language.three_valued import UNKNOWN
from reportgen.model import formatting
from reportgen.model.problem import did_you_mean
from reportgen.vocabulary import comparisons, format_value
from reportgen.vocabulary.figure_lookup import Lookup, check_year
from reportgen.vocabulary.provenance import Provenance

if TYPE_CHECKING:
    from reportgen.model.protected import Figure


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
        "rose_or_fell",
        "more_or_fewer",
        "share_of_total",
        "largest",
        "rose_most",
        "fell_most",
        "first_in_each",
        "definition",
    )

    def stat(self, id_: object, /, **options: object) -> Fragment:
        """A figure: ``stat("penalties.issued", role="driver", year="last", as="words", noun="notice")``."""
        year, form, noun = options.pop("year", "this"), options.pop("as", ""), options.pop("noun", "")
        figure = self.find.find(id_, options, year)
        value = self.find.shown(figure)
        display = format_value.figure(value, figure.unit, str(form), str(noun))
        return self._traced(figure, display, value, str(year))

    def _traced(self, figure: Figure, display: str, value: float, year: str, *, part: str = "") -> Fragment:
        label = self.find.year(year).period.label
        return self.trace.figure(figure, display, value, label, last=year == "last", part=part)

    def change(self, id_: object, /, **options: object) -> Fragment:
        """How far a figure is from last year's, without sign: a number, or per cent with ``as="percent"``."""
        form, noun = str(options.pop("as", "")), str(options.pop("noun", ""))
        now, then = self.find.find(id_, options), self.find.find(id_, options, "last")
        size, display = format_value.difference(self.find.shown(now), self.find.shown(then), now.unit, form, noun)
        return self._traced(now, display, size, "this", part="change")

    def compared(self, id_: object, /, **options: object) -> object:
        """``, 213 more than in 2024 to 2025``, or nothing where there is nothing to compare with."""
        now, then = self.find.look(id_, options), self.find.look(id_, options, "last")
        if now is None or then is None or now.value is None or then.value is None:
            return ""
        label = self.find.year("last").period.label
        way = format_value.step(now.value, then.value, now.unit)
        if not way:
            return self.tray.text(f", the same as in {label}")
        size, display = format_value.difference(now.value, then.value, now.unit)
        word = format_value.direction(way, now.unit)
        printed = self._traced(now, display, size, "this", part="change")
        web = f", {printed.piece.web} {escape(word)} than in {escape(label)}"
        return self.tray.text(f", {printed.piece.text} {word} than in {label}", web=web)

    def rose_or_fell(self, id_: object, /, **options: object) -> Fragment:
        """``rose``, ``fell`` or ``stayed the same``, by the displayed figures."""
        way = self._way(id_, options)
        return self.tray.text("rose" if way > 0 else "fell" if way < 0 else "stayed the same")

    def more_or_fewer(self, id_: object, /, **options: object) -> Fragment:
        """``more``, ``fewer`` or ``the same number of``, by the displayed figures."""
        way = self._way(id_, options)
        return self.tray.text("more" if way > 0 else "fewer" if way < 0 else "the same number of")

    def _way(self, id_: object, options: Mapping[str, object]) -> int:
        now, then = self.find.find(id_, options), self.find.find(id_, options, "last")
        return format_value.step(self.find.shown(now), self.find.shown(then), now.unit)

    def share_of_total(self, id_: object, /, **options: object) -> Fragment:
        """What part of the whole a category is, by the displayed figures: ``51%``."""
        year = str(options.pop("year", "this"))
        check_year(year)
        part, whole = self.find.find(id_, options, year), self.find.find(id_, {}, year)
        if not comparisons.additive(self.find.year(year), part.key.measure, [*options]):
            hint = "Only categories that add up to the whole have a share of it."
            raise Wrong("no-share", f"“{said_key(part.key)}” is not a part of a whole.", hint, str(id_))
        self.find.shown(part), self.find.shown(whole)
        share = comparisons.share(part, whole)
        if share is None:
            hint = "Put the sentence between {% if not is_zero(…) %} and {% endif %}."
            raise Wrong("percent-of-nothing", "The whole is 0, so there is no share of it.", hint, str(id_))
        return self._traced(part, formatting.percent(share), share, year, part="share")

    def largest(self, id_: object, /, *, by: object = "", rank: object = 1, **options: object) -> Fragment:
        """The category with the largest displayed figure; several in a tie joined by “and”. ``as="plural"``: vans."""
        form = check_category_form(options)
        measure, name, place = self.find.check_by(id_, by), str(by), check_rank(rank)
        found = comparisons.ranked(self.find.statistics, measure, name, place)
        if found is None:
            hint = "Put the sentence between {% if is_there_largest(…) %} and {% endif %}."
            said = f"Nobody can say which {name} is the largest by “{measure}”: a hidden figure may be, or all are 0."
            raise Wrong("no-largest", said, hint, measure)
        words = [
            comparisons.said(name, format_value.in_sentence(name, figure.key.category_1), form) for figure in found
        ]
        self.find.seen.append(f"{measure} by {name}: {', '.join(words)}")
        made = self.tray.text(format_value.listed(words))
        made.category = found[0].key.category_1 if len(found) == 1 else ""
        return made

    def rose_most(self, id_: object, /, *, by: object = "", **options: object) -> object:
        """The category that rose most on last year, or nothing where none did or a hidden one may have."""
        return self._moved(id_, by, options, 1)

    def fell_most(self, id_: object, /, *, by: object = "", **options: object) -> object:
        """The category that fell most on last year, or nothing where none did or a hidden one may have."""
        return self._moved(id_, by, options, -1)

    def _moved(self, id_: object, by: object, options: Mapping[str, object], way: int) -> object:
        form = check_category_form(options)
        measure, name = self.find.check_by(id_, by), str(by)
        if measure not in self.find.statistics.definitions:
            return UNKNOWN
        figure = comparisons.moved_most(self.find.statistics, measure, name, way)
        if figure is None:
            return UNKNOWN
        made = self.tray.text(comparisons.said(name, format_value.in_sentence(name, figure.key.category_1), form))
        made.category = figure.key.category_1
        return made

    def first_in_each(self, id_: object, /, *, by: object = "", each: object = "", **options: object) -> object:
        """The category that comes first in every category of another breakdown, or nothing where none does."""
        form = check_category_form(options)
        measure, name, other = self.find.check_both(id_, by, each), str(by), str(each)
        if measure not in self.find.statistics.definitions:
            return UNKNOWN
        word = comparisons.first_in_each(self.find.statistics, measure, name, other)
        if word is None:
            return UNKNOWN
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
        hint = did_you_mean(form, comparisons.FORMS) or 'There are as="plural" and as="where".'
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
