"""Describe which input rows a figure is made from, in steps that a person can follow in a spreadsheet.

Input: a key, its measure's definition, the period, the release. Output: steps, without any numbers from the inputs.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Final

from reportgen.model import formatting
from reportgen.model.figure import MONTHS
from reportgen.scheme import law
from reportgen.scheme import measure_ids as ids

if TYPE_CHECKING:
    from reportgen.model.figure import Key, Period
    from reportgen.model.protected import ProtectedStatistics
    from reportgen.model.records import Question
    from reportgen.model.release import Release

LOWERED: Final = "cancelled, reduced or reduced to nil"
LOOKED_UP: Final = frozenset({"place", "vehicle_type", "regime"})
"""Breakdowns of notices taken from their incident."""


@dataclass(frozen=True, slots=True)
class How:
    """How to derive a measure: the table, further conditions on its rows, and the last step."""

    table: str
    dated: str
    do: str
    only: tuple[str, ...] = ()


def _notices(do: str, *only: str, dated: str = "notice_date") -> How:
    return How("penalties", dated, do, only)


def _event(name: str) -> How:
    return How("ledger", "date", "Add up amount.", (f"event is {name}",))


OWED: Final = (
    "Add up amount where event is issued, increased or refunded; take away amount where event is reduced, cancelled, "
    "paid or written off."
)
DECIDED: Final = "objection_decision_date"
BOTH_DATES: Final = "objection_date is filled in"

MADE: Final = {
    ids.INCIDENTS_COUNT: How("incidents", "incident_date", "Count the rows."),
    ids.INCIDENTS_ENTRANTS: How("incidents", "incident_date", "Add up entrants."),
    ids.PENALTIES_ISSUED: _notices("Count the rows."),
    ids.PENALTIES_INCIDENTS: _notices("Count the different values of incident_ref."),
    ids.VALUE_INITIAL: _notices("Add up initial_value."),
    ids.VALUE_CURRENT: _notices("Add up current_value."),
    ids.VALUE_PAID: _notices("Add up paid_value."),
    ids.VALUE_WRITTEN_OFF: _notices("Add up written_off_value (empty is 0)."),
    ids.VALUE_OUTSTANDING: _notices(
        "In each row take current_value less paid_value less written_off_value, or 0 where that is below 0; add up."
    ),
    ids.VALUE_REFUND_DUE: _notices(
        "In each row take paid_value less current_value, or 0 where that is below 0; add up."
    ),
    ids.VALUE_INITIAL_MEAN: _notices("Take the mean of initial_value."),
    ids.VALUE_INITIAL_MEDIAN: _notices("Take the median of initial_value."),
    ids.VALUE_CURRENT_MEAN: _notices("Take the mean of current_value."),
    ids.VALUE_CURRENT_MEDIAN: _notices("Take the median of current_value."),
    ids.VALUE_COLLECTED_SHARE: _notices("Add up paid_value; divide by the sum of current_value."),
    ids.OBJECTIONS_RECEIVED: _notices("Count the rows.", dated="objection_date"),
    ids.OBJECTIONS_RATE: _notices("Count the rows whose objection_date is filled in; divide by the number of rows."),
    ids.OBJECTIONS_DECIDED: _notices("Count the rows.", dated=DECIDED),
    ids.OBJECTIONS_CHANGED_SHARE: _notices(
        f"Count the rows whose objection_outcome is {LOWERED}; divide by the number of rows.", dated=DECIDED
    ),
    ids.OBJECTIONS_DAYS_MEDIAN: _notices(
        f"In each row take the days from objection_date to {DECIDED}; take their median.", BOTH_DATES, dated=DECIDED
    ),
    ids.OBJECTIONS_DAYS_P90: _notices(
        f"In each row take the days from objection_date to {DECIDED}; take their 90th percentile (PERCENTILE.INC).",
        BOTH_DATES,
        dated=DECIDED,
    ),
    ids.APPEALS_LODGED: _notices("Count the rows.", dated="appeal_date"),
    ids.APPEALS_DECIDED: _notices("Count the rows.", dated="appeal_decision_date"),
    ids.NOTICE_DAYS_MEDIAN: _notices(
        "In each row take the days from incident_date (looked up in incidents by incident_ref) to notice_date; take "
        "their median."
    ),
    ids.NOTICE_DAYS_P90: _notices(
        "In each row take the days from incident_date (looked up in incidents by incident_ref) to notice_date; take "
        "their 90th percentile (PERCENTILE.INC)."
    ),
    **{f"money.{name.replace(' ', '_')}": _event(name) for name in ("issued", "increased", "reduced", "cancelled")},
    **{f"money.{name.replace(' ', '_')}": _event(name) for name in ("paid", "refunded", "written off")},
    ids.MONEY_OPENING: How("ledger", "before", OWED),
    ids.MONEY_CLOSING: How("ledger", "until", OWED),
    ids.MONEY_PAID_FOR_OTHERS: How(
        "ledger",
        "date",
        "Add up amount.",
        (
            "event is paid",
            "payer_role is filled in and is not the role of the notice (looked up in penalties by notice_ref)",
        ),
    ),
    ids.SURVEY_RESPONSES: How("survey", "", "Count the rows."),
    ids.SURVEY_THEMES: How("survey", "", "Count the rows."),
    ids.ACTIONS_COUNT: How("actions", "", "Count the rows."),
    ids.ACTIONS_QUICK_WINS: How("actions", "", "Count the rows.", ("quick_win is yes",)),
    ids.ACTIONS_QUICK_WINS_COMPLETE: How("actions", "", "Count the rows.", ("quick_win is yes", "status is complete")),
    ids.ACTIONS_ON_TIME: How(
        "actions", "", "Count the rows.", ("status is complete", "completed_date is not after due_date")
    ),
    ids.RECOMMENDATIONS_COUNT: How("recommendations", "", "Count the rows."),
    ids.TEAM_VACANCY_RATE: How(
        "team", "month", "In each row take 1 less posts_filled divided by posts_funded; take their mean."
    ),
    ids.TEAM_CASES_OPEN: How("team", "month", "Take cases_open of the latest month."),
}


@dataclass(frozen=True, slots=True)
class Selection:
    """The tables of a figure (the first has its rows), and the steps to derive it."""

    tables: tuple[str, ...]
    steps: tuple[str, ...]


def selection(key: Key, statistics: ProtectedStatistics, release: Release) -> Selection:
    """Describe how to derive a figure from its year's inputs."""
    if key.measure.endswith(".change"):
        share = key.measure.removesuffix(".change")
        return Selection(
            ("survey", "questions"),
            (f"Take {share} of this year less that of last year, in percentage points: explain {share}.",),
        )
    how = _how(key, statistics, release)
    tables = [how.table]
    if how.table == "penalties" and (
        {name for name, _ in key.pairs()} & LOOKED_UP or key.measure.startswith("notice.")
    ):
        tables.append("incidents")
    if key.measure == ids.MONEY_PAID_FOR_OTHERS:
        tables.append("penalties")
    kept = [*_dated(how, statistics.period), *how.only]
    kept += [_condition(key, name, category, statistics) for name, category in key.pairs()]
    steps = [f"Keep the rows where {condition}." for condition in kept if condition]
    return Selection(tuple(tables), (*steps, how.do))


