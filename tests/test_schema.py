"""The data dictionary: documented, consistent with the settings, and the last gate before the measures."""

import re
import sys
from pathlib import Path

import pandera.errors
import pytest
import small_year
from input_folder import read

from reportgen import release
from reportgen.files import cell_values
from reportgen.inputs.table_parser import reader_of
from reportgen.model.edition import Edition
from reportgen.scheme import data_dictionary, dictionary_page, input_schema
from tools import docs

ROOT = Path(__file__).parents[1]


@pytest.mark.parametrize("path", ["inputs/README.md"])
def test_the_documents_made_from_the_program_are_fresh(path):
    assert (ROOT / path).read_text("utf-8") == docs.dictionary(), "run: make docs"


def test_the_dictionary_names_every_table_and_column():
    text = dictionary_page.dictionary()
    for table in data_dictionary.TABLES.values():
        section = text.partition(f"\n## {table.name}\n")[2].partition("\n## ")[0]
        assert re.findall(r"^\| `(\w+)` \|", section, flags=re.MULTILINE) == [column.name for column in table.columns]
        for column in table.columns:
            assert column.meaning in section


def settings():
    return release.Release(edition=Edition(2025), period=Edition(2025).period(), as_at=Edition(2025).period().last)


@pytest.mark.parametrize(
    "column",
    [
        pytest.param(one, id=f"{table.name}.{one.name}")
        for table in data_dictionary.TABLES.values()
        for one in table.columns
    ],
)
def test_the_example_of_a_column_can_be_read(column):
    if column.example:
        assert not isinstance(reader_of(column, settings())(column.example), cell_values.Fault)
    assert column.kind in dictionary_page.FORMS
    assert not column.key or column.required
    assert column.kind != "category" or column.allowed or column.name == "place"


def test_settings_and_dictionary_speak_of_the_same_tables_places_and_roles():
    assert tuple(data_dictionary.TABLES) == release.TABLES
    assert data_dictionary.PLACES == release.PLACES
    assert data_dictionary.SURVEY_ROLES == release.ROLES


def test_references_lead_to_keys():
    for table in data_dictionary.TABLES.values():
        for column in table.columns:
            if column.refers_to:
                other, key = column.refers_to
                assert data_dictionary.TABLES[other].key == (key,)


@pytest.fixture(scope="module")
def penalties(tmp_path_factory):
    return read(small_year.put(tmp_path_factory.mktemp("gate") / "inputs" / "2025")).value.penalties


def prove(frame):
    input_schema.prove("penalties", frame, release.PLACES)


def test_the_gate_lets_right_tables_through(penalties):
    prove(penalties)


@pytest.mark.parametrize(
    "change",
    [
        lambda frame: frame.assign(status="payed"),
        lambda frame: frame.assign(initial_value=frame["initial_value"].astype("float64")),
        lambda frame: frame.assign(initial_value=-frame["initial_value"]),
        lambda frame: frame.assign(entrants=frame["entrants"] - 5),
        lambda frame: frame.assign(notice_ref="N-1"),
        lambda frame: frame.assign(notice_date=frame["notice_date"].where(frame["row"] > 2)),
        lambda frame: frame.assign(notice_date=frame["notice_date"].astype("str")),
        lambda frame: frame.drop(columns="role"),
        lambda frame: frame.assign(row=0),
    ],
)
def test_the_gate_stops_what_the_measures_cannot_rely_on(penalties, change):
    with pytest.raises(pandera.errors.SchemaError):
        prove(change(penalties))


def test_reading_goes_through_the_gate(tmp_path, monkeypatch):
    seen = []
    monkeypatch.setattr(
        sys.modules["reportgen.inputs.year_reader"],
        "prove",
        lambda name, frame, places: seen.append((name, len(frame), places)),
    )
    read(small_year.put(tmp_path / "inputs" / "2025"))
    assert [name for name, _, _ in seen] == list(data_dictionary.TABLES)
    assert all(rows and "Zeebrugge" in places for _, rows, places in seen)
