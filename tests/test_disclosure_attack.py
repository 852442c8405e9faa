"""The attacker against what is published: planted leaks are found, protected years give nothing away."""

import csv
import io
import json
import os
import subprocess
import sys
from collections import Counter
from dataclasses import replace
from itertools import combinations, product
from pathlib import Path
from random import Random

import attacked
import attacker
import cells
import optimum
import pytest
from cells import changed, count
from click.testing import CliRunner

from reportgen import disclosure
from reportgen.app import build
from reportgen.app.cli import cli
from reportgen.disclosure.attack_model import three_way_margins
from reportgen.disclosure.attack_model.linear_program import LinearProgram
from reportgen.disclosure.attack_model.published_figures import describe
from reportgen.formats.open_data.statistics_csv import statistics_csv
from reportgen.model.problem import ReportFailed, exit_code, serious

SMALL = (3, 4, 11)
ROOT = Path(__file__).parents[1]
INNER = {
    ("Calais", "van"): 3, ("Calais", "car"): 12, ("Calais", "coach"): 30,
    ("Inland", "van"): 25, ("Inland", "car"): 2, ("Inland", "coach"): 14,
    ("UK port", "van"): 9, ("UK port", "car"): 18, ("UK port", "coach"): 0,
}  # fmt: skip


def table():
    """A year of incidents by place and vehicle with both margins, in which two cells are small."""
    made = [count("incidents.count", sum(INNER.values()))]
    for at, name in ((0, "place"), (1, "vehicle_type")):
        for word in dict.fromkeys(pair[at] for pair in INNER):
            number = sum(n for pair, n in INNER.items() if pair[at] == word)
            made.append(count("incidents.count", number, **{name: word}))
    made += [count("incidents.count", n, place=place, vehicle_type=vehicle) for (place, vehicle), n in INNER.items()]
    return cells.year(*made)


def protected(statistics, published=()):
    """What was found, and the file of all figures."""
    found = disclosure.protect(statistics, cells.release(statistics), published=published)
    return found, {"data/statistics.csv": statistics_csv(found.value)}


def rows_of(files, name="statistics"):
    return list(csv.DictReader(io.StringIO(files[f"data/{name}.csv"].decode())))


def name_of(row):
    pairs = [(row[f"breakdown_{n}"], row[f"category_{n}"]) for n in (1, 2) if row[f"breakdown_{n}"]]
    return row["measure"] + ("{" + ", ".join(f"{a}={b}" for a, b in pairs) + "}" if pairs else "")


def exact(statistics, row):
    return next(statistic for key, statistic in statistics.cells.items() if str(key) == name_of(row))


def told(files, statistics, row):
    """The files with the exact value of one hidden figure put back, as if it had been forgotten."""
    rows, statistic = rows_of(files), exact(statistics, row)
    out = io.StringIO()
    writer = csv.DictWriter(out, list(rows[0]), lineterminator="\n")
    writer.writeheader()
    back = {"value": repr(statistic.value), "marker": "", "base": str(statistic.base)}
    writer.writerows(one | back if name_of(one) == name_of(row) else one for one in rows)
    return files | {"data/statistics.csv": out.getvalue().encode()}


# The attacker finds ---------------------------------------------------------------------------------------------------


def test_every_forgotten_cell_is_found():
    """Each hidden cell put back: a small one is seen at once, another opens those that it protected."""
    statistics = table()
    _, files = protected(statistics)
    rows = [row for row in rows_of(files) if row["marker"]]
    assert len(rows) >= 4
    assert attacker.leaks(files) == []
    for row in rows:
        assert attacker.leaks(told(files, statistics, row)), row


def test_a_lone_cell_of_a_printed_table_is_found():
    printed = b"Place,Driver,Owner,Total\nCalais,12,[c],15\nInland,7,9,16\nTotal,19,[c],31\n"
    assert attacker.leaks({"data/x.csv": printed}) == [
        "data/x.csv: the only hidden cell of 'Calais' is its total less the others",
        "data/x.csv: the only hidden cell of 'Total' is its total less the others",
    ]
    assert not attacker.leaks({"data/x.csv": printed.replace(b"12,[c],15", b"[c],[c],15").replace(b"19,", b"[c],")})


