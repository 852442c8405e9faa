"""The whole way: comments that name people, all to be quoted, and a report in which nobody stands."""

import csv
import io
import random

import pytest
from small import RESPONSES, release_quotes, undecided, workspace
from test_names import SHAPES, names

from reportgen.app import build
from reportgen.app.progress import Progress, quiet
from reportgen.app.protected_year import calculate
from reportgen.model.edition import Edition

LANGUAGES = ("en_IE", "pl_PL", "ro_RO", "tr_TR", "uk_UA", "el_GR", "bg_BG", "hu_HU", "lt_LT", "fr_FR")
QUOTED = "The page on vehicle security answered our questions."


def surveyed(folder, comments):
    """Put the comments into the survey, each with a theme that others have too, all of them to be quoted."""
    path = folder / "survey.csv"
    survey = list(csv.DictReader(io.StringIO(path.read_text("utf-8-sig"))))
    assert len(comments) < len(survey)
    themes = [row["themes"] for row in survey if row["themes"]]
    for number, row in enumerate(survey):
        said = comments[number] if number < len(comments) else QUOTED
        row |= {"comment": said, "quotable": "yes", "themes": themes[number % len(themes)]}
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(survey[0]))
        writer.writeheader()
        writer.writerows(survey)


@pytest.mark.parametrize("half", [0, 1])
def test_names_of_ten_languages_are_in_no_output(tmp_path, half):
    chance = random.Random(half)
    made = workspace(tmp_path, 60)
    said = {}
    for language in LANGUAGES[half::2]:
        first, last = names(language, "first"), names(language, "last")
        for shape in SHAPES:
            one, other = (chance.choice([name for name in some if len(name) > 4]) for some in (first, last))
            said[shape.format(first=one, last=other, small=one.lower(), initial=other[0])] = (one, other)
    assert len(said) < RESPONSES
    undecided(made, 2025)
    surveyed(made.inputs / "2025", list(said))
    release_quotes(made, 2025)
    publication = build.build(made, Edition(2025), only=frozenset({"html", "md", "csv"}))
    printed = "\n".join(data.decode("utf-8", "replace") for data in publication.files.values())
    assert QUOTED in printed
    assert not [comment for comment in said if comment in printed]
    assert not [name for some in said.values() for name in some if f" {name} " in printed]


def test_an_action_that_names_somebody_is_a_notice_of_the_build(tmp_path):
    made = workspace(tmp_path, 60)
    path = made.inputs / "2025" / "actions.csv"
    text = path.read_text("utf-8-sig")
    heard = "The main facts are spread over several pages"
    assert heard in text
    path.write_text(text.replace(heard, "S. Brown could not find the facts"), "utf-8")
    work = Progress(quiet)
    calculate(made, Edition(2025), work, drawn=False)
    assert [problem.column for problem in work.problems if problem.code == "names-somebody"] == ["heard"]
