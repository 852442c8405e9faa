"""Builds a year in eight different circumstances, each in a process of its own, and compares every byte.

Usage: python bench/reproducible.py [YEAR] [WORKSPACE]. Circumstances differ in time zone, locale, hash seed, folder,
day, umask, home and user. A locale that is not installed is said and replaced.
"""

import hashlib
import itertools
import os
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT / "tests"))
from test_reproducible import ELSEWHERE

ZONES = ("Pacific/Auckland", "America/New_York")
LOCALES = ("C", "en_GB.UTF-8")
SEEDS = ("0", "1")
PLACES = ("here", "another place, further down")
DAYS = ("today", "2033")


def has(locale):
    check = "import locale; locale.setlocale(locale.LC_ALL, '')"
    env = {**os.environ, "LC_ALL": locale}
    return not subprocess.run([sys.executable, "-c", check], env=env, capture_output=True, check=False).returncode


def build(root, workspace, year, number, zone, locale, seed, place, day):
    folder = root / str(number) / place
    for name in ("inputs", "templates"):
        shutil.copytree(workspace / name, folder / name)
    if day != "today":
        (folder / "sitecustomize.py").write_text(ELSEWHERE)
    home = root / f"home{number}"
    home.mkdir()
    env = {"PATH": os.environ["PATH"], "PYTHONPATH": f"{folder}{os.pathsep}{ROOT}", "HOME": str(home)}
    env |= {name: os.environ[name] for name in ("LOCPATH",) if name in os.environ}
    env |= {"TZ": zone, "LC_ALL": locale, "PYTHONHASHSEED": seed, "USER": f"user{number}"}
    command = [sys.executable, "-c", "from reportgen.app.cli import main; main()", "build", "--year", year, "-q"]
    began = time.perf_counter()
    done = subprocess.run(command, cwd=folder, env=env, capture_output=True, text=True, check=False)
    assert not done.returncode, done.stderr
    outputs = folder / "outputs" / year
    digests = {
        path.relative_to(outputs).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in outputs.rglob("*")
        if path.is_file()
    }
    return digests, time.perf_counter() - began


def main():
    year = sys.argv[1] if len(sys.argv) > 1 else "2025"
    workspace = Path(sys.argv[2]) if len(sys.argv) > 2 else ROOT
    locales = tuple(name if has(name) else "C.UTF-8" for name in LOCALES)
    if locales != LOCALES:
        print(f"{LOCALES[1]} is not installed: {locales[1]} stands for it")
    # every pair of two values of two circumstances occurs in these eight
    chosen = [
        row for row in itertools.product((0, 1), repeat=5) if row[3] == row[0] ^ row[1] and row[4] == row[0] ^ row[2]
    ]
    first = None
    with tempfile.TemporaryDirectory() as name:
        for number, row in enumerate(chosen):
            values = [values[at] for values, at in zip((ZONES, locales, SEEDS, PLACES, DAYS), row, strict=True)]
            digests, seconds = build(Path(name), workspace, year, number, *values)
            first = first or digests
            odd = sorted(one for one in first.keys() | digests.keys() if first.get(one) != digests.get(one))
            print(f"{', '.join(values)}: {len(digests)} files, {seconds:.1f} s, {len(odd)} differ {odd[:5] or ''}")


if __name__ == "__main__":
    main()
