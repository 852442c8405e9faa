"""Every figure a second time, in SQL over the raw files, from the contract's words alone.

It shares no code and no library with the program: DuckDB reads the CSV files as text, the settings come from tomllib.
``recompute(folder, year)`` gives the cells of a year as ``{(measure, breakdown, category, breakdown, category): Cell}``.
Whoever changes a definition changes it here too, from the definition, not from the program.
"""

# ruff: noqa: S608 - the words in the SQL are our own
from __future__ import annotations

import tomllib
from pathlib import Path
from typing import NamedTuple

import duckdb

Z = 1.959963984540054
ROLES = ("driver", "owner", "hirer", "operator")
VOCABULARIES = {
    "vehicle_type": ("goods vehicle", "detached trailer", "coach", "van", "car", "motorhome", "other"),
    "outcome": ("penalty", "no penalty", "pending"),
    "section": ("31A", "32"),
    "role": ROLES,
    "occasion": ("first", "second", "third or later"),
    "accredited": ("yes", "no"),
    "had_penalty": ("yes", "no"),
    "quick_win": ("yes", "no"),
    "status": ("paid", "part paid", "instalments", "unpaid", "cancelled", "nil", "written off"),
    "objection_outcome": ("cancelled", "reduced", "reduced to nil", "increased", "unchanged", "withdrawn"),
    "appeal_outcome": ("cancelled", "reduced", "dismissed", "withdrawn"),
    "invited_through": ("direct", "trade body", "open link"),
    "role of respondent": (*ROLES, "other"),
    "status of action": ("not started", "in progress", "complete", "dropped"),
    "status of recommendation": ("not started", "in progress", "complete", "not accepted"),
    "response": ("Accepted", "Partially accepted", "Not accepted"),
}
OTHER_WORDS = {
    ("survey", "role"): "role of respondent",
    ("actions", "status"): "status of action",
    ("recommendations", "status"): "status of recommendation",
}
SECTION, ROLE, PLACE, MONTH, QUARTER, VEHICLE = (
    ("section",),
    ("role",),
    ("place",),
    ("month",),
    ("quarter",),
    ("vehicle_type",),
)
BY_SECTION_ROLE = (SECTION, ROLE)
SHARE = "avg(CASE WHEN {} THEN 1.0 ELSE 0.0 END)"
LOWERED = "objection_outcome IN ('cancelled', 'reduced', 'reduced to nil') AND objection_outcome IS NOT NULL"


class Cell(NamedTuple):
    """A figure: its value, the limits of its interval, the records it rests on."""

    value: float
    lower: float | None
    upper: float | None
    base: int | None


def recompute(folder: Path, year: int, before: Path | None = None) -> dict[tuple[str, ...], Cell]:
    """Every figure of a year; with last year's folder the changes of survey questions too."""
    made = Year(folder, year)
    if before is not None:
        made.changes(Year(before, year - 1))
    rows = made.sql.execute("SELECT * FROM cell").fetchall()
    assert len({row[:5] for row in rows}) == len(rows), "a figure was made twice"
    return {row[:5]: Cell(*row[5:]) for row in rows}


