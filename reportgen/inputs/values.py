"""Text as people write it becomes values: dates, money, yes and no, categories, codes.

Goes in: one piece of text and what its column wants. Comes out: the value, or a ``Fault`` that says what is wrong.
Nothing is guessed: dates are never month-first, an amount is never rounded.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from reportgen.figures import MONTHS
from reportgen.problems import did_you_mean

MONEY_LIMIT: Final = 10**12  # pence: ten thousand million pounds
COUNT_LIMIT: Final = 10**6
SPACES: Final = re.compile(r"[\s\u00a0\u202f]+")
FORMULA_ERRORS: Final = ("#REF!", "#N/A", "#VALUE!", "#DIV/0!", "#NAME?", "#NUM!", "#NULL!", "Err:502", "Err:508")
_ISO_3166: Final = (
    "AD AE AF AG AI AL AM AO AQ AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ BR BS BT BV BW BY "
    "BZ CA CC CD CF CG CH CI CK CL CM CN CO CR CU CV CW CX CY CZ DE DJ DK DM DO DZ EC EE EG EH ER ES ET FI FJ FK "
    "FM FO FR GA GB GD GE GF GG GH GI GL GM GN GP GQ GR GS GT GU GW GY HK HM HN HR HT HU ID IE IL IM IN IO IQ IR "
    "IS IT JE JM JO JP KE KG KH KI KM KN KP KR KW KY KZ LA LB LC LI LK LR LS LT LU LV LY MA MC MD ME MF MG MH MK "
    "ML MM MN MO MP MQ MR MS MT MU MV MW MX MY MZ NA NC NE NF NG NI NL NO NP NR NU NZ OM PA PE PF PG PH PK PL PM "
    "PN PR PS PT PW PY QA RE RO RS RU RW SA SB SC SD SE SG SH SI SJ SK SL SM SN SO SR SS ST SV SX SY SZ TC TD TF "
    "TG TH TJ TK TL TM TN TO TR TT TV TW TZ UA UG UM US UY UZ VA VC VE VG VI VN VU WF WS XK YE YT ZA ZM ZW "
)
COUNTRIES: Final = frozenset(_ISO_3166.split())


@dataclass(frozen=True, slots=True)
class Fault:
    """Why a piece of text is not the value its column wants."""

    code: str
    message: str
    hint: str


def tidy(text: str) -> str:
    """Trimmed, with inner white space (line breaks, no-break spaces) as single spaces."""
    return SPACES.sub(" ", text).strip()


def a_date(text: str) -> date | Fault:
    """ISO, DD/MM/YYYY (also with . or -), D Month YYYY; a time of midnight after it is ignored."""
    word = re.sub(r"[T ]00:00(:00(\.0+)?)?(Z|\+00:00)?$", "", tidy(text))
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
    return Fault("not-a-date", "This is not a date.", hint)


def _plausible(day: date) -> date | Fault:
    if not 1990 <= day.year <= 2200:  # noqa: PLR2004 - before the scheme, or a slip of the keyboard
        return Fault("date-out-of-range", "The year of this date cannot be right.", "Check the year.")
    return day


def month_number(word: str) -> int | None:
    """1 to 12 for a month's name or its first three letters (Sept too)."""
    folded = word.casefold()
    for number, name in enumerate(MONTHS, 1):
        if folded in (name.casefold(), name[:3].casefold()) or (number == 9 and folded == "sept"):  # noqa: PLR2004
            return number
    return None


def money(text: str) -> int | Fault:
    """Pence, from 1500, 1,500 or £1,500.00; never negative, at most two decimals."""
    word = tidy(text).replace(" ", "")
    word = re.sub(r"^(£|GBP)|GBP$", "", word, flags=re.IGNORECASE)
    if re.fullmatch(r"-[\d,]+(\.\d+)?|\([£\d,]+(\.\d+)?\)", word):
        return Fault(
            "negative", "An amount cannot be below zero.", "Write it without a sign; the column says what it is."
        )
    match = re.fullmatch(r"(\d{1,3}(?:,\d{3})+|\d+)(?:\.(\d+))?", word)
    if not match:
        return Fault("not-money", "This is not an amount of money.", "Write 1500, 1,500 or £1,500.00.")
    decimals = (match[2] or "").rstrip("0")
    if len(decimals) > 2:  # noqa: PLR2004 - pence
        return Fault("not-money", "This amount has fractions of a penny.", "Give pounds and pence.")
    pence = int(match[1].replace(",", "")) * 100 + int((decimals + "00")[:2])
    if pence > MONEY_LIMIT:
        return Fault("out-of-range", "This amount is too large to be right.", "Check it.")
    return pence


