"""The reviewers' workbench: the report as it will be, its problems and its figures, live in a browser.

Goes in: a workspace and a year. Comes out: pages on 127.0.0.1, made again whenever a template or an input is saved.
Hides the web server, the watching and what may be kept between two renderings. Nothing can be changed from the browser.
"""

from __future__ import annotations

import html
import json
import re
import secrets
import threading
import webbrowser
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, Any, Final, cast
from urllib.parse import parse_qs, urlsplit

from reportgen.app.build import Work, calculate, narrate, quiet
from reportgen.model.problem import (
    Problem,
    ReportFailed,
    Stage,
    serious,
    summarise,
    without_records,
)
from reportgen.model.stages import Numbers, Workspace

if TYPE_CHECKING:
    from pathlib import Path

    from reportgen.app.build import Say
    from reportgen.model.narrative import Narrative

LOOK_EVERY: Final = 0.4
"""Seconds between two looks at the folders."""
WAIT: Final = 20.0
"""Seconds that a browser's question stays open before it is asked again."""


@dataclass
class Bench:
    """What the browser is shown: the last report without mistakes, and the problems of the latest words.

    Numbers are kept while only words change; ``version`` goes up with every rendering.
    """

    workspace: Workspace
    year: int
    say: Say = quiet
    version: int = 0
    page: str = ""
    problems: tuple[Problem, ...] = ()
    figures: tuple[Mapping[str, str], ...] = ()
    _numbers: Numbers | None = None
    _seen: dict[str, tuple[tuple[str, int, int], ...]] = field(default_factory=dict)
    _changed: threading.Condition = field(default_factory=threading.Condition)

    def look(self) -> bool:
        """Render again if a file changed since the last look; True if so."""
        inputs = _signature(self.workspace.inputs)
        words = _signature(self.workspace.templates)
        if self._seen == {"inputs": inputs, "words": words}:
            return False
        if self._seen.get("inputs") != inputs:
            self._numbers = None
        self._seen = {"inputs": inputs, "words": words}
        self._render()
        return True

    def _render(self) -> None:
        work = Work(quiet)
        text: Narrative | None = None
        try:
            if self._numbers is None:
                self._numbers = calculate(self.workspace, self.year, work)
            text = narrate(self.workspace, self.year, self._numbers, work)
        except ReportFailed as failed:
            work.problems = list(failed.problems)
        with self._changed:
            self.problems = _told(work.problems)
            if text is not None and not serious(work.problems):
                self.page = text.html
            if self._numbers is not None:
                self.figures = _listing(self._numbers)
            self.version += 1
            self._changed.notify_all()
        number = len(serious(self.problems))
        self.say(f"Version {self.version}: {'no problems' if not number else f'{number} to mend'}")

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


def _signature(folder: Path) -> tuple[tuple[str, int, int], ...]:
    """Every file's name, size and time of change."""
    found = []
    for path in sorted(folder.rglob("*")):
        try:
            state = path.stat()
        except OSError:
            continue
        if path.is_file():
            found.append((str(path), state.st_size, state.st_mtime_ns))
    return tuple(found)


def _listing(numbers: Numbers) -> tuple[Mapping[str, str], ...]:
    """Every displayed figure with the word that prints it."""
    from reportgen import explain

    return tuple(explain.listing(numbers.statistics))


def serve(workspace: Workspace, year: int, *, port: int, show: bool, say: Say) -> None:
    """Run until interrupted. ReportFailed where the port is taken."""
    bench = Bench(workspace, year, say)
    try:
        server = Server(bench, port)
    except OSError as fault:
        raise ReportFailed([_taken(port, fault)]) from None
    address = f"http://127.0.0.1:{server.server_port}/"
    stop = threading.Event()
    watcher = threading.Thread(target=_watch, args=(bench, stop), daemon=True)
    watcher.start()
    say(f"The workbench is at {address} (end it with Ctrl-C)")
    if show:
        webbrowser.open(address)
    try:
        server.serve_forever(poll_interval=0.2)
    except KeyboardInterrupt:
        say("Ended.")
    finally:
        stop.set()
        server.server_close()


