"""How outputs stand up to kills, a full disk, a read-only folder and two builds at once. Prints figures.

Usage: python bench/outputs.py [KILLS]. As root it also mounts small disks in memory.
"""

import random
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from reportgen.app import store
from reportgen.model.problem import ReportFailed

WRITER = """
import signal, sys
from pathlib import Path
from reportgen.app import store
signal.signal(signal.SIGINT, signal.default_int_handler)
folder, mark, number, size = Path(sys.argv[1]), sys.argv[2].encode(), int(sys.argv[3]), int(sys.argv[4])
files = {f"data/part-{n % 9}/file-{n}.csv": mark * size for n in range(number)} | {"manifest.json": mark}
print("ready", flush=True)
sys.stdin.readline()
store.put(files, folder, "2025")
"""
NUMBER, SIZE = 200, 100_000
PATIENCE = 10


def content(mark):
    return {f"data/part-{n % 9}/file-{n}.csv": mark * SIZE for n in range(NUMBER)} | {"manifest.json": mark}


def names(folder):
    return sorted(path.name for path in folder.iterdir())


def writer(folder, mark):
    command = [sys.executable, "-c", WRITER, str(folder), mark, str(NUMBER), str(SIZE)]
    made = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    made.stdout.readline()
    return made


def mark_of(folder):
    """The mark that every file carries; a mixture, a loss or a cut file is the end of the test."""
    there = {p.relative_to(folder).as_posix(): p.read_bytes() for p in folder.rglob("*") if p.is_file()}
    marks = {data[:1] for data in there.values()}
    assert len(there) == NUMBER + 1, f"{len(there)} files"
    assert len(marks) == 1, "a mixture"
    assert all(len(data) == SIZE for name, data in there.items() if name != "manifest.json"), "a cut file"
    return marks.pop().decode()


def kills(folder, number):
    store.put(content(b"0"), folder, "2025")
    began = time.perf_counter()
    store.put(content(b"0"), folder, "2025")
    whole = time.perf_counter() - began
    chance = random.Random(2025)
    now, kept, replaced, finished, slowest = "0", 0, 0, 0, 0.0
    for turn in range(number):
        mark = "abcdefghijklmnopqrstuvwxyz"[turn % 26]
        process = writer(folder, mark)
        process.stdin.write(b"go\n")
        process.stdin.flush()
        time.sleep(chance.uniform(0, whole * 1.3))
        process.send_signal([signal.SIGKILL, signal.SIGINT, signal.SIGTERM][turn % 3])
        process.communicate(timeout=60)
        finished += process.returncode == 0
        began = time.perf_counter()
        while names(folder) != ["2025"]:
            assert time.perf_counter() - began < PATIENCE, names(folder)
            time.sleep(0.002)
        slowest = max(slowest, time.perf_counter() - began)
        there = mark_of(folder / "2025")
        assert there in {now, mark}, "neither the old nor the new"
        kept, replaced, now = kept + (there != mark), replaced + (there == mark), there
    print(
        f"{number} kills of a write of {NUMBER} files, {NUMBER * SIZE / 1e6:.0f} MB, {whole:.2f} s:"
        f" the old stood {kept} times, the new {replaced} times ({finished} had ended before the signal);"
        f" no mixture; litter gone after at most {slowest:.2f} s"
    )


def at_once(folder):
    processes = [writer(folder, mark) for mark in "xyz"]
    for process in processes:
        process.stdin.write(b"go\n")
        process.stdin.flush()
    codes = [process.wait(timeout=120) for process in processes]
    for process in processes:
        process.communicate()
    left = names(folder)
    print(f"3 builds at once: exit codes {codes}, mark {mark_of(folder / '2025')}, left {left}")


def small_disk():
    with tempfile.TemporaryDirectory() as name:
        if subprocess.run(
            ["mount", "-t", "tmpfs", "-o", "size=30m", "tmpfs", name], capture_output=True, check=False
        ).returncode:
            print("a small disk cannot be mounted here")
            return
        try:
            folder = Path(name) / "outputs"
            store.put(content(b"0"), folder, "2025")
            print(
                "full disk:",
                refused(folder),
                "the old stands:",
                mark_of(folder / "2025") == "0",
                names(folder),
            )
            subprocess.run(["mount", "-o", "remount,ro", name], check=True)
            print(
                "read-only:",
                refused(folder),
                "the old stands:",
                mark_of(folder / "2025") == "0",
                names(folder),
            )
        finally:
            subprocess.run(["umount", name], check=True)


def refused(folder):
    try:
        store.put(content(b"1"), folder, "2025")
    except ReportFailed as failed:
        return [(problem.code, problem.message) for problem in failed.problems]
    return "was written"


def main():
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name) / "outputs"
        kills(folder, int(sys.argv[1]) if len(sys.argv) > 1 else 60)
        at_once(folder)
    small_disk()


if __name__ == "__main__":
    main()
