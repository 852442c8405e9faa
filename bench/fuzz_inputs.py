"""Feed a reader damaged files for some time: only problems may come of them, no exception, no crash, no long wait.

Usage: python bench/fuzz_inputs.py csv|xlsx|ods|parquet|release SECONDS [SEED]. The file being read stands in a
temporary folder, so that one that kills the process is not lost. Prints how many were read, refused, and the slowest.
"""

from __future__ import annotations

import csv
import io
import random
import resource
import sys
import tempfile
import time
import zipfile
from collections import Counter
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from reportgen import inputs, release
from reportgen.files.table_writers import encode
from reportgen.model.edition import Edition
from reportgen.release import as_toml

ROOT = Path(__file__).parents[1]
PIECES = (
    *b'\x00 \xff \xfe\xff \xef\xbb\xbf " "" , ; \' < > & /> <v> </v> <f> &#0; &amp; [[ ]] { } \xf0\x9f\x98\x80'.split(
        b" "
    ),
    *b'999999999999999999999 -1 1e308 NaN 2025-13-45 r="XFD1048576" t="s" t="e" \\u0000 """'.split(b" "),
    *(b'table:number-rows-repeated="9999999"', b"\t", b"\r", b"\n", b"\r\n", b" = {} "),
)


def seeds(kind: str) -> list[tuple[str, bytes]]:
    """Right files to begin with: small, of several tables."""
    found = []
    if kind == "release":
        made = release.read(ROOT / "inputs" / "2025", Edition(2025)).value
        return [
            ("release.toml", as_toml(made).encode()),
            ("release.toml", b"as_at = 2026-06-30\n[qa]\nassumptions = ['x']\n"),
        ]
    for name in ("penalties", "team", "recommendations", "context"):
        lines = (ROOT / "inputs" / "2025" / f"{name}.csv").read_bytes().splitlines(keepends=True)[:12]
        if kind == "csv":
            found.append((f"{name}.csv", b"".join(lines)))
            continue
        heads, *rows = csv.reader(io.StringIO(b"".join(lines).decode()))
        columns = {head: [row[n] for row in rows] for n, head in enumerate(heads)}
        found.append((f"{name}.{kind}", encode(name, columns, kind)))
        if kind == "parquet":
            out = io.BytesIO()
            table = pa.table({head: pa.array(cells).dictionary_encode() for head, cells in columns.items()})
            pq.write_table(table, out, compression="gzip", data_page_version="2.0")
            found.append((f"{name}.{kind}", out.getvalue()))
    return found


def damaged(data: bytes, chance: random.Random) -> bytes:
    """The bytes with some of them flipped, cut out, doubled, or other pieces put in."""
    made = bytearray(data)
    for _ in range(chance.choice((1, 1, 2, 4, 16))):
        at, size = chance.randrange(len(made) + 1), chance.choice((1, 2, 8, 64))
        what = chance.choice(("flipped", "cut", "doubled", "put in", "written over"))
        if what == "flipped" and at < len(made):
            made[at] ^= 1 << chance.randrange(8)
        elif what == "cut":
            del made[at : at + size]
        elif what == "doubled":
            made[at:at] = made[at : at + size] * chance.choice((1, 2, 50))
        elif what == "put in":
            made[at:at] = chance.choice(PIECES)
        else:
            made[at : at + size] = chance.randbytes(size)
    return bytes(made)


def damaged_inside(data: bytes, chance: random.Random) -> bytes:
    """A workbook whole as an archive, with a damaged part."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        names = old.namelist()
        chosen = chance.choice([name for name in names if name.endswith((".xml", ".rels"))])
        damage = chance.choice((damaged, rearranged))
        for name in names:
            part = old.read(name)
            new.writestr(name, damage(part, chance) if name == chosen else part)
    return out.getvalue()


def rearranged(data: bytes, chance: random.Random) -> bytes:
    """XML that is still XML, with elements cut out, doubled, moved, renamed, and attributes of others."""
    from lxml import etree

    root = etree.fromstring(data)
    for _ in range(chance.choice((1, 1, 2, 5))):
        every = list(root.iter())
        one, other = chance.choice(every), chance.choice(every)
        what = chance.choice(("cut", "doubled", "moved", "renamed", "given", "emptied", "said"))
        if what == "cut" and one.getparent() is not None:
            one.getparent().remove(one)
        elif what == "doubled" and one.getparent() is not None:
            one.addnext(etree.fromstring(etree.tostring(one)))
        elif what == "moved" and one.getparent() is not None and one not in other.iterancestors() and one is not other:
            other.append(one)
        elif what == "renamed":
            one.tag = other.tag
        elif what == "given" and other.attrib:
            name = chance.choice(list(other.attrib))
            one.set(name, chance.choice((other.get(name), "", "-1", "0", "99999999999", "x", "1048576", "NaN")))
        elif what == "emptied":
            one.clear()
        else:
            one.text = chance.choice(("", "-1", "1e999", "99999999999999999999", "#REF!", "x" * 200, "\u2028"))
    return etree.tostring(root)


def main(kind: str, seconds: float, seed: int) -> None:
    chance = random.Random(seed)
    begun, results, slowest = time.monotonic(), Counter(), 0.0
    right = seeds(kind)
    settings = release.Release(edition=Edition(2025), period=Edition(2025).period(), as_at=Edition(2025).period().last)
    folder = Path(tempfile.mkdtemp(prefix=f"fuzz-{kind}-")) / "inputs" / "2025"
    folder.mkdir(parents=True)
    while time.monotonic() - begun < seconds:
        name, data = chance.choice(right)
        inside = kind in ("xlsx", "ods") and chance.randrange(5)
        made = damaged_inside(data, chance) if inside else damaged(data, chance)
        path = folder / name
        path.write_bytes(made)
        before = time.process_time()
        try:
            found = (
                release.read(folder, Edition(2025))
                if kind == "release"
                else inputs.read_some(folder, settings, [path.stem])
            )
            results["refused" if any(p.severity == "problem" for p in found.problems) else "read"] += 1
        except BaseException as defect:  # noqa: BLE001 - whatever it is, it is sought
            kept = Path(tempfile.mkdtemp(prefix=f"defect-{kind}-")) / name
            kept.write_bytes(made)
            print(f"{type(defect).__name__}: {str(defect)[:200]} in {kept}", flush=True)
            results["DEFECT"] += 1
            if isinstance(defect, KeyboardInterrupt):
                break
        slowest = max(slowest, time.process_time() - before)
        path.unlink()
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"{kind}: {sum(results.values()):,} files in {seconds:.0f} s: {dict(results)}")
    print(f"  the slowest took {slowest:.2f} s; {peak:,.0f} MB of memory at most")


if __name__ == "__main__":
    main(sys.argv[1], float(sys.argv[2]), int(sys.argv[3]) if sys.argv[3:] else 1)
