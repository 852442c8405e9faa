"""Last year beside this year: read, measured and protected by a process of its own while this year is read.

Goes in: last year's folder and release; later the words that no quote may hold, and what is out already. Comes out:
what ``inputs``, ``measures`` and ``disclosure`` make of it. Hides whether there is such a process. There is none where
there is no free processor, or the program has its libraries loaded and is quicker by itself; one that ends early costs
time alone, since everything is then worked out here.
"""

from __future__ import annotations

import contextlib
import os
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar, Final, Self

from reportgen.model.problem import Found, serious
from reportgen.worker_process import WorkerEnded, WorkerProcess

if TYPE_CHECKING:
    from reportgen.measures import Statistics
    from reportgen.model.protected import ProtectedStatistics
    from reportgen.model.release import Release
    from reportgen.model.stages import InputSource

Rows = Sequence[Mapping[str, str]]

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


@dataclass(repr=False)
class Comparator(WorkerProcess):
    """Two questions, each asked some time before its answer is wanted."""

    MODULE: ClassVar[str] = __name__
    asked: tuple[Any, ...] = ()

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

    def _ask(self, *question: Any) -> None:
        self.asked = question
        try:
            self.ask(question)
        except WorkerEnded:
            self.close()

    def _answer(self) -> Any:
        """What the process answers; None where there is none, or it has ended."""
        try:
            return self.answer()
        except WorkerEnded:
            self.close()
            return None


def start_worker() -> Comparator:
    """Start the process, where it saves time; it loads what it needs while others work."""
    made = Comparator()
    if SLOW not in sys.modules and _room():
        with contextlib.suppress(OSError):
            made.start()
    return made


def _room() -> bool:
    """Whether there is a processor for each year, and others do not keep all of them busy."""
    processors = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return processors > 1 and os.getloadavg()[0] < processors


def answers(questions: Iterator[tuple[Any, ...]]) -> Iterator[Any]:
    """In the process: the answers to the two questions."""
    __import__(SLOW)
    each: tuple[Callable[..., Any], ...] = (measured, protected)
    for answer, question in zip(each, questions, strict=False):
        yield answer(*question)
