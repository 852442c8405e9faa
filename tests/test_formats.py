"""Numbers and dates in words: rounding half away from zero, once; nothing that is not a number is ever printed."""

from __future__ import annotations

from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reportgen.model import formatting

NUMBERS = st.decimals(min_value=-(10**9), max_value=10**9, places=4, allow_nan=False)
SHARES = st.floats(0, 1, allow_nan=False)


def by_fractions(value: Decimal, decimals: int) -> Fraction:
    """Half away from zero by whole numbers alone."""
    scaled = Fraction(value) * 10**decimals
    size = (2 * abs(scaled) + 1) // 2
    return Fraction(size if scaled >= 0 else -size, 10**decimals)


@given(NUMBERS, st.integers(0, 3))
def test_rounding_is_half_away_from_zero(value, decimals):
    assert Fraction(formatting.rounded(value, decimals)) == by_fractions(value, decimals)


@given(st.integers(-1000, 1000), st.integers(0, 2))
def test_a_half_goes_away_from_zero_on_both_sides(whole, decimals):
    half = Decimal(whole).scaleb(-decimals) + (Decimal(5) if whole >= 0 else Decimal(-5)).scaleb(-decimals - 1)
    assert abs(formatting.rounded(half, decimals)) == (abs(Decimal(whole)) + 1).scaleb(-decimals)


@given(NUMBERS, st.integers(0, 3))
def test_rounding_is_odd_and_rounds_once(value, decimals):
    made = formatting.rounded(value, decimals)
    assert formatting.rounded(-value, decimals) == -made
    assert formatting.rounded(made, decimals) == made


@pytest.mark.parametrize(
    ("value", "decimals", "made"),
    [
        (0.285, 2, "0.29"),
        (1.005, 2, "1.01"),
        (2.5, 0, "3"),
        (-2.5, 0, "-3"),
        (0.5, 0, "1"),
        (1e15 + 0.5, 0, "1000000000000001"),
    ],
)
def test_a_float_is_the_decimal_that_it_was_written_as(value, decimals, made):
    assert str(formatting.rounded(value, decimals)) == made


@pytest.mark.parametrize(
    "words",
    [
        formatting.number,
        formatting.pounds,
        formatting.percent,
        formatting.points,
        formatting.days,
        formatting.short_pounds,
    ],
)
@pytest.mark.parametrize("value", [float("nan"), float("inf"), -float("inf")])
def test_what_is_not_a_number_has_no_words(words, value):
    with pytest.raises(ValueError, match="not a number"):
        words(value)


def test_numbers_have_commas_and_a_real_minus():
    assert formatting.number(1790) == "1,790"
    assert formatting.number(-1790.4) == "−1,790"
    assert formatting.number(12.345, 1) == "12.3"
    assert formatting.pounds(4213500) == "£4,213,500"
    assert formatting.pounds(-0.5) == "−£1"


@given(st.floats(-0.499, 0.499))
def test_nothing_is_never_negative(value):
    assert formatting.number(value) == "0"
    assert formatting.pounds(value) == "£0"
    assert formatting.points(value) == "0 percentage points"


@given(SHARES)
def test_a_share_is_0_or_100_only_where_it_is(share):
    words = formatting.percent(share)
    assert (words == "0%") == (share == 0)
    assert (words == "100%") == (share == 1)


@given(SHARES.filter(lambda share: 0.01 <= share <= 0.99))
def test_a_share_between_is_rounded(share):
    assert formatting.percent(share) == f"{(Decimal(repr(share)) * 100).quantize(Decimal(1), ROUND_HALF_UP)}%"


@pytest.mark.parametrize(
    ("share", "words"),
    [
        (0.434, "43%"),
        (0.0049, "less than 1%"),
        (0.005, "1%"),
        (0.9949, "99%"),
        (0.995, "more than 99%"),
        (0.9999, "more than 99%"),
        (1.004, "100%"),
        (1.25, "125%"),
    ],
)
def test_very_small_and_very_large_shares_are_put_in_words(share, words):
    assert formatting.percent(share) == words


def test_shares_with_decimals_are_as_careful():
    assert formatting.percent(0.0004, 1) == "less than 0.1%"
    assert formatting.percent(0.9999, 1) == "more than 99.9%"
    assert formatting.percent(0.1234, 1) == "12.3%"


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (4_213_500, "£4.2 million"),
        (12_000_000.0, "£12 million"),
        (850_000, "£850,000"),
        (999_999.4, "£999,999"),
        (999_999.5, "£1 million"),
        (999_949_999, "£999.9 million"),
        (999_960_000, "£1 billion"),
        (2_345_000_000, "£2.3 billion"),
        (-4_250_000, "−£4.3 million"),
        (0, "£0"),
    ],
)
def test_money_in_few_words(value, words):
    assert formatting.short_pounds(value) == words


@pytest.mark.parametrize(
    ("values", "words"),
    [
        (
            [13_300_000, 708_155.0, 0, 49_999, 50_000],
            "£13.3 million, £0.7 million, £0, less than £0.1 million, £0.1 million",
        ),
        ([1_046_750, 10_000_000], "£1.0 million, £10.0 million"),
        ([999_999.4, 1], "£999,999, £1"),
        ([999_960_000, 4_000_000], "£1.0 billion, less than £0.1 billion"),
        ([-4_250_000, 523_802], "−£4.3 million, £0.5 million"),
        ([], ""),
    ],
)
def test_money_beside_money_is_in_one_unit(values, words):
    assert ", ".join(formatting.pounds_alike(values)) == words


@given(st.integers(-(10**11), 10**11))
def test_pence_are_pounds_without_loss(value):
    words = formatting.pence(value)
    back = Decimal(words.replace("−", "-").replace("£", "").replace(",", ""))
    assert back * 100 == value
    assert ("." in words) == (value % 100 != 0)


def test_changes_and_days_agree_with_their_number():
    assert formatting.points(1) == "1 percentage point"
    assert formatting.points(-1) == "−1 percentage point"
    assert formatting.points(4.5) == "5 percentage points"
    assert formatting.days(1) == "1 day"
    assert formatting.days(-1) == "−1 day"
    assert formatting.days(1.5) == "2 days"
    assert formatting.days(1.5, 1) == "1.5 days"


def test_dates_and_periods():
    assert formatting.span(date(2025, 4, 1), date(2026, 3, 31)) == "1 April 2025 to 31 March 2026"
    assert formatting.month("2025-04") == "April 2025"
    assert formatting.period("2025-04 to 2025-06") == "April to June 2025"
    assert formatting.period("2025-10 to 2026-01") == "October 2025 to January 2026"


def test_categories_as_a_reader_knows_them():
    assert formatting.category("section", "31A") == "Section 31A"
    assert formatting.category("registered_in", "NA") == "Namibia"
    assert formatting.category("registered_in", "Other") == "Other countries"
    assert formatting.category("accredited", "not recorded") == "Not recorded"
    assert formatting.category("place", "UK port") == "UK port"


@given(st.integers(1, 10**12))
def test_a_number_for_machines_comes_back(value):
    assert float(formatting.exact(value / 100)) == value / 100
    assert formatting.exact(float(value)) == str(value)


def test_sizes_are_never_too_small():
    assert formatting.size(1) == "1 KB"
    assert formatting.size(1001) == "2 KB"
    assert formatting.size(1_440_000) == "1.4 MB"
