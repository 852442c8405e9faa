"""Made-up questions and comments of an illustrative survey. Data only.

Themes link comments to the actions that respond to them.
"""

from typing import Final

QUESTIONS: Final = (
    (
        "notice_clear",
        "How clear was the penalty notice about what happened and why?",
        "scale",
        "Very clear; Fairly clear; Not very clear; Not at all clear; Don't know",
        "Very clear; Fairly clear",
        (22, 38, 22, 12, 6),
    ),
    (
        "objecting_easy",
        "How easy was it, or would it be, to object to a penalty?",
        "scale",
        "Very easy; Fairly easy; Fairly difficult; Very difficult; Don't know",
        "Very easy; Fairly easy",
        (11, 30, 29, 18, 12),
    ),
    (
        "decisions_fair",
        "How fair are the decisions of the penalty team?",
        "scale",
        "Very fair; Fairly fair; Not very fair; Not at all fair; Don't know",
        "Very fair; Fairly fair",
        (9, 30, 30, 22, 9),
    ),
    (
        "decisions_prompt",
        "How satisfied are you with the time that decisions take?",
        "scale",
        "Very satisfied; Fairly satisfied; Fairly dissatisfied; Very dissatisfied; Don't know",
        "Very satisfied; Fairly satisfied",
        (8, 27, 30, 22, 13),
    ),
    (
        "guidance_useful",
        "How useful is the guidance on securing a vehicle?",
        "scale",
        "Very useful; Fairly useful; Not very useful; Not at all useful; Have not seen it",
        "Very useful; Fairly useful",
        (24, 37, 15, 8, 16),
    ),
    (
        "own_language",
        "Was the information that you needed there in a language you read well?",
        "single",
        "Yes, all of it; Some of it; None of it; Don't know",
        "Yes, all of it",
        (41, 33, 17, 9),
    ),
    (
        "knows_scheme",
        "Do you know about the Civil Penalty Accreditation Scheme?",
        "single",
        "Yes, as a member; Yes, but not a member; No",
        "Yes, as a member; Yes, but not a member",
        (14, 42, 44),
    ),
    (
        "would_help",
        "Which of these would help you most?",
        "multiple",
        "Checklist for drivers; Videos in more languages; Secure parking near ports; Faster decisions; A named contact; None of these",
        "",
        (44, 33, 52, 39, 31, 5),
    ),
)
REWORDED: Final = {"decisions_prompt": "How satisfied are you with how quickly decisions are made?"}

COMMENTS: Final = {
    "notice wording": (
        "The notice named the check, but not how to do it better.",
        "It took us a long time to find the date by which to object.",
        "The summary on the first page helped, but the pages behind it did not.",
        "The summary is easier to follow than the rest of the notice.",
        "The letter uses legal words that our drivers do not know.",
    ),
    "time to decide": (
        "We knew that the objection had arrived, but then waited for weeks.",
        "The decision came quickly and gave reasons.",
        "Waiting for the decision made it hard to plan the accounts of the firm.",
        "Please say in each case how long the decision is likely to take.",
        "The answer came just before the date for payment, which was stressful.",
    ),
    "fairness": (
        "We followed every check on the list and were penalised all the same.",
        "Two similar cases of ours were decided in different ways.",
        "The person who decided had clearly read what we sent in.",
        "It feels wrong that reporting a person in the trailer leads to a penalty.",
        "The reduction took the size of the business into account, which was right.",
    ),
    "guidance": (
        "The checklist is good but does not fit curtain-sided trailers.",
        "The pictures made it clear what a secure vehicle looks like.",
        "The guidance should say what to do when a lock breaks on the road.",
        "Checking the roof is not possible without equipment.",
        "The page on vehicle security answered our questions.",
    ),
    "language": (
        "The driver could not read the notice because it came in English only.",
        "Most of our drivers use the checklist in Romanian.",
        "Videos with subtitles would help more than long documents.",
        "It helped that the officer had a sheet in several languages.",
    ),
    "objecting": (
        "The list of evidence to send with an objection saved us time.",
        "The form for objecting should be possible to fill in on a telephone.",
        "It was good to hear on the same day that our objection had arrived.",
        "Objecting was straightforward once we found the address.",
    ),
    "paying": (
        "Paying in instalments was agreed without difficulty.",
        "We paid for the driver and were not sure how that would be recorded.",
        "Paying from abroad was simple once we had found the page.",
        "A reminder before the payment date would be welcome.",
    ),
    "secure parking": (
        "There are too few secure places to park within an hour of the port.",
        "People get in while the driver takes the rest that the law requires.",
        "Better lighting on the approach roads would do more than penalties.",
    ),
    "contact": (
        "It would help to have one person to speak to about a case.",
        "Nobody answered the telephone, but we were called back the next day.",
        "The team was polite and explained the next steps.",
    ),
}


METHOD: Final = {
    "strategy": "A self-completion survey of people who had been in contact with the scheme, open for eight weeks.",
    "sponsor": "The penalty team's engagement lead sponsored it and carried it out.",
    "instrument": "A form asked for people's role, whether they had had a penalty and where their vehicle is registered. Eight questions with set answers followed; their words stand in “What people told us”. The last, open question was: “Is there anything else that you would like to tell us?”",
    "population": "Drivers, owners, hirers and operators of vehicles that come to the United Kingdom.",
    "sample": "People with a penalty in the year were invited directly, as far as an address was known; trade bodies passed on invitations; a link was open to all.",
    "mode": "Online, with a paper form on request.",
    "dates": "In the eight weeks after the end of the reporting year.",
    "sizes": "The number who answered stands with each question; intervals are 95% Wilson score intervals.",
    "weighting": "The answers are not weighted.",
    "processing": "Answers were checked for repeats; comments were coded to themes by two people.",
    "limitations": "People chose whether to answer. Those who did may differ from those who did not, so the results describe them alone.",
}
