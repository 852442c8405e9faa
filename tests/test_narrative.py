"""The vocabulary: what each word prints and answers, never more than the displayed figures say."""

import re

import pytest
from finished import release
from wording import KNOWN, LAST, RECORDS, THIS, action, define, replace, say, statistics

from reportgen.vocabulary import comparisons

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
def test_what_a_word_prints(word, text):
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
def test_what_a_condition_answers(condition, answer):
    said = say(f"{{% if {condition} %}}yes{{% elif not ({condition}) %}}no{{% else %}}nobody knows{{% endif %}}")
    assert said.problems == ()
    assert said.text == answer


HIDDEN = 'penalties.issued", role="hirer'


@pytest.mark.parametrize(
    "condition",
    [
        f'not rose("{HIDDEN}")',
        f'not fell("{HIDDEN}")',
        f'not is_zero("{HIDDEN}")',
        f'not more_than_half("{HIDDEN}")',
        f'not level_with_last_year("{HIDDEN}")',
        f'value("{HIDDEN}") < 5',
        f'value("{HIDDEN}") != 0',
        f'not value("{HIDDEN}") == 0',
        f'not (value("{HIDDEN}") > 3)',
        'not is_there_largest("incidents.count", by="place")',
        'not significantly("survey.fair.positive")',
    ],
)
def test_no_claim_is_published_on_a_hidden_figure_nor_its_opposite(condition):
    said = say(f"{{% claim {condition} %}}Words.{{% endclaim %}}")
    assert said.only.code == "claim-not-true"
    assert "Nobody can say" in said.only.message
    assert say(f"{{% if {condition} %}}Words.{{% endif %}}Other.").text == "Other."


def test_a_claim_that_is_not_true_says_what_the_figures_are():
    said = say('{% claim fell("penalties.issued") and rose("penalties.issued", role="hirer") %}Words.{% endclaim %}')
    assert said.only.message == "This claim is not true: penalties.issued is 2,134, last year 1,921."
    before = '{% if is_there("appeals.lodged") %}{{ stat("incidents.count") }} incidents.{% endif %} '
    said = say(before + '{% claim fell("penalties.issued") %}Words.{% endclaim %}')
    assert said.only.message == "This claim is not true: penalties.issued is 2,134, last year 1,921."
    said = say('{% claim value("value.initial") > 5000000 %}Words.{% endclaim %}')
    assert "value.initial is £4,213,500, last year £4,000,000" in said.only.message
    said = say(f'{{% claim rose("{HIDDEN}") %}}Words.{{% endclaim %}}')
    assert "role hirer is hidden, last year 6" in said.only.message


def test_a_claim_gives_the_first_sentence_that_is_true():
    words = (
        '{{% claim rose("{0}") %}}A rise.{{% otherwise fell("{0}") %}}A fall.{{% otherwise %}}Neither.{{% endclaim %}}'
    )
    assert say(words.format("penalties.issued")).text == "A rise."
    assert say(words.format('penalties.issued", role="driver')).text == "A fall."
    assert say(words.format('penalties.issued", place="Calais')).text == "Neither."
    assert say(words.format(HIDDEN)).text == "Neither."
    said = say('{% claim fell("penalties.issued") %}A.{% otherwise fell("incidents.count") %}B.{% endclaim %}')
    assert said.only.message == "This claim is not true: incidents.count is 500, last year 500."
    assert say(words.format("penalties.issued")).narrative.claims == 1


# the largest, the most, never where a hidden figure may contradict


def places(**numbers):
    this = {name: value for name, value in THIS.items() if not name.startswith("penalties.issued place")}
    return {
        **this,
        "penalties.issued": 1000,
        **{f"penalties.issued place {name}": value for name, value in numbers.items()},
    }


