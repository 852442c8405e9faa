"""Words that assert: each prints itself while it is true of its figure, and takes its sentence out otherwise."""

import pytest
from wording import LAST, THIS, replace, say, statistics

from reportgen.vocabulary import assertions

TRUE, FALSE, UNKNOWN = "true", "false", "unknown"


def asserted(word, figure, made=None, more=""):
    """What a word printed, or why not."""
    said = say(f"First.\nIt {{{{ {word}({figure}{more}) }}}} so.", figures=made)
    assert said.problems == (), said.problems
    if said.text == "First.":
        (gone,) = said.narrative.left_out
        return FALSE if "is not true" in gone.why or "is not hidden" in gone.why else UNKNOWN
    return said.text.removeprefix("First. It ").removesuffix(" so.")


def years(now, then, **more):
    return statistics({**THIS, "appeals.lodged": now, **more}, {**LAST, "appeals.lodged": then})


@pytest.mark.parametrize(
    ("word", "now", "then", "printed"),
    [
        ("rose", 5, 4, "rose"),
        ("rose", 4, 4, FALSE),
        ("fell", 3, 4, "fell"),
        ("fell", 4, 4, FALSE),
        ("rose_or_fell", 5, 4, "rose"),
        ("rose_or_fell", 3, 4, "fell"),
        ("rose_or_fell", 4, 4, FALSE),
        ("stayed_the_same", 4, 4, "stayed the same"),
        ("stayed_the_same", 4, 5, FALSE),
        ("hardly_changed", 102, 100, "hardly changed"),
        ("hardly_changed", 103, 100, FALSE),
        ("hardly_changed", 100, 100, FALSE),
        ("more", 5, 4, "more"),
        ("fewer", 3, 4, "fewer"),
        ("less", 3, 4, "less"),
        ("higher", 3, 4, FALSE),
        ("lower", 3, 4, "lower"),
        ("longer", 5, 4, "longer"),
        ("shorter", 5, 4, FALSE),
        ("more_or_fewer", 5, 4, "more"),
        ("more_or_fewer", 3, 4, "fewer"),
        ("more_or_fewer", 0, 4, FALSE),
        ("higher_or_lower", 3, 4, "lower"),
        ("as_many", 4, 4, "as many"),
        ("as_many", 4, 5, FALSE),
        ("about_as_many", 4, 4, "as many"),
        ("about_as_many", 102, 100, "about as many"),
        ("about_as_many", 103, 100, FALSE),
        ("the_same", 4, 4, "the same"),
        ("sharply", 120, 100, "sharply"),
        ("sharply", 119, 100, FALSE),
        ("sharply", 80, 100, "sharply"),
        ("sharply", 5, 1, UNKNOWN),
        ("slightly", 105, 100, "slightly"),
        ("slightly", 106, 100, FALSE),
        ("slightly", 100, 100, FALSE),
        ("nearly_doubled", 180, 100, "nearly doubled"),
        ("nearly_doubled", 199, 100, "nearly doubled"),
        ("nearly_doubled", 200, 100, FALSE),
        ("nearly_doubled", 179, 100, FALSE),
        ("doubled", 200, 100, "doubled"),
        ("doubled", 205, 100, "doubled"),
        ("doubled", 206, 100, FALSE),
        ("doubled", 20, 10, UNKNOWN),
        ("more_than_doubled", 201, 100, "more than doubled"),
        ("more_than_doubled", 200, 100, FALSE),
        ("nearly_halved", 55, 100, "nearly halved"),
        ("nearly_halved", 50, 100, FALSE),
        ("halved", 50, 100, "halved"),
        ("halved", 51, 100, FALSE),
        ("more_than_halved", 49, 100, "more than halved"),
        ("some", 1, 4, "some"),
        ("some", 0, 4, FALSE),
        ("some", None, 4, UNKNOWN),
        ("hidden", None, 4, "hidden"),
        ("hidden", 7, 4, FALSE),
        *(
            (word, None, 4, UNKNOWN)
            for word in ("rose", "fell", "stayed_the_same", "more", "doubled", "sharply", "about_as_many")
        ),
        ("rose", 4, None, UNKNOWN),
    ],
)
def test_a_word_about_two_years_is_printed_only_while_it_is_true(word, now, then, printed):
    assert asserted(word, "appeals.lodged", years(now, then)) == printed


@pytest.mark.parametrize(
    ("word", "share", "printed"),
    [
        ("all", 1.0, "all"),
        ("all", 0.996, FALSE),
        ("almost_all", 0.95, "almost all"),
        ("almost_all", 0.94, FALSE),
        ("almost_all", 1.0, FALSE),
        ("most", 0.51, "most"),
        ("most", 0.5, FALSE),
        ("most", 1.0, FALSE),
        ("more_than_half", 0.51, "more than half"),
        ("about_half", 0.45, "about half"),
        ("about_half", 0.56, FALSE),
        ("less_than_half", 0.49, "less than half"),
        ("less_than_half", 0.5, FALSE),
        ("less_than_half", 0.0, FALSE),
        ("few", 0.1, "few"),
        ("few", 0.11, FALSE),
        ("few", 0.0, FALSE),
        ("most", None, UNKNOWN),
        ("all", None, UNKNOWN),
    ],
)
def test_a_word_about_a_part_is_printed_only_while_it_is_true(word, share, printed):
    made = statistics({**THIS, "objections.rate": share})
    assert asserted(word, "objections.rate", made) == printed


