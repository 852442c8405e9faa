"""Calculate the year's flow of money.

Input: the ledger and the notices. Output: the ``money.`` statistics, in whole pence until the last step. Hides how each
notice's balance is carried over the year.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from reportgen.measures.aggregation import by_contributor, largest
from reportgen.measures.statistics import Statistic
from reportgen.model.figure import Key
from reportgen.scheme.data_dictionary import EVENT_SIGNS, EVENTS

if TYPE_CHECKING:
    import pandas as pd

    from reportgen.measures.aggregation import StatisticBuilder
    from reportgen.model.figure import Period


def money(cells: StatisticBuilder, ledger: pd.DataFrame, penalties: pd.DataFrame, period: Period) -> None:
    """Calculate opening balance, the year's events, closing balance, and payments on behalf of others.

    An event counts in the year of its date, whatever the notice's year. The base of a balance is the notices whose own
    balance is not 0. ``penalties`` has the contributor of each notice.
    """
    import pandas as pd

    notices = penalties.set_index("notice_ref")
    who = notices["contributor"]
    before = ledger[ledger["date"] < pd.Timestamp(period.first)]
    of_year = ledger[(ledger["date"] >= pd.Timestamp(period.first)) & (ledger["date"] <= pd.Timestamp(period.last))]
    _put(cells, "opening", _balance(before), who)
    for event in EVENTS:
        _put(cells, event.replace(" ", "_"), _by_notice(of_year[of_year["event"] == event]), who)
    _put(cells, "closing", _balance(pd.concat([before, of_year])), who)
    roles = of_year["notice_ref"].map(notices["role"])
    others = of_year["payer_role"].notna() & (of_year["payer_role"] != roles)
    _put(cells, "paid_for_others", _by_notice(of_year[(of_year["event"] == "paid") & others]), who)


def _by_notice(events: pd.DataFrame) -> pd.Series:
    return events["amount"].astype("int64").groupby(events["notice_ref"]).sum()


def _balance(events: pd.DataFrame) -> pd.Series:
    signed = events["amount"].astype("int64") * events["event"].map(EVENT_SIGNS).astype("int64")
    balance = signed.groupby(events["notice_ref"]).sum()
    return balance[balance != 0]


def _put(cells: StatisticBuilder, name: str, amounts: pd.Series, who: pd.Series) -> None:
    """Add one statistic from the pence of each notice; ``who`` maps a notice to its contributor."""
    pence = int(amounts.sum())
    numbers = who.reindex(amounts.index)
    given = by_contributor(amounts.to_numpy(dtype="int64"), numbers.to_numpy(dtype="int64"))
    cells.put(
        Statistic(
            Key(f"money.{name}"),
            pence / 100,
            numerator=pence,
            base=len(amounts),
            contributors=len(given),
            top=largest(given),
        )
    )
