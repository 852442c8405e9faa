"""A second process of the program: started early, asked in turn, gone with the program.

Goes in: questions, any values that can be pickled. Comes out: answers, in order; ``WorkerEnded`` where there is none.
Hides the process and its pipes. It is started afresh, never forked, so threads are safe; it needs no guard in the main
module; it ends when its input does, so it does not outlive a program that is killed.
"""

from __future__ import annotations

import importlib
import json
import os
import pickle
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any, ClassVar, Final

PROGRAM: Final = (
    "import json, sys; sys.path[:] = json.loads(sys.argv[1]);"
    " from reportgen import worker_process; worker_process.serve(sys.argv[2])"
)


class WorkerEnded(Exception):
    """The process was not started, or it ended before it answered."""


@dataclass(repr=False)
class WorkerProcess:
    """At most one process. ``MODULE`` has ``answers``, which makes an iterator of answers from one of questions."""

    MODULE: ClassVar[str]
    process: subprocess.Popen[bytes] | None = None
    said: IO[bytes] | None = None

    def start(self) -> None:
        """Start it, unless it runs; OSError where the machine starts none."""
        if self.process is not None and self.process.poll() is None:
            return
        self.close()
        # What it says goes to a file: a pipe that nobody reads would stop it.
        self.said = tempfile.TemporaryFile()  # noqa: SIM115 - closed with the process
        paths = json.dumps([path or str(Path.cwd()) for path in sys.path])
        try:
            self.process = subprocess.Popen(
                (sys.executable, "-P", "-c", PROGRAM, paths, self.MODULE),
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=self.said,
                env=os.environ | {"PYTHONUTF8": "1"},
            )
        except OSError:
            self.close()
            raise

    def ask(self, question: Any) -> None:
        """Ask; it works while others do."""
        pipe = self.process.stdin if self.process else None
        try:
            if pipe is None:
                raise WorkerEnded
            pickle.dump(question, pipe)
            pipe.flush()
        except OSError:
            raise WorkerEnded from None

    def answer(self) -> Any:
        """The next answer; waits for it."""
        pipe = self.process.stdout if self.process else None
        try:
            if pipe is None:
                raise WorkerEnded
            return pickle.load(pipe)  # noqa: S301 - from a process that we started, over its own pipe
        except (EOFError, OSError, pickle.UnpicklingError):
            raise WorkerEnded from None

    def last_words(self) -> str:
        """The last line that it said, once it has ended."""
        if self.process is None or self.said is None:
            return ""
        self.process.wait(10)
        self.said.seek(0)
        return self.said.read().decode("utf-8", "replace").strip().rpartition("\n")[2]

    def close(self) -> None:
        """End it at once; it keeps nothing."""
        if self.process is not None:
            self.process.kill()
            self.process.communicate()
        if self.said is not None:
            self.said.close()
        self.process, self.said = None, None


def serve(module: str) -> None:
    """What the process does: answer until the module has no more answers or the program no more questions."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the program decides when to end
    out = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # what a library may print is no answer
    for answer in importlib.import_module(module).answers(_questions()):
        pickle.dump(answer, out)
        out.flush()


def _questions() -> Iterator[Any]:
    while True:
        try:
            yield pickle.load(sys.stdin.buffer)  # noqa: S301 - from the program that started this one
        except EOFError:
            return
