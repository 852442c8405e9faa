"""A made-up but plausible year of any size, marked as such everywhere.

Goes in: a year, a number of notices, a seed. Comes out: the contract's tables as plain columns of text, and a folder
of files. Hides the chances behind them, which rest on the published cases and figures named beside each.
Nobody and nothing in it is real, except the recommendations and the published series, which are copied from their sources.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from datetime import date, timedelta
from importlib import resources
from typing import TYPE_CHECKING, Any, Final

from reportgen import law
from reportgen.encode import encode
from reportgen.figures import Period
from reportgen.illustrative_words import ACTIONS, COMMENTS, METHOD, PROGRESS, QUESTIONS, REWORDED
from reportgen.release import Publication, Release, as_toml, period_of
from reportgen.schema import TABLES

if TYPE_CHECKING:
    from pathlib import Path

    import numpy as np

Columns = dict[str, list[str]]

# Vehicles by place: cells are empty or large enough to be published in a year of ordinary size.
PLACES: Final = {
    ("Calais", "goods vehicle"): 300,
    ("Calais", "detached trailer"): 32,
    ("Calais", "coach"): 14,
    ("Calais", "van"): 20,
    ("Calais", "car"): 30,
    ("Calais", "motorhome"): 16,
    ("Coquelles", "goods vehicle"): 170,
    ("Coquelles", "coach"): 14,
    ("Coquelles", "van"): 14,
    ("Coquelles", "car"): 20,
    ("Coquelles", "motorhome"): 14,
    ("Dunkerque", "goods vehicle"): 130,
    ("Dunkerque", "detached trailer"): 24,
    ("Dunkerque", "van"): 14,
    ("Dunkerque", "car"): 14,
    ("UK port", "goods vehicle"): 110,
    ("UK port", "detached trailer"): 34,
    ("UK port", "van"): 14,
    ("UK port", "other"): 14,
    ("Inland", "goods vehicle"): 56,
    ("Inland", "van"): 14,
}
# Who gets a notice, and under which section, by kind of vehicle.
GOODS: Final = (
    (34, ("32 driver", "32 owner")),
    (13, ("32 driver",)),
    (8, ("32 driver", "32 hirer")),
    (16, ("31A driver", "31A owner")),
    (9, ("31A owner",)),
    (8, ("31A driver", "32 driver", "32 owner")),
    (6, ("31A driver", "31A hirer")),
    (6, ("32 owner",)),
)
TRAILER: Final = (
    (40, ("32 operator", "32 owner")),
    (30, ("31A operator",)),
    (18, ("32 operator",)),
    (12, ("31A operator", "31A hirer")),
)
OTHERS: Final = ((60, ("32 driver",)), (40, ("32 driver", "32 owner")))
COUNTRIES: Final = dict(
    zip(
        ["RO", "PL", "GB", "NL", "DE", "BG", "HU", "LT", "CZ", "ES", "IT", "SK", "SI", "IE", "FR", "TR"],
        (21, 18, 9, 8, 7, 7, 6, 5, 4, 4, 3, 3, 2, 2, 1, 1),
        strict=True,
    )
)
OBJECTION_OUTCOMES: Final = {
    "cancelled": 17,
    "reduced": 42,
    "reduced to nil": 7,
    "increased": 4,
    "unchanged": 24,
    "withdrawn": 6,
}
APPEAL_OUTCOMES: Final = {"cancelled": 22, "reduced": 30, "dismissed": 33, "withdrawn": 15}


def year(
    year: int, notices: int = 1790, *, seed: int | None = None, starts: str = "04-01", responses: int = 352
) -> dict[str, Columns]:
    """The contract's tables for a year with exactly so many notices dated in it; the same seed gives the same year."""
    import numpy as np

    chance = np.random.Generator(np.random.PCG64(year if seed is None else seed))
    period = period_of(year, starts)
    as_at = period.last + timedelta(days=91)
    incidents, penalties, ledger = _cases(chance, period, as_at, notices)
    questions, survey = _survey(chance, year, responses)
    return {
        "incidents": incidents,
        "penalties": penalties,
        "ledger": ledger,
        "survey": survey,
        "questions": questions,
        "actions": _actions(period, as_at),
        "recommendations": _recommendations(as_at),
        "team": _team(chance, period, notices),
        "published": _packaged("published.csv", "published"),
        "context": _context(chance, period),
    }


