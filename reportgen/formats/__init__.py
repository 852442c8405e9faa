"""Protected statistics into open files: CSV, a spreadsheet, the quoted figures, the charts.

Goes in: the finished words, protected statistics, tables and charts. Comes out: bytes by path inside the year's
folder. Nothing here rounds, calculates or hides; every number is one that the report prints.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from reportgen.formats.ods.workbook import workbook
from reportgen.formats.open_data.quoted_figures import figures_json
from reportgen.formats.open_data.statistics_csv import statistics_csv
from reportgen.formats.open_data.tables import metadata, readme, table_files
from reportgen.model.narrative import Narrative
from reportgen.model.release import Release

if TYPE_CHECKING:
    from reportgen.model.chart import Chart
    from reportgen.model.protected import ProtectedStatistics
    from reportgen.model.table import Table

__all__ = ["attachments", "build", "statistics_csv"]


def build(
    narrative: Narrative,
    statistics: ProtectedStatistics,
    tables: Mapping[str, Table],
    charts: Mapping[str, Chart],
    release: Release,
) -> dict[str, bytes]:
    """Every download: ``data/``, ``charts/``, ``figures.json`` and the spreadsheet."""
    captions = narrative.captions
    previous = statistics.previous
    files = {"data/statistics.csv": statistics_csv(statistics)}
    if previous is not None:
        files["data/previous.csv"] = statistics_csv(previous)
    files |= table_files(tables)
    files["data/csv-metadata.json"] = metadata(tables, captions, release, last_year=previous is not None)
    files["data/README.txt"] = readme(tables, release, last_year=previous is not None)
    files["figures.json"] = figures_json(narrative.quoted, statistics, release)
    files[f"cecps-annual-report-{release.year}.ods"] = workbook(tables, captions, release)
    for name, chart in charts.items():
        files[f"charts/{name}.svg"] = chart.svg.encode()
        files[f"charts/{name}.png"] = chart.png
    return files


def attachments(files: Mapping[str, bytes]) -> dict[str, bytes]:
    """The data files that travel inside the PDF, by file name."""
    return {path.rpartition("/")[2]: data for path, data in files.items() if path.endswith(".csv")}
