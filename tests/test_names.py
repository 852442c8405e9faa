"""Names of people keep a comment from being quoted, in every language and shape; ordinary English does not."""

import csv
import importlib.util
import random
from dataclasses import replace
from importlib import import_module
from pathlib import Path

import pytest
from small import ROOT
from wording import action

from reportgen.disclosure.free_text import person_names, screening, word_lists
from reportgen.model.records import Comment, Recommendation, Records

LANGUAGES = (
    *("en_GB", "en_US", "en_IE", "ga_IE", "pl_PL", "ro_RO", "tr_TR", "uk_UA", "el_GR", "bg_BG", "hu_HU", "lt_LT"),
    *("lv_LV", "et_EE", "nl_NL", "de_DE", "fr_FR", "es_ES", "it_IT", "cs_CZ", "sk_SK", "hr_HR", "sl_SI", "sv_SE"),
    *("da_DK", "fi_FI", "pt_PT", "ru_RU", "vi_VN", "ar_AA", "fa_IR", "hi_IN"),
)
ACTION = action("A-01")
SHAPES = (
    "{last} told us that the seal was not good.",
    "{last} (driver) was not told.",
    "{last}, the driver, was not told.",
    "{last} in the office has all the papers.",
    "{last} never answered my letter.",
    "It was signed by {last}.",
    "Then {last} opened the doors.",
    "{initial}. {last} was not told.",
    "The notice went to {initial}. {last} in April.",
    "{last}'s lorry was searched twice.",
    "Our driver {last} had no chance.",
    "We wrote to {initial}.{initial}. {last} about the fine.",
    "I asked {first} to check the seal.",
    "{first} and I checked the trailer.",
    "my boss {small} paid for all of us",
    "ask {small} for the papers",
    "{first} {last} was fined twice.",
    "{first} {initial}. told us to wait.",
    "My brother {first} drives for them.",
)
EACH = 20
"""Comments of each language in each shape."""


def names(language, of):
    provider = import_module(f"faker.providers.person.{language}").Provider
    lists = [
        getattr(provider, name)
        for name in sorted(dir(provider))
        if f"{of}_name" in name and "format" not in name and not callable(getattr(provider, name))
    ]
    return sorted({name for some in lists for name in some if isinstance(name, str) and len(name) > 1})


@pytest.mark.parametrize("language", LANGUAGES)
def test_names_of_a_language_are_refused_in_every_shape(language):
    chance = random.Random(language)
    first, last = names(language, "first"), names(language, "last")
    assert len(first) > 5
    assert len(last) > 5
    said = []
    for shape in SHAPES:
        for _ in range(EACH):
            one, other = chance.choice(first), chance.choice(last)
            said.append(shape.format(first=one, last=other, small=one.lower(), initial=other[0]))
    missed = [comment for comment in said if not screening.kinds(comment)]
    assert len(missed) <= len(said) / 100, missed


@pytest.mark.parametrize(
    "comment",
    [
        "D. O'Keeffe-Byrne had no letter.",
        "P O'Rourke had no letter.",
        "J. Short-Long had no letter.",
        "Kowalczyk (the driver) was not told.",
        "Baker (driver) was not told.",
        "Baker, the driver, was not told.",
        "Banks, our manager, was not told.",
        "They sent it to T. Baker at once.",
        "They sent it to T. Nwosu at once.",
        "Baker in the office has all the papers.",
        "Tkachenko in the office has all the papers.",
        "Ó Súilleabháin has the papers.",
        "Wójcik has the papers.",
        "Țîrlea has the papers.",
        "Çağlayan has the papers.",
        "Тарасенко has the papers.",
        "Παπαδόπουλος has the papers.",
        "Brown said that the seal was good.",
        "Price said that the seal was good.",
        "Price (driver) was not told.",
        "Baker's trailer was sealed.",
        "Banks's trailer was sealed.",
        "Mark and I checked the trailer.",
        "Mark Dover checked the trailer.",
        "Mark B. told us to wait.",
        "Zed K. told us to wait.",
        "We heard of it through Mark.",
        "I heard MARK say so.",
        "ask mark for the papers",
        "i told will about the seal",
        "my boss will paid for it",
        "my husband hunter paid for it",
        "thanks to grace at the desk",
        "j baker checked the trailer",
        "sergeant baker checked the trailer",
        "We spoke to Preston about the fine.",
        "Kent told us to wait.",
        "Jordan was asleep.",
        "Kent, the driver, was asleep.",
        "I gave it to K. at the desk.",
        "The officer was JKW from the port.",
        "The Woodcock-Baker family drives for us.",
        "Jean-Luc was asleep.",
        "the seals of john were good",
        "baker told me to wait",
        "Holland's trailer was sealed.",
        "Flowers's trailer was sealed.",
        "Baker and my brother, at the port.",
        "Zed A. told us to wait.",
        "my friend baker paid for it",
        "Preston was in the cab.",
        "June was helpful.",
        "Wood was rude to us.",
        "Fox handles the paperwork.",
        "Mark",
        "Baker: no fine.",
        "it was ray who told us",
        "because baker said so",
        "the officer was called dale",
        "my friend hunter paid for it",
        "Grace on the helpline sorted it.",
        "Woodcock told us.",
        "my surname is bean",
        "April from your team was helpful.",
        "Can at the gate waved me through.",
        "The letter for dean was late.",
        "a guard named pike was there",
        "i work for hill",
    ],
)
def test_a_name_is_found_by_its_context(comment):
    assert {person_names.NAME, "letters of another alphabet"}.intersection(screening.kinds(comment))


