"""``inputs/README.md``: every table and column of the inputs, for the people who export them.

Input: the data dictionary. Output: the page as Markdown.
"""

from __future__ import annotations

from typing import Final

from reportgen.scheme.data_dictionary import PLACES, TABLES, InputColumn, InputTable, Kind

FORMS: Final[dict[Kind, tuple[str, str]]] = {
    "text": ("text", "any text"),
    "code": ("code", "any text, the same each time"),
    "name": ("short name", "letters, figures and `_`, a letter first"),
    "date": (
        "date",
        "`2025-04-03`, `03/04/2025` (3 April: never month first), `3 April 2025`, or a spreadsheet's date",
    ),
    "month": ("month", "`2025-04`, `April 2025`, or a date in the month"),
    "quarter": ("quarter", "`2025-04 to 2025-06` or `April 2025 to June 2025`"),
    "money": ("money", "`1500`, `1,500` or `£1,500.00`; never negative"),
    "count": ("whole number", "`12` or `1,200`"),
    "number": ("number", "`19.5` or `1,200.5`"),
    "yes_no": ("yes or no", "`yes`, `no`, `y`, `n`, `true`, `false`, `1`, `0`"),
    "category": ("one of a list", "one of the words allowed, in capitals or not"),
    "country": ("country", "two letters of ISO 3166, such as `PL`; `NA` is Namibia"),
    "codes": ("list", "words separated by `;`"),
    "options": ("list in order", "words separated by `;`"),
}


def dictionary() -> str:
    """Render the data dictionary as Markdown for ``inputs/README.md``."""
    essential = [f"`{table.name}`" for table in TABLES.values() if table.essential]
    lines = [
        "# The data dictionary",
        "",
        "Made from `reportgen/scheme/data_dictionary.py`; do not edit it here.",
        "",
        "A year's folder, such as `inputs/2025/`, holds `release.toml` (its lines explain themselves) and one file for",
        "each table: `penalties.csv`, or `.xlsx`, `.ods`, `.parquet`. In a workbook the sheet with the table's name is",
        "read, or the only sheet. CSV may be separated by comma, semicolon or tab; UTF-8 is safest.",
        "",
        f"{', '.join(essential[:-1])} and {essential[-1]} must be there and have rows. The others may be absent: the",
        "chapter that needs one then leaves itself out.",
        "",
        "- The first row holds the column names; capitals, spaces and hyphens do not matter, nor does the order.",
        "- A column marked *yes* under “needed” must exist and be filled in every row. Other columns may be missing.",
        "- Columns that are not named here are ignored, with a notice. An empty cell is a missing value.",
        "- Empty rows at the end are ignored; an empty row between others is a problem.",
        "- Rows outside the reporting year may stay: an objection of this year can belong to a notice of last year.",
        "",
        "`reportgen check` names everything that does not fit, with its row and what to do.",
        "",
        "## How values are written",
        "",
        "| kind | written as |",
        "|---|---|",
        *(f"| {word} | {form} |" for word, form in dict.fromkeys(FORMS.values())),
    ]
    for table in TABLES.values():
        lines += ["", *_section(table)]
    return "\n".join(lines) + "\n"


def _section(table: InputTable) -> list[str]:
    """Render the section about one table."""
    key = " and ".join(f"`{name}`" for name in table.key)
    return [
        f"## {table.name}",
        "",
        f"A row is {table.row}. {'Must have rows.' if table.essential else 'May be absent.'}"
        + (f" {key} is different in every row." if key else "")
        + (f" {table.note}" if table.note else ""),
        "",
        "| column | needed | what it is | kind | allowed | unit | example |",
        "|---|---|---|---|---|---|---|",
        *(_line(column) for column in table.columns),
    ]


def _line(column: InputColumn) -> str:
    allowed = ", ".join(column.allowed)
    if column.refers_to:
        allowed = f"the `{column.refers_to[1]}` of a row in `{column.refers_to[0]}`"
    elif column.name == "place":
        allowed = f"{', '.join(PLACES)}, and those added in `release.toml`"
    elif column.least is not None:
        allowed = f"{column.least} or more"
    kind, example = FORMS[column.kind][0], f"`{column.example}`" if column.example else ""
    cells = (f"`{column.name}`", "yes" if column.required else "", column.meaning, kind, allowed, column.unit, example)
    return f"| {' | '.join(cells)} |".replace("|  |", "| |").replace("|  |", "| |")
