"""Workbooks: sheets, formatting, row numbers and damaged parts."""

import io
import zipfile
from datetime import date

import openpyxl
import pytest
from input_folder import BOOK, notices, openpyxl_book, problems, read, repacked, rows_of, sheet_xml, team

from reportgen.files import worksheet


def test_a_workbook_with_several_sheets_needs_one_named_after_the_table(year_folder):
    team(
        year_folder,
        "team.xlsx",
        openpyxl_book(lambda book: (book.create_sheet("notes"), setattr(book["team"], "title", "data"))),
    )
    found = problems(year_folder)
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
def test_the_sheet_is_found(year_folder, change):
    team(year_folder, "team.xlsx", openpyxl_book(change))
    assert notices(year_folder) <= {"hidden-sheet"}
    assert read(year_folder).value.team["cases_open"].tolist() == [310, 320]


def styles(book):
    """Format a sheet as people do, without changing its values."""
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
def test_the_formatting_of_a_sheet_does_not_matter(year_folder, epoch):
    rows = [
        [cell if n == 0 else (float(value) if (value := cell) else None) for n, cell in enumerate(row)]
        if row[0] != "month"
        else row
        for row in rows_of()
    ]
    team(year_folder, "team.xlsx", openpyxl_book(lambda book: (setattr(book, "epoch", epoch), styles(book)), rows))
    assert notices(year_folder) == set()
    got = read(year_folder).value.team
    assert got["month"].tolist() == ["2025-04", "2025-05"]
    assert got[["posts_filled", "cases_received", "cases_decided"]].iloc[0].tolist() == [19.5, 140, 131]


def test_row_numbers_agree_with_openpyxl(year_folder):
    def holes(book):
        book["team"].insert_rows(3, 2)
        book["team"]["F6"] = "many"
        book["team"]["A6"] = "2025-06"

    data = openpyxl_book(holes)
    team(year_folder, "team.xlsx", data)
    sheet = openpyxl.load_workbook(io.BytesIO(data))["team"]
    blank = [row[0].row for row in sheet.iter_rows() if all(cell.value is None for cell in row)]
    wrong = next(cell for row in sheet.iter_rows() for cell in row if cell.value == "many")
    found = problems(year_folder)
    assert [p.row for p in found if p.code == "blank-row"] == blank == [3, 4]
    assert [(p.row, p.value) for p in found if p.code == "not-a-whole-number"] == [(wrong.row, "many")]


def test_a_workbook_that_understates_its_size_is_refused(year_folder):
    rows = b"".join(b'<row r="%d"><c r="A%d"><v>1</v></c></row>' % (n, n) for n in range(1, 3000))
    data = bytearray(sheet_xml(BOOK, lambda _: b"<worksheet><sheetData>" + rows + b"</sheetData></worksheet>"))
    with zipfile.ZipFile(io.BytesIO(data)) as book:
        size = book.getinfo("xl/worksheets/sheet1.xml").file_size
    lied = bytes(data).replace(size.to_bytes(4, "little"), (100).to_bytes(4, "little"))
    assert lied != bytes(data)
    team(year_folder, "team.xlsx", lied)
    assert [p.code for p in problems(year_folder)] == ["file-broken"]


def test_a_workbook_part_without_a_name_is_ignored(year_folder):
    data = bytearray(repacked(BOOK, q=b"x"))
    for start, lengths in ((data.rindex(b"PK\x03\x04"), 26), (data.rindex(b"PK\x01\x02"), 28)):
        data[start + lengths : start + lengths + 4] = b"\x00\x00\x01\x00"  # no name, and one byte after it
    team(year_folder, "team.xlsx", bytes(data))
    assert notices(year_folder) == set()


@pytest.mark.parametrize(
    ("cells", "wanted"),
    [
        pytest.param(
            b'<row r="1"><c r="A1"><v>1</v></c></row><row r="9"><c r="C9"/></row>', (9, 3), id="empty cell counts"
        ),
        pytest.param(
            b'<x:row r="1"><x:c r="A1"><x:v>1</x:v></x:c></x:row><x:row r="7"><x:c r="XFD7"><x:v>1</x:v></x:c></x:row>',
            (7, 16384),
            id="prefixed tags",
        ),
        pytest.param(
            b"<row><c><v>1</v></c><c><v>1</v></c></row><row><c><v>1</v></c></row>",
            (2, 2),
            id="cells without references",
        ),
        pytest.param(
            b"<!-- <c r='ZZZ99999'> --><row r='3'><c r='B3'><v>1</v></c></row>", (3, 2), id="comments ignored"
        ),
    ],
)
def test_the_size_of_a_sheet_is_its_last_row_and_column(cells, wanted):
    _, size = worksheet.Xlsx.prepared({"a": b"<worksheet><sheetData>" + cells + b"</sheetData></worksheet>"})
    assert (size.rows, size.columns) == wanted


def test_empty_cells_do_not_count_if_the_sheet_would_be_too_large():
    xml = b'<worksheet><row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576" s="1"/></row></worksheet>'
    _, size = worksheet.Xlsx.prepared({"a": xml})
    assert (size.rows, size.columns) == (1, 1)


def test_repeated_cells_in_an_ods_are_expanded():
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
