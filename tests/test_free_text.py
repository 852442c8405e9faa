"""Comments with anything personal are refused, with the kind named; others are let through."""

import csv
import io
from dataclasses import replace

import comments as fresh
import pytest
from small import ROOT

from reportgen.app.progress import Progress, quiet
from reportgen.app.protected_year import calculate
from reportgen.disclosure.free_text import entity_names, screening
from reportgen.model.edition import Edition
from reportgen.model.records import Comment, Records
from reportgen.model.stages import Workspace
from reportgen.synthetic import made_up_year
from reportgen.synthetic.survey_wording import COMMENTS

EMAIL, WEB, PHONE, INSURANCE = "an email address", "a web address", "a telephone number", "a National Insurance number"
PLATE, POSTCODE, ADDRESS, DATE = "a vehicle registration", "a postcode", "an address", "a date"
REFERENCE, NUMBER, NAME, FIRM = "a reference", "a number of an account or a document", "a name", "a firm"
OURS = "a reference of the inputs"
REFERENCES = frozenset({"N-000123", "I-000045", "CE/2025/77", "0042", "7", "AB12"})

PLANTED = (
    (EMAIL, "Write to office@example.com if you want the papers."),
    (EMAIL, "My address is driver.one+uk@example.co.uk, please answer."),
    (EMAIL, "Reach me under office @ example.com at any time."),
    (EMAIL, "You can write to office(at)example.com about this."),
    (EMAIL, "You can write to office [at] example [dot] com about this."),
    (EMAIL, "our mail is office at example dot com and nobody answered"),
    (EMAIL, "Send it to office at example.com next time."),
    (EMAIL, "Write to ｏｆｆｉｃｅ＠ｅｘａｍｐｌｅ．ｃｏｍ please."),
    (EMAIL, "Write to off\u200bice@exam\u200bple.com please."),
    (WEB, "All of it is on https://example.com/our-case for you to read."),
    (WEB, "See www.example.org for our side of it."),
    (WEB, "We wrote about it on example.pl last year."),
    (WEB, "Ask us on Facebook or at @ourhaulage any day."),
    (PHONE, "Call me on 07700 900123 any time."),
    (PHONE, "Call me on 07700900123 any time."),
    (PHONE, "The number is +44 7700 900123 and it is always on."),
    (PHONE, "The number is +48 601 234 567 and it is always on."),
    (PHONE, "The number is 0040 721 234 567 in the evening."),
    (PHONE, "My number is 0 7 7 0 0 9 0 0 1 2 3 in the evening."),
    (PHONE, "My number is 020 7946 0123 in the office."),
    (PHONE, "My number is (0113) 496-0123 in the office."),
    (PHONE, "The mobile is oh seven seven double zero nine zero zero one two three."),
    (PHONE, "Ring 601 234 567 and ask for the office."),
    (PHONE, "The number is ０７７００ ９００１２３ and it is always on."),
    (PHONE, "The number is 07700.900.123 and it is always on."),
    (INSURANCE, "My insurance number is QQ 12 34 56 C, look it up."),
    (INSURANCE, "My insurance number is AB123456C, look it up."),
    (INSURANCE, "my number is ab 12 34 56 c, look it up"),
    (PLATE, "It was the lorry AB12 CDE that was searched."),
    (PLATE, "It was the lorry AB12CDE that was searched."),
    (PLATE, "it was the lorry ab12 cde that was searched"),
    (PLATE, "It was the lorry ab12cde that was searched."),
    (PLATE, "The trailer A123 BCD was sealed."),
    (PLATE, "The trailer ABC 123D was sealed."),
    (PLATE, "The truck WGM 12345 was new."),
    (PLATE, "The truck PO 1234A was new."),
    (PLATE, "The truck CJ 12 ABC was new."),
    (PLATE, "The truck B 123 ABC was new."),
    (PLATE, "The truck B-AB 1234 was new."),
    (PLATE, "The truck HH AB 123 was new."),
    (PLATE, "The truck AB-123-CD was stopped."),
    (PLATE, "The truck AB 123 CD was stopped."),
    (PLATE, "The truck 1234 BCD was stopped."),
    (PLATE, "The truck BX-123-D was stopped."),
    (PLATE, "The truck 12-ABC-3 was stopped."),
    (PLATE, "The truck CB 1234 AB was stopped."),
    (PLATE, "The truck ABC-123 was stopped."),
    (PLATE, "The truck 1A2 3456 was stopped."),
    (PLATE, "The truck 191-D-12345 was stopped."),
    (PLATE, "The truck 1-ABC-123 was stopped."),
    (PLATE, "The truck 34 ABC 123 was stopped."),
    (PLATE, "The truck АВ12 СDЕ was stopped."),
    (PLATE, "The truck AB‑123‑CD was stopped."),
    (POSTCODE, "We are at SW1A 1AA if you want to see the yard."),
    (POSTCODE, "We are at sw1a1aa if you want to see the yard."),
    (POSTCODE, "The yard is in CT16 1JA, near the port."),
    (POSTCODE, "The yard is at 62100 Calais, near the port."),
    (POSTCODE, "The yard is in 00-950 Warszawa, near the road."),
    (POSTCODE, "The yard is in 1012 AB Amsterdam, near the road."),
    (ADDRESS, "The yard is at 12 Acacia Avenue, behind the station."),
    (ADDRESS, "the yard is at 12 acacia avenue behind the station"),
    (ADDRESS, "The yard is in Unit 5 behind the station."),
    (ADDRESS, "The yard is in the rue de Paris behind the station."),
    (ADDRESS, "The yard is in the Hauptstrasse 12 behind the station."),
    (ADDRESS, "The yard is at 7 Port Industrial Estate behind the station."),
    (ADDRESS, "Write to PO Box 1234 please."),
    (DATE, "It happened on 14 March at the tunnel."),
    (DATE, "It happened on 14/03/2025 at the tunnel."),
    (DATE, "It happened on March 14th at the tunnel."),
    (DATE, "It happened on 2025-03-14 at the tunnel."),
    (DATE, "I was born on 1.2.80 and drive since school."),
    (REFERENCE, "Our notice number 12345 was never answered."),
    (REFERENCE, "The reference PCN/2025/0042 was never answered."),
    (REFERENCE, "Case no. 2025-117 was never answered."),
    (REFERENCE, "It was PCN-004512 that came twice."),
    (REFERENCE, "It was CEC0045123 that came twice."),
    (NUMBER, "The account is 12345678 at the bank."),
    (NUMBER, "The account is GB29 NWBK 6016 1331 9268 19 at the bank."),
    (NUMBER, "My licence is MORGA657054SM9IJ and is clean."),
    (NUMBER, "The card is 4111 1111 1111 1111 and was refused."),
    (NAME, "Mr Brown told us to pay."),
    (NAME, "mrs Green told us to pay."),
    (NAME, "The officer Smith told us to pay."),
    (NAME, "My name is smith and I drive."),
    (NAME, "Piotr told us to pay."),
    (NAME, "our driver piotr was asleep"),
    (NAME, "Kowalski was asleep when they came."),
    (NAME, "Later we spoke to Fortescue about it."),
    (NAME, "It was signed, Blackwood, for the company."),
    (NAME, "My colleague Will was asleep."),
    (NAME, "Our man Pіotr was asleep."),
    (FIRM, "We at Example Haulage check every trailer."),
    (FIRM, "We at Example Ltd check every trailer."),
    (FIRM, "we at example ltd check every trailer"),
    (FIRM, "Beispiel GmbH checks every trailer."),
    (FIRM, "Przyklad Sp. z o.o. checks every trailer."),
    (FIRM, "Exemplu S.R.L. checks every trailer."),
    (FIRM, "Voorbeeld B.V. checks every trailer."),
    (FIRM, "Example Transport checks every trailer."),
    (FIRM, "Example Logistics Limited checks every trailer."),
    (FIRM, "Example Bros checks every trailer."),
    (OURS, "The notice N-000123 was wrong."),
    (OURS, "The notice n 000123 was wrong."),
    (OURS, "The notice N000123 was wrong."),
    (OURS, "The incident of CE/2025/77 was wrong."),
    (OURS, "Look at ab12 again please."),
)

