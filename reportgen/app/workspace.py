"""Locate the workspace folders, start a year, create a workspace.

Input: a folder, a year. Output: all files or none, and lines that say what was done and what to do next. Nothing is
overwritten: files are created in a temporary folder and moved when complete.
"""

from __future__ import annotations

import os
import shutil
import tempfile
import textwrap
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import replace
from datetime import date
from importlib import resources
from pathlib import Path
from typing import Any, Final

from reportgen import inputs
from reportgen import release as releases
from reportgen.files.table_writers import encode
from reportgen.model.edition import Edition
from reportgen.model.problem import Problem, ReportFailed, Stage, serious
from reportgen.model.release import Release
from reportgen.scheme import data_dictionary, dictionary_page

Columns = Mapping[str, Sequence[str]]

FIRST_YEAR: Final = 2025
"""The illustrative year of a new workspace."""
NOTICES: Final = 1790
YEAR_BEFORE: Final = 1640
"""Notices in that year and in the year before, whose unsettled notices are carried over."""
CARRIED: Final = ("questions", "actions", "recommendations", "published")
OPEN: Final = ("not started", "in progress")


def find_root() -> Path:
    """Return the folder with inputs, templates and outputs.

    It is the nearest parent with a pyproject.toml or a workspace's templates, otherwise the current folder.
    """
    here = Path.cwd()
    for folder in (here, *here.parents):
        if (folder / "pyproject.toml").is_file() or (folder / "templates" / "annual").is_dir():
            return folder
    return here


def new(
    folder: Path,
    year: int,
    *,
    from_year: int | None = None,
    illustrative: int | None = None,
    fmt: str = "csv",
    seed: int = 0,
) -> list[str]:
    """Start ``folder/<year>/``: empty tables, tables carried over from last year, or a made-up year.

    ReportFailed if the folder exists, or the tables to carry over are faulty.
    """
    target = folder / str(year)
    _refuse_existing(target)
    if illustrative is not None:
        files = _made_up(year, illustrative, fmt, seed, _years_before(folder, year))
        lines = [f"{_path(target)} holds a made-up year with {illustrative:,} notices; every page will say so."]
    elif from_year is not None:
        files, lines = _carried(folder, year, from_year, fmt)
    else:
        files, lines = _empty(year, fmt, target)
    with _staged(folder) as staged:
        _write(staged / str(year), files)
        _move({staged / str(year): target})
    return [*_wrapped(lines), f"Next: reportgen check --year {year}"]


def init(directory: Path) -> list[str]:
    """Create ``templates/`` and ``inputs/`` with a made-up year; ReportFailed if they exist."""
    for name in ("templates", "inputs"):
        _refuse_existing(directory / name)
    with _staged(directory) as staged:
        shutil.copytree(packaged_templates(), staged / "templates", ignore=shutil.ignore_patterns("__pycache__", ".*"))
        _write(staged / "inputs", {"README.md": dictionary_page.dictionary().encode()})
        _write(staged / "inputs" / str(FIRST_YEAR), _made_up(FIRST_YEAR, NOTICES, "csv", 0, (YEAR_BEFORE,)))
        _move({staged / name: directory / name for name in ("templates", "inputs")})
    there = directory.resolve() == Path.cwd()
    return [
        f"{_path(directory)} is a workspace: words in templates/, a made-up year in inputs/{FIRST_YEAR}/.",
        "inputs/README.md says what each column means,",
        "templates/README.md what the words can use.",
        f"Next: {'' if there else f'cd {directory} && '}reportgen build --year {FIRST_YEAR}",
    ]


def packaged_templates() -> Path:
    """Return the packaged templates: inside an installed package, or next to it in the source tree."""
    package = Path(str(resources.files("reportgen")))
    inside = package / "templates"
    return inside if inside.is_dir() else package.parent / "templates"


def _path(path: Path) -> str:
    try:
        return f"{path.resolve().relative_to(Path.cwd())}/"
    except ValueError:
        return f"{path}/"


def _wrapped(lines: Sequence[str]) -> list[str]:
    """Wrap lines to 80 columns; list items are indented."""
    return [
        part
        for line in lines
        for part in textwrap.wrap(line, 80, subsequent_indent="    " if line.startswith(" ") else "  ")
    ]


