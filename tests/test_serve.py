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

from reportgen.app import serve, workbench
from reportgen.app.progress import quiet
from reportgen.model.edition import Edition
from reportgen.model.problem import Problem, ReportFailed, Stage
from reportgen.model.records import Candidate
from reportgen.model.release import digest_of
from reportgen.model.stages import CheckResult, Workspace
from reportgen.release import read


@pytest.fixture
def bench(tmp_path):
    for name in ("inputs/2025", "templates/annual/chapters", "outputs"):
        (tmp_path / name).mkdir(parents=True)
    (tmp_path / "inputs/2025/release.toml").write_text("as_at = 2026-06-30\n")
    (tmp_path / "templates/annual/publication.toml").write_text('chapters = ["a"]\n')
    (tmp_path / "templates/annual/chapters/a.md").write_text("# A\n")
    return workbench.Bench(Workspace(tmp_path / "inputs", tmp_path / "templates", tmp_path / "outputs"), Edition(2025))


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


COMMENT = Candidate("R-1", "driver", ("paying", "language"), "Paying was easy.", "not decided")


class Steps:
    """The two steps of a rendering, counted; problems and page as the test wants them."""

    def __init__(self, monkeypatch):
        self.calculated = self.narrated = 0
        self.problems: list[Problem] = []
        self.page = "<p>First</p>"
        self.noticed: list[Problem] = []
        self.comments = (COMMENT,)
        self.answers = ()
        self.read = 0
        monkeypatch.setattr(workbench, "calculate", self.calculate)
        monkeypatch.setattr(workbench, "narrate", self.narrate)
        monkeypatch.setattr(workbench, "candidates", self.candidates)
        monkeypatch.setattr(workbench, "for_persons", lambda *_: self.answers)
        monkeypatch.setattr(
            workbench, "_listing", lambda _numbers: ({"id": "a", "label": "A", "display": "1", "word": "w"},)
        )

    def calculate(self, _workspace, _year, work):
        self.calculated += 1
        work.problems.extend(self.noticed)
        return "numbers"

    def candidates(self, _workspace, _year):
        self.read += 1
        if self.comments is None:
            raise ReportFailed([wrong()])
        return self.comments

    def narrate(self, _workspace, _year, _numbers, work, _memory):
        self.narrated += 1
        work.problems.extend(self.problems)
        return type("Text", (), {"html": self.page, "unreleased": ("R-1",), "left_out": ()})()


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


@pytest.mark.parametrize(("method", "status"), [("POST", 403), ("PUT", 501), ("DELETE", 501)])
def test_nothing_but_a_decision_can_be_sent(server, method, status):
    assert asked(server, "/", method=method)[0].status == status


@pytest.mark.parametrize("path", ["/", "/report", "/problems", "/quotes", "/answers", "/figures"])
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


def test_each_kind_of_notice_is_listed_once_without_rows_after_the_problems(bench, steps):
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
    (bench.workspace.templates / "annual/chapters/a.md").write_text("# Another\n")
    assert bench.look()
    assert (steps.calculated, steps.narrated) == (1, 2)
    (bench.workspace.inputs / "2025/release.toml").write_text("as_at = 2026-07-01\n")
    assert bench.look()
    assert (steps.calculated, steps.narrated, bench.version) == (2, 3, 3)


def test_notices_of_the_inputs_stay_while_words_change(bench, steps):
    steps.noticed = [replace(wrong(severity="notice"), stage=Stage.INPUTS)]
    bench.look()
    (bench.workspace.templates / "annual/chapters/a.md").write_text("# Another\n")
    bench.look()
    assert steps.calculated == 1
    assert [one.code for one in bench.problems] == ["unknown-word"]


def test_files_that_an_editor_leaves_for_a_moment_change_nothing(bench, steps):
    bench.look()
    (bench.workspace.inputs / "2025/.release.toml.swp").write_text("x")
    (bench.workspace.templates / "annual/chapters/.a.md.swp").write_text("x")
    assert not bench.look()


