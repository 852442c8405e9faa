"""A worker process: started early, serving requests in order, stopped with the program.

Input: requests, any values that can be pickled. Output: replies, in order; ``WorkerEnded`` if there is none. Hides the
process and its pipes. The process is spawned, never forked, so threads are safe and the main module needs no guard. It
stops when its input ends, so it does not outlive a killed program.
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
    """The process was not started, or it ended before replying."""


@dataclass(repr=False)
class WorkerProcess:
    """A client with at most one process; ``answers`` in ``MODULE`` turns an iterator of requests into replies."""

    MODULE: ClassVar[str]
    process: subprocess.Popen[bytes] | None = None
    said: IO[bytes] | None = None

    def start(self) -> None:
        """Start the process unless it is running; OSError if the machine cannot start one."""
        if self.process is not None and self.process.poll() is None:
            return
        self.close()
        # stderr goes to a file: a full pipe that nobody reads would block the process
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
        """Send a request, which is processed in the background."""
        pipe = self.process.stdin if self.process else None
        try:
            if pipe is None:
                raise WorkerEnded
            pickle.dump(question, pipe)
            pipe.flush()
        except OSError:
            raise WorkerEnded from None

    def answer(self) -> Any:
        """Return the next reply, waiting for it."""
        pipe = self.process.stdout if self.process else None
        try:
            if pipe is None:
                raise WorkerEnded
            return pickle.load(pipe)  # noqa: S301 - from a process that we started, over its own pipe
        except (EOFError, OSError, pickle.UnpicklingError):
            raise WorkerEnded from None

    def last_words(self) -> str:
        """Return the last line written to stderr, once the process has ended."""
        if self.process is None or self.said is None:
            return ""
        self.process.wait(10)
        self.said.seek(0)
        return self.said.read().decode("utf-8", "replace").strip().rpartition("\n")[2]

    def close(self) -> None:
        """Kill the process; it holds no state."""
        if self.process is not None:
            self.process.kill()
            self.process.communicate()
        if self.said is not None:
            self.said.close()
        self.process, self.said = None, None


def serve(module: str) -> None:
    """Serve requests in the process, until the module has no more replies or the program no more requests."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the program stops this process
    out = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # output of libraries must not mix with replies
    for answer in importlib.import_module(module).answers(_questions()):
        pickle.dump(answer, out)
        out.flush()


def _questions() -> Iterator[Any]:
    while True:
        try:
            yield pickle.load(sys.stdin.buffer)  # noqa: S301 - from the program that started this one
        except EOFError:
            return
