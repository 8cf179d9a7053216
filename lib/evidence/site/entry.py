"""One record's entry in the ledger as HTML: what is stated, where, how it was checked, and where the book uses it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from html import escape
from typing import Any

from evidence.chapter.output import figure_link, verdict_mark
from evidence.ledger.succession import entry_mark
from evidence.site.publication import Publication

Titles = Mapping[str, str]
"""Titles of the chapters by the name of their page."""


def figure_entry(edition: Publication, figure: Mapping[str, Any], titles: Titles) -> str:
    """Return the entry of a figure: its number, verdict and permalink, every place, the arithmetic, and its history."""
    rows = [
        ("Stated", _places(figure["places"])),
        ("Range", _range(edition, figure)),
        ("Recomputed", _recomputation(figure)),
        ("From", _listed(_input(edition, identifier) for identifier in figure["inputs"])),
        ("Compared", _listed(escape(reason.removeprefix(figure["about"]).strip()) for reason in figure["reasons"])),
        ("Corrections", _corrections(edition, figure["corrections"])),
        ("Earlier", _listed(_vintage(old) for old in figure["vintages"])),
        ("Changes", _listed(_change(row) for row in edition.ledger["history"] if row["figure"] == figure["id"])),
        ("Cited from", escape(figure["origin"]) if figure["source"] != "computed" else ""),
        ("Note", escape(figure["note"])),
        *((column.capitalize().replace("_", " "), escape(text)) for column, text in figure.get("further", {}).items()),
        ("Freshness", _freshness(edition.sources[figure["source"]])),
        ("Used in", _chapters(figure["chapters"], titles)),
        ("Formerly", _former(edition, figure["id"])),
    ]
    number = f'<span class="number">{escape(figure["shown"])}</span> {verdict_mark(figure["verdict"], doubt=figure["doubt"])}'
    about = _sentence(figure["category"], figure["population"], figure["place"], figure["period"], f"published {figure['as_of']}")
    return _entry(figure["id"], figure["id"], number, about, rows, _anchors(edition, figure["id"]) + entry_mark(figure["id"]))


def finding_entry(edition: Publication, finding: Mapping[str, Any], titles: Titles) -> str:
    """Return the entry of a finding: the result in our words, the words of its source, and how firm they are."""
    other = edition.findings.get(finding["disputed_with"])
    rows = [
        ("Stated", _places([finding | {"stated": ""}])),
        ("Evidence", escape(f"{finding['basis']}, {finding['strength']}; direction: {finding['direction']}")),
        ("Strength", escape("; ".join(finding["graded"]))),
        ("Disputed with", _finding_link(other) if other else ""),
        ("Corrections", _corrections(edition, finding["corrections"])),
        ("Freshness", _freshness(edition.sources[finding["source"]])),
        ("Used in", _chapters(finding["chapters"], titles)),
    ]
    mark = " " + verdict_mark("disputed") if finding["disputed_with"] else ""
    number = f'<span class="statement">{escape(finding["statement"])}</span>{mark}'
    about = _sentence(finding["population"], f"published {finding['as_of']}")
    return _entry(f"finding-{finding['id']}", finding["id"], number, about, rows)


def _entry(anchor: str, identifier: str, heading: str, about: str, rows: list[tuple[str, str]], also: str = "") -> str:
    told = "".join(f"<div><dt>{name}</dt><dd>{html}</dd></div>" for name, html in rows if html)
    name, link = escape(identifier), escape(anchor)
    return (
        f'<section class="entry" id="{link}">{also}<h3>{heading} '
        f'<a class="permalink" href="#{link}" aria-label="Permalink to {name}">#</a></h3>'
        f'<p class="entry-about">{about} <code>{name}</code></p><div class="entry-rows"><dl>{told}</dl></div></section>\n'
    )


def _anchors(edition: Publication, identifier: str) -> str:
    """Return the further addresses that lead to a figure's entry: the range it begins, and the ids it went by."""
    stems = [record["id"] for record in edition.ledger["ranges"] if record["low"] == identifier and record["id"] not in edition.figures]
    former = [old for old, new in edition.renamed.items() if new in (identifier, *stems)]
    return "".join(f'<span class="anchor" id="{escape(name)}"></span>' for name in (*stems, *former))


