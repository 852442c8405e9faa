"""The chart of the action plan: late, dropped and open actions on a calendar."""

from collections import Counter
from datetime import date

import pytest

from reportgen.charts import action_timeline, theme
from reportgen.model import formatting
from reportgen.model.records import Action


def test_late_actions_are_labelled_and_drawn(chart_years):
    year = chart_years["ordinary"]
    actions = year.statistics.records.actions
    texts = Counter(year.drawings["actions"].texts())
    assert texts["Late"] == sum(action.overdue for action in actions) > 0
    completed_late = sum(action_timeline.state(action) == "Completed late" for action in actions)
    assert texts["Completed late"] == 1 + completed_late > 1  # and the key
    assert f"As at {formatting.day(year.release.as_at)}" in texts
    quick = {action.action for action in actions if action.quick_win}
    where = {word.text: word.top for word in year.drawings["actions"].words}
    assert quick & {*where}
    assert all(where["Quick wins"] < where[one] < where["Other actions"] for one in quick & {*where})


def action(n, **more):
    plain = {
        "ref": f"A-{n:02d}", "action": f"Action number {n}", "theme": "t", "heard": "h", "owner": "o", "audience": (),
        "quick_win": n % 2 == 0, "status": "complete", "start": date(2025, 4, 1), "due": date(2025, 9, 1),
        "completed": date(2025, 8, 1), "outcome": "", "overdue": False,
    }  # fmt: skip
    return Action(**plain | more)


def test_a_long_plan_shows_its_late_and_open_actions():
    plan = [action(n) for n in range(60)] + [
        action(60, status="in progress", completed=None, overdue=True),
        action(61, completed=date(2025, 12, 1)),
        action(62, status="not started", completed=None, due=date(2026, 9, 1)),
    ]
    kept, more = action_timeline.shown(plan)
    assert len(kept) + more == 63
    assert 20 < len(kept) < 40
    assert {"A-60", "A-61", "A-62"} <= {one.ref for one in kept}
    canvas = action_timeline.timeline(plan, date(2026, 6, 30))
    assert any(f"{more} other actions are not drawn" in word["text"] for word in canvas.words)


def marks(plan, *, kind):
    canvas = action_timeline.timeline(plan, date(2026, 6, 30))
    return [record for layer in canvas.layers if layer["mark"] == kind for record in layer["records"]], canvas


def test_a_dropped_action_shows_its_planned_time_but_no_date():
    kept, _ = marks([action(1)], kind="point")
    both, canvas = marks([action(1), action(3, status="dropped", completed=None)], kind="point")
    assert len(both) == len(kept)
    words = {word["text"]: word["colour"] for word in canvas.words}
    assert words["Dropped"] == theme.QUIET


def test_the_key_explains_every_mark_of_the_plan():
    _, canvas = marks([action(1)], kind="point")
    key = [word["text"] for word in canvas.words if word["y"] == canvas.words[0]["y"]]
    assert key == ["Planned time", "Completed on time", "Completed late", "Due", "Still late", "Time overdue"]


@pytest.mark.parametrize("due", [date(2026, 1, 1), date(2026, 7, 31), date(2027, 2, 1), date(2031, 1, 1)])
def test_the_calendar_axis_begins_and_ends_with_a_label(due):
    _, canvas = marks([action(1), action(2, due=due, status="in progress", completed=None)], kind="point")
    (named,) = {
        tuple(word["x"] for word in canvas.words if word["y"] == height)
        for height in {word["y"] for word in canvas.words if word["text"] == "Apr 2025"}
    }
    lines = [record["x"] for layer in canvas.layers if layer["mark"] == "rule" for record in layer["records"]]
    assert (min(lines), max(lines)) == (min(named), max(named))
    assert 2 <= len(named) <= action_timeline.STEPS + 1


def test_an_action_on_two_lines_is_split_evenly():
    long = action(1, action="Hold open meetings for drivers and for small firms twice a year")
    _, canvas = marks([long], kind="point")
    lines = [word["text"] for word in canvas.words if word["text"] in long.action]
    assert len(lines) == 2
    assert min(len(line) for line in lines) > len(long.action) / 3