def test_last_year_and_the_change_are_found():
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


def test_an_attacker_knows_how_many_were_asked():
    """Six owners were asked and neither none nor all answered: one to five; of the others it is known what is said."""
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


def test_a_figure_told_in_figures_json_is_found():
    _, files = protected(table())
    hidden = next(row for row in rows_of(files) if row["marker"])
    figures = {"figures": [{"id": name_of(hidden), "value": None, "marker": "[c]", "previous": None}]}
    assert attacker.leaks(files | {"figures.json": json.dumps(figures).encode()}) == []
    figures["figures"][0]["value"] = 3
    assert attacker.leaks(files | {"figures.json": json.dumps(figures).encode()})


def test_a_copy_that_was_published_before_is_found():
    statistics = table()
    _, files = protected(statistics)
    hidden = next(row for row in rows_of(files) if row["marker"])
    before = told(files, statistics, hidden)
    assert any("published before" in one for one in attacker.leaks(files, earlier=[before]))


# The attacker finds nothing -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("seed", SMALL)
def test_small_and_skewed_years_give_nothing_away(seed):
    statistics, release = attacked.exact(seed)
    files, problems = attacked.publish(statistics, release)
    assert problems == []
    assert {row["marker"] for row in rows_of(files)} == {"", "[c]"}
    assert attacker.leaks(files, target=release.objection_days, sent=dict(statistics.invitations)) == []


def small_table(seed):
    """Notices by place, section and role, printed two by two with all margins."""
    chance = Random(seed)
    places, roles = (
        ("Calais", "Inland", "UK port")[: chance.choice((2, 3))],
        ("driver", "owner", "hirer")[: chance.choice((2, 3))],
    )
    inner = {one: chance.choice((0, 0, 0, 1, 2, 3, 5, 8, 13, 20)) for one in product(places, ("31A", "32"), roles)}
    made = [count("penalties.issued", sum(inner.values()))]
    words = dict(zip(("place", "section", "role"), zip(*inner, strict=True), strict=True))
    for names in (("place",), ("section",), ("role",), ("place", "section"), ("place", "role"), ("section", "role")):
        at = [list(words).index(name) for name in names]
        for some in product(*(dict.fromkeys(words[name]) for name in names)):
            number = sum(n for one, n in inner.items() if all(one[a] == word for a, word in zip(at, some, strict=True)))
            made.append(count("penalties.issued", number, **dict(zip(names, some, strict=True))))
    return cells.year(*made)


@pytest.mark.parametrize("seed", [8, 13, 17])
def test_three_tables_of_two_breakdowns_give_nothing_away(seed, monkeypatch):
    """None of the notices behind them is below 0: without that, hidden cells of these tables can be worked out."""
    found, files = protected(small_table(seed))
    assert not found.problems
    assert attacker.leaks(files) == []
    monkeypatch.setattr(three_way_margins, "relate", lambda *_: None)
    assert attacker.leaks(protected(small_table(seed))[1])


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
def test_no_setting_stops_a_year(settings, small_year):
    statistics = replace(changed(small_year[0], **settings), previous=None)
    assert serious(disclosure.protect(statistics, small_year[1]).problems) == []


def test_without_secondary_suppression_the_build_stops(office, monkeypatch):
    """Exit 13, and the hidden cell is named with what gives it away, never with its value."""
    monkeypatch.setattr(sys.modules["reportgen.disclosure.protect"], "secondary", lambda *_: None)
    with pytest.raises(ReportFailed) as failed:
        build.compose(office.workspace, 2025, drawn=False)
    problems = [problem for problem in failed.value.problems if problem.code == "hidden-figure-given-away"]
    assert exit_code(problems) == 13
    assert all(" is hidden, but can be worked out too closely from " in problem.message for problem in problems)
    assert all(problem.value in problem.message for problem in problems)


