"""The checks as a whole: a good publication passes, each fault is found by its own check, waivers have names."""

from dataclasses import replace
from datetime import date
from types import SimpleNamespace

import pytest
from finished import ALT, HTML, MD, PNG, finished, release

from reportgen import checks
from reportgen.checks import (
    QUESTIONS,
    govspeak,
    govuk,
    process,
    readers,
    wording,
)
from reportgen.checks import (
    web_page as page,
)
from reportgen.checks.html_tree import parse
from reportgen.formats import pdf
from reportgen.model.problem import Problem, Stage
from reportgen.model.release import PublicationDetails, SignOff, Waiver
from reportgen.release import PersonAnswer

PAGE = "cecps-annual-report-2025.html"
GOVSPEAK = "cecps-annual-report-2025.md"


@pytest.fixture(autouse=True)
def validator(monkeypatch):
    monkeypatch.setattr(pdf, "validate", lambda _data: ())
    monkeypatch.setattr(pdf, "outside", lambda _data: ())


def answers(made):
    return {result.id: result for result in checks.run(made)}


def failed(made):
    return {name for name, result in answers(made).items() if result.result == "failed"}


def with_page(change):
    from finished import html

    return finished(files={PAGE: change(html()).encode()})


def with_govspeak(change):
    return finished(files={GOVSPEAK: change(MD).encode()})


def test_a_good_publication_fails_nothing():
    made = answers(finished())
    assert {name: result.evidence for name, result in made.items() if result.result == "failed"} == {}
    assert {result.result for result in made.values()} == {"passed", "not applicable", "answered"}
    assert [name for name, result in made.items() if result.result == "answered"] == ["read-through", "read-aloud"]
    assert all(result.evidence for result in made.values() if result.result in {"passed", "not applicable"})


def test_ids_are_unique_and_words_complete():
    assert len({question.id for question in QUESTIONS}) == len(QUESTIONS)
    assert all(question.question.endswith("?") and question.how and question.subject for question in QUESTIONS)


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
def test_a_fault_of_the_page_is_found_by_its_check(old, new, check, said):
    made = with_page(lambda text: text.replace(old, new, 1))
    result = answers(made)[check]
    assert result.result == "failed"
    assert any(said in line for line in result.evidence), result.evidence


@pytest.mark.parametrize("opening", ["None of it had been paid.", "None was late.", "None of them kept to it."])
def test_none_may_open_a_sentence(opening):
    made = with_page(lambda text: text.replace("Drivers had", f"{opening} Drivers had", 1))
    assert "word for nothing" not in "".join(answers(made)["style"].evidence)
    assert opening in made.page.text()


def test_two_pictures_with_the_same_words():
    picture = f'<img alt="{ALT}" src="data:,">'
    made = with_page(lambda text: text.replace("</main>", f"{picture}</main>"))
    assert any("2 pictures" in line for line in answers(made)["text-alternatives"].evidence)


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("## Penalties", "# Penalties", "first level"),
        ("## Penalties", "### Penalties", "left out"),
        ("## Penalties", "##Penalties", "space"),
        ("## Penalties", "## 1. Penalties", "numbers headings itself"),
        ("The team", "It rose by \\~5. The team", "backslash"),
        ("The team", "The end\\\nThe team", "backslash"),
        ("The team", "Three things:\n- one\n\nThe team", "a list needs"),
        ("\n[Image:", "[Image:", "a picture needs"),
        ("The team", "@Advice\n\nThe team", "no longer"),
        ("The team", "<script>x</script>The team", "<script>"),
        ("The team", '<p style="color:red">The team</p>', "style"),
        ("The team", '<a onclick="x" href="/x">The team</a>', "onclick"),
        ("The team", "<!-- hidden -->The team", "comment"),
        ("The team", "<details>The team</details>", "<details>"),
        ("The team", "[The team](javascript:alert)", "javascript"),
        ("The team", "![x](https://x.example/p.png) The team", "picture"),
        ("The team issued", "{::highlight-answer}", "no longer"),
        ("The team issued", "{stat-headline}\nThe team issued", "opened 1"),
        ("The team issued", "{sparkle}\nThe team issued", "no construct"),
        ("The team issued", "$Q\nThe team issued", "no box"),
        ("The team issued", "$C\nThe team issued", "not closed"),
        ("The team issued", "^The team issued", "callout"),
        ("[Image:penalties-by-role.svg]", "[Image:other.svg]", "not in charts/"),
        ("[Image:penalties-by-role.svg]", "[Video:x.mp4]", "no construct"),
        ("| # Owner | 344 |", "| # Owner | 344 | 1 |", "cells"),
        ("|---|---:|\n", "", "line of dashes"),
        ("**Table 1: Penalties by role**\n\n|", "**Table 1: Penalties by role**\n|", "blank line"),
        ("The team issued", "The team[^1] issued", "not written"),
    ],
)
def test_govspeak_that_whitehall_would_refuse_is_found(old, new, said):
    made = with_govspeak(lambda text: text.replace(old, new, 1))
    result = answers(made)["govspeak"]
    assert result.result == "failed"
    assert any(said in line for line in result.evidence), result.evidence


