"""Tables of survey answers: bases, flags, rounding and changes since last year."""

from __future__ import annotations

from dataclasses import replace

import pytest
from table_of import CLEAR, RELEASE, SURVEY, heads, statistics, table, texts

from reportgen import tables
from reportgen.model.table import Measured, Table, TableSpec
from reportgen.tables import table_notes


def shares(**bases: int) -> dict[str, object]:
    """A third for each of three answers, for everyone and by role, with these bases (0: hidden)."""
    made: dict[str, object] = {}
    for role, base in bases.items():
        for option in CLEAR.options:
            name = f"survey.clear, option={option}" if role == "all" else f"survey.clear, role={role}, option={option}"
            made[name] = {"value": 1 / 3, "base": base} if base else {"value": None}
    return made


def test_a_question_shows_bases_and_flags_or_hides_small_ones():
    made = table(SURVEY, statistics(shares(all=90, driver=50, owner=49, hirer=0)))
    assert heads(made) == ["All (%)", "Driver (%)", "Owner (%)", "Hirer (%)"]
    assert texts(made)[0] == ["Clear", "33", "33", "33 [u]", "[c]"]
    assert texts(made)[-1] == ["Base: people who answered", "90", "50", "49", "[c]"]
    assert made.notes[0] == "Shares are rounded, so they may not add up to 100%."
    assert [note[:3] for note in made.notes[1:]] == ["[c]", "[u]"]


def test_shares_that_add_up_need_no_note():
    figures = {
        f"survey.clear, option={option}": {"value": value, "base": 100}
        for option, value in zip(CLEAR.options, (0.5, 0.25, 0.25), strict=True)
    }
    assert table(SURVEY, statistics(figures)).notes == ()


@pytest.mark.parametrize(
    ("clear", "fair", "unclear", "positive", "note"),
    [
        pytest.param(0.5, 0.25, 0.25, 0.75, (), id="all add up"),
        pytest.param(1 / 3, 1 / 3, 1 / 3, 2 / 3, (table_notes.BOTH_ROUNDED,), id="both rounded"),
        pytest.param(0.3, 0.2, 0.49, 0.5, (table_notes.SHARES_ROUNDED,), id="shares rounded"),
        pytest.param(0.3, 0.2, 0.5, 0.51, (table_notes.TOGETHER_ROUNDED,), id="positive share rounded"),
        pytest.param(None, 0.35, 0.51, 0.49, (), id="a share hidden"),
        pytest.param(0.3, 0.2, None, 0.5, (), id="an answer hidden"),
        pytest.param(
            0.3, 0.2, None, 0.51, (table_notes.TOGETHER_ROUNDED,), id="positive share rounded, an answer hidden"
        ),
        pytest.param(0.5, 0.25, 0.25, None, (), id="positive share hidden"),
    ],
)
def test_a_note_says_that_shares_not_adding_up_are_rounded(clear, fair, unclear, positive, note):
    """Displayed shares add up to 100% and to the share of positive answers, or a note says why not; hidden ones need no note."""
    question = replace(CLEAR, positive=("Clear", "Fair"))
    shares = zip(CLEAR.options, (clear, fair, unclear), strict=True)
    figures = {f"survey.clear, option={option}": {"value": value, "base": 99} for option, value in shares}
    figures["survey.clear.positive"] = {"value": positive, "base": 99}
    made = table(SURVEY, statistics(figures, questions=(question,)))
    assert tuple(one for one in made.notes if not one.startswith("[")) == note


@pytest.mark.parametrize(
    ("whole", "counts", "told"),
    [
        pytest.param(20, (12, 8), False, id="themes add up"),
        pytest.param(20, (12, 9), True, id="themes exceed the total"),
        pytest.param(20, (12, None), False, id="one hidden"),
        pytest.param(20, (21, None), True, id="one exceeds the total"),
        pytest.param(None, (5, 9), False, id="total hidden"),
    ],
)
def test_a_note_says_that_comments_have_several_themes_if_the_numbers_show_it(whole, counts, told):
    figures = {f"survey.themes, theme={n}": count for n, count in enumerate(counts)} | {"survey.themes": whole}
    spec = TableSpec("themes", "Theme", (Measured("survey.themes", "Responses", compare=True),), ("theme",))
    assert (table_notes.SEVERAL_THEMES in table(spec, statistics(figures)).notes) == told
    before = statistics(figures, year=2024)
    now = statistics({"survey.themes": 9, "survey.themes, theme=0": 9}, previous=before)
    assert (table_notes.SEVERAL_THEMES in table(spec, now).notes) == told


def test_a_note_says_that_multiple_answers_do_not_add_up():
    several = replace(CLEAR, kind="multiple")
    made = table(SURVEY, statistics(shares(all=90), questions=(several,)))
    assert made.notes == (table_notes.SEVERAL,)


def test_positive_answers_by_role_have_a_row_of_bases():
    figures = {
        "survey.clear.positive": {"value": 0.5, "base": 80},
        "survey.clear.positive, role=driver": {"value": 0.25, "base": 20},
    }
    lines = (("survey.clear.positive", "How clear was it?"),)
    made = table(TableSpec("positive-by-role", "Question", lines=lines, lines_by="role"), statistics(figures))
    assert heads(made) == ["All (%)", "Driver (%)"]
    assert texts(made) == [["How clear was it?", "50", "25 [u]"], ["Base: How clear was it?", "80", "20"]]


CHANGES = TableSpec(
    "positive-change", "Question", lines=(("survey.clear.positive", "How clear was it?"),), changes=True
)


def changed(lower: float | None, upper: float | None, **more) -> Table:
    before = statistics({"survey.clear.positive": {"value": 0.4, "base": 90}}, year=2024)
    change = {"value": 10.0 if lower is not None else None, "lower": lower, "upper": upper}
    figures = {"survey.clear.positive": {"value": 0.5, "base": 100}, "survey.clear.positive.change": change}
    return table(CHANGES, statistics(figures, previous=before, **more))


@pytest.mark.parametrize(("lower", "upper", "told"), [(0.1, 19.9, "Yes"), (-4.0, 24.0, "No"), (-20.0, -0.1, "Yes")])
def test_a_change_is_more_than_chance_only_if_its_interval_excludes_zero(lower, upper, told):
    made = changed(lower, upper)
    assert heads(made)[:4] == ["2024 to 2025 (%)", "Base, 2024 to 2025", "2025 to 2026 (%)", "Base, 2025 to 2026"]
    assert texts(made)[0][:6] == ["How clear was it?", "40", "90", "50", "100", "+10"]
    assert texts(made)[0][-1] == told


def test_a_hidden_change_has_no_verdict():
    assert texts(changed(None, None))[0][-2:] == ["[c]", "[c]"]


def test_a_reworded_question_is_marked_with_the_reason():
    before = statistics({"survey.clear.positive": {"value": 0.4, "base": 90}}, year=2024)
    now = statistics(
        {"survey.clear.positive": {"value": 0.5, "base": 100}},
        previous=before,
        breaks={"clear": "the question’s wording has changed"},
    )
    made = table(CHANGES, now)
    assert texts(made) == [["How clear was it?", "[b]", "[b]", "50", "100", "[b]", "[b]", "[b]"]]
    assert "[b] “How clear was it?”: the question’s wording has changed." in made.notes
    assert "40" not in str(texts(made))


def test_without_last_year_there_is_no_table_of_changes():
    assert tables.build([CHANGES], statistics({"survey.clear.positive": 0.5}), RELEASE) == {}
