"""Registry of output formats: the name for ``--only``, the writer, and the formats it depends on.

Input: the composed report and the kinds requested. Output: the files to publish, by path, and every fault.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from reportgen.formats import pdf
from reportgen.formats.downloads import pictures, spreadsheet
from reportgen.formats.open_data import attachments, data_files
from reportgen.model.problem import Found, Problem

if TYPE_CHECKING:
    from reportgen.model.stages import Composed

Files = Mapping[str, bytes]


@dataclass(frozen=True, slots=True)
class OutputFormat:
    """An output format: its name for ``--only``, its writer, and the formats whose files it needs.

    ``write`` receives the report and the files of those formats.
    """

    id: str
    write: Callable[[Composed, Files], Found[Files]]
    needs: tuple[str, ...] = ()


def report_name(composed: Composed, suffix: str) -> str:
    """Return the report's file name in one format."""
    return f"{composed.numbers.release.edition.file_stem}.{suffix}"


def _open_data(composed: Composed, _: Files) -> Found[Files]:
    numbers = composed.numbers
    return Found(data_files(composed.narrative, numbers.statistics, numbers.tables, numbers.release))


def _spreadsheet(composed: Composed, _: Files) -> Found[Files]:
    return Found(spreadsheet(composed.narrative, composed.numbers.tables, composed.numbers.release))


def _charts(composed: Composed, _: Files) -> Found[Files]:
    return Found(pictures(composed.numbers.charts))


def _pdf(composed: Composed, made: Files) -> Found[Files]:
    found = pdf.render(composed.narrative.print_html, composed.numbers.release, attachments(made))
    files = {} if found.value is None else {report_name(composed, "pdf"): found.value}
    return Found(files, found.problems)


def _web_page(composed: Composed, _: Files) -> Found[Files]:
    return Found({report_name(composed, "html"): composed.narrative.html.encode()})


def _govspeak(composed: Composed, _: Files) -> Found[Files]:
    return Found({report_name(composed, "md"): composed.narrative.govspeak.encode()})


FORMATS: Final = (
    OutputFormat("csv", _open_data),
    OutputFormat("ods", _spreadsheet),
    OutputFormat("charts", _charts),
    OutputFormat("pdf", _pdf, needs=("csv",)),
    OutputFormat("html", _web_page),
    OutputFormat("md", _govspeak),
)
"""In build order: each format comes after those it needs."""
KINDS: Final = tuple(one.id for one in FORMATS)


def write(composed: Composed, only: Collection[str] = KINDS) -> Found[dict[str, bytes]]:
    """Write the files of the requested kinds; those needed only by another format are built but left out."""
    wanted = {*only, *(need for one in FORMATS if one.id in only for need in one.needs)}
    made: dict[str, Files] = {}
    problems: list[Problem] = []
    for one in FORMATS:
        if one.id in wanted:
            given = {name: data for need in one.needs for name, data in made[need].items()}
            found = one.write(composed, given)
            made[one.id] = found.value or {}
            problems.extend(found.problems)
    files = {name: data for kind, files in made.items() if kind in only for name, data in files.items()}
    return Found(files, tuple(problems))


def pages(composed: Composed, files: Files) -> int:
    """Return the number of pages of the PDF; 0 if it was not made."""
    made = files.get(report_name(composed, "pdf"))
    return pdf.pages(made) if made else 0
