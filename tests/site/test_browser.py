"""The pages in a real browser: put a test here when a reader must be able to see or do something."""

import pytest

from evidence import paths

NAMES = sorted(path.stem for path in paths.chapters_dir().iterdir() if path.suffix in (".ipynb", ".md"))
SCREENS = {"wide": (1280, 900), "phone": (360, 740)}


def visit(browser, url, size, scheme="light", **options):
    """Open a page and return it with its console errors and the requests that left the site."""
    context = browser.new_context(viewport={"width": size[0], "height": size[1]}, color_scheme=scheme, **options)
    page, errors, strangers = context.new_page(), [], []
    page.on("console", lambda message: errors.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.on(
        "request",
        lambda request: strangers.append(request.url) if not request.url.startswith(("http://127.0.0.1", "file:", "data:")) else None,
    )
    page.goto(url, wait_until="load")
    page.wait_for_timeout(100)
    return page, errors, strangers


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("screen", SCREENS)
@pytest.mark.parametrize("name", NAMES)
def test_a_page_opens_without_error_stranger_or_sideways_scrolling(browser, address, name, screen, scheme):
    page, errors, strangers = visit(browser, f"{address}/chapters/{name}.html", SCREENS[screen], scheme)
    width = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    page.context.close()
    assert errors == []
    assert strangers == []
    assert width <= 0


def test_a_number_leads_to_its_entry_in_the_ledger(browser, address):
    page, _, _ = visit(browser, f"{address}/chapters/coordination.html", SCREENS["wide"])
    page.locator("article a.figure", has_text="96%").first.click()
    page.wait_for_url("**/ledger-demos.html#sme.coordination.missing-any")
    entry = page.locator('[id="sme.coordination.missing-any"]')
    assert entry.is_visible()
    assert "96%" in entry.inner_text()
    page.context.close()


def test_pages_read_from_the_disk_without_server_or_scripts(browser, site):
    page, errors, strangers = visit(browser, (site / "chapters" / "coordination.html").as_uri(), SCREENS["wide"], java_script_enabled=False)
    assert "Why small firms fail to coordinate" in page.locator("article h1").first.inner_text()
    assert page.locator("figure.evidence-chart svg").first.is_visible()
    assert errors == strangers == []
    page.context.close()


def test_text_of_our_outputs_can_be_read_in_the_dark(browser, address):
    """The lightness of text and ground of an output differ by at least half of the scale in both schemes."""
    for scheme in ("light", "dark"):
        page, _, _ = visit(browser, f"{address}/chapters/coordination.html", SCREENS["wide"], scheme)
        ink, ground = page.evaluate(
            """() => {
              const lightness = colour => { const [r, g, b] = colour.match(/[\\d.]+/g).map(Number); return (0.2126 * r + 0.7152 * g + 0.0722 * b) / 255 };
              const chart = document.querySelector('figure.evidence-chart');
              return [lightness(getComputedStyle(chart.querySelector('.chart-title')).color), lightness(getComputedStyle(chart).backgroundColor)];
            }"""
        )
        page.context.close()
        assert abs(ink - ground) > 0.5, scheme
