"""Write the documents that are made from the program: ``make docs`` (python tools/docs.py).

A test compares each with what is in the folder, so that none goes stale.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

from reportgen.model.edition import Edition

if TYPE_CHECKING:
    from collections.abc import Mapping

    from reportgen.model.stages import Numbers

ROOT: Final = Path(__file__).parents[1]
EDITION: Final = Edition(2025)


def made() -> Mapping[str, str]:
    """Every document by its path in the project."""
    return {"inputs/README.md": dictionary(), "templates/README.md": words(numbers())}


def dictionary() -> str:
    """The data dictionary, from the schema."""
    from reportgen.scheme import dictionary_page

    return dictionary_page.dictionary()


def numbers() -> Numbers:
    """The figures of the year that comes with the program."""
    from reportgen.app.progress import Progress, quiet
    from reportgen.app.protected_year import calculate
    from reportgen.model.stages import Workspace

    folders = Workspace(ROOT / "inputs", ROOT / "templates", ROOT / "outputs")
    work = Progress(quiet)
    found = calculate(folders, EDITION, work, drawn=False)
    work.settle()
    if found is None:
        raise AssertionError("the year that comes with the program gives no figures")
    return found


def words(shown: Numbers) -> str:
    """The vocabulary of templates, each example worked out on those figures."""
    from reportgen import document, measures

    known = measures.definitions(shown.statistics.records.questions)
    return document.reference_markdown(shown.statistics, shown.tables, shown.charts, shown.release, known)


if __name__ == "__main__":
    for path, text in made().items():
        (ROOT / path).write_text(text, "utf-8", newline="\n")
