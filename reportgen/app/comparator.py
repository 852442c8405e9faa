"""Worker process that reads, measures and protects last year while this year is read.

Input: last year's folder and release; later the words that no quote may contain, and what is already published. Output:
the results of ``inputs``, ``measures`` and ``disclosure``. Without a free processor, or if the libraries are already
loaded, no process is started; if it fails or was not started, the caller's process does the work instead.
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


@dataclass(repr=False)
class Comparator(WorkerProcess):
    """Client of the worker; its two requests are sent some time before their results are needed."""

    MODULE: ClassVar[str] = __name__
    asked: tuple[Any, ...] = ()

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

    def _ask(self, *question: Any) -> None:
        self.asked = question
        try:
            self.ask(question)
        except WorkerEnded:
            self.close()

    def _answer(self) -> Any:
        """Return the worker's reply; None if there is no worker or it has ended."""
        try:
            return self.answer()
        except WorkerEnded:
            self.close()
            return None


def start_worker() -> Comparator:
    """Start the worker if that saves time; it loads libraries in the background."""
    made = Comparator()
    if SLOW not in sys.modules and _room():
        with contextlib.suppress(OSError):
            made.start()
    return made


def _room() -> bool:
    """Return whether there is a second processor and the load is low enough."""
    processors = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return processors > 1 and os.getloadavg()[0] < processors


def answers(questions: Iterator[tuple[Any, ...]]) -> Iterator[Any]:
    """Serve both requests, or stop when the input ends."""
    __import__(SLOW)
    each: tuple[Callable[..., Any], ...] = (measured, protected)
    for answer, question in zip(each, questions, strict=False):
        yield answer(*question)
