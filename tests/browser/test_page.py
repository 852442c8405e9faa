"""The web page in a real browser: WCAG 2.2 AA by axe-core, narrow screens, no script, keyboard, zoom, dark, print."""

import base64

import html5lib
import pytest
from axe_playwright_python.sync_playwright import Axe

pytestmark = pytest.mark.browser
WIDTHS = (320, 768, 1280)
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


@pytest.fixture(scope="module")
def path(office):
    return office.folder / "cecps-annual-report-2025.html"


@pytest.fixture
def opened(chromium, path):
    """Opens the page under some conditions; whatever it says on the console or fetches fails the test."""
    contexts = []

    def go(width=1280, height=800, file=path, **conditions):
        context = chromium.new_context(viewport={"width": width, "height": height}, **conditions)
        contexts.append(context)
        page = context.new_page()
        page.said, page.asked = [], []
        page.on("console", lambda message: page.said.append(message.text))
        page.on("pageerror", lambda fault: page.said.append(str(fault)))
        page.on("request", lambda request: page.asked.append(request.url))
        page.goto(file.as_uri())
        return page

    yield go
    for context in contexts:
        for page in context.pages:
            assert page.said == []
            assert [url for url in page.asked if not url.startswith(("file:", "data:"))] == []
        context.close()


def violations(page):
    found = (
        Axe()
        .run(page, options={"runOnly": {"type": "tag", "values": RULES}, "resultTypes": ["violations"]})
        .response["violations"]
    )
    return [(one["id"], node["target"], node["failureSummary"]) for one in found for node in one["nodes"][:3]]


@pytest.mark.parametrize("width", WIDTHS)
def test_axe_finds_nothing(opened, width):
    assert violations(opened(width)) == []


def test_axe_finds_nothing_in_the_dark_with_every_fold_open(opened):
    page = opened(1280, color_scheme="dark")
    page.evaluate("document.querySelectorAll('details').forEach(one => one.open = true)")
    assert violations(page) == []


@pytest.mark.parametrize("width", WIDTHS)
def test_nothing_scrolls_sideways(opened, width):
    page = opened(width)
    page.evaluate("document.querySelectorAll('details').forEach(one => one.open = true)")
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_at_400_percent_nothing_is_lost(opened):
    page = opened(320, 256)
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    cut = page.evaluate("""() => [...document.querySelectorAll('h1, h2, h3, p, li, dt, dd, figcaption, summary')]
        .filter(one => one.offsetParent && one.getBoundingClientRect().width > 0
                       && (one.scrollWidth > one.clientWidth + 1) && getComputedStyle(one).display != 'inline')
        .map(one => one.outerHTML.slice(0, 120))""")
    assert cut == []


def test_wider_spacing_of_text_loses_nothing(opened):
    page = opened(320)
    page.add_style_tag(
        content="* { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important }"
        "p { margin-bottom: 2em !important }"
    )
    assert page.evaluate("document.documentElement.scrollWidth") <= 320


def test_the_page_is_whole_without_a_script(opened, office):
    page = opened(java_script_enabled=False)
    placed = office.publication.composed.narrative.placed
    assert page.locator("main table:visible").count() == sum(name.startswith("table-") for name in placed)
    assert page.locator("main svg[role=img]:visible").count() == sum(name.startswith("chart-") for name in placed)
    fold = page.locator("details.data").first
    fold.locator("summary").click()
    assert fold.locator("table").is_visible()


def test_the_first_tab_skips_to_the_report(opened):
    page = opened()
    page.keyboard.press("Tab")
    link = page.locator(":focus")
    assert link.inner_text() == "Skip to main content"
    assert link.bounding_box()["y"] >= 0
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "content"


def test_a_table_that_scrolls_can_be_scrolled_by_keyboard(opened):
    page = opened(320)
    wide = page.evaluate("""() => [...document.querySelectorAll('main > section .scroll')]
        .filter(one => one.offsetParent && one.scrollWidth > one.clientWidth).map(one => one.tabIndex)""")
    assert wide
    assert set(wide) == {0}
    table = page.locator(".scroll:visible").filter(has=page.locator("table")).first
    table.focus()
    assert page.evaluate("document.activeElement.classList.contains('scroll')")
    assert "solid" in page.evaluate("getComputedStyle(document.activeElement).outlineStyle")


def test_every_link_shows_that_it_has_the_focus(opened):
    page = opened()
    page.keyboard.press("Tab")
    for _ in range(25):
        page.keyboard.press("Tab")
        style = page.evaluate("""() => { const one = getComputedStyle(document.activeElement);
            return [one.backgroundColor, one.outlineStyle, one.boxShadow, document.activeElement.tagName]; }""")
        assert style[0] == "rgb(255, 221, 0)" or style[1] == "solid" or style[2] != "none", style


def test_targets_are_large_enough_for_a_finger(opened):
    page = opened(320)
    small = page.evaluate("""() => [...document.querySelectorAll('nav a, summary, .back a')]
        .filter(one => one.offsetParent).map(one => one.getBoundingClientRect())
        .filter(one => one.height < 24 || one.width < 24).length""")
    assert small == 0


def test_contents_lead_to_their_chapters(opened):
    page = opened()
    links = page.locator("nav.contents a")
    assert links.count() > 10
    links.nth(3).click()
    heading = page.locator(page.locator("nav.contents a").nth(3).get_attribute("href")).locator("h2")
    assert 0 <= heading.bounding_box()["y"] < 200


def test_forced_colours_keep_drawings_and_links(opened):
    page = opened(forced_colors="active")
    assert page.evaluate("getComputedStyle(document.querySelector('.chart svg')).forcedColorAdjust") == "none"
    assert page.evaluate("getComputedStyle(document.querySelector('nav a')).color") != "rgba(0, 0, 0, 0)"


def test_printed_from_a_browser_nothing_is_cut(opened):
    page = opened()
    page.emulate_media(media="print")
    assert page.locator(".skip-link").is_hidden()
    assert page.evaluate("getComputedStyle(document.querySelector('.scroll')).overflowX") == "visible"
    assert page.pdf(format="A4")[:5] == b"%PDF-"


def test_fonts_come_with_the_page(opened):
    page = opened()
    page.evaluate("document.fonts.ready")
    loaded = page.evaluate("[...document.fonts].filter(one => one.status == 'loaded').map(one => one.family)")
    assert any("Source Sans Pro" in name for name in loaded)


def test_the_page_is_html_without_a_fault(path):
    parser = html5lib.HTMLParser(strict=True)
    parser.parse(path.read_text("utf-8"))
    assert parser.errors == []


def test_the_page_is_small(path):
    assert path.stat().st_size < 1_500_000


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("name", ["checks.html", "publish/checklist.html", "qa/log.html", "qa/sign-off.html"])
def test_the_pages_for_the_office_can_be_read_by_everybody(opened, office, name, width):
    page = opened(width, file=office.folder / name)
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_a_picture_of_the_page_is_no_blank(opened):
    data = opened().screenshot()
    assert len(base64.b64encode(data)) > 50_000
