"""Files become validated tables; every fault is reported with its row.

Goes in: an input folder and its release. Comes out: ``ValidatedTables`` and all problems at once. Hides file
formats, spellings and the checks between columns and tables.
"""

from reportgen.inputs.year_reader import ValidatedTables, read, read_some
from reportgen.model.stages import InputSource

__all__ = ["InputSource", "ValidatedTables", "read", "read_some"]
