"""Questions about people: disclosure control, and whether anything personal is left in any file.

Input: the finished publication. Output: answers. Never repeats what it found, only where.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from reportgen.checks.check import Finished, Outcome, judged, not_applicable
from reportgen.disclosure import STRICT
from reportgen.model.problem import serious

KNOWN: Final = frozenset({"psi@nationalarchives.gov.uk", "TW9 4DU"})
LONG_NUMBER: Final = 5
"""Digits of a number that is a figure; a longer one without letters is a reference where the inputs have it as one."""
_REFERENCE: Final = re.compile(r"[^\W_][\w/.-]*[^\W_]|\w")


def audited(finished: Finished) -> Outcome:
    """The linear programme found no hidden figure that can be worked out."""
    audit = finished.statistics.audit
    said = f"{audit.published:,} figures published; {audit.hidden:,} hidden, each open as far as the rules ask for"
    faults = [f"{p.message} {p.where()}".strip() for p in serious(finished.problems) if p.stage.name == "DISCLOSURE"]
    return judged(faults, said)


def hidden_stay_hidden(finished: Finished) -> Outcome:
    """A hidden figure has its marker and nothing else wherever figures are listed."""
    hidden = [figure for figure in finished.statistics.figures.values() if figure.marker]
    if not hidden:
        return not_applicable("No figure is hidden.")
    faults = [
        str(figure.key)
        for figure in hidden
        if any(part is not None for part in (figure.value, figure.lower, figure.upper, figure.base, figure.numerator))
    ]
    return judged((f"{name} is hidden, yet something of it is told." for name in faults), f"{len(hidden):,} figures")


def groups(finished: Finished) -> Outcome:
    """Displayed figures that say the same of everybody in a small group, of this year and of last year."""
    years = (finished.statistics, finished.statistics.previous)
    found = [f"{year.period.label}: {key}" for year in years if year is not None for key in year.groups]
    if not found:
        return Outcome("passed", ("no small group has one outcome alone",))
    return Outcome("needs a person", tuple(found))


def editions(finished: Finished) -> Outcome:
    """Whether the audit knew what is out already."""
    unknown = [
        f"There is no record in inputs/{year}/published, so it is not known what is out of {year}. If nothing is,"
        " nothing is to be done; else put the record of that edition there."
        for year, known in finished.published.items()
        if not known
    ]
    return (
        Outcome("needs a person", tuple(unknown))
        if unknown
        else Outcome("passed", ("every earlier edition is on record",))
    )


def nobody_named(finished: Finished) -> Outcome:
    """No notice or incident reference, email, telephone, registration or postcode in any file."""
    publication = finished.release.publication
    ours = KNOWN | {publication.contact_email, publication.alternative_format_email}
    telling = frozenset(reference for reference in finished.references if _telling(reference))
    compound = tuple(reference for reference in telling if not _REFERENCE.fullmatch(reference))
    faults = [
        f"{name}: {what}." for name, text in finished.texts().items() for what in _named(text, ours, telling, compound)
    ]
    return judged(faults, f"{len(finished.texts())} files read for every reference of the inputs")


def _telling(reference: str) -> bool:
    """Whether a reference can be told from a word and from a figure of the report."""
    return bool(re.search(r"\d", reference) and (re.search(r"[^\W\d]", reference) or len(reference) > LONG_NUMBER))


def _named(text: str, ours: frozenset[str], telling: frozenset[str], compound: tuple[str, ...]) -> Iterator[str]:
    """What is found in a text; ``compound`` are the references that are no single word."""
    for what, pattern in STRICT:
        if any(match[0].rstrip(".") not in ours for match in pattern.finditer(text)):
            yield what
    if not telling.isdisjoint(_REFERENCE.findall(text)) or any(reference in text for reference in compound):
        yield "the reference of a notice or an incident"
