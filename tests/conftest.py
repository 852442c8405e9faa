import shutil

import charted_years
import pytest
import small_year
from small import ROOT, Office, workspace

from reportgen.app import build, store
from reportgen.app.progress import Progress, quiet
from reportgen.app.protected_year import calculate
from reportgen.formats import pdf
from reportgen.model.edition import Edition
from reportgen.model.problem import ReportFailed
from reportgen.model.stages import Workspace


@pytest.fixture(scope="session")
def office(tmp_path_factory):
    """A complete official year, built once as the publication itself; nobody may change it."""
    made = workspace(tmp_path_factory.mktemp("office"))
    try:
        publication = build.build(made, Edition(2025), final=True)
    except ReportFailed as failed:
        pytest.fail("\n".join(f"{p.where()}: {p.message}" for p in failed.problems if p.severity == "problem"))
    store.put(publication.files, made.outputs, "2025")
    return Office(made, publication)


@pytest.fixture(scope="session")
def shipped(tmp_path_factory):
    """The year that comes with the program, built once as a draft."""
    made = Workspace(ROOT / "inputs", ROOT / "templates", tmp_path_factory.mktemp("shipped") / "outputs")
    publication = build.build(made, Edition(2025))
    store.put(publication.files, made.outputs, "2025")
    return Office(made, publication)


@pytest.fixture
def year_folder(tmp_path):
    """The input folder of a small year without a fault, which a test may change."""
    return small_year.put(tmp_path / "inputs" / "2025")


@pytest.fixture
def without_pdf_validator(monkeypatch):
    """Checks without validation of the PDF: the small publication has no real one."""
    monkeypatch.setattr(pdf, "validate", lambda _data: ())
    monkeypatch.setattr(pdf, "outside", lambda _data: ())


@pytest.fixture(scope="session")
def numbers():
    """The figures of the year that comes with the program, nothing drawn."""
    work = Progress(quiet)
    made = calculate(Workspace(ROOT / "inputs", ROOT / "templates", ROOT / "outputs"), Edition(2025), work, drawn=False)
    work.settle()
    return made


@pytest.fixture(scope="session")
def chart_years(tmp_path_factory):
    """The charts of six very different years, by name; drawn once."""
    return charted_years.draw_all(tmp_path_factory.mktemp("charts"))


@pytest.fixture(params=charted_years.YEARS)
def chart_year(request, chart_years):
    """The charts of each of the six years in turn."""
    return chart_years[request.param]


@pytest.fixture(scope="session")
def chromium():
    """A browser; the tests that need one are left out where there is none."""
    path = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    if path is None:
        pytest.skip("Chromium is not installed: “make test” says how")
    from playwright.sync_api import sync_playwright

    quiet = ("sandbox", "gpu", "quic", "background-networking", "component-update", "sync", "default-apps")
    arguments = ["--no-sandbox", "--no-first-run", *(f"--disable-{name}" for name in quiet)]
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=path, args=arguments)
        yield browser
        browser.close()
