"""Read files into validated tables; report every fault with its row.

Input: an input folder and its release. Output: ``ValidatedTables`` and all problems at once. Hides file formats,
spellings, and checks between columns and tables.
"""

from reportgen.inputs.year_reader import ValidatedTables, read, read_some
from reportgen.model.stages import InputSource

__all__ = ["InputSource", "ValidatedTables", "read", "read_some"]
