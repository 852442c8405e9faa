"""The release: which year, which dates, which thresholds; read from ``inputs/<year>/release.toml``.

Goes in: a folder and a year. Comes out: a frozen ``Release`` and every fault in the settings at once.
"""

from __future__ import annotations

import hashlib
import json
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from importlib import resources
from pathlib import Path
from string import Template
from types import MappingProxyType
from typing import Any, Final

from reportgen.figures import Period
from reportgen.problems import Found, Problem, Stage, did_you_mean

PLACES: Final = ("Calais", "Coquelles", "Dunkerque", "UK port", "Inland")
ROLES: Final = ("driver", "owner", "hirer", "operator", "other")
TABLES: Final = (
    "incidents",
    "penalties",
    "ledger",
    "survey",
    "questions",
    "actions",
    "recommendations",
    "team",
    "published",
    "context",
)
SURVEY_METHOD: Final = MappingProxyType(
    {
        "strategy": "Data collection strategy",
        "sponsor": "Who sponsored and who conducted the survey",
        "instrument": "The questionnaire and where it can be read",
        "population": "The population under study",
        "sample": "How the sample was generated and recruited",
        "mode": "Methods and modes of data collection",
        "dates": "Dates of data collection",
        "sizes": "Sample sizes and precision of the results",
        "weighting": "How the data were weighted",
        "processing": "How the data were processed and their quality ensured",
        "limitations": "A general statement of limitations",
    }
)


@dataclass(frozen=True, slots=True)
class Disclosure:
    """Settings of disclosure control (contract section 5)."""

    threshold: int = 5
    round_to: int = 1
    survey_minimum_base: int = 10
    dominance: float = 0.85


@dataclass(frozen=True, slots=True)
class Publication:
    """What GOV.UK asks about the publication; empty where not given (the checks say so)."""

    title: str = ""
    summary: str = ""
    published: date | None = None
    organisation: str = "Home Office"
    type: str = "Corporate report"
    status: str = "Management information; not official statistics"
    contact_name: str = ""
    contact_email: str = ""
    alternative_format_email: str = ""
    url: str = ""
    next_release: str = ""
    change_note: str = ""
    nations: str = ""
    isbn: str = ""
    unique_reference: str = ""
    command_paper: str = ""
    hc_paper: str = ""
    session: str = ""


@dataclass(frozen=True, slots=True)
class SignOff:
    """Who made, assured and approved the figures (AQuA Book); the analyst cannot be the assurer."""

    analyst: str = ""
    analyst_date: date | None = None
    assurer: str = ""
    assurer_date: date | None = None
    approver: str = ""
    approver_date: date | None = None


@dataclass(frozen=True, slots=True)
class Allowance:
    """A typed figure or phrase that may stand in the words, and why."""

    text: str
    reason: str


@dataclass(frozen=True, slots=True)
class Waiver:
    """A publication check that somebody decided to let pass."""

    check: str
    who: str
    when: date
    why: str


@dataclass(frozen=True, slots=True)
class Received:
    """Who gave a table and when it came, for the data log; empty where not given."""

    owner: str = ""
    date: date | None = None


@dataclass(frozen=True, slots=True)
class Release:
    """Everything about this year's publication that is a decision, not data."""

    year: int
    period: Period
    as_at: date
    data: str = "official"
    places: tuple[str, ...] = PLACES
    objection_days: int | None = None
    invitations: Mapping[str, int] = field(default_factory=dict)
    population: Mapping[str, int] = field(default_factory=dict)
    survey_method: Mapping[str, str] = field(default_factory=dict)
    disclosure: Disclosure = Disclosure()
    publication: Publication = Publication()
    sign_off: SignOff = SignOff()
    allow: tuple[Allowance, ...] = ()
    waivers: tuple[Waiver, ...] = ()
    assumptions: tuple[str, ...] = ()
    decisions: tuple[str, ...] = ()
    received: Mapping[str, Received] = field(default_factory=dict)
    final: bool = False
    sha256: str = ""
    raw: Mapping[str, Any] = field(default_factory=dict)

    @property
    def illustrative(self) -> bool:
        """Whether the figures are made up, which every output then says."""
        return self.data == "illustrative"


