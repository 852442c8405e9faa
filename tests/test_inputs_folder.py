"""The folder of a year's inputs: missing, duplicate, linked and unknown files."""

import os
import shutil

import pytest
import small_year
from input_folder import BOOK, notices, problems, read, rows_of

from reportgen.model.edition import Edition
from reportgen.model.problem import together


def test_a_required_table_is_missing(year_folder):
    (year_folder / "actions.csv").unlink()
    assert [(p.code, p.file) for p in problems(year_folder)] == [("table-missing", "inputs/2025/actions.csv")]


def test_a_required_table_is_empty(year_folder):
    (year_folder / "actions.csv").write_text(small_year.as_csv(rows_of("actions")[:1]))
    assert [(p.code, p.file) for p in problems(year_folder)] == [("table-empty", "inputs/2025/actions.csv")]


def test_an_optional_table_without_rows_counts_as_absent(year_folder):
    (year_folder / "team.csv").write_text(small_year.as_csv(rows_of()[:1]))
    assert notices(year_folder) == {"table-empty"}
    assert read(year_folder).value.team is None
    (year_folder / "team.csv").unlink()
    assert read(year_folder).problems == ()


def test_two_files_for_one_table_are_a_problem(year_folder):
    (year_folder / "team.XLSX").write_bytes(BOOK)
    assert [(p.code, p.value) for p in problems(year_folder)] == [("two-files", "team.XLSX and team.csv")]


def test_a_folder_in_place_of_a_file_is_a_problem(year_folder):
    (year_folder / "team.csv").unlink()
    (year_folder / "team.csv").mkdir()
    assert [p.code for p in problems(year_folder)] == ["not-a-file"]


def test_reading_does_not_wait_for_a_pipe(year_folder):
    (year_folder / "team.csv").unlink()
    os.mkfifo(year_folder / "team.csv")
    assert [p.code for p in problems(year_folder)] == ["not-a-file"]


def test_a_link_out_of_the_folder_is_not_read(year_folder, tmp_path):
    shutil.move(year_folder / "team.csv", tmp_path / "elsewhere.csv")
    (year_folder / "team.csv").symlink_to(tmp_path / "elsewhere.csv")
    assert [p.code for p in problems(year_folder)] == ["link-outside"]


def test_a_link_inside_the_folder_is_read(year_folder):
    (year_folder / "team.csv").rename(year_folder / "team-export.data")
    (year_folder / "team.csv").symlink_to("team-export.data")
    assert notices(year_folder) == {"unknown-file"}


@pytest.mark.parametrize("target", ["team.csv", "nowhere.csv"])
def test_a_broken_link_is_a_problem(year_folder, target):
    (year_folder / "team.csv").unlink()
    (year_folder / "team.csv").symlink_to(target)
    assert [p.code for p in problems(year_folder)] in (["link-outside"], ["file-unreadable"])


def test_a_year_that_is_a_link_out_of_the_inputs_is_not_read(tmp_path):
    elsewhere = small_year.put(tmp_path / "elsewhere" / "2025")
    (tmp_path / "inputs").mkdir()
    (tmp_path / "inputs" / "2025").symlink_to(elsewhere)
    from reportgen import inputs, release

    settings = release.read(elsewhere, Edition(2025)).value
    assert [p.code for p in inputs.read(tmp_path / "inputs" / "2025", settings).problems] == ["link-outside"]
    assert [p.code for p in release.read(tmp_path / "inputs" / "2025", Edition(2025)).problems] == ["link-outside"]


def test_a_file_that_cannot_be_opened_is_a_problem(year_folder, monkeypatch):
    def refused(path):
        raise PermissionError(13, "Permission denied", str(path))

    whole = type(year_folder).read_bytes
    monkeypatch.setattr(
        type(year_folder), "read_bytes", lambda path: refused(path) if path.name == "team.csv" else whole(path)
    )
    assert [(p.code, p.file) for p in problems(year_folder)] == [("file-unreadable", "inputs/2025/team.csv")]


def test_a_folder_that_cannot_be_opened_is_a_problem(year_folder, monkeypatch):
    def refused(path):
        raise PermissionError(13, "Permission denied", str(path))

    monkeypatch.setattr(type(year_folder), "iterdir", refused)
    assert [p.code for p in problems(year_folder)] == ["file-unreadable"]


def test_unknown_files_are_named_and_ignored(year_folder):
    (year_folder / "penaltys.csv").write_text("a\n")
    (year_folder / "notes.docx").write_text("a")
    (year_folder / "team.csv.bak").write_text("a")
    (year_folder / "team.old.csv").write_text("a")
    (year_folder / "team.txt").write_text("a")
    (year_folder / "~$team.xlsx").write_text("lock")
    (year_folder / ".~lock.team.ods#").write_text("lock")
    (year_folder / "README.md").write_text("notes")
    found = {p.value: p.hint for p in read(year_folder).problems}
    assert set(found) == {"penaltys.csv", "notes.docx", "team.csv.bak", "team.old.csv", "team.txt"}
    assert found["penaltys.csv"] == "Did you mean “penalties”?"


def test_ten_thousand_faults_are_listed_as_twenty_and_a_count(year_folder):
    rows = rows_of("incidents")
    rows += [[f"X-{n}", "2025-05-1x", "Calais", "car", "0", "no penalty"] for n in range(10_000)]
    (year_folder / "incidents.csv").write_text(small_year.as_csv(rows))
    found = problems(year_folder)
    assert len(found) == 21
    assert together(found).for_analyst() == 10_000
    assert [p.row for p in found[:20]] == list(range(7, 27))


def test_all_faults_of_a_folder_are_reported_at_once(year_folder):
    for table, row, column, text in (
        ("penalties", 2, 2, "x"),
        ("incidents", 3, 4, "x"),
        ("survey", 2, 1, "x"),
        ("actions", 2, 7, "x"),
        ("context", 2, 2, "x"),
    ):
        rows = rows_of(table)
        rows[row - 1][column] = text
        (year_folder / f"{table}.csv").write_text(small_year.as_csv(rows))
    (year_folder / "team.csv").write_bytes(b"")
    assert {p.file.partition("2025/")[2] for p in problems(year_folder)} == {
        "penalties.csv",
        "incidents.csv",
        "survey.csv",
        "actions.csv",
        "context.csv",
        "team.csv",
    }
