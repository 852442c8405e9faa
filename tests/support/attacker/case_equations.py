"""Equations between figures about incidents, notices, money, objections and appeals."""

from __future__ import annotations

import math
from collections import defaultdict

from attacker.definitions import RESTS, WHOLES, cell
from attacker.programme import Programme


class CaseEquations(Programme):
    """What the report's definitions say of figures about cases."""

    def _bases(self):
        """The base printed beside a figure tells the records that it rests on."""
        for here in self.value:
            rests = RESTS.get(here[0]) or ("penalties.issued" if here[0].startswith(("value.", "notice.")) else None)
            if rests:
                behind = self.behind(rests, *sum(here[1:], ()))
                if here in self.base:
                    self.equal((1, behind), (-1, ({}, self.base[here])))

    def _totals(self):
        groups = defaultdict(set)
        for here in [*self.value, *self.unknown]:
            for n, (name, _) in enumerate(here[1:]):
                if name in WHOLES.get(here[0], ()) or (here[0] == "survey.themes" and name == "role"):
                    groups[(here[0], *(pair for m, pair in enumerate(here[1:]) if m != n)), name].add(here)
        for (whole, _), parts in groups.items():
            if len(whole) == 1 or whole in self.value or whole in self.unknown or whole[0] == "objections.decided":
                self.equal(
                    (1, self.behind(whole[0], *sum(whole[1:], ()))),
                    *((-1, self.behind(part[0], *sum(part[1:], ()))) for part in sorted(parts)),
                )
        for measure in ("incidents.count", "penalties.issued"):
            for here in [h for h in self.value if h[0] == measure and len(h) == 2 and h[1][0] == "quarter"]:
                first, last = here[1][1].split(" to ")
                months = [h for h in self.value if h[0] == measure and len(h) == 2 and h[1][0] == "month"]
                touched = [h for h in months if first <= h[1][1] <= last]
                inside = [h for h in months if first < h[1][1] < last]
                if self.first_of_month:
                    self.equal((1, self.count(here)), *((-1, self.count(h)) for h in touched))
                else:
                    self.at_most((1, self.count(here)), *((-1, self.count(h)) for h in touched))
                    self.at_most((-1, self.count(here)), *((1, self.count(h)) for h in inside))

    def _three_ways(self):
        """Places by section, places by role and sections by role are margins of one table that nobody prints."""
        inner = [h for h in self.value if h[0] == "penalties.issued" and len(h) == 3]
        words = {
            name: sorted({w for h in inner for n, w in h[1:] if n == name}) for name in ("place", "section", "role")
        }
        pairs = (("place", "section"), ("place", "role"), ("section", "role"))
        if not all(any({n for n, _ in h[1:]} == set(pair) for h in inner) for pair in pairs):
            return
        for pair in pairs:
            (other,) = {"place", "section", "role"} - set(pair)
            for first in words[pair[0]]:
                for second in words[pair[1]]:
                    known = ((pair[0], first), (pair[1], second))
                    parts = [dict((*known, (other, word))) for word in words[other]]
                    self.equal(
                        (1, self.count(("penalties.issued", *known))),
                        *((-1, self.term(("one notice", *sorted(part.items())))) for part in parts),
                    )

    def _notices_and_money(self):
        for here in [h for h in self.value if h[0] == "penalties.incidents"]:
            rest = sum(here[1:], ())
            self.at_most((1, self.count(here)), (-1, self.count(cell("penalties.issued", *rest))))
            if here[1:2] and here[1][0] == "section":
                self.at_most((1, self.count(here)), (-1, self.count(("penalties.incidents",))))
        sections = [h for h in self.value if h[0] == "penalties.incidents" and h[1:2] and h[1][0] == "section"]
        if sections:
            self.at_most((1, self.count(("penalties.incidents",))), *((-1, self.count(h)) for h in sections))
        for here in [h for h in self.value if h[0] == "value.outstanding"]:
            rest = sum(here[1:], ())
            now, paid, gone, back = (
                self.count(cell(f"value.{name}", *rest)) for name in ("current", "paid", "written_off", "refund_due")
            )
            self.equal((1, self.count(here)), (-1, back), (-1, now), (1, paid), (1, gone))
            self.at_most((1, self.count(here)), (-1, now))
            self.at_most((1, back), (-1, paid))
        for name in ("initial", "current"):
            for here in [h for h in self.value if h[0] == f"value.{name}_median" and self.value[h] is not None]:
                rest = sum(here[1:], ())
                notices, constant = self.behind("penalties.issued", *rest)
                half = ({k: v * self.value[here] / 2 for k, v in notices.items()}, constant * self.value[here] / 2)
                self.at_most((1, half), (-1, self.count(cell(f"value.{name}", *rest))))
        for here in [h for h in self.value if h[0] == "value.collected_share" and self.value[h] is not None]:
            rest = sum(here[1:], ())
            now, constant = self.behind("value.current", *rest)
            share = self.value[here]
            self.equal(
                (1, self.behind("value.paid", *rest)), (-1, ({k: v * share for k, v in now.items()}, constant * share))
            )
        flows = {
            "opening": 1,
            "issued": 1,
            "increased": 1,
            "refunded": 1,
            "reduced": -1,
            "cancelled": -1,
            "paid": -1,
            "written_off": -1,
        }
        self.equal(
            (-1, self.count(("money.closing",))),
            *((sign, self.count((f"money.{name}",))) for name, sign in flows.items()),
        )
        self.at_most((1, self.count(("money.paid_for_others",))), (-1, self.count(("money.paid",))))
        self._ledger()

    def _ledger(self):
        """The notices of the ledger's events are those decided so; a sum that is displayed rests on no few."""
        base = {}
        for name in ("cancelled", "increased", "reduced"):
            here = (f"money.{name}",)
            if here in self.value:
                known = self.base.get(here)
                base[name] = self.term((f"money.{name} base",)) if known is None else ({}, known)
                if known is None and self.value[here]:
                    self.at_most((1, ({}, self.threshold)), (-1, base[name]))
        objected = {
            word: self.count(cell("objections.decided", "objection_outcome", word))
            for word in ("cancelled", "increased", "reduced", "reduced to nil")
        }
        court = {word: self.count(cell("appeals.decided", "appeal_outcome", word)) for word in ("cancelled", "reduced")}
        self.equal((1, base.get("cancelled")), (-1, objected["cancelled"]), (-1, court["cancelled"]))
        self.equal((1, base.get("increased")), (-1, objected["increased"]))
        lowered = (objected["reduced"], objected["reduced to nil"])
        self.at_most((1, base.get("reduced")), *((-1, one) for one in (*lowered, court["reduced"])))
        self.at_most(*((1, one) for one in lowered), (-1, base.get("reduced")))
        self.at_most((1, court["reduced"]), (-1, base.get("reduced")))

    def _numerators(self, measure, base_of):
        """The numerators of a share by cell, tied to what is displayed; only where there is a row."""
        made = {}
        for here in [h for h in self.value if h[0] == measure]:
            rest = sum(here[1:], ())
            part = self.behind(f"{measure} numerator", *rest)
            base = base_of(here)
            if self.value[here] is not None and here in self.base:
                self.equal((1, part), (-1, ({}, round(self.value[here] * self.base[here]))))
            if base is not None:
                known = base[1] if not base[0] and measure != "survey.response_rate" else 0
                if self.value[here] is None and known >= self.threshold:  # 0 and all would be shown
                    self.at_most((1, ({}, 1)), (-1, part))
                    self.at_most((1, part), (-1, ({}, known - 1)))
                self.at_most((1, part), (-1, base))
            made[here] = part
        return made

    def _objections(self):
        for measure, rests in (
            ("objections.rate", "penalties.issued"),
            ("objections.changed_share", "objections.decided"),
            ("objections.days.within_target", "objections.timed"),
        ):
            made = self._numerators(measure, lambda here, rests=rests: self.behind(rests, *sum(here[1:], ())))
            for name in ("section", "role"):
                parts = [part for here, part in made.items() if here[1:2] and here[1][0] == name]
                if parts and (measure,) in made:
                    self.equal((1, made[(measure,)]), *((-1, part) for part in parts))
            if measure == "objections.changed_share":
                for here, part in made.items():
                    if here[1:] and here[1][0] == "role":
                        continue
                    rest = sum(here[1:], ())
                    lowered = [
                        self.count(cell("objections.decided", *rest, "objection_outcome", word))
                        for word in ("cancelled", "reduced", "reduced to nil")
                    ]
                    self.equal((1, part), *((-1, one) for one in lowered))
                    if all(one is not None and not one[0] for one in lowered):
                        self.added_up.add((f"{measure} numerator", *here[1:]))
            if measure == "objections.days.within_target" and self.target is not None:
                self._percentiles(made)
        for here in [h for h in self.unknown if h[0] == "objections.timed"]:
            self.equal(
                (1, self.behind(here[0], *sum(here[1:], ()))),
                (-1, self.behind("objections.decided", *sum(here[1:], ()))),
            )

    def _percentiles(self, made):
        for here, part in made.items():
            for name, p in (("median", 0.5), ("p90", 0.9)):
                days = (f"objections.days.{name}", *here[1:])
                base = self.base.get(days)
                if self.value.get(days) is None or base is None:
                    continue
                rank = math.floor((base - 1) * p + 1e-9) + 1
                if self.value[days] <= self.target:
                    self.at_most((-1, part), (1, ({}, rank)))
                else:
                    exactly = abs((base - 1) * p - (rank - 1)) < 1e-9
                    self.at_most((1, part), (-1, ({}, rank - exactly)))
