"""Rank, movement and share: which category is the largest, which moved most, what part of the whole one is.

Goes in: protected figures of one measure by one breakdown. Comes out: one figure, or None where nobody could say so.
Hides how hidden figures are bounded: a category is only called the largest if no hidden one can be as large.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Final

from reportgen.model import formatting
from reportgen.model.figure import Key, Unit
from reportgen.scheme import measure_ids as ids

if TYPE_CHECKING:
    from reportgen.model.protected import Figure, ProtectedStatistics
    from reportgen.model.records import Question

UNRANKED: Final = ("not recorded", "Other")
"""Categories that are no place, role or country of their own."""
POINT: Final = 0.01
LITTLE: Final = 0.02
EDGE: Final = 1e-9
ENTRANTS: Final = ids.INCIDENTS_ENTRANTS
"""The people found: hidden where the incidents are few, not where the people are."""
PLURALS: Final[Mapping[str, str]] = {"coach": "coaches", "other": "other vehicles"}
OTHER_ROLES: Final = "people in other roles"
WHERE: Final[Mapping[str, str]] = {"UK port": "at UK ports", "Inland": "inland"}
FORMS: Final = ("", "name", "plural", "where", "number", "share", "before")
USUAL: Final[Mapping[str, str]] = {"role": "plural", "vehicle_type": "plural", "place": "where"}
"""The form in which a category of a breakdown is printed unless another is asked for: drivers, at Calais."""


def displayed(value: float, unit: Unit) -> float:
    """A value as it is displayed: rounded as the formats round."""
    if unit == "proportion":
        return float(formatting.rounded(value, 2))
    return float(formatting.rounded(value))


def zero(figure: Figure, statistics: ProtectedStatistics) -> bool | None:
    """Return whether a displayed figure is zero; None where it may only round to it.

    A share above zero is displayed as “less than 1%”, so it is known not to be. Where counts are rounded, answers and
    people found may be few and rounded down; other counts are hidden while they are few, so their zero is one.
    """
    if figure.value is None or displayed(figure.value, figure.unit) != 0:
        return None if figure.value is None else False
    if figure.value != 0:
        return False if figure.unit == "proportion" else None
    measure = statistics.definitions.get(figure.key.measure)
    few = measure is not None and (measure.kind == "survey share" or measure.id == ENTRANTS)
    return None if few and blurred(figure, statistics) else True


def blurred(figure: Figure, statistics: ProtectedStatistics) -> bool:
    """Whether a figure is a rounded count, or made from rounded counts: then two that look the same may differ."""
    measure = statistics.definitions.get(figure.key.measure)
    rounded = statistics.settings.round_to > 1 and measure is not None and measure.personal
    return rounded and figure.unit not in ("pounds", "days")


def plural(word: str) -> str:
    """A category that several belong to: drivers, coaches."""
    return PLURALS.get(word, f"{word}s")


def said(name: str, word: str, form: str) -> str:
    """Return a category in one of its forms: ``name``, ``plural`` (coaches) or ``where`` (at Calais, inland)."""
    form = form or USUAL.get(name, "name")
    if form == "plural":
        return OTHER_ROLES if (name, word) == ("role", "other") else plural(word)
    return WHERE.get(word, f"at {word}") if form == "where" else word


def shown(statistics: ProtectedStatistics, measure: str, name: str) -> list[Figure]:
    """The displayed figures of a breakdown that may be ranked, in print order."""
    return [
        figure
        for figure in statistics.of(measure, name)
        if figure.value is not None and figure.key.category_1 not in UNRANKED
    ]


def ranked(statistics: ProtectedStatistics, measure: str, name: str, rank: int = 1) -> list[Figure] | None:
    """The figures of a rank, several in a tie; None at zero, or where a hidden figure may be as large."""
    found = shown(statistics, measure, name)
    sizes = sorted({_size(figure) for figure in found}, reverse=True)
    if not 1 <= rank <= len(sizes):
        return None
    size = sizes[rank - 1]
    if size <= 0 or _hidden_at_most(statistics, measure, name) >= size:
        return None
    return [figure for figure in found if _size(figure) == size]


def moved_most(statistics: ProtectedStatistics, measure: str, name: str, way: int) -> Figure | None:
    """The one figure that rose (``way`` 1) or fell (−1) most; None where there is none, or a hidden one may have."""
    before = statistics.previous
    if before is None:
        return None
    moves: list[tuple[float, Figure]] = []
    bound = max(0.0, _hidden_at_most(statistics if way > 0 else before, measure, name))
    for figure in shown(statistics, measure, name):
        then = before.figures.get(figure.key)
        if then is not None and then.value is not None:
            moves.append((way * (_size(figure) - _size(then)), figure))
        elif way > 0:
            bound = max(bound, _size(figure))
    if way < 0:
        known = {figure.key for _, figure in moves}
        bound = max([bound, *(_size(then) for then in shown(before, measure, name) if then.key not in known)])
    most = max((move for move, _ in moves), default=0.0)
    tied = [figure for move, figure in moves if move == most]
    return tied[0] if len(tied) == 1 and most > bound else None


def first_in_each(statistics: ProtectedStatistics, measure: str, name: str, each: str) -> str | None:
    """The one category that is the largest in every category of another breakdown; None where there is none such.

    A hidden figure counts as the most that it may be.
    """
    parts: dict[str, list[Figure]] = {}
    for figure in statistics.of(measure, name, each):
        parts.setdefault(_category(figure.key, each), []).append(figure)
    firsts = set()
    for word, figures in parts.items():
        hidden = _hidden_of(statistics, figures, Key(measure, each, word), name)
        sizes = [_size(figure) for figure in figures if figure.value is not None]
        tied = [figure for figure in figures if figure.value is not None and _size(figure) == max(sizes)]
        if len(tied) != 1 or max(sizes) <= max(0, hidden):
            return None
        firsts.add(_category(tied[0].key, name))
    return firsts.pop() if len(firsts) == 1 and not firsts & {*UNRANKED} else None


def _category(key: Key, name: str) -> str:
    return key.category_1 if key.breakdown_1 == name else key.category_2


def _size(figure: Figure) -> float:
    return displayed(figure.value or 0.0, figure.unit)


def _hidden_at_most(statistics: ProtectedStatistics, measure: str, name: str) -> float:
    """The most that a hidden figure of the breakdown may be: −1 where none is hidden."""
    return _hidden_of(statistics, statistics.of(measure, name), Key(measure), name)


def _hidden_of(statistics: ProtectedStatistics, figures: Sequence[Figure], key: Key, name: str) -> float:
    """The most that a hidden one of the parts of a whole may be: −1 where none is hidden."""
    if not any(figure.value is None for figure in figures):
        return -1.0
    whole = statistics.figures.get(key)
    if whole is None or whole.value is None or name not in statistics.definitions[key.measure].additive:
        return math.inf
    slack = (statistics.settings.round_to - 1) * (len(figures) + 1)
    return _size(whole) - sum(_size(figure) for figure in figures if figure.value is not None) + slack


def alone(statistics: ProtectedStatistics, part: Figure, whole: Figure, names: Sequence[str]) -> bool:
    """Whether a category has everything: it equals the whole, and where these are rounded every other is zero."""
    if not part.value or whole.value is None or _size(part) != _size(whole):
        return False
    others = [one for one in statistics.of(part.key.measure, *names) if one.key != part.key]
    return not blurred(part, statistics) or all(zero(one, statistics) is True for one in others)


def near(now: float, then: float, *, share: bool) -> bool:
    """Whether two displayed values are within one percentage point, or within 2% of the earlier."""
    room = POINT if share else LITTLE * abs(then)
    return abs(now - then) <= room + EDGE


def share(part: Figure, whole: Figure) -> float | None:
    """The displayed part of the displayed whole; None of a whole of zero."""
    size = _size(whole)
    return _size(part) / size if size else None


def additive(statistics: ProtectedStatistics, measure: str, names: Sequence[str]) -> bool:
    """Whether the categories of these breakdowns add up to the whole, so that one can be a part of it."""
    found = statistics.definitions.get(measure)
    return found is not None and bool(names) and {*names} <= found.additive


def extreme_question(statistics: ProtectedStatistics, way: int) -> Question | None:
    """The one question with the largest (``way`` 1) or smallest (−1) displayed positive share.

    None with fewer than two such questions, in a tie, or where the share of one is hidden.
    """
    found = _positive(statistics)
    if any(figure.value is None for _, figure in found):
        return None
    return _alone([(question, way * _size(figure)) for question, figure in found])


def divided_question(statistics: ProtectedStatistics) -> Question | None:
    """The one question on which the displayed positive shares of drivers and owners lie furthest apart.

    None with fewer than two such questions, in a tie, where they lie nowhere apart, or where a share is hidden.
    """
    drivers, owners = (_positive(statistics, "role", role) for role in ("driver", "owner"))
    beside = {question.name: figure for question, figure in owners}
    both = [(question, figure, beside[question.name]) for question, figure in drivers if question.name in beside]
    if any(one.value is None or two.value is None for _, one, two in both):
        return None
    gaps = [(question, round(abs(_size(one) - _size(two)), 2)) for question, one, two in both]
    return _alone(gaps) if any(gap for _, gap in gaps) else None


def _positive(statistics: ProtectedStatistics, *group: str) -> list[tuple[Question, Figure]]:
    """The questions that have a positive share, of everyone or of a group, each with it."""
    asked = [question for question in statistics.records.questions if question.positive]
    figures = [statistics.figures.get(Key(f"survey.{question.name}.positive", *group)) for question in asked]
    return [(question, figure) for question, figure in zip(asked, figures, strict=True) if figure is not None]


def _alone(sizes: Sequence[tuple[Question, float]]) -> Question | None:
    """The one question with the largest size; None in a tie, or where one has nothing beside it."""
    most = max((size for _, size in sizes), default=0.0)
    tied = [question for question, size in sizes if size == most]
    return tied[0] if len(tied) == 1 and len(sizes) > 1 else None
