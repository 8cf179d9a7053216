"""The pages in a real browser: put a test here when a reader must be able to see or do something."""

import re
from itertools import pairwise

import pytest
from browsing import SCHEMES, SCREENS, all_pages, expect, leave, open_page, visit
from bs4 import BeautifulSoup
from parsed import parsed

ORDER = [
    "Made Together",
    "How people see manufacturing",
    "What coworking spaces do for skills",
    "Why small firms fail to coordinate",
    "How big could the gain be?",
    "Where coordination has taken root",
    "CATCH: apprenticeships shaped by employers",
    "Bradford SkillsHouse: a council that makes introductions",
    "North Notts BID: a levy that buys coordination",
    "Manchester City Council: buying with a purpose",
    "My place",
    "Which places are left behind?",
    "What to do about it",
    "If you are a council",
    "If you are an employer",
    "If you are a school",
    "All recommendations with their evidence",
    "What is social value worth?",
    "May I repeat this number?",
    "How to read this book",
    "Do the numbers add up?",
    "The ledger",
    "The data library",
    "How fresh is the evidence?",
    "What changed",
    "Contributing",
    "Add a source",
    "Write a chapter",
    "Keep it living",
    "Bring in a survey",
    "Change what is there",
    "Work together",
    "Audit a report",
    "Prove this site",
    "Countersign what the book says",
    "Use our numbers",
    "Start your own living report",
    "Publish and operate it",
    "How it is built",
    "What a book adds to the engine",
    "Commands",
]


HEADED = """() => {
  const heading = document.querySelector("h1"), { width, height } = heading.getBoundingClientRect();
  const seen = width > 0 && height > 0 && heading.checkVisibility({ visibilityProperty: true });
  return [heading.innerText, seen, document.body.innerText.length];
}"""
"""The first heading of a page as a reader sees it, whether it is seen, and how long the text of the page is."""


def test_every_page_reads_from_the_disk_without_server_or_scripts(browser, site):
    page, errors, strangers = open_page(browser, SCREENS["phone"], java_script_enabled=False)
    for name in all_pages(site):
        page.goto((site / name).as_uri(), wait_until="load")
        heading = re.search(r"<h1.*?</h1>", (site / name).read_text(encoding="utf-8"), re.DOTALL).group()
        title = BeautifulSoup(heading, "html.parser").find(string=True)
        shown, seen, text = page.evaluate(HEADED)
        assert title.strip() in shown, name
        assert seen and text > 60, name
    assert (errors, strangers) == ([], [])
    page.context.close()


def test_without_scripts_charts_and_contents_are_there_and_nothing_that_needs_scripts_is_offered(browser, site):
    page, _, _ = visit(browser, (site / "chapters" / "coordination.html").as_uri(), SCREENS["phone"], java_script_enabled=False)
    assert page.locator("figure.evidence-chart svg").filter(visible=True).count() > 3
    assert page.get_by_role("link", name="What to do about it").first.is_visible()
    assert page.get_by_role("button").count() == 0
    page.context.close()


def test_a_number_leads_to_its_entry_in_the_ledger(browser, address):
    page, _, _ = visit(browser, f"{address}/chapters/coordination.html", SCREENS["wide"])
    link = page.locator("article a.figure", has_text="96%").first
    assert link.get_attribute("href") == "ledger-demos.html#sme.coordination.missing-any"
    leave(page)


def test_text_of_our_outputs_can_be_read_in_the_dark(browser, address):
    """The lightness of text and ground of an output differ by at least half of the scale in both schemes."""
    for scheme in SCHEMES:
        page, _, _ = visit(browser, f"{address}/chapters/coordination.html", SCREENS["wide"], scheme)
        ink, ground = page.evaluate(
            """() => {
              const lightness = colour => { const [r, g, b] = colour.match(/[\\d.]+/g).map(Number); return (0.2126 * r + 0.7152 * g + 0.0722 * b) / 255 };
              const chart = document.querySelector('figure.evidence-chart');
              return [lightness(getComputedStyle(chart.querySelector('.chart-title')).color), lightness(getComputedStyle(chart).backgroundColor)];
            }"""
        )
        leave(page)
        assert abs(ink - ground) > 0.5, scheme


