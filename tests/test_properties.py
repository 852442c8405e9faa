"""Whatever is right is read as what it is: every table, in every format and style; and the shipped year in all of them."""

import csv
import io
from datetime import date
from decimal import Decimal
from pathlib import Path

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from strategies import tables

from reportgen import disclosure, inputs, measures, release
from reportgen.files import table_files
from reportgen.files.faults import Faults
from reportgen.files.table_writers import encode
from reportgen.formats.open_data.statistics_csv import statistics_csv
from reportgen.inputs import table_parser
from reportgen.model.edition import Edition

ROOT = Path(__file__).parents[1]
SETTINGS = release.Release(
    edition=Edition(2025),
    period=Edition(2025).period(),
    as_at=date.max,
    places=(*release.PLACES, "Zeebrugge"),
)


@st.composite
def as_csv(draw, heads, rows):
    """Any of the ways of writing a csv file."""
    heads = [
        draw(st.sampled_from([head, head.upper(), f" {head.replace('_', ' ').title()}", head.replace("_", "-")]))
        for head in heads
    ]
    out = io.StringIO(newline="")
    separator, line = draw(st.sampled_from(",;\t")), draw(st.sampled_from(["\n", "\r\n", "\r"]))
    quoting = csv.QUOTE_ALL if line == "\r" else draw(st.sampled_from([csv.QUOTE_MINIMAL, csv.QUOTE_ALL]))
    writer = csv.writer(out, delimiter=separator, lineterminator=line, quoting=quoting)
    writer.writerows([heads, *rows, *[[""] * len(heads)] * draw(st.integers(0, 2))])
    text = out.getvalue()
    if draw(st.booleans()) and separator != ",":
        text = f"sep={separator}{line}{text}"
    encodings = ["utf-8", "utf-8-sig"]
    try:
        text.encode("cp1252").decode("utf-8")
    except UnicodeEncodeError:
        pass
    except UnicodeDecodeError:
        encodings.append("cp1252")
    return text.encode(draw(st.sampled_from(encodings))) if not text.startswith("sep=") else text.encode()


def typed(column, cells):
    """A column as a data system writes it into parquet."""
    kinds = {
        "date": (pa.date32(), lambda day: day),
        "money": (pa.decimal128(15, 2), lambda pence: Decimal(pence) / 100),
        "count": (pa.int64(), int),
        "number": (pa.float64(), float),
        "yes_no": (pa.bool_(), bool),
        "codes": (pa.list_(pa.string()), list),
    }
    kind, made = kinds.get(
        column.kind, (pa.string(), lambda text: "; ".join(text) if isinstance(text, tuple) else text)
    )
    return pa.array([None if cell is None else made(cell) for cell in cells], kind)


@st.composite
def written(draw):
    """A table, and a file that holds it."""
    table, columns, rows, texts = draw(tables())
    heads = [column.name for column in columns]
    fmt = draw(st.sampled_from(["csv", "csv", "xlsx", "ods", "parquet", "typed"]))
    if fmt == "csv":
        return table, columns, rows, "csv", draw(as_csv(heads, texts))
    if fmt == "typed":
        made = io.BytesIO()
        arrays = {column.name: typed(column, [row[n] for row in rows]) for n, column in enumerate(columns)}
        pq.write_table(
            pa.table(arrays), made, row_group_size=draw(st.integers(1, 3)), use_dictionary=draw(st.booleans())
        )
        return table, columns, rows, "parquet", made.getvalue()
    data = encode(table.name, {head: [row[n] for row in texts] for n, head in enumerate(heads)}, fmt)
    return table, columns, rows, fmt, data


def plain(value, kind):
    """A parsed cell as the strategy's value."""
    if isinstance(value, tuple):
        return value
    if pd.isna(value):
        return None
    if kind == "date":
        return pd.Timestamp(value).date()
    return {"money": int, "count": int, "number": float, "yes_no": bool}.get(kind, str)(value)


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(written())
def test_what_is_written_is_read_again(tmp_path_factory, made):
    table, columns, rows, fmt, data = made
    path = tmp_path_factory.mktemp("written") / f"{table.name}.{fmt}"
    path.write_bytes(data)
    raw, notices = table_files.read(path, table.name)
    faults = Faults()
    parsed = table_parser.table(raw, table, SETTINGS, faults)
    serious = [problem for problem in (*notices, *faults.all()) if problem.severity == "problem"]
    assert serious == []
    assert parsed.frame["row"].tolist() == list(range(2, len(rows) + 2))
    for n, column in enumerate(columns):
        got = [plain(value, column.kind) for value in parsed.frame[column.name].astype(object)]
        assert got == [row[n] for row in rows], column.name
    for column in table.columns:
        assert column in columns or parsed.frame[column.name].isna().all()


def shipped(year):
    for path in sorted((ROOT / "inputs" / str(year)).glob("*.csv")):
        with path.open(encoding="utf-8", newline="") as file:
            heads, *rows = csv.reader(file)
        yield path.stem, heads, rows


def semicolons(_name, heads, rows):
    out = io.StringIO(newline="")
    csv.writer(out, delimiter=";", lineterminator="\r\n").writerows([heads, *rows])
    return out.getvalue().encode("cp1252")


FORMATS = {
    "xlsx": lambda name, heads, rows: encode(name, {head: [row[n] for row in rows] for n, head in enumerate(heads)}, "xlsx"),
    "ods": lambda name, heads, rows: encode(name, {head: [row[n] for row in rows] for n, head in enumerate(heads)}, "ods"),
    "parquet": lambda name, heads, rows: encode(name, {head: [row[n] for row in rows] for n, head in enumerate(heads)}, "parquet"),
    "csv": semicolons,
}  # fmt: skip


def published(folder):
    """``data/statistics.csv`` of 2025, compared with 2024, from the inputs in a folder."""
    made = []
    for year in (2025, 2024):
        settings = release.read(ROOT / "inputs" / str(year), Edition(year)).value
        found = inputs.read(folder / str(year), settings)
        assert found.value is not None, [problem.message for problem in found.problems if problem.severity == "problem"]
        made.append((found.value, settings))
    (now, settings), before = made
    return statistics_csv(
        disclosure.protect(measures.calculate(now, settings, measures.calculate(*before)), settings).value
    )


@pytest.fixture(scope="module")
def truth():
    return published(ROOT / "inputs")


@pytest.mark.parametrize("fmt", FORMATS)
def test_the_shipped_year_gives_the_same_statistics_in_every_format(tmp_path, truth, fmt):
    for year in (2024, 2025):
        (tmp_path / str(year)).mkdir()
        for name, heads, rows in shipped(year):
            (tmp_path / str(year) / f"{name}.{fmt}").write_bytes(FORMATS[fmt](name, heads, rows))
    assert len(truth) > 50_000
    assert published(tmp_path) == truth
