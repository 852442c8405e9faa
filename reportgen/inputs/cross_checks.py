"""Checks between columns and between tables: which rule checks which tables.

Input: parsed tables, the release, the source of each table. Output: problems. Each rule is a function of
``RuleContext`` listed in ``RULES``. Missing and invalid values are skipped, because they have been reported.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from typing import TYPE_CHECKING, Any, Final

from reportgen.files.faults import Faults
from reportgen.files.raw_table import RawTable
from reportgen.inputs import case_rules, ledger_rules
from reportgen.inputs.case_rules import regimes
from reportgen.inputs.rule_context import RuleContext, among
from reportgen.inputs.similar_responses import alike
from reportgen.model import formatting
from reportgen.model.problem import Problem, Stage
from reportgen.scheme.data_dictionary import INVITED, SURVEY_ROLES, TABLES

if TYPE_CHECKING:
    import pandas as pd

    from reportgen.inputs.table_parser import Parsed
    from reportgen.model.release import Release

__all__ = ["check", "check_questions", "regimes"]

RESERVED: Final = ("responses", "response_rate", "themes")
"""Names of survey measures that a question may not use."""


def check(
    tables: Mapping[str, Parsed], release: Release, shown: Mapping[str, tuple[str, str | None]], faults: Faults
) -> None:
    """Run every rule whose tables are all present."""
    work = RuleContext(tables, release, shown, faults)
    for needed, rule in RULES:
        if all(table in tables and len(tables[table].frame) for table in needed):
            rule(work)


def check_questions(questions: pd.DataFrame, raw: RawTable, faults: Faults) -> None:
    """Check the questions: at least two options, positive options among them, no reserved name.

    Positive options are replaced in place by the options' spelling.
    """
    import pandas as pd

    canonical = [
        _check_question(question, raw, faults) if isinstance(question["options"], tuple) else None
        for question in questions.to_dict("records")
    ]
    questions["positive_options"] = pd.Series(canonical, index=questions.index, dtype=object)


def _check_question(question: Mapping[Any, Any], raw: RawTable, faults: Faults) -> tuple[str, ...] | None:
    options: tuple[str, ...] = question["options"]

    def report(code: str, message: str, hint: str, column: str, value: str) -> None:
        row = int(question["row"])
        faults.add(
            Problem(
                Stage.INPUTS, code, message, hint, file=raw.file, sheet=raw.sheet, row=row, column=column, value=value
            )
        )

    if len(options) == 1:
        hint = "Separate options by “;”."
        report("one-option", "A question needs at least two options.", hint, "options", options[0])
    name = question["question"]
    if name in {column.name for column in TABLES["survey"].columns} or name in RESERVED:
        message = "A question may not be called like a column or a measure that the survey has already."
        report("question-name", message, "Rename it here and in the survey.", "question", name)
    known = {option.casefold(): option for option in options}
    positive = []
    for option in question["positive_options"] or ():
        if option.casefold() in known:
            positive.append(known[option.casefold()])
        else:
            hint, message = f"Options: {'; '.join(options)}.", "A positive option is not among the options."
            report("positive-not-option", message, hint, "positive_options", option)
    return tuple(positive) or None


def _references(table: str, column: str, other: str, key: str) -> Callable[[RuleContext], None]:
    def rule(work: RuleContext) -> None:
        rows = work.frame(table)
        lost = rows[rows[column].notna() & ~among(rows[column], work.frame(other)[key])]
        message = f"No row of {other} has this {key}."
        work.report(table, lost, column, "unknown-reference", message, f"Add it to {other}, or correct it here.")

    return rule


def _after_as_at(table: str, columns: Iterable[str]) -> Callable[[RuleContext], None]:
    def rule(work: RuleContext) -> None:
        import pandas as pd

        as_at = work.release.as_at
        if as_at == date.max:
            return
        rows = work.frame(table)
        for column in columns:
            late = rows[rows[column] > pd.Timestamp(as_at)]
            _report_late(work, table, late, column)

    return rule


def _report_late(work: RuleContext, table: str, late: pd.DataFrame, column: str) -> None:
    hint = f"Outcomes were read on {formatting.day(work.release.as_at)}: correct the date, or as_at in release.toml."
    work.report(table, late, column, "after-as-at", "This event lies after the as-at date.", hint)


def _months_after_as_at(work: RuleContext) -> None:
    """Report months of the team table that begin after the as-at date."""
    rows, as_at = work.frame("team"), work.release.as_at
    if as_at != date.max:
        known = rows[rows["month"].notna()]
        _report_late(work, "team", known[known["month"] > f"{as_at:%Y-%m}"], "month")


def _months_missing(work: RuleContext) -> None:
    """Report missing months of the team table, without which the year's mean is not compared."""
    rows, (file, sheet) = work.frame("team"), work.shown["team"]
    months, columns = work.release.period.months(), ["posts_funded", "posts_filled", "cases_open"]
    whole = {*rows.loc[rows[columns].notna().all(axis=1), "month"].dropna()}
    missing = [month for month in months if month not in whole]
    if not missing:
        return
    message = (
        f"Months of the year without a row, or without posts or open cases: {len(missing)} of {len(months)}, the first "
        f"{formatting.month(missing[0])}."
    )
    hint = "Add them if they are known. The report does not compare the year's posts and cases without them."
    work.faults.add(
        Problem(
            Stage.INPUTS,
            "months-missing",
            message,
            hint,
            "notice",
            file=file,
            sheet=sheet,
            column="month",
            value=missing[0],
        )
    )


