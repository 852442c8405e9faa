"""What is hidden for its own sake: each rule one under its threshold, at it, one over."""

from dataclasses import replace

import pytest
from cells import SETTINGS, count, hidden, key, money, protected, release, rests, share, year

from reportgen import disclosure
from reportgen.measures.statistics import Contribution
from reportgen.model.records import Comment

COUNTS = (
    "incidents.count",
    "penalties.issued",
    "penalties.incidents",
    "objections.received",
    "objections.decided",
    "appeals.lodged",
    "appeals.decided",
    "survey.responses",
    "survey.themes",
)


@pytest.mark.parametrize("measure", COUNTS)
@pytest.mark.parametrize(("number", "out"), [(0, False), (1, True), (4, True), (5, False), (6, False)])
def test_counts(measure, number, out):
    assert hidden(count(measure, number)) == ({measure} if out else set())


@pytest.mark.parametrize(("threshold", "number", "out"), [(3, 2, True), (3, 3, False), (10, 9, True), (10, 10, False)])
def test_the_threshold_is_a_setting(threshold, number, out):
    settings = replace(SETTINGS, threshold=threshold)
    assert bool(hidden(count("penalties.issued", number), settings=settings)) == out


RESTING = (
    "value.initial_mean",
    "value.initial_median",
    "value.current_mean",
    "value.current_median",
    "notice.days.median",
    "notice.days.p90",
    "objections.days.median",
    "objections.days.p90",
    "incidents.entrants",
)


@pytest.mark.parametrize("measure", RESTING)
@pytest.mark.parametrize(("base", "out"), [(1, True), (4, True), (5, False), (6, False)])
def test_what_rests_on_few(measure, base, out):
    assert hidden(rests(measure, 30, base)) == ({measure} if out else set())


@pytest.mark.parametrize(("base", "out"), [(4, True), (5, False), (6, False)])
def test_sums_of_money_of_few_notices(base, out):
    assert hidden(money("value.paid", [900] * base)) == ({"value.paid"} if out else set())


@pytest.mark.parametrize(("payers", "out"), [(0, False), (1, True), (4, True), (5, False), (6, False)])
def test_sums_of_money_that_few_pay(payers, out):
    assert hidden(money("value.paid", [900] * payers + [0] * 20)) == ({"value.paid"} if out else set())


def gave(*amounts):
    """The two largest of these amounts, in pounds."""
    return tuple(Contribution(who, amount * 100) for who, amount in enumerate(sorted(amounts, reverse=True)[:2]))


@pytest.mark.parametrize(("largest", "out"), [(8499, False), (8500, False), (8501, True)])
def test_sums_of_money_that_one_pays_almost_alone(largest, out):
    made = replace(money("value.paid", [1000] * 10), numerator=1_000_000, value=10000.0, top=gave(largest, 10))
    assert hidden(made) == ({"value.paid"} if out else set())


@pytest.mark.parametrize(("rest", "out"), [(899, True), (900, False), (901, False)])
def test_sums_of_which_the_second_largest_could_tell_the_largest(rest, out):
    """The rest must be 15% of the largest 6,000 at least: the second knows its own 4,000 and takes it away."""
    whole = 6000 + 4000 + rest
    made = replace(money("value.paid", [1000] * 10), numerator=whole * 100, value=float(whole), top=gave(6000, 4000))
    assert hidden(made) == ({"value.paid"} if out else set())


@pytest.mark.parametrize(("p_percent", "out"), [(14.9, False), (15.1, True)])
def test_p_percent_is_a_setting(p_percent, out):
    made = replace(money("value.paid", [1000] * 10), numerator=1_090_000, value=10900.0, top=gave(6000, 4000))
    assert bool(hidden(made, settings=replace(SETTINGS, p_percent=p_percent))) == out


def test_dominance_is_a_setting():
    amounts = [6000, *[500] * 8]
    assert not hidden(money("value.paid", amounts))
    assert hidden(money("value.paid", amounts), settings=replace(SETTINGS, dominance=0.5))


def test_a_balance_below_nothing_is_no_way_around_dominance():
    made = replace(money("money.closing", [900] * 9), numerator=-100, value=-1.0)
    assert hidden(made)


def test_a_balance_far_below_nothing_is_no_single_notice():
    assert not hidden(replace(money("money.closing", [900] * 9), numerator=-1_000_000, value=-10000.0))


