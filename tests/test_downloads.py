import csv
import io
import json
import zipfile
from dataclasses import dataclass, replace
from datetime import date
from types import SimpleNamespace
from xml.etree import ElementTree as ET

import pytest

from reportgen.files.packing import letters
from reportgen.formats.downloads import downloads
from reportgen.formats.ods.package import readable
from reportgen.formats.ods.sheet_layout import grid
from reportgen.formats.open_data import attachments
from reportgen.formats.open_data.plain_values import harmless, number
from reportgen.model.edition import Edition
from reportgen.model.figure import Definition, Key
from reportgen.model.release import PublicationDetails, Release

RELEASE = Release(
    edition=Edition(2025),
    period=Edition(2025).period(),
    as_at=date(2026, 6, 30),
    data="illustrative",
    publication=PublicationDetails(title="Clandestine entrants: annual report", summary="What happened."),
)
ISSUED = Definition("penalties.issued", "Notices", "Notices issued.", "notices", "count", "notices")


@dataclass(frozen=True)
class Figure:
    key: Key
    value: float | None
    unit: str
    marker: str = ""
    lower: float | None = None
    upper: float | None = None
    base: int | None = None


def figures(*made):
    return {figure.key: figure for figure in made}


DRIVER = Key("penalties.issued", "role", "driver")
LAST = SimpleNamespace(period=Edition(2024).period(), figures=figures(Figure(DRIVER, 700.0, "notices", base=700)))
STATISTICS = SimpleNamespace(
    period=RELEASE.period,
    definitions={"penalties.issued": ISSUED},
    previous=LAST,
    figures=figures(
        Figure(Key("penalties.issued"), 1790.0, "notices", base=1790),
        Figure(DRIVER, 812.0, "notices", base=812),
        Figure(Key("penalties.issued", "role", "owner"), 3.0, "notices", "[c]", 0.1, 0.2, 3),
        Figure(Key("penalties.issued", "place", "=cmd()"), 6.0, "notices", base=6),
        Figure(Key("value.initial"), 4213500.5, "pounds", base=1790),
        Figure(Key("objections.rate"), 1 / 3, "proportion", lower=0.1 + 0.2, upper=0.4, base=90),
    ),
)


def cell(text, marker=""):
    return SimpleNamespace(text=text, value=None, marker=marker, key=DRIVER)


def row(label, *cells, kind="body"):
    return SimpleNamespace(label=label, kind=kind, cells=tuple(c if hasattr(c, "text") else cell(c) for c in cells))


def column(heading):
    return SimpleNamespace(heading=heading, numeric=True, decimals=0)


TABLE = SimpleNamespace(
    id="penalties-by-role",
    stub="Role",
    annex=False,
    columns=(column("Notices"), column("Share (%)"), column("Change (£)")),
    rows=(
        row("driver", "1,812", "43.5", "−5"),
        row("owner", cell("[c]", "[c]"), cell("[c]", "[c]"), "no change"),
        row("All", "1,900", "100.0", "12", kind="total"),
    ),
    notes=("Parts may not add up.", "[c] hidden: it rests on too few records."),
)
GROUPED = SimpleNamespace(
    id="by-section",
    stub="Role",
    annex=False,
    columns=(column("Notices"),),
    rows=(
        row("Section 31A", kind="section"),
        row("driver", "7"),
        row("Section 32", kind="section"),
        row("driver", "8"),
        row("Total", "15", kind="total"),
    ),
    notes=(),
)
CAPTIONS = {
    "penalties-by-role": SimpleNamespace(
        title="Notices by role", subtitle="Notices, 2025 to 2026", source="Home Office", notes=("Drivers & owners.",)
    )
}
QUOTED = (
    SimpleNamespace(
        key=DRIVER,
        display="812",
        value=812.0,
        marker="",
        where=("03-penalties.md:4",),
        year="",
        part="",
    ),
    SimpleNamespace(
        key=DRIVER,
        display="112",
        value=112.0,
        marker="",
        where=("01-a.md:2", "02-b.md:9"),
        year="",
        part="change",
    ),
)
NARRATIVE = SimpleNamespace(captions=CAPTIONS, quoted=QUOTED)
CHART = SimpleNamespace(svg="<svg/>", png=b"png")