@pytest.mark.parametrize(
    "more",
    [
        "^A callout.^",
        "It cost £5 \\[c\\] \\* 5 &#126; 6 \\+12% \\| 3",
        "Three things:\n\n- one\n- two\n  and more\n- three",
        "%A warning.%",
        "$C\n**Penalty team**\nWrite to us\n$C",
        "{stat-headline}\n*14* of every 15\n{/stat-headline}",
        "$CTA\nSomething\n$CTA",
        "s1. First\ns2. Second\n",
        "Words[^1]\n\n[^1]: A note.",
        "[AttachmentLink:data.ods]",
        "*[CECPS]: Clandestine Entrant Civil Penalty Scheme",
        "A line with 50% in it",
        '<abbr title="x">y</abbr>',
    ],
)
def test_govspeak_that_whitehall_takes_passes(more):
    made = with_govspeak(lambda text: f"{text}\n{more}\n")
    assert answers(made)["govspeak"].result == "passed"


def test_a_build_without_pictures_knows_them_by_name():
    made = finished()
    bare = {name: data for name, data in made.files.items() if not name.startswith("charts/")}
    other = MD.replace("penalties-by-role.svg", "other.svg").encode()
    assert govspeak.passes(replace(made, files=bare)).result == "passed"
    assert govspeak.passes(replace(made, files=bare | {GOVSPEAK: other})).result == "failed"


def test_a_bitmap_too_large_for_whitehall():
    big = PNG.replace((960).to_bytes(4, "big"), (1920).to_bytes(4, "big"))
    made = finished(files={"charts/penalties-by-role.png": big, GOVSPEAK: MD.replace(".svg]", ".png]").encode()})
    assert any("1920 by 640" in line for line in answers(made)["govspeak"].evidence)


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"title": "x" * 66}, "66 characters"),
        ({"title": ""}, "no title"),
        ({"title": "Penalties 2025 to 2026."}, "full stop"),
        ({"title": "Penalties – 2025 to 2026"}, "dash"),
        ({"title": "Penalties 2025/26"}, "stroke"),
        ({"title": "Penalty Scheme Annual Report"}, "sentence case"),
        ({"title": "Penalty statistics", "type": "Official statistics"}, "does not say"),
        ({"summary": "x" * 140 + "."}, "141 characters"),
        ({"summary": "How it worked"}, "full stop"),
        ({"summary": "Clandestine entrant penalties: 2025 to 2026."}, "repeats"),
        ({"contact_email": "team at home"}, "not an email"),
        ({"url": "http://www.gov.uk/x"}, "https"),
    ],
)
def test_fields_that_whitehall_would_refuse(changes, said):
    made = finished(release=release(publication=replace(release().publication, **changes)))
    assert any(said in line for line in govuk.fields(made).evidence)


