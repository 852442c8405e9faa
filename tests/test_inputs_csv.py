"""CSV files as people and programs write them."""

import pytest
import small_year
from input_folder import TEAM, notices, problems, read, rows_of


def test_a_line_break_in_a_cell_adds_no_row(year_folder):
    rows = [*rows_of("survey")]
    rows[1][rows[0].index("comment")] = "The letter\r\nwas\n\nclear."
    rows[3][rows[0].index("role")] = "pilot"
    (year_folder / "survey.csv").write_text(small_year.as_csv(rows, line="\r\n"), newline="")
    assert [(p.row, p.value) for p in problems(year_folder)] == [(4, "pilot")]


@pytest.mark.parametrize("line", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("separator", [",", ";", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252"])
def test_csv_is_read_with_any_separator_line_end_and_encoding(year_folder, separator, line, encoding):
    rows = rows_of("survey")
    rows[0] = [f" {head.upper().replace('_', '-')} " for head in rows[0]]
    rows[1][rows[0].index(" COMMENT ")] = "It said “£5, or else”;\tfine – “OK”"
    rows += [[""] * len(rows[0])] * 2
    (year_folder / "survey.csv").write_bytes(small_year.as_csv(rows, separator, line).encode(encoding))
    assert notices(year_folder) == ({"read-as-windows-1252"} if encoding == "cp1252" else set())
    assert read(year_folder).value.survey["comment"].iloc[0] == "It said “£5, or else”; fine – “OK”"


def test_the_sep_line_of_excel_is_read(year_folder):
    rows = rows_of()
    rows[2][5] = "many"
    (year_folder / "team.csv").write_text("sep=;\r\n" + small_year.as_csv(rows, ";"))
    assert [(p.row, p.column) for p in problems(year_folder)] == [(3, "cases_open")]


def test_short_rows_are_filled_and_trailing_commas_ignored(year_folder):
    (year_folder / "team.csv").write_text(TEAM.replace(",24,20,150,,320", "") + ",,,,,,,,\n,,,\n")
    assert notices(year_folder) == set()
    assert len(read(year_folder).value.team) == 2


def test_a_quotation_mark_inside_a_value_is_kept(year_folder):
    rows = rows_of("actions")
    text = small_year.as_csv(rows).replace("Rewrite the notice", 'Rewrite the 5" notice')
    (year_folder / "actions.csv").write_text(text)
    assert read(year_folder).value.actions["action"].iloc[0] == 'Rewrite the 5" notice'
