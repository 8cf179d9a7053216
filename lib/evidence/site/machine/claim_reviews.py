"""What the audit found of printed numbers, as `ClaimReview` of schema.org.

A number is reviewed when its verdict is `differs` or `disputed`, or when a correction names it as doubtful. What is reviewed are the source's own
words, which say of whom the number is and whether it rose or fell. The rating is the gravest of the grades that corrections declare and the
verdict, never the arithmetic alone: a number can follow from others and stand in a sentence that says the opposite.

| rank | what was found |
|---|---|
| 4 | nothing |
| 3 | one reading only |
| 2 | tension; disputed |
| 1 | contradiction; differs |
"""

from __future__ import annotations

from typing import Any

from evidence.audit import DOUBTED, MEANING
from evidence.charts import strip_links
from evidence.site.machine.identity import makers, source_of
from evidence.site.publication import Publication

RANKS = {"contradiction": 1, "differs": 1, "tension": 2, "disputed": 2, "one reading only": 3}
"""Rank of each grade of a correction, and of each verdict that says a number does not fit, from worst to best."""

BEST = 4
"""Rank of what nothing was found against; such numbers are not reviewed."""

Node = dict[str, Any]


def reviews(edition: Publication) -> list[Node]:
    """Return a review of each printed number that is in doubt, in the library's order.

    Source:
        https://schema.org/ClaimReview; search engines ask for `claimReviewed`, `reviewRating` and `url`.
    """
    doubted = [record for record in edition.ledger["figures"] if record["corrections"] or record["verdict"] in DOUBTED]
    return [_review(record, edition) for record in doubted if record["source"] != "computed"]


def _review(figure: Any, edition: Publication) -> Node:
    named = [record for record in edition.ledger["corrections"] if record["id"] in figure["corrections"]]
    return {
        "@type": "ClaimReview",
        "@id": f"{edition.url}chapters/audit.html#review-{figure['id']}",
        "url": f"{edition.url}chapters/audit.html" + (f"#correction-{named[0]['id']}" if named else ""),
        "claimReviewed": _stated(figure),
        "itemReviewed": _claim(figure, edition),
        "reviewRating": _rating(figure, named),
        "author": makers() | {"url": f"{edition.url}chapters/index.html"},
        "datePublished": edition.ledger["edition"]["date"],
        "inLanguage": "en-GB",
    }


def _claim(figure: Any, edition: Publication) -> Node:
    source = source_of(edition.sources[figure["source"]], edition)
    return {
        "@type": "Claim",
        "@id": f"{edition.url}chapters/{edition.address('figure', figure['id'])}",
        "name": f"{figure['population']}: {figure['stated']}",
        "text": _quote(figure) or _stated(figure),
        "appearance": {name: source[name] for name in ("@type", "@id", "name", "url", "datePublished") if name in source},
        "datePublished": figure["as_of"],
        **({"author": source["author"]} if "author" in source else {}),
    }


def _stated(figure: Any) -> str:
    """Return the number, whom it is about, and the source's own words where they are quoted: what is rated, with its direction."""
    quote = _quote(figure)
    return f"{figure['population']}: {figure['stated']}" + (f". In the source's words: “{quote}”" if quote else "")


def _quote(figure: Any) -> str:
    """Return the words of the source at the place that states the number as it is shown, else at the first that has any."""
    quoted = [place for place in figure["places"] if place["quote"]]
    return next((place["quote"] for place in quoted if place["stated"] == figure["stated"]), quoted[0]["quote"] if quoted else "")


def _rating(figure: Any, named: list[Any]) -> Node:
    told = [
        f"{record['title']} ({record['grade']}): {strip_links(record['what'])} {strip_links(record['consequence'])}" for record in named
    ]
    words = [record["grade"] for record in named] + [word for word in [figure["verdict"]] if word in RANKS]
    gravest = min(words, key=RANKS.__getitem__)
    return {
        "@type": "Rating",
        "alternateName": gravest,
        "ratingExplanation": " ".join([MEANING[figure["verdict"]], *told, strip_links(figure["doubt"])]).strip(),
        "ratingValue": RANKS[gravest],
        "bestRating": BEST,
        "worstRating": min(RANKS.values()),
    }
