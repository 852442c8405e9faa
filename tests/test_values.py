"""Text as people write it: what is read, and as what; what is not, and why."""

from datetime import date

import pytest

from reportgen.files import cell_values
from reportgen.files.cell_text import text
from reportgen.files.cell_values import Fault

THIRD_OF_APRIL = date(2025, 4, 3)


@pytest.mark.parametrize(
    "written",
    [
        "2025-04-03",
        "2025-4-3",
        "03/04/2025",
        "3/4/2025",
        "03.04.2025",
        "03-04-2025",
        "3 April 2025",
        "3 Apr 2025",
        "3-Apr-2025",
        "3rd April 2025",
        "  03/04/2025\n",
        "3\u00a0April\u00a02025",
        "2025-04-03 00:00:00",
        "2025-04-03T14:30:00.000",
        "03/04/2025 14:30",
        "2025-04-03T00:00:00Z",
        "2025-04-03 00:00:00+00:00",
    ],
)
def test_the_third_of_april(written):
    assert cell_values.a_date(written) == THIRD_OF_APRIL


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("13/25/2025", "no-such-date"),
        ("04/13/2025", "no-such-date"),
        ("29/02/2025", "no-such-date"),
        ("0000-01-01", "no-such-date"),
        ("03/04/25", "not-a-date"),
        ("03/04-2025", "not-a-date"),
        ("2025/04/03", "not-a-date"),
        ("April 3, 2025", "not-a-date"),
        ("45750", "not-a-date"),
        ("2025-04-02T23:00:00Z", "not-a-date"),
        ("2025-04-03 25:00", "not-a-date"),
        ("1989-12-31", "date-out-of-range"),
        ("2201-01-01", "date-out-of-range"),
        ("9" * 6000, "not-a-date"),
    ],
)
def test_what_is_no_date(written, code):
    fault = cell_values.a_date(written)
    assert isinstance(fault, Fault)
    assert fault.code == code


def test_a_day_number_and_a_short_year_have_their_own_remedy():
    assert "format the column as a date" in cell_values.a_date("45750").hint
    assert "four digits" in cell_values.a_date("03/04/25").hint


@pytest.mark.parametrize("month", range(1, 13))
def test_every_month_by_its_names(month):
    name = date(2025, month, 1).strftime("%B")
    for word in (name, name.upper(), name[:3], name[:3] + "."):
        assert cell_values.month(f"{word} 2025") == f"2025-{month:02d}"
    assert cell_values.month("Sept 2025") == "2025-09"


@pytest.mark.parametrize("written", ["2025-04", "2025-4", "April 2025", "apr-2025", "2025-04-17", "17/04/2025"])
def test_april(written):
    assert cell_values.month(written) == "2025-04"


@pytest.mark.parametrize("written", ["2025-00", "2025-13", "04/2025", "Apr-25", "Q1", "2025"])
def test_what_is_no_month(written):
    assert cell_values.month(written).code == "not-a-month"


@pytest.mark.parametrize(
    "written",
    [
        "2025-04 to 2025-06",
        "April 2025 to June 2025",
        "2025-04 – 2025-06",
        "1/4/2025 to 30/6/2025",
        "2025-04 TO 2025-06",
    ],
)
def test_the_first_quarter_of_the_year(written):
    assert cell_values.quarter(written) == "2025-04 to 2025-06"


def test_a_quarter_over_the_new_year():
    assert cell_values.quarter("November 2025 to January 2026") == "2025-11 to 2026-01"


@pytest.mark.parametrize(
    "written", ["2025-04", "2025-04 to 2025-05", "2025-04 to 2025-07", "2025-06 to 2025-04", "Q1 2025"]
)
def test_what_is_no_quarter(written):
    assert cell_values.quarter(written).code == "not-a-quarter"


@pytest.mark.parametrize(
    ("written", "pence"),
    [
        ("1500", 150000),
        ("1,500", 150000),
        ("£1,500.00", 150000),
        ("£ 1,500", 150000),
        ("1 500", 150000),
        ("1\u202f500\u202f000", 150000000),
        ("GBP 1500", 150000),
        ("1500 gbp", 150000),
        ("1500.5", 150050),
        ("1500.50000", 150050),
        ("0", 0),
        ("0.00", 0),
        ("10000000000", 10**12),
    ],
)
def test_money(written, pence):
    assert cell_values.money(written) == pence


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("1500,50", "not-money"),
        ("1,50", "not-money"),
        ("1,5000", "not-money"),
        ("1.500,00", "not-money"),
        ("12 34", "not-money"),
        ("1500.001", "not-money"),
        ("1500.", "not-money"),
        ("$1500", "not-money"),
        ("1e3", "not-money"),
        ("inf", "not-money"),
        ("NaN", "not-money"),
        ("£", "not-money"),
        ("-1", "negative"),
        ("-£1,500.00", "negative"),
        ("(1,500)", "negative"),
        ("1500-", "negative"),
        ("10000000000.01", "out-of-range"),
        ("9" * 6000, "out-of-range"),
    ],
)
def test_what_is_no_money(written, code):
    assert cell_values.money(written).code == code


