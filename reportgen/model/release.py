"""Release settings: the decisions about a year's publication, with their defaults.

Output: frozen values.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from hashlib import sha256
from types import MappingProxyType
from typing import Any, Final

from reportgen.model.edition import Edition
from reportgen.model.figure import Period

PLACES: Final = ("Calais", "Coquelles", "Dunkerque", "UK port", "Inland")
ROLES: Final = ("driver", "owner", "hirer", "operator", "other")
TABLES: Final = (
    "incidents",
    "penalties",
    "ledger",
    "survey",
    "questions",
    "actions",
    "recommendations",
    "team",
    "published",
    "context",
)
FIRST_PUBLISHED: Final = "First published."
"""Change note of the first edition."""
SURVEY_METHOD: Final = MappingProxyType(
    {
        "strategy": "How was the survey carried out?",
        "sponsor": "Who sponsored it, and who carried it out?",
        "instrument": "What was asked, and where can it be read?",
        "population": "Who is it about?",
        "sample": "How were people found and invited?",
        "mode": "How could people answer?",
        "dates": "When could they answer?",
        "sizes": "How many answered, and how precise are the results?",
        "weighting": "Were the answers weighted?",
        "processing": "How were the answers processed and checked?",
        "limitations": "What can the results not show?",
    }
)


DIGEST: Final = 16
"""Length of a comment's truncated digest, in characters."""


@dataclass(frozen=True, slots=True)
class QuoteDecision:
    """Who released or refused the quote of a response, and when.

    ``digest`` identifies the text decided on: if the text changes, the decision no longer applies. Empty: any text.
    """

    response_id: str
    released: bool
    by: str
    on: date
    note: str = ""
    digest: str = ""

    def of(self, text: str) -> bool:
        """Return whether the decision applies to this text."""
        return self.digest in ("", digest_of(text))


@dataclass(frozen=True, slots=True)
class PersonAnswer:
    """Who answered a check that needs a person, when, and their note."""

    check: str
    by: str
    on: date
    note: str


def digest_of(text: str) -> str:
    """Return the truncated SHA-256 digest of a comment."""
    return sha256(text.encode()).hexdigest()[:DIGEST]


@dataclass(frozen=True, slots=True)
class Disclosure:
    """Settings of disclosure control (contract section 5).

    ``dominance`` (a share) and ``p_percent`` are confidential: no output contains them. ``group_rows`` is the largest
    group reported when all its members share an attribute; ``hide_groups`` suppresses the figures that disclose it.
    """

    threshold: int = 5
    round_to: int = 1
    survey_minimum_base: int = 10
    dominance: float = 0.85
    p_percent: float = 15.0
    group_rows: int = 20
    hide_groups: bool = False


@dataclass(frozen=True, slots=True)
class PublicationDetails:
    """Publication details for GOV.UK; empty if not given (the checks report it)."""

    title: str = ""
    summary: str = ""
    published: date | None = None
    organisation: str = "Home Office"
    type: str = "Corporate report"
    status: str = "Management information; not official statistics"
    contact_name: str = ""
    contact_email: str = ""
    alternative_format_email: str = ""
    url: str = ""
    next_release: str = ""
    change_note: str = ""
    nations: str = ""
    isbn: str = ""
    unique_reference: str = ""
    command_paper: str = ""
    hc_paper: str = ""
    session: str = ""


@dataclass(frozen=True, slots=True)
class SignOff:
    """Who produced, assured and approved the figures (AQuA Book); the analyst cannot be the assurer."""

    analyst: str = ""
    analyst_date: date | None = None
    assurer: str = ""
    assurer_date: date | None = None
    approver: str = ""
    approver_date: date | None = None


@dataclass(frozen=True, slots=True)
class Allowance:
    """A literal figure or phrase allowed in the templates, and why."""

    text: str
    reason: str


@dataclass(frozen=True, slots=True)
class Waiver:
    """A failed check that somebody has waived."""

    check: str
    who: str
    when: date
    why: str


@dataclass(frozen=True, slots=True)
class Received:
    """Who supplied a table and when it arrived, for the data log; empty if not given."""

    owner: str = ""
    date: date | None = None


@dataclass(frozen=True, slots=True)
class Release:
    """Everything about this year's publication that is a decision, not data."""

    edition: Edition
    period: Period
    as_at: date
    data: str = "official"
    places: tuple[str, ...] = PLACES
    objection_days: int | None = None
    invitations: Mapping[str, int] = field(default_factory=dict)
    population: Mapping[str, int] = field(default_factory=dict)
    survey_method: Mapping[str, str] = field(default_factory=dict)
    disclosure: Disclosure = Disclosure()
    publication: PublicationDetails = PublicationDetails()
    sign_off: SignOff = SignOff()
    allow: tuple[Allowance, ...] = ()
    waivers: tuple[Waiver, ...] = ()
    quotes: Mapping[str, QuoteDecision] = field(default_factory=dict)
    answers: Mapping[str, PersonAnswer] = field(default_factory=dict)
    assumptions: tuple[str, ...] = ()
    decisions: tuple[str, ...] = ()
    received: Mapping[str, Received] = field(default_factory=dict)
    final: bool = False
    sha256: str = ""
    raw: Mapping[str, Any] = field(default_factory=dict)

    @property
    def year(self) -> int:
        """The calendar year in which the reporting year starts."""
        return self.edition.year

    @property
    def illustrative(self) -> bool:
        """Whether the figures are made up; if so, every output says so."""
        return self.data == "illustrative"
