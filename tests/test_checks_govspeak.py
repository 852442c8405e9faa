"""Checks of the Govspeak: what Whitehall would refuse is found."""

from dataclasses import replace

import pytest
from checked import answers
from finished import MD, PNG, finished

from reportgen.checks import govspeak

pytestmark = pytest.mark.usefixtures("without_pdf_validator")

GOVSPEAK = "cecps-annual-report-2025.md"


def with_govspeak(change):
    return finished(files={GOVSPEAK: change(MD).encode()})


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("## Penalties", "# Penalties", "first level"),
        ("## Penalties", "### Penalties", "left out"),
        ("## Penalties", "##Penalties", "space"),
        ("## Penalties", "## 1. Penalties", "numbers headings itself"),
        ("The team", "It rose by \\~5. The team", "backslash"),
        ("The team", "The end\\\nThe team", "backslash"),
        ("The team", "Three things:\n- one\n\nThe team", "a list needs"),
        ("\n[Image:", "[Image:", "a picture needs"),
        ("The team", "@Advice\n\nThe team", "no longer"),
        ("The team", "<script>x</script>The team", "<script>"),
        ("The team", '<p style="color:red">The team</p>', "style"),
        ("The team", '<a onclick="x" href="/x">The team</a>', "onclick"),
        ("The team", "<!-- hidden -->The team", "comment"),
        ("The team", "<details>The team</details>", "<details>"),
        ("The team", "[The team](javascript:alert)", "javascript"),
        ("The team", "![x](https://x.example/p.png) The team", "picture"),
        ("The team issued", "{::highlight-answer}", "no longer"),
        ("The team issued", "{stat-headline}\nThe team issued", "opened 1"),
        ("The team issued", "{sparkle}\nThe team issued", "no construct"),
        ("The team issued", "$Q\nThe team issued", "no box"),
        ("The team issued", "$C\nThe team issued", "not closed"),
        ("The team issued", "^The team issued", "callout"),
        ("[Image:penalties-by-role.svg]", "[Image:other.svg]", "not in charts/"),
        ("[Image:penalties-by-role.svg]", "[Video:x.mp4]", "no construct"),
        ("| # Owner | 344 |", "| # Owner | 344 | 1 |", "cells"),
        ("|---|---:|\n", "", "line of dashes"),
        ("**Table 1: Penalties by role**\n\n|", "**Table 1: Penalties by role**\n|", "blank line"),
        ("The team issued", "The team[^1] issued", "not written"),
    ],
)
def test_govspeak_that_whitehall_would_refuse_is_found(old, new, said):
    made = with_govspeak(lambda text: text.replace(old, new, 1))
    result = answers(made)["govspeak"]
    assert result.result == "failed"
    assert any(said in line for line in result.evidence), result.evidence


@pytest.mark.parametrize(
    "more",
    [
        "^A callout.^",
        "It cost £5 \\[c\\] \\* 5 &#126; 6 \\+12% \\| 3",
        "Three things:\n\n- one\n- two\n  and more\n- three",
        "%A warning.%",
        "$C\n**Penalty team**\nWrite to us\n$C",
        "{stat-headline}\n*14* of every 15\n{/stat-headline}",
        "$CTA\nSomething\n$CTA",
        "s1. First\ns2. Second\n",
        "Words[^1]\n\n[^1]: A note.",
        "[AttachmentLink:data.ods]",
        "*[CECPS]: Clandestine Entrant Civil Penalty Scheme",
        "A line with 50% in it",
        '<abbr title="x">y</abbr>',
    ],
)
def test_govspeak_that_whitehall_accepts_passes(more):
    made = with_govspeak(lambda text: f"{text}\n{more}\n")
    assert answers(made)["govspeak"].result == "passed"


def test_pictures_left_out_of_a_build_are_known_by_name():
    made = finished()
    bare = {name: data for name, data in made.files.items() if not name.startswith("charts/")}
    other = MD.replace("penalties-by-role.svg", "other.svg").encode()
    assert govspeak.passes(replace(made, files=bare)).result == "passed"
    assert govspeak.passes(replace(made, files=bare | {GOVSPEAK: other})).result == "failed"


def test_a_bitmap_too_large_for_whitehall_fails():
    big = PNG.replace((960).to_bytes(4, "big"), (1920).to_bytes(4, "big"))
    made = finished(files={"charts/penalties-by-role.png": big, GOVSPEAK: MD.replace(".svg]", ".png]").encode()})
    assert any("1920 by 640" in line for line in answers(made)["govspeak"].evidence)
