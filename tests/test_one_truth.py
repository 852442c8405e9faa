"""One digit changed by hand in any output of the finished report is found, without looking at the bytes as they were."""

import io
import re
import zipfile
from dataclasses import replace

import pytest

from reportgen import checks
from reportgen.checks import consistency
from reportgen.formats import pdf

READ = (consistency.figures, consistency.tables, consistency.numbers, consistency.drawings)
STEM = "cecps-annual-report-2025"
PLACES = 3
"""Places in each part of each output: first, middle, last."""
PARTS = {
    "prose of the page": (f"{STEM}.html", r"<p>([^<]*\d[^<]*)"),
    "figures in the page": (f"{STEM}.html", r"<data[^>]*data-figure[^>]*>([^<]*\d[^<]*)"),
    "values behind figures": (f"{STEM}.html", r'<data value="([\d.]+)" data-figure="[^" ]*">'),
    "table cells": (f"{STEM}.html", r"<td class=n>([^<]*\d[^<]*)"),
    "captions": (f"{STEM}.html", r'<span class="subtitle">([^<]*\d[^<]*)'),
    "labels of drawings": (f"{STEM}.html", r"<text[^>]*>([^<]*\d[^<]*)"),
    "words in place of pictures": (f"{STEM}.html", r"<title id=[^>]*>([^<]*\d[^<]*)"),
    "the cover": (f"{STEM}.html", r"<dd>([^<]*\d[^<]*)"),
    "Govspeak prose": (f"{STEM}.md", r"(?m)^([A-Z][^|\n\[{]*\d[^|\n]*)$"),
    "Govspeak tables": (f"{STEM}.md", r"(?m)^\| # (.*\d.*)$"),
    "Govspeak headlines": (f"{STEM}.md", r"\{stat-headline\}\n([^\n]*\d[^\n]*)"),
    "statistics": ("data/statistics.csv", r"(?m)to 2026,(\d.*)$"),
    "last year": ("data/previous.csv", r"(?m)to 2025,(\d.*)$"),
    "a table of data": ("data/penalties-by-role.csv", r"(\d+)"),
    "quoted figures": ("figures.json", r'"(?:value|display)": ([^,]*\d[^,]*)'),
    "a drawing": ("charts/penalties-by-section-and-role.svg", r"<text[^>]*>([^<]*\d[^<]*)"),
}


@pytest.fixture(scope="module")
def finished(office):
    made = office.publication.composed
    files = {name: data for name, data in office.publication.files.items() if _published(name)}
    numbers = made.numbers
    whole = checks.Finished(numbers.release, files, numbers.statistics, numbers.tables, numbers.charts, made.narrative)
    assert [(ask.__name__, ask(whole).evidence) for ask in READ if ask(whole).result != "passed"] == []
    return whole


def _published(name):
    return name.startswith(("data/", "charts/", "cecps-")) or name == "figures.json"


def found(finished, **files):
    """What the checks say with some files in place of those made; the PDF is read aloud only where it is another."""
    changed = replace(finished, files={**finished.files, **files})
    if f"{STEM}.pdf" not in files:
        changed.__dict__["aloud"] = finished.aloud
    if f"{STEM}.html" not in files:
        changed.__dict__["page"] = finished.page
    return [line for ask in READ for answer in [ask(changed)] if answer.result == "failed" for line in answer.evidence]


def spread(text, pattern):
    """The first, a middle and the last of the digits that a pattern finds, one of each part."""
    at = [part.start(1) + re.search(r"\d", part[1]).start() for part in re.finditer(pattern, text)]
    assert len(at) >= PLACES
    return [at[number * (len(at) - 1) // (PLACES - 1)] for number in range(PLACES)]


def other(text, at):
    """The text with another digit at one place."""
    return f"{text[:at]}{(int(text[at]) + 1) % 10}{text[at + 1 :]}"


@pytest.mark.parametrize("place", range(PLACES))
@pytest.mark.parametrize("part", PARTS)
def test_one_digit_changed_by_hand_is_found(finished, part, place):
    name, pattern = PARTS[part]
    text = finished.files[name].decode()
    at = spread(text, pattern)[place]
    assert found(finished, **{name: other(text, at).encode()}), text[max(0, at - 80) : at + 20]


def test_one_digit_of_the_tables_beside_charts_is_found(finished):
    name = f"{STEM}.html"
    text = finished.files[name].decode()
    folds = [(fold.start(), fold.end()) for fold in re.finditer(r'(?s)<details class="data">.*?</details>', text)]
    for start, end in (folds[0], folds[-1]):
        at = start + re.search(r"<td[^>]*>\D*?(\d)", text[start:end]).start(1)
        assert found(finished, **{name: other(text, at).encode()}), text[at - 80 : at + 20]


def test_one_digit_of_the_spreadsheet_is_found(finished):
    name = f"{STEM}.ods"
    with zipfile.ZipFile(io.BytesIO(finished.files[name])) as archive:
        parts = {info: archive.read(info) for info in archive.infolist()}
    content = next(info for info in parts if info.filename == "content.xml")
    text = parts[content].decode()
    for pattern in (r'office:value="([^"]*)"', r'office:value="[^"]*"><text:p>([^<]*)'):
        for at in spread(text, pattern):
            out = io.BytesIO()
            with zipfile.ZipFile(out, "w") as archive:
                for info, data in parts.items():
                    archive.writestr(info, other(text, at) if info is content else data)
            assert found(finished, **{name: out.getvalue()}), text[at - 80 : at + 20]


def test_digits_of_the_pdf_are_found(finished, office):
    text = office.publication.composed.narrative.print_html
    body = text.index("<main")
    for pattern in (r"<p>([^<]*\d[^<]*)", r"<td class=n>([^<]*\d[^<]*)", r'<span class="subtitle">([^<]*\d[^<]*)'):
        places = [part.start(1) + re.search(r"\d", part[1]).start() for part in re.finditer(pattern, text[body:])]
        text = other(text, body + places[len(places) // 2])
    made = pdf.render(text, finished.release, {}).value
    lines = found(finished, **{f"{STEM}.pdf": made})
    assert len(lines) == 3
    assert all("the PDF" in line for line in lines)
