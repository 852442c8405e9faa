"""Detect names of people in a comment, word by word; if in doubt, it is a name.

Input: a normalised text. Output: “a name”, “a word that is in none of our lists”, or None. A capitalised word must be
known not to identify anybody, any other word must be ordinary English. Words that are also names (Mark, Baker) are
judged by their form and neighbouring words.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Final

from reportgen.disclosure.free_text import misspellings
from reportgen.disclosure.free_text.word_lists import nobody, ordinary, words

NAME: Final = "a name"
UNKNOWN: Final = "a word that is in none of our lists"
TOKEN: Final = re.compile(r"[^\W_]+(?:['&-][^\W_]+)*")
DOTTED: Final = re.compile(r"\b(?:[A-Z]\.){2,}")
STARTS: Final = re.compile(r"[.!?:;\n\"“(\[*•]| - ")
INITIAL: Final = re.compile(r" [A-Z]\. [a-z]")
DOES_IT: Final = re.compile(
    r" [a-z]+s (?:the|a|an|our|my|his|her|it|them|me|us|him|no|everything|everybody|that|this)\b"
)
"""A person as the subject of a sentence: “Fox handles the paperwork”."""
SECOND: Final = re.compile(r" [A-Z][a-z]")
PERSONAL: Final = re.compile(r" and (?:I|me|my|his|her)\b")
FAR: Final = 6
"""Most words between a name and its verb."""
PAST: Final = 5
"""Fewest letters of a past tense recognised by its ending, which excludes “need” and “red”."""
NO_INITIALS: Final = frozenset("aiesxup")
"""Single lower-case letters that are not initials.

a, i; e and i of e.g. and i.e.; s of lorry(s); x of sizes; u for you; p for pence.
"""


@dataclass(frozen=True, slots=True)
class _Word:
    """A word in context; ``before`` and ``after`` are empty at a sentence or punctuation boundary.

    ``led``: whether a capitalised word comes directly before.
    """

    text: str
    low: str
    starts: bool
    before: str
    earlier: str
    led: bool
    after: str
    rest: str

    @property
    def capital(self) -> bool:
        return self.text[0].isupper()

    @property
    def also_name(self) -> bool:
        return self.low in words().also_names or self.low in words().given_words

    @property
    def usual(self) -> bool:
        return self.low in words().starts

    @property
    def acts(self) -> bool:
        """Whether the next word is a verb of people's actions."""
        return _is_action(self.after)

    @property
    def acts_later(self) -> bool:
        """Whether such a verb follows within ``FAR`` words of the same clause."""
        coming = TOKEN.findall(re.split(r"[.!?:;,\n(]", self.rest)[0])[1:FAR]
        return any(_is_action(one.casefold()) for one in coming)


def _is_action(word: str) -> bool:
    """Return whether a word is a verb of people's actions, past, present or future."""
    return word in words().does or word in words().does_too or (word.endswith("ed") and len(word) >= PAST)


def found(text: str) -> str | None:
    """Return the kind of finding in a text, a name or an unknown word; None if there is none."""
    plain = DOTTED.sub(lambda match: match[0].replace(".", "") + " ", text)
    plain = _without_towns(words().phrases.sub("Europe", plain))
    shouted = plain.upper() == plain
    strange = None
    for word in _in_context(plain):
        kind = _suspicion(word, shouted=shouted)
        if kind == NAME or any(rule(word) for rule in RULES):
            return NAME
        strange = strange or kind
    return strange


def _without_towns(text: str) -> str:
    """Replace each town of several words by one harmless word."""
    made, ends = "", 0
    for match in TOKEN.finditer(text):
        if match.start() < ends or not match[0][0].isupper():
            continue
        rest = text[match.start() :]
        town = max(
            (one for one in words().towns.get(_without_accents(match[0]), ()) if _starts_with_town(rest, one)),
            key=len,
            default="",
        )
        if town:
            made += text[ends : match.start()] + "Europe"
            ends = match.start() + len(town)
    return made + text[ends:]


def _starts_with_town(text: str, town: str) -> bool:
    """Return whether a text begins with a town, its longer words capitalised."""
    said = text[: len(town)]
    written = all(word[0].isupper() or len(word) < PAST for word in said.split())
    return _without_accents(said) == town and not text[len(town) : len(town) + 1].isalnum() and written


def _without_accents(word: str) -> str:
    """Return a word in lower case, without genitive and accents."""
    return "".join(sign for sign in unicodedata.normalize("NFKD", base(word)) if not unicodedata.combining(sign))


def certain(text: str) -> bool:
    """Return whether a text almost certainly names somebody; for the office's own words, with any technical term."""
    spoken = list(_in_context(text))
    return any(word.low in words().first_names or _has_a_role(word) or _two_names(word) for word in spoken)


