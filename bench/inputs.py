"""How long and how much memory a million notices take to read and check, beside pandas' own reading of the same file.

Run: ``python bench/inputs.py [NOTICES]``. Each reading is a process of its own; peak memory is that process's, with the
libraries that it loads. The files are the shipped year's rows over and over, with references of their own.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).parents[1]
MEASURE = """
import json, resource, sys, time
from pathlib import Path
path, folder = Path(sys.argv[1]), Path(sys.argv[1]).parent
def peak():
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
"""
PANDAS = """
import pandas as pd
read = pd.read_parquet if path.suffix == ".parquet" else pd.read_csv
before = time.process_time()
frame = read(path)
print(json.dumps([time.process_time() - before, peak(), len(frame)]))
"""
ONE = """
from reportgen.model.edition import Edition
from reportgen import release, inputs
from reportgen.model.edition import Edition
import pandas, pyarrow.parquet
settings = release.read(folder, Edition(2025)).value
before = time.process_time()
found = inputs.read_some(folder, settings, ["penalties"])
assert not found.problems, found.problems[:3]
print(json.dumps([time.process_time() - before, peak(), len(found.value["penalties"])]))
"""
WHOLE = """
from reportgen import release, inputs
import pandas, pyarrow.parquet
settings = release.read(folder, Edition(2025)).value
before = time.process_time()
found = inputs.read(folder, settings)
assert found.value is not None, [p for p in found.problems if p.severity == "problem"][:3]
print(json.dumps([time.process_time() - before, peak(), len(found.value.penalties)]))
"""


def grow(folder: Path, notices: int) -> None:
    """The shipped year so many times over that its penalties have so many rows; as parquet and as csv."""
    import pandas as pd

    for path in (ROOT / "inputs" / "2025").iterdir():
        if path.suffix != ".csv":
            (folder / path.name).write_bytes(path.read_bytes())
            continue
        frame = pd.read_csv(path, dtype="str", keep_default_na=False)
        if path.stem in ("incidents", "penalties", "ledger"):
            times = -(-notices // 2738)
            parts = [
                frame.assign(**{name: frame[name] + f"-{n}" for name in frame.columns if name.endswith("_ref")})
                for n in range(times)
            ]
            frame = pd.concat(parts, ignore_index=True)
            frame.to_csv(folder / "csv" / path.name, index=False)
        frame.to_parquet(folder / "parquet" / f"{path.stem}.parquet", index=False)
        if path.stem not in ("incidents", "penalties", "ledger"):
            (folder / "csv" / path.name).write_bytes(path.read_bytes())
    for fmt in ("csv", "parquet"):
        (folder / fmt / "release.toml").write_bytes((ROOT / "inputs" / "2025" / "release.toml").read_bytes())


def measured(script: str, path: Path) -> list[float]:
    done = subprocess.run(
        [sys.executable, "-c", MEASURE + script, str(path)], capture_output=True, text=True, check=True, cwd=ROOT
    )
    return json.loads(done.stdout)


def main(notices: int) -> None:
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        for fmt in ("csv", "parquet"):
            (folder / fmt).mkdir()
        grow(folder, notices)
        for fmt in ("csv", "parquet"):
            path = folder / fmt / f"penalties.{fmt}"
            print(f"penalties.{fmt}: {path.stat().st_size / 1e6:.0f} MB")
            for words, script in (
                ("pandas reads it", PANDAS),
                ("read and parsed here", ONE),
                ("the whole year, all rules", WHOLE),
            ):
                seconds, memory, rows = measured(script, path)
                print(f"  {words:<28}{seconds:6.1f} s  {memory:6.0f} MB at most  {rows:>9,.0f} rows")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000)
