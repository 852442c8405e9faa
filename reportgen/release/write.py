"""``release.toml`` written, every table of it explained.

Goes in: a ``Release``. Comes out: text that reads as the same release again.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from datetime import date
from importlib import resources
from string import Template

from reportgen.model.release import (
    PLACES,
    SURVEY_METHOD,
    Disclosure,
    PublicationDetails,
    Release,
    SignOff,
)


def as_toml(release: Release) -> str:
    """The settings as ``release.toml``, every table explained; reading it gives the same settings again."""
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
        "quotes": _lines(
            {
                one.response_id: {"released" if one.released else "refused": one.by, "on": one.on}
                | {name: value for name, value in (("note", one.note), ("digest", one.digest)) if value}
                for one in release.quotes.values()
            }
        ),
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


def _lines(table: Mapping[str, object]) -> str:
    """A table's settings, one a line; those without a value are left out."""
    return "\n".join(f"{_key(name)} = {_toml(value)}" for name, value in table.items() if value is not None)


def _key(name: str) -> str:
    return name if re.fullmatch(r"[A-Za-z0-9_-]+", name) else _toml(name)


def _toml(value: object) -> str:
    """A value as TOML writes it; its strings are those of JSON, with the delete character escaped too."""
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
