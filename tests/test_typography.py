"""A number stays with its unit, a date is one piece, apostrophes are curly; nothing else of a page changes."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reportgen.document.typography import typeset

KEPT = [
    ("£15 million", "£15_million"),
    ("on <data data-figure='x'>28</data> days", "on <data data-figure='x'>28</data>_days"),
    ("<strong>£5.1</strong> <em>million</em>", "<strong>£5.1</strong>_<em>million</em>"),
    ("1 August 2026", "1_August_2026"),
    ("<span>30 June</span> 2026 was", "<span>30_June</span>_2026 was"),
    ("Apr 2025", "Apr_2025"),
    ("2 percentage points", "2_percentage points"),
    ("see Table 4 and Figure 12", "see Table_4 and Figure_12"),
    ("from 2024 to 2025 on", "from 2024_to_2025 on"),
    ("SI 2000/685", "SI_2000/685"),
    ("driver's, don&#x27;t", "driver’s, don’t"),
]
LEFT = [
    "1,790 notices",
    "12 to 2025 things",
    "in May we decided",
    "<p>30</p> <p>June</p>",
    "30</td> <td>June",
    '<a title="30 June 2025, driver\'s" href="#a">here</a>',
    "<style>a::before { content: '30 June 2025'; font: 12 days }</style>",
    "<svg><title>Paid: £15 million on 1 May 2025, it's so</title></svg>",
    "<a href=\"mailto:pat.o'neil@example.org\">pat.o'neil@example.org</a>",
    "Mayor 2025",
    "the drivers' union",
    "it was '25 or so",
]


@pytest.mark.parametrize(("given", "made"), KEPT)
def test_what_belongs_together_is_not_torn_apart(given, made):
    assert typeset(f"<p>{given}</p>") == f"<p>{made}</p>".replace("_", "\u00a0")


@pytest.mark.parametrize("given", LEFT)
def test_everything_else_is_left_as_it_is(given):
    assert typeset(given) == given


@given(st.lists(st.sampled_from(["<b>", "</b>", "<p>", "30", " ", "June", "2026", "it's", "million", "x", "\ue200"])))
def test_only_spaces_and_apostrophes_change(parts):
    html = "".join(parts)
    made = typeset(html)
    assert made.replace("\u00a0", " ").replace("’", "'") == html.replace("\ue200", "")
    assert re.findall("<[^>]*>", made) == re.findall("<[^>]*>", html)
