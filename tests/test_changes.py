"""What ARCHITECTURE.md says a change takes, tried in a copy: the files named there and no others."""

import csv
import json
import os
import shutil
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest
from small import workspace

ROOT = Path(__file__).parents[1]

COMPOSE = """
import json, sys
from pathlib import Path
from reportgen.model.edition import Edition
from reportgen.app.build import build, compose
from reportgen.model.stages import Workspace
root = Path(sys.argv[1])
place = Workspace(root / "inputs", root / "templates", root / "outputs")
made = build(place, Edition(2025), only=frozenset(sys.argv[2:])) if sys.argv[2:] else compose(place, Edition(2025), drawn=False)
composed = made.composed if sys.argv[2:] else made
table = composed.numbers.tables.get("objections-by-occasion")
print(json.dumps({
    "problems": [problem.code for problem in made.problems if problem.severity == "problem" and not problem.code.startswith("check")],
    "stub": [row.label for row in table.rows] if table else [],
    "files": sorted(made.files) if sys.argv[2:] else [],
}))
"""


@pytest.fixture
def copy(tmp_path):
    shutil.copytree(ROOT / "reportgen", tmp_path / "reportgen", ignore=shutil.ignore_patterns("__pycache__"))
    workspace(tmp_path, 120, official=False)
    return tmp_path


def change(root, edits):
    """Replace texts in files, each there once; how many files it took."""
    for file, old, new in edits:
        path = root / file
        text = path.read_text("utf-8") if path.exists() else ""
        assert not old or text.count(old) == 1, (file, text.count(old))
        path.write_text(text.replace(old, new, 1) if old else text + new, "utf-8")
    return len({file for file, _, _ in edits})


