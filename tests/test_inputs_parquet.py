"""Parquet files: types, dates, lists and damaged bytes."""

import contextlib
from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pyarrow as pa
from input_folder import columns_of, notices, parquet, problems, read, team

from reportgen.files import raw_table, table_files


def test_parquet_columns_of_every_type_are_read(year_folder):
    london = pa.timestamp("ns", tz="Europe/London")
    midnight = [datetime(2025, 4, 30, 23, tzinfo=UTC), datetime(2025, 3, 31, 23, tzinfo=UTC)]
    team(
        year_folder,
        "team.parquet",
        parquet(
            month=pa.array(midnight, london),
            posts_funded=pa.array([Decimal("24.00"), Decimal("24.50")], pa.decimal128(10, 2)),
            posts_filled=pa.array(["19.5", None], pa.large_string()).dictionary_encode(),
            cases_received=pa.array([140, None], pa.uint8()),
            cases_decided=pa.array([131.0, float("nan")], pa.float32()),
            cases_open=pa.array([None, None], pa.null()),
            __index_level_0__=pa.array([7, 8]),
            extra=pa.array([[{"a": 1}], None]),
        ),
    )
    assert notices(year_folder) == {"column-unknown"}
    got = read(year_folder).value.team
    assert got["month"].tolist() == ["2025-05", "2025-04"]
    assert got["posts_funded"].tolist() == [24.0, 24.5]
    assert got["posts_filled"].isna().tolist() == got["cases_decided"].isna().tolist() == [False, True]
    assert got["cases_open"].isna().all()
    assert got["row"].tolist() == [2, 3]


def test_parquet_lists_flags_and_bytes_are_read(year_folder):
    columns = columns_of("survey")
    columns["themes"] = pa.array([["letter"], ["time", "letter"], None])
    columns["quotable"] = pa.array([True, False, None])
    columns["comment"] = pa.array([b"The letter was clear.", b"It took long.", None], pa.binary())
    (year_folder / "survey.csv").unlink()
    (year_folder / "survey.parquet").write_bytes(parquet(**columns))
    got = read(year_folder).value.survey
    assert got["themes"].tolist()[:2] == [("letter",), ("time", "letter")]
    assert got["quotable"].tolist()[:2] == [True, False]
    assert got["comment"].iloc[1] == "It took long."


def test_a_utc_time_near_midnight_in_summer_is_not_guessed_to_be_a_date(year_folder):
    columns = columns_of("incidents")
    days = [datetime.fromisoformat(day).replace(tzinfo=UTC) - timedelta(hours=1) for day in columns["incident_date"]]
    (year_folder / "incidents.csv").unlink()
    (year_folder / "incidents.parquet").write_bytes(
        parquet(**columns | {"incident_date": pa.array(days, pa.timestamp("us", "UTC"))})
    )
    assert {p.code for p in problems(year_folder)} == {"not-a-date"}


def test_parquet_with_a_damaged_byte_is_read_or_refused(year_folder):
    """Some damage points beyond the end of a dictionary, which Arrow itself does not check."""
    whole = parquet(month=pa.array([f"2025-{month:02d}" for month in (4, 5, 6, 7, 8, 4)]))
    path = year_folder / "team.parquet"
    for n in range(len(whole)):
        for damage in (0x07, 0xFF):
            path.write_bytes(whole[:n] + bytes([whole[n] ^ damage]) + whole[n + 1 :])
            with contextlib.suppress(raw_table.Unreadable):
                table_files.read(path, "team")
