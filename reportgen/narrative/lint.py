"""What is wrong with words before any number is known: digits typed by hand, claims without a condition, broken form.

Goes in: the text of a template. Comes out: mistakes with line and column. Every branch is read, also those that this
year does not print.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from reportgen.narrative.mistakes import Mistakes

MONTHS: Final = "January|February|March|April|May|June|July|August|September|October|November|December"
NOT_TYPED: Final = re.compile(
    rf"""
    \b\d{{1,2}}\s(?:{MONTHS})(?:\s\d{{4}})?\b            # 1 January 2026, 1 January
  | \b(?:{MONTHS})\s\d{{4}}\b                            # April 2025
  | (?<![\d£€$.,])\b(?:19|20)\d\d(?!\d|[.,]\d|%|\s(?:{"notices|incidents|penalties|people|drivers|pounds|vehicles"}))\b   # a year
  | \b[Ss]ections?\s\d+[A-Z]*(?:\(\d+\)(?:\([a-z]\))?)?(?:(?:,|\sand|\sor|\sto)\s\d+[A-Z]*(?:\(\d+\))?)*
  | \b(?:[Ss]chedule|[Rr]egulation|[Rr]eg|[Aa]rticle|[Pp]art|[Pp]aragraph|[Rr]ule|[Cc]hapter|[Aa]nnex|[Ff]igure|[Tt]able|[Ff]orm)s?\s\d+[A-Z]*(?:(?:,|\sand|\sor|\sto)\s\d+[A-Z]*)*
  | \b[Rr]ecommendations?\s\d+(?:(?:,|\sand|\sor|\sto)\s\d+)*
  | \bSS?I\s\d{{4}}/\d+
  | \[\d{{4}}\]\s(?:EWCA\s(?:Civ|Crim)|UKSC|UKUT|EWHC)\s\d+(?:\s\(\w+\))?
  | \b(?:WCAG|PDF/UA|PDF/A|ISO|A|v|IS|UTF)[\s-]?\d[\w.-]*
  | \bhttps?://\S+ | \b[\w.+-]+@[\w.-]+\b | \]\([^)]*\) | \{{\#[^}}]*\}}
  | ^\s*(?:\d+\.|[-*])\s | ^\s*\d+\.(?:\d+\.?)*\s        # list and heading numbers
    """,
    re.VERBOSE | re.MULTILINE,
)
DIGIT: Final = re.compile(r"[£€$]?\d[\d.,]*(?:\s?(?:%|per cent|million|billion))?")
NUMBER_WORDS: Final = re.compile(
    r"\b(?:(?:a|one|two|three|four|five|six|seven|eight|nine|ten)[\s-](?:half|third|quarter|fifth|sixth|eighth|tenth)s?(?=\s+(?:of|more|fewer|less|higher|lower)\b|[.,;])"
    r"|half(?=\s+(?:of|the|all|as|a)\b)|halves|thirds|three quarters|dozens?|scores of|hundreds?|thousands?|millions?|billions?"
    r"|twice|double|treble|triple|(?:one|two|three|four|five|six|seven|eight|nine|ten)\s+(?:in|out of)\s+(?:every\s+)?(?:two|three|four|five|six|seven|eight|nine|ten|twenty|a hundred)"
    r"|(?:two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)"
    r"(?:-(?:one|two|three|four|five|six|seven|eight|nine))?\s+(?:incidents?|notices?|people|persons?|penalties|drivers?|owners?|hirers?|operators?|objections?|appeals?|responses?|actions?|per cent|percentage|vehicles|times|weeks)"
    r"|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)\b",
    re.IGNORECASE,
)
DIRECTION: Final = re.compile(
    r"\b(?:rose|risen|rises|rising|fell|fallen|falls|falling|increas(?:ed|es|ing)|decreas(?:ed|es|ing)|declin(?:ed|es|ing)|grew|grown|growing|dropped|dropping|"
    r"doubled|trebled|tripled|halved|soared|surged|plunged|plummeted|climbed|jumped|shrank|improved|worsened|"
    r"(?:higher|lower|more|fewer|less|better|worse|faster|slower|larger|smaller|longer|shorter)\s+than|up\s+from|down\s+from|compared\s+with\s+last\s+year\s+there\s+were|"
    r"majority|minority|most(?=\s+(?:of|drivers|owners|hirers|operators|people|notices|incidents|penalties|objections|appeals|responses|actions|respondents|common|often|likely|frequent))|"
    r"highest|lowest|largest|smallest|greatest|biggest|fewest|record(?=\s+(?:number|high|low|level|year))|unprecedented|"
    r"significant(?:ly)?|sharp(?:ly)?|substantial(?:ly)?|dramatic(?:ally)?|steadily|markedly|only(?=\s+(?:\{|\ue000|a\s+(?:few|small|handful)|one|two|three))|as\s+(?:few|many|little|much)\s+as|nearly\s+all|almost\s+all|hardly\s+any)\b",
    re.IGNORECASE,
)
TAG: Final = re.compile(r"\{\{.*?\}\}|\{%.*?%\}|\{#.*?#\}", re.DOTALL)
BLOCK: Final = re.compile(r"\{%-?\s*(claim|if|endclaim|endif)\b.*?%\}", re.DOTALL)
HTML: Final = re.compile(r"</?[A-Za-z][A-Za-z0-9-]*(?:\s[^<>\n]*)?/?>|<!--")
LINK: Final = re.compile(r"(!?)\[([^\]\n]*)\]\(([^)\n]*)(\)?)")
SAFE: Final = re.compile(r"(?:https://[^\s]+|mailto:[^\s]+|#[\w-]+)\Z")


def lint(
    text: str,
    file: str,
    mistakes: Mistakes,
    allowed: Iterable[str] = (),
    *,
    chapter: bool = True,
    offset: int = 0,
    source: bool = False,
) -> None:
    """Everything of form that a reader of the words can see. ``source`` lets digits stand (a title of others)."""
    masked = _masked(text, allowed)
    inside = _guarded(text)

    def at(place: int) -> tuple[int, int]:
        return masked.count("\n", 0, place) + 1 + offset, place - masked.rfind("\n", 0, place)

    if not source:
        plain = NOT_TYPED.sub(lambda match: re.sub(r"\S", " ", match[0]), masked)
        for match in DIGIT.finditer(plain):
            if "\ue0ff" in plain[match.start() : match.end() + 1]:
                continue
            line, column = at(match.start())
            hint = "Print it with stat(…) or another word, or give a reason in [allow] of release.toml."
            mistakes.add(
                file,
                line,
                "untraced-figure",
                f"“{match[0].strip()}” is typed by hand.",
                hint,
                at=column,
                value=match[0].strip(),
            )
        for match in NUMBER_WORDS.finditer(plain):
            line, column = at(match.start())
            hint = "Print it with stat(…), or say it without a number."
            mistakes.add(
                file,
                line,
                "untraced-figure",
                f"“{match[0]}” is a number typed in words.",
                hint,
                at=column,
                value=match[0],
            )
        for match in DIRECTION.finditer(plain):
            if any(start <= match.start() < end for start, end in inside):
                continue
            line, column = at(match.start())
            hint = "Put the sentence between {% claim … %} and {% endclaim %}, or use rose_or_fell(…), largest(…)."
            said = f"“{match[0]}” claims something that may not be true every year."
            mistakes.add(file, line, "claim-without-condition", said, hint, at=column, value=match[0])
    for match in HTML.finditer(masked):
        line, column = at(match.start())
        hint = "Write Markdown: **bold**, lists, links. HTML is shown as text."
        mistakes.add(file, line, "html-in-words", f"“{match[0][:40]}” is HTML.", hint, at=column, value=match[0])
    _links(masked, file, mistakes, at)
    if chapter:
        _headings(masked, file, mistakes, offset)
        _tables(masked.split("\n"), file, mistakes)


def _masked(text: str, allowed: Iterable[str]) -> str:
    """The text with tags and allowed words blanked, every character in its place."""

    def blank(match: re.Match[str]) -> str:
        body = re.sub(r"[^\n]", " ", match[0])
        return "\ue000" + body[1:] if match[0].startswith("{{") else body

    masked = TAG.sub(blank, text)
    for words in allowed:
        if words:
            masked = masked.replace(words, re.sub(r"[^\n]", " ", words))
    return masked


def _guarded(text: str) -> list[tuple[int, int]]:
    """The stretches of text that stand under a condition."""
    found: list[tuple[int, int]] = []
    opened: list[int] = []
    for match in BLOCK.finditer(text):
        if match[1].startswith("end"):
            if opened:
                start = opened.pop()
                if not opened:
                    found.append((start, match.end()))
        else:
            opened.append(match.start())
    return found


def _links(masked: str, file: str, mistakes: Mistakes, at: object) -> None:
    for match in LINK.finditer(masked):
        line, column = at(match.start())  # type: ignore[operator]  # gives line and column
        target = match[3].strip().replace("\ue000", "").strip()
        if not match[4]:
            mistakes.add(
                file,
                line,
                "link-not-closed",
                "This link has no closing bracket.",
                "Write [words](https://…).",
                at=column,
            )
        elif match[1]:
            hint = "Put a chart with chart(…); pictures are not part of the words."
            mistakes.add(file, line, "picture-in-words", "This is a picture.", hint, at=column)
        elif target and not SAFE.match(target) and "\ue000" not in match[3]:
            hint = "Links begin with https://, mailto: or # and an id of this report."
            mistakes.add(file, line, "link-form", f"This link goes to “{target[:60]}”.", hint, at=column, value=target)
        elif not match[2].strip():
            mistakes.add(file, line, "link-without-words", "This link has no words.", "Say where it leads.", at=column)


def _headings(masked: str, file: str, mistakes: Mistakes, offset: int) -> None:
    """One title first, then no level skipped."""
    level = 0
    titles = 0
    for number, line in enumerate(masked.split("\n"), 1 + offset):
        match = re.match(r"(#{1,6})(\s*)(.*)", line)
        if not match:
            if line.strip() and not titles and not line.isspace() and line.strip("\ue000 "):
                hint = "The first words of a chapter are its title: # Title."
                mistakes.add(file, number, "no-title", "This chapter does not begin with its title.", hint, at=1)
                titles = 1
            continue
        depth = len(match[1])
        if not match[2]:
            hint = f"Write “{match[1]} {match[3][:30]}”."
            mistakes.add(file, number, "heading-form", "A heading needs a space after #.", hint, at=1)
        elif not match[3].strip():
            mistakes.add(
                file, number, "heading-empty", "This heading has no words.", "Write it, or take the # out.", at=1
            )
        if depth == 1:
            titles += 1
            if titles > 1:
                hint = "Use ## for headings inside a chapter."
                mistakes.add(file, number, "second-title", "A chapter has one title.", hint, at=1)
        elif depth > max(level, 1) + 1 or not titles:
            hint = f"Use {'#' * (max(level, 1) + 1)} here."
            mistakes.add(file, number, "heading-skipped", "This heading skips a level.", hint, at=1)
        level = depth


def _tables(lines: Sequence[str], file: str, mistakes: Mistakes) -> None:
    """Tables written by hand: as many cells in each row as in the head, a line of dashes under it."""
    for start, rows in _runs(lines):
        cells = [len(re.findall(r"(?<!\\)\|", row.strip().strip("|"))) + 1 for row in rows]
        if len(rows) < 2 or not re.fullmatch(r"[\s|:-]+", rows[1]):  # noqa: PLR2004 - head and dashes
            hint = "Under the head of a table stands a line of dashes: | --- | --- |."
            mistakes.add(file, start, "table-form", "This table has no line of dashes under its head.", hint, at=1)
            continue
        for number, count in enumerate(cells):
            if count != cells[0]:
                hint = f"Every row of this table has {cells[0]} cells."
                mistakes.add(file, start + number, "table-form", f"This row has {count} cells.", hint, at=1)


def _runs(lines: Sequence[str]) -> Iterator[tuple[int, list[str]]]:
    run: list[str] = []
    for number, line in enumerate([*lines, ""], 1):
        if line.strip().startswith("|"):
            run.append(line)
        elif run:
            yield number - len(run), run
            run = []
