from datetime import date

import pytest
from weasyprint import HTML
from weasyprint.layout import inline
from weasyprint.text import line_break

from reportgen.formats import pdf
from reportgen.formats.pdf import line_breaks
from reportgen.model.edition import Edition
from reportgen.model.problem import Stage
from reportgen.model.release import Release

RELEASE = Release(edition=Edition(2025), period=Edition(2025).period(), as_at=date(2026, 6, 30), data="illustrative")
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


def lines_of(box):
    """The words of every line below a box of a page laid out."""
    if type(box).__name__ == "LineBox":
        return ["".join(part.text for part in box.descendants() if hasattr(part, "text"))]
    return [line for child in getattr(box, "children", ()) for line in lines_of(child)]


@pytest.mark.parametrize("patched", [True, False])
def test_a_line_is_not_broken_after_its_first_word_for_the_space_at_its_end(monkeypatch, patched):
    monkeypatch.setattr(inline, "split_first_line", line_breaks.divided if patched else line_break.split_first_line)
    words = "The report is not made where a count could lie in a range narrower than "
    css = "<style>@page { size: 2000px 9000px } p { font: 16px 'Source Sans Pro'; line-height: 20px }</style>"

    def laid_out(body):
        return HTML(string=f"<!doctype html><html lang=en><head>{css}</head><body>{body}").render().pages[0]._page_box

    (line,) = [box for box in laid_out(f"<p>{words}<b>5</b> so").descendants() if type(box).__name__ == "LineBox"]
    natural = next(part.width for part in line.descendants() if hasattr(part, "text"))
    widths = [natural + step / 2 for step in range(-16, 17)]
    body = "".join(f'<p style="width: {width}px">{words}<b>5</b> so it was.' for width in widths)
    alone = [line for line in lines_of(laid_out(body)) if line.strip() == "The"]
    assert bool(alone) is not patched, "without the mending the fault is there"
