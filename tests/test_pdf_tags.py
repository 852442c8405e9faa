"""Tags of small pages: what WeasyPrint leaves, mended: split tables, spanning heads, languages, links, lists, figures."""

import io
from datetime import date

import pikepdf
import pytest

from reportgen.formats import pdf
from reportgen.formats.pdf.archive import AMBIGUOUS
from reportgen.model.edition import Edition
from reportgen.model.release import Release

RELEASE = Release(edition=Edition(2025), period=Edition(2025).period(), as_at=date(2026, 6, 30))
PAGE = (
    '<!doctype html><html lang="en-GB"><head><title>Annual report</title><style>@page {{ size: A5; margin: 20mm;'
    ' @top-left {{ content: "Running head" }} @bottom-right {{ content: counter(page) }} }}'
    " img {{ overflow: visible }} {css}</style></head><body><h1>Report</h1>{body}</body></html>"
)
PICTURE = (
    "data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' width='100' height='50'%3E"
    "%3Crect width='100' height='50'/%3E%3C/svg%3E"
)


def made(body, css="", attachments=None):
    found = pdf.render(PAGE.format(body=body, css=css), RELEASE, attachments or {})
    assert found.problems == ()
    assert pdf.validate(found.value) == ()
    return found.value


def read(body, css=""):
    return pdf.read_aloud(made(body, css))


def opened(data):
    return pikepdf.open(io.BytesIO(data))


def rows(number):
    return "".join(f'<tr><th scope="row">Row {n}</th><td>{n}</td><td>{n * n}</td></tr>' for n in range(number))


def long_table(number=60):
    head = '<thead><tr><th scope="col">Name</th><th scope="col">One</th><th scope="col">Two</th></tr></thead>'
    return f"<table><caption>Long</caption>{head}<tbody>{rows(number)}</tbody></table>"


def test_a_table_over_several_pages_is_one_table_with_one_head():
    data = made(long_table())
    assert pdf.pages(data) > 2
    tree = pdf.read_aloud(data)
    (table,) = tree.all("Table")
    assert len(table.all("THead")) == len(table.all("TBody")) == len(table.all("Caption")) == 1
    assert len(table.all("TR")) == 61
    assert [cell.everything() for cell in table.all("TR")[60].children] == ["Row 59", "59", "3481"]


def test_each_cell_knows_its_heads_and_each_head_its_scope():
    (table,) = read(long_table(3)).all("Table")
    heads = {cell.id: cell for cell in table.all("TH")}
    assert {cell.scope for cell in heads.values()} == {"Column", "Row"}
    last = table.all("TR")[3].children[2]
    assert [heads[name].everything() for name in last.headers] == ["Two", "Row 2"]
    assert all(name in heads for cell in table.all("TD") for name in cell.headers)


def test_the_word_over_the_row_heads_is_no_head():
    (table,) = read(long_table(3)).all("Table")
    assert [cell.tag for cell in table.all("TR")[0].children] == ["TD", "TH", "TH"]


def test_the_first_head_stays_where_the_rows_have_none():
    body = (
        "<table><caption>T</caption><thead><tr><th>A</th><th>B</th></tr></thead>"
        "<tbody><tr><td>1</td><td>2</td></tr></tbody></table>"
    )
    (table,) = read(body).all("Table")
    assert [cell.tag for cell in table.all("TR")[0].children] == ["TH", "TH"]
    (cell, _) = table.all("TR")[1].children
    assert cell.headers == ("t1-1-1",)


def test_a_spanning_head_reaches_every_column_it_spans():
    body = (
        '<table><caption>T</caption><thead><tr><th rowspan="2" scope="col">N</th><th colspan="2" scope="col">Both</th>'
        '</tr><tr><th scope="col">A</th><th scope="col">B</th></tr></thead>'
        '<tbody><tr><th scope="row">r</th><td>1</td><td>2</td></tr></tbody></table>'
    )
    (table,) = read(body).all("Table")
    names = {cell.id: cell.everything() for cell in table.all("TH")}
    cells = table.all("TR")[2].children[1:]
    assert [[names[name] for name in cell.headers] for cell in cells] == [["Both", "A", "r"], ["Both", "B", "r"]]


