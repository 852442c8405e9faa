"""A proofreader for finished words: what no year may print, whatever its figures.

Goes in: a page, and the protected figures behind it. Comes out: each fault in a line that quotes the words. It reads the
page alone and compares what it says with the figures: it knows nothing of the words and conditions that made it.
"""

import html as entities
import re
from dataclasses import dataclass, field

from reportgen.checks import wording
from reportgen.model import formatting

NOUNS = {
    "incident": "incidents",
    "notice": "notices",
    "person": "people",
    "objection": "objections",
    "appeal": "appeals",
    "penalty": "penalties",
    "response": "responses",
    "comment": "comments",
    "action": "actions",
    "quick win": "quick wins",
    "recommendation": "recommendations",
    "case": "cases",
    "day": "days",
    "percentage point": "percentage points",
}
ONE, MANY = "|".join(NOUNS), "|".join(NOUNS.values())
BEFORE = r"(?<![\w.,£/])"
KIND = r"(?:vehicle |penalty )?"
AGREEMENT = (
    (rf"{BEFORE}1 {KIND}(?:{MANY})\b", "one of many"),
    (rf"{BEFORE}(?:[02-9]|\d[\d,]*\d) {KIND}(?:{ONE})\b(?! notices\b)", "many of one"),
    (rf"{BEFORE}1 {KIND}(?:{ONE}) (?:were|are|have)\b", "one with a verb of many"),
    (
        rf"(?<!(?i:\bnone of the ))(?<!\b1 of the )(?:{BEFORE}(?:[02-9]|\d[\d,]*\d) {KIND}(?:{MANY})) (?:was|is|has)\b",
        "many with a verb of one",
    ),
    (r"\b(?:none|nobody|nothing|no one) (?:were|are|have)\b", "none with a verb of many"),
    (r"\ba (?=[aeio]\w)(?!one\b|once\b)\w+|\ban (?=[bcdfgjklmnpqrstvwyz])\w+", "a or an"),
)
EMPTY = (
    (r"\b(?:nan|NaN|None(?! of\b)|inf|null|undefined|Undefined)\b", "a program's word"),
    (r"\{\{|\}\}|\{%|%\}|[\ue000-\uf8ff]", "a placeholder"),
    (r"\b(\w+) \1\b(?<!had had)(?<!that that)", "a word twice"),
    (r"  |\s[,.;:?](?:\s|$)|,[.,;]|\.\.|;\.|: \.|\(\s*\)|“\s*”|\( | \)", "stray signs"),
    (r"\b(?:of|(?<!Led )by|than|between|at|the|and|a|was|were) ?[.;:](?:\s|$)", "words that are missing"),
)
NOUGHT = (
    (r"(?<![\d.,])0%|£0(?![\d.,])", "a nought that should be in words"),
    (rf"{BEFORE}0 [a-z]", "a nought that should be in words"),
    (r"\b(?:rose|fell|more|fewer|higher|lower) by (?:0|no)\b", "moved by nothing"),
    (rf"{BEFORE}0 (?:percentage points |days )?(?:more|fewer|less|higher|lower)\b", "moved by nothing"),
    (r"(?<![\d.,])100% \((?!9)", "all, in per cent"),
    (r"\b[Mm]ost [^.:]*\b100%|\blargest [^.]*\b100%", "all, called most"),
)
UPWARD = ("more", "higher")
MARK = re.compile(r"⟦([^⟧]*)⟧([^⟦]*)⟦/⟧")
DATA = re.compile(r'<data value="[^"]*" data-figure="([^"]*)">(.*?)</data>', re.DOTALL)
APART = re.compile(r"<(style|table|details|svg)\b.*?</\1>", re.DOTALL)
BLOCK = re.compile(
    r"</?(?:p|li|ul|ol|div|h\d|figcaption|caption|dd|dt|dl|blockquote|section|nav|header|footer)\b[^>]*>"
)
LONGEST_TITLE, SHORTEST_ALT, LONGEST_ALT = 15, 60, 250
UNRANKED = ("not recorded", "Other")


@dataclass
class Reading:
    """A page as it is read: sentences and titles with their figures marked, and the words for each picture."""

    page: str
    sentences: list[str] = field(default_factory=list)
    titles: dict[str, str] = field(default_factory=dict)
    alts: dict[str, str] = field(default_factory=dict)

    def __post_init__(self):
        main = self.page[self.page.index("<main") : self.page.index("</main>")]
        for id_, caption in re.findall(
            r'<(?:fig)?caption id="([\w-]+)-caption">(.*?)</(?:fig)?caption>', main, re.DOTALL
        ):
            if not id_.startswith("data-"):
                self.titles[id_] = plain(re.search(r'<strong class="title">(.*?)</strong>', caption, re.DOTALL)[1])
        self.alts = {
            id_: plain(alt) for id_, alt in re.findall(r'<title id="([\w-]+)-title">(.*?)</title>', main, re.DOTALL)
        }
        self.notes = "\n".join(plain(one) for one in re.findall(r'<p class="note">(.*?)</p>', main, re.DOTALL))
        bare = re.sub(
            r"<figcaption.*?</figcaption>|<blockquote.*?</blockquote>", "\n", APART.sub("\n", main), flags=re.DOTALL
        )
        self.blocks = [one for one in (plain(part) for part in BLOCK.split(bare)) if one]
        for block in self.blocks:
            if unmarked(block)[-1] in ".?!”:":  # a paragraph may end with the colon of a list
                self.sentences += wording.sentences(block)