def period_of(year: int, starts: str = "04-01") -> Period:
    """The reporting year that starts in ``year`` on the day ``MM-DD``; ValueError where there is no such day."""
    month, day = (int(part) for part in starts.split("-"))
    first = date(year, month, day)
    last = date(year + 1, month, day) - timedelta(days=1)
    label = str(year) if last.year == year else f"{year} to {year + 1}"
    return Period(year=year, first=first, last=last, label=label)


def read(folder: Path, year: int, *, final: bool = False) -> Found[Release]:
    """The release of a year's input folder.

    A missing folder or file gives no release; other faults are reported and the default stands in, so
    that the inputs can be checked in the same run.
    """
    where = f"{folder.parent.name}/{folder.name}/release.toml"
    path = folder / "release.toml"
    if not folder.is_dir():
        hint = f"Run “reportgen new {year}” to start the folder, or name another with --inputs."
        return Found(None, (_problem(where, "no-year-folder", f"There is no input folder for {year}.", hint),))
    try:
        data = path.read_bytes()
        text = data.decode("utf-8-sig")
        raw = tomllib.loads(text)
    except FileNotFoundError:
        hint = f"Run “reportgen new {year}” to see what it should hold; only as_at is required."
        return Found(None, (_problem(where, "no-release-file", "The year's settings are missing.", hint),))
    except (OSError, UnicodeDecodeError) as fault:
        reason = "is not UTF-8 text" if isinstance(fault, UnicodeDecodeError) else "cannot be read"
        hint = "Save it as plain UTF-8 text."
        return Found(None, (_problem(where, "release-unreadable", f"release.toml {reason}.", hint),))
    except tomllib.TOMLDecodeError as fault:
        return Found(None, (_syntax(where, str(fault)),))
    reader = _Reader(where, text)
    made = replace(reader.release(raw, year, final=final), sha256=hashlib.sha256(data).hexdigest())
    return Found(made, tuple(reader.problems))


def _problem(where: str, code: str, message: str, hint: str, **more: Any) -> Problem:  # noqa: ANN401 - fields of Problem
    return Problem(Stage.RELEASE, code, message, hint, file=where, **more)


def _syntax(where: str, fault: str) -> Problem:
    place = re.search(r"\(at line (\d+), column (\d+)\)", fault)
    reason = re.sub(r"\s*\(at .*\)$", "", fault)
    return _problem(
        where,
        "release-syntax",
        f"release.toml cannot be read as TOML: {reason}.",
        "Text goes in double quotes, dates are written 2026-06-30, and each setting stands on a line of its own.",
        line=int(place[1]) if place else None,
        column=int(place[2]) if place else None,
    )


_WHOLE: Final = "a whole number"
_TEXT: Final = "text in double quotes"


