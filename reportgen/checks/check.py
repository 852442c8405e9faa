"""What a check is: a question asked of the finished publication, how it is answered, and the answer with evidence.

Input: nothing. Output: value types. A check is a small function from ``Finished`` to ``Answer``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Final

from reportgen.checks.html_tree import Element, parse
from reportgen.checks.readers import drawing_texts, spreadsheet
from reportgen.model.problem import Problem
from reportgen.model.stages import Result

if TYPE_CHECKING:
    from reportgen.formats.pdf import Aloud
    from reportgen.model.chart import Chart
    from reportgen.model.narrative import Narrative
    from reportgen.model.protected import ProtectedStatistics
    from reportgen.model.release import Release
    from reportgen.model.table import Table

SHOWN: Final = 20


@dataclass(frozen=True)
class Finished:
    """Everything that was made, before it may leave: files by name, the values behind them, the notices so far.

    ``references`` are notice and incident references, none of which
    may stand in an output. ``published`` says of each year told whether there is a record of what is out already.
    """

    release: Release
    files: Mapping[str, bytes]
    statistics: ProtectedStatistics
    tables: Mapping[str, Table]
    charts: Mapping[str, Chart]
    narrative: Narrative
    problems: tuple[Problem, ...] = ()
    references: frozenset[str] = frozenset()
    published: Mapping[int, bool] = field(default_factory=dict)

    @property
    def stem(self) -> str:
        """The common name of the report's files, without their kinds."""
        return self.release.edition.file_stem

    def report(self, kind: str) -> bytes | None:
        """The report as ``pdf``, ``html``, ``md`` or ``ods``; None where this build did not make it."""
        return self.files.get(f"{self.stem}.{kind}")

    @cached_property
    def page(self) -> Element:
        """The web page as it was written to its file, read back."""
        return parse((self.report("html") or b"").decode("utf-8"))

    @cached_property
    def govspeak(self) -> str:
        """The Govspeak as it was written to its file."""
        return (self.report("md") or b"").decode("utf-8")

    @cached_property
    def aloud(self) -> Aloud:
        """The PDF as a screen reader meets it."""
        from reportgen.formats import pdf

        return pdf.read_aloud(self.report("pdf") or b"")

    def texts(self) -> Mapping[str, str]:
        """The text of every file, by its name, for searching."""
        return self._texts

    @cached_property
    def _texts(self) -> Mapping[str, str]:
        found: dict[str, str] = {}
        for name, data in self.files.items():
            if name.endswith(".pdf"):
                found[name] = self.aloud.everything()
            elif name.endswith(".html"):
                found[name] = _searched(self.page)
            elif name.endswith(".ods"):
                sheets, properties = spreadsheet(data)
                cells = (cell.text for sheet in sheets for row in sheet.rows for cell in row)
                found[name] = "\n".join((*cells, *properties.values()))
            elif name.endswith(".svg"):
                found[name] = "\n".join(drawing_texts(data.decode("utf-8")))
            elif not name.endswith(".png"):
                found[name] = data.decode("utf-8", "replace")
        return found


def _searched(page: Element) -> str:
    """What is read, and what stands in attributes that are read aloud or stay in the file."""
    said = (element.get(name) for element in page.walk() for name in ("alt", "title", "aria-label", "content"))
    return "\n".join((page.text(), *(text for text in said if text)))


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a check found; evidence is what a person would look at to believe it."""

    result: Result
    evidence: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Check:
    """A check as data. ``waivable`` is False where nobody may decide to let it pass.

    ``of_files`` is True where only the finished files can answer it, so that ``reportgen check`` leaves it out.
    """

    id: str
    subject: str
    question: str
    how: str
    ask: Callable[[Finished], Outcome]
    waivable: bool = True
    of_files: bool = False


def judged(faults: Iterable[str], evidence: str = "") -> Outcome:
    """Failed with the faults, the first twenty named; passed with the evidence where there are none."""
    found = list(dict.fromkeys(faults))
    if not found:
        return Outcome("passed", (evidence,) if evidence else ())
    more = len(found) - SHOWN
    return Outcome("failed", (*found[:SHOWN], *((f"and {more} more",) if more > 0 else ())))


def not_applicable(why: str) -> Outcome:
    """The question does not arise."""
    return Outcome("not applicable", (why,))