def _in_context(text: str) -> Iterator[_Word]:
    matches = list(TOKEN.finditer(text))
    ends = 0
    for at, match in enumerate(matches):
        gap = text[ends : match.start()]
        ends = match.end()
        following = matches[at + 1] if at + 1 < len(matches) else None
        beside = following is not None and not text[match.end() : following.start()].strip()
        inside = at > 0 and not STARTS.search(gap)
        yield _Word(
            match[0],
            base(match[0]),
            starts=not inside,
            before=base(matches[at - 1][0]) if inside else "",
            earlier=base(matches[at - 2][0]) if inside and at > 1 else "",
            led=at > 0 and gap == " " and matches[at - 1][0][0].isupper(),
            after=following[0].casefold() if beside and following else "",
            rest=text[match.end() :],
        )


def base(word: str) -> str:
    """Return a word in lower case, without genitive."""
    return word.casefold().removesuffix("'s")


def _suspicion(word: _Word, *, shouted: bool) -> str | None:
    """Classify a word: a name, an unknown word, or None if it is harmless."""
    known, parts = words(), word.text.split("-")
    if len(word.text) == 1 and word.capital and word.text not in "IA":
        return None if word.before in known.lettered or word.after in known.lettered_after else NAME
    must_be_a_town = word.before in known.stands_in and _is_town(word)
    if not must_be_a_town and not known.first_names.isdisjoint((word.low, *map(base, parts))):
        return NAME
    if any(sign.isdigit() for sign in word.text):
        return None if all(_is_harmless_part(part) for part in parts) else UNKNOWN
    if _is_harmless(word, shouted=shouted):
        return None
    return NAME if any(part[0].isupper() for part in parts) and not shouted else UNKNOWN


def _is_harmless(word: _Word, *, shouted: bool) -> bool:
    """Return whether a word is ordinary in its position, or known not to identify anybody."""
    if (word.text.islower() or word.starts or shouted) and ordinary(word.low):
        return True
    parts = enumerate(word.text.split("-"))
    known = all(_is_known_part(part, small=shouted or (at == 0 and word.starts)) for at, part in parts)
    return known or _is_town(word) or _is_title_word(word) or _is_misspelling(word)


def _is_town(word: _Word) -> bool:
    """Return whether a word is a town; one that is also a surname only alone after a preposition.

    “in Lincoln”, not “in Lincoln Baker”.
    """
    known, bare = words(), _without_accents(word.text)
    if not word.capital:
        return False
    alone = word.before in known.stands_in and not word.text.endswith("'s") and not SECOND.match(word.rest)
    return (bare in known.places and bare not in known.also_names) or (bare in known.perhaps_places and alone)


def _is_title_word(word: _Word) -> bool:
    """Return whether a capitalised word is a term of forms, offices or roles, or used as a noun: “a Blanket”."""
    known, low = words(), word.low
    names = known.also_names | known.given_words
    if not ordinary(low) or any({part, part.removesuffix("s")} & names for part in (low, *low.split("-"))):
        return False
    beside = word.led and word.before in known.titled and word.before not in known.kin | known.titles
    return beside or low in known.titled or word.before in known.titled_after


def _is_misspelling(word: _Word) -> bool:
    """Return whether a word is a misspelling where no person is mentioned.

    “the oficer was”, but not “my boss oficer”.
    """
    known = words()
    thing = word.before in known.titled_after | known.owns
    somebody = word.before in known.given_before | known.kin | known.titles | known.spoken or (word.acts and not thing)
    return word.text.islower() and not somebody and misspellings.meant(word.low)


def _is_abbreviation(text: str) -> bool:
    """Return whether a word is a known abbreviation, singular or plural: HGV, HGVs."""
    single = text[:-1] if text.endswith("s") and text[:-1].isupper() else text
    return single in words().abbreviations


def _is_harmless_part(part: str) -> bool:
    """Return whether a hyphenated part is a number, a harmless code or a harmless word, as in 28-day."""
    code = words().code.fullmatch(part.removesuffix("'s"))
    return part.isdigit() or code is not None or nobody(base(part)) or (part.islower() and ordinary(part))


def _is_known_part(part: str, *, small: bool = False) -> bool:
    """Return whether a hyphenated part is harmless; capitals for stress are allowed if it cannot be a name."""
    low, known = base(part), words()
    stressed = len(part) > 1 and part.isupper() and low not in known.also_names and low not in known.given_words
    return nobody(low) or _is_abbreviation(part) or ((small or part.islower() or stressed) and ordinary(low))


