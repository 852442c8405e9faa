"""Reconcile the ledger with the notices.

Input: a rule context. Output: problems at the notices' rows.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from reportgen.inputs.rule_context import RuleContext, among
from reportgen.model import formatting
from reportgen.scheme.data_dictionary import EVENTS

if TYPE_CHECKING:
    import pandas as pd


def reconcile(work: RuleContext) -> None:
    """Check each notice: issued = initial; issued + increased − reduced − cancelled = current; and so on.

    Notices with an unreadable event are skipped, because their sums are unknown.
    """
    penalties = work.rows("penalties", "written_off_value").drop_duplicates("notice_ref")
    penalties = penalties[penalties["notice_ref"].notna()]
    ledger = work.frame("ledger")
    broken = ledger[ledger["event"].isna() | ledger["amount"].isna()]["notice_ref"]
    penalties = penalties[~among(penalties["notice_ref"], broken)]
    known = among(penalties["notice_ref"], ledger["notice_ref"])
    message, hint = "The ledger has no event of this notice.", "Add its events to the ledger, beginning with “issued”."
    work.report("penalties", penalties[~known], "notice_ref", "ledger-without-notice", message, hint)
    penalties = penalties[known]
    sums = _sums(ledger, penalties["notice_ref"])
    for made, column, words in (
        (sums["issued"], "initial_value", "issued"),
        (
            sums["issued"] + sums["increased"] - sums["reduced"] - sums["cancelled"],
            "current_value",
            "issued + increased − reduced − cancelled",
        ),
        (sums["paid"] - sums["refunded"], "paid_value", "paid − refunded"),
        (sums["written off"], "written_off_value", "written off"),
    ):
        given = penalties[column].fillna(0) if column == "written_off_value" else penalties[column]
        differs = (made != given).fillna(value=False)

        def said(row: Any, made: pd.Series = made, words: str = words) -> str:
            return (
                f"The ledger's {words} comes to {formatting.pence(int(made[row.name]))} for notice {row['notice_ref']}."
            )

        hint = f"It should equal {column}: correct one of them."
        work.report("penalties", penalties[differs], column, "ledger-differs", said, hint)


def _sums(ledger: pd.DataFrame, notices: pd.Series) -> pd.DataFrame:
    """Sum pence by notice and event, in the order of the notices; 0 if there is no event."""
    whole = ledger[ledger["notice_ref"].notna() & ledger["event"].notna() & ledger["amount"].notna()]
    whole = whole.astype({"amount": "int64"})
    added = whole.pivot_table(index="notice_ref", columns="event", values="amount", aggfunc="sum", fill_value=0)
    sums = added.reindex(index=notices.to_numpy(), columns=list(EVENTS)).fillna(0).astype("int64")
    return sums.set_axis(notices.index, axis=0)
