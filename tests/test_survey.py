"""Intervals: against published reference values, against statsmodels, and at their edges."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st
from statsmodels.stats.proportion import confint_proportions_2indep, proportion_confint

from reportgen.measures.intervals import newcombe, wilson

COUNTS = st.integers(1, 2000).flatmap(lambda base: st.tuples(st.integers(0, base), st.just(base)))


@pytest.mark.parametrize(
    ("part", "base", "lower", "upper"),
    [
        (0, 10, 0.0, 0.2775),
        (1, 10, 0.0179, 0.4042),
        (5, 10, 0.2366, 0.7634),
        (0, 20, 0.0, 0.1611),
        (30, 30, 0.8865, 1.0),
        (15, 148, 0.0624, 0.1605),
        (81, 263, 0.2553, 0.3662),
    ],
)
def test_wilson_gives_the_reference_values(part, base, lower, upper):
    assert [round(limit, 4) for limit in wilson(part, base)] == [lower, upper]


def test_wilson_with_a_finite_population_gives_the_reference_value():
    """45 of 60 asked among 80: 62.8 to 84.2% without the correction, 69.1 to 80.1% with it."""
    assert [round(100 * limit, 1) for limit in wilson(45, 60)] == [62.8, 84.2]
    assert [round(100 * limit, 1) for limit in wilson(45, 60, 80)] == [69.1, 80.1]


@given(COUNTS)
def test_wilson_agrees_with_statsmodels(counts):
    part, base = counts
    lower, upper = proportion_confint(part, base, alpha=0.05, method="wilson")
    assert wilson(part, base) == (pytest.approx(lower, abs=1e-12), pytest.approx(upper, abs=1e-12))


@given(COUNTS, st.integers(1, 100_000))
def test_wilson_with_a_population_is_wilson_of_a_larger_sample(counts, more):
    """n* = n(N−1)/(N−n) at the same share: statsmodels takes such a sample too."""
    part, base = counts
    population = base + more
    size = base * (population - 1) / (population - base)
    lower, upper = proportion_confint(part / base * size, size, alpha=0.05, method="wilson")
    assert wilson(part, base, population) == (pytest.approx(lower, abs=1e-9), pytest.approx(upper, abs=1e-9))


@given(COUNTS, st.integers(1, 5000))
def test_an_interval_holds_its_share_within_0_and_1(counts, population):
    part, base = counts
    lower, upper = wilson(part, base, population)
    assert 0 <= lower <= part / base <= upper <= 1
    wide_lower, wide_upper = wilson(part, base)
    assert wide_lower <= lower + 1e-12
    assert upper <= wide_upper + 1e-12


@pytest.mark.parametrize("population", [60, 59, 1])
def test_when_everybody_answered_the_interval_is_a_point(population):
    assert wilson(45, 60, population) == (0.75, 0.75)


def test_a_share_of_nothing_has_no_interval():
    with pytest.raises(ValueError, match="nothing"):
        wilson(0, 0)


@given(COUNTS, COUNTS)
def test_newcombe_agrees_with_statsmodels(now, before):
    lower, upper = confint_proportions_2indep(*now, *before, method="newcomb", compare="diff")
    shares = now[0] / now[1], before[0] / before[1]
    made = newcombe(shares[0], wilson(*now), shares[1], wilson(*before))
    assert made == (pytest.approx(lower, abs=1e-9), pytest.approx(upper, abs=1e-9))


def test_newcombe_gives_the_published_example():
    """56/70 less 48/80: 0.0524 to 0.3339 (Newcombe 1998, Statistics in Medicine 17, table II, row a, method 10)."""
    made = newcombe(56 / 70, wilson(56, 70), 48 / 80, wilson(48, 80))
    assert [round(limit, 4) for limit in made] == [0.0524, 0.3339]


def test_newcombe_takes_each_years_own_limits():
    """A year in which everybody answered adds no uncertainty of its own."""
    sure = (0.5, 0.5)
    lower, upper = newcombe(0.75, (0.7, 0.8), 0.5, sure)
    assert math.isclose(lower, 0.2)
    assert math.isclose(upper, 0.3)
