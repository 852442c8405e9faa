"""Read ``release.toml`` and report every fault in the settings at once.

Input: a folder and a year. Output: a ``Release``, and problems with their line numbers. Hides TOML.
"""

from __future__ import annotations

import hashlib
import re
import tomllib
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any, Final

from reportgen.model.edition import Edition
from reportgen.model.figure import Period
from reportgen.model.problem import Found, Problem, Stage, did_you_mean
from reportgen.model.release import (
    PLACES,
    ROLES,
    SURVEY_METHOD,
    TABLES,
    Allowance,
    Disclosure,
    PublicationDetails,
    Received,
    Release,
    SignOff,
    Waiver,
)
from reportgen.release.persons import person_answers, quote_decisions
from reportgen.toml_faults import toml_fault

LARGEST: Final = 1_000_000
"""Largest size of the file in bytes, about 100 times that of the packaged example."""


def read(folder: Path, edition: Edition, *, final: bool = False) -> Found[Release]:
    """Read the release settings from a year's input folder.

    No Release if the folder or file is missing or unreadable. Other faults are reported and replaced by the default, so
    that the inputs can be checked in the same run.
    """
    where = f"{folder.parent.name}/{folder.name}/release.toml"
    loaded = _load(folder, edition.year, where)
    if isinstance(loaded, Problem):
        return Found(None, (loaded,))
    data, text, raw = loaded
    reader = _Reader(where, text)
    made = replace(reader.release(raw, edition, final=final), sha256=hashlib.sha256(data).hexdigest())
    return Found(made, tuple(reader.problems))


def _load(folder: Path, year: int, where: str) -> tuple[bytes, str, dict[str, Any]] | Problem:
    """Return the file as bytes, text and parsed TOML; or the problem that prevents it."""
    path = folder / "release.toml"
    try:
        refused = _refused(folder, year, where)
        if refused is not None:
            return refused
        data = path.read_bytes()
        text = data.decode("utf-8-sig")
        return data, text, tomllib.loads(text)
    except FileNotFoundError:
        hint = f"Run “reportgen new {year}” to see what it should hold; only as_at is required."
        return _problem(where, "no-release-file", "The year's settings are missing.", hint)
    except (OSError, UnicodeDecodeError) as fault:
        reason = "is not UTF-8 text" if isinstance(fault, UnicodeDecodeError) else "cannot be read"
        return _problem(where, "release-unreadable", f"release.toml {reason}.", "Save it as plain UTF-8 text.")
    except tomllib.TOMLDecodeError as fault:
        return _syntax(where, str(fault), text)
    except (ValueError, RecursionError):  # an integer of thousands of digits, or too deeply nested lists
        return _syntax(where, "a value is too large", "")


def _refused(folder: Path, year: int, where: str) -> Problem | None:
    """Return a problem if the file must not be opened: no folder, a link leading out, wrong size or type."""
    path = folder / "release.toml"
    if not folder.is_dir():
        hint = f"Run “reportgen new {year}” to start the folder, or name another with --inputs."
        return _problem(where, "no-year-folder", f"There is no input folder for {year}.", hint)
    if _leads_out(folder, path):
        message = "The settings are a link to a place outside the inputs; they were not read."
        hint = "Copy the file, or the folder, itself into the inputs."
        return _problem(where, "link-outside", message, hint)
    if path.exists() and (not path.is_file() or path.stat().st_size > LARGEST):
        message = "release.toml is not a file of settings: a folder, a device, or over 1 MB."
        return _problem(where, "release-unreadable", message, "It holds settings only; tables have files of their own.")
    return None


def _leads_out(folder: Path, path: Path) -> bool:
    """Return whether the folder or file is a symbolic link to a place outside the inputs."""
    try:
        inside = folder.resolve().is_relative_to(folder.parent.resolve())
        return not (inside and path.resolve().is_relative_to(folder.resolve()))
    except (OSError, RuntimeError):  # circular link
        return True


def _problem(where: str, code: str, message: str, hint: str, **more: Any) -> Problem:
    return Problem(Stage.RELEASE, code, message, hint, file=where, **more)


def _syntax(where: str, fault: str, text: str) -> Problem:
    if not text:
        hint = "Text goes in double quotes, dates are written 2026-06-30, and each setting is on a line of its own."
        return _problem(where, "release-syntax", f"release.toml cannot be read: {fault}.", hint)
    found = toml_fault(text, fault)
    return _problem(
        where, "release-syntax", found.said, found.hint, line=found.line, column=found.column, excerpt=found.excerpt
    )


def _home(key: str) -> str:
    """Return a hint naming the table a misplaced setting belongs to."""
    if key in ("as_at", "data", "places"):
        return f"“{key}” stands above the first line in square brackets."
    homes = {
        "period": ("starts",),
        "targets": ("objection_days",),
        "survey": ("invitations", "population"),
        "survey.method": SURVEY_METHOD,
        "disclosure": Disclosure.__slots__,
        "publication": PublicationDetails.__slots__,
        "sign_off": SignOff.__slots__,
        "qa": ("assumptions", "decisions", "received"),
    }
    return next((f"“{key}” stands under [{table}]." for table, keys in homes.items() if key in keys), "")


