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

Everything that readers read stands in this folder; nothing here is a program. This page is made by `make docs`.

| file | what it holds |
|---|---|
| `chapters/NN-name.md` | the chapters in the order of their numbers, in Markdown |
| `captions.toml` | title, subtitle, source, notes and alternative text of every table and chart |
| `report.html.j2` | the page around the chapters |
| `report.css` | how it looks |

What each example below gives is what it gives in the year that comes with the program, whose figures are made up.
`reportgen serve --year 2025` shows the report while you write, the comments that may be quoted, which you release or
refuse there by name, and the checks that wait for a person's answer. `reportgen check --year 2025` names every mistake
with its file, line and remedy; PROBLEMS.md explains each kind.

## Seven rules

1. **Numbers come from words.** Write `{{ stat("penalties.issued") }}`, never a digit or “half” or “a dozen”. Dates,
   years, references to law and the numbers of lists and headings may be typed. Anything else that must be typed is
   listed with its reason under `[allow]` in `release.toml`.
2. **Claims stand under a condition.** Words such as “rose”, “most”, “largest”, “significantly” and “only” are found
   unless a condition around them asks just that:
   `{% claim rose("penalties.issued") %}The number rose.{% endclaim %}`.
   So are “few”, “nobody” and comparisons without “than”. A sentence in the past tense says what happened in one year:
   it needs a figure, a condition, or a reason under `[allow]`. Write what always holds in the present tense.
3. **Hidden figures are not printed.** Ask `is_there(…)` before a figure that another year may hide.
4. **A year may lack things.** Write for a year without a last year, without a ledger, and with nought of something.
5. **Text is text.** HTML is shown as it is written. Links begin with `https://`, `mailto:` or `#`.
6. **A line for each sentence.** Sentences on lines of their own make one paragraph; a blank line begins the next. A
   line of nothing but tags leaves nothing behind, so conditions can stand on lines of their own too.
7. **Every table and chart has its place.** Each is put into one chapter. Tables that only repeat a chart, or that only
   analysts want, may be left to the spreadsheet and the data files.

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
title = "Notices by place, {{ release.period }}"
alt = "Bar chart of notices by place: {{ largest('penalties.issued', by='place') }} has the longest bar, and so on."
source = "Home Office case system"
notes = ["A notice counts where its incident was."]
```

A caption is written with the same words as a chapter; inside its quotation marks use single ones. Every chart has an
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

    def row(self, group: WordGroup, entry: Entry, example: str) -> str:
        """An example and its result as a row of a table."""
        if group.kind == "print":
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
        for entry in group.entries:
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
