"""What is wrong with the words whatever the numbers are: for a run whose inputs give none.

Goes in: templates. Comes out: every mistake of form of every chapter, caption, of the page and the style sheet.
Nothing is run, and no figure is looked up.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from reportgen.narrative import engine, grammar, page
from reportgen.narrative.captioning import CAPTIONS, CaptionFile
from reportgen.narrative.lint import lint
from reportgen.narrative.mistakes import Mistakes
from reportgen.narrative.passages import Passage
from reportgen.narrative.style import style

if TYPE_CHECKING:
    from reportgen.narrative.types import Templates
    from reportgen.problems import Problem


def proofread(templates: Templates, allowed: tuple[str, ...]) -> tuple[Problem, ...]:
    """All mistakes at once."""
    chapters = {one.file: one.text for one in templates.chapters}
    files = {CAPTIONS: templates.captions_text, **chapters, page.PAGE: templates.page, page.STYLE: templates.css}
    mistakes = Mistakes(files)
    env = engine.environment({}, None, mistakes, engine.Place())
    for file, text in chapters.items():
        lint(Passage(file, text), mistakes, allowed)
        engine.tree_of(env, Passage(file, text), mistakes)
    captions = CaptionFile(templates.captions_text, mistakes)
    for kinds, entries in templates.captions.items():
        for entry, given in entries.items():
            for part, passage in captions.passages(kinds.removesuffix("s"), entry, given):
                lint(passage, mistakes, allowed, chapter=False, source=part == "source")
                engine.tree_of(env, passage, mistakes)
    whole = Passage(page.PAGE, templates.page)
    page.lint_page(whole, mistakes, allowed)
    tree = grammar.parsed(env, whole, mistakes)
    if tree is not None:
        grammar.allowed(tree, whole, mistakes, grammar.PAGE_LOOPS)
    style(Passage(page.STYLE, templates.css), mistakes)
    return mistakes.problems()
