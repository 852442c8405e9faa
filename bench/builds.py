"""How the real command stands up: killed at random moments, on a full disk, in a read-only folder, twice at once.

Usage: python bench/builds.py [KILLS]. A small year is built again and again, each time with another change note, so
that what stands on the disk is known to be the old publication or the new one. As root it also mounts small disks.
"""

import hashlib
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "tests" / "support")]
from small import workspace

CODE = """
import signal; signal.signal(signal.SIGINT, signal.default_int_handler)
from reportgen.app.cli import main; main()
"""
ONLY = "html,md,csv"
NOTES = ("First published.", "First published, with a correction.")
PATIENCE = 20
SIGNALS = (signal.SIGKILL, signal.SIGINT, signal.SIGTERM)


def command(place, *more):
    arguments = [sys.executable, "-c", CODE, "build", "--year", "2025", "--only", ONLY, *more]
    env = {**os.environ, "PYTHONPATH": str(ROOT)}
    pipes = {"stdout": subprocess.DEVNULL, "stderr": subprocess.PIPE, "text": True}
    return subprocess.Popen(arguments, cwd=place.inputs.parent, env=env, **pipes)


def digest(folder):
    whole = hashlib.sha256()
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            whole.update(f"{path.relative_to(folder)}\0".encode() + path.read_bytes() + b"\0")
    return whole.hexdigest()


def note(place, number):
    path = place.inputs / "2025/release.toml"
    text = path.read_text("utf-8")
    path.write_text(text.replace(f'"{NOTES[1 - number]}"', f'"{NOTES[number]}"'), "utf-8")


def children(process):
    try:
        return Path(f"/proc/{process.pid}/task/{process.pid}/children").read_text().split()
    except OSError:
        return []


def stop(process, chance, seconds, late):
    """Let it run for a while, from the start or from the last stage on, and send it a signal."""
    if late:
        for line in process.stderr:
            if line.startswith("8/8"):
                break
    time.sleep(chance.uniform(0, seconds))
    helpers = children(process)
    sign = chance.choice(SIGNALS)
    process.send_signal(sign)
    told = process.stderr.read()
    process.stderr.close()
    return sign, process.wait(60), told, helpers


def kills(place, number):
    known, chance = {}, random.Random(2025)
    for variant in (1, 0):
        note(place, variant)
        began = time.perf_counter()
        process = command(place)
        process.communicate()
        assert process.returncode == 0
        whole = time.perf_counter() - began
        known[digest(place.outputs / "2025")] = variant
    now, kept, replaced, ended, codes, slowest = 0, 0, 0, 0, {}, 0.0
    for turn in range(number):
        note(place, 1 - now)
        late = turn % 2 == 1
        sign, code, told, helpers = stop(command(place), chance, whole * (0.25 if late else 1.05), late)
        assert "Traceback" not in told, told
        ended += code == 0
        codes[sign.name, code] = codes.get((sign.name, code), 0) + 1
        began = time.perf_counter()
        while sorted(path.name for path in place.outputs.iterdir()) != ["2025"] or any(map(alive, helpers)):
            assert time.perf_counter() - began < PATIENCE, (list(place.outputs.iterdir()), helpers)
            time.sleep(0.01)
        slowest = max(slowest, time.perf_counter() - began)
        there = known.get(digest(place.outputs / "2025"))
        assert there is not None, "neither the old nor the new"
        kept, replaced, now = kept + (there == now), replaced + (there != now), there
    said = ", ".join(f"{name} {code}: {count}" for (name, code), count in sorted(codes.items()))
    print(f"{number} kills of a build of {whole:.1f} s, half of them in its last stage: the old stood {kept} times,")
    print(f"  the new {replaced} times ({ended} had ended before); no mixture; nothing left after {slowest:.2f} s")
    print(f"  ended by: {said}")


def alive(number):
    return Path(f"/proc/{number}").exists()


def at_once(place):
    processes = [command(place) for _ in range(2)]
    for process in processes:
        process.communicate()
    left = sorted(path.name for path in place.outputs.iterdir())
    print(f"2 builds at once: exit codes {[process.returncode for process in processes]}, left {left}")


def small_disk(place):
    with tempfile.TemporaryDirectory() as name:
        mount = ["mount", "-t", "tmpfs", "-o", "size=2m", "tmpfs", name]
        if subprocess.run(mount, capture_output=True, check=False).returncode:
            print("a small disk cannot be mounted here")
            return
        try:
            (Path(name) / "outputs/2025").mkdir(parents=True)
            (Path(name) / "outputs/2025/old.txt").write_text("old" * 600_000)
            before = digest(Path(name))
            for words, prepare in (("full disk", None), ("read-only", ["mount", "-o", "remount,ro", name])):
                if prepare:
                    subprocess.run(prepare, check=True)
                process = command(place, "--outputs", f"{name}/outputs")
                _, told = process.communicate()
                same = digest(Path(name)) == before
                print(
                    f"{words}: exit code {process.returncode}, the old stands: {same}; {told.strip().splitlines()[-3:]}"
                )
        finally:
            subprocess.run(["umount", name], check=True)


def main():
    with tempfile.TemporaryDirectory() as name:
        place = workspace(Path(name))
        kills(place, int(sys.argv[1]) if len(sys.argv) > 1 else 60)
        at_once(place)
        small_disk(place)


if __name__ == "__main__":
    main()
