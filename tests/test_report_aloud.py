"""The finished report read aloud: the PDF says what the web page says, in the same order, and passes every validator."""

import io
import json
import re

import outloud
import pikepdf
import pytest

from reportgen.checks import readers
from reportgen.checks.html_tree import parse
from reportgen.formats import pdf
from reportgen.formats.open_data import attachments

HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")


@pytest.fixture(scope="module")
def data(office):
    return office.report("pdf")


@pytest.fixture(scope="module")
def tree(data):
    return pdf.read_aloud(data)


@pytest.fixture(scope="module")
def page(office):
    return parse(office.report("html").decode())


def plain(text):
    return readers.unbent(readers.tidy(text))


def seen(page, *tags):
    """Elements that are not in a fold beside a chart."""
    hidden = {id(inner) for fold in page.all("details") for inner in fold.walk()}
    return [one for one in page.all(*tags) if id(one) not in hidden]


def test_both_standards_are_met(data):
    assert pdf.validate(data) == ()


def test_a_checker_of_the_spoken_text_finds_nothing(data, tmp_path):
    path = tmp_path / "report.pdf"
    path.write_bytes(data)
    result = outloud.check(path)
    assert [(one.rule_id, one.message) for one in result.findings if one.severity != "info"] == []


def test_the_headings_are_those_of_the_page(tree, page):
    spoken = [(one.tag, plain(one.everything())) for one in tree.all(*(name.upper() for name in HEADINGS))]
    assert spoken == [(one.tag.upper(), plain(one.text())) for one in page.all(*HEADINGS)]
    assert len(spoken) > 50


def test_the_captions_are_those_of_the_page(tree, page):
    spoken = [plain(one.everything()) for one in tree.all("Caption")]
    assert spoken == [plain(one.text()) for one in seen(page, "caption", "figcaption")]
    assert len(spoken) > 60


def test_the_tables_are_those_of_the_page_cell_by_cell(tree, page):
    spoken = [
        [[plain(cell.everything()) for cell in row.children] for row in one.all("TR")] for one in tree.all("Table")
    ]
    assert spoken == [[[plain(text) for text in row] for row in readers.html_rows(one)] for one in seen(page, "table")]
    assert sum(len(row) for table in spoken for row in table) > 1000


def test_head_cells_are_those_of_the_page_but_for_the_corner(tree, page):
    for spoken, table in zip(tree.all("Table"), seen(page, "table"), strict=True):
        heads = [plain(cell.text()) for cell in table.all("th")]
        assert [plain(cell.everything()) for cell in spoken.all("TH")] == heads[1:]
        assert len(spoken.all("THead")) == len(spoken.all("Caption")) == 1
        assert {cell.scope for cell in spoken.all("TH")} == {"Column", "Row"}


def test_each_value_is_read_with_its_column_and_its_row(tree):
    for table in tree.all("Table"):
        heads = {cell.id: cell for cell in table.all("TH")}
        columns = [cell.id for cell in table.all("THead")[0].all("TH")]
        for part in table.all("TBody"):
            group = ()
            for row in part.all("TR"):
                name, *values = row.children
                if not values:
                    assert row is part.all("TR")[0]
                    group = (name.id,)
                    continue
                assert [value.headers for value in values] == [(column, *group, name.id) for column in columns]
                assert {*columns, *group, name.id} <= heads.keys()


def test_pictures_say_what_they_show_in_the_order_of_the_page(tree, page, office):
    spoken = [one.alt for one in tree.all("Figure")]
    titles = [one.first("title").held() for one in seen(page, "svg") if one.get("role") == "img"]
    assert spoken == titles
    assert len(spoken) == len(office.publication.composed.numbers.charts)


def test_the_words_are_those_of_the_page_in_the_same_order(tree, page):
    def words(lines):
        return [word for line in lines for word in re.findall(r"\w+", plain(line))]

    paragraphs = [plain(one.text()) for one in seen(page.first("main"), "p") if "back" not in one.get("class").split()]
    spoken = " ".join(words([tree.everything()]))
    place = 0
    for text in paragraphs:
        wanted = " ".join(words([text]))
        found = spoken.find(wanted, place)
        assert found >= 0, text
        place = found + len(wanted)


def test_contents_give_the_page_on_which_each_chapter_begins(tree):
    begins = {}
    for one in tree.all("H2"):
        begins.setdefault(plain(one.everything()), one.children[0].pages[0] + 1)
    entries = tree.all("TOCI")
    assert len(entries) > 10
    for entry in entries:
        link, number = (part.everything() for part in entry.children)
        assert begins[plain(link)] == int(number)


def test_bookmarks_are_the_headings_of_chapters_and_parts(data, page):
    def titles(items):
        return [(plain(one.title), titles(one.children)) for one in items]

    with pikepdf.open(io.BytesIO(data)) as file, file.open_outline() as outline:
        there = titles(outline.root)
    flat = [title for title, inner in there for title in (title, *(name for name, _ in inner))]
    main = page.first("main")
    assert [title for title in flat if title in {plain(one.text()) for one in main.all("h2")}]
    wanted = [plain(one.text()) for one in main.all("h2", "h3")]
    assert [title for title in flat if title != plain(page.first("h1").text())] == wanted


def test_links_are_described_by_their_words(data):
    with pikepdf.open(io.BytesIO(data)) as file:
        said = [str(area.Contents) for one in file.pages for area in one.get("/Annots", ()) if area.Subtype == "/Link"]
    assert said
    assert not [text for text in said if re.match(r"https?:|mailto:|#", text)]


def test_every_figure_has_its_place_on_its_page(data):
    with pikepdf.open(io.BytesIO(data)) as file:
        _, _, width, height = (float(side) for side in file.pages[0].MediaBox)
        figures = [one for one in file.objects if isinstance(one, pikepdf.Dictionary) and one.get("/S") == "/Figure"]
        for figure in figures:
            left, foot, right, top = (float(side) for side in figure.A.BBox)
            assert 0 < left < right < width
            assert 0 < foot < top < height
            assert (right - left) * (top - foot) > 20_000
    assert figures


def test_running_heads_and_page_numbers_are_not_read(data, tree, office):
    title = office.publication.composed.numbers.release.publication.title
    page = office.report("html").decode().replace("\u00a0", " ")
    assert tree.everything().count(title) <= page.count(title)
    with pikepdf.open(io.BytesIO(data)) as file:
        for one in file.pages:
            kinds = [str(mark.operands[0]) for mark in pikepdf.parse_content_stream(one, "BDC BMC")]
            assert "/Artifact" in kinds


def test_the_data_travel_inside(data, office):
    files = {name: one for name, one in office.publication.files.items() if name.startswith("data/")}
    with pikepdf.open(io.BytesIO(data)) as file:
        inside = {name: spec.get_file().read_bytes() for name, spec in file.attachments.items()}
        assert {str(one.AFRelationship) for one in file.Root.AF} == {"/Data"}
    assert inside == attachments(files)
    assert len(inside) > 50


def test_it_is_small(data, office):
    assert len(data) < 2_000_000
    assert len(office.report("html")) < 1_500_000


def test_the_check_report_says_so(office):
    results = {one["id"]: one["result"] for one in json.loads(office.publication.files["checks.json"])}
    assert "failed" not in results.values()
    assert results["pdf-standards"] == results["one-truth-tables"] == results["one-truth-words"] == "passed"
