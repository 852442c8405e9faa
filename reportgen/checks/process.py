"""Check the making of the report: inputs, claims, untraced figures, validators, questions for a person.

Input: the finished publication. Output: outcomes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from reportgen.checks import readers
from reportgen.checks.check import Finished, Outcome, judged, not_applicable
from reportgen.model.problem import Problem, Stage, without_records

_BLANK: Final = frozenset({"", "-", "–", "—", "*", "..", "...", "~", "nan", "None", "N/A", "n/a"})


def inputs(finished: Finished) -> Outcome:
    """Ask a person to read the notices of the validation."""
    notices = [problem for problem in finished.problems if problem.stage in {Stage.RELEASE, Stage.INPUTS}]
    if not notices:
        return Outcome("passed", ("no notices",))
    return Outcome("needs a person", _lines(notices))


def _lines(problems: list[Problem]) -> tuple[str, ...]:
    """Summarise notices, one line per kind, without rows, values and numbers, because others read this report.

    The name of the inputs folder is left out, because it could be anything.
    """
    lines = dict.fromkeys(_line(problem) for problem in without_records(problems))
    return tuple(lines)


def _line(problem: Problem) -> str:
    file = "/".join((problem.file or "").split("/")[-2:])
    return f"{replace(problem, file=file or None).where()}: {problem.message}".removeprefix(": ")


def claims(finished: Finished) -> Outcome:
    """Confirm that no claim was false; a false one stops the build."""
    return _of_templates(finished, "claim", "no claim was false")


def untraced(finished: Finished) -> Outcome:
    """Report literal digits in the templates."""
    return _of_templates(finished, "untraced", f"{len(finished.narrative.quoted):,} figures quoted, each from the data")


def _of_templates(finished: Finished, word: str, evidence: str) -> Outcome:
    found = [problem for problem in finished.problems if problem.stage is Stage.TEMPLATES and word in problem.code]
    return judged((f"{p.where()}: {p.message}{f' ({p.value})' if p.value else ''}" for p in found), evidence)


def pdf_standards(finished: Finished) -> Outcome:
    """Report the validator's failures, by standard."""
    data = finished.report("pdf")
    if data is None:
        return not_applicable("No PDF was made in this build.")
    from reportgen.formats import pdf

    failures = pdf.validate(data)
    if failures is None:
        return Outcome(
            "needs a person",
            ("The validator page-validation is not installed here: install reportgen with its requirements.",),
        )
    said = (f"{one.standard}, rule {one.rule}: {one.message} {one.place}".strip() for one in failures)
    return judged(said, "compliant with PDF/UA-1 and PDF/A-3a")


def within_pages(finished: Finished) -> Outcome:
    """Check that text, images and drawings lie within the PDF's pages."""
    data = finished.report("pdf")
    if data is None:
        return not_applicable("No PDF was made in this build.")
    from reportgen.formats import pdf

    try:
        pages = pdf.outside(data)
    except ValueError:
        return judged(["The PDF cannot be opened."])
    return judged((f"Page {number} has something beyond its edge." for number in pages), "nothing lies beyond an edge")


def spreadsheet(finished: Finished) -> Outcome:
    """Check the rules of "Releasing statistics in spreadsheets" that can be tested automatically."""
    data = finished.report("ods")
    if data is None:
        return not_applicable("No spreadsheet was made in this build.")
    sheets, properties = readers.spreadsheet(data)
    return judged(_spreadsheet(sheets, properties), f"{len(sheets)} worksheets")


def _spreadsheet(sheets: list[readers.ReadSheet], properties: dict[str, str]) -> Iterator[str]:
    names = [sheet.name for sheet in sheets]
    if names[:3] != ["Cover", "Contents", "Notes"]:
        yield f"The worksheets begin with {', '.join(names[:3])}, not with Cover, Contents, Notes."
    if len(set(names)) < len(names):
        yield "Two worksheets have the same name."
    for name in ("title", "creator", "language"):
        if not properties.get(name, "").strip():
            yield f"The document's property “{name}” is empty."
    defined = {cell.text for sheet in sheets if sheet.name == "Notes" for row in sheet.rows for cell in row[:1]}
    for sheet in sheets:
        yield from (f"{sheet.name} {fault}." for fault in _worksheet(sheet, defined))


def _worksheet(sheet: readers.ReadSheet, defined: set[str]) -> Iterator[str]:
    if sheet.merged:
        yield "has merged cells"
    if sheet.hidden:
        yield "has hidden rows or columns"
    if not sheet.rows or not sheet.rows[0] or not sheet.rows[0][0].text:
        yield "has nothing in A1"
    if sheet.name == "Cover":
        return
    if sheet.named is None:
        yield "has no named table"
        return
    first, last, width = sheet.named
    if last != len(sheet.rows):
        yield "has something below its table"
    for row in sheet.rows[first - 1 : last]:
        yield from _row(row, width, defined)


def _row(row: list[readers.ReadCell], width: int, defined: set[str]) -> Iterator[str]:
    if len(row) != width:
        yield "has rows of different lengths"
    for cell in row:
        if cell.text in _BLANK:
            yield f"has an empty or unexplained cell in the row “{row[0].text}”"
        if re.fullmatch(r"\[[a-z]{1,4}\]", cell.text) and cell.text not in defined:
            yield f"uses {cell.text}, which is not explained in Notes"


def person(_finished: Finished) -> Outcome:
    """Ask a person, because no program can answer."""
    return Outcome("needs a person", ())


def released(finished: Finished) -> Outcome:
    """Check that a person has released each printed quote.

    Only a final build names the responses: it fails, so no output contains them.
    """
    waiting = finished.narrative.unreleased
    if not waiting:
        return judged((), "each printed comment was released by a person")
    if not finished.release.final:
        return judged(["Comments marked as not yet released: “reportgen quotes” lists them, to release or refuse."])
    return judged(f"The comment of {response} is neither released nor refused." for response in waiting)


def quotes(finished: Finished) -> Outcome:
    """Ask somebody who knows the trade to read the quotes, if respondents are quoted."""
    number = len(finished.page.all("blockquote")) if finished.report("html") else 0
    if not number and not finished.statistics.records.quotes:
        return not_applicable("Nobody is quoted.")
    return Outcome("needs a person", ("release.toml says who released each, under [quotes]",))