class _Reader:
    """Reads the TOML tables one after another and keeps every fault it meets."""

    def __init__(self, where: str, text: str) -> None:
        self.where = where
        self.lines = text.splitlines()
        self.problems: list[Problem] = []

    def release(self, raw: Mapping[str, Any], year: int, *, final: bool) -> Release:
        known = [
            "as_at",
            "data",
            "places",
            "period",
            "targets",
            "survey",
            "disclosure",
            "publication",
            "sign_off",
            "allow",
            "waivers",
            "qa",
        ]
        self.unknown(raw, known, "")
        period = self.period(self.table(raw, "period", ("starts",)), year)
        as_at = self.as_at(raw, period)
        data = self.choice(raw, "data", ("official", "illustrative"), "official")
        survey = self.table(raw, "survey", ("invitations", "population", "method"))
        qa = self.table(raw, "qa", ("assumptions", "decisions", "received"))
        targets = self.table(raw, "targets", ("objection_days",))
        return Release(
            year=year,
            period=period,
            as_at=as_at,
            data=data,
            places=PLACES + tuple(p for p in self.texts(raw, "places") if p.casefold() not in _folded(PLACES)),
            objection_days=self.whole(targets, "objection_days", None, 1, 3650),
            invitations=self.by_role(survey, "invitations"),
            population=self.by_role(survey, "population"),
            survey_method=self.method(survey),
            disclosure=self.disclosure(self.table(raw, "disclosure", Disclosure.__slots__)),
            publication=self.publication(self.table(raw, "publication", Publication.__slots__)),
            sign_off=self.sign_off(self.table(raw, "sign_off", SignOff.__slots__)),
            allow=self.allow(raw),
            waivers=self.waivers(raw),
            assumptions=self.texts(qa, "assumptions"),
            decisions=self.texts(qa, "decisions"),
            received=self.received(qa),
            final=final,
            raw=raw,
        )

    def report(self, code: str, message: str, hint: str, key: str, value: object = None) -> None:
        line = next((n for n, text in enumerate(self.lines, 1) if re.match(rf"\s*\[*{re.escape(key)}\b", text)), None)
        shown = None if value is None else str(value)
        self.problems.append(_problem(self.where, code, message, hint, line=line, value=shown))

    def unknown(self, table: Mapping[str, Any], known: Any, inside: str) -> None:  # noqa: ANN401 - any collection of names
        for key in table:
            if key not in known:
                place = f" in [{inside}]" if inside else ""
                hint = did_you_mean(key, known) or f"Settings known here: {', '.join(sorted(known))}."
                self.report("unknown-setting", f"There is no setting “{key}”{place}.", hint, key, key)

    def table(self, raw: Mapping[str, Any], name: str, known: Any) -> Mapping[str, Any]:  # noqa: ANN401 - any collection of names
        value = raw.get(name, {})
        if not isinstance(value, dict):
            self.wrong(name, value, f"a table: a line [{name}] and its settings below it")
            return {}
        self.unknown(value, known, name)
        return value

    def wrong(self, key: str, value: object, wanted: str) -> None:
        self.report("wrong-setting", f"“{key}” must be {wanted}.", "Correct it in release.toml.", key, value)

    def period(self, table: Mapping[str, Any], year: int) -> Period:
        starts = table.get("starts", "04-01")
        try:
            if isinstance(starts, str) and re.fullmatch(r"\d\d-\d\d", starts) and starts != "02-29":
                return period_of(year, starts)
        except ValueError:
            pass
        self.wrong("starts", starts, 'a day that every year has, written "MM-DD", such as "04-01"')
        return period_of(year)

    def as_at(self, raw: Mapping[str, Any], period: Period) -> date:
        value = raw.get("as_at")
        if isinstance(value, str):
            try:
                value = date.fromisoformat(value.strip())
            except ValueError:
                self.wrong("as_at", value, "a date such as 2026-06-30")
                return date.max
        if value is None:
            hint = f"Add a line such as as_at = {period.last.isoformat()}: the day on which outcomes were read."
            self.report("no-as-at", "The as-at date is missing.", hint, "as_at")
            return date.max
        if type(value) is not date:
            self.wrong("as_at", value, "a date without a time, such as 2026-06-30")
            return date.max
        if value < period.first:
            hint = f"The period is {period.first.isoformat()} to {period.last.isoformat()}; is it the right year?"
            self.report("as-at-too-early", "The as-at date lies before the reporting year.", hint, "as_at", value)
        return value

    def choice(self, table: Mapping[str, Any], key: str, allowed: tuple[str, ...], default: str) -> str:
        value = table.get(key, default)
        if value not in allowed:
            wanted = " or ".join(f"“{word}”" for word in allowed)
            hint = did_you_mean(str(value), allowed) or "Correct it in release.toml."
            self.report("wrong-setting", f"“{key}” must be {wanted}.", hint, key, value)
            return default
        return str(value)

    def texts(self, table: Mapping[str, Any], key: str) -> tuple[str, ...]:
        value = table.get(key, [])
        if not isinstance(value, list) or not all(isinstance(v, str) and v.strip() for v in value):
            self.wrong(key, value, 'a list of texts, such as ["Zeebrugge"]')
            return ()
        return tuple(dict.fromkeys(v.strip() for v in value))

    def whole(self, table: Mapping[str, Any], key: str, default: int | None, least: int, most: int) -> int | None:
        value = table.get(key, default)
        if value is None:
            return None
        if type(value) is not int or not least <= value <= most:
            self.wrong(key, value, f"{_WHOLE} from {least} to {most}")
            return default
        return value

    def by_role(self, survey: Mapping[str, Any], key: str) -> Mapping[str, int]:
        table = self.table(survey, key, ROLES)
        return {
            role: number
            for role in ROLES
            if role in table and (number := self.whole(table, role, None, 0, 10**9)) is not None
        }

    def method(self, survey: Mapping[str, Any]) -> Mapping[str, str]:
        table = self.table(survey, "method", SURVEY_METHOD)
        return {key: text for key in SURVEY_METHOD if (text := self.text(table, key))}

    def text(self, table: Mapping[str, Any], key: str, default: str = "") -> str:
        value = table.get(key, default)
        if not isinstance(value, str):
            self.wrong(key, value, _TEXT)
            return default
        return value.strip()

    def day(self, table: Mapping[str, Any], key: str) -> date | None:
        value = table.get(key)
        if value is None or type(value) is date:
            return value
        self.wrong(key, value, "a date such as 2026-09-30, without quotes")
        return None

    def disclosure(self, table: Mapping[str, Any]) -> Disclosure:
        standard = Disclosure()
        threshold = self.whole(table, "threshold", standard.threshold, 2, 1000) or standard.threshold
        round_to = self.whole(table, "round_to", standard.round_to, 1, 1000) or standard.round_to
        least = max(standard.survey_minimum_base, threshold)
        base = self.whole(table, "survey_minimum_base", least, 1, 10_000) or least
        if base < threshold:
            hint = f"Set it to {threshold} or more, or lower the threshold."
            self.report(
                "base-under-threshold",
                "survey_minimum_base must not be under the threshold.",
                hint,
                "survey_minimum_base",
                base,
            )
            base = threshold
        dominance = table.get("dominance", standard.dominance)
        if isinstance(dominance, bool) or not isinstance(dominance, int | float) or not 0 < dominance <= 1:
            self.wrong("dominance", dominance, "a share above 0 and up to 1, such as 0.85")
            dominance = standard.dominance
        return Disclosure(threshold, round_to, base, float(dominance))

    def publication(self, table: Mapping[str, Any]) -> Publication:
        standard = Publication()
        texts = {
            name: self.text(table, name, getattr(standard, name))
            for name in Publication.__slots__
            if name != "published"
        }
        return Publication(published=self.day(table, "published"), **texts)

    def sign_off(self, table: Mapping[str, Any]) -> SignOff:
        people = {name: self.text(table, name) for name in ("analyst", "assurer", "approver")}
        days = {f"{name}_date": self.day(table, f"{name}_date") for name in people}
        return SignOff(**people, **days)  # type: ignore[arg-type]  # the two mappings have distinct keys

    def received(self, qa: Mapping[str, Any]) -> Mapping[str, Received]:
        table = self.table(qa, "received", TABLES)
        given = {name: self.table(table, name, Received.__slots__) for name in TABLES if name in table}
        return {name: Received(self.text(one, "owner"), self.day(one, "date")) for name, one in given.items()}

    def allow(self, raw: Mapping[str, Any]) -> tuple[Allowance, ...]:
        value = raw.get("allow", {})
        if not isinstance(value, dict) or not all(isinstance(v, str) and v.strip() for v in value.values()):
            self.wrong("allow", value, 'a table of phrases with their reasons: "24 hours" = "set by the Order of 2008"')
            return ()
        return tuple(Allowance(text, reason.strip()) for text, reason in value.items())

    def waivers(self, raw: Mapping[str, Any]) -> tuple[Waiver, ...]:
        table = raw.get("waivers", {})
        if not isinstance(table, dict):
            self.wrong("waivers", table, "tables named after checks: [waivers.check-id] with who, when and why")
            return ()
        made = []
        for check, value in table.items():
            given = self.table(table, check, ("who", "when", "why"))
            who, why, when = self.text(given, "who"), self.text(given, "why"), self.day(given, "when")
            if who and why and when:
                made.append(Waiver(check, who, when, why))
            else:
                self.wrong(check, value, "a waiver that says who, when (a date) and why")
        return tuple(made)


def _folded(words: tuple[str, ...]) -> set[str]:
    return {word.casefold() for word in words}


def as_toml(release: Release) -> str:
    """The settings as ``release.toml``, every table explained; reading it gives the same settings again."""
    text = resources.files("reportgen").joinpath("data/release.toml").read_text("utf-8")
    days, published = release.objection_days, release.publication.published
    given = {
        **{name: getattr(release.publication, name) for name in Publication.__slots__},
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
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, str):
        return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
    return str(value)
