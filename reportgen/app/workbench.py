"""State of the workbench: the report, its problems, quotes and figures, updated when files change.

Input: a workspace and a year. Output: the current state. Hides what is cached between renderings, and which decisions
may be written.
"""

from __future__ import annotations

import threading
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from http import HTTPStatus
from typing import TYPE_CHECKING, Final

from reportgen.app.build import for_persons
from reportgen.app.build import quotes as candidates
from reportgen.app.narration import narrate
from reportgen.app.progress import Progress, quiet
from reportgen.app.protected_year import calculate
from reportgen.document.memory import Memory
from reportgen.model.edition import Edition
from reportgen.model.problem import Problem, ReportFailed, serious, summarise, without_records
from reportgen.model.stages import Numbers, Workspace

if TYPE_CHECKING:
    from pathlib import Path

    from reportgen.app.progress import Say
    from reportgen.model.narrative import LeftOutSentence, Narrative
    from reportgen.model.records import Candidate
    from reportgen.model.stages import CheckResult

WAIT: Final = 20.0
"""Seconds that a long-polling request stays open."""


Signature = tuple[tuple[str, int, int], ...]
"""Name, size and modification time of every file."""


class Refused(Exception):
    """A refused request; carries the HTTP status and the reason."""

    def __init__(self, status: HTTPStatus, why: str) -> None:
        self.status = status
        super().__init__(why)


@dataclass
class Bench:
    """What the browser shows: the last report without problems, and the latest problems.

    Numbers are kept while only templates change, comments while only templates or ``release.toml`` change. ``version``
    increases with every rendering. ``waiting`` are the responses that the draft quotes without a decision.
    """

    workspace: Workspace
    edition: Edition
    say: Say = quiet
    version: int = 0
    page: str = ""
    problems: tuple[Problem, ...] = ()
    figures: tuple[Mapping[str, str], ...] = ()
    answers: tuple[CheckResult, ...] = ()
    left_out: tuple[LeftOutSentence, ...] = ()
    waiting: frozenset[str] = frozenset()
    _numbers: Numbers | None = None
    _memory: Memory = field(default_factory=Memory)
    _noticed: tuple[Problem, ...] = ()
    _comments: tuple[Signature, tuple[Candidate, ...]] | None = None
    _deciding: threading.Lock = field(default_factory=threading.Lock)
    _seen: dict[str, Signature] = field(default_factory=dict)
    _changed: threading.Condition = field(default_factory=threading.Condition)

    @property
    def folder(self) -> Path:
        """The year's input folder."""
        return self.workspace.inputs / self.edition.inputs

    def look(self) -> bool:
        """Render again if a file has changed; return whether one had."""
        now = {**self._inputs(), "words": _signature(self.workspace.templates)}
        if self._seen == now:
            return False
        if any(self._seen.get(part) != now[part] for part in ("inputs", "settings")):
            self._numbers = None
        self._seen = now
        self._render()
        return True

    def _inputs(self) -> dict[str, Signature]:
        """Return the signatures of the inputs, and separately of the year's settings."""
        settings = str(self.folder / "release.toml")
        every = _signature(self.workspace.inputs)
        return {
            "inputs": tuple(one for one in every if one[0] != settings),
            "settings": tuple(one for one in every if one[0] == settings),
        }

    def _render(self) -> None:
        work = Progress(quiet)
        text: Narrative | None = None
        self._read_comments()
        try:
            if self._numbers is None:
                self._memory = Memory()
                self._numbers = calculate(self.workspace, self.edition, work)
                self._noticed = tuple(work.problems)
            else:
                work.problems.extend(self._noticed)
            text = narrate(self.workspace, self.edition, self._numbers, work, self._memory)
        except ReportFailed as failed:
            work.problems = list(failed.problems)
        numbers = self._numbers
        asked = for_persons(numbers, text, work.problems) if numbers is not None and text is not None else self.answers
        with self._changed:
            self.problems = _limited(work.problems)
            self.answers = asked
            if text is not None and not serious(work.problems):
                self.page = text.html
                self.waiting = frozenset(text.unreleased)
                self.left_out = text.left_out
            if numbers is not None:
                self.figures = _listing(numbers)
            self.version += 1
            self._changed.notify_all()
        number = len(serious(self.problems))
        self.say(f"Version {self.version}: {'no problems' if not number else f'{number} to mend'}")

    def _read_comments(self) -> None:
        """Read the comments again if inputs changed; None if they cannot be read."""
        now = self._seen["inputs"]
        if self._comments is not None and self._comments[0] == now:
            return
        try:
            self._comments = now, candidates(self.workspace, self.edition)
        except ReportFailed:
            self._comments = None

    def quotes(self) -> tuple[Candidate, ...] | None:
        """Return the comments that may be quoted, with current decisions; None if they cannot be read."""
        from reportgen import disclosure
        from reportgen import release as releases

        if self._comments is None:
            return None
        release, comments = releases.read(self.folder, self.edition).value, self._comments[1]
        return comments if release is None else disclosure.decided(comments, release.quotes)

    def decide(self, response: str, digest: str, verb: str, by: str) -> Candidate:
        """Write a decision on a comment, and return the comment with it.

        Refused if the comment has changed since the page displayed it; ReportFailed if writing fails.
        """
        from reportgen.app import quotes
        from reportgen.release import digest_of

        with self._deciding:
            read, found = self._comments, self.quotes()
            if read is None or found is None:
                raise Refused(HTTPStatus.CONFLICT, NO_COMMENTS)
            if read[0] != self._inputs()["inputs"]:
                raise Refused(
                    HTTPStatus.CONFLICT, "The inputs have changed and are being read. Look again in a moment."
                )
            try:
                one, who = quotes.chosen(found, response), quotes.name_of(by)
            except LookupError as unknown:
                raise Refused(HTTPStatus.NOT_FOUND, str(unknown.args[0])) from None
            except ValueError as fault:
                raise Refused(HTTPStatus.BAD_REQUEST, str(fault)) from None
            if digest_of(one.text) != digest:
                raise Refused(HTTPStatus.CONFLICT, "The words of this comment have changed. Look again, then decide.")
            today = datetime.now(UTC).date()
            quotes.decide(self.folder, one, verb, who, today)
            return replace(one, state=verb, by=who, on=today.isoformat(), note="")

    def wait(self, since: int, seconds: float = WAIT) -> int:
        """Wait until the version differs from ``since`` or the time is over; return it."""
        with self._changed:
            self._changed.wait_for(lambda: self.version != since, timeout=seconds)
            return self.version


def _limited(problems: Sequence[Problem]) -> tuple[Problem, ...]:
    """Limit problems to twenty per kind, and notices to one per kind without rows, as not only analysts see them."""
    notices = without_records(one for one in problems if one.severity == "notice")
    kinds = {(one.code, one.file, str(one.column)): one for one in reversed(notices)}
    return (*summarise(serious(problems)), *reversed(kinds.values()))


def _signature(folder: Path) -> Signature:
    """Return the signatures of a folder's files, without dot files, which editors create temporarily."""
    found = []
    for path in sorted(folder.rglob("*")):
        try:
            state = path.stat()
        except OSError:
            continue
        if path.is_file() and not path.name.startswith("."):
            found.append((str(path), state.st_size, state.st_mtime_ns))
    return tuple(found)


def _listing(numbers: Numbers) -> tuple[Mapping[str, str], ...]:
    """List every displayed figure with the template expression that prints it."""
    from reportgen import explain

    return tuple(explain.listing(numbers.statistics))


NO_COMMENTS: Final = "Comments cannot be listed until the problems are fixed."
