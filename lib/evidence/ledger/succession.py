"""What became of an edition's figures in a newer edition, and the places in a page where a reader of the older one is told."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from typing import Any

from typing_extensions import TypedDict

from evidence.markup import html


class Fate(TypedDict):
    """What became of a figure."""

    state: str
    """`superseded`, `renamed` or `retired`."""
    now: str
    """What it states in the newer edition; empty when retired."""
    id: str
    """The id it has there; empty when retired."""
    reason: str
    """Why it was renamed or retired, where that is recorded."""


def fates(old: Mapping[str, Any], new: Mapping[str, Any]) -> dict[str, Fate]:
    """Return what became of each figure and range of an older ledger that a newer one states differently or not at all."""
    then, now = _stated(old), _stated(new)
    aliases = {row["old"]: row for row in aliases_of(new, "figure")}
    found = {identifier: _fate(identifier, stated, now, aliases.get(identifier)) for identifier, stated in then.items()}
    return {identifier: fate for identifier, fate in found.items() if fate}


def aliases_of(ledger: Mapping[str, Any], *kinds: str) -> list[dict[str, str]]:
    """Return the aliases of a ledger that are names of some kinds of thing."""
    return [row for row in ledger["aliases"] if (row.get("kind") or "figure") in kinds]


def _stated(ledger: Mapping[str, Any]) -> dict[str, tuple[str, str]]:
    """Return what each figure and range states, and for which period."""
    figures = {row["id"]: row for row in ledger["figures"]}
    single = {identifier: (row["shown"], row["period"]) for identifier, row in figures.items()}
    ranged = {row["id"]: (figures[row["low"]]["stated"], figures[row["low"]]["period"]) for row in ledger["ranges"]}
    return ranged | single


def _fate(identifier: str, stated: tuple[str, str], now: dict[str, tuple[str, str]], alias: dict[str, str] | None) -> Fate | None:
    if identifier in now:
        changed = now[identifier] != stated
        return Fate(state="superseded", now=", ".join(filter(None, now[identifier])), id=identifier, reason="") if changed else None
    if alias and alias["new"] in now:
        return Fate(state="renamed", now=now[alias["new"]][0], id=alias["new"], reason=alias["reason"])
    return Fate(state="retired", now="", id="", reason=alias["reason"] if alias else "")


NOTICE = "<!--newer-edition--><!--/newer-edition-->"
"""Place at the head of a page where a newer edition is announced."""

FATES = '<script type="application/json" id="evidence-newer">null</script>'
"""Place in a page for what became of its figures, read by the number cards."""


def entry_mark(identifier: str) -> str:
    """Return the place in a figure's entry where it is said what became of it."""
    return f"<!--fate {identifier}--><!--/fate-->"


def announce(page: str, name: str, edition: Mapping[str, str], fate_of: Mapping[str, Fate], address: Callable[[str], str]) -> str:
    """Return a page of an older edition with a newer one announced in it; whatever an earlier announcement said is replaced.

    Args:
        page: Its HTML.
        name: Where the same page stands in the newest edition, relative to this page.
        edition: The newest edition's record.
        fate_of: What became of the figures of the page's edition.
        address: Where the entry of an id stands in the newest edition, relative to this page.
    """
    told = html(
        '<p class="newer-edition" role="note">A newer edition, of {}, <a href="{}">has this page</a> too.</p>', edition["date"], name
    )
    page = re.sub(r"(<!--newer-edition-->).*?(<!--/newer-edition-->)", lambda m: f"{m[1]}{told}{m[2]}", page, flags=re.DOTALL)
    page = re.sub(
        r"(<!--fate (\S+?)-->).*?(<!--/fate-->)", lambda m: m[1] + _told(fate_of.get(m[2]), address) + m[3], page, flags=re.DOTALL
    )
    here = {
        key: {**fate_of[key], "address": address(fate_of[key]["id"])} for key in sorted(fate_of) if f'data-evidence="figure {key}"' in page
    }
    data = json.dumps({"edition": dict(edition), "figures": here}, ensure_ascii=False, sort_keys=True).replace("<", "\\u003c")
    opening, closing = FATES.split("null")
    return re.sub(f"({re.escape(opening)}).*?({re.escape(closing)})", lambda m: m[1] + data + m[2], page, flags=re.DOTALL)


def _told(fate: Fate | None, address: Callable[[str], str]) -> str:
    if fate is None:
        return ""
    reason = f" {fate['reason']}" if fate["reason"] else ""
    if not fate["id"]:
        return str(html('<p class="fate">Retired in a newer edition.{}</p>', reason))
    word = "Superseded: the newest edition states" if fate["state"] == "superseded" else "Renamed: the newest edition states"
    return str(html('<p class="fate">{} <a href="{}">{}</a>.{}</p>', word, address(fate["id"]), fate["now"], reason))