def _pick(chance: np.random.Generator, weights: dict[Any, int], size: int) -> list[Any]:
    import numpy as np

    words = list(weights)
    shares = np.array([weights[word] for word in words], dtype=float)
    return [words[n] for n in chance.choice(len(words), size=size, p=shares / shares.sum())]


def _cases(chance: np.random.Generator, period: Period, as_at: date, notices: int) -> tuple[Columns, Columns, Columns]:
    """Incidents, the notices they led to, and every money event of those notices."""
    incidents: list[tuple[str, ...]] = []
    penalties: list[tuple[str, ...]] = []
    ledger: list[tuple[str, ...]] = []
    in_year = 0
    batch = 400
    first_day = period.first - timedelta(days=170)
    length = (as_at - first_day).days
    number = 0
    while in_year < notices:
        spots = _pick(chance, PLACES, batch)
        days = chance.integers(0, length, batch).tolist()
        lags = (14 + chance.gamma(3.0, 18.0, batch)).astype(int).tolist()
        entrants = (1 + chance.geometric(0.42, batch)).tolist()
        fates = chance.random(batch).tolist()
        for (place, vehicle), offset, lag, people, fate in zip(spots, days, lags, entrants, fates, strict=True):
            if in_year >= notices:
                break
            number += 1
            ref = f"I-{number:06d}"
            day = first_day + timedelta(days=offset)
            noticed = day + timedelta(days=lag)
            if fate < NO_PENALTY or noticed > as_at:
                if day >= period.first:
                    outcome = "no penalty" if fate < NO_PENALTY else "pending"
                    incidents.append(
                        (ref, day.isoformat(), place, vehicle, str(people - (fate < NO_PENALTY / 2)), outcome)
                    )
                continue
            pattern = _pattern(chance, vehicle, day)
            within = period.first <= noticed <= period.last
            pattern = pattern[: notices - in_year] if within else pattern
            in_year += len(pattern) if within else 0
            found = people if any(p.startswith("32") for p in pattern) else 0
            incidents.append((ref, day.isoformat(), place, vehicle, str(found), "penalty"))
            home = _pick(chance, COUNTRIES, 1)[0]
            for responsible in pattern:
                notice = f"N-{len(penalties) + 1:06d}"
                row, events = _notice(chance, notice, ref, responsible, day, noticed, found, home, as_at)
                penalties.append(row)
                ledger.extend(events)
    return (
        _columns("incidents", incidents),
        _columns("penalties", penalties),
        _columns("ledger", sorted(ledger, key=lambda event: (event[1], event[0]))),
    )


NO_PENALTY: Final = 0.18
MEANS_TESTED: Final = 0.75


def _pattern(chance: np.random.Generator, vehicle: str, day: date) -> tuple[str, ...]:
    table = {"goods vehicle": GOODS, "detached trailer": TRAILER}.get(vehicle, OTHERS)
    at = chance.random() * sum(weight for weight, _ in table)
    chosen = table[-1][1]
    for weight, pattern in table:
        at -= weight
        if at < 0:
            chosen = pattern
            break
    if day >= law.SECTION_31A_STARTS:
        return chosen
    return tuple(dict.fromkeys(one.replace("31A", "32") for one in chosen))


