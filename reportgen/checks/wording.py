"""Check the text of the finished page: sentence length, GOV.UK style, the scheme's terms.

Input: the finished publication. Output: outcomes that quote the text at fault. Quotes of respondents and table cells
are ignored, because they are not ours or not sentences.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from types import MappingProxyType
from typing import Final

from reportgen.checks.check import Finished, Outcome, judged, not_applicable
from reportgen.checks.html_tree import Element
from reportgen.checks.web_page import NO_PAGE
from reportgen.model.figure import MONTHS

MEAN: Final = 20.0
LONGEST: Final = 40
_END: Final = re.compile(r"(?<=[.!?])[”’\")\]]*\s+(?=[“‘\"(\[]?[A-Z0-9£])")
_WORD: Final = re.compile(r"[\w£%][\w’'.,%£–/-]*")
_SHORT_FORM: Final = re.compile(r"\b(?:Mr|Mrs|Ms|Dr|No|St|Art|para|paras|s|ss|vs)\.\s*$")

_MONTHS: Final = "|".join(MONTHS)
STYLE: Final = MappingProxyType(
    {
        r"\be\.g\.?(?=\s|,)|\beg\b": "say “for example” or “such as”",
        r"\bi\.e\.?(?=\s|,)|\bie\b": "say what you mean without “ie”",
        r"\betc\b": "name the others or say “such as”",
        r"\s&\s": "write “and”",
        r"\bper cent\b": "write %",
        r"\b(?:19|20)\d\d[/–-]\d\d(?:\d\d)?\b": "write years as “2025 to 2026”",
        r"\bQ[1-4]\b": "name the months",
        r"\b\d{1,2}(?:st|nd|rd|th)\b(?! century| percentile)": "write dates as “1 April 2025”, and order in words",
        rf"\b(?:{_MONTHS}) \d{{1,2}}\b(?!\d|,\d)": "put the day before the month",
        r"\b(?:utilis|leverag|facilitat|incentivis|disincentivis|empower|liais)\w*": "use a plainer word",
        r"\bgoing forward\b|\bin order to\b|\boverarching\b": "use a plainer word",
        r"\b(?:robust|streamlin\w+|deep dive|ring-?fenc\w+|best-in-class|world-class)\b": "use a plainer word",
        r"\b(?:soar|rocket|plummet|slump|surg|skyrocket)(?:ed|ing|es|e|s)?\b": "let the figure speak: no judging words",
        r"\b(?:dramatic|unfortunate|fortunate|alarming|surprising|disappointing)(?:ly|ally)?\b": "no judging words",
        r"\bas (?:high|low|many|few) as\b|\bno (?:fewer|less) than\b": "let the figure speak",
        r"\d% (?:increase|decrease|rise|fall) in (?:the )?(?:share|rate|proportion)\b": "say percentage points",
        r"!": "no exclamation marks",
        r"\b(?:organiz|recogniz|analyz|summariz|categoriz|penaliz|minimiz|authoriz)\w*": "use British spelling",
        r"\b(?:center|color|labor|behavior|favor|program|enrollment|defense|offense)s?\b": "use British spelling",
        r"\b(?:ca|wo|would|should|could|do|does|did|is|are|was|were|has|have|had)n['’]t\b": "write “not” in full",
        r"\bclick (?:here|on)\b": "say where the link leads",
        r"\b(?:as above|see below|see above|the above|the below)\b": "name the place",
        r"\b[A-Z]{7,}\b": "no words in capitals",
        r"\s{2,}|\s[,.;:!?](?=\s|$)": "a stray space",
        r"\b(?i:(?!that that|had had)(\w+) \1)\b": "a word twice",
        r"\b(?:nan|NaN|undefined|null|Undefined)\b": "a program's word for nothing",
        r"\bNone\b(?! (?:of|was|is|had|has)\b)|(?<=[a-z,] )None\b": "a program's word for nothing",
        r"\{\{|\}\}|\{%|%\}": "a placeholder that was not filled",
        r"\bTODO\b|\bTBC\b|\bTBD\b|\bXXX+\b|\blorem ipsum\b": "unfinished words",
    }
)

TERMS: Final = MappingProxyType(
    {
        r"(?i:\b(?:a|the|each|every|per|any|one|no) clandestine\b(?! entrant))": "a person hidden in a vehicle",
        r"(?i:\bclandestines\b)": "people hidden in vehicles",
        r"(?i:\billegal (?:im)?migrants?\b|\billegals\b|\bstowaways?\b)": "a person hidden in a vehicle",
        r"\bClandestine Entrants? Penalt\w+|\bClandestine Entrants Civil\b": "the scheme's full name",
        r"\bfin(?:es|ed|ing)\b": "penalty",
        r"\bDunkirk\b": "Dunkerque",
        r"\b[Ss](?:ec)?\.? ?(?:31A|32)\b|(?<=[a-z,] )Section (?:31A|32)\b|\bsection 31a\b": "section 31A, section 32",
        r"\bborder force\b|\bBorder force\b": "Border Force",
        r"\bhome office\b|\bHome office\b": "Home Office",
        r"\bcode of practise\b": "code of practice",
        r"\bpenalty charge notices?\b|\bPCNs?\b": "penalty notice",
        r"\bresponsible part(?:y|ies)\b": "responsible person",
        r"\bpercents? points?\b|\bpercentages points?\b|\b% points?\b": "percentage points",
    }
)


def prose(page: Element) -> Iterator[Element]:
    """Yield the paragraphs and list items written by the publisher."""
    main = page.first("main") or page
    yield from _prose(main)


def _prose(element: Element) -> Iterator[Element]:
    for child in element.children:
        if not isinstance(child, Element) or child.tag in {
            "table",
            "svg",
            "figure",
            "nav",
            "blockquote",
            "dl",
            "details",
        }:
            continue
        if child.tag in {"p", "li"} and not any(
            inner.tag in {"p", "ul", "ol"} for inner in child.walk() if inner is not child
        ):
            yield child
        else:
            yield from _prose(child)


def sentences(text: str) -> list[str]:
    """Split text into sentences; a full stop after an abbreviation does not end one."""
    found: list[str] = []
    for part in _END.split(text):
        if found and _SHORT_FORM.search(found[-1]):
            found[-1] += " " + part
        else:
            found.append(part)
    return [part for part in found if part]


def length(sentence: str) -> int:
    """Count the words in a sentence."""
    return len(_WORD.findall(sentence))


def sentence_lengths(finished: Finished) -> Outcome:
    """Check that sentences average under 20 words and none has over 40."""
    if not finished.report("html"):
        return not_applicable(NO_PAGE)
    found = [
        sentence
        for paragraph in prose(finished.page)
        for sentence in sentences(paragraph.text())
        if sentence.rstrip('”’")]')[-1:] in {".", "?", "!"}
    ]
    if not found:
        return not_applicable("There are no sentences.")
    lengths = [length(sentence) for sentence in found]
    mean = sum(lengths) / len(lengths)
    faults = [f"{words} words: “{_short(text)}”" for text, words in zip(found, lengths, strict=True) if words > LONGEST]
    if mean >= MEAN:
        faults.insert(0, f"The mean is {mean:.1f} words a sentence; it should be under {MEAN:.0f}.")
    return judged(faults, f"{len(found)} sentences, {mean:.1f} words in the mean, {max(lengths)} in the longest")


def style(finished: Finished) -> Outcome:
    """Check GOV.UK's style guide."""
    if not finished.report("html"):
        return not_applicable(NO_PAGE)
    faults = [f"“{found}”: {advice}. {where}" for found, advice, where in _matches(finished.page, STYLE)]
    faults += [
        f"Line {e.line}: no italics or underlining (“{_short(e.text())}”)." for e in finished.page.all("i", "u", "em")
    ]
    return judged(faults, f"{len(STYLE)} rules")


def terms(finished: Finished) -> Outcome:
    """Check that the scheme's terms are used and spelt consistently."""
    if not finished.report("html"):
        return not_applicable(NO_PAGE)
    faults = [f"“{found}”: write “{right}”. {where}" for found, right, where in _matches(finished.page, TERMS)]
    return judged(faults, f"{len(TERMS)} rules")


def _matches(page: Element, rules: MappingProxyType[str, str]) -> Iterator[tuple[str, str, str]]:
    main = page.first("main") or page
    texts = [element.text() for element in prose(page)]
    texts += [element.text() for element in main.all("h1", "h2", "h3", "h4")]
    for caption in main.all("caption", "figcaption"):  # label, title and subtitle are separate texts
        parts = [part.text() for part in caption.children if isinstance(part, Element)]
        texts += parts or [caption.text()]
    for pattern, advice in rules.items():
        rule = re.compile(pattern)
        for text in texts:
            for match in rule.finditer(text):
                start = max(0, match.start() - 30)
                yield (
                    match[0].strip() or match[0],
                    advice,
                    f"In “{'…' if start else ''}{text[start : match.end() + 30]}…”",
                )


def _short(text: str) -> str:
    return text if len(text) <= 90 else text[:89] + "…"  # one line
