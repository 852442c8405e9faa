"""Validated tables become statistics: numerators, denominators, rates.

Goes in: a year's tables and release, and last year's where they are there. Comes out: ``Statistics``, exact and never
printed. Hides pandas and every reading of a definition.
"""

from reportgen.measures.calculate import calculate
from reportgen.measures.statistics import Joints, Statistic, Statistics
from reportgen.scheme.measure_definitions import definitions

__all__ = ["Joints", "Statistic", "Statistics", "calculate", "definitions"]
