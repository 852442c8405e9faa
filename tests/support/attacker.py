"""An attacker who has the published files and has read the report's definitions, and nothing else.

``leaks(files)`` takes the files of a publication (a folder, or bytes by name) and says in sentences what can be worked
out of what is hidden. Nothing here knows how the report is made: rows of CSV, the scheme's definitions, and a solver.
"""

from __future__ import annotations

import csv
import io
import json
import math
from collections import defaultdict
from collections.abc import Mapping
from pathlib import Path

import numpy as np
from scipy.optimize import linprog
from scipy.sparse import csr_array

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


def read(files):
    """The files as bytes by name."""
    if isinstance(files, Mapping):
        return dict(files)
    root = Path(files)
    return {path.relative_to(root).as_posix(): path.read_bytes() for path in root.rglob("*") if path.is_file()}


def leaks(files, *, threshold=5, target=None, earlier=(), sent=None):
    """Everything that can be worked out, each in a sentence.

    ``target`` are the days of the target and ``sent`` the invitations by role, both in the manifest; ``earlier`` are
    other publications' files.
    """
    there = read(files)
    found = []
    years = {
        name: Year(there[f"data/{name}.csv"], threshold, target, (sent or {}) if name == "statistics" else {})
        for name in ("statistics", "previous")
        if f"data/{name}.csv" in there
    }
    for name, year in years.items():
        seen = (*year.too_small(), *year.products(), *year.beside(), *year.ranges())
        found += [f"{name}: {sentence}" for sentence in seen]
        for other in earlier:
            found += [f"{name}: {sentence}" for sentence in year.out_before(read(other))]
    for name, data in there.items():
        if (
            name.startswith("data/")
            and name.endswith(".csv")
            and name not in ("data/statistics.csv", "data/previous.csv")
        ):
            rows = list(csv.reader(io.StringIO(data.decode())))
            found += [f"{name}: {sentence}" for sentence in (*lone(rows), *changes(rows))]
    if "figures.json" in there and "statistics" in years:
        found += quoted(json.loads(there["figures.json"]), years)
    return found


def number(text):
    """A number of a table, or None."""
    try:
        return float(text.replace(",", "").replace("−", "-").replace("+", ""))
    except ValueError:
        return None


def lone(rows):
    """A hidden cell that is a total less the others, in any table as it is printed."""
    head, body = rows[0], rows[1:]
    for table, names in (
        (rows, [row[0] for row in body]),
        (list(map(list, zip(*rows, strict=True))) if all(len(row) == len(head) for row in rows) else [], head[1:]),
    ):
        if not table or "Total" not in table[0]:
            continue
        total = table[0].index("Total")
        lines = table[1:]
        complete = [[number(cell) for cell in line[1:]] for line in lines]
        adds = [line for line in complete if len(line) == len(table[0]) - 1 and None not in line]
        if not adds or any(abs(line[total - 1] * 2 - sum(line)) > 1.5 for line in adds):
            continue
        for name, line in zip(names, lines, strict=False):
            if line.count(HIDDEN) == 1 and all(cell == HIDDEN or number(cell) is not None for cell in line[1:]):
                yield f"the only hidden cell of {name!r} is its total less the others"


def changes(rows):
    """A hidden year beside another year and the change between them."""
    head = rows[0]
    for n in range(1, len(head) - 1):
        numbers = [[number(cell) for cell in row[n - 1 : n + 2]] for row in rows[1:]]
        complete = [three for three in numbers if None not in three and len(three) == 3]
        if any("base" in one.casefold() for one in head[n - 1 : n + 1]):
            continue
        if "change" not in head[n + 1].casefold() or any(abs(now - then - by) > 1.01 for then, now, by in complete):
            continue
        for row in rows[1:]:
            three = row[n - 1 : n + 2]
            if three.count(HIDDEN) == 1 and sum(number(cell) is not None for cell in three) == 2:
                yield f"{row[0]!r}: one year is the other and the change"


def quoted(figures, years):
    """A figure told in figures.json though the table of all figures hides it."""
    for entry in figures["figures"]:
        for name, part in (("statistics", entry), ("previous", entry.get("previous"))):
            if part and name in years and part["value"] is not None and entry["id"] in years[name].hidden_ids:
                yield f"figures.json: {entry['id']} is told"


def cell(measure, *pairs):
    """A cell: its measure and its breakdowns."""
    return (measure, *((pairs[n], pairs[n + 1]) for n in range(0, len(pairs), 2)))


