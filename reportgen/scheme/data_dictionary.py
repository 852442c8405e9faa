"""The data dictionary: tables, columns, kinds of value, keys, allowed words.

Output: ``TABLES``, the only description of a column. ``inputs/README.md``, the empty tables of ``reportgen new`` and
the reading of every file are derived from it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal

Kind = Literal[
    "text",
    "date",
    "money",
    "count",
    "number",
    "yes_no",
    "category",
    "country",
    "month",
    "quarter",
    "codes",
    "code",
    "name",
    "options",
]

PLACES: Final = ("Calais", "Coquelles", "Dunkerque", "UK port", "Inland")
VEHICLES: Final = ("goods vehicle", "detached trailer", "coach", "van", "car", "motorhome", "other")
INCIDENT_OUTCOMES: Final = ("penalty", "no penalty", "pending")
SECTIONS: Final = ("31A", "32")
PENALTY_ROLES: Final = ("driver", "owner", "hirer", "operator")
SURVEY_ROLES: Final = (*PENALTY_ROLES, "other")
OCCASIONS: Final = ("first", "second", "third or later")
OBJECTION_OUTCOMES: Final = ("cancelled", "reduced", "reduced to nil", "increased", "unchanged", "withdrawn")
APPEAL_OUTCOMES: Final = ("cancelled", "reduced", "dismissed", "withdrawn")
STATUSES: Final = ("paid", "part paid", "instalments", "unpaid", "cancelled", "nil", "written off")
EVENT_SIGNS: Final = {
    "issued": 1,
    "increased": 1,
    "reduced": -1,
    "cancelled": -1,
    "paid": -1,
    "refunded": 1,
    "written off": -1,
}
"""Effect of each ledger event on the outstanding balance: +1 adds, −1 subtracts."""
EVENTS: Final = tuple(EVENT_SIGNS)
FLOW_SIGNS: Final = {event.replace(" ", "_"): sign for event, sign in EVENT_SIGNS.items()}
"""The same signs by the last part of the measure's id, such as ``written_off`` in ``money.written_off``."""
ROUTES: Final = ("direct", "trade body", "open link")
INVITED: Final = ("direct", "trade body")
"""Routes that count as an invitation; an open link does not."""
QUESTION_KINDS: Final = ("scale", "single", "multiple")
ACTION_STATUSES: Final = ("not started", "in progress", "complete", "dropped")
RESPONSES: Final = ("Accepted", "Partially accepted", "Not accepted")
RECOMMENDATION_STATUSES: Final = ("not started", "in progress", "complete", "not accepted")
YES_NO: Final = ("yes", "no")


@dataclass(frozen=True, slots=True)
class InputColumn:
    """A column. ``required``: it must exist with a value in every row. ``allowed``: the permitted categories.

    ``usual`` is False for a column that most exports lack; its absence is not reported. ``free`` is free text, in which
    “n/a” and similar words count as missing.
    """

    name: str
    kind: Kind
    meaning: str
    example: str
    required: bool = False
    key: bool = False
    allowed: tuple[str, ...] = ()
    least: int | None = None
    refers_to: tuple[str, str] | None = None
    unit: str = ""
    usual: bool = True
    free: bool = False


@dataclass(frozen=True, slots=True)
class InputTable:
    """An input file. ``essential``: the report cannot be built without it, or if it has no rows."""

    name: str
    row: str
    essential: bool
    columns: tuple[InputColumn, ...]
    note: str = ""

    def column(self, name: str) -> InputColumn:
        """Return a column by name; KeyError if there is none."""
        return {column.name: column for column in self.columns}[name]

    @property
    def key(self) -> tuple[str, ...]:
        """Names of the key columns, whose values identify a row; empty if rows may repeat."""
        return tuple(column.name for column in self.columns if column.key)


_C = InputColumn

INCIDENTS: Final = InputTable(
    "incidents",
    "a vehicle incident",
    essential=True,
    columns=(
        _C("incident_ref", "text", "The incident's own reference", "I-2025-00017", required=True, key=True),
        _C("incident_date", "date", "Day of the incident", "2025-05-14", required=True),
        _C(
            "place",
            "category",
            "Where the vehicle was searched",
            "Coquelles",
            required=True,
        ),
        _C("vehicle_type", "category", "Kind of vehicle", "goods vehicle", required=True, allowed=VEHICLES),
        _C("entrants", "count", "People found hidden in the vehicle", "3", required=True, least=0, unit="people"),
        _C("outcome", "category", "What was decided", "penalty", required=True, allowed=INCIDENT_OUTCOMES),
    ),
)

