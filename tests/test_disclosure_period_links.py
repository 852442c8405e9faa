"""Relations between months, quarters and the dates on which rules came into force."""

from audited import INCIDENTS, NOTICES, audited, months
from cells import count, protected, year


def test_section_31a_came_into_force_in_february_2023():
    before, since = count(NOTICES, 30, month="2023-01"), count(NOTICES, 5, month="2023-02")
    assert audited(year(before, since, count(NOTICES, 3, section="31A"), number=2022)) == {
        "penalties.issued{section=31A}"
    }


def test_a_month_is_divided_where_a_quarter_begins():
    cells = [count(INCIDENTS, 36, quarter="2025-04 to 2025-07"), *months(INCIDENTS, 10, 10, 10, 8)]
    assert audited(year(*cells, starts="04-06"))


def test_the_days_between_a_month_and_a_quarter_can_give_a_count_away():
    """With quarters from 6 April, July's first five days are in the first quarter, and the two tables reveal their count."""
    quarters = [
        count(INCIDENTS, number, quarter=label)
        for label, number in (("2025-04 to 2025-07", 33), ("2025-07 to 2025-10", 40))
    ]
    cells = [*quarters, *months(INCIDENTS, 10, 10, 10, 12)]
    assert any("part of incidents.count" in name for name in audited(year(*cells, starts="04-06")))
    assert not protected(*cells, starts="04-06").problems
