"""The workbench in a real browser: the report follows when words are saved; mistakes have marks; figures have words."""

import shutil
import threading

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from reportgen.app import serve
from reportgen.model.stages import Workspace

pytestmark = pytest.mark.browser
PATIENCE = 30_000
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


@pytest.fixture(scope="module")
def desk(office, tmp_path_factory):
    """A workspace of its own, and its workbench at an address."""
    root = tmp_path_factory.mktemp("desk")
    shutil.copytree(office.workspace.inputs, root / "inputs")
    shutil.copytree(office.workspace.templates, root / "templates")
    bench = serve.Bench(Workspace(root / "inputs", root / "templates", root / "outputs"), 2025)
    server = serve.Server(bench, 0)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    bench.look()
    yield root, bench, f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def page(chromium, desk):
    context = chromium.new_context(viewport={"width": 1280, "height": 800})
    made = context.new_page()
    said = []
    made.on("console", lambda message: said.append(message.text))
    made.on("pageerror", lambda fault: said.append(str(fault)))
    made.goto(desk[2])
    expect(made.locator("#state")).to_have_text("No problems", timeout=PATIENCE)
    yield made
    context.close()
    assert said == []


def report(page):
    return page.frame_locator("#report")


def saved(path, change):
    """Save a file changed; give back what it was."""
    before = path.read_text("utf-8")
    changed = change(before)
    assert changed != before
    path.write_text(changed, "utf-8")
    return before


def test_the_report_its_problems_and_its_figures_are_there(page, office):
    title = office.publication.composed.numbers.release.publication.title
    assert report(page).locator("h1").inner_text().replace("\u00a0", " ") == title
    assert page.locator("#problems li").count() > 0
    assert page.locator("#figures li").count() == 100


def test_a_saved_word_is_in_the_report(page, desk):
    root, bench, _ = desk
    path = root / "templates/chapters/01-main-points.md"
    before = saved(path, lambda text: f"{text}\n\nThese are the words of a reviewer.\n")
    assert bench.look()
    report(page).get_by_text("These are the words of a reviewer.").wait_for()
    path.write_text(before, "utf-8")
    assert bench.look()
    report(page).get_by_text("These are the words of a reviewer.").wait_for(state="detached")
    expect(page.locator("#state")).to_have_text("No problems", timeout=PATIENCE)


def test_a_mistake_is_told_with_its_line_and_the_report_stays(page, desk):
    root, bench, _ = desk
    path = root / "templates/chapters/05-penalties.md"
    before = saved(path, lambda text: text.replace("penalties.issued", "penalties.isued", 1))
    bench.look()
    expect(page.locator("#state")).to_have_class("wrong", timeout=PATIENCE)
    first = page.locator("#problems li.problem").first
    assert "05-penalties.md:" in first.locator(".where").inner_text()
    assert "penalties.isued" in first.locator("pre").inner_text()
    assert "^" in first.locator("pre").inner_text()
    assert "Did you mean" in first.inner_text()
    assert report(page).locator("h1").count() == 1
    path.write_text(before, "utf-8")
    bench.look()
    expect(page.locator("#state")).to_have_text("No problems", timeout=PATIENCE)


def test_a_mistake_in_an_input_is_a_sentence(page, desk):
    root, bench, _ = desk
    path = root / "inputs/2025/team.csv"
    before = saved(path, lambda text: text.replace("2025-04", "Smarch", 1))
    bench.look()
    expect(page.locator("#state")).to_have_class("wrong", timeout=PATIENCE)
    told = page.locator("#problems li.problem").first.inner_text()
    assert "team.csv, row 2" in told
    assert "Smarch" in told
    assert "the page shows the last words without one" in page.locator("#state").inner_text()
    path.write_text(before, "utf-8")
    bench.look()
    expect(page.locator("#state")).to_have_text("No problems", timeout=PATIENCE)


def test_before_the_first_report_it_says_that_there_is_none(page, desk):
    root, bench, _ = desk
    bench.page = ""
    path = root / "inputs/2025/team.csv"
    before = saved(path, lambda text: text.replace("2025-04", "Smarch", 1))
    bench.look()
    expect(page.locator("#state")).to_contain_text("there is no report yet", timeout=PATIENCE)
    path.write_text(before, "utf-8")
    bench.look()
    expect(page.locator("#state")).to_have_text("No problems", timeout=PATIENCE)


def test_a_figure_is_found_with_the_words_that_print_it(page):
    page.fill("#search", "penalties issued driver")
    expect(page.locator("#found")).not_to_contain_text("the first 100", timeout=PATIENCE)
    texts = page.locator("#figures code").all_inner_texts()
    assert '{{ stat("penalties.issued", role="driver") }}' in texts
    page.fill("#search", "nothing has these words")
    assert page.locator("#found").inner_text() == "0 figures"


def place_in(page):
    """How far down the report is."""
    return page.frames[1].evaluate("scrollY")


def test_the_place_in_the_report_is_kept(page, desk):
    root, bench, _ = desk
    shown = page.locator("#report")
    expect(shown).to_have_attribute("data-version", str(bench.version), timeout=PATIENCE)
    page.frames[1].evaluate("document.querySelector('main section:nth-of-type(4)').scrollIntoView()")
    down = place_in(page)
    assert down > 500
    path = root / "templates/chapters/16-data-and-contacts.md"
    before = saved(path, lambda text: f"{text}\n\nOne more line.\n")
    bench.look()
    expect(shown).to_have_attribute("data-version", str(bench.version), timeout=PATIENCE)
    expect(report(page).get_by_text("One more line.")).to_be_attached(timeout=PATIENCE)
    assert place_in(page) == down
    path.write_text(before, "utf-8")
    bench.look()


@pytest.mark.parametrize(("width", "scheme"), [(320, "light"), (768, "light"), (1280, "light"), (1280, "dark")])
def test_axe_finds_nothing_and_nothing_scrolls_sideways(chromium, desk, width, scheme):
    context = chromium.new_context(viewport={"width": width, "height": 800}, color_scheme=scheme, bypass_csp=True)
    page = context.new_page()
    page.goto(desk[2])
    expect(page.locator("#state")).to_have_text("No problems", timeout=PATIENCE)
    options = {"runOnly": {"type": "tag", "values": RULES}, "iframes": False}
    found = Axe().run(page, options=options).response["violations"]
    assert [(one["id"], node["target"], node["failureSummary"]) for one in found for node in one["nodes"][:3]] == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    context.close()