@pytest.mark.parametrize(
    ("word", "role", "printed"), [("most", "driver", "most"), ("most", "owner", FALSE), ("most", "hirer", UNKNOWN)]
)
def test_a_category_is_a_part_of_the_whole(word, role, printed):
    assert asserted(word, "penalties.issued", more=f', role="{role}"') == printed


def test_shares_move_by_percentage_points():
    made = statistics({**THIS, "objections.rate": 0.50}, {**LAST, "objections.rate": 0.40})
    assert asserted("sharply", "objections.rate", made) == "sharply"
    made = statistics({**THIS, "objections.rate": 0.42}, {**LAST, "objections.rate": 0.40})
    assert asserted("slightly", "objections.rate", made) == "slightly"
    made = statistics({**THIS, "objections.rate": 0.41}, {**LAST, "objections.rate": 0.40})
    assert asserted("hardly_changed", "objections.rate", made) == "hardly changed"


def test_only_displayed_numbers_are_compared():
    """0.434 and 0.43 are printed alike, so it neither rose nor fell."""
    made = statistics({**THIS, "objections.rate": 0.434}, {**LAST, "objections.rate": 0.43})
    assert asserted("rose", "objections.rate", made) == FALSE
    assert asserted("stayed_the_same", "objections.rate", made) == "stayed the same"


@pytest.mark.parametrize(
    ("call", "printed"),
    [
        ('more(penalties.issued, place="Calais", than="Dunkerque")', "more"),
        ('fewer(penalties.issued, place="Calais", than="Dunkerque")', FALSE),
        ('as_many(penalties.issued, place="Calais", than="Coquelles")', "as many"),
        ("more(appeals.decided, than=appeals.lodged)", "more"),
        ('more(appeals.decided, than="appeals.lodged")', "more"),
        ('more(penalties.issued, role="driver", than="hirer")', UNKNOWN),
    ],
)
def test_the_other_side_may_be_a_category_or_a_figure(call, printed):
    word, _, inside = call.partition("(")
    assert asserted(word, inside.removesuffix(")")) == printed


@pytest.mark.parametrize("than", ['"Dover"', '"penalties.isued"', '"2024"'])
def test_an_other_side_that_there_is_not_is_a_problem(than):
    assert say(f'It {{{{ more(penalties.issued, place="Calais", than={than}) }}}}.').only.code == "unknown-category"
    assert say(f"It {{{{ more(penalties.issued, than={than}) }}}}.").only.code == "wrong-use"


def test_rounded_counts_that_look_the_same_may_differ():
    made = statistics({**THIS, "appeals.lodged": 10}, {**LAST, "appeals.lodged": 10})
    made = replace(made, settings=replace(made.settings, round_to=5))
    assert asserted("about_as_many", "appeals.lodged", made) == "as many"
    assert asserted("as_many", "appeals.lodged", made) == UNKNOWN


@pytest.mark.parametrize(
    ("numbers", "round_to", "printed"),
    [
        pytest.param({"Calais": 600, "Coquelles": 0}, 1, "all", id="other zero"),
        pytest.param({"Calais": 600, "Coquelles": 0}, 10, "all", id="other zero when rounded"),
        pytest.param({"Calais": 600, "Coquelles": 1}, 1, FALSE, id="other not zero"),
        pytest.param({"Calais": 600, "Coquelles": None}, 10, FALSE, id="other hidden"),
        pytest.param({"Calais": 0, "Coquelles": 0}, 1, FALSE, id="all zero"),
    ],
)
def test_a_place_has_all_only_if_every_other_place_shows_zero(numbers, round_to, printed):
    cells = {f"penalties.issued place {name}": value for name, value in numbers.items()}
    made = statistics({"penalties.issued": sum(one or 0 for one in numbers.values()), **cells})
    made = replace(made, settings=replace(made.settings, round_to=round_to))
    assert asserted("all", "penalties.issued", made, ', place="Calais"') == printed


@pytest.mark.parametrize(("share", "round_to", "printed"), [(1.0, 1, "all"), (0.996, 1, FALSE), (1.0, 5, FALSE)])
def test_a_share_rounded_up_to_100_per_cent_is_not_all(share, round_to, printed):
    made = statistics({"objections.rate": share})
    made = replace(made, settings=replace(made.settings, round_to=round_to))
    assert asserted("all", "objections.rate", made) == printed


def test_chance_decides_between_two_words():
    assert asserted("significantly", "survey.clear.positive") == "more than chance alone would explain"
    assert asserted("by_chance", "survey.clear.positive") == UNKNOWN
    small = statistics({**THIS, "survey.clear.positive.change": (1, -3.0, 5.0)})
    assert asserted("by_chance", "survey.clear.positive", small) == "chance alone could explain the difference"
    assert asserted("significantly", "survey.fair.positive") == UNKNOWN


def test_every_word_has_a_meaning_and_a_test():
    text = __import__("pathlib").Path(__file__).read_text("utf-8")
    for name in assertions.MEANINGS:
        assert f'"{name}"' in text or f'("{name}' in text, name


def test_an_asserting_word_of_an_unknown_figure_is_a_problem():
    assert say("Notices {{ rose(penalties.isued) }}.").only.code == "unknown-figure"
    assert say("Notices {{ most(penalties.issued) }}.").only.code == "no-share"
    assert say("It {{ significantly(penalties.issued) }}.").only.code == "not-a-survey-share"
