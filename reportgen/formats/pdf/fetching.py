"""What the PDF is made of besides its HTML: only what stands in the HTML itself; nothing is fetched from anywhere.

Input: HTML with ``data:`` addresses. Output: HTML in which the long ones of the style sheet are short names, and
a fetcher that knows them. The parser of style sheets reads an embedded font character by character: half a second
that this saves.
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
    """Opens ``data:`` addresses and the parts set aside; any other address is an error, which becomes a problem."""

    def __init__(self, parts: Mapping[str, tuple[str, bytes]]) -> None:
        super().__init__(allowed_protocols={"data"}, allow_redirects=False)
        self.parts = parts

    def fetch(self, url: str, headers: Any = None) -> Any:
        """The part of that name, or what a ``data:`` address says."""
        if url in self.parts:
            kind, data = self.parts[url]
            return URLFetcherResponse(url, data, {"Content-Type": kind})
        return super().fetch(url, headers)


def set_aside(html: str) -> tuple[str, dict[str, tuple[str, bytes]]]:
    """The HTML with short names for long embedded files of its style sheets, and name to media type and bytes."""
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
