"""Small made-up years, built as anybody builds them, and attacked: the harness.

Goes in: a seed, a number of notices, a threshold. Comes out: ``Outcome``: the findings by kind, and how long each part
took. Last year's report is built as well where asked, and both are read together.
"""

from __future__ import annotations

import re
import time
from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from importlib import util
from pathlib import Path
from random import Random

from reportgen.app import build, store
from reportgen.model.edition import Edition
from reportgen.model.stages import Workspace

from . import hints, tables
from .attack import Attack, attack
from .judge import Finding, Judge
from .seats import seats
from .sound import broken
from .system import ContradictionError
from .truth import Truth, truth

ROOT = Path(__file__).parents[2]
SIZES = (20, 30, 45, 70, 100, 150, 220, 300, 400)
THRESHOLDS = (5, 5, 3, 10)
ONLY = frozenset({"csv", "html", "md"})
HARD = frozenset({"determined", "count-narrow", "share-narrow", "sum-narrow"})
LEAKS = HARD | {
    "sum-one-sided",
    "seat-determined",
    "seat-sum-narrow",
    "seat-sum-above",
    "shown-small",
    "shown-sum",
    "residual-sum",
    "table-gap",
    "count-told",
    "split-told",
    "parameter-told",
}


@dataclass
class Outcome:
    """What an attack on a year found."""

    what: str
    findings: list[Finding] = field(default_factory=list)
    unsound: list[str] = field(default_factory=list)
    hidden: int = 0
    asked: int = 0
    refused: str = ""
    seconds: dict[str, float] = field(default_factory=dict)

    def kinds(self) -> Counter[str]:
        """How many findings of each kind."""
        return Counter(finding.kind for finding in self.findings)

    def __str__(self) -> str:
        kinds = ", ".join(f"{kind} {number}" for kind, number in sorted(self.kinds().items())) or "nothing"
        took = ", ".join(f"{part} {seconds:.1f} s" for part, seconds in self.seconds.items())
        wrong = f"; UNSOUND {len(self.unsound)}: {self.unsound[0]}" if self.unsound else ""
        refused = f"; refused: {self.refused}" if self.refused else ""
        return f"{self.what}: {self.hidden} hidden, {kinds} ({took}; {self.asked} questions){wrong}{refused}"


def write(folder: Path, seed: int) -> tuple[Workspace, str]:
    """Two random years by the seed, in a workspace; and what they are."""
    chance = Random(seed)
    notices, threshold = chance.choice(SIZES), chance.choice(THRESHOLDS)
    made = _random_years()
    starts = made.write(folder / "inputs" / "2024", 2024, seed * 2, notices=notices)
    made.write(folder / "inputs" / "2025", 2025, seed * 2 + 1, starts=starts, notices=notices)
    for year in (2024, 2025):
        protect(folder / "inputs" / str(year), threshold)
    workspace = Workspace(folder / "inputs", ROOT / "templates", folder / "outputs")
    return workspace, f"seed {seed}, {notices} notices, threshold {threshold}, from {starts}"


def protect(folder: Path, threshold: int) -> None:
    """Set the threshold of a year."""
    path = folder / "release.toml"
    words = re.sub(r"(?m)^threshold = \d+", f"threshold = {threshold}", path.read_text("utf-8"))
    minimum = max(10, threshold)
    path.write_text(re.sub(r"(?m)^survey_minimum_base = \d+", f"survey_minimum_base = {minimum}", words), "utf-8")


def _random_years():
    """The generator of random years in tests/support."""
    spec = util.spec_from_file_location("random_years", ROOT / "tests" / "support" / "random_years.py")
    assert spec is not None
    assert spec.loader is not None
    module = util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def publish(workspace: Workspace, year: int, only: Collection[str] = ONLY) -> Path:
    """Build a year's draft onto disk; the folder. ReportFailed where the product refuses."""
    publication = build.build(workspace, Edition(year), only=frozenset(only))
    store.put(publication.files, workspace.outputs, str(year))
    return workspace.outputs / str(year)


