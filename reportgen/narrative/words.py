"""The vocabulary: every word that a chapter may use.

Goes in: protected statistics, tables, charts, the release. Comes out: printed pieces and answers to conditions. Hides
how a figure is looked up, formatted, traced and compared. Every word answers a mistake with a sentence.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from reportgen import formats, law
from reportgen.figures import Key, Unit
from reportgen.narrative import ranks
from reportgen.narrative.objects import AuditWords, QuestionWords, ReleaseWords, ThemeWords
from reportgen.narrative.printed import Printed, Tray, clean, escape
from reportgen.narrative.types import QuotedFigure
from reportgen.problems import did_you_mean

if TYPE_CHECKING:
    from reportgen.disclosure import Figure, ProtectedStatistics
    from reportgen.narrative.blocks import Blocks
    from reportgen.narrative.engine import Place
    from reportgen.narrative.mistakes import Mistakes
    from reportgen.release import Release

SMALL: Final = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
FORMS: Final = ("number", "words", "short", "percent", "decimal")
YEARS: Final = ("this", "last")


class Wrong(Exception):  # noqa: N818 - said to a writer, never raised to them
    """A word used wrongly: code, what, hint, and the part of the line at fault."""

    def __init__(self, code: str, said: str, hint: str = "", at: str = "") -> None:
        self.code, self.said, self.hint, self.at = code, said, hint, at
        super().__init__(said)


@functools.total_ordering
class Value:
    """A displayed number that can be compared and not printed; one that is hidden or absent is never anything."""

    __slots__ = ("number",)

    def __init__(self, number: float | None) -> None:
        self.number = number

    def _pair(self, other: object) -> tuple[float, float] | None:
        theirs = other.number if isinstance(other, Value) else other
        if isinstance(theirs, bool) or not isinstance(theirs, (int, float)) or self.number is None:
            return None
        return self.number, float(theirs)

    def __eq__(self, other: object) -> bool:
        pair = self._pair(other)
        return pair is not None and pair[0] == pair[1]

    def __lt__(self, other: object) -> bool:
        pair = self._pair(other)
        return pair is not None and pair[0] < pair[1]

    def __gt__(self, other: object) -> bool:
        pair = self._pair(other)
        return pair is not None and pair[0] > pair[1]

    def __le__(self, other: object) -> bool:
        pair = self._pair(other)
        return pair is not None and pair[0] <= pair[1]

    def __ge__(self, other: object) -> bool:
        pair = self._pair(other)
        return pair is not None and pair[0] >= pair[1]

    def __bool__(self) -> bool:
        return bool(self.number)

    __hash__ = None  # type: ignore[assignment]  # it is no key


@dataclass
class Words:
    """The vocabulary of one rendering, with everything that it has quoted so far."""

    statistics: ProtectedStatistics
    release: Release
    tray: Tray
    mistakes: Mistakes
    place: Place
    blocks: Blocks
    quoted: dict[tuple[Key, str, bool], tuple[QuotedFigure, list[str]]] = field(default_factory=dict)
    seen: list[str] = field(default_factory=list)
    missing: str = ""
    claims: int = 0

    def names(self) -> dict[str, object]:
        """Every word, as the templates know it."""
        plain = [
            "stat",
            "change",
            "compared",
            "rose_or_fell",
            "more_or_fewer",
            "value",
            "is_hidden",
            "is_zero",
            "is_there",
            "rose",
            "fell",
            "level_with_last_year",
            "hardly_changed",
            "more_than_half",
            "less_than_half",
            "can_compare",
            "significantly",
            "largest",
            "is_there_largest",
            "rose_most",
            "fell_most",
            "share_of_total",
            "in_force",
            "table",
            "chart",
            "is_there_table",
            "is_there_chart",
            "quote",
            "you_said_we_did",
            "level",
            "clock",
            "reduction",
            "definition",
            "questions",
            "themes",
        ]
        words: dict[str, object] = {name: self._guarded(name, getattr(self, name)) for name in plain}
        words["has_last_year"] = self.statistics.previous is not None
        words["release"] = ReleaseWords(self.release, self.statistics, self.tray)
        words["audit"] = AuditWords(self.statistics, self.tray)
        return words

    def _guarded(self, name: str, word: Callable[..., object]) -> Callable[..., object]:
        """A word that answers wrong use with a mistake and goes on."""

        @functools.wraps(word)
        def call(*args: object, **options: object) -> object:
            try:
                return word(*args, **options)
            except Wrong as wrong:
                self._tell(wrong)
            except TypeError:
                hint = "Compare it with the example in templates/README.md."
                said = f"“{name}” is used with too few, too many or unknown words in its brackets."
                self._tell(Wrong("wrong-use", said, hint, name))
            return ""

        return call

    def _tell(self, wrong: Wrong) -> None:
        self.mistakes.add(self.place.file, self.place.line(), wrong.code, wrong.said, wrong.hint, at=wrong.at)

    # figures

    def _year(self, year: object) -> ProtectedStatistics:
        if year not in YEARS:
            raise Wrong("wrong-use", "The year is “this” or “last”.", 'Write year="last" or leave it out.', str(year))
        if year == "this":
            return self.statistics
        if self.statistics.previous is None:
            hint = "Put the sentence between {% if has_last_year %} and {% endif %}."
            raise Wrong("no-last-year", "There is no last year to compare with.", hint, "last")
        return self.statistics.previous

    def _find(self, id_: object, breakdowns: Mapping[str, object], year: object = "this") -> Figure:
        """The figure asked for; a mistake that says what there is."""
        statistics = self._year(year)
        if not isinstance(id_, str):
            raise Wrong("unknown-figure", "A figure is named in double quotes.", 'Such as "penalties.issued".')
        if id_ not in self.statistics.definitions and id_ not in statistics.definitions:
            hint = did_you_mean(id_, self.statistics.definitions) or "“reportgen figures” lists all figures."
            raise Wrong("unknown-figure", f"There is no figure called “{id_}”.", hint, id_)
        words = {name: self._word(name, word) for name, word in breakdowns.items()}
        self.seen.append(id_ + "".join(f", {name} {word}" for name, word in words.items()))
        try:
            return statistics.get(id_, **words)
        except LookupError as miss:
            said, _, hint = str(miss.args[0]).partition(". ")
            at = next((word for word in (*words.values(), *words) if f"“{word}”" in said), id_)
            raise Wrong("unknown-category", said.rstrip(".") + ".", hint, at) from None

    def _word(self, name: str, word: object) -> str:
        if isinstance(word, Printed):
            return word.category or word.piece.text
        if not isinstance(word, str):
            raise Wrong(
                "unknown-category", f"“{name}” needs a category in double quotes.", 'Such as role="driver".', name
            )
        return word

    def _shown(self, figure: Figure) -> float:
        if figure.value is None:
            hint = "Take the sentence out, or put it between {% if not is_hidden(…) %} and {% endif %}."
            raise Wrong(
                "hidden-figure-quoted", f"{figure.key} is hidden, so it cannot be quoted.", hint, figure.key.measure
            )
        return figure.value

    def _look(self, id_: object, breakdowns: Mapping[str, object], year: str = "this") -> Figure | None:
        """For conditions: None where there is no such figure this year. An unknown name is a mistake still."""
        if year == "last" and self.statistics.previous is None:
            return None
        try:
            return self._find(id_, breakdowns, year)
        except Wrong as wrong:
            if wrong.code == "unknown-category" and not self._known(id_, breakdowns):
                raise
            if wrong.code == "unknown-figure" and not self._could_be(id_):
                raise
            return None

    def _could_be(self, id_: object) -> bool:
        """Whether a figure of this name exists in other years: its table is absent this year."""
        from reportgen.narrative.vocabulary import ABSENT

        return isinstance(id_, str) and id_ in ABSENT

    def _known(self, id_: object, breakdowns: Mapping[str, object]) -> bool:
        """Whether every breakdown and category exists, though this year has no figure for them together."""
        definition = self.statistics.definitions.get(str(id_))
        if definition is None:
            return True
        names = {name for way in definition.breakdowns for name in way}
        return all(
            name in names and (word in self.statistics.categories.get(name, ()) or word in OTHER_WORDS.get(name, ()))
            for name, word in breakdowns.items()
        )

    def stat(self, id_: object, /, **options: object) -> Printed:
        """A figure: ``stat("penalties.issued", role="driver", year="last", as="words", noun="notice")``."""
        year, form, noun = options.pop("year", "this"), options.pop("as", ""), options.pop("noun", "")
        figure = self._find(id_, options, year)
        value = self._shown(figure)
        display = self._formatted(value, figure.unit, str(form), str(noun))
        return self._traced(figure, display, value, str(year))

    def _traced(
        self, figure: Figure, display: str, value: float, year: str, *, change: bool = False, share: bool = False
    ) -> Printed:
        """A number in the words, known by its figure wherever it stands."""
        label = self._year(year).period.label
        found = self.quoted.setdefault(
            (figure.key, f"{year}{display}{' share' if share else ''}", change),
            (QuotedFigure(figure.key, display, value, "", (), label, change, share), []),
        )
        where = f"{self.place.file}:{self.place.line()}"
        if where not in found[1]:
            found[1].append(where)
        kind = " change" if change else " share" if share else ""
        name = f"{figure.key}{' last year' if year == 'last' else ''}{kind}"
        plain = formats.exact(value)
        web = f'<data value="{plain}" data-figure="{escape(name)}">{escape(display)}</data>'
        made = self.tray.text(display, web=web)
        made.value, made.unit = value, figure.unit
        return made

    def _formatted(self, value: float, unit: Unit, form: str, noun: str) -> str:
        """A value in words: by its unit, or as asked."""
        if form not in ("", *FORMS):
            hint = did_you_mean(form, FORMS) or f"Forms are: {', '.join(FORMS)}."
            raise Wrong("unknown-form", f"There is no form “{form}”.", hint, form)
        if noun:
            return f"{_count(value, form)} {_noun(noun, value)}"
        return _plain(value, unit, form)

    def change(self, id_: object, /, **options: object) -> Printed:
        """How far a figure is from last year's, without sign: a number, or per cent with ``as="percent"``."""
        form, noun = str(options.pop("as", "")), str(options.pop("noun", ""))
        now, then = self._find(id_, options), self._find(id_, options, "last")
        size, display = _difference(self._shown(now), self._shown(then), now.unit, form, noun)
        return self._traced(now, display, size, "this", change=True)

    def compared(self, id_: object, /, **options: object) -> object:
        """``, 213 more than in 2024 to 2025``, or nothing where there is nothing to compare with."""
        now, then = self._look(id_, options), self._look(id_, options, "last")
        if now is None or then is None or now.value is None or then.value is None:
            return ""
        label = self._year("last").period.label
        step = _step(now.value, then.value, now.unit)
        if not step:
            return self.tray.text(f", the same as in {label}")
        size, display = _difference(now.value, then.value, now.unit, "", "")
        word = _direction(step, now.unit)
        printed = self._traced(now, display, size, "this", change=True)
        web = f", {printed.piece.web} {escape(word)} than in {escape(label)}"
        return self.tray.text(f", {printed.piece.text} {word} than in {label}", web=web)

    def rose_or_fell(self, id_: object, /, **options: object) -> Printed:
        """``rose``, ``fell`` or ``stayed the same``, by the displayed figures."""
        step = self._steps(id_, options)
        return self.tray.text("rose" if step > 0 else "fell" if step < 0 else "stayed the same")

    def more_or_fewer(self, id_: object, /, **options: object) -> Printed:
        """``more``, ``fewer`` or ``the same number of``, by the displayed figures."""
        step = self._steps(id_, options)
        return self.tray.text("more" if step > 0 else "fewer" if step < 0 else "the same number of")

    def _steps(self, id_: object, options: Mapping[str, object]) -> int:
        now, then = self._find(id_, options), self._find(id_, options, "last")
        return _step(self._shown(now), self._shown(then), now.unit)

    # conditions

    def value(self, id_: object, /, **options: object) -> Value:
        """A displayed figure to compare with a number or another figure."""
        year = str(options.pop("year", "this"))
        figure = self._look(id_, options, year)
        if figure is None or figure.value is None:
            return Value(None)
        return Value(ranks.displayed(figure.value, figure.unit))

    def is_hidden(self, id_: object, /, **options: object) -> bool:
        """Whether disclosure control withholds a figure."""
        figure = self._look(id_, options, str(options.pop("year", "this")))
        return figure is not None and figure.hidden

    def is_zero(self, id_: object, /, **options: object) -> bool:
        """Whether a figure is displayed as nought."""
        figure = self._look(id_, options, str(options.pop("year", "this")))
        return figure is not None and figure.value is not None and ranks.displayed(figure.value, figure.unit) == 0

    def is_there(self, id_: object, /, **options: object) -> bool:
        """Whether there is such a figure this year, and it may be quoted."""
        figure = self._look(id_, options, str(options.pop("year", "this")))
        return figure is not None and not figure.hidden

    def can_compare(self, id_: object, /, **options: object) -> bool:
        """Whether this year's and last year's figures may both be quoted."""
        return self._both(id_, options) is not None

    def _both(self, id_: object, options: Mapping[str, object]) -> int | None:
        now, then = self._look(id_, options), self._look(id_, options, "last")
        if now is None or then is None or now.value is None or then.value is None:
            return None
        return _step(now.value, then.value, now.unit)

    def rose(self, id_: object, /, **options: object) -> bool:
        """Whether the displayed figure is above last year's."""
        return (self._both(id_, options) or 0) > 0

    def fell(self, id_: object, /, **options: object) -> bool:
        """Whether the displayed figure is below last year's."""
        return (self._both(id_, options) or 0) < 0

    def level_with_last_year(self, id_: object, /, **options: object) -> bool:
        """Whether the displayed figure is the same as last year's."""
        return self._both(id_, options) == 0

    def hardly_changed(self, id_: object, /, **options: object) -> bool:
        """Whether the displayed figure is another than last year's, but within 2% of it (a share: one point)."""
        if not self._both(id_, options):
            return False
        now, then = self.value(id_, **options), self.value(id_, **options, year="last")
        share = self.statistics.definitions[str(id_)].unit == "proportion"
        return ranks.near(now.number or 0, then.number or 0, share=share)

    def in_force(self, regime: object, *, day: object = "last") -> bool:
        """Whether a regime of the law was in force on the first or last day of the period."""
        if regime not in law.REGIMES or day not in ("first", "last"):
            hint = did_you_mean(str(regime), law.REGIMES) or f"Regimes are: {', '.join(law.REGIMES)}."
            raise Wrong("wrong-use", "A regime and “first” or “last” day of the period are needed.", hint, "in_force")
        period = self.release.period
        return law.regime_of(period.first if day == "first" else period.last) == regime

    def more_than_half(self, id_: object, /, **options: object) -> bool:
        """Whether a displayed share is over a half."""
        return self._against_half(id_, options) > 0

    def less_than_half(self, id_: object, /, **options: object) -> bool:
        """Whether a displayed share is under a half."""
        return self._against_half(id_, options) < 0

    def _against_half(self, id_: object, options: dict[str, object]) -> float:
        year = str(options.pop("year", "this"))
        figure = self._look(id_, options, year)
        if figure is None or figure.value is None:
            return 0.0
        if figure.unit == "proportion":
            return ranks.displayed(figure.value, figure.unit) - 0.5
        if not ranks.additive(self._year(year), figure.key.measure, [*options]):
            hint = "Use value(…) to compare other figures."
            raise Wrong("wrong-use", f"“{figure.key}” is no share or part, so it has no half.", hint, str(id_))
        whole = self._look(id_, {}, year)
        share = None if whole is None or whole.value is None else ranks.share(figure, whole)
        return 0.0 if share is None else share - 0.5

    def significantly(self, id_: object, /, **options: object) -> bool:
        """Whether a survey share differs from last year's by more than chance may explain."""
        name = str(id_).removesuffix(".change") + ".change"
        if not str(id_).startswith("survey."):
            hint = "Only shares of survey answers have an interval."
            raise Wrong("wrong-use", f"“{id_}” is not a share of survey answers.", hint, str(id_))
        if str(id_).removesuffix(".change") not in self.statistics.definitions:
            self._find(id_, options)
        figure = self._look(name, options) if name in self.statistics.definitions else None
        if figure is None or figure.lower is None or figure.upper is None:
            return False
        return figure.lower > 0 or figure.upper < 0

    def share_of_total(self, id_: object, /, **options: object) -> Printed:
        """What part of the whole a category is, by the displayed figures: ``51%``."""
        year = str(options.pop("year", "this"))
        part, whole = self._find(id_, options, year), self._find(id_, {}, year)
        if not ranks.additive(self._year(year), part.key.measure, [*options]):
            hint = "Only categories that add up to the whole have a share of it."
            raise Wrong("wrong-use", f"“{part.key}” is not a part of a whole.", hint, str(id_))
        self._shown(part), self._shown(whole)
        share = ranks.share(part, whole)
        if share is None:
            hint = "Put the sentence between {% if not is_zero(…) %} and {% endif %}."
            raise Wrong("percent-of-nothing", "The whole is 0, so there is no share of it.", hint, str(id_))
        return self._traced(part, formats.percent(share), share, year, share=True)

    def is_there_largest(self, id_: object, /, **options: object) -> bool:
        """Whether one category alone has this rank, above 0, and no hidden figure can be as large."""
        name, rank = str(options.pop("by", "")), options.pop("rank", 1)
        if str(id_) not in self.statistics.definitions and self._could_be(id_):
            return False
        self._ways(id_, name)
        return isinstance(rank, int) and ranks.single_largest(self.statistics, str(id_), name, rank) is not None

    def rose_most(self, id_: object, /, **options: object) -> object:
        """The category that rose most on last year, or nothing where none did or a hidden one may have."""
        return self._moved(id_, options, 1)

    def fell_most(self, id_: object, /, **options: object) -> object:
        """The category that fell most on last year, or nothing where none did or a hidden one may have."""
        return self._moved(id_, options, -1)

    def _moved(self, id_: object, options: dict[str, object], way: int) -> object:
        name, form = str(options.pop("by", "")), str(options.pop("as", ""))
        self._category_form(form)
        if str(id_) not in self.statistics.definitions and self._could_be(id_):
            return ""
        self._ways(id_, name)
        figure = ranks.moved_most(self.statistics, str(id_), name, way)
        if figure is None:
            return ""
        made = self.tray.text(ranks.said(_in_sentence(name, figure.key.category_1), form))
        made.category = figure.key.category_1
        return made

    def _category_form(self, form: object) -> None:
        if form not in ranks.FORMS:
            hint = did_you_mean(str(form), ranks.FORMS) or 'There are as="plural" and as="where".'
            raise Wrong("unknown-form", f"There is no form “{form}” here.", hint, str(form))

    def largest(self, id_: object, /, **options: object) -> Printed:
        """The category with the largest displayed figure; several in a tie joined by “and”. ``as="plural"``: vans."""
        name, rank, form = options.pop("by", ""), options.pop("rank", 1), options.pop("as", "")
        self._category_form(form)
        figures = self._ranked(id_, str(name))
        sizes = sorted({ranks.displayed(figure.value or 0, figure.unit) for figure in figures}, reverse=True)
        if not isinstance(rank, int) or not 1 <= rank <= len(sizes):
            raise Wrong("wrong-use", "There is no category of this rank.", "Ranks count from 1.", "rank")
        tied = [f.key.category_1 for f in figures if ranks.displayed(f.value or 0, f.unit) == sizes[rank - 1]]
        words = [_in_sentence(str(name), word) for word in tied]
        words = [ranks.said(word, str(form)) for word in words]
        self.seen.append(f"{id_} by {name}: {', '.join(words)}")
        made = self.tray.text(words[0] if len(words) == 1 else f"{', '.join(words[:-1])} and {words[-1]}")
        made.category = tied[0] if len(tied) == 1 else ""
        return made

    def _ways(self, id_: object, name: str) -> None:
        """A mistake where there is no such measure, or it is not broken down so."""
        if not isinstance(id_, str) or id_ not in self.statistics.definitions:
            self._find(id_, {})
        ways = {way[0] for way in self.statistics.definitions[str(id_)].breakdowns if len(way) == 1}
        if name not in ways:
            hint = did_you_mean(name, ways) or f"It is broken down by: {', '.join(sorted(ways))}."
            raise Wrong("unknown-category", f"“{id_}” is not broken down by “{name}”.", hint, name or str(id_))

    def _ranked(self, id_: object, name: str) -> Sequence[Figure]:
        self._ways(id_, name)
        figures = ranks.shown(self.statistics, str(id_), name)
        if not figures:
            hint = "Put the sentence between {% if is_there(…) %} and {% endif %}."
            raise Wrong("hidden-figure-quoted", f"Every “{id_}” by {name} is hidden.", hint, str(id_))
        return figures

    # claims

    def holds(self, condition: object, line: int, *, has_other: bool) -> bool:
        """Whether a claim's sentence may stand; a false one without another sentence is a mistake."""
        self.claims += 1
        told, self.seen = self.seen, []
        if bool(condition) or has_other:
            return bool(condition)
        figures = "; ".join(dict.fromkeys(self._now(name) for name in told if name)) or "no figure was asked for"
        hint = "Change the sentence, or give another after {% otherwise %} for years like this."
        said = f"This claim is not true: {figures}."
        self.mistakes.add(self.place.file, line + self.place.offset, "claim-not-true", said, hint, at="{% claim")
        return False

    def _now(self, name: str) -> str:
        """A figure that a condition asked for, as it is now."""
        id_, *pairs = name.split(", ")
        key = Key(id_, *(part for pair in pairs for part in pair.split(" ", 1)))
        texts = []
        for year, statistics in (("", self.statistics), ("last year ", self.statistics.previous)):
            figure = statistics.figures.get(key) if statistics else None
            if figure is not None:
                texts.append(year + (_plain(figure.value, figure.unit, "") if figure.value is not None else "hidden"))
        return f"{name} is {', '.join(texts)}" if texts else name

    def needs(self, what: object, line: int) -> str:
        """Leave the chapter out where a table of the inputs, or all its figures, are absent."""
        there = {
            "ledger": self.statistics.has("money.issued"),
            "recommendations": bool(self.statistics.records.recommendations),
            "team": any(name.startswith("team.") for name in self.statistics.definitions),
            "published": bool(self.statistics.records.published),
            "context": bool(self.statistics.records.context),
        }
        if what not in there:
            hint = did_you_mean(str(what), there) or f"Such tables are: {', '.join(there)}."
            said = f"“{what}” is not a table that may be absent."
            self.mistakes.add(self.place.file, line + self.place.offset, "unknown-table", said, hint, at=str(what))
        elif not there[str(what)]:
            self.missing = str(what)
        return ""

    def panel(self, body: str, line: int) -> str:
        """Key figures: each line of the block is one."""
        del line
        lines = [text.strip() for text in body.splitlines() if text.strip()]
        return self.blocks.panel(lines)

    # law

    def level(
        self, *, section: object = "", occasion: object = "first", aggregate: object = False, regime: object = ""
    ) -> Printed:
        """The most that a penalty may be, by law: ``level(section="32", occasion="first")``."""
        name = str(regime) if regime else law.regime_of(self.release.period.last) or ""
        found = law.level(name, str(section), str(occasion))
        if found is None:
            hint = 'Sections are "31A" and "32"; occasions "first", "second" and "third or later".'
            raise Wrong("unknown-level", "There is no such level.", hint, "level")
        return self.tray.text(formats.pounds(found.aggregate if aggregate else found.maximum))

    def clock(self, name: object) -> Printed:
        """A time allowed by law: ``clock("payment")``."""
        if name not in CLOCKS:
            hint = did_you_mean(str(name), CLOCKS) or f"There are: {', '.join(CLOCKS)}."
            raise Wrong("unknown-clock", f"There is no time called “{name}”.", hint, str(name))
        return self.tray.text(formats.days(CLOCKS[str(name)]))

    def reduction(self, name: object) -> Printed:
        """A reduction by law: ``reduction("compliance")``."""
        if name not in REDUCTIONS:
            hint = did_you_mean(str(name), REDUCTIONS) or f"There are: {', '.join(REDUCTIONS)}."
            raise Wrong("unknown-reduction", f"There is no reduction called “{name}”.", hint, str(name))
        return self.tray.text(REDUCTIONS[str(name)])

    def definition(self, id_: object) -> Printed:
        """What a measure counts, in one sentence."""
        found = self.statistics.definitions.get(str(id_))
        if found is None:
            self._find(id_, {})
            raise AssertionError("a figure without a definition")
        return self.tray.text(clean(found.definition))

    # blocks

    def table(self, id_: object) -> object:
        """A table, on a line of its own."""
        return self.blocks.table(self, id_)

    def chart(self, id_: object) -> object:
        """A chart, on a line of its own."""
        return self.blocks.chart(self, id_)

    def is_there_table(self, id_: object) -> bool:
        """Whether this year has a table."""
        return self.blocks.has_table(self, id_)

    def is_there_chart(self, id_: object) -> bool:
        """Whether this year has a chart."""
        return self.blocks.has_chart(self, id_)

    def quote(self, *, theme: object = "", role: object = "") -> object:
        """What somebody said on a theme, or nothing where nothing may be quoted."""
        return self.blocks.quote(self, self._word("theme", theme), self._word("role", role))

    def you_said_we_did(self) -> object:
        """What people said beside what was done about it, by theme, quick wins first."""
        return self.blocks.you_said_we_did()

    def questions(self) -> tuple[QuestionWords, ...]:
        """The survey's questions in order, for a loop."""
        return tuple(QuestionWords(one, self.statistics, self.tray) for one in self.statistics.records.questions)

    def themes(self) -> tuple[ThemeWords, ...]:
        """The themes of comments, largest displayed first, for a loop."""
        figures = [figure for figure in self.statistics.of("survey.themes", "theme") if figure.value is not None]
        figures.sort(key=lambda figure: -(figure.value or 0))
        return tuple(ThemeWords(figure.key.category_1, self.tray) for figure in figures)


