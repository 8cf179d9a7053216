"""Good inputs of the tables that the little book does without, so that each declared table is tried: put rows of a new table here."""

from evidence.catalog import schema
from evidence.catalog.rows import csv_text

_DAY, _HASH = "2026-03-31", "0123456789abcdef"

_ROWS = {
    "findings": {
        **{"id": "bread.habit", "source": "hillford", "locator": "page 1", "quote": "In Hillford more people buy bread from a baker."},
        **{"statement": "More people in Hillford buy bread from a baker.", "direction": "positive", "outcome": "buying bread"},
        **{"population": "people who were asked", "basis": "survey", "design": "survey answers", "directness": "direct"},
        **{"sample": "bread.respondents", "strength": "limited", "as_of": _DAY},
    },
    "directions": {"finding": "bread.habit", "words": "More people", "direction": "positive"},
    "pairs": {"figure": "bread.local.hillford", "against": "bread.local.oldbridge", "why": "Both towns were asked the same"},
    "doubts": {"figure": "bread.local", "against": "bread.respondents", "says": "Few were asked: [20](figure:bread.respondents)"},
    "natures": {"figures": "bread.price.before", "nature": "projection", "reason": "Invented"},
    "safe-words": {"scheme": "figure", "target": "bread.local", "answer": "with care", "says": "few were asked."},
    "checks": {
        **{"id": "dearer", "asks": "Is a loaf dearer?", "condition": "{bread.price} > {bread.price.before}"},
        **{"says": "It costs {bread.price} and has cost {bread.price.before}."},
    },
    "corrections": {
        **{"id": "bread.sum", "grade": "contradiction", "figures": "bread.local bread.respondents", "title": "The share of all"},
        **{"what": "It prints [60%](figure:bread.local).", "size": "a tenth", "reading": "Of all towns.", "consequence": "None."},
        **{"guard": "dearer"},
    },
    "wordings": {"scheme": "claim", "target": "hillford-leads", "wording": "Hillford leads"},
    "topics": {"column": "outcome", "topic": "bread", "words": "bread"},
    "aliases": {"old": "bread.cost", "new": "bread.price", "date": _DAY, "reason": "Clearer", "kind": "figure"},
    "history": {"figure": "bread.price", "old": "£2.50", "new": "£2.40", "class": "correction", "date": _DAY, "reason": "Misread"},
    "notices": {"page": "who-bakes", "kind": "figure", "target": "bread.price", "text": "£2.40", "since": _DAY},
    "reports": {"date": _DAY, "kind": "figure", "target": "bread.price", "report": "It costs more.", "state": "open"},
    "allowed-numbers": {"chapter": "index", "text": "three towns", "reason": "Says what the book is about"},
    "synonyms": {"word": "bakery", "means": "baker", "reason": "The same trade"},
    "glossary": {"term": "Loaf", "also": "loaves", "means": "A piece of bread."},
    "scopes": {"chapter": "who-bakes", "about": "Hillford", "reason": "It is about bakers there"},
    "not-evidence": {"source": "hillford", "text": "page 1", "reason": "A page"},
    "let-stand": {"source": "hillford", "kind": "sum", "text": "60%", "reason": "It is right"},
    "receipts": {
        **{"kind": "figures", "record": "bread.price", "how": "text", "document": "hillford.txt", "hash": _HASH, "passage": _HASH},
        **{"at": "line 5", "fields": "stated=01234567 value=01234567"},
    },
    "countersigned": {
        **dict.fromkeys(("hash", "wording", "values", "sources"), _HASH),
        **{"verdict": "wrong", "by": "a reader", "independence": "outside", "date": _DAY, "where": "who-bakes", "text": "Bakers bake."},
        **{"basis": '{"bread.price": {"stated": "£2.50"}}', "note": "They do not"},
    },
    "parts": {"source": "hillford", "part": "Annex", "reason": "It holds questions only"},
    "texts": {"source": "hillford", "as_of": _DAY, "text": "hillford-before.txt"},
    "connectors": {
        **{"source": "shop-census", "kind": "nomis", "dataset": "shops", "address": "https://e.example/shops.csv"},
        **{
            "release_address": "https://e.example/shops.json",
            "release_field": "latest/0/published",
            "columns": "TOWN; Year; Value; Status",
        },
        **{
            "rows": "TOWN=Hillford",
            "constant": "",
            "status_column": "Status",
            "period_column": "Year",
            "period_pattern": r"(\d{4})",
            "period": "{year}",
        },
        **{"value_column": "Value", "stated": "{}", "decimals": "0", "factor": "1"},
    },
    "connected": {"figure": "bakers.hillford", "rows": "TOWN=Hillford", "period": "newest"},
    "waves": {
        **{"source": "hillford", "as_of": _DAY, "title": "Bread", "client": "Nobody", "first_day": "2026-03-01", "last_day": "2026-03-20"},
        **{"method": "on paper", "universe": "people who were asked", "sampling": "by chance", "coverage": "Hillford"},
        **{"respondents": "20", "effective": "20", "weighting": "none", "withheld": "nothing"},
    },
    "wave-bases": {
        **{"source": "hillford", "as_of": _DAY, "figure": "bread.local", "wording": "Where do you buy bread?", "asked": "all"},
        **{"unweighted": "20", "weighted": "20"},
    },
    "periods": {
        **{"period": "2025/26", "source": "hillford", "from": "2025-04-01", "to": "2026-03-31", "basis": "financial year"},
        **{"reason": "So its publisher counts"},
    },
    "place-sets": {"place": "Hillford", "reason": "Invented"},
    "place-areas": {
        **{"areas": "towns-2021", "about": "Towns of 2021", "count": "1", "codes": r"X\d{8}", "file": "towns.topo.json", "object": "towns"},
        **{"attribution": "Invented.", "called": "town"},
    },
    "place-tables": {
        **{"measure": "jobs", "areas": "towns-2021", "label": "Jobs", "unit": "count", "decimals": "0", "file": "towns.csv"},
        **{"code_column": "code", "rows": "measure=jobs", "value_column": "*", "from_year": "2002", "factor": "1", "period": "{year}"},
        **{"whole": "K", "whole_name": "Kingdom", "source": "Invented", "as_of": _DAY, "licence": "none", "address": "https://e.example/"},
    },
    "areas": {
        **{"areas": "towns-2021", "code": "X00000001", "name": "Hillford", "region": "North", "country": "Kingdom", "longitude": "1.00"},
        **{"latitude": "54.00", "column": "0", "row": "0"},
    },
    "place-facts": {
        **{
            "fact": "jobs",
            "areas": "towns-2021",
            "measure": "jobs",
            "kind": "value",
            "from_year": "2002",
            "decimals": "0",
            "label": "Jobs",
        },
        **{"short": "Jobs", "basis": "estimate", "about": "Invented."},
    },
}
"""A row of each table, by column; what it leaves out is empty."""

_MORE = {"place-sets": "Oldbridge,Invented\nWestmere,Invented\n"}
"""Rows that a table must have too."""

_NEEDED = {"directions": ("findings",), "topics": ("findings",), "connected": ("connectors",), "wave-bases": ("waves",)}
_NEEDED |= {"place-tables": ("place-areas",), "areas": ("place-areas",), "place-facts": ("place-areas", "place-tables")}
"""Tables that a table leads to, and the little book has not."""


def row(name):
    """Return the row of a table, with every column."""
    (table,) = (table for table in schema.tables() if table.name == name)
    return dict.fromkeys(table.names, "") | _ROWS[name]


def table_text(name):
    """Return a table of its row above."""
    return csv_text([row(name), row(name).values()]) + _MORE.get(name, "")


FURTHER_TABLES = {name: {f"data/{one}.csv": table_text(one) for one in (*_NEEDED.get(name, ()), name)} for name in _ROWS}
"""For each table, by name, the files to put into the little book, itself the last."""
