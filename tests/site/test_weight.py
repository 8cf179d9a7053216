"""How much a page weighs: put a test here when a page must not load more. Bytes as a server would send them, compressed with gzip at level 6."""

import pytest
from browsing import SCREENS, WATCH, first_load, kind, moved, open_page, settle

from evidence import paths

BUDGET = 250_000
"""Bytes of a chapter's first load: page, style sheets and scripts, without the charts' bundle, fonts and pictures."""

DESK = 300_000
"""Bytes of the claim desk, which loads every number of the book to look for one."""

FONTS = 150_000
VISITS = 20
"""How often a page is opened, at most, until it is seen in its fonts."""
NAMES = sorted(path.stem for path in paths.chapters_dir().iterdir() if path.suffix in (".ipynb", ".md"))


@pytest.mark.parametrize("name", NAMES)
def test_a_first_load_is_light(browser, address, name):
    sent = first_load(browser, f"{address}/chapters/{name}.html")
    counted = {url: size for url, size in sent.items() if kind(url) in ("html", "css", "js") and "vega" not in url}
    assert f"{address}/chapters/{name}.html" in counted
    assert len([url for url in counted if kind(url) == "css"]) >= 2
    assert sum(counted.values()) <= (DESK if name == "claim-desk" else BUDGET), sorted(counted.items(), key=lambda item: -item[1])


def test_no_page_loads_what_only_the_search_needs(browser, address):
    asked = " ".join(first_load(browser, f"{address}/chapters/coordination.html"))
    assert [
        name for name in ("desk-index", "ledger-rows", "searchindex", "searchtools", "fontawesome", "thebe", "bootstrap") if name in asked
    ] == []


def test_the_fonts_are_light_and_have_their_licences(site):
    fonts = site / "_static" / "fonts"
    assert 0 < sum(path.stat().st_size for path in fonts.glob("*.woff2")) <= FONTS
    families = {path.stem.partition("-")[0] for path in fonts.glob("*.woff2")}
    assert families == {path.stem.removesuffix("-OFL") for path in fonts.glob("*-OFL.txt")}
    assert all("SIL OPEN FONT LICENSE" in path.read_text(encoding="utf-8") for path in fonts.glob("*.txt"))


@pytest.mark.parametrize("late", [False, True], ids=["fonts in time", "fonts late"])
@pytest.mark.parametrize("name", ["index", "coordination", "case-catch"])
@pytest.mark.parametrize("screen", SCREENS)
def test_nothing_moves_whether_the_fonts_come_late_or_not(browser, address, name, screen, late):
    """Late is after the reader has seen the text without them."""
    page, _, _ = open_page(browser, SCREENS[screen])
    held, let = [], False
    if late:
        page.route("**/*.woff2", lambda route: route.continue_() if let else held.append(route))
    page.add_init_script(WATCH)
    with page.expect_request("**/*.woff2"):
        page.goto(f"{address}/chapters/{name}.html", wait_until="domcontentloaded")
    if late:
        page.wait_for_function("performance.getEntriesByName('first-contentful-paint').length")
        assert held, "a font is asked for and not there"
        let = True
        for font in held:
            font.continue_()
    page.wait_for_load_state("load")
    far = moved(page)
    page.context.close()
    assert sum(far) <= 0.02


@pytest.mark.parametrize("place", ["served", "on the disk"])
def test_the_pages_are_set_in_the_fonts_that_come_with_them(browser, address, site, place):
    """A busy machine may be too late with a font for a page, which then does without it; but it keeps the font for the next."""
    page, _, _ = open_page(browser, SCREENS["wide"])
    protocol, used = page.context.new_cdp_session(page), set()
    for _ in range(VISITS):
        page.goto(f"{address if place == 'served' else site.as_uri()}/chapters/coordination.html", wait_until="load")
        settle(page)
        protocol.send("DOM.enable")
        protocol.send("CSS.enable")
        root = protocol.send("DOM.getDocument")["root"]["nodeId"]
        for selector in ("article h1", "article p"):
            node = protocol.send("DOM.querySelector", {"nodeId": root, "selector": selector})["nodeId"]
            fonts = protocol.send("CSS.getPlatformFontsForNode", {"nodeId": node})["fonts"]
            used |= {font["familyName"].partition(" ")[0] for font in fonts if font["isCustomFont"]}
        if {"Figtree", "Literata"} <= used:
            break
    page.context.close()
    assert {"Figtree", "Literata"} <= used


def test_no_file_of_the_theme_is_published_that_no_page_uses(site):
    names = {path.relative_to(site / "_static").as_posix() for path in (site / "_static").rglob("*")}
    assert [name for name in names if name.endswith(".map") or "fontawesome" in name or name.startswith(("locales", "vendor"))] == []
