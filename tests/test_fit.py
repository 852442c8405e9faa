"""What exists has a place, and what is printed fits: long words, all scripts, edges of pages, marks of other programs."""

import csv
import io
import re
import shutil
import sys

import pikepdf
import pytest
import small
import small_year

from reportgen import inputs, release
from reportgen.app import build
from reportgen.document import web_fonts
from reportgen.formats import pdf
from reportgen.inputs.odd_values import _characters
from reportgen.model.edition import Edition
from reportgen.model.problem import ReportFailed
from reportgen.model.stages import Workspace
from reportgen.vocabulary.block_markup import class_of

ROOT = small.ROOT


@pytest.fixture(scope="module")
def place(tmp_path_factory):
    """A small made-up year, and a copy of the words to change."""
    return small.workspace(tmp_path_factory.mktemp("fit"), 120, official=False)


def changed(place, folder, old, new, file):
    """A workspace of which one chapter reads otherwise."""
    words = folder / "templates"
    shutil.copytree(place.templates, words)
    path = words / "annual" / file
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), "utf-8")
    return Workspace(place.inputs, words, folder / "outputs")


# Places -----------------------------------------------------------------------------------------------------------------


def test_a_question_without_positive_options_builds(place, tmp_path):
    """Then overall shares are hidden where those of some roles are not: one chart is there without the other."""
    folder = tmp_path / "inputs"
    shutil.copytree(place.inputs, folder)
    path = folder / "2025/questions.csv"
    head, first, *rest = path.read_text().splitlines()
    path.write_text("\n".join([head, first.rsplit(",", 1)[0] + ",", *rest, ""]))
    made = build.compose(Workspace(folder, place.templates, tmp_path / "o"), Edition(2025), drawn=False)
    assert {f"chart-{name}" for name in made.numbers.charts} <= set(made.narrative.placed)


@pytest.mark.parametrize("name", ["incidents-by-month", "penalties-by-month", "positive-by-role"])
def test_a_condition_about_something_else_takes_no_place_away(place, tmp_path, name):
    word = f'{{{{ chart("{name}") }}}}'
    (there,) = [
        path for path in (place.templates / "annual" / "chapters").glob("*.md") if word in path.read_text("utf-8")
    ]
    word = re.search(rf"{re.escape(word)}(?:\nor: .*)?", there.read_text("utf-8"))[0]
    file = there.relative_to(place.templates / "annual").as_posix()
    made = changed(place, tmp_path, word, f'{{% if not is_there("penalties.issued") %}}\n{word}\n{{% endif %}}', file)
    text = build.compose(made, Edition(2025), drawn=False).narrative
    assert text.placed[f"chart-{name}"].startswith(file)


def test_what_no_chapter_names_is_still_a_problem(place, tmp_path):
    files = sorted((place.templates / "annual" / "chapters").glob("*.md"))
    path = next(path for path in files if '{{ chart("' in path.read_text("utf-8"))
    word = next(line for line in path.read_text("utf-8").splitlines() if line.startswith('{{ chart("'))
    made = changed(place, tmp_path, word, "", path.relative_to(place.templates / "annual").as_posix())
    with pytest.raises(ReportFailed) as failed:
        build.compose(made, Edition(2025), drawn=False)
    assert "never-placed" in {problem.code for problem in failed.value.problems}


# Long words and edges ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("word", "long"), [("a" * 24, False), ("a" * 25, True), ("short words only", False)])
def test_a_word_too_long_for_a_column_may_break(word, long):
    assert ("long" in class_of("n", f"some {word}")) is long


@pytest.mark.parametrize("table", ["actions", "recommendations"])
def test_nothing_lies_beyond_an_edge_and_a_check_would_see_it(place, tmp_path, table):
    folder = tmp_path / "inputs"
    shutil.copytree(place.inputs, folder)
    path = folder / f"2025/{table}.csv"
    head, first, *rest = csv.reader(io.StringIO(path.read_text("utf-8")))
    first[head.index({"actions": "action", "recommendations": "recommendation"}[table])] = (
        "Unterbeamtengesellschaft" * 7
    )
    path.write_text(small_year.as_csv([head, first, *rest]), "utf-8")
    made = build.build(Workspace(folder, place.templates, tmp_path / "o"), Edition(2025), only=frozenset({"pdf"}))
    assert pdf.outside(made.files["cecps-annual-report-2025.pdf"]) == ()
    (answer,) = [one for one in made.checks if one.id == "pdf-edges"]
    assert answer.result == "passed"


def test_text_beyond_an_edge_is_found():
    for place, found in ((500, ()), (590, (1,)), (-40, (1,))):
        assert pdf.outside(page(place)) == found


def test_what_is_no_pdf_is_no_pass():
    with pytest.raises(ValueError, match="not a PDF"):
        pdf.outside(b"%PDF-1.7 nothing")


def page(across):
    """A page of A4 with a word at so many points from its left edge."""
    document = pikepdf.new()
    document.add_blank_page(page_size=(595, 842))
    one = document.pages[0]
    font = pikepdf.Dictionary(Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica)
    one.Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(F1=font))
    one.Contents = document.make_stream(f"BT /F1 12 Tf {across} 400 Td (word) Tj ET".encode())
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


