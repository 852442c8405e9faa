"""The vocabulary of templates: what each word prints, and what each condition answers."""

import pytest
from finished import release
from wording import KNOWN, define, replace, say

PRINTED = [
    ("penalties.issued", "2,134"),
    ('penalties.issued(role="driver")', "1,790"),
    ('penalties.issued(role="driver", section="32")', "1,000"),
    ('penalties.issued(section="32", role="driver")', "1,000"),
    ('penalties.issued(year="last")', "1,921"),
    ('stat("penalties.issued")', "2,134"),
    ('stat("penalties.issued", role="driver")', "1,790"),
    ('penalties.issued(place="UK port", as="words")', "34"),
    ('appeals.decided(as="words")', "one"),
    ("appeals.lodged", "none"),
    ("value.initial", "£4.2 million"),
    ('value.initial(as="full")', "£4,213,500"),
    ("value.initial_median", "£6,000"),
    ("objections.rate", "43%"),
    ('objections.rate(as="decimal")', "43.4%"),
    ("objections.days.median", "36 days"),
    ("change(penalties.issued)", "213"),
    ('change(penalties.issued, role="driver")', "11"),
    ('change(penalties.issued(role="driver"))', "11"),
    ('change("penalties.issued", as="percent")', "11%"),
    ("change(objections.rate)", "3 percentage points"),
    ("change(objections.days.median)", "1 day"),
    ("change(value.initial)", "£213,500"),
    ("compared(penalties.issued)", ", 213 more than in 2024 to 2025"),
    ('compared(penalties.issued, role="driver")', ", 11 fewer than in 2024 to 2025"),
    ('compared(penalties.issued, place="Calais")', ", the same as in 2024 to 2025"),
    ("compared(objections.days.median)", ", 1 day more than in 2024 to 2025"),
    ("compared(value.initial)", ", £213,500 higher than in 2024 to 2025"),
    ('compared(penalties.issued, role="hirer")', ""),
    ("compared(appeals.decided)", ""),
    ("compared(money.issued)", ""),
    ('share(penalties.issued, role="driver")', "84%"),
    ('share(penalties.issued, place="Inland")', "0%"),
    ('largest(penalties.issued, by="role")', "drivers"),
    ('largest(penalties.issued, by="role", as="name")', "driver"),
    ('largest(penalties.issued, by="role", as="number")', "1,790"),
    ('largest(penalties.issued, by="role", as="share")', "84%"),
    ('largest(penalties.issued, by="place", rank=2)', "at Dunkerque"),
    ('penalties.issued(role=largest(penalties.issued, by="role"))', "1,790"),
    ('rose_most(penalties.issued, by="place")', "at Coquelles"),
    ('fell_most(penalties.issued, by="place")', "inland"),
    ('fell_most(penalties.issued, by="place", as="before")', "111"),
    ("definition(penalties.issued)", "Notices dated in the year."),
    ('level(section="32")', "£6,000"),
    ('level(section="32", occasion="third or later")', "£10,000"),
    ('level(section="31A", occasion="first", aggregate=true)', "£3,000"),
    ('level(section="32", regime="Fixed")', "£2,000"),
    ('clock("payment")', "60 days"),
    ('clock("appeal in Scotland")', "21 days"),
    ('reduction("compliance")', "50%"),
    ("period", "2025 to 2026"),
    ("last_period", "2024 to 2025"),
    ("periods", "2024 to 2025 and 2025 to 2026"),
    ("as_at", "30 June 2026"),
    ("release.last_month", "March 2026"),
    ("release.threshold", "5"),
    ("audit.hidden", "7"),
]


@pytest.mark.parametrize(("word", "text"), PRINTED)
def test_each_word_prints_its_value(word, text):
    said = say(f"It says {{{{ {word} }}}}")
    assert said.problems == ()
    assert said.text.replace(" ,", ",") == f"It says {text}".replace(" ,", ",").strip()


