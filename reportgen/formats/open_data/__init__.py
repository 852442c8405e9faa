"""Open data: every published number as CSV with metadata, and the quoted figures.

Input: the narrative, protected statistics, tables. Output: bytes by path inside the year's folder. Nothing is rounded,
calculated or suppressed here; every number is one that the report prints.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from reportgen.formats.open_data.quoted_figures import figures_json
from reportgen.formats.open_data.statistics_csv import statistics_csv
from reportgen.formats.open_data.tables import metadata, readme, table_files

if TYPE_CHECKING:
    from reportgen.model.narrative import Narrative
    from reportgen.model.protected import ProtectedStatistics
    from reportgen.model.release import Release
    from reportgen.model.table import Table

__all__ = ["attachments", "data_files", "statistics_csv"]


def data_files(
    narrative: Narrative, statistics: ProtectedStatistics, tables: Mapping[str, Table], release: Release
) -> dict[str, bytes]:
    """Build everything in ``data/``, and ``figures.json``."""
    previous = statistics.previous
    files = {"data/statistics.csv": statistics_csv(statistics)}
    if previous is not None:
        files["data/previous.csv"] = statistics_csv(previous)
    files |= table_files(tables)
    files["data/csv-metadata.json"] = metadata(tables, narrative.captions, release, last_year=previous is not None)
    files["data/README.txt"] = readme(tables, release, last_year=previous is not None)
    files["figures.json"] = figures_json(narrative.quoted, statistics, release)
    return files


def attachments(files: Mapping[str, bytes]) -> dict[str, bytes]:
    """Return the data files attached to the PDF, by file name."""
    return {path.rpartition("/")[2]: data for path, data in files.items() if path.endswith(".csv")}
