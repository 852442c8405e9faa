"""Tables of a few protected figures, for the tests of tables."""

from __future__ import annotations

from datetime import date

from reportgen import tables
from reportgen.model.edition import Edition
from reportgen.model.figure import Key
from reportgen.model.protected import HIDDEN, Audit, Figure, ProtectedStatistics
from reportgen.model.records import Question, Records
from reportgen.model.release import Disclosure, Release
from reportgen.model.table import Measured, Table, TableSpec
from reportgen.scheme import publication_spec
from reportgen.scheme.measure_definitions import definitions

ISSUED = Measured("penalties.issued", "Notices")
COMPARED = Measured("penalties.issued", "Notices", compare=True)
CLEAR = Question("clear", "How clear was it?", "single", ("Clear", "Fair", "Unclear"), ("Clear",))
RELEASE = Release(Edition(2025), Edition(2025).period(), date(2026, 6, 30))


def key(text: str) -> Key:
    """A key from ``measure, breakdown=category, …``."""
    measure, *pairs = text.split(", ")
    return Key(measure, *(part for pair in pairs for part in pair.split("=")))


def statistics(
    figures: dict[str, object], *, year: int = 2025, previous=None, questions=(CLEAR,), **more
) -> ProtectedStatistics:
    """Protected statistics of these figures: a number, None for a hidden one, or the fields of a figure."""
    known = definitions(questions)
    made: dict[Key, Figure] = {}
    for text, value in figures.items():
        one = key(text)
        fields = value if isinstance(value, dict) else {"value": value}
        marker = HIDDEN if fields["value"] is None else ""
        made[one] = Figure(one, known[one.measure].unit, marker=marker, **fields)
    words: dict[str, dict[str, None]] = {}
    for one in made:
        for name, word in ((one.breakdown_1, one.category_1), (one.breakdown_2, one.category_2)):
            if name:
                words.setdefault(name, {})[word] = None
    return ProtectedStatistics(
        period=Edition(year).period(),
        figures=made,
        definitions={id_: one for id_, one in known.items() if any(k.measure == id_ for k in made)},
        categories={name: tuple(found) for name, found in words.items()},
        records=more.pop("records", Records(questions=questions)),
        settings=Disclosure(),
        audit=Audit(0, 0, 0),
        previous=previous,
        **more,
    )


def table(spec: TableSpec, given: ProtectedStatistics) -> Table:
    return tables.build([spec], given, RELEASE)[spec.id]


def texts(made: Table) -> list[list[str]]:
    return [[row.label, *(cell.text for cell in row.cells)] for row in made.rows]


def heads(made: Table) -> list[str]:
    return [column.heading for column in made.columns]


BY_ROLE = TableSpec("by-role", "Role", (ISSUED,), ("role", ""))
FLOW = next(spec for spec in publication_spec.FIXED if spec.id == "money-flow")
SURVEY = TableSpec("survey-clear", "Answer", question="clear")
