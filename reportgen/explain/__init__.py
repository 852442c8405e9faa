"""Explain a figure: where it comes from, what was done to it, where it is used.

Input: the composed report and a figure's id. Output: text or JSON, for one figure or a list of all. Sees protected
statistics only, so it cannot disclose suppressed ones.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import asdict
from typing import TYPE_CHECKING, Any, Final

from reportgen.explain.facts import (
    Facts,
    Shown,
    display,
    facts,
    label,
    why_not,
)
from reportgen.explain.figure_ids import find, word

if TYPE_CHECKING:
    from reportgen.model.protected import ProtectedStatistics
    from reportgen.model.stages import Composed

__all__ = ["explained", "facts", "find", "listing"]

WIDTH: Final = 24
"""Columns of the terminal used by headings."""


def explained(composed: Composed, name: str | None, *, search: str | None = None, as_json: bool = False) -> str:
    """List every figure (with ``search`` those with all its words), or explain one; LookupError if there is none.

    A measure without a total is answered with a list of its parts.
    """
    statistics = composed.numbers.statistics
    if name is None:
        return _listed(_matching(listing(statistics), search), as_json=as_json)
    if name.strip() in statistics.definitions and not any(str(key) == name.strip() for key in statistics.figures):
        mine = [row for row in listing(statistics) if row["measure"] == name.strip()]
        return _listed(mine, as_json=as_json)
    found = facts(find(name, statistics), composed)
    if as_json:
        return json.dumps(_as_data(found), ensure_ascii=False, indent=1) + "\n"
    return "".join(f"{line}\n" for line in _lines(found))


def listing(statistics: ProtectedStatistics) -> tuple[Mapping[str, str], ...]:
    """List every figure: id, measure, label, display (this year and last), and template expression."""
    before = statistics.previous
    rows = []
    for key, figure in statistics.figures.items():
        last = before.figures.get(key) if before and not why_not(key, statistics) else None
        rows.append(
            {
                "id": str(key),
                "measure": key.measure,
                "label": label(key, statistics.definitions[key.measure]),
                "display": display(figure),
                "last": display(last) if last else "",
                "word": "hidden: the words cannot quote it" if figure.hidden else word(key),
            }
        )
    return tuple(rows)


def _matching(rows: tuple[Mapping[str, str], ...], search: str | None) -> list[Mapping[str, str]]:
    words = (search or "").casefold().split()
    return [row for row in rows if all(one in f"{row['id']} {row['label']}".casefold() for one in words)]


def _listed(rows: list[Mapping[str, str]], *, as_json: bool) -> str:
    if as_json:
        return json.dumps(rows, ensure_ascii=False, indent=1) + "\n"
    if not rows:
        return "No figure has these words.\n"
    wide = min(max(len(row["id"]) for row in rows), 72)
    lines = []
    for row in rows:
        last = f"  (last year {row['last']})" if row["last"] else ""
        lines.append(f"{row['id']:<{wide}}  {row['display']}{last}\n")
    figures = "figure" if len(rows) == 1 else "figures"
    return "".join(lines) + f"{len(rows):,} {figures}\n"


def _lines(found: Facts) -> Iterator[str]:
    """Format the explanation for a terminal."""
    yield found.id
    yield found.label
    yield ""
    for year in (found.this, found.last):
        if year is not None:
            yield from _section(f"Value, {year.period}", _value(year))
    yield from _section("Change", found.comparison)
    yield from _section("Definition", found.definition)
    yield from _section("Unit", found.unit)
    for heading, (words, number) in (("Numerator", found.numerator), ("Denominator", found.denominator)):
        yield from _section(heading, f"{words}: {number}" if number else words)
    yield from _section("Broken down by", ", ".join(f"{name} ({category})" for name, category in found.breakdown))
    yield from _section("Also broken down by", ", ".join(found.parts))
    placed = f"{found.dated_by}, " if found.dated_by else "The year's file, "
    yield from _section("Placed in the year by", placed + found.period)
    yield from _section("Missing values", found.missing)
    yield from _section("Protection", found.protection)
    yield from _section("Input files", *(_file(one.file, one.rows) for one in found.files))
    yield from _section("How to find the rows", *_steps(found))
    yield from _section(
        "Quoted in the words", *(_quotation(found, n) for n in range(len(found.quoted))), none="Nowhere"
    )
    for heading, places in (("Tables", found.tables), ("Charts", found.charts)):
        lines = (f"{id_} ({where or 'in the downloads only'})" for id_, where in places.items())
        yield from _section(heading, *lines, none="None")
    if found.this is not None and not found.this.marker:
        yield from _section("Word that prints it", found.word)


def _section(heading: str, *lines: str, none: str = "") -> Iterator[str]:
    """Yield a heading with indented lines; without lines nothing, or ``none`` if given."""
    said = [line for line in lines if line] or ([none] if none else [])
    for n, line in enumerate(said):
        yield f"{heading if n == 0 else '':<{WIDTH}}{line}"


def _steps(found: Facts) -> Iterator[str]:
    """Number the steps, and add the number of rows kept, if known, to the last filter."""
    steps = list(found.steps)
    if found.rows is not None and len(steps) > 1:
        steps[-2] += f" {found.rows:,} {'row is' if found.rows == 1 else 'rows are'} left."
    elif found.rows is not None:
        steps[-1] += f" ({found.rows:,} {'row' if found.rows == 1 else 'rows'})"
    return (f"{n}. {step}" for n, step in enumerate(steps, 1))


def _value(year: Shown) -> str:
    spread = f", 95% interval {year.interval}" if year.interval else ""
    base = f", base {year.base:,}" if year.base is not None else ""
    return year.display + spread + base


def _file(file: str, rows: int | None) -> str:
    return f"{file}, {rows:,} rows" if rows is not None else f"{file} (the number of rows would tell a hidden figure)"


def _quotation(found: Facts, n: int) -> str:
    one = found.quoted[n]
    parts = {"share": "its share of the whole", "interval": "an end of its interval", "base": "its base"}
    if found.last:
        parts["change"] = f"the change since {found.last.period}"
    kind = parts.get(one.part, one.period)
    return f"{one.where}: “{one.display}” ({kind})"


def _as_data(found: Facts) -> dict[str, Any]:
    """Convert facts to plain values for JSON."""
    made = asdict(found)
    for name in ("numerator", "denominator"):
        words, number = made[name]
        made[name] = {"definition": words, "displayed": number}
    made["breakdown"] = [{"by": name, "category": category} for name, category in found.breakdown]
    made["input_files"] = made.pop("files")
    made["how_to_find_the_rows"] = list(made.pop("steps"))
    made["last_year"] = made.pop("last")
    made["this_year"] = made.pop("this")
    return made
