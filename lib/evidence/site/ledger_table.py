"""The searchable table of the whole ledger: its form and its rows. A script file carries the rows, so that it works without a server."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from sphinx.application import Sphinx

from evidence.audit import DOUBTED, SHOWN, SHOWN_AS
from evidence.catalog.declaration import SCHEMES, STRENGTHS
from evidence.charts import strip_links
from evidence.markup import Html, html, joined
from evidence.repeating import ANSWERS
from evidence.site.entries import RETIRED, SLOT
from evidence.site.publication import Publication, publication

ROWS = "ledger-rows.js"
"""Name of the script file with the rows."""

COLUMNS = (("number", "Number or statement"), ("about", "What it is about"), ("source", "Source"), ("verdict", "Verdict"), ("id", "Id"))
"""Columns a reader sees and can sort by."""

_VERDICTS = {
    "Figures": SHOWN,
    "Claims": ("holds", "broken", "not yet known"),
    "Findings": STRENGTHS,
}
_MOST_IDS = 2_000
"""Ids that are listed for readers without scripts; a page of more would be too long for anybody."""
_STATES = {True: "holds", False: "broken", None: "not yet known"}


def connect(app: Sphinx) -> None:
    """Put the table on the page of the ledger when that page is written."""
    app.connect("html-page-context", _place)


def _place(app: Sphinx, page: str, _template: str, context: dict[str, Any], _doctree: Any) -> None:
    if page != "chapters/ledger" or app.builder.name != "html":
        return
    edition = publication(app)
    titles = {name.partition("/")[2]: title.astext() for name, title in app.env.titles.items()}
    script = Path(app.outdir) / "_static" / ROWS
    script.parent.mkdir(parents=True, exist_ok=True)
    script.write_text(rows_script(edition, titles), encoding="utf-8")
    context["body"] = context["body"].replace(SLOT, str(search_section(edition, titles) + old_addresses(edition)), 1)
    app.add_js_file(ROWS, priority=800, loading_method="defer")
    app.add_js_file("ledger.js", priority=801, loading_method="defer")


def rows_script(edition: Publication, titles: Mapping[str, str]) -> str:
    """Return a script that holds every figure, claim and finding as a short list, in the order `ledger.js` reads them.

    Args:
        edition: What is published.
        titles: Titles of the chapters by name.
    """
    sources = list(edition.sources)
    chapters = [name for name in titles if any(name in record["chapters"] for record in _records(edition))]
    places = {name: number for number, name in enumerate(sources)}
    content = {
        "sources": [[key, source["short"], f"{edition.page(key)}.html"] for key, source in edition.sources.items()],
        "chapters": chapters,
        "rows": [
            *(_figure(record, places, chapters, edition) for record in edition.ledger["figures"]),
            *(_claim(record, chapters) for record in edition.ledger["claims"]),
            *(_finding(record, places, chapters, edition) for record in edition.ledger["findings"]),
        ],
        "moved": _moved(edition),
        "kinds": SCHEMES,
        "doubted": DOUBTED,
    }
    return f"globalThis.evidenceLedger = {_json(content)};\n"


def _json(content: Any) -> str:
    return json.dumps(content, ensure_ascii=False, separators=(",", ":")).replace("<", "\\u003c")


def _records(edition: Publication) -> list[Any]:
    return [*edition.ledger["figures"], *edition.ledger["claims"], *edition.ledger["findings"]]


def _used(record: Mapping[str, Any], chapters: list[str]) -> list[int]:
    return [chapters.index(name) for name in record["chapters"] if name in chapters]


def _words(*parts: str) -> str:
    """Return further words to search in, each part once."""
    return " ".join(dict.fromkeys(part for part in parts if part))


def _late(record: Mapping[str, Any], edition: Publication) -> int:
    return int(edition.sources[record["source"]]["freshness"] == "overdue")


def _figure(record: Mapping[str, Any], sources: Mapping[str, int], chapters: list[str], edition: Publication) -> list[Any]:
    about = "; ".join(dict.fromkeys(part for part in (record["category"], record["population"]) if part))
    places = [part for place in record["places"] for part in (place["stated"], place["locator"], place["population"], place["quote"])]
    words = _words(*places, record["origin"], record["note"], record["arithmetic"], record["unit"])
    start = [
        0,
        record["id"],
        record["shown"],
        about,
        record["place"],
        record["period"],
        sources[record["source"]],
        SHOWN_AS[record["verdict"]],
    ]
    end = [record["unit"], record["low"], strip_links(record["doubt"]), record["safe"], edition.part("figure", record["id"])]
    return [*start, _late(record, edition), _used(record, chapters), words, *end]


def _claim(record: Mapping[str, Any], chapters: list[str]) -> list[Any]:
    stated = record["states"] or record["id"]
    start = [1, record["id"], stated, record["threshold"], "", "", -1, _STATES[record["holds"]], -1]
    return [*start, _used(record, chapters), "", "", 0, "", record["safe"]]


def _finding(record: Mapping[str, Any], sources: Mapping[str, int], chapters: list[str], edition: Publication) -> list[Any]:
    words = _words(record["quote"], record["locator"], record["basis"], record["direction"], "disputed" if record["disputed_with"] else "")
    start = [2, record["id"], record["statement"], record["population"], "", "", sources[record["source"]], record["strength"]]
    return [
        *start,
        _late(record, edition),
        _used(record, chapters),
        words,
        "",
        0,
        "",
        record["safe"],
        edition.part("finding", record["id"]),
    ]


def _moved(edition: Publication) -> dict[str, str]:
    """Return the addresses of ids that no row bears: ranges, and what was renamed or retired."""
    moved = {name: edition.address("figure", name) for name in (*edition.ranges, *edition.renamed) if name not in edition.figures}
    return moved | {row["old"]: f"{RETIRED}.html#{row['old']}" for row in edition.retired}


def search_section(edition: Publication, titles: Mapping[str, str]) -> Html:
    """Return the form, the empty table that `ledger.js` fills, and what a reader without scripts is told.

    Args:
        edition: What is published.
        titles: Titles of the chapters by name.
    """
    used = {name for record in _records(edition) for name in record["chapters"]}
    places = sorted({figure["place"] for figure in edition.ledger["figures"]} - {""}, key=str.casefold)
    selects = [
        _select("kind", "Kind", _options(zip(SCHEMES, ("Figures", "Claims", "Findings"), strict=True))),
        _select("safe", "Safe to repeat", _options((answer, answer) for answer in ANSWERS)),
        _select("verdict", "Verdict or strength", _verdicts(edition)),
        _select("source", "Source", _options((key, source["short"]) for key, source in edition.sources.items())),
        _select("chapter", "Used in", _options((name, title) for name, title in titles.items() if name in used)),
        _select("place", "Place", _options((place, place) for place in places)),
        _select("freshness", "Freshness", _options([("current", "current"), ("overdue", "overdue")])),
    ]
    head = '<th scope="col" class="column-{0}"><button type="button" data-sort="{0}">{1}<span class="arrow" aria-hidden="true"></span></button></th>'
    return html(
        '<div class="ledger-search reserved" id="ledger-search"><form role="search" aria-label="The ledger" autocomplete="off">'
        '<p class="ledger-words"><label for="ledger-words">Search all figures, claims and findings</label>'
        '<input type="search" id="ledger-words" name="search" placeholder="words, a number, a place, an id"></p>'
        '<div class="ledger-filters">{}<p><button type="reset">Clear all</button></p></div></form>'
        '<p class="ledger-count" role="status"></p>'
        '<table class="ledger-table"><caption class="ledger-caption">All figures, claims and findings</caption>'
        '<thead><tr>{}</tr></thead><tbody></tbody></table><p><button type="button" class="ledger-more" hidden></button></p></div>',
        *(joined(selects), joined(html(head, *column) for column in COLUMNS)),
    )


def _select(name: str, label: str, options: Html) -> Html:
    return html(
        '<p><label for="ledger-{0}">{1}</label><select id="ledger-{0}" name="{0}"><option value="">any</option>{2}</select></p>',
        *(name, label, options),
    )


def _options(pairs: Iterable[tuple[str, str]]) -> Html:
    return joined(html('<option value="{}">{}</option>', *pair) for pair in pairs)


def _verdicts(edition: Publication) -> Html:
    found = {"Figures": {SHOWN_AS[record["verdict"]] for record in edition.ledger["figures"]}}
    found["Claims"] = {_STATES[record["holds"]] for record in edition.ledger["claims"]}
    found["Findings"] = {record["strength"] for record in edition.ledger["findings"]}
    return joined(
        html('<optgroup label="{}">{}</optgroup>', group, _options((word, word) for word in words if word in found[group]))
        for group, words in _VERDICTS.items()
        if found[group]
    )


def old_addresses(edition: Publication) -> Html:
    """Return, for readers without scripts, where the entry stands that an address on this page once led to; of so many only what has moved."""
    places = {record["id"]: edition.address("figure", record["id"]) for record in edition.ledger["figures"]}
    places |= {f"finding-{record['id']}": edition.address("finding", record["id"]) for record in edition.ledger["findings"]}
    places = places if len(places) <= _MOST_IDS else {}
    link = '<li id="{0}"><a href="{1}">{0}</a></li>'
    return html(
        '<noscript><p>The table that can be searched needs scripts. The pages of the sources hold every entry.</p><details class="ledger-ids">'
        "<summary>Every id, with its entry</summary><ul>{}</ul></details></noscript>",
        joined((html(link, *pair) for pair in (places | _moved(edition)).items()), "\n"),
    )