def _refuse_existing(path: Path) -> None:
    if os.path.lexists(path):
        message = f"{_path(path).rstrip('/')} exists already; nothing that is there is written over."
        hint = "Move it away first, or choose another place."
        raise ReportFailed([_problem("already-there", message, hint, path)])


def _problem(code: str, message: str, hint: str, path: Path) -> Problem:
    return Problem(Stage.RELEASE, code, message, hint, file=f"{path.parent.name}/{path.name}".lstrip("/"))


def _made_up(year: int, notices: int, fmt: str, seed: int, before: Sequence[int]) -> dict[str, bytes]:
    """Generate a made-up year after years with so many notices; seed 0 is the packaged one."""
    from reportgen.synthetic import made_up_year as made_up

    return made_up.files(year, notices, fmt=fmt, seed=(year + 10_000 * seed) % 2**63, before=before)


def _years_before(folder: Path, year: int) -> list[int]:
    """Return the notices of each made-up year directly before this one, latest first."""
    counts: list[int] = []
    while (path := folder / str(year - len(counts) - 1)).is_dir():
        release = releases.read(path, Edition(int(path.name))).value
        tables = inputs.read_some(path, release, ("penalties",)).value if release and release.illustrative else None
        if release is None or not tables or "penalties" not in tables:
            break
        days = tables["penalties"]["notice_date"].dt.date
        counts.append(int(days.between(release.period.first, release.period.last).sum()))
    return counts


def _headers(name: str, questions: Sequence[str] = ()) -> dict[str, list[str]]:
    """Return a table without rows; the survey's questions come before its free text."""
    names = [column.name for column in data_dictionary.TABLES[name].columns]
    if name == "survey":
        at = names.index("comment")
        names = [*names[:at], *questions, *names[at:]]
    return {column: [] for column in names}


def _empty(year: int, fmt: str, target: Path) -> tuple[dict[str, bytes], list[str]]:
    from reportgen.synthetic import made_up_year as made_up

    settings = made_up.settings(year, data="official")
    files = {f"{name}.{fmt}": encode(name, _headers(name), fmt) for name in data_dictionary.TABLES}
    files["release.toml"] = releases.as_toml(settings).encode()
    needed = [table.name for table in data_dictionary.TABLES.values() if table.essential]
    rest = [table.name for table in data_dictionary.TABLES.values() if not table.essential]
    return files, [
        f"{_path(target)} has an empty file for each table and release.toml.",
        f"Fill {_listed(needed)}; the survey gets a column for each question.",
        f"Fill or delete {_listed(rest)}: a chapter without its table leaves itself out.",
        f"In release.toml, review as_at ({settings.as_at.isoformat()}) and everything that is empty.",
    ]


def _listed(words: Sequence[str]) -> str:
    return f"{', '.join(words[:-1])} and {words[-1]}" if len(words) > 1 else "".join(words)


def _carried(folder: Path, year: int, before: int, fmt: str) -> tuple[dict[str, bytes], list[str]]:
    """Carry over tables and settings to the next year; ReportFailed if those tables are faulty."""
    found = releases.read(folder / str(before), Edition(before))
    problems = list(found.problems)
    texts: dict[str, Columns] = {}
    if found.value is not None:
        tables = inputs.read_some(folder / str(before), found.value, CARRIED)
        problems += tables.problems
        texts = {name: _texts(name, frame) for name, frame in (tables.value or {}).items()}
    if serious(problems) or found.value is None:
        raise ReportFailed(problems)
    actions = texts.get("actions", _headers("actions"))
    going_on = [status in OPEN for status in actions["status"]]
    texts["actions"] = {
        name: [v for v, on in zip(cells, going_on, strict=True) if on] for name, cells in actions.items()
    }
    questions = texts.get("questions", {}).get("question", ())
    whole = {name: texts.get(name) or _headers(name, questions) for name in data_dictionary.TABLES}
    settings = _next_release(found.value, year)
    files = {f"{name}.{fmt}": encode(name, columns, fmt) for name, columns in whole.items()}
    files["release.toml"] = releases.as_toml(settings).encode()
    left = len(going_on) - sum(going_on)
    return files, _to_review(whole, settings, found.value, left, fmt, folder / str(year))


def _texts(name: str, frame: Any) -> dict[str, list[str]]:
    """Convert a validated table to the text that a person would type."""
    return {
        column.name: [_text(value, column.kind) for value in frame[column.name].astype(object)]
        for column in data_dictionary.TABLES[name].columns
    }