class Year:
    """One year's folder in a database of its own."""

    def __init__(self, folder: Path, year: int) -> None:
        self.folder, self.year = folder, year
        self.release = tomllib.loads((folder / "release.toml").read_text("utf-8"))
        self.sql = duckdb.connect()
        self.sql.execute("SET threads = 1")
        self.sql.execute(
            """CREATE TABLE cell (measure TEXT, breakdown_1 TEXT, category_1 TEXT, breakdown_2 TEXT, category_2 TEXT,
                                  value DOUBLE, lower DOUBLE, upper DOUBLE, base BIGINT)"""
        )
        self.settings()
        self.inputs()
        self.incidents()
        self.penalties()
        self.values()
        self.objections_and_appeals()
        self.money()
        self.survey()
        self.plan()
        self.team()

    # what goes in

    def settings(self) -> None:
        starts = self.release.get("period", {}).get("starts", "04-01")
        run = self.sql.execute
        run(
            f"""CREATE TABLE period AS SELECT DATE '{self.year}-{starts}' AS first,
                CAST(DATE '{self.year + 1}-{starts}' - INTERVAL 1 DAY AS DATE) AS last"""
        )
        run("CREATE TABLE vocabulary (name TEXT, category TEXT)")
        places = ["Calais", "Coquelles", "Dunkerque", "UK port", "Inland", *self.release.get("places", [])]
        for name, words in {**VOCABULARIES, "place": tuple(places)}.items():
            self.sql.executemany("INSERT INTO vocabulary VALUES (?, ?)", [(name, word) for word in words])
        run(
            """CREATE TABLE quarters AS SELECT begins, ends, strftime(begins, '%Y-%m') || ' to ' || strftime(ends, '%Y-%m') AS quarter
               FROM (SELECT CAST(first + INTERVAL (3 * n) MONTH AS DATE) AS begins,
                            CAST(first + INTERVAL (3 * n + 3) MONTH - INTERVAL 1 DAY AS DATE) AS ends
                     FROM period, range(4) t(n))"""
        )
        run("INSERT INTO vocabulary SELECT 'quarter', quarter FROM quarters")
        run(
            """INSERT INTO vocabulary SELECT 'month', strftime(m, '%Y-%m')
               FROM (SELECT unnest(generate_series(date_trunc('month', first), last, INTERVAL 1 MONTH)) AS m FROM period)"""
        )
        # What was in force on the day of the incident: Immigration and Asylum Act 1999 as amended.
        run(
            """CREATE TABLE regimes AS SELECT * FROM (VALUES
               ('Fixed', DATE '2000-04-03', DATE '2002-12-07'), ('Flexible', DATE '2002-12-08', DATE '2023-02-12'),
               ('2023 scheme', DATE '2023-02-13', DATE '2025-12-31'),
               ('2026 scheme', DATE '2026-01-01', DATE '9999-12-31')) t(regime, begins, ends)"""
        )
        for name in ("invitations", "population"):
            run(f"CREATE TABLE {name} (role TEXT, number BIGINT)")
            for role, number in self.release.get("survey", {}).get(name, {}).items():
                run(f"INSERT INTO {name} VALUES (?, ?)", [role, number])

    def inputs(self) -> None:
        self.there = set()
        for table in ("incidents", "penalties", "ledger", "survey", "questions", "actions", "recommendations", "team"):
            path = self.folder / f"{table}.csv"
            if path.exists():
                self.there.add(table)
                self.sql.execute(
                    f"""CREATE TABLE raw_{table} AS SELECT *, row_number() OVER () AS line
                        FROM read_csv('{path}', all_varchar = true, header = true, delim = ',', quote = '"',
                                      escape = '"', nullstr = '', auto_detect = false, columns = {self.columns(path)})"""
                )
        dates = ("notice_date", "objection_date", "objection_decision_date", "appeal_date", "appeal_decision_date")
        money = ("initial_value", "current_value", "paid_value", "written_off_value")
        typed = [f"CAST({name} AS DATE) AS {name}" for name in dates] + [f"{pence(name)} AS {name}" for name in money]
        self.sql.execute(
            """CREATE TABLE incident AS SELECT * REPLACE (CAST(incident_date AS DATE) AS incident_date,
                                                          CAST(entrants AS BIGINT) AS entrants) FROM raw_incidents"""
        )
        self.sql.execute(
            f"""CREATE TABLE notice AS
                SELECT p.*, i.incident_date, i.place, i.vehicle_type, regime
                FROM (SELECT * REPLACE ({", ".join(typed)}) FROM raw_penalties) p
                JOIN incident i USING (incident_ref)
                LEFT JOIN regimes ON i.incident_date BETWEEN begins AND ends"""
        )

    @staticmethod
    def columns(path: Path) -> str:
        import csv

        with path.open(encoding="utf-8-sig", newline="") as file:
            return "{" + ", ".join(f"'{name}': 'VARCHAR'" for name in next(csv.reader(file))) + "}"

    # how figures are put down

    def put(
        self,
        measure: str,
        rows: str,
        value: str,
        base: str | None = "count(one)",
        breakdowns: tuple[tuple[str, ...], ...] = (),
        *,
        empty: bool = True,
    ) -> None:
        """A measure's total and breakdowns: ``value`` and ``base`` over the rows of a query.

        With ``empty`` every category of a fixed vocabulary stands there, also at 0; without, a group without rows has
        no figure. A missing category is "not recorded", shown where there is one.
        """
        having = "" if empty else "HAVING count(one) > 0"
        figure = f"{value}, NULL, NULL, {base or 'NULL'}"
        self.sql.execute(f"CREATE OR REPLACE TEMP TABLE r AS SELECT *, 1 AS one FROM ({rows})")
        self.sql.execute(f"INSERT INTO cell SELECT '{measure}', '', '', '', '', {figure} FROM r {having}")
        for names in breakdowns:
            lists = [
                f"""(SELECT category AS c{n} FROM vocabulary WHERE name = '{OTHER_WORDS.get((measure.split(".", maxsplit=1)[0], name), name)}'
                     UNION SELECT coalesce({name}, 'not recorded') FROM r)"""
                for n, name in enumerate(names)
            ]
            same = " AND ".join(f"coalesce(r.{name}, 'not recorded') = c{n}" for n, name in enumerate(names))
            heads = ", ".join([*(f"'{name}', c{n}" for n, name in enumerate(names)), *["'', ''"] * (2 - len(names))])
            groups = ", ".join(f"c{n}" for n in range(len(names)))
            self.sql.execute(
                f"""INSERT INTO cell SELECT '{measure}', {heads}, {figure}
                    FROM {" CROSS JOIN ".join(lists)} LEFT JOIN r ON {same} GROUP BY {groups} {having}"""
            )

    def in_year(self, table: str, column: str, columns: str = "*") -> str:
        return f"SELECT {columns} FROM {table}, period WHERE {column} BETWEEN first AND last"

    def dated(self, table: str, column: str) -> str:
        """The rows of the year by that date, with month and quarter."""
        return f"""SELECT t.*, strftime({column}, '%Y-%m') AS month, quarter
                   FROM {table} t JOIN quarters ON {column} BETWEEN begins AND ends"""

    # the measures, chapter by chapter

    def incidents(self) -> None:
        rows = self.dated("incident", "incident_date")
        ways = (PLACE, VEHICLE, ("outcome",), MONTH, QUARTER, ("place", "vehicle_type"))
        self.put("incidents.count", rows, "count(one)", breakdowns=ways)
        self.put("incidents.entrants", rows, "coalesce(sum(entrants), 0)", breakdowns=(PLACE, VEHICLE, MONTH))

    def penalties(self) -> None:
        self.sql.execute(f"CREATE TABLE of_year AS {self.dated('notice', 'notice_date')}")
        self.sql.execute(
            """CREATE TABLE largest AS SELECT registered_in FROM of_year WHERE registered_in IS NOT NULL
               GROUP BY registered_in ORDER BY count(*) DESC, registered_in LIMIT 10"""
        )
        rows = """SELECT * REPLACE (CASE WHEN registered_in IS NULL THEN NULL
                                         WHEN registered_in IN (SELECT registered_in FROM largest) THEN registered_in
                                         ELSE 'Other' END AS registered_in) FROM of_year"""
        ways = (
            SECTION, ROLE, ("occasion",), PLACE, VEHICLE, ("regime",), ("registered_in",), ("accredited",), ("status",),
            MONTH, QUARTER, ("section", "role"), ("place", "section"), ("place", "role"),
        )  # fmt: skip
        self.put("penalties.issued", rows, "count(one)", breakdowns=ways)
        different = "count(DISTINCT incident_ref)"
        self.put("penalties.incidents", "FROM of_year", different, different, (SECTION, PLACE))
        rows = "SELECT *, notice_date - incident_date AS days FROM of_year"
        for name, part in (("median", 0.5), ("p90", 0.9)):
            self.put(
                f"notice.days.{name}", rows, f"quantile_cont(days, {part})", breakdowns=(SECTION, PLACE), empty=False
            )

    def values(self) -> None:
        rows = """SELECT *, greatest(current_value - paid_value - written_off_value, 0) AS outstanding,
                         greatest(paid_value - current_value, 0) AS refund_due FROM of_year"""
        for name in ("initial", "current", "paid", "written_off"):
            column = f"{name}_value"
            self.put(f"value.{name}", rows, pounds(column), breakdowns=(*BY_SECTION_ROLE, PLACE))
        for name in ("outstanding", "refund_due"):
            self.put(f"value.{name}", rows, pounds(name), breakdowns=BY_SECTION_ROLE)
        for name in ("initial", "current"):
            mean, median = f"avg({name}_value) / 100.0", f"quantile_cont({name}_value, 0.5) / 100.0"
            self.put(f"value.{name}_mean", rows, mean, breakdowns=BY_SECTION_ROLE, empty=False)
            self.put(f"value.{name}_median", rows, median, breakdowns=BY_SECTION_ROLE, empty=False)
        share = "CAST(sum(paid_value) AS DOUBLE) / nullif(sum(current_value), 0)"
        self.put("value.collected_share", rows, share, breakdowns=BY_SECTION_ROLE, empty=False)
        self.sql.execute("DELETE FROM cell WHERE measure = 'value.collected_share' AND value IS NULL")

    def objections_and_appeals(self) -> None:
        self.put(
            "objections.received",
            self.dated("notice", "objection_date"),
            "count(one)",
            breakdowns=(*BY_SECTION_ROLE, MONTH),
        )
        rate = SHARE.format("objection_date IS NOT NULL")
        self.put("objections.rate", "FROM of_year", rate, breakdowns=BY_SECTION_ROLE, empty=False)
        decided = self.in_year("notice", "objection_decision_date")
        ways = (("objection_outcome",), ("section", "objection_outcome"))
        self.put("objections.decided", decided, "count(one)", breakdowns=ways)
        changed = SHARE.format(LOWERED)
        self.put("objections.changed_share", decided, changed, breakdowns=BY_SECTION_ROLE, empty=False)
        timed = f"""SELECT *, objection_decision_date - objection_date AS days FROM ({decided})
                    WHERE objection_date IS NOT NULL"""
        figures = {"median": "quantile_cont(days, 0.5)", "p90": "quantile_cont(days, 0.9)"}
        target = self.release.get("targets", {}).get("objection_days")
        if target is not None:
            figures["within_target"] = SHARE.format(f"days <= {target}")
        for name, value in figures.items():
            self.put(f"objections.days.{name}", timed, value, breakdowns=(SECTION,), empty=False)
        for name, column in (("lodged", "appeal_date"), ("decided", "appeal_decision_date")):
            rows = self.in_year("notice", column)
            self.put(f"appeals.{name}", rows, "count(one)", breakdowns=(("appeal_outcome",),))

    def money(self) -> None:
        if "ledger" not in self.there:
            return
        self.sql.execute(
            f"""CREATE TABLE event AS
                SELECT *, CASE WHEN event IN ('issued', 'increased', 'refunded') THEN amount ELSE -amount END AS owed
                FROM (SELECT * REPLACE ({pence("amount")} AS amount, CAST(date AS DATE) AS date) FROM raw_ledger)"""
        )
        events = self.in_year("event", "date")
        notices = "count(DISTINCT notice_ref)"
        for word in ("issued", "increased", "reduced", "cancelled", "paid", "refunded", "written off"):
            rows = f"FROM ({events}) WHERE event = '{word}'"
            self.put(f"money.{word.replace(' ', '_')}", rows, pounds("amount"), notices)
        for name, when in (("opening", "date < first"), ("closing", "date <= last")):
            rows = f"""SELECT notice_ref, sum(owed) AS balance FROM event, period WHERE {when}
                       GROUP BY notice_ref HAVING balance <> 0"""
            self.put(f"money.{name}", rows, pounds("balance"), notices)
        rows = f"""FROM ({events}) e JOIN raw_penalties p USING (notice_ref)
                   WHERE event = 'paid' AND payer_role IS NOT NULL AND payer_role <> p.role"""
        self.put("money.paid_for_others", f"SELECT notice_ref, amount {rows}", pounds("amount"), notices)

    def survey(self) -> None:
        ways = (ROLE, ("invited_through",), ("had_penalty",))
        self.put("survey.responses", "FROM raw_survey", "count(one)", breakdowns=ways)
        came = "SELECT role, number, (SELECT count(*) FROM raw_survey s WHERE s.role = i.role AND invited_through <> 'open link') AS came FROM invitations i WHERE number > 0"
        self.sql.execute(
            f"""INSERT INTO cell SELECT 'survey.response_rate', '', '', '', '', sum(came) / sum(number), NULL, NULL, sum(number)
                FROM ({came}) HAVING count(*) > 0"""
        )
        self.sql.execute(
            f"INSERT INTO cell SELECT 'survey.response_rate', 'role', role, '', '', came / number, NULL, NULL, number FROM ({came})"
        )
        self.themes()
        self.sql.execute("CREATE TABLE share (measure TEXT, role TEXT, option TEXT, part BIGINT, n BIGINT)")
        questions = self.sql.execute("SELECT question, kind, options, positive_options FROM raw_questions").fetchall()
        for question, kind, options, positive in questions:
            self.question(question, kind, options, positive)
        self.intervals()

    def themes(self) -> None:
        """Codes are compared without regard to case; the first spelling stands."""
        self.sql.execute(
            """CREATE TABLE coded AS
               SELECT line, role, lower(code) AS folded, code, place FROM (
                   SELECT line, role, trim(part) AS code, place FROM (
                       SELECT line, role, unnest(string_split(themes, ';')) AS part,
                              unnest(range(len(string_split(themes, ';')))) AS place
                       FROM raw_survey WHERE themes IS NOT NULL)) WHERE code <> ''"""
        )
        self.sql.execute(
            "CREATE TABLE spelling AS SELECT folded, arg_min(code, (line, place)) AS theme FROM coded GROUP BY folded"
        )
        rows = "SELECT DISTINCT line, role, theme FROM coded JOIN spelling USING (folded)"
        self.put("survey.themes", rows, "count(DISTINCT line)", "count(DISTINCT line)", (("theme",), ("theme", "role")))

    def question(self, question: str, kind: str, options: str, positive: str | None) -> None:
        """The number choosing each option and any positive option, all and by role, with the base."""
        answers = f"SELECT line, role, unnest(string_split(\"{question}\", ';')) AS answer FROM raw_survey"
        if kind != "multiple":
            answers = f'SELECT line, role, "{question}" AS answer FROM raw_survey'
        self.sql.execute(
            f"CREATE OR REPLACE TEMP TABLE a AS SELECT line, role, lower(trim(answer)) AS answer FROM ({answers}) WHERE trim(answer) <> ''"
        )
        listed = [option.strip() for option in options.split(";")]
        wanted = {f"survey.{question}": [(option, [option]) for option in listed]}
        if positive:
            wanted[f"survey.{question}.positive"] = [("", [option.strip() for option in positive.split(";")])]
        for measure, rows in wanted.items():
            for option, counted in rows:
                self.sql.execute(
                    """INSERT INTO share SELECT ?, role, ?, part, n FROM (
                           SELECT coalesce(role, '') AS role, count(DISTINCT line) AS n,
                                  count(DISTINCT CASE WHEN list_contains(?, answer) THEN line END) AS part
                           FROM a GROUP BY GROUPING SETS ((), (role))) WHERE n > 0""",
                    [measure, option, [word.lower() for word in counted]],
                )

    def intervals(self) -> None:
        """Wilson's 95% interval; with a population N the base n becomes n(N−1)/(N−n), with N ≤ n it is a point."""
        self.sql.execute(
            f"""CREATE TABLE known AS SELECT role, number FROM population UNION ALL
                SELECT '', sum(number) FROM population
                HAVING count(DISTINCT role) FILTER (role IN ('driver', 'owner', 'hirer', 'operator', 'other')) = 5;
                CREATE TABLE shares AS
                WITH size AS (
                    SELECT s.*, part / n AS p, number AS N_,
                           CASE WHEN number IS NULL THEN CAST(n AS DOUBLE)
                                WHEN number > n THEN n * (number - 1) / (number - n) END AS m
                    FROM share s LEFT JOIN known USING (role))
                SELECT measure, role, option, part, n, p,
                       CASE WHEN m IS NULL THEN p ELSE greatest(0, (p + {Z}*{Z}/(2*m) - {Z}*sqrt(p*(1-p)/m + {Z}*{Z}/(4*m*m))) / (1 + {Z}*{Z}/m)) END AS lower,
                       CASE WHEN m IS NULL THEN p ELSE least(1, (p + {Z}*{Z}/(2*m) + {Z}*sqrt(p*(1-p)/m + {Z}*{Z}/(4*m*m))) / (1 + {Z}*{Z}/m)) END AS upper
                FROM size;
                INSERT INTO cell
                SELECT measure, CASE WHEN role <> '' THEN 'role' WHEN option <> '' THEN 'option' ELSE '' END,
                       CASE WHEN role <> '' THEN role ELSE option END,
                       CASE WHEN role <> '' AND option <> '' THEN 'option' ELSE '' END,
                       CASE WHEN role <> '' THEN option ELSE '' END, p, lower, upper, n FROM shares"""
        )

    def changes(self, before: Year) -> None:
        """Newcombe's interval (method 10) for questions with the same wording, kind, options and positive options."""
        asked = "SELECT question, wording, kind, options, positive_options FROM raw_questions WHERE positive_options IS NOT NULL"

        def tidy(row: tuple[str, ...]) -> tuple[str, ...]:
            return (*row[:3], *("; ".join(part.strip() for part in text.split(";")) for text in row[3:]))

        last = {tidy(row) for row in before.sql.execute(asked).fetchall()}
        for row in self.sql.execute(asked).fetchall():
            if tidy(row) not in last:
                continue
            measure = f"survey.{row[0]}.positive"
            own = "SELECT role, p, lower, upper, n FROM shares WHERE measure = ?"
            then = {r[0]: r[1:] for r in before.sql.execute(own, [measure]).fetchall()}
            for role, p, low, high, n in self.sql.execute(own, [measure]).fetchall():
                if role not in then:
                    continue
                q, q_low, q_high, q_n = then[role]
                self.sql.execute(
                    "INSERT INTO cell VALUES (?, ?, ?, '', '', 100 * (? - ?), 100 * (? - ? - sqrt(pow(? - ?, 2) + pow(? - ?, 2))), 100 * (? - ? + sqrt(pow(? - ?, 2) + pow(? - ?, 2))), least(?, ?))",
                    [
                        f"{measure}.change",
                        "role" if role else "",
                        role,
                        p,
                        q,
                        p,
                        q,
                        p,
                        low,
                        q_high,
                        q,
                        p,
                        q,
                        high,
                        p,
                        q,
                        q_low,
                        n,
                        q_n,
                    ],
                )

    def plan(self) -> None:
        as_at = f"DATE '{self.release['as_at']}'"
        late = f"(CAST(due_date AS DATE) < {as_at} AND status IN ('not started', 'in progress'))"
        themes = (("theme",),)
        ways = (("status",), ("theme",), ("owner",), ("quick_win",), ("quick_win", "status"))
        self.put("actions.count", "FROM raw_actions", "count(one)", breakdowns=ways)
        for name, which in (
            ("quick_wins", "quick_win = 'yes'"),
            ("quick_wins_complete", "quick_win = 'yes' AND status = 'complete'"),
            ("overdue", late),
            ("on_time", "status = 'complete' AND CAST(completed_date AS DATE) <= CAST(due_date AS DATE)"),
        ):
            number = f"count(one) FILTER ({which})"
            self.put(f"actions.{name}", "FROM raw_actions", number, number, themes)
        on_time = SHARE.format("status = 'complete' AND CAST(completed_date AS DATE) <= CAST(due_date AS DATE)")
        rows = f"FROM raw_actions WHERE status = 'complete' OR {late}"
        self.put("actions.on_time_share", rows, on_time, breakdowns=themes, empty=False)
        if "recommendations" in self.there:
            ways = (("response",), ("status",))
            self.put("recommendations.count", "FROM raw_recommendations", "count(one)", breakdowns=ways)
            late = (
                f"last_day(CAST(target_month || '-01' AS DATE)) < {as_at} AND status IN ('not started', 'in progress')"
            )
            number = f"count(one) FILTER ({late})"
            self.put("recommendations.overdue", "FROM raw_recommendations", number, number)

    def team(self) -> None:
        if "team" not in self.there:
            return
        self.sql.execute(
            """CREATE TABLE months AS SELECT month, 1 - CAST(posts_filled AS DOUBLE) / CAST(posts_funded AS DOUBLE) AS rate,
                      CAST(cases_open AS BIGINT) AS cases
               FROM raw_team WHERE month IN (SELECT category FROM vocabulary WHERE name = 'month')"""
        )
        for measure, column, year in (
            ("vacancy_rate", "rate", "avg(rate)"),
            ("cases_open", "cases", "arg_max(cases, month)"),
        ):
            self.sql.execute(
                f"""INSERT INTO cell SELECT 'team.{measure}', '', '', '', '', {year}, NULL, NULL, NULL FROM months
                    WHERE {column} IS NOT NULL HAVING count(*) > 0;
                    INSERT INTO cell SELECT 'team.{measure}', 'month', month, '', '', {column}, NULL, NULL, NULL FROM months
                    WHERE {column} IS NOT NULL"""
            )


def pence(column: str) -> str:
    """An amount as written, in whole pence."""
    return f"CAST(CAST(coalesce({column}, '0') AS DECIMAL(18, 2)) * 100 AS BIGINT)"


def pounds(column: str) -> str:
    """A sum of pence in pounds; 0 where there is none."""
    return f"coalesce(sum({column}), 0) / 100.0"
