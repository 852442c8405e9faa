"""Words of the survey with one letter wrong: “oficer”, “leter”, “waitet”.

Goes in: a word in small letters. Comes out: whether it is a common word with one letter missing, too many, wrong or
swapped with the next. Names of people that look like that (Carlier, Persson) are in a list and never taken for a slip.
"""

from __future__ import annotations

from collections import defaultdict
from functools import cache
from typing import TYPE_CHECKING, Final

from reportgen.disclosure.free_text.word_lists import lines, words

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

LEAST: Final = 5
"""Letters of the shortest word that is read so: shorter ones are near too many names."""


def meant(word: str) -> bool:
    """Whether a word is a common one with one letter wrong, and no name that looks like it."""
    return len(word) >= LEAST and word.isascii() and word not in _names() and bool(near(word))


def near(word: str) -> set[str]:
    """Common words from which a word differs by one letter."""
    close = {common for form in _without_one(word) for common in _common().get(form, ())}
    return {common for common in close if _one_wrong(word, common)}


@cache
def _names() -> frozenset[str]:
    return frozenset(lines("names_like_words.txt"))


@cache
def _common() -> Mapping[str, frozenset[str]]:
    """Common words by what is left of them without one letter, and by themselves."""
    known = words()
    made: dict[str, set[str]] = defaultdict(set)
    for word in known.starts | known.titled | known.english | known.often:
        if len(word) >= LEAST and word.isascii() and word.isalpha():
            for form in _without_one(word):
                made[form].add(word)
    return {form: frozenset(of) for form, of in made.items()}


def _without_one(word: str) -> Iterator[str]:
    yield word
    yield from (word[:at] + word[at + 1 :] for at in range(len(word)))


def _one_wrong(word: str, other: str) -> bool:
    """Whether two words differ by one letter, or by two neighbours that have changed places."""
    if len(word) != len(other):
        longer, shorter = sorted((word, other), key=len, reverse=True)
        return shorter in set(_without_one(longer)) - {longer}
    wrong = [at for at, (mine, theirs) in enumerate(zip(word, other, strict=True)) if mine != theirs]
    swapped = len(wrong) == 2 and wrong[1] - wrong[0] == 1 and word[wrong[0]] == other[wrong[1]]  # two letters
    return len(wrong) == 1 or (swapped and word[wrong[1]] == other[wrong[0]])
