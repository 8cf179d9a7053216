"""Listings: things that prose names one after the other, each with a number of one kind: "112 in Carrick, 87 in Doon", "Parking yields £8m, tolls £2m"."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property, lru_cache
from itertools import islice, takewhile

from evidence.referee.constructions.listed_names import named_by, names_of
from evidence.referee.mentions import Occurrence, Sentence
from evidence.referee.relations.reach import Reach, base, singular

LEAST = 3
"""How many things make a listing."""


@dataclass(frozen=True, eq=False, slots=True)
class ListedThing:
    """A thing of a listing with its number.

    Attributes:
        name: What it is called, in small letters, without what all of them have.
        mention: Its number as it stands.
        value: Its number, in the unit and scale of the first.
    """

    name: str
    mention: Occurrence
    value: Fraction


@dataclass(frozen=True, eq=False)
class Listing:
    """Things that are named one after the other, each with a number of one kind.

    Attributes:
        entries: The things, in order.
        unit: The unit of their numbers.
        scale: By how much a number without unit or scale word is greater than it says: a thousand among gigawatt-hours.
        sentence: Where they are listed; of a list, its introduction.
    """

    entries: tuple[ListedThing, ...]
    unit: str
    scale: Fraction
    sentence: Sentence

    @cached_property
    def timed(self) -> bool:
        """Whether its things are years."""
        return all(_A_YEAR.fullmatch(one.name) for one in self.entries)

    @cached_property
    def sizes(self) -> list[Fraction]:
        """Its numbers, the greatest first."""
        return sorted((one.value for one in self.entries), reverse=True)

    def places(self, entry: ListedThing) -> set[int]:
        """Return in which places a thing is, from 1 for the greatest, from -1 for the least; in several where others have as much."""
        above = sum(size > entry.value for size in self.sizes)
        level = sum(size == entry.value for size in self.sizes)
        down = set(range(above + 1, above + level + 1))
        return down | {at - len(self.sizes) - 1 for at in down}

    def found_in(self, low: str) -> list[tuple[int, int, ListedThing]]:
        """Return where things of it are named in a text in small letters, in order."""
        held: list[tuple[int, int, ListedThing]] = []
        for entry, rule in self._rules:
            for match in rule.finditer(low):
                if not any(start < match.end() and match.start() < end for start, end, _ in held):
                    held.append((match.start(), match.end(), entry))
        return sorted(held, key=lambda one: one[0])

    @cached_property
    def _rules(self) -> list[tuple[ListedThing, re.Pattern[str]]]:
        """How each thing is named, by its whole name before a word of it that no other has; the longest first."""
        often = Counter(word for one in self.entries for word in set(_stems(one.name)))
        whole = [(one, re.compile(rf"\b{re.escape(one.name)}(?![a-z0-9])")) for one in self.entries if one.name]
        own = [
            (one, re.compile(rf"\b{re.escape(word)}[a-z]*"))
            for one in self.entries
            for word in _stems(one.name)
            if often[word] == 1 and not _A_YEAR.fullmatch(one.name)
        ]
        return [*sorted(whole, key=lambda one: -len(one[0].name)), *own, *self._by_number]

    @property
    def _by_number(self) -> list[tuple[ListedThing, re.Pattern[str]]]:
        """How things that are numbered are named by their number alone: "the commonest score was 5"."""
        parts = [re.fullmatch(r"([a-z]+) (\d{1,2})", one.name) for one in self.entries]
        if not all(parts) or len({part[1] for part in parts if part}) > 1:
            return []
        return [
            (one, re.compile(rf"(?:(?<=was )|(?<=est )|(?<=is )){part[2]}\b(?![.,]?\d)"))
            for one, part in zip(self.entries, parts, strict=True)
            if part
        ]

    @cached_property
    def told(self) -> str:
        """Its things and numbers, in words."""
        return ", ".join(f"{one.name} {one.mention.text}" for one in self.entries[:_TOLD])


_TOLD = 10
_A_YEAR = re.compile(r"(?:19|20)\d\d(?:[/\u2013-]\d{2,4})?")
_NO_OWN = frozenset(
    [
        "other",
        "others",
        "all",
        "same",
        "year",
        "years",
        "month",
        "each",
        "area",
        "level",
        "score",
        "band",
        "zone",
        "ward",
        "city",
        "town",
        "north",
        "south",
        "east",
        "west",
        "road",
        "street",
        "port",
        "park",
        "house",
        "school",
        "station",
        "hospital",
        "area",
        "region",
        "group",
        "type",
        "services",
        "service",
        "new",
        "old",
        "saint",
        "great",
        "high",
        "lower",
        "upper",
        "green",
    ]
) - frozenset(["north", "south", "east", "west", "city"])


def _stems(name: str) -> list[str]:
    """Return the beginnings of the words by which a thing may be called in short."""
    return [word[:5] for raw in re.findall(r"[a-z]{4,}", name) if raw not in _NO_OWN and len(word := singular(raw)) > LEAST]


def listings(sentence: Sentence, reach: Reach) -> list[Listing]:
    """Return what is listed in a sentence, in those not far before it, the nearest first, and in the list before it."""
    near = [sentence, *islice(reach.section(sentence), _NEAR)]
    found = [one for told in near for one in in_sentence(told)]
    return [*found, *_in_turn(near, found), *_before(sentence, reach)]


_NEAR = 4
_RESPECTIVELY = re.compile(r"\brespectively\b|\bin (?:the same|that|this) order\b|\bin turn\b")


def _in_turn(near: list[Sentence], found: list[Listing]) -> Iterator[Listing]:
    """Yield the numbers that a sentence tells "respectively" of the things that are listed before it."""
    for told in near:
        bare = [run for run in _runs(told) if len(run) >= LEAST] if _RESPECTIVELY.search(told.text) else []
        for one in (one for one in found if one.sentence.number < told.number):
            yield from (_of_names([entry.name for entry in one.entries], run, told) for run in bare if len(run) == len(one.entries))


def _before(sentence: Sentence, reach: Reach) -> tuple[Listing, ...]:
    """Return the listings of the items that stand not far before a sentence under its heading, or that it is the last of."""
    told = [sentence, *islice(reach.section(sentence), _LONG_LIST)]
    at = next((at for at, one in enumerate(told) if one.kind == "item"), _LONG_LIST)
    items = list(takewhile(lambda one: one.kind == "item", told[at:])) if at <= _BEHIND_LIST else []
    intro = next(iter(told[at + len(items) :]), None)
    return _of_items(tuple(reversed(items)), intro or sentence) if len(items) >= LEAST else ()


_BEHIND_LIST, _LONG_LIST = 3, 24


@lru_cache(maxsize=512)
def in_sentence(sentence: Sentence) -> tuple[Listing, ...]:
    """Return what a sentence lists: three numbers of one kind and more, each with a name before it or behind it, or names in one bracket."""
    return tuple(found for run in _runs(sentence) if (found := _listing(sentence, run)))


def _runs(sentence: Sentence) -> Iterator[list[Occurrence]]:
    """Yield numbers that follow each other, in the unit of the first or, where that leaves it out, of the last."""
    run: list[Occurrence] = []
    for mention in (m for m in sentence.mentions if not _is_a_label(m)):
        if run and _goes_on(run, mention):
            run.append(mention)
            continue
        yield run
        run = [mention] if _plain(mention) else []
    yield run


def _goes_on(run: list[Occurrence], mention: Occurrence) -> bool:
    units = {base(m) for m in (*run, mention)} - {"count"}
    gap = mention.sentence.text[run[-1].end : mention.start]
    if re.fullmatch(r"[^,;:]*: ?", gap):
        return False
    ahead = base(run[0]) == "count" and base(mention) != "count" and re.fullmatch(r",? (?:and )?|, ", gap) is None
    return _plain(mention) and len(units) <= 1 and not ahead and len(gap) < _GAP and bool(_SEPARATOR.search(gap)) and not _STOP.search(gap)


_GAP = 70
_SEPARATOR, _STOP = (
    re.compile(r"[,;:]|\band\b|\bthen\b|\bto\b|\bbut\b"),
    re.compile(r"\.\s|\bof (?:which|whom|them|these)\b|\bout of\b|\bcompared\b|\b(?:when|which|where|limit|than|because|since|target)\b"),
)
_LABELLED = re.compile(r"\b[a-z]+ $", re.IGNORECASE)


def _is_a_label(mention: Occurrence) -> bool:
    """Return whether a number is the name of a thing: "Area 4, 102" among "Area 1, 94" and "Area 2, 71"."""
    text = mention.sentence.text
    word = _LABELLED.search(text[: mention.start])
    behind = re.match(r"[,:]? ?\(?[£$€]?\d|:", text[mention.end :])
    return bool(
        re.fullmatch(r"\d{1,2}", mention.text)
        and word
        and behind
        and word[0].strip().lower() not in ("and", "to", "by", "of", "in", "was", "then", "from")
    )


def _plain(mention: Occurrence) -> bool:
    quantity = mention.quantity
    return (
        not quantity.ends
        and bool(re.search(r"\d", mention.text))
        and quantity.hedge in ("", "about")
        and quantity.unit not in ("times", "years", "months")
    )


def _listing(sentence: Sentence, run: list[Occurrence]) -> Listing | None:
    """Return the listing that numbers are, by names before each, behind each, in one bracket, or by years that are counted on."""
    if len(run) < LEAST:
        return None
    names = names_of(sentence, run)
    right = len(names) == len(run) == len({name for name in names if _is_name(name)})
    right = right and min(m.quantity.anchor for m in run) * _WILD >= max(m.quantity.anchor for m in run)
    return _of_names(names, run, sentence) if right else None


_WILD = 1000
_LONG = 5
_NO_NAME = re.compile(
    r"\b(?:number|rate|population|cost|average|total|share|proportion|mean|median|being|is|are|was|were|that|who|which|this|it|they|there|respectively|target|than|more|less|another|took|difference|highest|lowest|largest|smallest|each|other|others|gap|least|most|fewest|remaining|rest|further|over|under)\b"
)


def _is_name(name: str) -> bool:
    """Return whether words may be what a thing is called: few, no measure or clause, and with no number but that of a label or a year."""
    numbered = re.search(r"\d", name) and not re.fullmatch(r"[a-z]+ \d{1,2}|(?:[a-z]+ )?(?:19|20)\d\d(?:[/\u2013-]\d{2,4})?", name)
    return bool(name) and len(name.split()) <= _LONG and not numbered and not _NO_NAME.search(name)


def _of_names(names: list[str], run: list[Occurrence], sentence: Sentence) -> Listing:
    """Return the listing of things with their numbers."""
    units, scale = {base(m) for m in run} - {"count"}, _scale(run[0])
    entries = tuple(ListedThing(name, m, m.quantity.anchor * (scale if _is_bare(m) else 1)) for name, m in zip(names, run, strict=True))
    return Listing(entries, next(iter(units), "count"), scale, sentence)


def _scale(mention: Occurrence) -> Fraction:
    """Return by how much a number is greater than its digits say."""
    digits = re.search(r"\d[\d,]*(?:\.\d+)?", mention.text)
    printed = Fraction(digits[0].replace(",", "")) if digits else Fraction(1)
    return abs(mention.quantity.anchor) / printed if printed and mention.quantity.anchor else Fraction(1)


def _is_bare(mention: Occurrence) -> bool:
    """Return whether a number is digits and nothing else, so that unit and scale are those of the first."""
    return bool(re.fullmatch(r"[£$€]?\d{1,3}(?:\.\d+)?", mention.text))


@lru_cache(maxsize=256)
def _of_items(items: tuple[Sentence, ...], intro: Sentence) -> tuple[Listing, ...]:
    """Return the listings of a list: of the first numbers of its items, and of the second ones where all have one."""
    named = [(match["name"], item) for item in items if (match := _ITEM_NAME.match(item.text))]
    if len(named) < max(LEAST, len(items) - 1):
        return ()
    found = []
    for at in range(2):
        rows = [(name, m) for name, item in named if (m := _number_at(item, at)) and _plain(m)]
        if len(rows) == len(named) and len({base(m) for _, m in rows} - {"count"}) <= 1:
            found.append(_of_names([named_by(name) for name, _ in rows], [m for _, m in rows], intro))
    return tuple(found)


_ITEM_NAME = re.compile(r"(?P<name>[A-Za-z][^:\u2013\u2014(,]{0,50}?)(?:: | [\u2013\u2014-] |, | \()")


def _number_at(item: Sentence, at: int) -> Occurrence | None:
    found = _ITEM_NAME.match(item.text)
    held = [m for m in item.mentions if found and m.start >= found.end() - 1]
    return held[at] if len(held) > at else None
