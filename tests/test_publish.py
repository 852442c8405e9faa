"""What the office needs beside the report: complete, ready to paste, the same bytes every time, nothing from a clock."""

import csv
import hashlib
import io
import json
from dataclasses import dataclass, replace
from datetime import date

import pytest
from finished import finished, release

from reportgen import checks, publish
from reportgen.checks import govuk, web_page
from reportgen.checks.html_tree import Element, parse
from reportgen.formats import pdf
from reportgen.model.release import Allowance, PublicationDetails, Received, SignOff, Waiver
from reportgen.publish.office_page import PageTable, Paper, Part, as_html, as_markdown


@dataclass(frozen=True)
class Source:
    file: str
    sha256: str
    rows: int | None


SOURCES = {"penalties": Source("penalties.csv", "ab" * 32, 1790), "survey": Source("survey.xlsx", "cd" * 32, 312)}


@pytest.fixture(autouse=True)
def validator(monkeypatch):
    monkeypatch.setattr(pdf, "validate", lambda _data: ())
    monkeypatch.setattr(pdf, "outside", lambda _data: ())


def made(previous=None, pages=None, **more):
    done = finished(release=release(**more))
    return publish.wrap_up(done.release, done.files, checks.run(done), SOURCES, previous, pages=pages)


def text(files, name):
    return parse(files[name].decode()).text()


def test_every_page_is_there():
    assert sorted(made()) == [
        "checks.html",
        "checks.json",
        "publish/checklist.html",
        "publish/checklist.md",
        "qa/data-log.csv",
        "qa/log.html",
        "qa/sign-off.html",
    ]


def test_the_same_bytes_again():
    assert made() == made()


def test_checks_as_data():
    results = json.loads(made()["checks.json"])
    assert [result["id"] for result in results] == [
        *(question.id for question in checks.QUESTIONS),
        "answers",
        "waivers",
    ]
    assert set(results[0]) == {"id", "subject", "question", "how", "result", "evidence"}


def test_checks_for_a_person_failed_first():
    files = made(sign_off=SignOff(), final=False, answers={})
    headings = [element.text() for element in parse(files["checks.html"].decode()).all("h2")]
    assert headings == ["Failed", "Needs a person", "Passed", "Not applicable"]
    assert "[sign_off] analyst is missing." in text(files, "checks.html")
    assert "Draft. " in text(files, "checks.html")


def test_a_waiver_is_in_the_check_report_with_its_words():
    waiver = Waiver("sign-off", "Head of the penalty team", date(2026, 9, 1), "the approver is on leave")
    files = made(sign_off=SignOff(), waivers=(waiver,))
    assert "Waived by Head of the penalty team, 1 September 2026: the approver is on leave" in text(
        files, "checks.html"
    )
    assert "the approver is on leave" in text(files, "qa/log.html")


@pytest.mark.parametrize("name", ["checks.html", "publish/checklist.html", "qa/log.html", "qa/sign-off.html"])
def test_the_pages_are_accessible(name):
    files = made(
        assumptions=("All of it.",),
        waivers=(Waiver("style", "Me", date(2026, 9, 1), "because"),),
        allow=(Allowance("24 hours", "an Order"),),
    )
    done = finished(files={"cecps-annual-report-2025.html": files[name]})
    assert web_page.headings(done).result == "passed"
    assert web_page.tables(done).result == "passed"
    faults = [fault for fault in web_page.structure(done).evidence if "skips" not in fault]
    assert done.page.first("html").get("lang") == "en-GB"
    assert not [fault for fault in faults if "read" not in fault]


def test_the_checklist_is_ready_to_paste():
    files = made(pages=48)
    rows = {
        row.children[0].text(): row.children[1].text()
        for row in parse(files["publish/checklist.html"].decode()).all("tr")
        if isinstance(row.children[0], Element) and len(row.children) == 2
    }
    assert rows["Title"] == "Clandestine entrant penalties: 2025 to 2026"
    assert rows["Summary"] == "How the penalty scheme worked, and what drivers, owners and hirers told us."
    assert rows["Publication type"] == "Corporate report"
    assert rows["Lead organisation"] == "Home Office"
    assert rows["First published"] == "30 September 2026"
    assert rows["Change note"] == "First published."
    assert rows["Alternative format contact"] == "formats@example.gov.uk"
    assert rows["Excludes nations"] == "Applies to England, Scotland, Wales and Northern Ireland"
    assert "1 April 2025 to 31 March 2026" in rows["Body"]
    words = text(files, "publish/checklist.html")
    assert "the whole of cecps-annual-report-2025.md" in words
    assert "1 KB, 48 pages" in words
    order = [words.index(f"cecps-annual-report-2025.{kind}") for kind in ("pdf", "ods")]
    assert order == sorted(order)
    assert words.index("data/statistics.csv") > order[-1]
    assert "charts/penalties-by-role.svg" in words


def test_what_is_missing_is_named_where_it_would_be_pasted():
    words = text(made(publication=PublicationDetails()), "publish/checklist.html")
    assert words.count("Missing: set it in [publication] of release.toml") == 8


