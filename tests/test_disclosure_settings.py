"""Disclosure control under other settings, and what the analyst hears about other thresholds."""

from dataclasses import replace

import attacked
import pytest
from cells import changed

from reportgen import disclosure
from reportgen.model.problem import serious

SETTINGS = (
    {"threshold": 2, "survey_minimum_base": 2},
    {"threshold": 10, "survey_minimum_base": 10, "dominance": 0.5},
    {"threshold": 1000, "survey_minimum_base": 1000},
    {"round_to": 5},
    {"round_to": 10, "threshold": 3},
)


@pytest.fixture(scope="module")
def small_year():
    return attacked.exact(3)


@pytest.mark.parametrize("settings", SETTINGS)
def test_a_year_can_be_protected_under_every_setting(settings, small_year):
    statistics = replace(changed(small_year[0], **settings), previous=None)
    assert serious(disclosure.protect(statistics, small_year[1]).problems) == []


def test_the_summary_says_what_other_thresholds_would_hide(small_year):
    said = disclosure.other_thresholds(replace(small_year[0], previous=None), small_year[1])
    assert said[0].startswith("The threshold of this report is 5")
    shares = [line for line in said if line.startswith("A threshold of ")]
    assert [line.split()[3] for line in shares] == ["3", "5", "10"]
    hidden = [int(line.split(" hides ")[1].split()[0].replace(",", "")) for line in shares]
    assert hidden == sorted(hidden)
    assert hidden[0] < hidden[2]
    assert max(len(line) for one in said for line in one.splitlines()) <= 80


def test_the_summary_gives_the_narrowest_range_of_a_hidden_number(small_year):
    said = disclosure.other_thresholds(replace(small_year[0], previous=None), small_year[1])
    ranges = [line for line in said if "narrowest" in line]
    assert len(ranges) == 3
    assert all(int(line.split(" has ")[1].split()[0]) >= 2 for line in ranges)
