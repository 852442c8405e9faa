"""Parse text as people write it: dates, money, yes or no, categories, codes.

Input: the text of one cell. Output: the value, or a ``Fault``. Nothing is guessed: dates are never month-first, amounts
are never rounded.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib import resources
from typing import Final

from reportgen.model.figure import MONTHS
from reportgen.model.problem import did_you_mean

MONEY_LIMIT: Final = 10**12  # pence: £10,000 million
COUNT_LIMIT: Final = 10**6
LONGEST: Final = 15
"""Most digits a plausible number has."""
HINTS: Final = 50
"""Unknown words per column that get a “Did you mean” hint; nobody reads more."""
SPACES: Final = re.compile(r"[\s\u00a0\u202f]+")


@dataclass(frozen=True, slots=True)
class Fault:
    """Why a text cannot be parsed; ``part`` is the wrong part if only some of the text is wrong."""

    code: str
    message: str
    hint: str
    part: str | None = None


def tidy(text: str) -> str:
    """Trim, and collapse inner white space (line breaks, no-break spaces) to single spaces."""
    return SPACES.sub(" ", text).strip()


CLOCK: Final = re.compile(r"[T ]([01]?\d|2[0-3]):[0-5]\d(:[0-5]\d(\.\d+)?)?(?P<zone> ?Z| ?UTC|[+-]\d\d:?\d\d)?$")
MIDNIGHT: Final = re.compile(r"[T ]00:00(:00(\.0+)?)?( ?Z| ?UTC|\+00:?00)?$")


def a_date(text: str) -> date | Fault:
    """Parse a date: ISO, DD/MM/YYYY (also with . or -) or D Month YYYY; a time of day is ignored.

    A time with a time zone is a fault unless it is midnight UTC, because the day in the United Kingdom may differ.
    """
    word = tidy(text)
    if clock := CLOCK.search(word):
        if clock["zone"] and not MIDNIGHT.search(word):
            hint = "Give the day in United Kingdom time, without a clock time."
            return Fault("not-a-date", "This is a time in a time zone: the day is not certain.", hint)
        word = word[: clock.start()]
    try:
        if match := re.fullmatch(r"(\d{4})-(\d{1,2})-(\d{1,2})", word):
            return _plausible(date(int(match[1]), int(match[2]), int(match[3])))
        if match := re.fullmatch(r"(\d{1,2})([/.-])(\d{1,2})\2(\d{4})", word):
            return _plausible(date(int(match[4]), int(match[3]), int(match[1])))
        if match := re.fullmatch(r"(\d{1,2})(?:st|nd|rd|th)?[ -]([A-Za-z]+)\.?[ -](\d{4})", word):
            month = month_number(match[2])
            if month:
                return _plausible(date(int(match[3]), month, int(match[1])))
    except ValueError:
        hint = "Dates are day before month: 31/12/2025, 2025-12-31 or 31 December 2025."
        return Fault("no-such-date", "There is no such date.", hint)
    hint = "Write 2025-04-03, 03/04/2025 (3 April) or 3 April 2025."
    if re.fullmatch(r"\d{5}(\.\d+)?", word):
        hint = "This is a spreadsheet's day number: format the column as a date and save again."
    elif re.search(r"\D\d\d$", word):
        hint = "Write the year with four digits, such as 03/04/2025 (3 April)."
    return Fault("not-a-date", "This is not a date.", hint)


def _plausible(day: date) -> date | Fault:
    if not 1990 <= day.year <= 2200:  # before the scheme, or a typing error
        return Fault("date-out-of-range", "The year of this date cannot be right.", "Check the year.")
    return day


def month_number(word: str) -> int | None:
    """Return 1 to 12 for a month's name or its first three letters (also Sept); None if unknown."""
    folded = word.casefold()
    for number, name in enumerate(MONTHS, 1):
        if folded in (name.casefold(), name[:3].casefold()) or (number == 9 and folded == "sept"):
            return number
    return None


GROUPED: Final = r"\d{1,3}(?:,\d{3})+|\d{1,3}(?: \d{3})+|\d{1,15}"
"""Digits, with commas or spaces only as thousands separators."""


POINTS: Final = re.compile(r"[+−-]?£? ?[1-9]\d{0,2}\.\d{3}")
"""An ambiguous number: three thousand with a continental separator, or three with three decimals."""
CURRENCIES: Final = re.compile(
    r"[€$₺₴¥]|\b(?:EUR|USD|PLN|RON|TRY|UAH|BGN|CZK|HUF|SEK|NOK|DKK|CHF)\b|\b(?:euros?|z[łl]|lei|lev|kr|ft)\b",
    re.IGNORECASE,
)
"""Symbols and codes of currencies other than the pound."""