def count(text: str, least: int | None = 0) -> int | Fault:
    """A whole number, with or without thousands commas."""
    word = tidy(text)
    if not re.fullmatch(r"[+-]?(\d{1,3}(,\d{3})+|\d+)(\.0+)?", word):
        return Fault("not-a-whole-number", "This is not a whole number.", "Write figures only, such as 12.")
    digits = word.replace(",", "").split(".")[0]
    number = int(digits) if len(digits) < 20 else COUNT_LIMIT + 1  # noqa: PLR2004 - longer is out of range anyway
    if least is not None and number < least:
        return Fault("out-of-range", f"This must be {least} or more.", "Check it.")
    if number > COUNT_LIMIT:
        return Fault("out-of-range", "This number is too large to be right.", "Check it.")
    return number


def number(text: str, least: int | None = None) -> float | Fault:
    """A number, with or without thousands commas and decimals."""
    word = tidy(text).lstrip("£")
    if not re.fullmatch(r"[+-]?(\d{1,3}(,\d{3})+|\d+)(\.\d+)?", word) or len(word) > 30:  # noqa: PLR2004
        return Fault("not-a-number", "This is not a number.", "Write figures, such as 19.5.")
    value = float(word.replace(",", ""))
    if least is not None and value < least:
        return Fault("out-of-range", f"This must be {least} or more.", "Check it.")
    return value


def yes_no(text: str) -> bool | Fault:
    """yes, no, y, n, true, false, 1, 0."""
    word = tidy(text).casefold()
    if word in ("yes", "y", "true", "1"):
        return True
    if word in ("no", "n", "false", "0"):
        return False
    return Fault("not-yes-or-no", "This is neither yes nor no.", "Write yes or no.")


def category(allowed: Sequence[str]) -> Callable[[str], str | Fault]:
    """A reader of one of the allowed words, whatever their case."""
    known = {word.casefold(): word for word in allowed}

    def read(text: str) -> str | Fault:
        word = tidy(text)
        found = known.get(word.casefold()) or (known.get(word[:-2]) if word.endswith(".0") else None)
        if found is not None:
            return found
        hint = did_you_mean(word, allowed) or f"Allowed: {', '.join(allowed)}."
        return Fault("unknown-category", "This value is not one of those allowed.", hint)

    return read


def country(text: str) -> str | Fault:
    """An ISO 3166 code of two letters; NA is Namibia."""
    word = tidy(text).upper()
    if word in COUNTRIES:
        return word
    near = {"UK": "GB", "EL": "GR", "ENG": "GB", "GBR": "GB"}.get(word)
    hint = f"Did you mean “{near}”?" if near else "Use the two letters of ISO 3166, such as PL, RO or GB."
    return Fault("unknown-country", "This is not a country code.", hint)


def month(text: str) -> str | Fault:
    """2025-04, April 2025, or a date in the month: as 2025-04."""
    word = tidy(text)
    if match := re.fullmatch(r"(\d{4})-(\d{1,2})", word):
        if 1 <= int(match[2]) <= 12:  # noqa: PLR2004 - months
            return f"{match[1]}-{int(match[2]):02d}"
    elif match := re.fullmatch(r"([A-Za-z]+)\.?[ -](\d{4})", word):
        if named := month_number(match[1]):
            return f"{match[2]}-{named:02d}"
    else:
        day = a_date(text)
        if isinstance(day, date):
            return f"{day.year}-{day.month:02d}"
    return Fault("not-a-month", "This is not a month.", "Write 2025-04 or April 2025.")


def codes(text: str) -> tuple[str, ...]:
    """Words separated by ; each trimmed, none twice (whatever their case)."""
    seen: dict[str, str] = {}
    for part in text.split(";"):
        if word := tidy(part):
            seen.setdefault(word.casefold(), word)
    return tuple(seen.values())
