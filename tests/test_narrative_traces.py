"""Every number in the narrative can be traced to its figure, law or setting."""

import re

from wording import say


# every number is traced
def test_each_number_names_its_figure_and_where_it_is_quoted():
    words = '{{ stat("penalties.issued", role="driver") }}, {{ change("penalties.issued") }}\n\n{{ stat("penalties.issued", role="driver") }}\n\n{{ stat("penalties.issued", year="last") }} {{ share("penalties.issued", role="driver") }}'
    said = say(words)
    assert '<data value="1790" data-figure="penalties.issued{role=driver}">1,790</data>' in said.html
    assert '<data value="213" data-figure="penalties.issued change">213</data>' in said.html
    assert '<data value="1921" data-figure="penalties.issued last year">1,921</data>' in said.html
    assert 'data-figure="penalties.issued{role=driver} share">84%</data>' in said.html
    quoted = {(str(one.key), one.display): one for one in said.narrative.quoted}
    assert quoted["penalties.issued{role=driver}", "1,790"].where == (
        "chapters/words.md:3",
        "chapters/words.md:5",
    )
    assert quoted["penalties.issued", "1,921"].year == "2024 to 2025"
    assert quoted["penalties.issued", "213"].part == "change"
    assert quoted["penalties.issued{role=driver}", "84%"].part == "share"
    assert len(quoted) == 4


def test_a_call_over_several_lines_is_quoted_at_its_figure():
    said = say('Words\n{{ stat(\n  "penalties.issued"\n) }}\nmore.')
    assert said.narrative.quoted[0].where == ("chapters/words.md:4",)


def test_numbers_from_the_law_and_the_settings_are_marked_as_such():
    said = say('{{ level(section="32") }} {{ clock("payment") }} {{ release.threshold }} {{ audit.published }}')
    assert re.findall(r'data-(law|setting)="([^"]+)"', said.html) == [
        ("law", "level section 32, first, 2026 scheme"),
        ("law", "clock payment"),
        ("setting", "threshold"),
        ("setting", "audit published"),
    ]
