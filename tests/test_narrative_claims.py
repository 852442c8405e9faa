"""Claims are published only if the displayed figures prove them."""

import pytest
from wording import LAST, THIS, say, statistics

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
def test_neither_a_claim_on_a_hidden_figure_nor_its_opposite_is_published(condition):
    said = say(f"{{% claim {condition} %}}Words.{{% endclaim %}}")
    assert said.only.code == "claim-not-true"
    assert "Nobody can say" in said.only.message
    assert say(f"{{% if {condition} %}}Words.{{% endif %}}Other.").text == "Other."


def test_a_false_claim_is_reported_with_its_figures():
    said = say('{% claim fell("penalties.issued") and rose("penalties.issued", role="hirer") %}Words.{% endclaim %}')
    assert said.only.message == "This claim is not true: penalties.issued is 2,134, last year 1,921."
    before = '{% if is_there("appeals.lodged") %}{{ stat("incidents.count") }} incidents.{% endif %} '
    said = say(before + '{% claim fell("penalties.issued") %}Words.{% endclaim %}')
    assert said.only.message == "This claim is not true: penalties.issued is 2,134, last year 1,921."
    said = say('{% claim value("value.initial") > 5000000 %}Words.{% endclaim %}')
    assert "value.initial is £4,213,500, last year £4,000,000" in said.only.message
    said = say(f'{{% claim rose("{HIDDEN}") %}}Words.{{% endclaim %}}')
    assert "role hirer is hidden, last year 6" in said.only.message


def test_a_claim_prints_its_first_true_sentence():
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


def test_only_displayed_numbers_are_compared():
    """0.434 and 0.43 are printed alike, so it neither rose nor fell."""
    made = statistics({**THIS, "objections.rate": 0.434}, {**LAST, "objections.rate": 0.43})
    assert say('{% if level_with_last_year("objections.rate") %}Level.{% endif %}', figures=made).text == "Level."
    assert say('{{ rose_or_fell("objections.rate") }}', figures=made).text == "stayed the same"
