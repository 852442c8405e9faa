"""Constraints on the survey: invitations, themes, single-choice and multiple-choice questions.

Input: the quantities of the survey. Output: the equations and inequalities that a reader can write down between them.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Final

from reportgen.disclosure.attack_model.quantities import AttackModel, named
from reportgen.model.figure import Key
from reportgen.scheme import measure_ids as ids
from reportgen.scheme.data_dictionary import INVITED

if TYPE_CHECKING:
    from reportgen.measures import Statistics


MANY: Final = 3
"""Fewest invitations, as a multiple of the threshold, for the number of invitations to bound the answers.

With fewer, no choice of suppressed cells could leave wide enough intervals.
"""


def relate_responses(model: AttackModel, statistics: Statistics) -> None:
    """Equate invited responses with those of the invited routes, minus roles without invitations."""
    answered = ids.SURVEY_RESPONSES
    rate = model.of(f"{ids.SURVEY_RESPONSE_RATE}#n")
    asked = sum(statistics.invitations.values()) >= MANY * statistics.settings.threshold
    for key in rate:
        model.at_most(key, named(key, answered))
        part, sent = model.values[key], statistics.cells[named(key, ids.SURVEY_RESPONSE_RATE)].denominator or 0
        if asked:
            model.limit({key: 1.0}, float(sent - 1 if part < sent else sent))
    routes = [Key(answered, "invited_through", route) for route in INVITED]
    if Key(f"{ids.SURVEY_RESPONSE_RATE}#n") not in model.values or not all(route in model.values for route in routes):
        return
    others = sum(model.values[route] for route in routes) - model.values[Key(f"{ids.SURVEY_RESPONSE_RATE}#n")]
    without = [
        key
        for key in model.of(answered)
        if key.breakdown_1 == "role" and not statistics.invitations.get(key.category_1)
    ]
    terms = {Key(f"{ids.SURVEY_RESPONSE_RATE}#n"): 1.0} | dict.fromkeys(routes, -1.0)
    if without:
        invited = model.add(Key(f"{ids.SURVEY_RESPONSE_RATE}#others"), others)
        model.at_most(invited, *without)
        terms |= {invited: 1.0}
    model.equal(terms)


def relate_themes(model: AttackModel) -> None:
    """Relate comments and themes: each coded comment has at least one theme, and its author responded."""
    themes, answered = Key(ids.SURVEY_THEMES), ids.SURVEY_RESPONSES
    model.at_most(themes, Key(answered))
    each = [key for key in model.of(themes.measure) if key.breakdown_1 == "theme" and not key.breakdown_2]
    model.at_most(themes, *each)
    for key in each:
        model.at_most(key, themes)
    _coded(model, themes)


def _coded(model: AttackModel, themes: Key) -> None:
    """Relate comments with any theme, by role, to those with each theme and to the total.

    These numbers are not printed, so any split of the total serves as the exact values.
    """
    cells: dict[str, list[Key]] = {}
    for key in model.of(themes.measure):
        if key.breakdown_2:
            cells.setdefault(key.category_2, []).append(key)
    values, coded = model.values, dict[Key, tuple[float, float]]()
    for role, each in cells.items():
        answered = Key(ids.SURVEY_RESPONSES, "role", role)
        for key in each:
            model.at_most(key, answered)
        numbers = [values[key] for key in each]
        coded[Key(f"{themes.measure}#coded", "role", role)] = (
            max(numbers),
            min(sum(numbers), values.get(answered, math.inf)),
        )
    more = values.get(themes, 0.0) - sum(least for least, _ in coded.values())
    for key, (least, most) in coded.items():
        model.add(key, least + min(max(more, 0.0), most - least))
        more -= most - least
        model.at_most(key, Key(ids.SURVEY_RESPONSES, "role", key.category_1))
        model.at_most(key, *cells[key.category_1])
        for cell in cells[key.category_1]:
            model.at_most(cell, key)
    model.equal({themes: 1.0} | dict.fromkeys(coded, -1.0))


def relate_question(
    model: AttackModel, measure: str, options: tuple[str, ...], positive: tuple[str, ...], kind: str
) -> None:
    """Relate the answers to a question to its base, and to the number of positive answers.

    For a single-choice question they add up; for a multiple-choice question they only bound it.
    """
    for base in model.of(f"{measure}#base"):
        model.at_most(base, named(base, ids.SURVEY_RESPONSES))
        answers = {option: _answer(base, f"{measure}#n", option) for option in options}
        answers = {option: key for option, key in answers.items() if key in model.values}
        for answer in answers.values():
            model.at_most(answer, base)
        yes = named(base, f"{measure}.positive#n")
        model.at_most(yes, base)
        good = [answers[option] for option in positive if option in answers]
        if kind == "multiple":
            model.at_most(base, *answers.values())
            model.at_most(yes, *good)
            for answer in good:
                model.at_most(answer, yes)
        elif len(answers) == len(options):
            model.equal({base: 1.0} | dict.fromkeys(answers.values(), -1.0))
            model.equal({yes: 1.0} | dict.fromkeys(good, -1.0))


def _answer(base: Key, measure: str, option: str) -> Key:
    if base.breakdown_1:
        return Key(measure, base.breakdown_1, base.category_1, "option", option)
    return Key(measure, "option", option)
