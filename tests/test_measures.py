"""The measures: every one as specified in ``tests/spec/``, reviewable as data, and the readings behind them."""

from __future__ import annotations

import pytest
import specification
from specification import FOLDER, YEAR, Specification
from test_recomputation import calculated

from reportgen.measures import definitions
from reportgen.records import Question

FILES = sorted(FOLDER.glob("*.md"))
SPECIFICATIONS = {path.stem: specification.read(path) for path in FILES if path.stem != "README"}
FILLED = ("count", "sum", "flow")


@pytest.mark.parametrize("name", SPECIFICATIONS)
def test_the_measures_are_as_specified(name, tmp_path):
    spec: Specification = SPECIFICATIONS[name]
    spec.write(tmp_path)
    made = calculated(tmp_path, YEAR)
    for measure, expected in spec.then.items():
        cells = {key: cell for key, cell in made.cells.items() if key.measure == measure}
        for key, wanted in expected.items():
            assert key in cells, f"{key} is not there"
            cell = cells[key]
            assert cell.value == pytest.approx(float(wanted.value), rel=1e-12), key
            assert wanted.base is None or str(cell.base) == wanted.base, key
            for limit, own in ((wanted.lower, cell.lower), (wanted.upper, cell.upper)):
                if limit is not None:
                    digits = len(limit.partition(".")[2])
                    assert own == pytest.approx(float(limit), abs=0.5001 * 10**-digits), key
        named = {(key.breakdown_1, key.breakdown_2) for key in expected} | ({("", "")} if not expected else set())
        for key, cell in cells.items():
            if not expected or ((key.breakdown_1, key.breakdown_2) in named and key not in expected):
                filled = bool(expected) and made.definitions[measure].kind in FILLED
                assert (filled, cell.value) == (True, 0), f"{key} is {cell.value}, and not specified"


def test_every_measure_has_a_specification():
    specified = {measure for spec in SPECIFICATIONS.values() for measure in spec.then}
    asked = Question("clear", "How clear was the notice?", "single", ("Clear", "Unclear"), ("Clear",))
    assert set(definitions([asked])) <= specified


def test_every_breakdown_of_a_measure_is_specified_somewhere():
    """Each way in which a measure is broken down has at least one category in a specification."""
    asked = Question("clear", "How clear was the notice?", "single", ("Clear", "Unclear"), ("Clear",))
    specified = {
        (key.measure, tuple(name for name in (key.breakdown_1, key.breakdown_2) if name))
        for spec in SPECIFICATIONS.values()
        for rows in spec.then.values()
        for key in rows
    }
    wanted = {(id_, names) for id_, one in definitions([asked]).items() for names in one.breakdowns}
    assert wanted - specified == set()