@pytest.mark.parametrize(
    "comment",
    [
        "Mark the trailers that were checked.",
        "Will you answer our letters?",
        "The driver will wait and may sleep.",
        "The price was too high, but the staff were good.",
        "May is the worst month and April is not much better.",
        "Drivers told us that the seal was good.",
        "Price was the reason, and cost too.",
        "France's rules are strict, and Kent's lorry parks are few.",
        "Kent was full and Dover was closed.",
        "In Jordan and in Chad there is no such law.",
        "We spoke to Dover and to Calais.",
        "He asked for the grade B licence under section A.",
        "It was NOT fair and NEVER will be.",
        "WE CHECK EACH TYRE AND KERB",
        "The M20, the A16 and the E40 have no 24h parking for a 40ft trailer.",
        "We organise, authorise and analyse at the centre in a colourful way.",
        "The U.K. and the E.U. should talk.",
        "The CMR, the TIR carnet and two HGVs were checked at 10pm.",
        "The Czech Republic and the Isle of Man are far away.",
        "curtain-siders and owner-drivers and 28-day limits",
        "a café and a façade",
        "The A20's lay-bys were closed in the Covid-19 years, Mon-Fri 9-5.",
        "It costs £6k for 7.5t on a C+E licence, i.e. too much; 24/7 is T&Cs.",
        "non-EU drivers, Brits, Poles and UK-based firms",
        "The AETR and two PCNs came.",
        "The officer will wait and the manager can help.",
        "June was wet and April was busy.",
        "Took seven months. SEVEN.",
        "Hunters and bakers told us.",
        "Guidance is good. Enforcement was not. Parking has to change.",
        "Don't say we didn't; it's the driver's word and the drivers' too.",
    ],
)
def test_ordinary_english_passes(comment):
    assert screening.kinds(comment) == ()


@pytest.mark.parametrize(
    "comment",
    [
        "the letter was zrozumiały for nobody",
        "the letter was unclearly wordisch",
        "my kolega paid for it",
        "the driver was kowalczyk",
        "KOWALCZYK CHECKED THE TRAILER",
        "the code is x9z",
        "Widocznie nikt nie czyta listów.",
    ],
)
def test_a_word_that_is_in_no_list_is_refused(comment):
    assert {person_names.UNKNOWN, person_names.NAME}.intersection(screening.kinds(comment))


@pytest.mark.parametrize(
    ("kind", "comment"),
    [
        ("signs of a formula", "=1+cmd|' /C calc'!A0"),
        ("signs of a formula", "+we were not told"),
        ("signs of a formula", "-we were not told"),
        ("signs of a formula", "@sum(we were not told)"),
        ("signs of a formula", "  '=we were not told"),
        ("signs of a formula", "we were not told = unfair"),
        ("signs of a formula", "＝we were not told"),
        ("signs of a markup language", "# We were not told"),
        ("signs of a markup language", "We were told:\n- nothing"),
        ("signs of a markup language", "> We were not told"),
        ("signs of a markup language", "We were **not** told"),
        ("signs of a markup language", "We were `not` told"),
        ("signs of a markup language", "We were <b>not</b> told"),
        ("signs of a markup language", "We were &lt;not&gt; told"),
        ("signs of a markup language", "We were [not](told)"),
        ("signs of a markup language", "We were {{ not }} told"),
        ("signs of a markup language", "We were \\not told"),
        ("signs that nobody sees", "We were \u202eton\u202c told"),
        ("signs that nobody sees", "We were n\u200bot told"),
        ("signs that nobody sees", "We were \u2067not\u2069 told"),
        ("signs that nobody sees", "We were not\x07 told"),
        ("signs that nobody sees", "We were not\ue000 told"),
        ("letters of another alphabet", "We were nоt told"),
        ("letters of another alphabet", "Нам не сказали"),
        ("letters of another alphabet", "Δεν μας είπαν"),
        ("letters of another alphabet", "لم يخبرنا أحد"),
    ],
)
def test_what_is_no_plain_text_is_refused(kind, comment):
    assert kind in screening.kinds(comment)


@pytest.mark.parametrize("comment", ["We were told\nat 10:30,\tnot before.", "5% - 10% less; A/B", "It was fine :)"])
def test_plain_text_with_signs_passes(comment):
    assert screening.kinds(comment) == ()


def test_words_of_the_lists_are_in_small_letters_and_not_ordinary_already():
    known = word_lists.words()
    assert not [word for word in known.english | known.nobody | known.first_names if word != word.casefold()]