def test_a_mistake_keeps_the_last_good_page(bench, steps, server):
    bench.look()
    steps.problems, steps.page = [wrong(file="chapters/a.md", line=3, excerpt="a\n^")], "<p>Second</p>"
    (bench.workspace.templates / "annual/chapters/a.md").write_text("# Wrong\n")
    bench.look()
    assert asked(server, "/report")[1] == "<p>First</p>"
    (problem,) = json.loads(asked(server, "/problems")[1])
    assert (problem["where"], problem["excerpt"], problem["hint"]) == ("chapters/a.md:3", "a\n^", "Look.")
    assert json.loads(asked(server, "/figures")[1])[0]["id"] == "a"


def test_before_there_is_a_page_it_says_why(bench, steps, server):
    assert "being made" in asked(server, "/report")[1]
    assert json.loads(asked(server, "/state?since=x")[1]) == {"version": 0, "report": False}
    steps.problems = [wrong()]
    bench.look()
    assert "mend the problems first" in asked(server, "/report")[1]


def test_a_failure_is_shown_as_its_problems(bench, monkeypatch):
    def fails(*_arguments):
        raise ReportFailed([wrong(value="x")])

    monkeypatch.setattr(workbench, "calculate", fails)
    bench.look()
    assert [problem.value for problem in bench.problems] == ["x"]


def test_the_browser_waits_for_the_next_version(bench, steps, server):
    bench.look()
    told = []
    waiting = threading.Thread(target=lambda: told.append(json.loads(asked(server, "/state?since=1")[1])))
    began = time.monotonic()
    waiting.start()
    time.sleep(0.1)
    (bench.workspace.templates / "annual/chapters/a.md").write_text("# Next\n")
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
            serve.serve(bench.workspace, 2025, port=taken.getsockname()[1], show=False, say=quiet)
    (problem,) = failed.value.problems
    assert problem.code == "port-taken"
    assert "--port" in problem.hint


@pytest.mark.parametrize(("fault", "told"), [(ConnectionResetError(), False), (ValueError("odd"), True)])
def test_a_browser_that_goes_away_is_no_news(server, capsys, fault, told):
    try:
        raise fault
    except (ConnectionError, ValueError):
        server.handle_error(None, ("127.0.0.1", 1))
    assert ("odd" in capsys.readouterr().err) is told


def test_a_file_that_vanishes_while_it_is_looked_at_is_no_fault(bench, steps):
    bench.look()
    shutil.rmtree(bench.workspace.templates / "annual/chapters")
    assert bench.look()


def test_words_are_read_by_the_release_s_own_reasons_while_the_inputs_have_faults(bench):
    shutil.copytree(ROOT / "templates", bench.workspace.templates, dirs_exist_ok=True)
    order = bench.workspace.templates / "annual/publication.toml"
    order.write_text(order.read_text("utf-8").replace("chapters = [", 'chapters = [ "a",'), "utf-8")
    page = bench.workspace.templates / "annual/chapters/a.md"
    page.write_text("# A\n\nWe answer within 24 hours.\n", "utf-8")

    def told():
        bench.look()
        return {one.code for one in bench.problems if one.stage is Stage.TEMPLATES and one.file.startswith("chapters")}

    assert told() == {"untraced-figure"}
    settings = bench.workspace.inputs / "2025/release.toml"
    settings.write_text('as_at = 2026-06-30\n[allow]\n"24 hours" = "A promise of the team."\n', "utf-8")
    assert told() == set()


# Decisions on quotes ------------------------------------------------------------------------------------------------

DECISION = {"response_id": "R-1", "digest": digest_of(COMMENT.text), "verb": "released", "by": "Ann Other"}
SETTINGS = """as_at = 2026-06-30 # the day

[quotes]
# Explained.
R-0 = { refused = "B", on = 2026-09-02 } # why

[answers]
"""


@pytest.fixture
def settings(bench, steps):
    """The settings of a workbench that shows one comment."""
    path = bench.workspace.inputs / "2025/release.toml"
    path.write_text(SETTINGS)
    bench.look()
    return path


