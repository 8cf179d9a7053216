"""How much a page weighs: put a test here when a page must not load more. Bytes as a server would send them, compressed with gzip at level 6."""

import gzip

import pytest
from browsing import SCREENS, open_page

from evidence import paths

BUDGET = 250_000
"""Bytes of a chapter's first load: page, style sheets and scripts, without the charts' bundle, fonts and pictures."""

FONTS = 150_000
NAMES = sorted(path.stem for path in paths.chapters_dir().iterdir() if path.suffix in (".ipynb", ".md"))


def kind(url):
    """Return what an address holds: html, css, js, fonts or pictures."""
    ending = url.partition("?")[0].rpartition(".")[2]
    return {"html": "html", "css": "css", "js": "js", "woff2": "fonts"}.get(ending, "pictures")


def first_load(browser, url):
    """Return the addresses a page asks for until it is quiet, with the bytes of each as it would be sent."""
    page, _, _ = open_page(browser, SCREENS["wide"])
    answers = []
    page.on("response", lambda answer: answers.append(answer) if answer.url.startswith("http") else None)
    page.goto(url, wait_until="networkidle")
    sent = {}
    for answer in answers:
        body = answer.body()
        sent[answer.url] = len(body if kind(answer.url) == "fonts" else gzip.compress(body, 6))
    page.context.close()
    return sent


@pytest.mark.parametrize("name", NAMES)
def test_a_first_load_is_light(browser, address, name):
    sent = first_load(browser, f"{address}/chapters/{name}.html")
    counted = {url: size for url, size in sent.items() if kind(url) in ("html", "css", "js") and "vega" not in url}
    assert f"{address}/chapters/{name}.html" in counted
    assert len([url for url in counted if kind(url) == "css"]) >= 2
    assert sum(counted.values()) <= BUDGET, sorted(counted.items(), key=lambda item: -item[1])


def test_no_page_loads_what_only_the_search_needs(browser, address):
    asked = " ".join(first_load(browser, f"{address}/chapters/coordination.html"))
    assert [name for name in ("searchindex", "searchtools", "language_data", "fontawesome", "thebe", "bootstrap") if name in asked] == []


def test_the_fonts_are_light_and_have_their_licences(site):
    fonts = site / "_static" / "fonts"
    assert 0 < sum(path.stat().st_size for path in fonts.glob("*.woff2")) <= FONTS
    families = {path.stem.partition("-")[0] for path in fonts.glob("*.woff2")}
    assert families == {path.stem.removesuffix("-OFL") for path in fonts.glob("*-OFL.txt")}
    assert all("SIL OPEN FONT LICENSE" in path.read_text(encoding="utf-8") for path in fonts.glob("*.txt"))


@pytest.mark.parametrize("name", ["index", "coordination", "recommendations"])
@pytest.mark.parametrize("screen", SCREENS)
def test_nothing_moves_when_the_fonts_come_late(browser, address, name, screen):
    page, _, _ = open_page(browser, SCREENS[screen])

    def late(route):
        page.wait_for_timeout(400)
        route.continue_()

    page.route("**/*.woff2", late)
    page.add_init_script(
        "window.moved = 0; new PerformanceObserver(list => list.getEntries().forEach(entry => { window.moved += entry.value }))"
        ".observe({ type: 'layout-shift', buffered: true })"
    )
    page.goto(f"{address}/chapters/{name}.html", wait_until="load")
    page.evaluate("document.fonts.ready")
    page.wait_for_timeout(100)
    loaded = page.evaluate("[...document.fonts].filter(font => font.status === 'loaded').map(font => font.family.replaceAll('\"', ''))")
    moved = page.evaluate("window.moved")
    page.context.close()
    assert {"Literata", "Figtree"} <= set(loaded)
    assert moved <= 0.01


def test_no_file_of_the_theme_is_published_that_no_page_uses(site):
    names = {path.relative_to(site / "_static").as_posix() for path in (site / "_static").rglob("*")}
    assert [name for name in names if name.endswith(".map") or "fontawesome" in name or name.startswith(("locales", "vendor"))] == []
