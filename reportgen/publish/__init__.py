"""Files for the office: check report, publishing checklist, quality records, manifest.

Input: the release, the outputs, check results, sources of the data. Output: bytes by path inside the year's folder.
None of it is published, and nothing depends on the current date.
"""

from __future__ import annotations

from reportgen.publish.manifest import manifest, versions
from reportgen.publish.wrap_up import wrap_up

__all__ = ["manifest", "versions", "wrap_up"]
