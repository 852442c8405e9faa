"""Detect firms' names in comments.

Input: names from the inputs (some in columns that the report does not use), and comments. Output: names to search for,
and whether a comment contains one in any case, in the plural, or without its legal form. Hides which parts of a name
still identify the firm.
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
"""Fewest letters of a single word that identifies a firm without its legal form."""
USUAL: Final = 2
"""Comments with a word in lower case from which it is an ordinary word, not a firm's name."""


def known(names: Iterable[str], comments: Iterable[str]) -> frozenset[str]:
    """Return names to search for, with and without legal forms: those given, and those that comments call firms."""
    told = [*comments]
    usual = Counter(word for text in told for word in set(re.findall(r"\b[^\W\d_A-ZÀ-Þ][^\W\d_]*\b", text)))
    called = [name for text in told for match in _NAMED.finditer(text) for name in (match[0], match["last"])]
    return frozenset(left for name in (*names, *called) for left in _identifying_forms(name, usual))


def mentioned(text: str, firms: frozenset[str]) -> bool:
    """Return whether a text contains any of the firms' names."""
    words = _normalised(text)
    longest = max((name.count(" ") + 1 for name in firms), default=0)
    spans = (words[n : n + size] for size in range(1, longest + 1) for n in range(len(words) - size + 1))
    return any(" ".join(span) in firms for span in spans)


def _identifying_forms(name: str, usual: Counter[str]) -> Iterator[str]:
    """Yield a name without its legal form, then without words of the trade, as long as it identifies the firm."""
    forms, trades = _generic_words()
    words = [word for word in _normalised(name) if word not in forms]
    while words:
        if len(words) > 1 and not trades.issuperset(words):
            yield " ".join(words)
        elif len(words) == 1 and len(words[0]) >= LEAST and words[0] not in trades and _rare(words[0], usual):
            yield words[0]
        if words[-1] not in trades:
            return
        words = words[:-1]


@cache
def _generic_words() -> tuple[frozenset[str], frozenset[str]]:
    """Return legal forms, which people omit, and words of the trade, which identify nobody alone."""
    given = read("personal.toml")["firms"]
    return frozenset(_normalised(given["forms"])), frozenset(_normalised(given["trades"]))


def _rare(word: str, usual: Counter[str]) -> bool:
    return usual[word] + usual[f"{word}s"] < USUAL


def _normalised(text: str) -> list[str]:
    """Normalise words: lower case, without accents, plural and genitive endings."""
    plain = unicodedata.normalize("NFKD", text.casefold())
    plain = "".join(sign for sign in plain if not unicodedata.combining(sign)).replace("’", "'").replace("'s", "s")
    return [re.sub(r"s+$", "", word) if len(word) >= LEAST else word for word in re.findall(r"[^\W_]+", plain)]