@pytest.mark.parametrize(
    ("changes", "result"),
    [
        ({}, "not applicable"),
        ({"isbn": "978-0-306-40615-8"}, "failed"),
        ({"isbn": "978-0-306-40615-7"}, "passed"),
        ({"isbn": "0-306-40615-2"}, "passed"),
        ({"isbn": "0-306-40615-3"}, "failed"),
        ({"isbn": "080442957X"}, "passed"),
        ({"command_paper": "CP 1234"}, "passed"),
        ({"command_paper": "Cm. 9-II"}, "passed"),
        ({"command_paper": "CP1234"}, "failed"),
        ({"hc_paper": "12", "session": "2025-26"}, "passed"),
        ({"hc_paper": "12"}, "failed"),
        ({"session": "2025-26"}, "failed"),
        ({"hc_paper": "12", "session": "2025-27"}, "failed"),
        ({"hc_paper": "HC 12", "session": "2025-26"}, "failed"),
        ({"hc_paper": "12", "session": "2025-26", "command_paper": "CP 1"}, "failed"),
    ],
)
def test_paper_numbers(changes, result):
    made = finished(release=release(publication=PublicationDetails(**changes)))
    assert govuk.papers(made).result == result


@pytest.mark.parametrize(
    ("files", "said"),
    [
        ({"data/Table.csv": b"a,b\n1,2\n"}, "lower-case"),
        ({"data/table-final.csv": b"a,b\n1,2\n"}, "drafts"),
        ({"report.docm": b"x"}, ".docm"),
        ({"data/x.csv": b"a,b\n1,2\n\n3,4\n"}, "blank line"),
        ({"data/x.csv": b"a,b\n1\n"}, "different lengths"),
        ({"data/x.csv": b"a,a\n1,2\n"}, "same name"),
        ({"data/x.csv": b"\xff,b\n"}, "UTF-8"),
    ],
)
def test_files_that_whitehall_would_refuse(files, said):
    assert any(said in line for line in govuk.files(finished(files=files)).evidence)


def test_files_that_are_too_large_or_empty():
    made = govuk.sizes(finished(files={PAGE: b" " * 1_500_000, "data/x.csv": b""}))
    assert made.result == "failed"
    assert len(made.evidence) == 2


def test_missing_settings_are_named():
    made = finished(release=release(publication=PublicationDetails(), survey_method={}))
    found = answers(made)
    assert any("[publication] published" in line for line in found["release-settings"].evidence)
    assert len(found["survey-method"].evidence) == 11


def test_published_before_it_was_read():
    publication = replace(release().publication, published=date(2026, 1, 1))
    made = finished(release=release(publication=publication))
    assert any("before as_at" in line for line in answers(made)["release-settings"].evidence)


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"assurer": "a  ANALYST"}, "two people"),
        ({"assurer": ""}, "assurer is missing"),
        ({"approver_date": None}, "approver_date is missing"),
        ({"approver_date": date(2026, 7, 1)}, "out of order"),
        ({"analyst_date": date(2026, 1, 1)}, "before as_at"),
        ({"approver_date": date(2027, 1, 1)}, "after the day"),
    ],
)
def test_sign_off(changes, said):
    made = finished(release=release(sign_off=replace(release().sign_off, **changes)))
    assert any(said in line for line in answers(made)["sign-off"].evidence)


def test_nobody_signed():
    assert len(answers(finished(release=release(sign_off=SignOff())))["sign-off"].evidence) == 6


def test_made_up_figures_fail_and_cannot_be_waived():
    waiver = Waiver("real-figures", "Me", date(2026, 9, 1), "because")
    made = finished(release=release(data="illustrative", waivers=(waiver,)))
    found = answers(made)
    assert found["real-figures"].result == "failed"
    assert found["waivers"].result == "failed"
    assert "cannot be waived" in found["waivers"].evidence[0]


def test_a_draft_that_does_not_say_so():
    found = answers(finished(release=release(final=False)))
    assert found["marked"].evidence == ("The page does not say that it is a draft.",)


def test_a_final_report_marked_as_draft():
    made = with_page(lambda text: text.replace("<body>", '<body class="draft"><p>Draft</p>'))
    assert answers(made)["marked"].result == "failed"


