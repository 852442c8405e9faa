"""The release: which year, which dates, which thresholds; read from ``inputs/<year>/release.toml``.

Goes in: a folder and a year. Comes out: a frozen ``Release`` and every fault in the settings at once; and the file
itself, every table explained, for a year that is started.
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
