"""Chromium as a printing press: it gets the document and the site's files from us and nothing from anybody else."""

from __future__ import annotations

import mimetypes
import os
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, redirect_stderr
from io import BytesIO
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from pypdf import PdfReader

from evidence.errors import EditionError
from evidence.writing import temporary

ADDRESS = "http://book.invalid/"
"""Where the browser believes to read. The name can belong to nobody (RFC 6761), and each request is answered by us or refused."""

_QUIET = (
    # The document is our own and holds no script; root and most containers have no user namespaces for the sandbox.
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)

_NUMBER = """numbers => {
  for (const place of document.querySelectorAll('[data-page-of]')) place.textContent = numbers[place.dataset.pageOf];
}"""


_SYSTEM = "/usr/bin/chromium"


def find_browser() -> str:
    """Return the path of the browser: the one named in `CHROMIUM`, or the system's Chromium, or else the one that Playwright has fetched.

    Raises:
        EditionError: If there is none, or Playwright, which drives it, is not installed.
    """
    try:
        from playwright.sync_api import sync_playwright
    except ImportError:
        raise EditionError("the PDF is printed through Playwright, an extra that is not installed. Run: make browser") from None
    path = os.environ.get("CHROMIUM") or _SYSTEM
    if not os.access(path, os.X_OK) and "CHROMIUM" not in os.environ:
        with sync_playwright() as playwright:
            own = playwright.chromium.executable_path
        path = own if os.access(own, os.X_OK) else path
    if not os.access(path, os.X_OK):
        raise EditionError(
            f"{path}: no such program. The PDF is printed by Chromium: install it (on Debian: apt-get install chromium; anywhere: "
            ".venv/bin/playwright install chromium), or name a Chromium or Chrome that is there in the environment variable CHROMIUM."
        )
    return path


_LONGEST = 55
"""Longest path of the folder of a browser: it puts a socket 48 letters further down, and the path of a socket has at most 107."""


@contextmanager
def _driver() -> Iterator[Any]:
    """Yield what drives browsers; it and they keep their temporary files in a folder that goes with them, however they end."""
    from playwright.sync_api import sync_playwright

    with temporary("browser", longest=_LONGEST) as folder, ExitStack() as begun:
        with _kept_in(folder):
            driver = begun.enter_context(sync_playwright())
        yield driver


@contextmanager
def _kept_in(folder: Path) -> Iterator[None]:
    """Let programs that are started meanwhile keep their temporary files, and what they say, in a folder.

    The driver tells at length of a message that Ctrl-C has cut short; what matters reaches us as an error.
    """
    before = os.environ.get("TMPDIR")
    os.environ["TMPDIR"] = str(folder)
    try:
        with (folder / "said.txt").open("w", encoding="utf-8") as said, redirect_stderr(said):
            yield
    finally:
        if before is None:
            del os.environ["TMPDIR"]
        else:
            os.environ["TMPDIR"] = before


class Browser:
    """A Chromium without a window and without a network, which reads the files of one site.

    Raises:
        EditionError: On entering, if there is no Chromium or it does not start.
    """

    def __init__(self, site: Path) -> None:
        self._site, self._document = site.resolve(), ""

    def __enter__(self) -> Browser:
        """Start it.

        Raises:
            EditionError: If there is no Chromium or it does not start.
        """
        path = find_browser()
        from playwright.sync_api import Error

        with ExitStack() as begun:
            driver = begun.enter_context(_driver())
            try:
                self._browser = driver.chromium.launch(executable_path=path, args=list(_QUIET))
            except Error as error:
                raise EditionError(f"{path} did not start: {str(error).splitlines()[0]} Name another Chromium in CHROMIUM.") from None
            self._begun = begun.pop_all()
        return self

    def __exit__(self, *_error: object) -> None:
        """End it."""
        self._begun.close()

    def open(self, document: str) -> Any:
        """Return an open page that shows a document, its styles and fonts loaded, as it is printed."""
        self._document = document
        page = self._browser.new_page(locale="en-GB", color_scheme="light")
        page.route("**/*", self._answer)
        page.emulate_media(media="print")
        page.goto(ADDRESS, wait_until="load")
        page.evaluate("document.fonts.ready.then(() => true)")
        return page

    def _answer(self, route: Any) -> None:
        parts = urlsplit(route.request.url)
        file = (self._site / unquote(parts.path).lstrip("/")).resolve()
        if f"{parts.scheme}://{parts.netloc}/" != ADDRESS or not file.is_relative_to(self._site):
            route.abort()
        elif parts.path == "/":
            route.fulfill(body=self._document, content_type="text/html; charset=utf-8")
        elif file.is_file():
            kind = mimetypes.guess_type(file.name)[0] or "application/octet-stream"
            route.fulfill(body=file.read_bytes(), content_type=kind)  # read by us: by its path, another thread would, which Ctrl-C may lose
        else:
            route.fulfill(status=404, body="")


def print_book(browser: Browser, document: str) -> tuple[bytes, list[str]]:
    """Return a document as a PDF whose contents name the pages, and the texts of its headings.

    It is printed twice, because Chromium cannot refer to a page by its number: the first print tells where each chapter begins.

    Raises:
        EditionError: If a chapter that the contents name is not in the print, or the numbers moved it.
    """
    page = browser.open(document)
    numbers = _starts(_print(page))
    named = page.eval_on_selector_all("[data-page-of]", "places => places.map(place => place.dataset.pageOf)")
    if missing := [name for name in named if name not in numbers]:
        raise EditionError(f"Chromium printed no destination for {', '.join(missing)}; is it too old? At least 131 is needed.")
    page.evaluate(_NUMBER, {name: str(numbers[name]) for name in named})
    printed = _print(page)
    moved = _starts(printed)
    if any(moved[name] != numbers[name] for name in named):
        raise EditionError("the page numbers of the contents moved the chapters they name: widen their column in editions/pdf/book.css.")
    return printed, page.eval_on_selector_all("h1, h2, h3, h4, h5, h6", "tags => tags.map(tag => tag.textContent)")


def _print(page: Any) -> bytes:
    return bytes(page.pdf(prefer_css_page_size=True, print_background=True, outline=True, tagged=True))


def _starts(printed: bytes) -> dict[str, int]:
    """Return the number of the page that each destination of a PDF stands on, the first page being 1."""
    reader = PdfReader(BytesIO(printed))
    numbers = {page.indirect_reference.idnum: number for number, page in enumerate(reader.pages, 1) if page.indirect_reference}
    named = reader.root_object.get("/Dests", {})
    return {name.removeprefix("/"): numbers[place.get_object()[0].idnum] for name, place in named.items()}
