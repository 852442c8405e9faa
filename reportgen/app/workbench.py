"""What the workbench knows: the report as it stands, its problems, quotes and figures, and what is waiting.

Goes in: a workspace and a year. Comes out: the same again whenever a file was saved. Hides what may be kept between two
renderings, and which decisions may be written.
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
from reportgen.model.edition import Edition
from reportgen.model.problem import Problem, ReportFailed, serious, summarise, without_records
from reportgen.model.stages import Numbers, Workspace

if TYPE_CHECKING:
    from pathlib import Path

    from reportgen.app.progress import Say
    from reportgen.model.narrative import Narrative
    from reportgen.model.records import Candidate
    from reportgen.model.stages import CheckResult

WAIT: Final = 20.0
"""Seconds that a browser's question stays open before it is asked again."""


Signature = tuple[tuple[str, int, int], ...]
"""Every file's name, size and time of change."""


class Refused(Exception):
    """What was asked is not done; says why, in a sentence."""

    def __init__(self, status: HTTPStatus, why: str) -> None:
        self.status = status
        super().__init__(why)


@dataclass
class Bench:
    """What the browser is shown: the last report without mistakes, and the problems of the latest words.

    Numbers are kept while only words change, the comments while only words or ``release.toml`` change; ``version``
    goes up with every rendering. ``waiting`` are the responses that the draft prints and nobody has decided on.
    """

    workspace: Workspace
    edition: Edition
    say: Say = quiet
    version: int = 0
    page: str = ""
    problems: tuple[Problem, ...] = ()
    figures: tuple[Mapping[str, str], ...] = ()
    answers: tuple[CheckResult, ...] = ()
    waiting: frozenset[str] = frozenset()
    _numbers: Numbers | None = None
    _noticed: tuple[Problem, ...] = ()
    _comments: tuple[Signature, tuple[Candidate, ...]] | None = None
    _deciding: threading.Lock = field(default_factory=threading.Lock)
    _seen: dict[str, Signature] = field(default_factory=dict)
    _changed: threading.Condition = field(default_factory=threading.Condition)

    @property
    def folder(self) -> Path:
        """The inputs of the year."""
        return self.workspace.inputs / self.edition.inputs

    def look(self) -> bool:
        """Render again if a file changed since the last look; True if so."""
        now = {**self._inputs(), "words": _signature(self.workspace.templates)}
        if self._seen == now:
            return False
        if any(self._seen.get(part) != now[part] for part in ("inputs", "settings")):
            self._numbers = None
        self._seen = now
        self._render()
        return True

    def _inputs(self) -> dict[str, Signature]:
        """The inputs, and apart from them the settings of the year."""
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
                self._numbers = calculate(self.workspace, self.edition, work)
                self._noticed = tuple(work.problems)
            else:
                work.problems.extend(self._noticed)
            text = narrate(self.workspace, self.edition, self._numbers, work)
        except ReportFailed as failed:
            work.problems = list(failed.problems)
        numbers = self._numbers
        asked = for_persons(numbers, text, work.problems) if numbers is not None and text is not None else self.answers
        with self._changed:
            self.problems = _told(work.problems)
            self.answers = asked
            if text is not None and not serious(work.problems):
                self.page = text.html
                self.waiting = frozenset(text.unreleased)
            if numbers is not None:
                self.figures = _listing(numbers)
            self.version += 1
            self._changed.notify_all()
        number = len(serious(self.problems))
        self.say(f"Version {self.version}: {'no problems' if not number else f'{number} to mend'}")

    def _read_comments(self) -> None:
        """Read the comments again if inputs changed; None while they cannot be read."""
        now = self._seen["inputs"]
        if self._comments is not None and self._comments[0] == now:
            return
        try:
            self._comments = now, candidates(self.workspace, self.edition)
        except ReportFailed:
            self._comments = None

    def quotes(self) -> tuple[Candidate, ...] | None:
        """Each comment that may be quoted, with what release.toml says of it now; None while none can be read."""
        from reportgen import disclosure
        from reportgen import release as releases

        if self._comments is None:
            return None
        release, comments = releases.read(self.folder, self.edition).value, self._comments[1]
        return comments if release is None else disclosure.decided(comments, release.quotes)

    def decide(self, response: str, digest: str, verb: str, by: str) -> Candidate:
        """Write what a person decided on a comment, and give the comment back as it then is.

        Refused where it is no longer what the page showed, and ReportFailed where nothing can be written.
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
        """The version, as soon as it is another than ``since`` or the time is over."""
        with self._changed:
            self._changed.wait_for(lambda: self.version != since, timeout=seconds)
            return self.version


def _told(problems: Sequence[Problem]) -> tuple[Problem, ...]:
    """Every problem, twenty of a kind at most; each kind of notice once, without rows: not only analysts look here."""
    notices = without_records(one for one in problems if one.severity == "notice")
    kinds = {(one.code, one.file, str(one.column)): one for one in reversed(notices)}
    return (*summarise(serious(problems)), *reversed(kinds.values()))


def _signature(folder: Path) -> Signature:
    """The files of a folder; not those whose names begin with a dot, which editors leave for a moment."""
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
    """Every displayed figure with the word that prints it."""
    from reportgen import explain

    return tuple(explain.listing(numbers.statistics))


NO_COMMENTS: Final = "Comments cannot be listed until the problems are fixed."
