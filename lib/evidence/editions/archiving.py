"""What makes an archived edition one that can be trusted alone: it cites itself, tells what became of its records, and loses no address."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from evidence.editions.shelf import dense
from evidence.ledger.fates import Fate, aliases_of
from evidence.ledger.succession import announce
from evidence.markup import Html, html, joined
from evidence.parsing import parse_json

BOOK = "book.json"
"""File of a site that says what book it is of: title, address, edition, licence."""

_REWRITTEN = (
    "*.html",
    "chapters/*.html",
    "embed/*.html",
    "charts/*.html",
    "citation.bib",
    "sitemap.xml",
    "feed.xml",
    "datapackage.json",
    BOOK,
)
_BELOW = r"(?=chapters/|charts/|embed/|figures/|data/|_static/previews/|index\.html|ledger\.|citation\.bib|feed\.xml|sitemap\.xml)"
_SECTION = re.compile(r'<section id="([^"]+)">')
_END = re.compile(r"(?=</article>)")


def address_of(site: Path) -> str:
    """Return the address a site was built for, ending in a slash; empty where it does not say."""
    file = site / BOOK
    return str(parse_json(file.read_text(encoding="utf-8"))["address"]) if file.is_file() else ""


def lead_to_itself(folder: Path, name: str) -> None:
    """Let the pages and citations in the folder of an edition lead to the edition's own address, and not to whatever is newest.

    Args:
        folder: The edition's folder in the published tree.
        name: Name of the edition.
    """
    if not (address := address_of(folder)):
        return
    own = f"{address}editions/{name}/"
    here = re.compile(f"{re.escape(address)}{_BELOW}")
    # A citation ends with the bare address of the book.
    cited = re.compile(rf"(Edition {re.escape(name)}[^<\n]{{0,40}}?){re.escape(address)}(?=[\"<&\s}}\\]|$)")
    bare = re.compile(rf"(?m)^(\s*url = \{{){re.escape(address)}(?=\}},$)")
    for pattern in _REWRITTEN:
        for file in sorted(folder.glob(pattern)):
            text = file.read_text(encoding="utf-8")
            made = bare.sub(rf"\g<1>{own}", cited.sub(rf"\g<1>{own}", here.sub(own, text)))
            if file.name == BOOK:
                made = json.dumps({**parse_json(text), "here": own}, indent=1) + "\n"
            if made != text:
                file.write_text(made, encoding="utf-8")


def announce_in(folder: Path, newest: Mapping[str, Any], fate_of: Mapping[str, Fate], page_of: Callable[[str], str]) -> None:
    """Tell the readers of an older edition what became of it.

    Args:
        folder: The edition's folder in the published tree.
        newest: The ledger of the newest edition.
        fate_of: What became of the records of this one.
        page_of: Returns the text of a page below `chapters/` of the newest edition; empty where there is none.
    """
    address = _addresses(newest)
    for page in sorted(folder.glob("chapters/*.html")):
        name, known = _successor(page.stem, page_of, newest)
        text = announce(
            page.read_text(encoding="utf-8"), f"../../../chapters/{name}.html", newest["edition"], fate_of, address, known=known
        )
        page.write_text(text, encoding="utf-8")
    for file in sorted(folder.glob("figures/*.json")):
        _tell(file, newest, fate_of)
    for kind in ("charts", "embed"):
        for file in sorted(folder.glob(f"{kind}/*.html")):
            _warn(file, newest, fate_of)


def _successor(page: str, page_of: Callable[[str], str], newest: Mapping[str, Any]) -> tuple[str, bool]:
    """Return the page of the newest edition that a page of an older one leads to, and whether it is the same page."""
    renamed = {row["old"]: row["new"] for row in aliases_of(newest, "chapter")}
    renamed |= {f"ledger-{row['old']}": f"ledger-{row['new']}" for row in aliases_of(newest, "source") if row["new"]}
    current = renamed.get(page) or page
    there = page_of(f"{current}.html")
    return (current, True) if there and _LEADS not in there else ("index", False)


def _addresses(newest: Mapping[str, Any]) -> Any:
    source_of = {row["id"]: row["source"] for row in newest["figures"]}
    source_of |= {row["id"]: source_of[row["low"]] for row in newest["ranges"]}
    found_in = {row["id"]: row["source"] for row in newest.get("findings", ())}

    def address(key: str, fate: Fate) -> str:
        if not fate["id"]:
            return ""
        kind = key.partition(":")[0] if ":" in key else "figure"
        if kind == "claim":
            return f"../../../chapters/ledger.html#claim-{fate['id']}"
        source = found_in[fate["id"]] if kind == "finding" else source_of[fate["id"]]
        return f"../../../chapters/ledger-{source}.html#{'finding-' if kind == 'finding' else ''}{fate['id']}"

    return address


def _tell(file: Path, newest: Mapping[str, Any], fate_of: Mapping[str, Fate]) -> None:
    """Write into the JSON of a figure what became of it."""
    record = parse_json(file.read_text(encoding="utf-8"))
    fate = fate_of.get(record["id"])
    told: dict[str, Any] = {
        "state": fate["state"] if fate else "current",
        "successor": None,
        "reason": fate["reason"] if fate else "",
        "changes": [],
    }
    if fate:
        told["changes"] = fate["changes"]
        told["successor"] = {"id": fate["id"], "shown": fate["now"], "edition": newest["edition"]["name"]} if fate["id"] else None
    if any(record.get(name) != part for name, part in told.items()):
        file.write_text(dense(record | told), encoding="utf-8")


_DRAWN = re.compile(r'data-evidence="figure ([^"]+)"')
_NOTICE = re.compile(r"(<!--newer-edition-->).*?(<!--/newer-edition-->)", re.DOTALL)


def _warn(file: Path, newest: Mapping[str, Any], fate_of: Mapping[str, Fate]) -> None:
    """Write into the page of a chart, also one that stands in the page of somebody else, what became of its numbers; nothing where all stand."""
    text = file.read_text(encoding="utf-8")
    found = [fate_of[name] for name in dict.fromkeys(_DRAWN.findall(text)) if name in fate_of]
    told = _of_chart({fate["state"] for fate in found if fate["state"] != "renamed"}, file.name, newest["edition"]["date"])
    made = _NOTICE.sub(lambda match: f"{match[1]}{told}{match[2]}", text, count=1)
    if made != text:
        file.write_text(made, encoding="utf-8")


def _of_chart(states: set[str], name: str, date: str) -> str:
    """Return the notice of a chart whose numbers came to these states, the gravest first."""
    worded = {
        "corrected": "Corrected: a number of this chart was a slip",
        "retired": "Superseded: a number of this chart was retired",
        "superseded": "Superseded: a number of this chart is another",
        "changed": "Changed: what is said of a number of this chart is another",
    }
    word = next((words for state, words in worded.items() if state in states), "")
    link = f"../../../charts/{name}"
    said = '<p class="newer-edition" role="note">{} in the <a href="{}" target="_top">newest edition, of {}</a>.</p>'
    return str(html(said, word, link, date)) if word else ""


_LEADS = 'data-leads="on"'


def lead_on(root: Path, editions: Sequence[Mapping[str, str]], pages: Callable[[str], Iterable[tuple[str, str]]]) -> None:
    """Keep every address that an earlier edition had at the root: its pages, and the anchors of its headings.

    Args:
        root: Folder with the newest edition.
        editions: The published editions, oldest first.
        pages: Returns the pages of an edition by its name that may not be lost, each with its text.
    """
    for edition in reversed(editions[:-1]):
        for name, text in sorted(pages(edition["name"])):
            there = root / name
            there.parent.mkdir(exist_ok=True)
            if there.exists():
                _keep_anchors(there, text, edition)
            else:
                there.write_text(_gone(name, edition), encoding="utf-8")


def _gone(page: str, edition: Mapping[str, str]) -> str:
    """Return the page that stands where a page was that the newest edition has no more."""
    old = f"../editions/{edition['name']}/{page}"
    return str(
        html(
            '<!DOCTYPE html>\n<html lang="en-GB" {}><head><meta charset="utf-8"><title>This page is not in the newest edition</title>'
            '<meta name="robots" content="noindex"><meta name="viewport" content="width=device-width"></head><body>'
            '<main><h1>This page is not in the newest edition</h1><p>It stands in <a href="{}">the edition of {}</a>. '
            '<a href="../chapters/index.html">The newest edition begins here</a>.</p></main></body></html>\n',
            *(Html(_LEADS), old, edition["date"]),
        )
    )


def _keep_anchors(there: Path, page: str, edition: Mapping[str, str]) -> None:
    """Let the anchors of headings that an older edition's page had, and the newest has not, lead to where they stood."""
    text = there.read_text(encoding="utf-8")
    lost = [name for name in _sections(page) if f'id="{name}"' not in text]
    if lost and _LEADS not in text:
        old = f"../editions/{edition['name']}/chapters/{there.name}"
        told = (
            '<p class="moved" id="{0}">A part of this page that stood at this address is in <a href="{1}#{0}">the edition of {2}</a>.</p>'
        )
        there.write_text(_END.sub(str(joined(html(told, name, old, edition["date"]) for name in lost)), text, count=1), encoding="utf-8")


def _sections(page: str) -> Iterator[str]:
    yield from dict.fromkeys(_SECTION.findall(page))