def _watch(bench: Bench, stop: threading.Event) -> None:
    while not stop.is_set():
        bench.look()
        stop.wait(LOOK_EVERY)


def _taken(port: int, fault: OSError) -> Problem:
    return Problem(
        Stage.RENDERING,
        "port-taken",
        f"Port {port} cannot be used: {fault.strerror or fault}.",
        "Choose another with --port, or --port 0 for any free one.",
        value=str(port),
    )


class Server(ThreadingHTTPServer):
    """Listens on 127.0.0.1 only."""

    daemon_threads = True

    def __init__(self, bench: Bench, port: int) -> None:
        self.bench = bench
        super().__init__(("127.0.0.1", port), Handler)


class Handler(BaseHTTPRequestHandler):
    """Answers the five questions that the page asks; everything else is not found."""

    server_version = "reportgen"
    sys_version = ""
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        """The page, the report inside it, its state, its problems, its figures."""
        bench = cast("Server", self.server).bench
        if not self._is_ours():
            self._send(HTTPStatus.FORBIDDEN, "text/plain", "Open the workbench at the address it printed.")
            return
        question = urlsplit(self.path)
        if question.path == "/":
            nonce = secrets.token_urlsafe(16)
            policy = f"default-src 'none'; style-src 'unsafe-inline'; script-src 'nonce-{nonce}'; connect-src 'self'; "
            policy += "frame-src 'self'; img-src data:; base-uri 'none'; form-action 'none'"
            self._send(HTTPStatus.OK, "text/html", _shell(bench.year, nonce), policy)
        elif question.path == "/report":
            policy = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; font-src data:; base-uri 'none'; "
            policy += "form-action 'none'; frame-ancestors 'self'"
            self._send(HTTPStatus.OK, "text/html", bench.page or _waiting(bench.problems), policy)
        elif question.path == "/state":
            since = parse_qs(question.query).get("since", ["-1"])[0]
            version = bench.wait(int(since) if re.fullmatch(r"-?[0-9]{1,9}", since) else -1)
            self._json({"version": version, "report": bool(bench.page)})
        elif question.path == "/problems":
            self._json([_shown(problem) for problem in bench.problems])
        elif question.path == "/figures":
            self._json(list(bench.figures))
        else:
            self._send(HTTPStatus.NOT_FOUND, "text/plain", "There is nothing here.")

    def _is_ours(self) -> bool:
        """Whether the question was asked of this computer by name; another name is another site's trick."""
        host = self.headers.get("Host", "")
        port = cast("Server", self.server).server_port
        return host in (f"127.0.0.1:{port}", f"localhost:{port}")

    def _json(self, value: object) -> None:
        self._send(HTTPStatus.OK, "application/json", json.dumps(value, ensure_ascii=False))

    def _send(self, status: HTTPStatus, kind: str, text: str, policy: str = "default-src 'none'") -> None:
        body = text.encode()
        self.send_response(status)
        self.send_header("Content-Type", f"{kind}; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Cache-Control", "no-store")
        self.send_header("Content-Security-Policy", policy)
        self.send_header("X-Content-Type-Options", "nosniff")
        self.send_header("Referrer-Policy", "no-referrer")
        self.end_headers()
        try:
            self.wfile.write(body)
        except (BrokenPipeError, ConnectionResetError):
            self.close_connection = True

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002, ANN401 - the standard library's names
        """Requests are no news."""


def _shown(problem: Problem) -> dict[str, object]:
    """A problem for the page: its twelve keys, where it is in words, the line it stands in."""
    return {**problem.as_json(), "where": problem.where(), "excerpt": problem.excerpt or ""}


def _waiting(problems: Sequence[Problem]) -> str:
    words = "The report is being made." if not problems else "There is no report yet: mend the problems first."
    return (
        f"<!doctype html><html lang=en-GB><meta charset=utf-8><title>Report</title><p>{html.escape(words)}</p></html>"
    )


def _shell(year: int, nonce: str) -> str:
    """The workbench page."""
    from importlib import resources

    page = resources.files("reportgen").joinpath("data/workbench.html").read_text("utf-8")
    return page.replace("{{year}}", str(year)).replace("{{nonce}}", nonce)