def test_the_command_stops_with_13_and_changes_nothing(office, monkeypatch):
    """Through the command itself: the code, the cell named with what gives it away, and the outputs as they were."""
    monkeypatch.setattr(sys.modules["reportgen.disclosure.protect"], "secondary", lambda *_: None)
    before = {path: path.read_bytes() for path in office.workspace.outputs.rglob("*") if path.is_file()}
    folders = ("inputs", "templates", "outputs")
    places = [part for name in folders for part in (f"--{name}", str(getattr(office.workspace, name)))]
    for more in ((), ("--final",)):
        done = CliRunner().invoke(cli, ["build", "--year", "2025", *places, *more])
        assert done.exit_code == 13, done.output
        assert "Problem hidden-figure-given-away" in done.stderr
        assert " is hidden, but can be worked out too closely from " in " ".join(done.stderr.split())
        assert "Nothing was written" in done.stderr
    assert before == {path: path.read_bytes() for path in office.workspace.outputs.rglob("*") if path.is_file()}


@pytest.mark.parametrize(
    ("table", "told"), [("survey", False), ("ledger", False), ("penalties", False), ("team", True)]
)
def test_the_rows_of_a_table_about_people_are_not_told(table, told, office):
    """Beside a total that is displayed they would tell how many records it leaves out."""
    assert (build._of_year(office.publication.composed.numbers, 2025)[table].rows is not None) == told


def test_the_same_cells_are_hidden_whatever_the_hash_seed():
    code = (
        "import sys; sys.path.insert(0, 'tests/support')\n"
        "import attacked, hashlib\n"
        "from dataclasses import replace\n"
        "statistics, release = attacked.exact(3)\n"
        "files, _ = attacked.publish(replace(statistics, previous=None), release)\n"
        "print(hashlib.sha256(files['data/statistics.csv']).hexdigest())\n"
    )
    made = set()
    for seed in ("0", "77"):
        there = os.environ | {"PYTHONHASHSEED": seed}
        run = subprocess.run(
            [sys.executable, "-c", code], cwd=ROOT, env=there, capture_output=True, text=True, check=True
        )
        made.add(run.stdout)
    assert len(made) == 1


@pytest.mark.parametrize("seed", [0, 9, 20, 33])
def test_the_search_is_near_the_best_choice_there_is(seed):
    (mine, worth), (least, least_worth) = optimum.compare(seed)
    assert mine <= least + 1
    assert worth <= least_worth * 1.25


# What is out already --------------------------------------------------------------------------------------------------


def opened(*, small):
    """What was published, with one hidden cell told: a small one, or one that was hidden for another's sake."""
    statistics = table()
    _, files = protected(statistics)
    rows = [row for row in rows_of(files) if row["marker"]]
    found = next(row for row in rows if (exact(statistics, row).value < 5) == small)
    return found, rows_of(told(files, statistics, found))


def test_the_same_publication_again_is_no_problem():
    first, files = protected(table())
    again, same = protected(table(), rows_of(files))
    assert first.problems == again.problems == ()
    assert same == files


def test_a_hidden_figure_that_is_out_is_named_with_what_tells_it():
    out, rows = opened(small=True)
    found, _ = protected(table(), rows)
    (problem,) = [problem for problem in found.problems if problem.code == "published-before"]
    assert problem.value == name_of(out)
    assert problem.message.count(name_of(out)) == 2
    assert exit_code(found.problems) == 13


def test_nothing_can_be_done_where_the_published_copy_gave_it_away():
    _, rows = opened(small=False)
    found, _ = protected(table(), rows)
    assert {problem.code for problem in found.problems} == {"hidden-figure-given-away"}


