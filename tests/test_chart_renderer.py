"""The process that renders charts: started once, restarted if it dies, the same bytes each time."""

import os
import re
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest

from reportgen import charts, worker_process
from reportgen.charts import bars, renderer_process, theme
from reportgen.model.chart import Plotted
from reportgen.model.problem import ReportFailed
from reportgen.scheme import publication_spec

DRAW = """
import json, sys
from reportgen.charts import bars, renderer_process, theme
from reportgen.model.chart import Plotted
groups = [bars.BarGroup(name, (Plotted(n, str(n)), Plotted(n + 3.0, str(n + 3)))) for n, name in enumerate("ABCDE")]
made = renderer_process.HELPER.draw([bars.bars(groups, ("Now", "Then"), theme.FOCUS).plain()])[0]
picture = renderer_process.HELPER.picture(made)
import hashlib
print(made.svg)
print(hashlib.sha256(picture).hexdigest())
"""


def drawn_elsewhere(folder, **environment):
    root = str(Path(charts.__file__).parents[2])
    env = {**os.environ, "PYTHONPATH": root, **environment}
    done = subprocess.run(
        [sys.executable, "-X", "dev", "-W", "error", "-c", DRAW],
        env=env,
        cwd=folder,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.stderr == ""
    assert done.returncode == 0
    return done.stdout


def test_two_processes_draw_the_same_bytes_and_leave_nothing_open(tmp_path):
    one = drawn_elsewhere("/", PYTHONHASHSEED="1", TZ="Asia/Tokyo", LC_ALL="C")
    other = drawn_elsewhere(tmp_path, PYTHONHASHSEED="2", TZ="America/Lima", LANG="de_DE.UTF-8")
    assert one == other
    assert "<svg" in one


def canvas(n):
    return bars.bars(
        [bars.BarGroup("A", (Plotted(n, str(n)),)), bars.BarGroup("B", (Plotted(9, "9"),))], ("",), theme.PALETTE
    )


def gone(pid):
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return True
    return False


def test_the_same_chart_is_rendered_only_once():
    own = renderer_process.Helper()
    try:
        first = own.draw([canvas(1).plain()])[0]
        second = own.draw([canvas(2).plain(), canvas(1).plain()])
        assert second[1] is first
        assert second[0] is not first
        assert own.picture(first)[:4] == own.picture(second[0])[:4] == b"\x89PNG"
        process = own.process
        assert own.draw([canvas(1).plain()])[0] is first
        assert own.process is process
    finally:
        own.close()
    assert gone(process.pid)


def test_the_renderer_starts_once_and_stops_even_if_nothing_was_drawn():
    own = renderer_process.Helper()
    own.start()
    process = own.process
    own.start()
    assert own.process is process
    own.close()
    own.close()
    assert gone(process.pid)
    assert own.process is None


def test_a_renderer_that_died_is_restarted():
    own = renderer_process.Helper()
    try:
        own.start()
        own.process.kill()
        own.process.wait()
        assert own.draw([canvas(3).plain()])[0].svg.startswith("<svg")
    finally:
        own.close()


def test_a_renderer_that_dies_while_drawing_is_reported_and_restarted(monkeypatch):
    own = renderer_process.Helper()
    try:
        with monkeypatch.context() as patched:
            patched.setattr(
                worker_process,
                "PROGRAM",
                "import pickle, sys; pickle.load(sys.stdin.buffer); pickle.dump(['<svg/>'], sys.stdout.buffer)",
            )
            lost = own.draw([canvas(4).plain()])[0]
            with pytest.raises(ReportFailed) as failed:
                own.picture(lost)
        (problem,) = failed.value.problems
        assert problem.code == "charts-not-drawn"
        assert "doctor" in problem.hint
        again = own.draw([canvas(4).plain()])[0]
        assert again is not lost
        assert own.picture(again)[:4] == b"\x89PNG"
    finally:
        own.close()


def test_a_chart_that_cannot_be_drawn_is_a_problem_not_a_traceback():
    own = renderer_process.Helper()
    try:
        with pytest.raises(ReportFailed) as failed:
            own.draw([{"width": 1, "height": 1, "layers": [{"mark": "bar"}], "words": []}])
        assert own.process is None
        (problem,) = failed.value.problems
        assert "Traceback" not in f"{problem.message}{problem.hint}{problem.value}"
    finally:
        own.close()


def test_the_renderer_stops_when_its_program_is_killed(tmp_path):
    code = "from reportgen import charts\nfrom reportgen.charts.renderer_process import HELPER\nimport time\ncharts.warm()\nprint(HELPER.process.pid, flush=True)\ntime.sleep(60)\n"
    root = str(Path(charts.__file__).parents[2])
    with subprocess.Popen(
        [sys.executable, "-c", code],
        stdout=subprocess.PIPE,
        text=True,
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": root},
    ) as parent:
        pid = int(parent.stdout.readline())
        parent.kill()
    for _ in range(100):
        state = Path(f"/proc/{pid}/stat")
        if not state.exists() or state.read_text().rpartition(")")[2].split()[0] == "Z":
            return
        import time

        time.sleep(0.1)
    raise AssertionError("the helper outlives its program")


def test_outlines_have_the_same_words_and_do_not_start_the_renderer(chart_years, monkeypatch):
    year = chart_years["ordinary"]

    def started(_self):
        raise AssertionError("the drawing engine was started")

    monkeypatch.setattr(renderer_process.Helper, "start", started)
    made = charts.outline(publication_spec.charts(year.statistics), year.statistics, year.release)
    assert list(made) == list(year.charts)
    for id_, one in made.items():
        assert one.table == year.charts[id_].table
        assert one.base == year.charts[id_].base
        assert one.png == b""
        words = re.findall(r"<text[^>]*>([^<]*)</text>", one.svg)
        assert Counter(words) == Counter(re.findall(r"<text[^>]*>([^<]*)</text>", year.charts[id_].svg)), id_


def test_charts_rendered_together_are_the_same_as_rendered_alone():
    """Drawings that are made together are the same as each alone."""
    own = renderer_process.Helper()
    try:
        together = own.draw([canvas(n).plain() for n in (11, 12, 13)])
        own.known.clear()
        assert own.draw([canvas(12).plain()])[0].svg == together[1].svg
    finally:
        own.close()
