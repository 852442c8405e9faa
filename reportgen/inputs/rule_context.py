"""The data that a cross-check sees, and how it reports problems.

Input: parsed tables, the release, the source of each table. Output: problems with file, row, column and value. Invalid
values are reported once: ``rows`` leaves out rows in which a value could not be parsed.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, Literal

from reportgen.files.faults import Faults
from reportgen.model.problem import Problem, Stage
from reportgen.scheme.data_dictionary import TABLES, Kind

NUMBER: Final = re.compile(r"\d+(\.\d+)?")

if TYPE_CHECKING:
    import pandas as pd

    from reportgen.inputs.table_parser import Parsed
    from reportgen.model.release import Release


@dataclass(frozen=True)
class RuleContext:
    """The tables that have rows, by name; ``shown`` is each table's file and sheet."""

    tables: Mapping[str, Parsed]
    release: Release
    shown: Mapping[str, tuple[str, str | None]]
    faults: Faults

    def frame(self, table: str) -> pd.DataFrame:
        """Return the whole table."""
        return self.tables[table].frame

    def rows(self, table: str, *columns: str) -> pd.DataFrame:
        """Return the rows without an invalid value in any of these columns."""
        parsed = self.tables[table]
        wrong = [parsed.wrong[column] for column in columns if column in parsed.wrong and parsed.wrong[column].any()]
        frame = parsed.frame
        for one in wrong:
            frame = frame[~one[frame.index.to_numpy()]]
        return frame

    def report(
        self,
        table: str,
        rows: pd.DataFrame,
        column: str,
        code: str,
        message: str | Callable[[Any], str],
        hint: str,
        severity: Literal["problem", "notice"] = "problem",
    ) -> None:
        """Report a problem for each row; a message that depends on the row is a function of its values."""
        if rows.empty:
            return
        file, sheet = self.shown[table]
        kind = TABLES[table].column(column).kind
        place = {int(row): n for n, row in enumerate(rows["row"].to_numpy()[:21])}
        parsed = self.tables[table]
        at = {int(row): n for n, row in enumerate(parsed.frame["row"].to_numpy()) if int(row) in place}

        def said(row: int) -> Problem:
            n = place[row]
            text = message if isinstance(message, str) else message(rows.iloc[n])
            typed = parsed.text(column, at[row])
            value = shown(rows[column].iloc[n], kind) if _is_typed(typed, file) else str(typed).strip()[:200]
            return Problem(
                Stage.INPUTS, code, text, hint, severity, file=file, sheet=sheet, row=row, column=column, value=value
            )

        self.faults.many(rows["row"].to_numpy(), said)


def _is_typed(text: str | None, file: str) -> bool:
    """Return whether a cell is a number from a workbook, which displays more than its text contains."""
    return text is None or (not file.endswith(".csv") and bool(NUMBER.fullmatch(text)))


def among(column: pd.Series, others: pd.Series) -> pd.Series:
    """Return which values are among the others; missing values are not.

    Same as ``Series.isin``, which is too slow for a million notices because it builds a list.
    """
    import pandas as pd

    index = pd.Index(others.dropna().astype(object).unique())
    return pd.Series(index.get_indexer(column.astype(object)) >= 0, index=column.index)


def shown(value: Any, kind: Kind) -> str:
    """Format a value for a message."""
    import pandas as pd

    if isinstance(value, tuple):
        return "; ".join(value)
    if pd.isna(value):
        return ""
    if kind == "money":
        pounds, pence = divmod(int(value), 100)
        return f"{pounds}.{pence:02d}" if pence else str(pounds)  # as in the file, so that it can be searched for
    if kind == "date":
        return str(pd.Timestamp(value).date().isoformat())
    if kind == "yes_no":
        return "yes" if value else "no"
    return str(value)[:200]
