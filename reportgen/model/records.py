"""Publishable content that is not a statistic: actions, recommendations, published series, questions, quotes.

Output: frozen rows of plain values, available to every later room.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Action:
    """An action of the engagement plan; ``overdue`` is calculated at the as-at date."""

    ref: str
    action: str
    theme: str
    heard: str
    owner: str
    audience: tuple[str, ...]
    quick_win: bool
    status: str
    start: date | None
    due: date
    completed: date | None
    outcome: str
    overdue: bool


@dataclass(frozen=True, slots=True)
class Recommendation:
    """A recommendation of the inspection and its status; ``overdue`` is calculated at the as-at date."""

    number: int
    recommendation: str
    response: str
    target_month: str
    status: str
    progress: str
    overdue: bool


@dataclass(frozen=True, slots=True)
class Published:
    """A figure already published, by anyone, in its own series."""

    series: str
    measure: str
    unit: str
    scope: str
    period_type: str
    period: str
    value: float
    qualifier: str
    source: str
    source_url: str
    source_tier: str
    caution: str


@dataclass(frozen=True, slots=True)
class Context:
    """A quarterly figure of related statistics; shown separately, never combined with ours."""

    series: str
    period: str
    value: float
    unit: str
    source: str
    source_url: str


@dataclass(frozen=True, slots=True)
class Question:
    """A survey question as asked."""

    name: str
    wording: str
    kind: str
    options: tuple[str, ...]
    positive: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Comment:
    """A response's free text. Only disclosure control sees it; it may release quotes."""

    response_id: str
    role: str
    text: str
    themes: tuple[str, ...]
    quotable: bool


@dataclass(frozen=True, slots=True)
class Quote:
    """A publishable comment; ``role`` is empty if the group is too small to name.

    ``released`` means a person has approved it; otherwise only a draft prints it, marked. ``response_id`` is never
    printed.
    """

    text: str
    role: str
    themes: tuple[str, ...]
    released: bool = True
    response_id: str = ""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A comment that passed automatic screening and awaits a decision: "released", "refused" or "not decided"."""

    response_id: str
    role: str
    themes: tuple[str, ...]
    text: str
    state: str
    by: str = ""
    on: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Records:
    """All records, in file order. ``comments`` never leave disclosure control."""

    actions: tuple[Action, ...] = ()
    recommendations: tuple[Recommendation, ...] = ()
    published: tuple[Published, ...] = ()
    context: tuple[Context, ...] = ()
    questions: tuple[Question, ...] = ()
    comments: tuple[Comment, ...] = ()
    quotes: tuple[Quote, ...] = ()