@pytest.fixture
def tool(monkeypatch):
    monkeypatch.syspath_prepend(str(ROOT / "tools"))
    return importlib.import_module


def test_names_that_are_words_are_those_of_the_libraries(tool):
    """`tools/also_names.py` writes the lists; they are not edited by hand."""
    assert tool("also_names").found() == sorted(word_lists.words().also_names)
    assert tool("also_names").like_words() == word_lists.lines("names_like_words.txt")


def test_places_are_those_of_the_library(tool):
    """`tools/places.py` writes the lists; they are not edited by hand."""
    assert tool("places").found() == (word_lists.lines("places.txt"), word_lists.lines("places_also_names.txt"))


@pytest.mark.parametrize(
    "comment",
    [
        "Our Transport Manager keeps the Notice of Liability with the Objection Form.",
        "The Case Officer asked for a Statement of Means.",
        "Each Driver carries a Checklist and a Blanket.",
        "We slept at Irun, in Santes and near Victoria station.",
        "In Lincoln there is a good lawyer.",
        "San Sebastian and Bourg-en-Bresse have no guard; Calais's fences moved the problem.",
        "By June we had no decision.",
        "send the leter agian, the oficer waitet too",
        "It cost 25 GBP and a JPG was refused.",
        "The officer drew a picture.",
    ],
)
def test_capitals_towns_and_slips_that_name_nobody_pass(comment):
    assert screening.kinds(comment) == ()


@pytest.mark.parametrize(
    "comment",
    [
        "Lincoln told me to pay.",
        "We asked in Lincoln Baker for the form.",
        "We met Orlova at the gate.",
        "I left it in Victoria's lorry.",
        "our planner Winterbottom has the photos",
        "My boss oficer paid.",
        "I sent it to carlier by post.",
        "The Bakers drive for us.",
        "We asked the Woodcock-Bakers.",
        "signed by June",
    ],
)
def test_what_may_be_somebody_is_refused_though_it_looks_like_a_town_a_title_or_a_slip(comment):
    assert screening.kinds(comment)


@pytest.mark.parametrize(
    "words", ["S. Brown told us.", "Ask Mr Brown", "Piotr", "Baker (driver) was there", "Ring 01304 555019"]
)
@pytest.mark.parametrize("column", ["action", "heard", "owner", "outcome"])
def test_words_of_the_office_that_name_somebody_are_a_notice_that_repeats_nothing(words, column):
    (problem,) = screening.office_words(Records(actions=(replace(ACTION, **{column: words}),)))
    assert (problem.code, problem.severity, problem.file, problem.column) == (
        "names-somebody",
        "notice",
        "actions",
        column,
    )
    assert problem.value == ACTION.ref
    assert words not in repr(problem)


def test_progress_and_themes_that_name_somebody_are_a_notice():
    progress = Recommendation(3, "Do it.", "Accepted", "2026-01", "complete", "Done by J. Baker.", overdue=False)
    comment = Comment("R-4", "driver", "It was fine.", ("letter of Piotr", "letter"), quotable=True)
    found = screening.office_words(Records(recommendations=(progress,), comments=(comment,)))
    assert [(one.file, one.column, one.value) for one in found] == [
        ("recommendations", "progress", "3"),
        ("survey", "themes", "R-4"),
    ]


def test_ordinary_words_of_the_office_are_no_notice():
    said = "Leaflet was given to drivers at Calais; the NAO and Ofcom were told. Webinar is planned with the RHA."
    assert not screening.office_words(Records(actions=(replace(ACTION, outcome=said),)))


def comments(name):
    with (Path(__file__).parent / "screening" / name).open(encoding="utf-8", newline="") as file:
        return [row["comment"] for row in csv.DictReader(file)]


@pytest.mark.parametrize("name", ["named.csv"])
def test_of_comments_that_name_somebody_99_in_100_are_refused(name):
    said = comments(name)
    assert len(said) >= 300
    missed = [comment for comment in said if not screening.kinds(comment)]
    assert len(missed) <= len(said) / 100, missed


@pytest.mark.parametrize("name", ["plain.csv", "fourth_plain.csv"])
def test_of_comments_that_name_nobody_95_in_100_pass(name):
    said = comments(name)
    assert len(said) >= 300
    refused = [comment for comment in said if screening.kinds(comment)]
    assert len(refused) <= len(said) / 20, refused


@pytest.mark.parametrize(("name", "missed"), [("second", 2), ("third", 1), ("fourth", 2)])
def test_comments_of_somebody_who_had_not_seen_the_rule(name, missed):
    """At most so many of three hundred and more get through: 99.4%, 99.7% and 99.3% are refused."""
    path = Path(__file__).parent / "screening" / f"{name}_named.csv"
    with path.open(encoding="utf-8", newline="") as file:
        comments = [row["comment"] for row in csv.DictReader(file)]
    assert len(comments) >= 300
    assert sum(not screening.kinds(comment) for comment in comments) <= missed
