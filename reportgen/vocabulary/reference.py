"""The vocabulary as it is explained: each word with what it does and examples, in the order of templates/README.md.

Goes in: nothing. Comes out: entries as data. ``reference_page`` makes the document of them; a test compares its words
with those that the templates know.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from reportgen.vocabulary.assertions import MEANINGS


@dataclass(frozen=True, slots=True)
class Entry:
    """A word: what it does, examples to work out, or ``gives`` where the result is a block."""

    name: str
    says: str
    examples: tuple[str, ...] = ()
    gives: str = ""


@dataclass(frozen=True, slots=True)
class WordGroup:
    """Words of one kind. ``kind`` is lines, print, assert, ask, block, parts or tag."""

    title: str
    says: str
    kind: str
    entries: tuple[Entry, ...]


ASSERTING: Final = {
    "rose": ("rose(incidents.count)",),
    "rose_or_fell": ("rose_or_fell(penalties.issued)",),
    "more": ('more(penalties.issued, place="Calais", than="Coquelles")', "more(money.closing, than=money.opening)"),
    "more_or_fewer": ("more_or_fewer(penalties.issued)",),
    "most": ('most(penalties.issued, section="32")',),
    "the_same": ("the_same(objections.days.median)",),
}
"""Examples of asserting words that are true in the year that comes with the program."""
LINES: Final = WordGroup(
    "Sentences that stand or are left out",
    "A line is a sentence. It stands only while everything in it may be told and is true. A figure that is hidden, "
    "missing or not comparable this year, a word that has nothing to print, or an asserting word that is not true "
    "takes its sentence out. A bullet, a paragraph, a heading or a section of which nothing is left goes too, and so "
    "does a line that ends with a colon when nothing is left of what it introduces. `reportgen build`, `reportgen "
    "check` and the workbench list what was left out, and why.",
    "lines",
    (
        Entry(
            "or:",
            "A line that begins with `or:` is tried where the sentence above it does not stand. The first that stands "
            "is printed. Write it directly below, without a blank line. In a list it takes the bullet of the line "
            "above.",
            (
                """The number of incidents {{ fell(incidents.count) }}.
or: The number of incidents {{ rose(incidents.count) }} by {{ change }}.
or: There were {{ incidents.count }} incident(s).""",
            ),
        ),
        Entry(
            "and:",
            "A line that begins with `and:` stands only beside the sentence directly above it. An `or:` below it is an "
            "alternative to both.",
            (
                """{{ most(penalties.issued, section="32") }} notices ({{ share }}) were under section 32.
