"""A small edition made by hand, for tests of what the site makes of a ledger: two sources, three figures, one range, a claim and a finding."""

from evidence.site.publication import Publication

HOSTILE = '</script><script>alert(1)</script> & "it\'s" <img src=x onerror=alert(1)>'
"""Text that would run if it were ever taken for markup."""


def source(identifier, **changes):
    return {
        "id": identifier, "title": f"Title of {identifier}", "short": identifier, "authors": "", "publisher": "A press", "published": "2026",
        "url": "", "doi": "", "licence": "CC0", "attribution": "A press", "kind": "report", "cadence": "one-off", "read": "in full", "covered": "12 of 12", "released": "2026-01-31",
        "due": "", "freshness": "current",
    } | changes  # fmt: skip


def figure(identifier, **changes):
    shown = changes.get("shown", "7%")
    return {
        "id": identifier, "source": "alpha", "shown": shown, "stated": shown, "value": "7", "signed": "", "low": 6.5, "high": 7.5, "unit": "percent",
        "category": "", "population": "firms", "place": "", "period": "", "period_from": "", "period_to": "", "period_basis": "", "as_of": "2026-01-31",
        "freshness": "current", "origin": "",
        "safe": "yes", "safe_words": "Yes: as what alpha says.", "safe_rule": "quoted",
        "note": "", "verdict": "quoted", "recomputation": "", "about": "", "arithmetic": "", "inputs": [], "reasons": [], "corrections": [], "doubt": "",
        "places": [{"locator": "page i", "stated": shown, "quote": f"It is {shown}.", "population": "firms", "held": "Found there."}], "vintages": [], "chapters": [],
    } | changes  # fmt: skip


def finding(identifier, **changes):
    return {
        "id": identifier, "source": "alpha", "statement": "Sharing helps.", "quote": "Sharing helps.", "locator": "page v", "held": "Found there.",
        "safe": "with care", "safe_words": "With care: it is limited.", "safe_rule": "limited",
        "direction": "positive", "basis": "survey", "strength": "limited", "graded": ["design survey answers 2", "indirect -1"], "population": "firms", "as_of": "2026-01-31", "disputed_with": "",
        "corrections": [], "chapters": [],
    } | changes  # fmt: skip


def claim(identifier, **changes):
    return {
        "id": identifier, "safe": "yes", "safe_words": "Yes: it holds.", "safe_rule": "borne out", "holds": True, "beyond_chance": None, "states": "Sharing grows", "threshold": "If it fell.", "figures": [], "chapters": [],
    } | changes  # fmt: skip


def made(**changes):
    """Return a publication of a ledger; `changes` replace its lists."""
    ledger = {
        "schema_version": 2,
        "edition": {"name": "2026-01-31-made", "date": "2026-01-31", "as_of": ""},
        "sources": [source("alpha"), source("beta")],
        "figures": [figure("a.share"), figure("a.span.low", shown="2"), figure("a.span.high", shown="9"), figure("b.other", source="beta")],
        "ranges": [{"id": "a.span", "low": "a.span.low", "high": "a.span.high"}],
        "findings": [finding("a.helps")],
        "claims": [claim("grows")],
        "statements": [],
        "corrections": [],
        "aliases": [],
        "history": [],
        "countersigned": [],
        "totals": {"verdicts": {"quoted": 4}, "statements": 0, "bound": 0, "allowed": 0, "unbound": 0},
    }
    return Publication(None, ledger | changes, "https://example.org/")
