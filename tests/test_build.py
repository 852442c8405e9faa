"""The command as it is typed: what it writes, what it says, with which code it ends, and that a failure changes nothing."""

import hashlib
import json
import os
import re
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from small import ROOT

from reportgen.app import build
from reportgen.checks import readers
from reportgen.checks.html_tree import parse
from reportgen.model.edition import Edition
from reportgen.model.stages import Workspace

RUN = (sys.executable, "-c", "from reportgen.app.cli import main; main()")
# As in a terminal, wherever the tests run: in the background a program is born deaf to Ctrl-C.
TYPED = (*RUN[:2], f"import signal; signal.signal(signal.SIGINT, signal.default_int_handler); {RUN[2]}")
STEM = "cecps-annual-report-2025"


def environment(**more):
    return {**os.environ, "PYTHONPATH": str(ROOT), **more}


def reportgen(*arguments, folder, **more):
    """The command in a workspace: its exit code, what it says on standard output and error."""
    done = subprocess.run(
        [*RUN, *arguments], cwd=folder, env=environment(**more), capture_output=True, text=True, check=False
    )
    assert "Traceback" not in done.stderr
    return done.returncode, done.stdout, done.stderr


def digest(folder):
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


@pytest.fixture(scope="module")
def place(office, tmp_path_factory):
    """A copy of the small office with its outputs, for failures that must change nothing."""
    root = tmp_path_factory.mktemp("place")
    shutil.copytree(office.workspace.inputs.parent, root, dirs_exist_ok=True)
    return root


@pytest.fixture
def unchanged(place):
    """The outputs before and after are the same, byte for byte, and nothing lies beside them."""
    before, names = digest(place / "outputs"), sorted(path.name for path in place.iterdir())
    yield place
    assert digest(place / "outputs") == before
    assert sorted(path.name for path in place.iterdir()) == names


def edited(path, old, new):
    """Change a file for the time of a test."""
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), "utf-8")
    return text


def test_a_finished_year_holds_every_file_of_the_contract(office):
    names = set(digest(office.folder))
    expected = {f"{STEM}.{kind}" for kind in ("pdf", "html", "md", "ods")}
    expected |= {"figures.json", "checks.json", "checks.html", "manifest.json", "data/statistics.csv"}
    expected |= {"publish/checklist.html", "publish/checklist.md", "qa/data-log.csv", "qa/log.html", "qa/sign-off.html"}
    numbers = office.publication.composed.numbers
    expected |= {f"data/{name}.csv" for name in numbers.tables}
    expected |= {f"charts/{name}.{kind}" for name in numbers.charts for kind in ("svg", "png")}
    assert names == expected | {"data/previous.csv", "data/csv-metadata.json", "data/README.txt"}
    assert set(office.publication.files) == names


def test_a_table_has_the_same_number_in_the_report_and_in_the_spreadsheet(office):
    page = parse(office.report("html").decode())
    titles = [re.sub(r"\s+", " ", caption.text()) for caption in page.all("caption") if caption.first("span")]
    titles = [title.replace("’", "'") for title in titles]  # as the reader of the spreadsheet gives them
    sheets, _ = readers.spreadsheet(office.report("ods"))
    named = [(sheet.name, re.sub(r"( \[note \d+\])+$", "", sheet.rows[0][0].text)) for sheet in sheets[3:]]
    for title, (name, words) in zip(titles, named, strict=False):
        assert title.startswith(f"{name.replace('_', ' ')}: {words}")
    assert len(titles) > 30
    assert len(named) == len(office.publication.composed.numbers.tables)


def test_the_manifest_names_every_input_template_and_output(office):
    manifest = json.loads((office.folder / "manifest.json").read_bytes())
    assert manifest["outputs"] == {
        name: value for name, value in digest(office.folder).items() if name != "manifest.json"
    }
    assert manifest["inputs"] == digest(office.workspace.inputs)
    words = {
        name: value for name, value in digest(office.workspace.templates / "annual").items() if name != "README.md"
    }
    assert manifest["templates"] == words
    assert manifest["final"] is True


def test_a_year_that_is_not_there_is_10(unchanged):
    code, said, told = reportgen("build", "--year", "2019", folder=unchanged)
    assert code == 10
    assert "inputs/2019" in told
    assert said == ""


def test_wrong_usage_is_2(unchanged):
    code, _, told = reportgen("build", "--year", "2025", "--only", "pdff", folder=unchanged)
    assert code == 2
    assert "Did you mean “pdf”?" in told


def test_a_faulty_input_is_11_with_its_row_and_all_problems_at_once(unchanged):
    path, page = unchanged / "inputs/2025/penalties.csv", unchanged / "templates/annual/chapters/main-points.md"
    rows = path.read_text("utf-8").split("\n")
    before, words = path.read_text("utf-8"), edited(page, "penalties.issued", "penalties.isued")
    rows[4] = rows[4].replace("driver", "pilot").replace("owner", "pilot").replace("hirer", "pilot")
    path.write_text("\n".join(rows), "utf-8")
    try:
        code, said, _ = reportgen("build", "--year", "2025", "--json", folder=unchanged)
    finally:
        path.write_text(before, "utf-8")
        page.write_text(words, "utf-8")
    problems = [json.loads(line) for line in said.splitlines()]
    assert code == 11
    faulty = next(one for one in problems if one["file"].endswith("penalties.csv") and one["severity"] == "problem")
    assert (faulty["row"], faulty["value"]) == (5, "pilot")
    assert any((one["code"], one["value"]) == ("unknown-figure", "penalties.isued") for one in problems)
    assert list(faulty) == [
        "code",
        "severity",
        "message",
        "file",
        "sheet",
        "row",
        "column",
        "line",
        "value",
        "hint",
        "count",
    ]