INNOCENT = (
    *(comment for comments in COMMENTS.values() for comment in comments),
    "The team answered within 2 days, which was quick.",
    "I waited 6 weeks for a decision and 3 more for the letter.",
    "A fine of £10,000 for each person is too much for a small firm.",
    "We paid 1500 pounds and were never told why.",
    "The penalty went from £6,000 to £3,000 after we objected.",
    "At Calais the checks are thorough, at Dunkerque less so.",
    "The staff at Dover were helpful.",
    "Border Force should check the trailer with the driver present.",
    "The Home Office website is hard to find.",
    "Please write to drivers in Polish and Romanian too.",
    "Our drivers come from Poland, Romania and Bulgaria.",
    "The Road Haulage Association explained the rules better than the notice.",
    "We are members of a trade body and heard of it there.",
    "The rules changed in April 2025 and nobody told us.",
    "In 2023 the amounts went up too far.",
    "Since January the reductions are clearer.",
    "The M20 has no secure parking at all.",
    "Parking on the A16 is not safe at night.",
    "Section 31A is unfair to drivers who do not own the trailer.",
    "Seals to ISO 17712 should count as enough.",
    "HGV drivers need showers and fences, not fines.",
    "CO2 testers at the port found the people, we could not.",
    "I had 28 days to object and the letter took 20.",
    "We run 12 lorries and check each of them at every stop.",
    "The driver had no chance to look on the roof.",
    "Nobody could say what an effective system is.",
    "It is a good scheme but the letters are too long.",
    "Being fined for calling the police is wrong.",
    "We would use an app if there was one.",
    "I do not read English well and used my telephone to translate.",
    "The form asks for the same thing three times.",
    "The objection form does not open on a telephone.",
    "Instalments over 24 months would have saved us.",
    "The amount was more than the load was worth.",
    "There were 4 people in a tilt trailer with the cord intact.",
    "The cord was cut on the left side and mended.",
    "The photographs in the notice were too dark to see anything.",
    "Videos would help; most of us do not read long texts.",
    "The checklist should fit on one page.",
    "Thank you for asking us.",
    "No comment.",
    "Everything was fine.",
    "The appeal in the county court cost more than the penalty.",
    "We never had an answer to two letters.",
    "The decision said the same as the notice.",
    "Better: a telephone line with somebody who knows the case.",
    "A driver earns less in a month than the penalty for one person.",
    "Fence the lorry parks near the port first.",
    "Why is the hirer fined for what the owner did not do?",
    "We log every check on paper, with times, and it was not looked at.",
    "The accreditation scheme takes too long to join.",
    "Accreditation halved the penalty, which was right.",
    "About 9 in 10 of our trips go through the Channel Tunnel.",
    "The new guidance is better, the old one was 40 pages.",
    "I would like the seal check to be done together with customs.",
    "The ferry crew closed the deck and we could not check again.",
    "On the train from Coquelles nobody may leave the carriage.",
    "It felt like the officer had decided before he saw the lorry.",
    "The letter arrived at an old address of ours.",
    "We moved and the notice went to the wrong place.",
    "Explain who pays when driver and owner are both named.",
    "It was raining, dark and we were tired.",
)


