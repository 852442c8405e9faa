"""The words of law: levels, times allowed, reductions. Their numbers come from the law's own tables alone.

Goes in: the names of levels and clocks. Comes out: printed pieces that say which law they are.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar, Final

from reportgen.language.mistakes import Wrong, short
from reportgen.model import formatting
from reportgen.model.problem import did_you_mean
from reportgen.scheme import law

if TYPE_CHECKING:
    from reportgen.language.fragment import Fragment
    from reportgen.model.figure import Period
    from reportgen.vocabulary.provenance import Provenance

SECTIONS: Final = ("31A", "32")
OCCASIONS: Final = ("first", "second", "third or later")
CLOCKS: Final = {
    "payment": law.PAYMENT_DAYS,
    "instalments": law.OBJECTION_DAYS,
    "objection": law.OBJECTION_DAYS,
    "appeal": law.APPEAL_DAYS,
    "appeal in Scotland": law.APPEAL_DAYS_SCOTLAND,
    "sale": law.SALE_DAYS,
}
REDUCTIONS: Final = {"compliance": "Complied with the security regulations", "accreditation": "Accredited"}
"""The condition in the law's table that each name stands for."""


@dataclass
class Legal:
    """Words of law for a period."""

    period: Period
    trace: Provenance

    WORDS: ClassVar[tuple[str, ...]] = ("level", "clock", "reduction")

    def level(
        self, *, section: object = "", occasion: object = "first", aggregate: object = False, regime: object = ""
    ) -> Fragment:
        """The most that a penalty may be, by law: ``level(section="32", occasion="first")``."""
        name = str(regime) if regime else law.regime_of(self.period.last) or ""
        for word, words, what in (
            (name, law.REGIMES, "regime"),
            (section, SECTIONS, "section"),
            (occasion, OCCASIONS, "occasion"),
        ):
            if word not in words:
                hint = did_you_mean(str(word), words) or f"There are: {', '.join(words)}."
                said = f"There is no {what} “{short(str(word))}”." if word else f"The {what} is missing."
                raise Wrong("unknown-level", said, hint, str(word) if word else "level")
        found = law.level(name, str(section), str(occasion))
        if found is None:
            said = f"Under the regime “{name}” there was no penalty for section {section}, {occasion} occasion."
            raise Wrong("unknown-level", said, "Name a regime that had one.", "level")
        amount = found.aggregate if aggregate else found.maximum
        what = f"level section {section}, {occasion}, {name}{', all together' if aggregate else ''}"
        return self.trace.law(formatting.pounds(amount), amount, what)

    def clock(self, name: object) -> Fragment:
        """A time allowed by law: ``clock("payment")``."""
        if name not in CLOCKS:
            hint = did_you_mean(str(name), CLOCKS) or f"There are: {', '.join(CLOCKS)}."
            raise Wrong("unknown-clock", f"There is no time called “{short(str(name))}”.", hint, str(name))
        days = CLOCKS[str(name)]
        return self.trace.law(formatting.days(days), days, f"clock {name}")

    def reduction(self, name: object) -> Fragment:
        """A reduction by law: ``reduction("compliance")``."""
        if name not in REDUCTIONS:
            hint = did_you_mean(str(name), REDUCTIONS) or f"There are: {', '.join(REDUCTIONS)}."
            raise Wrong("unknown-reduction", f"There is no reduction called “{short(str(name))}”.", hint, str(name))
        effects = (row["effect"] for row in law.reductions() if row["condition"] == REDUCTIONS[str(name)])
        percent = re.search(r"\d+(?=%)", next(effects))
        if percent is None:
            raise AssertionError("a reduction without its per cent")
        return self.trace.law(f"{percent[0]}%", int(percent[0]) / 100, f"reduction {name}")