def test_a_misspelt_name_in_a_chapter_is_12_with_its_line(unchanged):
    path = unchanged / "templates/annual/chapters/penalties.md"
    before = edited(path, "penalties.issued", "penalties.isued")
    try:
        code, _, told = reportgen("build", "--year", "2025", folder=unchanged)
    finally:
        path.write_text(before, "utf-8")
    assert code == 12
    assert "chapters/penalties.md:" in told
    assert "penalties.issued" in told
    assert "Nothing was written" in told


def test_outputs_that_cannot_be_written_are_14(place, tmp_path):
    (tmp_path / "outputs").write_text("a file")
    code, _, told = reportgen(
        "build", "--year", "2025", "--only", "csv", "--outputs", str(tmp_path / "outputs"), folder=place
    )
    assert code in {2, 14}
    assert "outputs" in told
    assert (tmp_path / "outputs").read_text() == "a file"


def test_a_check_that_fails_is_15_with_final_and_a_listed_failure_without(unchanged, tmp_path):
    path = unchanged / "inputs/2025/release.toml"
    before = edited(path, 'change_note = "First published."', 'change_note = ""')
    try:
        final = reportgen("build", "--year", "2025", "--final", "--only", "html", folder=unchanged)
        more = ("--only", "html", "-v", "--outputs", str(tmp_path / "o"))
        draft = reportgen("build", "--year", "2025", *more, folder=unchanged)
        checked = [reportgen("check", "--year", "2025", *option, folder=unchanged) for option in ((), ("--final",))]
    finally:
        path.write_text(before, "utf-8")
    assert final[0] == 15
    assert [code for code, _, _ in checked] == [0, 15]
    assert all("change_note" in told and "nothing final" in said for _, said, told in checked)
    assert "change_note" in final[2]
    assert draft[0] == 0
    assert "DRAFT" in draft[1]
    assert "Notice payment-overdue" in draft[2]
    assert "8/8 Checking the publication" in draft[2]
    assert "DRAFT" in (tmp_path / "o/2025/checks.html").read_text("utf-8").upper()
    made = set(digest(tmp_path / "o/2025"))
    assert f"{STEM}.html" in made
    assert not {f"{STEM}.pdf", f"{STEM}.md", "data/statistics.csv"} & made


@pytest.mark.parametrize("last_year", ["official", "illustrative"])
def test_an_official_year_is_not_compared_with_a_made_up_one(place, tmp_path, last_year):
    shutil.copytree(place / "inputs", tmp_path / "inputs")
    path = tmp_path / "inputs/2024/release.toml"
    edited(path, 'data = "official"', f'data = "{last_year}"')
    workspace = Workspace(tmp_path / "inputs", place / "templates", tmp_path / "outputs")
    composed = build.compose(workspace, Edition(2025), drawn=False)
    numbers, real = composed.numbers, last_year == "official"
    told = [one.file for one in composed.problems if one.code == "made-up-last-year"]
    assert told == ([] if real else ["inputs/2024/release.toml"])
    assert (numbers.previous is not None) == (numbers.statistics.previous is not None) == real


@pytest.fixture(scope="module")
def part(place, tmp_path_factory):
    """A publication of some outputs, made quietly: what was said, and where it is."""
    outputs = tmp_path_factory.mktemp("part")
    arguments = ("build", "--year", "2025", "--only", "csv,md", "-q", "--outputs", str(outputs))
    return reportgen(*arguments, folder=place), outputs / "2025"


def test_quiet_says_nothing(part):
    said, folder = part
    assert said == (0, "", "")
    assert {name for name in digest(folder) if name.startswith(("charts", "cecps"))} == {f"{STEM}.md"}


@pytest.mark.parametrize(("sign", "stage"), [(signal.SIGINT, "4/8"), (signal.SIGTERM, "7/8"), (signal.SIGKILL, "7/8")])
def test_a_build_that_is_stopped_says_so_changes_nothing_and_leaves_no_process(unchanged, sign, stage):
    process = subprocess.Popen(
        [*TYPED, "build", "--year", "2025"],
        cwd=unchanged,
        env=environment(),
        stderr=subprocess.PIPE,
        text=True,
    )
    for line in process.stderr:
        if line.startswith(stage):
            break
    children = Path(f"/proc/{process.pid}/task/{process.pid}/children").read_text().split()
    process.send_signal(sign)
    told = process.stderr.read()
    code = process.wait(30)
    process.stderr.close()
    if sign is signal.SIGKILL:
        assert code == -9
    else:
        assert code == 128 + sign
        assert told.strip().startswith("Stopped.")
        assert "Traceback" not in told
    assert children
    until = time.monotonic() + 10
    while any(Path(f"/proc/{child}").exists() for child in children):
        assert time.monotonic() < until, "the drawing process lives on"
        time.sleep(0.02)


def test_verify_builds_again_and_says_which_file_is_not_as_made(part, place):
    _, folder = part
    path = folder / "data/statistics.csv"
    before = path.read_text("utf-8")
    path.write_text(before.replace(",200,", ",201,", 1), "utf-8")
    code, said, _ = reportgen("verify", str(folder), "--json", folder=place)
    (problem,) = map(json.loads, said.splitlines())
    assert code == 15
    assert (problem["code"], problem["file"]) == ("output-differs", "2025/data/statistics.csv")
    assert problem["hint"] == "It was changed after it was made."
