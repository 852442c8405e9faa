"""Firms that the inputs name: in columns that the report does not use, and in comments.

Goes in: names and comments. Comes out: what to look for in a comment, and whether it is there in another case, in the
plural, or without its legal form. Hides what is left of a name that still tells who is meant.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator
from functools import cache
from typing import Final

from reportgen.disclosure.free_text.word_lists import read

_NAMED: Final = re.compile(
    r"(?:[A-ZÀ-ÖØ-ÞĀ-Ž][\w&'.-]* ){0,3}?"
    r"(?P<last>[A-ZÀ-ÖØ-ÞĀ-Ž][\w&'-]*(?: (?:&|of|de|van|der|den) [A-ZÀ-ÖØ-ÞĀ-Ž][\w'-]*)?,? "
    r"(?:Ltd|Limited|LLP|PLC|plc|GmbH|SRL|S\.R\.L|Sp\.? z|SARL|SAS|SA|BV|B\.V|NV|Kft|s\.r\.o|d\.o\.o|UAB|AG|KG|ApS"
    r"|(?:Haulage|Transports?|Trans|Logisti(?:cs|k)|Trucking|Freight|Spedition|Spedycja|Cargo|Couriers|Carriers|Hauliers)"
    r"(?: (?:Ltd|Limited))?))(?!\w)"
)
LEAST: Final = 5
"""Letters of a single word that may be all that is left of a firm's name."""
USUAL: Final = 2
"""A word that so many comments hold in small letters is a word, not a firm's name."""


def known(names: Iterable[str], comments: Iterable[str]) -> frozenset[str]:
    """The names to look for: those given, those that comments call firms, and what is left without the legal form."""
    told = [*comments]
    usual = Counter(word for text in told for word in set(re.findall(r"\b[^\W\d_A-ZÀ-Þ][^\W\d_]*\b", text)))
    called = [name for text in told for match in _NAMED.finditer(text) for name in (match[0], match["last"])]
    return frozenset(left for name in (*names, *called) for left in _left(name, usual))


def mentioned(text: str, firms: frozenset[str]) -> bool:
    """Whether one of them is in a text."""
    words = _words(text)
    longest = max((name.count(" ") + 1 for name in firms), default=0)
    spans = (words[n : n + size] for size in range(1, longest + 1) for n in range(len(words) - size + 1))
    return any(" ".join(span) in firms for span in spans)


def _left(name: str, usual: Counter[str]) -> Iterator[str]:
    """A name in full, without its legal form, without its trade: as long as it still tells who is meant."""
    forms, trades = _dull()
    words = [word for word in _words(name) if word not in forms]
    while words:
        if len(words) > 1 and not trades.issuperset(words):
            yield " ".join(words)
        elif len(words) == 1 and len(words[0]) >= LEAST and words[0] not in trades and _rare(words[0], usual):
            yield words[0]
        if words[-1] not in trades:
            return
        words = words[:-1]


@cache
def _dull() -> tuple[frozenset[str], frozenset[str]]:
    """Legal forms, which are left out when people talk of a firm, and words of the trade, which say nothing alone."""
    given = read("personal.toml")["firms"]
    return frozenset(_words(given["forms"])), frozenset(_words(given["trades"]))


def _rare(word: str, usual: Counter[str]) -> bool:
    return usual[word] + usual[f"{word}s"] < USUAL


def _words(text: str) -> list[str]:
    """Words in small letters, without accents, the plural and the genitive."""
    plain = unicodedata.normalize("NFKD", text.casefold())
    plain = "".join(sign for sign in plain if not unicodedata.combining(sign)).replace("’", "'").replace("'s", "s")
    return [re.sub(r"s+$", "", word) if len(word) >= LEAST else word for word in re.findall(r"[^\W_]+", plain)]
