"""Names that the vocabulary knows though a year may lack them.

Goes in: nothing. Comes out: ids of measures whose inputs may be absent or empty.
"""

from __future__ import annotations

from typing import Final

ABSENT: Final = frozenset(
    {
        *(
            f"money.{name}"
            for name in (
                "opening",
                "issued",
                "increased",
                "reduced",
                "cancelled",
                "paid",
                "refunded",
                "written_off",
                "closing",
                "paid_for_others",
            )
        ),
        "team.vacancy_rate",
        "team.cases_open",
        "recommendations.count",
        "objections.rate",
        "objections.changed_share",
        "objections.days.median",
        "objections.days.p90",
        "objections.days.within_target",
        "notice.days.median",
        "notice.days.p90",
        "value.initial_mean",
        "value.initial_median",
        "value.current_mean",
        "value.current_median",
        "value.collected_share",
        "survey.response_rate",
        "actions.on_time_share",
    }
)
"""A condition on one of these is False where this year has no such figure, not a mistake."""
