"""The reviewers' workbench: live preview of the report, its problems, quotes and figures in a browser.

Input: a workspace and a year. Output: pages on 127.0.0.1, rebuilt whenever a template or input is saved. Hides the web
server and file watching. The browser can change one thing only: decisions on quotes, written to ``release.toml`` as
``reportgen quotes`` does.
"""

from __future__ import annotations

import html
import json
import re
import secrets
import sys
import threading
import webbrowser
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import UTC, datetime
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, Any, Final, cast
from urllib.parse import parse_qs, urlsplit

from reportgen.app.workbench import NO_COMMENTS, Bench, Refused
from reportgen.model.edition import Edition
from reportgen.model.problem import Problem, ReportFailed, Stage
from reportgen.model.stages import Workspace

if TYPE_CHECKING:
    from reportgen.app.progress import Say
    from reportgen.model.records import Candidate
    from reportgen.model.stages import CheckResult


LOOK_EVERY: Final = 0.4
"""Seconds between two checks for changed files."""
LARGEST: Final = 10_000
"""Most bytes in the body of a decision."""
DECISION: Final = frozenset(("response_id", "digest", "verb", "by"))
"""Fields of a decision; ``digest`` is that of the comment as displayed."""


def serve(workspace: Workspace, edition: Edition, *, port: int, show: bool, say: Say) -> None:
    """Serve until interrupted; ReportFailed if the port cannot be used."""
    bench = Bench(workspace, edition, say)
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

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Ignore closed connections, and report any other fault."""
        if not isinstance(sys.exception(), ConnectionError):
            super().handle_error(request, client_address)


class Handler(BaseHTTPRequestHandler):
    """Serves the page's requests and accepts decisions on quotes; everything else is not found."""

    server_version = "reportgen"
    sys_version = ""
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        """Serve the page, the report inside it, state, problems, what is left out, quotes, answers and figures."""
        bench = cast("Server", self.server).bench
        if not self._is_ours():
            self._send(HTTPStatus.FORBIDDEN, "text/plain", "Open the workbench at the address it printed.")
            return
        question = urlsplit(self.path)
        if question.path == "/":
            nonce = secrets.token_urlsafe(16)
            policy = f"default-src 'none'; style-src 'unsafe-inline'; script-src 'nonce-{nonce}'; connect-src 'self'; "
            policy += "frame-src 'self'; img-src data:; base-uri 'none'; form-action 'none'"
            self._send(HTTPStatus.OK, "text/html", _shell(bench.edition.year, nonce), policy)
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
        elif question.path == "/left-out":
            self._json([asdict(one) for one in bench.left_out])
        elif question.path == "/quotes":
            self._json(_listed(bench.quotes(), bench.waiting))
        elif question.path == "/answers":
            self._json([_asked(one) for one in bench.answers])
        else:
            self._send(HTTPStatus.NOT_FOUND, "text/plain", "There is nothing here.")

    def do_POST(self) -> None:
        """Accept one decision on one comment, only from the workbench's own page."""
        from reportgen.app.quotes import standing

        bench = cast("Server", self.server).bench
        try:
            asked = self._decision()
            one = bench.decide(asked["response_id"], asked["digest"], asked["verb"], asked["by"])
        except Refused as refused:
            self._send(refused.status, "text/plain", str(refused))
        except ReportFailed as failed:
            said = " ".join(f"{problem.message} {problem.hint}" for problem in failed.problems)
            self._send(HTTPStatus.INTERNAL_SERVER_ERROR, "text/plain", said)
        else:
            self._send(HTTPStatus.OK, "text/plain", f"{one.response_id}: {standing(one)}")

    def _decision(self) -> Mapping[str, str]:
        """Parse a decision; Refused if it is invalid or comes from another origin.

        A page of another site has another origin, and cannot send JSON without a preflight request, which is not
        answered.
        """
        body = self._body()
        if not self._is_ours() or self.headers.get("Origin") != f"http://{self.headers['Host']}":
            raise Refused(HTTPStatus.FORBIDDEN, "Decide on comments in the workbench, at the address it printed.")
        if self.path != "/quotes":
            raise Refused(HTTPStatus.NOT_FOUND, "There is nothing here.")
        if self.headers.get_content_type() != "application/json":
            raise Refused(HTTPStatus.UNSUPPORTED_MEDIA_TYPE, "Send a decision as JSON.")
        try:
            asked = json.loads(body)
        except (ValueError, RecursionError):  # not JSON, or too deeply nested
            asked = None
        if not isinstance(asked, dict) or {*asked} != DECISION or not all(isinstance(v, str) for v in asked.values()):
            raise Refused(HTTPStatus.BAD_REQUEST, "This is not a decision on a comment.")
        if asked["verb"] not in ("released", "refused"):
            raise Refused(HTTPStatus.BAD_REQUEST, "A comment is released or refused.")
        return asked

    def _body(self) -> bytes:
        """Read the request body; Refused, closing the connection, if it is too long for a decision."""
        length = self.headers.get("Content-Length", "")
        if not re.fullmatch(r"[0-9]{1,5}", length) or int(length) > LARGEST:
            self.close_connection = True
            raise Refused(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, "This is too long for a decision, or has no length.")
        return self.rfile.read(int(length))

    def _is_ours(self) -> bool:
        """Return whether the Host header is this server, to prevent DNS rebinding."""
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

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - the standard library's names
        """Do not log requests."""


def _shown(problem: Problem) -> dict[str, object]:
    """Return a problem for the page: its JSON keys, location in words and excerpt."""
    return {**problem.as_json(), "where": problem.where(), "excerpt": problem.excerpt or ""}


def _listed(quotes: Sequence[Candidate] | None, waiting: frozenset[str]) -> dict[str, object]:
    """Return the comments for the page, each with its digest; ``why`` explains an empty list."""
    from reportgen.app.quotes import standing
    from reportgen.release import digest_of

    listed = [
        {
            "response_id": one.response_id,
            "role": one.role,
            "themes": one.themes,
            "text": one.text,
            "state": one.state,
            "standing": standing(one),
            "digest": digest_of(one.text),
            "printed": not one.by and one.response_id in waiting,
        }
        for one in quotes or ()
    ]
    return {"quotes": listed, "why": NO_COMMENTS if quotes is None else "No comment may be quoted this year."}


def _asked(result: CheckResult) -> dict[str, object]:
    """Return a check for a person: who answered it, what to look at, or what to write into release.toml."""
    state = {"answered": "answered", "failed": "wrong"}.get(result.result, "open")
    by, look = result.evidence[: state == "answered"], result.evidence[state == "answered" :]
    lines = (f"[answers.{result.id}]", 'by = ""', f"on = {datetime.now(UTC).date().isoformat()}", 'note = ""')
    return {
        "check": result.id,
        "question": result.question,
        "state": state,
        "said": by[0] if by else "",
        "look": look,
        "write": "\n".join(lines) if state == "open" else "",
    }


def _waiting(problems: Sequence[Problem]) -> str:
    words = "The report is being made." if not problems else "There is no report yet: mend the problems first."
    return (
        f"<!doctype html><html lang=en-GB><meta charset=utf-8><title>Report</title><p>{html.escape(words)}</p></html>"
    )


def _shell(year: int, nonce: str) -> str:
    """Render the workbench page."""
    from importlib import resources

    page = resources.files("reportgen").joinpath("data/workbench.html").read_text("utf-8")
    return page.replace("{{year}}", str(year)).replace("{{nonce}}", nonce)
