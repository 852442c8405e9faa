"""A year's input folder in which one file is replaced, and the problems that are found in it."""

import io
import zipfile

import openpyxl
import pyarrow as pa
import pyarrow.parquet as pq
import small_year

from reportgen import inputs, release
from reportgen.files.table_writers import encode
from reportgen.model.edition import Edition


def read(folder):
    """The year's tables as the inputs read them, under settings without a fault."""
    settings = release.read(folder, Edition(2025))
    assert settings.problems == ()
    return inputs.read(folder, settings.value)


def problems(folder):
    return [problem for problem in read(folder).problems if problem.severity == "problem"]


def notices(folder):
    found = read(folder)
    assert found.value is not None, [p.message for p in found.problems if p.severity == "problem"]
    return {problem.code for problem in found.problems} - {"months-missing"}


def team(folder, name="team.csv", data=b""):
    """Replace the team's table with another file."""
    (folder / "team.csv").unlink()
    (folder / name).write_bytes(data)


def rows_of(table="team"):
    """The rows of a table; of the team's table only the headers and two months."""
    return small_year.year()[table][: 3 if table == "team" else None]


def columns_of(table="team"):
    headers, *rows = rows_of(table)
    return {head: [row[n] for row in rows] for n, head in enumerate(headers)}


TEAM = small_year.as_csv(rows_of())
BOOK = encode("team", columns_of(), "xlsx")


def repacked(book, **changes):
    """A workbook with some of its parts replaced."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(book)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name, data in {**{name: old.read(name) for name in old.namelist()}, **changes}.items():
            new.writestr(name, data)
    return out.getvalue()


def sheet_xml(book, change):
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(book)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            data = old.read(name)
            new.writestr(name, change(data) if name.endswith(("sheet1.xml", "content.xml")) else data)
    return out.getvalue()


def parquet(**columns):
    made = io.BytesIO()
    pq.write_table(pa.table(columns), made)
    return made.getvalue()


def openpyxl_book(change=lambda _: None, rows=None):
    book = openpyxl.Workbook()
    book.active.title = "team"
    for row in rows or rows_of():
        book.active.append(row)
    change(book)
    made = io.BytesIO()
    book.save(made)
    return made.getvalue()
