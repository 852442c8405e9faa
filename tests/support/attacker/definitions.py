"""The scheme's definitions as the attacker reads them in the report."""

HIDDEN = "[c]"
LOOSE = 1e-6
PENNIES = 500.0
"""A hidden sum of money that is known to within so many pounds is known."""

NOTICES = (
    "section",
    "role",
    "occasion",
    "place",
    "vehicle_type",
    "regime",
    "registered_in",
    "accredited",
    "status",
    "month",
    "quarter",
)
WHOLES = {
    "incidents.count": ("place", "vehicle_type", "outcome", "month", "quarter"),
    "incidents.entrants": ("place", "vehicle_type", "month"),
    "penalties.issued": NOTICES,
    "penalties.incidents": ("place",),
    **{f"value.{name}": ("section", "role", "place") for name in ("initial", "current", "paid", "written_off")},
    "value.outstanding": ("section", "role"),
    "value.refund_due": ("section", "role"),
    "objections.received": ("section", "role", "month"),
    "objections.decided": ("objection_outcome", "section", "role"),
    "objections.timed": ("section",),
    "appeals.lodged": ("appeal_outcome",),
    "appeals.decided": ("appeal_outcome",),
    "survey.responses": ("role", "invited_through", "had_penalty"),
}
"""What adds up to its whole, by which breakdowns."""
COUNTS = frozenset(
    {
        "incidents.count",
        "penalties.issued",
        "penalties.incidents",
        "objections.received",
        "objections.decided",
        "appeals.lodged",
        "appeals.decided",
        "survey.responses",
        "survey.themes",
    }
)
RESTS = {
    "incidents.entrants": "incidents.count",
    "objections.changed_share": "objections.decided",
    "objections.rate": "penalties.issued",
    "objections.days.within_target": "objections.timed",
    "objections.days.median": "objections.timed",
    "objections.days.p90": "objections.timed",
}
SHARES = ("objections.rate", "objections.changed_share", "objections.days.within_target", "survey.response_rate")
PERSONAL = ("incidents.", "penalties.", "value.", "objections.", "appeals.", "notice.", "money.", "survey.")


def cell(measure, *pairs):
    """A cell: its measure and its breakdowns."""
    return (measure, *((pairs[n], pairs[n + 1]) for n in range(0, len(pairs), 2)))
