"""Every chart of very different years: readable, true to its numbers, the same each time."""

import csv
import io
import json
import math
import os
import re
import struct
import subprocess
import sys
from collections import Counter
from dataclasses import dataclass, replace
from datetime import date
from itertools import pairwise
from pathlib import Path

import drawing
import pytest

from reportgen import charts, disclosure, inputs, measures, tables, worker_process
from reportgen import release as releases
from reportgen.charts import (
    action_timeline,
    axes,
    bars,
    interval_plot,
    lines,
    published_series,
    renderer_process,
    stacked_bars,
    theme,
)
from reportgen.charts.canvas import Canvas, Scale
from reportgen.charts.plotted_values import any_shown, few_marked, largest_first
from reportgen.charts.survey_charts import scale_of
from reportgen.model import formatting, yearly_series
from reportgen.model.chart import ChartSpec, Plotted
from reportgen.model.edition import Edition
from reportgen.model.figure import Key
from reportgen.model.problem import ReportFailed
from reportgen.model.records import Action, Published, Question, Records
from reportgen.scheme import law, publication_spec
from reportgen.synthetic import made_up_year

PLACE = "Port of Newhaven and every other place of embarkation on the south coast between Dover and Plymouth"
THEME = "Whether the guidance reaches drivers who read neither English nor French nor German"


@dataclass(frozen=True)
class Year:
    statistics: object
    release: object
    plots: dict
    charts: dict
    drawings: dict


def protected(folder, year, previous=None):
    def read(of, number):
        release = releases.read(of, Edition(number)).value
        return inputs.read(of, release).value, release

    tables, release = read(folder, year)
    exact = measures.calculate(tables, release, measures.calculate(*read(previous, year - 1)) if previous else None)
    return disclosure.protect(exact, release).value, release


def drawn(statistics, release):
    specs = publication_spec.charts(statistics)
    made = charts.draw(specs, statistics, release)
    plots = {spec.id: (spec, plot) for spec, plot in charts.plots(specs, statistics, release)}
    assert list(plots) == list(made)
    return Year(statistics, release, plots, made, {name: drawing.read(one.svg) for name, one in made.items()})


def hide_some(statistics, every=3):
    """Every third figure about people hidden, last year's too: more than disclosure control would need."""
    figures = {
        key: disclosure.Figure(key, figure.unit, None, "[c]")
        if statistics.definitions[key.measure].personal and key.breakdown_1 and n % every == 0
        else figure
        for n, (key, figure) in enumerate(statistics.figures.items())
    }
    before = hide_some(statistics.previous, every + 1) if statistics.previous else None
    return replace(statistics, figures=figures, previous=before)


