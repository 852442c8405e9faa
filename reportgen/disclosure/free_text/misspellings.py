"""Recognise common words with one letter wrong: “oficer”, “leter”, “waitet”.

Input: a word in lower case. Output: whether it is a common word with one letter missing, added, replaced or swapped
with the next. Names that look like misspellings (Carlier, Persson) are listed and never taken for one.
"""

from __future__ import annotations

from collections import defaultdict
from functools import cache
from typing import TYPE_CHECKING, Final

from reportgen.disclosure.free_text.word_lists import lines, words

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

LEAST: Final = 5
"""Fewest letters of a misspelling; shorter words resemble too many names."""


def meant(word: str) -> bool:
    """Return whether a word is a misspelt common word and not a known name."""
    return len(word) >= LEAST and word.isascii() and word not in _names() and bool(near(word))


def near(word: str) -> set[str]:
    """Return the common words that differ from a word by one letter."""
    close = {common for form in _deletions(word) for common in _common().get(form, ())}
    return {common for common in close if _one_letter_apart(word, common)}


@cache
def _names() -> frozenset[str]:
    return frozenset(lines("names_like_words.txt"))


@cache
def _common() -> Mapping[str, frozenset[str]]:
    """Index common words by themselves and by each form with one letter removed."""
    known = words()
    made: dict[str, set[str]] = defaultdict(set)
    for word in known.starts | known.titled | known.english | known.often:
        if len(word) >= LEAST and word.isascii() and word.isalpha():
            for form in _deletions(word):
                made[form].add(word)
    return {form: frozenset(of) for form, of in made.items()}


def _deletions(word: str) -> Iterator[str]:
    yield word
    yield from (word[:at] + word[at + 1 :] for at in range(len(word)))


def _one_letter_apart(word: str, other: str) -> bool:
    """Return whether two words differ by one letter, or by two adjacent letters swapped."""
    if len(word) != len(other):
        longer, shorter = sorted((word, other), key=len, reverse=True)
        return shorter in set(_deletions(longer)) - {longer}
    wrong = [at for at, (mine, theirs) in enumerate(zip(word, other, strict=True)) if mine != theirs]
    swapped = len(wrong) == 2 and wrong[1] - wrong[0] == 1 and word[wrong[0]] == other[wrong[1]]  # two letters
    return len(wrong) == 1 or (swapped and word[wrong[1]] == other[wrong[0]])
