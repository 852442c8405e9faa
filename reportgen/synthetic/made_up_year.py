"""A synthetic but plausible year of any size, marked as such everywhere.

Input: a year, a number of notices, a seed. Output: the input tables as columns of text, and a folder of files. Hides
the probabilities, which are based on published cases and figures named next to each. Nothing in it is real, except the
recommendations and the published series, which are copied from their sources.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from datetime import date, timedelta
from importlib import resources
from typing import TYPE_CHECKING, Any, Final

from reportgen.files.table_writers import encode
from reportgen.model.edition import Edition
from reportgen.model.figure import Period
from reportgen.model.release import FIRST_PUBLISHED, PublicationDetails, Release
from reportgen.release import as_toml
from reportgen.scheme.data_dictionary import TABLES
from reportgen.synthetic.casework import (
    COUNTRIES,
    Cases,
    Columns,
    cases,
    columns,
)
from reportgen.synthetic.notice_life import pick
from reportgen.synthetic.plan_wording import ACTIONS, EARLIER, PROGRESS
from reportgen.synthetic.survey_wording import COMMENTS, METHOD, QUESTIONS, REWORDED

if TYPE_CHECKING:
    from pathlib import Path

    import numpy as np


def year(
    year: int,
    notices: int = 1790,
    *,
    seed: int | None = None,
    starts: str = "04-01",
    responses: int = 352,
    before: Sequence[int] = (),
) -> dict[str, Columns]:
    """Generate the input tables with exactly ``notices`` dated in the year; the same seed gives the same year.

    ``before`` are numbers of notices in earlier years, latest first; what was unsettled at their end is carried over.
    Each earlier year's seed is one lower.
    """
    chance, made = _casework(year, notices, seed, starts, before)
    period, as_at = Edition(year).period(starts), made.as_at
    incidents, penalties, ledger = made.columns()
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


def _casework(
    year: int, notices: int, seed: int | None, starts: str, before: Sequence[int]
) -> tuple[np.random.Generator, Cases]:
    """Generate the casework of earlier years, then of the year; also return the random generator."""
    import numpy as np

    seed = year if seed is None else seed
    earlier = _casework(year - 1, before[0], (seed - 1) % 2**63, starts, before[1:])[1] if before else None
    chance = np.random.Generator(np.random.PCG64(seed))
    period = Edition(year).period(starts)
    return chance, cases(chance, period, period.last + timedelta(days=91), notices, earlier)


SURVEY_ROLES: Final = {"driver": 50, "owner": 26, "hirer": 12, "operator": 7, "other": 5}
ROUTES: Final = {"direct": 60, "trade body": 25, "open link": 15}


def _survey(chance: np.random.Generator, year: int, responses: int) -> tuple[Columns, Columns]:
    """Generate questions and responses; in even years one question is reworded, so it is not comparable."""
    questions = []
    for name, wording, kind, options, positive, _ in QUESTIONS:
        words = REWORDED.get(name, wording) if year % 2 == 0 else wording
        questions.append((name, words, kind, options, positive))
    answers = []
    lean = 0.1 * float(chance.random()) - 0.05
    for n in range(responses):
        role, route = pick(chance, SURVEY_ROLES, 1)[0], pick(chance, ROUTES, 1)[0]
        u = chance.random(6).tolist()
        had = "" if u[0] < 0.02 else "yes" if u[0] < 0.6 else "no"
        given = [_answer(chance, question, role, lean) for question in QUESTIONS]
        comment, themes = "", ""
        if u[1] < 0.45:
            theme = list(COMMENTS)[int(u[2] * u[2] * len(COMMENTS)) if u[3] < 0.3 else int(u[2] * len(COMMENTS))]
            comment = COMMENTS[theme][int(u[4] * len(COMMENTS[theme]))]
            themes = theme
        quotable = "yes" if comment and u[5] < 0.6 else "no" if comment else ""
        home = "" if u[3] < 0.05 else pick(chance, COUNTRIES, 1)[0]
        answers.append((f"R-{n + 1:05d}", role, route, had, home, comment, themes, quotable, *given))
    own = [column.name for column in TABLES["survey"].columns]
    names = own + [question[0] for question in QUESTIONS]
    order = [*own[:5], *names[len(own) :], *own[5:]]
    survey = columns("survey", answers, names)
    return columns("questions", questions), {name: survey[name] for name in order}


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


def _add_months(start: date, months: int) -> date:
    whole = start.year * 12 + start.month - 1 + months
    return date(whole // 12, whole % 12 + 1, min(start.day, 28))


def _actions(period: Period, as_at: date) -> Columns:
    rows = []
    for n, (action, theme, heard, owner, audience, quick, status, start, due, done, outcome) in enumerate(ACTIONS, 1):
        begun = _add_months(period.first, start)
        end = _add_months(period.first, done) - timedelta(days=4) if done is not None else None
        late = min(end, as_at) if end else None
        rows.append(
            (
                f"A-{n:02d}", action, theme, heard, owner, audience, "yes" if quick else "no", status,
                begun.isoformat() if status != "not started" else "", _add_months(period.first, due).isoformat(),
                late.isoformat() if late else "", outcome,
            )
        )  # fmt: skip
    return columns("actions", rows)


def _packaged(name: str, table: str) -> Columns:
    text = resources.files("reportgen").joinpath(f"data/{name}").read_text("utf-8")
    rows = [tuple(row) for row in csv.reader(io.StringIO(text))]
    return columns(table, rows[1:], list(rows[0]))


def _recommendations(as_at: date) -> Columns:
    """Return the seven real recommendations, with made-up status and progress."""
    real = _packaged("recommendations.csv", "recommendations")
    rows = []
    for number, text, response, target, source in zip(*real.values(), strict=True):
        status, progress = PROGRESS[int(number)]
        if as_at.year < 2026 and status == "complete":
            status, progress = "in progress", EARLIER[int(number)]
        rows.append((number, text, response, target, status, progress, source))
    return columns("recommendations", rows)


def _team(chance: np.random.Generator, period: Period, notices: int) -> Columns:
    rows = []
    unopened = max(20, notices // 6)
    for n in range(12):
        first = _add_months(period.first, n)
        received = max(1, int(notices / 12 * (0.85 + 0.3 * chance.random())))
        decided = max(1, int(received * (0.88 + 0.22 * chance.random())))
        unopened = max(0, unopened + received - decided)
        filled = 19 + 0.5 * int(chance.integers(-3, 6))
        rows.append((first.strftime("%Y-%m"), "24", str(filled), str(received), str(decided), str(unopened)))
    return columns("team", rows)


def _context(chance: np.random.Generator, period: Period) -> Columns:
    rows = []
    source = "Illustrative figure, not a real statistic"
    for series, unit, size in (("Small-boat arrivals", "people", 9000), ("Detections in lorries", "detections", 350)):
        for n in range(4):
            first, last = _add_months(period.first, 3 * n), _add_months(period.first, 3 * n + 2)
            value = int(size * (0.6 + 0.8 * chance.random()))
            rows.append((series, f"{first:%Y-%m} to {last:%Y-%m}", str(value), unit, source, "Not applicable"))
    return columns("context", rows)


def settings(
    year_: int, survey: Columns | None = None, *, data: str = "illustrative", starts: str = "04-01"
) -> Release:
    """Return default settings for a year; for synthetic data, with invitations that fit the survey."""
    period = Edition(year_).period(starts)
    invited: dict[str, int] = {}
    if survey is not None:
        asked = list(zip(survey["role"], survey["invited_through"], strict=True))
        roles = ("driver", "owner", "hirer", "operator")
        invited = {one: 5 * sum(role == one and route != "open link" for role, route in asked) + 10 for one in roles}
    illustrative = data == "illustrative"
    return Release(
        edition=Edition(year_),
        period=period,
        as_at=period.last + timedelta(days=91),
        data=data,
        objection_days=42 if illustrative else None,
        invitations=invited,
        population={"driver": 40000, "owner": 9000} if illustrative else {},
        survey_method=METHOD if illustrative else {},
        publication=PublicationDetails(
            title=f"Clandestine entrant penalties: {period.label}",
            summary="How the penalty scheme for people hidden in vehicles worked, and what drivers, owners and hirers told us.",
            contact_name="Clandestine Entrant Civil Penalty Team",
            contact_email="BF.CECPT@homeoffice.gov.uk",
            change_note=FIRST_PUBLISHED,
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
    before: Sequence[int] = (),
) -> dict[str, bytes]:
    """Return a year's files by name: every table in the format (csv, xlsx, ods or parquet) and release.toml."""
    tables = year(year_, notices, seed=seed, starts=starts, responses=responses, before=before)
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
