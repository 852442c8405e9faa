"""Charts of very different years, and what the tests of charts read from them."""

import csv
import io
from dataclasses import dataclass, replace

import drawing

from reportgen import charts, disclosure, inputs, measures
from reportgen import release as releases
from reportgen.model.edition import Edition
from reportgen.scheme import publication_spec
from reportgen.synthetic import made_up_year

PLACE = "Port of Newhaven and every other place of embarkation on the south coast between Dover and Plymouth"
THEME = "Whether the guidance reaches drivers who read neither English nor French nor German"


@dataclass(frozen=True)
class Year:
    statistics: object
    release: object
    plots: dict
    charts: dict
    drawings: dict


def protected(folder, year, previous=None):
    def read(of, number):
        release = releases.read(of, Edition(number)).value
        return inputs.read(of, release).value, release

    tables, release = read(folder, year)
    exact = measures.calculate(tables, release, measures.calculate(*read(previous, year - 1)) if previous else None)
    return disclosure.protect(exact, release).value, release


def drawn(statistics, release):
    specs = publication_spec.charts(statistics)
    made = charts.draw(specs, statistics, release)
    plots = {spec.id: (spec, plot) for spec, plot in charts.plots(specs, statistics, release)}
    assert list(plots) == list(made)
    return Year(statistics, release, plots, made, {name: drawing.read(one.svg) for name, one in made.items()})


def hide_some(statistics, every=3):
    """Hide every third figure about people, last year's too: more than disclosure control would need."""
    figures = {
        key: disclosure.Figure(key, figure.unit, None, "[c]")
        if statistics.definitions[key.measure].personal and key.breakdown_1 and n % every == 0
        else figure
        for n, (key, figure) in enumerate(statistics.figures.items())
    }
    before = hide_some(statistics.previous, every + 1) if statistics.previous else None
    return replace(statistics, figures=figures, previous=before)


def wordy(folder):
    """A year whose places, themes, questions, answers, actions and series have very long names."""
    made_up_year.write(folder, 2025, 900, responses=200)
    release = folder / "release.toml"
    release.write_text(release.read_text("utf-8").replace("places = []", f'places = ["{PLACE}"]'), "utf-8")

    def change(table, rewrite):
        path = folder / f"{table}.csv"
        rows = list(csv.DictReader(io.StringIO(path.read_text("utf-8"))))
        out = io.StringIO(newline="")
        writer = csv.DictWriter(out, list(rows[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows(rewrite(dict(row)) for row in rows)
        path.write_text(out.getvalue(), "utf-8")

    def long(row, **columns):
        return row | {name: make(row[name]) for name, make in columns.items()}

    change("incidents", lambda row: long(row, place=lambda old: PLACE if old == "UK port" else old))
    change("survey", lambda row: long(row, themes=lambda old: THEME if old == "guidance" else old))
    change(
        "questions",
        lambda row: long(row, wording=lambda old: f"{old} Please think of the last notice that you or your firm had."),
    )
    change("actions", lambda row: long(row, action=lambda old: f"{old}, and report on it to everyone who asked for it"))
    change("context", lambda row: long(row, series=lambda old: f"{old}, as counted by another part of government"))
    return folder


YEARS = ("tiny", "ordinary", "large", "hidden", "wordy", "calendar")


def every(year):
    return year.drawings.items()


def said(canvas):
    return [word["text"] for word in canvas.words]


def draw_all(root):
    """Draw the charts of six years: very small, ordinary, very large, much hidden, long words, a calendar year."""
    made = {}
    made_up_year.write(root / "tiny", 2025, 40, responses=4)
    made_up_year.write(root / "2024", 2024, 1500)
    made_up_year.write(root / "2025", 2025, 1790)
    made_up_year.write(root / "large", 2025, 20_000, responses=2_000)
    made_up_year.write(root / "calendar" / "2026", 2026, 500, starts="01-01")
    made_up_year.write(root / "calendar" / "2025", 2025, 900, starts="01-01")
    made["tiny"] = protected(root / "tiny", 2025)
    made["ordinary"] = protected(root / "2025", 2025, root / "2024")
    made["large"] = protected(root / "large", 2025)
    made["hidden"] = (hide_some(made["ordinary"][0]), made["ordinary"][1])
    made["wordy"] = protected(wordy(root / "wordy"), 2025)
    made["calendar"] = protected(root / "calendar" / "2026", 2026, root / "calendar" / "2025")
    return {name: drawn(*pair) for name, pair in made.items()}
