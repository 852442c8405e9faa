"""Generate the history of one synthetic notice: issued, objection, appeal, payment.

Input: a random generator, the responsible person, and a day. Output: the notice's row on that day and its ledger
events. Hides the probabilities.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any, Final

from reportgen.scheme import law

if TYPE_CHECKING:
    import numpy as np

OBJECTION_OUTCOMES: Final = {
    "cancelled": 17,
    "reduced": 42,
    "reduced to nil": 7,
    "increased": 4,
    "unchanged": 24,
    "withdrawn": 6,
}
APPEAL_OUTCOMES: Final = {"cancelled": 22, "reduced": 30, "dismissed": 33, "withdrawn": 15}
MEANS_TESTED: Final = 0.75


def pick(chance: np.random.Generator, weights: dict[Any, int], size: int) -> list[Any]:
    """Draw ``size`` words with the given weights."""
    import numpy as np

    words = list(weights)
    shares = np.array([weights[word] for word in words], dtype=float)
    return [words[n] for n in chance.choice(len(words), size=size, p=shares / shares.sum())]


@dataclass(slots=True)
class NoticeLife:
    """A notice and its history up to the as-at date; amounts are whole pounds."""

    chance: np.random.Generator
    dice: list[float]
    notice: str
    role: str
    as_at: date
    initial: int
    most: int
    current: int
    changed: date
    events: list[tuple[str, ...]]
    objection: date | None = None
    decided: date | None = None
    outcome: str = ""
    appealed: date | None = None
    judged: date | None = None
    judgment: str = ""
    paid: int = 0
    gone: int = 0
    status: str = "unpaid"

    def add(self, when: date, event: str, amount: int, payer: str = "") -> None:
        """Add a ledger event."""
        self.events.append((self.notice, when.isoformat(), event, str(amount), payer))

    def change(self, value: int, when: date, event: str) -> None:
        """Change the penalty, with a ledger event."""
        if value != self.current:
            self.add(when, event, abs(value - self.current))
        self.current = value

    def object(self, regime: str) -> None:
        """Generate an objection, decided if before the as-at date."""
        objection = self.changed + timedelta(days=5 + int(self.dice[4] * 23))
        decided = objection + timedelta(days=int(12 + self.chance.gamma(4.0, 8.0)))
        if objection > self.as_at:
            return
        self.objection = objection
        if decided > self.as_at:
            return
        weights = dict(OBJECTION_OUTCOMES)
        if regime == "2026 scheme":
            weights |= {"reduced to nil": 16, "reduced": 36}
        if self.initial >= self.most:
            weights |= {"increased": 0}
        self.outcome = pick(self.chance, weights, 1)[0]
        self.decided = self.changed = decided
        if self.outcome in ("cancelled", "reduced to nil"):
            self.change(0, decided, self.outcome.removesuffix(" to nil"))
        elif self.outcome == "increased":
            self.change(self.most, decided, "increased")
        elif self.outcome == "reduced":
            by_means = self.role == "driver" and self.dice[6] < MEANS_TESTED
            share = 0.02 + 0.1 * self.dice[5] if by_means else (0.25, 0.375, 0.5, 0.75)[int(self.dice[5] * 4)]
            self.change(max(36, int(self.initial * share)), decided, "reduced")

    def appeal(self) -> None:
        """Generate an appeal, decided if before the as-at date."""
        appealed = self.changed + timedelta(days=3 + int(self.dice[4] * 24))
        judged = appealed + timedelta(days=int(40 + self.chance.gamma(4.0, 20.0)))
        if appealed > self.as_at:
            return
        self.appealed = appealed
        if judged > self.as_at:
            return
        self.judgment = pick(self.chance, APPEAL_OUTCOMES, 1)[0]
        self.judged = self.changed = judged
        if self.judgment == "cancelled":
            self.change(0, judged, "cancelled")
        elif self.judgment == "reduced" and self.current > 40:
            self.change(max(20, min(self.current, self.initial) // 2), judged, "reduced")
        elif self.judgment == "reduced":
            self.judgment = "dismissed"

    def pay(self) -> None:
        """Generate payment, write-off and refund."""
        when = self.changed + timedelta(days=int(8 + self.dice[8] * 48))
        waiting = (self.objection and not self.decided) or (self.appealed and not self.judged)
        if self.current == 0:
            self.status = "nil" if self.outcome == "reduced to nil" else "cancelled"
        elif when <= self.as_at and not waiting:
            self.settle(when)
        if not self.paid:
            return
        self.add(
            when, "paid", self.paid, {"driver": "owner"}.get(self.role, self.role) if self.dice[9] < 0.22 else self.role
        )
        refunded = when + timedelta(days=20)
        if self.paid > self.current and self.dice[5] < 0.5 and refunded <= self.as_at:
            self.add(refunded, "refunded", self.paid - self.current)
            self.paid = self.current

    def settle(self, when: date) -> None:
        """Set the amount paid, and the amount written off 60 days later."""
        much, current = self.dice[11], self.current
        if self.dice[10] < 0.6:
            self.status, self.paid = "paid", current
            if current < self.initial and much < 0.04:
                self.paid = min(self.initial, current + 300)
        elif self.dice[10] < 0.67:
            self.status, self.paid = "part paid", max(1, int(current * (0.2 + 0.6 * much)))
        elif self.dice[10] < 0.76:
            self.status, self.paid = "instalments", int(current * 0.1 * int(1 + much * 8))
        elif self.dice[10] < 0.8 and when + timedelta(days=60) <= self.as_at:
            self.paid = 0 if much < 0.7 else current // 5
            self.status, self.gone = "written off", current - self.paid
            self.add(when + timedelta(days=60), "written off", self.gone)


def notice(
    chance: np.random.Generator,
    reference: str,
    incident: str,
    responsible: str,
    day: date,
    noticed: date,
    found: int,
    home: str,
    as_at: date,
) -> tuple[tuple[str, ...], list[tuple[str, ...]]]:
    """Generate one notice and its ledger events."""
    section, role = responsible.split()
    dice = chance.random(12).tolist()
    occasion = "first" if dice[0] < 0.88 else "second" if dice[0] < 0.96 else "third or later"
    regime = law.regime_of(day) or ""
    level = law.level(regime, section, occasion)
    most = (level.maximum if level else 2000) * (found if section == "32" else 1)
    accredited = "" if dice[1] < 0.02 else "yes" if dice[1] < 0.09 and role != "driver" else "no"
    initial = most // 2 if accredited == "yes" or (role != "driver" and dice[2] < 0.2) else most
    case = NoticeLife(chance, dice, reference, role, as_at, initial, most, initial, noticed, [])
    case.add(noticed, "issued", initial)
    if dice[3] < 0.62:
        case.object(regime)
    if case.current > 0 and dice[7] < 0.07 and (case.objection is None or case.decided is not None):
        case.appeal()
    case.pay()
    iso = [day.isoformat() if day else "" for day in (case.objection, case.decided, case.appealed, case.judged)]
    row = (
        reference, incident, noticed.isoformat(), section, role, occasion, str(found if section == "32" else 0),
        "" if dice[2] > 0.985 else home, accredited, str(initial), iso[0], iso[1], case.outcome, iso[2], iso[3],
        case.judgment, str(case.current), str(case.paid), str(case.gone) if case.gone else "", case.status,
    )  # fmt: skip
    return row, case.events
