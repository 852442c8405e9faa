"""What an independent validator says of a finished PDF.

Input: the bytes. Output: the failures, none where both standards are met.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

PROFILES: Final = {"ua1": "PDF/UA-1", "3a": "PDF/A-3a"}


@dataclass(frozen=True, slots=True)
class Failure:
    """One rule that a file breaks: of which standard, which rule, in the validator's words, at which object."""

    standard: str
    rule: str
    message: str
    place: str


def validate(data: bytes) -> tuple[Failure, ...] | None:
    """Every failure under PDF/UA-1 and PDF/A-3a together; None where no validator is installed."""
    try:
        import page
    except ModuleNotFoundError:
        return None
    failures: list[Failure] = []
    for profile, standard in PROFILES.items():
        try:
            report = page.validate_pdf_bytes(data, profile=profile)
        except page.PageError as fault:
            failures.append(Failure(standard, "unreadable", str(fault), ""))
            continue
        for failure in report.failures:
            place = f"object {failure.object_id.object_number}" if failure.object_id else ""
            failures.append(Failure(standard, failure.rule_id, failure.message, place))
    return tuple(failures)
