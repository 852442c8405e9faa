"""Worker process that reads, measures and protects last year while this year is read.

Input: last year's folder and release; later the words that no quote may contain, and what is already published. Output:
the results of ``inputs``, ``measures`` and ``disclosure``. Without a free processor, or if the libraries are already
loaded, no process is started; if it fails or was not started, the caller's process does the work instead.
"""

from __future__ import annotations

import json
import os
import pickle
import signal
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, Final, Self

from reportgen.model.problem import Found, serious

if TYPE_CHECKING:
    from reportgen.measures import Statistics
    from reportgen.model.protected import ProtectedStatistics
    from reportgen.model.release import Release
    from reportgen.model.stages import InputSource

Rows = Sequence[Mapping[str, str]]

PROGRAM: Final = (
    "import json, sys; sys.path[:] = json.loads(sys.argv[1]); from reportgen.app import comparator; comparator.main()"
)
SLOW: Final = "pandas"
"""Import that takes most of a new process's start-up time."""


@dataclass(frozen=True, slots=True)
class MeasuredYear:
    """Last year's exact statistics and the sources of its tables; for disclosure control only."""

    sources: Mapping[str, InputSource]
    statistics: Statistics


def measured(folder: Path, release: Release) -> Found[MeasuredYear]:
    """Run stages 2 and 3 for last year."""
    from reportgen import inputs, measures

    tables, problems = inputs.read(folder, release)
    if tables is None or serious(problems):
        return Found(None, problems)
    return Found(MeasuredYear(tables.sources, measures.calculate(tables, release)), problems)


def protected(
    statistics: Statistics, release: Release, references: frozenset[str], names: frozenset[str], published: Rows
) -> Found[ProtectedStatistics]:
    """Run stage 4 for last year."""
    from reportgen import disclosure

    return disclosure.protect(statistics, release, references=references, names=names, published=published)


@dataclass
class Comparator:
    """Client of the worker; its two requests are sent some time before their results are needed."""

    process: subprocess.Popen[bytes] | None = None
    said: IO[bytes] | None = None
    asked: tuple[Any, ...] = field(default=(), repr=False)

    def __enter__(self) -> Self:
        """Return itself, for ``with``."""
        return self

    def __exit__(self, *_fault: object) -> None:
        """Stop the process."""
        self.close()

    def begin(self, folder: Path, release: Release) -> None:
        """Request that last year is read and measured."""
        self._ask(folder, release)

    def measured(self) -> Found[MeasuredYear]:
        """Return last year's statistics."""
        found: Found[MeasuredYear] | None = self._answer()
        return found if found is not None else measured(*self.asked)

    def screen(
        self,
        statistics: Statistics,
        release: Release,
        references: frozenset[str],
        names: frozenset[str],
        published: Rows,
    ) -> None:
        """Request that last year's statistics are protected."""
        self._ask(statistics, release, references, names, published)

    def protected(self) -> Found[ProtectedStatistics]:
        """Return last year's protected statistics."""
        found: Found[ProtectedStatistics] | None = self._answer()
        return found if found is not None else protected(*self.asked)

    def close(self) -> None:
        """Kill the process; it holds no state."""
        if self.process is not None:
            self.process.kill()
            self.process.communicate()
        if self.said is not None:
            self.said.close()
        self.process, self.said = None, None

    def _ask(self, *question: Any) -> None:
        self.asked = question
        pipe = self.process.stdin if self.process else None
        if pipe is None:
            return
        try:
            pickle.dump(question, pipe)
            pipe.flush()
        except OSError:
            self.close()

    def _answer(self) -> Any:
        """Return the worker's reply; None if there is no worker or it has ended."""
        pipe = self.process.stdout if self.process else None
        if pipe is None:
            return None
        try:
            return pickle.load(pipe)  # noqa: S301 - from a process that we started, over its own pipe
        except (EOFError, OSError, pickle.UnpicklingError):
            self.close()
            return None


def start_worker() -> Comparator:
    """Start the worker if that saves time; it loads libraries in the background."""
    if SLOW in sys.modules or not _room():
        return Comparator()
    said = tempfile.TemporaryFile()  # noqa: SIM115 - closed with the process; a full pipe that nobody reads would block it
    try:
        process = subprocess.Popen(
            (sys.executable, "-P", "-c", PROGRAM, json.dumps([path or str(Path.cwd()) for path in sys.path])),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=said,
            env=os.environ | {"PYTHONUTF8": "1"},
        )
    except OSError:
        said.close()
        return Comparator()
    return Comparator(process, said)


def _room() -> bool:
    """Return whether there is a second processor and the load is low enough."""
    processors = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return processors > 1 and os.getloadavg()[0] < processors


def main() -> None:
    """Serve both requests, or stop when the input ends."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent stops this process
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # output of libraries must not mix with replies
    __import__(SLOW)
    for answer in (measured, protected):
        try:
            question = pickle.load(sys.stdin.buffer)  # noqa: S301 - from the program that started this one
        except EOFError:
            return
        pickle.dump(answer(*question), answers)
        answers.flush()
