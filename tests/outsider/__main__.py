"""Attack folders of outputs, or random years: ``python -m tests.outsider FOLDER…`` or ``--random 60 --first 1``."""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections import Counter
from pathlib import Path

from .attack import attack, determined
from .years import LEAKS, run


def main() -> int:
    """Print the interval of each hidden cell of the folders; or what random years let be found."""
    parser = argparse.ArgumentParser(prog="python -m tests.outsider", description=__doc__)
    parser.add_argument("folders", nargs="*", type=Path, help="folders of outputs, oldest first")
    parser.add_argument("--threshold", type=int, default=5)
    parser.add_argument("--random", type=int, default=0, metavar="N", help="attack N random years")
    parser.add_argument("--first", type=int, default=1, metavar="SEED")
    parser.add_argument("--verbose", action="store_true", help="every finding with its numbers")
    given = parser.parse_args()
    if given.folders:
        return _folders(given.folders, given.threshold)
    total: Counter[str] = Counter()
    for seed in range(given.first, given.first + given.random):
        with tempfile.TemporaryDirectory() as folder:
            outcome = run(Path(folder), seed, both=seed % 3 == 0)
        _say(str(outcome))
        for finding in outcome.findings if given.verbose else ():
            _say(f"  {finding}")
        total += outcome.kinds()
        total["unsound"] += len(outcome.unsound)
        total["years with " + ("refusal" if outcome.refused else "findings" if outcome.findings else "none")] += 1
    _say(f"All: {dict(sorted(total.items()))}")
    return 1 if LEAKS & total.keys() or total["unsound"] else 0


def _folders(folders: list[Path], threshold: int) -> int:
    made = attack(folders, threshold)
    found = 0
    for target, bounds in made.intervals():
        ranges = " of ".join(f"{low:g} to {high:g}" for low, high in bounds)
        point = determined(bounds)
        found += point
        _say(f"{'DETERMINED ' if point else ''}{target}: {ranges}")
    _say(f"{found} determined; {made.solved.asked} questions to the solver")
    return 1 if found else 0


def _say(words: str) -> None:
    sys.stdout.write(words + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
