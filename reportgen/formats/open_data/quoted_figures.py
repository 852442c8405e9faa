"""Build ``figures.json``: every figure quoted in the narrative, for checking and reuse.

Input: quoted figures of the narrative, protected statistics. Output: JSON with one entry per figure, ordered by id.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from reportgen.formats.open_data.plain_values import number
from reportgen.model.figure import Key
from reportgen.model.narrative import QuotedFigure
from reportgen.model.release import Release

if TYPE_CHECKING:
    from reportgen.model.protected import ProtectedStatistics


def figures_json(quoted: Sequence[QuotedFigure], statistics: ProtectedStatistics, release: Release) -> bytes:
    """Build an entry for each figure: definition, value, display, last year's value, places that quote it.

    A place may quote this year's value, last year's, the change, the share of the total, an interval bound or the base:
    ``quotes`` says which, and how it is displayed.
    """
    gathered: dict[Key, list[QuotedFigure]] = {}
    for one in quoted:
        gathered.setdefault(one.key, []).append(one)
    entries = [_entry(key, gathered[key], statistics) for key in sorted(gathered)]
    content = {
        "title": release.publication.title,
        "period": release.period.label,
        "as_at": release.as_at.isoformat(),
        "illustrative": release.illustrative,
        "note": illustrative_note(release),
        "shorthand": {"[c]": "confidential: hidden so that nobody can be identified"},
        "figures": entries,
    }
    return (json.dumps(content, ensure_ascii=False, indent=1) + "\n").encode()


def illustrative_note(release: Release) -> str:
    """Return the note that figures are made up; "" if they are official."""
    if not release.illustrative:
        return ""
    return "Illustrative: the figures in this file are made up. They say nothing about the scheme."


def _entry(key: Key, quoted: Sequence[QuotedFigure], statistics: ProtectedStatistics) -> dict[str, Any]:
    figure = statistics.figures.get(key)
    definition = statistics.definitions.get(key.measure)
    last = statistics.previous.figures.get(key) if statistics.previous else None
    unit = figure.unit if figure else definition.unit if definition else ""
    period = statistics.period.label
    return {
        "id": str(key),
        "value": _json_number(None if figure is None or figure.marker else figure.value, unit),
        "marker": figure.marker if figure else "",
        "display": next((one.display for one in quoted if _whole(one, period)), ""),
        "unit": unit,
        "definition": definition.definition if definition else "",
        "period": period,
        "previous": None
        if last is None or statistics.previous is None
        else {
            "value": _json_number(None if last.marker else last.value, last.unit),
            "marker": last.marker,
            "period": statistics.previous.period.label,
        },
        "quoted": list(dict.fromkeys(place for one in quoted for place in one.where)),
        "quotes": [
            {
                "display": one.display,
                "period": one.year or period,
                "part": one.part,
                "where": list(one.where),
            }
            for one in quoted
        ],
    }


def _whole(one: QuotedFigure, period: str) -> bool:
    """Return whether this year's figure itself is displayed, rather than a part of it."""
    return one.year in {"", period} and not one.part


def _json_number(value: float | None, unit: str) -> int | float | None:
    """Return the number with the same digits as in the CSV."""
    if value is None:
        return None
    text = number(value, unit)
    return float(text) if "." in text else int(text)