@pytest.mark.parametrize(
    "measure", ["objections.rate", "objections.changed_share", "objections.days.within_target", "survey.response_rate"]
)
@pytest.mark.parametrize(
    ("part", "out"),
    [
        (0, False),
        (1, True),
        (4, True),
        (5, False),
        (6, False),
        (34, False),
        (35, False),
        (36, True),
        (39, True),
        (40, False),
    ],
)
def test_shares_of_records_by_numerator_and_remainder(measure, part, out):
    assert hidden(share(measure, part, 40)) == ({measure} if out else set())


@pytest.mark.parametrize(("base", "out"), [(9, True), (10, False), (11, False)])
@pytest.mark.parametrize("part", [0, 1, 5, 9])
def test_shares_of_answers_by_their_base_alone(base, part, out):
    made = share("survey.clear", part, base, option="Yes")
    assert bool(hidden(made)) == out


def test_the_least_base_of_answers_is_a_setting():
    made = share("survey.clear.positive", 8, 20)
    assert not hidden(made)
    assert hidden(made, settings=replace(SETTINGS, survey_minimum_base=21))


@pytest.mark.parametrize(("base", "out"), [(4, True), (5, False), (6, False)])
def test_flows_of_money_rest_on_notices(base, out):
    assert bool(hidden(money("money.paid", [500] * base))) == out


@pytest.mark.parametrize(("people", "out"), [(0, False), (1, True), (4, True), (5, False), (6, False)])
def test_people_found_are_few_people_however_many_incidents(people, out):
    assert hidden(rests("incidents.entrants", people, 30)) == ({"incidents.entrants"} if out else set())


@pytest.mark.parametrize("measure", ["actions.count", "actions.overdue", "recommendations.count", "team.cases_open"])
def test_the_plan_and_the_team_are_never_hidden(measure):
    assert not hidden(count(measure, 1))


def test_a_hidden_figure_has_nothing_but_its_marker():
    found = protected(share("survey.clear", 3, 9, option="Yes"), rests("notice.days.median", 30, 4))
    for figure in found.value.figures.values():
        assert figure.hidden
        assert (figure.value, figure.lower, figure.upper, figure.base, figure.numerator) == (None,) * 5


@pytest.mark.parametrize(
    "beside",
    [
        money("value.paid", [100] * 16, role="driver"),
        money("value.paid", [0] * 16, role="driver"),
        rests("value.initial_median", 900, 16, role="driver"),
        rests("value.initial_mean", 900, 16, role="driver"),
        share("objections.rate", 8, 16, role="driver"),
    ],
)
def test_a_figure_falls_with_the_count_of_its_records(beside):
    """Beside a hidden count it would say that this is not the small one, and so that the other is."""
    notices = [
        count("penalties.issued", 20),
        count("penalties.issued", 16, role="driver"),
        count("penalties.issued", 4, role="owner"),
    ]
    figures = protected(*notices, beside).value.figures
    assert figures[key("penalties.issued", role="driver")].hidden
    assert figures[beside.key].hidden


@pytest.mark.parametrize(
    ("measure", "records", "name"),
    [
        ("notice.days.median", "penalties.issued", "place"),
        ("notice.days.p90", "penalties.issued", "place"),
        ("incidents.entrants", "incidents.count", "place"),
    ],
)
def test_days_and_people_fall_with_the_count_of_their_records(measure, records, name):
    cells = [count(records, 20), count(records, 16, **{name: "Calais"}), count(records, 4, **{name: "Inland"})]
    figures = protected(*cells, rests(measure, 30, 16, **{name: "Calais"})).value.figures
    assert figures[key(records, **{name: "Calais"})].hidden
    assert figures[key(measure, **{name: "Calais"})].hidden


def test_zeros_that_follow_are_printed_beside_small_and_other_hidden_counts_alike():
    notices = [
        count("penalties.issued", 20),
        count("penalties.issued", 16, role="driver"),
        count("penalties.issued", 4, role="owner"),
    ]
    sums = [
        money("value.written_off", [0] * 20),
        money("value.written_off", [0] * 16, role="driver"),
        money("value.written_off", [0] * 4, role="owner"),
    ]
    assert hidden(*notices, *sums) == {"penalties.issued{role=driver}", "penalties.issued{role=owner}"}


