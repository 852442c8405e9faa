"""The vocabulary as it is explained: each word with what it does and examples, in the order of templates/README.md.

Goes in: nothing. Comes out: entries as data. ``reference_page`` makes the document of them; a test compares its words
with those that the templates know.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Entry:
    """A word: what it does, examples to work out, or ``gives`` where the result is a block."""

    name: str
    says: str
    examples: tuple[str, ...] = ()
    gives: str = ""


@dataclass(frozen=True, slots=True)
class WordGroup:
    """Words of one kind. ``kind`` is print, ask, block, parts or tag."""

    title: str
    says: str
    kind: str
    entries: tuple[Entry, ...]


PRINTS: Final = WordGroup(
    "Words that print",
    "They stand in double brackets. Each number they print is known by its figure wherever it stands: in the web page, "
    "in the tables of quoted figures and in the check that compares them.",
    "print",
    (
        Entry(
            "stat",
            "A figure, in its unit.",
            (
                'stat("penalties.issued")',
                'stat("penalties.issued", role="driver")',
                'stat("penalties.issued", section="32", role="owner")',
                'stat("penalties.issued", year="last")',
                'stat("penalties.issued", role="driver", noun="notice")',
                'stat("incidents.entrants", noun="person was/people were")',
                'stat("appeals.lodged", as="words", noun="appeal")',
                'stat("value.initial")',
                'stat("value.initial", as="short")',
                'stat("objections.rate")',
                'stat("objections.rate", as="decimal")',
                'stat("objections.days.median")',
            ),
        ),
        Entry(
            "change",
            "How far a figure is from last year's, without a sign: say “rose by” or “fell by” under a condition. "
            "Shares change by percentage points.",
            (
                'change("incidents.count")',
                'change("incidents.count", noun="incident")',
                'change("incidents.count", as="percent")',
                'change("objections.rate")',
                'change("value.initial", as="short")',
            ),
        ),
        Entry(
            "compared",
            "The comparison with last year as a part of a sentence; nothing where there is nothing to compare with. It "
            "begins with its comma.",
            ('compared("incidents.count")', 'compared("objections.days.median")', 'compared("value.initial")'),
        ),
        Entry(
            "rose_or_fell",
            "“rose”, “fell” or “stayed the same”.",
            ('rose_or_fell("penalties.issued")', 'rose_or_fell("incidents.count")'),
        ),
        Entry(
            "more_or_fewer",
            "“more”, “fewer” or “the same number of”.",
            ('more_or_fewer("incidents.count")',),
        ),
        Entry(
            "share_of_total",
            "What part of the whole a category is, by the printed figures.",
            ('share_of_total("penalties.issued", role="driver")', 'share_of_total("penalties.issued", section="32")'),
        ),
        Entry(
            "largest",
            "The category with the largest figure; several in a tie, joined by “and”. It is a mistake where a hidden "
            "figure may be larger: ask is_there_largest(…) first. Other words can look it up again.",
            (
                'largest("penalties.issued", by="role")',
                'largest("penalties.issued", by="role", as="plural")',
                'largest("penalties.issued", by="place", rank=2)',
                'largest("incidents.count", by="place", as="where")',
                'stat("penalties.issued", role=largest("penalties.issued", by="role"))',
            ),
        ),
        Entry(
            "rose_most",
            "The category that rose most on last year; nothing where none did, or where a hidden one may have.",
            ('rose_most("penalties.issued", by="place")',),
        ),
        Entry(
            "fell_most",
            "The category that fell most on last year; nothing where none did, or where a hidden one may have.",
            ('fell_most("incidents.count", by="place")',),
        ),
        Entry(
            "first_in_each",
            "The category with the largest figure in every category of another breakdown; nothing where none has it, "
            "or where a hidden figure may be larger.",
            (
                'first_in_each("penalties.issued", by="role", each="section", as="plural")',
                'first_in_each("incidents.count", by="vehicle_type", each="place", as="plural")',
            ),
        ),
        Entry("definition", "What a figure counts, in one sentence.", ('definition("penalties.issued")',)),
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
ASKS: Final = WordGroup(
    "Words that ask",
    "They stand after `{% if … %}`, `{% elif … %}`, `{% claim … %}` or `{% otherwise … %}`, with and, or and not "
    "between them. They ask the figures as they are printed. Of a figure that is hidden or not there nobody can say "
    "whether it rose, nor "
    "whether it did not: then neither rose(…) nor not rose(…) is a yes.",
    "ask",
    (
        Entry("has_last_year", "Is there a last year to compare with?", ("has_last_year",)),
        Entry(
            "is_there",
            "Is there such a figure, and may it be printed? Ask it before stat(…) where another year may lack it.",
            ('is_there("money.issued")', 'is_there("penalties.issued", role="hirer")'),
        ),
        Entry("is_hidden", "Is the figure hidden, so that nobody can be identified?", ('is_hidden("appeals.lodged")',)),
        Entry("is_zero", "Is the figure nought?", ('is_zero("appeals.lodged")',)),
        Entry(
            "can_compare",
            "May this year's and last year's figure both be printed?",
            ('can_compare("penalties.issued")',),
        ),
        Entry(
            "rose",
            "Is it above last year's? This lets words such as “rose” and “more than” stand.",
            ('rose("incidents.count")', 'not rose("incidents.count")', 'rose("penalties.issued", role="driver")'),
        ),
        Entry(
            "fell", "Is it below last year's?", ('fell("incidents.count")', 'fell("incidents.count", place="Calais")')
        ),
        Entry("level_with_last_year", "Is it the same as last year's?", ('level_with_last_year("penalties.issued")',)),
        Entry(
            "hardly_changed",
            "Is it another than last year's, but by no more than one in fifty (a share: by one percentage point)?",
            ('hardly_changed("incidents.count")',),
        ),
        Entry(
            "more_than_half",
            "Is a share, or a category's part of the whole, over a half? This lets “most” and “majority” stand.",
            ('more_than_half("penalties.issued", role="driver")', 'more_than_half("objections.rate")'),
        ),
        Entry("less_than_half", "Is it under a half?", ('less_than_half("objections.rate")',)),
        Entry(
            "is_all",
            "Is a share the whole, or has a category everything? Not where a few may be hidden behind rounded figures. "
            "This lets “all notices were” stand.",
            ('is_all("penalties.issued", section="32")', 'is_all("objections.changed_share")'),
        ),
        Entry(
            "significantly",
            "Did a share of survey answers change by more than chance may explain? Its interval leaves out nought. "
            "This lets “significantly” stand.",
            ('significantly("survey.knows_scheme.positive")',),
        ),
        Entry(
            "is_there_largest",
            "Is one category alone the largest (or of that rank), and can no hidden one be as large? This lets "
            "“largest” and “highest” stand.",
            (
                'is_there_largest("penalties.issued", by="role")',
                'is_there_largest("penalties.issued", by="place", rank=2)',
            ),
        ),
        Entry(
            "value",
            "A figure to compare with a number or with another: ==, !=, <, <=, >, >=. Shares go from 0 to 1.",
            (
                'value("penalties.issued") > 1000',
                'value("value.current") < value("value.initial")',
                'value("objections.rate") >= 0.25',
            ),
        ),
        Entry(
            "has_all_months",
            "Has every month of the year its figure? Ask it before a figure of some months is called the year's or is "
            "compared with that of another year.",
            ('has_all_months("team.cases_open")', 'has_all_months("team.cases_open", year="last")'),
        ),
        Entry(
            "in_force",
            "Was a regime of the law in force on the last (or first) day of the year?",
            ('in_force("2026 scheme")', 'in_force("2026 scheme", day="first")'),
        ),
        Entry("is_there_table", "Has this year such a table?", ('is_there_table("money-flow")',)),
        Entry("is_there_chart", "Has this year such a chart?", ('is_there_chart("money-flow")',)),
        Entry(
            "is_there_action",
            "Has the engagement plan such an action, by quick_win, status, theme, audience? A theme that this year has "
            "not is a no.",
            (
                'is_there_action(audience="driver", status="complete")',
                'is_there_action(theme="paying", status="open")',
            ),
        ),
    ),
)
BLOCKS: Final = WordGroup(
    "Blocks",
    "They stand in double brackets on a line of their own, with a blank line before and after.",
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
    "least_positive() and widest_gap() give a question. A part that is not given is empty, so it can be asked: "
    "`{% if release.isbn %}ISBN {{ release.isbn }}{% endif %}`.",
    "parts",
    (
        Entry("release", "The release: what release.toml says.", ("release.period", "release.as_at")),
        Entry("audit", "What the check of hidden figures found: {{ audit.hidden }} and the like."),
        Entry(
            "questions",
            "The questions of the survey in order, for a loop.",
            ("{% for question in questions() %}{{ question.number }}: {{ question.wording }} {% endfor %}",),
        ),
        Entry(
            "most_positive",
            "The question with the largest positive share; nothing in a tie, or where a hidden one may be larger.",
            ("{% if most_positive() %}{{ most_positive().wording }}{% endif %}",),
        ),
        Entry(
            "least_positive",
            "The question with the smallest positive share; nothing in a tie, or where a hidden one may be smaller.",
            ("{% if least_positive() %}{{ least_positive().wording }}{% endif %}",),
        ),
        Entry(
            "widest_gap",
            "The question on which the positive shares of drivers and owners lie furthest apart; nothing in a tie, or "
            "where a hidden one may lie further.",
            ("{% if widest_gap() %}{{ widest_gap().wording }}{% endif %}",),
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
            ('{% if rose("incidents.count") %}The number rose.{% elif fell("incidents.count") %}It fell.{% endif %}',),
        ),
        Entry(
            "for",
            "Words said once for each of questions(), themes(), published() or related().",
            ("{% for theme in themes() %}{{ theme.name }}; {% endfor %}",),
        ),
        Entry(
            "claim",
            "A sentence that is published only while it is true. If it is not, and there is no otherwise, the report "
            "is not made and the mistake says what the figures are. otherwise may ask too: a sentence that claims "
            "something needs a question of its own.",
            (
                '{% claim rose("incidents.count") %}The number rose.{% endclaim %}',
                '{% claim fell("incidents.count") %}It fell.{% otherwise %}It did not, or nobody knows.{% endclaim %}',
                '{% claim fell("team.cases_open") %}Down.{% otherwise rose("team.cases_open") %}Up.{% endclaim %}',
            ),
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
            ('{% panel %}\n**{{ stat("penalties.issued") }}** penalty notices issued\n{% endpanel %}',),
        ),
    ),
)
GROUPS: Final = (PRINTS, ASKS, BLOCKS, PARTS, TAGS)


def example(name: str) -> str:
    """The first example of a word, as it is written."""
    for group in GROUPS:
        for entry in group.entries:
            if entry.name == name and entry.examples:
                return entry.examples[0]
    return f"{name}(…)"
