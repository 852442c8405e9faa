"""Numbers and the words beside them agree: one notice, two notices, no notices; none, nothing, all.

Input: a rendered sentence with its tokens. Output: the sentence with ``notice(s)`` and ``(was/were)`` in the form that
the number beside them asks for, a zero or a whole in words, and a capital letter at its start. Writers write
``{{ penalties.issued }} penalty notice(s) (was/were) issued``.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Final

from reportgen.language.fragment import CLOSE, OPEN, TOKEN, Counted, FragmentForms, FragmentStore
from reportgen.language.left_out import LeftOut

MARKER: Final = re.compile(r"\((?P<one>[^()/|\n]{1,40})/(?P<many>[^()/|\n]{1,40})\)|(?<=[a-z])\((?P<end>e?s)\)")
"""A word that agrees with the number beside it."""
THE: Final = ("the ", "The ", "all ", "All ")
"""What stands before a number of which something is said: of no notices nothing can be."""
VERBS: Final = ("is", "was", "has", "does")
FIGURES: Final = re.compile(r"(?:[(:=]|\b(?:by|than))\s*$")
"""What stands before a number that is said in digits even where it is zero."""
SHARES: Final = re.compile(r"(?:^|[,;.]\s+)$")
"""What stands before a share that is said as none or all."""
START: Final = re.compile(rf"(?P<before>[\s*_“‘(]*){OPEN}(?P<number>\d+){CLOSE}")
FIRST: Final = re.compile(r"(?<![\w<&/\"=-])([a-z])(?![^<>]*>)")

NO, NONE, NOTHING, ALL, EACH = "no", "none", "nothing", "all", "each"
WORDS: Final[Mapping[str, str]] = {NO: "no", NONE: "none", NOTHING: "nothing", ALL: "all"}
"""The words for zero and for a whole, unless a publication has words of its own."""


def agreed(text: str, tray: FragmentStore, words: Mapping[str, str] = WORDS, *, digits: bool = False) -> str:
    """The sentence as it is printed; ``digits`` where zeros stay in digits, as in a panel of key figures."""
    numbers = [(match, counted) for match in TOKEN.finditer(text) if (counted := tray.pieces[int(match[1])].counted)]
    changes: list[tuple[int, int, str]] = []
    nouns: dict[int, re.Match[str]] = {}
    beside = [(marker, _beside(text, marker, numbers)) for marker in MARKER.finditer(text)]
    for marker, place in beside:
        if place is not None and place not in nouns and numbers[place][0].end() <= marker.start():
            nouns[place] = marker
    for marker, place in beside:
        if place is None:
            continue
        counted = numbers[place][1]
        said = _said(text, numbers[place][0], counted, nouns.get(place), digits=digits)
        one = said == NONE or (counted.value == 1 and counted.unit != "proportion")
        changes.append((*marker.span(), _form(marker, one=one)))
    for place, (match, counted) in enumerate(numbers):
        if counted.zero and counted.unit == "proportion" and not digits and _in_brackets(text, match):
            changes.append((match.start() - 2, match.end() + 1, ""))
            continue
        said = _said(text, match, counted, nouns.get(place), digits=digits)
        if said:
            piece = tray.pieces[int(match[1])]
            changes.append((*match.span(), tray.put(_reworded(piece, words[said]))))
    for start, end, made in sorted(changes, reverse=True):
        text = text[:start] + made + text[end:]
    return _capital(text, tray)


def _beside(text: str, marker: re.Match[str], numbers: list[tuple[re.Match[str], Counted]]) -> int | None:
    """The number that a word agrees with: the nearest before it, or else the first after it."""
    before = [n for n, (match, _) in enumerate(numbers) if match.end() <= marker.start()]
    if not before:
        return 0 if numbers else None
    verb = (marker["one"] or "").split(" ")[0] in VERBS
    return before[-2] if verb and len(before) > 1 and _part_of(text, numbers, before[-1]) else before[-1]


def _part_of(text: str, numbers: list[tuple[re.Match[str], Counted]], place: int) -> bool:
    """Whether the number before is a part of this one, as in “16 of the 28”: then the verb agrees with the part."""
    between = text[numbers[place - 1][0].end() : numbers[place][0].start()]
    return between in (" of ", " of the ", ", of ")


def _in_brackets(text: str, match: re.Match[str]) -> bool:
    """Whether a number stands alone in brackets: a share of zero there says nothing beside “no notices”."""
    return text[: match.start()].endswith(" (") and text[match.end() :].startswith(")")


def _form(marker: re.Match[str], *, one: bool) -> str:
    if marker["end"]:
        return "" if one else marker["end"]
    return marker["one"] if one else marker["many"]


def _said(text: str, match: re.Match[str], counted: Counted, noun: re.Match[str] | None, *, digits: bool) -> str:
    """The word in the place of a number: no, none, nothing or all; "" where its digits stand."""
    before, after = text[: match.start()], text[match.end() :]
    if digits or not (counted.zero or counted.whole):
        return ""
    if counted.unit == "proportion":
        if FIGURES.search(before) or not (SHARES.search(before) or after.startswith(" of ")):
            return ""
        return ALL if counted.whole else NONE
    if counted.unit == "pounds":
        return "" if re.search(r"[(:]\s*$", before) else NOTHING
    if counted.unit == "days" or FIGURES.search(before):
        return ""
    counts = noun is not None and (noun["one"] or "").split(" ")[0] not in VERBS
    if counts and before.endswith(THE):
        raise LeftOut("there are none, of which nothing can be said")
    return NO if counts else NONE


def _reworded(piece: FragmentForms, words: str) -> FragmentForms:
    def put(form: str) -> str:
        return form.replace(f">{piece.text}<", f">{words}<") if ">" in form else form.replace(piece.text, words)

    return replace(piece, text=words, web=put(piece.web), paper=put(piece.paper), gov=words, counted=None)


def _capital(text: str, tray: FragmentStore) -> str:
    """A capital letter where a sentence begins with a word of the vocabulary."""
    found = START.match(text)
    if not found:
        return text
    piece = tray.pieces[int(found["number"])]
    if piece.block or not piece.text[:1].islower():
        return text

    def raised(form: str) -> str:
        return FIRST.sub(lambda match: match[1].upper(), form, count=1) if ">" in form else form[:1].upper() + form[1:]

    made = replace(
        piece,
        text=piece.text[:1].upper() + piece.text[1:],
        web=raised(piece.web),
        paper=raised(piece.paper),
        gov=piece.gov[:1].upper() + piece.gov[1:],
    )
    return found["before"] + tray.put(made) + text[found.end() :]
