"""The table of the money flow: its balance, rounding and the balance brought forward."""

from __future__ import annotations

from table_of import FLOW, heads, statistics, table, texts

from reportgen.model.protected import ProtectedStatistics
from reportgen.tables import table_notes

MONEY = ("opening", "issued", "increased", "reduced", "cancelled", "paid", "refunded", "written_off", "closing")


def flow(*amounts: float, **more) -> ProtectedStatistics:
    return statistics({f"money.{name}": amount for name, amount in zip(MONEY, amounts, strict=True)}, **more)


def test_the_flow_of_money_ends_with_its_balance():
    made = table(FLOW, flow(100, 50, 10, 20, 5, 60, 2, 7, 70))
    assert heads(made) == ["2025 to 2026 (£)"]
    assert texts(made)[-1] == ["Owed at the end of the year", "70"]
    assert made.rows[-1].kind == "total"
    assert made.notes == ()


def test_a_note_says_that_a_flow_not_adding_up_is_rounded():
    """100.50 + 50.50 − 80 = 71: shown as 101 + 51 − 80 = 71, which is 1 less than it seems."""
    made = table(FLOW, flow(100.5, 50.5, 0, 0, 0, 80, 0, 0, 71))
    assert any("rounded" in note for note in made.notes)


def test_a_note_says_that_last_year_s_balance_was_not_carried_forward():
    """Both balances are displayed and differ. No note if one is hidden or they are equal."""
    last = {"money.closing": 70.0}
    for closing, said in ((70.0, False), (70.4, False), (71.0, True), (None, False)):
        now = statistics(
            {"money.opening": 70.0, "money.closing": 90.0},
            previous=statistics(last | {"money.closing": closing, "money.opening": 1.0}, year=2024),
        )
        assert (table_notes.UNJOINED in table(FLOW, now).notes) == said, closing
    hidden = statistics({"money.opening": None, "money.closing": 90.0}, previous=statistics(last, year=2024))
    assert table_notes.UNJOINED not in table(FLOW, hidden).notes
    assert table_notes.UNJOINED not in table(FLOW, statistics({"money.opening": 70.0})).notes
