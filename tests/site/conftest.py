"""What the tests of the site share: one build in a folder of its own, served on loopback, and a browser."""

import fcntl
import functools
import http.server
import os
import threading

import pytest

from evidence import editions, paths
from evidence.editions.pdf import find_browser


@pytest.fixture(scope="session")
def site(tmp_path_factory):
    """The site, built from the recorded outputs into an empty folder; once a run, however many processes it has, so no test may write to it."""
    mine = tmp_path_factory.getbasetemp()
    folder = (mine.parent if "PYTEST_XDIST_WORKER" in os.environ else mine) / "site"
    folder.mkdir(exist_ok=True)
    with (folder / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (folder / "html").exists():
            editions.build_site(paths.ROOT, folder / "html")
    return folder / "html"


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
    """Chromium without a window."""
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
    yield opened
    opened.close()
