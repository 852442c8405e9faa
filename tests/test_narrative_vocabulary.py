"""The vocabulary of templates: what each word prints and each condition answers."""

import pytest
from finished import release
from wording import KNOWN, define, replace, say

PRINTED = [
    ('stat("penalties.issued")', "2,134"),
    ('stat("penalties.issued", role="driver")', "1,790"),
    ('stat("penalties.issued", role="driver", section="32")', "1,000"),
    ('stat("penalties.issued", section="32", role="driver")', "1,000"),
    ('stat("penalties.issued", year="last")', "1,921"),
    ('stat("penalties.issued", noun="notice")', "2,134 notices"),
    ('stat("appeals.decided", noun="notice")', "1 notice"),
    ('stat("appeals.decided", noun="person/people")', "1 person"),
    ('stat("appeals.lodged", noun="person/people")', "0 people"),
    ('stat("appeals.lodged", as="words", noun="appeal")', "no appeals"),
    ('stat("appeals.decided", as="words", noun="appeal")', "one appeal"),
    ('stat("penalties.issued", place="UK port", as="words")', "34"),
    ('stat("value.initial")', "£4,213,500"),
    ('stat("value.initial", as="short")', "£4.2 million"),
    ('stat("objections.rate")', "43%"),
    ('stat("objections.rate", as="decimal")', "43.4%"),
    ('stat("objections.days.median")', "36 days"),
    ('change("penalties.issued")', "213"),
    ('change("penalties.issued", role="driver")', "11"),
    ('change("penalties.issued", as="percent")', "11%"),
    ('change("penalties.issued", noun="notice")', "213 notices"),
    ('change("objections.rate")', "3 percentage points"),
    ('change("objections.days.median")', "1 day"),
    ('change("value.initial", as="short")', "£213,500"),
    ('compared("penalties.issued")', ", 213 more than in 2024 to 2025"),
    ('compared("penalties.issued", role="driver")', ", 11 fewer than in 2024 to 2025"),
    ('compared("penalties.issued", place="Calais")', ", the same as in 2024 to 2025"),
    ('compared("objections.days.median")', ", 1 day more than in 2024 to 2025"),
    ('compared("value.initial")', ", £213,500 higher than in 2024 to 2025"),
    ('compared("penalties.issued", role="hirer")', ""),
    ('compared("appeals.decided")', ""),
    ('compared("money.issued")', ""),
    ('rose_or_fell("penalties.issued")', "rose"),
    ('rose_or_fell("penalties.issued", role="driver")', "fell"),
    ('rose_or_fell("penalties.issued", place="Calais")', "stayed the same"),
    ('more_or_fewer("penalties.issued")', "more"),
    ('more_or_fewer("penalties.issued", role="driver")', "fewer"),
    ('more_or_fewer("penalties.issued", place="Calais")', "the same number of"),
    ('share_of_total("penalties.issued", role="driver")', "84%"),
    ('share_of_total("penalties.issued", place="Inland")', "0%"),
    ('largest("penalties.issued", by="role")', "driver"),
    ('largest("penalties.issued", by="role", as="plural")', "drivers"),
    ('largest("penalties.issued", by="place")', "Calais and Coquelles"),
    ('largest("penalties.issued", by="place", rank=2)', "Dunkerque"),
    ('stat("penalties.issued", role=largest("penalties.issued", by="role"))', "1,790"),
    ('rose_most("penalties.issued", by="place")', "Coquelles"),
    ('fell_most("penalties.issued", by="place")', "Inland"),
    ('definition("penalties.issued")', "Notices dated in the year."),
    ('level(section="32")', "£6,000"),
    ('level(section="32", occasion="third or later")', "£10,000"),
    ('level(section="31A", occasion="first", aggregate=true)', "£3,000"),
    ('level(section="32", regime="Fixed")', "£2,000"),
    ('clock("payment")', "60 days"),
    ('clock("appeal in Scotland")', "21 days"),
    ('reduction("compliance")', "50%"),
    ("release.period", "2025 to 2026"),
    ("release.as_at", "30 June 2026"),
    ("release.previous_period", "2024 to 2025"),
    ("release.last_month", "March 2026"),
    ("release.isbn", ""),
    ("release.threshold", "5"),
    ("audit.hidden", "7"),
]


@pytest.mark.parametrize(("word", "text"), PRINTED)
def test_each_word_prints_its_value(word, text):
    said = say(f"{{{{ {word} }}}}")
    assert said.problems == ()
    assert said.text == text.strip()


