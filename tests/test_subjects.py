"""What a sentence speaks of and what its words are about: the thing counted, the group, the year."""

import pytest
from wording import say

DIFFERS = [
    ("subject-differs", "The number of objections {{ rose(penalties.issued) }}."),
    ("subject-differs", "There were {{ incidents.count }} incidents, and notices {{ rose }}."),
    ("subject-differs", '{{ most(penalties.issued, role="driver") }} notices went to owners.'),
    (
        "subject-differs",
        'Owners received {{ penalties.issued(role="driver") }} notice(s) and drivers {{ penalties.issued(role="owner") }}.',
    ),
    ("subject-differs", 'At Calais there were {{ incidents.count(place="Dunkerque") }} incident(s).'),
    ("subject-differs", 'Under section 32 we issued {{ penalties.issued(section="31A") }} notice(s).'),
    ("subject-differs", "{{ appeals.lodged }} people objected to their penalty."),
    ("subject-differs", "Drivers received {{ penalties.issued }} notices."),
    ("subject-differs", 'The second largest number of notices went to {{ largest(penalties.issued, by="role") }}.'),
    ("year-differs", "In {{ last_period }} we issued {{ penalties.issued }} notice(s)."),
    ("year-differs", 'In {{ period }} we issued {{ penalties.issued(year="last") }} notice(s).'),
    ("year-differs", "Last year we issued {{ penalties.issued }} notice(s)."),
    ("year-differs", "A year earlier there were {{ incidents.count }} incident(s)."),
    ("year-differs", 'This year we issued {{ penalties.issued(year="last") }} notice(s).'),
    ("year-differs", "In 2023 we issued {{ penalties.issued }} notice(s)."),
    ("year-differs", "In March we issued {{ penalties.issued }} notice(s)."),
]


@pytest.mark.parametrize(("code", "sentence"), DIFFERS)
def test_a_sentence_about_something_else_is_a_problem(code, sentence):
    assert code in say(sentence).codes


@pytest.mark.parametrize(
    "sentence",
    [
        "There were {{ incidents.count }} incidents, and we issued {{ penalties.issued }} notice(s).",
        'Drivers received {{ penalties.issued(role="driver") }} notice(s), owners {{ penalties.issued(role="owner") }}.',
        'Most notices went to drivers: {{ most(penalties.issued, role="driver") }}.',
        'All notices followed incidents {{ only(penalties.issued, by="place") }}.',
        'The second largest number of notices was {{ largest(penalties.issued, by="place", rank=2) }}.',
        'We issued {{ penalties.issued }} notice(s), and {{ penalties.issued(year="last") }} in {{ last_period }}.',
        'Notices {{ rose(penalties.issued) }} from {{ penalties.issued(year="last") }} last year.',
        "We issued {{ penalties.issued }} notice(s) in {{ period }}, more than last year{{ more }}.",
        "An owner can get a notice for the same incident as the driver.",
        "The rules of 2023 hold, and {{ penalties.issued }} notice(s) came under them.",
        'Of the notices, {{ share(penalties.issued, place=largest(penalties.issued, by="place")) }} followed incidents there.',
        "{{ appeals.lodged }} appeal(s) against a penalty (was/were) lodged.",
    ],
)  # fmt: skip
def test_a_sentence_about_the_same_thing_stands(sentence):
    assert not {*say(sentence).codes} & {"subject-differs", "year-differs"}
