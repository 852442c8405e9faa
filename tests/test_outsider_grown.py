"""Attacks on a report that grew: breakdowns that it does not have today make multi-way tables with the old ones."""

import pytest
from outsider import planted, years
from outsider.judge import Judge
from outsider.planted import Batch
from test_outsider_hints import made

from reportgen.model.problem import ReportFailed

ISSUED = "penalties.issued"
GROWN = {
    "vehicle_type": (("vehicle_type", "section"), ("vehicle_type", "role")),
    "occasion": (("occasion", "section"), ("occasion", "role")),
    "accredited": (("accredited", "section"), ("accredited", "role")),
    "place": (("place", "occasion"), ("occasion", "section")),
    "four": (("vehicle_type", "section"), ("vehicle_type", "role"), ("vehicle_type", "place")),
}
LONE, SMALL, USUAL = (
    {
        "vehicle_type": ("coach", "van", "goods vehicle"),
        "occasion": ("third or later", "second", "first"),
        "accredited": ("", "yes", "no"),
        "place": ("Inland", "Dunkerque", "Calais"),
    },
    2,
    60,
)


def triangle(breakdown):
    """Three breakdowns of which each pair is published, and a block of four hidden cells that the third pair opens.

    Hirers have section 32 alone, operators 31A alone. One category has no other role, so that its hidden hirers are
    its notices of section 32, which are shown; from there a hidden 2 follows.
    """
    breakdown = "vehicle_type" if breakdown == "four" else breakdown
    lone, small, usual = LONE[breakdown]
    third = {"role": ("hirer", "operator"), "occasion": ("second", "third or later")}
    by = "occasion" if breakdown == "place" else "role"
    one, other = third[by]
    rest = ("first",) if by == "occasion" else ("driver", "owner")
    return (
        *(Batch(40, section, **{breakdown: usual, by: word}) for section in ("32", "31A") for word in rest),
        *(Batch(12, section, **{breakdown: small, by: word}) for section in ("32", "31A") for word in rest),
        Batch(USUAL, "32", **{breakdown: usual, by: one}),
        Batch(USUAL, "31A", **{breakdown: usual, by: other}),
        Batch(8, "32", **{breakdown: lone, by: one}),
        Batch(9, "31A", **{breakdown: lone, by: other}),
        Batch(SMALL, "32", **{breakdown: small, by: one}),
        Batch(7, "31A", **{breakdown: small, by: other}),
    )


@pytest.mark.parametrize("breakdown", GROWN)
def test_new_breakdowns_are_protected_or_refused(tmp_path, breakdown):
    workspace = made(tmp_path, 60)
    planted.plain(workspace.inputs / "2025", triangle(breakdown))
    try:
        with planted.grown(ISSUED, GROWN[breakdown]):
            folder = years.publish(workspace, 2025, {"csv"})
    except ReportFailed:
        return
    attack, truths = years.assail([folder], workspace.inputs, [2025], 5)
    found = [finding for finding in Judge(attack, truths).findings() if finding.kind in years.HARD]
    assert not [str(finding) for finding in found if ISSUED in finding.cell]


def test_the_planted_year_is_lawful(tmp_path):
    """Without the new breakdowns the year is published, so that a refusal is about them."""
    workspace = made(tmp_path, 60)
    planted.plain(workspace.inputs / "2025", triangle("vehicle_type"))
    assert years.publish(workspace, 2025, {"csv"}).is_dir()