PENALTIES: Final = InputTable(
    "penalties",
    "a penalty notice: one responsible person, one incident",
    essential=True,
    columns=(
        _C("notice_ref", "text", "The notice's own reference", "N-2025-00031", required=True, key=True),
        _C(
            "incident_ref",
            "text",
            "The incident that led to it",
            "I-2025-00017",
            required=True,
            refers_to=("incidents", "incident_ref"),
        ),
        _C("notice_date", "date", "Day the notice was issued", "2025-07-28", required=True),
        _C("section", "category", "Section of the Act", "32", required=True, allowed=SECTIONS),
        _C("role", "category", "Role of the responsible person", "driver", required=True, allowed=PENALTY_ROLES),
        _C(
            "occasion",
            "category",
            "Which penalty in five years this is for the person",
            "first",
            required=True,
            allowed=OCCASIONS,
        ),
        _C(
            "entrants",
            "count",
            "People the notice counts: section 32 at least 1, section 31A 0",
            "3",
            required=True,
            least=0,
            unit="people",
        ),
        _C("registered_in", "country", "Country of registration, ISO 3166 two letters", "PL"),
        _C("accredited", "yes_no", "Member of the accreditation scheme", "no"),
        _C("initial_value", "money", "Penalty on the notice", "18000", required=True, unit="£"),
        _C("objection_date", "date", "Day the objection was received", "2025-08-20"),
        _C("objection_decision_date", "date", "Day it was decided", "2025-10-02"),
        _C("objection_outcome", "category", "What was decided", "reduced", allowed=OBJECTION_OUTCOMES),
        _C("appeal_date", "date", "Day an appeal was lodged with the county court", ""),
        _C("appeal_decision_date", "date", "Day the court decided", ""),
        _C("appeal_outcome", "category", "What the court decided", "", allowed=APPEAL_OUTCOMES),
        _C("current_value", "money", "Penalty as it stands at the as-at date", "9000", required=True, unit="£"),
        _C("paid_value", "money", "Paid up to the as-at date", "9000", required=True, unit="£"),
        _C("written_off_value", "money", "Written off up to the as-at date", "", unit="£"),
        _C("status", "category", "Where the notice stands", "paid", required=True, allowed=STATUSES),
        _C(
            "firm",
            "text",
            "Firm behind the notice, by name or number, if known: its notices are protected together. Never printed",
            "",
            usual=False,
        ),
    ),
)

LEDGER: Final = InputTable(
    "ledger",
    "a money event of a notice",
    essential=False,
    columns=(
        _C("notice_ref", "text", "The notice", "N-2025-00031", required=True, refers_to=("penalties", "notice_ref")),
        _C("date", "date", "Day of the event", "2025-07-28", required=True),
        _C("event", "category", "Kind of event", "issued", required=True, allowed=EVENTS),
        _C("amount", "money", "Amount, never negative", "18000", required=True, unit="£"),
        _C("payer_role", "category", "Who paid, where the event is a payment", "owner", allowed=PENALTY_ROLES),
    ),
)

SURVEY: Final = InputTable(
    "survey",
    "a response to the stakeholder survey",
    essential=True,
    note="After these columns one column for each question of the table questions, named after it.",
    columns=(
        _C("response_id", "text", "The response's own reference", "R-0001", required=True, key=True),
        _C("role", "category", "Role of the person answering", "driver", required=True, allowed=SURVEY_ROLES),
        _C("invited_through", "category", "How they were invited", "direct", required=True, allowed=ROUTES),
        _C("had_penalty", "yes_no", "Whether they ever had a penalty", "yes"),
        _C("registered_in", "country", "Country of registration, ISO 3166 two letters", "PL"),
        _C("comment", "text", "Free text", "The letter was clear.", free=True),
        _C("themes", "codes", "Codes of what the comment is about, separated by ;", "letter; time", free=True),
        _C("quotable", "yes_no", "Whether the person agreed to be quoted", "yes"),
    ),
)

QUESTIONS: Final = InputTable(
    "questions",
    "a survey question",
    essential=True,
    columns=(
        _C("question", "name", "Short name: the column in the survey", "clear_letter", required=True, key=True),
        _C("wording", "text", "The question as asked", "How clear was the letter?", required=True),
        _C("kind", "category", "How it is answered", "scale", required=True, allowed=QUESTION_KINDS),
        _C(
            "options",
            "options",
            "Answers in order, separated by ;",
            "Very clear; Fairly clear; Not clear; Don't know",
            required=True,
        ),
        _C("positive_options", "options", "Those counted as positive", "Very clear; Fairly clear"),
    ),
)

