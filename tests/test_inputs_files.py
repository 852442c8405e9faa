"""Whole files: what an office sends that is not a table, and how it is told; and what looks odd and is right."""

import contextlib
import io
import os
import shutil
import zipfile
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import openpyxl
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import small_year
from test_inputs_faults import read

from reportgen.files import raw_table, table_files, workbook_reader, worksheet
from reportgen.files.table_writers import encode
from reportgen.model.edition import Edition
from reportgen.model.problem import together


@pytest.fixture
def folder(tmp_path):
    return small_year.put(tmp_path / "inputs" / "2025")


def problems(folder):
    return [problem for problem in read(folder).problems if problem.severity == "problem"]


def notices(folder):
    found = read(folder)
    assert found.value is not None, [p.message for p in found.problems if p.severity == "problem"]
    return {problem.code for problem in found.problems} - {"months-missing"}


def team(folder, name="team.csv", data=b""):
    """Put another file in the place of the team's table."""
    (folder / "team.csv").unlink()
    (folder / name).write_bytes(data)


def rows_of(table="team"):
    """The rows of a table; of the team's the headers and two months: enough for what files do."""
    return small_year.year()[table][: 3 if table == "team" else None]


def columns_of(table="team"):
    headers, *rows = rows_of(table)
    return {head: [row[n] for row in rows] for n, head in enumerate(headers)}


TEAM = small_year.as_csv(rows_of())
BOOK = encode("team", columns_of(), "xlsx")
SHEET = encode("team", columns_of(), "ods")


