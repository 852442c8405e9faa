"""Word lists: ordinary words, trade and geography terms that identify nobody, and names that are also words.

Input: a word. Output: whether it is ordinary English, a harmless proper noun, an abbreviation or possibly a name. Owns
the dictionary (Hunspell); hides its spelling and gaps.
"""

from __future__ import annotations

import csv
import re
import tomllib
from collections import defaultdict
from dataclasses import dataclass, fields
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

BRITISH: Final = tuple(
    (re.compile(ours), theirs)
    for ours, theirs in (
        (r"(?<=...)is(e[drs]?|es|ers|ing|ations?|able)$", r"iz\1"),
        (r"(?<=...)ys(e[drs]?|ers?|ing)$", r"yz\1"),
        (r"(?<=..)our(?=$|s$|ed$|ing$|ful|less|ite|able|al|hood|ly$)", "or"),
        (r"(met|lit|cent|theat|fib)re(s|d)?$", r"\1er\2"),
        (r"ll(ed|ing|ers?|ations?)$", r"l\1"),
        (r"enc(es?)$", r"ens\1"),
        (r"gramme(s?)$", r"gram\1"),
        (r"ogue(s?)$", r"og\1"),
    )
)
"""Patterns that turn British spellings into the dictionary's American ones."""


OWN: Final = "(?:the|our|my|their|his|her|a|an|your)"
VERY: Final = "(?:so|very|really|always|most|quite|rather)"


@dataclass(frozen=True)
class WordLists:
    """The lists in ``data/words.toml``, ``data/personal.toml`` and the files of places, in lower case."""

    english: frozenset[str]
    abbreviations: frozenset[str]
    code: re.Pattern[str]
    phrases: re.Pattern[str]
    role: re.Pattern[str]
    kindly: re.Pattern[str]
    countries: frozenset[str]
    first_names: frozenset[str]
    things: tuple[str, ...]
    also_names: frozenset[str]
    places: frozenset[str]
    perhaps_places: frozenset[str]
    towns: Mapping[str, frozenset[str]]
    lettered: frozenset[str]
    lettered_after: frozenset[str]
    asked: frozenset[str]
    asked_after: frozenset[str]
    between: frozenset[str]
    does: frozenset[str]
    does_too: frozenset[str]
    given_before: frozenset[str]
    given_words: frozenset[str]
    joins: frozenset[str]
    kin: frozenset[str]
    modals: frozenset[str]
    often: frozenset[str]
    owns: frozenset[str]
    nobody: frozenset[str]
    rather_people: frozenset[str]
    said: frozenset[str]
    spoken: frozenset[str]
    starts: frozenset[str]
    stands_in: frozenset[str]
    surnames: frozenset[str]
    titled: frozenset[str]
    titled_after: frozenset[str]
    titles: frozenset[str]
    works: frozenset[str]


MADE: Final = ("code", "phrases", "role", "kindly", "countries", "first_names", "things", "also_names", "places")
LOOKED_UP: Final = ("perhaps_places", "towns")
LISTS: Final = tuple(field.name for field in fields(WordLists) if field.name not in MADE + LOOKED_UP)
"""The lists that are used without further processing."""


@cache
def read(name: str) -> dict[str, Any]:
    """Read a TOML file of ``data``, once."""
    return tomllib.loads(_data(name))


def _data(name: str) -> str:
    return resources.files("reportgen").joinpath("data", name).read_text("utf-8")


def lines(name: str) -> list[str]:
    """Return the lines of a file of ``data``."""
    return _data(name).splitlines()


@cache
def words() -> WordLists:
    """Load the word lists, once."""
    given = read("words.toml") | read("personal.toml")
    rows = csv.DictReader(_data("countries.csv").splitlines())
    countries = [re.sub(r" \(.*", "", row["name"]).casefold() for row in rows]
    phrases = [phrase.strip() for phrase in given["phrases"].split("|")] + [name for name in countries if " " in name]
    roles = "|".join(given["roles"].split())
    kindly = "|".join(given["kindly"].split())
    several = "|".join(re.escape(phrase) for phrase in sorted(filter(None, phrases), key=len, reverse=True))
    alone, perhaps = lines("places.txt"), lines("places_also_names.txt")
    return WordLists(
        code=re.compile(given["code"], re.IGNORECASE),
        phrases=re.compile(rf"\b(?:{several})\b", re.IGNORECASE),
        role=re.compile(rf"\s*[,(-]+ ?(?:{OWN} )?(?:[a-z-]+ )?(?:{roles})\b", re.IGNORECASE),
        kindly=re.compile(rf"(?: (?:in|at|from|on)(?: \w+){{1,4}}?)? (?:is|was|were) (?:{VERY} )?(?:{kindly})\b"),
        countries=frozenset(name for name in countries if " " not in name),
        first_names=frozenset(given["first_names"].split()) | frozenset(given["rather_names"].split()),
        things=tuple(given["things"].split()),
        also_names=frozenset(_data("also_names.txt").split()),
        places=frozenset(alone),
        perhaps_places=frozenset(perhaps),
        towns=_by_first_word([*alone, *perhaps]),
        **{name: frozenset(given[name].split()) for name in LISTS},
    )


def _by_first_word(places: Iterable[str]) -> Mapping[str, frozenset[str]]:
    """Index places of several words by their first word."""
    made: dict[str, set[str]] = defaultdict(set)
    for place in places:
        if " " in place:
            made[place.split()[0]].add(place)
    return {first: frozenset(several) for first, several in made.items()}


def ordinary(word: str) -> bool:
    """Return whether a lower-case word is ordinary English; a word that is only a name is not."""
    if word in words().english:
        return True
    if not word.isascii():
        return False
    spelled = _dictionary()
    return spelled(word) or any(spelled(other) for ours, theirs in BRITISH if (other := ours.sub(theirs, word)) != word)


@cache
def _dictionary() -> Callable[[str], bool]:
    from hunspell import Hunspell

    spell: Callable[[str], bool] = Hunspell("en_US").spell
    return spell


def nobody(word: str) -> bool:
    """Return whether a lower-case word is a proper noun, or its plural, that identifies nobody."""
    known = words()
    single = word if word in known.also_names else word.removesuffix("s")
    return word in known.countries or word in known.nobody or single in known.nobody
