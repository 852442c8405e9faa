"""A second edition: what was published is on record, and what differs by few records is refused.

Each attack subtracts one edition from another as a reader would.
"""

import csv
import io
import shutil
from dataclasses import replace

import cells
import pytest
import small
from cells import count, money, release, rests, share
from click.testing import CliRunner

from reportgen import disclosure
from reportgen.app import build, store
from reportgen.app.cli import cli
from reportgen.formats.open_data import statistics_csv
from reportgen.model.edition import Edition
from reportgen.model.problem import ReportFailed, exit_code, serious
from reportgen.model.stages import Workspace
from reportgen.release import editions

NOTICES = "penalties.issued"
DATA = frozenset({"csv"})


def year(drivers, owners, *more):
    """Notices by role; the owners are hidden where they are few."""
    made = cells.year(
        count(NOTICES, drivers + owners + 30),
        count(NOTICES, drivers, role="driver"),
        count(NOTICES, owners, role="owner"),
        count(NOTICES, 30, role="hirer"),
        *more,
    )
    return replace(made, as_at=made.period.last)


def rows(statistics, **changed):
    """What is on record of a year."""
    found = disclosure.protect(statistics, release(statistics))
    data = editions.record(statistics_csv(found.value), None, statistics.as_at)
    return [row | changed for row in csv.DictReader(io.StringIO(data.decode()))]


def again(statistics, before, *, final=True):
    return disclosure.protect(statistics, replace(release(statistics), final=final), published=before)


def test_the_same_year_again_is_no_new_edition():
    assert again(year(40, 8), rows(year(40, 8))).problems == ()


@pytest.mark.parametrize(("more", "refused"), [(1, True), (4, True), (5, False)])
def test_a_count_that_differs_by_few_is_refused(more, refused):
    found = again(year(40 + more, 8), rows(year(40, 8)))
    codes = {problem.code for problem in found.problems}
    assert ("edition-isolates" in codes) is refused
    assert (exit_code(found.problems) == 13) is refused


def test_what_an_earlier_edition_hid_stays_hidden():
    found = again(year(41, 5), rows(year(40, 4)))
    (problem,) = [one for one in found.problems if one.code == "edition-shows-hidden"]
    assert "penalties.issued{role=owner}" in problem.message
    assert problem.stage == 13


def test_a_draft_says_so_and_is_made():
    found = again(year(41, 5), rows(year(40, 4)), final=False)
    assert not serious(found.problems)
    assert {one.code for one in found.problems} == {"edition-shows-hidden", "edition-isolates"}


@pytest.mark.parametrize(
    ("then", "now", "refused"),
    [
        ((900, 20), (900, 20), False),
        ((900, 20), (905, 20), True),  # one payment put right: the difference is that payment
        ((900, 20), (900, 21), True),
        ((900, 20), (900, 26), False),
    ],
)
def test_a_sum_that_differs_by_few_notices_is_refused(then, now, refused):
    before, after = (year(40, 8, money("money.paid", [amount] * number)) for amount, number in (then, now))
    codes = {one.code for one in again(after, rows(before)).problems}
    assert ("edition-isolates" in codes) is refused


def test_sums_read_on_a_later_day_move_by_what_happened_since():
    before, after = (year(40, 8, money("money.paid", [amount] * 20)) for amount in (900, 905))
    assert again(after, rows(before, as_at="2026-01-31")).problems == ()


@pytest.mark.parametrize(("part", "base", "refused"), [(12, 31, True), (13, 30, True), (18, 36, False)])
def test_a_share_that_differs_by_few_answers_is_refused(part, base, refused):
    before, after = (year(40, 8, share("survey.clear.positive", number, of)) for number, of in ((12, 30), (part, base)))
    assert (again(after, rows(before)).problems != ()) is refused


def test_medians_are_not_subtracted():
    before, after = (year(40, 8, rests("notice.days.median", days, 78)) for days in (30, 31))
    assert again(after, rows(before)).problems == ()


def test_another_year_on_record_is_another_year():
    assert again(year(41, 5), rows(year(40, 4), period="1999 to 2000")).problems == ()


# The record ---------------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def published(tmp_path_factory):
    """An official year whose first edition was made by the command."""
    made = small.workspace(tmp_path_factory.mktemp("published"))
    done = command(made, "--final")
    assert done.exit_code == 0, done.output
    return made


def command(workspace, *more):
    names = ("inputs", "templates", "outputs")
    places = [part for name in names for part in (f"--{name}", str(getattr(workspace, name)))]
    return CliRunner().invoke(cli, ["build", "--year", "2025", "--only", "csv", *places, *more])


def copied(workspace, folder):
    shutil.copytree(workspace.inputs, folder / "inputs")
    return Workspace(folder / "inputs", workspace.templates, folder / "elsewhere")


def test_a_final_build_keeps_what_it_shows_and_nothing_else(published):
    (path,) = (published.inputs / "2025/published").iterdir()
    assert path.name == "edition-1.csv"
    kept = [*csv.DictReader(io.StringIO(path.read_text()))]
    for name in ("statistics", "previous"):
        shown = [*csv.DictReader(io.StringIO((published.outputs / f"2025/data/{name}.csv").read_text("utf-8-sig")))]
        period = shown[0]["period"]
        mine = [{key: row[key] for key in shown[0]} for row in kept if row["period"] == period]
        assert mine == shown
    assert {row["as_at"] for row in kept} == {"2026-06-30"}
    assert all(not row["value"] and not row["base"] for row in kept if row["marker"])