def test_the_notices_of_a_flow_may_be_hidden_beside_its_sum():
    cells = [
        money("money.cancelled", [900] * 10),
        count("objections.decided", 9, objection_outcome="cancelled"),
        count("appeals.decided", 1, appeal_outcome="cancelled"),
    ]
    figure = protected(*cells).value.figures[key("money.cancelled")]
    assert (figure.value, figure.base) == (9000.0, None)


def test_of_six_invited_no_more_can_be_kept_open_than_one_to_five():
    cells = [share("survey.response_rate", 74, 206), share("survey.response_rate", 70, 200, role="driver")]
    cells += [share("survey.response_rate", 4, 6, role="owner"), count("survey.responses", 110)]
    cells += [count("survey.responses", 105, role="driver"), count("survey.responses", 5, role="owner")]
    assert "survey.response_rate{role=owner}" in hidden(*cells, invitations={"owner": 6, "driver": 200})


CHANGE = "survey.clear.positive.change"


@pytest.mark.parametrize(("now", "then", "out"), [(9, 40, True), (40, 9, True), (10, 40, False), (40, 10, False)])
def test_a_change_is_hidden_where_either_year_is(now, then, out):
    before = year(share("survey.clear.positive", then // 2, then), number=2024)
    change = replace(rests(CHANGE, 1, min(now, then)), lower=-10.0, upper=12.0)
    found = protected(share("survey.clear.positive", now // 2, now), change, previous=before)
    figure = found.value.figures[key(CHANGE)]
    assert figure.hidden == out
    assert out or figure.value == pytest.approx((now // 2 / now - then // 2 / then) * 100)


def test_last_year_is_protected_too():
    before = year(count("penalties.issued", 4), number=2024)
    found = protected(count("penalties.issued", 40), previous=before)
    assert found.value.previous.figures[key("penalties.issued")].hidden


def _joined(opening, closing):
    """What is said of a year that begins with one balance after a year that ended with another."""
    before = year(money("money.closing", closing), number=2024)
    return protected(money("money.opening", opening), previous=before).problems


def test_a_year_that_does_not_begin_with_what_last_year_left_owed_is_noticed():
    assert not _joined([900] * 9, [900] * 9)
    assert not _joined([900] * 9, [900] * 8 + [900.4])
    (notice,) = _joined([900] * 9, [1000] * 9)
    assert (notice.code, notice.severity) == ("balance-not-carried", "notice")
    assert "£8,100 and £9,000" in notice.message
    assert not protected(money("money.opening", [900] * 9)).problems
    assert not protected(money("money.opening", [900] * 9), previous=year(number=2024)).problems


@pytest.mark.parametrize(("opening", "closing"), [([800] * 3, [900] * 9), ([900] * 9, [800] * 3), ([800], [700])])
def test_a_mismatch_with_a_hidden_balance_is_reported_without_amounts(opening, closing):
    (notice,) = _joined(opening, closing)
    assert notice.code == "balance-not-carried"
    assert "hidden" in notice.message
    assert not any(sign in notice.message for sign in "£0123456789")


def test_a_sum_under_a_printed_total_of_zero_is_printed():
    whole = money("value.written_off", [0] * 30)
    part = money("value.written_off", [0] * 3, role="owner")
    rest = money("value.written_off", [0] * 27, role="driver")
    assert hidden(whole, part, rest) == set()
    other = [money("value.written_off", [900] * 27, role="driver"), money("value.written_off", [900] * 27 + [0] * 3)]
    assert "value.written_off{role=owner}" in hidden(*other, part)


# Rounding -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("number", "to", "shown"), [(7, 5, 5), (8, 5, 10), (12, 5, 10), (13, 5, 15), (5, 10, 10), (0, 5, 0), (14, 10, 10)]
)
def test_counts_are_rounded_half_up(number, to, shown):
    figures = protected(count("penalties.issued", number), settings=replace(SETTINGS, round_to=to)).value.figures
    assert figures[key("penalties.issued")].value == shown


@pytest.mark.parametrize(("to", "shown"), [(1, 41.3), (5, 41.0)])
def test_rounded_reports_have_whole_days(to, shown):
    """The tenths of a 90th percentile, and the half of a median, say something of the exact count."""
    settings = replace(SETTINGS, round_to=to)
    assert (
        protected(rests("notice.days.p90", 41.3, 12), settings=settings).value.figures[key("notice.days.p90")].value
        == shown
    )


def test_a_count_that_would_round_to_zero_is_hidden():
    settings = replace(SETTINGS, threshold=2, round_to=10)
    assert hidden(count("penalties.issued", 4), settings=settings)
    assert not hidden(count("penalties.issued", 5), settings=settings)


def test_shares_means_and_intervals_are_made_from_rounded_counts():
    settings = replace(SETTINGS, round_to=5)
    cells = [
        share("survey.clear", 13, 42, option="Yes"),
        share("objections.rate", 13, 42),
        rests("value.initial_mean", 1000, 42),
    ]
    figures = protected(
        *cells, count("penalties.issued", 42), money("value.initial", [1000] * 42), settings=settings
    ).value.figures
    answers = figures[key("survey.clear", option="Yes")]
    assert (answers.value, answers.numerator, answers.base) == (15 / 40, 15, 40)
    assert (answers.lower, answers.upper) == pytest.approx((0.24223, 0.52972), abs=5e-5)  # statsmodels, wilson
    assert figures[key("objections.rate")].value == 15 / 40
    assert figures[key("value.initial_mean")].value == pytest.approx(42000 / 40)


def test_a_change_is_the_difference_of_what_is_printed():
    settings = replace(SETTINGS, round_to=10)
    before = year(share("survey.clear.positive", 24, 44), number=2024, settings=settings)
    change = replace(rests(CHANGE, 1, 40), lower=-10.0, upper=12.0)
    found = protected(share("survey.clear.positive", 26, 46), change, previous=before, settings=settings)
    assert found.value.figures[key(CHANGE)].value == pytest.approx((30 / 50 - 20 / 40) * 100)


# Quotes ---------------------------------------------------------------------------------------------------------------


def quoted(*comments, owners, by_theme):
    """The roles told beside quotes: so many owners answered, and so many of them spoke of the theme."""
    made = tuple(
        Comment(f"R-{n}", role, "It was fine.", themes, quotable=True) for n, (role, themes) in enumerate(comments)
    )
    cells = [count("survey.responses", owners, role="owner"), count("survey.responses", 50, role="driver")]
    cells += [
        count("survey.themes", by_theme, theme="paying", role="owner"),
        count("survey.themes", 40, theme="paying", role="driver"),
    ]
    statistics = year(*cells)
    statistics = replace(statistics, records=replace(statistics.records, comments=made))
    return [quote.role for quote in disclosure.protect(statistics, release(statistics)).value.records.quotes]


OWNER = ("owner", ("Paying",))


@pytest.mark.parametrize(("owners", "told"), [(4, ""), (5, "owner"), (6, "owner")])
def test_a_role_is_named_if_its_group_is_displayed(owners, told):
    assert quoted(("owner", ()), owners=owners, by_theme=0) == [told]


@pytest.mark.parametrize(("by_theme", "told"), [(4, ["owner", "", ""]), (5, ["owner"] * 3)])
def test_quotes_do_not_count_a_role_within_a_theme(by_theme, told):
    """That there is one is known from the marker; a second would begin to count."""
    assert quoted(OWNER, OWNER, ("owner", ("paying",)), owners=20, by_theme=by_theme) == told


@pytest.mark.parametrize(
    ("number", "told"), [(3, [("Paying", "a"), ("b",), ()]), (5, [("Paying", "a"), ("paying", "b"), ("Paying",)])]
)
def test_quotes_do_not_count_a_theme(number, told):
    """One may be found by a theme whose number is hidden: that there is one is known; three would say three at least."""
    themes = (("Paying", "a"), ("paying", "b"), ("Paying",))
    made = tuple(Comment(f"R-{n}", "driver", "It was fine.", some, quotable=True) for n, some in enumerate(themes))
    statistics = year(count("survey.themes", number, theme="paying"), count("survey.responses", 50, role="driver"))
    statistics = replace(statistics, records=replace(statistics.records, comments=made))
    quotes = disclosure.protect(statistics, release(statistics)).value.records.quotes
    assert [quote.themes for quote in quotes] == told


def test_comments_never_leave_disclosure_control():
    statistics = replace(
        year(), records=replace(year().records, comments=(Comment("R-1", "owner", "Fine.", (), quotable=False),))
    )
    assert disclosure.protect(statistics, release(statistics)).value.records.comments == ()
