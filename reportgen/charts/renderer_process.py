"""Client of the helper process that draws: started early, stopped with the program.

Input: plain values of canvases. Output: ``Drawing`` values: SVG at once, PNG when it is needed. A separate process is
used because the drawing engine takes a second to start and then holds the GIL.
"""

from __future__ import annotations

import atexit
import json
import threading
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, ClassVar, Final

from reportgen.model.problem import Problem, ReportFailed, Stage
from reportgen.worker_process import WorkerEnded, WorkerProcess

KEPT: Final = 400
"""Most drawings cached: the workbench redraws only charts that changed."""


@dataclass
class Drawing:
    """An SVG, and its PNG once the helper has made it."""

    svg: str
    png: bytes = b""


@dataclass(repr=False)
class Helper(WorkerProcess):
    """The helper process and a cache of its drawings; requests are serialised."""

    MODULE: ClassVar[str] = "reportgen.charts.drawing"
    lock: threading.RLock = field(default_factory=threading.RLock)
    owed: list[Drawing] = field(default_factory=list)
    known: dict[str, Drawing] = field(default_factory=dict)

    def start(self) -> None:
        """Start the process unless it is running; it warms up in the background."""
        with self.lock:
            super().start()

    def draw(self, plains: Sequence[Mapping[str, Any]]) -> list[Drawing]:
        """Return a drawing for each canvas, from the cache where possible."""
        with self.lock:
            names = [json.dumps(plain, sort_keys=True, ensure_ascii=False) for plain in plains]
            new = {name: plain for name, plain in zip(names, plains, strict=True) if name not in self.known}
            if new:
                self.finish()
                made = [Drawing(svg) for svg in self._asked(list(new.values()))]
                self.owed = made
                for name in [*self.known][: max(0, len(self.known) + len(new) - KEPT)]:
                    if name not in names:
                        del self.known[name]
                self.known |= dict(zip(new, made, strict=True))
            return [self.known[name] for name in names]

    def picture(self, drawing: Drawing) -> bytes:
        """Return the PNG of a drawing, waiting if necessary."""
        with self.lock:
            if any(one is drawing for one in self.owed):
                self.finish()
            return drawing.png

    def finish(self) -> None:
        """Read PNGs that are still outstanding."""
        with self.lock:
            if self.owed:
                for drawing, png in zip(self.owed, self._answer(), strict=True):
                    drawing.png = png
                self.owed = []

    def close(self) -> None:
        """Kill the process; it holds no state."""
        with self.lock:
            super().close()
            self.owed = []

    def _asked(self, plains: Sequence[Mapping[str, Any]]) -> list[str]:
        self.start()
        try:
            self.ask(plains)
        except WorkerEnded:
            raise self._failed() from None
        made: list[str] = self._answer()
        return made

    def _answer(self) -> Any:
        try:
            return self.answer()
        except WorkerEnded:
            raise self._failed() from None

    def _failed(self) -> ReportFailed:
        """Return the process's last error line as a problem; the next request starts a new process."""
        words = self.last_words()
        self.known = {name: one for name, one in self.known.items() if all(one is not owed for owed in self.owed)}
        self.close()
        said = "The charts could not be drawn: the drawing engine ended."
        hint = "Run “reportgen doctor”, which says what the machine lacks; memory may be short."
        return ReportFailed([Problem(Stage.RENDERING, "charts-not-drawn", said, hint, value=words[:200] or None)])


HELPER: Final = Helper()
atexit.register(HELPER.close)
