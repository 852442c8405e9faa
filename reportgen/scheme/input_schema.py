"""The data dictionary as a schema: the last gate before the measures.

Goes in: a validated table. Comes out: nothing, or an error that is a defect of ours.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from typing import TYPE_CHECKING, Any, Final

from reportgen.scheme.data_dictionary import PLACES, TABLES, InputColumn

if TYPE_CHECKING:
    import pandas as pd


def prove(name: str, frame: pd.DataFrame, places: Iterable[str]) -> None:
    """The last gate: what the reading let through has the form that the measures rely on.

    A frame that fails is a defect of ours, not of the file: pandera's SchemaError goes up as it is.
    """
    gate(name, tuple(places)).validate(frame)


@cache
def gate(name: str, places: tuple[str, ...] = PLACES) -> Any:
    """The table as a pandera schema: types, missing values, keys, allowed words, least values."""
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
