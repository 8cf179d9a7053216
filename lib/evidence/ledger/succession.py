"""The places in a page of an edition where a reader is told that there is a newer one, and what became of its records."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping

from evidence.ledger.fates import Fate, shown
from evidence.markup import html

NOTICE = "<!--newer-edition--><!--/newer-edition-->"
"""Place at the head of a page where a newer edition is announced."""

_NAMED = re.compile(r'data-evidence="([^"]+)"')
_LINK = re.compile(r'<a class="(figure|claim|finding)[^"]*" href="[^"#]*#([^"]+)"')
"""A link that names its record by its class and its address."""

FATES = '<script type="application/json" id="evidence-newer">null</script>'
"""Place in a page for what became of its figures, read by the number cards."""


def entry_mark(identifier: str) -> str:
    """Return the place in an entry where it is said what became of its record: of a figure by its id, else by its kind and id with a colon between."""
    return f"<!--fate {identifier}--><!--/fate-->"


def announce(
    page: str,
    name: str,
    edition: Mapping[str, str],
    fate_of: Mapping[str, Fate],
    address: Callable[[str, Fate], str],
    *,
    known: bool = True,
) -> str:
    """Return a page of an older edition with a newer one announced in it; whatever an earlier announcement said is replaced.

    Args:
        page: Its HTML.
        name: Where the same page stands in the newest edition, relative to this page.
        edition: The newest edition's record.
        fate_of: What became of the records of the page's edition.
        address: Where what became of a record stands in the newest edition, relative to this page.
        known: Whether the newest edition has the page; else `name` is its front page.
    """
    words = '<a href="{1}">has this page</a> too' if known else 'does not have this page; <a href="{1}">it begins here</a>'
    told = html(f'<p class="newer-edition" role="note">A newer edition, of {{0}}, {words}.</p>', edition["date"], name)
    page = re.sub(r"(<!--newer-edition-->).*?(<!--/newer-edition-->)", lambda m: f"{m[1]}{told}{m[2]}", page, flags=re.DOTALL)
    page = re.sub(
        r"(<!--fate (\S+?)-->).*?(<!--/fate-->)", lambda m: m[1] + _told(m[2], fate_of.get(m[2]), address) + m[3], page, flags=re.DOTALL
    )
    linked = {*_NAMED.findall(page), *(f"{kind} {part.removeprefix(f'{kind}-')}" for kind, part in _LINK.findall(page))}
    here = {
        key: {**fate, "changes": list(shown(fate["changes"])), "address": address(key, fate)}
        for key, fate in sorted(fate_of.items())
        if _named(key) in linked
    }
    data = json.dumps({"edition": dict(edition), "figures": here}, ensure_ascii=False, sort_keys=True).replace("<", "\\u003c")
    opening, closing = FATES.split("null")
    return re.sub(f"({re.escape(opening)}).*?({re.escape(closing)})", lambda m: m[1] + data + m[2], page, flags=re.DOTALL)


def _named(key: str) -> str:
    """Return kind and id of a record as links name it.

    Example:
        >>> _named("firms.all"), _named("claim:more-firms")
        ('figure firms.all', 'claim more-firms')
    """
    return key.replace(":", " ", 1) if ":" in key else f"figure {key}"


_SAID = {
    "corrected": "Corrected: what this edition states was a slip of ours. The newest edition states",
    "superseded": "Superseded: the newest edition states",
    "changed": "The number stands; what is said of it has changed. The newest edition states",
    "renamed": "Renamed: the newest edition states",
}


def _told(key: str, fate: Fate | None, address: Callable[[str, Fate], str]) -> str:
    if fate is None:
        return ""
    reason = f" {fate['reason']}" if fate["reason"] else ""
    if not fate["id"]:
        return str(html('<p class="fate">Retired in a newer edition.{}</p>', reason))
    rest = "; ".join(shown(fate["changes"]))
    also = f" Changed with it: {rest}." if rest else ""
    return str(html('<p class="fate">{} <a href="{}">{}</a>.{}{}</p>', _SAID[fate["state"]], address(key, fate), fate["now"], reason, also))
