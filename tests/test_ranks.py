"""Largest, most risen, share: never said where a hidden figure may contradict it."""

from dataclasses import dataclass, field
from types import SimpleNamespace

import pytest

from reportgen.model.figure import Key
from reportgen.model.protected import Figure
from reportgen.vocabulary import comparisons

MEASURE, BY = "penalties.issued", "place"
A, B, C, D = "Calais", "Coquelles", "Dunkerque", "Inland"


@dataclass
class Year:
    """What the module asks of protected statistics."""

    figures: dict
    additive: frozenset = frozenset({BY})
    round_to: int = 1
    previous: "Year | None" = None
    records: object = None
    definitions: dict = field(init=False)
    settings: object = field(init=False)

    def __post_init__(self):
        self.definitions = {MEASURE: SimpleNamespace(additive=self.additive)}
        self.settings = SimpleNamespace(round_to=self.round_to)

    def of(self, measure, name):
        return tuple(
            figure for key, figure in self.figures.items() if (key.measure, key.breakdown_1) == (measure, name)
        )


def figure(value, *pairs):
    return Figure(Key(MEASURE, *pairs), "notices", value, "" if value is not None else "[c]")


def year(cells, total=None, **more):
    whole = sum(cells.values()) if total is None else total
    made = [figure(whole), *(figure(value, BY, word) for word, value in cells.items())]
    return Year({one.key: one for one in made}, **more)


def names(figures):
    return None if figures is None else [one.key.category_1 for one in figures]


@pytest.mark.parametrize(
    ("cells", "total", "rank", "found"),
    [
        ({A: 9, B: 7, C: 5}, None, 1, [A]),
        ({A: 9, B: 7, C: 5}, None, 2, [B]),
        ({A: 9, B: 9, C: 5}, None, 1, [A, B]),
        ({A: 9, B: 9, C: 5}, None, 2, [C]),
        ({A: 0, B: 0}, None, 1, None),
        ({A: 9, B: 0}, None, 2, None),
        ({A: 9, B: 7}, None, 3, None),
        ({A: 9, B: None, C: 5}, 22, 1, [A]),
        ({A: 9, B: None, C: 5}, 23, 1, None),
        ({A: 9, B: None, C: 5}, 19, 2, None),
        ({A: 9, "Other": 40, "not recorded": 50}, None, 1, [A]),
    ],
)
def test_a_category_is_the_largest_only_if_no_hidden_one_can_be(cells, total, rank, found):
    assert names(comparisons.ranked(year(cells, total), MEASURE, BY, rank)) == found


def test_nothing_is_the_largest_beside_a_hidden_one_without_bound():
    cells = {A: 9, B: None, C: 5}
    whole = year(cells, 16)
    assert names(comparisons.ranked(whole, MEASURE, BY)) == [A]
    assert comparisons.ranked(year(cells, 16, additive=frozenset()), MEASURE, BY) is None
    whole.figures[Key(MEASURE)] = figure(None)
    assert comparisons.ranked(whole, MEASURE, BY) is None


def test_rounding_widens_what_a_hidden_figure_may_be():
    cells = {A: 20, B: None, C: 10}
    assert names(comparisons.ranked(year(cells, 40), MEASURE, BY)) == [A]
    assert comparisons.ranked(year(cells, 40, round_to=5), MEASURE, BY) is None


@pytest.mark.parametrize(
    ("now", "then", "risen", "fallen"),
    [
        ({A: 9, B: 7, C: 5}, {A: 5, B: 6, C: 9}, A, C),
        ({A: 9, B: 7}, {A: 9, B: 7}, None, None),
        ({A: 9, B: 9}, {A: 5, B: 5}, None, None),
        ({A: 9, B: 9}, {A: 12, B: 12}, None, None),
        ({A: 9, B: 7}, {A: 5}, None, None),
        ({A: 19, B: 7}, {A: 5}, A, None),
        ({A: 9}, {A: 15, B: 7}, None, None),
        ({A: 9}, {A: 17, B: 7}, None, A),
    ],
)
def test_what_moved_most_moved_more_than_any_other_can_have(now, then, risen, fallen):
    both = year(now, previous=year(then))
    found = [comparisons.moved_most(both, MEASURE, BY, way) for way in (1, -1)]
    assert [one and one.key.category_1 for one in found] == [risen, fallen]


