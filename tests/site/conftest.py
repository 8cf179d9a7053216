"""What the tests of the site share: the site that is built once, served on loopback, and a browser."""

import functools
import http.server
import threading

import pytest

from evidence.editions.pdf import find_browser


class Quiet(http.server.SimpleHTTPRequestHandler):
    """Serves files without a log."""

    def log_message(self, *_arguments):
        """Say nothing."""


@pytest.fixture(scope="session")
def address(site):
    """Address of the served site."""
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Quiet, directory=site))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()


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
