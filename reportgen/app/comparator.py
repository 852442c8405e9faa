"""Last year beside this year: read, measured and protected by a process of its own while this year is read.

Goes in: last year's folder and release; later the words that no quote may hold, and what is out already. Comes out:
what ``inputs``, ``measures`` and ``disclosure`` make of it. Hides whether there is such a process. There is none where
there is no free processor, or the program has its libraries loaded and is quicker by itself; one that ends early costs
time alone, since everything is then worked out here.
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
"""Loading it is most of what a new process has to do first."""


@dataclass(frozen=True, slots=True)
class MeasuredYear:
    """Last year's exact statistics and where its tables came from; seen by disclosure control alone."""

    sources: Mapping[str, InputSource]
    statistics: Statistics


def measured(folder: Path, release: Release) -> Found[MeasuredYear]:
    """Stages 2 and 3 for last year."""
    from reportgen import inputs, measures

    tables, problems = inputs.read(folder, release)
    if tables is None or serious(problems):
        return Found(None, problems)
    return Found(MeasuredYear(tables.sources, measures.calculate(tables, release)), problems)


def protected(
    statistics: Statistics, release: Release, references: frozenset[str], names: frozenset[str], published: Rows
) -> Found[ProtectedStatistics]:
    """Stage 4 for last year."""
    from reportgen import disclosure

    return disclosure.protect(statistics, release, references=references, names=names, published=published)


@dataclass
class Comparator:
    """Two questions, each asked some time before its answer is wanted."""

    process: subprocess.Popen[bytes] | None = None
    said: IO[bytes] | None = None
    asked: tuple[Any, ...] = field(default=(), repr=False)

    def __enter__(self) -> Self:
        """For ``with``, which ends the process."""
        return self

    def __exit__(self, *_fault: object) -> None:
        """End the process."""
        self.close()

    def begin(self, folder: Path, release: Release) -> None:
        """Read and measure it."""
        self._ask(folder, release)

    def measured(self) -> Found[MeasuredYear]:
        """What was read and measured."""
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
        """Protect what was measured."""
        self._ask(statistics, release, references, names, published)

    def protected(self) -> Found[ProtectedStatistics]:
        """What was protected."""
        found: Found[ProtectedStatistics] | None = self._answer()
        return found if found is not None else protected(*self.asked)

    def close(self) -> None:
        """End the process at once; it keeps nothing."""
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
        """What the process answers; None where there is none, or it has ended."""
        pipe = self.process.stdout if self.process else None
        if pipe is None:
            return None
        try:
            return pickle.load(pipe)  # noqa: S301 - from a process that we started, over its own pipe
        except (EOFError, OSError, pickle.UnpicklingError):
            self.close()
            return None


def start_worker() -> Comparator:
    """Start the process, where it saves time; it loads what it needs while others work."""
    if SLOW in sys.modules or not _room():
        return Comparator()
    said = tempfile.TemporaryFile()  # noqa: SIM115 - closed with the process; a pipe that nobody reads would stop it
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
    """Whether there is a processor for each year, and others do not keep all of them busy."""
    processors = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return processors > 1 and os.getloadavg()[0] < processors


def main() -> None:
    """Answer the two questions, or end with the input."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent decides when to end
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # what a library may print is no answer
    __import__(SLOW)
    for answer in (measured, protected):
        try:
            question = pickle.load(sys.stdin.buffer)  # noqa: S301 - from the program that started this one
        except EOFError:
            return
        pickle.dump(answer(*question), answers)
        answers.flush()
