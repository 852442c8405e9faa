"""Figures about disclosure control. Prints; exits 1 where the attacker finds something.

Usage: python bench/disclosure.py years [NUMBER] [FIRST]    attack so many random years
       python bench/disclosure.py optimum                   secondary cells beside the optimum, 50 small tables
       python bench/disclosure.py size                      time and memory as places and questions grow
"""

import json
import resource
import subprocess
import sys
import time
from dataclasses import replace
from functools import partial
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT / "tests" / "support"))

import attacked
import attacker
import optimum as small

from reportgen import disclosure, inputs, measures
from reportgen import release as releases
from reportgen.files.table_writers import encode
from reportgen.model.edition import Edition
from reportgen.synthetic import made_up_year

YEAR, NOTICES = 2025, 1790
FIRST_PLACES = ("Calais", "Coquelles", "Dunkerque", "UK port", "Inland")


def years(number=300, first=0):
    """The attacker against random years, with thresholds of 3, 5 and 10."""
    found, stopped, cells, hidden = 0, 0, 0, 0
    for seed in range(first, first + number):
        threshold = Random(seed + 10**6).choice((5, 5, 5, 3, 10))
        statistics, release = attacked.exact(seed, threshold=threshold, survey_minimum_base=max(10, threshold))
        began = time.thread_time()
        protected = disclosure.protect(statistics, release)
        took = time.thread_time() - began
        files = attacked.files(protected.value, release)
        leaks = attacker.leaks(
            files, threshold=threshold, target=release.objection_days, sent=dict(statistics.invitations)
        )
        problems = [problem.message for problem in protected.problems if problem.severity == "problem"]
        audit = protected.value.audit
        cells, hidden = cells + audit.published + audit.hidden, hidden + audit.hidden
        found, stopped = found + bool(leaks), stopped + bool(problems)
        of = audit.published + audit.hidden
        print(f"{seed}: {audit.hidden} of {of} hidden, {took:.1f} s", *leaks[:3], *problems[:3], flush=True)
    print(f"{number} years: {found} with leaks, {stopped} stopped by the audit, {hidden / cells:.1%} of figures hidden")
    return int(bool(found + stopped))


def optimum():
    """Cells hidden by the search and by the best choice there is, over small tables."""
    made = [small.compare(seed) for seed in range(50)]
    mine, least = (sum(one[n][0] for one in made) for n in (0, 1))
    worth, best = (sum(one[n][1] for one in made) for n in (0, 1))
    equal = sum(one[0][0] == one[1][0] for one in made)
    print(f"50 small tables: {mine} secondary cells where {least} are the least, {equal} tables at the least")
    print(f"worth of what is hidden: {worth / best - 1:.1%} above the least")
    return 0


def shipped():
    """The shipped years, exact."""
    read = {}
    for year in (2024, 2025):
        folder = ROOT / "inputs" / str(year)
        release = releases.read(folder, Edition(year)).value
        read[year] = (inputs.read(folder, release).value, release)
    return measures.calculate(*read[2025], measures.calculate(*read[2024])), read[2025][1]


def with_places(number):
    """A made-up year with so many places: cells that hang together, since each place is in every total."""
    chance = Random(1)
    tables = made_up_year.year(YEAR, NOTICES, seed=1)
    names = (*FIRST_PLACES, *(f"Place {n:03d}" for n in range(number - len(FIRST_PLACES))))
    weights = [1 / (1 + n) for n in range(number)]
    tables["incidents"]["place"] = chance.choices(names, weights, k=len(tables["incidents"]["place"]))
    return exact(tables, replace(made_up_year.settings(YEAR, tables["survey"]), places=names))


def with_questions(number):
    """A made-up year in which each respondent answers so many questions on one scale."""
    chance = Random(1)
    tables = made_up_year.year(YEAR, NOTICES, seed=1)
    asked = tables["questions"]
    answers = asked["options"][0].split("; ")
    for n in range(number - len(asked["question"])):
        for column, values in asked.items():
            values.append({"question": f"more_{n:02d}", "wording": f"{values[0]} ({n})"}.get(column, values[0]))
        tables["survey"][f"more_{n:02d}"] = chance.choices(answers, k=len(tables["survey"]["role"]))
    return exact(tables, made_up_year.settings(YEAR, tables["survey"]))


def exact(tables, settings):
    """The statistics of tables, read as the program reads them."""
    with TemporaryDirectory() as folder:
        inside = Path(folder) / str(YEAR)
        inside.mkdir()
        for name, columns in tables.items():
            (inside / f"{name}.csv").write_bytes(encode(name, columns, "csv"))
        (inside / "release.toml").write_text(releases.as_toml(settings), "utf-8")
        release = releases.read(inside, Edition(YEAR)).value
        read = inputs.read(inside, release)
        if read.value is None:
            raise SystemExit("\n".join(problem.message for problem in read.problems))
        return measures.calculate(read.value, release), release


GROWN = {
    "shipped": shipped,
    **{f"places-{number}": partial(with_places, number) for number in (20, 60, 130)},
    **{f"questions-{number}": partial(with_questions, number) for number in (20, 40)},
}
"""Years whose cells hang together, from small to large."""


def size():
    """Time and memory of each year that grows, each in a process of its own."""
    for what in GROWN:
        command = [sys.executable, __file__, "_one", what]
        made = subprocess.run(command, capture_output=True, text=True, check=True)
        print(made.stdout.strip(), flush=True)
    return 0


def one(what):
    """Protects once and says what that took: seconds of this thread, megabytes above those before."""
    import scipy.optimize  # noqa: F401 - its loading is no part of the stage

    statistics, release = GROWN[what]()
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    began = time.thread_time()
    found = disclosure.protect(statistics, release)
    took = time.thread_time() - began
    audit = found.value.audit
    cells = audit.published + audit.hidden
    said = {
        "what": what,
        "cells": cells,
        "hidden": f"{audit.hidden / cells:.1%}",
        "seconds": round(took, 2),
        "milliseconds a cell": round(1000 * took / cells, 2),
        "megabytes": round((resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024),
        "problems": sum(problem.severity == "problem" for problem in found.problems),
    }
    print(json.dumps(said))
    return 0


def main(arguments):
    what, *rest = arguments or ["size"]
    if what == "years":
        return years(*(int(number) for number in rest))
    return {"optimum": optimum, "size": size, "_one": partial(one, *rest)}[what]()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
