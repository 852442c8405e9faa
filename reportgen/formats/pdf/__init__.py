"""HTML into an accessible, archival PDF; everything WeasyPrint and pikepdf is hidden here.

Input: the print HTML of the narrative, the release, the files to attach. Output: the bytes of one file that is
both PDF/UA-1 and PDF/A-3a, and every fault met on the way. ``validate`` asks an independent validator; ``read_aloud``
gives the document back as a screen reader meets it.
"""

from __future__ import annotations

from reportgen.formats.pdf.ink import outside
from reportgen.formats.pdf.read_back import Aloud, pages, read_aloud
from reportgen.formats.pdf.typesetting import render
from reportgen.formats.pdf.validation import Failure, validate

__all__ = ["Aloud", "Failure", "outside", "pages", "read_aloud", "render", "validate"]
