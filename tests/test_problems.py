from reportgen.model.problem import Problem, Stage, did_you_mean, exit_code, summarise


def fault(row: int, **more) -> Problem:
    return Problem(
        Stage.INPUTS,
        "not-a-date",
        "Not a date.",
        file="inputs/2025/penalties.csv",
        row=row,
        column="notice_date",
        **more,
    )


def test_twenty_are_shown_and_the_twenty_first_makes_a_count():
    assert [p.count.for_analyst() for p in summarise([fault(r) for r in range(2, 22)])] == [1] * 20
    many = summarise([fault(r) for r in range(2, 10_002)])
    assert len(many) == 20
    assert many[0].count.for_analyst() == 10_000
    assert [p.row for p in many] == list(range(2, 22))


def test_the_lowest_stage_is_the_exit_code_and_notices_stop_nothing():
    assert exit_code([]) == 0
    assert exit_code([fault(2, severity="notice")]) == 0
    assert exit_code([Problem(Stage.CHECKS, "x", "x"), fault(2)]) == 11


def test_json_has_the_twelve_keys_of_the_contract():
    assert list(fault(2).as_json()) == [
        "code",
        "severity",
        "message",
        "file",
        "sheet",
        "row",
        "column",
        "line",
        "value",
        "hint",
        "count",
    ]


def test_near_miss():
    assert did_you_mean("penalites", ["penalties", "incidents"]) == "Did you mean “penalties”?"
    assert did_you_mean("zzz", ["penalties"]) == ""