def test_a_head_of_a_group_reaches_the_rows_of_its_part_alone():
    def part(head, *names):
        top = f'<tr><th scope="rowgroup" colspan="3">{head}</th></tr>' if head else ""
        return f"<tbody>{top}{''.join(f'<tr><th scope=row>{n}</th><td>1</td><td>2</td></tr>' for n in names)}</tbody>"

    head = '<thead><tr><th scope="col">N</th><th scope="col">A</th><th scope="col">B</th></tr></thead>'
    body = f"<table><caption>T</caption>{head}{part('By x', 'a', 'b')}{part('By y', 'c')}{part('', 'all')}</table>"
    (table,) = read(body).all("Table")
    names = {cell.id: cell.everything() for cell in table.all("TH")}
    found = [[names[name] for name in cell.headers] for cell in table.all("TD")[1::2]]
    assert found == [["A", "By x", "a"], ["A", "By x", "b"], ["A", "By y", "c"], ["A", "all"]]


def test_the_tree_of_ids_finds_every_head_in_order():
    with opened(made(long_table(3) + long_table(2))) as file:
        names = file.Root.StructTreeRoot.IDTree.Kids[0].Names
        ids = [bytes(name) for name in list(names)[::2]]
    assert ids == sorted(ids)
    assert len(ids) == (3 + 2) + (2 + 2)


def test_running_heads_and_page_numbers_are_no_content():
    words = read("<p>Words.</p>" + long_table()).everything()
    assert "Running" not in words
    assert words.count("Name One Two") == 1


def test_every_mark_belongs_to_an_element_or_is_an_artifact():
    with opened(made("<p>Words <b>and</b> words</p>" + long_table(50))) as file:
        parents = file.Root.StructTreeRoot.ParentTree.Nums
        by_page = dict(zip(map(int, list(parents)[::2]), list(parents)[1::2], strict=True))
        for number, page in enumerate(file.pages):
            marks = [
                int(one.operands[1].MCID)
                for one in pikepdf.parse_content_stream(page, "BDC")
                if "/MCID" in one.operands[1]
            ]
            assert marks
            assert sorted(marks) == list(range(len(by_page[number])))
            assert int(page.StructParents) == number
            assert page.Tabs == "/S"


@pytest.mark.parametrize(("tag", "name"), [("p", "P"), ("span", "Span"), ("blockquote", "BlockQuote")])
def test_words_in_another_language_are_tagged(tag, name):
    tree = read(f'<p>Before</p><{tag} lang="cy">Ffoniwch ni</{tag}>')
    assert [one.everything() for one in tree.all(name) if one.lang == "cy"] == ["Ffoniwch ni"]
    assert [one for one in tree.all("P", "H1") if one.lang == "en-GB"] == []


def test_a_link_is_described_by_its_words():
    body = (
        '<p>See <a href="https://www.gov.uk/x">the <b>guidance</b> on<br>the scheme</a>, '
        '<a href="#there">there</a>.</p><h2 id="there">There</h2>'
    )
    data = made(body)
    assert [one.everything() for one in pdf.read_aloud(data).all("Link")] == ["the guidance on the scheme", "there"]
    with opened(data) as file:
        areas = [area for page in file.pages for area in page.get("/Annots", ()) if area.Subtype == "/Link"]
        assert {str(area.Contents) for area in areas} == {"the guidance on the scheme", "there"}
        assert all("/StructParent" in area and int(area.F) & 4 for area in areas)


def test_a_list_is_read_item_by_item_with_its_signs():
    body = "<ol><li>One<ul><li>Inner</li></ul></li><li>Two</li></ol><dl><dt>Term</dt><dd>Meaning</dd></dl>"
    tree = read(body)
    outer, inner, terms = tree.all("L")
    assert [[kid.tag for kid in item.children] for item in outer.children] == [["Lbl", "LBody"]] * 2
    assert [item.children[0].everything() for item in outer.children] == ["1.", "2."]
    assert [item.everything() for item in inner.children] == ["◦ Inner"]
    assert [[kid.tag for kid in item.children] for item in terms.children] == [["Lbl", "LBody"]]


def test_a_paragraph_over_a_page_break_is_one_paragraph():
    tree = read(f"<p>{'Words go on and on. ' * 400}</p>")
    (paragraph,) = tree.all("P")
    assert paragraph.everything().count("Words go on") == 400


def test_words_after_an_inner_element_are_an_element_of_their_own():
    tree = read('<p>See <a href="#a">one</a> and <a href="#b">two</a>.</p><h2 id="a">A</h2><h2 id="b">B</h2>')
    (paragraph,) = tree.all("P")
    assert [kid.tag for kid in paragraph.children] == ["", "Link", "Span", "Link", "Span"]
    assert paragraph.everything() == "See one and two."