@pytest.mark.parametrize(
    ("written", "number"), [("12", 12), ("1,200", 1200), ("12.0", 12), ("+3", 3), ("007", 7), ("0" * 50, 0)]
)
def test_whole_numbers(written, number):
    assert cell_values.count(written) == number


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("1.5", "not-a-whole-number"),
        ("1,2", "not-a-whole-number"),
        ("x", "not-a-whole-number"),
        ("-1", "out-of-range"),
        ("−1", "out-of-range"),
        ("1000001", "out-of-range"),
        ("9" * 6000, "out-of-range"),
    ],
)
def test_what_is_no_whole_number(written, code):
    assert cell_values.count(written).code == code


@pytest.mark.parametrize(
    ("written", "number"), [("19.5", 19.5), ("1,200.25", 1200.25), ("-3", -3.0), ("−3", -3.0), ("£12", 12.0)]
)
def test_numbers(written, number):
    assert cell_values.number(written) == number


@pytest.mark.parametrize("written", ["inf", "-inf", "nan", "1e5", "", "1.2.3", "one"])
def test_what_is_no_number(written):
    assert cell_values.number(written).code == "not-a-number"
    assert cell_values.number("9" * 400).code == "out-of-range"


@pytest.mark.parametrize("written", ["yes", "Y", "TRUE", "1", " Yes "])
def test_yes(written):
    assert cell_values.yes_no(written) is True


@pytest.mark.parametrize("written", ["no", "N", "False", "0"])
def test_no(written):
    assert cell_values.yes_no(written) is False


@pytest.mark.parametrize("written", ["2", "ja", "yes/no", "-"])
def test_neither(written):
    assert cell_values.yes_no(written).code == "not-yes-or-no"


def test_namibia_is_not_missing():
    assert cell_values.country("NA") == "NA"
    assert cell_values.country(" na ") == "NA"


def test_a_country_given_by_name_gets_a_suggestion():
    assert cell_values.country("Poland").hint == "Did you mean “PL”?"
    assert cell_values.country("UK").hint == "Did you mean “GB”?"
    assert "ISO 3166" in cell_values.country("Atlantis").hint


def test_categories_take_their_own_spelling():
    read = cell_values.category(("UK port", "31A", "32"))
    assert read("  uk   PORT ") == "UK port"
    assert read("31a") == "31A"
    assert read("32.0") == "32"
    assert read("UK prot").hint == "Did you mean “UK port”?"
    assert read("somewhere").hint == "Allowed: UK port, 31A, 32."


def test_looking_up_wrong_words_ends():
    read = cell_values.category(("goods vehicle",))
    hints = [read(f"goods vehicel {n}").hint for n in range(cell_values.HINTS + 10)]
    assert hints[0].startswith("Did you mean")
    assert hints[-1] == "Allowed: goods vehicle."


def test_answers_are_separated_by_semicolons():
    read = cell_values.several(("Videos", "Secure parking"))
    assert read("secure PARKING ; videos;;videos") == ("Secure parking", "Videos")
    assert read("Videos; Park").part == "Park"
    assert "Separate answers by “;”" in read("Videos, Secure parking").hint


def test_codes_once_each():
    assert cell_values.codes(" Letter; time ;letter;; ") == ("Letter", "time")


def test_names_fold_like_headers():
    assert cell_values.name(" Clear-Letter ") == "clear_letter"
    assert cell_values.name("q.1").code == "not-a-name"
    assert cell_values.name("1st").code == "not-a-name"


def test_typed_cells_as_a_person_would_have_typed_them():
    from datetime import UTC, datetime, time
    from decimal import Decimal

    assert text(None) == text(float("nan")) == ""
    assert text(32.0) == "32"
    assert text(-0.0) == "0"
    assert text(0.1 + 0.2) == "0.3"
    assert text(1100.0000000000002) == "1100"
    assert text(1e20) == "1e+20"
    assert text(float("inf")) == "inf"
    assert text(bool(1)) == "yes"
    assert text(datetime(2025, 4, 3, tzinfo=UTC).replace(tzinfo=None)) == "2025-04-03"
    assert text(datetime(2025, 4, 3, tzinfo=UTC)) == "2025-04-03"
    assert text(datetime(2025, 4, 3, 23, tzinfo=UTC)) == "2025-04-03 23:00:00+00:00"
    assert text(time(4, 5)) == "04:05:00"
    assert text(Decimal("1E+3")) == "1000"
    assert text(Decimal("1500.00")) == "1500.00"
    assert text(b"caf\xc3\xa9") == "café"
    assert text(["a", "b"]) == "a; b"
