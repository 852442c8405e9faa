"""Random years against SQL: python bench/recomputation.py [how many] [first seed]; each year's figures, differences."""

import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "tests"), str(ROOT / "tests" / "support")]

import random_years
from recomputation import recompute
from test_recomputation import calculated, differences

number = int(sys.argv[1]) if len(sys.argv) > 1 else 50
first = int(sys.argv[2]) if len(sys.argv) > 2 else 1
figures = wrong = 0
for seed in range(first, first + number):
    year = 2025 + seed % 4
    with tempfile.TemporaryDirectory() as made:
        folder = Path(made)
        starts = random_years.write(folder / str(year - 1), year - 1, 10_000 + seed)
        random_years.write(folder / str(year), year, seed, starts=starts)
        ours = calculated(folder, year)
        found = differences(ours, recompute(folder / str(year), year, folder / str(year - 1)))
    figures, wrong = figures + len(ours.cells), wrong + len(found)
    print(f"{seed}: {year} from {starts}, {len(ours.cells)} figures, {len(found)} differences", *found[:5], sep="\n  ")
print(f"{number} years, {figures:,} figures, {wrong} differences")
sys.exit(bool(wrong))
