"""Build the downloads: open data, spreadsheet, chart images.

Input: the narrative, protected statistics, tables and charts. Output: bytes by path inside the year's folder.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from reportgen.formats.ods.workbook import workbook
from reportgen.formats.open_data import data_files

if TYPE_CHECKING:
    from reportgen.model.chart import Chart
    from reportgen.model.narrative import Narrative
    from reportgen.model.protected import ProtectedStatistics
    from reportgen.model.release import Release
    from reportgen.model.table import Table


def downloads(
    narrative: Narrative,
    statistics: ProtectedStatistics,
    tables: Mapping[str, Table],
    charts: Mapping[str, Chart],
    release: Release,
) -> dict[str, bytes]:
    """Build every download."""
    return {
        **data_files(narrative, statistics, tables, release),
        **spreadsheet(narrative, tables, release),
        **pictures(charts),
    }


def spreadsheet(narrative: Narrative, tables: Mapping[str, Table], release: Release) -> dict[str, bytes]:
    """Build the spreadsheet of all tables."""
    return {f"{release.edition.file_stem}.ods": workbook(tables, narrative.captions, release)}


def pictures(charts: Mapping[str, Chart]) -> dict[str, bytes]:
    """Return every chart as SVG and as PNG."""
    files = dict[str, bytes]()
    for name, chart in charts.items():
        files[f"charts/{name}.svg"] = chart.svg.encode()
        files[f"charts/{name}.png"] = chart.png
    return files
