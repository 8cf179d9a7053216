"""The built site as a book: which pages it has, in which order, under which heading of the contents."""

from __future__ import annotations

import os
import posixpath
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import unquote, urlsplit

from bs4 import BeautifulSoup, Tag

from evidence.errors import EditionError

FRONT = "chapters/index.html"
"""The first page of the book, whose navigation lists all others."""

LEDGER = "chapters/ledger.html"
"""The page that opens the appendix: entries of the ledger are looked up, not read in a row."""

APPENDIX = "The ledger"
"""Heading of the appendix in the contents."""


@dataclass(frozen=True)
class PrintedPage:
    """One page of the site.

    Attributes:
        path: File relative to the site.
        part: Heading of the contents that it stands under, or empty.
        depth: 0 for a chapter, 1 for a section of one.
        whole: The parsed page.
    """

    path: str
    part: str
    depth: int
    whole: BeautifulSoup = field(repr=False)

    @property
    def name(self) -> str:
        """Name of the page without folder and ending, the first part of each of its anchors in the joined document."""
        return Path(self.path).stem

    @property
    def article(self) -> Tag:
        """What a reader came for: the page without navigation."""
        found = self.whole.find("article")
        assert isinstance(found, Tag), self.path
        return found

    @property
    def title(self) -> str:
        """Title of the page, without the sign that links to it."""
        heading = self.article.find("h1")
        return " ".join("".join(_words(heading)).split()) if isinstance(heading, Tag) else self.name


@dataclass(frozen=True)
class BuiltSite:
    """The pages of a site in the order of the book.

    Attributes:
        directory: Folder of the site.
        url: Address it is published at, ending in a slash.
        pages: Chapters in the order of the contents, then the ledger, then all pages that those link to.
    """

    directory: Path
    url: str
    pages: list[PrintedPage]


def resolved(path: str, link: str) -> tuple[str, str]:
    """Return file and anchor of a link that stands in a file, both as written in the site.

    Example:
        >>> resolved("chapters/audit.html", "ledger.html#a%20b"), resolved("chapters/audit.html", "#c")
        (('chapters/ledger.html', 'a b'), ('chapters/audit.html', 'c'))
    """
    parts = urlsplit(link)
    file = posixpath.normpath(posixpath.join(posixpath.dirname(path), unquote(parts.path))) if parts.path else path
    return file, unquote(parts.fragment)


def leads_out(link: str) -> bool:
    """Return whether a link leads out of the site.

    Example:
        >>> leads_out("https://doi.org/1"), leads_out("mailto:a@b.c"), leads_out("audit.html#x"), leads_out("#sme:x")
        (True, True, False, False)
    """
    return bool(urlsplit(link).scheme) or link.startswith("//")


def read_site(directory: Path) -> BuiltSite:
    """Return the pages of a built site.

    Raises:
        EditionError: If the folder holds no built site.
    """
    if not (directory / FRONT).is_file():
        raise EditionError(f"{directory}: no built site, {FRONT} is missing. Run `evidence build`, or leave out --site.")
    front = _parse(directory, FRONT)
    listed = [entry for entry in _contents(front) if entry[0] != FRONT]
    chapters = [
        PrintedPage(FRONT, "", 0, front),
        *(PrintedPage(path, part, depth, _parse(directory, path)) for path, part, depth in listed),
    ]
    body = [page for page in chapters if page.path != LEDGER]
    ledger = [PrintedPage(page.path, APPENDIX, 0, page.whole) for page in chapters if page.path == LEDGER]
    return BuiltSite(directory, _address(front), [*body, *ledger, *_linked(directory, ledger, body)])


def _parse(directory: Path, path: str) -> BeautifulSoup:
    return BeautifulSoup((directory / path).read_text(encoding="utf-8"), "html.parser")


def _contents(front: BeautifulSoup) -> Iterator[tuple[str, str, int]]:
    """Yield file, heading and depth of each page that the navigation lists."""
    navigation = front.select_one("nav.bd-docs-nav")
    if navigation is None:
        raise EditionError(f"{FRONT}: no navigation that lists the chapters (nav.bd-docs-nav); the PDF takes their order from it.")
    part, seen = "", set()
    for tag in navigation.select("p.caption, a.reference.internal"):
        if tag.name == "p":
            part = tag.get_text(strip=True)
            continue
        path, _ = resolved(FRONT, str(tag["href"]))
        if path not in seen:
            seen.add(path)
            yield path, part, int(tag.find_parent("li", class_="toctree-l2") is not None)


def _linked(directory: Path, ledger: list[PrintedPage], body: list[PrintedPage]) -> list[PrintedPage]:
    """Return the pages that only links lead to, such as the entries of each source: first those of the ledger, in its order."""
    seen = {page.path for page in [*ledger, *body]}
    queue, found = [*ledger, *body], []
    while queue:
        page = queue.pop(0)
        for tag in page.article.find_all("a", href=True):
            path, _ = resolved(page.path, str(tag["href"]))
            if leads_out(str(tag["href"])) or path in seen or not _is_page(directory, path):
                continue
            seen.add(path)
            found.append(PrintedPage(path, APPENDIX, 1, _parse(directory, path)))
            queue.append(found[-1])
    return found


def _is_page(directory: Path, path: str) -> bool:
    return path.startswith("chapters/") and path.endswith(".html") and (directory / path).is_file()


def _address(front: BeautifulSoup) -> str:
    """Return where the site is published: as the environment says, or as the front page says of itself."""
    canonical = front.select_one('link[rel~="canonical"]')
    stated = str(canonical["href"]).removesuffix(FRONT) if canonical else ""
    return (os.environ.get("EVIDENCE_SITE_URL") or stated).rstrip("/") + "/"


def _words(heading: Tag) -> list[str]:
    return [str(text) for text in heading.strings if not any("headerlink" in (parent.get("class") or []) for parent in text.parents)]
