"""Charts are true to their numbers: bars, shares and labels match the table."""

import re
from collections import Counter

from charted_years import every

from reportgen import tables
from reportgen.charts.survey_charts import scale_of
from reportgen.model import formatting


def number(text):
    """What a label says, as a number."""
    words = text.replace("−", "-").replace("+", "").replace("£", "").replace("%", "").replace(",", "").split()
    factor = {"million": 1e6, "billion": 1e9}.get(words[-1], 1)
    return float(words[0]) * factor


BARS = ("bars", "panels", "options", "context")


def test_bars_start_at_zero_and_are_as_long_as_their_numbers(chart_year):
    for name, one in every(chart_year):
        kind = chart_year.plots[name][0].kind
        if kind not in BARS or kind == "options":
            continue
        scales = {}
        for bar in one.bars:
            label = one.after(bar)
            if label is None:
                continue  # a swatch of the key
            if kind == "context":
                scales.setdefault(bar.left, []).append(bar.length / number(label))
            elif "million" not in label:
                scales.setdefault(0, []).append(bar.length / number(label))
        for ratios in scales.values():
            assert max(ratios) / min(ratios) < 1.03 or max(ratios) - min(ratios) < 0.05, (name, ratios)
        if kind == "bars":
            assert len({round(bar.left, 1) for bar in one.bars if one.after(bar)}) <= 1, name


def test_bars_of_millions_match_the_table(chart_years):
    for name in ("ordinary", "large"):
        year = chart_years[name]
        one, table = year.drawings["values-by-role"], year.charts["values-by-role"].table
        values = [cell.value for row in table.rows for cell in row.cells if cell.value]
        ratios = [bar.length / value for bar, value in zip(one.bars, values, strict=True)]
        assert max(ratios) / min(ratios) < 1.001, name


def test_shares_are_drawn_as_they_are_printed(chart_year):
    """A bar of 43% is drawn as 43, not as the exact share behind it."""
    for name, (spec, plot) in chart_year.plots.items():
        if spec.kind in ("options", "answers", "intervals", "interval panels"):
            for layer in plot.canvas.layers:
                places = (
                    [v for r in layer["records"] for k, v in r.items() if k in ("from", "to", "x") and layer["x"]]
                    if layer.get("x")
                    else []
                )
                assert all(value == int(value) for value in places), (name, layer)


def test_answers_add_up_to_100_per_cent(chart_year):
    some = 0
    for name, (spec, plot) in chart_year.plots.items():
        if spec.kind != "answers" or not any(layer["mark"] == "bar" for layer in plot.canvas.layers):
            continue
        rows = Counter()
        for bar in chart_year.drawings[name].bars:
            if bar.bottom - bar.top > 20:
                rows[round(bar.middle, 1)] += bar.length
        question = next(q for q in chart_year.statistics.records.questions if q.name == spec.question)
        if not scale_of(question)[2]:
            continue
        shares = {}
        for layer in plot.canvas.layers:
            for record in layer["records"] if layer["mark"] == "bar" else ():
                if record["bottom"] - record["top"] > 20:
                    middle = (record["bottom"] + record["top"]) / 2
                    shares[middle] = shares.get(middle, 0) + record["to"] - record["from"]
        assert all(97 <= total <= 103 for total in shares.values()), (name, shares)
        unit = {round(length / shares[min(shares, key=lambda m: abs(m - at))], 2) for at, length in rows.items()}
        assert max(unit) - min(unit) <= 0.02, (name, unit)
        some += len(shares)
    assert some or not [spec for spec, _ in chart_year.plots.values() if spec.kind == "answers"]


def test_every_number_in_a_drawing_comes_from_its_table_or_its_axis(chart_year):
    """Every number is one of the chart's table, of its axis, a year, a day or the threshold of an interval."""
    for name, one in every(chart_year):
        spec = chart_year.plots[name][0]
        chart = chart_year.charts[name]
        known = {cell.text.removesuffix(" [u]").replace(",", "") for row in chart.table.rows for cell in row.cells}
        values = [cell.value for row in chart.table.rows for cell in row.cells if cell.value is not None]
        known |= {text.replace(",", "") for text in formatting.pounds_alike(values)}
        known = {word.strip("+−£%") for text in known for word in text.split()}
        known |= {word for row in chart.table.rows for word in row.label.replace(",", "").split()}
        for text in one.texts():
            for token in re.findall(r"\d[\d,]*(?:\.\d+)?", text):
                plain = token.replace(",", "")
                if plain in known or spec.kind in ("actions", "history"):
                    continue
                assert token_is_no_figure(text, plain, chart_year, spec), (name, text, token)


def token_is_no_figure(text, plain, year, spec):
    """Axis numbers, years, days, the names of periods, bases of roles, the 95 of an interval, the target."""
    periods = [year.statistics.period.label] + (
        [year.statistics.previous.period.label] if year.statistics.previous else []
    )
    if text == tables.SHORTHAND[tables.LOW]:
        return True
    if any(plain in label for label in periods) or "95%" in text or re.search(r"\b20\d\d\b", text):
        return True
    if spec.kind in ("line", "days", "intervals", "interval panels"):
        value = float(plain)
        return value == 0 or value in (50, 100) or re.fullmatch(r"[125]0*|250*|[1-9]\d*0+|[1-9]\d?", plain) is not None
    if spec.kind == "answers":
        return f"({formatting.number(float(plain))})" in text
    return spec.kind == "panels" and text.startswith("Section")


def test_bar_labels_match_the_table(chart_years):
    """The label after each bar is a cell of the table."""
    for name in ("ordinary", "hidden", "large", "tiny"):
        year = chart_years[name]
        for id_, one in year.drawings.items():
            if year.plots[id_][0].kind not in ("bars", "panels", "context"):
                continue
            cells = {cell.text for row in year.charts[id_].table.rows for cell in row.cells}
            for bar in one.bars:
                label = one.after(bar)
                if label and "£" not in label:
                    assert label in cells, (name, id_, label)


def test_cells_carry_the_key_of_their_figure(chart_years):
    year = chart_years["ordinary"]
    for id_, chart in year.charts.items():
        if year.plots[id_][0].kind not in ("actions", "history", "context"):
            keys = [cell.key for row in chart.table.rows for cell in row.cells if cell.key]
            assert keys, id_
            assert all(key in year.statistics.figures or key in year.statistics.previous.figures for key in keys), id_
