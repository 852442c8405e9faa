"""The manifest: from what, with what and how each output was made, so that it can be made again years later.

Goes in: digests of inputs and templates, the outputs, the release. Comes out: ``manifest.json``. No clock, no machine,
no path outside the workspace.
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
"""The libraries that shape the bytes of an output."""
CONFIDENTIAL: Final = frozenset({"dominance", "p_percent"})
"""Settings of [disclosure] that no output has: who knows them comes nearer to a hidden sum."""
PERSONS: Final = frozenset({"quotes", "answers"})
"""Tables that name responses, or say what the checks page shows."""


def versions() -> dict[str, str]:
    """Versions of reportgen, Python and the libraries that shape the outputs; those not installed are left out."""
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
    """sha256 of every input, template and output; versions; settings.

    ``inputs`` and ``templates`` are digests by name: a path inside its folder, such as ``2025/penalties.csv``.
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
    """The settings as the release has them, but for the confidential ones and what persons decided on responses."""
    made = {str(key): plain(raw[key]) for key in sorted(raw) if key not in PERSONS}
    rules = made.get("disclosure")
    if isinstance(rules, dict):
        made["disclosure"] = {key: value for key, value in rules.items() if key not in CONFIDENTIAL}
    return made


def plain(value: Any) -> Any:
    """A value of TOML as one of JSON, tables in the order of their names."""
    if isinstance(value, Mapping):
        return {str(key): plain(value[key]) for key in sorted(value)}
    if isinstance(value, list | tuple):
        return [plain(one) for one in value]
    if value is None or isinstance(value, str | bool | int | float):
        return value
    return value.isoformat() if isinstance(value, date) else str(value)
