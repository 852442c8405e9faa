"""A published year under attack."""

from __future__ import annotations

import csv
import io

from attacker.definitions import COUNTS, PERSONAL, RESTS, SHARES, WHOLES, cell
from attacker.intervals import Intervals


class Year(Intervals):
    """One file of all figures: what is seen at once, and what can be calculated."""

    def __init__(self, data, threshold, target, sent):
        super().__init__(data, threshold, target, sent)
        for here in self.hidden:
            if here[0] in WHOLES or here[0] in COUNTS or here[0].startswith("money."):
                self.count(here)
        self._bases()
        self._totals()
        self._three_ways()
        self._notices_and_money()
        self._objections()
        self._survey()

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
