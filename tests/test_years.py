"""The shipped words read in years of every character: nothing false, empty, ungrammatical or absurd in any of them.

The five of the acceptance list (rising, falling, flat, tiny, large), and the years that writers forget. Each is made up,
measured, and protected by the first rule alone: what the search adds to it is other tests' business and takes longer.
"""

import re
import sys
from dataclasses import replace
from datetime import date, timedelta
from functools import cache
from pathlib import Path

import proof
import pytest

from reportgen import charts, document, inputs, measures, tables
from reportgen import release as releases
from reportgen.disclosure import protect
from reportgen.files.table_writers import encode
from reportgen.model.edition import Edition
from reportgen.model.problem import serious
from reportgen.model.protected import Audit
from reportgen.release import as_toml
from reportgen.scheme import publication_spec
from reportgen.synthetic import made_up_year

TEMPLATES = document.read_templates(Path(__file__).parents[1] / "templates").value


# edits of a year's tables


def nothing_followed(made):
    """Nobody objected, appealed or paid, and no quick win is done."""
    penalties, ledger, actions = made["penalties"], made["ledger"], made["actions"]
    count = len(penalties["notice_ref"])
    for name in penalties:
        if name.startswith(("objection_", "appeal_", "written_off")):
            penalties[name] = [""] * count
    penalties |= {
        "paid_value": ["0"] * count,
        "current_value": [*penalties["initial_value"]],
        "status": ["unpaid"] * count,
    }
    issued = [n for n, event in enumerate(ledger["event"]) if event == "issued"]
    made["ledger"] = {name: [column[n] for n in issued] for name, column in ledger.items()}
    for n, quick in enumerate(actions["quick_win"]):
        if quick == "yes" and actions["status"][n] == "complete":
            open_again(actions, n)


def everything_late(made):
    """Every action is late."""
    actions = made["actions"]
    for n, due in enumerate(actions["due_date"]):
        open_again(actions, n)
        actions["due_date"][n] = min(due, "2026-06-01")
        actions["start_date"][n] = "2025-04-01"


def open_again(actions, n):
    actions["status"][n], actions["completed_date"][n], actions["outcome"][n] = "in progress", "", ""


def everything_done(made):
    """One action alone, complete and in time, on a theme that no chapter names."""
    done = {name: column[:1] for name, column in made["actions"].items()}
    made["actions"] = done | {"theme": ["weather"], "quick_win": ["no"]}


def all_of_one_kind(made):
    """Owners alone, for goods vehicles at Calais that were not secure; every notice was cancelled on objection."""
    penalties = made["penalties"]
    of_owners = [n for n, role in enumerate(penalties["role"]) if (penalties["section"][n], role) == ("31A", "owner")]
    kept = {name: [column[n] for n in of_owners] for name, column in penalties.items()}
    count, wanted = len(of_owners), {*kept["incident_ref"]}
    none, nought = [""] * count, ["0"] * count
    last = max(kept["notice_date"])
    decided = [min(last, (date.fromisoformat(day) + timedelta(30)).isoformat()) for day in kept["notice_date"]]
    made["penalties"] = kept | {
        **{name: none for name in kept if name.startswith(("appeal_", "written_off"))},
        "entrants": nought,
        "objection_date": kept["notice_date"],
        "objection_decision_date": decided,
        "objection_outcome": ["cancelled"] * count,
        "current_value": nought,
        "paid_value": nought,
        "status": ["cancelled"] * count,
    }
    incidents = made["incidents"]
    behind = [n for n, ref in enumerate(incidents["incident_ref"]) if ref in wanted]
    made["incidents"] = {name: [column[n] for n in behind] for name, column in incidents.items()} | {
        "place": ["Calais"] * len(behind),
        "vehicle_type": ["goods vehicle"] * len(behind),
        "entrants": ["0"] * len(behind),
        "outcome": ["penalty"] * len(behind),
    }
    del made["ledger"]


YEARS = {
    "rising": (500, 800, {}),
    "falling": (800, 500, {}),
    "flat": (300, 300, {"seed": 5}),
    "tiny": (46, 40, {"responses": 60}),
    "tiny, one action, alone": (None, 40, {"responses": 60, "edit": everything_done}),
    "nothing followed": (500, 500, {"edit": nothing_followed}),
    "all late, few responses": (500, 500, {"edit": everything_late, "responses": 12}),
    "one notice": (2, 1, {"responses": 1}),
    "all of one kind": (1200, 1000, {"edit": all_of_one_kind}),
}
LARGE = 25
"""A large year is the rising one so many times: 20,000 notices."""
LAST = {"flat": {"seed": 5}, "tiny": {"responses": 60}, "all of one kind": {"edit": all_of_one_kind}}
"""What last year has, where it is not 352 responses of a year of its own."""


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return tmp_path_factory.mktemp("years")


@pytest.fixture(scope="module", params=[*YEARS, "large"])
def year(request, folder):
    return read(folder, request.param)


