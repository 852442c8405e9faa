"""The attacker finds every leak that is planted in the published files."""

import json
from collections import Counter

import attacker
import pytest
from published_table import name_of, protected, put_back, rows_of, table


def test_every_hidden_cell_put_back_is_found():
    """A small cell put back is seen at once; another reveals the cells that it protected."""
    statistics = table()
    _, files = protected(statistics)
    rows = [row for row in rows_of(files) if row["marker"]]
    assert len(rows) >= 4
    assert attacker.leaks(files) == []
    for row in rows:
        assert attacker.leaks(put_back(files, statistics, row)), row


def test_the_only_hidden_cell_of_a_row_is_found():
    printed = b"Place,Driver,Owner,Total\nCalais,12,[c],15\nInland,7,9,16\nTotal,19,[c],31\n"
    assert attacker.leaks({"data/x.csv": printed}) == [
        "data/x.csv: the only hidden cell of 'Calais' is its total less the others",
        "data/x.csv: the only hidden cell of 'Total' is its total less the others",
    ]
    assert not attacker.leaks({"data/x.csv": printed.replace(b"12,[c],15", b"[c],[c],15").replace(b"19,", b"[c],")})


def test_a_hidden_year_beside_last_year_and_the_change_is_found():
    printed = b"Place,2024 to 2025,2025 to 2026,Change\nCalais,12,[c],-8\nInland,7,9,+2\nDover,[c],[c],[c]\n"
    assert attacker.leaks({"data/x.csv": printed}) == ["data/x.csv: 'Calais': one year is the other and the change"]


def row(measure, value, base="", *pairs, marker="", unit="notices"):
    parts = (*pairs, "", "", "", "")[:4]
    return ",".join([measure, *parts, "2025 to 2026", value, marker, unit, "", "", base])


def tidy(*rows):
    head = "measure,breakdown_1,category_1,breakdown_2,category_2,period,value,marker,unit,lower,upper,base"
    return {"data/statistics.csv": "\n".join((head, *rows, "")).encode()}


def three_tables(*inner):
    """Rows of the three tables of two breakdowns, from (place, section, role, notices); 1 to 4 hidden."""
    rows = []
    for names in ((0, 1), (0, 2), (1, 2)):
        sums = Counter()
        for one in inner:
            sums[one[names[0]], one[names[1]]] += one[3]
        words = ("place", "section", "role")
        for (first, second), number in sums.items():
            told = ("", "", "[c]") if 0 < number < 5 else (str(number), str(number), "")
            pairs = (words[names[0]], first, words[names[1]], second)
            rows.append(row("penalties.issued", *told[:2], *pairs, marker=told[2]))
    return tuple(rows)


