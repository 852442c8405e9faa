"""Blocks that stand on a line of their own: tables, charts, quotes, "you said, we did", key figures.

Goes in: tables, charts and records. Comes out: each as HTML for the web, HTML for print and Govspeak, with its caption.
Hides how a table or chart is marked up.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import groupby
from typing import TYPE_CHECKING, Final

from reportgen.language.fragment import Fragment, FragmentStore, escape, govspeak
from reportgen.language.mistakes import Wrong, short
from reportgen.model import formatting
from reportgen.model.problem import did_you_mean
from reportgen.scheme import measure_ids as ids
from reportgen.vocabulary.block_markup import chart_govspeak, chart_html, table_govspeak, table_html

if TYPE_CHECKING:
    from reportgen.language.sandbox import Place
    from reportgen.model.chart import Chart
    from reportgen.model.narrative import Caption
    from reportgen.model.protected import ProtectedStatistics
    from reportgen.model.records import Action
    from reportgen.model.table import Table

State = tuple[dict[str, str], dict[str, int], set[str], set[str]]
NOT_RELEASED: Final = " (not yet released for publication)"


@dataclass
class Blocks:
    """The blocks of one rendering, and which of them were placed where."""

    statistics: ProtectedStatistics
    tables: Mapping[str, Table]
    charts: Mapping[str, Chart]
    known_tables: frozenset[str]
    known_charts: frozenset[str]
    captions: Mapping[str, Caption]
    tray: FragmentStore
    place: Place
    placed: dict[str, str] = field(default_factory=dict)
    numbers: dict[str, int] = field(default_factory=dict)
    quoted: set[str] = field(default_factory=set)
    unreleased: set[str] = field(default_factory=set)
    """Responses whose comments stand where nobody has released them; in a final report they are left out."""
    final: bool = False

    def known_id(self, kind: str, id_: object) -> str | None:
        """The id of a table or chart that is there; None where this year has none. A mistake where it is unknown."""
        made: Mapping[str, object] = self.tables if kind == "table" else self.charts
        known = self.known_tables if kind == "table" else self.known_charts
        name = id_.piece.text if isinstance(id_, Fragment) else id_
        if name == "":  # a series without a table or chart
            return None
        if not isinstance(name, str) or (name not in known and name not in made):
            hint = did_you_mean(str(name), known | {*made}) or f"“reportgen figures” lists every {kind}."
            raise Wrong(f"unknown-{kind}", f"There is no {kind} called “{short(str(name))}”.", hint, str(name))
        return name if name in made else None

    def state(self) -> State:
        """What was placed, numbered and quoted so far."""
        return dict(self.placed), dict(self.numbers), set(self.quoted), set(self.unreleased)

    def restore(self, state: State) -> None:
        """Forget what was placed since: the chapter leaves itself out."""
        placed, numbers, quoted, unreleased = state
        self.placed, self.numbers = dict(placed), dict(numbers)
        self.quoted, self.unreleased = set(quoted), set(unreleased)

    def has_table(self, id_: object) -> bool:
        """Whether this year has a table."""
        return self.known_id("table", id_) is not None

    def has_chart(self, id_: object) -> bool:
        """Whether this year has a chart."""
        return self.known_id("chart", id_) is not None

    def table(self, id_: object) -> object:
        """A table with its caption; nothing where this year has none."""
        name = self.known_id("table", id_)
        if name is None or self._twice(f"table-{name}"):
            return ""
        table, caption = self.tables[name], self._caption(name, "tables")
        label = f"Table {self._number('table')}"
        return self.tray.block(
            caption.title,
            table_html(table, caption, label, web=True),
            table_html(table, caption, label, web=False),
            table_govspeak(table, caption, label),
        )

    def chart(self, id_: object) -> object:
        """A chart with its caption; on the web with its numbers as a table."""
        name = self.known_id("chart", id_)
        if name is None or self._twice(f"chart-{name}"):
            return ""
        chart, caption = self.charts[name], self._caption(name, "charts")
        label = f"Figure {self._number('chart')}"
        return self.tray.block(
            caption.title,
            chart_html(chart, caption, label, web=True),
            chart_html(chart, caption, label, web=False),
            chart_govspeak(chart, caption, label),
        )

    def _number(self, kind: str) -> int:
        self.numbers[kind] = self.numbers.get(kind, 0) + 1
        return self.numbers[kind]

    def _twice(self, name: str) -> bool:
        if name in self.placed:
            kind, _, id_ = name.partition("-")
            said = f"The {kind} “{id_}” stands already in {self.placed[name]}."
            raise Wrong("placed-twice", said, "Take one of the two out.", id_)
        self.placed[name] = f"{self.place.file}:{self.place.line()}"
        return False

    def _caption(self, name: str, kind: str) -> Caption:
        from reportgen.model.narrative import Caption

        return self.captions.get(f"{kind}.{name}") or Caption(name)

    def quote(self, theme: str, role: str) -> object:
        """One comment on a theme that was not quoted before, or nothing; a draft marks what nobody has released."""
        known = {
            name.casefold() for one in self.statistics.of(ids.SURVEY_THEMES, "theme") for name in [one.key.category_1]
        }
        if theme and theme.casefold() not in known:
            hint = did_you_mean(theme, known) or f"Themes are: {', '.join(sorted(known))}."
            raise Wrong("unknown-theme", f"There is no theme “{theme}”.", hint, theme)
        for quote in self.statistics.records.quotes:
            themes = {name.casefold() for name in quote.themes}
            if quote.text in self.quoted or (theme and theme.casefold() not in themes) or (role and quote.role != role):
                continue
            if not quote.released:
                self.unreleased.add(quote.response_id)
                if self.final:
                    return ""
            self.quoted.add(quote.text)
            text, who = formatting.clean(quote.text), ROLES.get(quote.role, "Somebody who answered")
            who = f"{who}, on {formatting.clean(theme)}" if theme else who
            who += "" if quote.released else NOT_RELEASED
            web = f'<blockquote class="quote"><p>“{escape(text)}”</p><p class="who">{escape(who)}</p></blockquote>'
            return self.tray.block(f"{text} ({who})", web, web, f"> “{govspeak(text)}”\n>\n> {govspeak(who)}")
        return ""

    def actions(
        self, quick_win: object, status: str, theme: str, audience: str, first: object, *, brief: object
    ) -> object:
        """The actions asked for, as a list: what, by whom, when; nothing where there is none."""
        if not isinstance(brief, bool):
            raise Wrong("wrong-use", "short is true or false.", "Write short=true.", "short")
        found = self.asked(quick_win, status, theme, audience)
        if first is not None:
            if isinstance(first, bool) or not isinstance(first, int) or first < 1:
                raise Wrong("wrong-use", "first is how many actions are listed.", "Such as first=3.", "first")
            found = found[:first]
        if not found:
            return ""
        lines = [_brief(one) if brief else (_did(one), _when(one)) for one in found]
        web = "".join(f'<li>{escape(did)} <span class="when">{escape(when)}</span></li>' for did, when in lines)
        gov = "\n".join(f"- {govspeak(did)} {govspeak(when)}" for did, when in lines)
        made = f'<ul class="actions">{web}</ul>'
        return self.tray.block("; ".join(did for did, _ in lines), made, made, gov)

    def asked(self, quick_win: object, status: str, theme: str, audience: str) -> list[Action]:
        """The actions asked for, in order; for one audience or several, those that are for fewer others first."""
        every = self.statistics.records.actions
        audiences = [one.strip().casefold() for one in audience.split(";")] if audience else []
        if quick_win is not None and not isinstance(quick_win, bool):
            raise Wrong("wrong-use", "quick_win is true or false.", "Write quick_win=true.", "quick_win")
        themes = {one.theme for one in every} | {*self.statistics.categories.get("theme", ())}
        for word, words, what in (
            (status, (*TOLD, OPEN), "status"),
            (theme, themes, "theme"),
            *((one, ROLES, "audience") for one in audiences),
        ):
            if (word or what == "audience") and word.casefold() not in {one.casefold() for one in words}:
                hint = did_you_mean(word, words) or f"There are: {', '.join(sorted(words))}."
                raise Wrong(f"unknown-{what}", f"There is no {what} “{short(word)}”.", hint, word)
        found = [
            one
            for one in sorted(every, key=_order)
            if quick_win in (None, one.quick_win)
            and (status.casefold() in ("", one.status) or (status.casefold() == OPEN and one.status not in CLOSED))
            and theme.casefold() in ("", one.theme.casefold())
            and {*audiences} <= {*one.audience}
        ]
        return sorted(found, key=_closeness) if audience else found

    def you_said_we_did(self) -> object:
        """Every theme with what was heard and done; quick wins first, late ones marked."""
        web, gov = [], []
        for theme, group in groupby(sorted(self.statistics.records.actions, key=_order), key=lambda one: one.theme):
            title = formatting.clean(formatting.capital(theme)) or "Other actions"
            web.append(f"<h4>{escape(title)}</h4>")
            gov.append(f"#### {govspeak(title)}")
            for action in group:
                said, label = _sentence(formatting.clean(action.heard)), TOLD.get(action.status, "Action")
                did, when = _did(action), _when(action, labelled=True)
                first = f'<p class="said"><strong>You said:</strong> {escape(said)}</p>' if said else ""
                web.append(
                    f'<div class="said-did">{first}<p class="did"><strong>{label}:</strong> {escape(did)}'
                    f' <span class="when">{escape(when)}</span></p></div>'
                )
                gov.append(
                    (f"**You said:** {govspeak(said)}\n\n" if said else "")
                    + f"**{label}:** {govspeak(did)} {govspeak(when)}"
                )
        if not web:
            return ""
        made = "".join(web)
        return self.tray.block("You said, we did", made, made, "\n\n".join(gov))

    def panel(self, lines: list[str]) -> str:
        """Key figures as a list of their own."""
        opened = self.tray.block("", '<div class="panel">', '<div class="panel">', "\ue100")
        closed = self.tray.block("", "</div>", "</div>", "\ue101")
        items = "\n".join(f"- {line.removeprefix('- ')}" for line in lines)
        return f"\n\n{opened}\n\n{items}\n\n{closed}\n\n"


ROLES = {
    "driver": "A driver",
    "owner": "An owner",
    "hirer": "A hirer",
    "operator": "An operator",
    "other": "Somebody in another role",
}
TOLD = {
    "complete": "Done",
    "in progress": "Under way",
    "not started": "Planned",
    "dropped": "Dropped",
}
"""What is said of an action by its status: only what is complete was done."""
OPEN: Final = "open"
"""What may be asked for beside a status: whatever is not closed."""
CLOSED: Final = ("complete", "dropped")


def _order(action: Action) -> tuple[str, bool, str]:
    return (action.theme.casefold() or "\uffff", not action.quick_win, action.ref)


def _closeness(action: Action) -> tuple[int, bool]:
    """An action for fewer audiences is closer to each; then quick wins."""
    return (len(action.audience), not action.quick_win)


def _sentence(text: str) -> str:
    """With a full stop, where there is text without a mark at its end."""
    return text if not text or text[-1] in ".?!" else f"{text}."


def _did(action: Action) -> str:
    """What was or will be done, with what came of it or why not."""
    did = _sentence(formatting.clean(action.action))
    return f"{did} {_sentence(formatting.clean(action.outcome))}" if action.outcome and action.status in CLOSED else did


def _when(action: Action, *, labelled: bool = False) -> str:
    """Who leads it, when it was or is due and whether it is late; its status too, unless a label says that already."""
    parts = [f"Led by: {formatting.clean(action.owner)}"]
    if action.quick_win:
        parts.append("quick win")
    if action.status == "complete" and action.completed:
        parts.append(f"completed on {formatting.day(action.completed)}")
    elif not labelled:
        parts.append(action.status)
    if action.status not in CLOSED:
        parts.append(f"{'late: was due on' if action.overdue else 'due on'} {formatting.day(action.due)}")
    return "; ".join(parts) + "."


def _brief(action: Action) -> tuple[str, str]:
    """What came of an action, with who and when in brackets; one that is not complete as everywhere."""
    if action.status != "complete":
        return _did(action), _when(action)
    done = [formatting.clean(action.owner), *([formatting.day(action.completed)] if action.completed else [])]
    did = formatting.clean(action.outcome or action.action).removesuffix(".")
    return did, f"({', '.join(done)})."
