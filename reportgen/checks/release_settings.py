"""Check the release settings: everything a publication needs, and sign-off.

Input: the finished publication. Output: outcomes that name the setting in release.toml.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from reportgen.checks.check import Finished, Outcome, judged
from reportgen.model import formatting
from reportgen.model.release import SURVEY_METHOD, SignOff

NEEDED: Final = {
    "title": "the title of the page",
    "summary": "the summary of the page",
    "published": "the day of publication",
    "organisation": "the organisation that publishes",
    "type": "the type of publication on GOV.UK",
    "status": "whether these are official statistics",
    "contact_name": "whom to ask",
    "contact_email": "where to ask",
    "alternative_format_email": "where to ask for another format",
    "next_release": "when the next report comes",
    "change_note": "the change note",
    "nations": "the nations it applies to",
}


def complete(finished: Finished) -> Outcome:
    """Check every setting in [publication] that a GOV.UK page needs."""
    publication = finished.release.publication
    missing = [
        f"[publication] {name} is missing: {meaning}."
        for name, meaning in NEEDED.items()
        if not getattr(publication, name)
    ]
    if publication.published and publication.published < finished.release.as_at:
        missing.append("[publication] published lies before as_at: figures cannot be read after they are published.")
    return judged(missing, f"{len(NEEDED)} settings")


def survey_method(finished: Finished) -> Outcome:
    """Check the eleven items of the AAPOR disclosure standard."""
    given = finished.release.survey_method
    return judged(
        (
            f"[survey.method] {key} is missing: “{meaning}”"
            for key, meaning in SURVEY_METHOD.items()
            if not given.get(key)
        ),
        f"{len(SURVEY_METHOD)} items",
    )


def signed(finished: Finished) -> Outcome:
    """Check that sign-off has names and dates in order, and that the assurer is not the analyst."""
    sign_off = finished.release.sign_off
    said = ", ".join(
        f"{role} {getattr(sign_off, role)}, {formatting.day(day)}"
        for role in ("analyst", "assurer", "approver")
        if (day := getattr(sign_off, f"{role}_date"))
    )
    return judged(_signed(sign_off, finished), said)


def _signed(sign_off: SignOff, finished: Finished) -> Iterator[str]:
    for role in ("analyst", "assurer", "approver"):
        if not getattr(sign_off, role):
            yield f"[sign_off] {role} is missing."
        if getattr(sign_off, f"{role}_date") is None:
            yield f"[sign_off] {role}_date is missing."
    if sign_off.analyst and _normalised(sign_off.analyst) == _normalised(sign_off.assurer):
        yield "The assurer is the analyst; the AQuA Book asks for two people."
    days = [day for role in ("analyst", "assurer", "approver") if (day := getattr(sign_off, f"{role}_date"))]
    if days != sorted(days):
        yield "The dates are out of order: first the analyst, then the assurer, then the approver."
    if days and days[0] < finished.release.as_at:
        yield "Somebody signed before as_at, when the outcomes had not been read."
    published = finished.release.publication.published
    if published and days and days[-1] > published:
        yield "Somebody signed after the day of publication."


def _normalised(name: str) -> str:
    return " ".join(name.casefold().split())


def real(finished: Finished) -> Outcome:
    """Check that the figures are not made up."""
    if finished.release.illustrative:
        return Outcome("failed", ('data = "illustrative" in release.toml: the figures are made up.',))
    return Outcome("passed", ('data = "official" in release.toml.',))


def marked(finished: Finished) -> Outcome:
    """Check that a draft or made-up report is marked as such, and a final one is not."""
    if not finished.report("html"):
        return Outcome("not applicable", ("No web page was made in this build.",))
    text = (finished.page.first("body") or finished.page).text()
    page = finished.page.first("body")
    classes = page.get("class").split() if page else []
    faults = []
    for word, wanted in (("draft", not finished.release.final), ("illustrative", finished.release.illustrative)):
        said = word in classes and word in text.casefold()
        if wanted and not said:
            faults.append(f"The page does not say that it is {'a draft' if word == 'draft' else word}.")
        if not wanted and word in classes:
            faults.append(f"The page says that it is {'a draft' if word == 'draft' else word}, and it is not.")
    return judged(faults, "marked as it is")
