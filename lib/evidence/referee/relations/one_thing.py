"""Of one thing: how likely two numbers of a report are told of the same, by what they share and by what each has alone.

The words of clause, row and column count, the rare ones more; so do years, names, and the numbers beside them. The weights were fitted to reports
without faults: there two numbers of one thing are equal.
"""

from __future__ import annotations

import math
import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property

from evidence.referee.relations.reach import Reach
from evidence.referee.relations.retold import fits_unit
from evidence.referee.relations.subjects import swaps
from evidence.referee.relations.told import Told, Words, of_cell, of_mention, told_words

HEAP, _NEAREST = 12, 60
"""A sentence of more numbers is a heap of them; of more numbers near the size of one, these are the nearest."""
WINDOW = Fraction(3, 2)
"""How many times one of two numbers the other is at most."""
SCALES = (1000, 10**6)
IF = re.compile(r"\b(?:if|assum\w+|suppos\w+|scenarios?)\b")
"""What says that numbers hold in a case that may come."""
_UNTOLD = ("times", "out of", "calendar")


_LINKED = {
    "": -1.32,
    "apart": -0.09,
    "beside": 1.22,
    "cross": 0.22,
    "far apart": -0.08,
    "lacking": -0.63,
    "lacking there": -0.64,
    "many": -0.05,
    "names differ": -0.77,
    "near": -0.83,
    "other time": 0.08,
    "other year": -0.52,
    "same noun": 0.99,
    "shared": 0.57,
    "sizes": 1.01,
    "tight": 0.41,
    "time of one": 0.38,
    "year of one": -0.13,
}
_LINKED_CELL = {
    "": 0.47,
    "all": -0.6,
    "all alone": 0.4,
    "apart": -0.25,
    "beside": 1.69,
    "column unsaid": -0.89,
    "cross": 0.68,
    "earlier": -1.32,
    "lacking": -0.99,
    "lacking there": -0.51,
    "many": -0.11,
    "names differ": 0.05,
    "of others": -1.11,
    "other rows": -0.22,
    "other rows in clause": -0.58,
    "other time": -0.09,
    "other year": -1.46,
    "part of row": -1.56,
    "row": -1.47,
    "row alone": -0.07,
    "row and head": 0.28,
    "row in clause": 1.33,
    "shared": 1.01,
    "sizes": 1.91,
    "tight": 0.48,
    "time of one": -0.05,
    "year of one": -0.16,
}
"""Weights of what speaks for and against two numbers being of one thing: in two sentences, and in a sentence and a table."""
_RARE, _TEN, _FIVE, _THREE = 4.0, 10, 5, 3


def read_weights(text: str) -> dict[str, float]:
    """Return weights by what they are of; "-" is what always counts.

    Example:
        >>> read_weights("- 0.5; near -1")
        {'': 0.5, 'near': -1.0}
    """
    pairs = (one.rpartition(" ") for one in text.split("; "))
    return {"" if name == "-" else name: float(weight) for name, _, weight in pairs}


def likely(weights: dict[str, float], found: dict[str, float]) -> float:
    """Return how likely something is, by the weights of what speaks for and against it."""
    return 1 / (1 + math.exp(-weights[""] - sum(weights[name] * value for name, value in found.items() if name in weights)))


