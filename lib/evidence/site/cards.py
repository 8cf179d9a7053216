"""Number cards: what a page needs to show a reader where each of its numbers comes from, put into the page so that it needs no server.

A page carries the records of the numbers, claims and findings it links to, and of those that a card can lead on to. The scripts
make cards of them. Links made by scripts, which no page can know of beforehand, are served from one script file
with the records of the whole edition, loaded when one of them is asked.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from html import unescape
from pathlib import Path
from typing import Any

from sphinx.application import Sphinx

from evidence.audit import MEANING, SHOWN_AS
from evidence.catalog.declaration import LINK, SCHEMES, record_kind
from evidence.paths import page_or_front
from evidence.settings import short_name
from evidence.site.links import verdict
from evidence.site.publication import Publication, publication

SHOWN = {
    "figure": (
        *("source", "stated", "shown", "population", "place", "period", "as_of", "note", "verdict", "about", "arithmetic", "category"),
        *("inputs", "corrections", "doubt", "vintages", "further", "safe", "safe_words"),
    ),
    "claim": ("holds", "beyond_chance", "states", "threshold", "figures", "safe", "safe_words"),
    "finding": (
        *("source", "statement", "quote", "locator", "held", "direction", "basis", "strength", "population", "as_of"),
        *("disputed_with", "corrections", "safe", "safe_words"),
    ),
    "source": ("title", "authors", "publisher", "published", "url", "doi", "read", "due", "freshness"),
    "correction": ("title", "grade"),
}
"""Fields of the ledger's records that a card shows as they are, by kind."""

SCRIPTS = ("cards-content.js", "cards-taking.js", "cards.js")
"""What makes a card, what can be taken along from it, and what opens it, in the order in which they run."""

ALL = "cards-all.js"
"""Script file with the records of the whole edition, for links that scripts make."""

_MADE_BY_SCRIPTS = ("search", "chapters/claim-desk")
"""Pages whose links are made by scripts alone."""

Named = tuple[str, str]
"""Kind and id of a record, as `data-evidence` names it."""

_NAMED = re.compile(rf'data-evidence="({"|".join(SCHEMES)}) ([^"]+)"')


def connect(app: Sphinx) -> None:
    """Give each page its records once its links are known, and the site the records of the whole edition."""
    app.connect("html-page-context", _add)
    app.connect("build-finished", _publish)


def _add(app: Sphinx, page: str, _template: str, context: dict[str, Any], _doctree: Any) -> None:
    wanted = named(context.get("body") or "")
    if wanted or page in _MADE_BY_SCRIPTS:
        content = cards(publication(app), wanted) | book(publication(app), app.config.html_title, app.config.author, page)
        context["body"] = (context.get("body") or "") + embedded(content)
        app.add_css_file("cards.css")
        for script in SCRIPTS:
            app.add_js_file(script, loading_method="defer")


def _publish(app: Sphinx, failure: Exception | None) -> None:
    """Write the records of the whole edition as a script, since a page opened from a disk may load scripts and nothing else."""
    if failure or app.builder.format != "html":
        return
    edition = publication(app)
    every = [("figure", name) for name in (*edition.figures, *edition.ranges, *edition.renamed)]
    every += [("claim", name) for name in edition.claims] + [("finding", name) for name in edition.findings]
    path = Path(app.outdir) / "_static" / ALL
    path.write_text(f"window.evidenceCardsOfEdition = {_safe(cards(edition, every))};\n", encoding="utf-8")


def named(body: str) -> list[Named]:
    """Return kind and id of every record that the links of a page name, each once, in the order of the page.

    Example:
        >>> named('<a data-evidence="figure firms.without-plan">68%</a> <a data-evidence="figure firms.without-plan">two thirds</a>')
        [('figure', 'firms.without-plan')]
    """
    return list(dict.fromkeys((kind, unescape(identifier)) for kind, identifier in _NAMED.findall(body)))


def embedded(content: dict[str, Any]) -> str:
    """Return records as a script element that holds data and runs nothing."""
    return f'<script type="application/json" id="evidence-cards">{_safe(content)}</script>'


def _safe(content: dict[str, Any]) -> str:
    """Return JSON that no text in it can end: a closing tag or the start of a comment would begin with a `<`."""
    return json.dumps(content, ensure_ascii=False, separators=(",", ":"), sort_keys=True).replace("<", "\\u003c")