def wordy(folder):
    """A year whose places, themes, questions, answers, actions and series have very long names."""
    made_up_year.write(folder, 2025, 900, responses=200)
    release = folder / "release.toml"
    release.write_text(release.read_text("utf-8").replace("places = []", f'places = ["{PLACE}"]'), "utf-8")

    def change(table, rewrite):
        path = folder / f"{table}.csv"
        rows = list(csv.DictReader(io.StringIO(path.read_text("utf-8"))))
        out = io.StringIO(newline="")
        writer = csv.DictWriter(out, list(rows[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows(rewrite(dict(row)) for row in rows)
        path.write_text(out.getvalue(), "utf-8")

    def long(row, **columns):
        return row | {name: make(row[name]) for name, make in columns.items()}

    change("incidents", lambda row: long(row, place=lambda old: PLACE if old == "UK port" else old))
    change("survey", lambda row: long(row, themes=lambda old: THEME if old == "guidance" else old))
    change(
        "questions",
        lambda row: long(row, wording=lambda old: f"{old} Please think of the last notice that you or your firm had."),
    )
    change("actions", lambda row: long(row, action=lambda old: f"{old}, and report on it to everyone who asked for it"))
    change("context", lambda row: long(row, series=lambda old: f"{old}, as counted by another part of government"))
    return folder


@pytest.fixture(scope="session")
def years(tmp_path_factory):
    """Made once: very small, ordinary, very large, much hidden, long words, alone, a calendar year."""
    root = tmp_path_factory.mktemp("charts")
    made = {}
    made_up_year.write(root / "tiny", 2025, 40, responses=4)
    made_up_year.write(root / "2024", 2024, 1500)
    made_up_year.write(root / "2025", 2025, 1790)
    made_up_year.write(root / "large", 2025, 20_000, responses=2_000)
    made_up_year.write(root / "calendar" / "2026", 2026, 500, starts="01-01")
    made_up_year.write(root / "calendar" / "2025", 2025, 900, starts="01-01")
    made["tiny"] = protected(root / "tiny", 2025)
    made["ordinary"] = protected(root / "2025", 2025, root / "2024")
    made["large"] = protected(root / "large", 2025)
    made["hidden"] = (hide_some(made["ordinary"][0]), made["ordinary"][1])
    made["wordy"] = protected(wordy(root / "wordy"), 2025)
    made["calendar"] = protected(root / "calendar" / "2026", 2026, root / "calendar" / "2025")
    return {name: drawn(*pair) for name, pair in made.items()}


YEARS = ("tiny", "ordinary", "large", "hidden", "wordy", "calendar")


@pytest.fixture(params=YEARS)
def year(request, years):
    return years[request.param]


def every(year):
    return year.drawings.items()


# What can be read


def test_no_two_words_intersect(year):
    for name, one in every(year):
        for n, word in enumerate(one.words):
            for other in one.words[n + 1 :]:
                assert not word.meets(other), (name, word, other)


def test_nothing_is_clipped(year):
    for name, one in every(year):
        for word in one.words:
            assert word.left >= -0.01, (name, word)
            assert word.right <= one.width + 0.01, (name, word)
            assert word.top >= -0.01, (name, word)
            assert word.bottom <= one.height + 0.01, (name, word)
        for bar in one.bars:
            assert bar.left >= 0, (name, bar)
            assert bar.right <= one.width, (name, bar)
            assert bar.bottom <= one.height, (name, bar)


def test_a_chart_stands_on_a_page_with_its_title_and_notes(year):
    for name, one in every(year):
        assert one.height <= theme.TALLEST, (name, one.height)


@pytest.mark.parametrize(
    "canvas",
    [
        lambda: bars.bars([bars.BarGroup(f"Place {n}", (Plotted(n, f"{n}"), Plotted(n, f"{n}"))) for n in range(60)], ("A", "B"), theme.FOCUS),
        lambda: bars.panels([(f"P {n}", [bars.BarGroup(f"V {m}", (Plotted(m, f"{m}"),)) for m in range(7)]) for n in range(30)]),
        lambda: interval_plot.intervals([interval_plot.IntervalRow(f"A question of many words, number {n}", (Plotted(n, f"{n}%", n, n + 1),)) for n in range(50)], ["2025"]),
        lambda: interval_plot.interval_panels([(f"Question {n}", [interval_plot.IntervalRow("All", (Plotted(9, "9%", 8, 10),))] * 6) for n in range(30)]),
        lambda: interval_plot.days([interval_plot.IntervalRow(f"Place {n}", (Plotted(9, "9"), Plotted(20, "20"))) for n in range(50)]),
    ],
)  # fmt: skip
def test_what_has_no_room_on_a_page_is_counted(canvas):
    made = canvas()
    assert made.height <= theme.TALLEST
    assert any("more are not drawn; the table lists them" in word["text"] for word in made.words)
    assert all(box.bottom <= made.height for box in made.boxes)


def test_many_questions_stand_three_beside_each_other():
    rows = [interval_plot.IntervalRow("All", (Plotted(9, "9%", 8, 10),))] * 6
    made = interval_plot.interval_panels([(f"Question {n}", rows) for n in range(12)])
    assert sum(word["text"].startswith("Question") for word in made.words) == 12
    assert made.height <= theme.TALLEST


def test_text_is_nine_points_on_paper(year):
    points = 170 / 25.4 * 72 / theme.WIDTH  # a chart is as wide as the text of an A4 page, 170 mm
    for name, one in every(year):
        for word in one.words:
            assert word.size * points >= 9, (name, word)


def test_every_word_stands_out_from_what_is_behind_it(year):
    for name, one in every(year):
        for word in one.words:
            behind = "white"
            for bar in one.bars:
                corners = [
                    bar.left <= x <= bar.right and bar.top <= y <= bar.bottom
                    for x in (word.left, word.right)
                    for y in (word.top + 2, word.bottom - 2)
                ]
                if all(corners):
                    behind = bar.fill
                elif any(corners):
                    assert drawing.contrast(word.fill, bar.fill) >= 4.5, (name, word, bar)
            assert drawing.contrast(word.fill, behind) >= 4.5, (name, word, behind)


def test_no_line_of_data_crosses_a_word(year):
    for name, one in every(year):
        for word in one.words:
            box = theme_box(word)
            for line in one.lines:
                for start, end in pairwise(line):
                    assert not axes.crosses(box, start, end), (name, word, start, end)


def theme_box(word):
    from reportgen.charts.canvas import Box

    return Box(word.left, word.top + 1, word.right, word.bottom - 1)


GREYS = {
    "white", theme.INK, theme.QUIET, theme.RULE, theme.AXIS, theme.BEHIND, theme.FAINT, theme.SHADE, theme.APART
}  # fmt: skip


def test_at_most_four_colours_of_the_palette(year):
    palette = {*theme.PALETTE, *theme.POSITIVE, *theme.NEGATIVE, theme.LATE}
    for name, one in every(year):
        colours = one.colours - GREYS
        assert colours <= palette, (name, colours - palette)
        assert len(colours) <= 4, (name, colours)


def test_colours_are_used_in_the_order_of_the_palette(years):
    for name, one in years["ordinary"].drawings.items():
        plain = one.colours & {*theme.PALETTE}
        if one.bars and not name.startswith("survey-") and name not in ("money-flow", "actions"):
            assert plain == {*theme.PALETTE[: len(plain)]}, name


def test_marks_that_mean_something_stand_out_from_paper():
    for colour in (*theme.PALETTE, *theme.POSITIVE, *theme.NEGATIVE, theme.LATE, theme.BEHIND):
        assert drawing.contrast(colour, theme.PAPER) >= 3, colour
    for colour, words in theme.ON.items():
        assert drawing.contrast(colour, words) >= 4.5, colour


def test_long_names_are_there_whole(years):
    one = years["wordy"].drawings
    for name, words in (("incidents-by-place", PLACE), ("incidents-by-place-and-vehicle", PLACE), ("themes", THEME)):
        assert words in " ".join(one[name].texts()), name
    question = years["wordy"].statistics.records.questions[0].wording
    assert question in " ".join(one["positive-by-role"].texts())


def test_a_word_longer_than_its_room_is_cut_with_an_ellipsis():
    assert theme.wrap("Donaudampfschifffahrtsgesellschaft", 60)[0].endswith("…")
    assert theme.width(theme.wrap("Donaudampfschifffahrtsgesellschaft", 60)[0]) <= 60


def test_svg_is_nothing_but_marks(year):
    for name, chart in year.charts.items():
        assert set(re.findall(r"<([a-z]+)", chart.svg)) <= {"svg", "rect", "path", "line", "text"}, name
        assert 'font-family="Source Sans Pro"' in chart.svg
        assert len(re.findall(r"<(?:path|line)", chart.svg)) <= 60, name
        assert len(chart.svg) < 30_000, name


def test_pictures_are_within_what_the_publisher_takes(years):
    for name, chart in years["ordinary"].charts.items():
        assert chart.png[:8] == b"\x89PNG\r\n\x1a\n", name
        wide, tall = struct.unpack(">II", chart.png[16:24])
        assert wide <= 960, name
        assert tall <= 640, name
        assert max(wide / 960, tall / 640) > 0.97, name


# What is true


def number(text):
    """What a label says, as a number."""
    words = text.replace("−", "-").replace("+", "").replace("£", "").replace("%", "").replace(",", "").split()
    factor = {"million": 1e6, "billion": 1e9}.get(words[-1], 1)
    return float(words[0]) * factor


BARS = ("bars", "panels", "options", "context")


def test_bars_start_at_zero_and_are_as_long_as_their_numbers(year):
    for name, one in every(year):
        kind = year.plots[name][0].kind
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


def test_bars_of_millions_are_as_long_as_the_table_says(years):
    for name in ("ordinary", "large"):
        year = years[name]
        one, table = year.drawings["values-by-role"], year.charts["values-by-role"].table
        values = [cell.value for row in table.rows for cell in row.cells if cell.value]
        ratios = [bar.length / value for bar, value in zip(one.bars, values, strict=True)]
        assert max(ratios) / min(ratios) < 1.001, name


def test_shares_are_drawn_as_they_are_printed(year):
    """A bar of 43% is drawn as 43, not as the exact share behind it."""
    for name, (spec, plot) in year.plots.items():
        if spec.kind in ("options", "answers", "intervals", "interval panels"):
            for layer in plot.canvas.layers:
                places = (
                    [v for r in layer["records"] for k, v in r.items() if k in ("from", "to", "x") and layer["x"]]
                    if layer.get("x")
                    else []
                )
                assert all(value == int(value) for value in places), (name, layer)


def test_answers_add_up_to_a_hundred(year):
    some = 0
    for name, (spec, plot) in year.plots.items():
        if spec.kind != "answers" or not any(layer["mark"] == "bar" for layer in plot.canvas.layers):
            continue
        rows = Counter()
        for bar in year.drawings[name].bars:
            if bar.bottom - bar.top > 20:
                rows[round(bar.middle, 1)] += bar.length
        question = next(q for q in year.statistics.records.questions if q.name == spec.question)
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
    assert some or not [spec for spec, _ in year.plots.values() if spec.kind == "answers"]


def plotted_figures(spec, statistics):
    """The figures that a chart of counts shows, this year's and last year's."""
    names = [name for name in (spec.by, spec.panels) if name]
    years = [statistics, *([statistics.previous] if spec.compare and statistics.previous else [])]
    for one in years:
        for measure, _ in spec.measures:
            yield from one.of(measure, *names)


def test_hidden_values_are_visibly_hidden(years):
    seen = 0
    for name in ("tiny", "hidden", "ordinary", "calendar"):
        year = years[name]
        for id_, (spec, _) in year.plots.items():
            if spec.kind not in ("bars", "panels", "line") or spec.id.startswith("penalties-by-country"):
                continue
            hidden = [figure for figure in plotted_figures(spec, year.statistics) if figure.hidden]
            marks = sum(text == "[c]" for text in year.drawings[id_].texts())
            if spec.kind == "panels":
                continue
            categories = {f.key.category_1 for f in plotted_figures(replace(spec, compare=False), year.statistics)}
            shown = [f for f in hidden if spec.kind == "line" or f.key.category_1 in categories]
            assert marks == len(shown), (name, id_)
            assert not shown or any(text.startswith("[c] hidden") for text in year.drawings[id_].texts())
            seen += marks
    assert seen > 20


def test_hidden_panels_have_a_mark_for_each_cell(years):
    year = years["hidden"]
    spec, _ = year.plots["incidents-by-place-and-vehicle"]
    hidden = [figure for figure in plotted_figures(spec, year.statistics) if figure.hidden]
    assert sum(text == "[c]" for text in year.drawings[spec.id].texts()) == len(hidden) > 5


def test_a_hidden_bar_is_not_drawn(years):
    year = years["hidden"]
    for id_ in ("incidents-by-place", "penalties-by-place", "responses-by-role"):
        figures = list(plotted_figures(year.plots[id_][0], year.statistics))
        there = [figure for figure in figures if figure.value]
        assert len(year.drawings[id_].bars) == len(there), id_


def test_a_line_breaks_at_a_hidden_month(years):
    year = years["hidden"]
    figures = year.statistics.of("penalties.issued", "month")
    values = [figure.value for figure in figures]
    assert None in values
    runs = [run for run in axes.runs(values) if len(run) > 1]
    layers = year.plots["penalties-by-month"][1].canvas.layers
    drawn_runs = [layer for layer in layers if layer["mark"] == "line" and layer["colour"] == theme.PALETTE[0]]
    assert len(drawn_runs) == len(runs)
    assert sum(len(layer["records"]) for layer in drawn_runs) == sum(map(len, runs))


def test_lines_start_at_zero(year):
    for name, (spec, plot) in year.plots.items():
        if spec.kind in ("line", "history"):
            for layer in plot.canvas.layers:
                if layer["mark"] == "line":
                    assert layer["y"]["domain"][0] == 0, name


def test_where_a_hidden_bar_stands_says_nothing(years):
    """Sorted bars: displayed ones fall, hidden ones follow in the order of the categories, Other and the like last."""
    year = years["hidden"]
    spec, plot = year.plots["penalties-by-country"]
    labels = [row.label for row in plot.table.rows]
    figures = {
        formatting.category("registered_in", f.key.category_1): f
        for f in year.statistics.of("penalties.issued", "registered_in")
    }
    order = [figures[label] for label in labels]
    body = [figure for figure in order if figure.key.category_1 not in ("Other", "not recorded")]
    values = [figure.value for figure in body if figure.value is not None]
    assert values == sorted(values, reverse=True)
    hidden = [figure.hidden for figure in body]
    assert hidden == sorted(hidden)
    assert any(hidden)
    named = [figure.key.category_1 for figure in body if figure.hidden]
    assert named == [word for word in year.statistics.categories["registered_in"] if word in named]
    assert [figure.key.category_1 for figure in order][-2:] == ["Other", "not recorded"]
    texts = year.drawings[spec.id].texts()
    assert [text for text in texts if text in labels] == labels


def said(canvas):
    return [word["text"] for word in canvas.words]


def test_a_share_of_few_answers_is_marked_in_the_drawing(years):
    """Under 50 answers, by the note that stands below; never where the base is hidden or large enough."""
    seen = set()
    for year in years.values():
        for name in ("positive-by-role", *(name for name in year.plots if name.startswith("survey-"))):
            if name not in year.plots:
                continue
            texts = year.drawings[name].texts()
            marked = [text for text in texts if text.endswith(" [u]")]
            assert (tables.SHORTHAND["[u]"] in texts) == bool(marked), name
            seen.add(bool(marked))
            for text in marked:
                base = re.search(r"\((\d+)\) \[u\]", text)
                assert base is None or int(base[1]) < 50
            for text in texts:
                base = re.search(r"\((\d[\d,]*)\)$", text)
                assert base is None or int(base[1].replace(",", "")) >= 50
    assert seen == {True, False}


@pytest.mark.parametrize(("value", "marked"), [(49, True), (50, False), (None, False)])
def test_few_are_fewer_than_fifty(value, marked):
    text = few_marked(Plotted(0.4, "40%", base=value)).text
    assert text == ("40% [u]" if marked else "40%")


def test_a_panel_has_the_number_of_its_question(years):
    """Its place in the questionnaire, also where questions before it are not drawn."""
    year = years["ordinary"]
    numbers = {question.name: n for n, question in enumerate(year.statistics.records.questions, 1)}
    spec, _ = year.plots["positive-by-role"]
    heads = [text for text in year.drawings["positive-by-role"].texts() if re.match(r"\d+\. ", text)]
    asked = [measure.removeprefix("survey.").removesuffix(".positive") for measure, _ in spec.measures]
    assert [int(head.partition(".")[0]) for head in heads] == [numbers[name] for name in asked]


def test_a_share_without_room_for_its_number_is_spoken_of():
    shares = (Plotted(60, "60%"), Plotted(37, "37%"), Plotted(3, "3%"))
    rows = [stacked_bars.Answers("All", shares), stacked_bars.Answers("Driver", shares)]
    canvas = stacked_bars.answers(rows, ("Good", "Fair", "Bad"), theme.PALETTE[:3])
    assert "In the coloured bars, a share without a number is 3% or less." in said(canvas)
    assert "3%" not in said(canvas)
    wide = [stacked_bars.Answers("All", (Plotted(60, "60%"), Plotted(40, "40%")))]
    assert not any("no room" in text for text in said(stacked_bars.answers(wide, ("Good", "Bad"), theme.PALETTE[:2])))


def test_a_line_alone_has_no_name_and_two_have_no_years_below():
    months = [f"2025-{n:02d}" for n in range(1, 13)]
    one = lines.Series("2025", tuple(Plotted(n, f"{n}") for n in range(80, 92)))
    two = lines.Series("2024", tuple(Plotted(n, f"{n}") for n in range(60, 72)))
    assert said(lines.line(months, [one])).count("2025") == 1  # the year under January
    assert {"2024", "2025"} < set(said(lines.line(months, [one, two])))
    assert said(lines.line(months, [one, two])).count("2025") == 1  # the name of the line


def test_the_largest_and_smallest_month_stand_off_the_rules():
    """200 at the top of a scale to 200 stands beside its point, not on the rule; the least stands below it."""
    months = [f"2025-{n:02d}" for n in range(1, 13)]
    values = (95, 120, 198, 150, 130, 85, 130, 140, 150, 140, 130, 120)
    canvas = lines.line(months, [lines.Series("2025", tuple(Plotted(n, f"{n}") for n in values))])
    places = {word["text"]: word["y"] for word in canvas.words}
    up = Scale((0, 200), (22 + lines.TALL, 22))
    for text in ("198", "85"):
        assert all(abs(places[text] - up(mark)) > theme.TEXT * 0.55 for mark in (0, 50, 100, 150, 200))
    assert places["85"] > up(85)


def test_no_number_in_a_drawing_that_is_not_displayed(year):
    """Every number is one of the chart's table, of its axis, a year, a day or the threshold of an interval."""
    for name, one in every(year):
        spec = year.plots[name][0]
        chart = year.charts[name]
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
                assert token_is_no_figure(text, plain, year, spec), (name, text, token)


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


def test_the_table_beside_a_chart_says_what_the_chart_says(years):
    """The label after each bar is a cell of the table."""
    for name in ("ordinary", "hidden", "large", "tiny"):
        year = years[name]
        for id_, one in year.drawings.items():
            if year.plots[id_][0].kind not in ("bars", "panels", "context"):
                continue
            cells = {cell.text for row in year.charts[id_].table.rows for cell in row.cells}
            for bar in one.bars:
                label = one.after(bar)
                if label and "£" not in label:
                    assert label in cells, (name, id_, label)


def test_cells_know_their_figure(years):
    year = years["ordinary"]
    for id_, chart in year.charts.items():
        if year.plots[id_][0].kind not in ("actions", "history", "context"):
            keys = [cell.key for row in chart.table.rows for cell in row.cells if cell.key]
            assert keys, id_
            assert all(key in year.statistics.figures or key in year.statistics.previous.figures for key in keys), id_


def test_the_money_flow_closes(years):
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


def test_the_amounts_of_a_drawing_are_in_one_unit(years):
    for name in ("ordinary", "large"):
        for id_ in ("values-by-role", "money-flow"):
            texts = [text for text in years[name].drawings[id_].texts() if "£" in text]
            assert texts, id_
            assert all(re.fullmatch(r"[+−]?£[\d,]+\.\d million|£0|less than £0\.1 million", text) for text in texts), (
                texts
            )


def test_owing_less_than_nothing_is_drawn_left_of_zero():
    steps = [("a", Plotted(10, "10"), 0), ("b", Plotted(30, "30"), -1), ("c", Plotted(-20, "−20"), 0)]
    canvas = stacked_bars.waterfall(steps)
    assert canvas.layers[0]["x"]["domain"] == [-20, 10]
    assert all(box.left >= 0 for box in canvas.boxes)


# Marks that need to be there


def test_new_penalty_levels_are_marked_in_the_year_they_began(years):
    start = next(day for day, name in law.regime_starts() if name == "2026 scheme")
    words = f"New rules for incidents from {formatting.day(start)}"
    assert words in years["ordinary"].drawings["penalties-by-month"].texts()
    assert words not in years["calendar"].drawings["penalties-by-month"].texts()  # it began with the year
    assert words not in years["ordinary"].drawings["incidents-by-month"].texts()


def test_the_target_is_drawn_where_one_is_set(years):
    year = years["ordinary"]
    assert "Target: 42 days" in year.drawings["objection-days"].texts()
    assert not [text for text in year.drawings["notice-days"].texts() if text.startswith("Target")]
    without = charts.outline(
        [year.plots["objection-days"][0]], year.statistics, replace(year.release, objection_days=None)
    )
    assert "Target" not in without["objection-days"].svg


def test_a_question_that_changed_is_not_compared(years):
    year = years["ordinary"]
    wording = next(q.wording for q in year.statistics.records.questions if q.name in year.statistics.breaks)
    row = next(row for row in year.charts["positive-shares"].table.rows if row.label == wording)
    assert row.cells[-1].text == "[b]"
    assert "[b]" in year.drawings["positive-shares"].texts()


def test_without_last_year_nothing_is_compared(years):
    year = years["large"]
    for id_ in ("incidents-by-place", "incidents-by-month", "positive-shares", "themes"):
        assert "2024 to 2025" not in " ".join(year.drawings[id_].texts()), id_


def test_intervals_and_bases_are_shown(years):
    year = years["ordinary"]
    for id_, (spec, plot) in year.plots.items():
        if spec.kind in ("options", "intervals", "interval panels"):
            assert any("95% confidence interval" in text for text in year.drawings[id_].texts()), id_
            assert any(layer["mark"] == "span" for layer in plot.canvas.layers), id_
        if spec.kind == "answers":
            assert sum("(" in text for text in year.drawings[id_].texts()) >= 4, id_
        if spec.question:
            assert year.charts[id_].base, id_


def test_late_actions_are_said_and_drawn(years):
    year = years["ordinary"]
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


def test_of_a_long_plan_the_late_and_the_open_are_drawn():
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


def test_a_dropped_action_has_its_plan_and_no_day():
    kept, _ = marks([action(1)], kind="point")
    both, canvas = marks([action(1), action(3, status="dropped", completed=None)], kind="point")
    assert len(both) == len(kept)
    words = {word["text"]: word["colour"] for word in canvas.words}
    assert words["Dropped"] == theme.QUIET


def test_every_mark_of_the_plan_is_in_the_key():
    _, canvas = marks([action(1)], kind="point")
    key = [word["text"] for word in canvas.words if word["y"] == canvas.words[0]["y"]]
    assert key == ["Planned time", "Completed on time", "Completed late", "Due", "Still late", "Time overdue"]


@pytest.mark.parametrize("due", [date(2026, 1, 1), date(2026, 7, 31), date(2027, 2, 1), date(2031, 1, 1)])
def test_the_calendar_of_the_plan_begins_and_ends_with_a_name(due):
    _, canvas = marks([action(1), action(2, due=due, status="in progress", completed=None)], kind="point")
    (named,) = {
        tuple(word["x"] for word in canvas.words if word["y"] == height)
        for height in {word["y"] for word in canvas.words if word["text"] == "Apr 2025"}
    }
    lines = [record["x"] for layer in canvas.layers if layer["mark"] == "rule" for record in layer["records"]]
    assert (min(lines), max(lines)) == (min(named), max(named))
    assert 2 <= len(named) <= action_timeline.STEPS + 1


def test_an_action_over_two_lines_has_them_about_as_long():
    long = action(1, action="Hold open meetings for drivers and for small firms twice a year")
    _, canvas = marks([long], kind="point")
    lines = [word["text"] for word in canvas.words if word["text"] in long.action]
    assert len(lines) == 2
    assert min(len(line) for line in lines) > len(long.action) / 3


# Published series


def published(series, period, value=1.0, scope="all", qualifier="exact", unit="notices"):
    return Published(series, "m", unit, scope, "year", period, value, qualifier, "s", "", "primary", "")


def test_two_published_series_never_share_an_axis():
    rows = [published("A", "2001"), published("B", "2002")]
    with pytest.raises(ValueError, match="never share an axis"):
        yearly_series.years(rows)


def test_a_history_is_one_series(years):
    year = years["ordinary"]
    for id_, (spec, plot) in year.plots.items():
        if spec.kind == "history":
            values = {row.value for row in year.statistics.records.published if row.series == spec.series}
            drawn_values = {
                r["y"] for layer in plot.canvas.layers if layer["mark"] in ("line", "point") for r in layer["records"]
            }
            assert drawn_values <= values, id_
            assert (
                len({json.dumps(layer["y"]) for layer in plot.canvas.layers if layer["mark"] in ("line", "point")}) == 1
            )


def test_series_with_few_years_of_one_scope_are_left_to_the_table(years):
    published_ = years["ordinary"].statistics.records.published
    assert yearly_series.series_drawn(published_) == ("PEN-ISSUED", "VALUE-ISSUED")


def joined(*periods, **more):
    """How many years each line goes through."""
    canvas = published_series.history(
        yearly_series.years([published("A", period, **more) for period in periods]), formatting.number
    )
    return [len(layer["records"]) for layer in canvas.layers if layer["mark"] == "line"], canvas


def test_years_without_a_figure_are_gaps():
    lines, canvas = joined("2003", "2004", "2005", "2010", "2011")
    assert lines == [3, 2]
    assert "no yearly figure found" in [word["text"] for word in canvas.words]


@pytest.mark.parametrize(
    ("periods", "lines"),
    [
        (("2010-11", "2011-12", "2012-13"), [3]),
        (("2000-04-03 to 2001-03-27", "2001-02"), [2]),
        (("2000-04-03 to 2001-03-27", "2001"), []),  # the two share three months
        (("2010-11", "2012"), []),  # nine months lie between them
        (("2001", "2002"), []),  # penalties became flexible in December 2002
        (("2000", "2001"), []),  # there were none before April 2000
        (("2001", "2003"), []),
        (("2020", "2021", "2022", "2023"), [3]),  # other maximum penalties from February 2023
        (("2022-23", "2023-24"), []),  # the first has days under both
        (("2023-24", "2024-25"), [2]),
        (("2024", "2025", "2026"), [2]),
    ],
)
def test_years_are_joined_only_where_one_follows_the_other_under_the_same_rules(periods, lines):
    assert joined(*periods)[0] == lines


def test_another_scope_and_an_inexact_figure_are_rings_that_are_explained_and_not_joined():
    rows = [published("A", f"{y}") for y in (2003, 2004, 2005)] + [published("A", "2006", qualifier="rounded")]
    rows += [published("A", "2007", scope="other"), published("A", "2008", qualifier="about")]
    canvas = published_series.history(yearly_series.years(rows), formatting.number)
    rings = [r for layer in canvas.layers if layer["mark"] == "point" and layer["hollow"] for r in layer["records"]]
    assert len(rings) == 2
    assert [len(layer["records"]) for layer in canvas.layers if layer["mark"] == "line"] == [4]
    said = " ".join(word["text"] for word in canvas.words)
    assert "A ring: what the source counts may differ" in said
    assert "gives the figure as “about”" in said
    plain = published_series.history(yearly_series.years(rows[:4]), formatting.number)
    assert not [word for word in plain.words if "ring" in word["text"]]


def _far(box, x, y):
    """How far a point is from the room of a word."""
    return math.hypot(max(box.left - x, 0, x - box.right), max(box.top - y, 0, y - box.bottom))


def test_a_value_of_a_history_stands_nearest_to_its_own_dot():
    for crowded in ((1497, 1385, 998, 2177, 3319, 3151, 3522), (9.2e6, 8.9e6, 9.3e6), (5, 5, 5, 6)):
        rows = [published("A", f"{2003 + n}", value) for n, value in enumerate(crowded)]
        rows += [published("A", "2020-21", 1276, "other"), published("A", "2021-22", 1787, "another")]
        canvas = published_series.history(yearly_series.years(rows), formatting.short_pounds)
        dots = {}
        for layer in canvas.layers:
            if layer["mark"] == "point":
                scales = [Scale(tuple(layer[way]["domain"]), tuple(layer[way]["range"])) for way in ("x", "y")]
                for record in layer["records"]:
                    dots[scales[0](record["x"]), scales[1](record["y"])] = formatting.short_pounds(record["y"])
        values = [word for word in canvas.words if word["align"] == "center" and word["text"] in {*dots.values()}]
        assert len(values) >= len(dots) - 2
        for word in values:
            box = Canvas.room(word["x"], word["y"], word["text"], "center")
            nearest = min(dots, key=lambda dot, box=box: _far(box, *dot))
            assert dots[nearest] == word["text"]


@pytest.mark.parametrize(
    ("period", "kept"),
    [
        ("2010-11", True),
        ("2010", True),
        ("2000-04-03 to 2001-03-27", True),
        ("2000-04-03 to 2000-05-01", False),
        ("10 years to 2023-24", False),
        ("2012 to 2015", False),
        ("2022 Jan-Aug", False),
        ("2010-12", False),
        ("2002-01-01 to 2002-12-07", False),
        ("2002-12-08 to 2003-12-31", False),
        ("2001-06-31 to 2002-06-30", False),
    ],
)
def test_only_whole_years_are_drawn(period, kept):
    assert bool(yearly_series.years([published("A", period)])) is kept


def test_of_two_figures_for_a_year_the_usual_scope_is_drawn():
    rows = [published("A", "2001", 5, "all"), published("A", "2002", 6, "all"), published("A", "2001", 2, "part")]
    assert [year.row.value for year in yearly_series.years(rows)] == [5, 6]


# Scales of answers


@pytest.mark.parametrize(
    ("options", "positive", "steps", "apart", "colours"),
    [
        (("Very", "Fairly", "Not very", "Not at all", "Don't know"), 2, 4, "Don't know", 4),
        (("Very", "Fairly", "Neither good nor bad", "Bad", "Very bad"), 2, 5, "", 5),
        (("Good", "Bad"), 1, 2, "", 2),
        (("A", "B", "C", "D", "E", "F"), 3, 6, "", 0),
        (("A", "B", "C"), 0, 3, "", 0),
    ],
)
def test_a_scale_has_its_colours_or_is_drawn_as_bars(options, positive, steps, apart, colours):
    made = scale_of(Question("q", "w", "scale", options, options[:positive]))
    assert (len(made[0]), made[1], len(made[2])) == (steps, apart, colours)


def test_a_scale_that_begins_with_the_worst_is_turned():
    options = ("Very bad", "Bad", "Good", "Very good", "Not sure")
    steps, apart, colours = scale_of(Question("q", "w", "scale", options, ("Good", "Very good")))
    assert steps == ("Very good", "Good", "Bad", "Very bad")
    assert apart == "Not sure"
    assert colours == (*theme.POSITIVE, *theme.NEGATIVE)


# Parts


@pytest.mark.parametrize("most", [0, 1, 3, 7, 93, 180, 999, 1000, 12_345, 9_240_000])
def test_axes_have_round_numbers_from_zero(most):
    marks = axes.ticks(most)
    assert marks[0] == 0
    assert marks[-1] >= most
    assert 2 <= len(marks) <= 7
    assert all(mark == int(mark) for mark in marks)


def test_names_at_line_ends_move_apart():
    for places in ([50.0, 50.0], [50, 52, 51], [0, 1], [99, 100]):
        made = axes.apart(places, 19, 0, 200)
        assert all(b - a >= 18.9 for a, b in zip(sorted(made), sorted(made)[1:], strict=False))
        assert sorted(range(len(places)), key=lambda n: places[n]) == sorted(range(len(made)), key=lambda n: made[n])


def test_a_month_alone_between_hidden_ones_is_a_dot():
    values = [Plotted(3, "3"), Plotted(None, "[c]"), Plotted(4, "4"), Plotted(None, "[c]"), *[Plotted(5, "5")] * 8]
    canvas = lines.line([f"2025-{n:02d}" for n in range(1, 13)], [lines.Series("2025", tuple(values))])
    dots = [record for layer in canvas.layers if layer["mark"] == "point" for record in layer["records"]]
    assert len(dots) == 2


def test_names_of_series_move_to_a_key_where_no_bar_holds_them():
    groups = [bars.BarGroup("A", (Plotted(1, "1"), Plotted(1000, "1,000")))]
    canvas = bars.bars(groups, ("This year", "Last year"), theme.FOCUS)
    assert min(word["y"] for word in canvas.words if word["text"] == "This year") < 15
    fits = bars.bars(
        [bars.BarGroup("A", (Plotted(900, "900"), Plotted(1000, "1,000")))], ("This year", "Last year"), theme.FOCUS
    )
    assert next(word for word in fits.words if word["text"] == "This year")["colour"] == theme.ON[theme.FOCUS[0]]


def test_nothing_is_drawn_that_compares_nothing(years):
    year = years["ordinary"]
    spec = year.plots["themes"][0]
    figures = {
        key: disclosure.Figure(key, figure.unit, None, "[c]")
        if key.measure == "survey.themes" and key.breakdown_1
        else figure
        for key, figure in year.statistics.figures.items()
    }
    assert not list(charts.plots([spec], replace(year.statistics, figures=figures), year.release))


def test_a_chart_whose_measure_is_absent_is_not_there(years):
    year = years["ordinary"]
    absent = ChartSpec("x", "bars", (("no.such", "N"),), by="place")
    assert not list(charts.plots([absent], year.statistics, year.release))


def test_every_fixed_chart_is_drawn_in_an_ordinary_year(years):
    year = years["ordinary"]
    assert set(year.charts) >= publication_spec.CHARTS
    questions = {f"survey-{question.name}" for question in year.statistics.records.questions}
    assert questions <= set(year.charts)
    assert len({spec.id for spec in publication_spec.charts(year.statistics)}) == len(
        publication_spec.charts(year.statistics)
    )


def test_spans_of_the_empty_are_not_drawn():
    canvas = Canvas()
    canvas.bars(Scale((0, 1), (0, 1)), [])
    canvas.bars(Scale((0, 1), (0, 1)), [(0, 0, 0, 1, "white")])
    assert canvas.layers == []
    row = interval_plot.IntervalRow("A", (Plotted(None, "[c]"), Plotted(None, "[z]")))
    words = [word["text"] for word in interval_plot.days([row]).words]
    assert words.count("[c]") == 1
    assert any(text.startswith("[c] hidden") for text in words)
    assert any(text.startswith("[z]") for text in words)


# The process that draws


DRAW = """
import json, sys
from reportgen.charts import bars, renderer_process, theme
from reportgen.model.chart import Plotted
groups = [bars.BarGroup(name, (Plotted(n, str(n)), Plotted(n + 3.0, str(n + 3)))) for n, name in enumerate("ABCDE")]
made = renderer_process.HELPER.draw([bars.bars(groups, ("Now", "Then"), theme.FOCUS).plain()])[0]
picture = renderer_process.HELPER.picture(made)
import hashlib
print(made.svg)
print(hashlib.sha256(picture).hexdigest())
"""


def drawn_elsewhere(folder, **environment):
    root = str(Path(charts.__file__).parents[2])
    env = {**os.environ, "PYTHONPATH": root, **environment}
    done = subprocess.run(
        [sys.executable, "-X", "dev", "-W", "error", "-c", DRAW],
        env=env,
        cwd=folder,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.stderr == ""
    assert done.returncode == 0
    return done.stdout


def test_two_processes_draw_the_same_bytes_and_leave_nothing_open(tmp_path):
    one = drawn_elsewhere("/", PYTHONHASHSEED="1", TZ="Asia/Tokyo", LC_ALL="C")
    other = drawn_elsewhere(tmp_path, PYTHONHASHSEED="2", TZ="America/Lima", LANG="de_DE.UTF-8")
    assert one == other
    assert "<svg" in one


def canvas(n):
    return bars.bars(
        [bars.BarGroup("A", (Plotted(n, str(n)),)), bars.BarGroup("B", (Plotted(9, "9"),))], ("",), theme.PALETTE
    )


def gone(pid):
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return True
    return False


def test_what_was_drawn_is_not_drawn_again():
    own = renderer_process.Helper()
    try:
        first = own.draw([canvas(1).plain()])[0]
        second = own.draw([canvas(2).plain(), canvas(1).plain()])
        assert second[1] is first
        assert second[0] is not first
        assert own.picture(first)[:4] == own.picture(second[0])[:4] == b"\x89PNG"
        process = own.process
        assert own.draw([canvas(1).plain()])[0] is first
        assert own.process is process
    finally:
        own.close()
    assert gone(process.pid)


def test_it_is_not_started_twice_and_ends_when_nothing_was_drawn():
    own = renderer_process.Helper()
    own.start()
    process = own.process
    own.start()
    assert own.process is process
    own.close()
    own.close()
    assert gone(process.pid)
    assert own.process is None


def test_a_helper_that_died_is_started_again():
    own = renderer_process.Helper()
    try:
        own.start()
        own.process.kill()
        own.process.wait()
        assert own.draw([canvas(3).plain()])[0].svg.startswith("<svg")
    finally:
        own.close()


def test_a_helper_that_dies_at_work_is_said_in_words_and_the_next_question_is_answered(monkeypatch):
    own = renderer_process.Helper()
    try:
        with monkeypatch.context() as patched:
            patched.setattr(
                worker_process,
                "PROGRAM",
                "import pickle, sys; pickle.load(sys.stdin.buffer); pickle.dump(['<svg/>'], sys.stdout.buffer)",
            )
            lost = own.draw([canvas(4).plain()])[0]
            with pytest.raises(ReportFailed) as failed:
                own.picture(lost)
        (problem,) = failed.value.problems
        assert problem.code == "charts-not-drawn"
        assert "doctor" in problem.hint
        again = own.draw([canvas(4).plain()])[0]
        assert again is not lost
        assert own.picture(again)[:4] == b"\x89PNG"
    finally:
        own.close()


def test_what_cannot_be_drawn_is_a_problem_not_a_traceback():
    own = renderer_process.Helper()
    try:
        with pytest.raises(ReportFailed) as failed:
            own.draw([{"width": 1, "height": 1, "layers": [{"mark": "bar"}], "words": []}])
        assert own.process is None
        (problem,) = failed.value.problems
        assert "Traceback" not in f"{problem.message}{problem.hint}{problem.value}"
    finally:
        own.close()


def test_it_ends_with_a_program_that_is_killed(tmp_path):
    code = "from reportgen import charts\nfrom reportgen.charts.renderer_process import HELPER\nimport time\ncharts.warm()\nprint(HELPER.process.pid, flush=True)\ntime.sleep(60)\n"
    root = str(Path(charts.__file__).parents[2])
    with subprocess.Popen(
        [sys.executable, "-c", code],
        stdout=subprocess.PIPE,
        text=True,
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": root},
    ) as parent:
        pid = int(parent.stdout.readline())
        parent.kill()
    for _ in range(100):
        state = Path(f"/proc/{pid}/stat")
        if not state.exists() or state.read_text().rpartition(")")[2].split()[0] == "Z":
            return
        import time

        time.sleep(0.1)
    raise AssertionError("the helper outlives its program")


def test_outlines_have_the_same_words_and_start_nothing(years, monkeypatch):
    year = years["ordinary"]

    def started(_self):
        raise AssertionError("the drawing engine was started")

    monkeypatch.setattr(renderer_process.Helper, "start", started)
    made = charts.outline(publication_spec.charts(year.statistics), year.statistics, year.release)
    assert list(made) == list(year.charts)
    for id_, one in made.items():
        assert one.table == year.charts[id_].table
        assert one.base == year.charts[id_].base
        assert one.png == b""
        words = re.findall(r"<text[^>]*>([^<]*)</text>", one.svg)
        assert Counter(words) == Counter(re.findall(r"<text[^>]*>([^<]*)</text>", year.charts[id_].svg)), id_


def test_what_is_not_on_the_sheet_is_not_in_the_drawing():
    """Drawings that are made together are the same as each alone."""
    own = renderer_process.Helper()
    try:
        together = own.draw([canvas(n).plain() for n in (11, 12, 13)])
        own.known.clear()
        assert own.draw([canvas(12).plain()])[0].svg == together[1].svg
    finally:
        own.close()


def test_keys_of_the_previous_month_are_a_year_earlier(years):
    year = years["ordinary"]
    row = year.charts["penalties-by-month"].table.rows[0]
    assert row.label == "April"
    assert [cell.key for cell in row.cells] == [
        Key("penalties.issued", "month", "2024-04"),
        Key("penalties.issued", "month", "2025-04"),
    ]


def test_a_hidden_value_stands_after_a_zero():
    named = [("a", Plotted(None, "[c]")), ("Other", Plotted(9, "9")), ("b", Plotted(0, "0")), ("c", Plotted(5, "5"))]
    order = [word for word, _ in largest_first([(word, bars.BarGroup(word, (value,))) for word, value in named])]
    assert order == ["c", "b", "a", "Other"]


def test_a_year_of_nothing_has_no_charts(years):
    year = years["ordinary"]
    nothing = replace(year.statistics, figures={}, definitions={}, records=Records(), previous=None)
    assert charts.outline(publication_spec.charts(nothing), nothing, year.release) == {}
    specs = publication_spec.charts(year.statistics)
    assert charts.outline(specs, nothing, year.release) == {}
    without = replace(nothing, categories={}, previous=year.statistics.previous)
    assert charts.outline(specs, without, year.release) == {}


@pytest.mark.parametrize(
    ("values", "says"), [((5, 3), True), ((5, 0), True), ((5, None), False), ((0, 0), False), ((None, None), False)]
)
def test_two_values_that_are_not_both_nought_say_something(values, says):
    assert any_shown([Plotted(value, str(value)) for value in values]) is says