def repacked(book, **changes):
    """A workbook with other bytes in some of its parts."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(book)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name, data in {**{name: old.read(name) for name in old.namelist()}, **changes}.items():
            new.writestr(name, data)
    return out.getvalue()


def sheet_xml(book, change):
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(book)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            data = old.read(name)
            new.writestr(name, change(data) if name.endswith(("sheet1.xml", "content.xml")) else data)
    return out.getvalue()


def parquet(**columns):
    made = io.BytesIO()
    pq.write_table(pa.table(columns), made)
    return made.getvalue()


def openpyxl_book(change=lambda _: None, rows=None):
    book = openpyxl.Workbook()
    book.active.title = "team"
    for row in rows or rows_of():
        book.active.append(row)
    change(book)
    made = io.BytesIO()
    book.save(made)
    return made.getvalue()


LEADING = "Team figures 2025 to 2026\n\n"
BROKEN = {
    "empty": ("team.csv", b"", "file-empty", {}),
    "only white space": ("team.csv", b"\xef\xbb\xbf \r\n\r\n", "file-empty", {}),
    "title above the headers": ("team.csv", (LEADING + TEAM).encode(), "header-not-first", {"row": 1, "value": "Team figures 2025 to 2026"}),
    "blank rows above the headers": ("team.csv", ("\n\n" + TEAM).encode(), "header-not-first", {"row": 1}),
    "nothing but a blank first row": ("team.csv", b"\na,b\n", "no-header", {"row": 1}),
    "a NUL": ("team.csv", TEAM.replace("19.5", "19\x00.5").encode(), "nul-byte", {"line": 2}),
    "UTF-16": ("team.csv", TEAM.encode("utf-16"), "encoding", {}),
    "neither UTF-8 nor Windows": ("team.csv", TEAM.replace("310", "\u0081").encode("latin-1"), "encoding", {"line": 2}),
    "UTF-8 with a damaged byte": ("team.csv", (TEAM + "“quoted” – words").encode() + b"\n2025-06,caf\xe9", "encoding", {"line": 5}),
    "separated by bars": ("team.csv", TEAM.replace(",", "|").encode(), "separator", {"row": 1}),
    "a quotation mark not closed": ("team.csv", TEAM.replace("2025-05", '"2025-05').encode(), "quote-not-closed", {"row": 3}),
    "a value too many": ("team.csv", TEAM.replace("150,", "1,150,").encode(), "too-many-values", {"row": 3, "value": "320"}),
    "a cell of 10 MB": ("team.csv", (TEAM + "x" * 10_000_000).encode(), "cell-too-long", {"row": 4}),
    "a header of 10 MB": ("team.csv", ("x" * 10_000_000 + "\n" + TEAM).encode(), "cell-too-long", {"row": 1}),
    "2,000 columns": ("team.csv", ",".join(f"c{n}" for n in range(2000)).encode() + b"\n", "too-many-columns", {}),
    "2,000 columns with long names": ("team.csv", ",".join(f"column number {n:090}" for n in range(2000)).encode(), "too-many-columns", {}),
    "a workbook called csv": ("team.csv", BOOK, "not-csv", {}),
    "a web page called csv": ("team.csv", b"<html><table>", "not-csv", {}),
    "an old workbook": ("team.xls", table_files.hashlib.sha256(b"").digest(), "file-kind", {"value": "team.xls"}),
    "a workbook with macros": ("team.xlsm", BOOK, "file-kind", {"value": "team.xlsm"}),
    "text": ("team.txt", TEAM.encode(), "file-kind", {"value": "team.txt"}),
    "macros inside": ("team.xlsx", repacked(BOOK, **{"xl/vbaProject.bin": b"x"}), "macros", {}),
    "macros inside an ods": ("team.ods", repacked(SHEET, **{"Basic/Standard/Module1.xml": b"x"}), "macros", {}),
    "password": ("team.xlsx", workbook_reader.OLE + b"x" * 600, "encrypted", {}),
    "password on an ods": ("team.ods", repacked(SHEET, **{"META-INF/manifest.xml": b"<manifest:encryption-data/>"}), "encrypted", {}),
    "text called xlsx": ("team.xlsx", TEAM.encode(), "file-broken", {}),
    "a workbook cut off": ("team.xlsx", BOOK[:-200], "file-broken", {}),
    "an ods cut off": ("team.ods", SHEET[: len(SHEET) // 2], "file-broken", {}),
    "a workbook without its sheet": ("team.xlsx", sheet_xml(BOOK, lambda _: b"<worksheet><sheetData>"), "file-broken", {}),
    "an empty sheet": ("team.xlsx", sheet_xml(BOOK, lambda _: b"<worksheet><sheetData></sheetData></worksheet>"), "file-empty", {"sheet": "team"}),
    "a title above the headers of a sheet": ("team.xlsx", openpyxl_book(lambda book: book.active.insert_rows(1)), "header-not-first", {"row": 1, "sheet": "team"}),
    "joined cells": ("team.xlsx", openpyxl_book(lambda book: book.active.merge_cells("C2:C3")), "merged-cells", {"row": 2, "sheet": "team"}),
    "joined cells in an ods": ("team.ods", sheet_xml(SHEET, lambda xml: xml.replace(b'office:value="140"', b'table:number-rows-spanned="2" office:value="140"')), "merged-cells", {"row": 2, "sheet": "team"}),
    "a formula's error": ("team.xlsx", openpyxl_book(lambda book: (book.active["F3"].__setattr__("value", "#DIV/0!"), book.active["F3"].__setattr__("data_type", "e"))), "formula-error", {"row": 3, "column": "cases_open", "value": "#DIV/0!"}),
    "a formula never calculated": ("team.xlsx", openpyxl_book(lambda book: book.active.__setitem__("F3", "=F2+10")), "formula-error", {"row": 3, "column": "cases_open"}),
    "a formula's error in an ods": ("team.ods", sheet_xml(SHEET, lambda xml: xml.replace(b'<table:table-cell office:value-type="float" office:value="320"><text:p>320</text:p>', b'<table:table-cell table:formula="of:=1/0" office:value-type="string" office:string-value="" calcext:value-type="error"><text:p>#DIV/0!</text:p>')), "formula-error", {"row": 3, "column": "cases_open", "value": "#DIV/0!"}),
    "a formula never calculated in an ods": ("team.ods", sheet_xml(SHEET, lambda xml: xml.replace(b'<table:table-cell office:value-type="float" office:value="320"><text:p>320</text:p></table:table-cell>', b'<table:table-cell table:formula="of:=[.F2]+10"/>')), "formula-error", {"row": 3, "column": "cases_open"}),
    "not parquet": ("team.parquet", TEAM.encode(), "file-broken", {}),
    "parquet cut off": ("team.parquet", encode("team", columns_of(), "parquet")[:-20], "file-broken", {}),
    "parquet with a password": ("team.parquet", b"PARE" + b"x" * 50 + b"PARE", "encrypted", {}),
    "parquet with 2,000 columns": ("team.parquet", parquet(**{f"c{n}": [1] for n in range(2000)}), "too-many-columns", {}),
    "parquet with values made of values": ("team.parquet", parquet(month=[{"year": 2025}]), "not-a-month", {"row": 2, "column": "month"}),
    "parquet with infinity": ("team.parquet", parquet(month=["2025-04"], posts_filled=[float("inf")]), "not-a-number", {"row": 2, "value": "inf"}),
}  # fmt: skip


@pytest.mark.parametrize("what", BROKEN)
def test_a_file_that_is_no_table_is_one_sentence(folder, what):
    name, data, code, where = BROKEN[what]
    team(folder, name, data)
    found = problems(folder)
    assert [(p.code, p.file) for p in found] == [(code, f"inputs/2025/{name}")]
    assert {key: getattr(found[0], key) for key in where} == where
    assert found[0].hint


def test_a_table_that_must_be_there(folder):
    (folder / "actions.csv").unlink()
    assert [(p.code, p.file) for p in problems(folder)] == [("table-missing", "inputs/2025/actions.csv")]


def test_a_table_that_must_have_rows(folder):
    (folder / "actions.csv").write_text(small_year.as_csv(rows_of("actions")[:1]))
    assert [(p.code, p.file) for p in problems(folder)] == [("table-empty", "inputs/2025/actions.csv")]


def test_a_table_that_may_be_absent_counts_as_absent_without_rows(folder):
    (folder / "team.csv").write_text(small_year.as_csv(rows_of()[:1]))
    assert notices(folder) == {"table-empty"}
    assert read(folder).value.team is None
    (folder / "team.csv").unlink()
    assert read(folder).problems == ()


def test_two_files_for_a_table(folder):
    (folder / "team.XLSX").write_bytes(BOOK)
    assert [(p.code, p.value) for p in problems(folder)] == [("two-files", "team.XLSX and team.csv")]


def test_a_folder_in_place_of_a_file(folder):
    (folder / "team.csv").unlink()
    (folder / "team.csv").mkdir()
    assert [p.code for p in problems(folder)] == ["not-a-file"]


def test_a_pipe_in_place_of_a_file_is_not_waited_for(folder):
    (folder / "team.csv").unlink()
    os.mkfifo(folder / "team.csv")
    assert [p.code for p in problems(folder)] == ["not-a-file"]


def test_a_link_out_of_the_folder_is_not_read(folder, tmp_path):
    shutil.move(folder / "team.csv", tmp_path / "elsewhere.csv")
    (folder / "team.csv").symlink_to(tmp_path / "elsewhere.csv")
    assert [p.code for p in problems(folder)] == ["link-outside"]


def test_a_link_inside_the_folder_is_read(folder):
    (folder / "team.csv").rename(folder / "team-export.data")
    (folder / "team.csv").symlink_to("team-export.data")
    assert notices(folder) == {"unknown-file"}


@pytest.mark.parametrize("target", ["team.csv", "nowhere.csv"])
def test_a_link_to_nothing(folder, target):
    (folder / "team.csv").unlink()
    (folder / "team.csv").symlink_to(target)
    assert [p.code for p in problems(folder)] in (["link-outside"], ["file-unreadable"])


def test_a_year_that_is_a_link_out_of_the_inputs_is_not_read(tmp_path):
    elsewhere = small_year.put(tmp_path / "elsewhere" / "2025")
    (tmp_path / "inputs").mkdir()
    (tmp_path / "inputs" / "2025").symlink_to(elsewhere)
    from reportgen import inputs, release

    settings = release.read(elsewhere, Edition(2025)).value
    assert [p.code for p in inputs.read(tmp_path / "inputs" / "2025", settings).problems] == ["link-outside"]
    assert [p.code for p in release.read(tmp_path / "inputs" / "2025", Edition(2025)).problems] == ["link-outside"]


def test_a_file_that_cannot_be_opened(folder, monkeypatch):
    def refused(path):
        raise PermissionError(13, "Permission denied", str(path))

    whole = type(folder).read_bytes
    monkeypatch.setattr(
        type(folder), "read_bytes", lambda path: refused(path) if path.name == "team.csv" else whole(path)
    )
    assert [(p.code, p.file) for p in problems(folder)] == [("file-unreadable", "inputs/2025/team.csv")]


def test_a_folder_that_cannot_be_opened(folder, monkeypatch):
    def refused(path):
        raise PermissionError(13, "Permission denied", str(path))

    monkeypatch.setattr(type(folder), "iterdir", refused)
    assert [p.code for p in problems(folder)] == ["file-unreadable"]


def test_other_files_are_named_and_left(folder):
    (folder / "penaltys.csv").write_text("a\n")
    (folder / "notes.docx").write_text("a")
    (folder / "team.csv.bak").write_text("a")
    (folder / "team.old.csv").write_text("a")
    (folder / "team.txt").write_text("a")
    (folder / "~$team.xlsx").write_text("lock")
    (folder / ".~lock.team.ods#").write_text("lock")
    (folder / "README.md").write_text("notes")
    found = {p.value: p.hint for p in read(folder).problems}
    assert set(found) == {"penaltys.csv", "notes.docx", "team.csv.bak", "team.old.csv", "team.txt"}
    assert found["penaltys.csv"] == "Did you mean “penalties”?"


def test_a_workbook_with_several_sheets_needs_the_table_by_name(folder):
    team(
        folder,
        "team.xlsx",
        openpyxl_book(lambda book: (book.create_sheet("notes"), setattr(book["team"], "title", "data"))),
    )
    found = problems(folder)
    assert [p.code for p in found] == ["no-sheet"]
    assert "data, notes" in found[0].message


@pytest.mark.parametrize(
    "change",
    [
        lambda book: book.create_sheet("notes", 0),
        lambda book: setattr(book["team"], "title", " Team "),
        lambda book: setattr(book["team"], "title", "Sheet1"),
        lambda book: book.create_chartsheet("chart"),
        lambda book: setattr(book["team"], "sheet_state", "hidden") or book.create_sheet("x"),
    ],
    ids=["another sheet first", "capitals and spaces", "the only sheet", "a chart on its own sheet", "hidden"],
)  # fmt: skip
def test_the_sheet_is_found(folder, change):
    team(folder, "team.xlsx", openpyxl_book(change))
    assert notices(folder) <= {"hidden-sheet"}
    assert read(folder).value.team["cases_open"].tolist() == [310, 320]


def styles(book):
    """What people do to a sheet without changing what it says."""
    sheet = book["team"]
    sheet["A2"], sheet["A3"] = date(2025, 4, 1), date(2025, 5, 17)
    sheet["B2"].number_format = '"£"#,##0.00'
    sheet["C2"], sheet["C2"].number_format = 19.5, "0%"
    sheet["D2"], sheet["D2"].data_type = "140", "s"
    sheet["E2"] = " 131 "
    sheet["F2"] = 310.0
    sheet["J1"] = " "
    for row in range(4, 40):
        sheet.cell(row, 2).value = "  "


@pytest.mark.parametrize("epoch", [openpyxl.utils.datetime.WINDOWS_EPOCH, openpyxl.utils.datetime.MAC_EPOCH])
def test_a_sheet_may_be_formatted_as_people_like(folder, epoch):
    rows = [
        [cell if n == 0 else (float(value) if (value := cell) else None) for n, cell in enumerate(row)]
        if row[0] != "month"
        else row
        for row in rows_of()
    ]
    team(folder, "team.xlsx", openpyxl_book(lambda book: (setattr(book, "epoch", epoch), styles(book)), rows))
    assert notices(folder) == set()
    got = read(folder).value.team
    assert got["month"].tolist() == ["2025-04", "2025-05"]
    assert got[["posts_filled", "cases_received", "cases_decided"]].iloc[0].tolist() == [19.5, 140, 131]


def test_row_numbers_are_those_that_openpyxl_gives(folder):
    def holes(book):
        book["team"].insert_rows(3, 2)
        book["team"]["F6"] = "many"
        book["team"]["A6"] = "2025-06"

    data = openpyxl_book(holes)
    team(folder, "team.xlsx", data)
    sheet = openpyxl.load_workbook(io.BytesIO(data))["team"]
    blank = [row[0].row for row in sheet.iter_rows() if all(cell.value is None for cell in row)]
    wrong = next(cell for row in sheet.iter_rows() for cell in row if cell.value == "many")
    found = problems(folder)
    assert [p.row for p in found if p.code == "blank-row"] == blank == [3, 4]
    assert [(p.row, p.value) for p in found if p.code == "not-a-whole-number"] == [(wrong.row, "many")]


def test_a_line_break_in_a_cell_adds_no_row(folder):
    rows = [*rows_of("survey")]
    rows[1][rows[0].index("comment")] = "The letter\r\nwas\n\nclear."
    rows[3][rows[0].index("role")] = "pilot"
    (folder / "survey.csv").write_text(small_year.as_csv(rows, line="\r\n"), newline="")
    assert [(p.row, p.value) for p in problems(folder)] == [(4, "pilot")]


@pytest.mark.parametrize("line", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("separator", [",", ";", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252"])
def test_every_way_of_writing_csv(folder, separator, line, encoding):
    rows = rows_of("survey")
    rows[0] = [f" {head.upper().replace('_', '-')} " for head in rows[0]]
    rows[1][rows[0].index(" COMMENT ")] = "It said “£5, or else”;\tfine – “OK”"
    rows += [[""] * len(rows[0])] * 2
    (folder / "survey.csv").write_bytes(small_year.as_csv(rows, separator, line).encode(encoding))
    assert notices(folder) == ({"read-as-windows-1252"} if encoding == "cp1252" else set())
    assert read(folder).value.survey["comment"].iloc[0] == "It said “£5, or else”; fine – “OK”"


def test_excel_says_the_separator_in_a_line_of_its_own(folder):
    rows = rows_of()
    rows[2][5] = "many"
    (folder / "team.csv").write_text("sep=;\r\n" + small_year.as_csv(rows, ";"))
    assert [(p.row, p.column) for p in problems(folder)] == [(3, "cases_open")]


def test_short_rows_are_filled_and_commas_at_the_end_are_nothing(folder):
    (folder / "team.csv").write_text(TEAM.replace(",24,20,150,,320", "") + ",,,,,,,,\n,,,\n")
    assert notices(folder) == set()
    assert len(read(folder).value.team) == 2


def test_a_quotation_mark_inside_a_value(folder):
    rows = rows_of("actions")
    text = small_year.as_csv(rows).replace("Rewrite the notice", 'Rewrite the 5" notice')
    (folder / "actions.csv").write_text(text)
    assert read(folder).value.actions["action"].iloc[0] == 'Rewrite the 5" notice'


def test_parquet_of_every_type(folder):
    london = pa.timestamp("ns", tz="Europe/London")
    midnight = [datetime(2025, 4, 30, 23, tzinfo=UTC), datetime(2025, 3, 31, 23, tzinfo=UTC)]
    team(
        folder,
        "team.parquet",
        parquet(
            month=pa.array(midnight, london),
            posts_funded=pa.array([Decimal("24.00"), Decimal("24.50")], pa.decimal128(10, 2)),
            posts_filled=pa.array(["19.5", None], pa.large_string()).dictionary_encode(),
            cases_received=pa.array([140, None], pa.uint8()),
            cases_decided=pa.array([131.0, float("nan")], pa.float32()),
            cases_open=pa.array([None, None], pa.null()),
            __index_level_0__=pa.array([7, 8]),
            extra=pa.array([[{"a": 1}], None]),
        ),
    )
    assert notices(folder) == {"column-unknown"}
    got = read(folder).value.team
    assert got["month"].tolist() == ["2025-05", "2025-04"]
    assert got["posts_funded"].tolist() == [24.0, 24.5]
    assert got["posts_filled"].isna().tolist() == got["cases_decided"].isna().tolist() == [False, True]
    assert got["cases_open"].isna().all()
    assert got["row"].tolist() == [2, 3]


def test_parquet_dates_flags_and_lists(folder):
    columns = columns_of("survey")
    columns["themes"] = pa.array([["letter"], ["time", "letter"], None])
    columns["quotable"] = pa.array([True, False, None])
    columns["comment"] = pa.array([b"The letter was clear.", b"It took long.", None], pa.binary())
    (folder / "survey.csv").unlink()
    (folder / "survey.parquet").write_bytes(parquet(**columns))
    got = read(folder).value.survey
    assert got["themes"].tolist()[:2] == [("letter",), ("time", "letter")]
    assert got["quotable"].tolist()[:2] == [True, False]
    assert got["comment"].iloc[1] == "It took long."


def test_a_utc_midnight_in_summer_is_not_guessed(folder):
    columns = columns_of("incidents")
    days = [datetime.fromisoformat(day).replace(tzinfo=UTC) - timedelta(hours=1) for day in columns["incident_date"]]
    (folder / "incidents.csv").unlink()
    (folder / "incidents.parquet").write_bytes(
        parquet(**columns | {"incident_date": pa.array(days, pa.timestamp("us", "UTC"))})
    )
    assert {p.code for p in problems(folder)} == {"not-a-date"}


def test_ten_thousand_faults_are_twenty_places_and_a_count(folder):
    rows = rows_of("incidents")
    rows += [[f"X-{n}", "2025-05-1x", "Calais", "car", "0", "no penalty"] for n in range(10_000)]
    (folder / "incidents.csv").write_text(small_year.as_csv(rows))
    found = problems(folder)
    assert len(found) == 21
    assert together(found).for_analyst() == 10_000
    assert [p.row for p in found[:20]] == list(range(7, 27))


def test_all_faults_of_a_folder_come_together(folder):
    for table, row, column, text in (
        ("penalties", 2, 2, "x"),
        ("incidents", 3, 4, "x"),
        ("survey", 2, 1, "x"),
        ("actions", 2, 7, "x"),
        ("context", 2, 2, "x"),
    ):
        rows = rows_of(table)
        rows[row - 1][column] = text
        (folder / f"{table}.csv").write_text(small_year.as_csv(rows))
    (folder / "team.csv").write_bytes(b"")
    assert {p.file.partition("2025/")[2] for p in problems(folder)} == {
        "penalties.csv",
        "incidents.csv",
        "survey.csv",
        "actions.csv",
        "context.csv",
        "team.csv",
    }


def test_a_workbook_that_lies_about_its_size_is_found_out(folder):
    rows = b"".join(b'<row r="%d"><c r="A%d"><v>1</v></c></row>' % (n, n) for n in range(1, 3000))
    data = bytearray(sheet_xml(BOOK, lambda _: b"<worksheet><sheetData>" + rows + b"</sheetData></worksheet>"))
    with zipfile.ZipFile(io.BytesIO(data)) as book:
        size = book.getinfo("xl/worksheets/sheet1.xml").file_size
    lied = bytes(data).replace(size.to_bytes(4, "little"), (100).to_bytes(4, "little"))
    assert lied != bytes(data)
    team(folder, "team.xlsx", lied)
    assert [p.code for p in problems(folder)] == ["file-broken"]


def test_parquet_with_any_byte_damaged_is_read_or_refused(folder):
    """Some of them point beyond the end of a dictionary, which Arrow itself does not look at."""
    whole = parquet(month=pa.array([f"2025-{month:02d}" for month in (4, 5, 6, 7, 8, 4)]))
    path = folder / "team.parquet"
    for n in range(len(whole)):
        for damage in (0x07, 0xFF):
            path.write_bytes(whole[:n] + bytes([whole[n] ^ damage]) + whole[n + 1 :])
            with contextlib.suppress(raw_table.Unreadable):
                table_files.read(path, "team")


def test_a_part_without_a_name(folder):
    data = bytearray(repacked(BOOK, q=b"x"))
    for start, lengths in ((data.rindex(b"PK\x03\x04"), 26), (data.rindex(b"PK\x01\x02"), 28)):
        data[start + lengths : start + lengths + 4] = b"\x00\x00\x01\x00"  # no name, and one byte after it
    team(folder, "team.xlsx", bytes(data))
    assert notices(folder) == set()


@pytest.mark.parametrize(
    ("cells", "wanted"),
    [
        (b'<row r="1"><c r="A1"><v>1</v></c></row><row r="9"><c r="C9"/></row>', (9, 3)),
        (
            b'<x:row r="1"><x:c r="A1"><x:v>1</x:v></x:c></x:row><x:row r="7"><x:c r="XFD7"><x:v>1</x:v></x:c></x:row>',
            (7, 16384),
        ),
        (b"<row><c><v>1</v></c><c><v>1</v></c></row><row><c><v>1</v></c></row>", (2, 2)),
        (b"<!-- <c r='ZZZ99999'> --><row r='3'><c r='B3'><v>1</v></c></row>", (3, 2)),
    ],
)
def test_how_far_a_sheet_reaches(cells, wanted):
    _, size = worksheet.Xlsx.prepared({"a": b"<worksheet><sheetData>" + cells + b"</sheetData></worksheet>"})
    assert (size.rows, size.columns) == wanted


def test_cells_that_hold_nothing_do_not_count_where_they_would_be_too_many():
    xml = b'<worksheet><row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576" s="1"/></row></worksheet>'
    _, size = worksheet.Xlsx.prepared({"a": xml})
    assert (size.rows, size.columns) == (1, 1)


def test_repetitions_in_an_ods_are_written_out():
    xml = (
        b'<table:table table:name="a &amp; b"><table:table-row table:number-rows-repeated="10">'
        b'<table:table-cell table:number-columns-repeated="3"/><table:table-cell office:value="1" table:number-columns-repeated="2"/>'
        b'</table:table-row><table:table-row table:number-rows-repeated="1048000"><table:table-cell table:number-columns-repeated="16384"/>'
        b'</table:table-row></table:table><table:table table:name="c"><table:table-row><table:table-cell table:number-columns-spanned="2" '
        b'table:number-rows-spanned="1"><text:p>x</text:p></table:table-cell></table:table-row></table:table>'
    )
    _, size = worksheet.Ods.prepared({"content.xml": xml})
    assert (size.rows, size.columns, size.cells) == (10, 5, 51)
    assert size.merged == {"": (), "a & b": (), "c": (1,)}
