"""Release settings: reporting year, dates, thresholds; read from ``inputs/<year>/release.toml``.

Input: a folder and a year. Output: a frozen ``Release`` and every fault in the settings at once; or the text of a new
``release.toml`` with comments.
"""

from reportgen.model.release import (
    FIRST_PUBLISHED,
    PLACES,
    ROLES,
    SURVEY_METHOD,
    TABLES,
    Allowance,
    Disclosure,
    PersonAnswer,
    PublicationDetails,
    QuoteDecision,
    Received,
    Release,
    SignOff,
    Waiver,
    digest_of,
)
from reportgen.release.read import read
from reportgen.release.write import as_toml, with_decision

__all__ = [
    "FIRST_PUBLISHED",
    "PLACES",
    "ROLES",
    "SURVEY_METHOD",
    "TABLES",
    "Allowance",
    "Disclosure",
    "PersonAnswer",
    "PublicationDetails",
    "QuoteDecision",
    "Received",
    "Release",
    "SignOff",
    "Waiver",
    "as_toml",
    "digest_of",
    "read",
    "with_decision",
]
