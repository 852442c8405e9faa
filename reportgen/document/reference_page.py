"""templates/README.md: every word of the vocabulary with examples, and what each gives on a year.

Goes in: protected statistics, tables, charts and the release of the year that comes with the program. Comes out: the
document. The examples are worked out by the same rendering as chapters, so what it says is what happens.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Final

from reportgen.document.run_template import Rendering
from reportgen.language import sandbox
from reportgen.language.fragment import FragmentStore
from reportgen.language.mistakes import Mistakes
from reportgen.language.parts import Parts
from reportgen.language.source_map import Passage
from reportgen.vocabulary import reference, reference_parts
from reportgen.vocabulary.blocks import Blocks
from reportgen.vocabulary.objects import AuditWords, QuestionWords, ReleaseWords, ThemeWords
from reportgen.vocabulary.series import PublishedWords, RelatedWords
from reportgen.vocabulary.words import Vocabulary

if TYPE_CHECKING:
    from reportgen.model.chart import Chart
    from reportgen.model.figure import Definition
    from reportgen.model.protected import ProtectedStatistics
    from reportgen.model.release import Release
    from reportgen.model.table import Table
    from reportgen.vocabulary.reference import Entry, WordGroup

HEAD: Final = """# The words of the report

Everything that readers read is in `annual`; nothing there is a program. This page is made by `make docs`.

| file | what it holds |
|---|---|
| `publication.toml` | the order of the chapters |
| `chapters/` | the chapters, in Markdown |
| `captions.toml` | title, subtitle, source, notes and alternative text of every table and chart |
| `report.html.j2` | the page around the chapters |
| `report.css` | how it looks |

What each example below gives is what it gives in the year that comes with the program, whose figures are made up.
`reportgen serve --year 2025` shows the report while you write, the comments that may be quoted, which you release or
refuse there by name, and the checks that wait for a person's answer. `reportgen check --year 2025` names every mistake
with its file, line and remedy; PROBLEMS.md explains each kind.

## How it reads

```
We issued {{ penalties.issued }} penalty notice(s) in {{ period }}{{ compared }}.
or: The number of penalty notices is {{ hidden(penalties.issued) }}, so that nobody can be identified.
```

The words are words. In double brackets stand names: a figure, or a word that is asked of a figure. The program puts in
the number, makes “notice(s)” agree with it, adds “, 150 more than in 2024 to 2025”, and leaves a sentence out in a year
in which it cannot be said.

## Eight rules

1. **A line is a sentence.** Sentences on lines of their own make one paragraph; a blank line begins the next. A line
   stands only while everything in it may be told and is true; see “Sentences that stand or are left out”.
2. **Numbers come from names.** Write `{{ penalties.issued }}`, never a digit or “half” or “a dozen”. Dates, years,
   references to law and the numbers of lists and headings may be typed. Anything else that must be typed is listed with
   its reason under `[allow]` in `release.toml`.
3. **Claims come from words that assert.** Typed by hand, “rose”, “most”, “largest”, “few”, “nobody” and the like are
   problems, unless a word of the same sentence vouches for them: see “What vouches for what”. No word vouches for
   causes and effects (“deterred”, “thanks to the penalties”): they need a reason under `[allow]`.
4. **A sentence about the past needs a figure.** “We met drivers at Dover” happened in one year. Print a figure in it,
   let it stand with `and:` beside a sentence that has one, or give a reason under `[allow]`. What always holds is
   written in the present tense.
5. **The words and the figure are about the same thing.** A sentence about notices with a figure of incidents, about
   owners with a figure of drivers, or about last year with a figure of this year is a problem.
6. **No grammar, no hidden figures in conditions.** `{% if … %}` is for choices of content, such as a section for
   new rules.
7. **Text is text.** HTML is shown as it is written. Links begin with `https://`, `mailto:` or `#`.
8. **Every table and chart has its place.** Each is put into one chapter. Tables that only repeat a chart, or that only
   analysts want, may be left to the spreadsheet and the data files.

## How to …

