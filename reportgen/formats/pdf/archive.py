"""The last pass over the file, by pikepdf: what makes it an archival file and keeps it small.

Input: the PDF that WeasyPrint wrote, its properties. Output: the same document with our metadata uncompressed,
attachments listed once, structure packed into object streams, every stream as long as it says, an identifier made from
the content.
"""

from __future__ import annotations

import io
import zlib
from typing import TYPE_CHECKING, Final

from reportgen.formats.pdf.metadata import PRODUCER, Properties, xmp

if TYPE_CHECKING:
    from pikepdf import Dictionary, ObjectStreamMode, Pdf

# A stream that ends in CR before the LF that precedes "endstream" may be read as one byte shorter than it says.
AMBIGUOUS: Final = b"\r\nendstream"
ATTEMPTS: Final = 16


def archived(data: bytes, properties: Properties) -> bytes:
    """The finished file."""
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
    """The bytes, without a stream that ends in CR.

    A compressed stream ends in a checksum of its content, so that another level of compression changes nothing: such
    a stream is compressed as one row of the PNG predictor "up", which puts a byte before it (2, the one below the first
    row is 0); the streams of packed objects, which are made on saving, are filled otherwise until none ends so.
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
    """Elements whose attributes could as well be objects of their own: each moved shifts what is packed together."""
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