def two_readings(word: str) -> Fault | None:
    """Return a fault if the point could be a decimal point or a continental thousands separator."""
    if not POINTS.fullmatch(word):
        return None
    digits = re.sub(r"[^\d.]", "", word)
    here, there = digits, digits.replace(".", "")
    return Fault(
        "two-readings",
        f"This number has two readings: {here} here, {there} where a point stands between thousands.",
        "Write thousands without a sign between them and decimals after a point, such as 3000 or 3000.50.",
    )


def other_currency(word: str) -> Fault | None:
    """Return a fault if the amount names a currency other than the pound."""
    if not CURRENCIES.search(word):
        return None
    hint = "Give the amount in pounds, and make sure that it was not only the sign that is wrong."
    return Fault("not-money", "This amount is in another currency.", hint)


def money(text: str) -> int | Fault:  # noqa: PLR0911 - one return for each kind of fault
    """Parse an amount in pounds, such as 1500, 1,500 or £1,500.00, as pence.

    Negative amounts and fractions of a penny are faults.
    """
    word = re.sub(r"^(£|GBP) ?| ?GBP$", "", tidy(text), flags=re.IGNORECASE)
    if fault := other_currency(word) or two_readings(word):
        return fault
    if re.fullmatch(r"[-−] ?£? ?[\d, ]+(\.\d+)?|\([£\d, ]+(\.\d+)?\)|[\d, ]+(\.\d+)?[-−]", word):
        hint = "Write it without a sign; the column says what it is."
        return Fault("negative", "An amount cannot be below zero.", hint)
    match = re.fullmatch(rf"({GROUPED})(?:\.(\d{{1,15}}))?", word)
    if not match:
        if re.fullmatch(r"[\d,]{16,}(\.\d+)?", word):
            return Fault("out-of-range", "This amount is too large to be right.", "Check it.")
        return Fault("not-money", "This is not an amount of money.", "Write 1500, 1,500 or £1,500.00.")
    decimals = (match[2] or "").rstrip("0")
    if len(decimals) > 2:  # pence
        return Fault("not-money", "This amount has fractions of a penny.", "Give pounds and pence.")
    pence = int(match[1].replace(",", "").replace(" ", "")) * 100 + int((decimals + "00")[:2])
    if pence > MONEY_LIMIT:
        return Fault("out-of-range", "This amount is too large to be right.", "Check it.")
    return pence


def count(text: str, least: int | None = 0) -> int | Fault:
    """Parse a whole number, with or without thousands separators."""
    word = tidy(text)
    if fault := two_readings(word):
        return fault
    match = re.fullmatch(r"([+−-]?)(\d{1,3}(?:,\d{3})+|\d+)(?:\.0+)?", word)
    if not match:
        return Fault("not-a-whole-number", "This is not a whole number.", "Write figures only, such as 12.")
    digits = match[2].replace(",", "").lstrip("0") or "0"
    number = int(digits) if len(digits) <= LONGEST else COUNT_LIMIT + 1
    number = -number if match[1] in ("-", "−") else number
    if least is not None and number < least:
        return Fault("out-of-range", f"This must be {least} or more.", "Check it.")
    if number > COUNT_LIMIT:
        return Fault("out-of-range", "This number is too large to be right.", "Check it.")
    return number


def number(text: str, least: int | None = None) -> float | Fault:
    """Parse a number, with or without thousands separators and decimals."""
    word = tidy(text).removeprefix("£").replace("−", "-")
    if fault := two_readings(word):
        return fault
    if not re.fullmatch(r"[+-]?(\d{1,3}(,\d{3})+|\d+)(\.\d+)?", word):
        return Fault("not-a-number", "This is not a number.", "Write figures, such as 19.5.")
    if len(word.partition(".")[0]) > LONGEST:
        return Fault("out-of-range", "This number is too large to be right.", "Check it.")
    value = float(word.replace(",", "")[:50])
    if least is not None and value < least:
        return Fault("out-of-range", f"This must be {least} or more.", "Check it.")
    return value


def yes_no(text: str) -> bool | Fault:
    """Parse yes, no, y, n, true, false, 1 or 0."""
    word = tidy(text).casefold()
    if word in ("yes", "y", "true", "1"):
        return True
    if word in ("no", "n", "false", "0"):
        return False
    return Fault("not-yes-or-no", "This is neither yes nor no.", "Write yes or no.")