def _former(edition: Publication, identifier: str) -> str:
    known = {identifier} | {record["id"] for record in edition.ledger["ranges"] if record["low"] == identifier}
    rows = [row for row in edition.ledger["aliases"] if row["new"] in known]
    return _listed(f"<code>{escape(row['old'])}</code>, until {escape(row['date'])}: {escape(row['reason'])}" for row in rows)


def _sentence(*parts: str) -> str:
    return escape("; ".join(dict.fromkeys(part for part in parts if part)))


def _listed(items: Iterable[str]) -> str:
    """Return HTML items as a list, a single one as it is, none as nothing."""
    kept = [item for item in items if item]
    return kept[0] if len(kept) == 1 else "<ul>" + "".join(f"<li>{item}</li>" for item in kept) + "</ul>" if kept else ""


def _places(places: Iterable[Mapping[str, Any]]) -> str:
    return _listed(_place(place) for place in places)


def _place(place: Mapping[str, Any]) -> str:
    stated = f'<span class="stated">{escape(place["stated"])}</span>, ' if place["stated"] else ""
    about = f" ({escape(place['population'])})" if place["stated"] and place["population"] else ""
    quote = f"<blockquote><p>“{escape(place['quote'])}”</p></blockquote>" if place["quote"] else ""
    return f'{stated}<span class="locator">{escape(place["locator"])}</span>{about}{quote}'


def _range(edition: Publication, figure: Mapping[str, Any]) -> str:
    for ends in edition.ledger["ranges"]:
        if figure["id"] in (ends["low"], ends["high"]):
            end, other = ("low", "high") if figure["id"] == ends["low"] else ("high", "low")
            link = figure_link(ends[other], edition.figures[ends[other]]["shown"])
            return f"the {end} end of <code>{escape(ends['id'])}</code>; its {other} end is {link}"
    return ""


def _recomputation(figure: Mapping[str, Any]) -> str:
    parts = [escape(figure["about"]), f'<span class="arithmetic">{escape(figure["arithmetic"])}</span>' if figure["arithmetic"] else ""]
    return " ".join(part for part in parts if part)


def _input(edition: Publication, identifier: str) -> str:
    figure = edition.figures[identifier]
    about = figure["category"] or figure["population"]
    return figure_link(identifier, figure["shown"]) + (f" ({escape(about)})" if about else "")


def _corrections(edition: Publication, identifiers: Iterable[str]) -> str:
    titles = {row["id"]: f"{row['title']} ({row['grade']})" for row in edition.ledger["corrections"]}
    return _listed(f'<a href="audit.html#correction-{escape(name)}">{escape(titles[name])}</a>' for name in identifiers)


def _vintage(old: Mapping[str, Any]) -> str:
    period = f" for {escape(old['period'])}" if old["period"] else ""
    return f"{escape(old['stated'])}{period}, published {escape(old['as_of'])}"


def _change(row: Mapping[str, Any]) -> str:
    return escape(f"{row['old']} → {row['new']} on {row['date']} ({row['class']}): {row['reason']}")


def _freshness(source: Mapping[str, Any]) -> str:
    return escape(f"a newer release was due on {source['due']}") if source["freshness"] == "overdue" else ""


def _chapters(names: Iterable[str], titles: Titles) -> str:
    return ", ".join(f'<a href="{escape(name)}.html">{escape(titles.get(name, name))}</a>' for name in names)


def _finding_link(finding: Mapping[str, Any]) -> str:
    return f'<a class="finding" href="ledger.html#finding-{escape(finding["id"])}">{escape(finding["statement"])}</a>'
