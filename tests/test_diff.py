"""What changed between two builds is said once, where it is, with before and after."""

import json

import pytest

from reportgen.model.problem import ReportFailed, Stage
from reportgen.review.diff import compare

CSV = "measure,breakdown_1,category_1,breakdown_2,category_2,period,value,marker,unit,lower,upper,base\n"
GOVSPEAK = """## Main points

The team issued 1,790 penalties. Drivers had most of them.

| Role | Penalties |
|---|---:|
| # Driver | 1,790 |

## Method

Figures are as at 30 June 2026.
"""


def build(folder, **changes):
    files = {
        "manifest.json": json.dumps(
            {
                "year": 2025,
                "final": False,
                "inputs": {"2025/penalties.csv": "a1"},
                "templates": {"chapters/01.md": "b1"},
                "versions": {"weasyprint": "70.0"},
                "settings": {"disclosure": {"threshold": 5}},
            }
        ),
        "data/statistics.csv": CSV
        + "penalties.issued,,,,,2025 to 2026,1790,,notices,,,1790\n"
        + "penalties.issued,role,hirer,,,2025 to 2026,,[c],notices,,,\n"
        + "survey.q1.positive,,,,,2025 to 2026,0.5,,proportion,0.4,0.6,100\n",
        "data/penalties-by-role.csv": "Role,Penalties\nDriver,1790\nHirer,[c]\n",
        "figures.json": json.dumps(
            {
                "figures": [
                    {
                        "id": "penalties.issued",
                        "display": "1,790",
                        "quoted": ["01-main-points.md:3"],
                        "quotes": [{"display": "1,790", "where": ["01-main-points.md:3"]}],
                    }
                ]
            }
        ),
        "cecps-annual-report-2025.md": GOVSPEAK,
        "charts/x.svg": "<svg/>",
    }
    for name, (old, new) in changes.pop("change", {}).items():
        assert old in files[name]
        files[name] = files[name].replace(old, new)
    files |= changes.pop("add", {})
    for name in changes.pop("drop", ()):
        del files[name]
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(text.encode() if isinstance(text, str) else text)
    return folder


@pytest.fixture
def old(tmp_path):
    return build(tmp_path / "old")


def new(old, **changes):
    return build(old.parent / "new", **changes)


def only(changes, section):
    """The one change of a section; whatever else changed is a file."""
    others = [name for name in ("made_from", "figures", "quoted", "tables", "words") if name != section]
    assert not [name for name in others if getattr(changes, name)]
    (change,) = getattr(changes, section)
    return change


def test_the_same_build_has_no_changes(old):
    changes = compare(old, new(old))
    assert not changes
    assert changes.as_text() == "old and new are the same.\n"


def test_a_figure_that_changed(old):
    change = only(
        compare(old, new(old, change={"data/statistics.csv": ("1790,,notices,,,1790", "1791,,notices,,,1791")})),
        "figures",
    )
    assert (change.what, change.before, change.after) == (
        "penalties.issued",
        "1790 notices (base 1790)",
        "1791 notices (base 1791)",
    )


def test_a_figure_no_longer_hidden(old):
    change = only(
        compare(old, new(old, change={"data/statistics.csv": (",[c],notices,,,", "7,,notices,,,7")})), "figures"
    )
    assert (change.what, change.before, change.after) == (
        "penalties.issued{role=hirer}",
        "[c]",
        "7 notices (base 7)",
    )


def test_an_interval_that_changed(old):
    change = only(compare(old, new(old, change={"data/statistics.csv": ("0.4,0.6", "0.41,0.6")})), "figures")
    assert change.after == "0.5 proportion (0.41 to 0.6, base 100)"


def test_figures_that_came_and_went(old):
    line = "survey.q1.positive,,,,,2025 to 2026,0.5,,proportion,0.4,0.6,100\n"
    changes = compare(old, new(old, change={"data/statistics.csv": (line, line.replace("q1", "q2"))}))
    assert [(c.what, bool(c.before), bool(c.after)) for c in changes.figures] == [
        ("survey.q2.positive", False, True),
        ("survey.q1.positive", True, False),
    ]


def test_a_figure_displayed_otherwise_in_the_words(old):
    change = only(
        compare(old, new(old, change={"figures.json": ('"display": "1,790"', '"display": "1.8 thousand"')})), "quoted"
    )
    assert (change.before, change.after, change.where) == ("1,790", "1.8 thousand", "01-main-points.md:3")


def test_a_cell_that_changed(old):
    change = only(compare(old, new(old, change={"data/penalties-by-role.csv": ("Hirer,[c]", "Hirer,7")})), "tables")
    assert (change.where, change.what, change.before, change.after) == (
        "penalties-by-role",
        "Hirer, Penalties",
        "[c]",
        "7",
    )


def test_a_table_that_is_new(old):
    changes = compare(old, new(old, add={"data/other.csv": "Place,Penalties\nCalais,3\n"}))
    change = only(changes, "tables")
    assert (change.what, change.before, change.after) == ("table other", "", "there")
    assert [file.what for file in changes.files] == ["data/other.csv"]


def test_a_sentence_that_changed_is_named_with_its_chapter(old):
    change = only(
        compare(old, new(old, change={"cecps-annual-report-2025.md": ("Drivers had most", "Drivers had half")})),
        "words",
    )
    assert (change.where, change.before, change.after) == (
        "Main points",
        "Drivers had most of them.",
        "Drivers had half of them.",
    )