TAKES_OUT = [
    'penalties.issued(role="hirer")',
    "money.issued",
    'appeals.decided(year="last")',
    'change(penalties.issued, role="hirer")',
    'change(penalties.issued, place="Calais")',
    'change(appeals.lodged, as="percent")',
    'change(penalties.issued, place="UK port", as="percent")',
    'share(penalties.issued, role="hirer")',
    'largest(penalties.issued, by="place")',
    'largest(incidents.count, by="place")',
    'only(penalties.issued, by="role")',
    'rose_most(incidents.count, by="place")',
    "release.isbn",
    "widest_gap().wording",
    'quote(theme="paying")',
    'actions(status="dropped")',
]


@pytest.mark.parametrize("word", TAKES_OUT)
def test_a_word_that_cannot_be_said_takes_its_sentence_out(word):
    said = say(f"First.\nIt says {{{{ {word} }}}}")
    assert said.problems == ()
    assert said.text == "First."


YES, NO, NOBODY = "yes", "no", "nobody knows"
ANSWERS = [
    ("has_last_year", YES),
    ("is_there(penalties.issued)", YES),
    ('is_there(penalties.issued, role="hirer")', NO),
    ("is_there(money.issued)", NO),
    ('is_there(penalties.issued, role="hirer", year="last")', YES),
    ("has_all_months(team.cases_open)", NO),
    ('has_all_months(team.cases_open, year="last")', NO),
    ('in_force("2026 scheme")', YES),
    ('in_force("2026 scheme", day="first")', NO),
    ("release.isbn", NO),
    ("release.title", YES),
    ("rose(penalties.issued)", YES),
    ('rose(penalties.issued, role="hirer")', NOBODY),
    # and, or, not
    ('rose(penalties.issued) and fell(penalties.issued, role="driver")', YES),
    ('rose(penalties.issued) and rose(penalties.issued, role="hirer")', NOBODY),
    ('rose(penalties.issued) or rose(penalties.issued, role="hirer")', YES),
    ('rose(penalties.issued, role="hirer") or rose(penalties.issued)', YES),
    ('rose(penalties.issued, role="hirer") or fell(penalties.issued)', NOBODY),
    ('not (rose(penalties.issued, role="hirer") or fell(penalties.issued))', NOBODY),
    ('not (rose(penalties.issued, role="hirer") and rose(penalties.issued))', NOBODY),
    ('not not rose(penalties.issued, role="hirer")', NOBODY),
]


@pytest.mark.parametrize(("condition", "answer"), ANSWERS)
def test_each_condition_has_its_answer(condition, answer):
    said = say(f"{{% if {condition} %}}yes{{% elif not ({condition}) %}}no{{% else %}}nobody knows{{% endif %}}")
    assert said.problems == ()
    assert said.text == answer


def test_a_message_names_a_month_and_not_its_placeholder():
    said = say('{{ first_in_each("incidents.count", by=release.last_month, each="place") }}')
    assert "“2026-03”" in said.problems[0].message


def test_the_widest_gap_permits_a_superlative():
    assert say("The biggest gap is on question {{ widest_gap().number }}.").codes == []


@pytest.mark.parametrize("note", ["First published.", "First published", " first published. "])
def test_a_first_publication_has_no_change_note(note):
    publication = replace(release().publication, change_note=note)
    words = "Changed: {{ release.change_note }}\nor: New."
    assert say(words, of=replace(release(), publication=publication)).text == "New."


def test_a_change_note_is_printed():
    given = replace(release(), publication=replace(release().publication, change_note="Table 3 corrected"))
    assert say("Changed: {{ release.change_note }}", of=given).text == "Changed: Table 3 corrected"


def test_a_near_miss_of_a_category_is_a_notice():
    said = say('{% if is_there(survey.themes, theme="langage") %}Yes.{% else %}No.{% endif %}')
    assert said.text == "No."
    assert (said.only.code, said.only.severity) == ("unknown-category", "notice")
    assert said.only.hint == "Did you mean “language”?"
    printed = say('First.\nIt was {{ survey.themes(theme="langage") }}.')
    assert (printed.text, printed.only.severity) == ("First.", "notice")


def test_the_vocabulary_knows_measures_of_other_years():
    assert define("x", "notices").breakdowns == ()
    assert "money.issued" in KNOWN
    assert say("{% if is_there(money.isued) %}Words.{% endif %}").only.code == "unknown-figure"
    assert say("Words {{ money.isued }}.").only.hint == "Did you mean “money.issued”?"
