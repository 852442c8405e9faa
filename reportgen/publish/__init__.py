"""What the office needs beside the report: check report, publisher's checklist, quality records, manifest.

Goes in: the release, the files made, the answers of the checks, where the data came from. Comes out: bytes by path
inside the year's folder. Nothing here is published; nothing here is dated by a clock.
"""

from __future__ import annotations

from reportgen.publish.manifest import manifest, versions
from reportgen.publish.wrap_up import wrap_up

__all__ = ["manifest", "versions", "wrap_up"]
