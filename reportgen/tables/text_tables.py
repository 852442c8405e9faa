"""Tables of text: law, process, definitions, engagement plan, survey method.

Input: a specification, protected statistics for their records, the release. Output: a ``Table`` of text cells, or None
if there are no rows.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from reportgen.model import formatting
from reportgen.model.release import SURVEY_METHOD
from reportgen.model.table import (
    TOTAL,
    Cell,
    Column,
    Row,
    Table,
    TableSpec,
)
from reportgen.scheme import law

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from reportgen.model.protected import ProtectedStatistics
    from reportgen.model.release import Release

NOT_STATED = "Not stated"
DOES_NOT_APPLY = "Does not apply"
DATED = {
    "incidents.incident_date": "Date of the incident",
    "penalties.notice_date": "Date of the notice",
    "penalties.objection_date": "Date of the objection",
    "penalties.objection_decision_date": "Date of the decision",
    "penalties.appeal_date": "Date of the appeal",
    "penalties.appeal_decision_date": "Date of the decision",
    "ledger.date": "Date in the ledger",
    "team.month": "The month",
}
"""Descriptions of the date columns that assign a record to the year."""
UNDATED = {"survey": "The whole survey", "actions": "The whole plan", "recommendations": "The whole list"}
"""Descriptions for measures without a date, by their input."""
QUESTIONS = {
    "survey share": (
        "Answers to a question",
        "Share of those answering the question who gave this answer, with a 95% Wilson interval.",
    ),
    "survey share positive": (
        "Positive answers to a question",
        "Share of those answering the question who gave a positive answer, with a 95% Wilson interval.",
    ),
    "change": (
        "Change in positive answers",
        "Positive share of this year less that of last year, with Newcombe’s 95% interval.",
    ),
}
"""Label and definition shared by the measures of every question."""


def table(spec: TableSpec, statistics: ProtectedStatistics, release: Release) -> Table | None:
    """Build the table of text that the specification names."""
    kinds: dict[str, Callable[[ProtectedStatistics, Release], tuple[str, tuple[Column, ...], list[Row]]]] = {
        "levels": _levels,
        "reductions": _reductions,
        "process": _process,
        "timeline": _timeline,
        "definitions": _definitions,
        "actions": _actions,
        "late": _late,
        "recommendations": _recommendations,
        "method": _method,
        "suppression": _suppression,
    }
    stub, columns, rows = kinds[spec.text](statistics, release)
    return Table(spec.id, stub, columns, tuple(rows)) if rows else None


def _columns(*headings: str) -> tuple[Column, ...]:
    return tuple(Column(heading, numeric=False) for heading in headings)


def _row(label: str, *texts: str) -> Row:
    return Row(label, tuple(Cell(text) for text in texts))


def _day(value: date | None) -> str:
    return formatting.day(value) if value else ""


def _levels(statistics: ProtectedStatistics, _release: Release) -> tuple[str, tuple[Column, ...], list[Row]]:
    """List the levels of every regime in the period; a column names the rules if levels differ between them."""
    within = {law.regime_of(statistics.period.first), law.regime_of(statistics.period.last)}
    rules: dict[tuple[str, ...], list[str]] = {}
    for level in law.levels():
        if level.regime in within:
            until = f" to {_day(level.valid_to)}" if level.valid_to else ""
            counted = "each person found" if level.counted_per.startswith("clandestine") else "each incident"
            label = f"Section {level.section}, {'any' if level.occasion == 'any' else level.occasion} penalty"
            amounts = (formatting.pounds(level.maximum), formatting.pounds(level.aggregate), counted)
            rules.setdefault((label, *amounts), []).append(f"{level.regime}, from {_day(level.valid_from)}{until}")
    columns = (
        Column("Most for one person responsible"),
        Column("Most for all responsible together"),
        Column("Counted for", numeric=False),
    )
    if all(len(named) == len(within - {None}) for named in rules.values()):
        return "Penalty", columns, [_row(*words) for words in rules]
    rows = [_row(label, "; ".join(named), *words) for (label, *words), named in rules.items()]
    return "Penalty", (Column("Rules", numeric=False), *columns), rows


def _reductions(_statistics: ProtectedStatistics, release: Release) -> tuple[str, tuple[Column, ...], list[Row]]:
    """List the reductions in force by the end of the period; those newer than the first say since when."""
    there = [row for row in law.reductions() if row["valid_from"] <= release.period.last.isoformat()]
    first = min((row["valid_from"] for row in there), default="")
    rows = [
        _row(
            f"{row['condition']}{_since(row['valid_from'], first)}",
            f"Section {row['section']}",
            formatting.capital(row["who"]),
            formatting.capital(row["effect"]),
        )
        for row in there
    ]
    return "What counts", _columns("Penalty", "Who", "Effect"), rows


def _since(text: str, first: str) -> str:
    from datetime import date

    return f" (since {formatting.day(date.fromisoformat(text))})" if text != first else ""


def _process(_statistics: ProtectedStatistics, _release: Release) -> tuple[str, tuple[Column, ...], list[Row]]:
    """List the stages of the process; a time limit follows the description."""
    rows = [
        _row(
            row["stage"],
            f"{row['what_happens']} Time allowed: {row['clock']}." if row["clock"] else row["what_happens"],
            row["outcomes"],
        )
        for row in law.stages()
    ]
    return "Stage", _columns("What happens", "What may follow"), rows


def _timeline(statistics: ProtectedStatistics, _release: Release) -> tuple[str, tuple[Column, ...], list[Row]]:
    from datetime import date

    rows = [
        _row(formatting.day(day), row["event"], row["source"])
        for row in law.events()
        if (day := date.fromisoformat(row["date"])) <= statistics.period.last
    ]
    return "Date", _columns("What happened", "Source"), rows


def _definitions(statistics: ProtectedStatistics, _release: Release) -> tuple[str, tuple[Column, ...], list[Row]]:
    """List the definitions of this year's measures; one question's stand for all questions."""
    rows, kinds = [], set()
    for one in statistics.definitions.values():
        label, definition = one.label, one.definition
        if one.kind in ("survey share", "change"):
            name = f"{one.kind}{' positive' if one.id.endswith('.positive') else ''}"
            if name in kinds:
                continue
            kinds.add(name)
            label, definition = QUESTIONS[name]
        rows.append(_row(label, definition, DATED.get(one.dated_by) or UNDATED[one.tables[0]]))
    return "Measure", _columns("Definition", "Placed in the year by"), rows


def _actions(statistics: ProtectedStatistics, _release: Release) -> tuple[str, tuple[Column, ...], list[Row]]:
    rows = [
        _row(
            f"{one.ref}: {one.action}",
            one.owner,
            "Yes" if one.quick_win else "No",
            f"{formatting.capital(one.status)}{', late' if one.overdue else ''}",
            _day(one.due),
            _day(one.completed) or "Not completed",
        )
        for one in statistics.records.actions
    ]
    return "Action", _columns("Led by", "Quick win", "Status", "Due", "Completed"), rows


def _late(statistics: ProtectedStatistics, _release: Release) -> tuple[str, tuple[Column, ...], list[Row]]:
    """List late actions, earliest due date first; with their status if it differs."""
    late = sorted((one for one in statistics.records.actions if one.overdue), key=lambda one: one.due)
    if len({one.status for one in late}) == 1:
        return "Action", _columns("Led by", "Due"), [_row(one.action, one.owner, _day(one.due)) for one in late]
    rows = [_row(one.action, one.owner, formatting.capital(one.status), _day(one.due)) for one in late]
    return "Action", _columns("Led by", "Status", "Due"), rows


def _recommendations(statistics: ProtectedStatistics, _release: Release) -> tuple[str, tuple[Column, ...], list[Row]]:
    """List recommendations; for one not accepted, month and progress do not apply."""
    rows = []
    for one in statistics.records.recommendations:
        empty = DOES_NOT_APPLY if one.status == "not accepted" else NOT_STATED
        rows.append(
            _row(
                f"{one.number}. {one.recommendation}",
                one.response,
                formatting.month(one.target_month) if one.target_month else empty,
                f"{formatting.capital(one.status)}{', late' if one.overdue else ''}",
                one.progress or empty,
            )
        )
    return "Recommendation", _columns("Response", "To be done by", "Status", "Progress"), rows


def _method(_statistics: ProtectedStatistics, release: Release) -> tuple[str, tuple[Column, ...], list[Row]]:
    rows = [_row(words, release.survey_method.get(key) or NOT_STATED) for key, words in SURVEY_METHOD.items()]
    return "Question", _columns("Answer"), rows


def _suppression(statistics: ProtectedStatistics, _release: Release) -> tuple[str, tuple[Column, ...], list[Row]]:
    """Count displayed and suppressed figures by family of measures, and in total."""
    counts: dict[str, list[int]] = {}
    for key, figure in statistics.figures.items():
        if not statistics.definitions[key.measure].personal:
            continue
        tally = counts.setdefault(_family(key.measure), [0, 0])
        tally[figure.hidden] += 1
    rows = [_tally(name, tally) for name, tally in counts.items()]
    if counts:
        total = [sum(parts) for parts in zip(*counts.values(), strict=True)]
        rows.append(replace(_tally(TOTAL, total), kind="total"))
    return "Figures about", (Column("Shown"), Column("Hidden"), Column("All")), rows


def _tally(label: str, tally: list[int]) -> Row:
    return Row(label, tuple(Cell(formatting.number(n), float(n)) for n in (*tally, sum(tally))))


def _family(measure: str) -> str:
    names = {"survey": "the survey", "value": "values", "money": "the flow of money", "notice": "time to notice"}
    first = measure.partition(".")[0]
    return formatting.capital(names.get(first, first))