def assail(folders: Sequence[Path], inputs: Path, years: Sequence[int], threshold: int) -> tuple[Attack, list[Truth]]:
    """Attack folders fairly: where the truth has a hidden zero, that measure's zeros are not taken to be shown."""
    first = attack(folders, threshold)
    truths = [truths_of(first, inputs, year) for year in years if (inputs / str(year)).is_dir()]
    doubtful = {
        (target.label, target.cell.name.measure)
        for target in first.targets()
        for one in truths
        if target.kind == "count" and one.value(target.variables[0]) == 0
    }
    return (attack(folders, threshold, doubtful) if doubtful else first), truths


def truths_of(made: Attack, inputs: Path, year: int) -> Truth:
    """The truth of a year, with the countries and themes that the report lists."""
    label = next(name for name in made.reading.years if name.startswith(str(year)))
    published = made.reading.years[label]
    listed: dict[str, list[str]] = {"registered_in": [], "theme": []}
    for measure in ("penalties.issued", "survey.themes"):
        for cell in published.of(measure):
            for breakdown, category in cell.name.where:
                listed.get(breakdown, []).append(category)
    return truth(inputs / str(year), year, listed["registered_in"], listed["theme"])


def examine(what: str, folders: Sequence[Path], inputs: Path, years: Sequence[int], *, seated: bool = True) -> Outcome:
    """Attack what was published from these inputs, as an outsider and from each contributor's seat."""
    outcome = Outcome(what)
    begun = time.perf_counter()
    threshold = _threshold(inputs / str(years[-1]))
    made, truths = assail(folders, inputs, years, threshold)
    outcome.unsound = list(broken(made.system, truths))
    outcome.hidden = sum(cell.hidden for cell in made.reading.year.cells.values())
    outcome.seconds["setting up"] = time.perf_counter() - begun
    begun = time.perf_counter()
    found = list(Judge(made, truths).findings())
    outcome.unsound += [str(finding) for finding in found if finding.kind == "unsound"]
    outcome.findings = [finding for finding in found if finding.kind != "unsound"]
    outcome.seconds["outside"] = time.perf_counter() - begun
    outcome.findings += beside(made, folders[-1])
    if seated:
        begun = time.perf_counter()
        outcome.findings += seats(made, truths[-1])
        outcome.seconds["seats"] = time.perf_counter() - begun
    outcome.asked = made.solved.asked
    return outcome


def beside(made: Attack, folder: Path) -> list[Finding]:
    """What the folder tells beside its figures, one finding for each kind of it."""
    told = [f"{file}: {words}" for file, words, _ in hints.counts(folder)]
    found = [Finding("table-gap", "", words) for words in tables.gaps(folder)]
    found += [Finding("count-told", f"{len(told)} sentences", told[0])] if told else []
    found += [Finding("split-told", "", str(made.reading.told))] if made.reading.told else []
    return found + [Finding("parameter-told", "", name) for name in hints.parameters(folder)]


def _threshold(folder: Path) -> int:
    found = re.search(r"(?m)^threshold = (\d+)", (folder / "release.toml").read_text("utf-8"))
    return int(found[1]) if found else 5


def run(folder: Path, seed: int, *, both: bool = False) -> Outcome:
    """Make, build and attack one random year; ``both`` publishes last year's report first."""
    from reportgen.model.problem import ReportFailed

    workspace, what = write(folder, seed)
    begun = time.perf_counter()
    try:
        folders = [publish(workspace, year) for year in ((2024, 2025) if both else (2025,))]
    except ReportFailed as failed:
        codes = {problem.code for problem in failed.problems if problem.severity == "problem"}
        return Outcome(what, refused="; ".join(sorted(codes)))
    built = time.perf_counter() - begun
    try:
        outcome = examine(what, folders, workspace.inputs, (2024, 2025))
    except (ContradictionError, ValueError) as wrong:
        return Outcome(what, unsound=[str(wrong)])
    outcome.seconds = {"building": built, **outcome.seconds}
    return outcome