def book(edition: Publication, title: str, authors: str, page: str) -> dict[str, Any]:
    """Return what a citation and a report name beside the number: the book, the edition, the page and their address."""
    own: dict[str, Any] = {
        "title": title,
        "name": short_name(),
        "authors": authors,
        "url": edition.url,
        "edition": edition.ledger["edition"]["name"],
        "page": f"{page}.html",
    }
    lacking = [name for name in ("audit", "reading") if page_or_front(name) != f"{name}.html"]
    own |= {"without": lacking} if lacking else {}
    return {"book": own | {"date": edition.ledger["edition"]["date"]}, "meaning": MEANING, "words": SHOWN_AS}


def cards(edition: Publication, wanted: Iterable[Named]) -> dict[str, dict[str, Any]]:
    """Return the records that cards of some numbers, claims and findings show, by kind and id.

    Args:
        edition: The edition they are read from.
        wanted: What is linked to; ids may be old ones.

    Raises:
        KeyError: If the edition holds no such record.
    """
    asked = list(wanted)
    old = {name: edition.renamed[name] for kind, name in asked if kind == "figure" and name in edition.renamed}
    made: dict[str, dict[str, Any]] = {kind: {} for kind in (*SCHEMES, "range", "source", "correction")}
    for kind, identifier in _reached(edition, asked):
        made[kind][identifier] = _card(edition, kind, identifier)
    shown = [record for kind in ("figure", "finding") for record in made[kind].values()]
    made["source"] = {name: _picked("source", edition.sources[name]) for name in {record["source"] for record in shown}}
    doubts = {name for record in shown for name in record.get("corrections", [])}
    made["correction"] = {row["id"]: _picked("correction", row) for row in edition.ledger["corrections"] if row["id"] in doubts}
    return made | {"renamed": old}


def _reached(edition: Publication, wanted: list[Named]) -> Iterator[Named]:
    """Yield what is wanted and, since a card can lead to another one, all that its cards lead to."""
    waiting, seen = list(wanted), set()
    while waiting:
        kind, identifier = _current(edition, *waiting.pop())
        if (kind, identifier) not in seen:
            seen.add((kind, identifier))
            waiting += _leads(edition, kind, identifier)
            yield kind, identifier


def _current(edition: Publication, kind: str, identifier: str) -> Named:
    if kind != "figure":
        return kind, identifier
    current = edition.renamed.get(identifier, identifier)
    return ("figure", current) if current in edition.figures else ("range", current)


def _leads(edition: Publication, kind: str, identifier: str) -> list[Named]:
    """Return what a card can lead on to: ends, inputs, the other side of a dispute, and what its sentences link."""
    if kind == "range":
        return [("figure", edition.ranges[identifier][end]) for end in ("low", "high")]
    record = {"figure": edition.figures, "finding": edition.findings, "claim": edition.claims}[kind][identifier]
    named = record["inputs"] if kind == "figure" else record["figures"] if kind == "claim" else []
    other = [("finding", record["disputed_with"])] if record.get("disputed_with") else []
    told = LINK.findall(record["safe_words"] + record.get("doubt", ""))
    return [*(("figure", name) for name in named), *other, *((record_kind(scheme), target) for _, scheme, target in told)]


def _card(edition: Publication, kind: str, identifier: str) -> dict[str, Any]:
    """Return what the card of one record shows; a field that is not there was empty."""
    if kind == "range":
        ends = edition.ranges[identifier]
        record = {"low": ends["low"], "high": ends["high"], "verdict": verdict(edition, "figure", identifier)}
        return record | {"address": edition.address("figure", identifier)}
    full = {"claim": edition.claims, "finding": edition.findings, "figure": edition.figures}[kind][identifier]
    shown = _picked(kind, full) | {"address": edition.address(kind, identifier)}
    return shown | (_figure(edition, full) if kind == "figure" else {})


def _figure(edition: Publication, full: dict[str, Any]) -> dict[str, Any]:
    """Return what a figure's card shows of the ledger in part: one place of several, what is not said twice, and its own history."""
    stated = next((place for place in full["places"] if place["stated"] == full["stated"]), full["places"][0])
    parts = {
        "quoted": {name: stated[name] for name in ("locator", "quote", "held") if stated[name]},
        "elsewhere": len(full["places"]) - 1,
        "origin": "" if full["origin"] == full["recomputation"] else full["origin"],
        "reasons": [reason for reason in full["reasons"] if not (full["about"] and reason.startswith(full["about"]))],
        "history": [change for change in edition.ledger["history"] if change["figure"] == full["id"]],
    }
    return {name: part for name, part in parts.items() if part}


def _picked(kind: str, full: Mapping[str, Any]) -> dict[str, Any]:
    return {name: full[name] for name in SHOWN[kind] if full.get(name) or full.get(name) is False}
