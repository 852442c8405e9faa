"""HTML into an accessible, archival PDF; everything WeasyPrint and pikepdf is hidden here.

Goes in: the print HTML of the narrative, the release, the files to attach. Comes out: the bytes of one file that is
both PDF/UA-1 and PDF/A-3a, and every fault met on the way. ``validate`` asks an independent validator; ``read_aloud``
gives the document back as a screen reader meets it.
"""

from __future__ import annotations

from reportgen.pdf.ink import outside
from reportgen.pdf.reading import Aloud, pages, read_aloud
from reportgen.pdf.render import render
from reportgen.pdf.validate import Failure, validate

__all__ = ["Aloud", "Failure", "outside", "pages", "read_aloud", "render", "validate"]
