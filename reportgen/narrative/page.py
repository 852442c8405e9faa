"""The page around the chapters, from ``report.html.j2``: once for the web, once for print.

Goes in: the page template, chapters, the release. Comes out: whole HTML documents. The page is a template of the
workspace like any other: sandboxed, its mistakes said with file and line.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from jinja2 import TemplateSyntaxError, Undefined, UndefinedError
from jinja2.exceptions import SecurityError
from jinja2.sandbox import ImmutableSandboxedEnvironment
from markupsafe import Markup

from reportgen.narrative import fonts
from reportgen.narrative.printed import Printed

if TYPE_CHECKING:
    from reportgen.narrative.mistakes import Mistakes
    from reportgen.narrative.objects import ReleaseWords
    from reportgen.narrative.types import Section

PAGE = "report.html.j2"
MOST = 20_000_000


def _environment() -> ImmutableSandboxedEnvironment:
    class Missing(Undefined):
        """A name that the page does not have: an error with its line."""

        __str__ = __iter__ = __bool__ = __len__ = __eq__ = __ne__ = Undefined._fail_with_undefined_error  # type: ignore[assignment]  # noqa: SLF001 - as StrictUndefined
        __hash__ = Undefined.__hash__

    def finalize(value: object) -> object:
        return value.piece.text if isinstance(value, Printed) else value

    made = ImmutableSandboxedEnvironment(undefined=Missing, finalize=finalize, autoescape=True)
    made.globals.clear()
    return made


def whole(
    page: str,
    css: str,
    sections: Sequence[Section],
    release: ReleaseWords,
    mistakes: Mistakes,
    *,
    paper: bool,
    draft: bool,
) -> str:
    """One document; "" and a mistake where the page template cannot be used."""
    try:
        template = _environment().from_string(page)
        return template.render(
            print=paper,
            release=release,
            title=_text(release.title),
            summary=_text(release.summary),
            css=Markup(css.replace("</", "<\\/")),  # noqa: S704 - the style sheet of the workspace, closed safely
            font_faces=Markup(fonts.faces(web=not paper)),  # noqa: S704 - made of the font package alone
            chapters=[
                {
                    "id": one.id,
                    "title": one.title,
                    "html": Markup(one.html),  # noqa: S704 - made of escaped pieces
                    "headings": one.headings,
                }
                for one in sections
            ],
            draft=draft,
            illustrative=release.illustrative,
        )
    except TemplateSyntaxError as fault:
        hint = "Compare it with the page of a fresh workspace (“reportgen init DIR”)."
        mistakes.add(PAGE, fault.lineno, "page-syntax", "The page template cannot be read here.", hint)
    except (UndefinedError, SecurityError) as fault:
        line = _line(fault)
        hint = "The page has: print, release, title, summary, css, font_faces, chapters, draft, illustrative."
        mistakes.add(PAGE, line, "page-word", "The page uses something that it does not have.", hint)
    except Exception as fault:  # noqa: BLE001 - whatever the page template brings about is its writer's to mend
        hint = "Compare it with the page of a fresh workspace (“reportgen init DIR”)."
        mistakes.add(PAGE, _line(fault), "page-syntax", "The page template cannot be worked out here.", hint)
    return ""


def _text(value: object) -> str:
    return value.piece.text if isinstance(value, Printed) else str(value or "")


def _line(fault: BaseException) -> int | None:
    found, trace = None, fault.__traceback__
    while trace is not None:
        if trace.tb_frame.f_code.co_filename in ("<template>", "<unknown>"):
            found = trace.tb_lineno
        trace = trace.tb_next
    return found
