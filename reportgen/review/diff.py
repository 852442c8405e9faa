"""Differences between two builds: sources, figures, tables, text, files.

Input: two output folders, of the same year or different ones. Output: ``Changes``, as text and as JSON. Reads only
published files; writes nothing.
"""

from __future__ import annotations

import csv
import difflib
import hashlib
import io
import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Final, TypeVar

from reportgen.model.problem import Problem, ReportFailed, Stage

T = TypeVar("T")
SHOWN: Final = 40
NOTHING: Final = "nothing"
_KEY: Final = ("measure", "breakdown_1", "category_1", "breakdown_2", "category_2")
_NOT_TABLES: Final = frozenset({"statistics", "previous"})
_SENTENCE: Final = re.compile(r"(?<=[.!?])\s+(?=[A-Z“\"£0-9])")


@dataclass(frozen=True, slots=True)
class Changed:
    """A difference: what and where it is, its value before and after; empty if absent."""

    what: str
    before: str
    after: str
    where: str = ""


@dataclass(frozen=True, slots=True)
class Changes:
    """All differences between two builds."""

    old: str
    new: str
    made_from: tuple[Changed, ...]
    figures: tuple[Changed, ...]
    quoted: tuple[Changed, ...]
    tables: tuple[Changed, ...]
    words: tuple[Changed, ...]
    files: tuple[Changed, ...]

    def __bool__(self) -> bool:
        """Return whether anything differs."""
        return any(getattr(self, name) for name, _ in SECTIONS)

    def as_json(self) -> str:
        """Render all changes as JSON."""
        return json.dumps(asdict(self), ensure_ascii=False, indent=1) + "\n"

    def as_text(self) -> str:
        """Render the changes as text: the number of each kind and the first ones."""
        if not self:
            return f"{self.old} and {self.new} are the same.\n"
        lines = [f"From {self.old} to {self.new}"]
        for name, heading in SECTIONS:
            changes: tuple[Changed, ...] = getattr(self, name)
            if not changes:
                continue
            lines += ["", f"{heading}: {len(changes):,}"]
            lines += [line for change in changes[:SHOWN] for line in _change_lines(name, change)]
            if len(changes) > SHOWN:
                lines.append(f"  and {len(changes) - SHOWN:,} more (all of them with --json)")
        return "\n".join(lines) + "\n"


FROM_FILES: Final = ("input", "template")
"""Sources that are files: reported as added, gone or changed, without their digests."""
SECTIONS: Final = (
    ("made_from", "Made from"),
    ("figures", "Figures"),
    ("quoted", "Figures in the words"),
    ("tables", "Cells of tables"),
    ("words", "Words"),
    ("files", "Files"),
)


def _change_lines(section: str, change: Changed) -> Iterator[str]:
    place = f"{change.where}: " if change.where else ""
    if section == "words":
        yield f"  {change.where or 'Beginning'}"
        yield from (f"    - {line}" for line in change.before.splitlines())
        yield from (f"    + {line}" for line in change.after.splitlines())
    elif section == "files" or change.where in FROM_FILES:
        yield f"  {place}{change.what}: {'added' if not change.before else 'gone' if not change.after else 'changed'}"
    else:
        yield f"  {place}{change.what}: {change.before or NOTHING} -> {change.after or NOTHING}"


def compare(old: Path, new: Path) -> Changes:
    """Compare two output folders; ReportFailed if either is not an output folder or has unreadable files."""
    faults: list[Problem] = []
    for folder in (old, new):
        faults.extend(_not_outputs(folder))
    if faults:
        raise ReportFailed(faults)
    reader = _Reader(old, new)
    made = Changes(
        old=_name(old, new),
        new=_name(new, old),
        made_from=tuple(_made_from(*reader.both("manifest.json", _read_json))),
        figures=tuple(_figures(*reader.both("data/statistics.csv", _read_statistics))),
        quoted=tuple(_quoted(*reader.both("figures.json", _read_figures))),
        tables=tuple(_tables(reader)),
        words=tuple(_sentence_changes(*(_chapters(folder, reader) for folder in (old, new)))),
        files=tuple(_files(old, new)),
    )
    if reader.problems:
        raise ReportFailed(reader.problems)
    return made


def _name(folder: Path, other: Path) -> str:
    """Return the shortest name that distinguishes one folder from the other."""
    return folder.name if folder.name != other.name else f"{folder.parent.name}/{folder.name}"


def _not_outputs(folder: Path) -> Iterator[Problem]:
    if not folder.is_dir():
        message = f"There is no folder {folder.name} with outputs."
        yield Problem(
            Stage.RELEASE, "no-outputs", message, "Build the year first, or name its folder.", file=folder.name
        )
    elif not any((folder / name).is_file() for name in ("manifest.json", "data/statistics.csv", "figures.json")):
        message = f"{folder.name} is not a folder of outputs: it has no manifest, no figures and no data."
        hint = "Name the folder of one year, such as outputs/2025."
        yield Problem(Stage.RELEASE, "no-outputs", message, hint, file=folder.name)


