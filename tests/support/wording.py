"""Two small years of protected figures, and words said about them, for the tests of the narrative."""

import re
import tomllib
from dataclasses import dataclass, replace
from datetime import date

from finished import release

from reportgen import document as narrative
from reportgen.model.chart import Chart
from reportgen.model.edition import Edition
from reportgen.model.figure import Definition, Key
from reportgen.model.narrative import Chapter, Templates
from reportgen.model.problem import Problem
from reportgen.model.protected import Audit, Figure, ProtectedStatistics
from reportgen.model.records import Action, Question, Quote, Records
from reportgen.model.release import Disclosure
from reportgen.model.table import Cell, Column, Row, Table

ROLES = ("driver", "owner", "hirer", "operator")
PLACES = ("Calais", "Coquelles", "Dunkerque", "UK port", "Inland")


def define(id_, unit, kind="count", breakdowns=(), additive=(), definition="Notices dated in the year."):
    ways = tuple(way if isinstance(way, tuple) else (way,) for way in breakdowns)
    return Definition(id_, id_, definition, unit, kind, "n", breakdowns=ways, additive=frozenset(additive))


KNOWN = {
    one.id: one
    for one in (
        define(
            "penalties.issued",
            "notices",
            breakdowns=("role", "place", "section", ("section", "role")),
            additive=("role", "place", "section"),
        ),
        define("incidents.count", "incidents", breakdowns=("place",), additive=("place",)),
        define("value.initial", "pounds", "sum", breakdowns=("role",), additive=("role",)),
        define("value.initial_median", "pounds", "median", breakdowns=("role",)),
        define("objections.rate", "proportion", "share", breakdowns=("section",)),
        define("objections.days.median", "days", "median", breakdowns=("section",)),
        define("appeals.lodged", "appeals"),
        define("appeals.decided", "appeals"),
        define("survey.clear", "proportion", "survey share", breakdowns=("option",)),
        define("survey.clear.positive", "proportion", "survey share", breakdowns=("role",)),
        define("survey.clear.positive.change", "percentage points", "change"),
        define("survey.fair.positive", "proportion", "survey share", breakdowns=("role",)),
        define("survey.fair.positive.change", "percentage points", "change"),
        define("survey.themes", "responses", breakdowns=("theme",)),
        define("money.issued", "pounds", "flow"),
        define("team.cases_open", "cases", breakdowns=("month",)),
    )
}
THIS = {
    "penalties.issued": 2134, "penalties.issued role driver": 1790, "penalties.issued role owner": 340,
    "penalties.issued role hirer": None, "penalties.issued role operator": None,
    "penalties.issued place Calais": 900, "penalties.issued place Coquelles": 900, "penalties.issued place Dunkerque": 300,
    "penalties.issued place UK port": 34, "penalties.issued place Inland": 0,
    "penalties.issued section 31A": None, "penalties.issued section 32": None,
    "penalties.issued section 32 role driver": 1000,
    "incidents.count": 500, "incidents.count place Calais": None, "incidents.count place Coquelles": 180,
    "incidents.count place Dunkerque": None, "incidents.count place UK port": 20, "incidents.count place Inland": 5,
    "value.initial": 4213500, "value.initial role driver": 3000000, "value.initial role hirer": None,
    "value.initial_median": 6000, "value.initial_median role driver": 3000,
    "objections.rate": 0.434, "objections.rate section 32": 0.612, "objections.rate section 31A": None,
    "objections.days.median": 36, "appeals.lodged": 0, "appeals.decided": 1,
    "survey.clear.positive": 0.55, "survey.clear.positive role driver": 0.61, "survey.clear.positive role hirer": None,
    "survey.clear.positive.change": (6, 1.5, 10.5), "survey.fair.positive": 0.3,
    "survey.themes theme language": 40, "survey.themes theme paying": 12,
}  # fmt: skip
LAST = {
    "penalties.issued": 1921, "penalties.issued role driver": 1801, "penalties.issued role owner": 110,
    "penalties.issued role hirer": 6, "penalties.issued role operator": None,
    "penalties.issued place Calais": 900, "penalties.issued place Coquelles": 500, "penalties.issued place Dunkerque": 350,
    "penalties.issued place UK port": 60, "penalties.issued place Inland": 111,
    "incidents.count": 500, "value.initial": 4000000, "value.initial_median": 5000, "objections.rate": 0.40,
    "objections.days.median": 35, "appeals.lodged": 2, "survey.clear.positive": 0.49,
    "survey.themes theme language": 30,
}  # fmt: skip


