"""Write the documents that are made from the program: ``make docs`` (python tools/docs.py).

A test compares each with what is in the folder, so that none goes stale.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

ROOT: Final = Path(__file__).parents[1]
YEAR: Final = 2025


def made() -> Mapping[str, str]:
    """Every document by its path in the project."""
    return {"inputs/README.md": _inputs(), "templates/README.md": _words()}


def _inputs() -> str:
    """The data dictionary, from the schema."""
    from reportgen import schema

    return schema.dictionary()


def _words() -> str:
    """The vocabulary of templates, each example worked out on the year that comes with the program."""
    from reportgen import build, measures, narrative

    folders = build.Workspace(ROOT / "inputs", ROOT / "templates", ROOT / "outputs")
    work = build.Work(build.quiet)
    numbers = build.calculate(folders, YEAR, work, drawn=False)
    work.settle()
    if numbers is None:
        raise AssertionError("the year that comes with the program gives no figures")
    known = measures.definitions(numbers.statistics.records.questions)
    return narrative.handbook(numbers.statistics, numbers.tables, numbers.charts, numbers.release, known)


if __name__ == "__main__":
    for path, text in made().items():
        (ROOT / path).write_text(text, "utf-8", newline="\n")
