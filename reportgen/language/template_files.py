"""The folder of words, read whole: page, style, captions, chapters in their order.

Goes in: a folder. Comes out: ``Templates`` and every fault of the files themselves. Nothing is read through a link out
of the folder.
"""

from __future__ import annotations

import hashlib
import re
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final, NamedTuple

from reportgen.language.source_map import texts
from reportgen.model.narrative import Chapter, Templates
from reportgen.model.problem import Found, Problem, Stage, did_you_mean
from reportgen.toml_faults import toml_fault

LARGEST: Final = 200_000
"""Bytes of one template file: twenty times the longest chapter."""
LONGEST_LINE: Final = 10_000
MOST_CHAPTERS: Final = 99
NAME: Final = re.compile(r"[a-z0-9][a-z0-9-]*\.md")
ANNUAL: Final = "annual"
"""The folder of the annual report's words inside the folder of templates."""
PUBLICATION: Final = "publication.toml"
ASIDE: Final = re.compile(r"^[.~#]|(?:~|\.bak|\.orig|\.swp|\.tmp)$")
"""Copies that editors leave beside a file."""
NEEDED: Final = (PUBLICATION, "report.html.j2", "report.css", "captions.toml")


def read_templates(folder: Path) -> Found[Templates]:
    """Read every template of the annual report, ``folder/annual``; no value where one of them cannot be read."""
    problems: list[Problem] = []
    if not folder.is_dir():
        hint = "Name it with --templates, or run “reportgen init DIR” for a fresh workspace."
        return Found(None, (_problem(folder.name, "no-templates", "There is no folder of templates.", hint),))
    own = folder / ANNUAL
    if old := old_layout(folder, own):
        return Found(None, (old,))
    texts = {name: _read(own, name, problems) for name in NEEDED}
    chapters = _chapters(own, texts[PUBLICATION], problems)
    captions = _captions(texts["captions.toml"], problems)
    if problems or any(text is None for text in texts.values()) or captions is None:
        return Found(None, tuple(problems))
    every = {**{name: text or "" for name, text in texts.items()}, **{one.file: one.text for one in chapters}}
    if old := old_words(every):
        return Found(None, (old,))
    return Found(
        Templates(
            page=every["report.html.j2"],
            css=every["report.css"],
            captions=captions,
            captions_text=every["captions.toml"],
            chapters=tuple(chapters),
            sha256={name: hashlib.sha256(text.encode()).hexdigest() for name, text in sorted(every.items())},
        ),
        tuple(problems),
    )


class FolderFault(NamedTuple):
    """Why a file cannot be a template."""

    code: str
    message: str
    hint: str


def _chapters(folder: Path, order: str | None, problems: list[Problem]) -> list[Chapter]:
    """Read the chapters in the order that publication.toml lists them; every fault of the list and of the files."""
    if order is None:
        return []
    listed = _listed(order, problems)
    paths = {path.stem: path for path in sorted((folder / "chapters").glob("*")) if not ASIDE.search(path.name)}
    written = texts(order)
    chapters: list[Chapter] = []
    for number, name in enumerate(listed or ()):
        spot = next((one.spots[0] for one in written if one.text == name), (1, 1))
        if listed and name in listed[:number]:
            spot = [one.spots[0] for one in written if one.text == name][1]
            hint = "A chapter has one place: take one of the two out."
            problems.append(
                _problem(PUBLICATION, "chapter-twice", f"“{name}” is listed twice.", hint, *spot, value=name)
            )
        elif name not in paths:
            hint = did_you_mean(name, paths) or f"Write the file chapters/{name}.md, or take the name out."
            said = f"There is no chapter “{name}”: chapters/{name}.md does not exist."
            problems.append(_problem(PUBLICATION, "no-such-chapter", said, hint, *spot, value=name))
        elif (text := _read(folder, f"chapters/{paths[name].name}", problems)) is not None:
            chapters.append(Chapter(f"chapters/{name}.md", name, text))
    for name, path in paths.items():
        file = f"chapters/{path.name}"
        if not NAME.fullmatch(path.name):
            hint = "Name chapters like penalties.md: small letters, digits and hyphens; keep other files elsewhere."
            problems.append(_problem(file, "chapter-name", "This is no name for a chapter.", hint))
        elif listed is not None and name not in listed:
            hint = f"Add “{name}” to the list in {PUBLICATION}, or move the file elsewhere."
            problems.append(_problem(file, "chapter-not-listed", "This chapter has no place in the report.", hint))
    return chapters


def _listed(order: str, problems: list[Problem]) -> list[str] | None:
    """The names of the chapters in order; None, with a problem, where there is no such list."""
    raw = read_toml(PUBLICATION, order, "publication-syntax", problems)
    if raw is None:
        return None
    for name in raw:
        if name != "chapters":
            hint = did_you_mean(name, ("chapters",)) or "publication.toml has one setting: chapters."
            line = next((n for n, one in enumerate(order.split("\n"), 1) if one.strip().startswith(name)), None)
            said = f"There is no setting “{name}”."
            problems.append(_problem(PUBLICATION, "publication-form", said, hint, line, value=name))
    names = raw.get("chapters")
    if not isinstance(names, list) or not names or not all(isinstance(one, str) for one in names):
        if "chapters" in raw or not problems:
            hint = 'Write chapters = ["main-points", "penalties"], the names of the files without “.md”.'
            said = "The list of chapters is missing, empty or not a list of names."
            problems.append(_problem(PUBLICATION, "publication-form", said, hint, value="chapters"))
        return None
    if len(names) > MOST_CHAPTERS:
        hint = f"A report has at most {MOST_CHAPTERS} chapters."
        problems.append(_problem(PUBLICATION, "too-many-chapters", f"There are {len(names)} chapters.", hint))
        return None
    return names


