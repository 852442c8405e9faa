"""Attacks through what a report says besides its figures: counts in checks, its own totals, a second edition."""

import shutil

import pytest
from outsider import hints, planted, years
from outsider.judge import Judge
from small import ROOT, release_quotes, signed

from reportgen.app import build, store
from reportgen.model.edition import Edition
from reportgen.model.problem import ReportFailed, Stage
from reportgen.model.stages import Workspace
from reportgen.release import as_toml, editions
from reportgen.synthetic import made_up_year

FIRST, LAST = "2025-04-01", "2026-03-31"


def made(folder, notices, seed=5, *, official=False, responses=352):
    """A year without last year, as csv."""
    inputs = folder / "inputs" / "2025"
    made_up_year.write(inputs, 2025, notices, seed=seed, responses=responses)
    if official:
        survey = made_up_year.year(2025, notices, seed=seed)["survey"]
        (inputs / "release.toml").write_text(as_toml(signed(2025, survey)), "utf-8")
    return Workspace(folder / "inputs", ROOT / "templates", folder / "outputs")


@pytest.fixture(scope="module")
def three_unpaid(tmp_path_factory):
    """A year in which three notices are unpaid, which the table hides."""
    workspace = made(tmp_path_factory.mktemp("unpaid"), 60)

    def change(notices):
        for row in planted.of_year(notices, FIRST, "2026-02-28")[:3]:
            planted.unpaid(row)

    planted.settle(workspace.inputs / "2025", change)
    return workspace, years.publish(workspace, 2025)


def test_checks_do_not_reveal_how_many_notices_are_unpaid(three_unpaid):
    workspace, folder = three_unpaid
    attacked, _ = years.assail([folder], workspace.inputs, [2025], 5)
    status = {cell.name.where: cell for cell in attacked.reading.year.of("penalties.issued")}
    assert status[(("status", "unpaid"),)].hidden
    told = [f"{file}: {words}" for file, words, _ in hints.counts(folder) if "npaid" in words]
    assert not told


def test_no_file_reveals_a_number_of_rows_notices_or_references(three_unpaid):
    _, folder = three_unpaid
    assert not [f"{file}: {words}" for file, words, _ in hints.counts(folder)]


def test_nothing_reveals_how_many_references_a_hidden_total_has(tmp_path):
    workspace = made(tmp_path, 2)
    folder = years.publish(workspace, 2025)
    attacked, _ = years.assail([folder], workspace.inputs, [2025], 5)
    total = attacked.reading.year.of("penalties.issued")[0]
    assert total.hidden
    assert not [words for _, words, _ in hints.counts(folder) if "reference" in words]
    assert not {"penalties", "incidents"} & hints.rows_logged(folder).keys()


def test_the_terminal_shows_no_number_of_rows(three_unpaid):
    workspace, _ = three_unpaid
    from click.testing import CliRunner

    from reportgen.app.cli import cli

    arguments = ["build", "--year", "2025", "--only", "csv", "-v"]
    for name in ("inputs", "templates", "outputs"):
        arguments += [f"--{name}", str(getattr(workspace, name))]
    said = CliRunner().invoke(cli, arguments)
    assert said.exit_code == 0, said.output
    assert not [words for words, _ in hints.told(said.output) if "npaid" in words]


def test_only_one_total_of_hidden_figures_is_published(three_unpaid):
    workspace, folder = three_unpaid
    attacked, _ = years.assail([folder], workspace.inputs, [2025], 5)
    assert attacked.reading.told is None


def test_the_rule_for_sums_keeps_its_parameters(three_unpaid):
    _, folder = three_unpaid
    assert hints.parameters(folder) == []


def test_a_second_edition_does_not_isolate_a_late_notice(tmp_path):
    workspace = made(tmp_path, 200, official=True)
    inputs = workspace.inputs / "2025"
    issued(workspace)
    old = tmp_path / "first issue"
    shutil.copytree(workspace.outputs / "2025", old)
    late(inputs)
    publication, stages = again(workspace)
    if publication is None:
        assert stages == {Stage.DISCLOSURE}
        return
    store.put(publication.files, workspace.outputs, "2025")
    new = workspace.outputs / "2025"
    assert hints.isolated(old, new, 5) == []
    assert hints.revealed(old, new) == []


