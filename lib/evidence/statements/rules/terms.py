"""Words by which a sentence says whom, where and when it is about, each with what a record must say that bears it out.

The lists are the engine's, of plain English; a book's own names come from its records, and its synonyms from `data/synonyms.csv`.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

from evidence.catalog.place_names import register
from evidence.statements.rules.times import Term, times

_FIRMS = r"(?:firms?|business(?:es)?|compan(?:y|ies)|employers?|enterprises?|ones?|traders?)"
_SIZES = {"micro": "micro sole", "small": "small sme micro", "medium": "medium sme", "large": "large 250 corporat"}
_SIZED = re.compile(
    rf"\b(?P<first>micro|small|medium|large)(?:[- ]sized)?(?:,? (?:and|or|to) (?P<second>small|medium|large)(?:[- ]sized)?)? {_FIRMS}\b",
    re.IGNORECASE,
)

TABLE = Path(__file__).with_suffix(".csv")
"""Words by kind, with the beginnings of words that bear them out; of places, the names of countries and regions."""


@lru_cache
def _words() -> dict[str, tuple[str, tuple[str, ...]]]:
    """Return kind and needs of each word of the table; words other than names of places are in lower case."""
    with TABLE.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    return {word: (row["kind"], tuple(row["borne_out_by"].split())) for row in rows for word in row["words"].split("|")}


_BEARER = re.compile(
    _FIRMS.replace("|ones?", "")
    + r"|people|adults?|parents?|women|men|workers?|employees?|staff|homes?|households?|famil(?:y|ies)|suppliers?|buyers?|customers?|stakeholders?"
    r"|schools?|colleges?|universit(?:y|ies)|councils?|apprentices?|students?|pupils?|children|graduates?|jobs?|neighbourhoods?|areas?|regions?|places?"
    r"|towns?|countries|nations?|spaces?|managers?|leaders?|members?|respondents?|residents?|voters?|patients?|banks?|organisations?|charities"
    r"|funding|funds|investment|grants?|sector"
    r"|entrepreneurs|professionals|freelancers?|owners?|partners?|participants?|carers?",
    re.IGNORECASE,
)
"""Those whom a word of quality tells apart from others of their kind; before anything else it says little: "new evidence", "public debate"."""
_TOO = re.compile(r"(?: \w+)? too\b")
"""Behind a word that tells who is among those whom a record counts, and not whom it is about."""
_WORD = re.compile(r"[A-Za-z]+(?:[-’'][A-Za-z]+)*")
_YEAR = re.compile(r"(?<![\d.,/])(?:19|20)\d\d(?:/\d\d)?(?![\d,]\d|\d|%)")
_AGE = re.compile(
    r"\b(?:aged? |ages |over-|under-|over |under )(?P<low>\d\d)(?:(?:s)?(?: to | and |[-–])(?P<high>\d\d))?s?\b", re.IGNORECASE
)
MONTHS = ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December")
_MONTH = re.compile(rf"\b(?P<month>{'|'.join(MONTHS)}) (?:19|20)\d\d\b")
_CAPITAL = re.compile(r"\b(?:[Ii]n|[Aa]cross|[Aa]round|[Oo]utside|[Nn]ear) the (?P<place>capital)\b(?! [a-z]+(?:s|ment)\b)")
"""The capital as a place, and not as money."""
_UNBROKEN = re.compile(r"\S+")
_NAME = re.compile(r"[A-Z][\w’'-]*(?:(?: (?:and|of|upon|the|on|in))* [A-Z][\w’'-]*)*")


_ALSO_WORDS = frozenset(
    [
        "Ash",
        "Bad",
        "Banks",
        "Barking",
        "Bath",
        "Battle",
        "Beer",
        "Bury",
        "Clones",
        "Deal",
        "Eye",
        "Hope",
        "Leek",
        "March",
        "Mere",
        "Mold",
        "Most",
        "Much",
        "Nice",
        "Of",
        "On",
        "Over",
        "Rake",
        "Reading",
        "Rugby",
        "Rush",
        "Rye",
        "Sale",
        "Send",
        "Split",
        "Stone",
        "Street",
        "Swords",
        "Trim",
        "Under",
        "Wash",
        "Wells",
        "Wick",
        "Wing",
    ]
)
"""Names of places that are words too: at the beginning of a sentence they are taken for these."""


@lru_cache
def needs_of(kind: str) -> tuple[str, ...]:
    """Return all that bears out any word of a kind."""
    own = " ".join(_SIZES.values()).split() if kind == "size" else []
    return tuple(dict.fromkeys([*own, *(need for word, needs in _words().values() if word == kind for need in needs)]))


@lru_cache(maxsize=8192)
def terms(sentence: str, places: frozenset[str]) -> tuple[Term, ...]:
    """Return the words of a sentence that say whom, where and when it is about; several rules ask for those of one sentence.

    Args:
        sentence: The sentence, what is not to be read in it blanked out.
        places: Names of places that the library knows besides.
    """
    return (*_sized(sentence), *_listed(sentence), *_dated(sentence), *times(sentence), *_placed(sentence, places))


def _sized(sentence: str) -> Iterator[Term]:
    for match in _SIZED.finditer(sentence):
        for part in ("first", "second"):
            if match[part]:
                yield Term("size", *match.span(part), match[part], tuple(_SIZES[match[part].lower()].split()))


def _dated(sentence: str) -> Iterator[Term]:
    """Yield the ages, years and months of a sentence."""
    for match in _AGE.finditer(sentence):
        yield from (Term("age", *match.span(part), match[part], (f"{match[part]}.",)) for part in ("low", "high") if match[part])
    for match in _YEAR.finditer(sentence):
        yield Term("period", *match.span(), match.group(), (f"{match.group()[:4]}.",))
    for match in _MONTH.finditer(sentence):
        yield Term("period", *match.span("month"), match["month"], (f"{match['month'].lower()}.",))


def _listed(sentence: str) -> Iterator[Term]:
    words, found = _words(), list(_WORD.finditer(sentence))
    read = [*(match.group().lower() for match in found), ""]
    for place, match in enumerate(found):
        pair = f"{read[place]} {read[place + 1]}"
        end = found[place + 1].end() if pair in words else match.end()
        hit = words.get(pair) or words.get(read[place])
        follows = found[place + 1].group() if read[place + 1] and sentence[end : end + 1] == " " else ""
        if hit and (hit[0] != "quality" or _BEARER.fullmatch(follows)) and not _TOO.match(sentence, end):
            yield Term(hit[0], match.start(), end, sentence[match.start() : end], hit[1])


def _placed(sentence: str, places: frozenset[str]) -> Iterator[Term]:
    """Yield the longest names of places in runs of capitalised words; the first word of a sentence alone only where the library knows it."""
    yield from (Term("place", *match.span("place"), match["place"], ("london", "capital")) for match in _CAPITAL.finditer(sentence))
    for run in _NAME.finditer(sentence):
        words = [match.span() for match in _UNBROKEN.finditer(run.group())]
        place = 0
        while place < len(words):
            for last in range(len(words), place, -1):
                name = run.group()[words[place][0] : words[last - 1][1]]
                name = name[:-2] if name.endswith(("’s", "'s")) else name
                start = run.start() + words[place][0]
                if needs := _place(name, places, first=start == 0):
                    yield Term("place", start, start + len(name), name, needs)
                    place = last - 1
                    break
            place += 1


def _place(name: str, places: frozenset[str], *, first: bool) -> tuple[str, ...]:
    """Return what bears out the name of a place, nothing where it is none; a word that begins a sentence may be but a word."""
    kind, needs = _words().get(name, ("", ()))
    if kind == "place":
        return needs
    known = name in places or (name in register() and name not in MONTHS and not (first and name in _ALSO_WORDS))
    return (f"{max(re.findall(r'[a-z]+', name.lower()), key=len)}.",) if known else ()
