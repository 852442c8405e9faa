"""The shipped words on the shipped year: their own lint, every number explained, every claim true in other years too."""

import random
import re
from collections import Counter
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path
from typing import ClassVar

import pytest

from reportgen import charts, document, measures, tables
from reportgen.language.lint.prose import lint
from reportgen.language.mistakes import Mistakes
from reportgen.language.source_map import Passage
from reportgen.model.figure import Key
from reportgen.model.problem import serious
from reportgen.scheme import publication_spec

ROOT = Path(__file__).parents[1]
TEMPLATES = document.read_templates(ROOT / "templates").value


@pytest.fixture(scope="module")
def said(numbers):
    found = written(numbers.statistics, numbers.release)
    assert found.problems == ()
    return found.value


def written(statistics, release):
    drawn = charts.outline(publication_spec.charts(statistics), statistics, release)
    return document.render(
        TEMPLATES,
        statistics,
        tables.build(publication_spec.tables(statistics), statistics, release),
        drawn,
        release,
        known_tables=publication_spec.TABLES,
        known_charts=publication_spec.CHARTS,
        known_figures=measures.definitions(statistics.records.questions),
    )


# every number in the text


class Words(HTMLParser):
    """The text of a page between tables and drawings; traced numbers apart, by what they are."""

    APART: ClassVar = {"style", "script", "svg", "table", "details", "title"}
    BREAKS: ClassVar = {
        "p",
        "li",
        "div",
        "h1",
        "h2",
        "h3",
        "h4",
        "figcaption",
        "caption",
        "dd",
        "dt",
        "a",
        "blockquote",
        "section",
    }

    def __init__(self, page):
        super().__init__()
        self.apart, self.inside, self.text, self.traced, self.shown = 0, "", [], Counter(), []
        self.label = 0
        self.feed(page)

    def handle_starttag(self, tag, attrs):
        given = dict(attrs)
        if tag in self.APART:
            self.apart += 1
        elif tag == "data":
            self.inside = next(name for name in given if name.startswith("data-"))
            self.shown.append([self.inside, given[self.inside], given["value"], ""])
            self.traced[self.inside] += not self.apart
        elif tag == "span" and given.get("class") == "label":
            self.label = 1
        elif tag in self.BREAKS:
            self.text.append("\n")

    def handle_endtag(self, tag):
        if tag in self.APART:
            self.apart -= 1
        elif tag == "data":
            self.inside = ""
        elif tag == "span":
            self.label = 0

    def handle_data(self, data):
        data = data.replace("\u00a0", " ")
        if self.inside:
            self.shown[-1][3] += data
        elif not self.apart and not self.label:
            self.text.append(data)


MONTH = "January|February|March|April|May|June|July|August|September|October|November|December"
REFERENCE = r"\d+[A-Z]*(?:\(\w+\))*"
EXCEPTIONS = {
    "a date": rf"\b\d{{1,2}} (?:{MONTH})\b(?: \d{{4}})?|\b(?:{MONTH}) \d{{4}}\b",
    "a reference to law": rf"\b[Ss]ections? {REFERENCE}(?:(?:,| and| or| to) {REFERENCE})*|\bSS?I \d{{4}}/\d+|\[\d{{4}}\] EWCA Civ \d+|\bAct (?:19|20)\d\d",
    "a period": r"\b(?:19|20)\d\d(?: to (?:19|20)\d\d)?\b(?![.,]\d)",
    "the number of a recommendation": r"\b[Rr]ecommendations? \d+",
    "the licence and its address": r"\bLicence v3\.0|open-government-licence/version/3|\bTW9 4DU",
}


def unexplained(page):
    words = Words(page)
    text, found = "".join(words.text), Counter()
    for kind, pattern in EXCEPTIONS.items():
        text, found[kind] = re.subn(pattern, " ", text)
    return words, found, re.findall(r"[^\n]{0,40}\d[^\n]{0,20}", text)


def test_every_number_in_the_text_is_traced_or_explained(said):
    for page in (said.html, said.print_html):
        words, found, left = unexplained(page)
        assert left == []
        assert words.traced["data-figure"] > 150
        assert found["a date"] > 20
        assert sum(words.traced.values()) > 200


