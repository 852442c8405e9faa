"""Screen free text: decide which comments may be quoted.

Input: comments, and words that must not be disclosed. Output: quotes, one per response, and a notice for each refused
comment. Refuses; never alters. Comments are screened as a person reads them: invisible characters removed, look-alike
letters, “at” for @ and spaced digits normalised.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache
from types import MappingProxyType
from typing import TYPE_CHECKING, Final, Literal

from reportgen.disclosure.free_text import entity_names, person_names, word_lists
from reportgen.model.problem import Problem, Stage, did_you_mean
from reportgen.model.records import Candidate, Quote

if TYPE_CHECKING:
    from collections.abc import Callable

    from reportgen.model.records import Comment, Records
    from reportgen.release import QuoteDecision

LOOKALIKES: Final = str.maketrans(
    "АВЕЅІЈКМНОРСТУХаеѕіјорсухΑΒΕΖΗΙΚΜΝΟΡΤΥΧοι’‘ʼ‐‑‒–—−⁃",
    "ABESIJKMHOPCTYXaesijopcyxABEZHIKMNOPTYXoi'''-------",
)
"""Cyrillic and Greek letters, apostrophes and dashes that look like those of a British keyboard."""

STRICT: Final[tuple[tuple[str, re.Pattern[str]], ...]] = (
    ("an email address", re.compile(r"[\w.+-]+@[\w-]+\.[\w.-]*[A-Za-z]")),
    ("a telephone number", re.compile(r"(?<![\w.,£-])(?:\+44 ?|0)(?:\d ?){9,10}(?![\w,.]?\d)")),
    ("a National Insurance number", re.compile(r"\b[A-CEGHJ-PR-TW-Z]{2} ?\d{2} ?\d{2} ?\d{2} ?[A-D]\b")),
    ("a vehicle registration", re.compile(r"\b[A-Z]{2}\d{2} ?[A-Z]{3}\b")),
    ("a postcode", re.compile(r"\b[A-Z]{1,2}\d[A-Z\d]? \d[A-Z]{2}\b")),
)
"""Strict patterns for finished files, where looser ones would give false alarms on figures and codes."""

LONGEST: Final = 2000
"""Longest quotable comment in characters; a longer story identifies its author and would not be printed."""
UNSEEN: Final = frozenset(("Cc", "Cf", "Co", "Cn", "Cs"))
"""Unicode categories of invisible characters.

Control, format (zero-width, right-to-left), private use, unassigned, surrogates.
"""
REGISTRATION: Final = "a vehicle registration"
WEAKER: Final = {
    "a web address": "an email address",
    "a number of an account or a document": "a telephone number",
}
"""Weaker findings that are dropped when the stronger one is found, which always accompanies them."""
SIGNS: Final[tuple[tuple[str, re.Pattern[str]], ...]] = (
    ("signs of a formula", re.compile(r"\A\s*[\"']?[=+@|-](?! )|[=|]")),
    (
        "signs of a markup language",
        re.compile(
            r"^\s*(?:#|>|[*+-] |`{3}|~{3}|={3}|-{3}|\|)|</?[a-z!?]|&#?\w+;|\]\(|\]\[|!\[|\*\*|__|`|~~|\{[{%#]|\$\{|\\",
            re.MULTILINE | re.IGNORECASE,
        ),
    ),
)
"""Characters that a spreadsheet would calculate or that a page would treat as markup."""
OFFICE: Final = frozenset(
    ("a name", "a telephone number", "a National Insurance number", "a vehicle registration", "a bank account")
)
OFFICE_ACTION: Final = ("action", "heard", "owner", "outcome")
"""Kinds searched for in the office's own words, which are printed unscreened; and the columns of an action."""
LEAST_REFERENCE: Final = 4
"""Fewest characters of a reference made of digits; a shorter one is an ordinary number."""


@dataclass(frozen=True)
class _Patterns:
    """Patterns from ``data/personal.toml``."""

    kinds: tuple[tuple[str, re.Pattern[str]], ...]
    not_a_registration: re.Pattern[str]
    trade: re.Pattern[str]


@cache
def _patterns() -> _Patterns:
    given = word_lists.read("personal.toml")
    made = []
    for kind, patterns in given["kinds"].items():
        made += [(kind, re.compile(pattern, re.IGNORECASE)) for pattern in patterns.get("any", ())]
        made += [(kind, re.compile(pattern)) for pattern in patterns.get("exact", ())]
    return _Patterns(tuple(made), re.compile(given["not_a_registration"]), re.compile(given["trade"]))


