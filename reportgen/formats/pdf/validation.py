"""Run an independent PDF validator.

Input: the bytes. Output: the failures, none if both standards are met.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

PROFILES: Final = {"ua1": "PDF/UA-1", "3a": "PDF/A-3a"}


@dataclass(frozen=True, slots=True)
class Failure:
    """A violated rule: standard, rule, the validator's message, object."""

    standard: str
    rule: str
    message: str
    place: str


def validate(data: bytes) -> tuple[Failure, ...] | None:
    """Return all failures under PDF/UA-1 and PDF/A-3a; None if the validator is not installed."""
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
