"""Define a check: a question about the finished publication, how it is answered, and its outcome.

Output: value types. A check is a small function from ``Finished`` to ``Outcome``.
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
    """Everything that a build made: files by name, the values behind them, notices so far.

    ``references`` are notice and incident references, which no output may contain. ``published`` says, for each
    reporting year compared, whether there is a record of earlier editions.
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
        """The report's file name without its suffix."""
        return self.release.edition.file_stem

    def report(self, kind: str) -> bytes | None:
        """Return the report as ``pdf``, ``html``, ``md`` or ``ods``; None if this build did not make it."""
        return self.files.get(f"{self.stem}.{kind}")

    @cached_property
    def page(self) -> Element:
        """The web page, parsed from its file."""
        return parse((self.report("html") or b"").decode("utf-8"))

    @cached_property
    def govspeak(self) -> str:
        """The Govspeak, decoded from its file."""
        return (self.report("md") or b"").decode("utf-8")

    @cached_property
    def aloud(self) -> Aloud:
        """The PDF's tag tree, as a screen reader sees it."""
        from reportgen.formats import pdf

        return pdf.read_aloud(self.report("pdf") or b"")

    def texts(self) -> Mapping[str, str]:
        """Return the searchable text of every file, by name."""
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
    """Return the page's text, and the text in its attributes."""
    said = (element.get(name) for element in page.walk() for name in ("alt", "title", "aria-label", "content"))
    return "\n".join((page.text(), *(text for text in said if text)))


@dataclass(frozen=True, slots=True)
class Outcome:
    """The result of a check, with the evidence that a person would look at."""

    result: Result
    evidence: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Check:
    """A check as data. ``waivable`` is False if nobody may waive it.

    ``of_files`` is True if it needs the finished files; ``reportgen check`` leaves these out.
    """

    id: str
    subject: str
    question: str
    how: str
    ask: Callable[[Finished], Outcome]
    waivable: bool = True
    of_files: bool = False


def judged(faults: Iterable[str], evidence: str = "") -> Outcome:
    """Return failed with the first twenty faults, or passed with the evidence if there are none."""
    found = list(dict.fromkeys(faults))
    if not found:
        return Outcome("passed", (evidence,) if evidence else ())
    more = len(found) - SHOWN
    return Outcome("failed", (*found[:SHOWN], *((f"and {more} more",) if more > 0 else ())))


def not_applicable(why: str) -> Outcome:
    """Return that the check does not apply, and why."""
    return Outcome("not applicable", (why,))
