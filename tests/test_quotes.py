"""A person answers for each printed quote: released by name and day, or not printed by a final build."""

import json
import shutil
from dataclasses import replace
from datetime import date

import pytest
import small
from click.testing import CliRunner

from reportgen.app import build, quotes
from reportgen.app.cli import cli
from reportgen.disclosure.free_text.screening import candidates, screened
from reportgen.model.edition import Edition
from reportgen.model.problem import ReportFailed, serious
from reportgen.model.records import Candidate, Comment, Records
from reportgen.model.stages import Workspace
from reportgen.release import QuoteDecision, as_toml, digest_of, read

DAY = date(2026, 9, 1)
GOOD = ("The letter was clear and came in good time.", "The guidance helped me to check the lorry.", "Paying was easy.")


def comments(*texts, **more):
    return Records(
        comments=tuple(
            Comment(f"R-{n}", "driver", text, ("guidance",), quotable=True) for n, text in enumerate(texts, 1)
        ),
        **more,
    )


def decided(response, *, released=True, of=None):
    return QuoteDecision(response, released, "Head of the team", DAY, digest=digest_of(of) if of else "")


def made(records, *decisions):
    return screened(records, lambda _: True, frozenset(), decisions={one.response_id: one for one in decisions})


def test_what_nobody_decided_on_is_a_candidate():
    found, _ = made(comments(*GOOD))
    assert [(one.response_id, one.released) for one in found] == [("R-1", False), ("R-2", False), ("R-3", False)]


def test_released_ones_come_first_and_refused_ones_not_at_all():
    found, problems = made(comments(*GOOD), decided("R-1", released=False), decided("R-3"))
    assert [(one.response_id, one.released) for one in found] == [("R-3", True), ("R-2", False)]
    assert problems == []


def test_a_decision_holds_for_its_words_alone():
    found, problems = made(comments(*GOOD), decided("R-1", of="Other words."))
    assert not any(one.released for one in found)
    assert [(one.code, one.severity) for one in problems] == [("quote-changed", "notice")]
    assert made(comments(*GOOD), decided("R-1", of=GOOD[0]))[0][0].released


def test_a_changed_comment_that_was_refused_is_a_candidate_again():
    found, _ = made(comments(*GOOD), decided("R-1", released=False, of="Other words."))
    assert "R-1" in {one.response_id for one in found}


@pytest.mark.parametrize(
    ("records", "decision", "code"),
    [
        (comments(*GOOD), decided("R-9"), "quote-unknown"),
        (comments("Mr Kowalczyk was rude to me."), decided("R-1"), "quote-not-allowed"),
        (
            Records(comments=(Comment("R-1", "driver", GOOD[0], (), quotable=False),)),
            decided("R-1"),
            "quote-not-agreed",
        ),
    ],
)
def test_nobody_can_release_what_may_not_be_quoted(records, decision, code):
    found, problems = made(records, decision)
    (problem,) = serious(problems)
    assert (problem.code, problem.value, problem.stage) == (code, decision.response_id, 10)
    assert not any(one.released for one in found)
    assert not any(comment.text in problem.message + problem.hint for comment in records.comments)


def test_what_may_not_be_quoted_may_be_refused():
    assert not serious(made(comments("Mr Kowalczyk was rude to me."), decided("R-1", released=False))[1])


def test_the_list_says_who_decided_and_when():
    one, two, three = candidates(
        comments(*GOOD), frozenset(), frozenset(), {"R-1": decided("R-1"), "R-2": decided("R-2", of="Other")}
    )
    assert (one.state, one.by, one.on) == ("released", "Head of the team", "2026-09-01")
    assert (two.state, two.by) == ("not decided on these words", "")
    assert three.state == "not decided"


# Settings -----------------------------------------------------------------------------------------------------------


def settings(tmp_path, text):
    folder = tmp_path / "inputs/2025"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "release.toml").write_text(f"as_at = 2026-06-30\n{text}", "utf-8")
    return read(folder, Edition(2025))


