"""Last year is the same whether a process works it out, the program itself, or a process that dies."""

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest
from small import ROOT

from reportgen import release, worker_process
from reportgen.app import build, comparator
from reportgen.model.edition import Edition
from reportgen.model.problem import ReportFailed
from reportgen.model.stages import Workspace

INPUTS = ROOT / "inputs"
PUBLISHED = ({"measure": "incidents.count", "period": "2024 to 2025", "value": "3"},)


@pytest.fixture(scope="module")
def given():
    return INPUTS / "2024", release.read(INPUTS / "2024", Edition(2024)).value


@pytest.fixture(scope="module")
def alone(given):
    """Both answers, worked out in the program."""
    measured = comparator.measured(*given)
    protected = comparator.protected(
        measured.value.statistics, given[1], frozenset({"P-1"}), frozenset({"Firm"}), PUBLISHED
    )
    return measured, protected


@pytest.fixture
def beside(monkeypatch):
    """The process, though the libraries are loaded here."""
    monkeypatch.setattr(comparator, "SLOW", "nothing of this name")
    monkeypatch.setattr(comparator, "_room", lambda: True)
    with comparator.start_worker() as made:
        yield made


def asked(last, given, alone):
    """Both answers of ``last``; compared as ``repr`` too, since equal numbers may be of two types."""
    last.begin(*given)
    measured = last.measured()
    assert measured == alone[0]
    last.screen(measured.value.statistics, given[1], frozenset({"P-1"}), frozenset({"Firm"}), PUBLISHED)
    protected = last.protected()
    assert protected == alone[1]
    assert repr(list(protected.value.figures.values())) == repr(list(alone[1].value.figures.values()))


def test_the_process_gives_the_same_in_the_same_order(beside, given, alone):
    process = beside.process
    asked(beside, given, alone)
    assert beside.process is process, "it died and the program did its work"
    assert process.wait(10) == 0
    beside.said.seek(0)
    assert beside.said.read() == b""


@pytest.mark.parametrize("moment", ["unasked", "measuring", "screening"])
def test_one_that_dies_costs_time_alone(beside, given, alone, moment):
    def die():
        beside.process.kill()
        beside.process.wait()

    if moment == "unasked":
        die()
        asked(beside, given, alone)
    elif moment == "measuring":
        beside.begin(*given)
        die()
        assert beside.measured() == alone[0]
    else:
        beside.begin(*given)
        assert beside.measured() == alone[0]
        beside.screen(alone[0].value.statistics, given[1], frozenset({"P-1"}), frozenset({"Firm"}), PUBLISHED)
        die()
        assert beside.protected() == alone[1]
    assert beside.process is None


def test_half_an_answer_is_none(monkeypatch, given, alone):
    monkeypatch.setattr(comparator, "SLOW", "nothing of this name")
    monkeypatch.setattr(comparator, "_room", lambda: True)
    monkeypatch.setattr(
        worker_process, "PROGRAM", "import pickle, sys; sys.stdout.buffer.write(pickle.dumps(list(range(9999)))[:-9])"
    )
    with comparator.start_worker() as last:
        asked(last, given, alone)


def test_faults_come_back_as_problems(beside, tmp_path, given):
    (tmp_path / "penalties.csv").write_text("notice_ref\n", "utf-8")
    beside.begin(tmp_path, given[1])
    found = beside.measured()
    assert beside.process is not None
    assert found == comparator.measured(tmp_path, given[1])
    assert found.value is None
    assert {problem.code for problem in found.problems} >= {"table-missing", "table-empty"}


def test_there_is_none_where_it_would_not_help(monkeypatch):
    monkeypatch.setattr(comparator, "_room", lambda: True)
    assert comparator.SLOW in sys.modules
    assert comparator.start_worker().process is None
    monkeypatch.setattr(comparator, "SLOW", "nothing of this name")
    monkeypatch.setattr(comparator, "_room", lambda: False)
    assert comparator.start_worker().process is None


@pytest.mark.parametrize(
    ("processors", "load", "room"), [(1, 0.0, False), (2, 0.3, True), (2, 1.9, True), (2, 2.0, False), (8, 5.0, True)]
)
def test_there_is_room_where_a_processor_is_free(monkeypatch, processors, load, room):
    monkeypatch.setattr(os, "sched_getaffinity", lambda _: set(range(processors)), raising=False)
    monkeypatch.setattr(os, "getloadavg", lambda: (load, 0.0, 0.0))
    assert comparator._room() is room


def test_a_machine_that_starts_no_process_is_no_fault(monkeypatch, given, alone):
    def none(*_arguments, **_options):
        raise OSError

    monkeypatch.setattr(comparator, "SLOW", "nothing of this name")
    monkeypatch.setattr(comparator, "_room", lambda: True)
    monkeypatch.setattr(worker_process.subprocess, "Popen", none)
    asked(comparator.start_worker(), given, alone)


def test_it_ends_with_a_program_that_is_killed(tmp_path):
    code = (
        "from reportgen.app import comparator\nimport time\ncomparator._room = lambda: True\n"
        "last = comparator.start_worker()\nprint(last.process.pid, flush=True)\ntime.sleep(60)\n"
    )
    env = {**os.environ, "PYTHONPATH": str(ROOT)}
    with subprocess.Popen(
        [sys.executable, "-c", code], stdout=subprocess.PIPE, text=True, cwd=tmp_path, env=env
    ) as parent:
        pid = int(parent.stdout.readline())
        parent.kill()
    until = time.monotonic() + 30
    state = Path(f"/proc/{pid}/stat")
    while state.exists() and state.read_text().rpartition(")")[2].split()[0] != "Z":
        assert time.monotonic() < until, "the process outlives its program"
        time.sleep(0.05)


def test_a_check_ends_it_in_any_case(monkeypatch, tmp_path):
    """Where this year's inputs are faulty, nobody waits for last year's figures."""
    made = []

    def watched():
        made.append(
            comparator.Comparator(subprocess.Popen(["sleep", "60"], stdin=subprocess.PIPE, stdout=subprocess.PIPE))
        )
        return made[0]

    monkeypatch.setattr(build, "start_worker", watched)
    with pytest.raises(ReportFailed):
        build.check(Workspace(tmp_path, ROOT / "templates", tmp_path), Edition(2025))
    assert made[0].process is None
