"""What the tests of the site share: the site that is built once, served on loopback, and a browser."""

import functools
import os

import pytest
from browsing import serving

from evidence.editions.pdf import find_browser

PLAIN = """#!/bin/sh
for word; do
  shift
  case $word in --disable-features=*) word=$word,WebUIOmniboxPopup,WebUIOmniboxAimPopup,SpareRendererForSitePerProcess ;; esac
  set -- "$@" "$word"
done
exec "$BROWSER" "$@"
"""
"""Starts a browser without the two pages under its address bar, in which nobody types here, and without a process begun in advance for a page that
may never come; it would load and begin them for each new window, and take more of the processor for them than for most pages of the book. The words
are rewritten because a second list of features would replace Playwright's."""


@pytest.fixture(scope="session")
def address(site):
    """Address of the served site."""
    with serving(site) as address:
        yield address


@pytest.fixture(scope="session")
def browser(playwright, tmp_path_factory):
    """Chromium without a window. What tests ask of a page is text that is evaluated, so the policy of the pages is off but where a test puts it on."""
    plain = tmp_path_factory.mktemp("browser") / "plain"
    plain.write_text(PLAIN, encoding="utf-8")
    plain.chmod(0o755)
    quiet = [
        "--no-sandbox",
        "--disable-gpu",
        "--in-process-gpu",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
    ]
    opened = playwright.chromium.launch(executable_path=plain, args=quiet, env={**os.environ, "BROWSER": find_browser()})
    opened.new_context = functools.partial(opened.new_context, bypass_csp=True)
    opened.new_page = functools.partial(opened.new_page, bypass_csp=True)
    yield opened
    opened.close()
