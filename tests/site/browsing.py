"""What the tests in a browser share: the screens, every page of a built site, and a visit that notices what a reader would not see."""

import functools
import gzip
import http.server
import io
import threading
from collections import defaultdict
from contextlib import contextmanager

SCREENS = {"wide": (1280, 900), "phone": (360, 740)}
SCHEMES = ("light", "dark")
PATIENCE_MS = 30_000
"""How long a busy machine may take to show what is expected: as long as Playwright waits for anything else."""

SETTLED = """async patience => {
  const frame = () => new Promise(done => requestAnimationFrame(done));
  if (document.readyState !== "complete") await new Promise((done, fail) => {
    addEventListener("load", done, { once: true });
    setTimeout(() => fail(new Error("The page is not loaded.")), patience);
  });
  await document.fonts.ready;
  await new Promise(done => requestIdleCallback(done));
  await frame();
  await frame();
}"""
"""The page is loaded, its fonts are there or given up, what scripts put off until the page is idle is done, and what that changed is painted."""

UNDRAWN = "[data-drawn]:not(.is-live)"
"""Charts that a script has begun to draw and that are not drawn yet."""

WATCH = """
window.moves = [];
window.watch = new PerformanceObserver(list => moves.push(...list.getEntries()));
watch.observe({ type: "layout-shift", buffered: true });
"""
"""Run before the scripts of a page, it takes down whatever moves on the page."""


SOURCES = {"chapters/ledger-": 3}
WRITTEN_BY_ONE = {"places/": 90, "charts/": 6, "embed/": 6}
"""How the addresses of pages begin that one template writes: one in so many of them is tried. Those of sources are all tried in the slow tier."""


BESIDE, SERVED = {}, set()
"""Scripts of tests that are served beside any site, each by its address below it, and the addresses of sites that are served now."""


class _Quiet(http.server.SimpleHTTPRequestHandler):
    """Serves files without a log."""

    def send_head(self):
        """Begin an answer: a script of tests does not change, so a browser asks for it once."""
        if self.path not in BESIDE:
            return super().send_head()
        script = BESIDE[self.path]().encode()
        self.send_response(200)
        for name, value in {"Content-Type": "text/javascript", "Content-Length": str(len(script)), "Cache-Control": "max-age=3600"}.items():
            self.send_header(name, value)
        self.end_headers()
        return io.BytesIO(script)

    def log_message(self, *_arguments):
        """Say nothing."""


@contextmanager
def serving(folder):
    """Serve a folder on loopback, and give its address."""
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(_Quiet, directory=folder))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    address = f"http://127.0.0.1:{server.server_port}"
    SERVED.add(address)
    yield address
    SERVED.remove(address)
    server.shutdown()


def all_pages(site, sources=False):
    """Return the addresses of all pages of a site relative to it: of those that one template writes a few, none that only sends the reader on."""
    pages = sorted(path.relative_to(site).as_posix() for path in site.rglob("*.html"))
    for begin, each in (WRITTEN_BY_ONE if sources else WRITTEN_BY_ONE | SOURCES).items():
        alike = [page for page in pages if page.startswith(begin)]
        pages = [page for page in pages if page not in alike] + alike[::each]
    assert len(pages) > 15
    return [page for page in pages if 'http-equiv="refresh"' not in (site / page).read_text(encoding="utf-8").lower()]


_LEFT = defaultdict(list)
"""Windows that were left, by browser and size: each with the lists of what its page tells."""


def open_page(browser, size, scheme="light", **options):
    """Return a new page of a screen and scheme with the lists that its errors and the requests leaving the site will fill.

    Without options it may stand in a window that was left: a window of its own takes as much of the processor as a page of the book.
    """
    left = _LEFT[browser, size]
    if options or not left:
        return _new_page(browser, size, scheme, options)
    page, errors, strangers = left.pop()
    page.emulate_media(media="null", color_scheme=scheme, reduced_motion="null", forced_colors="null", contrast="null")
    return page, errors, strangers


