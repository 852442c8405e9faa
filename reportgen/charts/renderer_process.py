"""Client of the helper process that draws: started early, stopped with the program.

Input: plain values of canvases. Output: ``Drawing`` values: SVG at once, PNG when it is needed. A separate process is
used because the drawing engine takes a second to start and then holds the GIL. It is never forked, so threads and tests
are safe.
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
"""Most drawings cached: the workbench redraws only charts that changed."""


@dataclass
class Drawing:
    """An SVG, and its PNG once the helper has made it."""

    svg: str
    png: bytes = b""


@dataclass(repr=False)
class Helper:
    """The helper process and a cache of its drawings; requests are serialised."""

    lock: threading.RLock = field(default_factory=threading.RLock)
    process: subprocess.Popen[str] | None = None
    said: IO[bytes] | None = None
    owed: list[Drawing] = field(default_factory=list)
    known: dict[str, Drawing] = field(default_factory=dict)

    def start(self) -> None:
        """Start the process unless it is running; it warms up in the background."""
        with self.lock:
            if self.process is not None and self.process.poll() is None:
                return
            self.close()
            # stderr goes to a file: a full pipe that nobody reads would block the process
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
        """Return a drawing for each canvas, from the cache where possible."""
        with self.lock:
            names = [json.dumps(plain, sort_keys=True, ensure_ascii=False) for plain in plains]
            new = {name: plain for name, plain in zip(names, plains, strict=True) if name not in self.known}
            if new:
                self.finish()
                made = [Drawing(svg) for svg in self._request(json.dumps(list(new.values())))]
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
                for drawing, png in zip(self.owed, self._read_reply(), strict=True):
                    drawing.png = base64.b64decode(png)
                self.owed = []

    def close(self) -> None:
        """Kill the process; it holds no state."""
        with self.lock:
            if self.process is not None:
                self.process.kill()
                self.process.communicate()
            if self.said is not None:
                self.said.close()
            self.process, self.said, self.owed = None, None, []

    def _request(self, line: str) -> list[str]:
        self.start()
        pipe = self.process.stdin if self.process else None
        if pipe is None:
            raise AssertionError("the helper was not started")
        try:
            pipe.write(line + "\n")
            pipe.flush()
        except OSError:
            raise self._failed() from None
        return self._read_reply()

    def _read_reply(self) -> list[str]:
        pipe = self.process.stdout if self.process else None
        line = pipe.readline() if pipe else ""
        if not line.endswith("\n"):
            raise self._failed()
        made: list[str] = json.loads(line)
        return made

    def _failed(self) -> ReportFailed:
        """Return the process's last error line as a problem; the next request starts a new process."""
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
