"""One document of many pages: anchors made unique, links led inside, what only a screen needs left out."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from textwrap import shorten

from bs4 import Tag

from evidence.editions.pdf.book_pages import APPENDIX, BuiltSite, PrintedPage, leads_out, resolved
from evidence.editions.pdf.front import Imprint, contents, title_page
from evidence.errors import EditionError
from evidence.markup import Html, html

STYLE = Path(__file__).with_name("book.css")
"""Style of what only the PDF has: title page, contents, chapters on pages of their own."""

SCREEN_ONLY = "script, template, dialog, form, button:not(th button), input, select, a.headerlink, a.permalink, .d-print-none, .pst-js-only, .ledger-ids"
"""What no printed page can use: of the ledger, the list of ids that only forwards to the entries."""

REFERRING = ("for", "headers", "aria-labelledby", "aria-describedby", "aria-controls", "aria-details", "aria-owns")
"""Attributes that hold ids, several with spaces between them."""

_HEAD = 84
"""Letters of a title that stand in one line at the head of a page, beside the name of the book."""

_LOCAL_ADDRESS = re.compile(r"url\((['\"]?)#")


def join(site: BuiltSite, imprint: Imprint) -> str:
    """Return the pages of a site as one HTML document, with title page and contents.

    Raises:
        EditionError: If a link leads nowhere.
    """
    for page in site.pages:
        _strip(page.article)
    titles = [(anchor(page, ""), page.title, page.part, page.depth) for page in site.pages]
    anchors = {page.path: {str(tag["id"]) for tag in page.article.find_all(id=True)} for page in site.pages}
    lost: list[str] = []
    for page in site.pages:
        _lead_inside(site, page, anchors, lost)
    if lost:
        raise EditionError("links that lead nowhere, so the PDF was not made:\n" + "\n".join(lost))
    head = "".join(_head(site, imprint))
    articles = "\n".join(_article(page) for page in site.pages)
    body = f"{title_page(imprint)}{contents(titles)}{articles}"
    return (
        f'<!DOCTYPE html>\n<html lang="{Html.escape(imprint.language)}" data-theme="light"><head>{head}</head>'
        f'<body><main class="bd-main"><div class="bd-content"><div class="bd-article-container">{body}</div></div></main></body></html>\n'
    )


def anchor(page: PrintedPage, identifier: str) -> str:
    """Return the anchor that an id of a page has in the joined document; of the page itself where the id is empty."""
    return f"{page.name}:{identifier}"


def _lead_inside(site: BuiltSite, page: PrintedPage, anchors: dict[str, set[str]], lost: list[str]) -> None:
    """Give each link of a page its destination in the document, or on the published site where it leads to a file."""
    for tag in page.article.find_all("a", href=True):
        link = str(tag["href"])
        if not leads_out(link):
            destination = _destination(site, page, link, anchors)
            if not destination:
                lost.append(f"{page.path}: {link}")
            tag["href"] = destination


def _destination(site: BuiltSite, page: PrintedPage, link: str, anchors: dict[str, set[str]]) -> str:
    """Return where a link leads in the document, or an empty text if nowhere."""
    path, identifier = resolved(page.path, link)
    by_path = {other.path: other for other in site.pages}
    if path in by_path and (not identifier or identifier in anchors[path]):
        return "#" + anchor(by_path[path], identifier)
    if path not in by_path and (site.directory / path).exists():
        return site.url + path + (f"#{identifier}" if identifier else "")
    # The ledger forwards ids to the pages of the sources by a list that the document leaves out.
    elsewhere = [other for other in site.pages if other.name.startswith("ledger") and identifier in anchors[other.path]]
    return "#" + anchor(elsewhere[0], identifier) if elsewhere else ""


def _strip(article: Tag) -> None:
    """Leave out of an article what only a screen can use, and unfold the rest."""
    for tag in article.select(SCREEN_ONLY):
        tag.decompose()
    for tag in article.find_all("noscript"):
        tag.unwrap()
    for tag in article.find_all("details"):
        tag["open"] = ""


def _article(page: PrintedPage) -> str:
    """Return the HTML of a page's article as a chapter of the document."""
    article = page.article
    for tag in article.find_all(True):
        _rename(page, tag)
    _demote(article, page.depth)
    article["id"] = anchor(page, "")
    article["class"] = "bd-article chapter" + (" appendix" if page.part == APPENDIX else "")
    article["style"] = f"page: {page_style(page)}"
    return str(article)


