"""The data dictionary as a pandera schema: the final check before the measures.

Input: a validated table. Output: none; a SchemaError is a bug in the program, not a fault in the file.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from typing import TYPE_CHECKING, Any, Final

from reportgen.scheme.data_dictionary import PLACES, TABLES, InputColumn

if TYPE_CHECKING:
    import pandas as pd


def prove(name: str, frame: pd.DataFrame, places: Iterable[str]) -> None:
    """Check that a validated table has the schema the measures rely on.

    SchemaError (pandera) means a bug in the validation, not a fault in the file, and is not caught.
    """
    gate(name, tuple(places)).validate(frame)


@cache
def gate(name: str, places: tuple[str, ...] = PLACES) -> Any:
    """Build a table's pandera schema: types, nullability, keys, allowed categories, minimum values."""
    import pandera.pandas as pa

    table = TABLES[name]

    def column(one: InputColumn) -> Any:
        allowed = places if one.name == "place" else one.allowed
        checks = [pa.Check.isin(allowed)] if allowed else []
        if one.least is not None or one.kind == "money":
            checks.append(pa.Check.ge(one.least or 0))
        return pa.Column(_DTYPES.get(one.kind, "str"), checks, nullable=not one.required, unique=one.key)

    columns = {one.name: column(one) for one in table.columns}
    return pa.DataFrameSchema({"row": pa.Column("int64", pa.Check.gt(1), unique=True), **columns}, strict=False)


_DTYPES: Final = {
    "money": "Int64",
    "count": "Int64",
    "number": "Float64",
    "yes_no": "boolean",
    "date": "datetime64[s]",
    "codes": "object",
    "options": "object",
}