def test_a_number_that_nobody_explains_would_be_seen(said):
    planted = said.html.replace("</h2>", "</h2><p>There were 1,790 of them.</p>", 1)
    assert len(unexplained(planted)[2]) == 1


def test_every_traced_figure_is_a_quoted_figure_as_displayed(said):
    quoted = {(f"{one.key} {one.part}".strip(), one.display) for one in said.quoted}
    shown = [one for one in Words(said.html).shown if one[0] == "data-figure"]
    assert {"interval", "base"} <= {name.rpartition(" ")[2] for _, name, _, _ in shown}
    assert len(shown) > 150
    for _, name, value, display in shown:
        assert (name.replace(" last year", ""), display) in quoted
        assert float(value) == pytest.approx(float(value))
    lines = {path: path.read_text("utf-8").count("\n") + 1 for path in (ROOT / "templates").rglob("*.*")}
    for one in said.quoted:
        assert one.where
        for place in one.where:
            file, line = place.split(":")
            assert 1 <= int(line) <= lines[ROOT / "templates" / "annual" / file]


# the shipped words and their lint


def problems(text):
    mistakes = Mistakes({"a.md": text})
    lint(Passage("a.md", text), mistakes)
    return mistakes.problems()


def test_the_shipped_words_pass_their_own_lint_with_nothing_allowed(numbers, said):
    assert numbers.release.allow == ()
    assert said.claims >= 10
    for chapter in TEMPLATES.chapters:
        assert problems(chapter.text) == ()


def test_ten_figures_typed_by_hand_are_found():
    chance = random.Random(10)
    places = [
        (one, match)
        for one in TEMPLATES.chapters
        for match in re.finditer(
            r"\{\{ (?:[a-z]+\.[a-z_.]+(?:\([^{}]*?\))?|(?:change|share)\([^{}]*?\)) \}\}", one.text
        )
        if not match[0].startswith("{{ release.")
    ]
    assert len(places) > 100
    for chapter, match in chance.sample(places, 10):
        shown = chance.choice(["1,790", "£27.6 million", "61%", "41 days", "nine in ten", "two thirds", "a dozen", "3"])
        text = chapter.text[: match.start()] + shown + chapter.text[match.end() :]
        line = chapter.text.count("\n", 0, match.start()) + 1
        found = [one for one in problems(text) if one.code == "untraced-figure"]
        assert [one.line for one in found] == [line], (chapter.file, shown)


def test_ten_claims_made_plain_words_are_found():
    """An asserting word that is typed instead of asked."""
    places = [
        (one, match)
        for one in TEMPLATES.chapters
        for match in re.finditer(
            r"\{\{ (most|all|largest|rose_or_fell|fell_most|rose_most)\(.*?\) \}\}(?=.*\n)", one.text
        )
    ]
    assert len(places) >= 20
    typed = {"largest": "drivers", "rose_or_fell": "rose", "fell_most": "at Calais", "rose_most": "at Calais"}
    for chapter, match in places:
        line = chapter.text.count("\n", 0, match.start()) + 1
        words = chapter.text.split("\n")[line - 1]
        plain = re.sub(r"\{\{.*?\}\}", "", words.replace(match[0], typed.get(match[1], match[1])))
        text = "\n".join(
            [*chapter.text.split("\n")[: line - 1], plain.replace("()", ""), *chapter.text.split("\n")[line:]]
        )
        found = {one.line for one in problems(text) if one.code in ("claim-without-condition", "event-without-figure")}
        assert line in found, (chapter.file, plain)


# other years


def scaled(statistics, factor):
    """The same year with every count and sum larger or smaller."""
    figures = {
        key: replace(one, value=round(one.value * factor))
        if one.value is not None and one.unit not in ("proportion", "percentage points", "days")
        else one
        for key, one in statistics.figures.items()
    }
    return replace(statistics, figures=figures)


def hiding(statistics, least):
    """The same year with everything hidden that rests on few: what a small year looks like."""
    figures = {
        key: replace(one, value=None, marker="[c]", lower=None, upper=None, base=None)
        if one.value and (one.value < least or one.unit in ("proportion", "pounds", "days"))
        else one
        for key, one in statistics.figures.items()
        if statistics.definitions[key.measure].personal
    } | {key: one for key, one in statistics.figures.items() if not statistics.definitions[key.measure].personal}
    return replace(statistics, figures={key: figures[key] for key in statistics.figures})


