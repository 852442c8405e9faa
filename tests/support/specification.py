"""Reads the specifications of ``tests/spec/``: what goes in as input folders, what must come out as figures.

``spec/README.md`` says how a file is read; this module does what it says.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from fractions import Fraction
from pathlib import Path

from reportgen.model.figure import Key

FOLDER = Path(__file__).parents[1] / "spec"
Row = dict[str, str]
YEAR = 2025


@dataclass(frozen=True)
class Expected:
    """A figure as specified; what is not written is None."""

    value: Fraction
    lower: str | None
    upper: str | None
    base: str | None


@dataclass
class Specification:
    """A file of ``tests/spec/``: settings, input tables of this year and last, figures by measure."""

    name: str
    settings: str = ""
    given: dict[str, list[Row]] = field(default_factory=dict)
    last_year: dict[str, list[Row]] = field(default_factory=dict)
    then: dict[str, dict[Key, Expected]] = field(default_factory=dict)

    def write(self, folder: Path) -> None:
        """The input folders that it describes, with what is not written filled in."""
        _write(folder / str(YEAR), self.given, self.settings or "as_at = 2026-06-30\n", YEAR)
        if self.last_year:
            _write(folder / str(YEAR - 1), self.last_year, "as_at = 2025-06-30\n", YEAR - 1)


def read(path: Path) -> Specification:
    """A specification; every heading of the second level opens a part of it."""
    made = Specification(path.stem)
    for part in re.split(r"^## ", path.read_text("utf-8"), flags=re.MULTILINE)[1:]:
        title, _, body = part.partition("\n")
        kind, _, name = title.strip().partition(" ")
        rows = list(_table(body))
        if kind == "Settings":
            text = re.search(r"```toml\n(.*?)```", body, re.DOTALL)
            assert text, f"{path.name}: no settings"
            made.settings = text[1] if "as_at" in text[1] else f"as_at = 2026-06-30\n{text[1]}"
        elif kind == "Given":
            tables = made.last_year if name.startswith("last year ") else made.given
            tables[name.removeprefix("last year ")] = rows
        elif kind == "Then":
            made.then[name] = {_key(name, row.pop("figure")): _expected(row) for row in rows}
        else:
            raise AssertionError(f"{path.name}: what is “{title}”?")
    return made


def _table(text: str) -> Iterator[Row]:
    """The rows of the one table in Markdown."""
    lines = [line.strip() for line in text.splitlines() if line.startswith("|")]
    cells = [[cell.strip() for cell in line[1:-1].split("|")] for line in lines]
    for row in cells[2:]:
        yield dict(zip(cells[0], row, strict=True))


def _key(measure: str, figure: str) -> Key:
    pairs = [] if figure == "all" else [part.partition(" = ") for part in figure.split(", ")]
    return Key(measure, *(word for name, _, category in pairs for word in (name, category)))


def _expected(row: Row) -> Expected:
    part, _, whole = row["value"].partition("/")
    value = Fraction(part) / Fraction(whole) if whole else Fraction(part)
    return Expected(value, row.get("lower"), row.get("upper"), row.get("base") or None)


def _write(folder: Path, given: dict[str, list[Row]], settings: str, year: int) -> None:
    folder.mkdir(parents=True)
    (folder / "release.toml").write_text(settings, "utf-8")
    tables = {name: list(_repeated(rows)) for name, rows in given.items()}
    penalties = [_notice(row, n, year) for n, row in enumerate(tables.get("penalties", [_outside(year)]), 1)]
    incidents = [_incident(row) for row in tables.get("incidents", [])]
    known = {row["incident_ref"] for row in incidents}
    for row in penalties:
        if row["incident_ref"] not in known:
            incidents.append(_its_incident(row))
            known.add(row["incident_ref"])
    questions = tables.get("questions", [{"question": "asked", "wording": "?", "options": "Yes; No", "kind": "single"}])
    survey = [_response(row, n, questions) for n, row in enumerate(tables.get("survey", [{}]), 1)]
    actions = [_action(row) for row in tables.get("actions", [{"action_ref": "A0", "due_date": "2030-01-01"}])]
    tables |= {"incidents": incidents, "penalties": penalties, "survey": survey, "questions": questions}
    tables |= {"actions": actions}
    if "ledger" in tables:
        tables["ledger"] = [{"payer_role": ""} | row for row in tables["ledger"]]
    for name, rows in tables.items():
        with (folder / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, list(dict.fromkeys(key for row in rows for key in row)), restval="")
            writer.writeheader()
            writer.writerows(rows)


def _repeated(rows: list[Row]) -> Iterator[Row]:
    for row in rows:
        for _ in range(int(row.get("times", 1))):
            yield {name: value for name, value in row.items() if name != "times"}


def _outside(year: int) -> Row:
    """A notice of no year at hand."""
    return {"notice_ref": "N0", "incident_ref": "I0", "notice_date": f"{year - 1}-03-20"}


def _notice(row: Row, n: int, year: int) -> Row:
    section = row.get("section", "32")
    initial = row.get("initial_value", "6000" if section == "32" else "1500")
    plain = {
        "notice_ref": f"N{n}",
        "incident_ref": f"I-{row.get('notice_ref', f'N{n}')}",
        "notice_date": f"{year}-06-01",
        "section": section,
        "role": "driver",
        "occasion": "first",
        "entrants": "1" if section == "32" else "0",
        "registered_in": "PL",
        "accredited": "no",
        "initial_value": initial,
        "current_value": initial,
        "paid_value": "0",
        "written_off_value": "",
        "objection_outcome": "",
        "appeal_outcome": "",
    }
    made = plain | row
    return made | {"status": _status(made)}


def _status(row: Row) -> str:
    decided = row["appeal_outcome"] if row["appeal_outcome"] in ("cancelled", "reduced") else row["objection_outcome"]
    current, paid, gone = (float(row[name] or 0) for name in ("current_value", "paid_value", "written_off_value"))
    if decided in ("cancelled", "reduced to nil"):
        return "cancelled" if decided == "cancelled" else "nil"
    if gone:
        return "written off"
    return "paid" if paid >= current > 0 else "part paid" if paid else "unpaid"


def _incident(row: Row) -> Row:
    return {"place": "Calais", "vehicle_type": "goods vehicle"} | row


def _its_incident(notice: Row) -> Row:
    day = date.fromisoformat(notice["notice_date"]) - timedelta(days=14)
    people = {"incident_ref": notice["incident_ref"], "incident_date": day.isoformat(), "entrants": notice["entrants"]}
    return _incident(people | {"outcome": "penalty"})


def _response(row: Row, n: int, questions: list[Row]) -> Row:
    plain = {"response_id": f"R{n}", "role": "driver", "invited_through": "direct", "had_penalty": "yes", "themes": ""}
    return plain | {question["question"]: "" for question in questions} | row


def _action(row: Row) -> Row:
    plain = {"action": "Do it", "owner": "Penalty team", "quick_win": "no", "status": "not started"}
    return plain | {"theme": "", "completed_date": ""} | row
