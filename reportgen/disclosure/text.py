"""Free text: which comments may be quoted.

Goes in: comments, and words that may not be told. Comes out: quotes, one a response, and what was refused and why.
Refuses; never alters. A comment is read as a person would read it: without invisible signs, letters of other alphabets
that look like ours, "at" for @, spaces between digits.
"""

from __future__ import annotations

import csv
import re
import tomllib
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING, Final

from reportgen.disclosure import firms
from reportgen.problems import Problem, Stage
from reportgen.records import Quote

if TYPE_CHECKING:
    from collections.abc import Callable

    from reportgen.records import Comment, Records

LOOKALIKES: Final = str.maketrans(
    "АВЕЅІЈКМНОРСТУХаеѕіјорсухΑΒΕΖΗΙΚΜΝΟΡΤΥΧοι’‘ʼ‐‑‒–—−⁃",
    "ABESIJKMHOPCTYXaesijopcyxABEZHIKMNOPTYXoi'''-------",
)
"""Cyrillic and Greek letters, apostrophes and dashes that look like the ones of a keyboard."""

STRICT: Final[tuple[tuple[str, re.Pattern[str]], ...]] = (
    ("an email address", re.compile(r"[\w.+-]+@[\w-]+\.[\w.-]*[A-Za-z]")),
    ("a telephone number", re.compile(r"(?<![\w.,£-])(?:\+44 ?|0)(?:\d ?){9,10}(?![\w,.]?\d)")),
    ("a National Insurance number", re.compile(r"\b[A-CEGHJ-PR-TW-Z]{2} ?\d{2} ?\d{2} ?\d{2} ?[A-D]\b")),
    ("a vehicle registration", re.compile(r"\b[A-Z]{2}\d{2} ?[A-Z]{3}\b")),
    ("a postcode", re.compile(r"\b[A-Z]{1,2}\d[A-Z\d]? \d[A-Z]{2}\b")),
)
"""What is looked for in every finished file, where figures and codes would raise false alarms with looser patterns."""

CAPITALISED: Final = re.compile(r"(?P<before>^|[.!?:;\n\"“(]\s*|[^\w'-]+)(?P<word>[A-ZÀ-ÖØ-ÞĀ-Ž][\w'-]*)")
WORD: Final = re.compile(r"[^\W\d_][\w'-]*")
LONGEST: Final = 2000
"""A story so long tells who tells it, and nobody would print it."""
REGISTRATION: Final = "a vehicle registration"
WEAKER: Final = {
    "a web address": "an email address",
    "a number of an account or a document": "a telephone number",
}
"""What a stronger kind is always taken for as well."""
LEAST_REFERENCE: Final = 4
"""A reference of the inputs shorter than this, or a number of so few digits, is no more than a word or a figure."""


@dataclass(frozen=True)
class _Patterns:
    """What ``data/personal.toml`` holds."""

    kinds: tuple[tuple[str, re.Pattern[str]], ...]
    not_a_registration: re.Pattern[str]
    trade: re.Pattern[str]
    surname: re.Pattern[str]
    acts: re.Pattern[str]
    things: tuple[str, ...]
    starts: frozenset[str]
    nobody: frozenset[str]
    first_names: frozenset[str]


@cache
def _patterns() -> _Patterns:
    data = resources.files("reportgen").joinpath("data")
    given = tomllib.loads(data.joinpath("personal.toml").read_text("utf-8"))
    made = []
    for kind, patterns in given["kinds"].items():
        made += [(kind, re.compile(pattern, re.IGNORECASE)) for pattern in patterns.get("any", ())]
        made += [(kind, re.compile(pattern)) for pattern in patterns.get("exact", ())]
    rows = csv.DictReader(data.joinpath("countries.csv").read_text("utf-8").splitlines())
    countries = {word.strip("(),.") for row in rows for word in row["name"].casefold().split()}
    return _Patterns(
        tuple(made),
        re.compile(given["not_a_registration"]),
        re.compile(given["trade"]),
        re.compile(given["surname"]),
        re.compile(rf"(?:^|[.!?:;\n] *)(?P<who>[A-ZÀ-ÖØ-ÞĀ-Ž][\w-]{{2,}}) (?:{'|'.join(given['does'].split())})\b"),
        tuple(given["things"].split()),
        frozenset(given["starts"].split()),
        frozenset(given["nobody"].split()) | countries,
        frozenset(given["first_names"].split()),
    )