def test_a_hidden_figure_may_have_moved_most():
    now, then = {A: 9, B: None, C: 20}, {A: 5, B: 5, C: 30}
    assert comparisons.moved_most(year(now, 33, previous=year(then)), MEASURE, BY, 1) is None
    assert comparisons.moved_most(year(now, 32, previous=year(then)), MEASURE, BY, 1).key.category_1 == A
    later, earlier = {A: 5, B: 5, C: 30}, {A: 9, B: None, C: 20}
    assert comparisons.moved_most(year(later, previous=year(earlier, 33)), MEASURE, BY, -1) is None
    assert comparisons.moved_most(year(later, previous=year(earlier, 32)), MEASURE, BY, -1).key.category_1 == A


def test_nothing_moves_without_a_last_year():
    assert comparisons.moved_most(year({A: 9}), MEASURE, BY, 1) is None


def test_a_share_is_of_the_displayed_whole_and_of_nothing_there_is_none():
    assert comparisons.share(figure(9.0, BY, A), figure(36.0)) == 0.25
    assert comparisons.share(figure(0.0, BY, A), figure(0.0)) is None


@pytest.mark.parametrize(
    ("now", "then", "share", "near"),
    [
        (102, 100, False, True),
        (98, 100, False, True),
        (103, 100, False, False),
        (1, 0, False, False),
        (0.51, 0.5, True, True),
        (0.52, 0.5, True, False),
    ],
)
def test_a_small_change_is_two_per_cent_or_one_point(now, then, share, near):
    assert comparisons.near(now, then, share=share) is near


def test_categories_in_a_sentence():
    words = [("role", "driver"), ("vehicle_type", "coach"), ("vehicle_type", "other"), ("role", "other")]
    plurals = ["drivers", "coaches", "other vehicles", "people in other roles"]
    assert [comparisons.said(name, word, "plural") for name, word in words] == plurals
    assert [comparisons.said("place", word, "where") for word in (A, "UK port", "Inland")] == [
        "at Calais",
        "at UK ports",
        "inland",
    ]


def test_the_question_with_the_largest_share_is_named_only_without_ties_or_hidden_shares():
    asked = [SimpleNamespace(name=name, positive=("yes",)) for name in ("one", "two", "three")]

    def found(shares, way):
        figures = {
            Key(f"survey.{one.name}.positive"): Figure(Key(f"survey.{one.name}.positive"), "proportion", value, "")
            for one, value in zip(asked, shares, strict=True)
        }
        made = comparisons.extreme_question(Year(figures, records=SimpleNamespace(questions=asked)), way)
        return made and made.name

    assert [found((0.5, 0.7, 0.3), way) for way in (1, -1)] == ["two", "three"]
    assert [found((0.7, 0.7, 0.3), way) for way in (1, -1)] == [None, "three"]
    assert [found((0.5, None, 0.3), way) for way in (1, -1)] == [None, None]


def test_the_question_on_which_drivers_and_owners_differ_most_is_named_only_without_ties_or_hidden_shares():
    asked = [SimpleNamespace(name=name, positive=("yes",)) for name in ("one", "two", "three")]

    def found(*shares):
        keys = [Key(f"survey.{one.name}.positive", "role", role) for one in asked for role in ("driver", "owner")]
        values = dict(zip(keys, [one for pair in shares for one in pair], strict=True))
        figures = {key: Figure(key, "proportion", value, "") for key, value in values.items() if value != "none"}
        made = comparisons.divided_question(Year(figures, records=SimpleNamespace(questions=asked)))
        return made and made.name

    assert found((0.5, 0.6), (0.7, 0.3), (0.2, 0.2)) == "two"
    assert found((0.5, 0.6), (0.2, 0.2), (0.7, 0.804)) is None  # as printed, ten points both
    assert found((0.5, 0.5), (0.2, 0.2), (0.7, 0.7)) is None
    assert found((0.5, 0.6), (0.7, 0.3), (None, 0.2)) is None
    assert found((0.5, 0.6), (0.7, 0.3), ("none", 0.2)) == "two"
    assert found((0.5, 0.6), ("none", "none"), ("none", 0.2)) is None