def test_decisions_and_answers_are_read(tmp_path):
    found = settings(
        tmp_path,
        '[quotes]\nR-1 = { released = "A", on = 2026-09-01, note = "fine" }\n"R 2" = { refused = "B", on = 2026-09-02 }\n'
        '[answers.read-through]\nby = "C"\non = 2026-09-03\nnote = "Read."\n',
    )
    assert found.problems == ()
    assert [(one.released, one.by, one.on.day, one.note) for one in found.value.quotes.values()] == [
        (True, "A", 1, "fine"),
        (False, "B", 2, ""),
    ]
    assert found.value.answers["read-through"].note == "Read."


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ('[quotes]\nR-1 = "A"', 3),
        ("[quotes]\nR-1 = { on = 2026-09-01 }", 3),
        ('[quotes]\nR-1 = { released = "A" }', 3),
        ('[quotes]\nR-1 = { released = "", on = 2026-09-01 }', 3),
        ('[quotes]\nR-1 = { released = "A", refused = "B", on = 2026-09-01 }', 3),
        ('[quotes]\nR-1 = { released = "A", on = "soon" }', 3),
        ('[answers]\nread-through = "yes"', 3),
        ('[answers.read-through]\nby = "A"\non = 2026-09-01', 2),
        ('[answers.read-through]\nby = "A"\non = 2026-09-01\nnote = " "', 2),
    ],
)
def test_a_wrong_decision_is_named_with_its_line(tmp_path, text, line):
    (problem,) = settings(tmp_path, text).problems
    assert (problem.code, problem.line) == ("wrong-setting", line)


def test_a_misspelt_part_is_named(tmp_path):
    problems = settings(tmp_path, '[quotes]\nR-1 = { relased = "A", on = 2026-09-01 }').problems
    assert any("Did you mean “released”?" in one.hint for one in problems)


def test_they_are_written_as_they_are_read(tmp_path):
    text = '[quotes]\nR-1 = { released = "A", on = 2026-09-01, digest = "ab" }\n[answers.read-aloud]\nby = "C"\non = 2026-09-03\nnote = "Heard."\n'
    first = settings(tmp_path, text).value
    (tmp_path / "inputs/2025/release.toml").write_text(as_toml(first), "utf-8")
    again = read(tmp_path / "inputs/2025", Edition(2025))
    assert again.problems == ()
    assert (again.value.quotes, again.value.answers) == (first.quotes, first.answers)


# The report and the command -----------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def office_year(tmp_path_factory):
    return small.workspace(tmp_path_factory.mktemp("quotes"))


@pytest.fixture
def there(office_year, tmp_path):
    """A copy in which nothing is decided."""
    shutil.copytree(office_year.inputs, tmp_path / "inputs")
    path = tmp_path / "inputs/2025/release.toml"
    path.write_text(as_toml(replace(read(path.parent, Edition(2025)).value, quotes={})), "utf-8")
    return Workspace(tmp_path / "inputs", office_year.templates, tmp_path / "outputs")


def command(workspace, *more):
    return CliRunner().invoke(
        cli,
        ["quotes", "--year", "2025", "--inputs", str(workspace.inputs), "--templates", str(workspace.templates), *more],
    )


def test_a_draft_marks_what_nobody_released_in_every_form(there):
    text = build.compose(there, Edition(2025), drawn=False).narrative
    assert text.unreleased
    number = text.html.count("not yet released for publication")
    assert number == len(text.unreleased)
    assert text.print_html.count("not yet released for publication") == number
    assert text.govspeak.count("not yet released for publication") == number


def test_a_released_quote_has_no_mark(office_year):
    text = build.compose(office_year, Edition(2025), drawn=False).narrative
    assert text.unreleased == ()
    assert "blockquote" in text.html
    assert "not yet released" not in text.html + text.print_html + text.govspeak


