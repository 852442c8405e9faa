"""A year small enough to read, without a fault in it, for the tests of the inputs.

``write(folder)`` puts it down as csv; ``year(**changes)`` gives the tables as lists of rows, headers first, so that a test
can change one cell: the row numbers are those that a spreadsheet shows.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from pathlib import Path

Rows = list[list[str]]

TABLES = {
    "incidents": """
        incident_ref, incident_date, place,     vehicle_type,  entrants, outcome
        I-1,          2025-05-14,    Coquelles, goods vehicle, 2,        penalty
        I-2,          2025-06-02,    Calais,    coach,         1,        penalty
        I-3,          2025-07-20,    UK port,   van,           0,        no penalty
        I-4,          2026-02-03,    Inland,    car,           3,        pending
        I-5,          2026-03-01,    Dunkerque, goods vehicle, 1,        penalty
    """,
    "penalties": """
        notice_ref, incident_ref, notice_date, section, role, occasion, entrants, registered_in, accredited, initial_value, objection_date, objection_decision_date, objection_outcome, appeal_date, appeal_decision_date, appeal_outcome, current_value, paid_value, written_off_value, status
        N-1, I-1, 2025-07-28, 32,  driver,   first,          2, PL, no,  12000, 2025-08-20, 2025-10-02, reduced,        , , , 6000, 6000, , paid
        N-2, I-1, 2025-07-28, 32,  owner,    first,          2, RO, yes, 12000, , , , , , , 12000, 13000, , paid
        N-3, I-2, 2025-08-30, 31A, driver,   second,         0, NA, no,  3000,  , , , , , , 3000, 1000, , part paid
        N-4, I-2, 2025-08-30, 32,  hirer,    second,         1, GB, ,    9000,  2025-09-10, 2025-11-01, cancelled,      , , , 0, 0, , cancelled
        N-5, I-5, 2026-05-20, 32,  driver,   third or later, 1, ,   ,    9000,  , , , , , , 9000, 0, , unpaid
        N-6, I-2, 2025-08-30, 31A, owner,    first,          0, PL, no,  1500,  , , , , , , 1500, 500, 1000, written off
        N-7, I-1, 2025-07-28, 31A, hirer,    first,          0, PL, no,  1500,  2025-08-01, 2025-09-01, reduced to nil, , , , 0, 0, , nil
        N-8, I-2, 2025-08-30, 31A, operator, third or later, 0, DE, no,  5000,  2025-09-01, 2025-10-01, increased,      2025-10-20, 2026-01-10, dismissed, 6000, 2000, , instalments
    """,
    "ledger": """
        notice_ref, date,       event,       amount, payer_role
        N-1,        2025-07-28, issued,      12000,
        N-1,        2025-10-02, reduced,     6000,
        N-1,        2025-11-02, paid,        6000,   owner
        N-2,        2025-07-28, issued,      12000,
        N-2,        2025-08-28, paid,        13500,  owner
        N-2,        2025-09-28, refunded,    500,
        N-3,        2025-08-30, issued,      3000,
        N-3,        2025-09-30, paid,        1000,   driver
        N-4,        2025-08-30, issued,      9000,
        N-4,        2025-11-01, cancelled,   9000,
        N-5,        2026-05-20, issued,      9000,
        N-6,        2025-08-30, issued,      1500,
        N-6,        2025-10-01, paid,        500,    owner
        N-6,        2026-03-01, written off, 1000,
        N-7,        2025-07-28, issued,      1500,
        N-7,        2025-09-01, reduced,     1500,
        N-8,        2025-08-30, issued,      5000,
        N-8,        2025-10-01, increased,   1000,
        N-8,        2026-02-01, paid,        2000,   operator
    """,
    "survey": """
        response_id, role,   invited_through, had_penalty, registered_in, clear_letter, helps,            comment,                 themes,       quotable
        R-1,         driver, direct,          yes,         PL,            Very clear,   Videos; Parking,  The letter was clear.,   letter,       yes
        R-2,         owner,  trade body,      no,          RO,            Not clear,    Videos,           It took long.,           time; letter, no
        R-3,         other,  open link,       ,            ,              ,             ,                 ,                        ,
    """,
    "questions": """
        question,     wording,                    kind,     options,                               positive_options
        clear_letter, How clear was the letter?,  scale,    Very clear; Fairly clear; Not clear,   Very clear; Fairly clear
        helps,        What would help?,           multiple, Videos; Parking; Nothing,
    """,
    "actions": """
        action_ref, action,             theme,  heard,     owner,        audience,      quick_win, status,      start_date, due_date,   completed_date, outcome
        A-1,        Rewrite the notice, letter, Hard,      Penalty team, driver; owner, yes,       complete,    2025-05-01, 2025-09-30, 2025-09-12,     In use
        A-2,        Decide sooner,      time,   Too slow,  Penalty team, ,              no,        in progress, 2025-06-01, 2026-09-30, ,
    """,
    "recommendations": """
        number, recommendation,        response, target_month, status,      progress,    source
        7,      Publish a report,      Accepted, 2026-03,      complete,    This report, Home Office
        8,      Publish a plan,        Accepted, ,             in progress, ,
    """,
    "team": """
        month,   posts_funded, posts_filled, cases_received, cases_decided, cases_open
        2025-04, 24,           19.5,         140,            131,           310
        2025-05, 24,           20,           150,            ,              320
        2025-06, 24,           20,           150,            150,           320
        2025-07, 24,           20,           150,            150,           320
        2025-08, 24,           20,           150,            150,           320
        2025-09, 24,           20,           150,            150,           320
        2025-10, 24,           20,           150,            150,           320
        2025-11, 24,           20,           150,            150,           320
        2025-12, 24,           20,           150,            150,           320
        2026-01, 24,           20,           150,            150,           320
        2026-02, 24,           20,           150,            150,           320
        2026-03, 24,           20,           150,            150,           320
    """,
    "published": """
        series,     measure,          unit,    scope,      period_type,    period,  value, qualifier, source, source_url, source_tier, caution
        PEN-ISSUED, penalties_issued, notices, section 32, financial_year, 2023-24, 1276,  exact,     BBC,    ,           secondary,
    """,
    "context": """
        series,             period,             value, unit,   source,     source_url
        Small-boat arrivals, 2025-04 to 2025-06, 17034, people, Statistics, https://example.gov.uk
    """,
}
RELEASE = 'as_at = 2026-06-30\ndata = "illustrative"\nplaces = ["Zeebrugge"]\n'


def year() -> dict[str, Rows]:
    """Every table as rows of texts, its headers first."""
    return {
        name: [[cell.strip() for cell in line.split(",")] for line in text.strip().splitlines()]
        for name, text in TABLES.items()
    }


def as_csv(rows: Sequence[Sequence[str]], separator: str = ",", line: str = "\n") -> str:
    out = io.StringIO(newline="")
    csv.writer(out, delimiter=separator, lineterminator=line).writerows(rows)
    return out.getvalue()


def put(folder: Path, tables: Mapping[str, Rows] | None = None, release: str = RELEASE) -> Path:
    """Write the year as csv."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, rows in (tables or year()).items():
        (folder / f"{name}.csv").write_text(as_csv(rows), "utf-8")
    (folder / "release.toml").write_text(release, "utf-8")
    return folder
