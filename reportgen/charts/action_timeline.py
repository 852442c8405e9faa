"""Timeline of the engagement plan: each action's start, due date and completion.

Input: actions, the as-at date. Output: a ``Canvas``: quick wins first, then other actions, each by due date; late ones
in another colour and labelled.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from datetime import date
from typing import Final

from reportgen.charts import theme
from reportgen.charts.canvas import Canvas, Scale, fitting
from reportgen.model import formatting
from reportgen.model.figure import MONTHS
from reportgen.model.records import Action

HEADINGS: Final = 120
"""Height of key, months and headings; if the plan is longer than a page, late and open actions are kept."""
LABELS: Final = 318
STATUS: Final = 94
LATE: Final = "late"
STEPS: Final = 3
"""Most intervals between named months, so that the names do not overlap."""


def state(action: Action) -> str:
    """Describe an action's status."""
    if action.status == "complete":
        return "Completed late" if action.completed and action.completed > action.due else "Complete"
    if action.overdue:
        return "Late"
    return formatting.capital(action.status)


def is_late(action: Action) -> bool:
    """Return whether an action is overdue or was completed late."""
    return LATE in state(action).casefold()


def shown(actions: Sequence[Action]) -> tuple[list[Action], int]:
    """Return the actions that fit, and how many do not; late and open actions are kept first."""
    by_need = sorted(actions, key=lambda one: not (is_late(one) or one.status in ("in progress", "not started")))
    kept = {one.ref for one in by_need[: fitting([_row_height(one) for one in by_need], HEADINGS, 0)]}
    drawn = [one for one in actions if one.ref in kept]
    return sorted(drawn, key=lambda one: (not one.quick_win, one.due, one.ref)), len(actions) - len(drawn)


def _row_height(action: Action) -> float:
    return len(_label(action)) * theme.LINE + 4


def _label(action: Action) -> list[str]:
    """Wrap an action's text in as few lines as possible, balanced in length."""
    lines = theme.wrap(action.action, LABELS, theme.SMALL)
    for room in range(LABELS, LABELS // len(lines), -6):
        narrower = theme.wrap(action.action, room, theme.SMALL)
        if len(narrower) > len(lines) or any("…" in line for line in narrower):
            break
        lines = narrower
    return lines


def timeline(actions: Sequence[Action], as_at: date) -> Canvas:
    """Draw a row for each action: a pale bar for planned time, a dot at completion, a ring at the due date."""
    canvas = Canvas()
    drawn, more = shown(actions)
    along = _day_scale(drawn, as_at)
    _key(canvas)
    y = top = canvas.height + 40
    for heading, quick in (("Quick wins", True), ("Other actions", False)):
        part = [one for one in drawn if one.quick_win is quick]
        if part:
            canvas.text(0, y + 8, heading, weight=600)
            y += 24
        for one in part:
            tall = _row_height(one)
            canvas.lines(0, y + tall / 2, _label(one), size=theme.SMALL)
            _row(canvas, along, one, as_at, y + tall / 2)
            y += tall
        y += 8 if part else 0
    _calendar(canvas, along, as_at, top, y - 6)
    canvas.height = y - 4
    if more:
        few = "1 other action is" if more == 1 else f"{formatting.number(more)} other actions are"
        canvas.footnote(f"{few} not drawn: completed on time, or dropped. The table of actions has them all.")
    return canvas


def _day_scale(actions: Sequence[Action], as_at: date) -> Scale:
    """Return the scale of days, from the first month to the last that an action touches, in whole calendar steps."""
    days = [as_at, *(day for one in actions for day in (one.start, one.due, one.completed) if day is not None)]
    first, last = min(days), max(days)
    months = (last.year - first.year) * 12 + last.month - first.month + 1
    end = _month(first, math.ceil(months / _step(months)) * _step(months))
    return Scale((_month(first, 0).toordinal(), end.toordinal()), (LABELS + 14, theme.WIDTH - STATUS - 32))


def _step(months: int) -> int:
    """Return the number of months between labels."""
    return next((n for n in (1, 2, 3, 6, 12, 24, 60) if months / n <= STEPS), max(1, math.ceil(months / STEPS)))


def _month(day: date, more: int) -> date:
    """Return the first day of the month that is ``more`` months after that of ``day``."""
    whole = day.year * 12 + day.month - 1 + more
    return date(whole // 12, whole % 12 + 1, 1)


def _row(canvas: Canvas, along: Scale, action: Action, as_at: date, y: float) -> None:
    """Draw the marks and the status of one action."""
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
    elif action.status != "dropped":  # a dropped action has no due date to show and no date on which it was dropped
        canvas.points(along, None, [(due, y)], theme.PALETTE[0], hollow=True)
    strong, ink = 600 if is_late(action) else 400, theme.QUIET if action.status == "dropped" else theme.INK
    canvas.text(theme.WIDTH - STATUS, y, state(action), size=theme.SMALL, weight=strong, colour=ink)


def _key(canvas: Canvas) -> None:
    """Draw the key, wrapped over several lines if necessary."""
    x, y = 0.0, 9.0
    place = Scale((0, theme.WIDTH), (0, theme.WIDTH))
    for words, colour, mark in (
        ("Planned time", theme.APART, "span"),
        ("Completed on time", theme.PALETTE[0], "dot"),
        ("Completed late", theme.LATE, "dot"),
        ("Due", theme.PALETTE[0], "ring"),
        ("Still late", theme.LATE, "ring"),
        ("Time overdue", theme.LATE, "line"),
    ):
        if x + 24 + theme.width(words, theme.SMALL) > theme.WIDTH:
            x, y = 0.0, y + 20
        if mark in ("dot", "ring"):
            canvas.points(place, None, [(x + 8, y)], colour, hollow=mark == "ring")
        else:
            canvas.spans(place, [(x, x + 16, y)], colour, 6 if mark == "span" else 3)
        x = canvas.text(x + 22, y, words, size=theme.SMALL).right + 18
    canvas.height = y + 10


def _calendar(canvas: Canvas, along: Scale, as_at: date, top: float, bottom: float) -> None:
    """Draw months along the top, labelled at each step, and the as-at date as a dashed line."""
    now = along(as_at.toordinal())
    words = f"As at {formatting.day(as_at)}"
    wide = theme.width(words, theme.SMALL, 600)
    canvas.text(min(now - wide / 2, theme.WIDTH - wide), top - 31, words, size=theme.SMALL, weight=600)
    canvas.rules([(now, top - 6, now, bottom)], theme.INK, dashed=True)
    first, last = (date.fromordinal(int(day)) for day in along.domain)
    months = (last.year - first.year) * 12 + last.month - first.month
    step = _step(months)
    for n in range(0, months + 1, step if step % 2 else step // 2):
        day = _month(first, n)
        x = along(day.toordinal())
        canvas.rules([(x, top - 6, x, bottom)], theme.RULE, under=True)
        if n % step == 0:
            words = f"{MONTHS[day.month - 1][:3]} {day.year}"
            canvas.text(x, top - 14, words, "center", size=theme.SMALL, colour=theme.QUIET)
