"""Specification of the publication: its tables and charts, as data.

Input: the year's questions and published series. Output: specifications in the order of the report. A new chart or
table needs an entry here, a caption in ``captions.toml`` and a placeholder in a chapter.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Final

from reportgen.model.chart import ChartSpec
from reportgen.model.table import Measured, TableSpec
from reportgen.model.yearly_series import series_drawn

if TYPE_CHECKING:
    from reportgen.model.protected import ProtectedStatistics

ISSUED: Final = (Measured("penalties.issued", "Notices", compare=True),)
VALUES: Final = (
    Measured("value.initial", "Issued"),
    Measured("value.current", "As it stands"),
    Measured("value.paid", "Paid"),
    Measured("value.written_off", "Written off"),
)
OWED: Final = (Measured("value.outstanding", "Outstanding"),)
LONG_SERIES: Final = 4
"""Fewest figures for a published series to have a table of its own."""
EACH: Final = (
    Measured("value.initial_mean", "Issued, mean"),
    Measured("value.initial_median", "Issued, median"),
    Measured("value.current_mean", "As it stands, mean"),
    Measured("value.current_median", "As it stands, median"),
    Measured("value.collected_share", "Collected"),
)

FIXED: Final = (
    TableSpec("levels", "Penalty", text="levels"),
    TableSpec("reductions", "What counts", text="reductions"),
    TableSpec("process", "Stage", text="process"),
    TableSpec(
        "comparison",
        "Measure",
        lines=(
            ("incidents.count", "Vehicle incidents"),
            ("incidents.entrants", "People found"),
            ("penalties.issued", "Penalty notices issued"),
            ("penalties.incidents", "Incidents behind the year’s notices"),
            ("value.initial", "Value as issued"),
            ("value.current", "Value as it stands"),
            ("value.paid", "Value paid"),
            ("value.written_off", "Value written off"),
            ("value.outstanding", "Value outstanding"),
            ("value.initial_median", "Median penalty as issued"),
            ("value.current_median", "Median penalty as it stands"),
            ("objections.received", "Objections received"),
            ("objections.rate", "Objection rate"),
            ("objections.decided", "Objections decided or withdrawn"),
            ("objections.changed_share", "Objections that lowered or cancelled the penalty"),
            ("objections.days.median", "Median time to decide an objection"),
            ("notice.days.median", "Median time from incident to notice"),
            ("appeals.lodged", "Appeals lodged"),
            ("appeals.decided", "Appeals decided or withdrawn"),
            ("survey.responses", "Survey responses"),
        ),
        compare=True,
    ),
    TableSpec(
        "incidents-by-place",
        "Place",
        (Measured("incidents.count", "Incidents", compare=True), Measured("incidents.entrants", "People found")),
        ("place", ""),
    ),
    TableSpec(
        "incidents-by-vehicle",
        "Vehicle",
        (Measured("incidents.count", "Incidents", compare=True), Measured("incidents.entrants", "People found")),
        ("vehicle_type", ""),
    ),
    TableSpec(
        "incidents-by-outcome",
        "Outcome",
        (Measured("incidents.count", "Incidents", compare=True),),
        ("outcome", ""),
        annex=True,
    ),
    TableSpec(
        "incidents-by-quarter", "Quarter", (Measured("incidents.count", "Incidents"),), ("quarter", ""), annex=True
    ),
    TableSpec(
        "incidents-by-place-and-vehicle",
        "Place",
        (Measured("incidents.count", "Incidents"),),
        ("place",),
        "vehicle_type",
        annex=True,
    ),
    TableSpec("penalties-by-section-and-role", "Section", ISSUED, ("section",), "role", annex=True),
    TableSpec("penalties-by-role", "Role", ISSUED, ("role", "")),
    TableSpec("penalties-by-occasion", "Occasion", ISSUED, ("occasion", "")),
    TableSpec(
        "penalties-by-place",
        "Place",
        (*ISSUED, Measured("penalties.incidents", "Incidents")),
        ("place", ""),
    ),
    TableSpec("penalties-by-place-and-role", "Place", ISSUED, ("place",), "role", annex=True),
    TableSpec("penalties-by-place-and-section", "Place", ISSUED, ("place",), "section", annex=True),
    TableSpec("penalties-by-vehicle", "Vehicle", ISSUED, ("vehicle_type", "")),
    TableSpec("penalties-by-regime", "Rules", ISSUED, ("regime", "")),
    TableSpec(
        "penalties-by-country",
        "Registered in",
        (Measured("penalties.issued", "Notices"),),
        ("registered_in", ""),
        annex=True,
    ),
    TableSpec(
        "penalties-by-status",
        "Status",
        ISSUED,
        ("status", ""),
        labels=(("paid", "Paid in full"), ("instalments", "Being paid in instalments"), ("nil", "Reduced to nil")),
    ),
    TableSpec(
        "penalties-by-quarter", "Quarter", (Measured("penalties.issued", "Notices"),), ("quarter", ""), annex=True
    ),
    TableSpec("accreditation", "Accredited", ISSUED, ("accredited", "")),
    TableSpec("values-by-section", "Section", (*VALUES, *OWED), ("section", "")),
    TableSpec("values-by-role", "Role", (*VALUES, *OWED), ("role", "")),
    TableSpec("values-by-place", "Place", VALUES, ("place", ""), annex=True),
    TableSpec("values-each", "Section or role", EACH, ("section", "role", "")),
    TableSpec(
        "money-flow",
        "Event",
        lines=(
            ("money.opening", "Owed at the start of the year"),
            ("money.issued", "Issued"),
            ("money.increased", "Increased"),
            ("money.reduced", "Reduced"),
            ("money.cancelled", "Cancelled"),
            ("money.paid", "Paid"),
            ("money.refunded", "Refunded"),
            ("money.written_off", "Written off"),
            ("money.closing", "Owed at the end of the year"),
        ),
        compare=True,
    ),
    TableSpec(
        "objections-by-section",
        "Section or role",
        (
            Measured("objections.received", "Received"),
            Measured("objections.rate", "Objection rate"),
            Measured("objections.changed_share", "Lowered or cancelled"),
        ),
        ("section", "role", ""),
    ),
    TableSpec(
        "objections-by-outcome",
        "Outcome",
        (Measured("objections.decided", "Decisions"),),
        ("objection_outcome",),
        "section",
    ),
    TableSpec(
        "objection-days",
        "Section",
        (
            Measured("objections.days.median", "Median"),
            Measured("objections.days.p90", "Nine in ten within"),
            Measured("objections.days.within_target", "Within target"),
        ),
        ("section", ""),
        annex=True,
    ),
    TableSpec(
        "appeals",
        "Outcome",
        (Measured("appeals.lodged", "Lodged"), Measured("appeals.decided", "Decided or withdrawn")),
        ("appeal_outcome", ""),
        labels=(("not recorded", "Not yet decided"),),
    ),
    TableSpec(
        "notice-days",
        "Section or place",
        (Measured("notice.days.median", "Median"), Measured("notice.days.p90", "Nine in ten within")),
        ("section", "place", ""),
        annex=True,
    ),
    TableSpec(
        "team",
        "Month",
        (Measured("team.vacancy_rate", "Vacant posts"), Measured("team.cases_open", "Open cases")),
        ("month",),
        annex=True,
    ),
    TableSpec(
        "responses-by-role",
        "Role",
        (Measured("survey.responses", "Responses", compare=True), Measured("survey.response_rate", "Response rate")),
        ("role", ""),
    ),
    TableSpec(
        "responses-by-route",
        "Invited through",
        (Measured("survey.responses", "Responses", compare=True),),
        ("invited_through", ""),
        annex=True,
    ),
    TableSpec(
        "responses-by-penalty",
        "Has had a penalty",
        (Measured("survey.responses", "Responses", compare=True),),
        ("had_penalty", ""),
    ),
    TableSpec("themes", "Theme", (Measured("survey.themes", "Responses", compare=True),), ("theme",), annex=True),
    TableSpec("themes-by-role", "Theme", (Measured("survey.themes", "Responses"),), ("theme",), "role", annex=True),
    TableSpec(
        "actions-by-status",
        "Actions",
        (Measured("actions.count", "Actions"),),
        ("quick_win",),
        "status",
        labels=(("yes", "Quick wins"), ("no", "Other actions")),
    ),
    TableSpec(
        "actions-by-theme",
        "Theme",
        (
            Measured("actions.count", "Actions"),
            Measured("actions.quick_wins", "Quick wins"),
            Measured("actions.quick_wins_complete", "Quick wins complete"),
            Measured("actions.overdue", "Late"),
            Measured("actions.on_time_share", "On time"),
        ),
        ("theme", ""),
        annex=True,
    ),
    TableSpec("actions-by-owner", "Led by", (Measured("actions.count", "Actions"),), ("owner", ""), annex=True),
    TableSpec("recommendations", "Status", (Measured("recommendations.count", "Recommendations"),), ("status", "")),
    TableSpec("recommendations-progress", "Recommendation", text="recommendations"),
    TableSpec("actions-late", "Action", text="late"),
    TableSpec("actions", "Action", text="actions", annex=True),
    TableSpec("context", "Series", context=True),
    TableSpec("timeline", "Date", text="timeline"),
    TableSpec("definitions", "Measure", text="definitions"),
    TableSpec("survey-method", "Item", text="method"),
    TableSpec("suppression", "Figures about", text="suppression"),
)

TABLES: Final = frozenset({*(spec.id for spec in FIXED), "positive-change", "positive-by-role", "published-other"})
"""Ids a chapter may name in every year, even if this year has no such table."""


def tables(statistics: ProtectedStatistics) -> tuple[TableSpec, ...]:
    """Return every table of this year's report, including those of its questions and published series."""
    questions = statistics.records.questions
    positive = tuple(
        (f"survey.{question.name}.positive", question.wording) for question in questions if question.positive
    )
    counts = Counter(row.series for row in statistics.records.published)
    series = [name for name, number in counts.items() if number >= LONG_SERIES]
    return (
        *FIXED,
        *((TableSpec("positive-change", "Question", lines=positive, changes=True, annex=True),) if positive else ()),
        *(
            (TableSpec("positive-by-role", "Question", lines=positive, lines_by="role", annex=True),)
            if positive
            else ()
        ),
        *(TableSpec(f"survey-{question.name}", "Answer", question=question.name, annex=True) for question in questions),
        *(TableSpec(f"published-{name.casefold()}", "Period", series=(name,)) for name in series),
        TableSpec("published-other", "Series", series=tuple(name for name in counts if name not in series), annex=True),
    )


