"""Summarise a build for the terminal.

Input: a publication. Output: labels and facts, without numbers of records.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Sequence

    from reportgen.model.narrative import LeftOutSentence, Narrative
    from reportgen.model.stages import Publication

RESULTS: Final = ("passed", "failed", "waived", "answered", "needs a person")


def facts(publication: Publication) -> tuple[tuple[str, str], ...]:
    """Return the summary: pages, figures, suppressed figures, checks, problems."""
    audit, counted = publication.composed.numbers.statistics.audit, Counter(one.result for one in publication.checks)
    answers = ", ".join(f"{counted[word]} {word}" for word in RESULTS if counted[word])
    failed = [one.question for one in publication.checks if one.result == "failed"]
    release, previous = publication.composed.numbers.release, publication.composed.numbers.previous
    narrative = publication.composed.narrative
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
        *(("Left out" if n == 0 else "", line) for n, line in enumerate(left_out(narrative))),
    )


def left_out(narrative: Narrative) -> list[str]:
    """Return what this year's report leaves out, and why: a count, then chapters and sentences with their places.

    Sentences with an alternative that is printed instead are only counted.
    """
    gone = [one for one in narrative.left_out if not one.other]
    if not (narrative.omitted or gone):
        return []
    replaced = len({(one.file, one.line) for one in narrative.left_out if one.other})
    kinds = _by_place(gone)
    counted = f"{len(kinds)} sentence{'' if len(kinds) == 1 else 's'}; {replaced} more have another in their place"
    return [
        counted,
        *(f"{file}: {why}" for file, why in narrative.omitted),
        *(f"{one.file}:{one.line or ''} {one.why}{_times(number)}" for one, number in kinds),
    ]


def _by_place(gone: Sequence[LeftOutSentence]) -> list[tuple[LeftOutSentence, int]]:
    """Each sentence once, with how often it was left out (in a loop)."""
    found: dict[tuple[str, int | None, str], list[LeftOutSentence]] = {}
    for one in gone:
        found.setdefault((one.file, one.line, one.words), []).append(one)
    return [(same[0], len(same)) for same in found.values()]


def _times(number: int) -> str:
    return f" (and {number - 1} more times)" if number > 1 else ""
