"""Numbers typed by hand, in digits or in words, where a word of the vocabulary should print them.

Goes in: text without its tags. Comes out: each number with its place. Hides which digits are no figures: dates, years,
periods, references to law, numbers of headings, lists and steps.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from typing import Final

from reportgen.language.tagged_text import unmarked

MONTHS: Final = "January|February|March|April|May|June|July|August|September|October|November|December"
COUNTED: Final = (
    r"(?:incidents?|notices?|people|persons?|men|women|migrants?|penalties|penalty|drivers?|owners?|hirers?|operators?"
    r"|objections?|appeals?|responses?|respondents?|actions?|vehicles?|lorries|lorry|trucks?|trailers?|coaches|cars?|vans?"
    r"|decisions?|cases?|comments?|entrants?|recommendations?|companies|firms?|businesses|pounds?|days?|weeks?|months?"
    r"|times|posts?|quick wins?|themes?|countries|per cent|percent|percentage points?|million|billion|thousand|of them"
    r"|of these|of those|of all)"
)
YEAR: Final = r"(?:19|20)\d\d"
_SMALL: Final = "two|three|four|five|six|seven|eight|nine|ten"
_TEENS: Final = "eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen"
_TENS: Final = "twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety"
_NUMBER: Final = rf"(?:one|{_SMALL}|{_TEENS}|(?:{_TENS})(?:-(?:one|{_SMALL}))?)"
_LIST: Final = r"(?:(?:,|\sand|\sor|\sto|\sbut)\s{0})*"
_REFERENCE: Final = r"\d{1,4}[A-Z]{0,3}(?:\(\w{1,4}\)){0,3}(?![\d.,]*\d|\s?%)"
NOT_TYPED: Final = re.compile(
    rf"""
    \b\d{{1,2}}\s(?:{MONTHS})\b(?:\s{YEAR}\b)?                   # 1 January 2026, 1 January
  | \b(?:{MONTHS})\s{YEAR}\b                                     # April 2025
  | \b(?:[Ii]n|[Ss]ince|[Uu]ntil|[Bb]efore|[Aa]fter|[Dd]uring|[Yy]ear|Act|Order|Regulations|Rules|Code)\s{YEAR}\b
    (?![.,]\d|\s?%)
  | (?<![\d£€$.,]){YEAR}\sto\s{YEAR}\b(?![.,]\d|\s?%)            # 2025 to 2026
  | (?<![\d£€$.,])\b{YEAR}\b(?![.,]\d|\s?%|\s+(?:\w+\s+)?{COUNTED}\b)
  | \b[Ss]ections?\s{_REFERENCE}{_LIST.format(_REFERENCE)}
  | \b(?:[Ss]chedule|[Rr]egulation|[Rr]eg|[Aa]rticle|[Pp]art|[Pp]aragraph|[Rr]ule|[Cc]hapter|[Aa]nnex)s?\s
    {_REFERENCE}{_LIST.format(_REFERENCE)}(?!\s{COUNTED})
  | \b[Rr]ecommendations?\s{_REFERENCE}{_LIST.format(_REFERENCE)}
  | \b[Ss]teps?\s\d{{1,2}}\b(?![.,]\d|\s?%|\s{COUNTED})
  | \bSS?I\s\d{{4}}/\d+
  | \[\d{{4}}\]\s(?:EWCA\s(?:Civ|Crim)|UKSC|UKUT|EWHC)\s\d+(?:\s\(\w+\))?
  | \b(?:WCAG|PDF/UA|PDF/A|ISO|UTF|OGL)[\s-]?\d[\w.-]*+(?!\s{COUNTED}) | \bv\d{{1,2}}(?:\.\d{{1,2}})*+(?!\w|\s{COUNTED})
  | \b[A-Z]{{1,2}}\d[A-Z\d]?\s\d[A-Z]{{2}}\b                     # a postcode
  | \b[\w-]{{1,40}}+(?:\.[\w-]{{1,40}}+){{1,5}}+/[\w./-]+ | \bhttps?://\S+ | \bmailto:\S+
  | (?<![\w.+-])[\w.+-]{{1,64}}+@[\w.-]+\b
  | (?<=\])\((?:https://|mailto:|\#)[^\s()]*\)                     # where a link leads
    """,
    re.VERBOSE,
)
HEADING: Final = re.compile(r"^(\#{1,6}\s+)(\d{1,2}(?:\.\d{1,2})*\.)(?=\s[A-Z\ue000])", re.MULTILINE)
ITEM: Final = re.compile(r"\s{0,8}(\d{1,3})[.)]\s")
DIGIT: Final = re.compile(r"[£€$]?\d[\d.,]*(?:\s?(?:%|per cent|million|billion|m\b|bn\b|k\b))?")
WORDS: Final = re.compile(
    rf"\b(?:"
    rf"half|halves|dozens?|scores of|hundreds?|thousands?|millions?|billions?|a couple of|a handful of"
    rf"|twice|thrice|double|treble|triple|quadruple"
    rf"|(?:{_NUMBER})[\s-](?:halves|thirds|quarters|fifths|sixths|sevenths|eighths|ninths|tenths)"
    rf"|(?:a|one|per)[\s-](?:third|quarter|fifth|sixth|seventh|eighth|ninth|tenth)(?=\s+(?:of|more|fewer|less|higher|lower|were|was|had|said|did|paid|came|went|got|told|took|chose|[a-z]{{2,}}ed)\b|\s*[.,;:)]|\s*$)"
    rf"|(?:{_NUMBER})\s+(?:in|out\s+of)\s+(?:every\s+)?(?:{_NUMBER}|a\s+hundred)"
    rf"|(?:{_SMALL})(?:\s+\w+){{0,2}}?\s+{COUNTED}"
    rf"|one\s+(?:per\s+cent|percent|million|billion|thousand|hundred)"
    rf"|{_TEENS}|(?:{_TENS})(?:-(?:one|{_SMALL}))?"
    rf"|[MDCLXVI]{{2,}}\s+{COUNTED}"
    rf")\b",
    re.IGNORECASE | re.MULTILINE,
)
ROMAN: Final = re.compile(r"[MDCLXVI]{2,}\s")


def typed(plain: str) -> Iterator[tuple[int, str, bool]]:
    """Every number typed by hand: its place, how it stands there, and whether it is in digits."""
    text, places = unmarked(_ascii(plain))
    bare = NOT_TYPED.sub(lambda match: re.sub(r"\S", " ", match[0]), text)
    bare = HEADING.sub(lambda match: match[1] + " " * len(match[2]), bare)
    bare = _without_items(bare)
    for match in DIGIT.finditer(bare):
        shown = plain[places[match.start()] : places[match.end() - 1] + 1].strip().rstrip(".,")
        yield places[match.start()], shown, True
    for match in WORDS.finditer(DIGIT.sub(lambda match: " " * len(match[0]), bare)):
        if match[0][0] in "MDCLXVImdclxvi" and not _is_number_word(match[0]):
            continue
        yield places[match.start()], " ".join(match[0].split()), False


def _is_number_word(found: str) -> bool:
    """Whether what looks like Roman digits is: in capitals, or another of the words."""
    return bool(ROMAN.match(found)) or not re.match(r"[mdclxvi]{2,}\s", found, re.IGNORECASE)


def typed_numbers(text: str) -> str:
    """The first number in a short text; "" where there is none."""
    return next((shown for _, shown, _ in typed(text)), "")


def _ascii(text: str) -> str:
    """The text with every sign that is a number in any script (½, ², ٣, Ⅳ, full width) as 0, each in its place."""
    if text.isascii():
        return text
    return "".join("0" if not sign.isascii() and unicodedata.numeric(sign, None) is not None else sign for sign in text)


def _without_items(text: str) -> str:
    """The text without the numbers of lists, which begin with 1 and go on by one."""
    lines = text.split("\n")
    last: int | None = None
    for number, line in enumerate(lines):
        item = ITEM.match(line)
        if item:
            if int(item[1]) == (1 if last is None else last + 1):
                last = int(item[1])
                lines[number] = line[: item.start(1)] + " " * len(item[1]) + line[item.end(1) :]
        elif line.strip() and not line[:1].isspace():
            last = None
    return "\n".join(lines)
