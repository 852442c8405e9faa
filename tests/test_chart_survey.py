"""Charts of survey answers: bases, intervals, scales and shares based on few answers."""

import re

import pytest
from charted_years import said

from reportgen import tables
from reportgen.charts import stacked_bars, theme
from reportgen.charts.plotted_values import few_marked
from reportgen.charts.survey_charts import scale_of
from reportgen.model.chart import Plotted
from reportgen.model.records import Question


def test_a_share_based_on_few_answers_is_marked_in_the_drawing(chart_years):
    """Fewer than 50 answers, as the note below says; never if the base is hidden or large enough."""
    seen = set()
    for year in chart_years.values():
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
def test_few_means_fewer_than_fifty(value, marked):
    text = few_marked(Plotted(0.4, "40%", base=value)).text
    assert text == ("40% [u]" if marked else "40%")


def test_a_panel_has_the_number_of_its_question(chart_years):
    """Its place in the questionnaire, even if earlier questions are not drawn."""
    year = chart_years["ordinary"]
    numbers = {question.name: n for n, question in enumerate(year.statistics.records.questions, 1)}
    spec, _ = year.plots["positive-by-role"]
    heads = [text for text in year.drawings["positive-by-role"].texts() if re.match(r"\d+\. ", text)]
    asked = [measure.removeprefix("survey.").removesuffix(".positive") for measure, _ in spec.measures]
    assert [int(head.partition(".")[0]) for head in heads] == [numbers[name] for name in asked]


def test_a_note_explains_shares_too_narrow_for_their_number():
    shares = (Plotted(60, "60%"), Plotted(37, "37%"), Plotted(3, "3%"))
    rows = [stacked_bars.Answers("All", shares), stacked_bars.Answers("Driver", shares)]
    canvas = stacked_bars.answers(rows, ("Good", "Fair", "Bad"), theme.PALETTE[:3])
    assert "In the coloured bars, a share without a number is 3% or less." in said(canvas)
    assert "3%" not in said(canvas)
    wide = [stacked_bars.Answers("All", (Plotted(60, "60%"), Plotted(40, "40%")))]
    assert not any("no room" in text for text in said(stacked_bars.answers(wide, ("Good", "Bad"), theme.PALETTE[:2])))


def test_intervals_and_bases_are_shown(chart_years):
    year = chart_years["ordinary"]
    for id_, (spec, plot) in year.plots.items():
        if spec.kind in ("options", "intervals", "interval panels"):
            assert any("95% confidence interval" in text for text in year.drawings[id_].texts()), id_
            assert any(layer["mark"] == "span" for layer in plot.canvas.layers), id_
        if spec.kind == "answers":
            assert sum("(" in text for text in year.drawings[id_].texts()) >= 4, id_
        if spec.question:
            assert year.charts[id_].base, id_


@pytest.mark.parametrize(
    ("options", "positive", "steps", "apart", "colours"),
    [
        (("Very", "Fairly", "Not very", "Not at all", "Don't know"), 2, 4, "Don't know", 4),
        (("Very", "Fairly", "Neither good nor bad", "Bad", "Very bad"), 2, 5, "", 5),
        (("Good", "Bad"), 1, 2, "", 2),
        (("A", "B", "C", "D", "E", "F"), 3, 6, "", 0),
        (("A", "B", "C"), 0, 3, "", 0),
    ],
    ids=["four steps", "five steps", "two steps", "six steps", "no positive answer"],
)
def test_a_scale_has_its_colours_or_is_drawn_as_bars(options, positive, steps, apart, colours):
    made = scale_of(Question("q", "w", "scale", options, options[:positive]))
    assert (len(made[0]), made[1], len(made[2])) == (steps, apart, colours)


def test_a_scale_that_starts_with_the_worst_answer_is_reversed():
    options = ("Very bad", "Bad", "Good", "Very good", "Not sure")
    steps, apart, colours = scale_of(Question("q", "w", "scale", options, ("Good", "Very good")))
    assert steps == ("Very good", "Good", "Bad", "Very bad")
    assert apart == "Not sure"
    assert colours == (*theme.POSITIVE, *theme.NEGATIVE)
