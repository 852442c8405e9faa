"""Disclosure control: exact statistics become protected statistics, the only ones that may be printed.

Input: exact statistics. Output: a value or a marker for each, audited by linear programming over all of them. Hides
primary and secondary suppression, the audit, and the screening of free text.
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
