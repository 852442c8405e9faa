"""The process that draws, seen from here: started early, asked once, gone with the program.

Goes in: the plain values of canvases. Comes out: ``Drawing`` values: SVG, and a picture that is made meanwhile and read
when it is wanted. Hides the process. It is a process because the drawing engine takes a second to start and then holds
Python's lock; it is never forked, so threads and tests are safe.
"""

from __future__ import annotations

import atexit
import base64
import json
import os
import subprocess
import sys
import tempfile
import threading
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Any, Final

from reportgen.model.problem import Problem, ReportFailed, Stage

PROGRAM: Final = (
    "import json, sys; sys.path[:] = json.loads(sys.argv[1]); from reportgen.charts import drawing; drawing.main()"
)
KEPT: Final = 400
"""Drawings that are remembered: a workbench draws only what changed."""


@dataclass
class Drawing:
    """A drawing and, when the helper is done with it, its picture."""

    svg: str
    png: bytes = b""


@dataclass(repr=False)
class Helper:
    """The one process of this program, and what it drew; every question waits for the one before."""

    lock: threading.RLock = field(default_factory=threading.RLock)
    process: subprocess.Popen[str] | None = None
    said: IO[bytes] | None = None
    owed: list[Drawing] = field(default_factory=list)
    known: dict[str, Drawing] = field(default_factory=dict)

    def start(self) -> None:
        """Start it, unless it runs; it warms up while others work."""
        with self.lock:
            if self.process is not None and self.process.poll() is None:
                return
            self.close()
            # What the engine says goes to a file: a pipe that nobody reads would stop it.
            self.said = tempfile.TemporaryFile()  # noqa: SIM115 - closed with the process
            self.process = subprocess.Popen(
                (sys.executable, "-P", "-c", PROGRAM, json.dumps([path or str(Path.cwd()) for path in sys.path])),
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=self.said,
                text=True,
                encoding="utf-8",
                env=os.environ | {"PYTHONUTF8": "1"},
            )

    def draw(self, plains: Sequence[Mapping[str, Any]]) -> list[Drawing]:
        """A drawing for each canvas; those drawn before are not drawn again."""
        with self.lock:
            names = [json.dumps(plain, sort_keys=True, ensure_ascii=False) for plain in plains]
            new = {name: plain for name, plain in zip(names, plains, strict=True) if name not in self.known}
            if new:
                self.finish()
                made = [Drawing(svg) for svg in self._ask(json.dumps(list(new.values())))]
                self.owed = made
                for name in [*self.known][: max(0, len(self.known) + len(new) - KEPT)]:
                    if name not in names:
                        del self.known[name]
                self.known |= dict(zip(new, made, strict=True))
            return [self.known[name] for name in names]

    def picture(self, drawing: Drawing) -> bytes:
        """The PNG of a drawing; waits until it is made."""
        with self.lock:
            if any(one is drawing for one in self.owed):
                self.finish()
            return drawing.png

    def finish(self) -> None:
        """Read the pictures that the helper still owes."""
        with self.lock:
            if self.owed:
                for drawing, png in zip(self.owed, self._answer(), strict=True):
                    drawing.png = base64.b64decode(png)
                self.owed = []

    def close(self) -> None:
        """End it at once; nothing that it has is lost, since it keeps nothing."""
        with self.lock:
            if self.process is not None:
                self.process.kill()
                self.process.communicate()
            if self.said is not None:
                self.said.close()
            self.process, self.said, self.owed = None, None, []

    def _ask(self, line: str) -> list[str]:
        self.start()
        pipe = self.process.stdin if self.process else None
        if pipe is None:
            raise AssertionError("the helper was not started")
        try:
            pipe.write(line + "\n")
            pipe.flush()
        except OSError:
            raise self._failed() from None
        return self._answer()

    def _answer(self) -> list[str]:
        pipe = self.process.stdout if self.process else None
        line = pipe.readline() if pipe else ""
        if not line.endswith("\n"):
            raise self._failed()
        made: list[str] = json.loads(line)
        return made

    def _failed(self) -> ReportFailed:
        """Why it ended, in its last words; the next question starts another."""
        words = ""
        if self.process is not None and self.said is not None:
            self.process.wait(10)
            self.said.seek(0)
            words = self.said.read().decode("utf-8", "replace").strip().rpartition("\n")[2]
        self.known = {name: one for name, one in self.known.items() if all(one is not owed for owed in self.owed)}
        self.close()
        said = "The charts could not be drawn: the drawing engine ended."
        hint = "Run “reportgen doctor”, which says what the machine lacks; memory may be short."
        return ReportFailed([Problem(Stage.RENDERING, "charts-not-drawn", said, hint, value=words[:200] or None)])


HELPER: Final = Helper()
atexit.register(HELPER.close)