# Signs ------------------------------------------------------------------------------------------------------------------


def with_word(folder, table, column, text):
    made = small_year.year()
    made[table][1] = list(made[table][1])
    made[table][1][made[table][0].index(column)] = text
    small_year.put(folder, made)
    return inputs.read(folder, release.read(folder, Edition(2025)).value)


@pytest.mark.parametrize("text", ["In six languages 🚛", "Done ✅ at last", "請勿", "नमस्ते"])
@pytest.mark.parametrize(
    ("table", "column"),
    [
        ("actions", "action"),
        ("actions", "heard"),
        ("questions", "wording"),
        ("recommendations", "progress"),
        ("survey", "themes"),
    ],
)
def test_what_no_font_has_is_named_with_its_row(tmp_path, table, column, text):
    read = with_word(tmp_path / "inputs/2025", table, column, text)
    (problem,) = [one for one in read.problems if one.code == "character-not-in-fonts"]
    assert (problem.severity, problem.row, problem.column) == ("problem", 2, column)


@pytest.mark.parametrize(
    "text",
    [
        "Łódź, Țîrdea, Çelik, Dvořák, Đặng",
        "Γιώργος άέΰ",
        "Україна, Їжак, България",
        "العربية",
        "עברית",
        "→ • … – € £ “fine”",
    ],
)
def test_latin_greek_cyrillic_arabic_and_hebrew_can_be_set(tmp_path, text):
    read = with_word(tmp_path / "inputs/2025", "actions", "heard", text)
    assert "character-not-in-fonts" not in {one.code for one in read.problems}


def test_an_emoji_in_a_comment_stops_nothing(tmp_path):
    """Comments are screened before one is quoted."""
    read = with_word(tmp_path / "inputs/2025", "survey", "comment", "Good 👍")
    assert "character-not-in-fonts" not in {one.code for one in read.problems}


def test_the_list_of_signs_is_that_of_the_fonts():
    sys.path.insert(0, str(ROOT / "tools"))
    import fonts as tool

    assert (ROOT / "reportgen/data/characters.txt").read_text("utf-8") == tool.characters()
    assert {"Ж", "ώ", "ع", "ș"} <= _characters()


def test_the_second_family_is_taken_along_where_it_is_needed():
    assert "DejaVu Sans" not in web_fonts.faces(web=True)
    assert web_fonts.faces(web=False, right_to_left=True).count("DejaVu Sans") == len(web_fonts.SECOND)


# Other programs -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ("<<<<<<< HEAD", "merge-mark"),
        ("=======", "merge-mark"),
        (">>>>>>> main", "merge-mark"),
        ("||||||| base", "merge-mark"),
        ("• Check the vehicle.", "pasted-bullet"),
        ("·\tCheck the vehicle.", "pasted-bullet"),
        ("o\tCheck the vehicle.", "pasted-bullet"),
        ("– Check the vehicle.", "pasted-bullet"),
    ],
)
@pytest.mark.parametrize("file", ["chapters/penalties.md", "chapters/glossary.md"])
def test_what_other_programs_leave_is_named_with_its_line(place, tmp_path, line, code, file):
    made = changed(place, tmp_path, "\n\n", f"\n\n{line}\n\n", file)
    with pytest.raises(ReportFailed) as failed:
        build.compose(made, Edition(2025), drawn=False)
    assert [(one.file, one.line) for one in failed.value.problems if one.code == code] == [(file, 3)]


@pytest.mark.parametrize(
    "line", ["- Check the vehicle.", "1. Check the vehicle.", "| a | b |", "Of course – it is fine."]
)
def test_lists_as_they_are_written_here_are_fine(place, tmp_path, line):
    made = changed(place, tmp_path, "\n\n", f"\n\n{line}\n\n", "chapters/glossary.md")
    codes = set()
    try:
        build.compose(made, Edition(2025), drawn=False)
    except ReportFailed as failed:
        codes = {problem.code for problem in failed.problems}
    assert not codes & {"merge-mark", "pasted-bullet"}


# Surveys ------------------------------------------------------------------------------------------------------------------


def test_more_answers_than_invitations_print_no_rate(place, tmp_path):
    folder = tmp_path / "inputs"
    shutil.copytree(place.inputs, folder)
    path = folder / "2025/release.toml"
    text = path.read_text("utf-8")
    line = next(line for line in text.splitlines() if line.startswith("invitations = "))
    path.write_text(text.replace(line, "invitations = { driver = 2, owner = 400, hirer = 300 }"), "utf-8")
    made = build.compose(Workspace(folder, place.templates, tmp_path / "o"), Edition(2025), drawn=False)
    rates = {key.category_1 for key in made.numbers.statistics.figures if key.measure == "survey.response_rate"}
    assert "" not in rates
    assert "driver" not in rates
    assert rates & {"owner", "hirer"}
    assert "response rate of" not in made.narrative.html.casefold()
