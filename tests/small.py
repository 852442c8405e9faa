"""A complete small release for the tests: two official years of made-up cases, signed, with the shipped words."""

import shutil
from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path

from reportgen import illustrative
from reportgen.build import Publication, Workspace
from reportgen.release import SURVEY_METHOD, SignOff, as_toml

ROOT = Path(__file__).parents[1]
NOTICES, RESPONSES = 200, 352


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
    made = illustrative.settings(year, survey, data="official")
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
        survey_method=dict.fromkeys(SURVEY_METHOD, "As agreed with the head of the penalty team"),
    )


def workspace(root, notices=NOTICES, *, official=True, words=ROOT / "templates"):
    """Inputs of 2024 and 2025 and the shipped words, in a folder of their own."""
    for year in (2024, 2025):
        folder = root / "inputs" / str(year)
        illustrative.write(folder, year, notices, responses=RESPONSES)
        if official:
            survey = illustrative.year(year, notices, responses=RESPONSES)["survey"]
            (folder / "release.toml").write_text(as_toml(signed(year, survey)), "utf-8")
    shutil.copytree(words, root / "templates")
    return Workspace(root / "inputs", root / "templates", root / "outputs")
