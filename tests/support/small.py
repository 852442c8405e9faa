"""A complete small release for the tests: two official years of made-up cases, signed, with the shipped words."""

import shutil
from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path

from reportgen.app.build import quotes
from reportgen.model.edition import Edition
from reportgen.model.release import SURVEY_METHOD, SignOff
from reportgen.model.stages import Publication, Workspace
from reportgen.release import PersonAnswer, QuoteDecision, as_toml, digest_of, read
from reportgen.synthetic import made_up_year

ROOT = Path(__file__).parents[2]
NOTICES, RESPONSES = 200, 352
BY_PERSONS = (
    "input-notices",
    "group-disclosure",
    "earlier-editions",
    "pdf-standards",
    "read-through",
    "read-aloud",
    "quotes-consented",
)
"""Checks that a person answers."""


@dataclass(frozen=True)
class Office:
    """A workspace and what was built from it, in memory and on disk."""

    workspace: Workspace
    publication: Publication

    @property
    def folder(self):
        return self.workspace.outputs / "2025"

    def report(self, kind):
        return self.publication.files[f"cecps-annual-report-2025.{kind}"]


def signed(year, survey):
    """Settings with which nothing is missing."""
    made = made_up_year.settings(year, survey, data="official")
    day = made.as_at + timedelta(days=30)
    publication = replace(
        made.publication,
        published=date(year + 1, 9, 30),
        alternative_format_email="formats@homeoffice.gov.uk",
        next_release=f"September {year + 2}",
    )
    people = SignOff("Analyst of the team", day, "Assurer of the team", day, "Approver of the team", day)
    return replace(
        made,
        data="official",
        objection_days=42,
        publication=publication,
        sign_off=people,
        answers={
            check: PersonAnswer(check, "Editor of the team", day, "Looked at and in order.") for check in BY_PERSONS
        },
        survey_method=dict.fromkeys(SURVEY_METHOD, "As agreed with the head of the penalty team"),
    )


def workspace(root, notices=NOTICES, *, official=True, words=ROOT / "templates"):
    """Inputs of 2024 and 2025 and the shipped words, in a folder of their own."""
    for year in (2024, 2025):
        folder = root / "inputs" / str(year)
        made_up_year.write(folder, year, notices, responses=RESPONSES)
        if official:
            survey = made_up_year.year(year, notices, responses=RESPONSES)["survey"]
            (folder / "release.toml").write_text(as_toml(signed(year, survey)), "utf-8")
    shutil.copytree(words, root / "templates")
    made = Workspace(root / "inputs", root / "templates", root / "outputs")
    if official:
        release_quotes(made, 2025)
    return made


def undecided(workspace, year):
    """Nobody has decided on any comment."""
    path = workspace.inputs / str(year) / "release.toml"
    path.write_text(as_toml(replace(read(path.parent, Edition(year)).value, quotes={})), "utf-8")


def release_quotes(workspace, year):
    """A person releases every comment that may be quoted."""
    path = workspace.inputs / str(year) / "release.toml"
    made = read(path.parent, Edition(year)).value
    on = made.as_at + timedelta(days=30)
    decisions = {
        one.response_id: QuoteDecision(
            one.response_id, released=True, by="Editor of the team", on=on, digest=digest_of(one.text)
        )
        for one in quotes(workspace, Edition(year))
    }
    path.write_text(as_toml(replace(made, quotes=decisions)), "utf-8")
