"""The workbench without a browser: whom it answers, what it keeps between two looks, what it says when it cannot start."""

import http.client
import json
import shutil
import socket
import threading
import time
from dataclasses import replace

import pytest
from small import ROOT

from reportgen.app import build, serve
from reportgen.model.problem import Problem, ReportFailed, Stage
from reportgen.model.stages import Workspace


@pytest.fixture
def bench(tmp_path):
    for name in ("inputs/2025", "templates/chapters", "outputs"):
        (tmp_path / name).mkdir(parents=True)
    (tmp_path / "inputs/2025/release.toml").write_text("as_at = 2026-06-30\n")
    (tmp_path / "templates/chapters/01-a.md").write_text("# A\n")
    return serve.Bench(Workspace(tmp_path / "inputs", tmp_path / "templates", tmp_path / "outputs"), 2025)


@pytest.fixture
def server(bench):
    made = serve.Server(bench, 0)
    thread = threading.Thread(target=made.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    yield made
    made.shutdown()
    thread.join()
    made.server_close()


def asked(server, path, host=None, method="GET"):
    connection = http.client.HTTPConnection("127.0.0.1", server.server_port, timeout=10)
    connection.request(method, path, headers={"Host": host or f"127.0.0.1:{server.server_port}"})
    answer = connection.getresponse()
    body = answer.read().decode()
    connection.close()
    return answer, body


class Steps:
    """The two steps of a rendering, counted; problems and page as the test wants them."""

    def __init__(self, monkeypatch):
        self.calculated = self.narrated = 0
        self.problems: list[Problem] = []
        self.page = "<p>First</p>"
        monkeypatch.setattr(serve, "calculate", self.calculate)
        monkeypatch.setattr(serve, "narrate", self.narrate)
        monkeypatch.setattr(
            serve, "_listing", lambda _numbers: ({"id": "a", "label": "A", "display": "1", "word": "w"},)
        )

    def calculate(self, _workspace, _year, _work):
        self.calculated += 1
        return "numbers"

    def narrate(self, _workspace, _year, _numbers, work):
        self.narrated += 1
        work.problems.extend(self.problems)
        return type("Text", (), {"html": self.page})()


@pytest.fixture
def steps(monkeypatch):
    return Steps(monkeypatch)


def wrong(**more):
    return Problem(Stage.TEMPLATES, "unknown-word", "There is no such word.", "Look.", **more)


def test_it_listens_on_this_computer_alone(server):
    assert server.server_address[0] == "127.0.0.1"


@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1:1", "127.0.0.1.evil.example"])
def test_a_page_from_elsewhere_is_refused(server, host):
    answer, _ = asked(server, "/report", host)
    assert answer.status == 403


def test_what_it_does_not_have_is_not_found(server):
    assert asked(server, "/../../etc/passwd")[0].status == 404
    assert asked(server, "/inputs/2025/release.toml")[0].status == 404


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE"])
def test_nothing_can_be_changed_from_the_browser(server, method):
    assert asked(server, "/", method=method)[0].status == 501


@pytest.mark.parametrize("path", ["/", "/report", "/problems", "/figures"])
def test_every_answer_says_what_a_browser_may_do_with_it(server, path):
    answer, _ = asked(server, path)
    policy = answer.getheader("Content-Security-Policy")
    assert answer.status == 200
    assert policy.startswith("default-src 'none'")
    assert "unsafe-eval" not in policy
    assert "http" not in policy
    assert answer.getheader("X-Content-Type-Options") == "nosniff"
    assert answer.getheader("Cache-Control") == "no-store"


def test_the_scripts_mark_is_new_each_time(server):
    marks = {asked(server, "/")[0].getheader("Content-Security-Policy") for _ in range(3)}
    assert len(marks) == 3


def test_a_kind_of_notice_is_told_once_without_rows_after_the_problems(bench, steps):
    notice = replace(wrong(severity="notice", column="status"), stage=Stage.INPUTS)
    odd = [replace(notice, file="a.csv", row=row) for row in range(2, 32)]
    steps.problems = [*odd, replace(notice, file="b.csv", row=7), wrong(file="c.md", line=1)]
    bench.look()
    assert [(one.severity, one.file, one.row, one.count.for_analyst()) for one in bench.problems] == [
        ("problem", "c.md", None, 1),
        ("notice", "a.csv", None, 1),
        ("notice", "b.csv", None, 1),
    ]


def test_saved_words_keep_the_numbers_and_saved_inputs_do_not(bench, steps):
    assert bench.look()
    assert not bench.look()
    (bench.workspace.templates / "chapters/01-a.md").write_text("# Another\n")
    assert bench.look()
    assert (steps.calculated, steps.narrated) == (1, 2)
    (bench.workspace.inputs / "2025/release.toml").write_text("as_at = 2026-07-01\n")
    assert bench.look()
    assert (steps.calculated, steps.narrated, bench.version) == (2, 3, 3)


def test_a_mistake_keeps_the_last_good_page(bench, steps, server):
    bench.look()
    steps.problems, steps.page = [wrong(file="chapters/01-a.md", line=3, excerpt="a\n^")], "<p>Second</p>"
    (bench.workspace.templates / "chapters/01-a.md").write_text("# Wrong\n")
    bench.look()
    assert asked(server, "/report")[1] == "<p>First</p>"
    (problem,) = json.loads(asked(server, "/problems")[1])
    assert (problem["where"], problem["excerpt"], problem["hint"]) == ("chapters/01-a.md:3", "a\n^", "Look.")
    assert json.loads(asked(server, "/figures")[1])[0]["id"] == "a"


def test_before_there_is_a_page_it_says_why(bench, steps, server):
    assert "being made" in asked(server, "/report")[1]
    assert json.loads(asked(server, "/state?since=x")[1]) == {"version": 0, "report": False}
    steps.problems = [wrong()]
    bench.look()
    assert "mend the problems first" in asked(server, "/report")[1]


def test_a_failure_is_told_as_its_problems(bench, monkeypatch):
    def fails(*_arguments):
        raise ReportFailed([wrong(value="x")])

    monkeypatch.setattr(serve, "calculate", fails)
    bench.look()
    assert [problem.value for problem in bench.problems] == ["x"]


def test_the_browser_waits_for_the_next_version(bench, steps, server):
    bench.look()
    told = []
    waiting = threading.Thread(target=lambda: told.append(json.loads(asked(server, "/state?since=1")[1])))
    began = time.monotonic()
    waiting.start()
    time.sleep(0.1)
    (bench.workspace.templates / "chapters/01-a.md").write_text("# Next\n")
    bench.look()
    waiting.join(10)
    assert told == [{"version": 2, "report": True}]
    assert time.monotonic() - began < 5
    for odd in ("x", "--5", "%C2%B2"):
        assert json.loads(asked(server, f"/state?since={odd}")[1]) == {"version": 2, "report": True}


def test_a_port_that_is_taken_is_a_sentence(bench):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        with pytest.raises(ReportFailed) as failed:
            serve.serve(bench.workspace, 2025, port=taken.getsockname()[1], show=False, say=build.quiet)
    (problem,) = failed.value.problems
    assert problem.code == "port-taken"
    assert "--port" in problem.hint


def test_a_file_that_vanishes_while_it_is_looked_at_is_no_fault(bench, steps):
    bench.look()
    shutil.rmtree(bench.workspace.templates / "chapters")
    assert bench.look()


def test_words_are_read_by_the_release_s_own_reasons_while_the_inputs_have_faults(bench):
    shutil.copytree(ROOT / "templates", bench.workspace.templates, dirs_exist_ok=True)
    page = bench.workspace.templates / "chapters/01-a.md"
    page.write_text("# A\n\nWe answer within 24 hours.\n", "utf-8")

    def told():
        bench.look()
        return {one.code for one in bench.problems if one.stage is Stage.TEMPLATES and one.file.startswith("chapters")}

    assert told() == {"untraced-figure"}
    settings = bench.workspace.inputs / "2025/release.toml"
    settings.write_text('as_at = 2026-06-30\n[allow]\n"24 hours" = "A promise of the team."\n', "utf-8")
    assert told() == set()
