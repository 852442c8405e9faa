"""Rules about a notice: dates, section, value, outcome, status, time limits.

Input: a rule context. Output: problems and notices. Each rule names its legal source, if any.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any, Final

from reportgen.inputs.rule_context import RuleContext
from reportgen.scheme import law

if TYPE_CHECKING:
    import pandas as pd


def joined(work: RuleContext, *columns: str) -> pd.DataFrame:
    """Join penalties with their incident's date, without rows that have a wrong value in these columns."""
    incidents = work.frame("incidents").drop_duplicates("incident_ref")[["incident_ref", "incident_date"]]
    rows = work.rows("penalties", *columns)
    return rows.merge(incidents[incidents["incident_ref"].notna()], on="incident_ref", how="left", validate="m:1")


ORDER: Final = (
    ("incident_date", "notice_date", "The notice is dated before its incident."),
    ("notice_date", "objection_date", "The objection is dated before its notice."),
    ("objection_date", "objection_decision_date", "The decision is dated before the objection."),
    ("notice_date", "appeal_date", "The appeal is dated before the notice."),
    ("appeal_date", "appeal_decision_date", "The court's decision is dated before the appeal."),
)
LONGER: Final = (
    ("objection_date", "objection_decision_date", "The decision on the objection is dated before the notice."),
    ("appeal_date", "appeal_decision_date", "The court's decision is dated before the notice."),
)
"""If the date between is missing, a decision must still come after the notice."""


def dates_in_order(work: RuleContext) -> None:
    """Check the order of incident, notice, objection and decision, and of notice, appeal and decision."""
    rows = joined(work)
    hint = "Correct one of the dates."
    for earlier, later, message in ORDER:
        wrong = rows[rows[later] < rows[earlier]]
        work.report("penalties", wrong, later, "dates-out-of-order", message, hint)
    for between, later, message in LONGER:
        wrong = rows[rows[between].isna() & (rows[later] < rows["notice_date"])]
        work.report("penalties", wrong, later, "dates-out-of-order", message, hint)


def entrants(work: RuleContext) -> None:
    """Check the number of entrants: section 32 counts each entrant, section 31A each incident (IAA 1999)."""
    rows = work.frame("penalties")
    hint = "Section 32 counts at least one person; section 31A counts none and has 0."
    for section, wrong, message in (
        ("32", rows["entrants"] < 1, "A section 32 notice counts at least one person."),
        ("31A", rows["entrants"] != 0, "A section 31A notice counts nobody: 0."),
    ):
        chosen = ((rows["section"] == section) & wrong).fillna(value=False)
        work.report("penalties", rows[chosen], "entrants", "entrants-by-section", message, hint)


def regimes(dates: pd.Series) -> pd.Series:
    """Return the regime in force on each date; None if missing or before 3 April 2000."""
    import numpy as np
    import pandas as pd

    starts = law.regime_starts()
    edges = np.array([np.datetime64(start) for start, _ in starts])
    names = np.array([None, *(regime for _, regime in starts)], dtype=object)
    days = dates.to_numpy().astype("datetime64[D]")
    place = np.where(np.isnat(days), 0, np.searchsorted(edges, np.where(np.isnat(days), edges[0], days), side="right"))
    return pd.Series(names[place], index=dates.index, dtype=object)


def in_force(work: RuleContext) -> None:
    """Check that section 31A was in force, from 13 February 2023 (Nationality and Borders Act 2022, Schedule 5)."""
    import pandas as pd

    rows = joined(work)
    early = rows[(rows["section"] == "31A") & (rows["incident_date"] < pd.Timestamp(law.SECTION_31A_STARTS))]
    hint = "Correct the section, or the incident date."
    message = "Section 31A came into force on 13 February 2023, after this incident."
    work.report("penalties", early, "section", "section-not-in-force", message, hint)
    before = rows[rows["incident_date"] < pd.Timestamp(law.regime_starts()[0][0])]
    message = "The incident lies before the scheme began on 3 April 2000."
    work.report("penalties", before, "incident_ref", "before-scheme", message, "Correct the incident date.")


def levels(work: RuleContext) -> None:
    """Check initial values against the maximum in force on the incident date (penalty_levels.csv).

    If the notices of an incident exceed the aggregate maximum, only a notice is reported, because liability may be
    split in other ways.
    """
    rows = joined(work)
    rows["regime"] = regimes(rows["incident_date"])
    rows["times"] = rows["entrants"].where(rows["section"] == "32", 1)
    rows["aggregate"] = 0
    groups = rows[rows["regime"].notna()].groupby(["regime", "section", "occasion"])
    for (regime, section, occasion), group in groups:
        level = law.level(str(regime), str(section), str(occasion))
        if level is None:
            continue
        most = group["times"] * level.maximum * 100
        over = group[((group["initial_value"] > most) & (group["times"] > 0)).fillna(value=False)]
        per = "each person" if section == "32" else "the incident"
        message = (
            f"The value is above the maximum of £{level.maximum:,} for {per} ({regime}, section {section}, {occasion})."
        )
        hint = "Correct the value, the occasion, the number of people or the incident date."
        work.report("penalties", over, "initial_value", "above-maximum", message, hint)
        rows.loc[group.index, "aggregate"] = (group["times"] * level.aggregate * 100).fillna(0).astype("int64")
    together = rows.groupby(["incident_ref", "section"])
    sums, most = together["initial_value"].transform("sum"), together["aggregate"].transform("max")
    several = rows.duplicated(["incident_ref", "section"], keep=False)
    first = ~rows.duplicated(["incident_ref", "section"])
    over = rows[((sums > most) & (most > 0) & several & first).fillna(value=False)]
    message = "The notices of this incident add up to more than the aggregate maximum."
    hint = "Check the notices of the incident."
    work.report("penalties", over, "initial_value", "above-aggregate", message, hint, "notice")