def _how(key: Key, statistics: ProtectedStatistics, release: Release) -> How:
    if key.measure in MADE:
        how = MADE[key.measure]
        themed = key.measure == ids.SURVEY_THEMES and not key.breakdown_1
        return How("survey", "", how.do, ("themes is filled in",)) if themed else how
    as_at = formatting.day(release.as_at)
    late = f"due_date is before {as_at} and status is not started or in progress"
    if key.measure.endswith(".overdue"):
        passed = late.replace(f"due_date is before {as_at}", f"target_month is before {_month(release.as_at)}")
        table = key.measure.partition(".")[0]
        return How(table, "", "Count the rows.", (late if table == "actions" else passed,))
    if key.measure == ids.ACTIONS_ON_TIME_SHARE:
        do = "Count the rows with status complete and completed_date not after due_date; divide by the number of rows."
        return How("actions", "", do, (f"status is complete, or {late}",))
    if key.measure == ids.OBJECTIONS_DAYS_WITHIN_TARGET:
        days = formatting.days(release.objection_days or 0)
        do = f"Count the rows with at most {days} from objection_date to {DECIDED}; divide by the number of rows."
        return _notices(do, BOTH_DATES, dated=DECIDED)
    if key.measure == ids.SURVEY_RESPONSE_RATE:
        sent = "invitations of the role" if key.breakdown_1 else "invitations of all roles together"
        do = f"Count the rows; divide by the {sent} in release.toml ([survey] invitations)."
        roles = () if key.breakdown_1 else ("role has invitations in release.toml",)
        return How("survey", "", do, ("invited_through is direct or trade body", *roles))
    return _answers(key, _question(key, statistics))