def _problem(
    file: str,
    code: str,
    message: str,
    hint: str,
    line: int | None = None,
    column: int | None = None,
    *,
    value: str | None = None,
    excerpt: str | None = None,
) -> Problem:
    return Problem(
        Stage.TEMPLATES, code, message, hint, file=file, line=line, column=column, value=value, excerpt=excerpt
    )


def _read(folder: Path, name: str, problems: list[Problem]) -> str | None:
    """One file as text with line feeds; None, with a problem, where that cannot be."""
    path = folder / name
    try:
        fault = _refused(folder, path)
        text = path.read_bytes().decode("utf-8-sig") if fault is None else ""
    except UnicodeDecodeError:
        fault = FolderFault("template-not-text", "This template is not UTF-8 text.", "Save it as UTF-8.")
    except RuntimeError:
        fault = FolderFault(
            "template-link", "This template is a link to itself.", "Put the file itself into the folder."
        )
    except OSError as broken:
        hint = "Ask whoever owns the folder for the right to read it."
        fault = FolderFault("template-unreadable", f"It cannot be read: {broken.strerror}.", hint)
    if fault is not None:
        problems.append(_problem(name, *fault))
        return None
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    for number, line in enumerate(text.split("\n"), 1):
        if len(line) > LONGEST_LINE:
            hint = f"Break it into lines of at most {LONGEST_LINE} characters."
            problems.append(_problem(name, "line-too-long", "This line is too long.", hint, number))
            return None
    return text


def _refused(folder: Path, path: Path) -> FolderFault | None:
    """Why a file is not read at all."""
    if not path.resolve().is_relative_to(folder.resolve()):
        hint = "Put the file itself into the folder; links to other places are not followed."
        return FolderFault("template-link", "This template is a link out of the folder.", hint)
    if not path.exists():
        hint = "Take it from a fresh workspace (“reportgen init DIR”) or from an earlier version."
        return FolderFault("template-missing", "This template is missing.", hint)
    if not path.is_file():
        return FolderFault("template-not-text", "This is not a file.", "Put a text file in its place.")
    if path.stat().st_size > LARGEST:
        hint = "Cut it into several chapters."
        return FolderFault("template-too-long", f"This template is over {LARGEST // 1000} KB.", hint)
    return None


def _captions(text: str | None, problems: list[Problem]) -> dict[str, dict[str, dict[str, object]]] | None:
    """The captions of tables and charts, by id."""
    if text is None:
        return None
    raw = read_toml("captions.toml", text, "captions-syntax", problems)
    if raw is None:
        return None
    kinds = {"tables": {}, "charts": {}} | raw
    for name, value in kinds.items():
        if (
            name not in ("tables", "charts")
            or not isinstance(value, dict)
            or not all(isinstance(v, dict) for v in value.values())
        ):
            hint = "Captions stand under [tables.name] or [charts.name]."
            problems.append(_problem("captions.toml", "captions-form", f"“{name}” is not a list of captions.", hint))
            return None
    return kinds


def read_toml(file: str, text: str, code: str, problems: list[Problem]) -> dict[str, Any] | None:
    """Read a TOML file; None, with one problem that shows the line, where it cannot be read."""
    try:
        return tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError) as fault:
        found = toml_fault(text, str(fault))
        problems.append(_problem(file, code, found.said, found.hint, found.line, found.column, excerpt=found.excerpt))
        return None


OLD_WORDS: Final = re.compile(
    r"\{%[-+]?\s*(?:claim|otherwise|endclaim)\b|\b(?:is_zero|is_hidden|can_compare|is_all|is_there_largest"
    r"|level_with_last_year|share_of_total|value)\s*\(|\bnoun\s*=|\brelease\.(?:period|previous_period|as_at)\b"
)
"""What only templates of an earlier version have."""
CHANGE: Final = (
    "Run “reportgen init DIR” for a folder of today’s templates and move your words into it; templates/README.md says "
    "how sentences, alternatives and figures are written now."
)


def old_layout(folder: Path, own: Path) -> Problem | None:
    """Return the one problem of a folder that is laid out for an earlier version."""
    if own.is_dir() and not any(re.match(r"\d\d-", path.name) for path in (own / "chapters").glob("*.md")):
        return None
    if not own.is_dir() and not (folder / "chapters").is_dir():
        return None
    said = "These templates are laid out for an earlier version of reportgen."
    hint = f"Words are in templates/{ANNUAL}, chapters have no numbers, and {PUBLICATION} lists their order. {CHANGE}"
    return _problem(folder.name, "old-templates", said, hint)


def old_words(files: Mapping[str, str]) -> Problem | None:
    """Return the one problem of words that are written for an earlier version, at the first of them."""
    found = [(file, text, match) for file, text in files.items() if (match := OLD_WORDS.search(text))]
    if not found:
        return None
    file, text, match = found[0]
    line = text.count("\n", 0, match.start()) + 1
    column = match.start() - text.rfind("\n", 0, match.start())
    lines = sum(bool(OLD_WORDS.search(one)) for whole in files.values() for one in whole.split("\n"))
    said = f"These templates are written for an earlier version of reportgen: {lines} lines, the first of them here."
    return _problem(file, "old-templates", said, CHANGE, line, column, value=match[0].strip())
