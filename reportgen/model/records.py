"""What a chapter may print that is not a statistic: actions, recommendations, published series, questions, quotes.

Goes in: nothing. Comes out: frozen rows of plain values. Bottom of the house: every later room may use them.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Action:
    """An action of the engagement plan; ``overdue`` is at the as-at date."""

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
    """A recommendation of the inspection and where it stands; ``overdue`` is at the as-at date."""

    number: int
    recommendation: str
    response: str
    target_month: str
    status: str
    progress: str
    overdue: bool


@dataclass(frozen=True, slots=True)
class Published:
    """A figure published before, by anyone, in its own series."""

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
    """A quarter of related statistics, shown beside ours and never joined."""

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
    """A response's free text; only disclosure control may see it, and lets quotes through."""

    response_id: str
    role: str
    text: str
    themes: tuple[str, ...]
    quotable: bool


@dataclass(frozen=True, slots=True)
class Quote:
    """A comment that may be printed; ``role`` is empty where the group is too small to be named.

    ``released`` says that a person answers for it; else only a draft prints it, marked. ``response_id`` is not
    printed.
    """

    text: str
    role: str
    themes: tuple[str, ...]
    released: bool = True
    response_id: str = ""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A comment that a machine lets through, for a person who decides on it: "released", "refused", "not decided"."""

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
    """All of them, in the order of the files. ``comments`` never leave disclosure control."""

    actions: tuple[Action, ...] = ()
    recommendations: tuple[Recommendation, ...] = ()
    published: tuple[Published, ...] = ()
    context: tuple[Context, ...] = ()
    questions: tuple[Question, ...] = ()
    comments: tuple[Comment, ...] = ()
    quotes: tuple[Quote, ...] = ()
