"""Check GOV.UK's requirements: page fields, file names and types, sizes, paper numbers.

Input: the finished publication. Output: outcomes. Sources: alphagov/whitehall (attachment_uploader.rb,
attachment_validator.rb) and GOV.UK's guidance on publishing.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from difflib import SequenceMatcher
from typing import Final

from reportgen.checks.check import Finished, Outcome, judged, not_applicable
from reportgen.checks.web_page import address_fault
from reportgen.model import formatting
from reportgen.model.release import PublicationDetails

TITLE, SUMMARY = 65, 140
FIELD: Final = 255
HTML_BYTES: Final = 1_500_000
FILE_BYTES: Final = 500_000_000
PICTURE_BYTES: Final = 5_000_000
PREVIEWED: Final = (1000, 50)
UPLOADED: Final = frozenset(
    re.findall(
        r"\S+",
        "chm csv diff doc docx dot dxf eps gif gml ics jpg kml odp ods odt pdf png ppt pptx ps rdf ris rtf sch txt vcf"
        " wsdl xls xlsm xlsx xlt xml xsd xslt zip",
    )
)
KEPT: Final = frozenset({"html", "md", "json", "svg"})
"""File types that are not uploaded as attachments; charts are uploaded as images."""
ATTACHED: Final = frozenset({"pdf", "ods", "csv", "md", "html", "svg", "png"})
PAPER: Final = re.compile(r"(?:CP|C\.|Cd\.|Cmd\.|Cmnd\.|Cm\.) \d+(?:-[IV]+)?")
SESSION: Final = re.compile(r"(\d{4})-(\d{2})")
_NAME: Final = re.compile(r"[a-z0-9]+(?:[-_][a-z0-9]+)*\.[a-z0-9]+")
_UNWANTED: Final = re.compile(r"(?:^|[-_.])(?:draft|final|clean|copy|new|v\d+|version)(?:[-_.]|$)")


def fields(finished: Finished) -> Outcome:
    """Check that title, summary and addresses fit GOV.UK's forms."""
    publication = finished.release.publication
    size = f"title of {len(publication.title)} characters, summary of {len(publication.summary)}"
    return judged((*_title(publication), *_summary(publication), *_addresses(publication)), size)


def _title(publication: PublicationDetails) -> Iterator[str]:
    title = publication.title
    if not title:
        yield "There is no title."
        return
    if len(title) > TITLE:
        yield f"The title has {len(title)} characters; GOV.UK takes {TITLE}."
    if title.endswith("."):
        yield "The title ends in a full stop."
    if title != title.strip() or "  " in title:
        yield "The title has stray spaces."
    if " - " in title or "–" in title:
        yield "The title has a dash; GOV.UK asks for a colon."
    if re.search(r"\b(?:19|20)\d\d[/-]\d\d", title):
        yield "The title writes years with a stroke; write “2025 to 2026”."
    if "statistics" in publication.type.casefold() and "statistics" in title.casefold():
        yield "The title of statistics does not say “statistics”."
    words = re.findall(r"[^\W\d_]+", title)[1:]
    if len(words) > 2 and all(word[0].isupper() for word in words):  # enough words to tell
        yield "The title has a capital at every word; GOV.UK uses sentence case."


def _summary(publication: PublicationDetails) -> Iterator[str]:
    summary = publication.summary
    if not summary:
        yield "There is no summary."
        return
    if len(summary) > SUMMARY:
        yield f"The summary has {len(summary)} characters; GOV.UK takes {SUMMARY}."
    if not summary.endswith("."):
        yield "The summary does not end in a full stop."
    if (
        SequenceMatcher(None, summary.casefold(), publication.title.casefold(), autojunk=False).ratio() > 0.8
    ):  # more than four fifths equal
        yield "The summary repeats the title."


def _addresses(publication: PublicationDetails) -> Iterator[str]:
    for name in ("contact_email", "alternative_format_email"):
        if (email := getattr(publication, name)) and address_fault(f"mailto:{email}"):
            yield f"{name} is not an email address: {email}."
    if publication.url and (fault := address_fault(publication.url)):
        yield f"url {publication.url}: {fault}."
    for name in ("title", "unique_reference", "isbn"):
        if len(getattr(publication, name)) > FIELD:
            yield f"{name} has over {FIELD} characters."