def outcomes(work: RuleContext) -> None:
    """Check that the final outcome (of the appeal, if any, otherwise of the objection) matches the current value.

    An appeal that is dismissed, withdrawn or undecided leaves the objection's outcome in place. A court that reduces a
    penalty increased on objection may leave it above the initial value.
    """
    rows = work.rows("penalties", "objection_outcome", "appeal_outcome")
    last, decided = _final_outcome(rows)
    raised = decided & (rows["objection_outcome"] == "increased")
    current, initial = rows["current_value"], rows["initial_value"]
    hint = "Correct the outcome or the current value."
    for wrong, message in (
        ((last == "cancelled") & (current != 0), "A cancelled notice has a current value of 0."),
        ((last == "reduced to nil") & (current != 0), "A notice reduced to nil has a current value of 0."),
        (
            (last == "increased") & (current <= initial),
            "An increased notice has a current value above its initial value.",
        ),
        (
            (last == "reduced") & ((current <= 0) | ((current >= initial) & ~raised)),
            "A reduced notice has a current value above 0 and below its initial value.",
        ),
        (
            (last.isna() | last.isin(["unchanged", "withdrawn"])) & (current != initial),
            "Nothing changed this notice, yet its current value differs from its initial value.",
        ),
    ):
        known = wrong & current.notna() & initial.notna()
        work.report("penalties", rows[known.fillna(value=False)], "current_value", "outcome-and-value", message, hint)


def _final_outcome(rows: pd.DataFrame) -> tuple[pd.Series, pd.Series]:
    """Return the final outcome of each notice, and whether a court decided it."""
    decided = rows["appeal_outcome"].isin(["cancelled", "reduced"])
    return rows["appeal_outcome"].where(decided, rows["objection_outcome"]), decided


def outcome_and_status(work: RuleContext) -> None:
    """Check that the statuses cancelled and nil match the final outcome."""
    rows = work.rows("penalties", "objection_outcome", "appeal_outcome", "status")
    rows = rows[rows["status"].notna()]
    last, _ = _final_outcome(rows)
    hint = "Correct the outcome or the status."
    for outcome, word in (("cancelled", "cancelled"), ("reduced to nil", "nil")):
        is_so, says_so = last == outcome, rows["status"] == word
        message = f"A notice with the last outcome “{outcome}” has the status “{word}”."
        work.report("penalties", rows[is_so & ~says_so], "status", "outcome-and-status", message, hint)
        message = f"The status “{word}” needs the last outcome “{outcome}”."
        other = says_so & ~is_so & ~last.isin(["cancelled", "reduced to nil"])
        work.report("penalties", rows[other], "status", "outcome-and-status", message, hint)


def statuses(work: RuleContext) -> None:
    """Check that each status matches the amounts paid and written off."""
    rows = work.rows("penalties", "written_off_value")
    current, paid = rows["current_value"], rows["paid_value"]
    gone, status = rows["written_off_value"].fillna(0), rows["status"]
    hint = "Correct the status or the amounts."

    def report(wrong: Any, message: str) -> None:
        known = (wrong & current.notna() & paid.notna()).fillna(value=False)
        work.report("penalties", rows[known], "status", "status-and-money", message, hint)

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


def clocks(work: RuleContext) -> None:
    """Report objections after 28 days and payments after 60, as notices.

    Source: GOV.UK objection notice; SI 2000/685 reg 4.
    """
    import pandas as pd

    rows = work.frame("penalties")
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


def dates_given(work: RuleContext) -> None:
    """Report decisions without dates or outcome, which are left out of the counts that need them."""
    rows = work.rows("penalties", "objection_outcome", "appeal_outcome")
    hint = "Fill it in where it is known. Nothing to do if it is not on file."
    for what, received, decided, outcome in (
        ("objection", "objection_date", "objection_decision_date", "objection_outcome"),
        ("appeal", "appeal_date", "appeal_decision_date", "appeal_outcome"),
    ):
        known = rows[decided].notna() | rows[outcome].notna()
        message = f"The {what} was decided, but the day it came is missing: no count by that day includes it."
        work.report("penalties", rows[known & rows[received].isna()], received, "day-missing", message, hint, "notice")
        message = (
            f"The {what} has an outcome, but the day of the decision is missing: no count of decisions includes it."
        )
        lost = rows[rows[outcome].notna() & rows[decided].isna()]
        work.report("penalties", lost, decided, "day-missing", message, hint, "notice")
        message = f"The {what} was decided, but the outcome is missing: it is counted as “not recorded”."
        open_end = rows[rows[decided].notna() & rows[outcome].isna()]
        work.report("penalties", open_end, outcome, "outcome-missing", message, hint, "notice")
