"""Every evidence link leads to its record's entry and names it, for scripts and for readers who cannot use them."""

from __future__ import annotations

import re
from collections.abc import Set
from html import unescape
from typing import Any

from sphinx.application import Sphinx

from evidence.audit import DOUBTED, SEVERITY
from evidence.catalog import schema
from evidence.catalog.declaration import SCHEMES
from evidence.markup import Html, html
from evidence.site.publication import Publication, publication
from evidence.statements import check_statement

_MARKS = dict(zip(DOUBTED, "?≠", strict=True))
"""The marks a reader sees at a number itself; each stands for the word."""

_LINK = re.compile(
    rf'<a class="([^"]*\b({"|".join(SCHEMES)})\b[^"]*)" href="ledger\.html#(?:claim-|finding-)?([^"]+)">(.*?)</a>', re.DOTALL
)


def connect(app: Sphinx) -> None:
    """Rewrite the links of each page when its HTML is made."""
    app.connect("html-page-context", _lead)


def _lead(app: Sphinx, page: str, _template: str, context: dict[str, Any], _doctree: Any) -> None:
    if "body" in context:
        known = {name.rpartition("/")[2] for name in app.env.found_docs}
        context["body"] = without_lost(led(context["body"], publication(app), page.rpartition("/")[2]), known)


_BESIDE = re.compile(r'<a [^>]*?href="(audit|reading)\.html(?:#[^"]*)?"[^>]*>(.*?)</a>', re.DOTALL)
"""Links that views make to pages which a book may do without."""


def without_lost(body: str, pages: Set[str]) -> str:
    """Return the HTML of a page with the links of views to pages that the book does not have as plain words.

    Example:
        >>> without_lost('<a href="reading.html#how">by rule</a>', {"index"}), without_lost('<a href="audit.html">x</a>', {"audit"})
        ('by rule', '<a href="audit.html">x</a>')
    """
    return _BESIDE.sub(lambda match: match[0] if match[1] in pages else match[2], body)


def led(body: str, edition: Publication, page: str = "") -> str:
    """Return the HTML of a page with each evidence link leading to its entry, named in `data-evidence`, and marked where it is in doubt.

    Prose that the data have overtaken carries a notice until its author has dealt with it; a figure that was not published yet on the day of
    the edition is text that says so.

    Args:
        body: The HTML.
        edition: What is published.
        page: Name of the page, by which notices are declared.
    """
    return _LINK.sub(lambda match: _link(edition, *match.groups()) + _notice(edition, page, *match.groups()), body)


_PROSE = {"reference", "stated"}
"""Classes of links in prose: those of chapters, and those in titles and other words of the data library. Links in tables show what the data say."""


def _notice(edition: Publication, page: str, classes: str, kind: str, identifier: str, text: str) -> str:
    if not _PROSE & set(classes.split()):
        return ""
    words = " ".join(unescape(re.sub("<[^>]+>", "", text)).split())
    told = _overtaken(edition, kind, identifier, words) or _declared(edition, page, kind, identifier, words)
    return str(html(' <span class="overtaken" role="note">[{}]</span>', told)) if told else ""


def _overtaken(edition: Publication, kind: str, identifier: str, text: str) -> str:
    """Return what is to be said of a link in prose that does not hold on the edition's data, or an empty text."""
    if not _known(edition, kind, identifier):
        return f"not published by {edition.ledger['edition']['date']}"
    if kind == "figure":
        answer = check_statement(text, identifier, edition.library)
        return "" if answer.holds else f"{_said(edition)} {answer.found}{_awaits(edition)}"
    broken = kind == "claim" and not edition.claims[identifier]["holds"]
    return f"the data {_when(edition)} bear this out{_awaits(edition)}" if broken else ""


def _declared(edition: Publication, page: str, kind: str, identifier: str, text: str) -> str:
    """Return what is to be said of a link that holds in a sentence which its record no longer bears out, as a row of notices declares, or an empty text."""
    declared = {(row["page"], row["kind"], row["target"], row["text"]) for row in edition.library.rows("notices")}
    pages = (page, *(f"data/{table.path}" for table in schema.tables()))
    here = any((name, kind, identifier, text) in declared for name in pages) and not edition.library.as_of
    return "its record is of another time or of others than this sentence says; it awaits its author" if here else ""


def _said(edition: Publication) -> str:
    """Return the words before what the data say: of an earlier day, whose readers could not know better, or now."""
    return f"on {edition.library.as_of} the data said" if edition.library.as_of else "the data now say"


def _when(edition: Publication) -> str:
    return f"of {edition.library.as_of} do not" if edition.library.as_of else "no longer"


def _awaits(edition: Publication) -> str:
    return "" if edition.library.as_of else "; this sentence awaits its author"


def _known(edition: Publication, kind: str, identifier: str) -> bool:
    try:
        edition.address(kind, identifier)
    except KeyError:
        return False
    return kind != "claim" or edition.claims[identifier]["holds"] is not None


def _link(edition: Publication, classes: str, kind: str, identifier: str, text: str) -> str:
    if edition.library.as_of and not _known(edition, kind, identifier):
        return f'<span class="not-published">{text}</span>'
    word = verdict(edition, kind, identifier)
    doubt = _mark(word) if word in DOUBTED else ""
    names = " ".join(name for name in classes.split() if name not in ("reference", "external")) + (f" {word}" if doubt else "")
    link = '<a class="{}" href="{}" data-evidence="{} {}">{}{}</a>'
    return str(html(link, names, edition.address(kind, identifier), kind, identifier, Html(text), doubt))


def _mark(word: str) -> Html:
    """Return a small sign for the eye and the word for who listens; without the style sheet both are read."""
    mark = '<span class="in-doubt"><span aria-hidden="true">{}</span><span class="in-doubt-word"> ({})</span></span>'
    return html(mark, _MARKS[word], word)


def verdict(edition: Publication, kind: str, identifier: str) -> str:
    """Return the verdict of a figure, of a range the graver of its ends; empty for claims and findings."""
    if kind != "figure":
        return ""
    current = edition.renamed.get(identifier, identifier)
    ends = edition.ranges.get(current) if current not in edition.figures else None
    words: list[str] = [edition.figures[name]["verdict"] for name in ((ends["low"], ends["high"]) if ends else (current,))]
    return max(words, key=SEVERITY.index)