@pytest.fixture(scope="module")
def files():
    tables = {"penalties-by-role": TABLE, "by-section": GROUPED}
    return downloads(NARRATIVE, STATISTICS, tables, {"c": CHART}, RELEASE)


def rows_of(data):
    return list(csv.reader(io.StringIO(data.decode())))


def test_statistics_csv_is_tidy_and_complete(files):
    assert files["data/statistics.csv"].decode() == (
        "measure,breakdown_1,category_1,breakdown_2,category_2,period,value,marker,unit,lower,upper,base\n"
        "penalties.issued,,,,,2025 to 2026,1790,,notices,,,1790\n"
        "penalties.issued,role,driver,,,2025 to 2026,812,,notices,,,812\n"
        "penalties.issued,role,owner,,,2025 to 2026,,[c],notices,,,\n"
        "penalties.issued,place,'=cmd(),,,2025 to 2026,6,,notices,,,6\n"
        "value.initial,,,,,2025 to 2026,4213500.50,,pounds,,,1790\n"
        "objections.rate,,,,,2025 to 2026,0.333333333333333,,proportion,0.3,0.4,90\n"
    )


def test_previous_csv_is_last_years(files):
    assert rows_of(files["data/previous.csv"])[1] == [
        *("penalties.issued", "role", "driver", "", "", "2024 to 2025", "700", "", "notices", "", "", "700")
    ]


@pytest.mark.parametrize(
    ("value", "unit", "text"),
    [
        (None, "notices", ""),
        (0.0, "notices", "0"),
        (-0.0, "proportion", "0"),
        (12.0, "notices", "12"),
        (2.5, "cases", "2.5"),
        (1500.0, "pounds", "1500.00"),
        (0.1, "pounds", "0.10"),
        (2354.1233333333334, "pounds", "2354.12333333333"),
        (0.1 + 0.2, "proportion", "0.3"),
        (1e-7, "proportion", "0.0000001"),
        (36.0, "days", "36"),
        (-4.25, "percentage points", "-4.25"),
    ],
)
def test_numbers_are_written_in_full(value, unit, text):
    assert number(value, unit) == text


@pytest.mark.parametrize("value", [float("nan"), float("inf")])
def test_what_is_not_a_number_is_never_written(value):
    with pytest.raises(ValueError, match="not a number"):
        number(value, "notices")


@pytest.mark.parametrize("text", ["=1+1", "+1", "-x", "@SUM(A1)", "\tx", "\rx"])
def test_words_cannot_become_formulas(text):
    assert harmless(text) == f"'{text}"
    assert harmless("UK port") == "UK port"


def test_a_table_as_csv_has_numbers_and_shorthand(files):
    assert rows_of(files["data/penalties-by-role.csv"]) == [
        ["Role", "Notices", "Share (%)", "Change (£)"],
        ["driver", "1812", "43.5", "-5"],
        ["owner", "[c]", "[c]", "no change"],
        ["All", "1900", "100.0", "12"],
    ]


def test_rows_that_head_a_group_become_a_column(files):
    assert rows_of(files["data/by-section.csv"]) == [
        ["Group", "Role", "Notices"],
        ["Section 31A", "driver", "7"],
        ["Section 32", "driver", "8"],
        ["All", "Total", "15"],
    ]


def test_figures_json_lists_each_quoted_figure_once(files):
    content = json.loads(files["figures.json"])
    assert content["illustrative"] is True
    assert "made up" in content["note"]
    assert content["figures"] == [
        {
            "id": "penalties.issued{role=driver}",
            "value": 812,
            "marker": "",
            "display": "812",
            "unit": "notices",
            "definition": "Notices issued.",
            "period": "2025 to 2026",
            "previous": {"value": 700, "marker": "", "period": "2024 to 2025"},
            "quoted": ["03-penalties.md:4", "01-a.md:2", "02-b.md:9"],
            "quotes": [
                {
                    "display": "812",
                    "period": "2025 to 2026",
                    "part": "",
                    "where": ["03-penalties.md:4"],
                },
                {
                    "display": "112",
                    "period": "2025 to 2026",
                    "part": "change",
                    "where": ["01-a.md:2", "02-b.md:9"],
                },
            ],
        }
    ]