def papers(finished: Finished) -> Outcome:
    """Check ISBN and parliamentary paper numbers."""
    publication = finished.release.publication
    numbers = (publication.isbn, publication.command_paper, publication.hc_paper, publication.session)
    if not any(numbers):
        return not_applicable("It is not a parliamentary paper and has no ISBN.")
    return judged(_papers(publication), ", ".join(number for number in numbers if number))


def _papers(publication: PublicationDetails) -> Iterator[str]:
    if publication.isbn and not isbn_valid(publication.isbn):
        yield f"{publication.isbn} is not an ISBN: its check digit does not fit."
    if publication.command_paper and not PAPER.fullmatch(publication.command_paper):
        yield f"{publication.command_paper} is not a command paper number, such as CP 1234."
    if publication.hc_paper and not publication.hc_paper[0].isdigit():
        yield f"A House of Commons paper number begins with a digit, unlike {publication.hc_paper}."
    if bool(publication.hc_paper) != bool(publication.session):
        yield "A House of Commons paper number and its session need each other."
    if publication.hc_paper and publication.command_paper:
        yield "A paper is a command paper or one of the House of Commons, not both."
    if publication.session:
        years = SESSION.fullmatch(publication.session)
        if not years or (int(years[1]) + 1) % 100 != int(years[2]):
            yield f"{publication.session} is not a session, such as 2025-26."


def isbn_valid(text: str) -> bool:
    """Return whether the check digit of a 10- or 13-digit ISBN is correct."""
    digits = re.sub(r"[ -]", "", text)
    if re.fullmatch(r"\d{9}[\dXx]", digits):
        values = [10 if digit in "Xx" else int(digit) for digit in digits]
        return sum((10 - place) * value for place, value in enumerate(values)) % 11 == 0
    if re.fullmatch(r"97[89]\d{10}", digits):
        return sum(int(digit) * (3 if place % 2 else 1) for place, digit in enumerate(digits)) % 10 == 0
    return False


def files(finished: Finished) -> Outcome:
    """Check names and types of uploaded files, and that GOV.UK can preview CSV files."""
    faults = [fault for name, data in finished.files.items() for fault in _file(name, data)]
    kinds = sorted({name.rsplit(".", 1)[-1] for name in finished.files})
    return judged(faults, f"{len(finished.files)} files of the kinds {', '.join(kinds)}")


def _file(name: str, data: bytes) -> Iterator[str]:
    last = name.rsplit("/", 1)[-1]
    kind = last.rsplit(".", 1)[-1]
    if kind not in UPLOADED | KEPT:
        yield f"{name}: GOV.UK takes no .{kind} files."
    if kind in ATTACHED and not _NAME.fullmatch(last):
        yield f"{name}: a file name has lower-case letters, digits and hyphens only."
    if _UNWANTED.search(last):
        yield f"{name}: a file name says nothing of drafts or versions."
    if kind == "csv":
        yield from _plain(name, data)


def _plain(name: str, data: bytes) -> Iterator[str]:
    try:
        rows = list(csv.reader(io.StringIO(data.decode("utf-8"), newline=""), strict=True))
    except (UnicodeDecodeError, csv.Error):
        yield f"{name} is not a table of plain text in UTF-8."
        return
    if not rows or any(not any(row) for row in rows):
        yield f"{name} has a blank line, or none at all."
        return
    if len({len(row) for row in rows}) > 1:
        yield f"{name} has rows of different lengths."
    if len(set(rows[0])) < len(rows[0]) or not all(rows[0]):
        yield f"{name} has a column without a name, or two of the same name."
    if len(rows[0]) > PREVIEWED[1]:
        yield f"{name} has {len(rows[0])} columns; GOV.UK shows the first {PREVIEWED[1]}."


def sizes(finished: Finished) -> Outcome:
    """Check file sizes: quick to load on a slow connection, and within Whitehall's limits."""
    faults = []
    for name, data in finished.files.items():
        most = HTML_BYTES if name.endswith(".html") else PICTURE_BYTES if name.startswith("charts/") else FILE_BYTES
        if len(data) >= most:
            faults.append(f"{name} has {formatting.size(len(data))}; the most is {formatting.size(most)}.")
        if not data:
            faults.append(f"{name} is empty.")
    total = sum(len(data) for data in finished.files.values())
    page = finished.report("html")
    return judged(
        faults, f"{formatting.size(total)} in all{f', the web page {formatting.size(len(page))}' if page else ''}"
    )