| to … | do this |
|---|---|
| change words | edit the line; what is in double brackets stays |
| add a sentence or a bullet | a new line, or a new line that begins with `- ` |
| say a number | its name from `reportgen figures`: `{{ appeals.lodged }} appeal(s)` |
| compare with last year | `{{ compared }}` at the end of the sentence, or `{{ rose_or_fell(appeals.lodged) }}` |
| compare two places | `{{ more(penalties.issued, place="Calais", than="Coquelles") }} notices …` |
| name the largest | `The largest number of notices went to {{ largest(penalties.issued, by="role") }}: {{ number }}.` |
| say “most” or “all” | `{{ most(penalties.issued, section="32") }} notices …`, with an `or:` below for other years |
| write for a year that lacks something | an `or:` below it, or nothing: the sentence goes by itself |
| move, add or leave out a chapter | the list in `publication.toml` |
| change the words of an action, what was heard or what came of it | `actions` in the year's folder of `inputs` |
| change the words of a question, an answer or a theme | `questions` and `survey` in the year's folder of `inputs` |
| change the title, summary, contact or dates | `release.toml` in the year's folder of `inputs` |
| change a caption or the words that stand for a picture | `captions.toml` |

## What vouches for what

| you want to type | write in the same sentence one of |
|---|---|
| rose, increased, a rise in, more than, higher than | rose, more, higher, longer, rose_most |
| fell, dropped, a fall in, fewer than, lower than | fell, fewer, less, lower, shorter, fell_most |
| stayed the same, unchanged, as many as | stayed_the_same, hardly_changed, as_many, about_as_many, the_same, compared |
| doubled, halved | nearly_doubled, doubled, more_than_doubled, nearly_halved, halved, more_than_halved |
| sharply, substantially | sharply |
| slightly | slightly, hardly_changed |
| most, the majority, mainly | most, more_than_half, almost_all, largest |
| largest, highest, most often | largest, rose_most, fell_most, first_in_each, most_positive, widest_gap |
| smallest, lowest, least | least_positive |
| all notices were, almost all, hardly any | all, almost_all, most, few, only |
| no notices were | the figure itself: `{{ penalties.issued }} notice(s)` becomes “no notices” |
| significantly | significantly |
| for the first time, a record since, caused, deterred | nothing: a reason under `[allow]` |

## Options of figures

| option | what it does |
|---|---|
"""
MARKDOWN: Final = """
## Markdown

| you write | you get |
|---|---|
| `# Title` | the chapter's title: its first line, once |
| `## Heading`, `### Heading` | headings; no level is skipped |
| `**bold**`, `- item`, `1. item` | bold, a list, a numbered list |
| `> words` | a callout |
| `[words](https://…)` | a link |
| `{# words #}` | a note to yourselves, not printed |

A table is written with `|` and a line of dashes under its head. It has no caption, so the checks refuse it in a
final report: let `table("…")` make it, or have it let pass under `[waivers.tables]` of `release.toml`.

## Captions

```toml
[charts.penalties-by-place]
title = [
  "{{ share(penalties.issued, place='Calais') }} of notices followed incidents at Calais",
  "or: Notices by place",
]
alt = [
  "Bar chart of notices by place, {{ periods }}.",
  "The largest number was {{ largest(penalties.issued, by='place') }}.",
]
source = "Home Office case system"
notes = ["A notice counts where its incident was."]
```