def test_every_csv_is_described(files):
    content = json.loads(files["data/csv-metadata.json"])
    described = {one["url"]: one for one in content["tables"]}
    assert set(described) == {path.removeprefix("data/") for path in files if path.endswith(".csv")}
    for url, one in described.items():
        names = [column["titles"] for column in one["tableSchema"]["columns"]]
        assert names == rows_of(files[f"data/{url}"])[0]
        assert len({column["name"] for column in one["tableSchema"]["columns"]}) == len(names)
    notices = described["penalties-by-role.csv"]["tableSchema"]["columns"][1]
    assert notices == {"name": "notices", "titles": "Notices", "datatype": "number", "null": ["[c]"]}


def test_every_note_says_made_up_unless_the_figures_are_official(files):
    for path in ("data/README.txt", "data/csv-metadata.json", "figures.json"):
        assert b"made up" in files[path]
    official = replace(RELEASE, data="official")
    made = downloads(NARRATIVE, STATISTICS, {"penalties-by-role": TABLE}, {}, official)
    assert not [path for path, data in made.items() if b"made up" in data]
    assert "made up" not in xml_of(made)["content.xml"]


def xml_of(files):
    with zipfile.ZipFile(io.BytesIO(files["cecps-annual-report-2025.ods"])) as archive:
        return {name: archive.read(name).decode() for name in archive.namelist()}


TABLES = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"


def test_the_spreadsheet_keeps_the_analysis_functions_rules(files):
    parts = xml_of(files)
    assert next(iter(parts)) == "mimetype"
    content = ET.fromstring(parts["content.xml"])
    sheets = content.findall(f".//{TABLES}table")
    assert [sheet.get(f"{TABLES}name") for sheet in sheets] == ["Cover", "Contents", "Notes", "Table_1", "Table_2"]
    everything = parts["content.xml"]
    for forbidden in ("spanned", "covered-table-cell", "table:formula", "visibility=", "repeated"):
        assert forbidden not in everything
    ranges = {one.get(f"{TABLES}name"): one for one in content.iter(f"{TABLES}database-range")}
    assert list(ranges) == ["contents", "notes", "penalties_by_role", "by_section"]
    assert ranges["penalties_by_role"].get(f"{TABLES}target-range-address") == "'Table_1'.A9:'Table_1'.D12"
    assert all(one.get(f"{TABLES}contains-header") == "true" for one in ranges.values())
    page = sheets[3]
    numbers = [one.get(f"{OFFICE}value") for one in page.iter(f"{TABLES}table-cell") if one.get(f"{OFFICE}value")]
    assert numbers == ["1812", "43.5", "-5", "1900", "100.0", "12"]
    above = ["".join(cell.itertext()) for line in page.findall(f"{TABLES}table-row")[:8] for cell in line]
    assert above == [
        "Notices by role [note 1] [note 2]",
        "Notices, 2025 to 2026",
        "Illustrative: the figures are made up.",
        "This worksheet contains one table.",
        "Shorthand used: [c]; see the worksheet Notes.",
        "Notes in square brackets are in the worksheet Notes.",
        "Source: Home Office",
        "Back to contents",
    ]
    notes = ["".join(cell.itertext()) for cell in sheets[2].iter(f"{TABLES}table-cell")][3:]
    assert notes[2:] == [
        *("[c]", "Hidden: it rests on too few records."),
        *("[note 1]", "Drivers & owners.", "[note 2]", "Parts may not add up."),
    ]
    assert "<dc:title>Clandestine entrants: annual report</dc:title>" in parts["meta.xml"]
    assert "2026-06-30T00:00:00Z" in parts["meta.xml"]
    assert 'config:name="ActiveTable" config:type="string">Cover<' in parts["settings.xml"]
    for name in ("content.xml", "meta.xml", "settings.xml", "styles.xml", "META-INF/manifest.xml"):
        ET.fromstring(parts[name])


def test_every_cell_of_a_sheet_has_something_in_it(files):
    content = ET.fromstring(xml_of(files)["content.xml"])
    for one in content.iter(f"{TABLES}table-cell"):
        assert "".join(one.itertext()).strip()


