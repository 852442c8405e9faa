"""The folder of words, read whole: page, style, captions, chapters.

Goes in: a folder. Comes out: ``Templates`` and every fault of the files themselves. Nothing is read through a link out
of the folder.
"""

from __future__ import annotations

import hashlib
import re
import tomllib
from pathlib import Path
from typing import Final, NamedTuple

from reportgen.model.narrative import Chapter, Templates
from reportgen.model.problem import Found, Problem, Stage

LARGEST: Final = 200_000
"""Bytes of one template file: twenty times the longest chapter."""
LONGEST_LINE: Final = 10_000
MOST_CHAPTERS: Final = 99
NAME: Final = re.compile(r"\d\d-[a-z0-9-]+\.md")
ASIDE: Final = re.compile(r"^[.~#]|(?:~|\.bak|\.orig|\.swp|\.tmp)$")
"""Copies that editors leave beside a file."""
NEEDED: Final = ("report.html.j2", "report.css", "captions.toml")


def read_templates(folder: Path) -> Found[Templates]:
    """Every template of the folder; no value where one of them cannot be read."""
    problems: list[Problem] = []
    if not folder.is_dir():
        hint = "Name it with --templates, or run “reportgen init DIR” for a fresh workspace."
        return Found(None, (_problem(folder.name, "no-templates", "There is no folder of templates.", hint),))
    texts = {name: _read(folder, name, problems) for name in NEEDED}
    chapters = _chapters(folder, problems)
    if not chapters and not problems:
        hint = "Chapters are the Markdown files in the folder “chapters”."
        problems.append(_problem("chapters", "no-chapters", "There are no chapters.", hint))
    captions = _captions(texts["captions.toml"], problems)
    if any(text is None for text in texts.values()) or captions is None or not chapters:
        return Found(None, tuple(problems))
    every = {**{name: text or "" for name, text in texts.items()}, **{one.file: one.text for one in chapters}}
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


def _chapters(folder: Path, problems: list[Problem]) -> list[Chapter]:
    """The chapters by the order of their names."""
    chapters: list[Chapter] = []
    paths = sorted(path for path in (folder / "chapters").glob("*") if not ASIDE.search(path.name))
    for path in paths[:MOST_CHAPTERS]:
        name = f"chapters/{path.name}"
        if not NAME.fullmatch(path.name):
            hint = (
                "Name chapters like 03-penalties.md: two digits, a hyphen, small letters; keep other files elsewhere."
            )
            problems.append(_problem(name, "chapter-name", "This is no name for a chapter.", hint))
            continue
        text = _read(folder, name, problems)
        twin = next((one.file for one in chapters if one.id == path.stem[3:]), None)
        if twin:
            hint = "Give each chapter a name of its own after its number."
            problems.append(_problem(name, "chapter-name", f"This chapter has the name of {twin}.", hint))
        elif text is not None:
            chapters.append(Chapter(name, path.stem[3:], text))
    if len(paths) > MOST_CHAPTERS:
        hint = f"A report has at most {MOST_CHAPTERS} chapters."
        problems.append(_problem("chapters", "too-many-chapters", f"There are {len(paths)} chapters.", hint))
    return chapters


def _problem(
    file: str, code: str, message: str, hint: str, line: int | None = None, column: int | None = None
) -> Problem:
    return Problem(Stage.TEMPLATES, code, message, hint, file=file, line=line, column=column)


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
    try:
        raw = tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError) as fault:
        place = re.search(r"\(at line (\d+), column (\d+)\)", str(fault))
        hint = "Each setting is a name, an equals sign and text in double quotes, on a line of its own."
        message = "captions.toml cannot be read from here on."
        line, column = (int(place[1]), int(place[2])) if place else (None, None)
        problems.append(_problem("captions.toml", "captions-syntax", message, hint, line, column))
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