def test_other_cells_were_hidden_before():
    """Then the same must be hidden again: with both copies before an attacker's eyes nothing is given away."""
    statistics = table()
    _, files = protected(statistics)
    mine = {name_of(row) for row in rows_of(files) if row["marker"]}
    program = LinearProgram(describe(statistics))
    small = {
        f"incidents.count{{place={place}, vehicle_type={car}}}" for place, car in (("Calais", "van"), ("Inland", "car"))
    }
    others = [key for key, one in statistics.cells.items() if key.breakdown_1 and one.value and str(key) not in small]
    hidden = next(
        {*map(str, some)} | small
        for size in (2, 3, 4)
        for some in combinations(others, size)
        if mine - {*map(str, some)} - small and optimum.safe(statistics, program, some)
    )
    before = [
        row | {"value": "" if name_of(row) in hidden else str(exact(statistics, row).value)} for row in rows_of(files)
    ]
    found, again = protected(statistics, before)
    assert found.problems == ()
    now = {name_of(row) for row in rows_of(again) if row["marker"]}
    assert now <= hidden
    assert now != mine
    both = again
    for row in rows_of(again):
        if row["marker"] and name_of(row) not in hidden:
            both = told(both, statistics, row)
    assert attacker.leaks(both) == []


def test_without_looking_at_what_is_out_it_would_be_given_away():
    out, _ = opened(small=False)
    _, files = protected(table())
    assert attacker.leaks(told(files, table(), out))


@pytest.mark.parametrize(
    "change", [{"period": "1999 to 2000"}, {"value": "99999"}, {"value": "[c]"}, {"measure": "nothing"}]
)
def test_a_copy_of_another_period_or_value_tells_nothing(change):
    _, rows = opened(small=True)
    found, _ = protected(table(), [row | change for row in rows])
    assert not serious(found.problems)


def test_a_share_that_is_out_tells_its_numerator_with_its_base():
    statistics = cells.year(cells.share("objections.rate", 3, 40), count("penalties.issued", 40))
    before = {"measure": "objections.rate", "period": statistics.period.label, "value": "0.075"}
    for base, out in (("40", True), ("41", False), ("", False)):
        found, _ = protected(statistics, [before | {"base": base}])
        assert bool(found.problems) == out


def test_a_base_that_is_out_tells_a_count():
    """Though the value beside it has changed since: hiding the count of drivers again would help nobody."""
    numbers = {"driver": 17, "owner": 3}
    statistics = cells.year(
        count("penalties.issued", 20),
        *(count("penalties.issued", n, role=role) for role, n in numbers.items()),
        cells.money("value.paid", [900] * 17, role="driver"),
    )
    before = {"measure": "value.paid", "breakdown_1": "role", "category_1": "driver", "value": "1.00", "base": "17"}
    hidden = {}
    for period in (statistics.period.label, "1999 to 2000"):
        found, _ = protected(statistics, [before | {"period": period}])
        assert not found.problems
        hidden[period] = {str(one.key) for one in found.value.figures.values() if one.hidden}
    assert "penalties.issued{role=driver}" in hidden["1999 to 2000"]
    assert "penalties.issued" in hidden[statistics.period.label]


def test_what_other_thresholds_would_hide(small_year):
    said = disclosure.other_thresholds(replace(small_year[0], previous=None), small_year[1])
    assert said[0].startswith("The threshold of this report is 5")
    shares = [line for line in said if line.startswith("A threshold of ")]
    assert [line.split()[3] for line in shares] == ["3", "5", "10"]
    hidden = [int(line.split(" hides ")[1].split()[0].replace(",", "")) for line in shares]
    assert hidden == sorted(hidden)
    assert hidden[0] < hidden[2]
    assert max(len(line) for one in said for line in one.splitlines()) <= 80


def test_the_analyst_is_told_the_narrowest_range_of_a_hidden_number(small_year):
    said = disclosure.other_thresholds(replace(small_year[0], previous=None), small_year[1])
    ranges = [line for line in said if "narrowest" in line]
    assert len(ranges) == 3
    assert all(int(line.split(" has ")[1].split()[0]) >= 2 for line in ranges)
