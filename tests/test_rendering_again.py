"""One word changed: only that chapter is rendered again, and the report is the same as if all of it were."""

from dataclasses import replace
from pathlib import Path

import pytest

from reportgen import charts, document, measures, tables
from reportgen.document.report import Writing
from reportgen.model.problem import serious
from reportgen.scheme import publication_spec

TEMPLATES = document.read_templates(Path(__file__).parents[1] / "templates").value
CHAPTERS = range(len(TEMPLATES.chapters))


@pytest.fixture(scope="module")
def render(numbers):
    """Render templates on the year that comes with the program."""
    statistics, release = numbers.statistics, numbers.release
    made = tables.build(publication_spec.tables(statistics), statistics, release)
    drawn = charts.outline(publication_spec.charts(statistics), statistics, release)

    def rendered(templates, **more):
        return document.render(
            templates,
            statistics,
            made,
            drawn,
            release,
            known_tables=publication_spec.TABLES,
            known_charts=publication_spec.CHARTS,
            known_figures=measures.definitions(statistics.records.questions),
            draft=True,
            **more,
        )

    return rendered


@pytest.fixture
def counted(monkeypatch):
    """The chapters that were really rendered."""
    found = []
    usual = Writing._chapter

    def chapter(self, one, *more):
        found.append(one.id)
        return usual(self, one, *more)

    monkeypatch.setattr(Writing, "_chapter", chapter)
    return found


def changed(n, edit):
    chapters = [*TEMPLATES.chapters]
    chapters[n] = replace(chapters[n], text=edit(chapters[n].text))
    return replace(TEMPLATES, chapters=tuple(chapters))


def test_one_word_changed_renders_one_chapter_and_gives_the_same(render, counted):
    memory = document.Memory()
    first = render(TEMPLATES, memory=memory)
    assert serious(first.problems) == []
    for n in CHAPTERS:
        other = changed(n, lambda text: text.replace(" the ", " this ", 1))
        counted.clear()
        again = render(other, memory=memory)
        assert counted == [TEMPLATES.chapters[n].id]
        assert again == render(other)
        assert render(TEMPLATES, memory=memory) == first


@pytest.mark.parametrize(
    "edit",
    [
        lambda text: text.replace('{{ chart("penalties-by-place") }}\n', ""),
        lambda text: text + '\n{{ table("levels") }}\n',
        lambda text: text + "\n{{ quote() }}\n",
        lambda text: text + "\nNotices rose by 45.\n",
        lambda text: text + "\n{% if has_last_year %}\n",
        lambda _text: "",
    ],
)
def test_a_change_that_other_chapters_feel_is_felt(render, edit):
    """Numbers of tables and charts, comments quoted before, places and problems."""
    memory = document.Memory()
    render(TEMPLATES, memory=memory)
    n = next(n for n in CHAPTERS if TEMPLATES.chapters[n].id == "penalties")
    other = changed(n, edit)
    assert render(other, memory=memory) == render(other)
    assert render(TEMPLATES, memory=memory) == render(TEMPLATES)


def test_changed_captions_are_rendered_again(render):
    memory = document.Memory()
    render(TEMPLATES, memory=memory)
    captions = {kind: dict(entries) for kind, entries in TEMPLATES.captions.items()}
    captions["tables"]["levels"] = {**captions["tables"]["levels"], "title": "Another title"}
    text = TEMPLATES.captions_text.replace("[tables.levels]", "[tables.levels] # changed", 1)
    other = replace(TEMPLATES, captions=captions, captions_text=text)
    again = render(other, memory=memory)
    assert "Another title" in again.value.html
    assert again == render(other)
