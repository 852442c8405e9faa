"""Disclosure control: statistics become protected statistics, the only ones that may be printed.

Goes in: exact statistics. Comes out: a value or a marker for each, proved by a linear programme over all of them.
Hides primary and secondary suppression, the audit, and the screening of free text.
"""

from reportgen.disclosure.joint_tables import refuse_uncovered
from reportgen.disclosure.protect import protect
from reportgen.disclosure.text import STRICT, candidates, decided
from reportgen.disclosure.types import HIDDEN, Audit, Figure, ProtectedStatistics
from reportgen.disclosure.what_if import what_if
from reportgen.measures import definitions

refuse_uncovered(definitions(()))

__all__ = ["HIDDEN", "STRICT", "Audit", "Figure", "ProtectedStatistics", "candidates", "decided", "protect", "what_if"]
