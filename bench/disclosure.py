"""Figures about disclosure control. Prints; exits 1 where the attacker finds something.

Usage: python bench/disclosure.py years [NUMBER] [FIRST]    attack so many random years
       python bench/disclosure.py optimum                   secondary cells beside the optimum, 50 small tables
       python bench/disclosure.py size                      time and memory, the shipped year and ten times its cells
"""

import json
import resource
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path
from random import Random

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT / "tests"))

import attacked  # noqa: E402
import attacker  # noqa: E402
import optimum as small  # noqa: E402

from reportgen import disclosure, inputs, measures  # noqa: E402
from reportgen import release as releases  # noqa: E402


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
        release = releases.read(folder, year).value
        read[year] = (inputs.read(folder, release).value, release)
    return measures.calculate(*read[2025], measures.calculate(*read[2024])), read[2025][1]


def ten_times(statistics):
    """The year alone with ten times its cells: every measure and every question ten times, each under its own name."""
    cells, definitions, questions = dict(statistics.cells), dict(statistics.definitions), []
    for n in range(10):
        for key, statistic in statistics.cells.items() if n else ():
            measure = _renamed(key.measure, n)
            cells[replace(key, measure=measure)] = replace(statistic, key=replace(key, measure=measure))
            definitions[measure] = replace(statistics.definitions[key.measure], id=measure)
        questions += [replace(question, name=f"{question.name}{n or ''}") for question in statistics.records.questions]
    records = replace(statistics.records, questions=tuple(questions))
    return replace(statistics, cells=cells, definitions=definitions, records=records, previous=None)


def _renamed(measure, n):
    """survey.clear.positive as survey.clear3.positive, penalties.issued as penalties.issued3."""
    parts = measure.split(".")
    parts[1] += str(n)
    return ".".join(parts)


def size():
    """Time and memory, each in a process of its own."""
    for what in ("shipped", "ten"):
        command = [sys.executable, __file__, f"_{what}"]
        made = subprocess.run(command, capture_output=True, text=True, check=True)
        print(made.stdout.strip())
    return 0


def one(what):
    """Protects once and says what that took: seconds of this thread, megabytes above those before."""
    import scipy.optimize  # noqa: F401 - its loading is no part of the stage

    statistics, release = shipped()
    if what == "ten":
        statistics = ten_times(statistics)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    began = time.thread_time()
    found = disclosure.protect(statistics, release)
    took = time.thread_time() - began
    audit = found.value.audit
    said = {
        "what": {"shipped": "shipped year and the year before", "ten": "ten times the cells, one year"}[what],
        "cells": audit.published + audit.hidden,
        "hidden": f"{audit.hidden / (audit.published + audit.hidden):.1%}",
        "constraints": audit.constraints,
        "seconds": round(took, 2),
        "megabytes": round((resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024),
        "problems": len(found.problems),
    }
    print(json.dumps(said))
    return 0


def main(arguments):
    what, *rest = arguments or ["size"]
    if what == "years":
        return years(*(int(number) for number in rest))
    return {"optimum": optimum, "size": size, "_shipped": lambda: one("shipped"), "_ten": lambda: one("ten")}[what]()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
