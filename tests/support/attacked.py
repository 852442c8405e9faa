"""Years for the attacker: made-up ones, small and skewed, and the files that would be published of them.

``exact`` gives a year's statistics, ``publish`` the data files of the protected ones.
"""

from __future__ import annotations

import tempfile
from dataclasses import replace
from pathlib import Path
from random import Random
from types import SimpleNamespace

from reportgen import disclosure, inputs, measures, tables
from reportgen import release as releases
from reportgen.files.table_writers import encode
from reportgen.formats.open_data.quoted_figures import figures_json
from reportgen.formats.open_data.statistics_csv import statistics_csv
from reportgen.formats.open_data.tables import table_files
from reportgen.model.edition import Edition
from reportgen.model.problem import serious
from reportgen.release import as_toml
from reportgen.scheme import publication_spec
from reportgen.synthetic import made_up_year

SIZES = (5, 8, 12, 20, 35, 60, 120, 250, 400)
STARTS = ("04-01", "04-01", "01-01", "04-06", "09-15")


def exact(seed, *, size=None, folder=None, **settings):
    """Statistics of two years that belong together, by a seed; ``settings`` are those of disclosure control."""
    chance = Random(seed)
    starts, size = chance.choice(STARTS), size or chance.choice(SIZES)
    read = {}
    with tempfile.TemporaryDirectory() as made:
        for year in (2024, 2025):
            there = Path(folder or made) / str(year)
            write(there, year, chance, size, starts)
            release = releases.read(there, Edition(year))
            release = replace(release.value, disclosure=replace(release.value.disclosure, **settings))
            found = inputs.read(there, release)
            assert not serious(found.problems), [problem.message for problem in serious(found.problems)][:3]
            read[year] = (found.value, release)
    return measures.calculate(*read[2025], measures.calculate(*read[2024])), read[2025][1]


def write(folder, year, chance, size, starts):
    """A year's folder in which a few categories have nearly everything."""
    responses = chance.choice((3, 10, 30, 80, 350))
    made = made_up_year.year(year, size, seed=chance.randrange(10**6), starts=starts, responses=responses)
    skew(made["incidents"], {"place": "Calais", "vehicle_type": "goods vehicle"}, chance)
    skew(made["penalties"], {"role": "driver", "registered_in": "RO", "occasion": "first"}, chance, kept=("occasion",))
    skew(made["survey"], {"role": "driver", "invited_through": "direct", "had_penalty": "yes"}, chance)
    folder.mkdir(parents=True)
    for name, columns in made.items():
        (folder / f"{name}.csv").write_bytes(encode(name, columns, "csv"))
    settings = made_up_year.settings(year, made["survey"], starts=starts)
    (folder / "release.toml").write_text(as_toml(settings), "utf-8")


def skew(columns, favourites, chance, kept=()):
    """Give most rows the favourite word."""
    for name, word in favourites.items():
        share = chance.choice((0.0, 0.0, 0.5, 0.9))
        for n in range(len(columns[name])):
            if name not in kept and chance.random() < share:
                columns[name][n] = word


def publish(statistics, release):
    """The data files of a year as they would be published, and the problems that stop it."""
    found = disclosure.protect(statistics, release)
    return files(found.value, release), [problem.message for problem in serious(found.problems)]


def files(protected, release):
    """``data/`` and ``figures.json``, every figure quoted in it."""
    made = {"data/statistics.csv": statistics_csv(protected)}
    if protected.previous is not None:
        made["data/previous.csv"] = statistics_csv(protected.previous)
    made |= table_files(tables.build(publication_spec.tables(protected), protected, release))
    made["figures.json"] = figures_json([_quoted(figure) for figure in protected.figures.values()], protected, release)
    return made


def _quoted(figure):
    return SimpleNamespace(
        key=figure.key,
        display="",
        value=figure.value,
        marker=figure.marker,
        year="",
        part="",
        where=(),
    )