_WHOLE: Final = "a whole number"
_TEXT: Final = "text in double quotes"


class _Reader:
    """Parse the TOML tables and collect every fault."""

    def __init__(self, where: str, text: str) -> None:
        self.where = where
        self.lines = text.splitlines()
        self.problems: list[Problem] = []

    def release(self, raw: Mapping[str, Any], edition: Edition, *, final: bool) -> Release:
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
            "quotes",
            "answers",
            "qa",
        ]
        self.unknown(raw, known, "")
        period = self.period(self.table(raw, "period", ("starts",)), edition)
        as_at = self.as_at(raw, period)
        data = self.choice(raw, "data", ("official", "illustrative"), "official")
        survey = self.table(raw, "survey", ("invitations", "population", "method"))
        qa = self.table(raw, "qa", ("assumptions", "decisions", "received"))
        targets = self.table(raw, "targets", ("objection_days",))
        return Release(
            edition=edition,
            period=period,
            as_at=as_at,
            data=data,
            places=PLACES + tuple(p for p in self.texts(raw, "places") if p.casefold() not in _folded(PLACES)),
            objection_days=self.whole(targets, "objection_days", None, 1, 3650),
            invitations=self.by_role(survey, "invitations"),
            population=self.by_role(survey, "population"),
            survey_method=self.method(survey),
            disclosure=self.disclosure(self.table(raw, "disclosure", Disclosure.__slots__)),
            publication=self.publication(self.table(raw, "publication", PublicationDetails.__slots__)),
            sign_off=self.sign_off(self.table(raw, "sign_off", SignOff.__slots__)),
            allow=self.allow(raw),
            waivers=self.waivers(raw),
            quotes=quote_decisions(raw, self.table, self.wrong),
            answers=person_answers(raw, self.table, self.wrong),
            assumptions=self.texts(qa, "assumptions"),
            decisions=self.texts(qa, "decisions"),
            received=self.received(qa),
            final=final,
            raw=raw,
        )

    def report(self, code: str, message: str, hint: str, key: str, value: object = None) -> None:
        shown = None if value is None else str(value)
        self.problems.append(_problem(self.where, code, message, hint, line=self.line(key), value=shown))

    def line(self, key: str) -> int | None:
        """Return the line of a setting, or of its table, or of the inline table that contains it."""
        word = re.escape(key)
        for pattern in (rf"\s*[\"']?{word}[\"']?\s*=", rf"\s*\[+(.*\.)?[\"']?{word}[\"']?\]", rf".*\b{word}\s*="):
            for n, text in enumerate(self.lines, 1):
                if re.match(pattern, text):
                    return n
        return None

    def unknown(self, table: Mapping[str, Any], known: Any, inside: str) -> None:
        for key in table:
            if key not in known:
                place = f" in [{inside}]" if inside else ""
                hint = _home(key) or did_you_mean(key, known) or f"Settings known here: {', '.join(sorted(known))}."
                self.report("unknown-setting", f"There is no setting “{key}”{place}.", hint, key, key)

    def table(self, raw: Mapping[str, Any], name: str, known: Any) -> Mapping[str, Any]:
        value = raw.get(name, {})
        if not isinstance(value, dict):
            self.wrong(name, value, f"a table: a line [{name}] and its settings below it")
            return {}
        self.unknown(value, known, name)
        return value

    def wrong(self, key: str, value: object, wanted: str) -> None:
        self.report("wrong-setting", f"“{key}” must be {wanted}.", "Correct it in release.toml.", key, value)

    def period(self, table: Mapping[str, Any], edition: Edition) -> Period:
        starts = table.get("starts", "04-01")
        try:
            if isinstance(starts, str) and re.fullmatch(r"\d\d-\d\d", starts) and starts != "02-29":
                return edition.period(starts)
        except ValueError:
            pass
        self.wrong("starts", starts, 'a day that every year has, written "MM-DD", such as "04-01"')
        return edition.period()

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
        p_percent = table.get("p_percent", standard.p_percent)
        if (
            isinstance(p_percent, bool) or not isinstance(p_percent, int | float) or not 0 < p_percent <= 100
        ):  # per cent
            self.wrong("p_percent", p_percent, "per cent above 0 and up to 100, such as 15")
            p_percent = standard.p_percent
        rows = self.whole(table, "group_rows", standard.group_rows, 0, 1000)
        hide = table.get("hide_groups", standard.hide_groups)
        if not isinstance(hide, bool):
            self.wrong("hide_groups", hide, "true or false")
            hide = standard.hide_groups
        return Disclosure(
            threshold,
            round_to,
            base,
            float(dominance),
            float(p_percent),
            standard.group_rows if rows is None else rows,
            hide,
        )

    def publication(self, table: Mapping[str, Any]) -> PublicationDetails:
        standard = PublicationDetails()
        texts = {
            name: self.text(table, name, getattr(standard, name))
            for name in PublicationDetails.__slots__
            if name != "published"
        }
        return PublicationDetails(published=self.day(table, "published"), **texts)

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
