"""Who has read a page: at its foot how much of it is countersigned, and on the status page the same of every page."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from sphinx.application import Sphinx

from evidence.ledger.records import Countersigned
from evidence.markup import Html, html, joined
from evidence.paths import page_or_front
from evidence.site.publication import publication

STATUS = "status"
"""The page that tells of every page how much of it is countersigned."""


def connect(app: Sphinx) -> None:
    """Tell at the foot of each page who has read it."""
    app.connect("html-page-context", _add)


def _add(app: Sphinx, page: str, _template: str, context: dict[str, Any], _doctree: Any) -> None:
    name = page.rpartition("/")[2]
    if not context.get("body") or not app.config.html_title:
        return
    shares = publication(app).ledger["countersigned"]
    own = next((share for share in shares if share["page"] == name), None)
    if name == STATUS:
        titles = {document.rpartition("/")[2]: title.astext() for document, title in app.env.titles.items()}
        context["body"] += str(_table(shares, titles))
    if own:
        context["body"] += str(_foot(own))


def _foot(share: Countersigned) -> Html:
    """Return the line at the foot of a page: how many of its sentences somebody else than their author has found right."""
    told = "Countersigned: of the {} sentences on this page that rest on a record, {} by somebody of the same team, {} by somebody outside."
    there = page_or_front(STATUS) == f"{STATUS}.html"
    more = html(' <a href="{}.html#countersigned">Who has read the other pages</a>', STATUS) if there else ""
    words = told.format(share["sentences"], share["same_team"], share["outside"])
    return html('<p class="countersigned" data-countersigned="{}">{}{}</p>', share["page"], words, more)


def _table(shares: Iterable[Countersigned], titles: Mapping[str, str]) -> Html:
    """Return the table of all pages, by their titles, and of the tables of the library."""
    rows = joined(
        html(
            '<tr data-countersigned="{}"><th scope="row">{}</th><td>{}</td><td>{}</td><td>{}</td><td>{}</td></tr>',
            *(share["page"], _named(share["page"], titles), share["sentences"], share["author"], share["same_team"], share["outside"]),
        )
        for share in shares
    )
    return html(
        '<section id="countersigned"><h2>Who has read it</h2><p>{}</p><details class="evidence"><summary>Page by page</summary><div class="table-wrap">'
        '<table class="evidence"><thead><tr>{}</tr></thead><tbody>{}</tbody></table></div></details></section>',
        "A countersigner holds a sentence against its records and their quotes, and signs that it says what they say. A signature is void once the "
        "sentence changes, or what a record under it says. Only those count that an author did not give.",
        joined(
            html('<th scope="col">{}</th>', head)
            for head in (
                "Page or table",
                "Sentences that rest on a record, or rows",
                "By their author",
                "By the same team",
                "By somebody outside",
            )
        ),
        rows,
    )


def _named(page: str, titles: Mapping[str, str]) -> Html | str:
    return html('<a href="{}.html">{}</a>', page, titles[page]) if page in titles else page
