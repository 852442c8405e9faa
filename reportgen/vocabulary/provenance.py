"""Every number in the words, known by its figure, its law or its setting wherever it stands.

Goes in: a displayed number and what it is. Comes out: a printed piece whose HTML says so, and the list of all figures
that the words quote.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from reportgen.language.fragment import Counted, Fragment, FragmentStore, escape
from reportgen.model import formatting
from reportgen.model.narrative import QuotedFigure

if TYPE_CHECKING:
    from reportgen.language.sandbox import Place
    from reportgen.model.figure import Key
    from reportgen.model.protected import Figure


@dataclass
class Provenance:
    """The numbers of one rendering."""

    tray: FragmentStore
    place: Place
    quoted: dict[tuple[Key, str, str], tuple[QuotedFigure, list[str]]] = field(default_factory=dict)

    def figure(
        self,
        figure: Figure,
        display: str,
        value: float,
        label: str,
        *,
        last: bool = False,
        part: str = "",
        counted: Counted | None = None,
    ) -> Fragment:
        """A figure of the period ``label``; or its change on last year, share of the whole, interval or base."""
        kind = f" {part}" if part else ""
        found = self.quoted.setdefault(
            (figure.key, f"{label}{display}", part),
            (QuotedFigure(figure.key, display, value, "", (), label, part), []),
        )
        where = f"{self.place.file}:{self.place.line()}"
        if where not in found[1]:
            found[1].append(where)
        name = f"{figure.key}{' last year' if last else ''}{kind}"
        made = self.tray.text(display, web=self._data(value, "figure", name, display), counted=counted)
        made.value, made.unit = value, figure.unit
        return made

    def law(self, display: str, value: float, what: str) -> Fragment:
        """A number that the law sets."""
        return self.tray.text(display, web=self._data(value, "law", what, display))

    @staticmethod
    def _data(value: float, kind: str, what: str, display: str) -> str:
        return f'<data value="{formatting.exact(value)}" data-{kind}="{escape(what)}">{escape(display)}</data>'

    def state(self) -> dict[tuple[Key, str, str], int]:
        """Return how many places quote each figure so far."""
        return {key: len(where) for key, (_, where) in self.quoted.items()}

    def restore(self, state: Mapping[tuple[Key, str, str], int]) -> None:
        """Forget what a sentence quoted that does not stand."""
        for key in [*self.quoted]:
            if key not in state:
                del self.quoted[key]
            else:
                del self.quoted[key][1][state[key] :]

    def forget(self, file: str) -> None:
        """What an omitted chapter quoted is quoted nowhere."""
        for key, (_, where) in list(self.quoted.items()):
            where[:] = [place for place in where if not place.startswith(f"{file}:")]
            if not where:
                del self.quoted[key]

    def all(self) -> tuple[QuotedFigure, ...]:
        """Every figure quoted, with every place."""
        return tuple(replace(figure, where=tuple(where)) for figure, where in self.quoted.values())


def setting(tray: FragmentStore, display: str, what: str) -> Fragment:
    """A number that ``release.toml`` or the audit sets; a date or a name has none."""
    digits = re.sub(r"[^\d.]", "", display).strip(".")
    if not digits:
        return tray.text(display)
    return tray.text(
        display, web=f'<data value="{escape(digits)}" data-setting="{escape(what)}">{escape(display)}</data>'
    )