CLOCKS: Final = {
    "payment": law.PAYMENT_DAYS,
    "instalments": law.OBJECTION_DAYS,
    "objection": law.OBJECTION_DAYS,
    "appeal": law.APPEAL_DAYS,
    "appeal in Scotland": law.APPEAL_DAYS_SCOTLAND,
    "sale": law.SALE_DAYS,
}
REDUCTIONS: Final = {"compliance": "50%", "accreditation": "50%"}
OTHER_WORDS: Final[Mapping[str, tuple[str, ...]]] = {
    "regime": law.REGIMES,
    "role": ("driver", "owner", "hirer", "operator", "other"),
    "accredited": ("not recorded",),
    "appeal_outcome": ("not recorded",),
    "objection_outcome": ("not recorded",),
    "had_penalty": ("not recorded",),
    "registered_in": ("Other", "not recorded"),
}


def _step(now: float, then: float, unit: Unit) -> int:
    """1 up, −1 down, 0 level, by the displayed values."""
    first, second = ranks.displayed(now, unit), ranks.displayed(then, unit)
    return (first > second) - (first < second)


def _plain(value: float, unit: Unit, form: str) -> str:
    """A value in its unit's words."""
    if unit == "proportion":
        return formats.percent(value, 1 if form == "decimal" else 0)
    if unit == "percentage points":
        return formats.points(value)
    if unit == "pounds":
        return formats.short_pounds(value) if form == "short" else formats.pounds(value)
    if unit == "days":
        return formats.days(value)
    return _count(value, form)


