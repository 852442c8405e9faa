"""What a sentence speaks of and what its words are about must be the same: the thing counted, the category, the year.

Input: the tree of a template and its text, line by line. Output: problems: a sentence about notices that rests on a
figure of incidents, one about owners with a figure of drivers, one about last year with a figure of this year. Only
what the words themselves show is compared; nothing is known of grammar.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from jinja2 import nodes

from reportgen.language.mistakes import Wrong
from reportgen.language.tagged_text import PRINTED, masked
from reportgen.model.figure import MONTHS
from reportgen.scheme import measure_ids as ids

if TYPE_CHECKING:
    from reportgen.language.mistakes import Mistakes
    from reportgen.language.source_map import Passage

NOUNS: Final[Mapping[str, str]] = {
    "incidents": r"incidents?",
    "penalties": r"notices?|penalt(?:y|ies)",
    "objections": r"objections?|objected|decisions?",
    "appeals": r"appeals?|appealed|the\s+courts?",
    "survey": r"responses?|answers?|answered|respondents|survey|comments?|themes?|questions?",
    "actions": r"actions?|quick\s+wins?|plan",
    "recommendations": r"recommendations?",
}
"""What the figures of a family count, as sentences call it."""
STRONG: Final = re.compile(
    r"\b(?:incidents?|notices?|objections?|objected|appeals?|appealed|responses?|actions?|recommendations?)\b",
    re.IGNORECASE,
)
PEOPLE: Final = re.compile(r"\b(?:people|persons?|nobody|anybody|somebody|entrants?)\b", re.IGNORECASE)
ALSO: Final[Mapping[str, tuple[str, ...]]] = {ids.PENALTIES_INCIDENTS: ("incidents",)}
"""Figures that count the things of another family too."""
SUBJECT: Final = re.compile(
    r"\b(?:numbers?|shares?)\s+of\s+(?:penalty\s+|vehicle\s+)?(?P<noun>[a-z]+)\s*$|(?P<last>[a-z]+)\s*$", re.IGNORECASE
)
PLAIN: Final = ("as", "year")
"""Options that name no category."""
COMPARING: Final = (
    "rose", "fell", "rose_or_fell", "stayed_the_same", "hardly_changed", "more", "fewer", "less", "higher", "lower",
    "longer", "shorter", "more_or_fewer", "higher_or_lower", "as_many", "about_as_many", "the_same", "sharply",
    "slightly", "nearly_doubled", "doubled", "more_than_doubled", "nearly_halved", "halved", "more_than_halved",
    "significantly",
    "by_chance", "change", "compared", "rose_most", "fell_most",
)  # fmt: skip
"""Words that compare this year with last."""
TYPED_YEAR: Final = re.compile(r"\b[Ii]n\s+(?:19|20)\d\d\b(?!\s+to\b)")
MONTH: Final = re.compile(rf"\b[Ii]n\s+({'|'.join(MONTHS)})\b(?!\s+\d)")
YEAR_BEFORE: Final = re.compile(
    r"\b(?:last\s+year|a\s+year\s+(?:ago|earlier|before)|the\s+previous\s+year)\b", re.IGNORECASE
)
THIS_YEAR: Final = re.compile(r"\bthis\s+year\b", re.IGNORECASE)
SECOND: Final = re.compile(r"\b(?:second|next)[\s-](?:largest|highest|most)\b", re.IGNORECASE)
CATEGORIES: Final[Mapping[str, Mapping[str, str]]] = {
    "role": {
        "driver": r"drivers?",
        "owner": r"owners?",
        "hirer": r"hirers?",
        "operator": r"operators?",
    },
    "section": {"31A": r"section\s+31A", "32": r"section\s+32"},
    "place": {
        "Calais": "Calais",
        "Coquelles": "Coquelles",
        "Dunkerque": "Dunkerque|Dunkirk",
        "UK port": r"(?:UK|British)\s+ports?",
        "Inland": "inland",
    },
    "vehicle_type": {
        "goods vehicle": r"goods\s+vehicles?|lorr(?:y|ies)",
        "car": r"cars?",
        "coach": r"coach(?:es)?",
        "motorhome": r"motorhomes?",
    },
}
"""Categories as sentences call them, in the breakdowns whose categories are the same every year."""


@dataclass(frozen=True, slots=True)
class _Word:
    """A word of the vocabulary in a sentence: its name, its figure, its options, its place in the plain line."""

    name: str
    figure: str
    options: Mapping[str, object]
    place: int
    line: int


def check_subjects(
    tree: nodes.Template, passage: Passage, mistakes: Mistakes, breakdowns: Mapping[str, frozenset[str]]
) -> None:
    """Tell every sentence whose words are about something else; ``breakdowns`` are those of each figure."""
    plain = masked(passage.text).split("\n")
    lines: dict[int, list[nodes.Node]] = {}
    for node in _printed(tree):
        lines.setdefault(node.lineno, []).append(node)
    for number, parts in lines.items():
        if not 0 < number <= len(plain) or plain[number - 1].count(PRINTED) != len(parts):
            continue  # a tag over several lines
        text = plain[number - 1]
        places = [match.start() for match in re.finditer(PRINTED, text)]
        words = [word for part, place in zip(parts, places, strict=True) if (word := _read(part, place))]
        names = {part.name for part in parts if isinstance(part, nodes.Name)}
        for wrong in (
            *_subjects(text, words),
            *_groups(text, words, breakdowns),
            *_years(text, words, names),
            *_ranks(text, words),
        ):
            spot, start = passage.line(number)
            mistakes.add(passage.file, spot, wrong.code, wrong.said, wrong.hint, at=wrong.at, start=start)


def _printed(node: nodes.Node) -> Iterator[nodes.Node]:
    for child in node.iter_child_nodes():
        if isinstance(node, nodes.Output) and not isinstance(child, nodes.TemplateData):
            yield child
        else:
            yield from _printed(child)


def _read(node: nodes.Node, place: int) -> _Word | None:
    if not isinstance(node, nodes.Call) or not isinstance(node.node, nodes.Name) or not node.args:
        return None
    first = node.args[0]
    if not isinstance(first, nodes.Const) or not isinstance(first.value, str) or "." not in first.value:
        return None
    options = {one.key: one.value.value if isinstance(one.value, nodes.Const) else None for one in node.kwargs}
    return _Word(node.node.name, first.value, options, place, node.lineno)


def _family(figure: str) -> str:
    family = figure.partition(".")[0]
    return family if family in NOUNS and figure != ids.INCIDENTS_ENTRANTS else ""


def _is_about(noun: str, figure: str) -> bool:
    families = (_family(figure), *ALSO.get(figure, ()))
    return any(re.fullmatch(NOUNS[one], noun, re.IGNORECASE) for one in families if one)


def _subjects(text: str, words: list[_Word]) -> Iterator[Wrong]:
    """Find words whose figure counts another thing than the sentence says."""
    spoken = {match[0].lower() for match in STRONG.finditer(text)}
    for word in words:
        hint = "Name the figure that the sentence speaks of, or say in the sentence what the figure counts."
        if word.figure == ids.INCIDENTS_ENTRANTS:
            if spoken and not PEOPLE.search(text):
                yield _differs(min(spoken), word, hint)
                return
            continue
        if not _family(word.figure):
            continue
        own = re.search(
            rf"\b(?:{'|'.join(NOUNS[one] for one in (_family(word.figure), *ALSO.get(word.figure, ())))})\b",
            text,
            re.IGNORECASE,
        )
        if spoken and not own:
            yield _differs(min(spoken), word, hint)
            return
        before = SUBJECT.search(text[: word.place])
        noun = (before["noun"] or before["last"] or "") if before else ""
        if word.name in COMPARING[:4] and STRONG.fullmatch(noun) and not _is_about(noun, word.figure):
            yield _differs(noun, word, hint)
            return


def _differs(noun: str, word: _Word, hint: str) -> Wrong:
    said = f"This sentence speaks of “{noun}”, but “{word.figure}” does not count them."
    return Wrong("subject-differs", said, hint, word.figure)


def _groups(text: str, words: list[_Word], breakdowns: Mapping[str, frozenset[str]]) -> Iterator[Wrong]:
    """Find words whose category is another than the sentence says, or in another order."""
    for name, categories in CATEGORIES.items():
        spoken = _spoken(text, categories)
        picks = any(one.options.get("by") == name or one.options.get(name, "") is None for one in words)
        if spoken and not picks:
            yield from _of_breakdown(name, spoken, _named(name, categories, words), words, breakdowns)


def _spoken(text: str, categories: Mapping[str, str]) -> list[str]:
    """The categories that the sentence speaks of, in order."""
    found = [
        (match.start(), category)
        for category, said in categories.items()
        for match in re.finditer(rf"\b(?:{said})\b", text, re.IGNORECASE)
    ]
    return list(dict.fromkeys(category for _, category in sorted(found)))


def _named(name: str, categories: Mapping[str, str], words: list[_Word]) -> list[str]:
    """The categories that the words are about, in order."""
    options = (one.options.get(option) for one in words for option in (name, "than"))
    return list(dict.fromkeys(one for one in options if isinstance(one, str) and one in categories))


def _of_breakdown(
    name: str, spoken: list[str], named: list[str], words: list[_Word], breakdowns: Mapping[str, frozenset[str]]
) -> Iterator[Wrong]:
    hint = "Name the figure of the group that the sentence speaks of."
    if named and not {*named} & {*spoken}:
        said = f"This sentence speaks of “{spoken[0]}”, but its figure is of “{named[0]}”."
        yield Wrong("subject-differs", said, hint, named[0])
    elif len(named) > 1 and {*named} == {*spoken} and named != spoken:
        said = f"The words name {', '.join(spoken)} in this order, the figures {', '.join(named)}."
        yield Wrong("subject-differs", said, "Put the figures into the order of the words.", named[0])
    elif not named and len(spoken) == 1 and len(words) == 1:
        only = words[0]
        if name in breakdowns.get(only.figure, frozenset()) and not {*only.options} - {*PLAIN}:
            said = f"This sentence speaks of “{spoken[0]}”, but “{only.figure}” is the figure of all."
            yield Wrong("subject-differs", said, f'Such as {only.figure}({name}="{spoken[0]}").', only.figure)


def _years(text: str, words: list[_Word], names: set[str]) -> Iterator[Wrong]:
    """Find figures of another year, or of another part of it, than the sentence says."""
    compares = any(word.name in COMPARING for word in words)
    last = [word for word in words if word.options.get("year") == "last"]
    if not words:
        return
    if typed := TYPED_YEAR.search(text):
        said = f"“{typed[0]}” is typed by hand beside a figure, whose year changes."
        yield Wrong("year-differs", said, "Say the year with {{ period }} or {{ last_period }}.", typed[0])
    if (month := MONTH.search(text)) and not any("month" in word.options for word in words):
        said = f"This sentence speaks of “{month[1]}”, but its figures are of the year."
        yield Wrong("year-differs", said, 'Such as incidents.count(month="2025-04").', month[1])
    if compares:
        return
    if (before := YEAR_BEFORE.search(text)) and not last:
        said = f"This sentence says “{before[0]}”, but its figures are this year's."
        yield Wrong("year-differs", said, 'Such as penalties.issued(year="last").', before[0])
    elif (now := THIS_YEAR.search(text)) and len(last) == len(words):
        said = f"This sentence says “{now[0]}”, but its figures are last year's."
        yield Wrong("year-differs", said, 'Take year="last" out.', now[0])
    if "last_period" in names and not last:
        said = "This sentence names last year, but its figures are this year's."
        yield Wrong(
            "year-differs", said, 'Such as penalties.issued(year="last"), or take last_period out.', "last_period"
        )
    elif "period" in names and "last_period" not in names and len(last) == len(words):
        said = "This sentence names this year, but its figures are last year's."
        yield Wrong("year-differs", said, 'Take year="last" out, or write last_period.', "period")


def _ranks(text: str, words: list[_Word]) -> Iterator[Wrong]:
    """Find a category that is called the second and picked as the first."""
    second = SECOND.search(text)
    first = next((word for word in words if word.name == "largest" and word.options.get("rank", 1) == 1), None)
    if second and first and not any(word.options.get("rank", 1) != 1 for word in words):
        said = f"This sentence says “{second[0]}”, but its word picks the first."
        yield Wrong("subject-differs", said, "Write rank=2.", "largest")
