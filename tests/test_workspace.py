"""Starting a year and laying out a workspace: all or nothing, and nothing is ever written over."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
import small_year

from reportgen import inputs, release
from reportgen.app import workspace
from reportgen.files import table_writers
from reportgen.model.edition import Edition
from reportgen.model.problem import ReportFailed, serious
from reportgen.scheme import data_dictionary, dictionary_page
from reportgen.synthetic import made_up_year

ROOT = Path(__file__).parents[1]


def tree(folder):
    return {str(path.relative_to(folder)): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


def everything(folder):
    return sorted(str(path.relative_to(folder)) for path in folder.rglob("*"))


def failed(call):
    with pytest.raises(ReportFailed) as raised:
        call()
    return [(p.code, int(p.stage)) for p in raised.value.problems if p.severity == "problem"]


@pytest.mark.parametrize("fmt", ["csv", "xlsx", "ods", "parquet"])
def test_an_empty_year_lacks_rows_and_nothing_else(tmp_path, fmt):
    lines = workspace.new(tmp_path, 2026, fmt=fmt)
    folder = tmp_path / "2026"
    assert {path.name for path in folder.iterdir()} == {
        "release.toml",
        *(f"{name}.{fmt}" for name in data_dictionary.TABLES),
    }
    settings = release.read(folder, Edition(2026))
    assert settings.problems == ()
    assert (settings.value.data, settings.value.invitations, settings.value.survey_method) == ("official", {}, {})
    found = inputs.read(folder, settings.value)
    essential = {name for name, table in data_dictionary.TABLES.items() if table.essential}
    assert {(p.code, p.file.partition("2026/")[2].partition(".")[0]) for p in serious(found.problems)} == {
        ("table-empty", name) for name in essential
    }
    assert any("as_at" in line for line in lines)


@pytest.mark.parametrize("fmt", ["csv", "xlsx", "ods", "parquet"])
def test_a_made_up_year_is_right_in_every_format(tmp_path, fmt):
    workspace.new(tmp_path, 2025, illustrative=30, fmt=fmt)
    settings = release.read(tmp_path / "2025", Edition(2025))
    assert settings.value.illustrative
    found = inputs.read(tmp_path / "2025", settings.value)
    assert serious(found.problems) == []
    dated = found.value.penalties["notice_date"]
    assert ((dated >= "2025-04-01") & (dated <= "2026-03-31")).sum() == 30


@pytest.mark.parametrize("year", [2001, 2012, 2022])
def test_a_made_up_year_of_long_ago_keeps_the_law_of_its_days(tmp_path, year):
    workspace.new(tmp_path, year, illustrative=300)
    found = inputs.read(tmp_path / str(year), release.read(tmp_path / str(year), Edition(year)).value)
    assert serious(found.problems) == []
    assert set(found.value.penalties["section"]) == ({"32", "31A"} if year == 2022 else {"32"})


def test_a_made_up_year_has_a_target_and_an_office_decides_its_own():
    assert made_up_year.settings(2026).objection_days == 42
    assert made_up_year.settings(2026, data="official").objection_days is None
    assert "# objection_days = 42" in release.as_toml(made_up_year.settings(2026, data="official"))


def test_another_seed_is_another_year_and_the_same_seed_the_same(tmp_path):
    for name, seed in (("a", 0), ("b", 0), ("c", 1), ("d", -1)):
        workspace.new(tmp_path / name, 2025, illustrative=5, seed=seed)
    made = [tree(tmp_path / name) for name in "abcd"]
    assert made[0] == made[1]
    assert len({one["2025/penalties.csv"] for one in made}) == 3


def test_the_shipped_years_are_those_that_the_program_makes(tmp_path):
    first = made_up_year.files(2024, workspace.YEAR_BEFORE, responses=318)
    assert first == tree(ROOT / "inputs" / "2024")
    (tmp_path / "2024").mkdir()
    for name, data in first.items():
        (tmp_path / "2024" / name).write_bytes(data)
    workspace.new(tmp_path, 2025, illustrative=workspace.NOTICES)
    assert tree(tmp_path / "2025") == tree(ROOT / "inputs" / "2025")
    workspace.init(tmp_path / "fresh")
    assert tree(tmp_path / "fresh" / "inputs" / "2025") == tree(ROOT / "inputs" / "2025")


EVENTS = {
    "issued": 1, "increased": 1, "refunded": 1, "reduced": -1, "cancelled": -1, "paid": -1, "written off": -1
}  # fmt: skip


def owed(ledger, day):
    """What each notice owes at the end of the day, where it owes or is due anything."""
    found = {}
    for notice, when, event, amount in zip(*(ledger[name] for name in list(ledger)[:4]), strict=True):
        if when <= day:
            found[notice] = found.get(notice, 0) + EVENTS[event] * int(amount)
    return {notice: amount for notice, amount in found.items() if amount}


def test_made_up_years_in_a_row_join():
    """Each begins with what the one before leaves owed, notice by notice; what was settled is left behind."""
    made = [made_up_year.year(2023, 60), made_up_year.year(2024, 50, before=(60,))]
    made.append(made_up_year.year(2025, 70, before=(50, 60)))
    for earlier, later, day in zip(made, made[1:], ("2024-03-31", "2025-03-31"), strict=False):
        assert owed(later["ledger"], day) == owed(earlier["ledger"], day) != {}
        old = {n for n, when in zip(*list(later["penalties"].values())[::2][:2], strict=True) if when <= day}
        assert old == set(owed(earlier["ledger"], day))
        assert len(set(later["penalties"]["notice_ref"])) == len(later["penalties"]["notice_ref"])
        assert set(later["penalties"]["incident_ref"]) <= set(later["incidents"]["incident_ref"])


def test_a_made_up_year_continues_the_years_before_it(tmp_path):
    for year, notices in ((2023, 30), (2024, 20), (2025, 40)):
        workspace.new(tmp_path, year, illustrative=notices)
    assert tree(tmp_path / "2025") == made_up_year.files(2025, 40, before=(20, 30))
    workspace.new(tmp_path, 2027, illustrative=30)
    assert tree(tmp_path / "2027") == made_up_year.files(2027, 30)
    settings = tmp_path / "2025" / "release.toml"
    settings.write_text(settings.read_text("utf-8").replace('data = "illustrative"', 'data = "official"'), "utf-8")
    workspace.new(tmp_path, 2026, illustrative=10)
    assert tree(tmp_path / "2026") == made_up_year.files(2026, 10)


def test_what_is_there_is_never_written_over(tmp_path):
    small_year.put(tmp_path / "2025")
    before = tree(tmp_path)
    for more in ({}, {"illustrative": 3}, {"from_year": 2025}):
        assert failed(lambda more=more: workspace.new(tmp_path, 2025, **more)) == [("already-there", 10)]
    assert tree(tmp_path) == before
    (tmp_path / "2030").symlink_to(tmp_path / "nowhere")
    assert failed(lambda: workspace.new(tmp_path, 2030)) == [("already-there", 10)]


def converted(folder, fmt):
    for name, rows in small_year.year().items():
        columns = {head: [row[n] for row in rows[1:]] for n, head in enumerate(rows[0])}
        (folder / f"{name}.csv").unlink()
        (folder / f"{name}.{fmt}").write_bytes(table_writers.encode(name, columns, fmt))


@pytest.mark.parametrize("fmt", ["csv", "xlsx", "ods", "parquet"])
def test_a_year_goes_on_from_another_whatever_its_format(tmp_path, fmt):
    folder = small_year.put(
        tmp_path / "2025",
        release="""as_at = 2026-06-30
