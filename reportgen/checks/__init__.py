"""Questions asked of the finished publication before it may leave, as data, each answered with its evidence.

Goes in: ``Finished``, everything that was made. Comes out: ``CheckResult`` values and, for those that failed,
problems. A waiver of release.toml lets a check pass in somebody's name; two checks cannot be waived.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from reportgen import formats
from reportgen.checks.asked import QUESTIONS
from reportgen.checks.question import Answer, CheckResult, Finished, Question, judged
from reportgen.problems import Problem, Stage, did_you_mean

__all__ = ["QUESTIONS", "Answer", "CheckResult", "Finished", "Question", "problems", "run"]


def run(finished: Finished, *, before_drawing: bool = False) -> list[CheckResult]:
    """Every question with its answer, in the order of ``QUESTIONS``; the waivers themselves are the last.

    ``before_drawing`` leaves out what only finished files can answer.
    """
    asked = [question for question in QUESTIONS if not (before_drawing and question.of_files)]
    results = [_result(question, question.ask(finished)) for question in asked]
    waived = {waiver.check: waiver for waiver in finished.release.waivers}
    failed = {result.id for result in results if result.result == "failed"}
    may = {question.id for question in QUESTIONS if question.waivable}
    made = []
    for result in results:
        waiver = waived.get(result.id)
        if waiver and result.id in failed & may:
            words = f"Waived by {waiver.who}, {formats.day(waiver.when)}: {waiver.why}"
            made.append(replace(result, result="waived", evidence=(words, *result.evidence)))
        else:
            made.append(result)
    if before_drawing:
        return made
    return [*made, _result(_WAIVERS, judged(_faults(finished, failed, may), f"{len(waived)} waivers"))]


def _result(question: Question, answer: Answer) -> CheckResult:
    return CheckResult(question.id, question.subject, question.question, question.how, answer.result, answer.evidence)


_WAIVERS = Question(
    "waivers",
    "release",
    "Is every waiver for a check that fails and may be waived?",
    "[waivers] of release.toml is compared with the answers",
    lambda _finished: Answer("passed"),
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


def problems(results: Sequence[CheckResult]) -> list[Problem]:
    """A problem for every check that failed, with its first finding."""
    return [
        Problem(
            Stage.CHECKS,
            "check-failed",
            f"{result.question} {result.evidence[0] if result.evidence else 'No.'}",
            _hint(result),
            file="checks.html",
            value=result.id,
            count=max(1, len(result.evidence)),
        )
        for result in results
        if result.result == "failed"
    ]


def _hint(result: CheckResult) -> str:
    more = f" {len(result.evidence)} findings in all, in checks.html." if len(result.evidence) > 1 else ""
    question = next((question for question in QUESTIONS if question.id == result.id), None)
    waive = (
        f" Or name who lets it pass, when and why under [waivers.{result.id}]."
        if question and question.waivable
        else ""
    )
    return f"Put it right.{more}{waive}"