def test_a_final_report_is_refused_and_prints_none_of_them(there):
    with pytest.raises(ReportFailed) as failed:
        build.build(there, Edition(2025), final=True, only=frozenset({"csv", "html"}))
    (problem,) = [one for one in failed.value.problems if one.value == "quotes-released"]
    assert problem.stage == 15
    assert problem.message.count("is neither released nor refused") >= 1
    assert 'class="quote"' not in build.compose(there, Edition(2025), final=True, drawn=False).narrative.html


def test_all_refused_is_an_answer_too(there):
    path = there.inputs / "2025/release.toml"
    made = read(path.parent, Edition(2025)).value
    refused = {
        one.response_id: QuoteDecision(one.response_id, released=False, by="Editor", on=DAY)
        for one in build.quotes(there, Edition(2025))
    }
    path.write_text(as_toml(replace(made, quotes=refused)), "utf-8")
    text = build.compose(there, Edition(2025), final=True, drawn=False).narrative
    assert text.unreleased == ()
    assert 'class="quote"' not in text.html


def test_the_command_lists_and_decides(there):
    listed = command(there)
    assert listed.exit_code == 0, listed.output
    first, second = build.quotes(there, Edition(2025))[:2]
    assert first.response_id in listed.output
    before = (there.inputs / "2025/release.toml").read_text()
    done = command(
        there,
        "--release",
        first.response_id,
        "--refuse",
        second.response_id,
        "--by",
        "Editor of the team",
        "--on",
        "2026-09-01",
    )
    assert done.exit_code == 0, done.output
    after = (there.inputs / "2025/release.toml").read_text()
    kept = [line for line in before.splitlines() if line not in after.splitlines()]
    assert kept == []
    one, two = build.quotes(there, Edition(2025))[:2]
    assert (one.state, one.by, one.on) == ("released", "Editor of the team", "2026-09-01")
    assert two.state == "refused"


def test_the_command_as_json(there):
    lines = command(there, "--json").output.splitlines()
    assert [json.loads(line)["response_id"] for line in lines] == [
        one.response_id for one in build.quotes(there, Edition(2025))
    ]


def test_the_command_needs_a_name_and_a_comment_that_may_be_quoted(there):
    assert command(there, "--release", "R-1").exit_code == 2
    unknown = command(there, "--release", "R-nobody", "--by", "Editor")
    assert unknown.exit_code == 2
    assert "may be quoted" in unknown.output


def test_one_key_a_decision(there):
    waiting = build.quotes(there, Edition(2025))
    keys, said = iter("?rxsq"), []
    number = quotes.ask(there.inputs / "2025", waiting, "Editor", DAY, key=lambda: next(keys), say=said.append)
    assert number == 2
    states = [one.state for one in build.quotes(there, Edition(2025))]
    assert states[:3] == ["released", "refused", "not decided"]
    assert waiting[0].text.split()[0] in "".join(said)


def test_settings_that_cannot_be_written_stay_as_they_were(there, monkeypatch):
    path = there.inputs / "2025/release.toml"
    before = path.read_bytes()
    monkeypatch.setattr(quotes.os, "fsync", lambda _: (_ for _ in ()).throw(OSError(28, "No space left on device")))
    done = command(there, "--release", build.quotes(there, Edition(2025))[0].response_id, "--by", "Editor")
    assert done.exit_code == 10
    assert path.read_bytes() == before
    assert {one.name for one in path.parent.iterdir() if one.name.startswith(".")} == set()


# The file -----------------------------------------------------------------------------------------------------------

FILE = 'as_at = 2026-06-30 # the day\n\n[quotes]\n# Explained.\nR-0 = { refused = "B", on = 2026-09-02 } # why\n\n[answers]\n'

LAID_OUT = 'as_at = 2026-06-30\n[quotes.R-1]\nreleased = "A"\non = 2026-09-02\n'


