"""How fast and heavy the site is beside a stock Jupyter Book of the same pages, measured in one run: bytes, requests, largest paint, shift."""

import functools
import http.server
import shutil
import statistics
import subprocess
import sys
import tempfile
import threading
from pathlib import Path

import yaml
from playwright.sync_api import sync_playwright

from evidence import editions, paths
from evidence.editions.pdf import find_browser

sys.path.insert(0, str(paths.ROOT / "tests" / "site"))
from browsing import SCREENS, first_load, kind, open_page, settle

CHROMIUM = find_browser()

PAGES = ("index", "coordination", "case-catch")
LOADS = 7
SLOWED = 4
KINDS = ("html", "css", "js", "fonts", "pictures")

WATCH = """
window.seen = { paint: 0, shift: 0 };
new PerformanceObserver(list => { for (const entry of list.getEntries()) window.seen.paint = entry.startTime })
  .observe({ type: "largest-contentful-paint", buffered: true });
new PerformanceObserver(list => { for (const entry of list.getEntries()) window.seen.shift += entry.value })
  .observe({ type: "layout-shift", buffered: true });
"""


class Quiet(http.server.SimpleHTTPRequestHandler):
    """Serves files without a log."""

    def log_message(self, *_arguments):
        """Say nothing."""


def stock_settings():
    """Return the settings of the book without any that is ours; how links of figures are read stays, which MyST itself does."""
    ours = yaml.safe_load((paths.ROOT / "_config.yml").read_text(encoding="utf-8"))
    return {name: ours[name] for name in ("title", "author", "copyright", "exclude_patterns", "only_build_toc_files", "execute", "parse")}


def build_stock(folder):
    """Build the same notebooks and pages with Jupyter Book as it comes, and return the site."""
    book = folder / "book"
    shutil.copytree(paths.ROOT / "chapters", book / "chapters", ignore=shutil.ignore_patterns(".*"))
    shutil.copy2(paths.ROOT / "_toc.yml", book / "_toc.yml")
    (book / "_config.yml").write_text(yaml.safe_dump(stock_settings()), encoding="utf-8")
    command = [sys.executable, "-c", "from jupyter_book.cli.main import main; main()", "build", str(book), "--all"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        raise SystemExit(f"the stock book did not build:\n{(done.stdout + done.stderr)[-3000:]}")
    return book / "_build" / "html"


def serve(site):
    """Serve a folder on loopback and return its address."""
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Quiet, directory=site))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return f"http://127.0.0.1:{server.server_port}"


def paint(browser, url):
    """Return the largest contentful paint in milliseconds and the layout shift of one load with an empty cache and a slowed processor."""
    page, _, _ = open_page(browser, SCREENS["wide"])
    page.context.new_cdp_session(page).send("Emulation.setCPUThrottlingRate", {"rate": SLOWED})
    page.add_init_script(WATCH)
    page.goto(url, wait_until="load")
    settle(page)
    seen = page.evaluate("window.seen")
    page.context.close()
    return seen["paint"], seen["shift"]


def measure(browser, url):
    """Return the row of a page: bytes by kind, all bytes, requests, median largest paint, worst shift."""
    sent = first_load(browser, url)
    by_kind = [sum(size for address, size in sent.items() if kind(address) == name) for name in KINDS]
    paints, shifts = zip(*[paint(browser, url) for _ in range(LOADS)], strict=True)
    return [*by_kind, sum(by_kind), len(sent), statistics.median(paints), max(shifts)]


def main():
    """Print both sites side by side."""
    with tempfile.TemporaryDirectory() as name, sync_playwright() as playwright:
        folder = Path(name)
        sites = {"Made Together": editions.build_site(paths.ROOT, folder / "html"), "stock": build_stock(folder)}
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"])
        print(f"bytes compressed with gzip, largest contentful paint in ms (median of {LOADS} loads, processor slowed {SLOWED} times)")
        print(f"{'page':14} {'site':14}" + "".join(f"{head:>10}" for head in (*KINDS, "all", "requests", "paint", "shift")))
        addresses = {label: serve(site) for label, site in sites.items()}
        for page in PAGES:
            for label, address in addresses.items():
                *counts, painted, shift = measure(browser, f"{address}/chapters/{page}.html")
                print(f"{page:14} {label:14}" + "".join(f"{count:10,}" for count in counts) + f"{painted:10.0f}{shift:10.3f}")
        browser.close()


if __name__ == "__main__":
    main()
