"""The attacker finds nothing in protected years, and an unprotected year stops the build."""

import os
import subprocess
import sys
from itertools import product
from pathlib import Path
from random import Random

import attacked
import attacker
import cells
import optimum
import pytest
from cells import count
from click.testing import CliRunner
from published_table import protected, rows_of

from reportgen.app import build
from reportgen.app.cli import cli
from reportgen.disclosure.attack_model import three_way_margins
from reportgen.model.edition import Edition
from reportgen.model.problem import ReportFailed, exit_code

SMALL = (3, 4, 11)
ROOT = Path(__file__).parents[1]


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
    """No count of notices is negative. Ignoring that, hidden cells of these tables could be calculated."""
    found, files = protected(small_table(seed))
    assert not found.problems
    assert attacker.leaks(files) == []
    monkeypatch.setattr(three_way_margins, "relate", lambda *_: None)
    assert attacker.leaks(protected(small_table(seed))[1])


def test_without_secondary_suppression_the_build_stops(office, monkeypatch):
    """Exit with 13 and name the hidden cell with what gives it away, never with its value."""
    monkeypatch.setattr(sys.modules["reportgen.disclosure.protect"], "secondary", lambda *_: None)
    with pytest.raises(ReportFailed) as failed:
        build.compose(office.workspace, Edition(2025), drawn=False)
    problems = [problem for problem in failed.value.problems if problem.code == "hidden-figure-given-away"]
    assert exit_code(problems) == 13
    assert all(" is hidden, but can be estimated too closely from " in problem.message for problem in problems)
    assert all(problem.value in problem.message for problem in problems)


def test_the_command_stops_with_13_and_changes_nothing(office, monkeypatch):
    """The command exits with 13, names the cell with what gives it away, and leaves the outputs alone."""
    monkeypatch.setattr(sys.modules["reportgen.disclosure.protect"], "secondary", lambda *_: None)
    before = {path: path.read_bytes() for path in office.workspace.outputs.rglob("*") if path.is_file()}
    folders = ("inputs", "templates", "outputs")
    places = [part for name in folders for part in (f"--{name}", str(getattr(office.workspace, name)))]
    for more in ((), ("--final",)):
        done = CliRunner().invoke(cli, ["build", "--year", "2025", *places, *more])
        assert done.exit_code == 13, done.output
        assert "Problem hidden-figure-given-away" in done.stderr
        assert " is hidden, but can be estimated too closely from " in " ".join(done.stderr.split())
        assert "Nothing was written" in done.stderr
    assert before == {path: path.read_bytes() for path in office.workspace.outputs.rglob("*") if path.is_file()}


@pytest.mark.parametrize(
    ("table", "told"), [("survey", False), ("ledger", False), ("penalties", False), ("team", True)]
)
def test_the_number_of_rows_of_a_table_about_people_is_not_published(table, told, office):
    """Beside a displayed total, it would reveal how many records the total leaves out."""
    assert (build._of_edition(office.publication.composed.numbers)[table].rows is not None) == told


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
def test_the_search_is_close_to_the_best_choice(seed):
    (mine, worth), (least, least_worth) = optimum.compare(seed)
    assert mine <= least + 1
    assert worth <= least_worth * 1.25