def _rename(page: PrintedPage, tag: Tag) -> None:
    """Make the ids of an element, and what refers to ids, unique in the document; lead what it loads to the site."""
    if tag.has_attr("id"):
        tag["id"] = anchor(page, str(tag["id"]))
    for name in set(REFERRING) & set(tag.attrs):
        tag[name] = " ".join(anchor(page, word) for word in _listed(tag[name]))
    for name, value in tag.attrs.items():
        if isinstance(value, str) and _LOCAL_ADDRESS.search(value):
            tag[name] = _LOCAL_ADDRESS.sub(lambda match: f"url({match[1]}#{page.name}:", value)
    if tag.name == "use" and str(tag.get("href", "")).startswith("#"):
        tag["href"] = "#" + anchor(page, str(tag["href"])[1:])
    if tag.has_attr("src") and not leads_out(str(tag["src"])):
        tag["src"] = "/" + resolved(page.path, str(tag["src"]))[0]


def _listed(value: object) -> list[str]:
    return value if isinstance(value, list) else str(value).split()


def _demote(article: Tag, depth: int) -> None:
    """Lower the headings of a page that stands inside a chapter, so that the outline nests; they keep their look."""
    if depth:
        for tag in article.find_all(re.compile(r"^h[1-6]$")):
            tag["aria-level"] = str(int(tag.name[1]) + depth)


def page_style(page: PrintedPage) -> str:
    """Return the name of the printed pages of a chapter, which carry its title at the head."""
    return "chapter-" + re.sub(r"[^a-z0-9]+", "-", page.name.lower())


def _head(site: BuiltSite, imprint: Imprint) -> Iterator[str]:
    """Yield what stands in the head: title, author, the styles of all pages in their order, then ours."""
    yield html('<meta charset="utf-8"><title>{}</title><meta name="author" content="{}">', imprint.title, imprint.authors)
    seen: set[str] = set()
    for page in site.pages:
        for tag in page.whole.select('head > link[rel~="stylesheet"], head > style'):
            style = _style(page, tag)
            if style not in seen:
                seen.add(style)
                yield style
    heads = "".join(f"@page {page_style(page)} {{ @top-left {{ content: {quoted(_running(page.title))}; }} }}\n" for page in site.pages)
    foot = f"@page {{ @top-right {{ content: {quoted(imprint.name)}; }} @bottom-left {{ content: {quoted(imprint.edition_line)}; }} }}\n"
    yield f"<style>{STYLE.read_text(encoding='utf-8')}{foot}{heads}</style>"


def _running(title: str) -> str:
    """Return a title as it stands at the head of each page: cut between words where it would run into the name of the book.

    Example:
        >>> _running("My place"), _running("word " * 40)[-11:]
        ('My place', 'word word \u2026')
    """
    return shorten(title, _HEAD, placeholder=" \u2026")


def _style(page: PrintedPage, tag: Tag) -> str:
    if tag.name == "style":
        return str(tag)
    media = html(' media="{}"', tag["media"]) if tag.has_attr("media") else ""
    path, _ = resolved(page.path, str(tag["href"]))
    return html('<link rel="stylesheet" href="/{}"{}>', path, media)


def quoted(text: str) -> str:
    r"""Return a text as a string of a style sheet that stands in HTML.

    Example:
        >>> print(quoted('a "b" </style>'))
        "a \"b\" \3c /style>"
    """
    safe = text.replace("\\", "\\\\").replace('"', '\\"').replace("<", "\\3c ")
    return '"' + " ".join(safe.split("\n")) + '"'
