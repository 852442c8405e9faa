"""Results of the checks: a good publication passes, failures become problems."""

from dataclasses import replace

import pytest
from checked import answers
from finished import finished, release

from reportgen import checks
from reportgen.checks import QUESTIONS
from reportgen.formats import pdf
from reportgen.model.problem import Problem, Stage
from reportgen.model.release import SignOff

pytestmark = pytest.mark.usefixtures("without_pdf_validator")


def test_a_good_publication_passes_every_check():
    made = answers(finished())
    assert {name: result.evidence for name, result in made.items() if result.result == "failed"} == {}
    assert {result.result for result in made.values()} == {"passed", "not applicable", "answered"}
    assert [name for name, result in made.items() if result.result == "answered"] == ["read-through", "read-aloud"]
    assert all(result.evidence for result in made.values() if result.result in {"passed", "not applicable"})


def test_checks_have_unique_ids_and_complete_wording():
    assert len({question.id for question in QUESTIONS}) == len(QUESTIONS)
    assert all(question.question.endswith("?") and question.how and question.subject for question in QUESTIONS)


def test_failures_become_problems():
    made = finished(release=release(data="illustrative", sign_off=SignOff()))
    found = checks.problems(checks.run(made))
    assert {problem.value for problem in found} == {"real-figures", "sign-off", "marked"}
    assert {(problem.stage, problem.severity, problem.code) for problem in found} == {
        (Stage.CHECKS, "problem", "check-failed")
    }
    by_id = {problem.value: problem for problem in found}
    assert by_id["sign-off"].count.for_analyst() == 6
    assert len(by_id["sign-off"].message.split("\n- ")) == 7  # the question, and all six
    assert by_id["sign-off"].file == by_id["real-figures"].file == "release.toml"
    assert by_id["marked"].file == "checks.html"
    assert "[waivers.sign-off]" in by_id["sign-off"].hint
    assert "waivers" not in by_id["real-figures"].hint


def test_notices_about_inputs_are_left_to_a_person_without_rows_or_values():
    notice = Problem(
        Stage.INPUTS, "odd", "An unusual value.", severity="notice", file="penalties.csv", row=3, value="AB12 CDE"
    )
    result = answers(finished(problems=(notice,), release=release(answers={})))["input-notices"]
    assert result.result == "needs a person"
    assert result.evidence == ("penalties.csv: An unusual value.",)


def test_untraced_figures_fail():
    notice = Problem(
        Stage.TEMPLATES,
        "untraced-figure",
        "A figure typed by hand.",
        severity="notice",
        file="02.md",
        line=3,
        value="17",
    )
    assert answers(finished(problems=(notice,)))["untraced-figures"].evidence == (
        "02.md:3: A figure typed by hand. (17)",
    )


def test_a_case_reference_in_any_file_fails():
    made = finished(references=frozenset({"PN-000123", "17"}), files={"data/x.csv": b"a,b\nPN-000123,1\n17,2\n"})
    assert answers(made)["personal-data"].evidence == ("data/x.csv: the reference of a notice or an incident.",)


def test_a_short_number_is_not_taken_for_a_reference():
    assert answers(finished(references=frozenset({"344", "12"})))["personal-data"].result == "passed"


def test_a_hidden_figure_with_a_base_fails():
    made = finished()
    key = next(key for key, figure in made.statistics.figures.items() if figure.marker)
    figures = {**made.statistics.figures, key: replace(made.statistics.figures[key], base=3)}
    told = replace(made, statistics=replace(made.statistics, figures=figures))
    told.__dict__["aloud"] = made.aloud
    assert answers(told)["hidden-figures"].result == "failed"


def test_checks_of_formats_not_built_are_not_applicable():
    made = finished()
    bare = replace(made, files={name: data for name, data in made.files.items() if name.startswith("data/")})
    found = {name: result.result for name, result in answers(bare).items()}
    assert not [name for name, result in found.items() if result == "failed"]
    assert found["pdf-standards"] == found["govspeak"] == found["page-structure"] == "not applicable"


def test_without_a_validator_the_pdf_check_needs_a_person(monkeypatch):
    monkeypatch.setattr(pdf, "validate", lambda _data: None)
    assert answers(finished(release=release(answers={})))["pdf-standards"].result == "needs a person"


def test_failures_of_the_validator_are_quoted(monkeypatch):
    failure = pdf.Failure("PDF/UA-1", "7.1-t3", "Content is neither tagged nor an artifact", "object 9")
    monkeypatch.setattr(pdf, "validate", lambda _data: (failure,))
    (said,) = answers(finished())["pdf-standards"].evidence
    assert said == "PDF/UA-1, rule 7.1-t3: Content is neither tagged nor an artifact object 9"