def figures(numbers):
    found = {}
    for name, value in numbers.items():
        id_, *words = name.replace("UK port", "UK_port").split(" ")
        key = Key(id_, *(word.replace("UK_port", "UK port") for word in words))
        number, lower, upper = value if isinstance(value, tuple) else (value, None, None)
        marker = "[c]" if number is None else ""
        found[key] = Figure(key, KNOWN[id_].unit, None if number is None else float(number), marker, lower, upper)
    return found


def action(
    ref, *, status="complete", quick=True, theme="language", audience=("driver",), what="Put notices into Polish"
):
    return Action(
        ref, what, theme, "We cannot read it", "Penalty team", audience, quick, status, None, date(2025, 8, 1),
        date(2025, 7, 1) if status == "complete" else None, "Done in June" if status == "complete" else "", status == "in progress",
    )  # fmt: skip


RECORDS = Records(
    actions=(
        action("A-01"),
        action("A-02", status="in progress", quick=False, theme="paying", audience=("owner",), what="Take cards"),
        action("A-03", status="not started", quick=False, theme="paying", what="Send bills early"),
    ),
    questions=(Question("clear", "Was the notice clear?", "scale", ("Yes", "No"), ("Yes",)),),
    quotes=(Quote("I could not read the notice.", "driver", ("language",)),),
)


def statistics(this=THIS, last=LAST, records=RECORDS):
    def made(numbers, year, previous):
        cells = figures(numbers)
        return ProtectedStatistics(
            Edition(year).period(),
            cells,
            {id_: one for id_, one in KNOWN.items() if any(key.measure == id_ for key in cells)},
            {"role": ROLES, "place": PLACES, "section": ("31A", "32"), "theme": ("language", "paying"), "option": ("Yes", "No")},
            records,
            Disclosure(),
            Audit(40, 3, 4, 4.0),
            previous=previous,
        )  # fmt: skip

    return made(this, 2025, None if last is None else made(last, 2024, None))


def table(id_="by-role"):
    cell = Cell("1,790", 1790.0, "", Key("penalties.issued", "role", "driver"))
    return Table(id_, "Role", (Column("Notices"),), (Row("Driver", (cell,)),))


def chart(id_="by-place"):
    return Chart(id_, '<svg xmlns="http://www.w3.org/2000/svg"><text>1</text></svg>', table(), None, bytes)


ALT = "Bar chart of the notices by place, Calais first; what it shows stands in the table as well."
CAPTIONS = f"""[tables.by-role]
title = "Notices by role"
source = "Home Office case system"

[charts.by-place]
title = "Notices by place"
source = "Home Office case system"
alt = "{ALT}"
"""
PAGE = """<!doctype html>
<html lang="en-GB"><head><title>{{ title }}</title><style>
{{ font_faces }}
{{ css }}
</style></head>
<body><main>{% for chapter in chapters %}<section id="{{ chapter.id }}">{{ chapter.html }}</section>{% endfor %}</main></body></html>
"""
CHAPTER = "chapters/words.md"


@dataclass(frozen=True)
class Said:
    """What became of some words: their HTML, their Govspeak, all problems."""

    narrative: narrative.Narrative | None
    problems: tuple[Problem, ...]

    @property
    def html(self):
        """The words of the chapter as HTML, without the heading."""
        found = re.search(r"<main>.*?</h2>\s*(.*)</section></main>", self.narrative.html, re.DOTALL)
        return found[1].strip()

    @property
    def text(self):
        """The words of the chapter."""
        return " ".join(re.sub(r"<[^>]+>", "", self.html).replace("&amp;", "&").split())

    @property
    def codes(self):
        return [one.code for one in self.problems]

    @property
    def only(self):
        """The one problem."""
        assert len(self.problems) == 1, [(one.where(), one.code, one.message) for one in self.problems]
        return self.problems[0]


def templates(text, *, captions="", page=PAGE, css="", chapters=None):
    made = chapters or (Chapter(CHAPTER, "words", text),)
    parsed = {"tables": {}, "charts": {}} | tomllib.loads(captions)
    return Templates(page, css, parsed, captions, tuple(made), {})


def say(text, *, title="# Words\n\n", tables=(), charts=(), figures=None, of=None, draft=False, **more):
    """A chapter said: its first words stand in line 3."""
    return Said(
        *narrative.render(
            templates(title + text, **more),
            figures or statistics(),
            {name: table(name) for name in tables},
            {name: chart(name) for name in charts},
            of or release(),
            known_tables=("by-role", "money-flow"),
            known_charts=("by-place",),
            known_figures=KNOWN,
            draft=draft,
        )
    )


__all__ = ["KNOWN", "LAST", "RECORDS", "THIS", "action", "replace", "say", "statistics"]
