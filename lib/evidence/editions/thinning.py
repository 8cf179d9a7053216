"""What a page of an archived edition does without: everything that is said elsewhere in the edition, or that only a build reads."""

from __future__ import annotations

import json
import re
from base64 import b64encode
from collections.abc import Iterable
from hashlib import sha256
from typing import Any

from evidence.charts import lean

_CARDS = re.compile(r'(<script type="application/json" id="evidence-cards">)(.*?)(</script>)', re.DOTALL)
_OF_THE_PAGE = ("book", "meaning", "words", "renamed")
"""What the cards of a page have that the records of the whole edition, which lie beside it as a script, have not."""
_GRAPH = re.compile(r'(<script type="application/ld\+json">)(.*?)(</script>)', re.DOTALL)
_AS_IT_IS = re.compile(r"(<(pre|script|style|textarea)\b.*?</\2>)", re.DOTALL)
"""Parts of a page in which each space counts."""
_UNREAD = re.compile(r' data-fact="[^"]*"|<details class="ledger-ids">.*?</details>', re.DOTALL)
"""What only the check of a built site reads; and the list of where entries stand that had their address on the page of the ledger before there were editions."""
_LINK = re.compile(r'(<a class="(figure|claim|finding)[^"]*" href="[^"#]*#([^"]+)") data-evidence="\2 ([^"]+)"')
_WITH_CARDS = 'id="evidence-cards"'
_IMPLIED = re.compile(r"</(?:td|th|tr|li|dt|dd)>\s*(?=</?(?:td|th|tr|tbody|thead|table|li|ul|ol|dt|dd|dl|div)\b)")
"""Ends of cells, rows and items that HTML leaves out, for the next one or the end of all of them is theirs; with the lines between, which nobody sees."""
_PICTURE = re.compile(r"<svg.*?</svg>", re.DOTALL)
_BETWEEN = re.compile(r">\s*\n\s*<")


def thinned(page: str, *, by_address: bool = False) -> str:
    """Return a page of an edition without what it can do without; a reader finds the same page.

    Cards are in the script of the whole edition as well; a source that programs are told of is described on its own page, by whose name they are
    told it here; lines between elements begin without spaces, and ends that HTML leaves out are left out.

    Args:
        page: The page.
        by_address: Whether the scripts of the edition find out by the address of a link of which record it is.
    """
    if by_address and _WITH_CARDS in page:
        page = _LINK.sub(_unnamed, page)
    page = _PICTURE.sub(lambda match: lean(match[0]), _UNREAD.sub("", page))
    page = _GRAPH.sub(lambda match: match[1] + _dense(_by_name(json.loads(match[2]))) + match[3], _CARDS.sub(_own_cards, page))
    parts = _AS_IT_IS.split(page)
    return "".join(
        _IMPLIED.sub("", _BETWEEN.sub(">\n<", part)) if place % 3 == 0 else part * (place % 3 == 1) for place, part in enumerate(parts)
    )


def _unnamed(link: re.Match[str]) -> str:
    """Return a link without the name of its record where the address gives it."""
    return link[1] if link[3].removeprefix(f"{link[2]}-") == link[4] else link[0]


def _own_cards(match: re.Match[str]) -> str:
    own = {name: part for name, part in json.loads(match[2]).items() if name in _OF_THE_PAGE}
    return match[1] + _dense(own) + match[3]


def _dense(content: Any) -> str:
    return json.dumps(content, ensure_ascii=False, separators=(",", ":"), sort_keys=True).replace("<", "\\u003c")


def _by_name(graph: Any) -> Any:
    """Return what programs are told of a page: each source that has a name by it alone, and no reviews of claims, which search engines take from the newest."""
    if isinstance(graph, dict) and "@graph" in graph:
        graph["@graph"] = [node for node in graph["@graph"] if not (isinstance(node, dict) and node.get("@type") == "ClaimReview")]
    for node in graph.get("@graph", ()) if isinstance(graph, dict) else ():
        if isinstance(cited := node.get("citation"), list):
            node["citation"] = [{"@id": source["@id"]} if isinstance(source, dict) and "@id" in source else source for source in cited]
    return graph


def without_hashes(page: str, scripts: Iterable[str]) -> str:
    """Return a page whose policy no longer lets some scripts run in its text, for they are files now."""
    for script in scripts:
        page = page.replace(f" &#x27;sha256-{b64encode(sha256(script.encode()).digest()).decode()}&#x27;", "", 1)
    return page
