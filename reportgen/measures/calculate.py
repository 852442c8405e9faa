"""Calculate a year's measures, one chapter after another.

Input: validated tables and the release. Output: ``Statistics``. Says from which rows and columns each measure is
calculated; the definitions themselves are in ``scheme``.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING, Any

from reportgen.inputs import cross_checks
from reportgen.measures.aggregation import (
    NOT_RECORDED,
    Rows,
    StatisticBuilder,
    contributors,
    mean,
    median,
    percentile_90,
)
from reportgen.measures.frames import records
from reportgen.measures.money_flow import money
from reportgen.measures.statistics import Statistic, Statistics
from reportgen.measures.survey_answers import populations, responses
from reportgen.model.figure import Key, Period
from reportgen.scheme import data_dictionary, law
from reportgen.scheme import measure_ids as ids
from reportgen.scheme.measure_definitions import definitions

if TYPE_CHECKING:
    import pandas as pd

    from reportgen.inputs import ValidatedTables
    from reportgen.model.release import Release

LOWERED = ("cancelled", "reduced", "reduced to nil")
LARGEST_COUNTRIES = 10
OTHER = "Other"


def calculate(tables: ValidatedTables, release: Release, before: Statistics | None = None) -> Statistics:
    """Calculate every measure of the year; ``before`` are last year's statistics."""
    made = records(tables, release)
    cells = StatisticBuilder(definitions(made.questions))
    fixed = vocabularies(release)
    penalties = _penalties(tables)
    of_year = penalties[_within(penalties["notice_date"], release.period)]
    _incidents(cells, tables.incidents, fixed, release.period)
    _issued(cells, of_year, fixed, release.period)
    _values(cells, of_year, fixed)
    _objections(cells, penalties, of_year, fixed, release)
    _appeals(cells, penalties, fixed, release.period)
    if tables.ledger is not None:
        money(cells, tables.ledger, penalties, release.period)
    breaks = responses(cells, tables.survey, made.questions, release, before)
    _actions(cells, tables.actions, release.as_at)
    if tables.recommendations is not None:
        words = {"response": data_dictionary.RESPONSES, "status": data_dictionary.RECOMMENDATION_STATUSES}
        late = [one.overdue for one in made.recommendations]
        rows = Rows(tables.recommendations.assign(overdue=late), words)
        cells.count(ids.RECOMMENDATIONS_COUNT, rows)
        cells.marked(ids.RECOMMENDATIONS_OVERDUE, rows, "overdue")
    if tables.team is not None:
        _team(cells, tables.team, release.period)
    order = {id_: n for n, id_ in enumerate(cells.definitions)}
    ordered = dict(sorted(cells.made.items(), key=lambda item: order[item[0].measure]))
    present = {key.measure for key in ordered}
    return Statistics(
        period=release.period,
        cells=ordered,
        definitions={id_: d for id_, d in cells.definitions.items() if id_ in present},
        categories=_categories(ordered, fixed),
        records=made,
        settings=release.disclosure,
        invitations=release.invitations,
        populations=populations(release.population),
        objection_days=release.objection_days,
        as_at=release.as_at,
        breaks=breaks,
        joints=cells.joints,
        unprinted=cells.unprinted,
        previous=before,
    )


def vocabularies(release: Release) -> dict[str, tuple[str, ...]]:
    """Return the breakdowns of incidents and notices whose categories are all shown, including zeros."""
    return {
        "place": release.places,
        "vehicle_type": data_dictionary.VEHICLES,
        "outcome": data_dictionary.INCIDENT_OUTCOMES,
        "month": release.period.months(),
        "quarter": tuple(label for _, _, label in release.period.quarters()),
        "section": data_dictionary.SECTIONS,
        "role": data_dictionary.PENALTY_ROLES,
        "occasion": data_dictionary.OCCASIONS,
        "accredited": data_dictionary.YES_NO,
        "status": data_dictionary.STATUSES,
        "objection_outcome": data_dictionary.OBJECTION_OUTCOMES,
        "appeal_outcome": data_dictionary.APPEAL_OUTCOMES,
    }


def _categories(cells: Mapping[Key, Statistic], fixed: Mapping[str, tuple[str, ...]]) -> dict[str, tuple[str, ...]]:
    """Return each breakdown's categories in print order."""
    found: dict[str, dict[str, None]] = {name: dict.fromkeys(words) for name, words in fixed.items()}
    for key in cells:
        for name, word in key.pairs():
            found.setdefault(name, {}).setdefault(word)
    return {name: tuple(sorted(words, key=lambda word: word == NOT_RECORDED)) for name, words in found.items()}


def _within(dates: pd.Series, period: Period) -> pd.Series:
    import pandas as pd

    return (dates >= pd.Timestamp(period.first)) & (dates <= pd.Timestamp(period.last))


