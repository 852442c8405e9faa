"""Format numbers and dates as text. The only module that rounds.

Input: exact values. Output: text. Rounding is half away from zero, once. A value that is not finite raises ValueError,
so “nan” is never printed.
"""

from __future__ import annotations

import csv
import math
import re
from collections.abc import Iterable
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from functools import cache
from importlib import resources
from typing import Final

from reportgen.model.figure import MONTHS

MILLION: Final = 10**6
BILLION: Final = 10**9
APOSTROPHE: Final = re.compile(r"(?<=[^\W\d_])'(?=[^\W\d_])")
_UNSEEN: Final = re.compile(
    "[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u00ad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\ue000-\uf8ff]"
)
SHORT: Final = "|".join(name[:3] for name in MONTHS)
COUNTED: Final = frozenset({"notice", "incident", "detection", "vehicle", "objection", "appeal"})
"""Units that sources write in the singular."""
ROLES_SAID: Final = {
    "role all": "all roles",
    "role driver": "drivers",
    "role owner": "owners",
    "role hirer": "hirers",
    "role operator": "operators",
    "role company": "companies",
    "not stated": "",
}
GIVEN: Final = {"": "As stated", "exact": "As stated"}
"""Labels for the precision of a published figure, where the source's own word is not used."""
YEARS: Final = re.compile(r"(\d+) years to (\d{4})-(\d\d)")


def rounded(value: float | Decimal, decimals: int = 0) -> Decimal:
    """Round half away from zero, starting from the float's shortest repr (0.285 is 0.285, not 0.28499…)."""
    exact = value if isinstance(value, Decimal) else Decimal(repr(value))
    if not exact.is_finite():
        raise ValueError("not a number")
    made = exact.quantize(Decimal(1).scaleb(-decimals), rounding=ROUND_HALF_UP)
    return made or abs(made)


def number(value: float | Decimal, decimals: int = 0) -> str:
    """Format a number: 1790 as 1,790; negative numbers with a minus sign (U+2212)."""
    made = rounded(value, decimals)
    return f"{'−' if made < 0 else ''}{abs(made):,}"


def pounds(value: float | Decimal, decimals: int = 0) -> str:
    """Format pounds: 4213500 as £4,213,500."""
    made = rounded(value, decimals)
    return f"{'−' if made < 0 else ''}£{abs(made):,}"


def pence(value: int) -> str:
    """Format whole pence as pounds: 150000 as £1,500, 150050 as £1,500.50."""
    return pounds(Decimal(value) / 100, 2 if value % 100 else 0)


def short_pounds(value: float | Decimal) -> str:
    """Format pounds in short: £4.2 million, £12 million, £1 billion; in full below £1 million.

    An amount that rounds to £1,000 million is £1 billion.
    """
    exact_value = value if isinstance(value, Decimal) else Decimal(repr(value))
    if abs(rounded(exact_value)) < MILLION:
        return pounds(exact_value)
    unit, word = _large(exact_value)
    made = rounded(exact_value / unit, 1)
    figure = f"{abs(made):,}".removesuffix(".0")
    return f"{'−' if made < 0 else ''}£{figure} {word}"


def _large(value: Decimal) -> tuple[int, str]:
    """Return the unit of a large amount; an amount that rounds to 1,000 million is 1 billion."""
    return (BILLION, "billion") if abs(rounded(value / MILLION, 1)) * MILLION >= BILLION else (MILLION, "million")


def pounds_alike(values: Iterable[float]) -> list[str]:
    """Format amounts in one common unit: £13.3 million and £0.7 million; in full if all are below £1 million.

    A non-zero amount that would round to 0.0 becomes “less than £0.1 million”.
    """
    exact_values = [Decimal(repr(value)) for value in values]
    most = max((abs(rounded(value)) for value in exact_values), default=Decimal(0))
    if most < MILLION:
        return [pounds(value) for value in exact_values]
    unit, word = _large(most)
    said = []
    for value in exact_values:
        made = rounded(value / unit, 1)
        small = f"less than £0.1 {word}" if value else "£0"
        said.append(f"{'−' if made < 0 else ''}£{abs(made):,} {word}" if made else small)
    return said