and: The others were under section 31A.
or: {{ all(penalties.issued, section="32") }} notices were under section 32.""",
            ),
        ),
        Entry(
            "needed:",
            "A sentence that must not go. Where neither it nor an alternative stands, the report is not made.",
            ("needed: We issued {{ penalties.issued }} penalty notice(s) in {{ period }}.",),
        ),
        Entry(
            "agreement",
            "A word with `(s)`, or two with a slash in brackets, agrees with the number nearest before it, or else the "
            "first after it. Zero becomes “no”, “none” or “nothing” by itself, and a share of everything becomes “all” "
            "before “of”.",
            (
                "{{ incidents.count }} incident(s), in which {{ incidents.entrants }} (person was/people were) found",
                '{{ actions.count(status="complete") }} of the {{ actions.count }} action(s) (was/were) complete.',
            ),
        ),
    ),
)
PRINTS: Final = WordGroup(
    "Words that print",
    "They stand in double brackets. Each number they print is traced to its figure wherever it is printed. A word "
    "without brackets of its own, such as `{{ share }}`, is about the figure nearest before it on its line, or else "
    "the first after it.",
    "print",
    (
        Entry(
            "a figure",
            "A figure by its name, in its unit. `reportgen figures` lists all names. Large sums are shortened; "
            'as="full" gives every digit.',
            (
                "penalties.issued",
                'penalties.issued(role="driver")',
                'penalties.issued(section="32", role="owner")',
                'penalties.issued(year="last")',
                "value.initial",
                'value.initial(as="full")',
                "objections.rate",
                'objections.rate(as="decimal")',
                "objections.days.median",
            ),
        ),
        Entry(
            "stat",
            "The same for a figure that a loop names: stat(question.positive).",
            ('stat("penalties.issued")',),
        ),
        Entry("period", "This year’s label.", ("period",)),
        Entry(
            "last_period", "Last year’s label. Takes its sentence out where there is no last year.", ("last_period",)
        ),
        Entry("periods", "Both, or this year’s alone where there is no last year: for subtitles.", ("periods",)),
        Entry("as_at", "The day on which outcomes were read.", ("as_at",)),
        Entry(
            "change",
            "How far a figure is from last year's, without a sign, beside “rose by” or “more”. Shares change by "
            'percentage points. With as="percent" only where last year\'s figure is 100 or more. Takes its sentence '
            "out where nothing changed.",
            ("change(incidents.count)", 'change(incidents.count, as="percent")', "change(value.initial)"),
        ),
        Entry(
            "compared",
            "The comparison with last year as the end of a sentence, with its comma; no words where there is nothing "
            "to compare with.",
            ("compared(incidents.count)", "compared(objections.days.median)", "compared(value.initial)"),
        ),
        Entry(
            "share",
            "What part of the whole a category is, by the printed figures.",
            ('share(penalties.issued, role="driver")', 'share(penalties.issued, section="32")'),
        ),
        Entry(
            "largest",
            "The one category with the largest figure. Takes its sentence out in a tie, where a hidden figure may be "
            "larger, and where one category has everything. Beside it `{{ number }}` and `{{ share }}` are that "
            "category's. Other words can look it up again.",
            (
                'largest(penalties.issued, by="role")',
                'largest(penalties.issued, by="place")',
                'largest(penalties.issued, by="place", rank=2, as="name")',
                'largest(penalties.issued, by="role", as="number")',
                'largest(penalties.issued, by="role", as="share")',
                'value.current(role=largest(value.initial, by="role"))',
            ),
        ),
        Entry("only", "The category that has everything; takes its sentence out where others have some.", ()),
        Entry(
            "rose_most",
            "The category that rose most on last year. Takes its sentence out where none did by more than 2%, or where "
            "a hidden one may have. Beside it `{{ before }}` and `{{ number }}` are that category's.",
            ('rose_most(penalties.issued, by="place")', 'rose_most(penalties.issued, by="place", as="before")'),
        ),
        Entry("fell_most", "The category that fell most on last year, in the same way.", ()),
        Entry(
            "first_in_each",
            "The category with the largest figure in every category of another breakdown.",
            ('first_in_each(penalties.issued, by="role", each="section")',),
        ),
        Entry("definition", "What a figure counts, in one sentence.", ("definition(penalties.issued)",)),
        Entry(
            "level",
            "The most that a penalty may be, by law: for one person, or all together. Without regime=… it is the level "
            "on the last day of the year.",
            (
                'level(section="32", occasion="first")',
                'level(section="31A", occasion="second")',
                'level(section="32", occasion="first", aggregate=true)',
                'level(section="32", regime="2023 scheme")',
            ),
        ),
        Entry(
            "clock",
            "A time allowed by law: payment, instalments, objection, appeal, appeal in Scotland, sale.",
            ('clock("payment")', 'clock("objection")', 'clock("appeal in Scotland")'),
        ),
        Entry(
            "reduction",
            "A reduction by law: compliance, accreditation.",
            ('reduction("compliance")',),
        ),
    ),
)
ASSERTS: Final = WordGroup(
    "Words that assert",
    "They print themselves while they are true, and take their sentence out when they are not. What each takes is "
    "measured by the printed figures. Typed by hand, such a word is a problem: no figure would be asked.",
    "assert",
    tuple(Entry(name, f"{says[:1].upper()}{says[1:]}.", ASSERTING.get(name, ())) for name, says in MEANINGS.items()),
)
ASKS: Final = WordGroup(
    "Words that ask",
    "They stand after `{% if … %}` and `{% elif … %}`, with and, or and not between them, where a choice of content is "
    "really meant. Hidden figures, numbers and grammar need none: there a sentence is left out by itself. An asserting "
    "word can be asked too.",
    "ask",
    (
        Entry("has_last_year", "Is there a last year to compare with?", ("has_last_year",)),
        Entry(
            "is_there",
            "Is there such a figure, and may it be printed?",
            ("is_there(money.issued)", 'is_there(penalties.issued, role="hirer")'),
        ),
        Entry("has_all_months", "Has every month of the year its figure?", ("has_all_months(team.cases_open)",)),
        Entry(
            "in_force",
            "Was a regime of the law in force on the last (or first) day of the year?",
            ('in_force("2026 scheme")', 'in_force("2026 scheme", day="first")'),
        ),
        Entry("is_there_table", "Is there such a table this year?", ('is_there_table("money-flow")',)),
        Entry("is_there_chart", "Is there such a chart this year?", ('is_there_chart("money-flow")',)),
        Entry(
            "is_there_action",
            "Has the engagement plan such an action, by quick_win, status, theme, audience?",
            (
                'is_there_action(audience="driver", status="complete")',
                'is_there_action(theme="paying", status="open")',
            ),
        ),
    ),
)
BLOCKS: Final = WordGroup(
    "Blocks",
    "They stand in double brackets on a line of their own, or after words that introduce them, and take their line out "
    "where there is nothing to show. A chart can have its table as its `or:`.",
    "block",
    (
        Entry(
            "table",
            "A table with its caption. Each stands once. A table that this year lacks prints nothing.",
            ('table("penalties-by-role")',),
            "the table with its number, caption, source and notes",
        ),
        Entry(
            "chart",
            "A chart with its caption and alternative text; on the web its numbers can be opened as a table.",
            ('chart("penalties-by-place")',),
            "the chart with its number, caption, source and notes",
        ),
        Entry(
            "quote",
            "What somebody wrote in the survey, on a theme or in a role. Only comments that may be quoted; each once; "
            "nothing where there is none.",
            ('quote(theme="guidance")', 'quote(role="driver")', "quote()"),
            "one comment, with who said it",
        ),
        Entry(
            "actions",
            "Actions of the engagement plan as a list: all, or by quick_win, status, theme, audience; first=… so many "
            "of them. For an audience, those that are for fewer others stand first; two with a semicolon ask for those "
            "that are for both. The status “open” is whatever is neither complete nor dropped. With short=true a "
            "complete action is only what came of it, with who led it and the day.",
            (
                "actions(quick_win=true)",
                'actions(status="in progress")',
                'actions(theme="guidance", audience="driver")',
                'actions(audience="driver", status="complete", first=3)',
                'actions(audience="hirer;operator", status="complete", first=1, short=true)',
            ),
            "a list: each action, who leads it, and when it is due or was completed",
        ),
        Entry(
            "you_said_we_did",
            "Every theme with what people said and what was done, is being done or is planned; quick wins first.",
            ("you_said_we_did()",),
            "the whole plan, by theme",
        ),
    ),
)
PARTS: Final = WordGroup(
    "Things with parts",
    "release and audit are always there; question, theme and series are the names of a loop; most_positive(), "
    "least_positive() and widest_gap() give a question. A part that is not given takes "
    "its sentence out.",
    "parts",
    (
        Entry("release", "The release: what release.toml says.", ("release.dates", "release.last_day")),
        Entry("audit", "What the check of hidden figures found: {{ audit.hidden }} and the like."),
        Entry(
            "questions",
            "The questions of the survey in order, for a loop.",
            ("{% for question in questions() %}{{ question.number }}: {{ question.wording }} {% endfor %}",),
        ),
        Entry(
            "most_positive",
            "The question with the largest positive share; nothing in a tie, or where a hidden one may be larger.",
            ("most_positive().wording",),
        ),
        Entry(
            "least_positive",
            "The question with the smallest positive share; nothing in a tie, or where a hidden one may be smaller.",
            ("least_positive().wording",),
        ),
        Entry(
            "widest_gap",
            "The question on which the positive shares of drivers and owners lie furthest apart; nothing in a tie, or "
            "where a hidden one may lie further.",
            ("widest_gap().wording",),
        ),
        Entry(
            "themes",
            "The themes of comments, the largest first, for a loop.",
            ("{% for theme in themes() %}{{ theme.title }}. {% endfor %}",),
        ),
        Entry(
            "published",
            "The series that others published, for a loop. Two series never meet in one sentence.",
            ("{% for series in published() %}{{ series.title }} {% endfor %}",),
        ),
        Entry(
            "related",
            "The related statistics of the year, a series each, for a loop; first=… so many of them.",
            ("{% for series in related(first=1) %}{{ series.name }}: {{ series.latest }}{% endfor %}",),
        ),
    ),
)
TAGS: Final = WordGroup(
    "Tags",
    "They stand between {% and %}. Each that opens is closed.",
    "tag",
    (
        Entry(
            "if",
            "Words that stand only where the condition is a yes; elif and else give others.",
            ('{% if in_force("2026 scheme") %}Under the rules of 2026.{% else %}Under earlier rules.{% endif %}',),
        ),
        Entry(
            "for",
            "Words said once for each of questions(), themes(), published() or related().",
            ("{% for theme in themes() %}{{ theme.name }}; {% endfor %}",),
        ),
        Entry(
            "needs",
            "The chapter leaves itself out in a year without this table: ledger, recommendations, team, published, "
            "context.",
            ('{% needs "ledger" %}',),
        ),
        Entry(
            "panel",
            "Key figures: each line is one, its number in bold.",
            ("{% panel %}\n**{{ penalties.issued }}** penalty notice(s) issued\n{% endpanel %}",),
        ),
    ),
)
GROUPS: Final = (LINES, PRINTS, ASSERTS, ASKS, BLOCKS, PARTS, TAGS)


def example(name: str) -> str:
    """The first example of a word, as it is written."""
    for group in GROUPS:
        for entry in group.entries:
            if entry.name == name and entry.examples:
                return entry.examples[0]
    return f"{name}(…)"
