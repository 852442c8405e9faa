"""The workbench in a real browser: the report follows when words are saved; mistakes have marks; figures have words.

A person decides on quotes there, and sees which checks wait for an answer.
"""

import re
import shutil
import threading
from contextlib import contextmanager

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from reportgen.app import serve, workbench
from reportgen.model.edition import Edition
from reportgen.model.stages import Workspace

pytestmark = pytest.mark.browser
PATIENCE = 30_000
REFUSED = "409 (Conflict)"
"""What the browser says of a decision that the workbench refuses, besides what the page says."""
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


@pytest.fixture(scope="module")
def desk(office, tmp_path_factory):
    """A workspace of its own, and its workbench at an address."""
    root = tmp_path_factory.mktemp("desk")
    shutil.copytree(office.workspace.inputs, root / "inputs")
    shutil.copytree(office.workspace.templates, root / "templates")
    bench = workbench.Bench(Workspace(root / "inputs", root / "templates", root / "outputs"), Edition(2025))
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
    made.on("console", lambda message: REFUSED in message.text or said.append(message.text))
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
    path = root / "templates/annual/chapters/main-points.md"
    before = saved(path, lambda text: f"{text}\n\nThese are the words of a reviewer.\n")
    assert bench.look()
    report(page).get_by_text("These are the words of a reviewer.").wait_for()
    path.write_text(before, "utf-8")
    assert bench.look()
    report(page).get_by_text("These are the words of a reviewer.").wait_for(state="detached")
    expect(page.locator("#state")).to_have_text("No problems", timeout=PATIENCE)


def test_a_mistake_is_shown_with_its_line_and_the_report_stays(page, desk):
    root, bench, _ = desk
    path = root / "templates/annual/chapters/penalties.md"
    before = saved(path, lambda text: text.replace("penalties.issued", "penalties.isued", 1))
    bench.look()
    expect(page.locator("#state")).to_have_class("wrong", timeout=PATIENCE)
    first = page.locator("#problems li.problem").first
    assert "chapters/penalties.md:" in first.locator(".where").inner_text()
    assert "penalties.isued" in first.locator("pre").inner_text()
    assert "^" in first.locator("pre").inner_text()
    assert "Did you mean" in first.inner_text()
    assert report(page).locator("h1").count() == 1
    path.write_text(before, "utf-8")
    bench.look()
    expect(page.locator("#state")).to_have_text("No problems", timeout=PATIENCE)


def test_what_is_left_out_is_listed_with_the_reason(page, desk):
    root, bench, _ = desk
    path = root / "templates/annual/chapters/glossary.md"
    before = saved(path, lambda text: f"{text}\nNotices {{{{ more_than_doubled(penalties.issued) }}}}.\n")
    bench.look()
    gone = page.locator("#left li", has_text="more_than_doubled")
    gone.wait_for()
    assert "chapters/glossary.md:" in gone.inner_text()
    assert "is not true" in gone.inner_text()
    path.write_text(before, "utf-8")
    bench.look()
    gone.wait_for(state="detached")


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


@contextmanager
def settings(desk, change):
    """The settings changed for a while, and the report made from them."""
    root, bench, _ = desk
    path = root / "inputs/2025/release.toml"
    before = saved(path, change)
    bench.look()
    try:
        yield path
    finally:
        path.write_text(before, "utf-8")
        bench.look()


def undecided(text):
    """Nobody has decided on the comments."""
    return re.sub(r"(?m)^R-.*\n", "", text)


def unanswered(text):
    """Nobody has read the report, and an answer has a wrong name."""
    return text.replace("[answers.read-through]", "[answers.raed-through]")


def test_a_quote_is_released_by_name_from_the_keyboard(page, desk):
    with settings(desk, undecided) as path:
        before = path.read_text("utf-8")
        item = page.locator("#quotes li", has_text="The draft prints it.").first
        expect(item).to_contain_text("Not decided.", timeout=PATIENCE)
        response = item.locator("h3").inner_text().partition(":")[0]
        said = item.locator("blockquote").inner_text().strip("“”")
        mine = page.locator("#quotes li", has_text=f"{response}:")
        button = page.get_by_role("button", name=f"Release {response}", exact=True)
        expect(report(page).get_by_text("not yet released").first).to_be_attached(timeout=PATIENCE)
        marks = report(page).get_by_text("not yet released").count()

        button.press("Enter")
        expect(page.locator("#nameless")).to_have_text("Write your name first.")
        expect(page.locator("#by")).to_be_focused()
        assert path.read_text("utf-8") == before

        page.locator("#by").press_sequentially("Ann Other")
        expect(page.locator("#nameless")).to_have_text("")
        button.press("Enter")
        expect(mine).to_contain_text("Released by Ann Other")
        expect(page.locator("#said")).to_contain_text(f"{response}: Released by Ann Other")
        expect(button).to_be_focused()
        assert f'{response} = {{ released = "Ann Other"' in path.read_text("utf-8")

        assert desk[1].look()
        expect(report(page).get_by_text("not yet released")).to_have_count(marks - 1, timeout=PATIENCE)
        expect(report(page).get_by_text(said)).to_be_attached()
        expect(page.locator("#by")).to_have_value("Ann Other")
        expect(button).to_be_focused()
        page.get_by_role("button", name=f"Refuse {response}", exact=True).click()
        expect(mine).to_contain_text("Refused by Ann Other")


