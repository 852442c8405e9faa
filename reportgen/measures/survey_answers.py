"""Calculate the survey statistics.

Input: responses, questions, last year's statistics. Output: the ``survey.`` statistics with confidence intervals. Hides
bases and comparability.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from reportgen.measures import intervals
from reportgen.measures.aggregation import Rows, StatisticBuilder
from reportgen.measures.statistics import Statistic, Statistics
from reportgen.model.figure import Key
from reportgen.scheme import data_dictionary
from reportgen.scheme import measure_ids as ids

if TYPE_CHECKING:
    import pandas as pd

    from reportgen.model.records import Question
    from reportgen.model.release import Release


def responses(
    cells: StatisticBuilder,
    answers: pd.DataFrame,
    questions: Iterable[Question],
    release: Release,
    before: Statistics | None,
) -> dict[str, str]:
    """Calculate every survey statistic; return the questions not comparable with last year, with reasons."""
    fixed = {
        "role": data_dictionary.SURVEY_ROLES,
        "invited_through": data_dictionary.ROUTES,
        "had_penalty": data_dictionary.YES_NO,
    }
    had = answers["had_penalty"].astype(object).map({True: "yes", False: "no"})
    cells.count(ids.SURVEY_RESPONSES, Rows(answers.assign(had_penalty=had), fixed))
    _response_rate(cells, answers, release.invitations)
    by_role = populations(release.population)
    breaks: dict[str, str] = {}
    for question in questions:
        _question(cells, answers, question, by_role)
        if question.positive:
            _positive(cells, answers, question, by_role)
        if before is None:
            continue
        reason = _reason_not_comparable(question, before)
        if reason:
            breaks[question.name] = reason
        elif question.positive:
            _change(cells, f"survey.{question.name}.positive", before)
    _themes(cells, answers)
    return breaks


def _response_rate(cells: StatisticBuilder, answers: pd.DataFrame, invitations: Mapping[str, int]) -> None:
    """Calculate responses to invitations ÷ invitations; responses through the open link do not count.

    A role with more responses than invitations gets no rate, and nor does the total, because one of the two numbers
    must be wrong.
    """
    sent = {role: invitations[role] for role in data_dictionary.SURVEY_ROLES if invitations.get(role)}
    if not sent:
        return
    invited = answers[answers["invited_through"].isin(data_dictionary.INVITED)]["role"].value_counts()
    came = {role: int(invited.get(role, 0)) for role in sent}
    total, base = sum(came.values()), sum(sent.values())
    if all(came[role] <= number for role, number in sent.items()):
        cells.put(Statistic(Key(ids.SURVEY_RESPONSE_RATE), total / base, numerator=total, denominator=base, base=base))
    for role, number in sent.items():
        if came[role] > number:
            continue
        key = Key(ids.SURVEY_RESPONSE_RATE, "role", role)
        cells.put(Statistic(key, came[role] / number, numerator=came[role], denominator=number, base=number))


def populations(given: Mapping[str, int]) -> dict[str, int]:
    """Return the population by role, and in total ("") if every role has one."""
    known = dict(given)
    if all(role in given for role in data_dictionary.SURVEY_ROLES):
        known[""] = sum(given.values())
    return known


def _share(key: Key, part: int, base: int, population: int | None) -> Statistic:
    lower, upper = intervals.wilson(part, base, population)
    return Statistic(key, part / base, numerator=part, denominator=base, base=base, lower=lower, upper=upper)


def _by_role(answers: pd.DataFrame, question: Question) -> dict[str, list[tuple[str, ...]]]:
    """Return the answers to a question as tuples of options, in total ("") and by role; without non-responses."""
    import pandas as pd

    given: dict[str, list[tuple[str, ...]]] = {role: [] for role in ("", *data_dictionary.SURVEY_ROLES)}
    if question.name not in answers:
        return given
    for role, answer in zip(answers["role"], answers[question.name], strict=True):
        chosen = answer if isinstance(answer, tuple) else () if pd.isna(answer) else (answer,)
        if chosen:
            given[""].append(chosen)
            given[role].append(chosen)
    return given


def _question(
    cells: StatisticBuilder, answers: pd.DataFrame, question: Question, populations: Mapping[str, int]
) -> None:
    """Calculate the share choosing each option, overall and by role; nothing if nobody answered."""
    measure = f"survey.{question.name}"
    for role, given in _by_role(answers, question).items():
        if not given:
            continue
        for option in question.options:
            part = sum(option in chosen for chosen in given)
            key = Key(measure, "role", role, "option", option) if role else Key(measure, "option", option)
            cells.put(_share(key, part, len(given), populations.get(role)))


def _positive(
    cells: StatisticBuilder, answers: pd.DataFrame, question: Question, populations: Mapping[str, int]
) -> None:
    """Calculate the share choosing any positive option."""
    measure = f"survey.{question.name}.positive"
    positive = set(question.positive)
    for role, given in _by_role(answers, question).items():
        if given:
            part = sum(not positive.isdisjoint(chosen) for chosen in given)
            key = Key(measure, "role", role) if role else Key(measure)
            cells.put(_share(key, part, len(given), populations.get(role)))


def _reason_not_comparable(question: Question, before: Statistics) -> str:
    """Return why a question is not comparable with last year; "" if it is."""
    for asked in before.records.questions:
        if asked.name != question.name:
            continue
        for part, reason in (
            ("wording", "the question’s wording has changed"),
            ("kind", "the way to answer it has changed"),
            ("options", "the answers offered have changed"),
            ("positive", "what counts as positive has changed"),
        ):
            if getattr(asked, part) != getattr(question, part):
                return reason
        return ""
    return "it was not asked last year"


def _change(cells: StatisticBuilder, measure: str, before: Statistics) -> None:
    """Calculate the change in positive share in percentage points, with Newcombe's interval from each year's limits."""
    roles = [Key(measure), *(Key(measure, "role", role) for role in data_dictionary.SURVEY_ROLES)]
    for key in roles:
        now, then = cells.made.get(key), before.cells.get(key)
        if now is None or then is None:
            continue
        lower, upper = intervals.newcombe(now.value, _limits(now), then.value, _limits(then))
        cells.put(
            Statistic(
                Key(f"{measure}.change", key.breakdown_1, key.category_1),
                (now.value - then.value) * 100,
                base=min(now.base or 0, then.base or 0),
                lower=lower * 100,
                upper=upper * 100,
            )
        )


def _limits(statistic: Statistic) -> tuple[float, float]:
    if statistic.lower is None or statistic.upper is None:
        raise AssertionError(f"{statistic.key} has no interval")
    return statistic.lower, statistic.upper


def _themes(cells: StatisticBuilder, answers: pd.DataFrame) -> None:
    """Responses whose comment was coded to each theme; a theme's first spelling stands for all."""
    import pandas as pd

    spelling: dict[str, str] = {}
    coded: list[tuple[str, str]] = []
    some = 0
    for role, themes in zip(answers["role"], answers["themes"], strict=True):
        if not isinstance(themes, tuple) or not themes:
            continue
        some += 1
        names = {spelling.setdefault(theme.casefold(), theme): None for theme in themes}
        coded.extend((name, role) for name in names)
    frame = pd.DataFrame(coded, columns=["theme", "role"], dtype=object)
    for key, places in cells.groups(ids.SURVEY_THEMES, Rows(frame, {"role": data_dictionary.SURVEY_ROLES})):
        number = len(places) if key.breakdown_1 else some
        cells.put(Statistic(key, float(number), numerator=number, base=number))
