"""Words for loops and extremes: series of others, the most and the least positive question, what a question's parts say."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from reportgen.language.fragment import FragmentStore
from reportgen.language.sandbox import Place
from reportgen.model import formatting
from reportgen.model.edition import Edition
from reportgen.model.figure import Key
from reportgen.model.protected import HIDDEN, Audit, Figure, ProtectedStatistics
from reportgen.model.records import Context, Published, Question, Records
from reportgen.model.release import Disclosure
from reportgen.scheme.measure_definitions import definitions
from reportgen.vocabulary import comparisons, series
from reportgen.vocabulary.objects import QuestionWords
from reportgen.vocabulary.provenance import Provenance

CLEAR = Question("clear", "How clear was it?", "scale", ("Clear", "Fair", "Unclear"), ("Clear", "Fair"))
QUICK = replace(CLEAR, name="quick", wording="How quick was it?")
OPEN = replace(CLEAR, name="open", wording="What else?", positive=())
ROW = Published("PEN", "penalties_issued", "notices", "all", "", "2010-11", 1497, "exact", "Hansard", "", "", "")


def year(shares: dict[str, object], questions: tuple[Question, ...] = (CLEAR, QUICK, OPEN)) -> ProtectedStatistics:
    """A year with these positive shares: a number, None where hidden, or the fields of a figure."""
    known = definitions(questions)
    figures = {}
    for name, value in shares.items():
        key = Key(name) if name.startswith("survey.") else Key(f"survey.{name}.positive")
        fields = value if isinstance(value, dict) else {"value": value}
        if "option" in fields:
            key = Key(key.measure, "option", fields.pop("option"))
        figures[key] = Figure(key, "proportion", marker=HIDDEN if fields["value"] is None else "", **fields)
    return ProtectedStatistics(
        Edition(2025).period(), figures, known, {}, Records(questions=questions), Disclosure(), Audit(0, 0, 0)
    )


def text(printed: object) -> str:
    """What a word prints."""
    return printed.piece.text if printed != "" else ""


@pytest.mark.parametrize(
    ("shares", "most", "least"),
    [
        ({"clear": 0.6, "quick": 0.4}, "clear", "quick"),
        ({"clear": 0.401, "quick": 0.399}, None, None),  # both are displayed as 40%
        ({"clear": 0.6, "quick": None}, None, None),  # the hidden one may be larger or smaller
        ({"clear": 0.6}, None, None),  # nothing to be larger than
        ({}, None, None),
    ],
)
def test_the_extreme_question(shares, most, least):
    given = year(shares)
    for way, name in ((1, most), (-1, least)):
        found = comparisons.extreme_question(given, way)
        assert (found.name if found else None) == name


def question(given: ProtectedStatistics, asked: Question) -> QuestionWords:
    return QuestionWords(asked, given, Provenance(FragmentStore(), Place()))


def test_what_a_question_says_of_itself():
    option = {"value": 0.3, "base": 49, "option": "Clear"}
    given = year({"clear": {"value": 0.55, "lower": 0.501, "upper": 0.604}, "survey.clear": option})
    asked = question(given, CLEAR)
    assert [text(asked.number), text(question(given, OPEN).number)] == ["1", "3"]
    assert text(asked.positive_words) == "“Clear” or “Fair”"
    assert text(asked.interval) == "50% to 60%"
    assert text(asked.base) == "49"
    assert asked.few
    assert not question(year({"survey.clear": {**option, "base": 50, "option": "Clear"}}), CLEAR).few


def test_a_question_whose_answers_are_hidden_says_nothing_of_them():
    asked = question(year({"clear": None, "survey.clear": {"value": None, "option": "Clear"}}), CLEAR)
    assert (asked.interval, asked.base, asked.few) == ("", "", False)


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("2010-11", "2010 to 2011"),
        ("1999-00", "1999 to 2000"),
        ("2010-12", "2010-12"),  # no year over two calendar years: left as the source has it
        ("2001", "2001"),
        ("2000-04-03 to 2001-03-27", "3 April 2000 to 27 March 2001"),
        ("2001-06-31", "2001-06-31"),
        ("2023 Jan-Apr", "January to April 2023"),
        ("2023 Jan", "January 2023"),
        ("2023 Jan-Foo", "2023 Jan-Foo"),
        ("2015-08", "August 2015"),  # a year cannot end before it begins
        ("2008-09", "2008 to 2009"),
        ("10 years to 2023-24", "10 years up to and including 2023 to 2024"),
        ("2016-2023", "2016 to 2023"),
    ],
)
def test_a_source_s_period_in_words(written, said):
    assert formatting.published_period(written) == said


@pytest.mark.parametrize(
    ("written", "value", "said"),
    [
        ("incident", 2, "incidents"),
        ("incident", 1, "incident"),
        ("person", 615, "people"),
        ("person", 1, "person"),
        ("detection (by dogs)", 56000, "detections (by dogs)"),
        ("notices", 74, "notices"),
        ("notices of objection", 210, "notices of objection"),
        ("tonnes", 3, "tonnes"),
    ],
)
def test_a_source_s_unit_agrees_with_the_number(written, value, said):
    assert formatting.unit(written, value) == said


@pytest.mark.parametrize(
    ("written", "days"),
    [
        ("2010-11", (date(2010, 4, 1), date(2011, 3, 31))),
        ("2010", (date(2010, 1, 1), date(2010, 12, 31))),
        ("2012 to 2015", (date(2012, 1, 1), date(2015, 12, 31))),
        ("2016-2023", (date(2016, 1, 1), date(2023, 12, 31))),
        ("10 years to 2023-24", (date(2014, 4, 1), date(2024, 3, 31))),
        ("2000-04-03 to 2001-03-27", (date(2000, 4, 3), date(2001, 3, 27))),
        ("2023 Jan-Apr", (date(2023, 1, 1), date(2023, 4, 30))),
        ("2023 Dec", (date(2023, 12, 1), date(2023, 12, 31))),
        ("2015-08", (date(2015, 8, 1), date(2015, 8, 31))),
        ("2010-12", None),
        ("2012 to 2010", None),
        ("2001-06-31 to 2002-01-01", None),
        ("5000 years to 2023-24", None),
        ("0000", None),
        ("9999", None),
        ("of late", None),
    ],
)
def test_the_days_of_a_source_s_period(written, days):
    assert formatting.published_span(written) == days


@pytest.mark.parametrize(
    ("unit", "heading"),
    [("GBP", "Value (£)"), ("percent", "Value (%)"), ("incident", "Incidents"), ("notices", "Notices")],
)
def test_figures_in_one_unit_have_it_for_their_heading(unit, heading):
    assert formatting.unit_heading(unit) == heading


@pytest.mark.parametrize(
    ("written", "said"), [("", "As stated"), ("exact", "As stated"), ("rounded", "Rounded"), ("more than", "More than")]
)
def test_how_a_source_gives_a_figure(written, said):
    assert formatting.given(written) == said


def test_a_series_says_what_differs_between_its_rows():
    one = replace(ROW, period="2011-12")
    for rows, periods, scope in (
        ((ROW, one), False, False),
        ((ROW, replace(one, period="2012")), True, False),
        ((ROW, replace(one, period="2000-04-03 to 2001-03-27")), False, False),
        ((ROW, replace(one, period="2011-04-01 to 2011-12-31")), True, False),
        ((ROW, replace(one, scope="hauliers")), False, True),
        ((ROW, replace(one, scope="hauliers", period="of late")), True, True),
    ):
        made = published(*rows)[0]
        assert (made.mixed_periods, made.mixed_scope) == (periods, scope)


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("section 32; role all", "section 32; all roles"),
        ("section 32; role driver", "section 32; drivers"),
        ("section not stated; role hauliers", "section not stated; hauliers"),
        ("Calais, Coquelles", "Calais, Coquelles"),
        ("not stated", ""),
        ("", ""),
    ],
)
def test_what_a_figure_covers_in_words(written, said):
    assert formatting.scope(written) == said


def published(*rows: Published, charts: frozenset[str] = frozenset()) -> tuple[series.PublishedWords, ...]:
    return series.published(rows, FragmentStore(), charts, frozenset({"published-pen"}))


def test_a_published_series_names_its_table_and_its_chart_only_where_they_are():
    alone = published(ROW)[0]
    assert (text(alone.title), alone.table, alone.chart) == ("Penalties issued", "published-pen", "")
    assert published(ROW, charts=frozenset({"published-pen"}))[0].chart == "published-pen"
    assert published(replace(ROW, series="OTHER"))[0].table == ""


def test_series_that_count_the_same_are_distinguished_and_never_joined():
    both = published(ROW, replace(ROW, series="PEN-2"), replace(ROW, period="2011-12", value=1385))
    assert [text(one.title) for one in both] == ["Penalties issued (pen)", "Penalties issued (pen-2)"]
    assert [text(one.latest) for one in both] == ["1,385 notices", "1,497 notices"]


def test_the_largest_year_is_named_only_if_the_years_count_the_same():
    rows = (ROW, replace(ROW, period="2011-12", value=1385), replace(ROW, period="2012-13", value=998))
    assert text(published(*rows)[0].largest) == "1,497 notices"
    assert text(published(*rows)[0].largest_period) == "2010 to 2011"
    other = replace(ROW, period="2013-14", value=2177, scope="hauliers")
    assert published(*rows, other)[0].largest == ""
    assert published(*rows, replace(other, scope="all", qualifier="more than"))[0].largest == ""
    assert published(*rows, replace(other, scope="all", value=1497))[0].largest == ""
    assert published(ROW)[0].largest == ""


def test_a_sum_over_several_years_is_no_year():
    whole = replace(ROW, period="10 years to 2023-24", value=60_000)
    made = published(ROW, replace(ROW, period="2011-12", value=1385), whole)[0]
    assert [text(made.first), text(made.latest), text(made.largest)] == [
        "1,497 notices",
        "1,385 notices",
        "1,497 notices",
    ]


@pytest.mark.parametrize(
    ("value", "unit", "said"),
    [
        (9_240_000, "GBP", "£9,240,000"),
        (81, "percent", "81%"),
        (12.5, "thousand", "12.5 thousand"),
        (0, "people", "0 people"),
    ],
)
def test_a_number_of_others_with_its_unit(value, unit, said):
    made = published(replace(ROW, value=value, unit=unit))[0].first
    assert text(made) == said
    assert 'data-source="PEN, 2010-11"' in made.piece.web


def test_related_statistics_keep_their_quarters():
    boats = Context("Small-boat arrivals", "2025-04 to 2025-06", 6875, "people", "Home Office", "")
    lorries = replace(boats, series="Lorries", period="2011-12", unit="searches")
    made = series.related((boats, lorries, replace(boats, period="2025-07 to 2025-09", value=10_595)), FragmentStore())
    assert [text(one.name) for one in made] == ["Small-boat arrivals", "Lorries"]
    assert [text(made[0].first_period), text(made[0].latest_period)] == ["April to June 2025", "July to September 2025"]
    assert [text(made[0].first), text(made[0].latest)] == ["6,875 people", "10,595 people"]
    assert text(made[1].first_period) == "December 2011"
