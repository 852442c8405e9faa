"""Write ``release.toml`` with comments, or write one decision on a quote into it.

Input: a ``Release``; or the text of the file and a decision. Output: text that parses to the same settings.
"""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Mapping
from datetime import date
from importlib import resources
from string import Template
from typing import Final

from reportgen.model.release import (
    PLACES,
    SURVEY_METHOD,
    Disclosure,
    PublicationDetails,
    QuoteDecision,
    Release,
    SignOff,
)


def as_toml(release: Release) -> str:
    """Render the settings as a commented ``release.toml``; parsing it gives the same settings."""
    text = resources.files("reportgen").joinpath("data/release.toml").read_text("utf-8")
    days, published = release.objection_days, release.publication.published
    given = {
        **{name: getattr(release.publication, name) for name in PublicationDetails.__slots__},
        **{name: getattr(release.disclosure, name) for name in Disclosure.__slots__},
        **{f"method_{key}": release.survey_method.get(key, "") for key in SURVEY_METHOD},
        "as_at": release.as_at,
        "data": release.data,
        "places": [place for place in release.places if place not in PLACES],
        "starts": f"{release.period.first:%m-%d}",
        "invitations": release.invitations,
        "population": release.population,
        "assumptions": list(release.assumptions),
        "decisions": list(release.decisions),
    }
    lines = {
        "objection_days": "# objection_days = 42" if days is None else f"objection_days = {days}",
        "published": "" if published is None else f"published = {published.isoformat()}",
        "sign_off": _lines({name: getattr(release.sign_off, name) for name in SignOff.__slots__}),
        "allow": _lines({one.text: one.reason for one in release.allow}),
        "waivers": "\n".join(
            f"[waivers.{_toml(one.check)}]\n" + _lines({"who": one.who, "when": one.when, "why": one.why})
            for one in release.waivers
        ),
        "quotes": _lines({one.response_id: _decision(one) for one in release.quotes.values()}),
        "answers": "\n".join(
            f"[answers.{_key(one.check)}]\n" + _lines({"by": one.by, "on": one.on, "note": one.note})
            for one in release.answers.values()
        ),
        "received": "\n".join(
            f"[qa.received.{name}]\n" + _lines({"owner": one.owner, "date": one.date})
            for name, one in release.received.items()
        ),
    }
    for name, block in lines.items():
        text = text if block else text.replace(f"${name}\n", "")
    return Template(text).substitute({name: _toml(value) for name, value in given.items()} | lines)


def with_decision(text: str, one: QuoteDecision) -> str:
    """Add a decision to the text of ``release.toml``, or replace it; all other lines stay as they are.

    ValueError if the text is not TOML, or if any other setting would change.
    """
    wanted = tomllib.loads(text)
    quotes = wanted.setdefault("quotes", {})
    if not isinstance(quotes, dict):
        raise ValueError("“quotes” is not a table")  # noqa: TRY004 - the file is at fault, not the caller
    quotes[one.response_id] = _decision(one)
    lines = re.findall(r"[^\n]*\n|[^\n]+", text)
    end = "\r\n" if lines and lines[0].endswith("\r\n") else "\n"
    line = _lines({one.response_id: _decision(one)}) + end
    heads = [n for n, given in enumerate(lines) if _HEAD.match(given)]
    first = next((n for n in heads if _QUOTES.match(lines[n])), None)
    if first is None:
        made = [*_newline_terminated(lines, end), *([end] if lines else []), f"[quotes]{end}", line]
    else:
        last = next((n for n in heads if n > first), len(lines))
        at, replaced = _place(lines[first + 1 : last], one.response_id)
        at += first + 1
        made = [*_newline_terminated(lines[:at], end), line, *lines[at + replaced :]]
    after = "".join(made)
    if tomllib.loads(after) != wanted:
        raise ValueError("the file is laid out in another way; write the line under [quotes] by hand")
    return after


_HEAD: Final = re.compile(r"[ \t]*\[")
_QUOTES: Final = re.compile(r"""[ \t]*\[[ \t]*(["']?)quotes\1[ \t]*\][ \t]*(#|\r?$)""")


def _place(lines: list[str], response: str) -> tuple[int, bool]:
    """Return the index at which to write a decision, and whether it replaces the line there."""
    for n, line in enumerate(lines):
        try:
            given = tomllib.loads(line)
        except ValueError:
            continue
        if response in given:
            return n, True
    return next((n for n, line in enumerate(lines) if not line.strip()), len(lines)), False


def _newline_terminated(lines: list[str], end: str) -> list[str]:
    """Return the lines, with a line ending after the last."""
    return [*lines[:-1], lines[-1] if lines[-1].endswith("\n") else lines[-1] + end] if lines else []


def _decision(one: QuoteDecision) -> Mapping[str, object]:
    """Return a decision as its TOML table."""
    optional = {name: value for name, value in (("note", one.note), ("digest", one.digest)) if value}
    return {"released" if one.released else "refused": one.by, "on": one.on} | optional


def _lines(table: Mapping[str, object]) -> str:
    """Render a table's settings, one per line; settings without a value are left out."""
    return "\n".join(f"{_key(name)} = {_toml(value)}" for name, value in table.items() if value is not None)


def _key(name: str) -> str:
    return name if re.fullmatch(r"[A-Za-z0-9_-]+", name) else _toml(name)


def _toml(value: object) -> str:
    """Render a value as TOML; strings are written as JSON, with DEL escaped as well."""
    if isinstance(value, Mapping):
        return "{ " + ", ".join(f"{_key(name)} = {_toml(one)}" for name, one in value.items()) + " }" if value else "{}"
    if isinstance(value, list):
        return f"[{', '.join(_toml(one) for one in value)}]"
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, str):
        return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
    return str(value)
