"""Parse figure ids as people type them.

Input: ``penalties.issued{section=32, role=driver}`` or similar. Output: the key. Accepts spaces for braces, quotes,
capitals, printed categories (Section 32, April 2025), and a pasted ``stat(…)``.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Final

from reportgen.model import formatting
from reportgen.model.figure import Key
from reportgen.model.problem import did_you_mean

if TYPE_CHECKING:
    from reportgen.model.protected import ProtectedStatistics

PAIR: Final = re.compile(r"([A-Za-z_]\w*)\s*=\s*")
STAT: Final = re.compile(r"^\{*\s*(?:stat|change|compared|value)\s*\((.*)\)\s*\}*$", re.DOTALL)
ENDS: Final = " \t,;{}()\"'“”"


def find(name: str, statistics: ProtectedStatistics) -> Key:
    """Return the key of a figure of this or last year; LookupError with a near match if there is none."""
    exact = {str(key): key for key in _all(statistics)}
    if name in exact:
        return exact[name]
    call = STAT.match(name.strip())
    text = call.group(1) if call else name
    measure, pairs = _parts(text, {name for key in exact.values() for name in (key.breakdown_1, key.breakdown_2)})
    measures = {key.measure.casefold(): key.measure for key in exact.values()}
    measure = measures.get(measure.casefold(), measure)
    mine = [key for key in exact.values() if key.measure == measure]
    if not mine:
        hint = did_you_mean(measure, measures.values()) or "“reportgen figures” without an ID lists them all."
        raise LookupError(f"There is no figure called “{measure}”. {hint}")
    wanted = {_name(given, mine): _fold(category) for given, category in pairs}
    for key in mine:
        if {name: _fold(word) for name, word in key.pairs()} == wanted:
            return key
    for key in mine:
        if dict(key.pairs()).keys() == wanted.keys() and all(_same(name, word, wanted) for name, word in key.pairs()):
            return key
    raise LookupError(_miss(measure, mine, dict(pairs)))


def in_words(key: Key) -> str:
    """Describe a key's categories, such as ``Section 32, Driver``; "" for a total."""
    return ", ".join(formatting.category(name, word) for name, word in key.pairs())


def word(key: Key) -> str:
    """Return the template expression that prints the figure."""
    options = "".join(f", {name}={_quoted(category)}" for name, category in key.pairs())
    return f'{{{{ stat("{key.measure}"{options}) }}}}'


def _quoted(category: str) -> str:
    escaped = category.replace("\\", "\\\\")
    return f"'{escaped}'" if '"' in category and "'" not in category else '"' + escaped.replace('"', '\\"') + '"'


def _all(statistics: ProtectedStatistics) -> Iterable[Key]:
    yield from statistics.figures
    if statistics.previous is not None:
        yield from statistics.previous.figures


def _parts(text: str, names: set[str]) -> tuple[str, list[tuple[str, str]]]:
    """Split text into the measure and its breakdowns with categories; only known names start a breakdown.

    Categories may therefore contain commas and equals signs. If no known name is found, unknown ones are accepted.
    """
    found = [match for match in PAIR.finditer(text) if match.group(1).casefold() in names]
    found = found or list(PAIR.finditer(text))
    edges = [match.start() for match in found] + [len(text)]
    measure = text[: edges[0]].strip(ENDS)
    pairs = [
        (match.group(1), text[match.end() : edge].strip(ENDS)) for match, edge in zip(found, edges[1:], strict=True)
    ]
    return measure, pairs


def _fold(text: str) -> str:
    """Normalise case and strip punctuation from both ends."""
    return text.strip(ENDS).casefold()


def _name(given: str, keys: Iterable[Key]) -> str:
    known = {name.casefold(): name for key in keys for name, _ in key.pairs()}
    return known.get(given.casefold(), given)


def _same(name: str, category: str, wanted: dict[str, str]) -> bool:
    return wanted[name] in (_fold(category), _fold(formatting.category(name, category)))


def _miss(measure: str, keys: Sequence[Key], pairs: dict[str, str]) -> str:
    """Explain why there is no such figure: no total, wrong breakdown, wrong category, or wrong combination."""
    known: dict[str, dict[str, None]] = {}
    for key in keys:
        for name, category in key.pairs():
            known.setdefault(name, {}).setdefault(category)
    if not pairs:
        return f"“{measure}” has no figure for the whole. Ask for one of its parts, such as “{keys[0]}”."
    for given, category in pairs.items():
        name = _name(given, keys)
        if name not in known:
            ways = ", ".join(known) or "nothing"
            return f"“{measure}” is not broken down by “{given}” but by {ways}. {did_you_mean(given, known)}".rstrip()
        if not any(_fold(category) in (_fold(one), _fold(formatting.category(name, one))) for one in known[name]):
            hint = did_you_mean(category, known[name]) or f"There are: {', '.join([*known[name]][:12])}."
            return f"“{measure}” has no {name} “{category}”. {hint}"
    return f"“{measure}” has no figure for {', '.join(pairs.values())} together."