MONTHLY: Final = "month"

DRAWN: Final = (
    ChartSpec("incidents-by-month", "line", (("incidents.count", "Incidents"),), by=MONTHLY, compare=True),
    ChartSpec("incidents-by-place", "bars", (("incidents.count", "Incidents"),), by="place", compare=True),
    ChartSpec(
        "incidents-by-place-and-vehicle",
        "panels",
        (("incidents.count", "Incidents"),),
        by="vehicle_type",
        panels="place",
        ordered=True,
    ),
    ChartSpec("penalties-by-month", "line", (("penalties.issued", "Notices"),), by=MONTHLY, compare=True, regime=True),
    ChartSpec(
        "penalties-by-section-and-role",
        "panels",
        (("penalties.issued", "Notices"),),
        by="role",
        panels="section",
        ordered=True,
    ),
    ChartSpec("penalties-by-place", "bars", (("penalties.issued", "Notices"),), by="place", compare=True),
    ChartSpec("penalties-by-country", "bars", (("penalties.issued", "Notices"),), by="registered_in"),
    ChartSpec(
        "values-by-role",
        "bars",
        (("value.initial", "Issued"), ("value.current", "As it stands"), ("value.paid", "Paid")),
        by="role",
    ),
    ChartSpec(
        "money-flow",
        "waterfall",
        (
            ("money.opening", "Owed at the start of the year"),
            ("money.issued", "Issued"),
            ("money.increased", "Increased"),
            ("money.reduced", "Reduced"),
            ("money.cancelled", "Cancelled"),
            ("money.paid", "Paid"),
            ("money.refunded", "Refunded"),
            ("money.written_off", "Written off"),
            ("money.closing", "Owed at the end of the year"),
        ),
    ),
    ChartSpec(
        "objections-by-outcome",
        "panels",
        (("objections.decided", "Decisions"),),
        by="objection_outcome",
        panels="section",
        ordered=True,
    ),
    ChartSpec("objections-by-month", "line", (("objections.received", "Objections"),), by=MONTHLY, compare=True),
    ChartSpec(
        "objection-days",
        "days",
        (("objections.days.median", "Median"), ("objections.days.p90", "Nine in ten within")),
        by="section",
        ordered=True,
        target=True,
    ),
    ChartSpec(
        "notice-days",
        "days",
        (("notice.days.median", "Median"), ("notice.days.p90", "Nine in ten within")),
        by="place",
    ),
    ChartSpec("team-cases", "line", (("team.cases_open", "Open cases"),), by=MONTHLY, compare=True),
    ChartSpec("responses-by-role", "bars", (("survey.responses", "Responses"),), by="role", compare=True),
    ChartSpec("responses-by-route", "bars", (("survey.responses", "Responses"),), by="invited_through", compare=True),
    ChartSpec("themes", "bars", (("survey.themes", "Responses"),), by="theme", compare=True),
    ChartSpec("actions", "actions"),
    ChartSpec("context", "context"),
)

CHARTS: Final = frozenset(
    {
        *(spec.id for spec in DRAWN),
        "positive-shares",
        "positive-by-role",
        "published-pen-issued",
        "published-value-issued",
    }
)
"""Ids a chapter may name in every year, even if this year has no such chart."""


def charts(statistics: ProtectedStatistics) -> tuple[ChartSpec, ...]:
    """Return every chart of this year's report, including those of its questions and published series."""
    questions = statistics.records.questions
    positive = tuple((f"survey.{one.name}.positive", one.wording) for one in questions if one.positive)
    return (
        *DRAWN,
        ChartSpec("positive-shares", "intervals", positive, compare=True),
        ChartSpec("positive-by-role", "interval panels", positive, by="role", ordered=True),
        *(
            ChartSpec(f"survey-{one.name}", "answers" if one.kind == "scale" else "options", question=one.name)
            for one in questions
        ),
        *(
            ChartSpec(f"published-{name.casefold()}", "history", series=name)
            for name in series_drawn(statistics.records.published)
        ),
    )