def sent(server, body=DECISION, path="/quotes", **headers):
    """The status and the words with which a decision is answered, sent as the page sends it but for ``headers``."""
    here = f"127.0.0.1:{server.server_port}"
    given = {"Host": here, "Origin": f"http://{here}", "Content-Type": "application/json"}
    given |= {name.replace("_", "-"): value for name, value in headers.items()}
    connection = http.client.HTTPConnection("127.0.0.1", server.server_port, timeout=10)
    data = body if isinstance(body, bytes) else json.dumps(body).encode()
    connection.request("POST", path, data, {name: value for name, value in given.items() if value is not None})
    answer = connection.getresponse()
    said = answer.read().decode()
    connection.close()
    return answer.status, said


def listed(server):
    return json.loads(asked(server, "/quotes")[1])


def test_a_comment_is_listed_with_its_context(settings, server):
    (one,) = listed(server)["quotes"]
    assert one == {
        "response_id": "R-1",
        "role": "driver",
        "themes": ["paying", "language"],
        "text": "Paying was easy.",
        "state": "not decided",
        "standing": "Not decided.",
        "digest": digest_of("Paying was easy."),
        "printed": True,
    }


@pytest.mark.parametrize("verb", ["released", "refused"])
def test_a_decision_is_one_line_more_and_is_seen_at_once(settings, server, verb):
    status, said = sent(server, DECISION | {"verb": verb})
    assert (status, said.partition(",")[0]) == (200, f"R-1: {verb.capitalize()} by Ann Other")
    before, after = SETTINGS.splitlines(), settings.read_text().splitlines()
    added = after.pop(5)
    assert after == before
    assert added.startswith(f'R-1 = {{ {verb} = "Ann Other", on = ')
    assert read(settings.parent, Edition(2025)).value.quotes["R-1"].of(COMMENT.text)
    (one,) = listed(server)["quotes"]
    assert (one["state"], one["printed"]) == (verb, False)
    assert one["standing"] == said.removeprefix("R-1: ")


def test_the_workbench_answers_to_localhost_too(settings, server):
    here = f"localhost:{server.server_port}"
    assert sent(server, Host=here, Origin=f"http://{here}")[0] == 200


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"Origin": None}, 403),
        ({"Origin": "null"}, 403),
        ({"Origin": "https://evil.example"}, 403),
        ({"Origin": "http://127.0.0.1:1"}, 403),
        ({"Origin": "http://localhost:{port}"}, 403),
        ({"Origin": "http://127.0.0.1:{port}.evil.example"}, 403),
        ({"Host": "evil.example", "Origin": "http://evil.example"}, 403),
        ({"path": "/"}, 404),
        ({"path": "/quotes/R-1"}, 404),
        ({"Content_Type": None}, 415),
        ({"Content_Type": "text/plain"}, 415),
        ({"Content_Type": "application/x-www-form-urlencoded"}, 415),
    ],
)
def test_no_other_page_decides(settings, server, headers, status):
    given = {name: value and value.replace("{port}", str(server.server_port)) for name, value in headers.items()}
    told = sent(server, **given)
    assert told[0] == status
    assert told[1].endswith(".")
    assert settings.read_text() == SETTINGS


def test_another_site_gets_no_leave_to_send_json(server):
    answer, _ = asked(server, "/quotes", method="OPTIONS")
    assert answer.status == 501
    assert answer.getheader("Access-Control-Allow-Origin") is None


@pytest.mark.parametrize(
    ("body", "status"),
    [
        (b"", 400),
        (b"{", 400),
        (b"\xff", 400),
        (b"[" * 9_000, 400),
        ([], 400),
        ({}, 400),
        (DECISION | {"verb": "printed"}, 400),
        (DECISION | {"by": 5}, 400),
        (DECISION | {"more": "x"}, 400),
        ({name: value for name, value in DECISION.items() if name != "digest"}, 400),
        (DECISION | {"by": "x" * 20_000}, 413),
    ],
)
def test_what_is_not_a_decision_is_refused(settings, server, body, status):
    told = sent(server, body)
    assert told[0] == status
    assert told[1].endswith(".")
    assert settings.read_text() == SETTINGS


