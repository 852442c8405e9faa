"""Random years for the recomputation: made-up data with everything odd that the contract allows in it.

``write(folder, year, seed)`` writes a folder that the inputs accept: missing countries, decisions without outcome,
themes in other spellings, payments in parts and pence, added places, periods from any day, tables that are absent.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from random import Random

from reportgen.files.table_writers import encode
from reportgen.model.edition import Edition
from reportgen.model.release import Release
from reportgen.release import as_toml
from reportgen.synthetic import made_up_year

STARTS = ("04-01", "04-01", "01-01", "07-15", "10-31", "12-31", "01-31", "03-01")
Columns = dict[str, list[str]]


def write(folder: Path, year: int, seed: int, *, starts: str | None = None, notices: int | None = None) -> str:
    """A year's folder; gives back the first day of its period, so that a second year can have the same."""
    chance = Random(seed)
    starts = starts or chance.choice(STARTS)
    size = notices if notices is not None else chance.choice((1, 2, 5, 30, 90, 240))
    responses = chance.choice((1, 8, 60, 200))
    tables = made_up_year.year(year, size, seed=seed, starts=starts, responses=responses)
    period = Edition(year).period(starts)
    as_at = period.last + timedelta(days=91)
    _cases(tables["incidents"], tables["penalties"], chance)
    _payments(tables["ledger"], chance, as_at)
    _answers(tables["survey"], chance)
    _plan(tables["actions"], tables["team"], chance, as_at)
    folder.mkdir(parents=True)
    absent = {name for name in ("ledger", "recommendations", "team") if chance.random() < 0.15}
    for name, columns in tables.items():
        if name not in absent:
            (folder / f"{name}.csv").write_bytes(encode(name, columns, "csv"))
    settings = _settings(made_up_year.settings(year, tables["survey"], starts=starts), chance)
    (folder / "release.toml").write_text(as_toml(settings), "utf-8")
    return starts


def _cases(incidents: Columns, penalties: Columns, chance: Random) -> None:
    for n in range(len(incidents["place"])):
        if chance.random() < 0.05:
            incidents["place"][n] = "Zeebrugge"
    for n, outcome in enumerate(penalties["objection_outcome"]):
        if chance.random() < 0.2:
            penalties["registered_in"][n] = chance.choice(("", "XK", "NA", "MD", "UA", "BY"))
        if chance.random() < 0.05:
            penalties["accredited"][n] = ""
        if outcome in ("unchanged", "withdrawn") and chance.random() < 0.3:
            penalties["objection_outcome"][n] = ""
        if penalties["objection_decision_date"][n] and chance.random() < 0.1:
            penalties["objection_date"][n] = ""


def _payments(ledger: Columns, chance: Random, as_at: date) -> None:
    """Some payments in two parts, with pence, the second later and by somebody else."""
    for n in range(len(ledger["event"])):
        if ledger["event"][n] != "paid" or chance.random() < 0.7:
            continue
        whole = int(ledger["amount"][n]) * 100
        part = whole // 3
        ledger["amount"][n] = f"{part / 100:.2f}"
        later = min(date.fromisoformat(ledger["date"][n]) + timedelta(days=chance.randrange(200)), as_at)
        for name, value in (
            ("notice_ref", ledger["notice_ref"][n]),
            ("date", later.isoformat()),
            ("event", "paid"),
            ("amount", f"{(whole - part) / 100:.2f}"),
            ("payer_role", chance.choice(("driver", "owner", "hirer", "operator", ""))),
        ):
            ledger[name].append(value)


def _answers(survey: Columns, chance: Random) -> None:
    themes = sorted({word for word in survey["themes"] if word})
    for n in range(len(survey["themes"])):
        if chance.random() < 0.3 and themes:
            codes = chance.sample(themes, k=min(len(themes), chance.randint(1, 3)))
            survey["themes"][n] = " ;".join(chance.choice((code, code.upper(), f"{code};{code}")) for code in codes)
        if chance.random() < 0.1:
            survey["had_penalty"][n] = ""
        if chance.random() < 0.1:
            survey["notice_clear"][n] = survey["notice_clear"][n].upper()
        if chance.random() < 0.1:
            survey["would_help"][n] = ""


def _plan(actions: Columns, team: Columns, chance: Random, as_at: date) -> None:
    for n in range(len(actions["status"])):
        if chance.random() < 0.2:
            actions["due_date"][n] = (as_at - timedelta(days=chance.choice((0, 1)))).isoformat()
        if chance.random() < 0.2:
            actions["theme"][n] = ""
    for n in range(len(team["month"])):
        if chance.random() < 0.2:
            team[chance.choice(("posts_funded", "posts_filled", "cases_open"))][n] = ""
    for name, value in {"month": "1999-12", "posts_funded": "24", "posts_filled": "3", "cases_open": "9"}.items():
        team[name].append(value)
    for name in ("cases_received", "cases_decided"):
        team[name].append("")


def _settings(made: Release, chance: Random) -> Release:
    """Other targets, invitations and populations, and a place more."""
    everyone = dict.fromkeys(("driver", "owner", "hirer", "operator", "other"), 90)
    return replace(
        made,
        places=(*made.places, "Zeebrugge"),
        objection_days=chance.choice((None, 20, 42, 60)),
        invitations=made.invitations if chance.random() < 0.7 else {"driver": 900, "hirer": 0},
        population=chance.choice(({}, {"driver": 240}, dict.fromkeys(everyone, 300))),
    )
