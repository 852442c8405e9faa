"""One truth: one digit changed by hand in any output is found."""

import io
import re
import zipfile
from dataclasses import replace

import pytest
from finished import ALT, MD, aloud, finished, html, table

from reportgen.checks import consistency, readers
from reportgen.checks.consistency import drawings, figures, files, numbers, tables
from reportgen.checks.govspeak import faults
from reportgen.formats.pdf import Aloud
from reportgen.language.fragment import govspeak
from reportgen.model.figure import Key
from reportgen.model.table import Cell, Row

TRUTHS = (figures, tables, numbers, drawings)
DIGIT = re.compile(r"\d")


def found(made):
    return [line for ask in TRUTHS for line in ask(made).evidence if ask(made).result == "failed"]


def each_digit(text, inside=r"(?s).*"):
    """The text again and again, each time with one digit of the part changed."""
    for part in re.finditer(inside, text):
        for digit in DIGIT.finditer(text, part.start(), part.end()):
            at = digit.start()
            yield text[:at] + str((int(text[at]) + 1) % 10) + text[at + 1 :], text[max(0, at - 30) : at + 10]


def test_the_publication_is_one_truth():
    assert found(finished()) == []
    assert [ask(finished()).result for ask in TRUTHS] == ["passed"] * 4


@pytest.mark.parametrize("name", ["data/statistics.csv", "data/penalties-by-role.csv"])
def test_each_digit_of_the_data(name):
    text = finished().files[name].decode()
    for changed, near in each_digit(text):
        assert found(finished(files={name: changed.encode()})), near


def test_each_digit_of_what_figures_json_says_of_figures():
    text = finished().files["figures.json"].decode()
    told = r'"(?:value|display|period|as_at|id)": [^\n]*|"02-pen[^\n]*'
    for changed, near in each_digit(text, told):
        assert found(finished(files={"figures.json": changed.encode()})), near


def test_each_digit_of_the_page_that_is_read():
    name = "cecps-annual-report-2025.html"
    text = finished().files[name].decode()
    for changed, near in each_digit(text, r">[^<]*\d[^<]*<(?!/title)"):
        assert found(finished(files={name: changed.encode()})), near


def test_each_digit_of_the_govspeak_that_is_read():
    name = "cecps-annual-report-2025.md"
    text = finished().files[name].decode()
    for changed, near in each_digit(text):
        assert found(finished(files={name: changed.encode()})), near


def test_each_digit_of_the_pdf():
    texts = []

    def gather(element):
        if element.text:
            texts.append(element)
        for child in element.children:
            gather(child)

    gather(aloud())
    for place, element in enumerate(texts):
        for changed, near in each_digit(element.text):
            made, again = finished(), []
            tree = aloud()
            walk = [tree]
            while walk:
                one = walk.pop(0)
                if one.text:
                    again.append(one)
                walk = one.children + walk
            again[place].text = changed
            made.__dict__["aloud"] = tree
            assert found(made), near


def test_each_digit_of_the_spreadsheet():
    name = "cecps-annual-report-2025.ods"
    data = finished().files[name]
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts = {info: archive.read(info) for info in archive.infolist()}
    content = next(info for info in parts if info.filename == "content.xml")
    text = parts[content].decode()
    shown = r'office:value="[^"]*"|<text:p>[^<]*</text:p>'
    for changed, near in each_digit(text, shown):
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w") as archive:
            for info, part in parts.items():
                archive.writestr(info, changed if info is content else part)
        assert files(finished(files={name: out.getvalue()})).result == "failed", near
        if "Cover" not in near and re.search(r"\d,\d|value=", near):
            assert found(finished(files={name: out.getvalue()})), near


@pytest.mark.parametrize("name", ["charts/penalties-by-role.svg"])
def test_each_digit_of_a_drawing(name):
    text = finished().files[name].decode()
    for changed, near in each_digit(text):
        assert found(finished(files={name: changed.encode()})), near


def test_a_bitmap_that_was_touched():
    made = finished()
    assert found(finished(files={"charts/penalties-by-role.png": made.files["charts/penalties-by-role.png"] + b"x"}))


def test_a_row_or_a_table_that_is_gone():
    made = finished()
    for name, old in {
        "data/statistics.csv": "objections.rate,,,,,2025 to 2026,0.125,,proportion,0.11,0.14,2134\n",
        "data/penalties-by-role.csv": "Owner,344\n",
        "cecps-annual-report-2025.md": "| # Owner | 344 |\n",
        "cecps-annual-report-2025.html": '<tr><th scope="row">Owner</th><td>344</td></tr>',
    }.items():
        text = made.files[name].decode()
        assert old in text, name
        assert found(finished(files={name: text.replace(old, "").encode()})), name


