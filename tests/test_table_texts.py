"""Tables of words: definitions, late actions, recommendations, survey method and penalty levels."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from table_of import CLEAR, RELEASE, heads, statistics, table, texts

from reportgen import tables
from reportgen.model.edition import Edition
from reportgen.model.records import Action, Recommendation, Records
from reportgen.model.release import Release
from reportgen.model.table import TableSpec
from reportgen.scheme import law
from reportgen.scheme.measure_definitions import definitions


def test_definitions_say_what_each_measure_counts_and_which_date_decides_its_year():
    given = statistics(
        {
            "penalties.issued": 1,
            "objections.rate": 0.5,
            "survey.clear.positive": 0.5,
            "survey.clear.positive.change": 1.0,
        }
    )
    rows = {row[0]: row[1:] for row in texts(table(TableSpec("definitions", "Measure", text="definitions"), given))}
    assert "one notice for each responsible person" in rows["Penalty notices issued"][0]
    assert rows["Penalty notices issued"][1] == "Date of the notice"
    assert "as a share of all notices of the year" in rows["Objection rate"][0]
    assert "Wilson" in rows["Positive answers to a question"][0]
    assert "Newcombe" in rows["Change in positive answers"][0]


def test_every_measure_is_defined_in_the_table_of_definitions():
    every = definitions([CLEAR])
    given = statistics(dict.fromkeys(every, 1))
    made = table(TableSpec("definitions", "Measure", text="definitions"), given)
    assert len(made.rows) == len(every)
    assert all(cell.text for row in made.rows for cell in row.cells)


def test_only_overdue_actions_are_listed_as_late():
    one = Action(
        "A1",
        "Do it",
        "",
        "",
        "Team",
        (),
        quick_win=True,
        status="in progress",
        start=None,
        due=date(2026, 1, 1),
        completed=None,
        outcome="",
        overdue=True,
    )

    def told(*actions):
        given = statistics({"actions.count": 2}, records=Records(actions=actions))
        return table(TableSpec("late", "Action", text="late"), given)

    made = told(one, replace(one, ref="A2", overdue=False))
    assert heads(made) == ["Led by", "Due"]
    assert texts(made) == [["Do it", "Team", "1 January 2026"]]
    earlier = replace(one, action="Do that", status="not started", due=date(2025, 12, 1))
    made = told(one, earlier)
    assert heads(made) == ["Led by", "Status", "Due"]
    assert texts(made) == [
        ["Do that", "Team", "Not started", "1 December 2025"],
        ["Do it", "Team", "In progress", "1 January 2026"],
    ]


def test_a_recommendation_can_be_late_or_not_apply():
    late = Recommendation(1, "Do it", "Accepted", "2026-03", "in progress", "", overdue=True)
    refused = replace(late, number=2, response="Not accepted", target_month="", status="not accepted", overdue=False)
    records = Records(recommendations=(late, refused))
    made = table(TableSpec("r", "R", text="recommendations"), statistics({"actions.count": 1}, records=records))
    assert texts(made) == [
        ["1. Do it", "Accepted", "March 2026", "In progress, late", "Not stated"],
        ["2. Do it", "Not accepted", "Does not apply", "Not accepted", "Does not apply"],
    ]


def test_each_of_the_eleven_survey_items_is_answered_or_not_stated():
    given = statistics({"survey.responses": 9})
    spec = TableSpec("method", "Item", text="method")
    assert [row.cells[0].text for row in table(spec, given).rows] == ["Not stated"] * 11
    stated = replace(RELEASE, survey_method={"weighting": "The answers are not weighted."})
    made = tables.build([spec], given, stated)["method"]
    assert [row.cells[0].text for row in made.rows].count("Not stated") == 10
    assert ["Were the answers weighted?", "The answers are not weighted."] in texts(made)


def words(name, year=2025):
    """A table of words of a year."""
    release = Release(Edition(year), Edition(year).period(), date(year + 1, 6, 30))
    made = tables.build([TableSpec(name, "", text=name)], statistics({"penalties.issued": 1}, year=year), release)
    return made.get(name)


def test_reductions_are_those_in_force_by_the_end_of_the_year():
    def told(year):
        made = words("reductions", year)
        return [row[0] for row in texts(made)] if made else []

    assert told(2025)[-1] == "Employer accredited (since 1 January 2026)"
    assert told(2024) == told(2025)[:-1]
    assert not any("since" in label for label in told(2024))
    assert told(2021) == []
    assert {cell[:1] for row in texts(words("reductions")) for cell in row} <= {*"ABCDEFGHIJKLMNOPQRSTUVWXYZ", "5"}


def test_levels_alike_under_two_sets_of_rules_are_listed_once():
    made = words("levels")  # the rules changed within the year, the levels did not
    assert heads(made) == ["Most for one person responsible", "Most for all responsible together", "Counted for"]
    assert texts(made) == texts(words("levels", 2024))
    assert texts(made)[0] == ["Section 32, first penalty", "£6,000", "£12,000", "each person found"]
    assert len(made.rows) == 5


def test_levels_that_changed_within_the_year_name_their_rules():
    made = words("levels", 2022)
    assert heads(made)[0] == "Rules"
    first, *others = texts(made)
    assert first == [
        "Section 32, any penalty",
        "Flexible, from 8 December 2002 to 12 February 2023",
        "£2,000",
        "£4,000",
        "each person found",
    ]
    assert {row[1] for row in others} == {"2023 scheme, from 13 February 2023 to 31 December 2025"}


def test_the_time_allowed_is_stated_with_each_step():
    told = {row[0]: row[1] for row in texts(words("process"))}
    assert told["Payment"] == "The penalty is due in full. Time allowed: 60 days from the issue of the notice."
    timed = [stage for stage, words in told.items() if "Time allowed" in words]
    assert timed == ["Payment", "Proposal to pay in instalments", "Objection", "Appeal"]
    assert str(law.SALE_DAYS) in told["Sale of the vehicle"]
