"""Values that are readable and yet cannot be right, or not for certain: named with their place, in every format."""

import io
import zipfile
from datetime import date, datetime

import openpyxl
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import small_year
from openpyxl.styles import numbers

from reportgen import inputs, release
from reportgen.files.table_writers import encode
from reportgen.model.edition import Edition
from reportgen.model.problem import serious, together

FORMATS = ("csv", "xlsx", "ods", "parquet")


def with_cell(table, row, column, text):
    """The tables of the small year with one cell changed; the row is a spreadsheet's."""
    made = small_year.year()
    made[table][row - 1] = list(made[table][row - 1])
    made[table][row - 1][made[table][0].index(column)] = text
    return made


def found(folder, tables, fmt="csv", settings=small_year.RELEASE):
    """What the inputs say, the changed tables in this format."""
    small_year.put(folder, tables, settings)
    if fmt != "csv":
        for name, (headers, *rows) in tables.items():
            columns = {head: [row[n] for row in rows] for n, head in enumerate(headers)}
            (folder / f"{name}.csv").unlink()
            (folder / f"{name}.{fmt}").write_bytes(encode(name, columns, fmt))
    return inputs.read(folder, release.read(folder, Edition(2025)).value)


def codes(read):
    return {problem.code for problem in read.problems}


def only(read, code):
    return [problem for problem in read.problems if problem.code == code]


# Two readings -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("fmt", ["csv", "parquet"])
@pytest.mark.parametrize(
    ("table", "row", "column", "text"),
    [
        ("penalties", 2, "initial_value", "12.000"),
        ("penalties", 7, "paid_value", "£3.500"),
        ("ledger", 2, "amount", "12.000"),
        ("penalties", 2, "entrants", "2.000"),
        ("incidents", 2, "entrants", "1.000"),
        ("team", 3, "cases_open", "1.320"),
        ("team", 3, "posts_funded", "24.000"),
        ("context", 2, "value", "17.034"),
        ("published", 2, "value", "1.276"),
    ],
)
def test_a_number_with_two_readings_is_named(tmp_path, fmt, table, row, column, text):
    read = found(tmp_path / "inputs/2025", with_cell(table, row, column, text), fmt)
    (problem,) = only(read, "two-readings")
    assert (problem.row, problem.column, problem.value) == (row, column, text)
    assert problem.file.endswith(f"{table}.{fmt}")
    assert read.value is None


def test_a_text_with_two_readings_in_a_workbook_is_named(tmp_path):
    def change(sheet):
        sheet["D2"] = "12.000"

    (problem,) = only(with_book(tmp_path / "a", "ledger", change), "two-readings")
    assert (problem.row, problem.column, problem.value, problem.sheet) == (2, "amount", "12.000", "ledger")
    folder = small_year.put(tmp_path / "b/inputs/2025")
    number = '<table:table-cell office:value-type="float" office:value="12000"><text:p>12000</text:p>'
    text = '<table:table-cell office:value-type="string"><text:p>12.000</text:p>'
    (folder / "ledger.csv").unlink()
    (folder / "ledger.ods").write_bytes(in_ods("ledger", lambda content: content.replace(number, text, 1)))
    (problem,) = only(inputs.read(folder, release.read(folder, Edition(2025)).value), "two-readings")
    assert (problem.row, problem.value) == (2, "12.000")


@pytest.mark.parametrize("text", ["12,000", "£12,000.00", "12000.5", "12 000", "0.500", "1200.000"])
def test_a_number_with_one_reading_is_read(tmp_path, text):
    assert "two-readings" not in codes(found(tmp_path / "inputs/2025", with_cell("ledger", 2, "amount", text)))


def test_a_number_of_a_typed_cell_has_one_reading(tmp_path):
    folder = small_year.put(tmp_path / "inputs/2025")
    (folder / "context.csv").unlink()
    headers, row = small_year.year()["context"]
    table = {name: [value] for name, value in zip(headers, row, strict=True)} | {"value": pa.array([2.125])}
    pq.write_table(pa.table(table), folder / "context.parquet")
    read = inputs.read(folder, release.read(folder, Edition(2025)).value)
    assert not serious(read.problems)
    assert read.value.context["value"].tolist() == [2.125]


# Currencies -------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("text", ["€12000", "12000 EUR", "12 000 zł", "$9,000", "9000 lei"])
def test_an_amount_in_another_currency_is_named(tmp_path, text):
    (problem,) = serious(found(tmp_path / "inputs/2025", with_cell("ledger", 2, "amount", text)).problems)
    assert "another currency" in problem.message
    assert (problem.row, problem.column) == (2, "amount")


