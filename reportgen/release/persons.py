"""Decisions by people: quotes released or refused, and answers to checks that need a person.

Input: the tables [quotes] and [answers] of release.toml. Output: frozen values, and problems with their lines.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any, Final

from reportgen.model.release import PersonAnswer, QuoteDecision

QUOTE: Final = ("released", "refused", "on", "note", "digest")
ANSWER: Final = ("by", "on", "note")
Table = Callable[..., Mapping[str, Any]]
"""Read a sub-table: parent table, name of the sub-table, known settings."""
Wrong = Callable[[str, object, str], None]
"""Report a wrong setting: key, value, what is expected."""


def quote_decisions(
    raw: Mapping[str, Any], table: Callable[..., Mapping[str, Any]], wrong: Wrong
) -> dict[str, QuoteDecision]:
    """Parse the decisions on quotes, by response id; report and skip invalid ones."""
    given = raw.get("quotes", {})
    if not isinstance(given, dict):
        wrong("quotes", given, 'a table: a line [quotes], and below it R-0001 = { released = "name", on = 2026-09-01 }')
        return {}
    made = {}
    for response, value in given.items():
        one = table(given, response, QUOTE) if isinstance(value, dict) else {}
        who = [(verb, one[verb]) for verb in ("released", "refused") if verb in one]
        texts = all(isinstance(one.get(name, ""), str) for name in ("note", "digest"))
        right = len(who) == 1 and isinstance(who[0][1], str) and who[0][1].strip() and type(one.get("on")) is date
        if right and texts:
            verb, name = who[0]
            made[response] = QuoteDecision(
                response, verb == "released", name.strip(), one["on"], one.get("note", ""), one.get("digest", "")
            )
        else:
            wrong(response, value, 'a decision: { released = "name", on = 2026-09-01 } or { refused = "name", … }')
    return made


def person_answers(
    raw: Mapping[str, Any], table: Callable[..., Mapping[str, Any]], wrong: Wrong
) -> dict[str, PersonAnswer]:
    """Parse the answers to checks, by check id; report and skip invalid ones."""
    given = raw.get("answers", {})
    if not isinstance(given, dict):
        wrong("answers", given, "tables named after checks: [answers.check-id] with by, on and note")
        return {}
    made = {}
    for check, value in given.items():
        one = table(given, check, ANSWER) if isinstance(value, dict) else {}
        by, note, day = one.get("by"), one.get("note"), one.get("on")
        if isinstance(by, str) and by.strip() and isinstance(note, str) and note.strip() and type(day) is date:
            made[check] = PersonAnswer(check, by.strip(), day, note.strip())
        else:
            wrong(check, value, "an answer that says by whom, on which day (a date) and what was found (note)")
    return made
