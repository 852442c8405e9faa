"""Words that assert: each prints itself where it is true of its figure, and takes its sentence out where it is not.

Input: the names of figures. Output: ``Assertion``. All by the displayed figures. ``MEANINGS`` is the one place where it
is said how much each word takes; ``templates/README.md`` prints it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar, Final

from reportgen.language.mistakes import Wrong, said_key, short
from reportgen.language.three_valued import Assertion
from reportgen.vocabulary import comparisons, format_value
from reportgen.vocabulary.figure_lookup import Lookup, figure_id

if TYPE_CHECKING:
    from reportgen.model.protected import Figure

LARGE: Final = 20
"""The smaller of two figures from which on a ratio of the two is put into words."""
EDGE: Final = 1e-9


@dataclass(frozen=True, slots=True)
class Meaning:
    """How much a word takes, for its reader and for the machine: from ``least`` to ``most``, both included."""

    says: str
    least: float = float("-inf")
    most: float = float("inf")

    def holds(self, size: float) -> bool:
        """Return whether a size is within the limits."""
        return self.least - EDGE <= size <= self.most + EDGE


MOVES: Final[Mapping[str, Meaning]] = {
    "sharply": Meaning("a change of 20% or more (a share: 10 percentage points or more)", 0.20),
    "slightly": Meaning("a change of 5% or less, but not none (a share: 2 percentage points or less)", EDGE * 2, 0.05),
}
"""Size of a change beside last year's figure, without its sign."""
POINTS: Final[Mapping[str, tuple[float, float]]] = {"sharply": (0.10, 1.0), "slightly": (EDGE * 2, 0.02)}
"""The same words of a share, in percentage points."""
RATIOS: Final[Mapping[str, Meaning]] = {
    "nearly_doubled": Meaning("1.8 to just under 2 times last year's figure", 1.8, 2.0 - 1e-6),
    "doubled": Meaning("2 to 2.05 times last year's figure", 2.0, 2.05),
    "more_than_doubled": Meaning("more than 2 times last year's figure", 2.0 + 1e-6),
    "nearly_halved": Meaning("just over 0.5 to 0.55 times last year's figure", 0.5 + 1e-6, 0.55),
    "halved": Meaning("0.475 to 0.5 times last year's figure", 0.475, 0.5),
    "more_than_halved": Meaning("less than 0.5 times last year's figure", EDGE, 0.5 - 1e-6),
}
"""This year's figure in times of last year's; both at least 20."""
PARTS: Final[Mapping[str, Meaning]] = {
    "almost_all": Meaning("95% or more, but not all", 0.95),
    "most": Meaning("more than half, but not all", 0.5 + EDGE * 10),
    "more_than_half": Meaning("more than half, but not all", 0.5 + EDGE * 10),
    "about_half": Meaning("45% to 55%", 0.45, 0.55),
    "less_than_half": Meaning("less than half, but not none", EDGE * 10, 0.5 - EDGE * 10),
    "few": Meaning("10% or less, but not none", EDGE * 10, 0.10),
}
"""A share, or a category's part of the whole."""
SAYS: Final[Mapping[str, str]] = {
    "rose": "above last year's figure",
    "fell": "below last year's figure",
    "rose_or_fell": "“rose” or “fell”; not where the figure is the same as last year's",
    "stayed_the_same": "the same as last year's figure",
    "hardly_changed": "not the same as last year's figure, but within 2% of it (a share: one percentage point)",
    "more": "above last year's figure, or above the other side named by than=",
    "fewer": "below last year's figure, or below the other side named by than=",
    "less": "the same as fewer",
    "higher": "the same as more",
    "lower": "the same as fewer",
    "longer": "the same as more",
    "shorter": "the same as fewer",
    "more_or_fewer": "“more” or “fewer”; not where the two are the same, and not of none",
    "higher_or_lower": "“higher” or “lower”; not where the two are the same",
    "as_many": "the same as last year's figure, or as the other side; not of rounded counts",
    "about_as_many": "“as many”, or “about as many” within 2%",
    "the_same": "the same as last year's figure, or as the other side",
    "all": "a share of 100%, or a category that has everything",
    "some": "above zero",
    "hidden": "hidden, so that nobody can be identified",
    "significantly": "a share of survey answers changed by more than chance may explain",
    "by_chance": "a share of survey answers changed by no more than chance may explain",
}
"""What each other word takes."""
TEXTS: Final[Mapping[str, str]] = {
    "significantly": "more than chance alone would explain",
    "by_chance": "chance alone could explain the difference",
}
MEANINGS: Final[Mapping[str, str]] = {
    **SAYS,
    **{name: one.says for group in (MOVES, RATIOS, PARTS) for name, one in group.items()},
}
"""Every asserting word with what it takes."""