def test_a_waiver_names_who_when_and_why():
    waiver = Waiver("style", "Head of the penalty team", date(2026, 9, 1), "a quotation")
    from finished import html

    made = finished(
        release=release(waivers=(waiver,)), files={PAGE: html().replace("The team", "The the team").encode()}
    )
    result = answers(made)["style"]
    assert result.result == "waived"
    assert result.evidence[0] == "Waived by Head of the penalty team, 1 September 2026: a quotation"
    assert "style" not in {problem.value for problem in checks.problems(list(answers(made).values()))}


@pytest.mark.parametrize(("check", "said"), [("stile", "Did you mean “style”?"), ("style", "does not fail")])
def test_a_waiver_that_waives_nothing(check, said):
    waiver = Waiver(check, "Me", date(2026, 9, 1), "because")
    assert said in answers(finished(release=release(waivers=(waiver,))))["waivers"].evidence[0]


def test_failures_become_problems():
    made = finished(release=release(data="illustrative", sign_off=SignOff()))
    found = checks.problems(checks.run(made))
    assert {problem.value for problem in found} == {"real-figures", "sign-off", "marked"}
    assert {(problem.stage, problem.severity, problem.code) for problem in found} == {
        (Stage.CHECKS, "problem", "check-failed")
    }
    by_id = {problem.value: problem for problem in found}
    assert by_id["sign-off"].count.for_analyst() == 6
    assert len(by_id["sign-off"].message.split("\n- ")) == 7  # the question, and all six
    assert by_id["sign-off"].file == by_id["real-figures"].file == "release.toml"
    assert by_id["marked"].file == "checks.html"
    assert "[waivers.sign-off]" in by_id["sign-off"].hint
    assert "waivers" not in by_id["real-figures"].hint


def test_notices_of_the_inputs_are_for_a_person_without_rows_and_values():
    notice = Problem(
        Stage.INPUTS, "odd", "An unusual value.", severity="notice", file="penalties.csv", row=3, value="AB12 CDE"
    )
    result = answers(finished(problems=(notice,), release=release(answers={})))["input-notices"]
    assert result.result == "needs a person"
    assert result.evidence == ("penalties.csv: An unusual value.",)


def test_untraced_figures_fail():
    notice = Problem(
        Stage.TEMPLATES,
        "untraced-figure",
        "A figure typed by hand.",
        severity="notice",
        file="02.md",
        line=3,
        value="17",
    )
    assert answers(finished(problems=(notice,)))["untraced-figures"].evidence == (
        "02.md:3: A figure typed by hand. (17)",
    )


def test_a_reference_of_a_notice_in_any_file():
    made = finished(references=frozenset({"PN-000123", "17"}), files={"data/x.csv": b"a,b\nPN-000123,1\n17,2\n"})
    assert answers(made)["personal-data"].evidence == ("data/x.csv: the reference of a notice or an incident.",)


def test_a_short_number_is_no_reference_to_look_for():
    assert answers(finished(references=frozenset({"344", "12"})))["personal-data"].result == "passed"


def test_a_hidden_figure_that_tells_something():
    made = finished()
    key = next(key for key, figure in made.statistics.figures.items() if figure.marker)
    figures = {**made.statistics.figures, key: replace(made.statistics.figures[key], base=3)}
    told = replace(made, statistics=replace(made.statistics, figures=figures))
    told.__dict__["aloud"] = made.aloud
    assert answers(told)["hidden-figures"].result == "failed"


def test_what_was_not_made_is_not_applicable():
    made = finished()
    bare = replace(made, files={name: data for name, data in made.files.items() if name.startswith("data/")})
    found = {name: result.result for name, result in answers(bare).items()}
    assert not [name for name, result in found.items() if result == "failed"]
    assert found["pdf-standards"] == found["govspeak"] == found["page-structure"] == "not applicable"


