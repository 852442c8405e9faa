"""The measures as data: what a statistician reviews, what the methods chapter prints.

Goes in: the year's survey questions. Comes out: ``Definition`` values, those of the casework from ``cases``. No
calculation stands here.
"""

from __future__ import annotations

from collections.abc import Iterable

from reportgen.figures import Definition as D  # noqa: N817 - one letter keeps the list readable
from reportgen.measures.cases import CASES
from reportgen.records import Question

ROLE = ("role",)
BY_THEME = (("theme",),)

FIXED: tuple[D, ...] = (
    *CASES,
    D(
        "survey.responses",
        "Survey responses",
        "Responses to the survey, by every route.",
        "responses",
        "count",
        numerator="Responses",
        tables=("survey",),
        breakdowns=(ROLE, ("invited_through",), ("had_penalty",)),
        additive=frozenset({"role", "invited_through", "had_penalty"}),
    ),
    D(
        "survey.response_rate",
        "Response rate",
        "Responses from direct and trade-body invitations as a share of invitations sent, for roles with invitations.",
        "proportion",
        "share",
        numerator="Responses from direct and trade-body invitations",
        denominator="Invitations sent",
        tables=("survey",),
        breakdowns=(ROLE,),
        missing="Without invitations there is no figure.",
    ),
    D(
        "survey.themes",
        "Responses with a coded comment",
        "Responses whose comment was coded to a theme; one response may have several, so themes need not add.",
        "responses",
        "count",
        numerator="Responses",
        tables=("survey",),
        breakdowns=(("theme",), ("theme", "role")),
        additive=frozenset({"role"}),
    ),
    D(
        "actions.count",
        "Actions",
        "Actions of the engagement plan.",
        "actions",
        "count",
        numerator="Actions",
        tables=("actions",),
        breakdowns=(("status",), ("theme",), ("owner",), ("quick_win", "status")),
        additive=frozenset({"status", "theme", "owner", "quick_win"}),
        personal=False,
    ),
    D(
        "actions.quick_wins",
        "Quick wins",
        "Actions planned as quick wins.",
        "actions",
        "count",
        numerator="Actions",
        tables=("actions",),
        breakdowns=BY_THEME,
        additive=frozenset({"theme"}),
        personal=False,
    ),
    D(
        "actions.quick_wins_complete",
        "Quick wins complete",
        "Quick wins that are complete.",
        "actions",
        "count",
        numerator="Actions",
        tables=("actions",),
        breakdowns=BY_THEME,
        additive=frozenset({"theme"}),
        personal=False,
    ),
    D(
        "actions.overdue",
        "Actions overdue",
        "Actions due before the as-at date and not started or in progress.",
        "actions",
        "count",
        numerator="Actions",
        tables=("actions",),
        breakdowns=BY_THEME,
        additive=frozenset({"theme"}),
        personal=False,
    ),
    D(
        "actions.on_time_share",
        "Share of actions on time",
        "Actions completed on or before the day they were due as a share of those complete or overdue.",
        "proportion",
        "share",
        numerator="Completed on or before the due date",
        denominator="Complete or overdue",
        tables=("actions",),
        breakdowns=BY_THEME,
        personal=False,
    ),
    D(
        "recommendations.count",
        "Recommendations",
        "Recommendations of the inspection.",
        "recommendations",
        "count",
        numerator="Recommendations",
        tables=("recommendations",),
        breakdowns=(("response",), ("status",)),
        additive=frozenset({"response", "status"}),
        personal=False,
        missing="Without the table of recommendations there is no figure.",
    ),
    D(
        "team.vacancy_rate",
        "Vacancy rate",
        "Mean over the months of the year of the share of funded posts that were not filled.",
        "proportion",
        "mean",
        numerator="1 less posts filled ÷ posts funded, of each month",
        dated_by="team.month",
        tables=("team",),
        breakdowns=(("month",),),
        personal=False,
        missing="A month without both numbers is left out; without any there is no figure.",
    ),
    D(
        "team.cases_open",
        "Open cases",
        "Cases open at the end of the latest month of the year with a row.",
        "cases",
        "count",
        numerator="Cases",
        dated_by="team.month",
        tables=("team",),
        breakdowns=(("month",),),
        personal=False,
        missing="A month without the number is left out; without any there is no figure.",
    ),
)


def definitions(questions: Iterable[Question]) -> dict[str, D]:
    """Every measure of a year: the fixed ones, and those of each survey question."""
    made = {definition.id: definition for definition in FIXED}
    for question in questions:
        one = "gave each answer" if question.kind == "multiple" else "chose each answer"
        made[f"survey.{question.name}"] = D(
            f"survey.{question.name}",
            question.wording,
            f"Share of those answering “{question.wording}” who {one}, with a 95% Wilson interval.",
            "proportion",
            "survey share",
            numerator="Responses with the answer",
            denominator="Responses that answered the question",
            tables=("survey", "questions"),
            breakdowns=(("option",), ("role", "option")),
            missing="Responses without an answer to the question are not in the base.",
        )
        if not question.positive:
            continue
        made[f"survey.{question.name}.positive"] = D(
            f"survey.{question.name}.positive",
            f"Positive answers: {question.wording}",
            f"Share of those answering who chose {' or '.join(f'“{option}”' for option in question.positive)}.",
            "proportion",
            "survey share",
            numerator="Responses with a positive answer",
            denominator="Responses that answered the question",
            tables=("survey", "questions"),
            breakdowns=(ROLE,),
        )
        made[f"survey.{question.name}.positive.change"] = D(
            f"survey.{question.name}.positive.change",
            f"Change in positive answers: {question.wording}",
            "Positive share of this year less that of last year, with Newcombe's 95% interval.",
            "percentage points",
            "change",
            numerator="Positive share this year less last year",
            tables=("survey", "questions"),
            breakdowns=(ROLE,),
            missing="Compared only where wording, kind, options and positive options are those of last year.",
        )
    return made
