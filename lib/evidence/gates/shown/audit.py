"""The gate on a built site: each number that a page shows is admitted by a record that its element carries, or stands in a declared place."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

import soupsieve
from bs4 import Tag

from evidence.catalog import Library, load
from evidence.gates.data import Gate
from evidence.gates.shown.blocks import ShownBlock, classes, elements, heading_of
from evidence.gates.shown.built_pages import BuiltPage, read_pages
from evidence.gates.shown.carrying import Carried, Carriers
from evidence.gates.shown.place_pages import FOLDER, PlacePages
from evidence.gates.shown.records import KINDS, Records, strings
from evidence.parsing import parse_json
from evidence.places import Atlas
from evidence.problems import Place, Problem
from evidence.quantity import Found, find_numbers
from evidence.settings import LICENCES

_REMEDY = "Write it as a link to its figure, let the view that shows it link the record, or take it out."
_PLACES = Path(__file__).with_name("places.csv")
_LICENCES = tuple(spoken for spoken, _address in LICENCES.values())
"""Names of licences as readers see them, some with a version."""
_IN_CODE = re.compile(r"\[([^\]]*)\]\(figure:([\w.-]+)\)")
_ADDRESS = re.compile(r"\b(?:https?|tcp|mailto)://\S+")
_ID = re.compile(r"[a-z0-9-]+(?:\.[a-z0-9-]+)+")
_ROMAN = re.compile(r"(?<!\w)[IVXLCDM]+(?=\s?(?:%|per\s?cent|pct\b|pc\b|percentage))")
"""A number in Roman letters, which states one only before a unit."""

_SIGN = re.compile(r"[≠?] \(\w+\)$")
"""The sign and the word that the site sets behind a number in doubt."""

_AROUND = 20
"""How many characters to each side of a number in a page's description must stand in the page too."""


Looked = tuple[int, int, list[Problem]]
"""How many numbers were looked at, on how many pages, and what is wrong with them."""


def shown(site: Path, library: Library) -> Gate:
    """Return the outcome of the gate on what a built site shows.

    Args:
        site: Folder of the site, with its `ledger.json`.
        library: Data library of its edition.
    """
    return gate_on([look(site, library=library)])


def gate_on(parts: Iterable[Looked]) -> Gate:
    """Return the outcome of the gate on a site of which every part has been looked at."""
    numbers, pages, problems = zip(*parts, strict=True)
    note = f"{sum(numbers):,} numbers on {sum(pages)} pages"
    return Gate("what is shown", sum(numbers), [problem for part in problems for problem in part], note)


def look(site: Path, part: int = 0, parts: int = 1, library: Library | None = None) -> Looked:
    """Look at what a part of the pages of a built site shows, so that several processes can look at one each.

    Args:
        site: Folder of the site, with its `ledger.json`.
        part: Which part, from 0.
        parts: How many there are.
        library: Data library of its edition; that of the book when None.
    """
    library, share = library or load(), slice(part, None, parts)
    records = Records(parse_json((site / "ledger.json").read_text(encoding="utf-8")), library)
    atlas = Atlas(library)
    told = atlas.told if atlas else {}
    numbers, pages, problems = 0, 0, []
    for page in read_pages(site, but=site / FOLDER if atlas else None, share=share):
        looked_at, found = check_page(page, records, library, told)
        numbers, pages = numbers + looked_at, pages + 1
        problems += found
    if atlas:
        places = PlacePages(atlas, records, _numbers)
        problems += places.check(site, share)
        numbers, pages = numbers + places.looked_at, pages + places.pages
    return numbers, pages, problems


def check_page(
    page: BuiltPage, records: Records, library: Library, told: Mapping[str, str] = MappingProxyType({})
) -> tuple[int, list[Problem]]:
    """Return how many numbers a page shows, and what is wrong with them.

    Args:
        page: The page.
        records: The records of the edition.
        library: Its data library.
        told: What the data say of areas, by the key that an element bears in `data-fact`.
    """
    links = list(filter(_leads_to_figure, page.elements))
    allowed = [row["text"] for row in library.rows("allowed-numbers") if row["chapter"] in ("*", page.name)]
    reader = _PageReader(page, records, links, allowed)
    facts = list(filter(_tells_of_area, page.elements))
    problems = [*page.faults, *(problem for link in links for problem in reader.link(link)), *_cards(page, records)]
    problems += [problem for fact in facts for problem in reader.fact(fact, told)]
    looked_at = len(links) + len(facts)
    for block in page.blocks:
        numbers = _numbers(reader.masked(block))
        looked_at += len(numbers)
        problems += [reader.problem(block, found) for found in numbers if not reader.admitted(block, found)]
    return looked_at, problems


def _leads_to_figure(tag: Tag) -> bool:
    return str(tag.attrs.get("data-evidence", "")).startswith("figure ")


def _tells_of_area(tag: Tag) -> bool:
    return "data-fact" in tag.attrs


@lru_cache(maxsize=4096)
def _numbers(text: str) -> list[Found]:
    """Return the numbers of a text; most of what frames a page stands on all of them."""
    return [*find_numbers(text), *(Found(match[0], *match.span()) for match in _ROMAN.finditer(text))]


def _cards(page: BuiltPage, records: Records) -> Iterator[Problem]:
    """Yield what the cards of a page would show of a record that it does not say."""
    for script in (tag for tag in page.elements if tag.name == "script" and tag.get("id") == "evidence-cards"):
        held = parse_json(script.get_text())
        for kind in KINDS:
            for identifier, card in held.get(kind, {}).items():
                yield from _card(Place(page.path, name=f"card of {identifier}"), (kind, identifier), card, records)