@pytest.mark.parametrize(
    ("shown", "foreign"),
    [
        ("[$€-2] #,##0.00", True),
        ("#,##0.00\\ [$zł-415]", True),
        ('"$"#,##0', True),
        ('#,##0 "lei"', True),
        ("[$£-809]#,##0.00", False),
        ('"£"#,##0.00', False),
        ("#,##0.00", False),
        (numbers.FORMAT_PERCENTAGE, False),
    ],
)
def test_a_currency_that_only_the_format_shows_is_named(tmp_path, shown, foreign):
    def change(sheet):
        sheet["D2"].number_format = shown

    read = with_book(tmp_path, "ledger", change)
    named = only(read, "other-currency")
    assert [(one.row, one.column, one.sheet) for one in named] == ([(2, "amount", "ledger")] if foreign else [])


def test_a_currency_of_an_ods_cell_is_named(tmp_path):
    folder = small_year.put(tmp_path / "inputs/2025")
    plain = 'office:value-type="float" office:value="12000"'
    euros = 'office:value-type="currency" office:currency="EUR" office:value="12000"'
    data = in_ods("ledger", lambda text: text.replace(plain, euros, 1))
    (folder / "ledger.csv").unlink()
    (folder / "ledger.ods").write_bytes(data)
    read = inputs.read(folder, release.read(folder, Edition(2025)).value)
    assert [(one.row, one.column) for one in only(read, "other-currency")] == [(2, "amount")]


def in_ods(table, change):
    """A table as ods with a change in its content."""
    headers, *rows = small_year.year()[table]
    old = zipfile.ZipFile(
        io.BytesIO(encode(table, {head: [row[n] for row in rows] for n, head in enumerate(headers)}, "ods"))
    )
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            data = old.read(name)
            new.writestr(name, change(data.decode()).encode() if name == "content.xml" else data)
    return out.getvalue()


def with_book(tmp_path, table, change):
    """A table as a workbook that somebody worked on."""
    folder = small_year.put(tmp_path / "inputs/2025")
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = table
    for n, row in enumerate(small_year.year()[table]):
        sheet.append(
            [
                float(cell) if n and name == "amount" else cell
                for name, cell in zip(small_year.year()[table][0], row, strict=True)
            ]
        )
    change(sheet)
    (folder / f"{table}.csv").unlink()
    book.save(folder / f"{table}.xlsx")
    return inputs.read(folder, release.read(folder, Edition(2025)).value)


# Dates ------------------------------------------------------------------------------------------------------------------


def test_real_dates_beside_typed_ones_are_noticed(tmp_path):
    """What took 03/04/2025 for a real date may have read it month first, and left 13/04/2025 as text."""

    def change(sheet):
        for row in range(2, 12):
            sheet.cell(row, 2).value = date(2025, 9, 8)
        sheet["B7"], sheet["B9"] = "28/09/2025", "30/08/2025"

    (first, second) = only(with_book(tmp_path, "ledger", change), "dates-of-two-kinds")[:2]
    assert (first.row, first.column, first.value, first.severity) == (7, "date", "28/09/2025", "notice")
    assert second.row == 9
    assert "exchanged day and month" in first.message


@pytest.mark.parametrize("fmt", FORMATS)
def test_dates_of_two_kinds_in_every_format(tmp_path, fmt):
    read = found(tmp_path / "inputs/2025", with_cell("incidents", 4, "incident_date", "20/07/2025"), fmt)
    assert [one.row for one in only(read, "dates-of-two-kinds")] == [4]
    assert not serious(read.problems)


def test_dates_of_one_kind_are_not_noticed(tmp_path):
    assert "dates-of-two-kinds" not in codes(found(tmp_path / "inputs/2025", small_year.year()))


@pytest.mark.parametrize(
    ("text", "noticed"),
    [("2025-07-20 23:00", True), ("2025-07-20T23:30:00", True), ("2025-07-20 00:00:00", False), ("2025-07-20", False)],
)
@pytest.mark.parametrize("fmt", ["csv", "ods"])
def test_a_time_of_day_is_noticed(tmp_path, text, noticed, fmt):
    read = found(tmp_path / "inputs/2025", with_cell("incidents", 4, "incident_date", text), fmt)
    assert [one.row for one in only(read, "time-of-day")] == ([4] if noticed else [])
    assert not serious(read.problems)


def test_a_time_of_day_in_a_workbook_and_in_parquet_is_noticed(tmp_path):
    def change(sheet):
        sheet["B2"] = datetime(2025, 7, 28, 23)  # noqa: DTZ001 - a workbook has no zones

    assert [one.row for one in only(with_book(tmp_path / "a", "ledger", change), "time-of-day")] == [2]
    folder = small_year.put(tmp_path / "b/inputs/2025")
    headers, *rows = small_year.year()["incidents"]
    columns = {head: [row[n] for row in rows] for n, head in enumerate(headers)}
    days = [datetime.fromisoformat(day).replace(hour=23 * (n == 1)) for n, day in enumerate(columns["incident_date"])]
    (folder / "incidents.csv").unlink()
    pq.write_table(
        pa.table(columns | {"incident_date": pa.array(days, pa.timestamp("s"))}), folder / "incidents.parquet"
    )
    read = inputs.read(folder, release.read(folder, Edition(2025)).value)
    assert [one.row for one in only(read, "time-of-day")] == [3]


