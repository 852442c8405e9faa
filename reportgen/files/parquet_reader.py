"""Read parquet files with columns of any type.

Input: bytes. Output: a raw table of text, as a person would have typed it. Hides Arrow's types.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import Any, Final

from reportgen.files.cell_text import text
from reportgen.files.raw_table import (
    FILE_LIMIT,
    RawTable,
    TextColumn,
    Unreadable,
    cells,
    check_cells,
    check_headers,
    check_size,
    fault,
    head_rows,
)
from reportgen.model.problem import Problem

INDEX: Final = "__index_level_"
"""Prefix of the index columns that pandas adds to a file."""


def read_parquet(data: bytes, name: str, file: str) -> tuple[RawTable, list[Problem]]:
    """Read the table from a parquet file; Unreadable if it is damaged, encrypted or too large."""
    import numpy as np
    import pyarrow as pa

    hint = "Export it again; the file is damaged or not parquet."
    if data[-4:] == b"PARE":
        raise Unreadable(fault("encrypted", "The file is encrypted.", "Export it without a password.", file))
    try:
        headers, columns = _columns(data, file)
    except (pa.ArrowException, OSError, ValueError, OverflowError, MemoryError):
        raise Unreadable(fault("file-broken", "The file cannot be read as parquet.", hint, file)) from None
    heads = [headers, *head_rows(columns)]
    check_headers(heads, name, file)
    rows = np.arange(2, (len(columns[0].codes) if columns else 0) + 2)
    check_cells(columns, rows, file)
    return RawTable(name, file, None, "", tuple(headers), columns, rows), []


def _columns(data: bytes, file: str) -> tuple[list[str], tuple[TextColumn, ...]]:
    """Return names and columns, after checking the size declared in the metadata."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    reader = pq.ParquetFile(io.BytesIO(data))
    schema, metadata = reader.schema_arrow, reader.metadata
    check_size(metadata.num_rows, len(schema), file)
    size = sum(metadata.row_group(n).total_byte_size for n in range(metadata.num_row_groups))
    if size > 2 * FILE_LIMIT:
        message = f"The table would take {size / 1024 / 1024:,.0f} MB; it was not opened."
        raise Unreadable(fault("file-too-large", message, "Send only this scheme's rows.", file))
    plain = [field.name for field in schema if pa.types.is_string(field.type) or pa.types.is_binary(field.type)]
    table = pq.ParquetFile(io.BytesIO(data), read_dictionary=plain).read()
    table.validate(full=True)  # dictionary indices out of range, invalid UTF-8
    kept = [n for n, title in enumerate(table.column_names) if not title.startswith(INDEX)]
    return [table.column_names[n] for n in kept], tuple(_cells(table.column(n)) for n in kept)


def _cells(column: Any) -> TextColumn:
    """Convert a column to text by its dictionary, so that each distinct value is converted once."""
    import numpy as np
    import pandas as pd
    import pyarrow as pa

    try:
        encoded = column if pa.types.is_dictionary(column.type) else column.dictionary_encode()
        encoded = encoded.unify_dictionaries().combine_chunks()
    except (pa.ArrowNotImplementedError, pa.ArrowInvalid):  # nested types
        return cells(np.array([text(value) for value in column.to_pylist()], dtype=object))
    if isinstance(encoded, pa.ChunkedArray):
        encoded = encoded.chunk(0) if encoded.num_chunks else pa.DictionaryArray.from_arrays([], pa.array([], "string"))
    words = [*_texts(encoded.dictionary), ""]
    codes = encoded.indices.fill_null(len(words) - 1).to_numpy(zero_copy_only=False)
    places, distinct = pd.factorize(np.array(words, dtype=object))
    return TextColumn(places.astype(np.int32)[codes], distinct.tolist())


def _texts(dictionary: Any) -> Sequence[str]:
    return [text(value) for value in dictionary.to_pylist()]
