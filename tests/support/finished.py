"""A finished publication small enough to read, made without the rooms that write it, for the tests of the checks."""

from dataclasses import dataclass, replace
from datetime import date
from types import SimpleNamespace

from small import BY_PERSONS

from reportgen.checks import Finished
from reportgen.formats.downloads import downloads
from reportgen.formats.pdf import Aloud
from reportgen.model.edition import Edition
from reportgen.model.figure import Definition, Key
from reportgen.model.protected import Audit, Figure, ProtectedStatistics
from reportgen.model.records import Records
from reportgen.model.release import (
    SURVEY_METHOD,
    Disclosure,
    PublicationDetails,
    Release,
    SignOff,
)
from reportgen.model.table import Cell, Column, Row, Table
from reportgen.release import PersonAnswer

ALT = "Bar chart of penalties by role: drivers had most of the penalties issued in the year, owners fewer."
SVG = '<svg xmlns="http://www.w3.org/2000/svg"><title>t</title><text>Driver</text><text>1,790</text></svg>'
PNG = b"\x89PNG\r\n\x1a\n" + b"\0\0\0\rIHDR" + (960).to_bytes(4, "big") + (640).to_bytes(4, "big")


@dataclass(frozen=True)
class Quoted:
    key: Key
    display: str
    value: float | None
    marker: str = ""
    where: tuple[str, ...] = ("02-penalties.md:3",)
    year: str = ""
    part: str = ""


def release(**more):
    publication = PublicationDetails(
        title="Clandestine entrant penalties: 2025 to 2026",
        summary="How the penalty scheme worked, and what drivers, owners and hirers told us.",
        published=date(2026, 9, 30),
        contact_name="Penalty team",
        contact_email="penalty.team@example.gov.uk",
        alternative_format_email="formats@example.gov.uk",
        next_release="September 2027",
        change_note="First published.",
        nations="England, Scotland, Wales and Northern Ireland",
    )
    sign_off = SignOff("A Analyst", date(2026, 8, 1), "B Assurer", date(2026, 8, 8), "C Approver", date(2026, 9, 1))
    made = Release(
        edition=Edition(2025),
        period=Edition(2025).period(),
        as_at=date(2026, 6, 30),
        survey_method=dict.fromkeys(SURVEY_METHOD, "said"),
        publication=publication,
        sign_off=sign_off,
        final=True,
        answers={check: PersonAnswer(check, "D Editor", date(2026, 9, 1), "In order.") for check in BY_PERSONS},
        raw={"as_at": date(2026, 6, 30), "data": "official"},
    )
    return replace(made, **more)


def statistics():
    definition = Definition(
        "penalties.issued", "Penalties issued", "Notices dated in the year.", "notices", "count", "n"
    )
    figures = {}
    for role, value in (("", 2134.0), ("driver", 1790.0), ("owner", 344.0), ("hirer", None)):
        key = Key("penalties.issued", "role" if role else "", role)
        marker = "" if value is not None else "[c]"
        figures[key] = Figure(key, "notices", value, marker, base=None if value is None else int(value))
    share = Key("objections.rate")
    figures[share] = Figure(share, "proportion", 0.125, "", 0.11, 0.14, 2134)
    definitions = {"penalties.issued": definition, "objections.rate": replace(definition, id="objections.rate")}
    return ProtectedStatistics(
        period=Edition(2025).period(),
        figures=figures,
        definitions=definitions,
        categories={"role": ("driver", "owner", "hirer")},
        records=Records(),
        settings=Disclosure(),
        audit=Audit(5, 1, 0, 3.0, Key("penalties.issued", "role", "hirer")),
    )


def table():
    rows = (
        Row("Driver", (Cell("1,790", 1790.0, "", Key("penalties.issued", "role", "driver")),)),
        Row("Owner", (Cell("344", 344.0, "", Key("penalties.issued", "role", "owner")),)),
        Row("Hirer", (Cell("[c]", None, "[c]", Key("penalties.issued", "role", "hirer")),)),
        Row("Total", (Cell("2,134", 2134.0, "", Key("penalties.issued")),), "total"),
    )
    return Table("penalties-by-role", "Role", (Column("Penalties"),), rows, ("[c] is hidden.",))