def test_impossible_days_are_counted(tmp_path):
    made = small_year.year()
    for row in made["ledger"][1:]:
        row[1] = "31/13/2025"
    read = found(tmp_path / "inputs/2025", made)
    assert together(only(read, "no-such-date")).for_analyst() == len(made["ledger"]) - 1


# Hidden rows ------------------------------------------------------------------------------------------------------------


def test_hidden_rows_and_columns_are_noticed_and_read(tmp_path):
    def change(sheet):
        sheet.auto_filter.ref = "A1:E20"
        for row in (3, 5):
            sheet.row_dimensions[row].hidden = True
        sheet.column_dimensions["E"].hidden = True

    read = with_book(tmp_path, "ledger", change)
    assert [(one.row, one.sheet, one.severity) for one in only(read, "hidden-rows")] == [
        (3, "ledger", "notice"),
        (5, "ledger", "notice"),
    ]
    assert [one.column for one in only(read, "hidden-column")] == ["payer_role"]
    assert len(read.value.ledger) == len(small_year.year()["ledger"]) - 1


def test_a_filter_that_hides_nothing_is_not_noticed(tmp_path):
    read = with_book(tmp_path, "ledger", lambda sheet: setattr(sheet.auto_filter, "ref", "A1:E20"))
    assert not codes(read) & {"hidden-rows", "hidden-column", "hidden-sheet"}


@pytest.mark.parametrize("how", ["filter", "collapse"])
def test_hidden_rows_of_an_ods_are_noticed(tmp_path, how):
    folder = small_year.put(tmp_path / "inputs/2025")
    parts = in_ods("ledger", lambda text: text.replace("<table:table-row>", "<table:table-row >", 2).replace(
        "<table:table-row>", f'<table:table-row table:visibility="{how}">', 1))  # fmt: skip
    (folder / "ledger.csv").unlink()
    (folder / "ledger.ods").write_bytes(parts)
    read = inputs.read(folder, release.read(folder, Edition(2025)).value)
    assert [one.row for one in only(read, "hidden-rows")] == [3]


# Responses alike ----------------------------------------------------------------------------------------------------------


def survey(*rows):
    made = small_year.year()
    made["survey"] = [made["survey"][0], *rows]
    return made


@pytest.mark.parametrize("fmt", FORMATS)
def test_responses_alike_but_for_their_id_are_named(tmp_path, fmt):
    one = ["driver", "direct", "yes", "PL", "Very clear", "Videos", "The letter came too late for us.", "time", "yes"]
    read = found(tmp_path / "inputs/2025", survey(["R-1", *one], ["R-2", *one], ["R-3", "owner", *one[1:]]), fmt)
    assert [(one.row, one.value) for one in only(read, "responses-alike")] == [(3, "R-2")]