def test_next_years_report_does_not_isolate_a_late_notice(tmp_path):
    """The late row comes after the final report; the next report prints the year again."""
    workspace = made(tmp_path, 200, official=True)
    issued(workspace)
    late(workspace.inputs / "2025")
    made_up_year.write(workspace.inputs / "2026", 2026, 200, seed=6)
    survey = made_up_year.year(2026, 200, seed=6)["survey"]
    (workspace.inputs / "2026" / "release.toml").write_text(as_toml(signed(2026, survey)), "utf-8")
    publication, stages = again(workspace, 2026)
    if publication is None:
        assert stages == {Stage.DISCLOSURE}
        return
    store.put(publication.files, workspace.outputs, "2026")
    assert hints.isolated(workspace.outputs / "2025", workspace.outputs / "2026", 5) == []


def test_totals_of_the_report_do_not_reveal_hidden_figures(tmp_path):
    """Two hidden fours beside 968 of 976: “hidden for another's sake: none” says that both are four."""
    workspace = made(tmp_path, 60, responses=4000)
    inputs = workspace.inputs / "2025"
    answers = planted.rows(inputs, "survey")
    planted.put(inputs, "survey", [row | {"themes": ""} for row in answers])
    several = [
        planted.Batch(60, section, role, place=place)
        for section in ("32", "31A")
        for role in ("driver", "owner", "hirer", "operator")
        for place in ("Calais", "Inland")
    ]
    planted.plain(inputs, [*several, planted.Batch(4, occasion="second"), planted.Batch(4, occasion="third or later")])
    folder = years.publish(workspace, 2025)
    attacked, truths = years.assail([folder], workspace.inputs, [2025], 5)
    hidden = [name for name, cell in attacked.reading.year.cells.items() if cell.hidden]
    assert hidden
    assert not [str(finding) for finding in Judge(attacked, truths).findings() if finding.kind in years.HARD]


def issued(workspace):
    """The first issue, as the command makes it: with its record."""
    release_quotes(workspace, 2025)
    publication = build.build(workspace, Edition(2025), final=True, only=years.ONLY)
    with editions.kept(workspace.inputs / "2025", publication.record):
        store.put(publication.files, workspace.outputs, "2025")


def again(workspace, year=2025):
    """The second issue; or the stages that refuse it."""
    try:
        return build.build(workspace, Edition(year), final=True, only=years.ONLY), set()
    except ReportFailed as failed:
        return None, {problem.stage for problem in failed.problems if problem.severity == "problem"}


def late(inputs):
    """One more notice, found after the first issue: a hirer, on an incident that is there already."""
    notices = planted.rows(inputs, "penalties")
    of = planted.of_year(notices, FIRST, LAST, section="31A", status="unpaid")[0]
    notices.append(of | {"notice_ref": "N-999999", "role": "hirer", "registered_in": "DE"})
    ledger = planted.rows(inputs, "ledger")
    issued = next(row for row in ledger if row["notice_ref"] == of["notice_ref"] and row["event"] == "issued")
    ledger.append(issued | {"notice_ref": "N-999999", "payer_role": ""})
    planted.put(inputs, "penalties", notices)
    planted.put(inputs, "ledger", ledger)


def test_people_found_are_hidden_from_one_to_under_the_threshold(tmp_path):
    workspace = made(tmp_path, 400)
    inputs = workspace.inputs / "2025"
    incidents = planted.rows(inputs, "incidents")
    for row in incidents:
        if row["vehicle_type"] == "motorhome":
            row["vehicle_type"] = "goods vehicle"
    for n in range(6):
        incidents.append(
            {
                "incident_ref": f"I-9{n:05d}",
                "incident_date": f"2025-0{n + 4}-15",
                "place": "Calais",
                "vehicle_type": "motorhome",
                "entrants": "1" if n < 2 else "0",
                "outcome": "no penalty",
            }
        )
    planted.put(inputs, "incidents", incidents)
    folder = years.publish(workspace, 2025)
    attacked, truths = years.assail([folder], workspace.inputs, [2025], 5)
    cell = (("vehicle_type", "motorhome"),)
    assert truths[-1].value((truths[-1].label, "incidents.entrants", cell)) == 2
    shown = {one.name.where: one for one in attacked.reading.year.of("incidents.entrants")}[cell]
    assert shown.hidden, f"{shown.value:g} people found in 6 vehicles"