class _Reader:
    """Reads the same file from both folders, and collects those that cannot be read."""

    def __init__(self, old: Path, new: Path) -> None:
        self.folders = (old, new)
        self.problems: list[Problem] = []

    def both(self, name: str, parse: Callable[[bytes], T]) -> tuple[T | None, T | None]:
        """Read a file from the old and the new folder; None where it is missing."""
        old, new = (self.one(folder, name, parse) for folder in self.folders)
        return old, new

    def one(self, folder: Path, name: str, parse: Callable[[bytes], T]) -> T | None:
        path = folder / name
        if not path.is_file():
            return None
        try:
            return parse(path.read_bytes())
        except (OSError, ValueError, KeyError, TypeError, AttributeError, csv.Error):
            message = "This output cannot be read: it was changed or damaged."
            where = f"{folder.name}/{name}"
            self.problems.append(
                Problem(Stage.RELEASE, "output-unreadable", message, "Build the year again.", file=where)
            )
            return None


def _read_json(data: bytes) -> dict[str, Any]:
    value = json.loads(data.decode("utf-8"))
    if not isinstance(value, dict):
        raise TypeError("not an object")
    return value


def _read_csv(data: bytes) -> list[dict[str, str]]:
    rows = list(csv.reader(io.StringIO(data.decode("utf-8"), newline=""), strict=True))
    if not rows or any(len(row) != len(rows[0]) for row in rows):
        raise ValueError("not a table")
    return [dict(zip(rows[0], row, strict=True)) for row in rows[1:]]


def _read_statistics(data: bytes) -> list[dict[str, str]]:
    rows = _read_csv(data)
    if rows and not {*_KEY, "value", "marker", "unit"} <= rows[0].keys():
        raise ValueError("not statistics")
    return rows


def _read_figures(data: bytes) -> list[dict[str, Any]]:
    figures = _read_json(data)["figures"]
    if not isinstance(figures, list) or not all(isinstance(entry, dict) and "id" in entry for entry in figures):
        raise TypeError("not figures")
    return figures


def _made_from(old: Mapping[str, Any] | None, new: Mapping[str, Any] | None) -> Iterator[Changed]:
    """Compare inputs, templates, versions and settings; digests are not shown."""
    old, new = old or {}, new or {}
    for part in ("year", "period", "as_at", "data", "final"):
        if old.get(part) != new.get(part):
            yield Changed(part, _json_text(old.get(part)), _json_text(new.get(part)))
    for part, word in zip(("inputs", "templates"), FROM_FILES, strict=True):
        before, after = old.get(part, {}), new.get(part, {})
        for name in _names(before, after):
            if before.get(name) != after.get(name):
                yield Changed(name, "there" if name in before else "", "changed" if name in after else "", word)
    for part, word in (("versions", "version"), ("settings", "setting")):
        before, after = _flat(old.get(part, {})), _flat(new.get(part, {}))
        for name in _names(before, after):
            if before.get(name) != after.get(name):
                yield Changed(name, before.get(name, ""), after.get(name, ""), word)


def _json_text(value: object) -> str:
    return "" if value is None else json.dumps(value, ensure_ascii=False).strip('"')


def _flat(value: Any, name: str = "") -> dict[str, str]:
    if isinstance(value, dict):
        return {k: v for key, inner in value.items() for k, v in _flat(inner, f"{name}.{key}" if name else key).items()}
    return {name: _json_text(value)}


def _names(before: Iterable[str], after: Iterable[str]) -> list[str]:
    """Return all names: those of the new build in its order, then those that are gone."""
    return list(dict.fromkeys((*after, *before)))


def _figures(old: Sequence[Mapping[str, str]] | None, new: Sequence[Mapping[str, str]] | None) -> Iterator[Changed]:
    if old is None or new is None:
        if old is not new:
            yield Changed("data/statistics.csv", "there" if old is not None else "", "there" if new is not None else "")
        return
    before, after = ({tuple(row[name] for name in _KEY): row for row in rows} for rows in (old, new))
    for key in dict.fromkeys((*after, *before)):
        left, right = _figure(before.get(key)), _figure(after.get(key))
        if left != right:
            yield Changed(_figure_name(key), left, right)


def _figure(row: Mapping[str, str] | None) -> str:
    if row is None:
        return ""
    value = row["marker"] or f"{row['value']} {row['unit']}".strip()
    more = f"{row['lower']} to {row['upper']}" if row.get("lower") else ""
    base = f"base {row['base']}" if row.get("base") else ""
    inside = ", ".join(part for part in (more, base) if part)
    return f"{value} ({inside})" if inside else value


def _figure_name(key: tuple[str, ...]) -> str:
    parts = [f"{name}={category}" for name, category in (key[1:3], key[3:5]) if name]
    return key[0] + (f"{{{', '.join(parts)}}}" if parts else "")