def _dated(rows: pd.DataFrame, column: str, period: Period) -> pd.DataFrame:
    """Select the rows of the period, and add month and quarter of the date."""
    import numpy as np

    of_year = rows[_within(rows[column], period)]
    days = of_year[column].to_numpy().astype("datetime64[D]")
    edges = np.array([np.datetime64(start) for start, _, _ in period.quarters()])
    labels = np.array([label for _, _, label in period.quarters()], dtype=object)
    return of_year.assign(
        month=days.astype("datetime64[M]").astype(str).astype(object),
        quarter=labels[np.searchsorted(edges, days, side="right") - 1],
    )


def _yes_no(column: pd.Series) -> pd.Series:
    return column.astype(object).map({True: "yes", False: "no"}).astype(object)


def _days(rows: pd.DataFrame, start: str, end: str) -> pd.Series:
    """Return whole days from one date to another; neither may be missing."""
    return (rows[end] - rows[start]).dt.days


def _incidents(
    cells: StatisticBuilder, incidents: pd.DataFrame, fixed: Mapping[str, tuple[str, ...]], period: Period
) -> None:
    rows = Rows(_dated(incidents, "incident_date", period), fixed)
    cells.count(ids.INCIDENTS_COUNT, rows)
    cells.total(ids.INCIDENTS_ENTRANTS, rows, "entrants")


def _penalties(tables: ValidatedTables) -> pd.DataFrame:
    """Join every notice on file with its incident and regime."""
    incidents = tables.incidents[["incident_ref", "incident_date", "place", "vehicle_type"]]
    rows = tables.penalties.merge(incidents, on="incident_ref", how="left", validate="m:1")
    rows["regime"] = cross_checks.regimes(rows["incident_date"])
    rows["accredited"] = _yes_no(rows["accredited"])
    rows["contributor"] = contributors(rows["incident_ref"], rows.get("firm"))
    return rows


def _issued(
    cells: StatisticBuilder, of_year: pd.DataFrame, fixed: Mapping[str, tuple[str, ...]], period: Period
) -> None:
    dated = _dated(of_year, "notice_date", period)
    largest, countries = _countries(dated["registered_in"])
    regimes = tuple(regime for regime in law.REGIMES if (dated["regime"] == regime).any())
    rows = Rows(dated.assign(registered_in=countries), {**fixed, "registered_in": largest, "regime": regimes})
    cells.count(ids.PENALTIES_ISSUED, rows)
    cells.distinct(ids.PENALTIES_INCIDENTS, rows, "incident_ref")
    by_days = Rows(rows.frame.assign(days=_days(dated, "incident_date", "notice_date")), fixed, rows.coded)
    cells.summary(ids.NOTICE_DAYS_MEDIAN, by_days, "days", median)
    cells.summary(ids.NOTICE_DAYS_P90, by_days, "days", percentile_90)


def _countries(column: pd.Series) -> tuple[tuple[str, ...], pd.Series]:
    """Return the ten largest countries (ties by code) and Other, and the column grouped accordingly.

    Missing values stay missing.
    """
    counts = column.dropna().value_counts()
    ranked = sorted(counts.index, key=lambda code: (-counts[code], code))
    largest = tuple(ranked[:LARGEST_COUNTRIES])
    if len(ranked) <= LARGEST_COUNTRIES:
        return largest, column
    return (*largest, OTHER), column.where(column.isna() | column.isin(largest), OTHER)


def _values(cells: StatisticBuilder, of_year: pd.DataFrame, fixed: Mapping[str, tuple[str, ...]]) -> None:
    written_off = of_year["written_off_value"].fillna(0)
    owed = of_year["current_value"] - of_year["paid_value"] - written_off
    frame = of_year.assign(
        written_off_value=written_off,
        outstanding=owed.clip(lower=0),
        refund_due=(of_year["paid_value"] - of_year["current_value"]).clip(lower=0),
    )
    rows = Rows(frame, fixed)
    cells.money(ids.VALUE_INITIAL, rows, "initial_value")
    cells.money(ids.VALUE_CURRENT, rows, "current_value")
    cells.money(ids.VALUE_PAID, rows, "paid_value")
    cells.money(ids.VALUE_WRITTEN_OFF, rows, "written_off_value")
    cells.money(ids.VALUE_OUTSTANDING, rows, "outstanding")
    cells.money(ids.VALUE_REFUND_DUE, rows, "refund_due")
    cells.follows(ids.VALUE_OUTSTANDING, rows, "outstanding", ids.VALUE_WRITTEN_OFF)
    cells.follows(ids.VALUE_REFUND_DUE, rows, "refund_due", ids.VALUE_WRITTEN_OFF)
    cells.summary(ids.VALUE_INITIAL_MEAN, rows, "initial_value", mean, scale=100)
    cells.summary(ids.VALUE_INITIAL_MEDIAN, rows, "initial_value", median, scale=100)
    cells.summary(ids.VALUE_CURRENT_MEAN, rows, "current_value", mean, scale=100)
    cells.summary(ids.VALUE_CURRENT_MEDIAN, rows, "current_value", median, scale=100)
    cells.money_share(ids.VALUE_COLLECTED_SHARE, rows, "paid_value", "current_value")