def comments():
    return {row["comment"] for row in _survey() if row["comment"]}


def _survey():
    columns = made_up_year.year(2025, 20, responses=300)["survey"]
    return csv.DictReader(
        io.StringIO(
            "\n".join(
                [",".join(columns), *[",".join(f'"{c}"' for c in row) for row in zip(*columns.values(), strict=True)]]
            )
        )
    )


def test_there_are_a_hundred_of_each():
    assert len(PLANTED) >= 100
    assert len(INNOCENT) >= 100


@pytest.mark.parametrize(("kind", "comment"), PLANTED)
def test_planted_comments_are_refused_with_the_kind_named(kind, comment):
    assert kind in screening.kinds(comment, REFERENCES)


def test_innocent_comments_pass():
    refused = [comment for comment in INNOCENT if screening.kinds(comment, REFERENCES)]
    assert len(refused) <= 3, refused


@pytest.mark.parametrize(("kind", "comment"), fresh.PLANTED)
def test_comments_of_another_hand_are_refused_with_the_kind_named(kind, comment):
    assert kind in screening.kinds(comment)


def test_innocent_comments_of_another_hand_pass():
    refused = [comment for comment in fresh.INNOCENT if screening.kinds(comment)]
    assert len(refused) <= len(fresh.INNOCENT) / 20, refused


NAMES = frozenset(
    {"Kestrel Haulage Ltd", "Café Noir Transports SARL", "Road Transport Ltd", "Blue Heron", "AB12 CDE", "Ox Ltd"}
)


@pytest.mark.parametrize(
    "comment",
    [
        "we work for kestrel haulage",
        "KESTREL HAULAGE LTD. HAS NEW LOCKS",
        "kestrel never gave us a lock",
        "Kestrel's drivers get no lock",
        "the kestrels get no lock",
        "cafe noir gave us a lock",
        "all blue herons have locks",
    ],
)
def test_firms_of_the_inputs_are_found_however_they_are_written(comment):
    assert "a firm" in screening.kinds(comment, frozenset(), entity_names.known(NAMES, ()))


@pytest.mark.parametrize(
    "comment", ["road transport is hard", "we carry an ox", "a blue lock and a heron", "it is black"]
)
def test_words_of_a_firm_that_tell_nothing_pass(comment):
    assert screening.kinds(comment, frozenset(), entity_names.known(NAMES, ())) == ()


