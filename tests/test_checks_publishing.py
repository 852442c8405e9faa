"""Checks of the fields, paper numbers and files that go to GOV.UK."""

from dataclasses import replace
from datetime import date

import pytest
from checked import PAGE, answers
from finished import finished, release

from reportgen.checks import govuk
from reportgen.model.release import PublicationDetails

pytestmark = pytest.mark.usefixtures("without_pdf_validator")


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
def test_fields_that_whitehall_would_refuse_fail(changes, said):
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
def test_paper_numbers_are_checked(changes, result):
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
def test_files_that_whitehall_would_refuse_fail(files, said):
    assert any(said in line for line in govuk.files(finished(files=files)).evidence)


def test_files_that_are_too_large_or_empty_fail():
    made = govuk.sizes(finished(files={PAGE: b" " * 1_500_000, "data/x.csv": b""}))
    assert made.result == "failed"
    assert len(made.evidence) == 2


def test_missing_settings_are_named():
    made = finished(release=release(publication=PublicationDetails(), survey_method={}))
    found = answers(made)
    assert any("[publication] published" in line for line in found["release-settings"].evidence)
    assert len(found["survey-method"].evidence) == 11


def test_a_publication_date_before_the_data_were_extracted_fails():
    publication = replace(release().publication, published=date(2026, 1, 1))
    made = finished(release=release(publication=publication))
    assert any("before as_at" in line for line in answers(made)["release-settings"].evidence)