def _notice(  # noqa: C901, PLR0912, PLR0915 - a case's life, told in its order
    chance: np.random.Generator,
    notice: str,
    incident: str,
    responsible: str,
    day: date,
    noticed: date,
    found: int,
    home: str,
    as_at: date,
) -> tuple[tuple[str, ...], list[tuple[str, ...]]]:
    """One notice and its money events; amounts are whole pounds until the ledger."""
    section, role = responsible.split()
    u = chance.random(12).tolist()
    occasion = "first" if u[0] < 0.88 else "second" if u[0] < 0.96 else "third or later"
    regime = law.regime_of(day) or ""
    found_level = law.level(regime, section, occasion)
    most = (found_level.maximum if found_level else 2000) * (found if section == "32" else 1)
    accredited = "" if u[1] < 0.02 else "yes" if u[1] < 0.09 and role != "driver" else "no"
    initial = most // 2 if accredited == "yes" or (role != "driver" and u[2] < 0.2) else most
    events: list[tuple[str, ...]] = [(notice, noticed.isoformat(), "issued", str(initial), "")]
    current = initial
    changed = noticed
    objection, decided, outcome = None, None, ""
    appeal, judged, judgment = None, None, ""

    def change(value: int, when: date, event: str) -> int:
        if value != current:
            events.append((notice, when.isoformat(), event, str(abs(value - current)), ""))
        return value

    if u[3] < 0.62:
        objection = noticed + timedelta(days=5 + int(u[4] * 23))
        decided = objection + timedelta(days=int(12 + chance.gamma(4.0, 8.0)))
        if objection > as_at:
            objection = decided = None
        elif decided > as_at:
            decided = None
        else:
            weights = dict(OBJECTION_OUTCOMES)
            if regime == "2026 scheme":
                weights |= {"reduced to nil": 16, "reduced": 36}
            if initial >= most:
                weights |= {"increased": 0}
            outcome = _pick(chance, weights, 1)[0]
            changed = decided
            if outcome == "cancelled":
                current = change(0, decided, "cancelled")
            elif outcome == "reduced to nil":
                current = change(0, decided, "reduced")
            elif outcome == "increased":
                current = change(most, decided, "increased")
            elif outcome == "reduced":
                share = (
                    (0.02 + 0.1 * u[5])
                    if role == "driver" and u[6] < MEANS_TESTED
                    else (0.25, 0.375, 0.5, 0.75)[int(u[5] * 4)]
                )
                current = change(max(36, int(initial * share)), decided, "reduced")
    if current > 0 and u[7] < 0.07 and (objection is None or decided is not None):
        appeal = changed + timedelta(days=3 + int(u[4] * 24))
        judged = appeal + timedelta(days=int(40 + chance.gamma(4.0, 20.0)))
        if appeal > as_at:
            appeal = judged = None
        elif judged > as_at:
            judged = None
        else:
            judgment = _pick(chance, APPEAL_OUTCOMES, 1)[0]
            changed = judged
            if judgment == "cancelled":
                current = change(0, judged, "cancelled")
            elif judgment == "reduced" and current > 40:
                current = change(max(20, min(current, initial) // 2), judged, "reduced")
            elif judgment == "reduced":
                judgment = "dismissed"
    paid, gone, status = 0, 0, "unpaid"
    when = changed + timedelta(days=int(8 + u[8] * 48))
    payer = {"driver": "owner"}.get(role, role) if u[9] < 0.22 else role
    waiting = (objection is not None and decided is None) or (appeal is not None and judged is None)
    if current == 0:
        status = "nil" if outcome == "reduced to nil" else "cancelled"
    elif when <= as_at and not waiting:
        if u[10] < 0.6:
            status, paid = "paid", current
            if current < initial and u[11] < 0.04:
                paid = min(initial, current + 300)
        elif u[10] < 0.67:
            status, paid = "part paid", max(1, int(current * (0.2 + 0.6 * u[11])))
        elif u[10] < 0.76:
            status, paid = "instalments", int(current * 0.1 * int(1 + u[11] * 8))
        elif u[10] < 0.8 and when + timedelta(days=60) <= as_at:
            paid = 0 if u[11] < 0.7 else current // 5
            status, gone = "written off", current - paid
            events.append((notice, (when + timedelta(days=60)).isoformat(), "written off", str(gone), ""))
    if paid:
        events.append((notice, when.isoformat(), "paid", str(paid), payer))
        if paid > current and u[5] < 0.5 and when + timedelta(days=20) <= as_at:
            events.append((notice, (when + timedelta(days=20)).isoformat(), "refunded", str(paid - current), ""))
            paid = current
    iso = [d.isoformat() if d else "" for d in (objection, decided, appeal, judged)]
    row = (
        notice, incident, noticed.isoformat(), section, role, occasion, str(found if section == "32" else 0),
        "" if u[2] > 0.985 else home, accredited, str(initial), iso[0], iso[1], outcome, iso[2], iso[3], judgment,
        str(current), str(paid), str(gone) if gone else "", status,
    )  # fmt: skip
    return row, events


def _columns(table: str, rows: Sequence[tuple[str, ...]], names: list[str] | None = None) -> Columns:
    heads = names or [column.name for column in TABLES[table].columns]
    return {head: [row[n] for row in rows] for n, head in enumerate(heads)}


SURVEY_ROLES: Final = {"driver": 50, "owner": 26, "hirer": 12, "operator": 7, "other": 5}
ROUTES: Final = {"direct": 60, "trade body": 25, "open link": 15}


def _survey(chance: np.random.Generator, year: int, responses: int) -> tuple[Columns, Columns]:
    """The questions, and so many responses; in even years one question had other words, so it is not compared."""
    questions = []
    for name, wording, kind, options, positive, _ in QUESTIONS:
        words = REWORDED.get(name, wording) if year % 2 == 0 else wording
        questions.append((name, words, kind, options, positive))
    answers = []
    lean = 0.1 * float(chance.random()) - 0.05
    for n in range(responses):
        role, route = _pick(chance, SURVEY_ROLES, 1)[0], _pick(chance, ROUTES, 1)[0]
        u = chance.random(6).tolist()
        had = "" if u[0] < 0.02 else "yes" if u[0] < 0.6 else "no"
        given = [_answer(chance, question, role, lean) for question in QUESTIONS]
        comment, themes = "", ""
        if u[1] < 0.45:
            theme = list(COMMENTS)[int(u[2] * u[2] * len(COMMENTS)) if u[3] < 0.3 else int(u[2] * len(COMMENTS))]
            comment = COMMENTS[theme][int(u[4] * len(COMMENTS[theme]))]
            themes = theme
        quotable = "yes" if comment and u[5] < 0.6 else "no" if comment else ""
        home = "" if u[3] < 0.05 else _pick(chance, COUNTRIES, 1)[0]
        answers.append((f"R-{n + 1:05d}", role, route, had, home, comment, themes, quotable, *given))
    own = [column.name for column in TABLES["survey"].columns]
    names = own + [question[0] for question in QUESTIONS]
    order = [*own[:5], *names[len(own) :], *own[5:]]
    survey = _columns("survey", answers, names)
    return _columns("questions", questions), {name: survey[name] for name in order}


def _answer(chance: np.random.Generator, question: tuple[Any, ...], role: str, lean: float) -> str:
    _, _, kind, options, _, weights = question
    words = [option.strip() for option in options.split(";")]
    if chance.random() < 0.03:
        return ""
    if kind == "multiple":
        chosen = [w for w, weight in zip(words[:-1], weights, strict=False) if chance.random() < weight / 100]
        return "; ".join(chosen) or words[-1]
    tilt = {"driver": -0.05, "owner": 0.0, "hirer": 0.03, "operator": 0.05}.get(role, 0.0) + lean
    shares = [max(0.01, w / 100 + (tilt if n < 2 else -tilt / 2)) for n, w in enumerate(weights)]
    at = chance.random() * sum(shares)
    for word, share in zip(words, shares, strict=True):
        at -= share
        if at < 0:
            return str(word)
    return str(words[-1])


def _months_on(start: date, months: int) -> date:
    whole = start.year * 12 + start.month - 1 + months
    return date(whole // 12, whole % 12 + 1, min(start.day, 28))


def _actions(period: Period, as_at: date) -> Columns:
    rows = []
    for n, (action, theme, heard, owner, audience, quick, status, start, due, done, outcome) in enumerate(ACTIONS, 1):
        begun = _months_on(period.first, start)
        end = _months_on(period.first, done) - timedelta(days=4) if done is not None else None
        late = min(end, as_at) if end else None
        rows.append(
            (
                f"A-{n:02d}", action, theme, heard, owner, audience, "yes" if quick else "no", status,
                begun.isoformat() if status != "not started" else "", _months_on(period.first, due).isoformat(),
                late.isoformat() if late else "", outcome,
            )
        )  # fmt: skip
    return _columns("actions", rows)


def _packaged(name: str, table: str) -> Columns:
    text = resources.files("reportgen").joinpath(f"data/{name}").read_text("utf-8")
    rows = [tuple(row) for row in csv.reader(io.StringIO(text))]
    return _columns(table, rows[1:], list(rows[0]))


def _recommendations(as_at: date) -> Columns:
    """The seven real recommendations; their status and progress are made up."""
    real = _packaged("recommendations.csv", "recommendations")
    rows = []
    for number, text, response, target, source in zip(*real.values(), strict=True):
        status, progress = PROGRESS[int(number)]
        if as_at.year < 2026 and status == "complete":
            status, progress = "in progress", "Illustrative: work has begun."
        rows.append((number, text, response, target, status, progress, source))
    return _columns("recommendations", rows)


def _team(chance: np.random.Generator, period: Period, notices: int) -> Columns:
    rows = []
    unopened = max(20, notices // 6)
    for n in range(12):
        first = _months_on(period.first, n)
        received = max(1, int(notices / 12 * (0.85 + 0.3 * chance.random())))
        decided = max(1, int(received * (0.88 + 0.22 * chance.random())))
        unopened = max(0, unopened + received - decided)
        filled = 19 + 0.5 * int(chance.integers(-3, 6))
        rows.append((first.strftime("%Y-%m"), "24", str(filled), str(received), str(decided), str(unopened)))
    return _columns("team", rows)


def _context(chance: np.random.Generator, period: Period) -> Columns:
    rows = []
    source = "Illustrative figure, not a real statistic"
    for series, unit, size in (("Small-boat arrivals", "people", 9000), ("Detections in lorries", "detections", 350)):
        for n in range(4):
            first, last = _months_on(period.first, 3 * n), _months_on(period.first, 3 * n + 2)
            value = int(size * (0.6 + 0.8 * chance.random()))
            rows.append((series, f"{first:%Y-%m} to {last:%Y-%m}", str(value), unit, source, "Not applicable"))
    return _columns("context", rows)


def settings(
    year_: int, survey: Columns | None = None, *, data: str = "illustrative", starts: str = "04-01"
) -> Release:
    """A year's settings before anybody has decided anything; for made-up data with invitations that fit the survey."""
    period = period_of(year_, starts)
    invited: dict[str, int] = {}
    if survey is not None:
        asked = list(zip(survey["role"], survey["invited_through"], strict=True))
        roles = ("driver", "owner", "hirer", "operator")
        invited = {one: 5 * sum(role == one and route != "open link" for role, route in asked) + 10 for one in roles}
    illustrative = data == "illustrative"
    return Release(
        year=year_,
        period=period,
        as_at=period.last + timedelta(days=91),
        data=data,
        objection_days=42 if illustrative else None,
        invitations=invited,
        population={"driver": 40000, "owner": 9000} if illustrative else {},
        survey_method=METHOD if illustrative else {},
        publication=Publication(
            title=f"Clandestine entrant penalties: {period.label}",
            summary="How the penalty scheme for people hidden in vehicles worked, and what drivers, owners and hirers told us.",
            contact_name="Clandestine Entrant Civil Penalty Team",
            contact_email="BF.CECPT@homeoffice.gov.uk",
            change_note="First published.",
            nations="England, Scotland, Wales and Northern Ireland",
        ),
    )


def files(
    year_: int,
    notices: int = 1790,
    *,
    fmt: str = "csv",
    seed: int | None = None,
    starts: str = "04-01",
    responses: int = 352,
) -> dict[str, bytes]:
    """A year's folder by file name: every table in the format (csv, xlsx, ods or parquet) and release.toml."""
    tables = year(year_, notices, seed=seed, starts=starts, responses=responses)
    made = {f"{name}.{fmt}": encode(name, columns, fmt) for name, columns in tables.items()}
    return made | {"release.toml": as_toml(settings(year_, tables["survey"], starts=starts)).encode()}


def write(
    folder: Path,
    year_: int,
    notices: int = 1790,
    *,
    fmt: str = "csv",
    seed: int | None = None,
    starts: str = "04-01",
    responses: int = 352,
) -> None:
    """Write a year's folder."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, data in files(year_, notices, fmt=fmt, seed=seed, starts=starts, responses=responses).items():
        (folder / name).write_bytes(data)


def release_toml(period: Period, survey: Columns, *, starts: str = "04-01") -> str:
    """The settings file of a made-up year, every table explained."""
    return as_toml(settings(period.year, survey, starts=starts))
