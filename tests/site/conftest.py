"""What the tests of the site share: the site that is built once, served on loopback, and a browser."""

import functools

import pytest
from browsing import serving

from evidence.editions.pdf import find_browser


@pytest.fixture(scope="session")
def address(site):
    """Address of the served site."""
    with serving(site) as address:
        yield address


@pytest.fixture(scope="session")
def browser(playwright):
    """Chromium without a window. What tests ask of a page is text that is evaluated, so the policy of the pages is off but where a test puts it on."""
    path = find_browser()
    quiet = [
        "--no-sandbox",
        "--disable-gpu",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
    ]
    opened = playwright.chromium.launch(executable_path=path, args=quiet)
    opened.new_context = functools.partial(opened.new_context, bypass_csp=True)
    opened.new_page = functools.partial(opened.new_page, bypass_csp=True)
    yield opened
    opened.close()
