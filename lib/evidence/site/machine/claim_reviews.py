"""What the audit found of printed numbers, as `ClaimReview` of schema.org.

A number is reviewed when its verdict is `differs` or `disputed`, or when a correction names it as doubtful. The rating is the verdict itself, as
text; beside it a rank where there was something to compare with:

| rank | verdict |
|---|---|
| 4 | reproduced |
| 3 | compatible |
| 2 | disputed |
| 1 | differs |

`quoted` has no rank: the number is what its source states, and only what surrounds it is in doubt. The rating's explanation says what the
verdict means and what the correction says of the number; a high rank beside a correction is no contradiction, since a number that follows
from others can still be misread or misused.
"""

from __future__ import annotations

from typing import Any

from evidence.audit.verdicts import MEANING
from evidence.charts import strip_links
from evidence.site.links import DOUBTFUL
from evidence.site.machine.makers import makers, source_of
from evidence.site.publication import Publication

RANKS = {"differs": 1, "disputed": 2, "compatible": 3, "reproduced": 4}
"""Rank of each verdict that comes of a comparison, from worst to best."""

Node = dict[str, Any]


def reviews(edition: Publication) -> list[Node]:
    """Return a review of each printed number that is in doubt, in the library's order.

    Source:
        https://schema.org/ClaimReview; search engines ask for `claimReviewed`, `reviewRating` and `url`.
    """
    doubted = [record for record in edition.ledger["figures"] if record["corrections"] or record["verdict"] in DOUBTFUL]
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
        "name": _stated(figure),
        "text": _printed(figure),
        "appearance": {name: source[name] for name in ("@type", "@id", "name", "url", "datePublished") if name in source},
        "datePublished": figure["as_of"],
        **({"author": source["author"]} if "author" in source else {}),
    }


def _stated(figure: Any) -> str:
    """Return the number with whom it is about: what is rated, where the sentence it stands in states more than one."""
    return f"{figure['population']}: {figure['stated']}"


def _printed(figure: Any) -> str:
    """Return the source's own words, or what it states where no words are quoted."""
    return next((place["quote"] for place in figure["places"] if place["quote"]), _stated(figure))


def _rating(figure: Any, named: list[Any]) -> Node:
    told = [
        f"{record['title']} ({record['grade']}): {strip_links(record['what'])} {strip_links(record['consequence'])}" for record in named
    ]
    rank = RANKS.get(figure["verdict"])
    return {
        "@type": "Rating",
        "alternateName": figure["verdict"],
        "ratingExplanation": " ".join([MEANING[figure["verdict"]], *told]),
        **({"ratingValue": rank, "bestRating": max(RANKS.values()), "worstRating": min(RANKS.values())} if rank else {}),
    }
