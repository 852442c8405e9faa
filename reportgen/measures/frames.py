"""Convert input rows that a chapter may print to plain values.

Input: validated tables. Output: ``Records``. Hides pandas' missing values.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import TYPE_CHECKING, Any

from reportgen.model.records import (
    Action,
    Comment,
    Context,
    Published,
    Question,
    Recommendation,
    Records,
)

if TYPE_CHECKING:
    import pandas as pd

    from reportgen.inputs import ValidatedTables
    from reportgen.model.release import Release


def records(tables: ValidatedTables, release: Release) -> Records:
    """Convert everything textual, in file order."""
    return Records(
        actions=tuple(_action(row, release.as_at) for row in _rows(tables.actions)),
        recommendations=tuple(_recommendation(row, release.as_at) for row in _rows(tables.recommendations)),
        published=tuple(
            Published(**_texts(row, Published.__slots__), value=float(row["value"])) for row in _rows(tables.published)
        ),
        context=tuple(
            Context(**_texts(row, Context.__slots__), value=float(row["value"])) for row in _rows(tables.context)
        ),
        questions=tuple(_question(row) for row in _rows(tables.questions)),
        comments=tuple(_comment(row) for row in _rows(tables.survey) if _text(row["comment"])),
    )


def _rows(frame: pd.DataFrame | None) -> list[dict[str, Any]]:
    """Return each row by column name, with None for missing values."""
    import pandas as pd

    if frame is None:
        return []
    return [
        {str(name): value if isinstance(value, tuple) or not pd.isna(value) else None for name, value in row.items()}
        for row in frame.to_dict("records")
    ]


def _texts(row: Mapping[str, Any], names: Iterable[str]) -> dict[str, str]:
    """Return the text columns; "" for missing values."""
    return {name: _text(row[name]) for name in names if name != "value"}


def _text(value: object) -> str:
    return "" if value is None else str(value)


def _day(value: Any) -> date | None:
    if value is None:
        return None
    day: date = value.date()
    return day


def _action(row: Mapping[str, Any], as_at: date) -> Action:
    due = _day(row["due_date"])
    if due is None:
        raise AssertionError("an action without a due date passed the inputs")
    return Action(
        ref=row["action_ref"],
        action=row["action"],
        theme=_text(row["theme"]),
        heard=_text(row["heard"]),
        owner=row["owner"],
        audience=row["audience"] or (),
        quick_win=bool(row["quick_win"]),
        status=row["status"],
        start=_day(row["start_date"]),
        due=due,
        completed=_day(row["completed_date"]),
        outcome=_text(row["outcome"]),
        overdue=due < as_at and row["status"] in ("not started", "in progress"),
    )


def _recommendation(row: Mapping[str, Any], as_at: date) -> Recommendation:
    target = _text(row["target_month"])
    return Recommendation(
        number=int(row["number"]),
        recommendation=row["recommendation"],
        response=row["response"],
        target_month=target,
        status=row["status"],
        progress=_text(row["progress"]),
        overdue="" < target < f"{as_at:%Y-%m}" and row["status"] in ("not started", "in progress"),
    )


def _question(row: Mapping[str, Any]) -> Question:
    return Question(
        name=row["question"],
        wording=row["wording"],
        kind=row["kind"],
        options=row["options"],
        positive=row["positive_options"] or (),
    )


def _comment(row: Mapping[str, Any]) -> Comment:
    return Comment(
        response_id=row["response_id"],
        role=row["role"],
        text=row["comment"],
        themes=row["themes"] or (),
        quotable=bool(row["quotable"]),
    )