def file_of(tmp_path, text):
    path = tmp_path / "inputs/2025/release.toml"
    path.parent.mkdir(parents=True)
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


def one_decided(path, by="Editor", verb="released"):
    quotes.decide(path.parent, Candidate("R-1", "driver", (), GOOD[0], "not decided"), verb, by, DAY)
    return path.read_bytes()


@pytest.mark.parametrize(
    "before",
    [
        FILE.encode(),
        FILE.replace("\n", "\r\n").encode(),
        b"\xef\xbb\xbf" + FILE.encode(),
        b"as_at = 2026-06-30\n",
        b"as_at = 2026-06-30\n[quotes]\n[answers]\n",
        b'as_at = 2026-06-30\n[ "quotes" ] # people\nR-0={released="A",on=2026-09-02}\n# an end\n\n# of answers\n[answers]\n',
        b"as_at = 2026-06-30\n[quotes]",
        b"as_at = 2026-06-30",
    ],
)
def test_every_other_line_stays_byte_for_byte(tmp_path, before):
    path = file_of(tmp_path, before)
    after = one_decided(path)
    lines = after.splitlines(keepends=True)
    (added,) = (n for n, line in enumerate(lines) if b"R-1" in line)
    if b"quotes" not in before:
        assert lines[added - 2 : added] == [b"\n", b"[quotes]\n"]
        del lines[added - 2 : added + 1]
    else:
        del lines[added]
    assert b"".join(lines).removesuffix(b"\n") == before.removesuffix(b"\n")
    assert after.count(b"\r\n") in (0, after.count(b"\n"))
    made = read(path.parent, Edition(2025)).value.quotes["R-1"]
    assert made == QuoteDecision("R-1", released=True, by="Editor", on=DAY, digest=digest_of(GOOD[0]))


def test_another_decision_takes_the_place_of_the_first(tmp_path):
    path = file_of(tmp_path, FILE)
    one_decided(path)
    one_decided(path, verb="refused")
    assert path.read_text().splitlines()[5].startswith('R-1 = { refused = "Editor", on = 2026-09-01, digest = ')
    assert path.read_text().count("R-1") == 1
    assert not read(path.parent, Edition(2025)).value.quotes["R-1"].released


@pytest.mark.parametrize("before", ["as_at = \n", 'quotes = "none"\n', b"as_at = 2026-06-30 # \xff\n", LAID_OUT])
def test_a_file_that_cannot_be_read_is_a_sentence_and_stays(tmp_path, before):
    path = file_of(tmp_path, before)
    kept = path.read_bytes()
    with pytest.raises(ReportFailed) as failed:
        one_decided(path)
    (problem,) = failed.value.problems
    assert problem.code == "release-not-writable"
    assert path.read_bytes() == kept


def test_a_link_and_permissions_stay(tmp_path):
    path = file_of(tmp_path, FILE)
    real = path.rename(tmp_path / "kept.toml")
    real.chmod(0o640)
    path.symlink_to(real)
    one_decided(path)
    assert path.is_symlink()
    assert real.stat().st_mode & 0o777 == 0o640
    assert "R-1" in real.read_text()


@pytest.mark.parametrize("name", ["", "  ", "A\u202eB", "A\x07", "\udc80"])
def test_a_name_that_cannot_be_printed_is_no_name(name):
    with pytest.raises(ValueError, match=r"\.$"):
        quotes.name_of(name)


def test_a_name_is_kept_on_one_line():
    assert quotes.name_of(" Zoë  O’Neill\n") == "Zoë O’Neill"


def test_the_list_names_people_as_they_are_written():
    one = Candidate("R-1", "driver", (), GOOD[0], "released", "Ann Other", "2026-09-01", "fine")
    assert quotes.standing(one) == "Released by Ann Other, 1 September 2026. fine"
    assert quotes.standing(replace(one, by="", state="not decided on these words", note="")).startswith(
        "Not decided on"
    )