def percent(share: float, decimals: int = 0) -> str:
    """Format a share as a percentage: 0.434 as 43%.

    A share above 0 that rounds to 0 is “less than 1%”; one below 1 that rounds to 100 is “more than 99%”.
    """
    made = rounded(Decimal(repr(share)) * 100, decimals)
    step = Decimal(1).scaleb(-decimals)
    if share > 0 and made < step:
        return f"less than {step}%"
    if share < 1 and made >= 100:  # per cent
        return f"more than {100 - step}%"
    return f"{'−' if made < 0 else ''}{abs(made):,}%"


def exact(value: float) -> str:
    """Format a number for machines: shortest lossless form, whole numbers without a decimal point."""
    return str(int(value)) if value == int(value) else repr(value)


def points(value: float, decimals: int = 0) -> str:
    """Format a difference of percentages: 4 percentage points."""
    made = rounded(value, decimals)
    return f"{number(value, decimals)} percentage point{'' if abs(made) == 1 else 's'}"


def days(value: float, decimals: int = 0) -> str:
    """Format days: 36 days, 1 day, −1 day."""
    return f"{number(value, decimals)} day{'' if abs(rounded(value, decimals)) == 1 else 's'}"


def day(value: date) -> str:
    """Format a date: 1 April 2025."""
    return f"{value.day} {MONTHS[value.month - 1]} {value.year}"


def month(label: str) -> str:
    """Format a month: 2025-04 as April 2025."""
    year, number_ = label.split("-")
    return f"{MONTHS[int(number_) - 1]} {year}"


def span(first: date, last: date) -> str:
    """Format a date range: 1 April 2025 to 31 March 2026."""
    return f"{day(first)} to {day(last)}"


def size(bytes_: int) -> str:
    """Format a file size the way GOV.UK does: 12 KB, 1.4 MB."""
    if bytes_ < 1000 * 1000:
        return f"{max(1, math.ceil(bytes_ / 1000))} KB"
    return f"{rounded(Decimal(bytes_) / 1_000_000, 1)} MB"


def period(label: str) -> str:
    """Format a month or quarter: 2025-04 as April 2025, 2025-04 to 2025-06 as April to June 2025."""
    first, _, last = label.partition(" to ")
    if not last:
        return month(first)
    start, end = month(first), month(last)
    return f"{start.removesuffix(start[-5:]) if start[-4:] == end[-4:] else start} to {end}"


def published_period(label: str) -> str:
    """Format a source's period: 2010-11 as 2010 to 2011, 2023 Jan-Apr as January to April 2023.

    Text in no known form is returned unchanged.
    """
    if found := re.fullmatch(rf"(\d{{4}}) ({SHORT})(?:-({SHORT}))?", label):
        months = [MONTHS[[name[:3] for name in MONTHS].index(short)] for short in found.groups()[1:] if short]
        return f"{' to '.join(months)} {found[1]}"
    if found := re.fullmatch(r"(\d{4})-(\d\d)", label):
        after = int(found[1]) + 1
        if after % 100 == int(found[2]):
            return f"{found[1]} to {after}"
        return month(label) if _is_month(found[1], found[2]) else label
    if found := YEARS.fullmatch(label):
        return f"{found[1]} years up to and including {published_period(f'{found[2]}-{found[3]}')}"
    if found := re.fullmatch(r"(\d{4})-(\d{4})", label):
        return f"{found[1]} to {found[2]}"
    return re.sub(r"\d{4}-\d\d-\d\d", lambda written: _day_said(written[0]), label)