def test_a_word_that_others_use_is_no_firm():
    """“Swift” is one, unless people write of swift answers."""
    said = ("a swift answer", "not a swift one")
    assert screening.kinds("it was swift", named=entity_names.known({"Swift Ltd"}, said[:1]))
    assert not screening.kinds("it was swift", named=entity_names.known({"Swift Ltd"}, said))


def test_a_firm_that_one_comment_names_is_known_in_the_others():
    """Also where that comment is not to be quoted."""
    one, other = records("We are Kestrel Freight Ltd.", quotable=False), records("kestrel let us down")
    assert screened(other)[0]
    both = Records(comments=(*one.comments, *(replace(own, response_id="R-2") for own in other.comments)))
    quotes, (problem,) = screened(both)
    assert not quotes
    assert "a firm" in problem.message


def test_names_of_the_inputs_are_no_quotes():
    (problem,) = screening.screened(records("blue heron pays late"), lambda _: True, REFERENCES, NAMES)[1]
    assert "a firm" in problem.message


def test_columns_that_are_ignored_tell_what_no_quote_may_hold(tmp_path):
    """An export names the firms; the report does not use the column, yet no comment may name one of them."""
    folder = tmp_path / "inputs" / "2025"
    made_up_year.write(folder, 2025, 900, responses=352)
    for table, column, value in (
        ("penalties", "Company name", "Blue Heron Ltd"),
        ("incidents", "Place name", "The yard"),
    ):
        head, *rows = (folder / f"{table}.csv").read_text("utf-8").splitlines()
        (folder / f"{table}.csv").write_text(
            "\n".join([f"{head},{column}", *(f"{row},{value}" for row in rows)]), "utf-8"
        )
    survey = list(csv.DictReader(io.StringIO((folder / "survey.csv").read_text("utf-8-sig"))))
    survey[0] |= {"comment": "the yard of blue heron is dark", "quotable": "yes"}
    with (folder / "survey.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(survey[0]))
        writer.writeheader()
        writer.writerows(survey)
    work = Progress(quiet)
    made = calculate(Workspace(tmp_path / "inputs", ROOT / "templates", tmp_path), Edition(2025), work, drawn=False)
    assert made is not None
    (refused,) = [p for p in work.problems if p.code == "quote-refused" and p.value == survey[0]["response_id"]]
    assert refused.message == "A comment cannot be quoted: it seems to hold a firm."
    assert not [quote for quote in made.statistics.records.quotes if "heron" in quote.text]


@pytest.mark.parametrize("word", ["fine ", "a", "A1", "0.", "-"])
def test_a_long_story_is_refused_unread(word):
    assert screening.kinds(word * 50000) == ("more than 2,000 characters",)
    assert "more than 2,000 characters" not in screening.kinds(word * 100)


def test_illustrative_comments_all_pass():
    assert not [comment for comment in comments() if screening.kinds(comment)]


@pytest.mark.parametrize("comment", ["We waited 42 days.", "We waited 7 days.", "It was no 42 on the list."])
def test_a_short_number_is_a_figure_not_a_reference(comment):
    assert OURS not in screening.kinds(comment, frozenset({"7", "42"}))


def records(*comments, quotable=True):
    return Records(
        comments=tuple(Comment(f"R-{n}", "driver", one, ("fairness",), quotable) for n, one in enumerate(comments, 1))
    )


def screened(made, *, named=True):
    return screening.screened(made, lambda _: named, REFERENCES)


def test_a_refused_quote_is_a_notice_that_repeats_nothing():
    quotes, problems = screened(records("Call 07700 900123 or write to office@example.com."))
    assert quotes == ()
    (problem,) = problems
    assert (problem.code, problem.severity, problem.value) == ("quote-refused", "notice", "R-1")
    assert "an email address and a telephone number" in problem.message
    assert "900123" not in repr(problem)
    assert "example.com" not in repr(problem)


def test_a_quote_is_never_altered():
    said = "  We  waited\u00a0 for weeks — and weeks. "
    (quote,), problems = screened(records(said))
    assert quote.text == said
    assert not problems


def test_only_quotable_comments_are_looked_at():
    assert screened(records("Everything was fine.", quotable=False)) == ((), [])
    assert screened(records("Call 07700 900123.", quotable=False)) == ((), [])


def test_one_quote_a_response():
    made = records("Everything was fine.", "It was quick.")
    twice = replace(made, comments=tuple(replace(one, response_id="R-1") for one in made.comments))
    quotes, _ = screened(twice)
    assert [quote.text for quote in quotes] == ["Everything was fine."]


@pytest.mark.parametrize(("named", "role"), [(True, "driver"), (False, "")])
def test_a_role_is_named_only_if_its_group_may_be(named, role):
    (quote,), _ = screened(records("Everything was fine."), named=named)
    assert quote.role == role
