from datetime import date

import pytest

from reportgen import pdf
from reportgen.problems import Stage
from reportgen.release import Release, period_of

RELEASE = Release(year=2025, period=period_of(2025), as_at=date(2026, 6, 30), data="illustrative")
PAGE = """<!doctype html><html lang="en-GB"><head><title>Annual report</title><meta name="author" content="Home Office">
<style>{css}</style></head><body>{body}</body></html>"""


def made(body, css="", attachments=None):
    return pdf.render(PAGE.format(body=body, css=css), RELEASE, attachments or {})


def test_a_plain_page_meets_both_standards():
    found = made("<h1>Annual report</h1><p>Words.</p>", attachments={"statistics.csv": b"a,b\n1,2\n"})
    assert found.problems == ()
    assert pdf.validate(found.value) == ()


def test_the_same_words_give_the_same_bytes():
    assert made("<h1>Annual report</h1>").value == made("<h1>Annual report</h1>").value


@pytest.mark.parametrize(
    ("body", "css"),
    [
        ("<h1>A</h1>", "h1 { colour: red }"),
        ('<h1>A</h1><img alt="x" src="https://example.org/x.png">', ""),
        ('<h1>A</h1><img alt="x" src="file:///etc/hostname">', ""),
        ('<h1>A</h1><img alt="x" src="data:image/svg+xml;base64,PHN2Zw==">', ""),
        ('<h1>A</h1><img src="data:image/svg+xml,%3Csvg xmlns=%22http://www.w3.org/2000/svg%22/%3E">', ""),
        ('<h1>A</h1><p><a href="#nowhere">there</a></p>', ""),
    ],
)
def test_what_weasyprint_only_logs_is_a_problem(body, css):
    problems = made(body, css).problems
    assert problems
    assert {problem.stage for problem in problems} == {Stage.RENDERING}
