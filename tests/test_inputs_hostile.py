"""Files made to hurt: each is refused or read within ten seconds and a gigabyte, in a process of its own."""

import io
import json
import subprocess
import sys
import time
import zipfile
from itertools import pairwise
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from reportgen.files import raw_table, workbook_reader, worksheet
from reportgen.files.table_writers import encode

ROOT = Path(__file__).parents[1]
READER = """
import json, resource, sys, time
from pathlib import Path
from reportgen import inputs, release
from reportgen.model.edition import Edition
resource.setrlimit(resource.RLIMIT_AS, (4 << 30, 4 << 30))
for place in sys.argv[1:]:
    settings = release.Release(edition=Edition(2025), period=Edition(2025).period(), as_at=Edition(2025).period().last)
    before = time.process_time()
    found = inputs.read_some(Path(place), settings, ["incidents"])
    spent = time.process_time() - before
    # Not ru_maxrss: Linux carries the peak of the process that started this one over into it.
    [peak] = [int(line.split()[1]) / 1024 for line in open("/proc/self/status") if line.startswith("VmHWM:")]
    codes = sorted({problem.code for problem in found.problems if problem.severity == "problem"})
    print(json.dumps([Path(place).name, codes, round(spent, 2), round(peak)]), flush=True)
"""
XLSX = encode("incidents", {"incident_ref": ["I-1"]}, "xlsx")
ODS = encode("incidents", {"incident_ref": ["I-1"]}, "ods")
HEADERS = b"incident_ref,incident_date,place,vehicle_type,entrants,outcome\n"


def book(base, parts):
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(base)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name, data in {**{name: old.read(name) for name in old.namelist()}, **parts}.items():
            new.writestr(name, data)
    return out.getvalue()


def sheet(rows):
    main = b'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
    return book(
        XLSX, {"xl/worksheets/sheet1.xml": b"<worksheet " + main + b"><sheetData>" + rows + b"</sheetData></worksheet>"}
    )


def pointed():
    """A hundred thousand cells that all point to one text of 90,000 characters."""
    rows = b"".join(b'<row r="%d"><c r="A%d" t="s"><v>0</v></c></row>' % (n, n) for n in range(1, 100_001))
    out = sheet(rows)
    with zipfile.ZipFile(io.BytesIO(out)) as made:
        rels = made.read("xl/_rels/workbook.xml.rels")
        kinds = made.read("[Content_Types].xml")
    strings = b"http://schemas.openxmlformats.org/officeDocument/2006/relationships/sharedStrings"
    return book(
        out,
        {
            "xl/_rels/workbook.xml.rels": rels.replace(b"</Relationships>", b'<Relationship Id="rId9" Type="%b" Target="sharedStrings.xml"/></Relationships>' % strings),
            "[Content_Types].xml": kinds.replace(b"</Types>", b'<Override PartName="/xl/sharedStrings.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"/></Types>'),
            "xl/sharedStrings.xml": b"<sst><si><t>" + b"x" * 90_000 + b"</t></si></sst>",
        },
    )  # fmt: skip


def spread(rows):
    data = zipfile.ZipFile(io.BytesIO(ODS)).read("content.xml")
    start, end = data.index(b"<table:table-row>"), data.index(b"</table:table>")
    return book(ODS, {"content.xml": data[:start] + rows + data[end:]})


def entities():
    """Ten entities of ten of the one before, nine times over."""
    names = "abcdefghij"
    inner = "".join(f'<!ENTITY {b} "{f"&{a};" * 10}">' for a, b in pairwise(names))
    return f'<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa">{inner}]>'.encode()


def column(kind, rows):
    made = io.BytesIO()
    table = pa.table(
        {
            name: pa.array([None] * rows if kind == "null" else ["x"] * rows, "string")
            for name in HEADERS.decode().strip().split(",")
        }
    )
    pq.write_table(table, made, compression="zstd")
    return made.getvalue()


def rows_of(number, row):
    return HEADERS + b"".join(row % n for n in range(number))


