"""One record's entry in the ledger as HTML: what is stated, where, how it was checked, and where the book uses it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

from evidence.chapter.output import figure_link, finding_link, linked, verdict_mark
from evidence.ledger.succession import entry_mark
from evidence.markup import Html, html, joined
from evidence.site.publication import Publication

Titles = Mapping[str, str]
"""Titles of the chapters by the name of their page."""


def figure_entry(edition: Publication, figure: Mapping[str, Any], titles: Titles) -> Html:
    """Return the entry of a figure: its number, verdict and permalink, every place, the arithmetic, and its history."""
    rows = [
        ("Stated", _places(figure["places"])),
        ("Range", _range(edition, figure)),
        ("Recomputed", _recomputation(figure)),
        ("From", _inputs(edition, figure)),
        ("Compared", _listed(_compared(figure, reason) for reason in figure["reasons"])),
        ("Corrections", _corrections(edition, figure["corrections"])),
        ("Earlier", _listed(_vintage(old) for old in figure["vintages"])),
        ("Changes", _listed(_change(row) for row in edition.ledger["history"] if row["figure"] == figure["id"])),
        ("Cited from", figure["origin"] if figure["source"] != "computed" else ""),
        ("Note", figure["note"]),
        *((column.capitalize().replace("_", " "), text) for column, text in figure.get("further", {}).items()),
        ("Freshness", _freshness(edition.sources[figure["source"]])),
        ("Used in", _chapters(figure["chapters"], titles)),
        ("Formerly", _former(edition, figure["id"])),
    ]
    number = html('<span class="number">{}</span> {}', figure["shown"], verdict_mark(figure["verdict"], doubt=figure["doubt"]))
    about = _sentence(figure["category"], figure["population"], figure["place"], figure["period"], f"published {figure['as_of']}")
    return _entry(figure["id"], figure, number, about, rows, _anchors(edition, figure["id"]) + Html(entry_mark(figure["id"])))


def finding_entry(edition: Publication, finding: Mapping[str, Any], titles: Titles) -> Html:
    """Return the entry of a finding: the result in our words, the words of its source, and how firm they are."""
    other = edition.findings.get(finding["disputed_with"])
    rows = [
        ("Stated", _places([{**finding, "stated": ""}])),
        ("Evidence", f"{finding['basis']}, {finding['strength']}; direction: {finding['direction']}"),
        ("Strength", "; ".join(finding["graded"])),
        ("Disputed with", finding_link(other["id"], other["statement"]) if other else ""),
        ("Corrections", _corrections(edition, finding["corrections"])),
        ("Freshness", _freshness(edition.sources[finding["source"]])),
        ("Used in", _chapters(finding["chapters"], titles)),
    ]
    mark = " " + verdict_mark("disputed") if finding["disputed_with"] else ""
    number = html('<span class="statement">{}</span>{}', finding["statement"], mark)
    about = _sentence(finding["population"], f"published {finding['as_of']}")
    return _entry(f"finding-{finding['id']}", finding, number, about, rows, Html(entry_mark(f"finding:{finding['id']}")))


def _entry(
    anchor: str, record: Mapping[str, Any], heading: Html, about: str, rows: list[tuple[str, str]], also: Html | None = None
) -> Html:
    return html(
        '<section class="entry" id="{0}">{1}<h3>{2} <a class="permalink" href="#{0}" aria-label="Permalink to {3}">#</a></h3>'
        '{4}<p class="entry-about">{5} <code>{3}</code></p><div class="entry-rows">{6}</div></section>\n',
        *(anchor, also or Html(""), heading, record["id"], safe_to_repeat(record), about, described(rows)),
    )


def safe_to_repeat(record: Mapping[str, Any]) -> Html:
    """Return whether a record may be repeated, as a paragraph: what is asked, the answer, and how or why not."""
    answer, rest = record["safe_words"][: len(record["safe"])], record["safe_words"][len(record["safe"]) :]
    words = '<p class="entry-safe safe-{}"><span class="safe-asked">Safe to repeat?</span> <strong>{}</strong>{}</p>'
    return html(words, record["safe"].replace(" ", "-"), answer, linked(rest))


def described(rows: Iterable[tuple[str, str]]) -> Html:
    """Return names, each with what it is for, as HTML; those without content are left out."""
    return html("<dl>{}</dl>", joined(html("<div><dt>{}</dt><dd>{}</dd></div>", name, content) for name, content in rows if content))


def _anchors(edition: Publication, identifier: str) -> Html:
    """Return the further addresses that lead to a figure's entry: the range it begins, and the ids it went by."""
    stems = [record["id"] for record in edition.ledger["ranges"] if record["low"] == identifier and record["id"] not in edition.figures]
    former = [old for old, new in edition.renamed.items() if new in (identifier, *stems)]
    return joined(html('<span class="anchor" id="{}"></span>', name) for name in (*stems, *former))


