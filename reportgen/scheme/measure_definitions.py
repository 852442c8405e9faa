"""Definitions of all measures, as reviewed by statisticians and printed in the methods chapter.

Input: the year's survey questions. Output: ``Definition`` values, including those of ``case_measures``. Calculations
are in ``measures``.
"""

from __future__ import annotations

from collections.abc import Iterable

from reportgen.model.figure import Definition as D  # noqa: N817 - one letter keeps the list readable
from reportgen.model.records import Question
from reportgen.scheme import measure_ids as ids
from reportgen.scheme.case_measures import CASES

ROLE = ("role",)
BY_THEME = (("theme",),)
NO_RECOMMENDATIONS = "Without the table of recommendations there is no figure."

FIXED: tuple[D, ...] = (
    *CASES,
    D(
        ids.SURVEY_RESPONSES,
        "Survey responses",
        "All responses to the survey, by whatever route people came to it.",
        "responses",
        "count",
        numerator="Responses",
        tables=("survey",),
        breakdowns=(ROLE, ("invited_through",), ("had_penalty",)),
        additive=frozenset({"role", "invited_through", "had_penalty"}),
    ),
    D(
        ids.SURVEY_RESPONSE_RATE,
        "Response rate",
        "Responses by direct and trade-body invitation, as a share of invitations sent, in roles that were invited.",
        "proportion",
        "share",
        numerator="Responses from direct and trade-body invitations",
        denominator="Invitations sent",
        tables=("survey",),
        breakdowns=(ROLE,),
        missing="Without invitations there is no figure.",
    ),
    D(
        ids.SURVEY_THEMES,
        "Responses with a coded comment",
        "Responses with a comment that was coded to a theme, or to several.",
        "responses",
        "count",
        numerator="Responses",
        tables=("survey",),
        breakdowns=(("theme",), ("theme", "role")),
        additive=frozenset({"role"}),
    ),
    D(
        ids.ACTIONS_COUNT,
        "Actions",
        "Actions in the engagement plan.",
        "actions",
        "count",
        numerator="Actions",
        tables=("actions",),
        breakdowns=(("status",), ("theme",), ("owner",), ("quick_win",), ("quick_win", "status")),
        additive=frozenset({"status", "theme", "owner", "quick_win"}),
        personal=False,
    ),
    D(
        ids.ACTIONS_QUICK_WINS,
        "Quick wins",
        "Actions planned to bring a result early.",
        "actions",
        "count",
        numerator="Actions",
        tables=("actions",),
        breakdowns=BY_THEME,
        additive=frozenset({"theme"}),
        personal=False,
    ),
    D(
        ids.ACTIONS_QUICK_WINS_COMPLETE,
        "Quick wins complete",
        "Quick wins that were completed by the as-at date.",
        "actions",
        "count",
        numerator="Actions",
        tables=("actions",),
        breakdowns=BY_THEME,
        additive=frozenset({"theme"}),
        personal=False,
    ),
    D(
        ids.ACTIONS_OVERDUE,
        "Actions late",
        "Actions due before the as-at date, but neither completed nor dropped.",
        "actions",
        "count",
        numerator="Actions",
        tables=("actions",),
        breakdowns=BY_THEME,
        additive=frozenset({"theme"}),
        personal=False,
    ),
    D(
        ids.ACTIONS_ON_TIME,
        "Actions completed on time",
        "Actions completed by the day they were due.",
        "actions",
        "count",
        numerator="Actions",
        tables=("actions",),
        breakdowns=BY_THEME,
        additive=frozenset({"theme"}),
        personal=False,
    ),
    D(
        ids.ACTIONS_ON_TIME_SHARE,
        "Share of actions on time",
        "Actions completed by the day they were due, as a share of those complete or late.",
        "proportion",
        "share",
        numerator="Completed on or before the due date",
        denominator="Complete or late",
        tables=("actions",),
        breakdowns=BY_THEME,
        personal=False,
    ),
    D(
        ids.RECOMMENDATIONS_COUNT,
        "Recommendations",
        "Recommendations of inspections that this report follows up.",
        "recommendations",
        "count",
        numerator="Recommendations",
        tables=("recommendations",),
        breakdowns=(("response",), ("status",)),
        additive=frozenset({"response", "status"}),
        personal=False,
        missing=NO_RECOMMENDATIONS,
    ),
    D(
        ids.RECOMMENDATIONS_OVERDUE,
        "Recommendations late",
        "Recommendations whose month had passed by the as-at date, but neither completed nor rejected.",
        "recommendations",
        "count",
        numerator="Recommendations",
        tables=("recommendations",),
        personal=False,
        missing=NO_RECOMMENDATIONS,
    ),
    D(
        ids.TEAM_VACANCY_RATE,
        "Vacancy rate",
        "Share of funded posts that were not filled: the mean of the months of the year.",
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
        ids.TEAM_CASES_OPEN,
        "Open cases",
        "Cases open at the end of the last month of the year for which the number is known.",
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
    """Return every measure of a year by id: the fixed ones and those of each survey question."""
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
            "Positive share of this year less that of last year, with Newcombe’s 95% interval.",
            "percentage points",
            "change",
            numerator="Positive share this year less last year",
            tables=("survey", "questions"),
            breakdowns=(ROLE,),
            missing="Compared only where wording, kind, options and positive options are those of last year.",
        )
    return made