def _objections(
    cells: StatisticBuilder,
    penalties: pd.DataFrame,
    of_year: pd.DataFrame,
    fixed: Mapping[str, tuple[str, ...]],
    release: Release,
) -> None:
    cells.count(ids.OBJECTIONS_RECEIVED, Rows(_dated(penalties, "objection_date", release.period), fixed))
    objected = of_year.assign(objected=of_year["objection_date"].notna())
    cells.share(ids.OBJECTIONS_RATE, Rows(objected, fixed), "objected", of=ids.PENALTIES_ISSUED)
    decided = penalties[_within(penalties["objection_decision_date"], release.period)]
    decided = decided.assign(lowered=decided["objection_outcome"].isin(LOWERED))
    rows = Rows(decided, fixed)
    cells.count(ids.OBJECTIONS_DECIDED, rows)
    cells.share(ids.OBJECTIONS_CHANGED_SHARE, rows, "lowered")
    timed = decided[decided["objection_date"].notna()]
    timed = timed.assign(days=_days(timed, "objection_date", "objection_decision_date"))
    rows = Rows(timed, fixed)
    cells.summary(ids.OBJECTIONS_DAYS_MEDIAN, rows, "days", median)
    cells.summary(ids.OBJECTIONS_DAYS_P90, rows, "days", percentile_90)
    if release.objection_days is not None:
        within = timed.assign(within=timed["days"] <= release.objection_days)
        cells.share(ids.OBJECTIONS_DAYS_WITHIN_TARGET, Rows(within, fixed), "within")


def _appeals(
    cells: StatisticBuilder, penalties: pd.DataFrame, fixed: Mapping[str, tuple[str, ...]], period: Period
) -> None:
    cells.count(ids.APPEALS_LODGED, Rows(penalties[_within(penalties["appeal_date"], period)], fixed))
    cells.count(ids.APPEALS_DECIDED, Rows(penalties[_within(penalties["appeal_decision_date"], period)], fixed))


def _actions(cells: StatisticBuilder, actions: pd.DataFrame, as_at: date) -> None:
    import pandas as pd

    complete = actions["status"] == "complete"
    late = (actions["due_date"] < pd.Timestamp(as_at)) & actions["status"].isin(("not started", "in progress"))
    wins = actions["quick_win"].astype(bool)
    frame = actions.assign(
        quick_win=_yes_no(actions["quick_win"]),
        is_win=wins,
        win_complete=wins & complete,
        overdue=late,
        on_time=complete & (actions["completed_date"] <= actions["due_date"]),
    )
    fixed = {"status": data_dictionary.ACTION_STATUSES, "quick_win": data_dictionary.YES_NO}
    rows = Rows(frame, fixed)
    cells.count(ids.ACTIONS_COUNT, rows)
    cells.marked(ids.ACTIONS_QUICK_WINS, rows, "is_win")
    cells.marked(ids.ACTIONS_QUICK_WINS_COMPLETE, rows, "win_complete")
    cells.marked(ids.ACTIONS_OVERDUE, rows, "overdue")
    cells.marked(ids.ACTIONS_ON_TIME, rows, "on_time")
    cells.share(ids.ACTIONS_ON_TIME_SHARE, Rows(frame[complete | late], fixed), "on_time")


def _team(cells: StatisticBuilder, team: pd.DataFrame, period: Period) -> None:
    """Calculate vacancy rate and open cases, for the year and by month; no rate for a month without posts."""
    of_year: list[dict[Any, Any]] = [
        row for row in team.sort_values("month").to_dict("records") if row["month"] in period.months()
    ]
    vacancies = {
        row["month"]: 1 - float(row["posts_filled"]) / float(row["posts_funded"])
        for row in of_year
        if _has_value(row["posts_filled"]) and _has_value(row["posts_funded"]) and float(row["posts_funded"]) > 0
    }
    open_cases = {row["month"]: int(row["cases_open"]) for row in of_year if _has_value(row["cases_open"])}
    if vacancies:
        cells.put(Statistic(Key(ids.TEAM_VACANCY_RATE), sum(vacancies.values()) / len(vacancies)))
    for month, rate in vacancies.items():
        cells.put(Statistic(Key(ids.TEAM_VACANCY_RATE, "month", month), rate))
    if open_cases:
        last = max(open_cases)
        cells.put(Statistic(Key(ids.TEAM_CASES_OPEN), float(open_cases[last]), numerator=open_cases[last]))
    for month, number in open_cases.items():
        cells.put(Statistic(Key(ids.TEAM_CASES_OPEN, "month", month), float(number), numerator=number))


def _has_value(value: object) -> bool:
    """Return whether a cell has a value."""
    import pandas as pd

    return not pd.isna(value)  # type: ignore[call-overload]  # one cell