def test_the_same_tables_give_the_same_bytes(files):
    tables = {"penalties-by-role": TABLE, "by-section": GROUPED}
    assert downloads(NARRATIVE, STATISTICS, tables, {"c": CHART}, RELEASE) == files


def test_charts_are_handed_on(files):
    assert files["charts/c.svg"] == b"<svg/>"
    assert files["charts/c.png"] == b"png"


def test_the_data_inside_the_pdf_are_the_csv_files(files):
    inside = attachments(files)
    assert set(inside) == {"statistics.csv", "previous.csv", "penalties-by-role.csv", "by-section.csv"}


def test_column_names_and_characters():
    assert [letters(n) for n in (1, 26, 27, 52, 53, 702, 703)] == ["A", "Z", "AA", "AZ", "BA", "ZZ", "AAA"]
    assert readable("a\x00b\n c\x0b") == "ab c"


def test_text_beside_a_number_gets_its_own_column():
    table = SimpleNamespace(
        stub="Measure",
        columns=(column("2024"), column("2025"), column("Change")),
        rows=(
            row("Notices", "1,790", "1,802", "+12"),
            row("Value", "£4,200", "£4,100", "−£100"),
            row("Share", "43%", "44%", "+1 percentage point"),
            row("Days", "1 day", "36 days", cell("[z]", "[z]")),
        ),
        notes=(),
    )
    made = grid(table)
    assert made.header == ("Measure", "Unit", "2024", "2025", "Change")
    assert [[value.number or value.text for value in line] for line in made.rows] == [
        ["Notices", "number", "1790", "1802", "12"],
        ["Value", "£", "4200", "4100", "-100"],
        ["Share", "%; change in percentage points", "43", "44", "1"],
        ["Days", "days", "1", "36", "[z]"],
    ]
    assert [value.text for value in made.rows[0]] == ["Notices", "number", "1,790", "1,802", "+12"]


def test_a_mark_of_few_answers_does_not_make_a_number_text():
    table = SimpleNamespace(
        stub="Answer", columns=(column("All (%)"), column("Hirer (%)")), rows=(row("Yes", "43", "40 [u]"),), notes=()
    )
    made = grid(table)
    assert made.header == ("Answer", "All (%)", "Hirer (%)", "Hirer (%): reliability")
    assert [value.number or value.text for value in made.rows[0]] == ["Yes", "43", "40", "[u]"]
    assert made.markers == ("[u]",)


def test_words_in_a_column_of_words_are_left_alone():
    words = SimpleNamespace(heading="Rule", numeric=False, decimals=0)
    table = SimpleNamespace(stub="Step", columns=(words,), rows=(row("A", "28 days"),), notes=())
    assert grid(table).header == ("Step", "Rule")
    assert grid(table).rows[0][1].text == "28 days"


def test_the_law_is_not_made_up():
    words = SimpleNamespace(heading="Case", numeric=False, decimals=0)
    law = SimpleNamespace(text="[2024] EWCA Civ 737", value=None, marker="", key=None)
    table = SimpleNamespace(stub="Year", columns=(words,), rows=(row("2024", law),), notes=(), annex=True)
    assert grid(table).markers == ()
    made = downloads(NARRATIVE, STATISTICS, {"cases": table}, {}, RELEASE)
    sheet = ET.fromstring(xml_of(made)["content.xml"]).findall(f".//{TABLES}table")[3]
    assert "Illustrative" not in "".join(sheet.itertext())


def test_the_cover_says_where_the_tables_are_that_the_report_does_not_print():
    def cover(**tables):
        made = downloads(NARRATIVE, STATISTICS, tables, {}, RELEASE)
        return "".join(ET.fromstring(xml_of(made)["content.xml"]).find(f".//{TABLES}table").itertext())

    more = SimpleNamespace(**{**vars(TABLE), "annex": True})
    assert "under its number in the report" in cover(one=TABLE)
    assert "does not print" not in cover(one=TABLE)
    assert "does not print" in cover(one=TABLE, two=more)


def test_a_column_of_hidden_figures_is_still_one_of_figures():
    hidden = cell("[c]", "[c]")
    table = SimpleNamespace(stub="Role", columns=(column("Paid (£)"),), rows=(row("Owner", hidden),), notes=())
    assert grid(table).numeric == (False, True)
