"""A year of incidents in one table of two breakdowns, and the file published from it."""

import csv
import io

import cells
from cells import count

from reportgen import disclosure
from reportgen.formats.open_data.statistics_csv import statistics_csv

INNER = {
    ("Calais", "van"): 3, ("Calais", "car"): 12, ("Calais", "coach"): 30,
    ("Inland", "van"): 25, ("Inland", "car"): 2, ("Inland", "coach"): 14,
    ("UK port", "van"): 9, ("UK port", "car"): 18, ("UK port", "coach"): 0,
}  # fmt: skip


def table():
    """A year of incidents by place and vehicle with both margins, in which two cells are small."""
    made = [count("incidents.count", sum(INNER.values()))]
    for at, name in ((0, "place"), (1, "vehicle_type")):
        for word in dict.fromkeys(pair[at] for pair in INNER):
            number = sum(n for pair, n in INNER.items() if pair[at] == word)
            made.append(count("incidents.count", number, **{name: word}))
    made += [count("incidents.count", n, place=place, vehicle_type=vehicle) for (place, vehicle), n in INNER.items()]
    return cells.year(*made)


def protected(statistics, published=()):
    """The result of disclosure control, and the file of all figures."""
    found = disclosure.protect(statistics, cells.release(statistics), published=published)
    return found, {"data/statistics.csv": statistics_csv(found.value)}


def rows_of(files, name="statistics"):
    return list(csv.DictReader(io.StringIO(files[f"data/{name}.csv"].decode())))


def name_of(row):
    pairs = [(row[f"breakdown_{n}"], row[f"category_{n}"]) for n in (1, 2) if row[f"breakdown_{n}"]]
    return row["measure"] + ("{" + ", ".join(f"{a}={b}" for a, b in pairs) + "}" if pairs else "")


def exact(statistics, row):
    return next(statistic for key, statistic in statistics.cells.items() if str(key) == name_of(row))


def put_back(files, statistics, row):
    """The files with the exact value of one hidden figure put back, as if nobody had hidden it."""
    rows, statistic = rows_of(files), exact(statistics, row)
    out = io.StringIO()
    writer = csv.DictWriter(out, list(rows[0]), lineterminator="\n")
    writer.writeheader()
    back = {"value": repr(statistic.value), "marker": "", "base": str(statistic.base)}
    writer.writerows(one | back if name_of(one) == name_of(row) else one for one in rows)
    return files | {"data/statistics.csv": out.getvalue().encode()}
