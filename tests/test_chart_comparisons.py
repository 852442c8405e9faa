"""Charts that compare: last year, a target, a question that changed."""

from dataclasses import replace

from reportgen import charts
from reportgen.model.figure import Key


def test_the_target_is_drawn_where_one_is_set(chart_years):
    year = chart_years["ordinary"]
    assert "Target: 42 days" in year.drawings["objection-days"].texts()
    assert not [text for text in year.drawings["notice-days"].texts() if text.startswith("Target")]
    without = charts.outline(
        [year.plots["objection-days"][0]], year.statistics, replace(year.release, objection_days=None)
    )
    assert "Target" not in without["objection-days"].svg


def test_a_question_that_changed_is_not_compared(chart_years):
    year = chart_years["ordinary"]
    wording = next(q.wording for q in year.statistics.records.questions if q.name in year.statistics.breaks)
    row = next(row for row in year.charts["positive-shares"].table.rows if row.label == wording)
    assert row.cells[-1].text == "[b]"
    assert "[b]" in year.drawings["positive-shares"].texts()


def test_without_last_year_nothing_is_compared(chart_years):
    year = chart_years["large"]
    for id_ in ("incidents-by-place", "incidents-by-month", "positive-shares", "themes"):
        assert "2024 to 2025" not in " ".join(year.drawings[id_].texts()), id_


def test_months_of_last_year_have_keys_of_last_year(chart_years):
    year = chart_years["ordinary"]
    row = year.charts["penalties-by-month"].table.rows[0]
    assert row.label == "April"
    assert [cell.key for cell in row.cells] == [
        Key("penalties.issued", "month", "2024-04"),
        Key("penalties.issued", "month", "2025-04"),
    ]
