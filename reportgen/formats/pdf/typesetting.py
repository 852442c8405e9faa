"""Make the PDF: layout by WeasyPrint, our own tags, saved by pikepdf.

Input: HTML, the release, attachments. Output: bytes, and a problem for every WeasyPrint warning.
"""

from __future__ import annotations

import gc
import logging
import warnings
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import TYPE_CHECKING

from reportgen.formats.pdf.archive import archived
from reportgen.formats.pdf.metadata import Properties
from reportgen.model.problem import Found, Problem, RecordCount, Stage
from reportgen.model.release import Release

if TYPE_CHECKING:
    from weasyprint import HTML, Attachment


def render(html: str, release: Release, attachments: Mapping[str, bytes]) -> Found[bytes]:
    """Render print HTML as one PDF/UA-1 and PDF/A-3a file with ``attachments`` (file name to bytes).

    Every date in the file is the publication date, or the as-at date if none is set, so that the same HTML always gives
    the same bytes. Nothing is fetched: only ``data:`` URLs are resolved.
    """
    said = _Listener()
    with _listening(said), _no_collection():
        from weasyprint import HTML
        from weasyprint import pdf as weasyprint_pdf
        from weasyprint.layout import inline

        from reportgen.formats.pdf.fetching import Fetcher, set_aside
        from reportgen.formats.pdf.line_breaks import divided
        from reportgen.formats.pdf.tags import add_tags

        weasyprint_pdf.add_tags = add_tags
        inline.split_first_line = divided
        html, parts = set_aside(html)
        page = HTML(string=html, url_fetcher=Fetcher(parts), media_type="print")
        properties = _properties(page, release)
        document = page.render()
        document.metadata.created = document.metadata.modified = properties.w3c
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", ResourceWarning)  # WeasyPrint leaves its colour profile open
            laid_out = document.write_pdf(
                pdf_variant="pdf/a-3a",
                attachments=[_attachment(name, data, properties) for name, data in sorted(attachments.items())],
            )
        finished = archived(laid_out, properties)
    return Found(finished, tuple(said.problems()))


def _properties(page: HTML, release: Release) -> Properties:
    root = page.etree_element

    def meta(name: str) -> str:
        found = root.find(f".//meta[@name='{name}']")
        return (found.get("content") or "") if found is not None else ""

    return Properties(
        title=(root.findtext(".//title") or release.publication.title).strip(),
        author=meta("author") or release.publication.organisation,
        subject=meta("description"),
        language=root.get("lang") or "en-GB",
        dated=release.publication.published or release.as_at,
    )


def _attachment(name: str, data: bytes, properties: Properties) -> Attachment:
    from weasyprint import Attachment

    return Attachment(
        string=data,
        name=name,
        description=f"The data of {name.rpartition('.')[0]}",
        created=properties.moment,
        modified=properties.moment,
        relationship="Data",
    )


class _Listener(logging.Handler):
    """Collects WeasyPrint's log messages."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.heard: dict[str, int] = {}

    def emit(self, record: logging.LogRecord) -> None:
        message = record.getMessage()
        self.heard[message] = self.heard.get(message, 0) + 1

    def problems(self) -> Iterator[Problem]:
        """Yield a problem for each distinct message, with its count."""
        for message, count in self.heard.items():
            yield Problem(
                Stage.RENDERING,
                "pdf-warning",
                f"Making the PDF: {message}",
                "Look in templates/report.css and templates/report.html.j2 for the text quoted.",
                count=RecordCount(count),
            )


@contextmanager
def _listening(listener: _Listener) -> Iterator[None]:
    loggers = [logging.getLogger(name) for name in ("weasyprint", "fontTools")]
    for logger in loggers:
        logger.addHandler(listener)
    try:
        yield
    finally:
        for logger in loggers:
            logger.removeHandler(listener)


@contextmanager
def _no_collection() -> Iterator[None]:
    """Disable garbage collection: layout creates few cycles, and collecting takes 10 to 18% of the time."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()
