"""Checks between columns and between tables: each a named rule with its source.

Goes in: parsed frames, the release and where each table came from. Comes out: problems. Each rule is a function
``_rule(work)`` listed in ``RULES``; values that are missing or did not parse are passed over: they are reported.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any, Final, Literal

from reportgen import formats, law
from reportgen.problems import Problem, Stage
from reportgen.schema import TABLES

if TYPE_CHECKING:
    import pandas as pd

    from reportgen.release import Release


@dataclass(frozen=True)
class Work:
    """What a rule sees, and where it puts what it finds."""

    frames: Mapping[str, pd.DataFrame]
    release: Release
    shown: Mapping[str, tuple[str, str | None]]
    problems: list[Problem]

    def report(
        self,
        table: str,
        rows: pd.DataFrame,
        column: str,
        code: str,
        message: str,
        hint: str,
        severity: Literal["problem", "notice"] = "problem",
    ) -> None:
        """Report one problem for each of the rows."""
        file, sheet = self.shown[table]
        kind = TABLES[table].column(column).kind
        for row, value in zip(rows["row"], rows[column], strict=True):
            self.problems.append(
                Problem(
                    Stage.INPUTS,
                    code,
                    message,
                    hint,
                    severity,
                    file=file,
                    sheet=sheet,
                    row=int(row),
                    column=column,
                    value=_said(value, kind),
                )
            )


def _said(value: Any, kind: str) -> str:  # noqa: ANN401 - any cell
    import pandas as pd

    if isinstance(value, tuple):
        return "; ".join(value)
    if pd.isna(value):
        return ""
    if kind == "money":
        return formats.pence(int(value))
    if kind == "date":
        return str(pd.Timestamp(value).date().isoformat())
    return str(value)


def check(
    frames: Mapping[str, pd.DataFrame],
    release: Release,
    shown: Mapping[str, tuple[str, str | None]],
    problems: list[Problem],
) -> None:
    """Every rule on the tables that are there; a rule whose tables are missing has nothing to say."""
    work = Work(frames, release, shown, problems)
    for tables, rule in RULES:
        if all(table in frames and len(frames[table]) for table in tables):
            rule(work)


def check_questions(questions: pd.DataFrame, file: str, problems: list[Problem]) -> None:
    """Options are at least two; positive options are among them; no question is called like a survey column.

    Positive options take the spelling of the options, in place.
    """
    import pandas as pd

    own = {column.name for column in TABLES["survey"].columns}
    canonical: list[tuple[str, ...] | None] = []
    for _, question in questions.iterrows():
        options = question["options"] or ()

        def report(
            code: str, message: str, hint: str, column: str, value: str, row: int = int(question["row"])
        ) -> None:
            problems.append(Problem(Stage.INPUTS, code, message, hint, file=file, row=row, column=column, value=value))

        if len(options) == 1:
            report(
                "one-option", "A question needs at least two options.", "Separate options by ;", "options", options[0]
            )
        if question["question"] in own:
            message = "A question may not be called like a column that the survey has already."
            report("question-name", message, "Rename it here and in the survey.", "question", question["question"])
        known = {option.casefold(): option for option in options}
        positive = []
        for option in question["positive_options"] or ():
            if option.casefold() in known:
                positive.append(known[option.casefold()])
            elif options:
                hint = f"Options: {'; '.join(options)}."
                report(
                    "positive-not-option",
                    "A positive option is not among the options.",
                    hint,
                    "positive_options",
                    option,
                )
        canonical.append(tuple(positive) or None)
    questions["positive_options"] = pd.Series(canonical, index=questions.index, dtype=object)


def _joined(work: Work) -> pd.DataFrame:
    """Penalties with the date and outcome of their incident."""
    incidents = work.frames["incidents"].drop_duplicates("incident_ref")
    return work.frames["penalties"].merge(
        incidents[["incident_ref", "incident_date", "outcome"]], on="incident_ref", how="left", validate="m:1"
    )


def _references(table: str, column: str, other: str, key: str) -> Callable[[Work], None]:
    def rule(work: Work) -> None:
        rows = work.frames[table]
        lost = rows[rows[column].notna() & ~rows[column].isin(work.frames[other][key])]
        message = f"No row of {other} has this {key}."
        work.report(table, lost, column, "unknown-reference", message, f"Add it to {other}, or correct it here.")

    return rule


def _after_as_at(table: str, columns: Iterable[str]) -> Callable[[Work], None]:
    def rule(work: Work) -> None:
        import pandas as pd

        as_at = work.release.as_at
        if as_at == date.max:
            return
        rows = work.frames[table]
        for column in columns:
            late = rows[rows[column] > pd.Timestamp(as_at)]
            hint = f"Outcomes were read on {formats.day(as_at)}: correct the date, or as_at in release.toml."
            work.report(table, late, column, "after-as-at", "This event lies after the as-at date.", hint)

    return rule


ORDER: Final = (
    ("incident_date", "notice_date", "The notice is dated before its incident."),
    ("notice_date", "objection_date", "The objection is dated before its notice."),
    ("objection_date", "objection_decision_date", "The decision is dated before the objection."),
    ("notice_date", "appeal_date", "The appeal is dated before the notice."),
    ("appeal_date", "appeal_decision_date", "The court's decision is dated before the appeal."),
)


def _dates_in_order(work: Work) -> None:
    rows = _joined(work)
    for earlier, later, message in ORDER:
        work.report(
            "penalties",
            rows[rows[later] < rows[earlier]],
            later,
            "dates-out-of-order",
            message,
            "Correct one of the dates.",
        )


def _entrants(work: Work) -> None:
    """Section 32 is counted for each entrant, section 31A for each incident (sections 31A and 32, IAA 1999)."""
    rows = work.frames["penalties"]
    hint = "Section 32 counts at least one person; section 31A counts none and has 0."
    wrong = rows[((rows["section"] == "32") & (rows["entrants"] < 1)).fillna(value=False)]
    work.report(
        "penalties", wrong, "entrants", "entrants-by-section", "A section 32 notice counts at least one person.", hint
    )
    wrong = rows[((rows["section"] == "31A") & (rows["entrants"] != 0)).fillna(value=False)]
    work.report("penalties", wrong, "entrants", "entrants-by-section", "A section 31A notice counts nobody: 0.", hint)


def regimes(dates: pd.Series) -> pd.Series:
    """The regime in force on each date; None where the date is missing or before 3 April 2000."""
    import numpy as np
    import pandas as pd

    starts = law.regime_starts()
    edges = np.array([np.datetime64(start) for start, _ in starts])
    names = np.array([None, *(regime for _, regime in starts)], dtype=object)
    days = dates.to_numpy().astype("datetime64[D]")
    place = np.where(np.isnat(days), 0, np.searchsorted(edges, np.where(np.isnat(days), edges[0], days), side="right"))
    return pd.Series(names[place], index=dates.index, dtype=object)


def _levels(work: Work) -> None:
    """The initial value is within the maximum of the regime in force on the incident date (penalty_levels.csv).

    Section 31A did not exist before 13 February 2023 (Nationality and Borders Act 2022, Schedule 5). A sum over an
    incident's notices above the aggregate maximum is a notice: liability may be split in ways not in the file.
    """
    rows = _joined(work)
    rows["regime"] = regimes(rows["incident_date"])
    known = rows["section"].notna() & rows["incident_date"].notna()
    early = rows[known & (rows["section"] == "31A") & ~rows["regime"].isin(["2023 scheme", "2026 scheme"])]
    hint = "Correct the section, or the incident date."
    message = "Section 31A came into force on 13 February 2023, after this incident."
    work.report("penalties", early, "section", "section-not-in-force", message, hint)
    before = rows[known & rows["regime"].isna()]
    message = "The incident lies before the scheme began on 3 April 2000."
    work.report("penalties", before, "incident_ref", "before-scheme", message, "Correct the incident date.")
    rows["times"] = rows["entrants"].where(rows["section"] == "32", 1)
    rows["aggregate"] = 0
    for (regime, section, occasion), group in rows[rows["regime"].notna()].groupby(["regime", "section", "occasion"]):
        level = law.level(str(regime), str(section), str(occasion))
        if level is None:
            continue
        limit = group["times"] * level.maximum * 100
        over = group[(group["initial_value"] > limit).fillna(value=False)]
        per = "each person" if section == "32" else "the incident"
        message = (
            f"The value is above the maximum of £{level.maximum:,} for {per} ({regime}, section {section}, {occasion})."
        )
        hint = "Correct the value, the occasion, the number of people or the incident date."
        work.report("penalties", over, "initial_value", "above-maximum", message, hint)
        rows.loc[group.index, "aggregate"] = (group["times"] * level.aggregate * 100).fillna(0).astype("int64")
    sums = rows.groupby(["incident_ref", "section"])[["initial_value"]].transform("sum")["initial_value"]
    most = rows.groupby(["incident_ref", "section"])["aggregate"].transform("max")
    over = rows[((sums > most) & (most > 0)).fillna(value=False) & ~rows.duplicated(["incident_ref", "section"])]
    message = "The notices of this incident add up to more than the aggregate maximum."
    work.report(
        "penalties", over, "initial_value", "above-aggregate", message, "Check the notices of the incident.", "notice"
    )


def _outcomes(work: Work) -> None:
    """The last outcome (appeal after objection) agrees with the current value and the status."""
    rows = work.frames["penalties"]
    objection, appeal = rows["objection_outcome"], rows["appeal_outcome"]
    decided = appeal.isin(["cancelled", "reduced"])
    last = appeal.where(decided, objection)
    raised = decided & (objection == "increased")
    current, initial, status = rows["current_value"], rows["initial_value"], rows["status"]
    unknown = current.isna() | initial.isna()

    def report(wrong: Any, column: str, message: str, hint: str) -> None:  # noqa: ANN401 - a boolean column
        work.report(
            "penalties", rows[(wrong & ~unknown).fillna(value=False)], column, "outcome-and-value", message, hint
        )

    hint = "Correct the outcome or the current value."
    report(
        (last == "cancelled") & (current != 0), "current_value", "A cancelled notice has a current value of 0.", hint
    )
    report(
        (last == "reduced to nil") & (current != 0),
        "current_value",
        "A notice reduced to nil has a current value of 0.",
        hint,
    )
    report(
        (last == "increased") & (current <= initial),
        "current_value",
        "An increased notice has a current value above its initial value.",
        hint,
    )
    report(
        (last == "reduced") & ((current <= 0) | ((current >= initial) & ~raised)),
        "current_value",
        "A reduced notice has a current value above 0 and below its initial value.",
        hint,
    )
    kept = last.isna() | last.isin(["unchanged", "withdrawn"])
    report(
        kept & (current != initial),
        "current_value",
        "Nothing changed this notice, yet its current value differs from its initial value.",
        hint,
    )
    hint = "Correct the outcome or the status."
    status_known = status.notna()
    for outcome, word in (("cancelled", "cancelled"), ("reduced to nil", "nil")):
        report(
            (last == outcome) & (status != word) & status_known,
            "status",
            f"A notice with the last outcome “{outcome}” has the status “{word}”.",
            hint,
        )
        report(
            (status == word) & (last != outcome),
            "status",
            f"The status “{word}” needs the last outcome “{outcome}”.",
            hint,
        )


def _statuses(work: Work) -> None:
    """What each status says about the money."""
    rows = work.frames["penalties"]
    current, paid = rows["current_value"], rows["paid_value"]
    gone, status = rows["written_off_value"].fillna(0), rows["status"]
    hint = "Correct the status or the amounts."

    def report(wrong: Any, message: str) -> None:  # noqa: ANN401 - a boolean column
        work.report("penalties", rows[wrong.fillna(value=False)], "status", "status-and-money", message, hint)

    report(
        (status == "paid") & ((paid < current) | (current <= 0)),
        "A paid notice has paid at least its current value, and that is above 0.",
    )
    for word in ("part paid", "instalments"):
        report(
            (status == word) & (paid >= current),
            f"A notice with the status “{word}” has paid less than its current value.",
        )
    report((status == "unpaid") & (paid != 0), "An unpaid notice has paid nothing.")
    report(
        (status == "written off") & ((gone <= 0) | (paid + gone != current)),
        "A notice written off has an amount written off, and paid plus written off is its current value.",
    )


def _incident_outcome(work: Work) -> None:
    incidents = work.frames["incidents"]
    fined = incidents["incident_ref"].isin(work.frames["penalties"]["incident_ref"])
    wrong = incidents[fined & incidents["outcome"].notna() & (incidents["outcome"] != "penalty")]
    hint = "Correct the outcome, or the notice's incident_ref."
    work.report(
        "incidents", wrong, "outcome", "incident-outcome", "An incident with a notice has the outcome “penalty”.", hint
    )


def _complete_actions(work: Work) -> None:
    rows = work.frames["actions"]
    wrong = rows[(rows["status"] == "complete") & rows["completed_date"].isna()]
    hint = "Give the day it was completed, or another status."
    work.report(
        "actions", wrong, "completed_date", "no-completed-date", "A complete action has a completed date.", hint
    )


def _ledger(work: Work) -> None:
    """For every notice: issued = initial; issued + increased − reduced − cancelled = current; and so on."""
    import pandas as pd

    ledger, penalties = work.frames["ledger"], work.frames["penalties"]
    whole = ledger[ledger["notice_ref"].notna() & ledger["event"].notna() & ledger["amount"].notna()]
    sums = whole.pivot_table(index="notice_ref", columns="event", values="amount", aggfunc="sum").astype("Int64")
    sums = sums.reindex(index=pd.Index(penalties["notice_ref"]), columns=list(_EVENTS)).fillna(0).reset_index(drop=True)
    current = sums["issued"] + sums["increased"] - sums["reduced"] - sums["cancelled"]
    for made, column, words in (
        (sums["issued"], "initial_value", "issued"),
        (current, "current_value", "issued + increased − reduced − cancelled"),
        (sums["paid"] - sums["refunded"], "paid_value", "paid − refunded"),
        (sums["written off"], "written_off_value", "written off"),
    ):
        given = penalties[column].fillna(0) if column == "written_off_value" else penalties[column]
        differs = (made != given.reset_index(drop=True)).fillna(value=False).to_numpy()
        for n in differs.nonzero()[0]:
            row = penalties.iloc[n : n + 1]
            total, notice = formats.pence(int(made.iloc[n])), row["notice_ref"].iloc[0]
            message = f"The ledger's {words} comes to {total} for notice {notice}."
            hint = f"It should equal {column}: correct one of them."
            work.report("penalties", row, column, "ledger-differs", message, hint)


_EVENTS: Final = TABLES["ledger"].column("event").allowed


def _clocks(work: Work) -> None:
    """28 days to object, 60 days to pay (GOV.UK objection notice; SI 2000/685 reg 4): worth a look, never a stop."""
    import pandas as pd

    rows = work.frames["penalties"]
    late = rows[(rows["objection_date"] - rows["notice_date"]).dt.days > law.OBJECTION_DAYS]
    message = f"The objection came more than {law.OBJECTION_DAYS} days after the notice."
    work.report("penalties", late, "objection_date", "late-objection", message, "Check the dates.", "notice")
    if work.release.as_at == date.max:
        return
    age = (pd.Timestamp(work.release.as_at) - rows["notice_date"]).dt.days
    open_case = (rows["objection_date"].notna() & rows["objection_decision_date"].isna()) | (
        rows["appeal_date"].notna() & rows["appeal_decision_date"].isna()
    )
    old = rows[(rows["status"] == "unpaid") & (age > law.PAYMENT_DAYS) & ~open_case]
    message = f"Unpaid more than {law.PAYMENT_DAYS} days after the notice."
    work.report("penalties", old, "status", "payment-overdue", message, "Nothing to do if it is so.", "notice")


RULES: Final[tuple[tuple[tuple[str, ...], Callable[[Work], None]], ...]] = (
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
    (("penalties", "incidents"), _dates_in_order),
    (("penalties",), _entrants),
    (("penalties", "incidents"), _levels),
    (("penalties",), _outcomes),
    (("penalties",), _statuses),
    (("penalties", "incidents"), _incident_outcome),
    (("actions",), _complete_actions),
    (("ledger", "penalties"), _ledger),
    (("penalties",), _clocks),
)