def _text(value: Any, kind: str) -> str:
    import pandas as pd

    if isinstance(value, tuple):
        return "; ".join(value)
    if value is None or pd.isna(value):
        return ""
    if kind == "date":
        return str(pd.Timestamp(value).date().isoformat())
    if kind == "yes_no":
        return "yes" if value else "no"
    if kind == "number":
        return str(int(value)) if float(value).is_integer() else repr(float(value))
    return str(value)


def _next_release(last: Release, year: int) -> Release:
    """Return last year's settings without what applies to last year only."""
    period = Edition(year).period(f"{last.period.first:%m-%d}")
    title = last.publication.title.replace(last.period.label, period.label)
    return replace(
        last,
        edition=Edition(year),
        period=period,
        as_at=_years_on(last.as_at, year - last.year),
        invitations={},
        publication=replace(
            last.publication, title=title, published=None, url="", next_release="", change_note=releases.FIRST_PUBLISHED
        ),
        sign_off=releases.SignOff(),
        waivers=(),
        quotes={},
        answers={},
        decisions=(),
        received={name: replace(one, date=None) for name, one in last.received.items()},
    )


def _years_on(day: date, years: int) -> date:
    try:
        return day.replace(year=day.year + years)
    except ValueError:  # 29 February
        return day.replace(year=day.year + years, day=28)


def _to_review(
    tables: Mapping[str, Columns], settings: Release, last: Release, left: int, fmt: str, target: Path
) -> list[str]:
    rows = {name: len(next(iter(columns.values()))) for name, columns in tables.items()}
    empty = [name for name in data_dictionary.TABLES if name not in CARRIED]
    made_up_too = (
        f"  {last.year} is made up, and so is what goes on from it: data stays “illustrative” and every page says so.",
        "  Set it to “official” only when nothing made up is left.",
    )
    return [
        (
            f"{_path(target)} goes on from {last.year}: {rows['questions']} questions, {rows['actions']} actions still "
            f"open ({left} finished or dropped stay behind), {rows['recommendations']} recommendations, "
            f"{rows['published']} published figures, and the settings."
        ),
        "Review:",
        *(made_up_too if last.illustrative else ()),
        (
            f"  release.toml: as_at is {settings.as_at.isoformat()}; title, summary, targets, population and survey "
            f"method are those of {last.year}; invitations, publication date and sign-off are empty."
        ),
        (
            f"  questions.{fmt}: as asked this year. A question is compared with {last.year} only where its wording, "
            f"kind and options are the same."
        ),
        f"  actions.{fmt}: status, dates and outcome; add the actions that are new.",
        f"  recommendations.{fmt}: status and progress as at the new as-at date.",
        f"  published.{fmt}: add what has been published since.",
        f"Fill {_listed(empty)}; the survey has a column for each question.",
    ]


def _write(folder: Path, files: Mapping[str, bytes]) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for name, data in files.items():
        (folder / name).write_bytes(data)


@contextmanager
def _staged(folder: Path) -> Iterator[Path]:
    """Yield a temporary folder on the same disk as ``folder``, and remove it afterwards."""
    near = next(place for place in (folder, *folder.parents) if place.is_dir())
    try:
        staged = Path(tempfile.mkdtemp(prefix=".reportgen-", dir=near))
    except OSError:
        raise ReportFailed([_unwritable(near)]) from None
    try:
        yield staged
    except OSError as fault:
        raise ReportFailed([_unwritable(folder, fault.strerror or "")]) from None
    finally:
        shutil.rmtree(staged, ignore_errors=True)


def _unwritable(folder: Path, reason: str = "") -> Problem:
    message = f"Nothing can be written to this folder{f' ({reason})' if reason else ''}; nothing was changed."
    return _problem(
        "folder-not-writable", message, "Check that you may write there and that the disk has room.", folder
    )


def _move(moves: Mapping[Path, Path]) -> None:
    """Move each folder into place; undo all moves if one fails."""
    done: list[Path] = []
    made: list[Path] = []
    try:
        for source, target in moves.items():
            for parent in [*reversed(target.parents)]:
                if not parent.exists():
                    parent.mkdir()
                    made.append(parent)
            _refuse_existing(target)
            source.rename(target)
            done.append(target)
    except BaseException:
        for target in done:
            shutil.rmtree(target, ignore_errors=True)
        for parent in reversed(made):
            with suppress(OSError):
                parent.rmdir()
        raise
