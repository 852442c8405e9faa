"""Resources of the PDF: only ``data:`` URLs in the HTML itself; nothing is fetched.

Input: HTML with ``data:`` URLs. Output: HTML with long ones in style sheets replaced by short names, and a fetcher that
resolves them. This saves half a second, because the CSS parser reads an embedded font character by character.
"""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Mapping
from typing import Any, Final

from weasyprint.urls import URLFetcher, URLFetcherResponse

SCHEME: Final = "embedded"
_LONG: Final = re.compile(r"""url\(\s*(["']?)data:([\w.+/-]+);base64,([A-Za-z0-9+/=]{500,})\1\s*\)""")


class Fetcher(URLFetcher):  # type: ignore[misc]
    """Resolves ``data:`` URLs and short names; any other URL is an error, which becomes a problem."""

    def __init__(self, parts: Mapping[str, tuple[str, bytes]]) -> None:
        super().__init__(allowed_protocols={"data"}, allow_redirects=False)
        self.parts = parts

    def fetch(self, url: str, headers: Any = None) -> Any:
        """Return the resource with that short name, or the content of a ``data:`` URL."""
        if url in self.parts:
            kind, data = self.parts[url]
            return URLFetcherResponse(url, data, {"Content-Type": kind})
        return super().fetch(url, headers)


def set_aside(html: str) -> tuple[str, dict[str, tuple[str, bytes]]]:
    """Replace long ``data:`` URLs in style sheets; return the HTML, and media type and bytes by name."""
    parts: dict[str, tuple[str, bytes]] = {}

    def short(found: re.Match[str]) -> str:
        try:
            data = base64.b64decode(found[3], validate=True)
        except binascii.Error:
            return found[0]
        name = f"{SCHEME}:{len(parts)}"
        parts[name] = (found[2], data)
        return f'url("{name}")'

    return _LONG.sub(short, html), parts