def kinds(text: str, references: frozenset[str] = frozenset(), named: frozenset[str] = frozenset()) -> tuple[str, ...]:
    """Return the distinct kinds of personal data in a text; ``named`` are firms from ``entity_names.known``."""
    if len(text) > LONGEST:
        return (f"more than {LONGEST:,} characters",)
    plain, patterns = read(text), _patterns()
    without = patterns.not_a_registration.sub(" ", plain)
    found = dict.fromkeys(
        kind for kind, pattern in patterns.kinds if pattern.search(without if kind == REGISTRATION else plain)
    )
    if entity_names.mentioned(plain, named) or any(
        not word_lists.nobody(own := match["own"].casefold()) and own not in word_lists.words().owns
        for match in patterns.trade.finditer(plain)
    ):
        found["a firm"] = None
    found |= dict.fromkeys(kind for kind, pattern in SIGNS if pattern.search(plain))
    found |= dict.fromkeys(_hidden_characters(text))
    if strange := person_names.found(plain):
        found[strange] = None
    if references and _has_reference(plain, references):
        found["a reference of the inputs"] = None
    return tuple(kind for kind in found if WEAKER.get(kind) not in found)


def read(text: str) -> str:
    """Normalise a text as a person reads it: full-width, invisible and look-alike characters."""
    made = unicodedata.normalize("NFKC", text).translate(LOOKALIKES)
    made = "".join(sign for sign in made if unicodedata.category(sign) != "Cf")
    return re.sub(r"[^\S\n]+", " ", made).strip()


def _hidden_characters(text: str) -> Iterator[str]:
    """Yield findings of invisible or bidirectional characters, and of letters of other alphabets."""
    if any(unicodedata.category(sign) in UNSEEN and sign not in "\n\r\t" for sign in text):
        yield "signs that nobody sees"
    if not all(
        unicodedata.name(sign, "").startswith("LATIN") for sign in unicodedata.normalize("NFKC", text) if sign.isalpha()
    ):
        yield "letters of another alphabet"


def _has_reference(text: str, references: frozenset[str]) -> bool:
    """Return whether a text contains a reference from the inputs, however it is spaced."""
    words = text.casefold().split()
    spelled = {_alphanumeric("".join(words[n : n + length])) for length in (1, 2, 3) for n in range(len(words))}
    return not spelled.isdisjoint(_searchable(references))


@cache
def _searchable(references: frozenset[str]) -> frozenset[str]:
    return frozenset(
        reference
        for reference in (_alphanumeric(reference.casefold()) for reference in references)
        if len(reference) >= LEAST_REFERENCE or not reference.isdigit()
    )


def _alphanumeric(text: str) -> str:
    """Keep letters and digits only, without leading zeros."""
    return re.sub(r"(?<!\d)0+(?=\d)", "", re.sub(r"[\W_]", "", text))


def screened(
    records: Records,
    may_name: Callable[[Comment], bool],
    references: frozenset[str],
    names: frozenset[str] = frozenset(),
    decisions: Mapping[str, QuoteDecision] = MappingProxyType({}),
) -> tuple[tuple[Quote, ...], list[Problem]]:
    """Return the comments that may be quoted, and a notice for each quotable one with personal data.

    ``names`` are firms and people in the inputs; firms are also collected from comments that may not be quoted.
    Comments refused by a person are left out; released ones come first. Releasing a comment that may not be quoted is a
    problem.
    """
    let, refused = _split_quotable(records, references, names)
    undecided, released = list[Quote](), list[Quote]()
    out = {one.text for one in records.comments if _applies(decisions.get(one.response_id), one, released=False)}
    for comment in let.values():
        if comment.text in out:  # another response with the same words
            continue
        holds = _applies(decisions.get(comment.response_id), comment, released=True)
        role = comment.role if may_name(comment) else ""
        quote = Quote(comment.text, role, comment.themes, released=holds, response_id=comment.response_id)
        (released if holds else undecided).append(quote)
    return (*released, *undecided), [*refused, *_invalid_decisions(records, let, decisions)]


def _applies(decision: QuoteDecision | None, comment: Comment, *, released: bool) -> bool:
    """Return whether a decision releases, or refuses, a comment in its current words."""
    return decision is not None and decision.released is released and decision.of(comment.text)