def test_a_figure_holds_its_caption_and_its_words():
    body = f'<figure><figcaption>Figure 1: Cases</figcaption><img alt="Cases rose." src="{PICTURE}"><p>Source: us</p></figure>'
    data = made(body)
    (figure,) = pdf.read_aloud(data).all("Figure")
    assert figure.alt == "Cases rose."
    assert [one.everything() for one in figure.all("Caption")] == ["Figure 1: Cases"]
    assert [one.everything() for one in pdf.read_aloud(data).all("P")] == ["Source: us"]


def test_the_box_of_a_figure_lies_on_its_page():
    body = f'<p>Before</p><figure><figcaption>Figure 1</figcaption><img alt="Cases." src="{PICTURE}"></figure>'
    with opened(made(body)) as file:
        boxes = [
            one.A.BBox for one in file.objects if isinstance(one, pikepdf.Dictionary) and one.get("/S") == "/Figure"
        ]
        _, _, width, height = (float(side) for side in file.pages[0].MediaBox)
    ((left, foot, right, top),) = ([float(side) for side in box] for box in boxes)
    assert 0 < left < right < width
    assert 0 < foot < top < height
    assert right - left >= 75
    assert top - foot > 37.5


def test_decoration_is_an_artifact():
    tree = read(f'<p>Words</p><img alt="" src="{PICTURE}">')
    assert tree.all("Figure") == []


def test_contents_are_a_table_of_contents():
    css = "nav a::after { content: target-counter(attr(href), page) } h2 { break-before: page }"
    body = '<nav><ol style="list-style: none"><li><a href="#a">Alpha</a></li><li><a href="#b">Beta</a></li></ol></nav>'
    tree = read(f'{body}<h2 id="a">Alpha</h2><h2 id="b">Beta</h2>', css)
    entries = tree.all("TOCI")
    assert [entry.everything() for entry in entries] == ["Alpha 2", "Beta 3"]
    assert [[kid.tag for kid in entry.children] for entry in entries] == [["Reference", "P"]] * 2


def test_bookmarks_are_the_headings():
    with opened(made("<h2>Alpha</h2><h3>Inner</h3><h2>Beta</h2>")) as file, file.open_outline() as outline:
        (report,) = outline.root
        assert report.title == "Report"
        assert [one.title for one in report.children] == ["Alpha", "Beta"]
        assert [one.title for one in report.children[0].children] == ["Inner"]


def test_data_travel_inside_with_what_they_are_and_no_clock():
    with opened(made("<p>x</p>", attachments={"b.csv": b"x,y\n", "a.csv": b"1,2\n"})) as file:
        assert sorted(file.attachments) == ["a.csv", "b.csv"]
        assert file.attachments["b.csv"].get_file().read_bytes() == b"x,y\n"
        listed = list(file.Root.AF)
        assert [str(one.UF) for one in listed] == ["a.csv", "b.csv"]
        assert {str(one.AFRelationship) for one in listed} == {"/Data"}
        assert {str(one.EF.F.Params.ModDate) for one in listed} == {"D:20260630000000Z"}
        assert {str(one.EF.F.Subtype) for one in listed} == {"/text/csv"}


def test_the_document_says_what_it_is():
    with opened(made("<p>x</p>")) as file:
        packet = file.Root.Metadata.read_raw_bytes().decode()
        assert "/Filter" not in file.Root.Metadata
        assert str(file.Root.Lang) == "en-GB"
        assert bool(file.Root.ViewerPreferences.DisplayDocTitle)
        assert bool(file.Root.MarkInfo.Marked)
    for part in (
        "<pdfaid:part>3</pdfaid:part><pdfaid:conformance>A</pdfaid:conformance>",
        "<pdfuaid:part>1</pdfuaid:part>",
        '<rdf:li xml:lang="x-default">Annual report</rdf:li>',
        "2026-06-30T00:00:00Z",
    ):
        assert part in packet


@pytest.mark.parametrize("number", range(12))
def test_no_stream_ends_so_that_it_may_be_read_as_shorter(number):
    data = made(f"<p>{'word ' * number}</p>", attachments={"a.csv": bytes(range(number, 250))})
    assert AMBIGUOUS not in data
