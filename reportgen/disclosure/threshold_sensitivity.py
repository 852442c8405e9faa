"""Sensitivity of suppression to the threshold, for the people who set it; never published.

Input: exact statistics. Output: sentences with numbers of figures, without any figure itself.
"""

from __future__ import annotations

import textwrap
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from reportgen.disclosure.attack_model.contributors import contributor_views
from reportgen.disclosure.attack_model.linear_program import LinearProgram
from reportgen.disclosure.attack_model.published_figures import describe
from reportgen.disclosure.audit import examine, in_words
from reportgen.disclosure.primary_suppression import displayed, primary
from reportgen.disclosure.prior_publications import PriorFigures
from reportgen.disclosure.secondary_suppression import secondary
from reportgen.model.formatting import number, percent

if TYPE_CHECKING:
    from reportgen.measures import Statistics
    from reportgen.model.release import Release

THRESHOLDS: Final = (3, 5, 10)
WIDTH: Final = 80
"""Columns of a terminal."""


def other_thresholds(statistics: Statistics, release: Release) -> tuple[str, ...]:
    """Report how many figures, and of which measures, thresholds of 3, 5 and 10 would suppress."""
    own = release.disclosure
    said = [
        f"The threshold of this report is {own.threshold}, the least base of survey shares {own.survey_minimum_base}.",
        "Both are set in release.toml under [disclosure]. What others would hide:",
    ]
    for threshold in sorted({*THRESHOLDS, own.threshold}):
        settings = replace(
            statistics.settings, threshold=threshold, survey_minimum_base=max(threshold, own.survey_minimum_base)
        )
        said.extend(_effect_of(replace(statistics, settings=settings)))
    return tuple(said)


def _effect_of(statistics: Statistics) -> Iterator[str]:
    model = describe(statistics)
    hidden, program = primary(statistics, model), LinearProgram(model)
    secondary(program, hidden, statistics, seats=contributor_views(program, statistics))
    audit, problems = examine(statistics, program, hidden, PriorFigures({}))
    figures = audit.published + audit.hidden
    yield (
        f"A threshold of {statistics.settings.threshold} hides {number(audit.hidden)} of {number(figures)} figures"
        f" ({percent(audit.hidden / figures if figures else 0.0, 1)})."
    )
    yield f"  {number(audit.hidden_primary)} rest on too few; {number(audit.hidden_secondary)} would tell one of these."
    if audit.narrowest is not None and audit.narrowest_of is not None:
        values = f"The narrowest proved range of a hidden number has {number(audit.narrowest + 1)} values"
        yield _wrapped(f"{values}: {in_words(audit.narrowest_of)}.")
    shown = displayed(model, hidden)
    all_ = Counter(key.measure for key in model.gives)
    lost = Counter(key.measure for key in model.gives if key not in shown)
    for measure in sorted(lost, key=lambda measure: (-lost[measure], measure)):
        said = f"{statistics.definitions[measure].label}: {number(lost[measure])} of {number(all_[measure])}."
        yield _wrapped(said)
    if problems:
        yield f"  {number(len(problems))} of them could still be worked out: the build would stop."


def _wrapped(said: str) -> str:
    return textwrap.fill(said, WIDTH, initial_indent="  ", subsequent_indent="    ", break_on_hyphens=False)
