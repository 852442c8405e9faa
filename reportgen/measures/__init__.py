"""Calculate statistics from validated tables: numerators, denominators, rates.

Input: a year's tables and release, and last year's if available. Output: ``Statistics``, exact and never printed. Hides
pandas and the implementation of each definition.
"""

from reportgen.measures.calculate import calculate
from reportgen.measures.statistics import Joints, Statistic, Statistics
from reportgen.scheme.measure_definitions import definitions

__all__ = ["Joints", "Statistic", "Statistics", "calculate", "definitions"]
