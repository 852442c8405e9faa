"""Attacks on sums of money and small rows by people who know a case: single contributors, the second largest."""

import json

import pytest
from outsider import planted, years
from outsider.judge import Judge
from outsider.seats import seats
from test_outsider_hints import FIRST, LAST, made


def attacked(folder, change, notices=200, seed=5):
    """A made-up year of which everything is paid but for one change, published and attacked."""
    workspace = made(folder, notices, seed)
    planted.settle(workspace.inputs / "2025", change)
    published = years.publish(workspace, 2025)
    return *years.assail([published], workspace.inputs, [2025], 5), published


def written_off(attack):
    return {str(cell.name): cell for cell in attack.reading.year.of("value.written_off")}


@pytest.fixture(scope="module")
def two_alone(tmp_path_factory):
    """Written off: ten drivers and ten owners with others, one hirer £1,000 and one operator £1,500."""

    def change(notices):
        for role in ("driver", "owner"):
            for row in planted.of_year(notices, FIRST, LAST, least=3000, role=role)[:10]:
                planted.write_off(row, 3000)
        planted.write_off(planted.of_year(notices, FIRST, LAST, least=1500, role="hirer")[0], 1000)
        planted.write_off(planted.of_year(notices, FIRST, LAST, least=1500, role="operator")[0], 1500)

    return attacked(tmp_path_factory.mktemp("alone"), change)


def test_a_lone_contributor_cannot_calculate_another(two_alone):
    attack, truths, _ = two_alone
    learnt = [finding for finding in seats(attack, truths[-1]) if finding.kind.startswith("seat-")]
    assert not [str(finding) for finding in learnt if "value.written_off" in finding.cell]


def test_two_hidden_sums_do_not_leave_a_rest_of_two_contributors(two_alone):
    attack, truths, _ = two_alone
    found = [str(finding) for finding in Judge(attack, truths).findings() if finding.kind == "residual-sum"]
    assert not [words for words in found if "value.written_off" in words]


def test_the_second_payer_cannot_calculate_the_first(tmp_path):
    """£20,000 and £5,000 beside three of £20: under the share of one that is allowed, and told to 0.3%."""

    def change(notices):
        rows = planted.of_year(notices, FIRST, LAST, least=20000, role="driver", section="32")
        chosen = list({row["incident_ref"]: row for row in rows}.values())[:5]
        for row, pounds in zip(chosen, (20000, 5000, 20, 20, 20), strict=True):
            planted.write_off(row, pounds)

    attack, truths, _ = attacked(tmp_path, change)
    assert not shown_sums(attack, truths)


def test_a_driver_and_an_owner_of_one_incident_count_as_one(tmp_path):
    """One incident gives £18,000 of £18,180 in two notices: neither is over the share of one that is allowed."""

    def change(notices):
        rows = planted.of_year(notices, FIRST, LAST, least=9000, section="32")
        both = [
            [one for one in rows if one["incident_ref"] == row["incident_ref"]]
            for row in rows
            if row["role"] == "driver"
        ]
        pair = next(two for two in both if len(two) > 1)[:2]
        others = [row for row in rows if row["incident_ref"] != pair[0]["incident_ref"]]
        for row in pair:
            planted.write_off(row, 9000)
        for row in list({row["incident_ref"]: row for row in others}.values())[:6]:
            planted.write_off(row, 30)

    attack, truths, _ = attacked(tmp_path, change)
    assert not shown_sums(attack, truths)


def shown_sums(attack, truths):
    """The sums of what was written off that are shown although the second largest can tell the largest."""
    found = [str(finding) for finding in Judge(attack, truths).findings() if finding.kind == "shown-sum"]
    return [words for words in found if "value.written_off" in words]


@pytest.mark.parametrize("seed", [9, 5])
def test_hidden_sums_stay_uncertain_enough_in_a_random_year(tmp_path, seed):
    """Years in which an outsider placed a hidden sum too well, or a contributor another's."""
    outcome = years.run(tmp_path, seed)
    assert not outcome.unsound
    found = [finding for finding in outcome.findings if finding.kind in years.LEAKS]
    assert not [str(finding) for finding in found if "value." in finding.cell]


def test_a_small_row_all_in_one_category_is_hidden_or_put_before_a_person(tmp_path):
    """Seven decisions under one section, all of which lowered or cancelled: everybody in it is told."""
    workspace, _ = years.write(tmp_path, 4)
    published = years.publish(workspace, 2025)
    attack, truths = years.assail([published], workspace.inputs, (2024, 2025), 3)
    found = [finding for finding in Judge(attack, truths).findings() if finding.kind == "group"]
    checks = json.loads((published / "checks.json").read_text("utf-8"))
    answered = json.dumps([check for check in checks if check["result"] in ("needs a person", "failed")])
    cells = [finding.cell.partition(": ")[2] for finding in found if "2025 to 2026" in finding.cell]
    assert not [cell for cell in cells if cell not in answered]