KINDS = {
    "three tables of two breakdowns": three_tables(
        ("Calais", "31A", "driver", 3),
        ("Calais", "31A", "owner", 3),
        ("Calais", "32", "driver", 0),
        ("Calais", "32", "owner", 0),
        ("Inland", "31A", "driver", 0),
        ("Inland", "31A", "owner", 2),
        ("Inland", "32", "driver", 6),
        ("Inland", "32", "owner", 4),
    ),
    "a small count": (row("penalties.issued", "3", "3"),),
    "a figure on a small base": (row("notice.days.median", "30", "3"),),
    "a small numerator": (row("objections.rate", "0.03", "100"),),
    "a small remainder": (row("objections.rate", "0.97", "100"),),
    "linked differences": (
        row("penalties.issued", "20", "20"),
        row("penalties.issued", "17", "17", "role", "driver"),
        row("penalties.issued", "", "", "role", "owner", marker="[c]"),
    ),
    "a margin of one table and the cells of another": (
        row("penalties.issued", "20", "20", "place", "Calais"),
        row("penalties.issued", "17", "17", "place", "Calais", "role", "driver"),
        row("penalties.issued", "", "", "place", "Calais", "role", "owner", marker="[c]"),
    ),
    "a share and its base": (
        row("objections.changed_share", "0.5", "40"),
        row("objections.decided", "12", "12", "objection_outcome", "cancelled"),
        row("objections.decided", "5", "5", "objection_outcome", "reduced"),
        row("objections.decided", "20", "20", "objection_outcome", "unchanged"),
        row("objections.decided", "", "", "objection_outcome", "reduced to nil", marker="[c]"),
    ),
    "the base beside a value": (
        row("penalties.issued", "20", "20"),
        row("penalties.issued", "", "", "role", "driver", marker="[c]"),
        row("penalties.issued", "", "", "role", "owner", marker="[c]"),
        row("value.paid", "1700.00", "17", "role", "driver", unit="pounds"),
    ),
    "a mean and its count": (
        row("value.initial", "", "", marker="[c]", unit="pounds"),
        row("value.initial_mean", "900.00", "20", unit="pounds"),
        row("penalties.issued", "20", "20"),
    ),
    "a percentile and a share in time": (
        row("objections.days.within_target", "", "", marker="[c]", unit="proportion"),
        row("objections.days.p90", "41", "30", unit="days"),
    ),
    "the identity of what is owed": (
        row("value.current", "9000.00", "20", unit="pounds"),
        row("value.paid", "6000.00", "20", unit="pounds"),
        row("value.written_off", "0.00", "20", unit="pounds"),
        row("value.refund_due", "100.00", "20", unit="pounds"),
        row("value.outstanding", "", "", marker="[c]", unit="pounds"),
    ),
    "the flow of money": (
        *(row(f"money.{name}", "900.00", "9", unit="pounds") for name in ("opening", "issued", "reduced", "cancelled")),
        *(
            row(f"money.{name}", "900.00", "9", unit="pounds")
            for name in ("paid", "refunded", "written_off", "closing")
        ),
        row("money.increased", "", "", marker="[c]", unit="pounds"),
    ),
    "a median beside a hidden count": (
        row("penalties.issued", "30", "30"),
        row("penalties.issued", "", "", "place", "Calais", marker="[c]"),
        row("penalties.issued", "", "", "place", "Inland", marker="[c]"),
        row("notice.days.median", "20.5", "", "place", "Calais", unit="days"),
    ),
    "cancelled notices in the ledger": (
        row("money.cancelled", "9000.00", "10", unit="pounds"),
        row("objections.decided", "9", "9", "objection_outcome", "cancelled"),
        row("appeals.decided", "", "", "appeal_outcome", "cancelled", marker="[c]"),
    ),
    "reduced notices in the ledger": (
        row("money.reduced", "9000.00", "30", unit="pounds"),
        row("objections.decided", "20", "20", "objection_outcome", "reduced"),
        row("objections.decided", "7", "7", "objection_outcome", "reduced to nil"),
        row("appeals.decided", "10", "10"),
        row("appeals.decided", "6", "6", "appeal_outcome", "dismissed"),
        row("appeals.decided", "", "", "appeal_outcome", "reduced", marker="[c]"),
    ),
    "a hidden share of six": (
        row("objections.rate", "", "", "section", "32", marker="[c]"),
        row("penalties.issued", "6", "6", "section", "32"),
    ),
    "decisions that all have a day": (
        row("objections.days.median", "30", "12", "section", "32", unit="days"),
        row("objections.decided", "9", "9", "section", "32", "objection_outcome", "reduced"),
        row("objections.decided", "", "", "section", "32", "objection_outcome", "cancelled", marker="[c]"),
    ),
    "answers of a small group": (
        *(row("survey.q", f"{part / 40:.15g}", "40", "option", option) for option, part in (("Yes", 25), ("No", 15))),
        *(
            row("survey.q", f"{part / 33:.15g}", "33", "role", "driver", "option", option)
            for option, part in (("Yes", 20), ("No", 13))
        ),
        *(row("survey.q", "", "", "role", "owner", "option", option, marker="[c]") for option in ("Yes", "No")),
    ),
}


@pytest.mark.parametrize("kind", KINDS)
def test_each_kind_of_leak_is_found(kind):
    assert attacker.leaks(tidy(*KINDS[kind]), target=42)


def test_the_attacker_knows_how_many_were_invited():
    """Between one and six of the seven owners answered, since neither none nor all did. Others' answers are published."""
    rate = "survey.response_rate"
    asked = (
        row(rate, "", "", "role", "owner", marker="[c]"),
        row(rate, "0.35", "200", "role", "driver"),
        row("survey.responses", "", "", "role", "owner", marker="[c]"),
        row(rate, "", "", marker="[c]"),
    )
    assert not attacker.leaks(tidy(*asked), sent={"owner": 7, "driver": 200})
    told = (*asked[:2], row("survey.responses", "4", "4", "role", "owner"), asked[3])
    assert any("numerator" in one for one in attacker.leaks(tidy(*told), sent={"owner": 7, "driver": 200}))


def test_a_hidden_figure_published_in_figures_json_is_found():
    _, files = protected(table())
    hidden = next(row for row in rows_of(files) if row["marker"])
    figures = {"figures": [{"id": name_of(hidden), "value": None, "marker": "[c]", "previous": None}]}
    assert attacker.leaks(files | {"figures.json": json.dumps(figures).encode()}) == []
    figures["figures"][0]["value"] = 3
    assert attacker.leaks(files | {"figures.json": json.dumps(figures).encode()})


def test_a_hidden_figure_published_before_is_found():
    statistics = table()
    _, files = protected(statistics)
    hidden = next(row for row in rows_of(files) if row["marker"])
    before = put_back(files, statistics, hidden)
    assert any("published before" in one for one in attacker.leaks(files, earlier=[before]))