def _incident_outcome(work: RuleContext) -> None:
    incidents = work.frame("incidents")
    fined = among(incidents["incident_ref"], work.frame("penalties")["incident_ref"])
    wrong = incidents[fined & incidents["outcome"].notna() & (incidents["outcome"] != "penalty")]
    hint = "Correct the outcome, or the notice's incident_ref."
    message = "An incident with a notice has the outcome “penalty”."
    work.report("incidents", wrong, "outcome", "incident-outcome", message, hint)


def _complete_actions(work: RuleContext) -> None:
    rows = work.rows("actions", "completed_date")
    wrong = rows[(rows["status"] == "complete") & rows["completed_date"].isna()]
    hint = "Give the day it was completed, or another status."
    message = "A complete action has a completed date."
    work.report("actions", wrong, "completed_date", "no-completed-date", message, hint)


def _audiences(work: RuleContext) -> None:
    """Report audiences that are not roles; they are kept, but no chapter for a role shows them."""
    rows = work.frame("actions")
    known = {role.casefold() for role in SURVEY_ROLES}
    other = [any(word.casefold() not in known for word in words or ()) for words in rows["audience"]]
    message = "This audience is none of the roles driver, owner, hirer, operator or other."
    hint = "Separate roles by “;”. Nothing to do if the action is for others."
    work.report("actions", rows[other], "audience", "unknown-role", message, hint, "notice")


def _invitations(work: RuleContext) -> None:
    """Report roles with more responses through invitations than invitations, whose rate would exceed 100%."""
    rows, (file, sheet) = work.frame("survey"), work.shown["survey"]
    came = rows.loc[rows["invited_through"].isin(INVITED), "role"].value_counts()
    for role, sent in work.release.invitations.items():
        answered = int(came.get(role, 0))
        if not 0 < sent < answered:
            continue
        message = f"More responses of role {role} came by invitation than were sent by release.toml."
        hint = "Correct [survey] invitations in release.toml, or invited_through here. No response rate is printed."
        work.faults.add(
            Problem(
                Stage.INPUTS,
                "more-answers-than-invited",
                message,
                hint,
                "notice",
                file=file,
                sheet=sheet,
                column="invited_through",
                value=role,
            )
        )


def _population(work: RuleContext) -> None:
    """Report populations smaller than the number of responses, which would make intervals zero-width."""
    answered = work.frame("survey")["role"].value_counts()
    for role, population in work.release.population.items():
        if population < int(answered.get(role, 0)):
            work.faults.add(
                Problem(
                    Stage.RELEASE,
                    "population-too-small",
                    f"More people of role {role} answered than there are by [survey] population.",
                    "Correct the population of this role, or leave it out where it is not known.",
                    file=f"inputs/{work.release.edition.inputs}/release.toml",
                    column="population",
                    value=role,
                )
            )


def _duplicate_responses(work: RuleContext) -> None:
    rows = alike(work.frame("survey"))
    message = "This response is the same as an earlier one in all but its id."
    hint = "Find out whether somebody answered twice or a row was exported twice, and take the copy out."
    work.report("survey", rows, "response_id", "responses-alike", message, hint, "notice")


RULES: Final[tuple[tuple[tuple[str, ...], Callable[[RuleContext], None]], ...]] = (
    (("penalties", "incidents"), _references("penalties", "incident_ref", "incidents", "incident_ref")),
    (("ledger", "penalties"), _references("ledger", "notice_ref", "penalties", "notice_ref")),
    (("incidents",), _after_as_at("incidents", ["incident_date"])),
    (
        ("penalties",),
        _after_as_at(
            "penalties",
            ["notice_date", "objection_date", "objection_decision_date", "appeal_date", "appeal_decision_date"],
        ),
    ),
    (("ledger",), _after_as_at("ledger", ["date"])),
    (("actions",), _after_as_at("actions", ["completed_date"])),
    (("team",), _months_after_as_at),
    (("team",), _months_missing),
    (("penalties", "incidents"), case_rules.dates_in_order),
    (("penalties",), case_rules.entrants),
    (("penalties", "incidents"), case_rules.in_force),
    (("penalties", "incidents"), case_rules.levels),
    (("penalties",), case_rules.outcomes),
    (("penalties",), case_rules.outcome_and_status),
    (("penalties",), case_rules.statuses),
    (("penalties", "incidents"), _incident_outcome),
    (("actions",), _complete_actions),
    (("actions",), _audiences),
    (("survey",), _invitations),
    (("survey",), _population),
    (("survey",), _duplicate_responses),
    (("ledger", "penalties"), ledger_rules.reconcile),
    (("penalties",), case_rules.dates_given),
    (("penalties",), case_rules.clocks),
)
