"""Find content outside the pages of a PDF, where it is neither printed nor displayed.

Input: a PDF. Output: the pages with text, images or drawings beyond their edges. Hides PDFium.
"""

from __future__ import annotations

from typing import Final

SLACK: Final = 1.0
"""Tolerance in points by which a glyph's box may exceed the page."""


def outside(data: bytes) -> tuple[int, ...]:
    """Return the numbers of pages with content outside, from 1; ValueError if it is not a PDF."""
    import pypdfium2
    from pypdfium2 import raw

    seen = (raw.FPDF_PAGEOBJ_TEXT, raw.FPDF_PAGEOBJ_IMAGE, raw.FPDF_PAGEOBJ_FORM)
    found = []
    try:
        opened = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as broken:
        raise ValueError("not a PDF that can be opened") from broken
    with opened as document:
        for number, page in enumerate(document, 1):
            left, bottom, right, top = page.get_mediabox()
            for one in page.get_objects(filter=seen, max_depth=1):
                box = one.get_bounds()
                if box[0] < left - SLACK or box[1] < bottom - SLACK or box[2] > right + SLACK or box[3] > top + SLACK:
                    found.append(number)
                    break
    return tuple(found)
