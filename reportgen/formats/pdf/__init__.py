"""Render HTML as an accessible, archival PDF. Hides WeasyPrint and pikepdf.

Input: the print HTML, the release, the files to attach. Output: one file that conforms to PDF/UA-1 and PDF/A-3a, and
every fault found. ``validate`` runs an independent validator; ``read_aloud`` returns the document as a screen reader
sees it.
"""

from __future__ import annotations

from reportgen.formats.pdf.ink import outside
from reportgen.formats.pdf.read_back import Aloud, pages, read_aloud
from reportgen.formats.pdf.typesetting import render
from reportgen.formats.pdf.validation import Failure, validate

__all__ = ["Aloud", "Failure", "outside", "pages", "read_aloud", "render", "validate"]
