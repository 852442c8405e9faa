"""Words that claim: that something rose, is the most, is significant. They stand under a condition that says so.

Goes in: text without its tags, and the stretches under conditions. Comes out: each word that claims something which no
condition around it asks.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from reportgen.language.tagged_text import Stretch, unmarked

MOVED: Final = (
    "rose",
    "fell",
    "level_with_last_year",
    "hardly_changed",
    "rose_most",
    "fell_most",
    "significantly",
    "value",
)
RANKS: Final = (
    "is_there_largest",
    "rose_most",
    "fell_most",
    "first_in_each",
    "most_positive",
    "least_positive",
    "widest_gap",
    "more_than_half",
    "less_than_half",
    "is_all",
    "value",
)
UP: Final = (
    r"rose|risen|rises|rising|increas(?:ed|es|ing|e)|grew|grown|growing|soared|surged|climbed|climbing|jumped"
    r"|up\s+(?:from|by|on)"
)
DOWN: Final = (
    r"fell|fallen|falls(?!\s+(?:after|before|in|within|on|under|due)\b)|falling|decreas(?:ed|es|ing|e)|declin(?:ed|es|ing|e)|(?<!\bwe\s)dropped|dropping|plunged|plummeted|shrank"
    r"|shrunk|down\s+(?:from|by|on)|(?:brought|went|is|was)\s+(?:\w+\s+)?down\s+to|fewer\s+than|lower\s+than"
)


THERE: Final = re.compile(r"\bvalue\s*\([^()]*\)\s*[<>=!]=?\s*[01]\b(?!\.)")
"""A comparison that only asks whether there is any, or just one."""
NOUGHT: Final = re.compile(r"\bvalue\s*\([^()]*\)\s*==\s*0\b(?!\.)")
LARGEST: Final = re.compile(r"(?<!\bnot )\bseries\.largest\b")
"""Whether a series that others published has a largest figure."""
_YES: Final = ("rose", "fell", *(name for name in RANKS if name != "value"))
DENIED: Final = re.compile(rf"\bnot\s+(?:\(\s*)*(?:{'|'.join(_YES)})\s*\(")
"""A question answered with no: nothing stands on it."""
COMPARED: Final = re.compile(r"\bvalue\s*\(.*?\)\s*[<>=!]|[<>=!]=?\s*value\s*\(")


@dataclass(frozen=True, slots=True)
class Kind:
    """Words of one kind, and the words of the vocabulary that can vouch for them."""

    words: re.Pattern[str]
    guards: tuple[str, ...]


def _kind(words: str, guards: tuple[str, ...]) -> Kind:
    return Kind(re.compile(rf"\b(?:{words})\b", re.IGNORECASE), guards)


THINGS: Final = (
    r"(?:incidents|notices|penalties|objections|appeals|responses|decisions|actions|recommendations|drivers)"
)
HAPPENED: Final = r"(?=\s+(?:was|were|had|has|have|did|came|led|went|involved|followed|ended)\b)"

KINDS: Final = (
    _kind(
        rf"{UP}|{DOWN}|doubled|doubling|trebled|tripled|quadrupled|halved|improved|improving|worsened|worsening"
        r"|(?:went|go(?:es|ne|ing)?|moved)\s+(?:back\s+)?(?:up|down)(?!\s+to\s+date)|(?:up|down)ward|for\s+the\s+first\s+time"
        r"|an?\s+(?:\w+\s+)?(?:rise|fall|drop|jump|surge|decline|growth)\s+(?:in|of|from|on)|the\s+(?:rise|fall|drop|growth)\s+in"
        r"|(?:numbers?|notices|incidents|shares?|figures?|rates?|objections|appeals|it|they)\s+(?:remain(?:ed)?|stayed|held)\s+(?:broadly\s+|largely\s+)?(?:the\s+same|level|stable|steady|unchanged|flat)"
        r"|(?:un)?changed\s+(?:from|since|on)\s+(?:the\s+)?(?:last|previous)|compared\s+with\s+last\s+year",
        MOVED,
    ),
    _kind(
        r"(?:higher|more|less|better|worse|faster|slower|larger|smaller|greater|longer|shorter|quicker|sooner|later|fewer)"
        r"\s+(?:[\w’]+\s+){0,10}?than(?!\s+(?:one|once|that|it|chance|the\s+(?:law|maximum|level)|are\s+due)\b)"
        r"|(?:is|was|are|were)\s+(?:below|above)\s+what|(?:below|above)\s+(?:that\s+of|those\s+of|last\s+year|the\s+year\s+before)",
        (*MOVED, *RANKS),
    ),
    _kind(
        r"majority|minority|(?<!\bat )most(?=\s+[a-z\ue000])(?!\s+(?:that|recent)\b)"
        r"|(?<!be shown to have the )(?:highest|lowest|largest|smallest|greatest|biggest|fewest)|longest|shortest"
        r"|(?:fast|slow)est(?!\s+tenth\b)"
        r"|commonest|busiest|quietest|mainly|mostly|predominantly|unprecedented"
        r"|least(?=\s+(?:common|often|likely|frequent|popular|\w+ly)\b)"
        r"|record(?=\s+(?:numbers?|highs?|lows?|levels?|year)\b)",
        RANKS,
    ),
    _kind(r"significan(?:t|tly|ce)", ("significantly",)),
    _kind(
        r"sharp(?:ly)?|substantial(?:ly)?|dramatic(?:ally)?|steadily|steeply|markedly|considerably|slightly"
        r"|only(?=\s+(?:\ue000|a\s+(?:few|small|handful|minority)|one|two|three|about|some)(?:\W|\Z))"
        r"|as\s+(?:few|many|little|much)\s+as|(?:nearly|almost|virtually)\s+(?:all|every|none|no)|hardly\s+any|very\s+few"
        rf"|all\s+(?:of\s+)?(?:the\s+|our\s+)?(?:\ue000\s+)?{THINGS}(?:\s+of\s+the\s+year)?{HAPPENED}",
        (*MOVED, *RANKS),
    ),
    _kind(rf"(?:no|zero|none\s+of\s+the)\s+(?:\w+\s+)?{THINGS}{HAPPENED}", ("is_zero",)),
)


def claims(plain: str, under: list[Stretch]) -> Iterator[tuple[int, str, str]]:
    """Every word that claims something: its place, how it stands there, and "" or the condition that says otherwise."""
    bare, places = unmarked(plain)
    for kind in KINDS:
        for match in kind.words.finditer(bare):
            place = places[match.start()]
            around = [one.condition for one in under if one.start <= place < one.end]
            if not any(_vouches(condition, kind.guards) for condition in around):
                yield place, " ".join(match[0].split()), ""
    yield from _against(plain, under)


def _vouches(condition: str, guards: tuple[str, ...]) -> bool:
    """Whether a condition asks one of the words; ``value`` only where it compares with more than nought or one."""
    asked = {*re.findall(r"\b(\w+)\s*\(", DENIED.sub("(", condition))}
    if "value" in asked and not COMPARED.search(THERE.sub("", condition)):
        asked.discard("value")
    if NOUGHT.search(condition):
        asked.add("is_zero")
    if LARGEST.search(re.sub(r"[\s()]+", " ", condition)):
        asked.add("is_there_largest")
    return not asked.isdisjoint(guards)


def _against(plain: str, under: list[Stretch]) -> Iterator[tuple[int, str, str]]:
    """A sentence that says down where its condition asks whether it rose, or up where it asks whether it fell."""
    for stretch in under:
        asked = {*re.findall(r"\b(\w+)\s*\(", stretch.condition)} & {"rose", "fell", "value", "rose_most", "fell_most"}
        if asked not in ({"rose"}, {"fell"}) or re.search(r"\b(?:not|or)\b", stretch.condition):
            continue
        inner = [one for one in under if stretch.start <= one.start and one.end <= stretch.end and one != stretch]
        for match in re.finditer(
            rf"\b(?:{DOWN if asked == {'rose'} else UP})\b", plain[stretch.start : stretch.end], re.IGNORECASE
        ):
            place = stretch.start + match.start()
            if not any(one.start <= place < one.end for one in inner):
                yield place, " ".join(match[0].split()), min(asked)
