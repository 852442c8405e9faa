"""How long a build takes beside its typesetter alone: ratios, since times on a shared machine say little.

Usage: python bench/speed.py [ROUNDS] [YEAR]. First the stages of one build; then alternately the whole build and
WeasyPrint alone on the finished HTML of the same report (no tags, no archive, no checks), each in a process of its own.
"""

import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))
WHOLE = "from reportgen.app.cli import main; main()"
ALONE = "import sys, weasyprint; weasyprint.HTML(sys.argv[1], media_type='print').write_pdf(sys.argv[2])"


def run(*arguments):
    """Seconds on the clock and seconds of processors."""
    before, began = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    done = subprocess.run(
        [sys.executable, "-c", *arguments],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert not done.returncode, done.stderr
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    used = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return time.perf_counter() - began, used, after.ru_maxrss / 1024, done.stderr


def stages(year):
    from reportgen.app.build import build
    from reportgen.model.stages import Workspace

    began, said = time.perf_counter(), []
    made = build(
        Workspace(ROOT / "inputs", ROOT / "templates", ROOT / "outputs"),
        year,
        say=lambda words: said.append((time.perf_counter() - began, words)),
    )
    ends = [at for at, _ in said[1:]] + [time.perf_counter() - began]
    for (start, words), end in zip(said, ends, strict=True):
        print(f"  {end - start:6.2f} s  {words}")
    return made


def main():
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 3
    year = int(sys.argv[2]) if len(sys.argv) > 2 else 2025
    made = stages(year)
    sizes = {
        kind: len(data) // 1000 for name, data in made.files.items() if name.startswith("cecps") for kind in [name]
    }
    print(f"{made.pages} pages; KB: {sizes}")
    whole, alone = [], []
    with tempfile.TemporaryDirectory() as folder:
        page = Path(folder) / "print.html"
        page.write_text(made.composed.narrative.print_html, "utf-8")
        for _ in range(rounds):
            whole.append(run(WHOLE, "build", "--year", str(year), "-q", "--outputs", f"{folder}/outputs"))
            alone.append(run(ALONE, str(page), f"{folder}/alone.pdf"))
    for words, at in (("on the clock", 0), ("of processors", 1)):
        one, other = (statistics.median(run[at] for run in runs) for runs in (whole, alone))
        print(f"seconds {words}: build {one:.1f}, typesetter alone {other:.1f}, ratio {one / other:.2f}")
    print(f"most memory of a process: {max(run[2] for run in whole + alone):.0f} MB")


if __name__ == "__main__":
    main()
