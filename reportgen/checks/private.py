"""Questions about people: disclosure control, and whether anything personal is left in any file.

Goes in: the finished publication. Comes out: answers. Never repeats what it found, only where.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from reportgen.checks.question import Answer, Finished, judged, not_applicable
from reportgen.disclosure import STRICT
from reportgen.problems import serious

KNOWN: Final = frozenset({"psi@nationalarchives.gov.uk", "TW9 4DU"})
_REFERENCE: Final = re.compile(r"[^\W_][\w/.-]*[^\W_]|\w")


def audited(finished: Finished) -> Answer:
    """The linear programme found no hidden figure that can be worked out."""
    audit = finished.statistics.audit
    said = (
        f"{audit.published:,} figures published, {audit.hidden:,} hidden"
        f" ({audit.hidden_primary:,} for themselves, {audit.hidden_secondary:,} to protect these);"
        f" {audit.constraints:,} equations and bounds"
    )
    if audit.narrowest is not None:
        said += f"; the narrowest range of a hidden count is {audit.narrowest:g} ({audit.narrowest_of})"
    faults = [f"{p.message} {p.where()}".strip() for p in serious(finished.problems) if p.stage.name == "DISCLOSURE"]
    if audit.narrowest is not None and audit.narrowest <= 0:
        faults.append(f"{audit.narrowest_of} can be worked out.")
    return judged(faults, said)


def hidden_stay_hidden(finished: Finished) -> Answer:
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


def nobody_named(finished: Finished) -> Answer:
    """No notice or incident reference, email, telephone, registration or postcode in any file."""
    publication = finished.release.publication
    ours = KNOWN | {publication.contact_email, publication.alternative_format_email}
    faults = [
        f"{name}: {what}."
        for name, text in finished.texts().items()
        for what in _named(text, ours, finished.references)
    ]
    return judged(faults, f"{len(finished.texts())} files read, {len(finished.references):,} references looked for")


def _named(text: str, ours: frozenset[str], references: frozenset[str]) -> Iterator[str]:
    for what, pattern in STRICT:
        if any(match[0].rstrip(".") not in ours for match in pattern.finditer(text)):
            yield what
    telling = {ref for ref in references if re.search(r"\d", ref) and (re.search(r"[^\W\d]", ref) or len(ref) > 5)}  # noqa: PLR2004 - shorter numbers are figures
    words = set(_REFERENCE.findall(text))
    if telling & words or any(ref in text for ref in telling if not _REFERENCE.fullmatch(ref)):
        yield "the reference of a notice or an incident"
