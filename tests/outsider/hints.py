"""What a folder says about itself beside its figures: counts of rows, settings of protection, differences between issues.

Goes in: folders of outputs. Comes out: sentences that carry a number of records, or a parameter that is confidential.
"""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from .casework import COUNT_UNITS
from .published import Cell, Name, read

TEXTS: Final = ("*.html", "*.md", "*.json", "qa/*", "publish/*")
COUNTS: Final = (
    r"[Aa]nd ([\d,]+) more like it",
    r"([\d,]+) (?:references|notices|incidents|records|cases|rows|responses) (?:looked|searched|read|found)",
    r"\(([\d,]+) times\)",
    r"[Rr]ows ([\d, ]+\d)",
    r"[Rr]ow ([\d,]+)\b",
    r"([\d,]+) comments? (?:may|can|could) be quoted",
)
TABLE: Final = r"\b(\w+)\.(?:csv|xlsx|ods|parquet)\b"
PERSONAL: Final = frozenset({"incidents", "penalties", "ledger", "survey"})
CONFIDENTIAL: Final = ("dominance", "p_percent")


def counts(folder: Path) -> Iterator[tuple[str, str, int]]:
    """Each number of input rows, notices or references that a file tells: the file, the words, the number."""
    for path in sorted(path for pattern in TEXTS for path in folder.glob(pattern)):
        if path.name in ("manifest.json", "figures.json") or not path.is_file():
            continue
        bare = re.sub(r"<(script|style)\b.*?</\1>|<[^>]+>", " ", path.read_text("utf-8"), flags=re.DOTALL)
        words = re.sub(r"\s+", " ", html.unescape(bare))
        yield from ((str(path.relative_to(folder)), *found) for found in told(words))


def told(words: str) -> Iterator[tuple[str, int]]:
    """The numbers of records in a text: the words around each, and the number (of rows listed, how many)."""
    for pattern in COUNTS:
        for match in re.finditer(pattern, words):
            files = re.findall(TABLE, words[max(match.start() - 250, 0) : match.start()])
            if files and files[-1] not in PERSONAL:
                continue
            listed = pattern.startswith("[Rr]ow")
            number = len(match[1].split(", ")) if listed else int(match[1].replace(",", ""))
            yield words[max(match.start() - 90, 0) : match.end()].strip(), number


def rows_logged(folder: Path) -> dict[str, int]:
    """The number of rows of each input table, as the data log tells it."""
    path = folder / "qa" / "data-log.csv"
    if not path.is_file():
        return {}
    lines = [line.split(",") for line in path.read_text("utf-8").splitlines()]
    if "rows" not in lines[0]:
        return {}
    at = lines[0].index("rows")
    return {line[0]: int(line[at]) for line in lines[1:] if line[at].isdigit()}


def parameters(folder: Path) -> list[str]:
    """The parameters of the rule for sums that the manifest or the page gives away."""
    settings = json.loads((folder / "manifest.json").read_text("utf-8")).get("settings", {})
    return [name for name in CONFIDENTIAL if name in json.dumps(settings)]


def isolated(old: Path, new: Path, threshold: int) -> list[str]:
    """What two issues tell together, of every year in both: counts that differ by fewer than ``threshold`` records."""
    return [
        f"{label}: {name}: {earlier.value:g}, then {cell.value:g}"
        for label, name, earlier, cell in _common(old, new)
        if earlier.value is not None and cell.value is not None and cell.unit in COUNT_UNITS - {"people"}
        if 0 < abs(cell.value - earlier.value) < threshold
    ]


def revealed(old: Path, new: Path) -> list[str]:
    """What one issue hides and the other shows."""
    return [
        f"{label}: {name}"
        for label, name, earlier, cell in _common(old, new)
        if (earlier.hidden and cell.value is not None) or (cell.hidden and earlier.value is not None)
    ]


def _common(old: Path, new: Path) -> Iterator[tuple[str, Name, Cell, Cell]]:
    """The cells that both folders have, by year."""
    before, after = read([old]).years, read([new]).years
    for label in sorted(before.keys() & after.keys()):
        for name in sorted(before[label].cells.keys() & after[label].cells.keys()):
            yield label, name, before[label].cells[name], after[label].cells[name]
