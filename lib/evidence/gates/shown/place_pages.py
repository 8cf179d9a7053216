"""The pages of areas, which stand outside of the theme: every number on them is one that the data give for its key, and of an area that the page is about."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Iterator, Set
from dataclasses import dataclass, field
from functools import cached_property
from html import unescape
from pathlib import Path

from evidence.gates.shown.built_pages import ALL
from evidence.gates.shown.records import Records
from evidence.places import COUNTRY, Area, Atlas, Fact, region_slug
from evidence.problems import Place, Problem
from evidence.quantity import Found

FOLDER = "places"
"""Folder of the pages on a built site."""

_FACT = re.compile(r'<(\w+)[^<>]*? data-fact="([^"]*)"[^<>]*>([^<>]*)</\1>')
_FIGURE = re.compile(r'<li data-evidence="figure ([\w.-]+)">(.*?)</li>', re.DOTALL)
_UNSHOWN = re.compile(r"<(script|style|code)\b.*?</\1>|<link\b[^>]*>|<meta (?:name=.viewport|http-equiv=)[^>]*>|<!DOCTYPE[^>]*>", re.DOTALL)
_SAID = re.compile(r'\b(?:title|alt|aria-label|aria-description|placeholder|label|content|value)="([^"]*)"')
_INLINE = re.compile(r"</?(?:a|b|q|small|span)\b[^<>]*>")
_TAG = re.compile(r"<[^<>]*>")
_GONE = "\u2063"
"""What stands in place of a number that is proved, and is no word."""

_REMEDY = "Build the site anew; let the section that shows it put it there with atlas.show."


@dataclass
class PlacePages:
    """The gate on the pages of areas of a built site.

    Attributes:
        atlas: The areas, made anew from the library.
        records: The records of the edition.
        numbers: Reads the numbers of a text.
        looked_at: How many numbers were looked at.
        pages: How many pages.
    """

    atlas: Atlas
    records: Records
    numbers: Callable[[str], list[Found]]
    looked_at: int = 0
    pages: int = 0
    _about: dict[str, Set[str]] = field(init=False)

    def __post_init__(self) -> None:
        self._about = {f"{self.atlas.address(area)}.html": self._codes(area) for area in self.atlas.areas}
        self._about |= {
            f"{region_slug(name)}.html": {area.code for area in areas} | {COUNTRY} for name, areas in self.atlas.regions.items()
        }

    def _codes(self, area: Area) -> Set[str]:
        return {
            area.code,
            *area.neighbours,
            *(one.code for one in self.atlas.alike(area)),
            *area.overlaps,
            COUNTRY,
            f"{area.areas}/{area.code}",
        }

    def check(self, site: Path, share: slice = ALL) -> Iterator[Problem]:
        """Yield what is wrong with the pages and files of areas on a site: each has its page, and no other page is there.

        Args:
            site: Folder of the site.
            share: Which of the pages and files.
        """
        folder = site / FOLDER
        there = {path.name for path in folder.glob("*.html")}
        for name in sorted(there | self._about.keys())[share]:
            if name in there and name in self._about:
                self.pages += 1
                yield from self.page(name, (folder / name).read_text(encoding="utf-8"))
            else:
                told = "no area or region has this page." if name in there else "an area or region has no page."
                yield Problem(Place(f"{FOLDER}/{name}"), told, "Build the site anew.")
        for file in sorted(folder.glob("*.csv"))[share]:
            yield from self._table(file.name, file.read_text(encoding="utf-8-sig"))

    def page(self, name: str, text: str) -> Iterator[Problem]:
        """Yield what is wrong with the numbers of a page."""
        place = Place(f"{FOLDER}/{name}")
        facts: list[tuple[str, str]] = []

        def taken(match: re.Match[str]) -> str:
            facts.append((match[2], match[3]))
            return _GONE

        unproved = _FACT.sub(taken, text)
        for key, shown in facts:
            self.looked_at += 1
            yield from self._fact(place, unescape(key), unescape(shown), self._about[name])
        for identifier, inner in _FIGURE.findall(text):
            for found in self.numbers(_words(inner)):
                self.looked_at += 1
                if not (self.records.admits("figure", identifier, found.text) or self.records.holds(identifier, found.text)):
                    yield Problem(place, f'"{found.text}" is shown of {identifier}, whose record does not say it.', _REMEDY)
        rest = _UNSHOWN.sub(" ", _FIGURE.sub("", unproved))
        for block in (*_SAID.findall(rest), *_TAG.split(_INLINE.sub("", rest))):
            yield from self._unmarked(place, " ".join(unescape(block).split()))

    def _fact(self, place: Place, key: str, shown: str, codes: Set[str]) -> Iterator[Problem]:
        """Yield what is wrong with a number that says which it is."""
        if self.atlas.told.get(key) != shown:
            found = self.atlas.told.get(key, "nothing")
            yield Problem(place, f'"{shown}" is shown as “{key}”, for which the data give {found}.', _REMEDY)
        code = key.rpartition(" ")[2]
        if code in self._every and code not in codes:
            yield Problem(place, f'"{shown}" is the number of another area ({key}).', _REMEDY)

    @cached_property
    def _every(self) -> Set[str]:
        return {code for area in self.atlas.areas for code in (area.code, f"{area.areas}/{area.code}")}

    def _unmarked(self, place: Place, block: str) -> Iterator[Problem]:
        for found in self.numbers(block):
            self.looked_at += 1
            if not any(found.text in cell and cell in block for cell in self._cells):
                yield Problem(place, f'"{found.text}" is shown, and nothing says which number it is: “{block[:120]}”.', _REMEDY)

    @cached_property
    def _cells(self) -> list[str]:
        """Texts of the library that a page may tell word for word, those that hold a number."""
        library = self.atlas.library
        asked = {"place-facts": ("about", "label", "short"), "place-areas": ("attribution", "about"), "place-tables": ("source", "licence")}
        cells = [str(row[column]) for table, columns in asked.items() for row in library.rows(table) for column in columns]
        cells += [area.name for area in self.atlas.areas] + list(self.atlas.regions)
        cells += [cell for table, column in self.records.told_in_full for cell in (str(row[column]) for row in library.rows(table))]
        return list(dict.fromkeys(text for cell in cells if self.numbers(text := " ".join(cell.split()))))

    def _table(self, name: str, text: str) -> Iterator[Problem]:
        """Yield the values of a file of an area that the data do not give."""
        by_label = {(fact.row["areas"], fact.row["label"]): fact for facts in self.atlas.facts.values() for fact in facts}
        for number, row in enumerate(csv.DictReader(io.StringIO(text, newline="")), start=2):
            self.looked_at += 1
            fact = by_label.get((row["boundaries"], row["measure"]))
            if fact is None or row["value"] != _written(fact, row["code"] or COUNTRY) or row["period"] != fact.period:
                place = Place(f"{FOLDER}/{name}", row=number)
                yield Problem(
                    place, f"{row['measure']} of {row['place']} is not {row['value']} in {row['period']}.", "Build the site anew."
                )


def _written(fact: Fact, code: str) -> str:
    return f"{fact.values[code]:.{fact.row['decimals']}f}" if code in fact.values else ""


def _words(inner: str) -> str:
    return " ".join(unescape(_TAG.sub("", inner)).split())