HTML = f"""<!doctype html>
<html lang="en-GB">
<head><meta charset="utf-8"><title>Clandestine entrant penalties: 2025 to 2026</title></head>
<body>
<a class="skip-link" href="#content">Skip to main content</a>
<header><h1>Clandestine entrant penalties: 2025 to 2026</h1><p>Outcomes as at 30 June 2026</p></header>
<main id="content" tabindex="-1">
<section id="penalties"><h2>Penalties issued</h2>
<p>The team issued 2,134 penalties. Drivers had 1,790 of them. One in eight, 12.5%, met an objection.</p>
<section tabindex="0" aria-labelledby="c1"><table>
<caption id="c1">Table 1: Penalties by role</caption>
<thead><tr><td></td><th scope="col">Penalties</th></tr></thead>
<tbody><tr><th scope="row">Driver</th><td>1,790</td></tr>
<tr><th scope="row">Owner</th><td>344</td></tr>
<tr><th scope="row">Hirer</th><td>[c]</td></tr>
<tr><th scope="row">Total</th><td>2,134</td></tr></tbody>
</table></section>
<figure><figcaption>Figure 1: Penalties</figcaption><img alt="{ALT}" src="data:image/svg+xml;base64,SVGHERE"></figure>
<p><a href="https://www.gov.uk/guidance/clandestine-entrant-civil-penalty-scheme">Guidance on the scheme</a></p>
</section>
</main>
</body>
</html>
"""

MD = """## Penalties issued

The team issued 2,134 penalties. Drivers had 1,790 of them. One in eight, 12.5%, met an objection.

**Table 1: Penalties by role**

| Role | Penalties |
|---|---:|
| # Driver | 1,790 |
| # Owner | 344 |
| # Hirer | \\[c\\] |
| # Total | 2,134 |

**Figure 1: Penalties**

[Image:penalties-by-role.svg]

[Guidance on the scheme](https://www.gov.uk/guidance/clandestine-entrant-civil-penalty-scheme)
"""


def html():
    import base64

    body = HTML.replace("SVGHERE", base64.b64encode(SVG.encode()).decode())
    # the head of the stub is a word here, since an empty corner cell is a matter of the real page
    return body.replace("<td></td>", '<th scope="col">Role</th>')


def aloud():
    rows = [("Role", "Penalties"), ("Driver", "1,790"), ("Owner", "344"), ("Hirer", "[c]"), ("Total", "2,134")]
    cells = [
        Aloud("TR", children=[Aloud("TH" if at == 0 else "TD", children=[Aloud("", text=t)]) for t in row])
        for at, row in enumerate(rows)
    ]

    def says(tag, text):
        return Aloud(tag, children=[Aloud("", text=text)])

    return Aloud(
        "Document",
        children=[
            says("H1", "Clandestine entrant penalties: 2025 to 2026"),
            says("P", "Outcomes as at 30 June 2026"),
            says("H2", "Penalties issued"),
            says(
                "P",
                "The team issued 2,134 penalties. Drivers had 1,790 of them. One in eight, 12.5%, met an objection.",
            ),
            Aloud("Table", children=[says("Caption", "Table 1: Penalties by role"), *cells]),
            Aloud("Figure", alt=ALT, children=[says("Caption", "Figure 1: Penalties")]),
            says("P", "Guidance on the scheme"),
        ],
    )


def finished(**more):
    figures, one = statistics(), table()
    caption = SimpleNamespace(
        title="Penalties by role", subtitle="2025 to 2026", source="Case system", notes=(), alt=ALT
    )
    quoted = (
        Quoted(Key("penalties.issued"), "2,134", 2134.0),
        Quoted(Key("penalties.issued", "role", "driver"), "1,790", 1790.0),
        Quoted(Key("objections.rate"), "12.5%", 0.125),
    )
    narrative = SimpleNamespace(
        captions={"penalties-by-role": caption}, quoted=quoted, html=html(), govspeak=MD, unreleased=(), left_out=()
    )
    chart = SimpleNamespace(id="penalties-by-role", svg=SVG, png=PNG, table=one)
    made = {"release": release(), "statistics": figures, "tables": {one.id: one}, "charts": {one.id: chart}}
    made |= {"narrative": narrative} | {name: value for name, value in more.items() if name != "files"}
    files = {
        "cecps-annual-report-2025.pdf": b"%PDF",
        "cecps-annual-report-2025.html": html().encode(),
        "cecps-annual-report-2025.md": MD.encode(),
    }
    files |= downloads(made["narrative"], made["statistics"], made["tables"], made["charts"], made["release"])
    done = Finished(files=files | more.get("files", {}), **made)
    done.__dict__["aloud"] = aloud()
    return done