@dataclass
class Assertions:
    """Words that assert, over one lookup."""

    find: Lookup

    WORDS: ClassVar[tuple[str, ...]] = tuple(MEANINGS)

    def __getattr__(self, name: str) -> Callable[..., Assertion]:
        """Return the function behind a word."""
        makers: Mapping[str, Callable[[str], Callable[..., Assertion]]] = {
            **dict.fromkeys(("rose", "more", "higher", "longer"), lambda word: self._moved(word, 1)),
            **dict.fromkeys(("fell", "fewer", "less", "lower", "shorter"), lambda word: self._moved(word, -1)),
            **dict.fromkeys(("rose_or_fell", "more_or_fewer", "higher_or_lower"), self._either),
            **dict.fromkeys(("stayed_the_same", "as_many", "the_same"), self._level),
            "about_as_many": self._about,
            "hardly_changed": self._hardly,
            **dict.fromkeys(MOVES, self._size),
            **dict.fromkeys(RATIOS, self._ratio),
            **dict.fromkeys(PARTS, self._part),
            "all": self._all,
            "some": self._some,
            "hidden": self._hidden,
            **dict.fromkeys(("significantly", "by_chance"), self._chance),
        }
        if name not in makers:
            raise AttributeError(name)
        made = makers[name](name)
        made.__name__ = name
        return made

    # two figures beside each other

    def _sides(self, id_: object, options: Mapping[str, object]) -> tuple[Figure | None, Figure | None, str]:
        """The figure, what it is compared with, and what that is called."""
        options = dict(options)
        than = options.pop("than", "")
        year = str(options.pop("year", "this"))
        now = self.find.look(id_, options, year)
        if not than:
            return now, self.find.look(id_, options, "last"), "last year"
        name = str(getattr(than, "category", "") or than)
        if self.find.is_figure(name):
            return now, self.find.look(name, options, year), name
        if not options:
            hint = 'Such as more(penalties.issued, place="Calais", than="Coquelles").'
            raise Wrong("wrong-use", f"“{short(name)}” is neither a figure nor a category here.", hint, name)
        last = [*options][-1]
        return now, self.find.look(id_, {**options, last: than}, year), name

    def _compare(self, word: str, test: Callable[[float, float, Figure], bool | None]) -> Callable[..., Assertion]:
        def asserted(id_: object, /, **options: object) -> Assertion:
            now, then, other = self._sides(id_, options)
            if now is None or then is None or now.value is None or then.value is None:
                return Assertion(None, said(word), self._unknown(word, id_, now, then, other))
            one, two = (comparisons.displayed(figure.value or 0.0, figure.unit) for figure in (now, then))
            truth = test(one, two, now)
            what = "is not true" if truth is not None else "is not said of such small or rounded figures"
            why = f"“{said(word)}” {what}: {said_key(now.key)} is {plain(now)}, {other} {plain(then)}"
            return Assertion(truth, self._text(word, one, two), why)

        return asserted

    @staticmethod
    def _text(word: str, one: float, two: float) -> str:
        first, either, second = word.partition("_or_")
        if either:
            return first if one > two else second
        return "as many" if word == "about_as_many" and one == two else said(word)

    def _unknown(self, word: str, id_: object, now: Figure | None, then: Figure | None, other: str) -> str:
        name = figure_id(id_)
        for figure, when in ((now, ""), (then, f" {other}" if other == "last year" else "")):
            if figure is not None and figure.value is None:
                return f"{said_key(figure.key)} is hidden{when}"
        if now is None:
            return f"there is no figure “{name}” this year"
        reason = self.find.why_not(name) if other == "last year" else ""
        return f"“{said(word)}”: {name} is not compared with {other}{f', because {reason}' if reason else ''}"

    def _moved(self, word: str, way: int) -> Callable[..., Assertion]:
        return self._compare(word, lambda one, two, _: (one - two) * way > 0)

    def _either(self, word: str) -> Callable[..., Assertion]:
        none = word == "more_or_fewer"
        return self._compare(word, lambda one, two, _: one != two and not (none and one == 0))

    def _level(self, word: str) -> Callable[..., Assertion]:
        exact = word == "as_many"

        def test(one: float, two: float, figure: Figure) -> bool | None:
            if one == two and exact and comparisons.blurred(figure, self.find.statistics):
                return None
            return one == two

        return self._compare(word, test)

    def _about(self, word: str) -> Callable[..., Assertion]:
        def test(one: float, two: float, figure: Figure) -> bool:
            return one > 0 and comparisons.near(one, two, share=figure.unit == "proportion")

        return self._compare(word, test)

    def _hardly(self, word: str) -> Callable[..., Assertion]:
        def test(one: float, two: float, figure: Figure) -> bool:
            return one != two and comparisons.near(one, two, share=figure.unit == "proportion")

        return self._compare(word, test)

    def _size(self, word: str) -> Callable[..., Assertion]:
        def test(one: float, two: float, figure: Figure) -> bool | None:
            if figure.unit == "proportion":
                least, most = POINTS[word]
                return least - EDGE <= abs(one - two) <= most + EDGE
            return None if two < LARGE else MOVES[word].holds(abs(one - two) / two)

        return self._compare(word, test)

    def _ratio(self, word: str) -> Callable[..., Assertion]:
        def test(one: float, two: float, _: Figure) -> bool | None:
            return None if min(one, two) < LARGE else RATIOS[word].holds(one / two)

        return self._compare(word, test)

    # a part of a whole

    def _part(self, word: str) -> Callable[..., Assertion]:
        def asserted(id_: object, /, **options: object) -> Assertion:
            share, why = self._share(word, id_, options)
            if share is None or self._is_all(id_, options) is True:
                return Assertion(None if share is None else False, said(word), why)
            return Assertion(PARTS[word].holds(share), said(word), why)

        return asserted

    def _share(self, word: str, id_: object, options: Mapping[str, object]) -> tuple[float | None, str]:
        """The displayed share, and why the word does not hold."""
        options = dict(options)
        year = options.pop("year", "this")
        figure = self.find.look(id_, options, year)
        if figure is None or figure.value is None:
            return None, self._unknown(word, id_, figure, figure, "")
        if figure.unit == "proportion":
            value = comparisons.displayed(figure.value, figure.unit)
            return value, f"“{said(word)}” is not true: {said_key(figure.key)} is {plain(figure)}"
        self.find.check_part(figure, [*options], id_, year)
        whole = self.find.look(id_, {}, year)
        if whole is None or whole.value is None:
            return None, self._unknown(word, id_, whole, whole, "")
        why = f"“{said(word)}” is not true: {said_key(figure.key)} is {plain(figure)} of {plain(whole)}"
        return comparisons.share(figure, whole), why

    def _is_all(self, id_: object, options: Mapping[str, object]) -> bool | None:
        """Whether a share is the whole, or a category has everything.

        The displayed figures are not enough: 99.6% is displayed as 100%, and two rounded counts that look the same may
        differ. Where counts are rounded, every other category must be zero.
        """
        options = dict(options)
        year = options.pop("year", "this")
        figure = self.find.look(id_, options, year)
        if figure is None or figure.value is None:
            return None
        statistics = self.find.year(year)
        if figure.unit == "proportion":
            return None if comparisons.blurred(figure, statistics) else figure.value >= 1
        self.find.check_part(figure, [*options], id_, year)
        whole = self.find.look(id_, {}, year)
        return whole is not None and comparisons.alone(statistics, figure, whole, [*options])

    def _all(self, word: str) -> Callable[..., Assertion]:
        def asserted(id_: object, /, **options: object) -> Assertion:
            _, why = self._share(word, id_, options)
            return Assertion(self._is_all(id_, options), said(word), why)

        return asserted

    def _some(self, word: str) -> Callable[..., Assertion]:
        def asserted(id_: object, /, **options: object) -> Assertion:
            options = dict(options)
            year = options.pop("year", "this")
            figure = self.find.look(id_, options, year)
            if figure is None or figure.value is None:
                return Assertion(None, word, self._unknown(word, id_, figure, figure, ""))
            zero = comparisons.zero(figure, self.find.year(year))
            why = f"“some” is not true: {said_key(figure.key)} is {plain(figure)}"
            return Assertion(None if zero is None else not zero, word, why)

        return asserted

    def _hidden(self, word: str) -> Callable[..., Assertion]:
        def asserted(id_: object, /, **options: object) -> Assertion:
            options = dict(options)
            figure = self.find.look(id_, options, options.pop("year", "this"))
            if figure is None:
                return Assertion(truth=False, text=word, why=self._unknown(word, id_, None, None, ""))
            return Assertion(figure.hidden, word, f"{said_key(figure.key)} is not hidden")

        return asserted

    def _chance(self, word: str) -> Callable[..., Assertion]:
        def asserted(id_: object, /, **options: object) -> Assertion:
            name = figure_id(id_).removesuffix(".change")
            self._check_survey_share(name)
            self.find.check(name, {one: str(category) for one, category in options.items()})
            figure = self.find.look(f"{name}.change", options) if self.find.is_figure(f"{name}.change") else None
            if figure is None or figure.lower is None or figure.upper is None:
                return Assertion(None, said(word), f"“{name}” has no change with an interval this year")
            real = figure.lower > 0 or figure.upper < 0
            why = "could" if not real else "could not"
            return Assertion(
                real is (word == "significantly"), said(word), f"chance alone {why} explain the change of {name}"
            )

        return asserted

    def _check_survey_share(self, name: str) -> None:
        if name.startswith("survey.") and name.endswith(".positive"):
            return
        hint = "Such as significantly(survey.clarity.positive): only shares of survey answers have an interval."
        if not name.startswith("survey."):
            self.find.check(name, {})
        raise Wrong("not-a-survey-share", f"“{short(name)}” is not a positive share of a survey question.", hint, name)


def said(word: str) -> str:
    """Return a word as it is printed."""
    return TEXTS.get(word, word.replace("_", " "))


def plain(figure: Figure) -> str:
    """Return a displayed figure for a message."""
    return format_value.plain(figure.value or 0.0, figure.unit)
