"""What is true, for the harness alone: from the inputs, the value of any variable of the attack, and who is in it.

Goes in: a year's input folder. Comes out: ``Truth``. Recomputed here from the rows, so that a relation that the
attack takes for certain can be tried on the truth.
"""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

import pandas as pd

from reportgen import inputs
from reportgen import release as releases
from reportgen.model.edition import Edition

from .casework import LOWERED, THOUSAND
from .opinions import INVITED
from .published import Where

NOT_RECORDED = "not recorded"


@dataclass
class Population:
    """Rows with their dimensions, a weight each, and the group of people that act as one (an incident)."""

    rows: pd.DataFrame
    distinct: bool = False
    scale: float = 1.0

    def within(self, cell: Where) -> pd.DataFrame:
        """The rows of a cell."""
        chosen = pd.Series(data=True, index=self.rows.index)
        for breakdown, category in cell:
            chosen &= self.rows[breakdown] == category
        return self.rows[chosen]

    def value(self, cell: Where) -> float:
        """The cell's number; money in thousands of pounds, as in the attack."""
        rows = self.within(cell)
        return float(rows["group"].nunique() if self.distinct else rows["weight"].sum() / self.scale)

    def contributors(self, cell: Where) -> pd.Series:
        """What each group gives to a cell, the largest first; only what is above 0."""
        given = self.within(cell).groupby("group")["weight"].sum() / self.scale
        return given[given > 0].sort_values(ascending=False)


@dataclass
class Truth:
    """The populations of a reporting year by the attack's names."""

    label: str
    populations: dict[str, Population] = field(default_factory=dict)
    threshold: int = 5

    def value(self, name: Hashable) -> float | None:
        """The true value of a variable of the attack; None where it is of another year or not known here."""
        if not isinstance(name, tuple) or name[0] != self.label or name[1] not in self.populations:
            return None
        population = self.populations[name[1]]
        if any(breakdown not in population.rows for breakdown, _ in name[2]):
            return None
        return population.value(name[2])

    @cached_property
    def seats(self) -> list[str]:
        """The groups that hold a notice of the year: each knows its own case."""
        return sorted(set(self.populations["penalties.issued"].rows["group"]))


def truth(folder: Path, year: int, countries: Sequence[str] = (), themes: Sequence[str] = ()) -> Truth:
    """Read a year's inputs; ``countries`` and ``themes`` are those that the report lists, in its spelling."""
    release = releases.read(folder, Edition(year)).value
    assert release is not None
    tables = inputs.read(folder, release).value
    assert tables is not None
    made = Truth(release.period.label, threshold=release.disclosure.threshold)
    first, last = pd.Timestamp(release.period.first), pd.Timestamp(release.period.last)
    quarters = [(pd.Timestamp(start), label) for start, _, label in release.period.quarters()]
    notices = _notices(tables, countries)
    _casework(made, tables, notices, first, last, quarters)
    _money(made, tables, notices, first, last)
    _survey(made, tables, release.invitations, themes)
    return made


def _notices(tables: Any, countries: Sequence[str]) -> pd.DataFrame:
    incidents = tables.incidents[["incident_ref", "incident_date", "place", "vehicle_type"]]
    rows = tables.penalties.merge(incidents, on="incident_ref", how="left")
    for column in ("objection_outcome", "appeal_outcome"):
        rows[column] = rows[column].astype(object).where(rows[column].notna(), NOT_RECORDED)
    rows["accredited"] = rows["accredited"].astype(object).map({True: "yes", False: "no"}).fillna(NOT_RECORDED)
    known = rows["registered_in"].astype(object).where(rows["registered_in"].notna(), NOT_RECORDED)
    if "Other" in countries:
        known = known.where(known.isin([*countries, NOT_RECORDED]), "Other")
    rows["registered_in"] = known
    rows["regime"] = rows["incident_date"].map(_regime)
    rows["group"] = rows["incident_ref"]
    return rows


def _regime(day: pd.Timestamp) -> str:
    for starts, name in (("2026-01-01", "2026 scheme"), ("2023-02-13", "2023 scheme"), ("2002-12-08", "Flexible")):
        if day >= pd.Timestamp(starts):
            return name
    return "Fixed"


def _dated(rows: pd.DataFrame, column: str, first: Any, last: Any, quarters: Any) -> pd.DataFrame:
    """The rows of the period by a date, with its month and quarter; a row weighs one."""
    chosen = rows[(rows[column] >= first) & (rows[column] <= last)].copy()
    chosen["month"] = [f"{day:%Y-%m}" for day in chosen[column]]
    chosen["quarter"] = [next(label for start, label in reversed(quarters) if day >= start) for day in chosen[column]]
    return chosen.assign(weight=1)


