"""What the audit of disclosure control finds in a year made cell by cell."""

from cells import count

from reportgen.disclosure.attack_model.linear_program import LinearProgram
from reportgen.disclosure.attack_model.published_figures import describe
from reportgen.disclosure.audit import examine
from reportgen.disclosure.primary_suppression import primary
from reportgen.disclosure.prior_publications import PriorFigures

NOTICES, INCIDENTS, DECIDED = "penalties.issued", "incidents.count", "objections.decided"


def months(measure, *numbers, first=4):
    return [count(measure, number, month=f"2025-{first + n:02d}") for n, number in enumerate(numbers)]


def audited(statistics, hidden=None):
    """The keys named by the audit if only primary suppression is applied."""
    model = describe(statistics)
    _, problems = examine(statistics, LinearProgram(model), hidden or primary(statistics, model), PriorFigures({}))
    assert all(problem.code == "hidden-figure-given-away" and problem.stage == 13 for problem in problems)
    return {problem.value for problem in problems}