def test_a_draft_or_a_failure_stops_the_checklist():
    assert "Do not publish yet" in text(made(sign_off=SignOff()), "publish/checklist.html")
    assert "Do not publish yet" in text(made(final=False), "publish/checklist.html")
    assert "Every check passed or was waived." in text(made(), "publish/checklist.html")


def test_the_checklist_as_plain_text():
    words = made()["publish/checklist.md"].decode()
    assert "| Title | Clandestine entrant penalties: 2025 to 2026 |" in words


def test_the_data_log_reveals_no_hidden_number():
    done = finished(release=release())
    files = publish.wrap_up(done.release, done.files, (), {"survey": Source("survey.csv", "ab" * 32, None)})
    assert b"survey,survey.csv,%s,[c]," % (b"ab" * 32) in files["qa/data-log.csv"]


def test_the_data_log():
    files = made(received={"penalties": Received("Case system team", date(2026, 7, 1)), "survey": Received("=cmd()")})
    rows = list(csv.DictReader(io.StringIO(files["qa/data-log.csv"].decode())))
    assert rows == [
        {
            "table": "penalties",
            "file": "penalties.csv",
            "sha256": "ab" * 32,
            "rows": "1790",
            "owner": "Case system team",
            "received": "2026-07-01",
        },
        {
            "table": "survey",
            "file": "survey.xlsx",
            "sha256": "cd" * 32,
            "rows": "312",
            "owner": "'=cmd()",
            "received": "",
        },
    ]
    assert not list(govuk._plain("qa/data-log.csv", files["qa/data-log.csv"]))


def test_assumptions_decisions_and_what_changed_since_last_year():
    last = release(raw={"disclosure": {"threshold": 10}, "as_at": date(2025, 6, 30), "places": []})
    files = made(
        previous=last,
        assumptions=("A response counts once.",),
        decisions=("The ledger is the truth.",),
        raw={"disclosure": {"threshold": 5}, "as_at": date(2026, 6, 30), "places": ["Zeebrugge"]},
    )
    words = text(files, "qa/log.html")
    assert "A response counts once." in words
    assert "The ledger is the truth." in words
    assert "disclosure.threshold 10 5" in words
    assert "places none Zeebrugge" in words
    assert "as_at" not in words


def test_the_lack_of_a_last_year_is_noted():
    assert "There is no release of last year" in text(made(), "qa/log.html")
    assert "None is recorded in release.toml." in text(made(), "qa/log.html")


def test_the_sign_off_page():
    words = text(made(), "qa/sign-off.html")
    assert "Analyst A Analyst 1 August 2026" in words
    assert "Assurer B Assurer 8 August 2026" in words
    assert "Approver C Approver 1 September 2026" in words


def test_words_of_the_release_cannot_become_markup():
    files = made(
        assumptions=("<script>alert(1)</script> & <b>",), publication=replace(release().publication, title="a|b <i>")
    )
    assert b"<script>" not in files["qa/log.html"]
    assert b"<i>" not in files["publish/checklist.html"]
    assert b"a\\|b \\<i\\>" in files["publish/checklist.md"]


def test_a_paper_in_both_forms():
    paper = Paper(
        "T",
        "L",
        (
            Part("H", ("One.",), PageTable("C", ("A", "B"), (("x", "1\n2"), ("y", "")))),
            Part("E", (), PageTable("C", ("A",), ())),
        ),
    )
    assert b"<td><ul><li>1</li><li>2</li></ul></td>" in as_html(paper)
    assert as_html(paper).count(b"<table>") == 1
    assert (
        as_markdown(paper).decode()
        == "# T\n\nL\n\n## H\n\nOne.\n\n| A | B |\n| --- | --- |\n| x | 1; 2 |\n| y | – |\n\n## E\n"
    )


def manifest(files=None, **more):
    one = release(
        raw={"as_at": date(2026, 6, 30), "survey": {"invitations": {"driver": 9}}, "places": ["Zeebrugge"]}, **more
    )
    return publish.manifest(
        files or {"b.csv": b"2", "a.csv": b"1"},
        {"2025/penalties.csv": "ab"},
        {"report.css": "cd"},
        one,
        {"python": "3.11"},
        ["pdf", "html"],
    )


def test_the_manifest_says_from_what_and_how():
    content = json.loads(manifest())
    assert content["outputs"] == {
        name: hashlib.sha256(data).hexdigest() for name, data in (("a.csv", b"1"), ("b.csv", b"2"))
    }
    assert list(content["outputs"]) == ["a.csv", "b.csv"]
    assert content["settings"] == {
        "as_at": "2026-06-30",
        "places": ["Zeebrugge"],
        "survey": {"invitations": {"driver": 9}},
    }
    assert (content["year"], content["final"], content["only"]) == (2025, True, ["html", "pdf"])
    assert content["inputs"] == {"2025/penalties.csv": "ab"}
    assert content["templates"] == {"report.css": "cd"}


def test_the_manifest_does_not_depend_on_the_order_of_files():
    assert manifest({"a.csv": b"1", "b.csv": b"2"}) == manifest({"b.csv": b"2", "a.csv": b"1"})


def test_versions_of_what_shapes_the_outputs():
    found = publish.versions()
    assert {"python", "weasyprint", "pikepdf", "altair", "vl-convert-python", "jinja2"} <= set(found)
    assert list(found) == sorted(found)