def _card(place: Place, record: Carried, card: dict[str, Any], records: Records) -> Iterator[Problem]:
    for text in strings({name: part for name, part in card.items() if name != "address"}):
        if _numbers(text) and text not in records.ids and not records.says(*record, text):
            yield Problem(place, f"“{text[:120]}” is shown, and its record does not say it.", "Build the site anew.")


class _PageReader:
    """Judges the numbers of one page."""

    def __init__(self, page: BuiltPage, records: Records, links: list[Tag], allowed: list[str]) -> None:
        self._page, self._records = page, records
        self._carriers = Carriers(page.name, page.elements, records)
        self._linked = {id(part) for link in links for part in (link, *elements(link))}
        self._named = re.compile("|".join(map(re.escape, (records.edition, *_LICENCES))))  # a hash may look like a number
        self._allowed = [" ".join(text.replace('"', "").split()) for text in allowed]

    def link(self, link: Tag) -> Iterator[Problem]:
        """Yield what is wrong with a link to a figure."""
        identifier = str(link["data-evidence"]).partition(" ")[2]
        text = _SIGN.sub("", " ".join(link.get_text().split()))
        overtaken = link.find_next_sibling("span")
        if self._records.holds(identifier, text) or not find_numbers(text) or (overtaken and "overtaken" in classes(overtaken)):
            return
        place = Place(self._page.path, name=heading_of(link))
        yield Problem(place, f'"{text}" is shown as {identifier}, which does not admit it.', "Let the link say what its figure says.")

    def fact(self, fact: Tag, told: Mapping[str, str]) -> Iterator[Problem]:
        """Yield what is wrong with an element that shows what the data say of an area; all it shows is told by its key."""
        self._linked.add(id(fact))
        key, text = str(fact["data-fact"]), " ".join(fact.get_text().split())
        if told.get(key) != text:
            place = Place(self._page.path, name=heading_of(fact))
            yield Problem(
                place, f'"{text}" is shown as “{key}”, for which the data give {told.get(key, "nothing")}.', "Build the site anew."
            )

    def masked(self, block: ShownBlock) -> str:
        """Return the text of a block with links to figures, the name of the edition, ids of records and addresses blanked out, and links in code that hold."""
        text = block.text
        spans = _spans(_ADDRESS, text)
        spans += _spans(self._named, text)
        spans += [match.span() for match in _ID.finditer(text) if match[0] in self._records.ids]
        spans += [match.span() for match in _IN_CODE.finditer(text) if self._records.holds(match[2], match[1])]
        spans += [(start, end) for start, end, element in block.spans() if block.what == "text" and id(element) in self._linked]
        for start, end in spans:
            text = text[:start] + "\u2063" * (end - start) + text[end:]
        return text

    def admitted(self, block: ShownBlock, found: Found) -> bool:
        """Return whether anything admits a number of a block."""
        element = block.element(found.start)
        carried = self._carriers.carried(element)
        return (
            any(self._records.admits(kind, identifier, found.text) for kind, identifier in carried)
            or _inside(block.text, found, self._records.declared)
            or (self._carriers.written(element) and _inside(block.text, found, self._records.cells))
            or _inside(block.text.replace("“", " ").replace("”", " "), found, self._allowed)
            or _placed(element, found.text)
            or block.text.strip() in self._records.areas
            or (block.what == "metadata" and self._repeated(block, found))
            or any(self._records.holds(identifier, found.text) for kind, identifier in carried if kind == "figure")
        )

    def _repeated(self, block: ShownBlock, found: Found) -> bool:
        """Return whether a page's description repeats its words, or counts what the edition holds."""
        part = " ".join(block.text[max(0, found.start - _AROUND) : found.end + _AROUND].lower().split()).rstrip(";….")
        return part in self._page.text or self._records.admits("count", "", found.text)

    def problem(self, block: ShownBlock, found: Found) -> Problem:
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


def _inside(text: str, found: Found, told: frozenset[str] | list[str]) -> bool:
    """Return whether a number stands in one of the texts that are told word for word."""
    whole = " ".join(text.split()).lower()
    left = whole[: len(whole) - len(" ".join(text[found.start :].split()))]
    for words in told:
        at = whole.find(words.lower(), max(0, len(left) - len(words)))
        if 0 <= at <= len(left) and len(left) + len(found.text) <= at + len(words):
            return True
    return False


@dataclass(frozen=True, slots=True)
class DeclaredPlace:
    """Where pages show numbers that no record holds, a row of `places.csv`.

    Attributes:
        selector: CSS selector of the elements.
        form: How the words around such a number look.
        reason: Why it needs no record.
    """

    selector: soupsieve.SoupSieve
    form: re.Pattern[str]
    reason: str

    def holds(self, element: Tag, number: str) -> bool:
        """Return whether an element is of this place and a number has the form it has there."""
        return self.selector.match(element) and any(number in match[0] for match in self.form.finditer(_text_of(element)))


@cache
def declared_places() -> list[DeclaredPlace]:
    """Return the places where pages show numbers that no record holds."""
    with _PLACES.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    return [DeclaredPlace(soupsieve.compile(row["selector"]), re.compile(row["form"]), row["reason"]) for row in rows]


def _placed(element: Tag, number: str) -> bool:
    chain = [element, *(one for one in element.parents if one.name != "[document]")]
    return any(place.holds(one, number) for place in declared_places() for one in chain)


def _text_of(place: Tag) -> str:
    return " ".join(str(place.get("value") or place.get_text()).split())
