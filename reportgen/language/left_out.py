"""Why a sentence does not stand this year.

Output: ``LeftOut``, raised by the word that takes its sentence out, and ``Absent``, a misuse that is none inside a
sentence: the figure is hidden, missing or not comparable this year.
"""

from __future__ import annotations

from reportgen.language.mistakes import Wrong


class LeftOut(Exception):
    """A sentence cannot stand; ``why`` says which word took it out."""

    def __init__(self, why: str) -> None:
        self.why = why
        super().__init__(why)


class Absent(Wrong):
    """What a word names may not, or cannot, be told this year. In a sentence it takes the sentence out."""

    def __init__(self, said: str, at: str = "") -> None:
        hint = "Take it out of the page, or write it into a chapter, where such a sentence is left out."
        super().__init__("cannot-be-said", said, hint, at)
