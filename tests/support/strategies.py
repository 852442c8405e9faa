"""Right tables of every kind, made from the data dictionary: values, and the ways in which people write them."""

from __future__ import annotations

import unicodedata
from datetime import date

from hypothesis import strategies as st

from reportgen import release
from reportgen.files.cell_values import countries
from reportgen.inputs.odd_values import _characters
from reportgen.inputs.table_parser import FORMULA_ERROR
from reportgen.model import formatting
from reportgen.model.figure import MONTHS
from reportgen.scheme import data_dictionary

PLACES = (*release.PLACES, "Zeebrugge")
CODES = sorted(code for code in countries() if len(code) == 2)
LETTERS = sorted(sign for sign in _characters() if unicodedata.category(sign)[0] not in "CZ" and sign != ";")
"""What the fonts of the report can set; another sign is a fault of its own."""
WORDS = st.text(st.sampled_from(LETTERS), min_size=1, max_size=12)
TEXTS = st.lists(WORDS, min_size=1, max_size=4).map(" ".join).filter(lambda text: not FORMULA_ERROR.fullmatch(text))
LISTS = st.lists(TEXTS, min_size=1, max_size=4, unique_by=str.casefold).map(tuple)
NAMES = st.from_regex(r"[a-z][a-z0-9]{0,5}(_[a-z0-9]{1,5}){0,2}", fullmatch=True)
MONTH = st.dates(date(1990, 1, 1), date(2200, 12, 31)).map(lambda day: f"{day:%Y-%m}")


def values(column):
    """Right values of a column, as the measures see them."""
    kinds = {
        "text": TEXTS,
        "code": TEXTS,
        "name": NAMES,
        "date": st.dates(date(1990, 1, 1), date(2200, 12, 31)),
        "month": MONTH,
        "quarter": MONTH.filter(lambda month: month <= "2200-10").map(quarter),
        "money": st.integers(0, 10**12),
        "count": st.integers(column.least or 0, 10**6),
        "number": st.integers(0, 10**9).map(lambda n: n / 1000),
        "yes_no": st.booleans(),
        "category": st.sampled_from(PLACES if column.name == "place" else column.allowed or ("",)),
        "country": st.sampled_from(CODES),
        "codes": LISTS,
        "options": LISTS,
    }
    return kinds[column.kind] if column.required else st.none() | kinds[column.kind]


def quarter(month):
    year, number = int(month[:4]), int(month[5:]) + 2
    return f"{month} to {year + (number > 12)}-{(number - 1) % 12 + 1:02d}"


def writings(kind, value):
    """Every way in which people write a value that is read as this one."""
    if value is None:
        return ["", " "]
    return _WRITINGS[kind](value)


def _dates(day):
    name = MONTHS[day.month - 1]
    return [day.isoformat(), f"{day:%d/%m/%Y}", f"{day.day}/{day.month}/{day.year}", f"{day.day} {name} {day.year}", f"{day.day}-{name[:3]}-{day.year}", f"{day.isoformat()} 00:00:00"]  # fmt: skip


def _money(pence):
    pounds, rest = divmod(pence, 100)
    exact = f"{pounds:,}.{rest:02d}"
    whole = [f"{pounds}", f"£{pounds:,}", f" {pounds:,} ".replace(",", " ")] if rest == 0 else []
    return [formatting.pence(pence), exact, f"£ {exact}", exact.replace(",", ""), *whole]


def _month(month):
    name = MONTHS[int(month[5:]) - 1]
    return [month, f"{name} {month[:4]}", f"{name[:3].upper()} {month[:4]}", f"{month}-17"]


def _cased(word):
    return [word, word.upper(), word.lower(), f"  {word.title()} "]


_WRITINGS = {
    "text": lambda text: [text, f" {text}\t", text.replace(" ", "\u00a0"), text.replace(" ", "\n")],
    "code": lambda text: [text, f" {text} "],
    "name": lambda name: [name, name.upper(), f" {name.replace('_', ' ')} ", name.replace("_", "-")],
    "date": _dates,
    "month": _month,
    "quarter": lambda text: [text, " to ".join(_month(part)[1] for part in text.split(" to "))],
    "money": _money,
    "count": lambda number: [str(number), f"{number:,}", f" {number}.0"],
    "number": lambda number: [f"{number:.4f}", f"{number:,.4f}"],
    "yes_no": lambda yes: ["yes", "Y", "TRUE", "1"] if yes else ["no", "n", "False", "0"],
    "category": _cased,
    "country": _cased,
    "codes": lambda words: [";".join(words), " ; ".join(words), "; ".join((*words, words[0])) + ";"],
    "options": lambda words: [";".join(words), " ; ".join(words)],
}


@st.composite
def tables(draw):
    """A table's name, its columns, its rows of values, and the same rows as texts."""
    table = draw(st.sampled_from(list(data_dictionary.TABLES.values())))
    columns = [column for column in table.columns if column.required or draw(st.booleans())]
    columns = draw(st.permutations(columns))
    row = st.tuples(*(values(column) for column in columns))
    keys = [n for n, column in enumerate(columns) if column.key]
    unique = (lambda one: tuple(one[n] for n in keys)) if keys else None
    rows = draw(st.lists(row, min_size=1, max_size=6, unique_by=unique))
    written = [
        [draw(st.sampled_from(writings(column.kind, value))) for column, value in zip(columns, one, strict=True)]
        for one in rows
    ]
    return table, columns, rows, written
