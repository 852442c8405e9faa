"""Post-process the PDF with pikepdf, so that it conforms to PDF/A-3a and stays small.

Input: the PDF from WeasyPrint, its properties. Output: the same document with our metadata uncompressed, attachments
listed once, structure in object streams, correct stream lengths, and an identifier derived from the content.
"""

from __future__ import annotations

import io
import zlib
from typing import TYPE_CHECKING, Final

from reportgen.formats.pdf.metadata import PRODUCER, Properties, xmp

if TYPE_CHECKING:
    from pikepdf import Dictionary, ObjectStreamMode, Pdf

# A stream that ends in CR before the LF of "\nendstream" may be read as one byte too short.
AMBIGUOUS: Final = b"\r\nendstream"
ATTEMPTS: Final = 16


def archived(data: bytes, properties: Properties) -> bytes:
    """Return the finished file."""
    import pikepdf

    with pikepdf.open(io.BytesIO(data)) as pdf:
        packet = pdf.make_stream(xmp(properties), Type=pikepdf.Name.Metadata, Subtype=pikepdf.Name.XML)
        pdf.Root.Metadata = packet
        pdf.docinfo["/Producer"] = PRODUCER
        pdf.docinfo["/Creator"] = "reportgen"
        _list_attachments_once(pdf)
        return saved(pdf)


def _list_attachments_once(pdf: Pdf) -> None:
    import pikepdf

    if "/AF" in pdf.Root:
        once = {entry.objgen: entry for entry in pdf.Root.AF}
        pdf.Root.AF = pikepdf.Array(list(once.values()))


def saved(pdf: Pdf) -> bytes:
    """Serialise the PDF so that no stream ends in CR.

    A compressed stream ends in a checksum of its content, so another compression level would not help: such a stream is
    compressed as one row of the PNG predictor “up”, which prepends the byte 2 and leaves the row unchanged. Object
    streams are created on saving; their content is varied until none ends in CR.
    """
    import pikepdf

    _end_streams_well(pdf)
    loose = _direct_attributes(pdf)
    for _ in range(ATTEMPTS):
        data = _written(pdf, pikepdf.ObjectStreamMode.generate)
        if AMBIGUOUS not in data:
            return data
        if not loose:
            break
        element = loose.pop(0)
        element.A = pdf.make_indirect(element.A)
    return _written(pdf, pikepdf.ObjectStreamMode.disable)


def _end_streams_well(pdf: Pdf) -> None:
    import pikepdf

    flate = pikepdf.Name.FlateDecode
    for stream in pdf.objects:
        if not isinstance(stream, pikepdf.Stream) or stream.get("/Type") == "/Metadata":
            continue
        packed = bool("/Filter" in stream)
        if packed and (stream.Filter != flate or not stream.read_raw_bytes().endswith(b"\r")):
            continue
        content = stream.read_bytes()
        data = zlib.compress(content, 9)
        if not data.endswith(b"\r"):
            stream.write(data, filter=flate)
            continue
        one_row = pikepdf.Dictionary(Predictor=15, Colors=1, BitsPerComponent=8, Columns=len(content))
        stream.write(zlib.compress(b"\2" + content, 9), filter=flate, decode_parms=one_row)


def _direct_attributes(pdf: Pdf) -> list[Dictionary]:
    """Return elements with direct attributes; making one indirect shifts the content of the object streams."""
    import pikepdf

    return [
        element
        for element in pdf.objects
        if isinstance(element, pikepdf.Dictionary) and element.get("/Type") == "/StructElem" and "/A" in element
    ][:ATTEMPTS]


def _written(pdf: Pdf, mode: ObjectStreamMode) -> bytes:
    import pikepdf

    out = io.BytesIO()
    pdf.save(
        out,
        deterministic_id=True,
        object_stream_mode=mode,
        fix_metadata_version=False,
        stream_decode_level=pikepdf.StreamDecodeLevel.none,
    )
    return out.getvalue()
