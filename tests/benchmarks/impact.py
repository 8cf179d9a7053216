"""How fast the impact model is: draws a second with all inputs in Python, and one answer of the sliders in a browser."""

import functools
import http.server
import statistics
import sys
import tempfile
import threading
import time
from pathlib import Path

from playwright.sync_api import sync_playwright

from evidence import editions, paths
from evidence.catalog import load
from evidence.editions.pdf import find_browser
from evidence.recompute import Inputs
from made_together.impact import DRAWS, PAGE_DRAWS, Simulation
from made_together.simulated import impact_model

CHROMIUM = find_browser()

ROUNDS = 9
FRAME_MS = 1000 / 60


class Quiet(http.server.SimpleHTTPRequestHandler):
    """Serves files without a log."""

    def log_message(self, *_arguments):
        """Say nothing."""


def seconds_to_draw():
    """Return the median time of a whole simulation, the filling of the model included."""
    library, times = load(), []
    for _ in range(ROUNDS):
        start = time.perf_counter()
        Simulation(impact_model(Inputs(library)))
        times.append(time.perf_counter() - start)
    return statistics.median(times)


def milliseconds_to_answer(site):
    """Return the median time of one update of the page's sliders: draws, sorting, words and picture."""
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Quiet, directory=site))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"])
        page = browser.new_page()
        page.goto(f"http://127.0.0.1:{server.server_port}/chapters/impact.html", wait_until="load")
        times = page.evaluate(
            "() => { const { impact } = document.querySelector('.impact-explorer'); return Array.from({length: 60}, () => {"
            " const start = performance.now(); impact.update(); return performance.now() - start; }); }"
        )
        browser.close()
    server.shutdown()
    return statistics.median(times), max(times)


def main():
    """Print both; exit 1 if drawing takes more than a second or an answer more than a frame."""
    drawing = seconds_to_draw()
    print(f"{DRAWS:,} draws with all inputs: {drawing * 1000:.0f} ms, {DRAWS / drawing:,.0f} draws a second (at most 1 s)")
    with tempfile.TemporaryDirectory() as folder:
        middle, longest = milliseconds_to_answer(editions.build_site(paths.ROOT, Path(folder) / "html"))
    print(
        f"an answer of the sliders from {PAGE_DRAWS:,} draws: {middle:.1f} ms, the longest {longest:.1f} ms (a frame at 60 Hz: {FRAME_MS:.1f} ms)"
    )
    return drawing <= 1 and middle <= FRAME_MS


if __name__ == "__main__":
    sys.exit(not main())
