"""The settings of a year: what is read, what is refused and where, and that what is written reads the same."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reportgen import release
from reportgen.model.edition import Edition
from reportgen.model.release import Allowance, PublicationDetails, Received, SignOff, Waiver
from reportgen.synthetic.made_up_year import settings


@pytest.fixture
def folder(tmp_path):
    made = tmp_path / "inputs" / "2025"
    made.mkdir(parents=True)
    return made


def put(folder, text):
    (folder / "release.toml").write_text(text, "utf-8")
    return release.read(folder, Edition(2025))


AS_AT = "as_at = 2026-06-30\n"


def test_only_the_as_at_date_is_needed(folder):
    found = put(folder, AS_AT)
    assert found.problems == ()
    made = found.value
    assert (made.as_at, made.period.first, made.period.last, made.period.label) == (
        date(2026, 6, 30),
        date(2025, 4, 1),
        date(2026, 3, 31),
        "2025 to 2026",
    )
    assert (made.disclosure.threshold, made.disclosure.survey_minimum_base, made.objection_days) == (5, 10, None)
    assert made.data == "official"
    assert not made.illustrative


def test_a_calendar_year(folder):
    made = put(folder, AS_AT + '[period]\nstarts = "01-01"').value
    assert (made.period.first, made.period.last, made.period.label) == (date(2025, 1, 1), date(2025, 12, 31), "2025")


def test_added_places_come_after_the_standard_ones_once(folder):
    assert put(folder, AS_AT + 'places = ["Zeebrugge", "calais", "Zeebrugge"]').value.places == (
        *release.PLACES,
        "Zeebrugge",
    )


WRONG = [
    ("no-as-at", None, "data = 'official'"),
    ("as-at-too-early", 1, "as_at = 2025-03-31"),
    ("wrong-setting", 1, "as_at = 'June 2026'"),
    ("wrong-setting", 1, "as_at = 2026-06-30T10:00:00"),
    ("wrong-setting", 1, "as_at = 20260630"),
    ("unknown-setting", 2, AS_AT + "place = ['Zeebrugge']"),
    ("unknown-setting", 3, AS_AT + "[disclosure]\ntreshold = 5"),
    ("unknown-setting", 3, AS_AT + "[survey.invitations]\npilot = 3"),
    ("unknown-setting", 2, AS_AT + "[qa.received.penaltys]\nowner = 'x'"),
    ("wrong-setting", 2, AS_AT + "data = 'real'"),
    ("wrong-setting", 2, AS_AT + "places = 'Zeebrugge'"),
    ("wrong-setting", 2, AS_AT + "places = ['']"),
    ("wrong-setting", 2, AS_AT + "targets = 42"),
    ("wrong-setting", 3, AS_AT + "[targets]\nobjection_days = 0"),
    ("wrong-setting", 3, AS_AT + "[targets]\nobjection_days = 42.0"),
    ("wrong-setting", 3, AS_AT + "[period]\nstarts = '02-29'"),
    ("wrong-setting", 3, AS_AT + "[period]\nstarts = '13-01'"),
    ("wrong-setting", 3, AS_AT + "[period]\nstarts = '1 April'"),
    ("wrong-setting", 3, AS_AT + "[survey]\ninvitations = { driver = -1 }"),
    ("wrong-setting", 3, AS_AT + "[survey]\npopulation = { driver = true }"),
    ("wrong-setting", 3, AS_AT + "[disclosure]\nthreshold = 1"),
    ("wrong-setting", 3, AS_AT + "[disclosure]\nround_to = 0"),
    ("wrong-setting", 3, AS_AT + "[disclosure]\ndominance = 1.5"),
    ("wrong-setting", 3, AS_AT + "[disclosure]\ndominance = nan"),
    ("base-under-threshold", 4, AS_AT + "[disclosure]\nthreshold = 20\nsurvey_minimum_base = 10"),
    ("wrong-setting", 3, AS_AT + "[publication]\ntitle = 5"),
    ("wrong-setting", 3, AS_AT + "[publication]\npublished = '2026-09-30'"),
    ("wrong-setting", 2, AS_AT + "[allow]\n'24 hours' = ''"),
    ("wrong-setting", 2, AS_AT + "[waivers.title-length]\nwho = 'Head of team'"),
    ("release-syntax", 2, AS_AT + "places = [Zeebrugge]"),
    ("release-syntax", 2, AS_AT + "as_at = 2026-06-30"),
    ("release-syntax", None, AS_AT + "x = " + "[" * 20_000),
    ("release-syntax", None, AS_AT + "x = " + "9" * 5_000),
]  # fmt: skip


@pytest.mark.parametrize(("code", "line", "text"), WRONG, ids=[f"{n}-{code}" for n, (code, _, _) in enumerate(WRONG)])
def test_a_wrong_setting_is_reported_with_its_line(folder, code, line, text):
    found = put(folder, text)
    assert [(p.code, p.line) for p in found.problems] == [(code, line)]
    assert all(p.file == "inputs/2025/release.toml" and p.stage == 10 and p.hint for p in found.problems)


def test_all_wrong_settings_come_together_and_the_inputs_can_still_be_checked(folder):
    found = put(folder, "data = 'real'\nplace = []\n[disclosure]\nthreshold = 1")
    assert {p.code for p in found.problems} == {"no-as-at", "wrong-setting", "unknown-setting"}
    assert found.value.disclosure.threshold == 5


def test_a_near_miss_of_a_setting_gets_a_suggestion(folder):
    assert put(folder, AS_AT + "[disclosure]\ntreshold = 5").problems[0].hint == "Did you mean “threshold”?"


def test_no_folder_no_file_no_text(folder, tmp_path):
    assert [p.code for p in release.read(tmp_path / "inputs" / "2030", Edition(2030)).problems] == ["no-year-folder"]
    assert [p.code for p in release.read(folder, Edition(2025)).problems] == ["no-release-file"]
    (folder / "release.toml").write_bytes(b"\xff\xfe\x00")
    assert [p.code for p in release.read(folder, Edition(2025)).problems] == ["release-unreadable"]
    (folder / "release.toml").write_bytes(b"#" * 1_000_001)
    assert [p.code for p in release.read(folder, Edition(2025)).problems] == ["release-unreadable"]
    (folder / "release.toml").unlink()
    (folder / "release.toml").mkdir()
    assert [p.code for p in release.read(folder, Edition(2025)).problems] == ["release-unreadable"]


def test_settings_are_not_read_through_a_link_out(folder, tmp_path):
    (tmp_path / "elsewhere.toml").write_text(AS_AT)
    (folder / "release.toml").symlink_to(tmp_path / "elsewhere.toml")
    assert [p.code for p in release.read(folder, Edition(2025)).problems] == ["link-outside"]


WORDS = st.text(st.characters(exclude_categories=["Cs"]), max_size=30)
GIVEN = WORDS.map(str.strip).filter(bool)
DAYS = st.none() | st.dates(date(2000, 1, 1), date(2100, 1, 1))
NUMBERS = st.dictionaries(st.sampled_from(release.ROLES), st.integers(0, 10**9))
RELEASES = st.builds(
    replace,
    st.sampled_from([settings(2025, starts=starts) for starts in ("04-01", "01-01", "07-15")]),
    data=st.sampled_from(["official", "illustrative"]),
    as_at=st.dates(date(2025, 8, 1), date(2100, 1, 1)),
    places=st.lists(GIVEN, unique_by=str.casefold, max_size=3).map(lambda added: release.PLACES + tuple(added)),
    objection_days=st.none() | st.integers(1, 3650),
    invitations=NUMBERS,
    population=NUMBERS,
    survey_method=st.dictionaries(st.sampled_from(list(release.SURVEY_METHOD)), GIVEN),
    disclosure=st.builds(release.Disclosure, st.integers(2, 10), st.integers(1, 10), st.integers(10, 50), st.floats(0.01, 1.0)),
    publication=st.builds(PublicationDetails, title=WORDS.map(str.strip), summary=WORDS.map(str.strip), published=DAYS, isbn=WORDS.map(str.strip)),
    sign_off=st.builds(SignOff, WORDS.map(str.strip), DAYS, WORDS.map(str.strip), DAYS, WORDS.map(str.strip), DAYS),
    allow=st.lists(st.builds(Allowance, GIVEN, GIVEN), unique_by=lambda one: one.text, max_size=3).map(tuple),
    waivers=st.lists(st.builds(Waiver, GIVEN, GIVEN, st.dates(), GIVEN), unique_by=lambda one: one.check, max_size=3).map(tuple),
    assumptions=st.lists(GIVEN, unique=True, max_size=3).map(tuple),
    decisions=st.lists(GIVEN, unique=True, max_size=3).map(tuple),
    received=st.dictionaries(st.sampled_from(release.TABLES), st.builds(Received, WORDS.map(str.strip), DAYS)),
)  # fmt: skip


@given(RELEASES)
def test_what_is_written_reads_the_same(tmp_path_factory, made):
    folder = tmp_path_factory.mktemp("settings") / "2025"
    folder.mkdir()
    (folder / "release.toml").write_text(release.as_toml(made), "utf-8", newline="\n")
    found = release.read(folder, Edition(2025))
    assert found.problems == ()
    in_order = {name: made.received[name] for name in release.TABLES if name in made.received}
    bare = replace(found.value, raw={}, sha256="")
    assert bare == replace(made, received=in_order)


def test_every_table_of_the_settings_is_explained():
    text = release.as_toml(settings(2025))
    for table in (
        "period",
        "targets",
        "survey",
        "survey.method",
        "disclosure",
        "publication",
        "sign_off",
        "allow",
        "waivers",
        "qa",
    ):
        after = text.partition(f"\n[{table}]\n")[2]
        assert after.startswith("#"), table
    assert "$" not in text


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        ("threshold = 5\nas_at = 2026-06-30\n", "“threshold” stands under [disclosure]."),
        ('as_at = 2026-06-30\n[period]\nplaces = ["Zeebrugge"]\n', "“places” stands above the first line in square"),
        ("as_at = 2026-06-30\n[survey]\nmode = 5\n", "“mode” stands under [survey.method]."),
        ("as_at = 2026-06-30\n[disclosure]\ntreshold = 5\n", "Did you mean “threshold”?"),
    ],
)
def test_a_setting_in_the_wrong_table_is_reported_with_the_right_one(tmp_path, text, hint):
    (tmp_path / "release.toml").write_text(text, "utf-8")
    (problem,) = release.read(tmp_path, Edition(2025)).problems
    assert problem.code == "unknown-setting"
    assert problem.hint.startswith(hint)
