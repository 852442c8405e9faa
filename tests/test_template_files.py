"""The folder of words: the order of the chapters, and faults of its files, each told once and at its place."""

import shutil
from pathlib import Path

import pytest

from reportgen import document
from reportgen.toml_faults import toml_fault

SHIPPED = Path(__file__).parents[1] / "templates"
ORDER = "publication.toml"


@pytest.fixture
def words(tmp_path):
    """A copy of the shipped words."""
    shutil.copytree(SHIPPED, tmp_path / "templates")
    return tmp_path / "templates" / "annual"


def read(words):
    return document.read_templates(words.parent)


def only(words):
    (one,) = read(words).problems
    return one


def edit(path, old, new):
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), "utf-8")


def test_chapters_come_in_the_order_of_the_list(words):
    before = [one.id for one in read(words).value.chapters]
    edit(words / ORDER, '  "glossary",\n', "")
    edit(words / ORDER, "chapters = [\n", 'chapters = [\n  "glossary",\n')
    after = [one.id for one in read(words).value.chapters]
    assert after == ["glossary", *(one for one in before if one != "glossary")]


@pytest.mark.parametrize(
    ("old", "new", "code", "line", "hint"),
    [
        ('"money"', '"mony"', "no-such-chapter", 10, "Did you mean “money”?"),
        ('"money"', '"penalties"', "chapter-twice", 10, "take one of the two out"),
        ("chapters =", "chapter =", "publication-form", 3, "Did you mean “chapters”?"),
        ('"money",', '"money"', "publication-syntax", 10, "with a comma between"),
        ('"money"', "“money”", "publication-syntax", 10, 'Write " instead'),
        ("chapters = [", "chapters = 3\nothers = [", "publication-form", None, "chapters"),
    ],
)
def test_a_fault_of_the_list_is_told_at_its_line(words, old, new, code, line, hint):
    edit(words / ORDER, old, new)
    found = [one for one in read(words).problems if one.code == code]
    assert found, read(words).problems
    assert found[0].file == ORDER
    assert line is None or found[0].line == line
    assert any(hint in one.hint for one in found)


def test_a_chapter_that_is_in_no_list_is_a_problem(words):
    (words / "chapters" / "more.md").write_text("# More\n", "utf-8")
    assert (only(words).code, only(words).file) == ("chapter-not-listed", "chapters/more.md")


@pytest.mark.parametrize("text", ["", "chapters = []", "chapters = [1]", "# nothing\n"])
def test_without_a_list_there_is_one_problem(words, text):
    (words / ORDER).write_text(text, "utf-8")
    assert only(words).code == "publication-form"


def test_templates_of_an_earlier_layout_are_told_once_how_to_change(tmp_path):
    old = tmp_path / "templates"
    shutil.copytree(SHIPPED / "annual", old)
    (old / "chapters" / "main-points.md").rename(old / "chapters" / "01-main-points.md")
    (one,) = document.read_templates(old).problems
    assert one.code == "old-templates"
    assert "publication.toml" in one.hint


@pytest.mark.parametrize(
    "line",
    [
        '{% claim rose("penalties.issued") %}More.{% endclaim %}',
        '{% if is_zero("penalties.issued") %}None.{% endif %}',
        '{% if value("penalties.issued") > 3 %}Many.{% endif %}',
        '{{ stat("penalties.issued", noun="notice") }}',
        "In {{ release.period }}.",
    ],
)
def test_words_of_an_earlier_language_are_told_once_how_to_change(words, line):
    for name in ("money", "glossary"):
        path = words / "chapters" / f"{name}.md"
        path.write_text(path.read_text("utf-8") + f"\n{line}\n", "utf-8")
    problem = only(words)
    assert (problem.code, problem.file) == ("old-templates", "chapters/money.md")
    assert "2 lines" in problem.message
    assert "templates/README.md" in problem.hint


TOML = [
    ("a = “x”\n", 1, 5, "curly"),
    ('a = "x"\nb = [“y”]\n', 2, 6, "curly"),
    ('a = "x\nb = "y"\n', 1, 5, "no closing quotation mark"),
    ('a = "x"\na = "y"\n', 2, 8, "twice"),
    ('[t]\na = "x"\n[t]\nb = "y"\n', 3, 3, "twice"),
    ('a "x"\n', 1, 3, "equals sign"),
    ('a = [\n  "x"\n  "y",\n]\n', 2, 5, "comma"),
    ("a = x\n", 1, 5, "neither a text"),
    ('a = "he said "no" to"\n', 1, 15, "after the end"),
    ('[t\na = "x"\n', 1, 3, "not closed"),
    ('a = "C:\\q"\n', 1, 10, "backslash"),
    ('a = ["x",\n  "y",\n', 2, 1, "not closed before the file ends"),
]


@pytest.mark.parametrize(("text", "line", "column", "said"), TOML)
def test_a_fault_of_toml_is_named_and_shown(text, line, column, said):
    import tomllib

    with pytest.raises(tomllib.TOMLDecodeError) as fault:
        tomllib.loads(text)
    found = toml_fault(text, str(fault.value))
    assert (found.line, found.column) == (line, column)
    assert said in found.said
    assert found.excerpt.split("\n")[0].strip() == text.split("\n")[line - 1].strip()
    assert found.excerpt.endswith(" " * (column - 1) + "^")


def test_a_fault_of_the_captions_is_one_problem_with_its_line(words):
    edit(words / "captions.toml", 'title = "Incidents by place and type of vehicle"', "title = “Incidents by place”")
    problem = only(words)
    assert (problem.code, problem.file) == ("captions-syntax", "captions.toml")
    assert "curly" in problem.message
    assert "“Incidents by place”" in problem.excerpt
