"""What goes with a sentence that was left out: its bullet, its paragraph, its introduction, its heading, its section.

Input: the text of a chapter in which each sentence that was left out is a mark. Output: the text without them, and the
headings that went because nothing was left under them.
"""

from __future__ import annotations

import re
from typing import Final

from reportgen.language.sentences import LEFT

HEADING: Final = re.compile(r"(#{1,6})\s+(.*)")
ITEM: Final = re.compile(r"(\s*)(?:[-*+]|\d{1,3}[.)])\s+")


def closed_up(text: str) -> tuple[str, tuple[str, ...]]:
    """The text that is left, and the headings that went."""
    lines = _introductions(_items(text.split("\n")))
    kept = [line for line in lines if LEFT not in line or HEADING.match(line)]
    kept, went = _sections(kept)
    return re.sub(r"\n{3,}", "\n\n", "\n".join(kept)), tuple(went)


def _items(lines: list[str]) -> list[str]:
    """Give the mark of an item whose first sentence went to the first of its sentences that is left."""
    made = [*lines]
    for number, line in enumerate(made):
        mark = ITEM.match(line)
        if not mark or line[mark.end() :].strip() != LEFT:
            continue
        for after in range(number + 1, len(made)):
            following = made[after]
            if not following.strip() or ITEM.match(following) or HEADING.match(following):
                break
            if LEFT not in following:
                made[after] = mark[0] + following.lstrip()
                break
    return made


def _introductions(lines: list[str]) -> list[str]:
    """Take out a line that ends with a colon where all that it introduces went."""
    made = [*lines]
    for number, line in enumerate(lines):
        if not line.rstrip().endswith(":") or LEFT in line:
            continue
        after = [one for one in lines[number + 1 :] if one.strip()]
        gone = 0
        while gone < len(after) and LEFT in after[gone] and not HEADING.match(after[gone]):
            gone += 1
        listed = gone < len(after) and ITEM.match(after[gone]) is not None and ITEM.match(after[0]) is not None
        if gone and not listed:
            made[number] = LEFT
    return made


def _sections(lines: list[str]) -> tuple[list[str], list[str]]:
    """Take out headings that went themselves, with all under them, and headings under which nothing is left."""
    went: list[str] = []
    made: list[str] = []
    below = 0  # the level of a heading that went: everything deeper goes with it
    for line in lines:
        match = HEADING.match(line)
        if match and below and len(match[1]) <= below:
            below = 0
        if match and not below and LEFT in line:
            below = len(match[1])
        if not below:
            made.append(line)
    for number in range(len(made) - 1, -1, -1):
        match = HEADING.match(made[number])
        if not match or len(match[1]) == 1:
            continue
        following = next((one for one in made[number + 1 :] if one.strip()), "")
        other = HEADING.match(following)
        if not following or (other and len(other[1]) <= len(match[1])):
            went.append(match[2].strip())
            del made[number]
    return made, went[::-1]
