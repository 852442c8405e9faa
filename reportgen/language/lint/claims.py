"""Words that claim: that something rose, is the most, is significant. A word of the vocabulary vouches for each.

Input: text without its tags, and its stretches: each sentence with the words that it uses, each condition with what it
governs. Output: each word that claims something for which no word of its sentence, and no condition around it, vouches.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from typing import Final

from reportgen.language.lint.claim_words import (
    CLAIMS_ANYWHERE,
    CLAIMS_IN_STATEMENTS,
    DOWN,
    DOWNWARDS,
    UP,
    UPWARDS,
)
from reportgen.language.lint.sentence_tense import AUXILIARY, conditional, reports, sentences, supposes
from reportgen.language.tagged_text import Stretch, unmarked

OF_A_YEAR: Final = re.compile(r"\b(?:this|last|the)\s+year\b", re.IGNORECASE)
FEW: Final = re.compile(r"(?<!\bnot )\bquestion\.few\b")
"""Whether few people answered a question."""
LARGEST: Final = re.compile(r"(?<!\bnot )\bseries\.largest\b")
"""Whether a series that others published has a largest figure."""
DENIED: Final = re.compile(r"\bnot\s+(?:\(\s*)*\w+(?:\s*\(|\b)")
"""A question answered with no: nothing stands on it."""
WORD: Final = re.compile(r"(?<![.\w])([a-z_]+)\b(?!\s*=)")
"""A word of the vocabulary, not an option or a part of a name."""
EITHER: Final = re.compile(r"\bor\b")


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


def reported(text: str, plain: str, under: list[Stretch], *, titles: bool = False) -> Iterator[tuple[int, int, str]]:
    """Sentences that say what happened with no tag in them and no condition around them: start, end and verb.

    ``text`` has the tags; ``plain`` is without them. Of ``titles``, those without a full stop and without was, had and
    the like are no sentences.
    """
    bare, places = unmarked(plain)
    for start, words in sentences(bare):
        first, last = places[start], places[start + len(words.rstrip()) - 1]
        if set("{}") & {*text[first : last + 1]} or any(one.start <= last < one.end for one in under):
            continue
        if titles and words.rstrip()[-1:] not in ".!?" and not AUXILIARY.search(words):
            continue
        if verb := reports(words):
            yield places[start + len(words) - len(words.lstrip())], last + 1, verb


def _vouches(condition: str, guards: tuple[str, ...]) -> bool:
    """Return whether a sentence, or a condition around it, uses one of the words."""
    ways = [{*WORD.findall(way)} for way in EITHER.split(DENIED.sub("", condition))]
    asked = set.intersection(*ways)  # of two ways nobody knows which one holds
    if LARGEST.search(re.sub(r"[\s()]+", " ", condition)):
        asked.add("largest")
    if FEW.search(" ".join(condition.split())):
        asked.add("few")
    return not asked.isdisjoint(guards)


def _against(plain: str, under: list[Stretch]) -> Iterator[tuple[int, str, str]]:
    """Find words that say down in a sentence whose word says up, or the other way round."""
    for stretch in under:
        asked = {*WORD.findall(stretch.condition)}
        up, down = asked & {*UPWARDS}, asked & {*DOWNWARDS}
        if bool(up) == bool(down) or re.search(r"\b(?:not|or)\b", stretch.condition):
            continue
        for match in re.finditer(rf"\b(?:{DOWN if up else UP})\b", plain[stretch.start : stretch.end], re.IGNORECASE):
            yield stretch.start + match.start(), " ".join(match[0].split()), min(up or down)
