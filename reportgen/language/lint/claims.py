"""Words that claim: that something rose, is the most, is significant. They stand under a condition that says so.

Goes in: text without its tags, and the stretches under conditions. Comes out: each word that claims something which no
condition around it asks.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from typing import Final

from reportgen.language.lint.claim_words import CLAIMS_ANYWHERE, CLAIMS_IN_STATEMENTS, DOWN, RANKS, UP
from reportgen.language.lint.sentence_tense import conditional, reports, sentences, supposes
from reportgen.language.tagged_text import Stretch, unmarked

THERE: Final = re.compile(r"\bvalue\s*\([^()]*\)\s*[<>=!]=?\s*[01]\b(?!\.)")
"""A comparison that only asks whether there is any, or just one."""
NOUGHT: Final = re.compile(r"\bvalue\s*\([^()]*\)\s*==\s*0\b(?!\.)")
OF_A_YEAR: Final = re.compile(r"\b(?:this|last|the)\s+year\b", re.IGNORECASE)
FEW: Final = re.compile(r"(?<!\bnot )\bquestion\.few\b")
"""Whether few people answered a question."""
LARGEST: Final = re.compile(r"(?<!\bnot )\bseries\.largest\b")
"""Whether a series that others published has a largest figure."""
_YES: Final = ("rose", "fell", *(name for name in RANKS if name != "value"))
DENIED: Final = re.compile(rf"\bnot\s+(?:\(\s*)*(?:{'|'.join(_YES)})\s*\(")
"""A question answered with no: nothing stands on it."""
COMPARED: Final = re.compile(r"\bvalue\s*\(.*?\)\s*[<>=!]|[<>=!]=?\s*value\s*\(")


def claims(plain: str, under: list[Stretch]) -> Iterator[tuple[int, str, str]]:
    """Every word that claims something: its place, how it stands there, and "" or the condition that says otherwise."""
    bare, places = unmarked(plain)
    read = [*sentences(bare)]
    starts = [start for start, _ in read]

    def stated(match: re.Match[str]) -> bool:
        at = bisect_right(starts, match.start()) - 1
        if at < 0 or OF_A_YEAR.search(read[at][1]):
            return True
        return not supposes(read[at][1]) and not conditional(read[at][1], match.start() - read[at][0])

    found = [(kind, match) for kind in CLAIMS_ANYWHERE for match in kind.words.finditer(bare)]
    found += [(kind, match) for kind in CLAIMS_IN_STATEMENTS for match in filter(stated, kind.words.finditer(bare))]
    for kind, match in found:
        place = places[match.start()]
        around = [one.condition for one in under if one.start <= place < one.end]
        if not any(_vouches(condition, kind.guards) for condition in around):
            yield place, " ".join(match[0].split()), ""
    yield from _against(plain, under)


def reported(text: str, plain: str, under: list[Stretch]) -> Iterator[tuple[int, int, str]]:
    """Sentences that say what happened with no tag in them and no condition around them: start, end and verb.

    ``text`` has the tags; ``plain`` is without them.
    """
    bare, places = unmarked(plain)
    for start, words in sentences(bare):
        first, last = places[start], places[start + len(words.rstrip()) - 1]
        if set("{}") & {*text[first : last + 1]} or any(one.start <= last < one.end for one in under):
            continue
        if verb := reports(words):
            yield places[start + len(words) - len(words.lstrip())], last + 1, verb


def _vouches(condition: str, guards: tuple[str, ...]) -> bool:
    """Whether a condition asks one of the words; ``value`` only where it compares with more than nought or one."""
    asked = {*re.findall(r"\b(\w+)\s*\(", DENIED.sub("(", condition))}
    if "value" in asked and not COMPARED.search(THERE.sub("", condition)):
        asked.discard("value")
    if NOUGHT.search(condition):
        asked.add("is_zero")
    if LARGEST.search(re.sub(r"[\s()]+", " ", condition)):
        asked.add("is_there_largest")
    if FEW.search(" ".join(condition.split())):
        asked.add("few")
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