def plain(markup):
    """Words without markup, their figures as ⟦name⟧shown⟦/⟧."""
    marked = DATA.sub(r"⟦\1⟧\2⟦/⟧", markup)
    return entities.unescape(re.sub(r"<[^>]+>", "", marked)).strip("\n")


def unmarked(text):
    """As a reader sees it."""
    return MARK.sub(r"\2", text)


def faults(page, statistics=None):
    """Everything wrong with the words of a page."""
    read = Reading(page)
    found = [*_empty(page, read), *_grammar(read), *_captions(read), *_lengths(read)]
    return [*found, *_truth(read, statistics)] if statistics else found


def _matches(rules, texts):
    for pattern, what in rules:
        for text in texts:
            seen = unmarked(text)
            yield from (f"{what}: “{match[0].strip()}” in “{seen}”" for match in re.finditer(pattern, seen))


def _empty(page, read):
    for tag in re.findall(r"<(?:strong|p|li|h[1-6]|dd|dt|em|figcaption|caption)\b[^>]*>\s*</[^>]+>", page):
        yield f"nothing between tags: {tag}"
    yield from _matches(EMPTY, [*read.blocks, *read.titles.values(), *read.alts.values()])


def _grammar(read):
    yield from _matches(AGREEMENT, [*read.blocks, *read.titles.values(), *read.alts.values()])
    yield from _matches(
        NOUGHT, [*read.sentences, *(one for one in read.titles.values() if not one.startswith("Complete:"))]
    )
    for first, second in zip(read.sentences, read.sentences[1:], strict=False):
        if first == second and first not in read.notes:
            yield f"said twice: “{unmarked(first)}”"


def _captions(read):
    seen = {}
    for id_, alt in read.alts.items():
        if not SHORTEST_ALT <= len(alt) <= LONGEST_ALT:
            yield f"{len(alt)} characters for the picture {id_}: “{alt}”"
        if alt in seen:
            yield f"the same words for the pictures {id_} and {seen[alt]}: “{alt}”"
        seen[alt] = id_
    for id_, title in read.titles.items():
        shown = unmarked(title)
        if len(shown.split()) > LONGEST_TITLE:
            yield f"{len(shown.split())} words in the title of {id_}: “{shown}”"
        if shown.endswith("."):
            yield f"a full stop ends the title of {id_}: “{shown}”"


def lengths(page):
    """The number of words in each sentence."""
    return [wording.length(unmarked(one)) for one in Reading(page).sentences]


def _lengths(read):
    counts = [wording.length(unmarked(one)) for one in read.sentences]
    yield from (
        f"{n} words: “{unmarked(one)}”" for n, one in zip(counts, read.sentences, strict=True) if n > wording.LONGEST
    )
    if sum(counts) / len(counts) >= wording.MEAN:
        yield f"{sum(counts) / len(counts):.1f} words in the mean"


# what the words say, against the figures


@dataclass
class Truth:
    """The figures of this year and of last year by the names that the page gives them."""

    statistics: object

    def __post_init__(self):
        before = self.statistics.previous
        self.now = {str(key): one for key, one in self.statistics.figures.items()}
        self.then = {str(key): one for key, one in before.figures.items()} if before else {}

    def shown(self, name, *, last=False):
        """A figure as it is displayed; None where it is hidden or not there."""
        one = (self.then if last else self.now).get(name)
        if one is None or one.value is None:
            return None
        return float(formatting.rounded(one.value, 2 if one.unit == "proportion" else 0))

    def way(self, name):
        """1 where a figure is above last year's, −1 below, 0 level; None where nobody can say."""
        now, then = self.shown(name), self.shown(name, last=True)
        return None if now is None or then is None else (now > then) - (now < then)

    def rivals(self, name):
        """The displayed figures of the breakdown that a figure is of, by name."""
        stem, _, _ = name.partition("=")
        found = {
            one: self.shown(one) for one in self.now if one.startswith(f"{stem}=") and "," not in one.partition("{")[2]
        }
        return {
            one: value
            for one, value in found.items()
            if value is not None and one.partition("=")[2][:-1] not in UNRANKED
        }


def _truth(read, statistics):
    truth = Truth(statistics)
    for text in (*read.sentences, *read.titles.values()):
        yield from (f"{what}: “{unmarked(text)}”" for what in _told(text, truth))