@pytest.mark.parametrize(("button", "panel"), [("The book", "The book"), ("On this page", "On this page")])
def test_on_a_phone_a_side_bar_opens_over_the_text_and_gives_the_focus_back(browser, address, button, panel):
    page, errors, _ = visit(browser, f"{address}/chapters/coordination.html", SCREENS["phone"])
    opener, dialog = page.get_by_role("button", name=button, exact=True), page.get_by_role("dialog", name=panel, exact=True)
    expect(dialog).to_be_hidden()
    for how_to_close in (lambda: dialog.get_by_role("button", name="Close").click(), lambda: page.keyboard.press("Escape")):
        opener.click()
        expect(dialog).to_be_visible()
        expect(dialog.get_by_role("link").nth(2)).to_be_visible()
        how_to_close()
        expect(dialog).to_be_hidden()
        expect(opener).to_be_focused()
    assert errors == []
    leave(page)


def test_the_colours_follow_the_device_until_the_reader_chooses_and_the_choice_is_kept(browser, address):
    page, _, _ = visit(browser, f"{address}/chapters/changes.html", SCREENS["wide"], "dark")
    shown = lambda theme: expect(page.locator("html")).to_have_attribute("data-theme", theme)  # noqa: E731
    shown("dark")
    page.get_by_role("button", name="Colour scheme: as the device").click()
    shown("light")
    page.reload()
    shown("light")
    page.get_by_role("button", name="Colour scheme: light").click()
    shown("dark")
    page.get_by_role("button", name="Colour scheme: dark").click()
    page.get_by_role("button", name="Colour scheme: as the device").wait_for()
    page.emulate_media(color_scheme="light")
    shown("light")
    leave(page)


@pytest.mark.parametrize("place", ["served", "on the disk"])
def test_the_search_finds_words_of_the_text(browser, address, site, place):
    root = address if place == "served" else site.as_uri()
    page, errors, strangers = visit(browser, f"{root}/chapters/changes.html", SCREENS["wide"])
    page.keyboard.press("Control+k")
    field = page.get_by_role("dialog").get_by_role("searchbox")
    field.fill("tenders")
    page.get_by_role("dialog").locator(".find-results li").first.wait_for()
    field.press("Enter")
    page.wait_for_url("**/search.html?q=*")
    page.locator("#search-results li a").first.wait_for()
    page.locator("#search-results li.find-page a").first.click()
    page.locator("article h1").wait_for()
    assert (errors, strangers) == ([], [])
    leave(page)


def test_a_search_for_nothing_on_these_pages_says_so(browser, address):
    page, errors, _ = visit(browser, f"{address}/search.html?q=xylophone", SCREENS["phone"])
    page.get_by_text("Nothing here matches").wait_for()
    assert errors == []
    leave(page)


def test_the_next_links_lead_through_the_whole_book_in_its_order(browser, site):
    """As they are written on all pages, and as a reader follows the first of them."""
    page, _, _ = visit(browser, (site / "chapters" / "index.html").as_uri(), SCREENS["wide"])
    for before, title in pairwise(ORDER[:4]):
        onward = page.locator("nav.frame-next a[rel=next]")
        assert onward.locator(".frame-next-title").inner_text() == title
        with page.expect_navigation():
            onward.click()
        assert page.locator("h1").inner_text().rstrip("#") == title
        assert page.locator("nav.frame-next a[rel=prev] .frame-next-title").inner_text() == before
    leave(page)
    pages = [parsed(site / "chapters" / "index.html")]
    while onward := led_from(pages[-1], "next"):
        assert len(pages) < len(ORDER), "the links lead on behind the last page"
        pages.append(parsed(site / "chapters" / onward["href"]))
        assert heading(pages[-1]) == titled(onward)
        assert heading(pages[-2]) == titled(led_from(pages[-1], "prev"))
    assert [heading(page) for page in pages] == ORDER


def led_from(page, way):
    """Return the link of a parsed page to the next or to the previous one, if there is one."""
    return page.select_one(f"nav.frame-next a[rel={way}]")


def titled(link):
    return link.select_one(".frame-next-title").get_text()


def heading(page):
    return page.h1.get_text().rstrip("#")