def _quoted(old: Sequence[Mapping[str, Any]] | None, new: Sequence[Mapping[str, Any]] | None) -> Iterator[Changed]:
    """Compare the displayed text of each quoted figure."""
    before, after = ({str(entry["id"]): entry for entry in entries or ()} for entries in (old, new))
    for name in _names(before, after):
        left, right = _display(before.get(name)), _display(after.get(name))
        if left != right:
            yield Changed(name, left, right, ", ".join(_places(after.get(name) or before[name])))


def _display(entry: Mapping[str, Any] | None) -> str:
    """Return the distinct displayed texts of a figure."""
    if entry is None:
        return ""
    return ", ".join(dict.fromkeys(text for text in _texts(entry, {"display"}) if text))


def _places(entry: Mapping[str, Any]) -> list[str]:
    return list(dict.fromkeys(_texts(entry, {"quoted", "where"})))


def _texts(value: object, names: set[str], name: str = "") -> Iterator[str]:
    """Yield every text under any of the names, at any depth."""
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from _texts(inner, names, key)
    elif isinstance(value, list):
        for inner in value:
            yield from _texts(inner, names, name)
    elif isinstance(value, str) and name in names:
        yield value


def _tables(reader: _Reader) -> Iterator[Changed]:
    old, new = ({path.stem for path in (folder / "data").glob("*.csv")} - _NOT_TABLES for folder in reader.folders)
    for name in sorted(old | new):
        before, after = reader.both(f"data/{name}.csv", _read_csv)
        if before is None or after is None:
            yield Changed(f"table {name}", "there" if before is not None else "", "there" if after is not None else "")
            continue
        left, right = _cells(before), _cells(after)
        for place in _names(left, right):
            if left.get(place) != right.get(place):
                yield Changed(place, left.get(place, ""), right.get(place, ""), name)


def _cells(rows: Sequence[Mapping[str, str]]) -> dict[str, str]:
    """Return the cells by row label and column; repeated labels are numbered."""
    found: dict[str, str] = {}
    seen: dict[str, int] = {}
    for row in rows:
        columns = list(row)
        grouped = columns[:1] == ["Group"]
        labels = " / ".join(row[column] for column in columns[: 2 if grouped else 1])
        seen[labels] = seen.get(labels, 0) + 1
        name = labels if seen[labels] == 1 else f"{labels} ({seen[labels]})"
        for column in columns[2 if grouped else 1 :]:
            found[f"{name}, {column}"] = row[column]
    return found


def _chapters(folder: Path, reader: _Reader) -> dict[str, list[str]]:
    """Return each chapter's sentences from the Govspeak, or from the web page if there is none."""
    for pattern, cut in (("*.md", _of_govspeak), ("*.html", _of_page)):
        for path in sorted(folder.glob(pattern)):
            if path.name != "checks.html":
                found = reader.one(folder, path.name, lambda data, cut=cut: cut(data.decode("utf-8")))  # type: ignore[misc]
                return found or {}
    return {}


def _of_govspeak(text: str) -> dict[str, list[str]]:
    chapters: dict[str, list[str]] = {}
    chapter = ""
    for line in text.splitlines():
        if line.startswith("## "):
            chapter = line[3:].strip()
        elif line.strip() and not line.startswith(("|", "[Image:", "{", "*[")):
            chapters.setdefault(chapter, []).extend(_sentences(line.lstrip("#*>^%$ ").rstrip("^%")))
    return chapters


def _of_page(text: str) -> dict[str, list[str]]:
    chapters: dict[str, list[str]] = {}
    chapter = ""
    body = re.sub(r"(?s)<(style|script|svg|table|head)\b.*?</\1>", " ", text)
    for tag, inner in re.findall(r"(?s)<(h1|h2|h3|h4|p|li|figcaption)\b[^>]*>(.*?)</\1>", body):
        words = " ".join(re.sub(r"<[^>]+>", "", inner).split())
        if tag == "h2":
            chapter = words
        elif words:
            chapters.setdefault(chapter, []).extend(_sentences(words))
    return chapters


def _sentences(text: str) -> list[str]:
    return [part.strip() for part in _SENTENCE.split(text.strip()) if part.strip()]


def _sentence_changes(old: Mapping[str, Sequence[str]], new: Mapping[str, Sequence[str]]) -> Iterator[Changed]:
    """Compare sentences chapter by chapter; adjacent changes stay together."""
    for chapter in _names(old, new):
        before, after = old.get(chapter, ()), new.get(chapter, ())
        matcher = difflib.SequenceMatcher(None, before, after, autojunk=False)
        for change, a, b, c, d in matcher.get_opcodes():
            if change != "equal":
                yield Changed("sentences", "\n".join(before[a:b]), "\n".join(after[c:d]), chapter)


def _files(old: Path, new: Path) -> Iterator[Changed]:
    before, after = _digests(old), _digests(new)
    for name in sorted(before.keys() | after.keys()):
        if before.get(name) != after.get(name):
            yield Changed(name, before.get(name, ""), after.get(name, ""))


def _digests(folder: Path) -> dict[str, str]:
    paths = (path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest() for path in paths}
