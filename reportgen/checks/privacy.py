"""Check privacy: disclosure control, and personal data left in any file.

Input: the finished publication. Output: outcomes, which say where something was found but never repeat it.
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
"""Most digits of a number taken for a figure; a longer one is a reference if the inputs have it as one."""
_REFERENCE: Final = re.compile(r"[^\W_][\w/.-]*[^\W_]|\w")


def audited(finished: Finished) -> Outcome:
    """Check that the disclosure audit found no suppressed figure that can be inferred."""
    audit = finished.statistics.audit
    said = f"{audit.published:,} figures published; {audit.hidden:,} hidden, each open as far as the rules ask for"
    faults = [f"{p.message} {p.where()}".strip() for p in serious(finished.problems) if p.stage.name == "DISCLOSURE"]
    return judged(faults, said)


def hidden_stay_hidden(finished: Finished) -> Outcome:
    """Check that a suppressed figure has a marker and nothing else."""
    hidden = [figure for figure in finished.statistics.figures.values() if figure.marker]
    if not hidden:
        return not_applicable("No figure is hidden.")
    faults = [
        str(figure.key)
        for figure in hidden
        if any(part is not None for part in (figure.value, figure.lower, figure.upper, figure.base, figure.numerator))
    ]
    return judged(
        (f"{name} is hidden, but some of its details are published." for name in faults), f"{len(hidden):,} figures"
    )


def groups(finished: Finished) -> Outcome:
    """List displayed figures that disclose one outcome for everybody in a small group, this year and last."""
    years = (finished.statistics, finished.statistics.previous)
    found = [f"{year.period.label}: {key}" for year in years if year is not None for key in year.groups]
    if not found:
        return Outcome("passed", ("no small group has one outcome alone",))
    return Outcome("needs a person", tuple(found))


def editions(finished: Finished) -> Outcome:
    """Check that earlier editions were known to the audit."""
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
    """Search all files for notice and incident references, emails, telephones, registrations and postcodes."""
    publication = finished.release.publication
    ours = KNOWN | {publication.contact_email, publication.alternative_format_email}
    telling = frozenset(reference for reference in finished.references if _is_distinctive(reference))
    compound = tuple(reference for reference in telling if not _REFERENCE.fullmatch(reference))
    faults = [
        f"{name}: {what}."
        for name, text in finished.texts().items()
        for what in _findings(text, ours, telling, compound)
    ]
    return judged(faults, f"{len(finished.texts())} files read for every reference of the inputs")


def _is_distinctive(reference: str) -> bool:
    """Return whether a reference can be distinguished from words and figures of the report."""
    return bool(re.search(r"\d", reference) and (re.search(r"[^\W\d]", reference) or len(reference) > LONG_NUMBER))


def _findings(text: str, ours: frozenset[str], telling: frozenset[str], compound: tuple[str, ...]) -> Iterator[str]:
    """Yield what is found in a text; ``compound`` are references of several words."""
    for what, pattern in STRICT:
        if any(match[0].rstrip(".") not in ours for match in pattern.finditer(text)):
            yield what
    if not telling.isdisjoint(_REFERENCE.findall(text)) or any(reference in text for reference in compound):
        yield "the reference of a notice or an incident"
