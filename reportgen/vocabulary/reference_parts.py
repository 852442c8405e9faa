"""The parts of things, as they are explained: the release, the audit, a question, a theme, a series."""

from __future__ import annotations

from typing import Final

RELEASE: Final = {
    "dates": "its first and last day",
    "first_day": "its first day",
    "last_day": "its last day",
    "last_month": "its last month; month=release.last_month asks a figure of it",
    "title": "the title",
    "summary": "the summary",
    "organisation": "who publishes",
    "status": "what kind of statistics these are",
    "type": "what kind of publication this is",
    "contact": "who answers questions",
    "email": "their address",
    "alternative_format": "the address for other formats",
    "published": "the day of publication",
    "next_release": "when the next one comes",
    "change_note": "what changed since the report first came out; empty for “First published.”",
    "url": "where the publication stands",
    "isbn": "its ISBN",
    "unique_reference": "its reference",
    "nations": "which nations it covers",
    "copyright_year": "the year of the copyright",
    "illustrative": "asks: are the figures made up?",
    "final": "asks: is this the publication itself, not a draft?",
    "threshold": "counts from 1 to below this are hidden",
    "survey_minimum_base": "answers to a question below this are hidden",
    "round_to": "what counts are rounded to, where they are",
    "objection_days": "the target for deciding an objection, where there is one",
    "spans_regimes": "asks: did the law change during the year?",
    "confidence": "how sure the intervals are",
    "low_base": "answers below this are marked",
    "smallest_share": "a share below this is said as “less than”",
}


AUDIT: Final = {
    "published": "figures published",
    "hidden": "figures hidden",
}


QUESTION: Final = {
    "id": "the name of its figures, for stat(…)",
    "number": "its number",
    "wording": "how it was asked",
    "table": "its table, for table(…)",
    "chart": "its chart, for chart(…)",
    "positive": "the name of its positive share; empty where it has none",
    "positive_words": "the answers that count as positive",
    "interval": "the interval of the positive share",
    "multiple": "asks: could several answers be given?",
    "base": "how many answered",
    "few": "asks: did so few answer that it is marked?",
    "brief": "the answers that count as positive, where they are short enough for a title",
    "compared": "asks: can it be compared with last year?",
    "why_not": "why it cannot be compared",
}


THEME: Final = {"name": "the theme", "title": "the theme with a capital letter"}


PUBLISHED: Final = {
    "title": "what the series counts",
    "table": "its table, for table(…)",
    "chart": "its chart, for chart(…)",
    "first": "its first figure",
    "first_period": "the period of the first figure",
    "latest": "its latest figure",
    "latest_period": "the period of the latest figure",
    "largest": "its largest figure, where the years count the same thing; asked, it lets “highest” stand",
    "largest_period": "the period of the largest figure",
    "mixed_periods": "asks: are some periods longer than others, or do they begin in other months?",
    "mixed_scope": "asks: does what is counted differ from row to row?",
}


RELATED: Final = {
    "name": "the name of the series",
    "first": "its first figure of the year",
    "first_period": "the quarter of the first figure",
    "latest": "its latest figure",
    "latest_period": "the quarter of the latest figure",
}


OPTIONS: Final = (
    ('role="driver", place="Calais", …', "the category of a breakdown; “reportgen figures” lists them"),
    ('year="last"', "last year's figure"),
    ('than="Coquelles"', "the other side of a comparison: another category, or another figure"),
    ('as="words"', "one to nine in words"),
    ('as="full"', "£4,213,500 instead of £4.2 million"),
    ('as="percent"', "a change in per cent"),
    ('as="decimal"', "a share with one decimal"),
    ('as="name"', "of a category: Calais instead of at Calais, driver instead of drivers"),
    ('as="number", as="share", as="before"', "of a category: its figure, its share of all, last year's figure"),
)