def _count(value: float, form: str) -> str:
    whole = int(formats.rounded(value))
    return SMALL[whole] if form == "words" and 0 <= whole < len(SMALL) else formats.number(value)


def _noun(noun: str, value: float) -> str:
    """``notice`` as notice or notices; ``person/people`` gives both forms."""
    one, slash, many = noun.partition("/")
    if int(formats.rounded(value)) == 1:
        return one
    return many if slash else f"{one}s"


def _difference(now: float, then: float, unit: Unit, form: str, noun: str) -> tuple[float, str]:
    """The size of a change and how it is said; shares change by percentage points, never by per cent."""
    first, second = ranks.displayed(now, unit), ranks.displayed(then, unit)
    if form == "percent":
        if unit == "proportion":
            hint = 'Leave as="percent" out: shares change by percentage points.'
            raise Wrong("percent-of-percent", "A share does not change by per cent.", hint, "percent")
        if second == 0:
            hint = 'Leave as="percent" out, or guard the sentence with {% if not is_zero(…, year="last") %}.'
            raise Wrong(
                "percent-of-nothing", "Last year's figure is 0, so there is no change in per cent.", hint, "percent"
            )
        share = abs(first - second) / abs(second)
        return share, formats.percent(share)
    size = abs(first - second)
    if unit == "proportion":
        return size, formats.points(float(formats.rounded(size * 100)))
    if noun:
        return size, f"{formats.number(size)} {_noun(noun, size)}"
    return size, _plain(size, unit, form)


def _direction(step: int, unit: Unit) -> str:
    """More or fewer, higher or lower, as the unit asks."""
    if unit in ("proportion", "pounds"):
        return "higher" if step > 0 else "lower"
    if unit == "days":
        return "longer" if step > 0 else "shorter"
    return "more" if step > 0 else "fewer"


def _in_sentence(name: str, word: str) -> str:
    """A category inside a sentence: names keep their capital, other words have none."""
    said = formats.category(name, word)
    if name in ("place", "registered_in", "regime", "month", "quarter", "owner"):
        return said
    return said[:1].lower() + said[1:]