places = ["Zeebrugge"]
[targets]
objection_days = 20
[survey]
invitations = { driver = 90 }
population = { driver = 40000 }
[disclosure]
threshold = 6
[publication]
title = "Penalties 2025 to 2026"
published = 2026-09-30
[sign_off]
analyst = "A"
[waivers.x]
who = "w"
when = 2026-01-01
why = "y"
[qa]
assumptions = ["a"]
decisions = ["d"]
[qa.received.penalties]
owner = "Case team"
date = 2026-07-01
""",
    )
    if fmt != "csv":
        converted(folder, fmt)
    lines = workspace.new(tmp_path, 2026, from_year=2025, fmt="csv")
    made = tmp_path / "2026"
    settings = release.read(made, Edition(2026))
    assert settings.problems == ()
    new = settings.value
    assert (new.places[-1], new.objection_days, new.disclosure.threshold, new.population) == (
        "Zeebrugge",
        20,
        6,
        {"driver": 40000},
    )
    assert (new.as_at.isoformat(), new.publication.title) == ("2027-06-30", "Penalties 2026 to 2027")
    assert (new.invitations, new.publication.published, new.sign_off.analyst, new.waivers) == ({}, None, "", ())
    assert (new.assumptions, new.decisions) == (("a",), ())
    assert new.received["penalties"] == release.Received("Case team", None)
    kept = inputs.read_some(made, new, workspace.CARRIED)
    assert serious(kept.problems) == []
    assert kept.value["questions"]["options"].tolist()[0] == ("Very clear", "Fairly clear", "Not clear")
    assert kept.value["actions"]["action_ref"].tolist() == ["A-2"]
    assert kept.value["actions"]["due_date"].astype("str").tolist() == ["2026-09-30"]
    assert kept.value["recommendations"]["number"].tolist() == [7, 8]
    assert kept.value["published"]["value"].tolist() == [1276.0]
    header = (made / "survey.csv").read_text().strip()
    assert (
        header
        == "response_id,role,invited_through,had_penalty,registered_in,clear_letter,helps,comment,themes,quotable"
    )
    assert all(len(line) <= 80 for line in lines)
    told = " ".join(" ".join(lines).split())
    for word in (
        "2 questions",
        "1 actions still open (1 finished",
        "2 recommendations",
        "as_at is 2027-06-30",
        "invitations",
    ):
        assert word in told


def test_a_made_up_year_stays_made_up_when_it_goes_on(tmp_path):
    small_year.put(tmp_path / "2025")
    lines = workspace.new(tmp_path, 2026, from_year=2025)
    assert release.read(tmp_path / "2026", Edition(2026)).value.illustrative
    assert "is made up" in " ".join(lines)


def test_a_year_that_is_faulty_does_not_go_on(tmp_path):
    folder = small_year.put(tmp_path / "2025")
    (folder / "actions.csv").write_text((folder / "actions.csv").read_text().replace("in progress", "nearly"))
    (folder / "questions.csv").write_bytes(b"")
    (folder / "penalties.csv").write_bytes(b"not needed for this")
    assert sorted(failed(lambda: workspace.new(tmp_path, 2026, from_year=2025))) == [
        ("file-empty", 11),
        ("unknown-category", 11),
    ]
    assert failed(lambda: workspace.new(tmp_path, 2031, from_year=2030)) == [("no-year-folder", 10)]
    assert everything(tmp_path)[0] == "2025"
    assert not (tmp_path / "2026").exists()


def test_a_year_without_the_tables_that_go_on(tmp_path):
    folder = small_year.put(tmp_path / "2025")
    for name in workspace.CARRIED:
        (folder / f"{name}.csv").unlink()
    workspace.new(tmp_path, 2026, from_year=2025)
    assert (tmp_path / "2026" / "actions.csv").read_text().count("\n") == 1


def test_a_leap_day_goes_on_to_the_28th(tmp_path):
    small_year.put(tmp_path / "2027", release="as_at = 2028-02-29")
    workspace.new(tmp_path, 2028, from_year=2027)
    assert release.read(tmp_path / "2028", Edition(2028)).value.as_at.isoformat() == "2029-02-28"


def test_a_workspace_is_whole(tmp_path):
    place = tmp_path / "deep" / "office"
    lines = workspace.init(place)
    assert sorted(path.name for path in place.iterdir()) == ["inputs", "templates"]
    assert tree(place / "templates") == {
        name: data for name, data in tree(ROOT / "templates").items() if "__pycache__" not in name
    }
    assert (place / "inputs" / "README.md").read_text("utf-8") == dictionary_page.dictionary()
    assert tree(place / "inputs" / "2025") == tree(ROOT / "inputs" / "2025")
    assert "reportgen build --year 2025" in lines[-1]


def test_a_workspace_is_laid_out_in_a_folder_that_has_other_things(tmp_path):
    (tmp_path / "notes.txt").write_text("keep")
    workspace.init(tmp_path)
    assert (tmp_path / "notes.txt").read_text() == "keep"
    assert failed(lambda: workspace.init(tmp_path)) == [("already-there", 10)]


@pytest.mark.parametrize("name", ["templates", "inputs"])
def test_a_workspace_is_laid_out_whole_or_not_at_all(tmp_path, name):
    (tmp_path / name).mkdir()
    assert failed(lambda: workspace.init(tmp_path)) == [("already-there", 10)]
    assert everything(tmp_path) == [name]


def test_nothing_is_left_when_the_second_move_fails(tmp_path, monkeypatch):
    rename, moved = Path.rename, []

    def once(path, target):
        moved.append(target)
        if len(moved) > 1:
            raise OSError(28, "No space left on device")
        return rename(path, target)

    monkeypatch.setattr(Path, "rename", once)
    assert failed(lambda: workspace.init(tmp_path / "a" / "b")) == [("folder-not-writable", 10)]
    assert everything(tmp_path) == []


def test_nothing_is_left_when_writing_fails(tmp_path, monkeypatch):
    def full(path, data):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "write_bytes", full)
    assert failed(lambda: workspace.new(tmp_path / "inputs", 2026)) == [("folder-not-writable", 10)]
    assert everything(tmp_path) == []


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_folder_that_cannot_be_written(tmp_path):
    tmp_path.chmod(0o500)
    assert failed(lambda: workspace.new(tmp_path / "inputs", 2026)) == [("folder-not-writable", 10)]


def test_the_root_is_beside_the_project_or_the_templates_or_here(tmp_path, monkeypatch):
    here = tmp_path / "office" / "inputs" / "2025"
    here.mkdir(parents=True)
    monkeypatch.chdir(here)
    assert workspace.find_root() == here
    (tmp_path / "office" / "templates" / "annual").mkdir(parents=True)
    assert workspace.find_root() == tmp_path / "office"
    (tmp_path / "pyproject.toml").write_text("")
    assert workspace.find_root() == tmp_path / "office"
    (tmp_path / "office" / "templates" / "annual").rmdir()
    assert workspace.find_root() == tmp_path


def test_the_commands_say_what_they_did(tmp_path):
    script = "from reportgen.app.cli import main; main()"
    done = subprocess.run(
        [sys.executable, "-c", script, "init", "office"], cwd=tmp_path, capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert "cd office && reportgen build --year 2025" in done.stdout
    again = subprocess.run(
        [sys.executable, "-c", script, "init", "office"], cwd=tmp_path, capture_output=True, text=True, check=False
    )
    assert again.returncode == 10
    assert "already-there" in again.stderr
    assert "Traceback" not in again.stderr