def _split_quotable(
    records: Records, references: frozenset[str], names: frozenset[str]
) -> tuple[dict[str, Comment], list[Problem]]:
    """Split quotable comments: those without personal data by response id, and a notice for each other."""
    named = entity_names.known(names, (comment.text for comment in records.comments))
    let: dict[str, Comment] = {}
    refused: list[Problem] = []
    for comment in _quotable(records):
        found = kinds(comment.text, references, named)
        if found:
            refused.append(_refusal(comment.response_id, found))
        else:
            let.setdefault(comment.response_id, comment)
    return let, refused


def candidates(
    records: Records, references: frozenset[str], names: frozenset[str], decisions: Mapping[str, QuoteDecision]
) -> tuple[Candidate, ...]:
    """Return every comment that could be quoted, with its decision, for a person with access to the survey."""
    let, _ = _split_quotable(records, references, names)
    every = (Candidate(one.response_id, one.role, one.themes, one.text, "not decided") for one in let.values())
    return decided(every, decisions)


def decided(candidates: Iterable[Candidate], decisions: Mapping[str, QuoteDecision]) -> tuple[Candidate, ...]:
    """Apply decisions to candidates; a decision on different words does not count."""
    made = []
    for one in candidates:
        decision = decisions.get(one.response_id)
        state, by, on, note = "not decided", "", "", ""
        if decision is not None and decision.of(one.text):
            state = "released" if decision.released else "refused"
            by, on, note = decision.by, decision.on.isoformat(), decision.note
        elif decision is not None:
            state = "not decided on these words"
        made.append(replace(one, state=state, by=by, on=on, note=note))
    return tuple(made)


def _invalid_decisions(
    records: Records, let: Mapping[str, Comment], decisions: Mapping[str, QuoteDecision]
) -> Iterator[Problem]:
    """Yield a problem for each decision that cannot apply: unknown response, or release of an unquotable comment."""
    there = {comment.response_id: comment for comment in records.comments}
    for one in decisions.values():
        comment = there.get(one.response_id)
        if comment is None:
            hint = did_you_mean(one.response_id, there) or "Take the line out, or write the id as the survey has it."
            yield _decision_problem(one, "quote-unknown", "There is no comment with this id in the survey.", hint)
        elif one.released and not comment.quotable:
            said = "This comment was released, but who wrote it did not agree to be quoted."
            yield _decision_problem(one, "quote-not-agreed", said, "Refuse it, or take the line out.")
        elif one.released and one.response_id not in let:
            said = "This comment was released, but it seems to hold something personal, so it is not printed."
            yield _decision_problem(
                one, "quote-not-allowed", said, "Refuse it: nobody can release what may name somebody."
            )
        elif not one.of(comment.text):
            said = "The words of this comment have changed since somebody decided on it, so it is not decided."
            yield _decision_problem(one, "quote-changed", said, "Decide again with “reportgen quotes”.", "notice")


def _decision_problem(
    one: QuoteDecision, code: str, message: str, hint: str, severity: Literal["problem", "notice"] = "problem"
) -> Problem:
    return Problem(
        Stage.RELEASE, code, message, hint, severity, file="release.toml", column="quotes", value=one.response_id
    )


def office_words(records: Records) -> list[Problem]:
    """Return a notice for each text of the office that may name or locate somebody; it is printed anyway."""
    texts = [
        *(
            ("actions", column, one.ref, str(getattr(one, column)))
            for one in records.actions
            for column in OFFICE_ACTION
        ),
        *(("recommendations", "progress", str(one.number), one.progress) for one in records.recommendations),
        *(("survey", "themes", one.response_id, theme) for one in records.comments for theme in one.themes),
    ]
    return [_name_notice(*place) for *place, words in texts if _may_name_somebody(words)]


@cache
def _may_name_somebody(words: str) -> bool:
    plain = read(words)
    strong = (pattern for kind, pattern in _patterns().kinds if kind in OFFICE)
    return any(pattern.search(plain) for pattern in strong) or person_names.certain(plain)


def _name_notice(file: str, column: str, value: str) -> Problem:
    return Problem(
        Stage.DISCLOSURE,
        "names-somebody",
        "These words seem to name a person, or to hold a telephone number or a registration.",
        "They are printed as they are. Take the name or number out, unless the person agreed and readers need it.",
        "notice",
        file=file,
        column=column,
        value=value,
    )


def _quotable(records: Records) -> Iterator[Comment]:
    return (comment for comment in records.comments if comment.quotable and comment.text.strip())


def _refusal(response: str, found: tuple[str, ...]) -> Problem:
    """Report the response and the kinds of personal data found, never the text."""
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