def test_the_first_stop_of_the_tab_key_leads_past_the_frame(browser, address):
    page, _, _ = visit(browser, f"{address}/chapters/coordination.html", SCREENS["wide"])
    page.keyboard.press("Tab")
    first = page.evaluate("[document.activeElement.textContent.trim(), document.activeElement.getBoundingClientRect().top >= 0]")
    assert first == ["Skip to the text", True]
    page.keyboard.press("Enter")
    page.wait_for_selector(":target", state="attached")
    page.keyboard.press("Tab")
    page.wait_for_function("document.activeElement.closest('main')")
    leave(page)


def test_every_stop_of_the_tab_key_can_be_seen(browser, address):
    page, _, _ = visit(browser, f"{address}/chapters/changes.html", SCREENS["phone"])
    stops = 0
    while stops < 60:
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement === document.body"):
            break
        outline = page.evaluate(
            "(() => { const s = getComputedStyle(document.activeElement); return [s.outlineStyle, parseFloat(s.outlineWidth)] })()"
        )
        assert outline[0] == "solid" and outline[1] >= 2, page.evaluate("document.activeElement.outerHTML.slice(0, 200)")
        stops += 1
    assert 5 < stops < 60
    leave(page)


def test_a_reader_who_wants_no_motion_gets_none(browser, address):
    page, _, _ = visit(browser, f"{address}/chapters/coordination.html", SCREENS["wide"], reduced_motion="reduce")
    moving = "[...document.querySelectorAll('*')].filter(e => getComputedStyle(e).transitionDuration.split(',').some(d => parseFloat(d) > 0.001)).length"
    assert page.evaluate(moving) == 0
    page.context.close()


@pytest.mark.parametrize(
    ("name", "told"), [("coordination", True), ("case-catch", True), ("audit", True), ("ledger", False), ("index", False)]
)
def test_chapters_tell_how_long_they_take(site, name, told):
    soup = BeautifulSoup((site / "chapters" / f"{name}.html").read_text(encoding="utf-8"), "html.parser")
    assert bool(soup.select("h1 + .reading-time")) is told


def test_lines_of_text_hold_60_to_75_letters(browser, address):
    """Counted on the full lines of the longest paragraphs, as a reader sees them."""
    page, _, _ = visit(browser, f"{address}/chapters/coordination.html", SCREENS["wide"])
    lines = page.evaluate(
        """() => [...document.querySelectorAll('article section section > p')].filter(p => p.textContent.length > 300).map(p => {
          const box = document.createRange(); box.selectNodeContents(p);
          const rows = new Set([...box.getClientRects()].map(r => Math.round(r.bottom / 8))).size;
          return p.textContent.length / rows;
        })"""
    )
    leave(page)
    assert len(lines) > 5
    assert 58 <= sorted(lines)[len(lines) // 2] <= 75


@pytest.mark.parametrize("role", ["council", "employer", "school"])
def test_what_a_role_should_do_fits_on_three_screens_of_a_phone(browser, address, role):
    page, _, _ = visit(browser, f"{address}/chapters/recommendations-{role}.html", SCREENS["phone"])
    screens = page.evaluate("document.documentElement.scrollHeight / innerHeight")
    leave(page)
    assert screens <= 3


def test_a_page_in_a_window_that_was_left_is_as_in_a_new_one(browser, address):
    """But for what the browser keeps: nothing is told of the page before, and neither its colours, its size, its medium nor its hover last."""
    seen = "[innerWidth, screen.width, ...['(prefers-color-scheme: dark)', 'print', '(hover: hover)'].map(one => matchMedia(one).matches)]"
    new, _, _ = open_page(browser, SCREENS["wide"], "light", locale="en-GB")
    expected = new.evaluate(seen)
    new.context.close()
    before, errors, _ = visit(browser, f"{address}/chapters/coordination.html", SCREENS["wide"], "dark")
    before.evaluate("console.error('one')")
    before.locator("article p a[data-evidence]").first.hover()
    before.emulate_media(media="print")
    before.set_viewport_size({"width": 500, "height": 500})
    assert (len(errors), before.evaluate(seen) != expected) == (1, True)
    leave(before)
    after, errors, strangers = visit(browser, f"{address}/chapters/coordination.html", SCREENS["wide"])
    assert after is before
    assert (errors, strangers, after.evaluate(seen)) == ([], [], expected)
    assert after.evaluate("document.querySelectorAll(':hover').length") == 0
    leave(after)
