"""Every figure agrees with an independent computation in SQL over the raw files, both ways: none missing, none extra."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest
import random_years
from recomputation import Cell, recompute

from reportgen import inputs, measures, release
from reportgen.measures import Statistics
from reportgen.model.edition import Edition

SHIPPED = Path(__file__).parent.parent / "inputs"


def calculated(folder: Path, year: int) -> Statistics:
    """Our statistics before protection, with last year's where its folder is there."""
    given = []
    for one in (year, year - 1):
        if (folder / str(one)).is_dir():
            settings = release.read(folder / str(one), Edition(one))
            assert settings.value is not None, settings.problems
            tables = inputs.read(folder / str(one), settings.value)
            assert tables.value is not None, tables.problems
            given.append((tables.value, settings.value))
    return measures.calculate(*given[0], measures.calculate(*given[1]) if len(given) > 1 else None)


def differences(ours: Statistics, theirs: dict[tuple[str, ...], Cell]) -> list[str]:
    """Each figure that one side lacks or has otherwise; pounds to far less than a penny."""
    own = {
        (key.measure, key.breakdown_1, key.category_1, key.breakdown_2, key.category_2): one
        for key, one in ours.cells.items()
    }
    said = [f"only in SQL: {key}" for key in theirs.keys() - own.keys()]
    said += [f"not in SQL: {key}" for key in own.keys() - theirs.keys()]
    for key in own.keys() & theirs.keys():
        for name in ("value", "lower", "upper", "base"):
            mine, other = getattr(own[key], name), getattr(theirs[key], name)
            if (mine is None) != (other is None) or (
                mine is not None and mine != pytest.approx(other, rel=1e-12, abs=1e-9)
            ):
                said.append(f"{key}: {name} {mine} here, {other} in SQL")
    return sorted(said)


@pytest.fixture(scope="module")
def exact() -> Statistics:
    return calculated(SHIPPED, 2025)


def test_the_shipped_year_agrees_on_every_figure(exact):
    assert differences(exact, recompute(SHIPPED / "2025", 2025, SHIPPED / "2024")) == []


def test_last_year_in_the_same_report_agrees_on_every_figure(exact):
    assert exact.previous is not None
    assert differences(exact.previous, recompute(SHIPPED / "2024", 2024)) == []


@pytest.mark.parametrize(
    ("seed", "year", "starts", "notices"),
    [
        (1, 2025, "04-01", 60),
        (2, 2025, "01-01", 40),
        (3, 2026, "07-15", 30),
        (4, 2026, "10-31", 20),
        (5, 2030, "04-01", 1),
        (6, 2027, "12-31", 90),
    ],
)
def test_random_years_agree_on_every_figure(tmp_path, seed, year, starts, notices):
    random_years.write(tmp_path / str(year - 1), year - 1, 1000 + seed, starts=starts, notices=notices)
    random_years.write(tmp_path / str(year), year, seed, starts=starts, notices=notices)
    ours = calculated(tmp_path, year)
    assert differences(ours, recompute(tmp_path / str(year), year, tmp_path / str(year - 1))) == []


def test_a_difference_would_be_seen(exact):
    """The comparison itself can fail: a figure off by a penny, one too few, one too many."""
    theirs = recompute(SHIPPED / "2025", 2025, SHIPPED / "2024")
    paid = ("value.paid", "", "", "", "")
    theirs[paid] = theirs[paid]._replace(value=theirs[paid].value + 0.01)
    del theirs["penalties.issued", "section", "32", "", ""]
    theirs["penalties.issued", "section", "99", "", ""] = Cell(0, None, None, 0)
    found = differences(exact, theirs)
    assert [line.partition(":")[0] for line in found if "value.paid" not in line] == ["not in SQL", "only in SQL"]
    assert len(found) == 3


@pytest.mark.parametrize(("file", "year"), [("statistics.csv", 2025), ("previous.csv", 2024)])
def test_the_published_file_has_every_figure_as_in_sql_or_hidden(shipped, file, year):
    """From the raw files to the open data in one step: no figure missing, none extra, none another unless hidden."""
    before = SHIPPED / str(year - 1)
    theirs = recompute(SHIPPED / str(year), year, before if before.is_dir() else None)
    rows = list(csv.reader(io.StringIO(shipped.publication.files[f"data/{file}"].decode())))
    head = rows[0]
    shown = 0
    for row in rows[1:]:
        told = dict(zip(head, row, strict=True))
        cell = theirs.pop(tuple(row[:5]))
        if told["marker"] == "[c]":
            assert (told["value"], told["lower"], told["upper"], told["base"]) == ("", "", "", "")
            continue
        shown += 1
        for name in ("value", "lower", "upper"):
            wanted = getattr(cell, name)
            assert told[name] == ("" if wanted is None else told[name])
            assert wanted is None or float(told[name]) == pytest.approx(wanted, rel=1e-12, abs=1e-9), row
        assert told["base"] in ("", str(cell.base))
    assert theirs == {}
    assert shown > 700
