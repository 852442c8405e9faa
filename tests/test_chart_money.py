"""The chart of the money flow: steps, balances and units."""

import re

from reportgen.charts import stacked_bars
from reportgen.model.chart import Plotted


def test_steps_of_the_money_flow_end_at_the_closing_balance(chart_years):
    """Displayed steps, none hidden: each starts where the one before ended and the last is the closing balance."""
    values = {"opening": 100, "issued": 50, "reduced": 20, "cancelled": 10, "paid": 30, "closing": 90}
    signs = {"opening": 0, "issued": 1, "closing": 0}
    steps = [(n, Plotted(v, str(v)), signs.get(n, -1)) for n, v in values.items()]
    (layer,) = (one for one in stacked_bars.waterfall(steps).layers if one["mark"] == "bar")
    spans_ = [(record["from"], record["to"]) for record in layer["records"]]
    assert spans_ == [(0, 100), (100, 150), (130, 150), (120, 130), (90, 120), (0, 90)]


def test_a_hidden_step_of_the_flow_has_no_bar():
    steps = [("a", Plotted(100, "100"), 0), ("b", Plotted(None, "[c]"), 1), ("c", Plotted(7, "7"), -1)]
    canvas = stacked_bars.waterfall(steps)
    (layer,) = (one for one in canvas.layers if one["mark"] == "bar")
    assert len(layer["records"]) == 2
    assert [word["text"] for word in canvas.words].count("[c]") == 1
    (rule,) = (one for one in canvas.layers if one["mark"] == "rule" and one["dashed"])
    (line,) = rule["records"]
    assert line["x"] == line["x2"]
    assert line["y2"] - line["y"] > stacked_bars.STEP


def test_all_amounts_in_a_drawing_share_one_unit(chart_years):
    for name in ("ordinary", "large"):
        for id_ in ("values-by-role", "money-flow"):
            texts = [text for text in chart_years[name].drawings[id_].texts() if "£" in text]
            assert texts, id_
            assert all(re.fullmatch(r"[+−]?£[\d,]+\.\d million|£0|less than £0\.1 million", text) for text in texts), (
                texts
            )


def test_a_negative_balance_is_drawn_left_of_zero():
    steps = [("a", Plotted(10, "10"), 0), ("b", Plotted(30, "30"), -1), ("c", Plotted(-20, "−20"), 0)]
    canvas = stacked_bars.waterfall(steps)
    assert canvas.layers[0]["x"]["domain"] == [-20, 10]
    assert all(box.left >= 0 for box in canvas.boxes)