@pytest.mark.parametrize(
    ("numbers", "first"),
    [
        ({"Calais": 600, "Coquelles": 300, "Dunkerque": 100}, ["Calais"]),
        ({"Calais": 600, "Coquelles": None, "Dunkerque": None}, ["Calais"]),
        ({"Calais": 400, "Coquelles": None, "Dunkerque": None}, None),
        ({"Calais": 501, "Coquelles": None, "Dunkerque": 0}, ["Calais"]),
        ({"Calais": 500, "Coquelles": None, "Dunkerque": 0}, None),
        ({"Calais": 400, "Coquelles": 400, "Dunkerque": None}, ["Calais", "Coquelles"]),
        ({"Calais": 0, "Coquelles": 0, "Dunkerque": 0}, None),
        ({"Calais": None, "Coquelles": None}, None),
    ],
)
def test_the_largest_is_named_only_where_no_hidden_figure_can_be_as_large(numbers, first):
    found = comparisons.ranked(statistics(places(**numbers)), "penalties.issued", "place")
    assert (None if found is None else [one.key.category_1 for one in found]) == first
    said = say('{{ largest("penalties.issued", by="place") }}', figures=statistics(places(**numbers)))
    assert said.codes == ([] if first else ["no-largest"])


def test_without_a_displayed_whole_a_hidden_figure_may_be_anything():
    numbers = {**places(Calais=900, Coquelles=None), "penalties.issued": None}
    assert comparisons.ranked(statistics(numbers), "penalties.issued", "place") is None


def test_rounded_figures_leave_room_for_what_they_hide():
    made = statistics(places(Calais=510, Coquelles=None))
    assert comparisons.ranked(made, "penalties.issued", "place") is not None
    rounded = replace(made, settings=replace(made.settings, round_to=10))
    assert comparisons.ranked(rounded, "penalties.issued", "place") is None


@pytest.mark.parametrize(
    ("numbers", "round_to", "all_there"),
    [
        ({"Calais": 600, "Coquelles": 0}, 1, True),
        ({"Calais": 600, "Coquelles": 0}, 10, True),
        ({"Calais": 600, "Coquelles": 1}, 1, False),
        ({"Calais": 600, "Coquelles": None}, 10, False),
        ({"Calais": 0, "Coquelles": 0}, 1, False),
    ],
)
def test_all_are_there_only_where_every_other_place_has_a_printed_nought(numbers, round_to, all_there):
    made = statistics({**places(**numbers), "penalties.issued": sum(one or 0 for one in numbers.values())})
    made = replace(made, settings=replace(made.settings, round_to=round_to))
    said = say('{% if is_all("penalties.issued", place="Calais") %}All.{% else %}Not.{% endif %}', figures=made)
    assert ("All." in said.text) is all_there


@pytest.mark.parametrize(("share", "round_to", "said"), [(1.0, 1, "All."), (0.996, 1, "Not."), (1.0, 5, "Not.")])
def test_a_share_that_is_rounded_to_the_whole_is_not_all(share, round_to, said):
    made = statistics({"objections.rate": share})
    made = replace(made, settings=replace(made.settings, round_to=round_to))
    assert said in say('{% if is_all("objections.rate") %}All.{% else %}Not.{% endif %}', figures=made).text


@pytest.mark.parametrize(
    ("now", "before", "rose"),
    [
        ({"Calais": 600, "Coquelles": 400}, {"Calais": 500, "Coquelles": 390}, "Calais"),
        ({"Calais": 600, "Coquelles": 400}, {"Calais": 500, "Coquelles": 300}, None),
        ({"Calais": 700, "Coquelles": None}, {"Calais": 200, "Coquelles": 390}, "Calais"),
        ({"Calais": 700, "Coquelles": None}, {"Calais": 500, "Coquelles": 390}, None),
        ({"Calais": 700, "Coquelles": 300}, {"Calais": 200, "Coquelles": None}, "Calais"),
        ({"Calais": 700, "Coquelles": 300}, {"Calais": 500, "Coquelles": None}, None),
        ({"Calais": 700, "Coquelles": 300}, {"Calais": 200}, "Calais"),
        ({"Calais": 700, "Coquelles": 300}, {"Calais": 500}, None),
        ({"Calais": 500, "Coquelles": 300}, {"Calais": 600, "Coquelles": 400}, None),
    ],
)
def test_what_rose_most_is_named_only_where_no_hidden_figure_can_have(now, before, rose):
    found = comparisons.moved_most(statistics(places(**now), places(**before)), "penalties.issued", "place", 1)
    assert (found and found.key.category_1) == rose


