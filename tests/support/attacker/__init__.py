"""An attacker who has the published files and has read the report's definitions, and nothing else.

``leaks(files)`` takes the files of a publication (a folder, or bytes by name) and returns sentences that say which
hidden figures can be calculated. Nothing here knows how the report is made: rows of CSV, the scheme's definitions, and a
solver.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Mapping
from pathlib import Path

from attacker.printed_tables import changes, lone
from attacker.year import Year


def read(files):
    """The files as bytes by name."""
    if isinstance(files, Mapping):
        return dict(files)
    root = Path(files)
    return {path.relative_to(root).as_posix(): path.read_bytes() for path in root.rglob("*") if path.is_file()}


def leaks(files, *, threshold=5, target=None, earlier=(), sent=None):
    """Everything that can be calculated, each in a sentence.

    ``target`` are the days of the target and ``sent`` the invitations by role, both in the manifest; ``earlier`` are
    other publications' files.
    """
    there = read(files)
    found = []
    years = {
        name: Year(there[f"data/{name}.csv"], threshold, target, (sent or {}) if name == "statistics" else {})
        for name in ("statistics", "previous")
        if f"data/{name}.csv" in there
    }
    for name, year in years.items():
        seen = (*year.too_small(), *year.products(), *year.beside(), *year.ranges())
        found += [f"{name}: {sentence}" for sentence in seen]
        for other in earlier:
            found += [f"{name}: {sentence}" for sentence in year.out_before(read(other))]
    for name, data in there.items():
        if (
            name.startswith("data/")
            and name.endswith(".csv")
            and name not in ("data/statistics.csv", "data/previous.csv")
        ):
            rows = list(csv.reader(io.StringIO(data.decode())))
            found += [f"{name}: {sentence}" for sentence in (*lone(rows), *changes(rows))]
    if "figures.json" in there and "statistics" in years:
        found += quoted(json.loads(there["figures.json"]), years)
    return found


def quoted(figures, years):
    """A figure published in figures.json although the table of all figures hides it."""
    for entry in figures["figures"]:
        for name, part in (("statistics", entry), ("previous", entry.get("previous"))):
            if part and name in years and part["value"] is not None and entry["id"] in years[name].hidden_ids:
                yield f"figures.json: {entry['id']} is published"