def published_span(label: str) -> tuple[date, date] | None:
    """Parse a source's period into its first and last day; None if it is in no known form.

    2010-11 is the year from 1 April 2010.
    """
    if found := re.fullmatch(r"(\d{4}-\d\d-\d\d) to (\d{4}-\d\d-\d\d)", label):
        return _days(*found.groups())
    if found := YEARS.fullmatch(label):
        last = published_span(f"{found[2]}-{found[3]}")
        return last and _months(last[1].year - int(found[1]), last[0].month, last[1].year, last[1].month)
    if found := re.fullmatch(rf"(\d{{4}}) ({SHORT})(?:-({SHORT}))?", label):
        start, end = ([name[:3] for name in MONTHS].index(short) + 1 for short in (found[2], found[3] or found[2]))
        return _months(int(found[1]), start, int(found[1]), end)
    if found := re.fullmatch(r"(\d{4})-(\d\d)", label):
        year, two = int(found[1]), int(found[2])
        if (year + 1) % 100 == two:
            return _months(year, 4, year + 1, 3)
        return _months(year, two, year, two) if _is_month(found[1], found[2]) else None
    found = re.fullmatch(r"(\d{4})(?:(?:-| to )(\d{4}))?", label)
    return _months(int(found[1]), 1, int(found[2] or found[1]), 12) if found else None


def _days(first: str, last: str) -> tuple[date, date] | None:
    try:
        return date.fromisoformat(first), date.fromisoformat(last)
    except ValueError:  # an impossible date in the source, such as 31 June
        return None


def _months(first_year: int, first_month: int, last_year: int, last_month: int) -> tuple[date, date] | None:
    """Return the first day of one month and the last day of another; None if out of range or reversed."""
    if not date.min.year <= first_year <= last_year < date.max.year:
        return None
    following = date(last_year + last_month // 12, last_month % 12 + 1, 1)
    made = date(first_year, first_month, 1), date.fromordinal(following.toordinal() - 1)
    return made if made[0] <= made[1] else None


def _is_month(year: str, two: str) -> bool:
    """Return whether two digits after a year can be a month: 2009-10 is, 2010-09 is not."""
    return 0 < int(two) <= min(len(MONTHS), int(year) % 100)


def unit(written: str, value: float = 0) -> str:
    """Format the unit of a published series: incident as incidents, person as people; singular if the value is 1."""
    word, gap, rest = written.partition(" ")
    if value != 1:
        word = {"person": "people"}.get(word, f"{word}s" if word in COUNTED else word)
    return word + gap + rest


def unit_heading(written: str) -> str:
    """Format a unit as a column heading: Notices, Value (£)."""
    mark = {"GBP": "£", "percent": "%"}.get(written)
    return f"Value ({mark})" if mark else capital(unit(written))


def given(qualifier: str) -> str:
    """Format the precision of a published figure; “As stated” for an exact one."""
    return GIVEN.get(qualifier) or capital(qualifier)


def scope(written: str) -> str:
    """Format the scope of a published figure: “section 32; role driver” as “section 32; drivers”."""
    parts = [part.strip() for part in written.split(";")]
    said = [ROLES_SAID.get(part, re.sub(r"^role ", "", part)) for part in parts]
    return "; ".join(part for part in said if part)


def _day_said(written: str) -> str:
    try:
        return day(date.fromisoformat(written))
    except ValueError:  # an impossible date in the source, such as 31 June: printed unchanged
        return written


def capital(words: str) -> str:
    """Capitalise the first letter only."""
    return words[:1].upper() + words[1:]


def clean(text: str) -> str:
    """Put text on one line, without control, bidirectional, zero-width or private-use characters."""
    return " ".join(_UNSEEN.sub("", text.replace("\n", " ").replace("\r", " ").replace("\t", " ")).split())


def curly(words: str) -> str:
    """Replace a straight apostrophe inside a word by a curly one."""
    return APOSTROPHE.sub("’", words)


def category(breakdown: str, word: str) -> str:
    """Format a category for tables and charts: Section 32, Driver, April 2025."""
    if word == "not recorded":
        return "Not recorded"
    if breakdown in ("month", "quarter"):
        return period(word)
    if breakdown == "section":
        return f"Section {word}"
    if breakdown == "registered_in":
        return "Other countries" if word == "Other" else country(word)
    return capital(word)


@cache
def _countries() -> dict[str, str]:
    text = resources.files("reportgen").joinpath("data/countries.csv").read_text("utf-8")
    return {row["code"]: row["name"] for row in csv.DictReader(text.splitlines())}


def country(code: str) -> str:
    """Return the country name for an ISO 3166-1 alpha-2 code; “Other” and unknown codes unchanged."""
    return _countries().get(code, code)