ACTIONS: Final = InputTable(
    "actions",
    "an action of the engagement plan",
    essential=True,
    columns=(
        _C("action_ref", "text", "The action's own reference", "A-01", required=True, key=True),
        _C("action", "text", "What we will do", "Rewrite the notice in plain English", required=True, free=True),
        _C("theme", "code", "Theme it answers: a code used in the survey's themes", "letter", free=True),
        _C("heard", "text", "What users said", "The letter was hard to follow", free=True),
        _C("owner", "text", "Who is responsible: a post, never a person", "Penalty team", required=True),
        _C("audience", "codes", "Roles it is for, separated by ;", "driver; owner"),
        _C("quick_win", "yes_no", "Whether it was planned as a quick win", "yes", required=True),
        _C("status", "category", "Where it stands", "complete", required=True, allowed=ACTION_STATUSES),
        _C("start_date", "date", "Day it started", "2025-05-01"),
        _C("due_date", "date", "Day it is due", "2025-09-30", required=True),
        _C("completed_date", "date", "Day it was completed", "2025-09-12"),
        _C("outcome", "text", "What changed", "The new notice is in use", free=True),
    ),
)

RECOMMENDATIONS: Final = InputTable(
    "recommendations",
    "a recommendation of the inspection",
    essential=False,
    columns=(
        _C("number", "count", "Number in the inspection report", "7", required=True, key=True, least=1),
        _C("recommendation", "text", "Its text", "Produce and publish an annual report", required=True),
        _C(
            "response", "category", "The Home Office's response", "Partially accepted", required=True, allowed=RESPONSES
        ),
        _C("target_month", "month", "Month it was to be done by", "2026-03"),
        _C("status", "category", "Where it stands", "in progress", required=True, allowed=RECOMMENDATION_STATUSES),
        _C("progress", "text", "What has been done", "This report", free=True),
        _C("source", "text", "Where the recommendation and the response are published", "Home Office response, 2025"),
    ),
)

TEAM: Final = InputTable(
    "team",
    "a month of the penalty team",
    essential=False,
    columns=(
        _C("month", "month", "The month", "2025-04", required=True, key=True),
        _C("posts_funded", "number", "Full-time posts funded", "24", least=0, unit="posts"),
        _C("posts_filled", "number", "Full-time posts filled", "19.5", least=0, unit="posts"),
        _C("cases_received", "count", "Cases received in the month", "140", least=0, unit="cases"),
        _C("cases_decided", "count", "Cases decided in the month", "131", least=0, unit="cases"),
        _C("cases_open", "count", "Cases open at the end of the month", "310", least=0, unit="cases"),
    ),
)

PUBLISHED: Final = InputTable(
    "published",
    "a figure published before, by anyone",
    essential=False,
    columns=(
        _C("series", "text", "Code of the series; series are never joined", "PEN-ISSUED", required=True),
        _C("measure", "text", "What was counted", "penalties_issued"),
        _C("unit", "text", "In what unit", "notices", required=True),
        _C("scope", "text", "What it covers", "section 32; role all"),
        _C("period_type", "text", "Kind of period", "financial_year"),
        _C("period", "text", "The period as published", "2023-24", required=True),
        _C("value", "number", "The figure", "1276", required=True),
        _C("qualifier", "text", "exact, rounded, about, more than …", "exact"),
        _C("source", "text", "Where it was published", "BBC, freedom of information answer, 2024", required=True),
        _C("source_url", "text", "Its address", ""),
        _C("source_tier", "text", "primary or secondary", "secondary"),
        _C("caution", "text", "What to be careful about", ""),
    ),
)

CONTEXT: Final = InputTable(
    "context",
    "a quarter of related statistics, shown beside ours and never joined",
    essential=False,
    columns=(
        _C("series", "text", "Name of the series", "Small-boat arrivals", required=True),
        _C("period", "quarter", "The quarter", "2025-04 to 2025-06", required=True),
        _C("value", "number", "The figure", "17034", required=True),
        _C("unit", "text", "In what unit", "people", required=True),
        _C("source", "text", "Where it was published", "Irregular migration statistics", required=True),
        _C("source_url", "text", "Its address", "", required=True),
    ),
)

TABLES: Final = {
    table.name: table
    for table in (
        INCIDENTS,
        PENALTIES,
        LEDGER,
        SURVEY,
        QUESTIONS,
        ACTIONS,
        RECOMMENDATIONS,
        TEAM,
        PUBLISHED,
        CONTEXT,
    )
}
