"""Write ``reportgen/data/also_names.txt`` and ``names_like_words.txt``: names of people that are words too, or nearly.

Goes in: the names that Faker ships for every language it knows, and the dictionary that decides which words are
English. Comes out: one word a line, in the order of the alphabet. The first list has names that are words or places
(Baker, Kent), without words that begin sentences every day: they stand under ``starts`` in
``reportgen/data/personal.toml``. The second has names that look like a common word with one letter wrong (Persson).
"""

import re
import unicodedata
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules

from faker.providers import person

from reportgen.disclosure.free_text import misspellings, word_lists

DATA = Path(__file__).parents[1] / "reportgen" / "data"


def names() -> Iterator[str]:
    """Every part of every name, in small letters and without accents."""
    for module in iter_modules(person.__path__):
        provider = import_module(f"faker.providers.person.{module.name}").Provider
        for kind in dir(provider):
            values = getattr(provider, kind)
            if (
                "name" in kind
                and "language" not in kind
                and not kind.startswith("_")
                and isinstance(values, (tuple, list, dict))
            ):
                for value in values:
                    if isinstance(value, str) and "{" not in value:
                        yield from re.findall(r"[^\W\d_]{2,}", plain(value))


def plain(text: str) -> str:
    """Small letters without accents."""
    return "".join(sign for sign in unicodedata.normalize("NFKD", text.casefold()) if not unicodedata.combining(sign))


def found() -> list[str]:
    """Those of the names that are ordinary words or known proper nouns, but for the usual beginnings of a sentence."""
    known = word_lists.words()
    proper = known.nobody | known.countries
    both = {
        name
        for name in names()
        if name.isascii() and (word_lists.ordinary(name) or not proper.isdisjoint((name, name.removesuffix("s"))))
    }
    return sorted(both - known.starts)


def like_words() -> list[str]:
    """Those of the names that are no ordinary words, but one letter away from a common one."""
    spelled = {name for name in names() if name.isascii() and len(name) >= misspellings.LEAST}
    return sorted(name for name in spelled if misspellings.near(name) and not word_lists.ordinary(name))


if __name__ == "__main__":
    (DATA / "also_names.txt").write_text("\n".join(found()) + "\n", "utf-8")
    (DATA / "names_like_words.txt").write_text("\n".join(like_words()) + "\n", "utf-8")