def test_a_quote_whose_words_have_changed_is_shown_again(page, desk):
    root, bench, _ = desk
    item = page.locator("#quotes li").first
    response, said = item.locator("h3").inner_text().partition(":")[0], item.locator("blockquote").inner_text()
    path = root / "inputs/2025/survey.csv"
    before = saved(path, lambda text: text.replace(said.strip("“”"), "Paying was easy.", 1))
    page.fill("#by", "Ann Other")
    page.get_by_role("button", name=f"Refuse {response}", exact=True).click()
    expect(item.locator(".wrong")).to_have_text("The inputs have changed and are being read. Look again in a moment.")
    bench.look()
    expect(item.locator("blockquote")).to_have_text("“Paying was easy.”", timeout=PATIENCE)
    expect(item).to_contain_text("Not decided on these words.")
    path.write_text(before, "utf-8")
    bench.look()
    expect(item.locator("blockquote")).to_have_text(said, timeout=PATIENCE)
    expect(page.locator("#state")).to_have_text("No problems", timeout=PATIENCE)


def test_only_comments_that_nobody_decided_on_are_shown_if_wanted(page, desk):
    every = page.locator("#quotes li")
    number = every.count()
    page.select_option("#which", "open")
    expect(every).to_have_text("None.")
    page.select_option("#which", "all")
    expect(every).to_have_count(number)
    with settings(desk, undecided):
        expect(page.locator("#count")).to_contain_text(f"{number} comments, {number} not decided", timeout=PATIENCE)
        page.select_option("#which", "printed")
        assert 0 < every.count() < number
        expect(every.filter(has_text="The draft prints it.")).to_have_count(every.count())


def test_checks_say_who_answered_and_what_to_write(page, desk):
    checks = page.locator("#answers > li")
    expect(checks.filter(has_text="Answered by Editor of the team, 30 July 2026")).to_have_count(checks.count())
    with settings(desk, unanswered):
        read = checks.filter(has_text="Has somebody read the whole report?")
        expect(read).to_contain_text("nobody has answered this yet", timeout=PATIENCE)
        expect(read.locator("pre")).to_contain_text('[answers.read-through]\nby = ""\non = 2')
        expect(checks.filter(has_text="There is no check “raed-through”. Did you mean “read-through”?")).to_have_count(
            1
        )
    expect(read).to_contain_text("Answered by Editor of the team", timeout=PATIENCE)


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
    path = root / "templates/annual/chapters/data-and-contacts.md"
    before = saved(path, lambda text: f"{text}\n\nOne more line.\n")
    bench.look()
    expect(shown).to_have_attribute("data-version", str(bench.version), timeout=PATIENCE)
    expect(report(page).get_by_text("One more line.")).to_be_attached(timeout=PATIENCE)
    assert place_in(page) == down
    path.write_text(before, "utf-8")
    bench.look()


@pytest.fixture(scope="module")
def waiting(desk):
    """A workbench with quotes to decide on and checks to answer."""
    with settings(desk, lambda text: unanswered(undecided(text))):
        yield desk[2]


@pytest.mark.parametrize(("width", "scheme"), [(320, "light"), (768, "light"), (1280, "light"), (1280, "dark")])
def test_axe_finds_nothing_and_nothing_scrolls_sideways(chromium, waiting, width, scheme):
    context = chromium.new_context(viewport={"width": width, "height": 800}, color_scheme=scheme, bypass_csp=True)
    page = context.new_page()
    page.goto(waiting)
    expect(page.locator("#state")).to_have_text("No problems", timeout=PATIENCE)
    page.evaluate("document.querySelectorAll('details').forEach(part => { part.open = true; })")
    page.locator("#quotes button").first.click()
    expect(page.locator("#nameless")).to_have_text("Write your name first.")
    options = {"runOnly": {"type": "tag", "values": RULES}, "iframes": False}
    found = Axe().run(page, options=options).response["violations"]
    assert [(one["id"], node["target"], node["failureSummary"]) for one in found for node in one["nodes"][:3]] == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    aside = page.locator("aside")
    assert aside.evaluate("part => part.scrollWidth <= part.clientWidth")
    small = "all => all.filter(one => one.getBoundingClientRect().height < 24).map(one => one.textContent)"
    assert page.locator("nav a, aside button, aside input, aside select, summary").evaluate_all(small) == []
    context.close()
