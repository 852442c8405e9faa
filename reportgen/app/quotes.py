"""Decisions on quotes: list comments that could be quoted, and record who released or refused each.

Input: a workspace and a year; a person's decisions. Output: a list for the terminal; ``[quotes]`` of ``release.toml``.
For people with access to the survey only: it shows comments that no output may contain. The command ``quotes`` and the
workbench both call ``decide``.
"""

from __future__ import annotations

import contextlib
import json
import os
import secrets
import textwrap
from collections.abc import Callable, Iterable
from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Final

from reportgen.model import formatting
from reportgen.model.problem import Problem, ReportFailed, Stage, did_you_mean
from reportgen.model.release import QuoteDecision, digest_of
from reportgen.release import with_decision

if TYPE_CHECKING:
    from reportgen.model.records import Candidate

WIDTH: Final = 80
BOM: Final = b"\xef\xbb\xbf"
KEYS: Final = {"r": "released", "x": "refused"}
"""Decision for each key; s skips, q quits."""

Say = Callable[[str], None]


def listed(candidates: Iterable[Candidate], *, as_json: bool) -> str:
    """List every candidate with its context and decision."""
    if as_json:
        return "".join(json.dumps(asdict(one), ensure_ascii=False) + "\n" for one in candidates)
    return "\n".join(_entry(one) for one in candidates) or "No comment may be quoted this year.\n"


def _entry(one: Candidate) -> str:
    about = f"{one.response_id}: {one.role}{', on ' + ', '.join(one.themes) if one.themes else ''}"
    text = textwrap.fill(f"“{one.text}”", WIDTH, initial_indent="  ", subsequent_indent="  ", break_on_hyphens=False)
    return f"{about}\n{text}\n  {standing(one)}\n"


def standing(one: Candidate) -> str:
    """Describe who released or refused a comment and when, or that nobody has decided."""
    decided = f"{one.state} by {one.by}, {formatting.day(date.fromisoformat(one.on))}" if one.by else one.state
    return f"{decided[0].upper()}{decided[1:]}.{f' {one.note}' if one.note else ''}"


def name_of(typed: str) -> str:
    """Clean the name of the person who decides; ValueError with a message if it is empty or unprintable."""
    name = " ".join(typed.split())
    if not name:
        raise ValueError("Enter the name of the person deciding.")
    if not name.isprintable():
        raise ValueError("The name has a character that cannot be printed. Type it again.")
    return name


def decide(folder: Path, candidate: Candidate, verb: str, by: str, on: date, note: str = "") -> None:
    """Write one decision into ``release.toml``, leaving other lines unchanged; ReportFailed if that fails.

    The comment's digest is stored too, so that the decision does not apply to changed words.
    """
    path = folder / "release.toml"
    decision = QuoteDecision(candidate.response_id, verb == "released", by, on, note, digest_of(candidate.text))
    try:
        before = path.read_bytes()
        mark = BOM if before.startswith(BOM) else b""
        _replace(path, mark + with_decision(before.decode("utf-8-sig"), decision).encode())
    except OSError as fault:
        raise ReportFailed([_not_written(folder, fault.strerror or type(fault).__name__)]) from fault
    except ValueError as fault:
        raise ReportFailed([_not_written(folder, str(fault))]) from fault


def _replace(path: Path, data: bytes) -> None:
    """Replace a file atomically, keeping its permissions; a symbolic link stays a link."""
    path = path.resolve()
    beside = path.with_name(f".{path.name}-{secrets.token_hex(8)}")
    try:
        with beside.open("xb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        beside.chmod(path.stat().st_mode & 0o777)
        beside.replace(path)
    finally:
        with contextlib.suppress(OSError):
            beside.unlink(missing_ok=True)


def _not_written(folder: Path, why: str) -> Problem:
    return Problem(
        Stage.RELEASE,
        "release-not-writable",
        f"The decision cannot be written ({why}); release.toml is as it was.",
        "Check that you may write there and that “reportgen check” can read the file.",
        file=f"{folder.parent.name}/{folder.name}/release.toml",
    )


def chosen(candidates: Iterable[Candidate], response: str) -> Candidate:
    """Return the candidate with this id; LookupError with a near match if there is none."""
    by_id = {one.response_id: one for one in candidates}
    if response not in by_id:
        hint = did_you_mean(response, by_id) or "“reportgen quotes” lists those that may be quoted."
        raise LookupError(f"No comment of “{response}” may be quoted. {hint}")
    return by_id[response]


def ask(folder: Path, candidates: Iterable[Candidate], by: str, on: date, *, key: Callable[[], str], say: Say) -> int:
    """Ask for a decision on each undecided comment, one key each; return how many were decided."""
    waiting = [one for one in candidates if not one.by]
    decided = 0
    for number, one in enumerate(waiting, 1):
        say(f"{number} of {len(waiting)}\n{_entry(one)}")
        say("  r release   x refuse   s skip   q quit")
        pressed = ""
        while pressed not in (*KEYS, "s", "q"):
            pressed = key().casefold()
        if pressed == "q":
            break
        if pressed in KEYS:
            decide(folder, one, KEYS[pressed], by, on)
            decided += 1
            say(f"  {KEYS[pressed].capitalize()} by {by}.\n")
    return decided