def _new_page(browser, size, scheme, options):
    context = browser.new_context(viewport={"width": size[0], "height": size[1]}, color_scheme=scheme, **options)
    page, errors, strangers = context.new_page(), [], []
    page.on("console", lambda message: errors.append(f"{message.text} {message.location['url']}") if message.type == "error" else None)
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.on(
        "request",
        lambda request: strangers.append(request.url) if not request.url.startswith(("http://127.0.0.1", "file:", "data:")) else None,
    )
    page.told = (size, errors, strangers)
    return page, errors, strangers


def leave(page):
    """Leave the window of a page that was opened without options to whoever opens a page next; what is listened to, let alone or run in it stays.

    So who routes, listens, stops the clock or adds scripts closes the window instead. Nothing is left of the page but files that the browser keeps.
    """
    size, errors, strangers = page.told
    page.goto("about:blank")
    page.mouse.move(-1, -1)
    page.set_viewport_size({"width": size[0], "height": size[1]})
    page.context.clear_cookies()
    for other in page.context.pages:
        if other is not page:
            other.close()
    errors.clear()
    strangers.clear()
    _LEFT[page.context.browser, size].append((page, errors, strangers))


def visit(browser, url, size, scheme="light", **options):
    """Open an address and return the page with its console errors and the requests that left the site."""
    page, errors, strangers = open_page(browser, size, scheme, **options)
    page.goto(url, wait_until="load")
    if options.get("java_script_enabled", True):
        settle(page)
    return page, errors, strangers


def settle(page):
    """Wait until all has happened that happens on a page without a reader's doing.

    A page may have its policy in force: then `page.wait_for_function` would not do, for it evaluates a text at every look but the first.
    """
    rest(page)
    page.locator(UNDRAWN).first.wait_for(state="detached")


def rest(page):
    """Wait until a page is loaded and its scripts have nothing left to do but to wait for files."""
    page.evaluate(SETTLED, PATIENCE_MS)


def see_picture(page):
    """Bring the picture of a page into view and wait until it is there: one that is loaded when it comes into view holds up no page."""
    picture = page.locator("img:visible")
    picture.scroll_into_view_if_needed()
    picture.evaluate("picture => picture.decode()")
    return picture


def moved(page, inside=""):
    """Return how far things moved since the page was opened or this was asked last; only what is inside of a selector, if one is given.

    The page must have been opened with the script WATCH.
    """
    settle(page)
    return page.evaluate(
        """inside => {
          moves.push(...watch.takeRecords());
          const counts = node => Boolean(node && (node.closest ? node : node.parentElement).closest(inside));
          return moves.splice(0).filter(move => !inside || move.sources.some(source => counts(source.node))).map(move => move.value);
        }""",
        inside,
    )


def overflow(page):
    """Return by how many pixels a page is wider than its window."""
    return page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")


def expect(part):
    """Return what asserts of a page or a part of it, once it is so; it gives up where that does not come."""
    from playwright.sync_api import expect as expected  # Imported late: without a browser these tests are collected and not tried.

    expected.set_options(timeout=PATIENCE_MS)
    return expected(part)


def here(page):
    """Return the address of a page as the page itself has it: what Playwright remembers of it may be one change behind."""
    return page.evaluate("location.href")


def kind(url):
    """Return what an address holds: html, css, js, fonts or pictures."""
    ending = url.partition("?")[0].rpartition(".")[2]
    return {"html": "html", "css": "css", "js": "js", "woff2": "fonts"}.get(ending, "pictures")


def first_load(browser, url):
    """Return the addresses a page asks for until all is there, with the bytes of each as it would be sent."""
    page, _, _ = open_page(browser, SCREENS["wide"])
    kept = page.context.new_cdp_session(page)
    kept.send("Network.enable")
    kept.send("Network.setCacheDisabled", {"cacheDisabled": True})
    asked, ask = [], lambda request: asked.append(request) if request.url.startswith("http") else None
    page.on("request", ask)
    page.goto(url, wait_until="load")
    settle(page)
    sent = {}
    for request in asked:
        body = request.response().body()
        sent[request.url] = len(body if kind(request.url) == "fonts" else gzip.compress(body, 6))
    page.remove_listener("request", ask)
    kept.detach()
    leave(page)
    return sent