def nothing(statistics):
    """A year in which nothing happened."""
    figures = {
        key: replace(one, value=0.0, marker="")
        for key, one in statistics.figures.items()
        if one.unit not in ("proportion", "percentage points", "days")
        and statistics.definitions[key.measure].kind not in ("mean", "median")
    }
    asked = {key: one for key, one in statistics.figures.items() if key.measure.startswith(("survey.", "team."))}
    return replace(statistics, figures=figures | asked)


YEARS = {
    "rising": lambda one: replace(one, previous=scaled(one.previous, 0.6)),
    "falling": lambda one: replace(one, previous=scaled(one.previous, 1.7)),
    "flat": lambda one: replace(one, previous=replace(one, previous=None, period=one.previous.period)),
    "tiny": lambda one: hiding(one, 400),
    "everything hidden": lambda one: hiding(one, 10**12),
    "without last year": lambda one: replace(one, previous=None),
    "nothing": nothing,
}


@pytest.mark.parametrize("name", YEARS)
def test_the_same_words_are_true_in_other_years(numbers, name):
    found = written(YEARS[name](numbers.statistics), numbers.release)
    assert serious(found.problems) == [], [(one.where(), one.message) for one in found.problems]
    assert unexplained(found.value.html)[2] == []
    main = re.sub(r"<(style|svg|table|details)\b.*?</\1>", "", found.value.html, flags=re.DOTALL)
    text = " ".join(re.sub(r"<[^>]+>", "", re.sub(r"<(?:/p|/li|/h\d|/div|/dd)>", "\n", main)).split())
    gap = re.search(
        r".{40}(?:\(\s*\)|[^.…]\s[,.;](?:\s|$)|\b(?:of|was|were|(?<!Led )by|than|between)\s?[.,;:]).{20}", text
    )
    assert gap is None, gap


def test_open_cases_have_the_day_of_the_months_figure(numbers):
    """Where the last month of the year has no figure, the latest one is not said to be of the year's last day."""

    def open_cases(statistics):
        page = re.sub(r"<[^>]+>", "", written(statistics, numbers.release).value.html)
        return re.sub(r"[\s\u2060]+", " ", re.search(r"[^.]+ cases were open", page)[0]).strip()

    last = Key("team.cases_open", "month", "2026-03")
    figures = {key: one for key, one in numbers.statistics.figures.items() if key != last}
    assert open_cases(numbers.statistics).startswith("On 31 March 2026, ")
    assert open_cases(replace(numbers.statistics, figures=figures)).startswith("At the end of the latest month ")


def test_team_figures_of_some_months_are_not_the_years_and_are_not_compared(numbers):
    """One month without its figures, of this year or of the last, and no sentence compares the years."""

    def compares(statistics):
        """What the mean is of, and which of its three places compare this year with the last."""
        page = re.sub(r"<[^>]+>", "", written(statistics, numbers.release).value.html)
        page = re.sub(r"[\s\u2060]+", " ", page)
        vacant = re.search(r"On average over ([^,]+), [^.]+\.", page)
        open_cases = re.search(r"[^.]+ cases were open[^.]*\.", page)
        places = "2024 to 2025" in vacant[0], "2024 to 2025" in open_cases[0], "Open cases rose" in page
        return vacant[1], places

    def short(statistics):
        month = statistics.period.months()[3]
        gone = {Key(f"team.{name}", "month", month) for name in ("vacancy_rate", "cases_open")}
        return replace(statistics, figures={key: one for key, one in statistics.figures.items() if key not in gone})

    whole, none = numbers.statistics, (False, False, False)
    assert compares(whole) == ("the year", (True, True, True))
    assert compares(short(whole)) == ("the months with figures", none)
    assert compares(replace(whole, previous=short(whole.previous))) == ("the year", none)


def test_the_shipped_words_have_no_mistake_where_the_inputs_give_no_numbers(numbers):
    found = document.proofread(
        TEMPLATES,
        numbers.release,
        known_tables=publication_spec.TABLES,
        known_charts=publication_spec.CHARTS,
        known_figures=measures.definitions(()),
    )
    assert found == ()
