"""The reviewers' workbench: the report as it will be, its problems, quotes and figures, live in a browser.

Goes in: a workspace and a year. Comes out: pages on 127.0.0.1, made again whenever a template or an input is saved.
Hides the web server, the watching and what may be kept between two renderings. The browser can change one thing: what
a person decides on a quote, which goes into ``release.toml`` as ``reportgen quotes`` writes it.
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
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, Any, Final, cast
from urllib.parse import parse_qs, urlsplit

from reportgen.app.build import for_persons
from reportgen.app.build import quotes as candidates
from reportgen.app.narration import narrate
from reportgen.app.numbers import calculate
from reportgen.app.progress import Progress, quiet
from reportgen.model.problem import Problem, ReportFailed, Stage, serious, summarise, without_records
from reportgen.model.stages import Numbers, Workspace

if TYPE_CHECKING:
    from pathlib import Path

    from reportgen.app.progress import Say
    from reportgen.model.narrative import Narrative
    from reportgen.model.records import Candidate
    from reportgen.model.stages import CheckResult

Signature = tuple[tuple[str, int, int], ...]
"""Every file's name, size and time of change."""

LOOK_EVERY: Final = 0.4
"""Seconds between two looks at the folders."""
WAIT: Final = 20.0
"""Seconds that a browser's question stays open before it is asked again."""
LARGEST: Final = 10_000
"""Bytes of a decision."""
DECISION: Final = frozenset(("response_id", "digest", "verb", "by"))
"""What the page says of a decision: ``digest`` is that of the words it showed."""


class Refused(Exception):  # noqa: N818 - it is an answer, not an error of ours
    """What was asked is not done; says why, in a sentence."""

    def __init__(self, status: HTTPStatus, why: str) -> None:
        self.status = status
        super().__init__(why)


@dataclass
class Bench:
    """What the browser is shown: the last report without mistakes, and the problems of the latest words.

    Numbers are kept while only words change, the comments while only words or ``release.toml`` change; ``version``
    goes up with every rendering. ``waiting`` are the responses that the draft prints and nobody has decided on.
    """

    workspace: Workspace
    year: int
    say: Say = quiet
    version: int = 0
    page: str = ""
    problems: tuple[Problem, ...] = ()
    figures: tuple[Mapping[str, str], ...] = ()
    answers: tuple[CheckResult, ...] = ()
    waiting: frozenset[str] = frozenset()
    _numbers: Numbers | None = None
    _noticed: tuple[Problem, ...] = ()
    _comments: tuple[Signature, tuple[Candidate, ...]] | None = None
    _deciding: threading.Lock = field(default_factory=threading.Lock)
    _seen: dict[str, Signature] = field(default_factory=dict)
    _changed: threading.Condition = field(default_factory=threading.Condition)

    @property
    def folder(self) -> Path:
        """The inputs of the year."""
        return self.workspace.inputs / str(self.year)

    def look(self) -> bool:
        """Render again if a file changed since the last look; True if so."""
        now = {**self._inputs(), "words": _signature(self.workspace.templates)}
        if self._seen == now:
            return False
        if any(self._seen.get(part) != now[part] for part in ("inputs", "settings")):
            self._numbers = None
        self._seen = now
        self._render()
        return True

    def _inputs(self) -> dict[str, Signature]:
        """The inputs, and apart from them the settings of the year."""
        settings = str(self.folder / "release.toml")
        every = _signature(self.workspace.inputs)
        return {
            "inputs": tuple(one for one in every if one[0] != settings),
            "settings": tuple(one for one in every if one[0] == settings),
        }

    def _render(self) -> None:
        work = Progress(quiet)
        text: Narrative | None = None
        self._read_comments()
        try:
            if self._numbers is None:
                self._numbers = calculate(self.workspace, self.year, work)
                self._noticed = tuple(work.problems)
            else:
                work.problems.extend(self._noticed)
            text = narrate(self.workspace, self.year, self._numbers, work)
        except ReportFailed as failed:
            work.problems = list(failed.problems)
        numbers = self._numbers
        asked = for_persons(numbers, text, work.problems) if numbers is not None and text is not None else self.answers
        with self._changed:
            self.problems = _told(work.problems)
            self.answers = asked
            if text is not None and not serious(work.problems):
                self.page = text.html
                self.waiting = frozenset(text.unreleased)
            if numbers is not None:
                self.figures = _listing(numbers)
            self.version += 1
            self._changed.notify_all()
        number = len(serious(self.problems))
        self.say(f"Version {self.version}: {'no problems' if not number else f'{number} to mend'}")

    def _read_comments(self) -> None:
        """Read the comments again if inputs changed; None while they cannot be read."""
        now = self._seen["inputs"]
        if self._comments is not None and self._comments[0] == now:
            return
        try:
            self._comments = now, candidates(self.workspace, self.year)
        except ReportFailed:
            self._comments = None

    def quotes(self) -> tuple[Candidate, ...] | None:
        """Each comment that may be quoted, with what release.toml says of it now; None while none can be read."""
        from reportgen import disclosure
        from reportgen import release as releases

        if self._comments is None:
            return None
        release, comments = releases.read(self.folder, self.year).value, self._comments[1]
        return comments if release is None else disclosure.decided(comments, release.quotes)

    def decide(self, response: str, digest: str, verb: str, by: str) -> Candidate:
        """Write what a person decided on a comment, and give the comment back as it then is.

        Refused where it is no longer what the page showed, and ReportFailed where nothing can be written.
        """
        from reportgen.app import quotes
        from reportgen.release import digest_of

        with self._deciding:
            read, found = self._comments, self.quotes()
            if read is None or found is None:
                raise Refused(HTTPStatus.CONFLICT, NO_COMMENTS)
            if read[0] != self._inputs()["inputs"]:
                raise Refused(
                    HTTPStatus.CONFLICT, "The inputs have changed and are being read. Look again in a moment."
                )
            try:
                one, who = quotes.chosen(found, response), quotes.name_of(by)
            except LookupError as unknown:
                raise Refused(HTTPStatus.NOT_FOUND, str(unknown.args[0])) from None
            except ValueError as fault:
                raise Refused(HTTPStatus.BAD_REQUEST, str(fault)) from None
            if digest_of(one.text) != digest:
                raise Refused(HTTPStatus.CONFLICT, "The words of this comment have changed. Look again, then decide.")
            today = datetime.now(UTC).date()
            quotes.decide(self.folder, one, verb, who, today)
            return replace(one, state=verb, by=who, on=today.isoformat(), note="")

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


