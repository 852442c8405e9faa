"""Write the documents that are made from the program: ``make docs`` (python tools/docs.py).

A test compares each with what is in the folder, so that none goes stale.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

ROOT: Final = Path(__file__).parents[1]


def made() -> Mapping[str, str]:
    """Every document by its path in the project."""
    return {"inputs/README.md": _inputs()}


def _inputs() -> str:
    """The data dictionary, from the schema."""
    from reportgen import schema

    return schema.dictionary()


if __name__ == "__main__":
    for path, text in made().items():
        (ROOT / path).write_text(text, "utf-8", newline="\n")