def test_the_final_built_again_is_the_same_edition_byte_for_byte(published, tmp_path):
    before = {path.name: path.read_bytes() for path in (published.outputs / "2025").rglob("*") if path.is_file()}
    there = copied(published, tmp_path)
    assert command(there, "--final").exit_code == 0
    after = {path.name: path.read_bytes() for path in (there.outputs / "2025").rglob("*") if path.is_file()}
    assert after == before
    assert [path.name for path in (there.inputs / "2025/published").iterdir()] == ["edition-1.csv"]


def test_a_draft_keeps_nothing(published, tmp_path):
    there = copied(published, tmp_path)
    shutil.rmtree(there.inputs / "2025/published")
    assert command(there).exit_code == 0
    assert not (there.inputs / "2025/published").exists()


def late(workspace):
    """One notice more, of an incident that is there already."""
    path = workspace.inputs / "2025/penalties.csv"
    lines = path.read_text().splitlines()
    head = lines[0].split(",")
    row = next(line for line in lines[1:] if ",unpaid" in line and line.split(",")[head.index("objection_date")] == "")
    notice = row.split(",")[0]
    path.write_text("\n".join([*lines, row.replace(notice, "N-999999"), ""]))
    ledger = workspace.inputs / "2025/ledger.csv"
    events = ledger.read_text().splitlines()
    events += [event.replace(notice, "N-999999") for event in events if event.startswith(notice)]
    ledger.write_text("\n".join([*events, ""]))


def test_a_late_notice_is_not_revealed_by_a_second_edition(published, tmp_path):
    """Another folder of outputs, a clean copy of the inputs: the record alone knows what is out."""
    there = copied(published, tmp_path)
    late(there)
    done = command(there, "--final")
    assert done.exit_code == 13, done.output
    assert "edition-isolates" in done.stderr
    assert "penalties.issued" in done.stderr
    assert not there.outputs.exists()
    assert [path.name for path in (there.inputs / "2025/published").iterdir()] == ["edition-1.csv"]


def test_without_the_record_nobody_would_know(published, tmp_path):
    """The attack: both editions side by side give the late notice's section, role, place and amount."""
    there = copied(published, tmp_path)
    late(there)
    shutil.rmtree(there.inputs / "2025/published")
    made = build.build(there, Edition(2025), final=True, only=DATA)
    before = values((published.outputs / "2025/data/statistics.csv").read_bytes())
    after = values(made.files["data/statistics.csv"])
    moved = {name for name in before.keys() & after.keys() if name[0] == NOTICES and after[name] - before[name] == 1}
    assert any(name[1] == "section" for name in moved)
    answer = next(one for one in made.checks if one.id == "earlier-editions")
    assert answer.result == "answered"  # by a person, who must say that nothing is out
    assert any("2025/published" in line for line in answer.evidence)
    assert b"2025/published" in made.files["qa/sign-off.html"]


def values(data):
    return {
        (row["measure"], row["breakdown_1"], row["category_1"], row["breakdown_2"], row["category_2"]): float(
            row["value"]
        )
        for row in csv.DictReader(io.StringIO(data.decode("utf-8-sig")))
        if row["value"]
    }


@pytest.mark.parametrize("fault", ["cut", "link", "words"])
def test_a_record_that_cannot_be_read_stops_the_build(published, tmp_path, fault):
    there = copied(published, tmp_path)
    path = there.inputs / "2025/published/edition-1.csv"
    data = path.read_bytes()
    path.unlink()
    if fault == "link":
        (tmp_path / "other.csv").write_bytes(data)
        path.symlink_to(tmp_path / "other.csv")
    else:
        path.write_bytes(data.replace(b",as_at", b"") if fault == "cut" else b"\xff\xfe")
    with pytest.raises(ReportFailed) as failed:
        build.compose(there, Edition(2025), drawn=False)
    assert {problem.code for problem in serious(failed.value.problems)} == {"edition-unreadable"}


def test_a_record_that_cannot_be_kept_makes_no_publication(published, tmp_path, monkeypatch):
    there = copied(published, tmp_path)
    shutil.rmtree(there.inputs / "2025/published")
    monkeypatch.setattr(editions.os, "fsync", lambda _: (_ for _ in ()).throw(OSError(28, "No space left on device")))
    done = command(there, "--final")
    assert done.exit_code == 14
    assert "edition-not-kept" in done.stderr
    assert not there.outputs.exists()
    assert not (there.inputs / "2025/published").exists()


def test_a_publication_that_cannot_be_written_keeps_no_record(published, tmp_path, monkeypatch):
    there = copied(published, tmp_path)
    shutil.rmtree(there.inputs / "2025/published")
    monkeypatch.setattr(store, "_write", lambda *_: (_ for _ in ()).throw(OSError(28, "No space left on device")))
    assert command(there, "--final").exit_code == 14
    assert not (there.inputs / "2025/published").exists()


def test_records_of_the_years_beside_are_read(published, tmp_path):
    there = copied(published, tmp_path)
    record = (there.inputs / "2025/published/edition-1.csv").read_bytes()
    for other in (2024, 2026):
        (there.inputs / f"{other}/published").mkdir(parents=True)
        (there.inputs / f"{other}/published/edition-1.csv").write_bytes(record)
    out = editions.around(there.inputs, Edition(2025)).value
    assert [one.file for one in out.own] == ["inputs/2025/published/edition-1.csv"]
    assert sorted(one.file for one in out.beside) == [f"inputs/{n}/published/edition-1.csv" for n in (2024, 2026)]
