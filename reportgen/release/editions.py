"""Records of published figures: ``inputs/<year>/published/edition-1.csv`` and so on, kept with the inputs.

Input: a year's folder; the figures of a final publication. Output: the editions in order; the bytes of a new record. A
record contains displayed figures only, so it may be kept wherever the inputs are. Later builds need it to know which
suppressed figures an earlier edition would disclose.
"""

from __future__ import annotations

import contextlib
import csv
import io
import os
import re
import secrets
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Final

from reportgen.model.edition import Edition, PriorEditions, PublishedEdition
from reportgen.model.problem import Found, Problem, ReportFailed, Stage

FOLDER: Final = "published"
AS_AT: Final = "as_at"
NEEDED: Final = (
    "measure",
    "breakdown_1",
    "category_1",
    "breakdown_2",
    "category_2",
    "period",
    "value",
    "marker",
    "base",
)
_NAME: Final = re.compile(r"edition-([1-9]\d*)\.csv")


def around(folder: Path, edition: Edition) -> Found[PriorEditions]:
    """Read the editions of this year, last year and next year; next year's also publish this year's figures."""
    own, *others = (read(folder / one.inputs) for one in (edition, edition.comparator, edition.following))
    beside = tuple(one for found in others for one in found.value or ())
    problems = tuple(problem for found in (own, *others) for problem in found.problems)
    return Found(PriorEditions(own.value or (), beside), problems)


def record(year: bytes, previous: bytes | None, as_at: date) -> bytes:
    """Build a record: the rows of ``statistics.csv`` and ``previous.csv`` with the edition's as-at date."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    for n, data in enumerate(one for one in (year, previous) if one is not None):
        head, *rows = csv.reader(io.StringIO(data.decode("utf-8-sig")))
        if n == 0:
            writer.writerow((*head, AS_AT))
        writer.writerows((*row, as_at.isoformat()) for row in rows)
    return out.getvalue().encode()


def read(folder: Path) -> Found[tuple[PublishedEdition, ...]]:
    """Read a year's editions, oldest first; report records that cannot be read."""
    there = folder / FOLDER
    found: list[PublishedEdition] = []
    problems: list[Problem] = []
    if not there.is_dir() or there.is_symlink():
        return Found((), tuple(_unreadable(f"inputs/{folder.name}/{FOLDER}") for _ in range(there.is_symlink())))
    for path in sorted(there.iterdir()):
        name, where = _NAME.fullmatch(path.name), f"inputs/{folder.name}/{FOLDER}/{path.name}"
        if name is None:
            continue
        try:
            data = b"" if path.is_symlink() else path.read_bytes()
            rows = [*csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline=""))]
        except (OSError, ValueError, csv.Error):
            data, rows = b"", []
        if rows and all(row.get(part) is not None for row in rows for part in (*NEEDED, AS_AT)):
            kept = tuple({key: value for key, value in row.items() if key} for row in rows)
            found.append(PublishedEdition(int(name[1]), where, kept, data))
        else:
            problems.append(_unreadable(where))
    return Found(tuple(sorted(found, key=lambda one: one.number)), tuple(problems))


def _unreadable(where: str) -> Problem:
    return Problem(
        Stage.DISCLOSURE,
        "edition-unreadable",
        "The record of what was published cannot be read: it was changed or damaged, or is a link.",
        "Take it from the version control or the backup of the inputs. It must be as the final build wrote it.",
        file=where,
    )


@contextlib.contextmanager
def kept(folder: Path, data: bytes | None) -> Iterator[None]:
    """Keep the record of a new edition if the ``with`` block succeeds; ReportFailed if it cannot be written.

    The record is written under a temporary name first, so that nothing is published without a record.
    """
    if data is None:
        yield
        return
    there = folder / FOLDER
    number = max((one.number for one in read(folder).value or ()), default=0) + 1
    draft = there / f".{secrets.token_hex(8)}.new"
    try:
        there.mkdir(exist_ok=True)
        with draft.open("xb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
    except OSError as fault:
        _clear(draft)
        raise ReportFailed([_not_kept(folder, fault)]) from fault
    try:
        yield
        draft.rename(there / f"edition-{number}.csv")
    finally:
        _clear(draft)


def _clear(draft: Path) -> None:
    """Delete a record that was not kept, and its folder if now empty."""
    with contextlib.suppress(OSError):
        draft.unlink(missing_ok=True)
        draft.parent.rmdir()


def _not_kept(folder: Path, fault: OSError) -> Problem:
    return Problem(
        Stage.RENDERING,
        "edition-not-kept",
        f"The record of this edition cannot be written ({fault.strerror or type(fault).__name__}); nothing was made.",
        "Check that you may write into the folder. A final build keeps there which figures it shows.",
        file=f"inputs/{folder.name}/{FOLDER}",
    )