def _place_speaks(word: _Word) -> bool:
    """Detect a place that is also a name (Kent, Jordan) and speaks or is spoken to."""
    known = words()
    if not nobody(word.low) or word.low not in known.also_names:
        return False
    acts = word.after in known.said or (word.low in known.rather_people and word.acts)
    spoken = word.before in known.spoken or (word.before in {"to", "with"} and word.earlier in known.spoken)
    return (acts and (word.starts or word.before in known.joins)) or (spoken and word.capital)


def _somebody_acts(word: _Word) -> bool:
    """Detect a sentence whose first word acts like a person: not a usual opening, a thing or a plural."""
    several = word.low.endswith("s") and not word.low.endswith("ss") and not word.also_name
    thing = word.low.endswith(words().things) or several or word.usual or nobody(word.low)
    return word.starts and word.capital and word.after in words().does and not thing


def _name_acts(word: _Word) -> bool:
    """Detect a word that is also a name (Baker) as the subject of a verb, now or some words later."""
    if not word.starts or not word.also_name or nobody(word.low):
        return False
    if word.usual:
        return word.low in words().modals and word.capital and word.after in {"at", "in", "from"}
    if not word.capital:
        return word.after in words().said
    if word.after in words().between:
        return word.acts_later
    return word.acts or bool(DOES_IT.match(word.rest)) or (word.text[1:].islower() and not word.rest.strip(" .!?"))


def _somebody_is(word: _Word) -> bool:
    """Detect a possible name, also a month or usual opening, described as people are: “June was helpful”."""
    may = word.also_name or word.low in words().surnames
    return may and word.starts and word.capital and bool(words().kindly.match(word.rest))


def _usual_name_acts(word: _Word) -> bool:
    """Detect a surname that is also a usual opening (Price), only where it speaks, acts later or owns."""
    if not word.starts or not word.capital or word.low not in words().surnames:
        return False
    later = word.after in words().between - {"and", "of", "on"} and word.acts_later
    return word.after in words().said or later or word.text.endswith("'s")


def _has_a_role(word: _Word) -> bool:
    """Detect a name followed by a role in brackets or after a comma: “Baker (driver)”, “Kent, the driver,”."""
    known = words()
    may = (word.also_name and not word.usual) or word.low in known.surnames
    return word.capital and may and bool(known.role.match(word.rest))


def _owns(word: _Word) -> bool:
    """Detect a name as an owner: “Baker's lorry”, “Baker and I”, “Baker: no fine”; “Banks's lorry” for any word."""
    owner = word.text.endswith("'s") or word.rest.startswith(":") or PERSONAL.match(word.rest)
    place = nobody(word.low) and word.low not in words().rather_people
    may = word.capital and word.starts and word.also_name and not word.usual and not place
    twice = word.text.endswith("s's") and not nobody(word.low)
    return twice or (may and bool(owner))


def _two_names(word: _Word) -> bool:
    """Detect a full name, title or initial: “Mark Dover”, “Mark D. told”, “sergeant baker”, “j baker”."""
    known = words()
    if word.capital and word.low not in known.lettered and INITIAL.match(word.rest):
        return True
    if not word.also_name or word.usual:
        return False
    if word.before in known.titles or (
        len(word.before) == 1 and word.before not in NO_INITIALS and word.before.isalpha()
    ):
        return True
    given = word.low in known.given_words - known.modals or not nobody(word.after)
    return word.capital and word.starts and given and bool(SECOND.match(word.rest))


def _is_addressed(word: _Word) -> bool:
    """Detect a lower-case name of a person addressed or mentioned: “ask mark”, “my boss hunter paid”."""
    known = words()
    if not word.also_name or word.usual:
        return False
    if any(
        (
            word.before in known.joins and word.after in known.said,
            word.before in {"was", "is"} and word.after == "who",
            word.before in known.kin and word.acts,
            word.before in known.asked and word.after in known.asked_after,
            word.before in {"named", "called"},
            word.before == "for" and word.earlier in known.works,
        )
    ):
        return True
    spoken = word.before in {"to", "with"} and word.earlier in known.given_before | known.spoken
    told_of = word.before in {"for", "from", "of", "about", "by"} and word.acts and not nobody(word.low)
    if word.before == "by" and not word.earlier and nobody(word.low):  # “By June we had no answer”
        return False
    if word.low not in known.given_words or not (told_of or spoken or word.before in known.given_before):
        return False
    return word.low not in known.modals or word.acts or spoken


RULES: Final[tuple[Callable[[_Word], bool], ...]] = (
    _place_speaks,
    _somebody_acts,
    _name_acts,
    _somebody_is,
    _usual_name_acts,
    _has_a_role,
    _owns,
    _two_names,
    _is_addressed,
)
"""Rules that show a known word to be a name; one match is enough."""
