"""Checks of the web page: each fault is found by its own check."""

import pytest
from checked import answers, with_page
from finished import ALT, HTML

from reportgen.checks import readers, wording
from reportgen.checks import web_page as page
from reportgen.checks.html_tree import parse

pytestmark = pytest.mark.usefixtures("without_pdf_validator")


@pytest.mark.parametrize(
    ("old", "new", "check", "said"),
    [
        ('lang="en-GB"', 'lang="en"', "page-structure", "British English"),
        ("<title>Clandestine entrant penalties: 2025 to 2026</title>", "<title></title>", "page-structure", "no title"),
        ('class="skip-link"', "", "page-structure", "skips"),
        ("</main>", "<script>1</script></main>", "page-structure", "<script>"),
        ("</main>", '<p onclick="x()">Hello.</p></main>', "page-structure", "runs a script"),
        ("</main>", '<img alt="" src="https://x.example/p.gif"></main>', "page-structure", "from elsewhere"),
        ("</head>", "<style>p{background:url(http://x.example/p)}</style></head>", "page-structure", "from elsewhere"),
        ("</section>\n</main>", "</main>", "page-structure", "has no end"),
        ("<h2>Penalties issued</h2>", "<h3>Penalties issued</h3>", "headings", "left out"),
        ("<h2>Penalties issued</h2>", "<h2>Penalties issued</h2><h2></h2>", "headings", "empty"),
        ("<h2>Penalties issued</h2>", "<h2>Penalties issued</h2><h2>Penalties issued</h2>", "headings", "2 chapters"),
        ('<th scope="row">Driver</th>', "<th>Driver</th>", "tables", "Driver"),
        ("<td>344</td>", '<td colspan="2">344</td>', "tables", "merged"),
        ("<td>344</td>", "<td></td>", "tables", "empty cell"),
        ("<td>344</td>", "", "tables", "different lengths"),
        ('<caption id="c1">Table 1: Penalties by role</caption>', "", "tables", "no caption"),
        (f'alt="{ALT}"', "", "text-alternatives", "without"),
        (f'alt="{ALT}"', 'alt="A chart."', "text-alternatives", "8 characters"),
        (f'alt="{ALT}"', f'alt="{ALT * 3}"', "text-alternatives", "characters"),
        (f'alt="{ALT}"', f'alt="{ALT[:-1]}, chart.png"', "text-alternatives", "names a file"),
        ('href="#content"', 'href="#nowhere"', "links", "not on the page"),
        ('href="https://www.gov.uk', 'href="http://www.gov.uk', "links", "https"),
        ('href="https://www.gov.uk', 'href="https://www..gov.uk', "links", "no such host"),
        (">Guidance on the scheme<", ">here<", "links", "does not say"),
        (">Guidance on the scheme<", "><", "links", "without words"),
        ('id="penalties"', 'id="content"', "links", "2 elements"),
        ('aria-labelledby="c1"', 'aria-labelledby="c9"', "links", "not there"),
        ("The team issued", "The team, e.g., issued", "style", "for example"),
        ("The team issued", "In 2025-26 the team issued", "style", "2025 to 2026"),
        ("The team issued", "The the team issued", "style", "twice"),
        ("The team issued", "Unfortunate! The team issued", "style", "exclamation"),
        ("The team issued", "{{ stat }} issued", "style", "placeholder"),
        ("The team issued", "The team issued None. The team issued", "style", "word for nothing"),
        ("The team issued", "They say, None of them. The team issued", "style", "word for nothing"),
        ("The team issued", "None days. The team issued", "style", "word for nothing"),
        ("The team issued", "<em>The team</em> issued", "style", "italics"),
        ("Drivers had", "Clandestines had", "terms", "people hidden"),
        ("Drivers had", "Under s32 drivers had", "terms", "section 32"),
        ("Drivers had", f"{'Many words ' * 21}had", "sentence-lengths", "words"),
        ("Drivers had", "Call 0161 496 0000. Drivers had", "personal-data", "telephone"),
        ("Drivers had", "Write to jo@example.org. Drivers had", "personal-data", "email"),
        ("Drivers had", "AB12 CDE was stopped. Drivers had", "personal-data", "registration"),
    ],
)
def test_each_fault_of_the_page_is_found_by_its_check(old, new, check, said):
    made = with_page(lambda text: text.replace(old, new, 1))
    result = answers(made)[check]
    assert result.result == "failed"
    assert any(said in line for line in result.evidence), result.evidence


@pytest.mark.parametrize("opening", ["None of it had been paid.", "None was late.", "None of them kept to it."])
def test_a_sentence_may_begin_with_none(opening):
    made = with_page(lambda text: text.replace("Drivers had", f"{opening} Drivers had", 1))
    assert "word for nothing" not in "".join(answers(made)["style"].evidence)
    assert opening in made.page.text()


def test_two_pictures_with_the_same_text_alternative_fail():
    picture = f'<img alt="{ALT}" src="data:,">'
    made = with_page(lambda text: text.replace("</main>", f"{picture}</main>"))
    assert any("2 pictures" in line for line in answers(made)["text-alternatives"].evidence)


@pytest.mark.parametrize(
    ("text", "number"),
    [("One. Two. Three.", 3), ("The 3.5% rose. It fell.", 2), ("Mr. Smith came.", 1), ("He said “stop.” She did.", 2)],
)
def test_sentences_are_counted(text, number):
    assert len(wording.sentences(text)) == number


def test_a_table_without_a_caption_is_named_by_its_first_words():
    found = parse("<table><thead><tr><th>Port</th><th>What</th></tr></thead><tr><td>Calais</td><td>x</td></tr></table>")
    said = next(iter(page._table(found.first("table"))))
    assert said == "The table that begins with “Port” has no caption."


def test_quotes_and_tables_are_not_checked_as_prose():
    page = parse(
        "<main><blockquote><p>i.e. mine</p></blockquote><table><tr><td>e.g.</td></tr></table><p>Ours.</p></main>"
    )
    assert [element.text() for element in wording.prose(page)] == ["Ours."]


def test_the_html_reader_accepts_what_people_write():
    page = parse("<p>a<br>b &amp; c</p><ul><li>x</li></ul><style>p{}</style><img src=x><p>open")
    assert page.lines() == ["a b & c", "x", "open"]
    assert [element.get("tag") for element in page.all("#unclosed")] == ["p"]
    assert readers.tidy("1\u00a0790\u00ad ") == "1 790"


def test_the_test_page_has_a_place_for_the_chart():
    assert "SVGHERE" in HTML
