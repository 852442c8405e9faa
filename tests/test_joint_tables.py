"""Relations that follow from breakdowns as they are declared: of any names, in any circle, or refused."""

from dataclasses import replace
from importlib import import_module

import attacked
import pytest
from cells import key

from reportgen import disclosure, measures
from reportgen.disclosure.attack_model.published_figures import describe
from reportgen.disclosure.attack_model.three_way_margins import refuse_uncovered
from reportgen.measures.cliques import cliques
from reportgen.model.problem import serious

DECLARED = import_module("reportgen.scheme.measure_definitions")
ISSUED = "penalties.issued"


def names(*pairs):
    return [set(one.names) for one in cliques(pairs) if len(one.names) > 2]


def test_pairs_that_close_no_circle_tie_nothing():
    assert names(("a", "b"), ("b", "c"), ("c", "d")) == []


def test_a_triangle_is_one_table():
    assert names(("a", "b"), ("b", "c"), ("a", "c")) == [{"a", "b", "c"}]


def test_two_triangles_with_a_common_side_are_two_tables():
    pairs = (("place", "section"), ("place", "role"), ("section", "role"), ("type", "section"), ("type", "role"))
    found = names(*pairs)
    assert sorted(map(sorted, found)) == [["place", "role", "section"], ["role", "section", "type"]]


def test_a_circle_of_four_is_covered_though_no_three_of_its_pairs_are_published():
    found = names(("a", "b"), ("b", "c"), ("c", "d"), ("d", "a"))
    assert len(found) == 2
    assert set.union(*found) == {"a", "b", "c", "d"}
    assert len(set.intersection(*found)) == 2


PLANTED = {
    "vehicle types by section and role": (("vehicle_type", "section"), ("vehicle_type", "role")),
    "occasions by section and role": (("occasion", "section"), ("occasion", "role")),
    "accreditation by everything": (("accredited", "role"), ("accredited", "section"), ("accredited", "place")),
    "a circle of four": (("vehicle_type", "occasion"), ("occasion", "accredited"), ("accredited", "place"), ("vehicle_type", "place")),
    "months and quarters by section": (("regime", "section"), ("month", "section"), ("quarter", "section")),
}  # fmt: skip


def plant(monkeypatch, *pairs, measure=ISSUED):
    """Declare more breakdowns of a measure."""
    more = {name for pair in pairs for name in pair}
    made = tuple(
        replace(one, breakdowns=one.breakdowns + pairs, additive=one.additive | more) if one.id == measure else one
        for one in DECLARED.FIXED
    )
    monkeypatch.setattr(DECLARED, "FIXED", made)


@pytest.mark.parametrize("name", PLANTED)
def test_a_planted_breakdown_is_protected(name, monkeypatch):
    plant(monkeypatch, *PLANTED[name])
    statistics, release = attacked.exact(3)
    found = disclosure.protect(statistics, release)
    assert not serious(found.problems)
    for pair in PLANTED[name]:
        assert found.value.of(ISSUED, *pair)


@pytest.mark.parametrize("name", ["vehicle types by section and role", "a circle of four"])
def test_its_margins_are_those_of_a_table_without_negative_cells(name, monkeypatch):
    plant(monkeypatch, *PLANTED[name])
    statistics, _ = attacked.exact(3)
    assert any({*PLANTED[name][0]} <= {*table} for table in statistics.joints[ISSUED])
    model = describe(statistics)
    tied = {here for terms in model.equations for here in terms if any("#joint" in one.measure for one in terms)}
    printed = [
        here
        for here in model.values
        if here.measure == ISSUED and (here.breakdown_1, here.breakdown_2) == PLANTED[name][0]
    ]
    assert printed
    assert all(here in tied for here in printed)


def test_two_tables_agree_in_a_side_that_is_not_published(monkeypatch):
    plant(monkeypatch, *PLANTED["a circle of four"])
    statistics, _ = attacked.exact(3)
    equations = describe(statistics).equations
    only_cells = [terms for terms in equations if all("#joint" in here.measure for here in terms)]
    assert only_cells


def test_tables_that_are_missing_stop_the_year(monkeypatch):
    statistics, _ = attacked.exact(3)
    with pytest.raises(ValueError, match=r"behind the two-way tables of penalties\.issued are missing"):
        describe(replace(statistics, joints={}))


@pytest.mark.parametrize(
    ("measure", "pair", "why"),
    [
        ("penalties.incidents", ("place", "section"), "section does not divide its records"),
        ("value.initial_mean", ("section", "role"), "value.initial, which it gives away"),
        ("notice.days.median", ("section", "status"), "penalties.issued, which it gives away"),
        (ISSUED, ("section", "role", "place"), "one or two breakdowns at once"),
    ],
)
def test_a_breakdown_that_is_not_covered_is_refused(measure, pair, why):
    made = measures.definitions(())
    made[measure] = replace(made[measure], breakdowns=(*made[measure].breakdowns, pair))
    with pytest.raises(ValueError, match=why):
        refuse_uncovered(made)


def test_what_is_declared_is_covered():
    refuse_uncovered(measures.definitions(()))


def test_cells_behind_objections_are_within_those_of_notices():
    statistics, _ = attacked.exact(3)
    limits = [dict(limit.terms) for limit in describe(statistics).limits]
    whole = key(ISSUED, section="32", role="driver")
    assert any(
        terms.get(whole) == -1.0 and any("objections.rate#n#joint" in one.measure for one in terms) for terms in limits
    )
