"""Definitions of the casework measures: incidents, notices, values, objections, appeals, money.

Output: ``Definition`` values. Calculations are in ``measures``.
"""

from __future__ import annotations

from typing import Final

from reportgen.model.figure import Definition as D  # noqa: N817 - one letter keeps the list readable
from reportgen.scheme import measure_ids as ids

PLACE = ("place",)
SECTION = ("section",)
ROLE = ("role",)
BY_SECTION_ROLE = (SECTION, ROLE)
BY_SECTION_ROLE_PLACE = (SECTION, ROLE, PLACE)

PENALTIES = ("penalties", "incidents")
YEAR_OF_NOTICE = "penalties.notice_date"

ISSUED_BREAKDOWNS = (
    SECTION,
    ROLE,
    ("occasion",),
    PLACE,
    ("vehicle_type",),
    ("regime",),
    ("registered_in",),
    ("accredited",),
    ("status",),
    ("month",),
    ("quarter",),
    ("section", "role"),
    ("place", "section"),
    ("place", "role"),
)


def _all(breakdowns: tuple[tuple[str, ...], ...]) -> frozenset[str]:
    return frozenset(name for names in breakdowns for name in names)


INCIDENT_BREAKDOWNS = (
    PLACE,
    ("vehicle_type",),
    ("outcome",),
    ("month",),
    ("quarter",),
    ("place", "vehicle_type"),
)
NO_NOTICES = "Without notices there is a 0 for a sum, and no figure for a mean, a median or a share."


def _value(id_: str, label: str, definition: str, breakdowns: tuple[tuple[str, ...], ...]) -> D:
    return D(
        id_,
        label,
        definition,
        "pounds",
        "sum",
        numerator="Sum over the notices of the year, in pounds",
        dated_by=YEAR_OF_NOTICE,
        tables=PENALTIES,
        breakdowns=breakdowns,
        additive=_all(breakdowns),
        missing=NO_NOTICES,
    )


def _average(id_: str, label: str, definition: str, kind: str) -> D:
    return D(
        id_,
        label,
        definition,
        "pounds",
        "mean" if kind == "mean" else "median",
        numerator="Value of the notices of the year",
        denominator="Notices of the year" if kind == "mean" else "",
        dated_by=YEAR_OF_NOTICE,
        tables=PENALTIES,
        breakdowns=BY_SECTION_ROLE,
        missing=NO_NOTICES,
    )


BALANCES: Final = "Balances of the notices that have one, in pounds"


def _flow(
    name: str, label: str, definition: str, numerator: str = "Amounts of the notices with such events, in pounds"
) -> D:
    return D(
        f"money.{name}",
        label,
        definition,
        "pounds",
        "flow",
        numerator=numerator,
        dated_by="ledger.date",
        tables=("ledger", "penalties"),
        missing="Without a ledger there is no figure.",
    )


