"""Disclosure control: statistics become protected statistics, the only ones that may be printed.

Goes in: exact statistics. Comes out: a value or a marker for each, proved by a linear program over all of them.
Hides primary and secondary suppression, the audit, and the screening of free text.
"""

from reportgen.disclosure.attack_model.three_way_margins import refuse_uncovered
from reportgen.disclosure.free_text.screening import STRICT, candidates, decided
from reportgen.disclosure.protect import protect
from reportgen.disclosure.threshold_sensitivity import other_thresholds
from reportgen.model.protected import HIDDEN, Audit, Figure, ProtectedStatistics
from reportgen.scheme.measure_definitions import definitions

refuse_uncovered(definitions(()))

__all__ = [
    "HIDDEN",
    "STRICT",
    "Audit",
    "Figure",
    "ProtectedStatistics",
    "candidates",
    "decided",
    "other_thresholds",
    "protect",
]
