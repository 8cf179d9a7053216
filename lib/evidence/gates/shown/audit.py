"""The gate on a built site: each number that a page shows is admitted by a record that its element carries, or stands in a declared place."""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Iterator
from functools import cache, lru_cache
from pathlib import Path

import soupsieve
from bs4 import Tag

from evidence.catalog import Library
from evidence.gates.data import Gate
from evidence.gates.shown.carrying import Carriers
from evidence.gates.shown.pages import Page, read_pages
from evidence.gates.shown.reading import Block, heading_of
from evidence.gates.shown.records import Records
from evidence.problems import Place, Problem
from evidence.quantity import Found, find_numbers

_REMEDY = "Write it as a link to its figure, let the view that shows it link the record, or take it out."
_PLACES = Path(__file__).with_name("places.csv")
_IN_CODE = re.compile(r"\[([^\]]*)\]\(figure:([\w.-]+)\)")
_ADDRESS = re.compile(r"\b(?:https?|tcp|mailto)://\S+")
_ID = re.compile(r"[a-z0-9-]+(?:\.[a-z0-9-]+)+")
_SIGN = re.compile(r"[≠?] \(\w+\)$")
"""The sign and the word that the site sets behind a number in doubt."""

_AROUND = 20
"""How many characters to each side of a number in a page's description must stand in the page too."""


def shown(site: Path, library: Library) -> Gate:
    """Return the outcome of the gate on what a built site shows.

    Args:
        site: Folder of the site, with its `ledger.json`.
        library: Data library of its edition.
    """
    records = Records(json.loads((site / "ledger.json").read_text(encoding="utf-8")), library)
    gate, pages = Gate("what is shown"), 0
    for page in read_pages(site):
        looked_at, problems = check_page(page, records, library)
        gate.looked_at += looked_at
        gate.problems += problems
        pages += 1
    gate.note = f"{gate.looked_at:,} numbers on {pages} pages"
    return gate


def check_page(page: Page, records: Records, library: Library) -> tuple[int, list[Problem]]:
    """Return how many numbers a page shows, and what is wrong with them."""
    reader = _Reader(page, records, [row["text"] for row in library.rows("allowed-numbers") if row["chapter"] in ("*", page.name)])
    links = page.whole.select('[data-evidence^="figure "]')
    problems = [*page.faults, *(problem for link in links for problem in reader.link(link))]
    looked_at = len(links)
    for block in page.blocks:
        numbers = _numbers(reader.masked(block))
        looked_at += len(numbers)
        problems += [reader.problem(block, found) for found in numbers if not reader.admitted(block, found)]
    return looked_at, problems


@lru_cache(maxsize=4096)
def _numbers(text: str) -> list[Found]:
    """Return the numbers of a text; most of what frames a page stands on all of them."""
    return find_numbers(text)


class _Reader:
    """Judges the numbers of one page."""

    def __init__(self, page: Page, records: Records, allowed: list[str]) -> None:
        self._page, self._records = page, records
        self._carriers = Carriers(page.name, page.whole, records)
        self._allowed = [" ".join(text.replace('"', "").split()) for text in allowed]

    def link(self, link: Tag) -> Iterator[Problem]:
        """Yield what is wrong with a link to a figure."""
        identifier = str(link["data-evidence"]).partition(" ")[2]
        text = _SIGN.sub("", " ".join(link.get_text().split()))
        overtaken = link.find_next_sibling("span")
        if self._records.holds(identifier, text) or not find_numbers(text) or (overtaken and "overtaken" in (overtaken.get("class") or ())):
            return
        place = Place(self._page.path, name=heading_of(link))
        yield Problem(place, f'"{text}" is shown as {identifier}, which does not admit it.', "Let the link say what its figure says.")

    def masked(self, block: Block) -> str:
        """Return the text of a block with links to figures, ids of records and addresses blanked out, and links in code that hold."""
        text = block.text
        spans = [span for pattern in (_ADDRESS,) for span in _spans(pattern, text)]
        spans += [match.span() for match in _ID.finditer(text) if match[0] in self._records.ids]
        spans += [match.span() for match in _IN_CODE.finditer(text) if self._records.holds(match[2], match[1])]
        spans += [(start, end) for start, end, element in block.spans() if block.what == "text" and _linked(element)]
        for start, end in spans:
            text = text[:start] + "\u2063" * (end - start) + text[end:]
        return text

    def admitted(self, block: Block, found: Found) -> bool:
        """Return whether anything admits a number of a block."""
        element = block.element(found.start)
        carried = self._carriers.carried(element)
        return (
            any(self._records.admits(kind, identifier, found.text) for kind, identifier in carried)
            or _inside(block.text, found, self._records.verbatim)
            or _inside(block.text.replace("“", " ").replace("”", " "), found, self._allowed)
            or _placed(element, found.text)
            or (block.what == "metadata" and self._repeated(block, found))
            or any(self._records.holds(identifier, found.text) for kind, identifier in carried if kind == "figure")
        )

    def _repeated(self, block: Block, found: Found) -> bool:
        """Return whether a page's description repeats its words, or counts what the edition holds."""
        part = " ".join(block.text[max(0, found.start - _AROUND) : found.end + _AROUND].lower().split()).rstrip(";….")
        return part in self._page.text or self._records.admits("count", "", found.text)

    def problem(self, block: Block, found: Found) -> Problem:
        """Return what is said of a number that nothing admits."""
        first, last = max(0, found.start - 60), found.end + 60
        sentence = " ".join(block.text[first:last].split())
        where = "" if block.what == "text" else f" ({block.what})"
        return Problem(
            Place(self._page.path, name=block.heading),
            f'"{found.text}"{where} is shown, and no record beside it admits it: “{sentence}”.',
            _REMEDY,
        )


def _spans(pattern: re.Pattern[str], text: str) -> list[tuple[int, int]]:
    return [match.span() for match in pattern.finditer(text)]


def _linked(element: Tag) -> bool:
    return any(str(one.get("data-evidence", "")).startswith("figure ") for one in (element, *element.parents))


def _inside(text: str, found: Found, told: frozenset[str] | list[str]) -> bool:
    """Return whether a number stands in one of the texts that are told word for word."""
    whole = " ".join(text.split()).lower()
    left = whole[: len(whole) - len(" ".join(text[found.start :].split()))]
    for words in told:
        at = whole.find(words.lower(), max(0, len(left) - len(words)))
        if 0 <= at <= len(left) and len(left) + len(found.text) <= at + len(words):
            return True
    return False


@cache
def _places() -> list[tuple[soupsieve.SoupSieve, re.Pattern[str]]]:
    with _PLACES.open(encoding="utf-8", newline="") as file:
        return [(soupsieve.compile(row["selector"]), re.compile(row["form"])) for row in csv.DictReader(file)]


def _placed(element: Tag, number: str) -> bool:
    """Return whether a number has the form of a declared place that its element stands in."""
    chain = [element, *(one for one in element.parents if one.name != "[document]")]
    for selector, form in _places():
        for place in filter(selector.match, chain):
            if any(number in match[0] for match in form.finditer(_text_of(place))):
                return True
    return False


def _text_of(place: Tag) -> str:
    return " ".join(str(place.get("value") or place.get_text()).split())