def kinds(text: str, references: frozenset[str] = frozenset(), named: frozenset[str] = frozenset()) -> tuple[str, ...]:
    """The kinds of personal data found in a text, each once; ``named`` are firms by ``firms.known``."""
    if len(text) > LONGEST:
        return (f"more than {LONGEST:,} characters",)
    plain, patterns = read(text), _patterns()
    without = patterns.not_a_registration.sub(" ", plain)
    found = dict.fromkeys(
        kind for kind, pattern in patterns.kinds if pattern.search(without if kind == REGISTRATION else plain)
    )
    if firms.mentioned(plain, named) or any(
        match["own"].casefold() not in patterns.nobody for match in patterns.trade.finditer(plain)
    ):
        found["a firm"] = None
    if patterns.surname.search(plain) or _named(plain, patterns):
        found["a name"] = None
    if references and _refers(plain, references):
        found["a reference of the inputs"] = None
    return tuple(kind for kind in found if WEAKER.get(kind) not in found)


def read(text: str) -> str:
    """A text as a person reads it: full-width, invisible and look-alike signs made plain."""
    made = unicodedata.normalize("NFKC", text).translate(LOOKALIKES)
    made = "".join(sign for sign in made if unicodedata.category(sign) != "Cf")
    return re.sub(r"[^\S\n]+", " ", made).strip()


def _named(text: str, patterns: _Patterns) -> bool:
    """A first name, or a capitalised word that stands where names stand.

    That is within a sentence, unless it is known to identify nobody, or at its beginning, doing what people do.
    A text in capitals alone is read for first names only.
    """
    if any(word.casefold() in patterns.first_names for word in WORD.findall(text)):
        return True
    shouted = text.upper() == text
    if not shouted and any(_acts(match["who"].casefold(), patterns) for match in patterns.acts.finditer(text)):
        return True
    for match in () if shouted else CAPITALISED.finditer(text):
        starts = not match["before"] or match["before"][:1] in '.!?:;\n"“('
        word = match["word"].casefold().removesuffix("'s")
        acronym = match["word"].isupper() and len(match["word"]) <= LEAST_REFERENCE
        if not starts and not acronym and not all(_nobody(part, patterns) for part in word.split("-")):
            return True
    return False


def _nobody(word: str, patterns: _Patterns) -> bool:
    """Whether a word identifies nobody, in the plural too."""
    return word in patterns.nobody or word.removesuffix("s") in patterns.nobody


def _acts(word: str, patterns: _Patterns) -> bool:
    """Whether a word that begins a sentence is taken for a name: neither a usual beginning nor a thing."""
    return not (word in patterns.starts or word.endswith(patterns.things) or _nobody(word, patterns))


def _refers(text: str, references: frozenset[str]) -> bool:
    """Whether a reference of the inputs stands in the text, however it is spaced."""
    words = text.casefold().split()
    spelled = {_squeezed("".join(words[n : n + length])) for length in (1, 2, 3) for n in range(len(words))}
    return not spelled.isdisjoint(_telling(references))


@cache
def _telling(references: frozenset[str]) -> frozenset[str]:
    return frozenset(
        reference
        for reference in (_squeezed(reference.casefold()) for reference in references)
        if len(reference) >= LEAST_REFERENCE or not reference.isdigit()
    )


def _squeezed(text: str) -> str:
    """Letters and digits alone; zeros in front of a number say nothing."""
    return re.sub(r"(?<!\d)0+(?=\d)", "", re.sub(r"[\W_]", "", text))


def screened(
    records: Records,
    may_name: Callable[[Comment], bool],
    references: frozenset[str],
    names: frozenset[str] = frozenset(),
) -> tuple[tuple[Quote, ...], list[Problem]]:
    """The comments that may be quoted, and a notice for each that may be but holds something personal.

    ``names`` are those of firms and people that stand in the inputs; comments that may not be quoted name firms too.
    """
    named = firms.known(names, (comment.text for comment in records.comments))
    quotes: list[Quote] = []
    refused: list[Problem] = []
    seen: set[str] = set()
    for comment in _quotable(records):
        found = kinds(comment.text, references, named)
        if found:
            refused.append(_refused(comment.response_id, found))
        elif comment.response_id not in seen:
            seen.add(comment.response_id)
            quotes.append(Quote(comment.text, comment.role if may_name(comment) else "", comment.themes))
    return tuple(quotes), refused


def _quotable(records: Records) -> Iterator[Comment]:
    return (comment for comment in records.comments if comment.quotable and comment.text.strip())


def _refused(response: str, found: tuple[str, ...]) -> Problem:
    """Names the response and the kinds of what was found; never repeats it."""
    several = " and ".join((", ".join(found[:-1]), found[-1]) if len(found) > 1 else found)
    return Problem(
        Stage.DISCLOSURE,
        "quote-refused",
        f"A comment cannot be quoted: it seems to hold {several}.",
        "It is left out. Nothing to do, unless you want to check: comments are never shortened or altered.",
        "notice",
        file="survey",
        column="comment",
        value=response,
    )
