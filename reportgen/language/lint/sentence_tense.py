"""Sentences that report what happened, and sentences that say only what may happen.

Goes in: text without its tags. Comes out: each sentence with its place, and whether it reports or supposes. A report
of the year is written in the past tense for what happened and in the present for what always holds, so the main verb
tells the two apart. Hides which words are verbs: a short list of forms, no grammar of English.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

SENTENCE: Final = re.compile(r"[^.!?\n|]+(?:[.!?](?!\s|\Z|\n)[^.!?\n|]+)*[.!?]?")
SUBORDINATE: Final = re.compile(
    r"\b(?=[a-z])(?:if|when|whenever|where|wherever|whether|while|which|who|whom|whose|because|since|after|before|until|unless|how|why|what|that"
    r"|as\s+(?:if|they|we|it|you)|by\s+which|from\s+which)\b[^,;:()]*",
    re.IGNORECASE,
)
SUPPOSED: Final = re.compile(
    r"\b(?:may|might|can|cannot|could|would|must|should|need\s+not|do\s+not\s+say)\b"
    r"(?!\s+(?:now|already|also\s+now)\b|\s+have\b)",
    re.IGNORECASE,
)
CONDITION: Final = re.compile(r"\W*(?:if|when|where|whether|unless)\b", re.IGNORECASE)
CLAUSE: Final = re.compile(r"\b(?:if|when|where|whether|unless)\b[^,;:]*", re.IGNORECASE)
COORDINATED: Final = re.compile(r",|;|\b(?:and|but|so)\b", re.IGNORECASE)
IRREGULAR: Final = (
    r"rose|fell|came|went|took|made|got|gave|sent|told|said|held|kept|led|lost|met|saw|spent|understood|wrote|won"
    r"|began|became|brought|bought|built|caught|chose|drove|felt|grew|knew|ran|sold|spoke|stood|taught|thought|threw|broke"
    r"|dealt|dug|drew|hit|shrank|sank|slipped|stuck|struck"
)
PRESENT: Final = re.compile(
    r"\b(?:is|are|has|have|does|do|goes|go|comes|shows?|counts?|means|gives|stands|tells|says|covers?|includes?|lists?)\b",
    re.IGNORECASE,
)
DATED: Final = re.compile(r"\b(?:19|20)\d\d\b")
"""A year or a date that does not change: history, not this year's news."""
THE_MORE: Final = re.compile(r"^\W*the\s+(?:more|fewer|less|[a-z]+er)\b.*,\s*the\s", re.IGNORECASE)
DEFINED: Final = re.compile(r"\s*[-*]\s+[^:]{1,60}:")
"""An entry of a glossary: a term, a colon, what it means."""
AUXILIARY: Final = re.compile(
    r"\b(?:was|were|had|did)\b"
    r"|\b(?:has|have)\s+(?:not\s+|now\s+|already\s+|also\s+|all\s+|largely\s+|mostly\s+|since\s+|never\s+|always\s+){0,2}"
    r"(?:been|become|come|gone|got|made|met|led|fallen|risen|grown|shrunk|held|kept|taken|given|begun|slipped|[a-z]{2,}ed)\b",
    re.IGNORECASE,
)
SIMPLE_PAST: Final = re.compile(
    rf"(?<!\bto\s)(?<!\bis\s)(?<!\bare\s)(?<!\bbe\s)(?<!\ba\s)(?<!\bthe\s)(?<!\band\s)(?<!\bor\s)(?<=\w\s)(?:{IRREGULAR})\b",
    re.IGNORECASE,
)
EARLY_PAST: Final = re.compile(
    r"^[\s>*-]*(?:[a-z’'-]+\s+){0,3}?(?!(?:as|by|is|are|be|been|the|a|an|of|to|not|or|and|for|with|in|on|at|from|being|each"
    r"|any|no|every|people|persons|one|more|an|its|your|our|their|how|so|than|it’s|when|if|where|who|which|that)\s)[a-z’'-]+\s+"
    r"(?:[a-z]+ly\s+)?(?!(?:need|based|exceed|proceed|indeed|speed|feed|seed|hundred|unsecured|secured|hidden|detained"
    r"|united|limited|related|accredited|used|called|added|fixed|published|known|red|bed)\b)[a-z]{3,}ed\b",
    re.IGNORECASE,
)


def sentences(text: str) -> Iterator[tuple[int, str]]:
    """Each sentence, or cell, or heading of the text, with its place."""
    for match in SENTENCE.finditer(text):
        if match[0].strip():
            yield match.start(), match[0]


def supposes(sentence: str) -> bool:
    """Whether its main clauses say only what may, must or would happen: nothing of any year."""
    if THE_MORE.search(sentence):
        return True
    main = main_clauses(sentence)
    if not (CONDITION.match(sentence) or any(SUPPOSED.search(clause) for clause in main)):
        return False
    return not any(AUXILIARY.search(clause) or SIMPLE_PAST.search(clause) for clause in main) and not EARLY_PAST.search(
        main[0]
    )


def conditional(sentence: str, place: int) -> bool:
    """Whether a place in a sentence is within a clause such as “if the amount is too high”."""
    return any(clause.start() <= place < clause.end() for clause in CLAUSE.finditer(sentence))


def reports(sentence: str) -> str:
    """The verb with which a main clause says that something happened; "" where none says anything of the kind."""
    if sentence.lstrip().startswith("#") or DATED.search(sentence) or THE_MORE.search(sentence):
        return ""
    if CONDITION.match(sentence) or re.search(r"\bneed\s+have\b", sentence):
        return ""
    clauses = main_clauses(sentence)
    present = any(PRESENT.search(clause) for clause in clauses)  # a form such as “sent” is then rather a participle
    for number, clause in enumerate(clauses):
        if SUPPOSED.search(clause):
            continue
        found = AUXILIARY.search(clause)
        if found is None and not present:
            found = SIMPLE_PAST.search(clause)
            if found is None and number == 0 and not DEFINED.match(sentence):
                found = EARLY_PAST.search(clause)
        if found:
            return " ".join(found[0].split())
    return ""


def main_clauses(sentence: str) -> list[str]:
    """The sentence without its subordinate clauses, cut where another main clause may begin."""
    return COORDINATED.split(SUBORDINATE.sub(" ", sentence))