def _signature(folder: Path) -> Signature:
    """The files of a folder; not those whose names begin with a dot, which editors leave for a moment."""
    found = []
    for path in sorted(folder.rglob("*")):
        try:
            state = path.stat()
        except OSError:
            continue
        if path.is_file() and not path.name.startswith("."):
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

    def handle_error(self, request: Any, client_address: Any) -> None:  # noqa: ANN401 - the standard library's types
        """Say nothing of a browser that closes its connection, and show any other fault."""
        if not isinstance(sys.exception(), ConnectionError):
            super().handle_error(request, client_address)


NO_COMMENTS: Final = "Comments cannot be listed until the problems are fixed."


class Handler(BaseHTTPRequestHandler):
    """Answers the questions that the page asks, and takes its decisions on quotes; everything else is not found."""

    server_version = "reportgen"
    sys_version = ""
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        """The page, the report inside it, its state, problems, quotes, answers and figures."""
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
        elif question.path == "/quotes":
            self._json(_listed(bench.quotes(), bench.waiting))
        elif question.path == "/answers":
            self._json([_asked(one) for one in bench.answers])
        else:
            self._send(HTTPStatus.NOT_FOUND, "text/plain", "There is nothing here.")

    def do_POST(self) -> None:
        """One decision on one comment, from the workbench's own page and no other."""
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
        """What the page decided; Refused where another page asks, or where it is no decision.

        A page of another site has another origin. It may not send JSON without asking first, which is not answered.
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
        except (ValueError, RecursionError):  # not JSON, or lists in lists without end
            asked = None
        if not isinstance(asked, dict) or {*asked} != DECISION or not all(isinstance(v, str) for v in asked.values()):
            raise Refused(HTTPStatus.BAD_REQUEST, "This is not a decision on a comment.")
        if asked["verb"] not in ("released", "refused"):
            raise Refused(HTTPStatus.BAD_REQUEST, "A comment is released or refused.")
        return asked

    def _body(self) -> bytes:
        """What was sent; Refused, and the connection closed, where it is too long for a decision."""
        length = self.headers.get("Content-Length", "")
        if not re.fullmatch(r"[0-9]{1,5}", length) or int(length) > LARGEST:
            self.close_connection = True
            raise Refused(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, "This is too long for a decision, or has no length.")
        return self.rfile.read(int(length))

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


def _listed(quotes: Sequence[Candidate] | None, waiting: frozenset[str]) -> dict[str, object]:
    """The comments for the page, each with the digest of its words; ``why`` says why there are none."""
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
    """A check that a person answers, for the page: who answered it, what to look at, or what to write."""
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
    """The workbench page."""
    from importlib import resources

    page = resources.files("reportgen").joinpath("data/workbench.html").read_text("utf-8")
    return page.replace("{{year}}", str(year)).replace("{{nonce}}", nonce)
