"""Mistakes that people make in templates: the text, the code of the problem, its line, its column and the remedy."""

from mistakes.conditions import CONDITIONS
from mistakes.figures import FIGURES
from mistakes.markup import MARKUP

MISTAKES = [*FIGURES, *CONDITIONS, *MARKUP]