def _former(edition: Publication, identifier: str) -> str:
    known = {identifier} | {record["id"] for record in edition.ledger["ranges"] if record["low"] == identifier}
    rows = [row for row in edition.aliases("figure") if row["new"] in known]
    return _listed(html("<code>{}</code>, until {}: {}", row["old"], row["date"], row["reason"]) for row in rows)


def _sentence(*parts: str) -> str:
    return "; ".join(dict.fromkeys(part for part in parts if part))


def _listed(items: Iterable[str]) -> str:
    """Return items as an HTML list, a single one as it is, none as nothing."""
    kept = [item for item in items if item]
    return kept[0] if len(kept) == 1 else html("<ul>{}</ul>", joined(html("<li>{}</li>", item) for item in kept)) if kept else ""


def _places(places: Iterable[Mapping[str, Any]]) -> str:
    return _listed(_place(place) for place in places)


def _place(place: Mapping[str, Any]) -> Html:
    stated = html('<span class="stated">{}</span>, ', place["stated"]) if place["stated"] else ""
    about = f" ({place['population']})" if place["stated"] and place["population"] else ""
    quote = html("<blockquote><p>“{}”</p></blockquote>", place["quote"]) if place["quote"] else ""
    held = html('<p class="held">{}</p>', place["held"]) if place["held"] else ""
    return html('{}<span class="locator">{}</span>{}{}{}', stated, place["locator"], about, quote, held)


def _range(edition: Publication, figure: Mapping[str, Any]) -> str:
    for ends in edition.ranges.values():
        if figure["id"] in (ends["low"], ends["high"]):
            end, other = ("low", "high") if figure["id"] == ends["low"] else ("high", "low")
            link = figure_link(ends[other], edition.figures[ends[other]]["shown"])
            return html("the {} end of <code>{}</code>; its {} end is {}", end, ends["id"], other, link)
    return ""


def _recomputation(figure: Mapping[str, Any]) -> Html:
    arithmetic = html('<span class="arithmetic">{}</span>', figure["arithmetic"]) if figure["arithmetic"] else ""
    return joined((part for part in (figure["about"], arithmetic) if part), " ")


_EXPLAINED = re.compile(r"From .*: (.+\. Printed: .+)", re.DOTALL)


def _compared(figure: Mapping[str, Any], reason: str) -> str:
    """Return what was compared, without what other rows of the entry say: how it is recomputed, and the numbers it is computed from."""
    told = reason.removeprefix(figure["about"]).strip()
    found = _EXPLAINED.fullmatch(told) if figure["inputs"] else None
    return f"It gives {found[1]}" if found else told


_FEW = 6
"""As many inputs are listed again where another entry lists the same."""


def _inputs(edition: Publication, figure: Mapping[str, Any]) -> str:
    """Return what a figure is computed from; many numbers that an entry before it lists are named by that."""
    inputs = figure["inputs"]
    first = edition.first_from[tuple(inputs)] if len(inputs) > _FEW else figure["id"]
    if first != figure["id"]:
        return html("the same {} numbers as {}", len(inputs), _input(edition, first))
    return _listed(_input(edition, identifier) for identifier in inputs)


def _input(edition: Publication, identifier: str) -> Html:
    figure = edition.figures[identifier]
    about = figure["category"] or figure["population"]
    return figure_link(identifier, figure["shown"]) + (f" ({about})" if about else "")


def _corrections(edition: Publication, identifiers: Iterable[str]) -> str:
    titles = {row["id"]: f"{row['title']} ({row['grade']})" for row in edition.ledger["corrections"]}
    return _listed(html('<a href="audit.html#correction-{}">{}</a>', name, titles[name]) for name in identifiers)


def _vintage(old: Mapping[str, Any]) -> str:
    period = f" for {old['period']}" if old["period"] else ""
    return f"{old['stated']}{period}, published {old['as_of']}"


def _change(row: Mapping[str, Any]) -> str:
    return f"{row['old']} → {row['new']} on {row['date']} ({row['class']}): {row['reason']}"


def _freshness(source: Mapping[str, Any]) -> str:
    return f"a newer release was due on {source['due']}" if source["freshness"] == "overdue" else ""


def _chapters(names: Iterable[str], titles: Titles) -> Html:
    return joined((html('<a href="{}.html">{}</a>', name, titles.get(name, name)) for name in names), ", ")