def test_a_validator_that_is_not_there_leaves_it_to_a_person(monkeypatch):
    monkeypatch.setattr(pdf, "validate", lambda _data: None)
    assert answers(finished(release=release(answers={})))["pdf-standards"].result == "needs a person"


def test_an_answer_says_who_when_and_what():
    result = answers(finished())["read-through"]
    assert (result.result, result.evidence) == ("answered", ("Answered by D Editor, 1 September 2026: In order.",))


def test_a_final_report_is_refused_where_a_check_has_no_answer_each_named():
    made = finished(
        release=release(answers={"read-aloud": PersonAnswer("read-aloud", "D", date(2026, 9, 1), "Heard.")})
    )
    (problem,) = checks.problems(checks.run(made))
    assert (problem.value, problem.file) == ("answers", "release.toml")
    assert "read-through has no answer: Has somebody read the whole report?" in problem.message
    assert "read-aloud has no answer" not in problem.message
    assert "[answers.…]" in problem.hint


def test_a_draft_needs_no_answers():
    made = finished(release=release(answers={}, final=False))
    assert answers(made)["answers"].result == "not applicable"


def test_an_answer_to_a_check_that_there_is_not():
    made = finished(
        release=release(final=False, answers={"read-allowed": PersonAnswer("read-allowed", "D", date(2026, 9, 1), "x")})
    )
    result = answers(made)["answers"]
    assert result.result == "failed"
    assert "There is no check “read-allowed”. Did you mean “read-aloud”?" in result.evidence


def test_an_answer_lets_no_failed_check_pass():
    made = finished(
        release=release(sign_off=SignOff(), answers={"sign-off": PersonAnswer("sign-off", "D", date(2026, 9, 1), "x")})
    )
    assert answers(made)["sign-off"].result == "failed"


@pytest.mark.parametrize(
    ("final", "said"), [(True, "The comment of R-7 is neither"), (False, "marked as not yet released")]
)
def test_a_quote_that_nobody_released(final, said):
    made = finished(release=release(final=final))
    made = replace(made, narrative=SimpleNamespace(**vars(made.narrative) | {"unreleased": ("R-7",)}))
    (evidence,) = process.released(made).evidence
    assert said in evidence
    assert ("R-7" in evidence) is final


def test_failures_of_the_validator_are_quoted(monkeypatch):
    failure = pdf.Failure("PDF/UA-1", "7.1-t3", "Content is neither tagged nor an artifact", "object 9")
    monkeypatch.setattr(pdf, "validate", lambda _data: (failure,))
    (said,) = answers(finished())["pdf-standards"].evidence
    assert said == "PDF/UA-1, rule 7.1-t3: Content is neither tagged nor an artifact object 9"


@pytest.mark.parametrize(
    ("text", "number"),
    [("One. Two. Three.", 3), ("The 3.5% rose. It fell.", 2), ("Mr. Smith came.", 1), ("He said “stop.” She did.", 2)],
)
def test_sentences(text, number):
    assert len(wording.sentences(text)) == number


def test_a_table_without_a_caption_is_named_by_its_first_words():
    found = parse("<table><thead><tr><th>Port</th><th>What</th></tr></thead><tr><td>Calais</td><td>x</td></tr></table>")
    said = next(iter(page._table(found.first("table"))))
    assert said == "The table that begins with “Port” has no caption."


def test_quotes_and_tables_are_left_as_they_are():
    page = parse(
        "<main><blockquote><p>i.e. mine</p></blockquote><table><tr><td>e.g.</td></tr></table><p>Ours.</p></main>"
    )
    assert [element.text() for element in wording.prose(page)] == ["Ours."]


def test_the_reader_of_pages_takes_what_people_write():
    page = parse("<p>a<br>b &amp; c</p><ul><li>x</li></ul><style>p{}</style><img src=x><p>open")
    assert page.lines() == ["a b & c", "x", "open"]
    assert [element.get("tag") for element in page.all("#unclosed")] == ["p"]
    assert readers.tidy("1\u00a0790\u00ad ") == "1 790"


def test_the_html_of_the_tests_is_the_page():
    assert "SVGHERE" in HTML