SUPPLY = {
    "bomb.xlsx": (lambda: book(XLSX, {"xl/media/x.bin": bytes(150_000_000)}), {"zip-bomb"}),
    "large.xlsx": (lambda: book(XLSX, {f"xl/media/{n}.bin": bytes(70_000_000) for n in range(3)}), {"zip-bomb"}),
    "many.xlsx": (lambda: book(XLSX, {f"xl/{n}": b"" for n in range(workbook_reader.PARTS_LIMIT)}), {"zip-bomb"}),
    "corner.xlsx": (lambda: sheet(b'<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'), {"sheet-too-large"}),
    "quoted.xlsx": (lambda: sheet(b"<row r='1'><c r='A1'><v>1</v></c></row><row r = '1048576'><c s='a>b' r = 'XFD1048576'><v>1</v></c></row>"), {"sheet-too-large"}),
    "commented.xlsx": (lambda: sheet(b"<row r='1'><c r='A1'><v>1</v></c></row><!-- <c x=\" --><row r='1048576'><c r='XFD1048576'><v>1</v></c></row><!-- \" -->"), {"sheet-too-large"}),
    "unplaced.xlsx": (lambda: sheet(b"<row>" + b"<c><v>1</v></c>" * 16000 + b"</row>" + b"<row><c><v>1</v></c></row>" * 2000), {"sheet-too-large"}),
    "pointed.xlsx": (pointed, {"sheet-too-large"}),
    "entities.xlsx": (lambda: sheet(entities() + b'<row r="1"><c r="A1" t="inlineStr"><is><t>&j;</t></is></c></row>'), {"file-broken"}),
    "nested.xlsx": (lambda: sheet(b"<row>" * 200_000), {"file-broken"}),
    "repeated.ods": (lambda: spread(b'<table:table-row table:number-rows-repeated="1000000"><table:table-cell office:value-type="string" table:number-columns-repeated="1000"><text:p>x</text:p></table:table-cell></table:table-row>'), {"sheet-too-large"}),
    "long.ods": (lambda: spread(b'<table:table-row table:number-rows-repeated="10000"><table:table-cell office:value-type="string"><text:p>' + b"x" * 90_000 + b"</text:p></table:table-cell></table:table-row>"), {"sheet-too-large"}),
    "between.ods": (lambda: spread(b'<table:table-row table:number-rows-repeated="4000000000"><table:table-cell/></table:table-row><table:table-row><table:table-cell office:value-type="float" office:value="1"/></table:table-row>'), {"sheet-too-large"}),
    "endless.ods": (lambda: book(ODS, {"content.xml": zipfile.ZipFile(io.BytesIO(ODS)).read("content.xml").partition(b"</table:table>")[0]}), {"file-broken"}),
    "letters.xlsx": (lambda: sheet(b'<row r="1"><c r="A1"><v>1</v></c></row><row r="3"><c r="%b3"><v>1</v></c></row>' % (b"A" * 51)), {"sheet-too-large"}),
    "digits.xlsx": (lambda: sheet(b'<row r="1"><c r="A1"><v>1</v></c></row><row r="3"><c r="A%b"><v>1</v></c></row>' % (b"9" * 5000)), {"sheet-too-large"}),
    "endless.xlsx": (lambda: sheet(b'<row r="1"><c r="A1"></sheetData>'), {"file-broken"}),
    "null.parquet": (lambda: column("null", raw_table.ROWS_LIMIT), None),
    "same.parquet": (lambda: column("text", 1_000_000), None),
    "more.parquet": (lambda: column("null", raw_table.ROWS_LIMIT + 1), {"file-too-large"}),
    "commas.csv": (lambda: b"," * 60_000_000, {"too-many-columns"}),
    "commas below.csv": (lambda: HEADERS + b"," * 60_000_000, {"too-many-values"}),
    "lines.csv": (lambda: HEADERS + b"\n" * 60_000_000, {"file-too-large"}),
    "blank.csv": (lambda: HEADERS + b",,,,,\n" * 2_000_000 + b"I-1,2025-05-01,Calais,car,0,pending\n", {"blank-row"}),
    "quotes.csv": (lambda: HEADERS + b'"' * 30_000_001, None),
    "dates.csv": (lambda: rows_of(300_000, b"I-%d,2025-13-%%d,Calais,car,0,pending\n".replace(b"%%d", b"01")), {"no-such-date"}),
    "words.csv": (lambda: HEADERS + b"".join(b"I-%d,2025-05-01,goods vehicel %d,goods vehicel %d,0,pending\n" % (n, n, n) for n in range(200_000)), {"unknown-category"}),
    "twice.csv": (lambda: HEADERS + b"I-1,2025-05-01,Calais,car,0,pending\n" * 1_000_000, {"key-twice"}),
    "wide.csv": (lambda: rows_of(300_000, b"I-%d,2025-05-01,Calais,car,0,pending,x\n"), {"too-many-values"}),
}  # fmt: skip


def supply(folder, name):
    made, expected = SUPPLY[name]
    place = folder / name
    place.mkdir()
    (place / f"incidents.{name.rpartition('.')[2]}").write_bytes(made())
    return place, expected


@pytest.mark.parametrize("names", [list(SUPPLY)[n::3] for n in range(3)], ids=["first", "second", "third"])
def test_a_file_made_to_hurt_does_not(tmp_path, names):
    supplied = [supply(tmp_path, name) for name in names]
    done = subprocess.run(
        [sys.executable, "-c", READER, *(str(place) for place, _ in supplied)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=200,
        check=False,
    )
    told = {
        name: (set(codes), seconds, peak) for name, codes, seconds, peak in map(json.loads, done.stdout.splitlines())
    }
    assert (done.returncode, done.stderr) == (0, ""), list(told)
    for place, expected in supplied:
        codes, seconds, peak = told[place.name]
        assert seconds < 10, place.name
        assert peak < 1024, place.name
        if expected is not None:
            assert codes <= expected, place.name
            assert codes, place.name


def test_searching_a_sheet_takes_as_long_as_it_is_large():
    for piece in (
        b'<c "',
        b"<c '\"",
        b"<!--",
        b"<![CDATA[",
        b"<c r=",
        b"<f>",
        b'<c r="A1" t="',
        b"<c><f><v>",
        b'<table:table-cell "',
        b"<table:table-cell table:formula='",
    ):
        xml = piece * 60_000
        before = time.process_time()
        worksheet.Xlsx.prepared({"a": xml})
        worksheet.Ods.prepared({"content.xml": xml})
        assert time.process_time() - before < 3, piece