@cache
def read(folder, name):
    """The protected figures of a year, and its page."""
    if name == "large":
        statistics, release, _ = read(folder, "rising")
        statistics = times(statistics, LARGE)
        return statistics, release, written(statistics, release)
    before, notices, more = YEARS[name]
    made, release = validated(folder, 2025, notices, **more)
    last = validated(folder, 2024, before, **LAST.get(name, {})) if before is not None else None
    exact = measures.calculate(made, release, measures.calculate(*last) if last else None)
    with pytest.MonkeyPatch.context() as patch:
        door = sys.modules["reportgen.disclosure.protect"]
        patch.setattr(door, "secondary", lambda *_: None)
        patch.setattr(door, "examine", lambda *_: (Audit(900, 0, 0, 5.0), []))
        patch.setattr(door, "compared", lambda *_: [])
        statistics = protect(exact, release).value
    return statistics, release, written(statistics, release)


def times(statistics, factor):
    """The same year with every count and every sum so many times as large, and last year's."""
    still = ("proportion", "percentage points", "days", "actions", "recommendations")
    figures = {
        key: one
        if one.value is None or one.unit in still or statistics.definitions[key.measure].kind in ("mean", "median")
        else replace(one, value=one.value * factor)
        for key, one in statistics.figures.items()
    }
    before = statistics.previous
    return replace(statistics, figures=figures, previous=times(before, factor) if before else None)


@cache
def validated(folder, year, notices, *, seed=None, responses=352, edit=None):
    """A made-up year, written down and read in again."""
    made = made_up_year.year(year, notices, seed=seed, responses=responses)
    if edit:
        edit(made)
    root = folder / f"{year}-{notices}-{seed}-{responses}-{edit.__name__ if edit else ''}"
    root.mkdir()
    for name, columns in made.items():
        (root / f"{name}.csv").write_bytes(encode(name, columns, "csv"))
    (root / "release.toml").write_text(as_toml(made_up_year.settings(year, made["survey"])), "utf-8")
    release = releases.read(root, Edition(year)).value
    found = inputs.read(root, release)
    assert serious(found.problems) == [], found.problems
    return found.value, release


def written(statistics, release, templates=TEMPLATES):
    found = document.render(
        templates,
        statistics,
        tables.build(publication_spec.tables(statistics), statistics, release),
        charts.outline(publication_spec.charts(statistics), statistics, release),
        release,
        known_tables=publication_spec.TABLES,
        known_charts=publication_spec.CHARTS,
        known_figures=measures.definitions(statistics.records.questions),
    )
    assert serious(found.problems) == [], [(one.where(), one.message) for one in found.problems]
    return found.value.html


def test_the_words_of_any_year_are_true_whole_and_grammatical(year):
    statistics, _, page = year
    assert proof.faults(page, statistics) == []


def test_every_hidden_figure_is_counted_as_such(year):
    statistics, release, _ = year
    hidden = sum(one.hidden for one in statistics.figures.values())
    assert statistics.audit.hidden == hidden
    assert statistics.audit.published == len(statistics.figures) - hidden
    made = tables.build(publication_spec.tables(statistics), statistics, release)["suppression"]
    assert (made.rows[-1].label, made.rows[-1].kind) == ("Total", "total")
    assert [cell.value for cell in made.rows[-1].cells[1:]] == [
        hidden,
        sum(row.cells[2].value for row in made.rows[:-1]),
    ]
    others = sum(not statistics.definitions[key.measure].personal for key in statistics.figures)
    assert made.rows[-1].cells[0].value + others == statistics.audit.published


def test_what_is_all_of_one_kind_is_not_called_most_and_nothing_is_hidden_there(folder):
    page = re.sub(r"[\s\u2060\u00a0]+", " ", re.sub(r"<[^>]+>", "", read(folder, "all of one kind")[2]))
    for said in (
        "All notices were for failing to secure a goods vehicle, under section 31A.",
        "All notices went to owners.",
        "All incidents of the year were at Calais.",
        "All incidents involved goods vehicles.",
        "when issued and nothing on 30 June 2026",
        "All objections decided or withdrawn in 2025 to 2026 ended in a lower or cancelled penalty.",
    ):
        assert said in page
    for said in (
        "The largest fall in",
        "The largest rise in",
        "equal numbers",
        "None of it had been paid",
        "somebody are hidden",
    ):
        assert said not in page


# the proofreader itself: each fault planted into a page without faults


def figure(name, shown):
    return f'<data value="0" data-figure="{name}">{shown}</data>'