@dataclass(frozen=True)
class Links:
    """The numbers of a report, by what each is told of.

    Attributes:
        reach: The report.
    """

    reach: Reach

    @cached_property
    def told(self) -> list[Told]:
        """The numbers of sentences."""
        return [
            of_mention(m)
            for sentence in self.reach.sentences
            for m in (sentence.mentions if len(sentence.mentions) < HEAP and not IF.search(sentence.masked) else ())
            if not m.quantity.ends and m.quantity.anchor and m.quantity.hedge in ("", "about") and not m.quantity.unit.startswith(_UNTOLD)
        ]

    @cached_property
    def cells(self) -> list[Told]:
        """The numbers of tables."""
        heading, found = "", []
        for block in self.reach.document.blocks:
            heading = block.sentences[0].text if block.kind == "heading" and block.sentences else heading
            cells = self.reach.cells_in(block.table) if block.table else []
            rows: dict[int, list[Fraction]] = {}
            for cell in cells:
                rows.setdefault(cell.place, []).append(cell.quantity.anchor)
            caption = self.reach.captions.get(id(block.table), "")
            found += [of_cell(cell, caption, heading, rows[cell.place]) for cell in cells if cell.quantity.anchor]
        return found

    @cached_property
    def _rows(self) -> list[Words]:
        return list(dict.fromkeys(told.row for told in self.cells if told.cell and told.row and not told.cell.all))

    @cached_property
    def _named(self) -> dict[Told, list[Words]]:
        """The rows that the sentence of each number names."""
        return {told: [row for row in self._rows if row <= told.said] for told in self.told}

    @cached_property
    def _earlier(self) -> set[Told]:
        """The cells of a year that is not the last of their row and their column."""
        last: dict[tuple[int, str, int], str] = {}
        places = {
            t: [(id(t.cell.table), "row", t.cell.place), (id(t.cell.table), "column", t.cell.column)]
            for t in self.cells
            if t.cell and t.years
        }
        for told, keys in places.items():
            for key in keys:
                last[key] = max(last.get(key, ""), *told.years)
        return {told for told, keys in places.items() if any(last[key] > max(told.years) for key in keys)}

    def of_two_times(self, one: Told, two: Told) -> bool:
        """Return whether one number is of an earlier time and the other of what the report is of."""
        return self._past(one) is not self._past(two) and not one.years & two.years

    def _past(self, told: Told) -> bool:
        return told.ago or told.then or bool(told.years and max(told.years) < self._year)

    @cached_property
    def _year(self) -> str:
        """The year of which a report tells most."""
        held = Counter(year for told in self.told for year in told.years)
        return max(held, key=lambda year: (held[year], year), default="")

    @cached_property
    def _alone(self) -> dict[Told, bool]:
        """Whether each cell is the only one of its unit in its row."""
        often = Counter((id(t.cell.table), t.cell.place, t.unit) for t in self.cells if t.cell)
        return {t: often[id(t.cell.table), t.cell.place, t.unit] == 1 for t in self.cells if t.cell}

    @cached_property
    def _weights(self) -> dict[str, float]:
        held = Counter(word for sentence in self.reach.sentences for word in told_words(sentence.masked))
        held.update(word for row in self._rows for word in row)
        return {word: math.log(1 + (len(self.reach.sentences) + 1) / number) for word, number in held.items()}

    def weigh(self, words: Iterable[str]) -> float:
        """Return how much some words tell: the more, the rarer they are."""
        return sum(self._weights.get(word, _RARE) for word in words)

    @cached_property
    def _sorted(self) -> tuple[list[Told], list[Fraction]]:
        pool = sorted([*self.told, *self.cells], key=lambda told: abs(told.quantity.anchor))
        return pool, [abs(told.quantity.anchor) for told in pool]

    def candidates(self, claim: Told) -> list[Told]:
        """Return the numbers near the size of another that may be of the same thing, the nearest of them where they are many."""
        pool, sizes = self._sorted
        size = abs(claim.quantity.anchor)
        ends = [(size / WINDOW, size * WINDOW), *((one, one) for scale in SCALES for one in (size * scale, size / scale))]
        near = [told for low, high in ends for told in pool[bisect_left(sizes, low) : bisect_right(sizes, high)]]
        held = [told for told in near if told is not claim and _comparable(claim, told)]
        if len(held) > _NEAREST:
            held = sorted(held, key=lambda told: abs(abs(told.quantity.anchor) - size))[:_NEAREST]
        return held

    def link(self, claim: Told, other: Told) -> dict[str, float]:
        """Return what speaks for and against two numbers being of one thing."""
        one, two = (other, claim) if claim.cell else (claim, other)
        weigh = self.weigh
        found = {
            "shared": weigh(one.own & two.own) / _FIVE,
            "cross": weigh((one.own & two.said | two.own & one.said) - (one.own & two.own)) / _FIVE,
            "tight": weigh(one.tight & two.tight) / _FIVE,
            "lacking": weigh(one.own - two.known) / (weigh(one.own) or 1),
            "lacking there": weigh(two.own - one.known) / (weigh(two.own) or 1),
            "other year": bool(one.years and two.years and not one.years & two.years),
            "year of one": bool(one.years) != bool(two.years),
            "other time": bool(one.times and two.times and not one.times & two.times),
            "time of one": bool(one.times) != bool(two.times),
            "names differ": bool(one.names and two.names and one.names != two.names),
            "of others": bool(one.whom and not one.whom & two.known) + bool(two.whom and not two.whom & one.known),
            "same noun": bool(one.noun & two.noun),
            "apart": min(_THREE, len(one.apart ^ two.apart)),
            "far apart": min(_THREE, len(one.all_apart ^ two.all_apart)),
            "beside": min(_THREE, sum(value >= _TEN for value in one.beside & two.beside)),
            "sizes": one.size and two.size,
            "many": one.many + two.many,
        }
        if not two.cell:
            found["near"] = abs(one.number - two.number) < _THREE
        else:
            named = self._named.get(one, [])
            by_row, by_head = (bool(words) and words <= one.said for words in (two.row, two.head))
            found |= {
                "row": by_row,
                "row in clause": bool(two.row) and two.row <= one.own,
                "row and head": by_row and by_head,
                "row alone": by_row and self._alone[two],
                "all": two.cell.all,
                "all alone": two.cell.all and not named,
                "other rows": any(not row & two.row and row - two.known for row in named),
                "other rows in clause": any(row <= one.own and not row & two.row and row - two.known for row in named),
                "part of row": not by_row and not two.cell.all,
                "column unsaid": not self._alone[two] and bool(two.head) and not two.head & one.said,
                "earlier": not one.years and two in self._earlier,
            }
        return {name: float(value) for name, value in found.items() if value}

    def linked(self, claim: Told, other: Told) -> float:
        """Return how likely two numbers are of one thing."""
        return likely(_LINKED_CELL if claim.cell or other.cell else _LINKED, self.link(claim, other))


def _comparable(one: Told, two: Told) -> bool:
    """Return whether two numbers are of one unit and role, in two places, and share a word."""
    if (one.cell and two.cell) or one.size is not two.size or one.signed is not two.signed or one.supposed is not two.supposed:
        return False
    if one.mention and two.mention:
        if one.unit != two.unit or one.mention.sentence is two.mention.sentence:
            return False
        return bool(one.own & two.said or two.own & one.said) or (one.long > _THREE and swaps(one.text, two.text))
    told, other = (one, two) if one.mention else (two, one)
    if (
        not told.mention
        or not other.cell
        or (told.then and not other.years)
        or (other.row and not other.row & told.said and not other.cell.all)
    ):
        return False
    fits = fits_unit(told.mention, other.cell, "") or (told.unit != "count" and told.unit == other.unit)
    return fits and bool(other.own & told.said or other.around & told.own)