def category(allowed: Sequence[str]) -> Callable[[str], str | Fault]:
    """Return a case-insensitive parser for one of the allowed words."""
    known = {tidy(word).casefold(): word for word in allowed}
    general = f"Allowed: {', '.join(allowed)}."
    wrong: list[str] = []

    def read(text: str) -> str | Fault:
        word = tidy(text)
        found = known.get(word.casefold()) or (known.get(word[:-2]) if word.endswith(".0") else None)
        if found is not None:
            return found
        wrong.append("")
        hint = did_you_mean(word, allowed) if len(wrong) <= HINTS else ""
        return Fault("unknown-category", "This value is not one of those allowed.", hint or general)

    return read


@cache
def countries() -> dict[str, str]:
    """Return ISO 3166-1 alpha-2 codes, and XK for Kosovo, by code and by country name in capitals."""
    text = resources.files("reportgen").joinpath("data/countries.csv").read_text("utf-8")
    rows = list(csv.DictReader(text.splitlines()))
    return {row["name"].upper(): row["code"] for row in rows} | {row["code"]: row["code"] for row in rows}


def country(text: str) -> str | Fault:
    """Parse an ISO 3166-1 alpha-2 code; NA is Namibia, not a missing value."""
    word = tidy(text).upper()
    if len(word) == 2 and word in countries():  # alpha-2
        return word
    near = {"UK": "GB", "EL": "GR", "ENG": "GB", "GBR": "GB"}.get(word) or countries().get(word)
    hint = f"Did you mean “{near}”?" if near else "Use the two letters of ISO 3166, such as PL, RO or GB."
    return Fault("unknown-country", "This is not a country code.", hint)


def month(text: str) -> str | Fault:
    """Parse a month (2025-04, April 2025, or a date in the month) as 2025-04."""
    word = tidy(text)
    if match := re.fullmatch(r"(\d{4})-(\d{1,2})", word):
        if 1 <= int(match[2]) <= 12:  # months
            return f"{match[1]}-{int(match[2]):02d}"
    elif match := re.fullmatch(r"([A-Za-z]+)\.?[ -](\d{4})", word):
        if named := month_number(match[1]):
            return f"{match[2]}-{named:02d}"
    else:
        day = a_date(text)
        if isinstance(day, date):
            return f"{day.year}-{day.month:02d}"
    return Fault("not-a-month", "This is not a month.", "Write 2025-04 or April 2025.")


def quarter(text: str) -> str | Fault:
    """Parse a quarter (2025-04 to 2025-06, or April 2025 to June 2025) as 2025-04 to 2025-06."""
    word = tidy(text)
    parts = re.split(r" to | ?– ?", word, flags=re.IGNORECASE)
    ends = [month(part) for part in parts] if len(parts) == 2 else []  # first and last month
    if ends and all(isinstance(end, str) for end in ends):
        first, last = (int(end[:4]) * 12 + int(end[5:]) for end in ends if isinstance(end, str))
        if last - first == 2:  # three months
            return f"{ends[0]} to {ends[1]}"
        return Fault("not-a-quarter", "These are not three months.", "Write 2025-04 to 2025-06.")
    return Fault("not-a-quarter", "This is not a quarter.", "Write 2025-04 to 2025-06.")


def name(text: str) -> str | Fault:
    """Parse a short name: lower-case letters, digits and underscores, starting with a letter."""
    word = fold(text)
    if not re.fullmatch(r"[a-z][a-z0-9_]{0,59}", word):
        hint = "Use letters, figures and underscores, such as clear_letter."
        return Fault("not-a-name", "This cannot be the name of a column.", hint)
    return word


def fold(header: str) -> str:
    """Normalise a header: trimmed, lower case, spaces and hyphens as underscores."""
    return "_".join(tidy(header).casefold().replace("-", " ").replace("_", " ").split())


def codes(text: str) -> tuple[str, ...]:
    """Split at semicolons; parts are trimmed, empty and repeated ones (ignoring case) dropped."""
    seen: dict[str, str] = {}
    for part in text.split(";"):
        if word := tidy(part):
            seen.setdefault(word.casefold(), word)
    return tuple(seen.values())


def several(allowed: Sequence[str]) -> Callable[[str], tuple[str, ...] | Fault]:
    """Return a parser for a semicolon-separated list of the allowed words."""
    one = category(allowed)

    def read(text: str) -> tuple[str, ...] | Fault:
        found: list[str] = []
        for part in codes(text):
            word = one(part)
            if isinstance(word, Fault):
                hint = word.hint if ";" in text or "," not in text else f"Separate answers by “;”. {word.hint}"
                return Fault(word.code, "This answer is not one of those allowed.", hint, part)
            found.append(word)
        return tuple(dict.fromkeys(found))

    return read
