"""The engagement plan over time: each action from its start to the day it was due, and when it was done.

Goes in: actions, the as-at date. Comes out: a ``Canvas``: quick wins first, then the others, by the day they were due;
late ones in another colour and in words.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Final

from reportgen import formats
from reportgen.charts import theme
from reportgen.charts.canvas import Canvas, Scale, fitting
from reportgen.figures import MONTHS
from reportgen.records import Action

HEADINGS: Final = 124
"""The room of key, months and headings; of a plan longer than a page, late and open actions come first."""
LABELS: Final = 318
STATUS: Final = 84
LATE: Final = "late"
TICKS: Final = 5


def state(action: Action) -> str:
    """How an action stands, in a word or two."""
    if action.status == "complete":
        return "Done late" if action.completed and action.completed > action.due else "Done"
    if action.overdue:
        return "Late"
    return formats.capital(action.status)


def is_late(action: Action) -> bool:
    """Whether an action was or is later than planned."""
    return LATE in state(action).casefold()


def shown(actions: Sequence[Action]) -> tuple[list[Action], int]:
    """The actions that are drawn, and how many are not: those late or still open come first."""
    by_need = sorted(actions, key=lambda one: not (is_late(one) or one.status in ("in progress", "not started")))
    kept = {one.ref for one in by_need[: fitting([_tall(one) for one in by_need], HEADINGS, 0)]}
    drawn = [one for one in actions if one.ref in kept]
    return sorted(drawn, key=lambda one: (not one.quick_win, one.due, one.ref)), len(actions) - len(drawn)


def _tall(action: Action) -> float:
    return len(theme.wrap(action.action, LABELS, theme.SMALL)) * theme.LINE + 4


def timeline(actions: Sequence[Action], as_at: date) -> Canvas:
    """A row for each action: a pale rule for the plan, a dot where it was done, a ring where it is due."""
    canvas = Canvas()
    drawn, more = shown(actions)
    along = _along(drawn, as_at)
    _key(canvas)
    y = top = canvas.height + 40
    for heading, quick in (("Quick wins", True), ("Other actions", False)):
        part = [one for one in drawn if one.quick_win is quick]
        if part:
            canvas.text(0, y + 8, heading, weight=600)
            y += 24
        for one in part:
            lines = theme.wrap(one.action, LABELS, theme.SMALL)
            tall = _tall(one)
            canvas.lines(0, y + tall / 2, lines, size=theme.SMALL)
            _row(canvas, along, one, as_at, y + tall / 2)
            y += tall
        y += 8 if part else 0
    _calendar(canvas, along, as_at, top, y - 6)
    canvas.height = y - 4
    if more:
        few = "1 other action is" if more == 1 else f"{formats.number(more)} other actions are"
        canvas.footnote(f"{few} not drawn: done on time, or dropped. The table of actions has them all.")
    return canvas


def _along(actions: Sequence[Action], as_at: date) -> Scale:
    """The scale of days, from the first month to the last that an action touches."""
    days = [as_at, *(day for one in actions for day in (one.start, one.due, one.completed) if day is not None)]
    first, last = min(days).replace(day=1), max(days)
    following = date(last.year + last.month // 12, last.month % 12 + 1, 1)
    return Scale((first.toordinal(), following.toordinal()), (LABELS + 14, theme.WIDTH - STATUS - 12))


def _row(canvas: Canvas, along: Scale, action: Action, as_at: date, y: float) -> None:
    """The marks of one action and the word for how it stands."""
    colour = theme.LATE if is_late(action) else theme.PALETTE[0]
    due = action.due.toordinal()
    begun = action.start.toordinal() if action.start else due
    canvas.spans(along, [(begun, due, y)], theme.APART, 6)
    if action.status == "complete" and action.completed:
        done = action.completed.toordinal()
        if done > due:
            canvas.spans(along, [(due, done, y)], theme.LATE, 3)
        canvas.points(along, None, [(done, y)], colour)
    elif action.overdue:
        canvas.spans(along, [(due, as_at.toordinal(), y)], theme.LATE, 3)
        canvas.points(along, None, [(due, y)], theme.LATE, hollow=True)
    elif action.status == "dropped":
        canvas.points(along, None, [(due, y)], theme.QUIET, shape="cross")
    else:
        canvas.points(along, None, [(due, y)], theme.PALETTE[0], hollow=True)
    strong = 600 if is_late(action) else 400
    canvas.text(theme.WIDTH - STATUS, y, state(action), size=theme.SMALL, weight=strong)


def _key(canvas: Canvas) -> None:
    """What the marks mean, over as many lines as it takes."""
    x, y = 0.0, 9.0
    place = Scale((0, 1), (0, 1))
    for words, colour, hollow, shape in (
        ("Done on time", theme.PALETTE[0], False, "circle"),
        ("Done late", theme.LATE, False, "circle"),
        ("Due", theme.PALETTE[0], True, "circle"),
        ("Was due, still late", theme.LATE, True, "circle"),
        ("Dropped", theme.QUIET, False, "cross"),
    ):
        canvas.points(place, None, [(x + 6, y)], colour, shape, hollow=hollow)
        box = canvas.text(x + 17, y, words, size=theme.SMALL)
        x = box.right + 18
    canvas.height = y + 10


def _calendar(canvas: Canvas, along: Scale, as_at: date, top: float, bottom: float) -> None:
    """Months along the top, a few of them named, and the as-at date as a dashed rule."""
    now = along(as_at.toordinal())
    words = f"As at {formats.day(as_at)}"
    wide = theme.width(words, theme.SMALL, 600)
    canvas.text(min(now - wide / 2, theme.WIDTH - wide), top - 31, words, size=theme.SMALL, weight=600)
    canvas.rules([(now, top - 24, now, bottom)], theme.INK, dashed=True)
    first, last = (date.fromordinal(int(day)) for day in along.domain)
    months = (last.year - first.year) * 12 + last.month - first.month
    step = next((n for n in (1, 2, 3, 6, 12, 24) if months / n <= TICKS), 48)
    for n in (n for n in range(months + 1) if (first.month - 1 + n) % step == 0):
        whole = first.year * 12 + first.month - 1 + n
        day = date(whole // 12, whole % 12 + 1, 1)
        x = along(day.toordinal())
        canvas.rules([(x, top - 6, x, bottom)], theme.RULE, under=True)
        words = f"{MONTHS[day.month - 1][:3]} {day.year}"
        box = canvas.room(x, top - 14, words, "center", theme.SMALL)
        crossed = box.left - 4 <= now <= box.right + 4
        if canvas.free(box) and not crossed:
            canvas.text(x, top - 14, words, "center", size=theme.SMALL, colour=theme.QUIET)
