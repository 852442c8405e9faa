"""Files that are not a table: each is one problem, at its place, with what to do."""

import pytest
from input_folder import BOOK, TEAM, columns_of, openpyxl_book, parquet, problems, repacked, sheet_xml, team

from reportgen.files import table_files, workbook_reader
from reportgen.files.table_writers import encode

SHEET = encode("team", columns_of(), "ods")
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
def test_a_file_that_is_not_a_table_is_one_problem(year_folder, what):
    name, data, code, where = BROKEN[what]
    team(year_folder, name, data)
    found = problems(year_folder)
    assert [(p.code, p.file) for p in found] == [(code, f"inputs/2025/{name}")]
    assert {key: getattr(found[0], key) for key in where} == where
    assert found[0].hint