def _question(key: Key, statistics: ProtectedStatistics) -> Question:
    name = key.measure.removeprefix("survey.").removesuffix(".positive")
    return next(asked for asked in statistics.records.questions if asked.name == name)


def _answers(key: Key, question: Question) -> How:
    """Describe the share of those who answered a question."""
    filled = (f"{question.name} is filled in",)
    if key.measure.endswith(".positive"):
        words = " or ".join(f"“{option}”" for option in question.positive)
    else:
        words = f"“{dict(key.pairs()).get('option', '')}”"
    verb = "has" if question.kind == "multiple" else "is"
    do = f"Count the rows whose {question.name} {verb} {words}; divide by the number of rows."
    return How("survey", "", do, filled)


def _dated(how: How, period: Period) -> tuple[str, ...]:
    if not how.dated:
        return ()
    first, last = formatting.day(period.first), formatting.day(period.last)
    if how.table == "team":
        return (f"month is from {_month(period.first)} to {_month(period.last)}",)
    if how.dated == "before":
        return (f"date is before {first}",)
    if how.dated == "until":
        return (f"date is {last} or earlier",)
    return (f"{how.dated} is from {first} to {last}",)


def _month(day: object) -> str:
    year, month, _ = str(day).split("-")
    return f"{MONTHS[int(month) - 1]} {year}"


def _condition(key: Key, name: str, category: str, statistics: ProtectedStatistics) -> str:
    """Describe a category as a condition on a column; "" if the last step covers it."""
    how = MADE.get(key.measure)
    if name == "option":
        return ""
    if name == "regime":
        return _regime(category)
    if name in ("month", "quarter"):
        return _time(how.dated if how else "month", name, category, statistics.period)
    if name == "registered_in" and category == "Other":
        ten = [word for word in statistics.categories[name] if word not in ("Other", "not recorded")]
        return f"registered_in is filled in and is none of {', '.join(ten)}"
    column, verb = name, "is"
    if how is not None and how.table == "penalties" and name in LOOKED_UP:
        column = f"{name} (looked up in incidents by incident_ref)"
    elif key.measure == ids.SURVEY_THEMES and name == "theme":
        column, verb = "themes", "has"
    return f"{column} is empty" if category == "not recorded" else f"{column} {verb} {category}"


def _regime(regime: str) -> str:
    starts = law.regime_starts()
    first = next(start for start, name in starts if name == regime)
    ends = [start - timedelta(days=1) for start, _ in starts if start > first]
    span = f"from {formatting.span(first, ends[0])}" if ends else f"{formatting.day(first)} or later"
    return f"incident_date (looked up in incidents by incident_ref) is {span}"


def _time(column: str, name: str, category: str, period: Period) -> str:
    if name == "month":
        return f"{column} is {'' if column == 'month' else 'in '}{formatting.month(category)}"
    first, last = next((first, last) for first, last, label in period.quarters() if label == category)
    return f"{column} is from {formatting.span(first, last)}"
