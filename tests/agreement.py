"""Where a built site says two things of one record: ledger, tables to take away, entries, cards, charts, and the words of its pages."""

import csv
import json
import re
from fractions import Fraction
from html import unescape

from evidence.errors import QuantityError
from evidence.quantity import parse

CARD = ("shown", "stated", "source", "period", "place", "population", "category", "verdict", "as_of", "note")
TABLE = (*CARD, "value", "unit", "freshness")
SAID = {"reproduced": "adds up", "compatible": "adds up"}
"""Verdicts that pages give in other words than the ledger."""

VERBS = {"rise": "rose", "fall": "fell"}
"""How a link tells the direction of a change with its number."""

LINK = re.compile(r'data-evidence="figure ([^"]+)"[^>]*>(.*?)</a>', re.DOTALL)
CARDS = re.compile(r'<script type="application/json" id="evidence-cards">(.*?)</script>', re.DOTALL)
ENTRY = re.compile(
    r'<section class="entry" id="([^"]+)">.*?<span class="number">(.*?)</span> <span class="verdict[^>]*>(.*?)</span>', re.DOTALL
)
CHART = re.compile(r'<figure class="evidence-chart"[^>]*data-chart="([^"]+)".*?</figure>', re.DOTALL)
DRAWING = re.compile(r"<svg.*?</svg>", re.DOTALL)
SPECIFICATION = re.compile(r'<script type="application/json" class="chart-specification">(.*?)</script>', re.DOTALL)


def plain(html):
    """Return the words of a piece of HTML."""
    return " ".join(unescape(re.sub(r"<[^>]*>", "", html)).split())


def rows(path):
    """Return the rows of a table."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def decimal(value):
    """Return a number as tables to take away have it: a fraction, which a spreadsheet takes for a date or for words, as a decimal of twelve digits."""
    return f"{float(Fraction(value)):.12g}" if "/" in value else value


def disagreements(site):
    """Return where a built site parts ways with its own ledger, and how many places were compared."""
    ledger = json.loads((site / "ledger.json").read_text(encoding="utf-8"))
    figures = {record["id"]: record for record in ledger["figures"]}
    told = {identifier: {**record, "value": decimal(record["value"])} for identifier, record in figures.items()}
    compared = [*_tables(site, ledger, told), *_charts(site, told)]
    for page in sorted(site.glob("chapters/*.html")):
        compared += [(f"{page.name}: {what}", one, other) for what, one, other in _page(page, site, ledger, figures)]
    return [f"{place}: {one!r} and {other!r}" for place, one, other in compared if one != other], len(compared)


def _tables(site, ledger, figures):
    for row in rows(site / "figures.csv"):
        yield from ((f"figures.csv, {row['id']}, {name}", row[name], figures[row["id"]][name]) for name in TABLE)
    for path in site.glob("data/figures/*.csv"):
        for row in rows(path):
            record = figures[row["id"]]
            known = [record["stated"], *(place["stated"] for place in record["places"]), *(old["stated"] for old in record["vintages"])]
            yield f"data/{path.name}, {row['id']}", row["stated"] in known, True
    for row, record in zip(rows(site / "statements.csv"), ledger["statements"], strict=True):
        yield from ((f"statements.csv, {row['target']}, {name}", row[name], str(record[name])) for name in ("chapter", "states", "library"))
    for record in ledger["statements"]:
        if record["kind"] == "figure" and record["target"] in figures:
            yield f"statement of {record['target']}", record["library"], figures[record["target"]]["shown"]


def _charts(site, figures):
    for path in site.glob("charts/*.csv"):
        for row in rows(path):
            if row.get("id") in figures and row.get("value"):
                yield from (
                    (f"charts/{path.name}, {row['id']}, {name}", row[name], figures[row["id"]][name])
                    for name in ("stated", "value", "source")
                )


def _page(page, site, ledger, figures):
    html = page.read_text(encoding="utf-8")
    said = {(record["chapter"], record["target"], record["states"]) for record in ledger["statements"]}
    for target, words in LINK.findall(html):
        if record := figures.get(target):
            text = re.sub(r"[≠?] \(\w+\)$", "", plain(words))
            forms = [record["shown"], record["stated"], target, *(place["stated"] for place in record["places"])]
            known = (page.stem, target, text) in said or text.lower() in map(str.lower, forms) or _near(text, record)
            yield f"{text} for {target}", known, True
    for found in CARDS.findall(html):
        for target, card in json.loads(found)["figure"].items():
            yield from ((f"card of {target}, {name}", card.get(name, ""), figures[target][name]) for name in CARD if name in card)
    for target, number, verdict in ENTRY.findall(html):
        if target in figures:
            yield (
                f"entry of {target}",
                (plain(number), plain(verdict)),
                (figures[target]["shown"], SAID.get(figures[target]["verdict"], figures[target]["verdict"])),
            )
    for chart in CHART.finditer(html):
        yield from _drawn(chart, site, figures)


def _near(text, record):
    """Return whether a number in words of its own reaches to the value of a record."""
    verb = VERBS.get(record.get("further", {}).get("direction", ""), "")
    try:
        reach = parse(text.removeprefix(f"{verb} by ")).interval
    except QuantityError:
        return False
    return float(reach.low) <= record["high"] and record["low"] <= float(reach.high)


def _drawn(chart, site, figures):
    """Yield a chart of a page beside the table to take away with it: each row, and each label in the drawing."""
    drawings = [plain(drawing.replace("<", " <")) for drawing in DRAWING.findall(chart[0])]
    table = {(row.get("id"), row.get("category"), row.get("series")): row for row in rows(site / "charts" / f"{chart[1]}.csv")}
    for specification in SPECIFICATION.findall(chart[0]):
        for row in json.loads(specification).get("rows", []):
            beside = table.get((row.get("id"), row.get("category"), row.get("series")))
            if beside and "stated" in beside and "stated" in row:
                yield f"chart {chart[1]}, {row['id']}", row["stated"] in beside["stated"], True
            if row.get("id") in figures and row.get("stated") and row.get("value") is not None:
                yield f"drawing of {chart[1]}, {row['id']}", any(row["stated"] in drawing for drawing in drawings), True