@pytest.mark.parametrize(
    ("under_32", "under_31a", "first"),
    [
        ({"driver": 9, "owner": 4}, {"driver": 7, "owner": 0}, "driver"),
        ({"driver": 9, "owner": 4}, {"driver": 3, "owner": 5}, None),
        ({"driver": 9, "owner": 9}, {"driver": 7, "owner": 0}, None),
        ({"driver": 9, "owner": 4}, {"driver": 0, "owner": 0}, None),
        ({"driver": 30, "owner": None}, {"driver": 7, "owner": 0}, "driver"),  # the hidden one is near 10
        ({"driver": 19, "owner": None}, {"driver": 7, "owner": 0}, None),  # the hidden one may be 21
        ({"driver": None, "owner": None}, {"driver": 7, "owner": 0}, None),
    ],
)
def test_what_comes_first_everywhere_is_named_only_where_no_hidden_figure_can(under_32, under_31a, first):
    cells = {
        f"penalties.issued section {section} role {role}": number
        for section, roles in (("32", under_32), ("31A", under_31a))
        for role, number in roles.items()
    }
    wholes = {"penalties.issued": 48, "penalties.issued section 32": 40, "penalties.issued section 31A": 8}
    assert comparisons.first_in_each(statistics(wholes | cells), "penalties.issued", "role", "section") == first


def test_what_comes_first_everywhere_can_be_asked_and_printed():
    ask = '{% if first_in_each("penalties.issued", by="role", each="section") %}Yes.{% else %}No.{% endif %}'
    made = statistics({**THIS, "penalties.issued section 32 role owner": 1001})
    assert say(ask, figures=made).text == "Yes."
    words = '{{ first_in_each("penalties.issued", by="role", each="section", as="plural") }} came first.'
    assert say(words, figures=made).text == "owners came first."
    assert say(ask, figures=statistics({"penalties.issued": 9})).text == "No."


@pytest.mark.parametrize("each", ["status", "role", "port", ""])
def test_what_comes_first_everywhere_needs_two_breakdowns_that_meet(each):
    words = f'{{{{ first_in_each("penalties.issued", by="role", each="{each}") }}}}'
    assert say(words).codes[0] in ("unknown-breakdown", "wrong-use")


def test_what_comes_first_everywhere_may_be_asked_of_any_two_breakdowns_that_meet(monkeypatch):
    """Also where the second never stands alone."""
    monkeypatch.setitem(
        KNOWN, "survey.themes", define("survey.themes", "responses", breakdowns=("theme", ("theme", "role")))
    )
    said = say('{% if first_in_each("survey.themes", by="theme", each="role") %}Yes.{% else %}No.{% endif %}')
    assert (said.codes, said.text) == ([], "No.")


def test_a_month_that_a_message_names_is_said_and_not_its_token():
    said = say('{{ first_in_each("incidents.count", by=release.last_month, each="place") }}')
    assert "“2026-03”" in said.problems[0].message


def test_the_widest_gap_lets_a_superlative_stand():
    assert say("{% if widest_gap() %}The biggest gap is on question {{ widest_gap().number }}.{% endif %}").codes == []


@pytest.mark.parametrize("note", ["First published.", "First published", " first published. "])
def test_a_report_as_it_first_came_out_has_no_change_note(note):
    publication = replace(release().publication, change_note=note)
    words = "{% if release.change_note %}Changed.{% else %}New.{% endif %}"
    assert say(words, of=replace(release(), publication=publication)).text == "New."