YES, NO, NOBODY = "yes", "no", "nobody knows"
ANSWERS = [
    ("has_last_year", YES),
    ('is_there("penalties.issued")', YES),
    ('is_there("penalties.issued", role="hirer")', NO),
    ('is_there("money.issued")', NO),
    ('is_there("penalties.issued", role="hirer", year="last")', YES),
    ('is_hidden("penalties.issued", role="hirer")', YES),
    ('is_hidden("penalties.issued")', NO),
    ('is_hidden("money.issued")', NO),
    ('is_zero("appeals.lodged")', YES),
    ('is_zero("penalties.issued")', NO),
    ('is_zero("penalties.issued", role="hirer")', NOBODY),
    ('is_zero("money.issued")', NOBODY),
    ('can_compare("penalties.issued")', YES),
    ('can_compare("penalties.issued", role="hirer")', NO),
    ('can_compare("appeals.decided")', NO),
    ('rose("penalties.issued")', YES),
    ('rose("penalties.issued", role="driver")', NO),
    ('rose("penalties.issued", place="Calais")', NO),
    ('rose("penalties.issued", role="hirer")', NOBODY),
    ('rose("penalties.issued", role="operator")', NOBODY),
    ('rose("appeals.decided")', NOBODY),
    ('rose("money.issued")', NOBODY),
    ('fell("penalties.issued", role="driver")', YES),
    ('fell("penalties.issued", role="hirer")', NOBODY),
    ('level_with_last_year("penalties.issued", place="Calais")', YES),
    ('level_with_last_year("penalties.issued", role="hirer")', NOBODY),
    ('hardly_changed("penalties.issued", role="driver")', YES),
    ('hardly_changed("penalties.issued")', NO),
    ('hardly_changed("penalties.issued", role="hirer")', NOBODY),
    ('more_than_half("penalties.issued", role="driver")', YES),
    ('more_than_half("penalties.issued", role="owner")', NO),
    ('more_than_half("penalties.issued", role="hirer")', NOBODY),
    ('more_than_half("objections.rate")', NO),
    ('more_than_half("objections.rate", section="32")', YES),
    ('more_than_half("objections.rate", section="31A")', NOBODY),
    ('less_than_half("objections.rate")', YES),
    ('less_than_half("objections.rate", section="31A")', NOBODY),
    ('is_all("penalties.issued", role="driver")', NO),
    ('is_all("penalties.issued", role="hirer")', NOBODY),
    ('is_all("objections.rate")', NO),
    ('significantly("survey.clear.positive")', YES),
    ('significantly("survey.fair.positive")', NOBODY),
    ('is_there_largest("penalties.issued", by="role")', YES),
    ('is_there_largest("penalties.issued", by="place")', NO),
    ('is_there_largest("penalties.issued", by="place", rank=2)', YES),
    ('is_there_largest("incidents.count", by="place")', NOBODY),
    ('is_there_largest("team.cases_open", by="month")', NOBODY),
    ('has_all_months("team.cases_open")', NO),
    ('has_all_months("team.cases_open", year="last")', NO),
    ('value("penalties.issued") > 2000', YES),
    ('value("penalties.issued") < 2000', NO),
    ('2000 < value("penalties.issued")', YES),
    ('value("penalties.issued") == 2134', YES),
    ('value("penalties.issued") != 2134', NO),
    ('100 < value("penalties.issued") < 3000', YES),
    ('value("penalties.issued") > value("penalties.issued", year="last")', YES),
    *((f'value("penalties.issued", role="hirer") {sign} 5', NOBODY) for sign in ("<", ">", "<=", ">=", "==", "!=")),
    *((f'5 {sign} value("penalties.issued", role="hirer")', NOBODY) for sign in ("<", ">", "<=", ">=", "==", "!=")),
    ('1 < value("penalties.issued", role="hirer") < 5', NOBODY),
    ('value("objections.rate") > 0.433', NO),
    ('value("objections.rate") == 0.43', YES),
    ('value("appeals.lodged")', NO),
    ('in_force("2026 scheme")', YES),
    ('in_force("2026 scheme", day="first")', NO),
    ("release.isbn", NO),
    ("release.title", YES),
    # and, or, not
    ('rose("penalties.issued") and fell("penalties.issued", role="driver")', YES),
    ('rose("penalties.issued") and rose("penalties.issued", role="hirer")', NOBODY),
    ('rose("penalties.issued") or rose("penalties.issued", role="hirer")', YES),
    ('rose("penalties.issued", role="hirer") or rose("penalties.issued")', YES),
    ('rose("penalties.issued", role="hirer") or fell("penalties.issued")', NOBODY),
    ('not (rose("penalties.issued", role="hirer") or fell("penalties.issued"))', NOBODY),
    ('not (rose("penalties.issued", role="hirer") and rose("penalties.issued"))', NOBODY),
    ('not not rose("penalties.issued", role="hirer")', NOBODY),
    ('not value("penalties.issued", role="hirer")', NOBODY),
    ('rose("penalties.issued", role="hirer") == false', NOBODY),
    ('rose("penalties.issued", role="hirer") != true', NOBODY),
    ('rose("penalties.issued") == true', YES),
    ('not rose_most("incidents.count", by="place")', NOBODY),
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
    assert say("{% if widest_gap() %}The biggest gap is on question {{ widest_gap().number }}.{% endif %}").codes == []


@pytest.mark.parametrize("note", ["First published.", "First published", " first published. "])
def test_a_first_publication_has_no_change_note(note):
    publication = replace(release().publication, change_note=note)
    words = "{% if release.change_note %}Changed.{% else %}New.{% endif %}"
    assert say(words, of=replace(release(), publication=publication)).text == "New."


def test_the_note_of_a_first_publication_prints_nothing():
    words = "Changed: {{ release.change_note }}.{% if not release.change_note %} Nothing.{% endif %}"
    for note, said in (
        ("First published.", "Changed: . Nothing."),
        ("Table 3 corrected", "Changed: Table 3 corrected."),
    ):
        given = replace(release(), publication=replace(release().publication, change_note=note))
        assert said in say(words, of=given).text


def test_a_near_miss_of_a_category_in_a_condition_is_a_notice():
    said = say('{% if is_there("survey.themes", theme="langage") %}Yes.{% else %}No.{% endif %}')
    assert said.text == "No."
    assert (said.only.code, said.only.severity) == ("unknown-category", "notice")
    assert said.only.hint == "Did you mean “language”?"
    printed = say('{{ stat("survey.themes", theme="langage") }}')
    (problem,) = [one for one in printed.problems if one.severity == "problem"]
    assert problem.code == "no-such-figure"
    assert problem.hint.startswith("Did you mean “language”?")


def test_the_vocabulary_knows_measures_of_other_years():
    assert define("x", "notices").breakdowns == ()
    assert "money.issued" in KNOWN
    assert say('{% if is_there("money.isued") %}Words.{% endif %}').only.code == "unknown-figure"