CASES: tuple[D, ...] = (
    D(
        ids.INCIDENTS_COUNT,
        "Vehicle incidents",
        "Incidents of the reporting year. One incident is one vehicle at one place and time.",
        "incidents",
        "count",
        numerator="Incidents",
        dated_by="incidents.incident_date",
        tables=("incidents",),
        breakdowns=INCIDENT_BREAKDOWNS,
        additive=_all(INCIDENT_BREAKDOWNS),
    ),
    D(
        ids.INCIDENTS_ENTRANTS,
        "People found",
        "People found hidden in the vehicles of the year's incidents.",
        "people",
        "sum",
        numerator="Sum of people found",
        dated_by="incidents.incident_date",
        tables=("incidents",),
        breakdowns=(PLACE, ("vehicle_type",), ("month",)),
        additive=frozenset({"place", "vehicle_type", "month"}),
    ),
    D(
        ids.PENALTIES_ISSUED,
        "Penalty notices issued",
        "Penalty notices of the reporting year: one notice for each responsible person of an incident.",
        "notices",
        "count",
        numerator="Notices",
        dated_by=YEAR_OF_NOTICE,
        tables=PENALTIES,
        breakdowns=ISSUED_BREAKDOWNS,
        additive=_all(ISSUED_BREAKDOWNS),
        missing="A country or an accreditation that is not recorded is a category of its own.",
    ),
    D(
        ids.PENALTIES_INCIDENTS,
        "Incidents behind the year's notices",
        "Incidents that led to the notices of the year. One with notices under both sections counts under each.",
        "incidents",
        "count",
        numerator="Different incidents",
        dated_by=YEAR_OF_NOTICE,
        tables=PENALTIES,
        breakdowns=(SECTION, PLACE),
        additive=frozenset({"place"}),
    ),
    _value(
        ids.VALUE_INITIAL,
        "Value as issued",
        "Sum of the penalties on the notices of the year, as issued.",
        BY_SECTION_ROLE_PLACE,
    ),
    _value(
        ids.VALUE_CURRENT,
        "Value as it stands",
        "Sum of the penalties on the notices of the year, as they stand on the as-at date.",
        BY_SECTION_ROLE_PLACE,
    ),
    _value(
        ids.VALUE_PAID,
        "Value paid",
        "What was paid for the notices of the year by the as-at date.",
        BY_SECTION_ROLE_PLACE,
    ),
    _value(
        ids.VALUE_WRITTEN_OFF,
        "Value written off",
        "What was written off on the notices of the year by the as-at date.",
        BY_SECTION_ROLE_PLACE,
    ),
    _value(
        ids.VALUE_OUTSTANDING,
        "Value outstanding",
        "Value as it stands less paid and written off, notice by notice and never below £0.",
        BY_SECTION_ROLE,
    ),
    _value(
        ids.VALUE_REFUND_DUE,
        "Refunds due",
        "What was paid above the value as it stands, notice by notice.",
        BY_SECTION_ROLE,
    ),
    _average(
        ids.VALUE_INITIAL_MEAN, "Mean penalty as issued", "Mean penalty on a notice of the year, as issued.", "mean"
    ),
    _average(
        ids.VALUE_INITIAL_MEDIAN,
        "Median penalty as issued",
        "Median penalty on a notice of the year, as issued.",
        "median",
    ),
    _average(
        ids.VALUE_CURRENT_MEAN,
        "Mean penalty as it stands",
        "Mean penalty on a notice of the year, on the as-at date. One cancelled or reduced to nil counts as £0.",
        "mean",
    ),
    _average(
        ids.VALUE_CURRENT_MEDIAN,
        "Median penalty as it stands",
        "Median penalty on a notice of the year, on the as-at date. One cancelled or reduced to nil counts as £0.",
        "median",
    ),
    D(
        ids.VALUE_COLLECTED_SHARE,
        "Share collected",
        "Value paid as a share of the value as it stands.",
        "proportion",
        "share",
        numerator="Value paid",
        denominator="Value as it stands",
        dated_by=YEAR_OF_NOTICE,
        tables=PENALTIES,
        breakdowns=BY_SECTION_ROLE,
        missing=NO_NOTICES,
    ),
    D(
        ids.OBJECTIONS_RECEIVED,
        "Objections received",
        "Objections received in the year, to notices of any year.",
        "objections",
        "count",
        numerator="Objections",
        dated_by="penalties.objection_date",
        tables=PENALTIES,
        breakdowns=(SECTION, ROLE, ("month",)),
        additive=frozenset({"section", "role", "month"}),
    ),
    D(
        ids.OBJECTIONS_RATE,
        "Objection rate",
        "Notices with an objection by the as-at date, as a share of all notices of the year.",
        "proportion",
        "share",
        numerator="Notices of the year with an objection",
        denominator="Notices of the year",
        dated_by=YEAR_OF_NOTICE,
        tables=PENALTIES,
        breakdowns=BY_SECTION_ROLE,
    ),
    D(
        ids.OBJECTIONS_DECIDED,
        "Objections decided",
        "Objections decided or withdrawn in the year, to notices of any year.",
        "objections",
        "count",
        numerator="Decisions",
        dated_by="penalties.objection_decision_date",
        tables=PENALTIES,
        breakdowns=(("objection_outcome",), ("section", "objection_outcome")),
        additive=frozenset({"section", "objection_outcome"}),
    ),
    D(
        ids.OBJECTIONS_CHANGED_SHARE,
        "Objections that lowered or cancelled the penalty",
        "Decisions that cancelled a penalty, reduced it or reduced it to nil, as a share of objections decided.",
        "proportion",
        "share",
        numerator="Decided as cancelled, reduced or reduced to nil",
        denominator="Objections decided",
        dated_by="penalties.objection_decision_date",
        tables=PENALTIES,
        breakdowns=BY_SECTION_ROLE,
    ),
    D(
        ids.OBJECTIONS_DAYS_MEDIAN,
        "Median days to decide an objection",
        "Median days from objection to decision, of objections decided in the year.",
        "days",
        "median",
        numerator="Days from objection to decision",
        dated_by="penalties.objection_decision_date",
        tables=PENALTIES,
        breakdowns=(SECTION,),
    ),
    D(
        ids.OBJECTIONS_DAYS_P90,
        "Days to decide nine in ten objections",
        "90th percentile of the days from objection to decision (Hyndman and Fan type 7).",
        "days",
        "percentile",
        numerator="Days from objection to decision",
        dated_by="penalties.objection_decision_date",
        tables=PENALTIES,
        breakdowns=(SECTION,),
    ),
    D(
        ids.OBJECTIONS_DAYS_WITHIN_TARGET,
        "Share of objections decided within target",
        "Objections decided within the target time, as a share of those decided in the year.",
        "proportion",
        "share",
        numerator="Decided within the target",
        denominator="Objections decided",
        dated_by="penalties.objection_decision_date",
        tables=PENALTIES,
        breakdowns=(SECTION,),
        missing="Without a target there is no figure.",
    ),
    D(
        ids.APPEALS_LODGED,
        "Appeals lodged",
        "Appeals lodged in the year with the county court or, in Scotland, with the sheriff.",
        "appeals",
        "count",
        numerator="Appeals",
        dated_by="penalties.appeal_date",
        tables=PENALTIES,
        breakdowns=(("appeal_outcome",),),
        additive=frozenset({"appeal_outcome"}),
    ),
    D(
        ids.APPEALS_DECIDED,
        "Appeals decided",
        "Appeals decided or withdrawn in the year.",
        "appeals",
        "count",
        numerator="Appeals",
        dated_by="penalties.appeal_decision_date",
        tables=PENALTIES,
        breakdowns=(("appeal_outcome",),),
        additive=frozenset({"appeal_outcome"}),
    ),
    D(
        ids.NOTICE_DAYS_MEDIAN,
        "Median days from incident to notice",
        "Median days from incident to notice, of the notices of the year.",
        "days",
        "median",
        numerator="Days from incident to notice",
        dated_by=YEAR_OF_NOTICE,
        tables=PENALTIES,
        breakdowns=(SECTION, PLACE),
    ),
    D(
        ids.NOTICE_DAYS_P90,
        "Days to issue nine in ten notices",
        "90th percentile of the days from incident to notice (Hyndman and Fan type 7).",
        "days",
        "percentile",
        numerator="Days from incident to notice",
        dated_by=YEAR_OF_NOTICE,
        tables=PENALTIES,
        breakdowns=(SECTION, PLACE),
    ),
    _flow(
        "opening",
        "Owed at the start of the year",
        "The balance of all notices just before the first day of the year.",
        BALANCES,
    ),
    _flow("issued", "Issued", "Penalties that the ledger shows as issued in the year."),
    _flow("increased", "Increased", "Increases of penalties in the year, on notices of any year."),
    _flow("reduced", "Reduced", "Reductions of penalties in the year, on notices of any year."),
    _flow("cancelled", "Cancelled", "Penalties cancelled in the year, on notices of any year."),
    _flow("paid", "Paid", "Payments received in the year, for notices of any year."),
    _flow("refunded", "Refunded", "Payments returned in the year, for notices of any year."),
    _flow("written_off", "Written off", "Amounts written off in the year, on notices of any year."),
    _flow(
        "closing",
        "Owed at the end of the year",
        "Owed at the start, plus issued, increased and refunded, less reduced, cancelled, paid and written off.",
        BALANCES,
    ),
    _flow(
        "paid_for_others",
        "Paid for others",
        "Payments in the year for somebody in another role, such as an employer paying for a driver.",
    ),
)
