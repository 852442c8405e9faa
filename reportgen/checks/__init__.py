"""Checks of the finished publication, as data, each answered with evidence.

Input: ``Finished``, everything that a build made. Output: ``CheckResult`` values, and problems for failed checks. A
waiver in release.toml lets a check pass in somebody's name, except for checks that cannot be waived.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Final

from reportgen.checks.check import Check, Finished, Outcome, judged, not_applicable
from reportgen.checks.registry import QUESTIONS
from reportgen.model import formatting
from reportgen.model.problem import Problem, RecordCount, Stage, did_you_mean
from reportgen.model.stages import CheckResult

__all__ = ["QUESTIONS", "Check", "CheckResult", "Finished", "Outcome", "problems", "run"]


def run(finished: Finished, *, before_drawing: bool = False) -> list[CheckResult]:
    """Run every check, in the order of ``QUESTIONS``; then check the answers and the waivers.

    ``before_drawing`` leaves out checks that need finished files.
    """
    asked = [question for question in QUESTIONS if not (before_drawing and question.of_files)]
    results = [_result(question, question.ask(finished)) for question in asked]
    waived = {waiver.check: waiver for waiver in finished.release.waivers}
    failed = {result.id for result in results if result.result == "failed"}
    may = {question.id for question in QUESTIONS if question.waivable}
    made = []
    for result in results:
        waiver, answer = waived.get(result.id), finished.release.answers.get(result.id)
        if waiver and result.id in failed & may:
            words = f"Waived by {waiver.who}, {formatting.day(waiver.when)}: {waiver.why}"
            made.append(replace(result, result="waived", evidence=(words, *result.evidence)))
        elif answer and result.result == "needs a person":
            words = f"Answered by {answer.by}, {formatting.day(answer.on)}: {answer.note}"
            made.append(replace(result, result="answered", evidence=(words, *result.evidence)))
        else:
            made.append(result)
    made.append(_result(_ANSWERS, _answered(finished, made)))
    if before_drawing:
        return made
    return [*made, _result(_WAIVERS, judged(_faults(finished, failed, may), f"{len(waived)} waivers"))]


def _answered(finished: Finished, results: Sequence[CheckResult]) -> Outcome:
    """Check that every answer belongs to a check, and in a final report that no answer is missing."""
    known = {question.id for question in QUESTIONS}
    faults = [
        f"There is no check “{check}”. {did_you_mean(check, known)}".strip()
        for check in finished.release.answers
        if check not in known
    ]
    open_ = [result for result in results if result.result == "needs a person"]
    if finished.release.final:
        faults += [f"{result.id} has no answer: {result.question}" for result in open_]
    elif open_ and not faults:
        return not_applicable("A draft needs no answers.")
    return judged(faults, "each check that needs a person has an answer")


def _result(question: Check, answer: Outcome) -> CheckResult:
    return CheckResult(question.id, question.subject, question.question, question.how, answer.result, answer.evidence)


_ANSWERS = Check(
    "answers",
    "for a person",
    "Has a person answered every check that needs one?",
    "[answers] of release.toml is compared with the checks that no machine can answer",
    lambda _finished: Outcome("passed"),
    waivable=False,
)


_WAIVERS = Check(
    "waivers",
    "release",
    "Is every waiver for a check that fails and may be waived?",
    "[waivers] of release.toml is compared with the answers",
    lambda _finished: Outcome("passed"),
    waivable=False,
)


def _faults(finished: Finished, failed: set[str], may: set[str]) -> Iterator[str]:
    known = {question.id for question in QUESTIONS}
    for waiver in finished.release.waivers:
        if waiver.check not in known:
            yield f"There is no check “{waiver.check}”. {did_you_mean(waiver.check, known)}".strip()
        elif waiver.check not in may:
            yield f"“{waiver.check}” cannot be waived."
        elif waiver.check not in failed:
            yield f"“{waiver.check}” does not fail: remove its waiver."


SETTINGS: Final = ("real-figures", "page-fields", "paper-numbers", "release-settings", "survey-method", "sign-off")
"""Checks of settings in release.toml, which is the file to correct."""
OF_THE_RELEASE: Final = frozenset((*SETTINGS, "quotes-released", _WAIVERS.id, _ANSWERS.id))


def problems(results: Sequence[CheckResult]) -> list[Problem]:
    """Return a problem for every failed check, with its findings, one per line if there are several."""
    return [
        Problem(
            Stage.CHECKS,
            "check-failed",
            _message(result),
            _hint(result),
            file="release.toml" if result.id in OF_THE_RELEASE else "checks.html",
            value=result.id,
            count=RecordCount(max(1, len(result.evidence))),
        )
        for result in results
        if result.result == "failed"
    ]


def _message(result: CheckResult) -> str:
    if len(result.evidence) > 1:
        return "\n- ".join((result.question, *result.evidence))
    return f"{result.question} {result.evidence[0] if result.evidence else 'No.'}"


def _hint(result: CheckResult) -> str:
    question = next((question for question in QUESTIONS if question.id == result.id), None)
    if result.id == "real-figures":
        return "A build without --final makes a draft of them; a final one needs the real tables and data = “official”."
    if result.id == _ANSWERS.id:
        return (
            "Write under [answers.…] of release.toml, for each check, by whom, on which day and what was found (note)."
        )
    if result.id == "quotes-released":
        return "“reportgen quotes” lists the comments and asks about each: release it or refuse it."
    mend = "Put it right in release.toml" if result.id in OF_THE_RELEASE else "Put it right"
    waive = f", or name who lets it pass, when and why under [waivers.{result.id}] of release.toml"
    return f"{mend}{waive if question and question.waivable else ''}."