A caption is written in the same language as a chapter: a text, or a list with a sentence in each line. Inside its
quotation marks use single ones. Every chart has an
alternative text of 60 to 250 characters. `[tables."survey-*"]` serves every question; there `question` is the question
of the table. `[tables."published-*"]` serves every series that others published; there `series` is the series.
"""
THINGS: Final[tuple[tuple[str, type[Parts], Mapping[str, str]], ...]] = (
    ("release", ReleaseWords, reference_parts.RELEASE),
    ("audit", AuditWords, reference_parts.AUDIT),
    ("question", QuestionWords, reference_parts.QUESTION),
    ("theme", ThemeWords, reference_parts.THEME),
    ("series of published()", PublishedWords, reference_parts.PUBLISHED),
    ("series of related()", RelatedWords, reference_parts.RELATED),
)
YOU: Final = "| you write | you get |\n|---|---|"
LONGEST: Final = 160
"""Characters of a result that are shown."""


class Worked:
    """Examples worked out on a year."""

    def __init__(
        self,
        statistics: ProtectedStatistics,
        tables: Mapping[str, Table],
        charts: Mapping[str, Chart],
        release: Release,
        known: Mapping[str, Definition],
    ) -> None:
        self.tray = FragmentStore()
        place = sandbox.Place()
        self.mistakes = Mistakes({})
        blocks = Blocks(statistics, tables, charts, frozenset(tables), frozenset(charts), {}, self.tray, place)
        words = Vocabulary(statistics, release, self.tray, self.mistakes, place, blocks, known)
        self.rendering = Rendering(words, ())

    def result(self, text: str) -> str:
        """What a template gives, as plain text; ValueError with the sentence where it is a mistake."""
        made = self.rendering.text(Passage("example", text), chapter=False)
        found = [one.message for one in self.mistakes.problems()]
        if found:
            raise ValueError(f"{text}: {found[0]}")
        plain = " ".join(self.tray.fill(made, lambda piece: piece.text).split())
        return plain if len(plain) <= LONGEST else f"{plain[:LONGEST].rsplit(' ', 1)[0]} …"

    def lines(self, example: str) -> str:
        """An example of several lines, and what it gives."""
        return f"\n\n```\n{example}\n```\n\ngives: {self.result(example)}"

    def row(self, group: WordGroup, entry: Entry, example: str) -> str:
        """An example and its result as a row of a table."""
        if group.kind in ("print", "assert"):
            written = f"{{{{ {example} }}}}"
            given = self.result(written)
        elif group.kind == "ask":
            written = f"{{% if {example} %}}"
            given = self.result(f"{{% if {example} %}}yes{{% else %}}no{{% endif %}}")
        elif entry.gives:
            written, given = f"{{{{ {example} }}}}", entry.gives
            self.result(written)
        else:
            written = example if example.startswith("{%") else f"{{{{ {example} }}}}"
            given = self.result(written)
        return f"| {_code(written)} | {_cell(given) or '*nothing*'} |"


def _meanings(group: WordGroup, worked: Worked) -> str:
    """The asserting words as one table: what each takes, with an example."""
    rows = [
        f"| `{entry.name}` | {_cell(entry.says)} | {'; '.join(_code(f'{{{{ {one} }}}}') for one in entry.examples)} |"
        for entry in group.entries
    ]
    for entry in group.entries:
        for one in entry.examples:
            worked.result(f"{{{{ {one} }}}}")
    return "\n| word | what it takes | for example |\n|---|---|---|\n" + "\n".join(rows)


def _code(text: str) -> str:
    return "`" + text.replace("\n", " ").replace("|", "\\|") + "`"


def _cell(text: str) -> str:
    return text.replace("|", "\\|").replace("*", "\\*").replace("_", "\\_")


def handbook(
    statistics: ProtectedStatistics,
    tables: Mapping[str, Table],
    charts: Mapping[str, Chart],
    release: Release,
    known: Mapping[str, Definition],
) -> str:
    """The document, worked out on a year."""
    worked = Worked(statistics, tables, charts, release, known)
    lines = [HEAD + "\n".join(f"| `{option}` | {says} |" for option, says in reference_parts.OPTIONS)]
    for group in reference.GROUPS:
        lines.append(f"\n## {group.title}\n\n{group.says}")
        if group.kind == "assert":
            lines.append(_meanings(group, worked))
            continue
        for entry in group.entries:
            if group.kind == "lines":
                lines.append(f"\n### {entry.name}\n\n{entry.says}" + "".join(map(worked.lines, entry.examples)))
                continue
            rows = "".join(f"\n{worked.row(group, entry, example)}" for example in entry.examples)
            lines.append(f"\n### {entry.name}\n\n{entry.says}" + (f"\n\n{YOU}{rows}" if rows else ""))
        if group.kind == "parts":
            lines += [_parts(name, thing, says) for name, thing, says in THINGS]
    return "\n".join(lines) + "\n" + MARKDOWN


def _parts(name: str, thing: type[Parts], says: Mapping[str, str]) -> str:
    """The parts of a thing; each has its sentence."""
    unsaid = {*thing.PARTS} ^ {*says}
    if unsaid:
        raise ValueError(f"{name}: {', '.join(sorted(unsaid))} is not explained, or not there")
    rows = "\n".join(f"| `{part}` | {says[part]} |" for part in thing.PARTS)
    return f"\n### Parts of {name}\n\n| part | what it is |\n|---|---|\n{rows}"