class Year:
    """One file of all figures, its hidden numbers as unknowns of a linear programme."""

    def __init__(self, data, threshold, target, sent):
        self.threshold, self.target, self.sent = threshold, target, sent
        self.value, self.base, self.hidden, self.hidden_ids = {}, {}, [], set()
        self.rows = list(csv.DictReader(io.StringIO(data.decode())))
        for row in self.rows:
            pairs = [row[name] for name in ("breakdown_1", "category_1", "breakdown_2", "category_2") if row[name]]
            here = cell(row["measure"], *pairs)
            if row["marker"] == HIDDEN:
                self.hidden.append(here)
                inner = ", ".join(f"{a}={b}" for a, b in here[1:])
                self.hidden_ids.add(row["measure"] + (f"{{{inner}}}" if inner else ""))
                self.value[here] = None
            else:
                self.value[here] = float(row["value"])
            if row["base"]:
                self.base[here] = float(row["base"])
        self.unknown, self.least, self.rows_eq, self.rows_le = {}, [], [], []
        self.added_up = set()
        self.first_of_month = self._first_of_month()
        self.hidden_cells = {*self.hidden}
        self._write_down()

    def _first_of_month(self):
        months = {c[1][1] for c in self.value if len(c) == 2 and c[1][0] == "month"}
        return len(months) <= 12

    # What is seen at once ---------------------------------------------------------------------------------------

    def too_small(self):
        """Published numbers that rest on too few."""
        for here, value in self.value.items():
            measure = here[0]
            if value is None or not measure.startswith(PERSONAL):
                continue
            if measure in COUNTS and 0 < value < self.threshold:
                yield f"{here} is published and small"
            base = self.base.get(here)
            opinion = measure.startswith("survey.") and measure not in COUNTS and measure != "survey.response_rate"
            if base is not None and not opinion and measure not in COUNTS and 0 < base < self.threshold:
                yield f"{here} rests on few"
            if measure in SHARES and base:
                part = round(value * base)
                if 0 < part < self.threshold or 0 < base - part < self.threshold:
                    yield f"{here} has a small numerator or remainder"

    def products(self):
        """Hidden sums behind a published mean and count."""
        for name in ("initial", "current"):
            for here, value in self.value.items():
                if here[0] == f"value.{name}" and value is None:
                    mean, count = (
                        self.value.get((f"value.{name}_mean", *here[1:])),
                        self.value.get(("penalties.issued", *here[1:])),
                    )
                    if mean is not None and count is not None:
                        yield f"{here} is its mean times its notices"

    def beside(self):
        """Hidden counts that are no small ones, as a figure that rests on them says: so another is the small one."""
        for here, value in self.value.items():
            rests = RESTS.get(here[0]) or ("penalties.issued" if here[0].startswith(("value.", "notice.")) else None)
            if rests and value and self.value.get((rests, *here[1:]), 0) is None:
                yield f"{here} says that {(rests, *here[1:])} is no small count"

    def out_before(self, files):
        """Hidden figures that another publication of the same period tells."""
        periods = {row["period"] for row in self.rows}
        for name, data in files.items():
            if not name.endswith(("statistics.csv", "previous.csv")):
                continue
            for row in csv.DictReader(io.StringIO(data.decode())):
                pairs = [row[part] for part in ("breakdown_1", "category_1", "breakdown_2", "category_2") if row[part]]
                if (
                    row["period"] in periods
                    and row["value"]
                    and self.value.get(cell(row["measure"], *pairs), 0) is None
                ):
                    yield f"{cell(row['measure'], *pairs)} was published before"

    # The linear programme ---------------------------------------------------------------------------------------

    def term(self, here, least=0.0):
        """A number as unknown or constant: {unknown: 1}, constant. None where the publication has no such thing."""
        known = self.value.get(here)
        if known is not None:
            return {}, known
        if here not in self.unknown:
            self.unknown[here] = len(self.unknown)
            self.least.append(least)
        return {self.unknown[here]: 1.0}, 0.0

    def count(self, here):
        """A count: where it is hidden it is at least 1, since 0 is shown."""
        if here not in self.value:
            return None
        return self.term(
            here, 1.0 if here[0] in COUNTS else -math.inf if here[0] in ("money.opening", "money.closing") else 0.0
        )

    def behind(self, measure, *pairs):
        """A number that has no row of its own: a base or a numerator."""
        here = cell(measure, *pairs)
        if here in self.value:
            return self.count(here)
        return self.term(here)

    def equal(self, *terms):
        """Terms with signs that come to 0."""
        self._keep(terms, self.rows_eq)

    def at_most(self, *terms):
        """Terms with signs that come to 0 or less."""
        self._keep(terms, self.rows_le)

    def _keep(self, terms, rows):
        if any(term is None for _, term in terms):
            return
        row, constant = defaultdict(float), 0.0
        for sign, (part, number_) in terms:
            constant += sign * number_
            for unknown, times in part.items():
                row[unknown] += sign * times
        rows.append((dict(row), -constant))

    def _write_down(self):
        for here in self.hidden:
            if here[0] in WHOLES or here[0] in COUNTS or here[0].startswith("money."):
                self.count(here)
        self._bases()
        self._totals()
        self._three_ways()
        self._notices_and_money()
        self._objections()
        self._survey()

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

    def _survey(self):
        made = self._numerators(
            "survey.response_rate", lambda here: self.count(cell("survey.responses", *sum(here[1:], ())))
        )
        for here, part in made.items():
            if self.value[here] is None and self._sent(here):
                self.at_most((1, part), (-1, ({}, self._sent(here) - 1)))
        parts = [part for here, part in made.items() if here[1:]]
        if parts and ("survey.response_rate",) in made:
            self.equal((1, made[("survey.response_rate",)]), *((-1, part) for part in parts))
            routes = [
                self.count(cell("survey.responses", "invited_through", route)) for route in ("direct", "trade body")
            ]
            if all(routes):
                self.at_most((1, made[("survey.response_rate",)]), *((-1, route) for route in routes))
        for here in [h for h in self.value if h[0] == "survey.themes" and len(h) == 3]:
            role = next(pair for pair in here[1:] if pair[0] == "role")
            self.at_most((1, self.count(here)), (-1, self.count(cell("survey.responses", *role))))
        for here in [h for h in self.value if h[0] == "survey.themes" and len(h) == 2]:
            self.at_most((1, self.count(here)), (-1, self.count(("survey.themes",))))
        questions = sorted(
            {h[0] for h in self.value if h[0].startswith("survey.") and any(name == "option" for name, _ in h[1:])}
        )
        for question in questions:
            self._question(question)

    def _sent(self, here):
        """The invitations behind a response rate; 0 where too few were sent for anything to be kept open."""
        if sum(self.sent.values()) < 3 * self.threshold:
            return 0
        return self.sent.get(here[1][1], 0) if here[1:] else sum(self.sent.values())

    def _question(self, question):
        cells = [h for h in self.value if h[0] == question]
        roles = sorted({pair[1] for h in cells for pair in h[1:] if pair[0] == "role"})
        options = list(dict.fromkeys(pair[1] for h in cells for pair in h[1:] if pair[0] == "option"))
        groups = [()] + [("role", role) for role in roles]
        base, part, positive = {}, {}, {}
        for group in groups:
            base[group] = self.behind(f"{question} base", *group)
            self.at_most((1, base[group]), (-1, self.count(cell("survey.responses", *group))))
            for option in options:
                here = cell(question, *group, "option", option)
                part[group, option] = self.behind(f"{question} numerator", *group, "option", option)
                self.at_most((1, part[group, option]), (-1, base[group]))
                self._told(here, part[group, option], base[group])
            here = cell(f"{question}.positive", *group)
            if here in self.value:
                positive[group] = self.behind(f"{question}.positive numerator", *group)
                self.at_most((1, positive[group]), (-1, base[group]))
                self._told(here, positive[group], base[group])
            whole = sum(self.value[cell(question, *group, "option", option)] or 0 for option in options)
            single = (
                all(self.value.get(cell(question, "option", option)) is not None for option in options)
                and abs(sum(self.value[cell(question, "option", option)] for option in options) - 1) < LOOSE
            )
            if single and whole is not None:
                self.equal((1, base[group]), *((-1, part[group, option]) for option in options))
        if roles:
            self.equal((1, base[()]), *((-1, base["role", role]) for role in roles))
            for option in options:
                self.equal((1, part[(), option]), *((-1, part[("role", role), option]) for role in roles))
            if len(positive) == len(groups):
                self.equal((1, positive[()]), *((-1, positive["role", role]) for role in roles))

    def _told(self, here, part, base):
        if self.value.get(here) is not None and here in self.base:
            self.equal((1, base), (-1, ({}, self.base[here])))
            self.equal((1, part), (-1, ({}, round(self.value[here] * self.base[here]))))

    def ranges(self):
        """Every hidden number that the equations leave too little room."""
        fixed = self._fixed()
        names = {number_: here for here, number_ in self.unknown.items()}
        for unknown, value in fixed.items():
            if self._needs(names[unknown]) > 0 and value > LOOSE:
                yield f"{names[unknown]} is {value:g}"
        for unknowns, equal, less in self._components(fixed, names):
            wanted = [here for here in unknowns if self._needs(here)]
            if not wanted:
                continue
            spot = {self.unknown[here]: n for n, here in enumerate(unknowns)}
            a_eq, b_eq = self._matrix(equal, spot)
            a_le, b_le = self._matrix(less, spot)
            floors = [self.least[self.unknown[here]] for here in unknowns]
            bounds = [(None if least == -math.inf else least, None) for least in floors]
            for here in wanted:
                least, most = self._ends(spot[self.unknown[here]], a_eq, b_eq, a_le, b_le, bounds)
                if most - least < self._needs(here) - 1e-4 and most > LOOSE:
                    yield f"{here} lies between {least:g} and {most:g}"

    def _ends(self, place, a_eq, b_eq, a_le, b_le, bounds):
        ends = []
        for sign in (-1.0, 1.0):
            cost = np.zeros(len(bounds))
            cost[place] = sign
            solved = self._solved(cost, a_eq, b_eq, a_le, b_le, bounds)
            if solved.status == 3:
                return -math.inf, math.inf
            ends.append(sign * solved.fun)
        return ends[1], ends[0]

    @staticmethod
    def _solved(cost, a_eq, b_eq, a_le, b_le, bounds):
        """The least of a cost; a solver that finds no solution is asked in other ways before it is believed."""
        for method, presolve in (("highs", True), ("highs-ds", False), ("highs-ipm", True)):
            solved = linprog(
                cost,
                A_eq=a_eq,
                b_eq=b_eq,
                A_ub=a_le,
                b_ub=b_le,
                bounds=bounds,
                method=method,
                options={"presolve": presolve},
            )
            if solved.status in (0, 3):
                return solved
        raise AssertionError("the published figures contradict each other")

    def _needs(self, here):
        measure = here[0]
        if self._shown(here):
            return 0.0
        if measure == "survey.response_rate numerator" and self.sent:
            roles = [self.sent.get(here[1][1], 0)] if here[1:] else self.sent.values()
            return min(self.threshold, sum(max(0, one - 2) for one in roles))
        if (
            measure in COUNTS
            or measure == "incidents.entrants"
            or (measure.endswith(" numerator") and measure.split()[0] in SHARES)
        ):
            return self.threshold
        if measure.startswith(("value.", "money.")):
            return PENNIES
        return 1.0 if measure.endswith(" numerator") else 0.0

    def _shown(self, here):
        """Whether a number is no secret: a numerator whose share or parts are displayed, or what no row hides."""
        return here in self.added_up or (here[0].removesuffix(" numerator"), *here[1:]) not in self.hidden_cells

    def _matrix(self, rows, spot):
        if not rows:
            return None, None
        data = [(n, spot[unknown], times) for n, (row, _) in enumerate(rows) for unknown, times in row.items()]
        down, across, times = zip(*data, strict=True)
        return csr_array((times, (down, across)), shape=(len(rows), len(spot))), np.array([total for _, total in rows])

    def _fixed(self):
        """What an equation with one unknown gives, and then the next."""
        fixed = {}
        while True:
            fresh = {}
            for row, total in self.rows_eq:
                left = {u: t for u, t in row.items() if u not in fixed and abs(t) > 1e-12}
                if len(left) == 1:
                    ((unknown, times),) = left.items()
                    fresh[unknown] = (total - sum(t * fixed[u] for u, t in row.items() if u in fixed)) / times
            if not fresh:
                return fixed
            fixed |= fresh

    def _components(self, fixed, names):  # noqa: C901 - cut, put in place, gather
        """The other unknowns, those together that hang together, with their equations and limits."""
        leader = {unknown: unknown for unknown in names if unknown not in fixed}

        def lead(unknown):
            while leader[unknown] != unknown:
                unknown = leader[unknown]
            return unknown

        kept = []
        for rows in (self.rows_eq, self.rows_le):
            kept.append([])
            for row, total in rows:
                left = {u: t for u, t in row.items() if u not in fixed and abs(t) > 1e-12}
                rest = total - sum(t * fixed[u] for u, t in row.items() if u in fixed)
                if not left:
                    if (rows is self.rows_eq and abs(rest) > 0.02) or (rows is self.rows_le and rest < -0.02):
                        raise AssertionError("the published figures contradict each other")
                    continue
                kept[-1].append((left, rest))
                first, *others = left
                for other in others:
                    leader[lead(other)] = lead(first)
        groups = defaultdict(lambda: ([], [], []))
        for unknown in leader:
            groups[lead(unknown)][0].append(names[unknown])
        for n in (0, 1):
            for row, total in kept[n]:
                groups[lead(next(iter(row)))][n + 1].append((row, total))
        return list(groups.values())
