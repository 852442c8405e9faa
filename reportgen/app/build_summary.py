"""Summarise a build for the terminal.

Input: a publication. Output: labels and facts, without numbers of records.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from reportgen.model.stages import Publication

RESULTS: Final = ("passed", "failed", "waived", "answered", "needs a person")


def facts(publication: Publication) -> tuple[tuple[str, str], ...]:
    """Return the summary: pages, figures, suppressed figures, checks, problems."""
    audit, counted = publication.composed.numbers.statistics.audit, Counter(one.result for one in publication.checks)
    answers = ", ".join(f"{counted[word]} {word}" for word in RESULTS if counted[word])
    failed = [one.question for one in publication.checks if one.result == "failed"]
    release, previous = publication.composed.numbers.release, publication.composed.numbers.previous
    narrative = publication.composed.narrative
    omitted = [f"{file}: {why}" for file, why in narrative.omitted]
    return (
        ("Report", "final" if release.final else "DRAFT, marked on every page"),
        (
            "Compared with",
            previous.period.label if previous else f"nothing: no inputs of {release.edition.comparator.inputs} to use",
        ),
        ("Pages", str(publication.pages) if publication.pages else "no PDF"),
        (
            "Figures",
            f"{audit.published:,} published, {len(publication.composed.narrative.quoted):,} quoted in the words",
        ),
        (
            "Hidden",
            f"{audit.hidden:,}",
        ),
        ("Checks", answers),
        *(("Failed" if n == 0 else "", question) for n, question in enumerate(failed)),
        *(("Left out" if n == 0 else "", line) for n, line in enumerate(omitted)),
    )
