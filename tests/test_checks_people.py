"""Checks that people decide: sign-off, answers, waivers, quotes and drafts."""

from dataclasses import replace
from datetime import date
from types import SimpleNamespace

import pytest
from checked import PAGE, answers, with_page
from finished import finished, html, release

from reportgen import checks
from reportgen.checks import process
from reportgen.model.release import SignOff, Waiver
from reportgen.release import PersonAnswer

pytestmark = pytest.mark.usefixtures("without_pdf_validator")


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"assurer": "a  ANALYST"}, "two people"),
        ({"assurer": ""}, "assurer is missing"),
        ({"approver_date": None}, "approver_date is missing"),
        ({"approver_date": date(2026, 7, 1)}, "out of order"),
        ({"analyst_date": date(2026, 1, 1)}, "before as_at"),
        ({"approver_date": date(2027, 1, 1)}, "after the day"),
    ],
)
def test_an_incomplete_sign_off_fails(changes, said):
    made = finished(release=release(sign_off=replace(release().sign_off, **changes)))
    assert any(said in line for line in answers(made)["sign-off"].evidence)


def test_a_report_without_sign_off_lists_all_six_entries():
    assert len(answers(finished(release=release(sign_off=SignOff())))["sign-off"].evidence) == 6


def test_illustrative_figures_fail_and_cannot_be_waived():
    waiver = Waiver("real-figures", "Me", date(2026, 9, 1), "because")
    made = finished(release=release(data="illustrative", waivers=(waiver,)))
    found = answers(made)
    assert found["real-figures"].result == "failed"
    assert found["waivers"].result == "failed"
    assert "cannot be waived" in found["waivers"].evidence[0]


def test_a_draft_not_marked_as_draft_fails():
    found = answers(finished(release=release(final=False)))
    assert found["marked"].evidence == ("The page does not say that it is a draft.",)


def test_a_final_report_marked_as_draft_fails():
    made = with_page(lambda text: text.replace("<body>", '<body class="draft"><p>Draft</p>'))
    assert answers(made)["marked"].result == "failed"


def test_a_waived_check_says_who_waived_it_when_and_why():
    waiver = Waiver("style", "Head of the penalty team", date(2026, 9, 1), "a quotation")

    made = finished(
        release=release(waivers=(waiver,)), files={PAGE: html().replace("The team", "The the team").encode()}
    )
    result = answers(made)["style"]
    assert result.result == "waived"
    assert result.evidence[0] == "Waived by Head of the penalty team, 1 September 2026: a quotation"
    assert "style" not in {problem.value for problem in checks.problems(list(answers(made).values()))}


@pytest.mark.parametrize(("check", "said"), [("stile", "Did you mean “style”?"), ("style", "does not fail")])
def test_a_waiver_without_a_failed_check_fails(check, said):
    waiver = Waiver(check, "Me", date(2026, 9, 1), "because")
    assert said in answers(finished(release=release(waivers=(waiver,))))["waivers"].evidence[0]


def test_an_answered_check_says_who_answered_when_and_what():
    result = answers(finished())["read-through"]
    assert (result.result, result.evidence) == ("answered", ("Answered by D Editor, 1 September 2026: In order.",))


def test_a_final_report_is_refused_with_the_name_of_each_unanswered_check():
    made = finished(
        release=release(answers={"read-aloud": PersonAnswer("read-aloud", "D", date(2026, 9, 1), "Heard.")})
    )
    (problem,) = checks.problems(checks.run(made))
    assert (problem.value, problem.file) == ("answers", "release.toml")
    assert "read-through has no answer: Has somebody read the whole report?" in problem.message
    assert "read-aloud has no answer" not in problem.message
    assert "[answers.…]" in problem.hint


def test_a_draft_needs_no_answers():
    made = finished(release=release(answers={}, final=False))
    assert answers(made)["answers"].result == "not applicable"


def test_an_answer_to_an_unknown_check_fails():
    made = finished(
        release=release(final=False, answers={"read-allowed": PersonAnswer("read-allowed", "D", date(2026, 9, 1), "x")})
    )
    result = answers(made)["answers"]
    assert result.result == "failed"
    assert "There is no check “read-allowed”. Did you mean “read-aloud”?" in result.evidence


def test_an_answer_does_not_make_a_failed_check_pass():
    made = finished(
        release=release(sign_off=SignOff(), answers={"sign-off": PersonAnswer("sign-off", "D", date(2026, 9, 1), "x")})
    )
    assert answers(made)["sign-off"].result == "failed"


@pytest.mark.parametrize(
    ("final", "said"), [(True, "The comment of R-7 is neither"), (False, "marked as not yet released")]
)
def test_an_unreleased_quote_is_named_only_in_a_final_report(final, said):
    made = finished(release=release(final=final))
    made = replace(made, narrative=SimpleNamespace(**vars(made.narrative) | {"unreleased": ("R-7",)}))
    (evidence,) = process.released(made).evidence
    assert said in evidence
    assert ("R-7" in evidence) is final
