"""Things with parts: the release, the audit, a question, a theme. ``release.dates`` and the like.

Goes in: the release and protected statistics. Comes out: printed pieces by name; what is not given is empty, so that
``{% if release.isbn %}`` works.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Final

from reportgen.language.parts import Parts
from reportgen.model import formatting
from reportgen.model.figure import Key
from reportgen.model.release import FIRST_PUBLISHED
from reportgen.model.table import LOW_BASE
from reportgen.scheme import law
from reportgen.vocabulary.provenance import setting

if TYPE_CHECKING:
    from reportgen.language.fragment import Fragment, FragmentStore
    from reportgen.model.protected import Figure, ProtectedStatistics
    from reportgen.model.records import Question
    from reportgen.model.release import Release
    from reportgen.vocabulary.provenance import Provenance

CONFIDENCE: Final = 0.95
"""How many of a hundred intervals of survey shares are meant to hold the true share."""
FIRST: Final = FIRST_PUBLISHED.strip(" .").casefold()
"""The note of a report as it first came out, however it is written."""
BRIEF: Final = (10, 80)
"""Words and letters of the positive answers that a title has room for."""


@dataclass(frozen=True)
class ReleaseWords(Parts):
    """What ``release.toml`` says, in words."""

    _release: Release
    _statistics: ProtectedStatistics
    _tray: FragmentStore

    PARTS = (
        "dates",
        "first_day",
        "last_day",
        "last_month",
        "title",
        "summary",
        "organisation",
        "status",
        "type",
        "contact",
        "email",
        "alternative_format",
        "published",
        "next_release",
        "change_note",
        "url",
        "isbn",
        "unique_reference",
        "nations",
        "copyright_year",
        "illustrative",
        "final",
        "threshold",
        "survey_minimum_base",
        "round_to",
        "objection_days",
        "spans_regimes",
        "confidence",
        "low_base",
        "smallest_share",
    )

    def _text(self, words: str) -> Fragment | str:
        return self._tray.text(formatting.clean(words)) if words else ""

    def _set(self, name: str, words: str) -> Fragment:
        return setting(self._tray, words, name)

    def _day(self, day: date | None) -> Fragment | str:
        return self._tray.text(formatting.day(day)) if day else ""

    def _month(self, label: str) -> Fragment:
        made = self._tray.text(formatting.month(label))
        made.category = label
        return made

    def __getattr__(self, name: str) -> object:
        if name.startswith("_") or name not in self.PARTS:
            raise AttributeError(name)
        release, period = self._release, self._release.period
        settings, note = self._statistics.settings, release.publication.change_note
        known: dict[str, object] = {
            "dates": self._text(formatting.span(period.first, period.last)),
            "first_day": self._day(period.first),
            "last_day": self._day(period.last),
            "last_month": self._month(period.months()[-1]),
            "contact": self._text(release.publication.contact_name),
            "email": self._text(release.publication.contact_email),
            "alternative_format": self._text(release.publication.alternative_format_email),
            "published": self._day(release.publication.published),
            "change_note": self._text(note) if note.strip(" .").casefold() != FIRST else "",
            "title": self._text(title_of(release)),
            "copyright_year": self._text(str((release.publication.published or release.as_at).year)),
            "illustrative": release.illustrative,
            "final": release.final,
            "threshold": self._set("threshold", formatting.number(settings.threshold)),
            "survey_minimum_base": self._set("survey_minimum_base", formatting.number(settings.survey_minimum_base)),
            "round_to": self._set("round_to", formatting.number(settings.round_to)) if settings.round_to > 1 else "",
            "objection_days": self._set("objection_days", formatting.days(release.objection_days or 0))
            if release.objection_days
            else "",
            "spans_regimes": law.regime_of(period.first) != law.regime_of(period.last),
            "confidence": setting(self._tray, formatting.percent(CONFIDENCE), "confidence"),
            "low_base": setting(self._tray, formatting.number(LOW_BASE), "low base"),
            "smallest_share": setting(self._tray, formatting.percent(0.001), "smallest share"),
        }
        return known[name] if name in known else self._text(str(getattr(release.publication, name)))


def title_of(release: Release) -> str:
    """The title given, else one of our own."""
    return release.publication.title or f"Clandestine entrant civil penalties: {release.period.label}"


@dataclass(frozen=True)
class AuditWords(Parts):
    """What the audit of disclosure control found."""

    _statistics: ProtectedStatistics
    _tray: FragmentStore

    PARTS = ("published", "hidden")

    def __getattr__(self, name: str) -> object:
        if name.startswith("_") or name not in self.PARTS:
            raise AttributeError(name)
        audit = self._statistics.audit
        numbers = {
            "published": audit.published,
            "hidden": audit.hidden,
        }
        return setting(self._tray, formatting.number(numbers[name]), f"audit {name}")


@dataclass(frozen=True)
class QuestionWords(Parts):
    """A question of the survey, for a loop."""

    _question: Question
    _statistics: ProtectedStatistics
    _trace: Provenance

    PARTS = (
        "id",
        "number",
        "wording",
        "table",
        "chart",
        "positive",
        "positive_words",
        "interval",
        "multiple",
        "base",
        "few",
        "brief",
        "compared",
        "why_not",
    )

    def __getattr__(self, name: str) -> object:
        if name.startswith("_") or name not in self.PARTS:
            raise AttributeError(name)
        made = self._printed(name)
        return self._plain()[name] if made is None else made

    def _plain(self) -> dict[str, object]:
        """The parts that say nothing of a figure."""
        question, statistics, tray = self._question, self._statistics, self._trace.tray
        reason, figure = statistics.breaks.get(question.name, ""), self._based()
        positive = " or ".join(question.positive)
        number = str(statistics.records.questions.index(question) + 1)
        words = tray.text(" or ".join(f"“{formatting.clean(option)}”" for option in question.positive))
        return {
            "number": setting(tray, number, f"question {question.name}"),
            "positive_words": words,
            "few": figure is not None and figure.base is not None and figure.base < LOW_BASE,
            "brief": words if len(positive.split()) <= BRIEF[0] and len(positive) <= BRIEF[1] else "",
            "id": f"survey.{question.name}",
            "wording": tray.text(formatting.clean(question.wording)),
            "table": f"survey-{question.name}",
            "chart": f"survey-{question.name}",
            "positive": f"survey.{question.name}.positive" if question.positive else "",
            "multiple": question.kind == "multiple",
            "compared": Key(f"survey.{question.name}.positive.change") in statistics.figures,
            "why_not": tray.text(reason) if reason else "",
        }

    def _printed(self, name: str) -> Fragment | str | None:
        """The parts that quote a figure, as soon as they are asked for; None for the others."""
        if name == "base":
            figure = self._based()
            if figure is None or figure.base is None:
                return ""
            return self._quoted(figure, formatting.number(figure.base), figure.base, "base")
        if name != "interval":
            return None
        figure = self._statistics.figures.get(Key(f"survey.{self._question.name}.positive"))
        if figure is None or figure.lower is None or figure.upper is None or figure.lower == figure.upper:
            return ""
        ends = [self._quoted(figure, formatting.percent(end), end, "interval") for end in (figure.lower, figure.upper)]
        said, web = (" to ".join(getattr(end.piece, form) for end in ends) for form in ("text", "web"))
        return self._trace.tray.text(said, web=web)

    def _quoted(self, figure: Figure, display: str, value: float, part: str) -> Fragment:
        return self._trace.figure(figure, display, value, self._statistics.period.label, part=part)

    def _based(self) -> Figure | None:
        """A figure whose base is how many answered; None where nobody did."""
        figures = self._statistics.of(f"survey.{self._question.name}", "option")
        return figures[0] if figures else None


@dataclass(frozen=True)
class ThemeWords(Parts):
    """A theme of comments, for a loop."""

    _theme: str
    _tray: FragmentStore

    PARTS = ("name", "title")

    def __getattr__(self, name: str) -> object:
        if name.startswith("_") or name not in self.PARTS:
            raise AttributeError(name)
        return (
            self._tray.text(formatting.clean(self._theme))
            if name == "name"
            else self._tray.text(formatting.capital(formatting.clean(self._theme)))
        )
