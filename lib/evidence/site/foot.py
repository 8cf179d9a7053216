"""The foot of every page: who stands behind the book, how to reach them, how to report an error, and which edition it is."""

from __future__ import annotations

from typing import Any

from sphinx.application import Sphinx

from evidence.catalog.freshness import in_words
from evidence.ledger.citation import Book, book
from evidence.markup import Html, html, joined
from evidence.paths import page_or_front
from evidence.settings import setting
from evidence.site.publication import Publication, publication

UNNAMED = "not named yet"
"""What readers are told where a book does not say who answers for it."""
NOBODY = ("Who answers for it", "Nobody is named yet")
"""What they are told in place of all of it."""


def connect(app: Sphinx) -> None:
    """Give every page its foot."""
    app.connect("html-page-context", _stand)


def _stand(app: Sphinx, page: str, _template: str, context: dict[str, Any], _doctree: Any) -> None:
    chapters = context["pathto"]("chapters/index").rpartition("index.html")[0] if not page.startswith("chapters/") else ""
    context["foot"] = foot(book(), chapters, publication(app))
    if page == app.config.root_doc and "body" in context:
        context["body"] = dated(str(context["body"]), publication(app))


def dated(body: str, edition: Publication) -> str:
    """Return the front page with the day of the edition under its title.

    Args:
        body: Its HTML.
        edition: The edition.
    """
    told = html(
        '\n<p class="edition-line">Edition of {}, by {}</p>', in_words(edition.ledger["edition"]["date"]), ", ".join(book().authors)
    )
    return body.replace("</h1>", f"</h1>{told}", 1)


def foot(cited: Book, chapters: str, edition: Publication | None = None) -> Html:
    """Return who stands behind the book and how to reach them, as HTML.

    Args:
        cited: The book.
        chapters: Where the chapters are, seen from the page; empty on a chapter.
        edition: The edition; None on a page that several editions share.
    """
    page, told = page_or_front("reading"), setting("reports") or cited.contact
    how = html('<a href="{}{}#report-a-wrong-number">How to report an error</a>', chapters, page) if page == "reading.html" else Html()
    behind = setting("organisation")
    answering = [("Stands behind it", behind or UNNAMED), ("Contact", _address(cited.contact))] if behind or cited.contact else [NOBODY]
    rows = [
        ("Written by", joined(cited.authors, ", ")),
        *answering,
        ("Something wrong?", joined((part for part in (_address(told) if told or not how else "", how) if part), "; ")),
    ]
    rows += [("Edition", in_words(edition.ledger["edition"]["date"]))] if edition else []
    return html('<dl class="foot">{}</dl>', joined(html("<div><dt>{}</dt><dd>{}</dd></div>", *row) for row in rows))


def _address(address: str) -> Html:
    """Return an address as a link whose words are the address; what is no address of mail or web stays text."""
    shown = address.removeprefix("mailto:").removeprefix("https://").rstrip("/")
    return html('<a href="{}">{}</a>', address, shown) if address.startswith(("mailto:", "https://")) else html("{}", address or UNNAMED)
