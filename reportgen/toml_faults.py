"""What is wrong with a TOML file that cannot be read, in a writer's words, with its line and a mark.

Input: the text and the reader's message. Output: ``TomlFault``. Curly quotation marks are called by name.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

PLACE: Final = re.compile(r"\(at (?:line (\d+), column (\d+)|end of document)\)")
CURLY: Final = re.compile(r"(?:=\s*|[\[,]\s*|^\s*)([“”„‘’])", re.MULTILINE)
"""A curly quotation mark where a text begins."""
WIDTH: Final = 76
MEANT: Final = (
    (r"at end of document", "A text or a list is not closed before the file ends.", 'Close it with " or ].'),
    (
        r"Unterminated string|Illegal character '\\n'",
        "This text has no closing quotation mark.",
        'Put a straight " at its end.',
    ),
    (r"Cannot overwrite a value|Duplicate", "This name is given twice.", "Keep one of the two."),
    (r"Cannot declare .* twice|Cannot declare", "This heading is there twice.", "Join the two, or rename one."),
    (
        r"Expected '=' after a key",
        "An equals sign is missing, or this line belongs to the text above.",
        'Each setting is name = "text".',
    ),
    (
        r"Unclosed array",
        "A list is not closed, or a comma is missing in it.",
        'Write ["…", "…"], with a comma between.',
    ),
    (r"Expected '\]", "This heading is not closed.", "Write [charts.name], in square brackets."),
    (r"Unescaped", "A backslash does not belong here.", "Take it out, or write it twice."),
    (
        r"Invalid value",
        "This is neither a text in quotation marks nor a list.",
        'Write name = "text", or name = ["…", "…"].',
    ),
    (
        r"Expected newline or end of document",
        "Something follows after the end of the text.",
        "A quotation mark inside the text ends it: use single ones inside, and one setting a line.",
    ),
)


@dataclass(frozen=True, slots=True)
class TomlFault:
    """A fault: what, what to do, where, and the line with a mark under the place."""

    said: str
    hint: str
    line: int | None
    column: int | None
    excerpt: str | None


def toml_fault(text: str, message: str) -> TomlFault:
    """Explain why a text is no TOML."""
    lines = text.split("\n")
    place = PLACE.search(message)
    line = int(place[1]) if place and place[1] else len(text.rstrip().split("\n"))
    column = int(place[2]) if place and place[2] else 1
    curly = next((one for one in CURLY.finditer(text) if text.count("\n", 0, one.start(1)) + 1 == line), None)
    if curly:
        column = curly.start(1) - text.rfind("\n", 0, curly.start(1))
        said = f"This sign, {curly[1]}, is a curly quotation mark; a text here begins and ends with straight ones."
        return _fault(said, 'Write " instead, at both ends.', lines, line, column)
    for pattern, said, hint in MEANT:
        if re.search(pattern, message):
            line, column = _begins(lines, line, column, message)
            return _fault(said, hint, lines, line, column)
    hint = "Each setting is a name, an equals sign and a text in straight double quotes, on a line of its own."
    return _fault("This file cannot be read from here on.", hint, lines, line, column)


def _begins(lines: list[str], line: int, column: int, message: str) -> tuple[int, int]:
    """Where a text or a list that is not closed begins."""
    if "Unterminated" in message or "\\n" in message:
        quote = lines[line - 1].find('"') if line <= len(lines) else -1
        return (line, quote + 1) if quote >= 0 else (line, column)
    if "Unclosed array" in message:
        for number in range(min(line, len(lines)), 0, -1):
            if lines[number - 1].rstrip().endswith("[") or re.search(r"=\s*\[", lines[number - 1]):
                return _missing_comma(lines, number) or (number, lines[number - 1].find("[") + 1)
    return line, column


def _missing_comma(lines: list[str], opened: int) -> tuple[int, int] | None:
    """The end of the first text of a list that lacks its comma; None where none does."""
    for number in range(opened, len(lines)):
        one = lines[number].rstrip()
        following = lines[number + 1].lstrip() if number + 1 < len(lines) else ""
        if one.endswith('"') and following.startswith('"'):
            return number + 1, len(one)
        if one.strip() in ("]", "],"):
            return None
    return None


def _fault(said: str, hint: str, lines: list[str], line: int, column: int) -> TomlFault:
    shown = lines[line - 1] if 0 < line <= len(lines) else ""
    start = max(0, column - WIDTH // 2) if column > WIDTH - 10 else 0
    piece = shown[start : start + WIDTH].replace("\t", " ")
    excerpt = f"{piece}\n{' ' * (column - 1 - start)}^" if piece.strip() else None
    return TomlFault(said, hint, line, column, excerpt)