def test_a_hidden_figure_written_as_a_number():
    made = finished()
    for name, old, new in (
        ("cecps-annual-report-2025.html", "<td>[c]</td>", "<td>3</td>"),
        ("cecps-annual-report-2025.md", "\\[c\\]", "0"),
        ("data/penalties-by-role.csv", "[c]", "0"),
        ("data/statistics.csv", "2025 to 2026,,[c]", "2025 to 2026,0,"),
    ):
        text = made.files[name].decode()
        assert old in text, name
        assert found(finished(files={name: text.replace(old, new, 1).encode()})), name


def test_a_cell_that_is_not_its_figure():
    made = finished()
    table = made.tables["penalties-by-role"]
    cell = replace(table.rows[0].cells[0], value=1791.0)
    rows = (replace(table.rows[0], cells=(cell,)), *table.rows[1:])
    assert found(finished(tables={table.id: replace(table, rows=rows)}))


def test_a_difference_names_its_place_and_both_values():
    name = "cecps-annual-report-2025.md"
    text = finished().files[name].decode().replace("| 1,790 |", "| 1,791 |")
    (line,) = found(finished(files={name: text.encode()}))
    assert line == "the Govspeak, table penalties-by-role, Driver, Penalties: “1,791”; the table says “1,790”."


def test_tables_of_words_are_compared_between_outputs():
    made = finished()
    page, govspeak = (made.files[f"cecps-annual-report-2025.{kind}"].decode() for kind in ("html", "md"))
    law = "<table><caption>Law</caption><tr><th>Level</th><th>Most</th></tr><tr><th>First</th><td>£6,000</td></tr></table>"
    page = page.replace("</main>", f"{law}</main>")
    govspeak += "\nLaw\n\n| Level | Most |\n|---|---|\n| # First | £9,000 |\n"
    files = {"cecps-annual-report-2025.html": page.encode(), "cecps-annual-report-2025.md": govspeak.encode()}
    bare = finished(files=files)
    kept = replace(bare, files={name: data for name, data in bare.files.items() if not name.endswith(".pdf")})
    assert any("£9,000" in line for line in found(kept))


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("£1,790.50 and 43%", ["£1,790.50", "43%"]),
        ("2025-04", ["2025", "04"]),
        ("fell by −3 or -4", ["−3", "−4"]),
        ("1,790, then 5.", ["1,790", "5"]),
        ("section 31A", ["31"]),
    ],
)
def test_numbers_as_they_are_printed(text, wanted):
    assert [number.text for number in readers.numbers([text])] == wanted


def test_govspeak_is_read_as_it_will_be_seen():
    text = "## 1\n\n^Rose by 5%^\n\n%Warning 6%\n\n* **7** of [8 places](https://x.example/9)\n\n1. Ten 10\n\n{stat-headline}\n*11* more\n{/stat-headline}\n"
    copy = readers.govspeak("g", text)
    assert [number.text for number in copy.numbers] == ["1", "5%", "6", "7", "8", "10", "11"]


@pytest.mark.parametrize("name", sorted(finished().files))
def test_no_file_is_other_than_what_was_made(name):
    if name.endswith(".pdf"):
        return
    assert files(finished(files={name: finished().files[name] + b" "})).evidence == (f"{name} is not what was made.",)


@pytest.mark.parametrize(
    "text",
    [
        "+12%",
        "−5",
        "-5 to -4",
        "[c]",
        "^up^",
        "5 ~ 6",
        "R&amp;D",
        "A & B",
        "1. Do this",
        "2025. The year",
        "%5",
        "@home",
        "# One",
        "a * b _ c `d`",
        "= 4",
        ": a",
        "| a | b",
        "<b>5</b>",
        "$5 {x}",
        "back\\slash",
        "[words](https://x.example)",
    ],
)
def test_words_of_the_inputs_mean_the_same_in_govspeak(text):
    made = govspeak(text)
    assert list(faults(f"{made}\n", {})) == []
    assert readers.govspeak("g", f"| {made} |\n|---|\n| # x |\n").tables[0][0] == [text]