# every number is traced
def test_each_number_is_known_by_its_figure_and_each_place_is_kept():
    words = '{{ stat("penalties.issued", role="driver") }}, {{ change("penalties.issued") }}\n\n{{ stat("penalties.issued", role="driver") }}\n\n{{ stat("penalties.issued", year="last") }} {{ share_of_total("penalties.issued", role="driver") }}'
    said = say(words)
    assert '<data value="1790" data-figure="penalties.issued{role=driver}">1,790</data>' in said.html
    assert '<data value="213" data-figure="penalties.issued change">213</data>' in said.html
    assert '<data value="1921" data-figure="penalties.issued last year">1,921</data>' in said.html
    assert 'data-figure="penalties.issued{role=driver} share">84%</data>' in said.html
    quoted = {(str(one.key), one.display): one for one in said.narrative.quoted}
    assert quoted["penalties.issued{role=driver}", "1,790"].where == (
        "chapters/01-words.md:3",
        "chapters/01-words.md:5",
    )
    assert quoted["penalties.issued", "1,921"].year == "2024 to 2025"
    assert quoted["penalties.issued", "213"].part == "change"
    assert quoted["penalties.issued{role=driver}", "84%"].part == "share"
    assert len(quoted) == 4


def test_a_figure_on_several_lines_of_one_call_is_quoted_where_it_begins():
    said = say('Words\n{{ stat(\n  "penalties.issued"\n) }}\nmore.')
    assert said.narrative.quoted[0].where == ("chapters/01-words.md:4",)


def test_numbers_of_law_and_settings_say_so():
    said = say('{{ level(section="32") }} {{ clock("payment") }} {{ release.threshold }} {{ audit.published }}')
    assert re.findall(r'data-(law|setting)="([^"]+)"', said.html) == [
        ("law", "level section 32, first, 2026 scheme"),
        ("law", "clock payment"),
        ("setting", "threshold"),
        ("setting", "audit published"),
    ]


def test_the_note_of_a_first_publication_says_of_no_change():
    words = "Changed: {{ release.change_note }}.{% if not release.change_note %} Nothing.{% endif %}"
    for note, said in (
        ("First published.", "Changed: . Nothing."),
        ("Table 3 corrected", "Changed: Table 3 corrected."),
    ):
        given = replace(release(), publication=replace(release().publication, change_note=note))
        assert said in say(words, of=given).text


def test_only_displayed_numbers_are_compared():
    """0.434 against 0.43: the same as printed, so neither rose nor fell."""
    made = statistics({**THIS, "objections.rate": 0.434}, {**LAST, "objections.rate": 0.43})
    assert say('{% if level_with_last_year("objections.rate") %}Level.{% endif %}', figures=made).text == "Level."
    assert say('{{ rose_or_fell("objections.rate") }}', figures=made).text == "stayed the same"


# actions and quotes


def test_actions_are_listed_as_asked():
    assert say("{{ actions() }}").text.count("Led by:") == 3
    assert "Put notices into Polish. Done in June." in say("{{ actions(quick_win=true) }}").text
    assert say('{{ actions(status="not started") }}').text.startswith("Send bills early.")
    assert say('{{ actions(theme="paying", audience="owner") }}').text.startswith("Take cards.")
    assert say('{{ actions(theme="Paying", status="complete") }}Words.').text == "Words."
    assert say("{{ actions(first=2) }}").text.count("Led by:") == 2
    assert say('{{ actions(status="open") }}').text.count("Led by:") == 2
    assert say("{{ actions(first=0) }}").codes == ["wrong-use"]


def test_a_short_list_says_what_came_of_what_is_complete():
    bare = replace(action("A-05", what="Publish the times"), outcome="")
    made = statistics(records=replace(RECORDS, actions=(*RECORDS.actions, bare)))
    short = say("{{ actions(short=true) }}", figures=made).text
    assert "Done in June (Penalty team, 1 July 2025)." in short
    assert "Put notices into Polish" not in short
    assert "Publish the times (Penalty team, 1 July 2025)." in short
    assert "Send bills early." in short
    assert say('{{ actions(short="yes") }}').codes == ["wrong-use"]


def test_two_audiences_ask_for_the_actions_that_are_for_both():
    both = action("A-06", audience=("owner", "hirer", "operator"), what="Map the parking")
    made = statistics(records=replace(RECORDS, actions=(*RECORDS.actions, both)))
    assert "Map the parking." in say('{{ actions(audience="hirer; operator") }}', figures=made).text
    assert "Take cards" not in say('{{ actions(audience="owner;hirer") }}', figures=made).text
    assert say('{{ actions(audience="owner;hirre") }}', figures=made).codes == ["unknown-audience"]