ISSUED, OWNERS = "penalties.issued", "penalties.issued{role=owner}"
SENTENCES = {
    "There were 1 notices.": "one of many",
    "We issued 14 notice under section 32.": "many of one",
    "We issued 14 penalty to drivers.": "many of one",
    "On that day 1 action were late.": "one with a verb of many",
    "On that day 12 actions was late.": "many with a verb of one",
    "Of these, none were late.": "none with a verb of many",
    "It was an notice.": "a or an",
    "The median was nan days.": "a program's word",
    "We issued None notices.": "a program's word",
    "We issued {{ stat }} notices.": "a placeholder",
    "The number of of notices is hidden.": "a word twice",
    "The number of notices , they say, is hidden.": "stray signs",
    "Drivers () received notices.": "stray signs",
    "Drivers received  notices.": "stray signs",
    "The value as issued was.": "words that are missing",
    "Of the notices, 0% had an objection.": "a nought that should be in words",
    "Most incidents (75, or 100%) involved goods vehicles.": "all, called most",
    "The largest number went to owners, 9, or 100% of all.": "all, called most",
    "Of that, £0 had been paid.": "a nought that should be in words",
    "In all, 0 appeals were lodged.": "a nought that should be in words",
    "The number rose by 0 notices.": "moved by nothing",
    "The number fell by no notices.": "moved by nothing",
    "There were 9 notices, 0 more than before.": "moved by nothing",
    "Something is said.</p><p>Something is said.": "said twice",
    "Drivers received notices.</p><p><strong></strong>": "nothing between tags",
    f"{'Word ' * 41}.": "41 words",
    f"We issued {figure(ISSUED, '500')} notices, {figure(ISSUED + ' change', '300')} more than before.": "more, where",
    f"We issued {figure(ISSUED, '500')} notices, {figure(ISSUED + ' change', '299')} fewer than before.": "difference",
    f"We issued {figure(ISSUED, '500')} notices, the same as in that year.": "the same, where",
    f"The number of notices rose to {figure(ISSUED, '500')}.": "rose",
    f"The number of notices stayed the same, at {figure(ISSUED, '500')}.": "stayed the same",
    f"Notices fell from {figure(ISSUED + ' last year', '500')} to {figure(ISSUED, '800')}.": "fell from 500 to 800",
    f"The largest number went to owners: {figure(OWNERS, '170')}.": "not the largest",
    f"Most decisions ({figure('objections.changed_share', '50%')}) lowered it.": "no more than a half",
    f"Owners received {figure(OWNERS + ' share', '12%')} of notices.": "a share that is",
    f"It fell most for owners, from {figure(OWNERS + ' last year', '9')} to {figure(OWNERS, '8')}.": "another did",
    f"The largest rise was for owners: from {figure(OWNERS + ' last year', '8')} to {figure(OWNERS, '9')}.": "another did",
    "Less was owed at the end of the year than at its start.": "Less was owed",
}


@pytest.mark.parametrize("sentence", SENTENCES)
def test_a_planted_sentence_is_found(folder, sentence):
    statistics = read(folder, "falling")[0]
    sound = "<main><p>Drivers can object to a penalty.</p>"
    assert proof.faults(f"{sound}</main>", statistics) == []
    found = proof.faults(f"{sound}<p>{sentence}</p></main>", statistics)
    assert any(SENTENCES[sentence] in one for one in found), found


CHANGES = {
    "a title that says the other way": (r"Open cases fell to", "Open cases rose to", "rose"),
    "a comparison the other way": (r" fewer than in", " more than in", "more, where"),
    "a title of another place": (r"\{place=[\w ]+\} share\">\d+%", '{place=Inland} share">38%', "share that is"),
    "a long title": (r'(<strong class="title">)', rf"\1{'Word ' * 16}", "words in the title"),
    "a title with a full stop": (r'(<strong class="title">[^<]*)', r"\1.", "a full stop ends"),
    "short words for a picture": (r"(<title id=[^>]*>)[^<]*", r"\1Bar chart.", "10 characters"),
    "long words for a picture": (r"(<title id=[^>]*>)", rf"\1{'Bar chart. ' * 25}", "characters for the picture"),
    "a heading of nothing": (r"(<h3[^>]*>)[^<]*", r"\1", "nothing between tags"),
}


@pytest.mark.parametrize("name", CHANGES)
def test_a_planted_change_is_found(folder, name):
    statistics, _, page = read(folder, "falling")
    pattern, new, fault = CHANGES[name]
    start = page.index("<main")
    changed = page[:start] + re.sub(pattern, new, page[start:], count=1)
    assert changed != page
    assert any(fault in one for one in proof.faults(changed, statistics)), proof.faults(changed, statistics)


def test_the_same_words_for_two_pictures_are_found(folder):
    page = read(folder, "falling")[2]
    first = re.search(r"<title id=[^>]*>([^<]*)</title>", page[page.index("<main") :])[1]
    changed = re.sub(r"(<title id=\"objections-by-month-title\">)[^<]*", rf"\1{first}", page)
    assert any("the same words for the pictures" in one for one in proof.faults(changed))


def test_the_mean_of_the_sentences_is_watched():
    long = f"<p>{'We can say so and ' * 7}it is so.</p>"
    assert any("words in the mean" in one for one in proof.faults(f"<main>{long}</main>"))
    assert proof.faults(f"<main>{long}<p>It is so.</p><p>We say so.</p></main>") == []