def test_the_page_is_read_where_there_is_no_govspeak(tmp_path):
    page = (
        "<style>x</style><main><h2>Main points</h2><p>Drivers had <b>most</b>.</p><h2>Method</h2><p>As at.</p></main>"
    )
    old = build(tmp_path / "old", add={"r.html": page}, drop=["cecps-annual-report-2025.md"])
    again = build(tmp_path / "new", add={"r.html": page.replace("most", "half")}, drop=["cecps-annual-report-2025.md"])
    (change,) = compare(old, again).words
    assert (change.where, change.before, change.after) == ("Main points", "Drivers had most.", "Drivers had half.")


def test_what_it_was_made_from(old):
    changes = compare(
        old,
        new(old, change={"manifest.json": ('"threshold": 5', '"threshold": 10')}),
    )
    change = only(changes, "made_from")
    assert (change.where, change.what, change.before, change.after) == ("setting", "disclosure.threshold", "5", "10")


def test_inputs_and_versions(old):
    changes = compare(
        old, new(old, add={"manifest.json": json.dumps({"year": 2026, "inputs": {"2025/penalties.csv": "a2"}})})
    )
    assert ("input", "2025/penalties.csv", "there", "changed") in [
        (c.where, c.what, c.before, c.after) for c in changes.made_from
    ]
    assert "input: 2025/penalties.csv: changed" in changes.as_text()
    assert ("", "year", "2025", "2026") in [(c.where, c.what, c.before, c.after) for c in changes.made_from]


def test_files(old):
    changes = compare(old, new(old, add={"charts/x.svg": "<svg> </svg>", "charts/y.svg": "<svg/>"}))
    assert "charts/x.svg: changed" in changes.as_text()
    assert "charts/y.svg: added" in changes.as_text()


def test_json_is_complete_and_text_is_short(old):
    rows = "".join(f"m{n},,,,,2025 to 2026,{n},,notices,,,\n" for n in range(100))
    changes = compare(old, new(old, add={"data/statistics.csv": CSV + rows}))
    assert len(json.loads(changes.as_json())["figures"]) == 103
    assert "Figures: 103" in changes.as_text()
    assert "and 63 more" in changes.as_text()


def test_text_reads_like_this(old):
    changes = compare(
        old,
        new(
            old,
            change={
                "data/penalties-by-role.csv": ("Driver,1790", "Driver,1791"),
                "cecps-annual-report-2025.md": ("1,790 penalties", "1,791 penalties"),
            },
        ),
    )
    assert changes.as_text() == (
        "From old to new\n\n"
        "Cells of tables: 1\n"
        "  penalties-by-role: Driver, Penalties: 1790 -> 1791\n\n"
        "Words: 1\n"
        "  Main points\n"
        "    - The team issued 1,790 penalties.\n"
        "    + The team issued 1,791 penalties.\n\n"
        "Files: 2\n"
        "  cecps-annual-report-2025.md: changed\n"
        "  data/penalties-by-role.csv: changed\n"
    )


def test_rows_with_the_same_words_are_distinguished(tmp_path):
    table = "Group,Role,Penalties\nA,Driver,1\nB,Driver,2\nB,Driver,3\n"
    old = build(tmp_path / "old", add={"data/t.csv": table})
    again = build(tmp_path / "new", add={"data/t.csv": table.replace("3", "4")})
    assert compare(old, again).tables[0].what == "B / Driver (2), Penalties"


def test_two_years_in_folders_of_the_same_name(tmp_path):
    changes = compare(build(tmp_path / "a/2025"), build(tmp_path / "b/2025"))
    assert (changes.old, changes.new) == ("a/2025", "b/2025")


def test_a_folder_that_is_missing_or_is_no_build(old, tmp_path):
    (tmp_path / "empty").mkdir()
    with pytest.raises(ReportFailed) as failed:
        compare(tmp_path / "nowhere", tmp_path / "empty")
    assert [(p.stage, p.code, p.file) for p in failed.value.problems] == [
        (Stage.RELEASE, "no-outputs", "nowhere"),
        (Stage.RELEASE, "no-outputs", "empty"),
    ]
    assert all(p.message.endswith(".") and p.hint for p in failed.value.problems)


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("manifest.json", b"["),
        ("manifest.json", b"[]"),
        ("manifest.json", b"\xff"),
        ("figures.json", b'{"figures": [1]}'),
        ("figures.json", b'{"figures": 3}'),
        ("figures.json", b'{"figures": [{"display": "x"}]}'),
        ("data/statistics.csv", b"a,b\n1\n"),
        ("data/statistics.csv", b"a,b\n1,2\n"),
        ("data/statistics.csv", b""),
        ("data/penalties-by-role.csv", b"\xff\n"),
        ("cecps-annual-report-2025.md", b"\xff"),
    ],
)
def test_a_damaged_output_is_a_sentence(old, name, data):
    with pytest.raises(ReportFailed) as failed:
        compare(old, new(old, add={name: data}))
    (problem,) = failed.value.problems
    assert (problem.code, problem.file) == ("output-unreadable", f"new/{name}")


def test_a_build_without_data_is_compared_in_what_there_is(old):
    changes = compare(old, new(old, drop=["data/statistics.csv", "figures.json", "data/penalties-by-role.csv"]))
    assert [(c.what, c.after) for c in changes.figures] == [("data/statistics.csv", "")]