def python(root, code, *arguments):
    """The last line that a script prints, run with the copy of the program."""
    done = subprocess.run(
        [sys.executable, "-c", code, str(root), *arguments],
        cwd=root,
        env={**os.environ, "PYTHONPATH": str(root), "PYTHONDONTWRITEBYTECODE": "1"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-2000:]
    return done.stdout.splitlines()[-1]


def run(root, *only):
    return json.loads(python(root, COMPOSE, *only))


def test_a_breakdown_of_an_existing_measure_takes_three_files(copy):
    assert run(copy)["stub"] == []
    edits = [
        (
            "reportgen/scheme/case_measures.py",
            'breakdowns=(SECTION, ROLE, ("month",)),\\n        additive=frozenset({"section", "role", "month"}),',
            (
                'breakdowns=(SECTION, ROLE, ("month",), ("occasion",)),\\n'
                '        additive=frozenset({"section", "role", "month", "occasion"}),'
            ),
        ),
        (
            "reportgen/scheme/publication_spec.py",
            '    TableSpec("accreditation",',
            (
                '    TableSpec("objections-by-occasion", "Occasion", (Measured("objections.received", "Objections"),), '
                '("occasion", ""), annex=True),\\n    TableSpec("accreditation",'
            ),
        ),
        (
            "templates/annual/captions.toml",
            "",
            (
                '\\n[tables.objections-by-occasion]\\ntitle = "Objections by occasion"\\n'
                'subtitle = "Objections received, {{ period }}"\\nsource = "Home Office case system"\\n'
            ),
        ),
    ]
    edits = [(file, old.replace("\\n", "\n"), new.replace("\\n", "\n")) for file, old, new in edits]
    assert change(copy, edits) <= 5
    made = run(copy)
    assert made["problems"] == []
    assert made["stub"][:2] == ["First", "Second"]


def test_an_input_column_takes_one_file(copy):
    penalties = copy / "inputs" / "2025" / "penalties.csv"
    head, *rows = penalties.read_text("utf-8-sig").splitlines()
    penalties.write_text("\n".join([f"{head},weather", *(f"{row},fog" for row in rows)]) + "\n", "utf-8")
    column = '        _C("weather", "text", "Weather on the day", "fog"),\n'
    before = '        _C("accredited", "yes_no",'
    took = change(copy, [("reportgen/scheme/data_dictionary.py", before, column + before)])
    assert took <= 2
    assert run(copy)["problems"] == []
    code = (
        "import sys; from pathlib import Path; from reportgen import inputs, release\n"
        "from reportgen.model.edition import Edition\n"
        "folder = Path(sys.argv[1]) / 'inputs' / '2025'\n"
        "print(set(inputs.read(folder, release.read(folder, Edition(2025)).value).value.penalties['weather']))"
    )
    assert python(copy, code) == "{'fog'}"


def test_an_output_format_takes_its_writer_and_two_files(copy):
    """A word processor's file with the headings and paragraphs of the report."""
    writer = '''
    """The report for a word processor: headings and paragraphs."""

    import io
    import re
    import zipfile
    from html import unescape


    def docx(page: str) -> bytes:
        """The headings and paragraphs of a page, as a document of Office Open XML."""
        blocks = re.findall(r"<(h[1-3]|p)\\\\b[^>]*>(.*?)</\\\\1>", page, re.DOTALL)
        body = "".join(f"<w:p><w:r><w:t>{unescape(re.sub('<[^>]+>', '', text))}</w:t></w:r></w:p>" for _, text in blocks)
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w") as packed:
            packed.writestr("word/document.xml", f"<w:document><w:body>{body}</w:body></w:document>")
        return out.getvalue()
    '''
    edits = [
        ("reportgen/formats/docx.py", "", textwrap.dedent(writer).lstrip().replace("\\\\", "\\")),
        (
            "reportgen/formats/output_formats.py",
            "FORMATS: Final = (\n",
            (
                "def _word_processor(composed: Composed, _: Files) -> Found[Files]:\n"
                '    return Found({report_name(composed, "docx"): docx(composed.narrative.html)})\n\n\n'
                'FORMATS: Final = (\n    OutputFormat("docx", _word_processor),\n'
            ),
        ),
        (
            "reportgen/formats/output_formats.py",
            "from reportgen.formats import pdf\n",
            "from reportgen.formats import pdf\nfrom reportgen.formats.docx import docx\n",
        ),
        ("reportgen/app/build.py", 'KINDS: Final = ("pdf",', 'KINDS: Final = ("docx", "pdf",'),
    ]
    assert change(copy, edits) <= 4
    made = run(copy, "docx", "html")
    assert made["problems"] == []
    assert "cecps-annual-report-2025.docx" in made["files"]


def test_a_quarter_as_edition_takes_two_files(copy):
    """The figures of a quarter of the year, beside those of the same quarter of the year before."""
    edition = "reportgen/model/edition.py"
    edits = [
        (edition, "    year: int\n", "    year: int\n    quarter: int | None = None\n"),
        (
            edition,
            "        return Period(year=self.year, first=first, last=last, label=label)",
            (
                "        whole = Period(year=self.year, first=first, last=last, label=label)\n"
                "        if self.quarter is None:\n            return whole\n"
                "        first, last, label = whole.quarters()[self.quarter - 1]\n"
                "        return Period(year=self.year, first=first, last=last, label=label)"
            ),
        ),
        (edition, "return Edition(self.year - 1)", "return Edition(self.year - 1, self.quarter)"),
        (edition, "return Edition(self.year + 1)", "return Edition(self.year + 1, self.quarter)"),
        (
            edition,
            """folder inside the outputs.\"\"\"\n        return str(self.year)""",
            """folder inside the outputs.\"\"\"\n        return str(self.year) if self.quarter is None else f"{self.year}-q{self.quarter}\"""",
        ),
        (
            "reportgen/app/command_options.py",
            "    def with_edition(*, year: int, **others: Any) -> Any:\n        return command(edition=Edition(year), **others)",
            (
                "    def with_edition(*, year: int, quarter: int | None, **others: Any) -> Any:\n"
                "        return command(edition=Edition(year, quarter), **others)"
            ),
        ),
        (
            "reportgen/app/command_options.py",
            '        click.option("--inputs", type=FOLDER',
            '        click.option("--quarter", type=click.IntRange(1, 4)),\n        click.option("--inputs", type=FOLDER',
        ),
    ]
    assert change(copy, edits) <= 5
    with (copy / "inputs" / "2025" / "penalties.csv").open(encoding="utf-8-sig", newline="") as file:
        expected = sum("2025-07-01" <= row["notice_date"] <= "2025-09-30" for row in csv.DictReader(file))
    assert expected > 0
    code = (
        "import json, sys; from pathlib import Path\n"
        "from reportgen.app.progress import Progress; from reportgen.app.protected_year import calculate\n"
        "from reportgen.model.edition import Edition; from reportgen.model.stages import Workspace\n"
        "root, work = Path(sys.argv[1]), Progress(lambda _: None)\n"
        "place = Workspace(root / 'inputs', root / 'templates', root / 'outputs')\n"
        "numbers = calculate(place, Edition(2025, 2), work, drawn=False)\n"
        "statistics = numbers.statistics\n"
        "print(json.dumps([statistics.get('penalties.issued').value, statistics.period.label, "
        "statistics.previous.period.label, [p.code for p in work.problems if p.severity == 'problem']]))"
    )
    issued, label, before, problems = json.loads(python(copy, code))
    assert (issued, label, problems) == (expected, "2025-07 to 2025-09", [])
    assert before == "2024-07 to 2024-09"
