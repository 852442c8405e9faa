"""Pack parts into a zip archive: xlsx and OpenDocument workbooks.

Input: the parts as text, by name. Output: bytes, always the same for the same parts. Hides zip and the OpenDocument
manifest.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from typing import Final

ODS_TYPE: Final = "application/vnd.oasis.opendocument.spreadsheet"
_MANIFEST: Final = "urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"
_STAMP: Final = (1980, 1, 1, 0, 0, 0)


def packed(parts: Mapping[str, str]) -> bytes:
    """Build a zip archive of the parts in order; a part called ``mimetype`` is stored uncompressed."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        for name, text in parts.items():
            entry = zipfile.ZipInfo(name, _STAMP)
            entry.compress_type = zipfile.ZIP_STORED if name == "mimetype" else zipfile.ZIP_DEFLATED
            entry.create_system = 3
            entry.external_attr = 0o644 << 16
            archive.writestr(entry, text.encode("utf-8"))
    return made.getvalue()


def opendocument(parts: Mapping[str, str]) -> bytes:
    """Build an OpenDocument spreadsheet; its media type comes first, so that the file can be identified."""
    entries = "".join(
        f'<manifest:file-entry manifest:full-path="{name}" manifest:media-type="text/xml"/>' for name in parts
    )
    manifest = (
        f'<?xml version="1.0" encoding="UTF-8"?>\n<manifest:manifest xmlns:manifest="{_MANIFEST}"'
        ' manifest:version="1.3"><manifest:file-entry manifest:full-path="/" manifest:version="1.3"'
        f' manifest:media-type="{ODS_TYPE}"/>{entries}</manifest:manifest>'
    )
    return packed({"mimetype": ODS_TYPE, "META-INF/manifest.xml": manifest, **parts})


def letters(column: int) -> str:
    """Return a column's letters: 1 is A, 27 is AA."""
    name = ""
    while column:
        column, rest = divmod(column - 1, 26)
        name = chr(ord("A") + rest) + name
    return name