def test_a_word_broken_at_its_hyphen_is_one_word():
    def cell(*lines):
        return Aloud("TD", children=[Aloud("", text=text, line=700.0 - 15 * at) for at, text in enumerate(lines)])

    assert cell("trade-", "body").everything() == "trade-body"
    assert cell("2024 -", "2025").everything() == "2024 - 2025"
    assert cell("short- and", "long").everything() == "short- and long"


def test_a_space_after_a_hyphen_is_no_difference_in_the_pdf_and_is_one_elsewhere():
    page, spoken = readers.Copy("the web page", [], []), readers.Copy("the PDF", [], [], bent=True)
    assert spoken.shows([["short- and long", "1 - 2"]]) == [["short-and long", "1 - 2"]]
    assert page.shows([["short- and long"]]) == [["short- and long"]]


def test_page_numbers_of_the_contents_are_no_numbers_of_the_report():
    link = Aloud("Link", children=[Aloud("", text="Chapter with 7")])
    entry = Aloud("TOCI", children=[Aloud("Reference", children=[link]), Aloud("P", children=[Aloud("", text="31")])])
    copy = readers.spoken("the PDF", Aloud("Document", children=[Aloud("TOC", children=[entry])]))
    assert [number.text for number in copy.numbers] == ["7"]


def test_a_term_is_read_and_the_sign_of_an_item_is_not():
    item = [Aloud("Lbl", children=[Aloud("", text="1.")]), Aloud("LBody", children=[Aloud("", text="five 5")])]
    term = [Aloud("Lbl", children=[Aloud("", text="In 2025")]), Aloud("LBody", children=[Aloud("", text="six 6")])]
    tree = Aloud("L", children=[Aloud("LI", children=item), Aloud("LI", children=term)])
    assert [number.text for number in readers.spoken("the PDF", tree).numbers] == ["5", "2025", "6"]


def test_each_digit_of_a_text_alternative():
    alt = ALT.replace("most", "1,790")
    page, words = html().replace(ALT, alt), MD.replace("[Image:penalties-by-role.svg]", f"[Image:x.svg]\n\n{alt}")
    names = "cecps-annual-report-2025.html", "cecps-annual-report-2025.md"
    kept = {"cecps-annual-report-2025.pdf": None}

    def asked(one, other):
        made = finished(files=dict(zip(names, (one.encode(), other.encode()), strict=True)))
        return numbers(replace(made, files={name: data for name, data in made.files.items() if name not in kept}))

    assert asked(page, words).result == "passed"
    for changed, near in each_digit(page, re.escape(alt)):
        assert asked(changed, words).result == "failed", near
    for changed, near in each_digit(words, re.escape(alt)):
        assert asked(page, changed).result == "failed", near


@pytest.mark.parametrize("there", [("the PDF", "the Govspeak"), ("the PDF",), ("the web page",)])
def test_without_the_page_or_all_else_nothing_is_compared(there, monkeypatch):
    """The PDF has the cover and the licence, which the Govspeak has not."""
    copies = [readers.Copy(name, [], readers.numbers([name, f"{n}"])) for n, name in enumerate(there)]
    monkeypatch.setattr(consistency, "_copies", lambda _finished: copies)
    assert numbers(finished()).result == "not applicable"


def test_the_table_beside_a_chart_is_compared_with_it_and_is_no_table_of_the_report():
    table = (
        '<details><summary>Numbers</summary><table id="data-penalties-by-role"><thead><tr><th>Role</th>'
        "<th>Penalties</th></tr></thead><tbody><tr><th>Driver</th><td>1,790</td></tr><tr><th>Owner</th><td>344</td></tr>"
        "<tr><th>Hirer</th><td>[c]</td></tr><tr><th>Total</th><td>2,134</td></tr></tbody></table></details>"
    )
    name = "cecps-annual-report-2025.html"
    page = html().replace("</figure>", f"</figure>{table}")
    assert found(finished(files={name: page.encode()})) == []
    for changed, near in each_digit(page, re.escape(table).replace("data", "data")):
        assert found(finished(files={name: changed.encode()})), near


def test_a_table_of_the_annex_is_looked_for_in_the_words_only_where_a_chapter_places_it():
    row = Row("Driver", (Cell("1,791", 1790.0, "", Key("penalties.issued", "role", "driver")),))
    other = replace(table(), id="annexed", rows=(row, *table().rows[1:]), annex=True)
    for placed, looked_for in (({}, False), ({"table-annexed": "chapters/penalties.md:9"}, True)):
        done = finished(tables={"penalties-by-role": table(), "annexed": other})
        done.narrative.placed = placed
        assert any("page, table annexed" in line for line in tables(done).evidence) == looked_for