@pytest.mark.parametrize(
    ("change", "status", "words"),
    [
        ({"by": " "}, 400, "Enter the name of the person deciding."),
        ({"by": "A\u202eB"}, 400, "cannot be printed"),
        ({"by": "\ud800"}, 400, "cannot be printed"),
        ({"response_id": "R-11"}, 404, "No comment of “R-11” may be quoted. Did you mean “R-1”?"),
        ({"digest": digest_of("Paying was hard.")}, 409, "The words of this comment have changed. Look again"),
        ({"digest": ""}, 409, "The words of this comment have changed. Look again"),
    ],
)
def test_a_decision_that_does_not_fit_is_a_sentence(settings, server, change, status, words):
    told = sent(server, DECISION | change)
    assert told[0] == status
    assert words in told[1]
    assert settings.read_text() == SETTINGS


def test_words_that_changed_since_the_page_showed_them_are_not_decided_on(bench, steps, settings, server):
    steps.comments = (replace(COMMENT, text="Paying was hard."),)
    (settings.parent / "survey.csv").write_text("changed")
    assert sent(server) == (409, "The inputs have changed and are being read. Look again in a moment.")
    bench.look()
    assert sent(server)[0] == 409
    assert settings.read_text() == SETTINGS
    (one,) = listed(server)["quotes"]
    assert sent(server, DECISION | {"digest": one["digest"]})[0] == 200


def test_a_decision_does_not_read_the_comments_again(bench, steps, settings, server):
    read_before = steps.read
    assert sent(server)[0] == 200
    assert bench.look()
    assert sent(server, DECISION | {"verb": "refused"})[0] == 200
    assert bench.look()
    assert (steps.read, listed(server)["quotes"][0]["state"]) == (read_before, "refused")


def test_two_decisions_at_once_are_both_kept(bench, steps, settings, server):
    steps.comments = tuple(replace(COMMENT, response_id=f"R-{n}") for n in range(1, 9))
    (settings.parent / "survey.csv").write_text("changed")
    bench.look()
    told = []
    senders = [
        threading.Thread(target=lambda n=n: told.append(sent(server, DECISION | {"response_id": f"R-{n}"})[0]))
        for n in range(1, 9)
    ]
    for one in senders:
        one.start()
    for one in senders:
        one.join(10)
    assert told == [200] * 8
    assert {*read(settings.parent, Edition(2025)).value.quotes} == {f"R-{n}" for n in range(9)}


def test_settings_that_cannot_be_written_are_a_sentence(settings, server):
    settings.write_text("as_at = \n")
    status, said = sent(server)
    assert status == 500
    assert said.startswith("The decision cannot be written (")
    assert settings.read_text() == "as_at = \n"


def test_without_inputs_there_is_nothing_to_decide_on(bench, steps, server):
    steps.comments = None
    bench.look()
    assert listed(server) == {"quotes": [], "why": workbench.NO_COMMENTS}
    assert sent(server) == (409, workbench.NO_COMMENTS)
    steps.comments = ()
    (bench.workspace.inputs / "2025/survey.csv").write_text("changed")
    bench.look()
    assert listed(server) == {"quotes": [], "why": "No comment may be quoted this year."}


def test_checks_for_a_person_are_listed_with_what_to_write(bench, steps, server):
    steps.answers = (
        CheckResult("read-aloud", "for a person", "Heard?", "", "needs a person", ("Look here",)),
        CheckResult("read-through", "for a person", "Read?", "", "answered", ("Answered by Ann", "Look there")),
        CheckResult("answers", "for a person", "All?", "", "failed", ("There is no check “x”.",)),
    )
    bench.look()
    heard, through, every = json.loads(asked(server, "/answers")[1])
    assert (heard["state"], heard["said"], heard["look"]) == ("open", "", ["Look here"])
    assert heard["write"].startswith('[answers.read-aloud]\nby = ""\non = 2')
    assert (through["state"], through["said"], through["look"]) == ("answered", "Answered by Ann", ["Look there"])
    assert (every["state"], every["look"], every["write"]) == ("wrong", ["There is no check “x”."], "")