def test_short_answers_alike_by_chance_are_not_named(tmp_path):
    """Forty people, two questions: many must answer alike."""
    rows = [
        [
            f"R-{n}",
            ("driver", "owner")[n % 2],
            "direct",
            "yes",
            "",
            ("Very clear", "Not clear")[n // 2 % 2],
            "",
            "",
            "",
            "no",
        ]
        for n in range(40)
    ]
    assert "responses-alike" not in codes(found(tmp_path / "inputs/2025", survey(*rows)))


def test_more_of_a_rare_answer_than_chance_makes_are_named(tmp_path):
    odd = ["hirer", "open link", "no", "LT", "Fairly clear", "Parking", "", "", "no"]
    rows = [
        [
            f"R-{n}",
            ("driver", "owner")[n % 2],
            "direct",
            "yes",
            "PL",
            ("Very clear", "Not clear")[n // 2 % 2],
            "Videos",
            "",
            "",
            "no",
        ]
        for n in range(200)
    ]
    rows += [[f"S-{n}", *odd] for n in range(8)]
    named = only(found(tmp_path / "inputs/2025", survey(*rows)), "responses-alike")
    assert [one.value for one in named] == [f"S-{n}" for n in range(1, 8)]


# Words that stand for nothing, and what other programs leave ------------------------------------------------------------


@pytest.mark.parametrize("word", ["N/A", "n/a", "-", "None", "nil", ".", "?", "no comment", "Not applicable"])
@pytest.mark.parametrize(
    ("table", "column"),
    [
        ("survey", "comment"),
        ("survey", "themes"),
        ("actions", "heard"),
        ("actions", "outcome"),
        ("actions", "theme"),
        ("recommendations", "progress"),
    ],
)
def test_a_placeholder_is_nothing_and_noticed(tmp_path, table, column, word):
    read = found(tmp_path / "inputs/2025", with_cell(table, 2, column, word))
    (notice,) = only(read, "placeholder")
    assert (notice.row, notice.column, notice.value, notice.severity) == (2, column, word, "notice")
    value = getattr(read.value, table)[column].iloc[0]
    assert value in (None, ()) or value != value  # noqa: PLR0124 - missing is not itself


def test_a_placeholder_among_themes_goes_alone(tmp_path):
    read = found(tmp_path / "inputs/2025", with_cell("survey", 2, "themes", "letter; n/a"))
    assert read.value.survey["themes"].iloc[0] == ("letter",)


def test_a_required_text_that_means_nothing_is_missing(tmp_path):
    (problem,) = serious(found(tmp_path / "inputs/2025", with_cell("actions", 2, "action", "TBC")).problems)
    assert (problem.code, problem.row) == ("value-missing", 2)


def test_namibia_and_answers_are_no_placeholders(tmp_path):
    read = found(tmp_path / "inputs/2025", with_cell("survey", 2, "registered_in", "NA"))
    assert "placeholder" not in codes(read)
    assert read.value.survey["registered_in"].iloc[0] == "NA"


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("Drivers &amp; owners", "Drivers & owners"),
        ("They didnâ€™t say", "They didn't say"),
        ("A cafÃ© at Calais", "A café at Calais"),
        ("Too slow_x000D_", "Too slow"),
        ("It cost �500", ""),
    ],
)
@pytest.mark.parametrize(("table", "column"), [("actions", "heard"), ("survey", "comment")])
def test_residue_is_noticed_with_what_was_meant(tmp_path, table, column, text, meant):
    (notice,) = only(found(tmp_path / "inputs/2025", with_cell(table, 2, column, text)), "residue")
    assert (notice.row, notice.column, notice.severity) == (2, column, "notice")
    assert (f"Did you mean “{meant}”" in notice.hint) is bool(meant)


@pytest.mark.parametrize(
    "text", ["Drivers & owners", "AT&T; others", "Ça va à Œuvre, naïve", "Straße £5 — “fine”", "50 % more"]
)
def test_good_words_are_no_residue(tmp_path, text):
    assert "residue" not in codes(found(tmp_path / "inputs/2025", with_cell("actions", 2, "heard", text)))


# Files and settings -------------------------------------------------------------------------------------------------------


def test_a_quotation_mark_that_is_never_closed_is_one_problem(tmp_path):
    folder = small_year.put(tmp_path / "inputs/2025")
    path = folder / "incidents.csv"
    path.write_text(path.read_text().replace("Calais", '"Calais', 1))
    (problem,) = serious(inputs.read(folder, release.read(folder, Edition(2025)).value).problems)
    assert (problem.code, problem.row) == ("quote-not-closed", 3)


@pytest.mark.parametrize(
    ("text", "value"), [("15001.00", "15001.00"), ("£15,001.00", "£15,001.00"), (" 15001 ", "15001")]
)
def test_a_value_is_quoted_as_it_is_in_the_file(tmp_path, text, value):
    read = found(tmp_path / "inputs/2025", with_cell("penalties", 4, "initial_value", text))
    assert value in {problem.value for problem in serious(read.problems)}


def test_a_date_is_quoted_as_it_is_in_the_file(tmp_path):
    read = found(tmp_path / "inputs/2025", with_cell("penalties", 2, "notice_date", "01/01/2025"))
    assert "01/01/2025" in {problem.value for problem in serious(read.problems)}


@pytest.mark.parametrize(("population", "right"), [(0, False), (1, True), (40, True)])
def test_a_population_smaller_than_its_answers_is_a_fault_of_the_settings(tmp_path, population, right):
    settings = f"{small_year.RELEASE}[survey]\npopulation = {{ driver = {population} }}\n"
    problems = serious(found(tmp_path / "inputs/2025", small_year.year(), settings=settings).problems)
    assert [one.code for one in problems] == ([] if right else ["population-too-small"])
    for one in problems:
        assert (one.stage, one.value) == (10, "driver")
        assert not any(sign.isdigit() for sign in one.message)


def test_more_answers_than_invitations_are_noticed_without_their_numbers(tmp_path):
    rows = [[f"R-{n}", "driver", "direct", "yes", "PL", "Very clear", "", "", "", "no"] for n in range(7)]
    settings = f"{small_year.RELEASE}[survey]\ninvitations = {{ driver = 3 }}\n"
    (notice,) = only(found(tmp_path / "inputs/2025", survey(*rows), settings=settings), "more-answers-than-invited")
    assert notice.severity == "notice"
    assert "7" not in notice.message + notice.hint
