"""The manifest: what each output was built from, so that it can be rebuilt years later.

Input: digests of inputs and templates, the outputs, the release. Output: ``manifest.json``, independent of the clock,
the machine and paths outside the workspace.
"""

from __future__ import annotations

import hashlib
import json
import platform
from collections.abc import Iterable, Mapping
from datetime import date
from importlib.metadata import PackageNotFoundError, version
from typing import Any, Final

from reportgen.model.release import Release

PACKAGES: Final = (
    "altair",
    "chunspell",
    "font-source-sans-pro",
    "jinja2",
    "markdown-it-py",
    "pandas",
    "pikepdf",
    "pyarrow",
    "python-calamine",
    "highspy",
    "vl-convert-python",
    "weasyprint",
    "fonttools",
    "lxml",
    "pillow",
    "pydyf",
)
"""Libraries whose version can change the bytes of an output."""
CONFIDENTIAL: Final = frozenset({"dominance", "p_percent"})
"""Settings in [disclosure] that are never output: knowing them helps to narrow a suppressed sum."""
PERSONS: Final = frozenset({"quotes", "answers"})
"""Tables that identify responses, or repeat what the checks page shows."""


def versions() -> dict[str, str]:
    """Return the versions of reportgen, Python and the libraries in ``PACKAGES``; absent ones are left out."""
    found = {"python": platform.python_version()}
    for name in ("reportgen", *PACKAGES):
        try:
            found[name] = version(name)
        except PackageNotFoundError:
            continue
    return dict(sorted(found.items()))


def manifest(
    files: Mapping[str, bytes],
    inputs: Mapping[str, str],
    templates: Mapping[str, str],
    release: Release,
    versions: Mapping[str, str],
    only: Iterable[str] = (),
) -> bytes:
    """Build the manifest: SHA-256 of every input, template and output; versions; settings.

    ``inputs`` and ``templates`` map a path inside its folder, such as ``2025/penalties.csv``, to a digest.
    """
    content = {
        "year": release.year,
        "period": release.period.label,
        "as_at": release.as_at.isoformat(),
        "data": release.data,
        "final": release.final,
        "only": sorted(only),
        "versions": dict(sorted(versions.items())),
        "settings": open_settings(release.raw),
        "inputs": dict(sorted(inputs.items())),
        "templates": dict(sorted(templates.items())),
        "outputs": {name: hashlib.sha256(data).hexdigest() for name, data in sorted(files.items())},
    }
    return (json.dumps(content, ensure_ascii=False, indent=1) + "\n").encode()


def open_settings(raw: Mapping[str, Any]) -> dict[str, Any]:
    """Return the settings as given, without confidential ones and decisions on responses."""
    made = {str(key): json_value(raw[key]) for key in sorted(raw) if key not in PERSONS}
    rules = made.get("disclosure")
    if isinstance(rules, dict):
        made["disclosure"] = {key: value for key, value in rules.items() if key not in CONFIDENTIAL}
    return made


def json_value(value: Any) -> Any:
    """Convert a TOML value to JSON types, with tables sorted by key."""
    if isinstance(value, Mapping):
        return {str(key): json_value(value[key]) for key in sorted(value)}
    if isinstance(value, list | tuple):
        return [json_value(one) for one in value]
    if value is None or isinstance(value, str | bool | int | float):
        return value
    return value.isoformat() if isinstance(value, date) else str(value)