def test_for_an_audience_the_actions_for_fewer_others_stand_first():
    wide = action("A-04", audience=("driver", "owner", "hirer", "operator"), theme="contact", what="Open one mailbox")
    made = statistics(records=replace(RECORDS, actions=(wide, *RECORDS.actions)))
    assert say("{{ actions(first=1) }}", figures=made).text.startswith("Open one mailbox.")
    assert say('{{ actions(audience="driver", first=1) }}', figures=made).text.startswith("Put notices into Polish.")


def test_whether_there_is_an_action_can_be_asked():
    ask = "{{% if is_there_action({}) %}}Yes.{{% else %}}No.{{% endif %}}"
    assert say(ask.format('audience="owner", status="in progress"')).text == "Yes."
    assert say(ask.format('audience="hirer"')).text == "No."
    assert say(ask.format('theme="paying", status="open"')).text == "Yes."
    assert say(ask.format('theme="language", status="open"')).text == "No."
    assert say(ask.format('theme="weather"')).text == "No."
    near = say(ask.format('theme="payin"'))
    assert near.text == "No."
    assert [(one.code, one.severity, one.hint) for one in near.problems] == [
        ("unknown-theme", "notice", "Did you mean “paying”?")
    ]
    assert say(ask.format('status="done"')).codes == ["unknown-status"]
    assert say("{{ is_there_action() }}").codes == ["cannot-be-printed"]


def test_a_category_of_the_year_s_own_that_is_nearly_there_stops_no_condition_and_is_noticed():
    said = say('{% if is_there("survey.themes", theme="langage") %}Yes.{% else %}No.{% endif %}')
    assert said.text == "No."
    assert (said.only.code, said.only.severity) == ("unknown-category", "notice")
    assert said.only.hint == "Did you mean “language”?"
    printed = say('{{ stat("survey.themes", theme="langage") }}')
    (problem,) = [one for one in printed.problems if one.severity == "problem"]
    assert problem.code == "no-such-figure"
    assert problem.hint.startswith("Did you mean “language”?")


def test_what_was_dropped_says_why():
    gone = replace(action("A-05", status="dropped", what="Send reminders"), outcome="The system cannot send them")
    text = say("{{ you_said_we_did() }}", figures=statistics(records=replace(RECORDS, actions=(gone,)))).text
    assert "Dropped: Send reminders. The system cannot send them. Led by: Penalty team; quick win." in text


def test_only_what_was_done_is_said_to_be_done():
    text = say("{{ you_said_we_did() }}").text
    assert "You said: We cannot read it." in text
    assert "Done: Put notices into Polish." in text
    assert "Under way: Take cards. Led by: Penalty team; late: was due on 1 August 2025." in text
    assert "Planned: Send bills early. Led by: Penalty team; due on 1 August 2025." in text
    assert text.count("Done:") == 1


def test_a_status_is_said_once():
    """A label before the action says it; a list without labels says it after."""
    open_ = [one for one in RECORDS.actions if one.status != "complete"]
    for one in open_:
        made = statistics(records=replace(RECORDS, actions=(one,)))
        assert one.status not in say("{{ you_said_we_did() }}", figures=made).text
        assert say("{{ actions() }}", figures=made).text.count(one.status) == 1
    assert len(open_) == 2


def test_a_comment_is_quoted_once():
    said = say('{{ quote(theme="language") }}\n\n{{ quote() }}')
    assert said.text.count("I could not read the notice.") == 1


def test_a_panel_prints_its_lines():
    said = say(
        '{% panel %}\n**{{ stat("penalties.issued") }}** notices\n{% if has_last_year %}{% endif %}\n{% endpanel %}'
    )
    assert said.html.count("<li>") == 1
    assert "{stat-headline}" in said.narrative.govspeak


def test_the_vocabulary_knows_measures_of_other_years():
    assert define("x", "notices").breakdowns == ()
    assert "money.issued" in KNOWN
    assert say('{% if is_there("money.isued") %}Words.{% endif %}').only.code == "unknown-figure"