def _casework(made: Truth, tables: Any, notices: pd.DataFrame, first: Any, last: Any, quarters: Any) -> None:
    incidents = tables.incidents.assign(group=tables.incidents["incident_ref"])
    incidents = _dated(incidents, "incident_date", first, last, quarters)
    issued = _dated(notices, "notice_date", first, last, quarters)
    decided = _dated(notices, "objection_decision_date", first, last, quarters)
    timed = decided[decided["objection_date"].notna()]
    put = made.populations
    put["incidents.count"] = Population(incidents)
    put["incidents.entrants"] = Population(incidents.assign(weight=incidents["entrants"].astype(int)))
    put["penalties.issued"] = Population(issued)
    put["penalties.incidents"] = Population(issued, distinct=True)
    put["objections.received"] = Population(_dated(notices, "objection_date", first, last, quarters))
    put["objections.decided"] = Population(decided)
    put["#objected"] = Population(issued[issued["objection_date"].notna()])
    put["#lowered"] = Population(decided[decided["objection_outcome"].isin(LOWERED)])
    put["#timed"] = Population(timed)
    put["appeals.lodged"] = Population(_dated(notices, "appeal_date", first, last, quarters))
    put["appeals.decided"] = Population(_dated(notices, "appeal_decision_date", first, last, quarters))
    off = issued["written_off_value"].fillna(0).astype(int)
    current, paid = issued["current_value"].astype(int), issued["paid_value"].astype(int)
    amounts = {
        "initial": issued["initial_value"].astype(int),
        "current": current,
        "paid": paid,
        "written_off": off,
        "outstanding": (current - paid - off).clip(lower=0),
        "refund_due": (paid - current).clip(lower=0),
    }
    for name, pence in amounts.items():
        put[f"value.{name}"] = Population(issued.assign(weight=pence), scale=100 * THOUSAND)


def _money(made: Truth, tables: Any, notices: pd.DataFrame, first: Any, last: Any) -> None:
    """The year's ledger events by name, each with its notice's incident."""
    if tables.ledger is None:
        return
    ledger = tables.ledger.merge(notices[["notice_ref", "group", "role"]], on="notice_ref", how="left")
    of_year = ledger[(ledger["date"] >= first) & (ledger["date"] <= last)]
    for event in ("issued", "increased", "reduced", "cancelled", "paid", "refunded", "written off"):
        rows = of_year[of_year["event"] == event]
        made.populations[f"money.{event.replace(' ', '_')}"] = Population(
            rows.assign(weight=rows["amount"].astype(int)), scale=100 * THOUSAND
        )
    others = of_year[(of_year["event"] == "paid") & of_year["payer_role"].notna()]
    others = others[others["payer_role"] != others["role"]]
    made.populations["money.paid_for_others"] = Population(
        others.assign(weight=others["amount"].astype(int)), scale=100 * THOUSAND
    )


def _survey(made: Truth, tables: Any, invitations: Any, themes: Sequence[str]) -> None:
    """Responses, invitations, themes and the answers to each question, a row for each option chosen."""
    answers = tables.survey.copy()
    answers["group"] = answers["response_id"]
    answers["weight"] = 1
    had = answers["had_penalty"].astype(object).map({True: "yes", False: "no"})
    answers["had_penalty"] = had.astype(object).where(had.notna(), NOT_RECORDED)
    put = made.populations
    put["survey.responses"] = Population(answers)
    sent = [role for role, number in invitations.items() if number]
    put["#invited"] = Population(answers[answers["invited_through"].isin(INVITED) & answers["role"].isin(sent)])
    coded = answers.explode("themes")
    listed = {theme.casefold(): theme for theme in themes}
    coded = coded[coded["themes"].notna()]
    coded["theme"] = [listed.get(word.strip().casefold(), word) for word in coded["themes"]]
    put["survey.themes"] = Population(coded.drop_duplicates(["group", "theme"]), distinct=True)
    for question in tables.questions.to_dict("records"):
        name = question["question"]
        if name not in answers:
            continue
        given = answers[answers[name].notna() & (answers[name].map(lambda value: value != ()))]
        put[f"survey.{name}#base"] = Population(given)
        chosen = given.assign(option=given[name]).explode("option")
        put[f"survey.{name}#n"] = Population(chosen.drop_duplicates(["group", "option"]))
        positive = set(question["positive_options"] or ()) if "positive_options" in question else set()
        liked = chosen[chosen["option"].isin(positive)].drop_duplicates("group")
        put[f"survey.{name}.positive#n"] = Population(liked)