def _told(text, truth):
    """What a sentence or a title says that is not so."""
    yield from _compared(text, truth)
    yield from _moved(text, truth)
    yield from _ranked(text, truth)
    for shown in re.findall(r"\b[Mm]ost\b(?! often| frequent)[^.;]*?⟦[^⟧]*⟧(\d+)%", text):
        if int(shown) <= 50:
            yield "most, of no more than a half"
    for name, shown in MARK.findall(text):
        if name.endswith(" share") and "%" in shown:
            key = name.removesuffix(" share").removesuffix(" last year")
            last = " last year" in name
            part, whole = truth.shown(key, last=last), truth.shown(key.partition("{")[0], last=last)
            if (not part and part != 0) or not whole or shown != formatting.percent(part / whole):
                yield f"a share that is {part} of {whole}"


def _compared(text, truth):
    """“…, 112 more than in …” and “the same as in …”, of the figure before them."""
    for name, shown, after in re.findall(r"⟦([^⟧]*) change⟧([^⟦]*)⟦/⟧((?: percentage points?)? \w+)?", text):
        way, word = truth.way(name), after.split()[-1] if after else ""
        if word in ("more", "fewer", "less", "higher", "lower") and way != (1 if word in UPWARD else -1):
            yield f"{word}, where {name} is {truth.shown(name)} after {truth.shown(name, last=True)}"
        digits = re.match(r"[\d,]+(?= |$)", shown)
        if digits and way is not None and truth.now[name].unit not in ("pounds", "proportion"):
            size = abs(truth.shown(name) - truth.shown(name, last=True))
            if float(digits[0].replace(",", "")) != size:
                yield f"{shown} is not the difference of {name}, {size}"
    for name in re.findall(r"⟦([^⟧]*)⟧[^⟦]*⟦/⟧[^⟦]*?, the same as in", text):
        if truth.way(name) != 0:
            yield f"the same, where {name} moved"


WAYS = (
    (r"\brose\b(?! most)", (1,)),
    (r"\bfell\b(?! most)", (-1,)),
    (r"\bhardly changed\b", (-1, 1)),
    (r"\bstayed the same\b|\bstayed at\b", (0,)),
)


def _moved(text, truth):
    """“rose”, “fell” and “hardly changed”, of the figures of their sentence."""
    names = [name.removesuffix(" last year").removesuffix(" change") for name, _ in MARK.findall(text)]
    for pattern, ways in WAYS:
        if re.search(pattern, text) and names and truth.way(names[0]) not in ways:
            yield f"{pattern} of {names[0]}, {truth.shown(names[0])} after {truth.shown(names[0], last=True)}"
    for verb, first, second in re.findall(r"\b(rose|fell)\b[^.]*? from ⟦[^⟧]*⟧([\d,]+)⟦/⟧ to ⟦[^⟧]*⟧([\d,]+)⟦/⟧", text):
        numbers = [int(one.replace(",", "")) for one in (first, second)]
        if (numbers[1] > numbers[0]) != (verb == "rose") or numbers[0] == numbers[1]:
            yield f"{verb} from {first} to {second}"
    for verb, name in re.findall(
        r"\b(rose most|fell most|largest rise|largest fall) [^⟦]*⟦([^⟧]*?)(?: last year)?⟧", text
    ):
        sign = 1 if "ris" in verb or "rose" in verb else -1
        moves = {
            one: sign * (value - then)
            for one, value in truth.rivals(name).items()
            for then in [truth.shown(one, last=True)]
            if then is not None
        }
        if moves.get(name, 0) <= 0 or moves[name] < max(moves.values()):
            yield f"{verb}, where another did"
    ends = {name: truth.shown(f"money.{name}") for name in ("opening", "closing")}
    for words_, holds in (("More was owed", lambda a, b: b > a), ("Less was owed", lambda a, b: b < a)):
        if words_ in text and not holds(ends["opening"], ends["closing"]):
            yield f"{words_}, from {ends['opening']} to {ends['closing']}"


def _ranked(text, truth):
    """“The largest number … at Calais: 415”, and titles with the share of the first."""
    marks = [(name, shown) for name, shown in MARK.findall(text) if "{" in name and "," not in name.partition("{")[2]]
    largest = re.search(r"\b(?:largest|Largest) (?:number|group)|\bmost often\b|\bmost frequent\b", text)
    first = re.match(r"⟦([^⟧]*\{(?:place|role|vehicle_type)=[^⟧]*) share⟧", text)
    name = first[1] if first else marks[0][0].removesuffix(" share") if largest and marks else ""
    if not name or " last year" in name or name not in truth.now:
        return
    rivals = truth.rivals(name)
    if rivals and truth.shown(name) != max(rivals.values()):
        yield f"{name} is not the largest of {rivals}"
