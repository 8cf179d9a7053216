"""Restated: a number that the report tells elsewhere of the same thing, in a sentence or as the cell of a table, and there otherwise.

Each number is held against all of its unit and near its size that stand in another sentence, or in a cell. How likely two speak of one thing is
reckoned from what they share and what each has alone: the words of clause, row and column, the rare ones more, years, names, and numbers beside them.
The weights were fitted to reports without faults: there two numbers of one thing are equal. Then each number that nothing confirms is held against those
most likely of the same thing: whether a slip makes it of one, whether that would fit its neighbours better, and whether that is told again.
These weights were fitted to the same reports with digits changed in one of two numbers.
"""

from __future__ import annotations

import math
import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property

from evidence.referee.comparing import Compared, Confidence, compared
from evidence.referee.generous import admitted
from evidence.referee.relations.nearby import Sized, given_between, given_to, given_to_cell, sized, step_of, told_by
from evidence.referee.relations.reach import Reach, base
from evidence.referee.relations.retold import fits_unit
from evidence.referee.relations.roles import is_size
from evidence.referee.relations.settling import off
from evidence.referee.relations.subjects import one_digit, swaps
from evidence.referee.relations.told import Told, Words, of_cell, of_mention, told_words

_HEAP, _NEAREST = 12, 60
"""A sentence of more numbers is a heap of them; of more numbers near the size of one, these are the nearest."""
_WINDOW, _CLOSE = Fraction(3, 2), Fraction(6, 5)
"""How many times one of two numbers the other is at most; the same where no slip of a digit makes the one of the other."""
_SCALES = (1000, 10**6)
_SMALL = 20
_IF = re.compile(r"\b(?:if|assum\w+|suppos\w+|scenarios?)\b")
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
_ALARMED = {
    "": -2.57,
    "far": -4.09,
    "given": -1.05,
    "link": 0.27,
    "margin": 3.89,
    "of table": 0.44,
    "one of many": 1.34,
    "one of two": 0.17,
    "swapped": 3.11,
    "swapped of many": 2.78,
    "table": 0.18,
    "together": 0.1,
    "together here": -0.38,
    "told": -2.8,
    "told again": 0.65,
    "would be given": 0.78,
}
"""Weights of what speaks for and against."""
_LEAST_LINK, _LEAST_TELLING, _TRIED = 0.23, 0.55, 6


def _likely(weights: dict[str, float], found: dict[str, float]) -> float:
    return 1 / (1 + math.exp(-weights[""] - sum(weights[name] * value for name, value in found.items() if name in weights)))


@dataclass(frozen=True)
class Restating:
    """The numbers of a report, by what may be told twice.

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
            for m in (sentence.mentions if len(sentence.mentions) < _HEAP and not _IF.search(sentence.masked) else ())
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

    def _weigh(self, words: Iterable[str]) -> float:
        return sum(self._weights.get(word, _RARE) for word in words)

    @cached_property
    def _sorted(self) -> tuple[list[Told], list[Fraction]]:
        pool = sorted([*self.told, *self.cells], key=lambda told: abs(told.quantity.anchor))
        return pool, [abs(told.quantity.anchor) for told in pool]

    def candidates(self, claim: Told) -> list[Told]:
        """Return the numbers near the size of another that may be of the same thing, the nearest of them where they are many."""
        pool, sizes = self._sorted
        size = abs(claim.quantity.anchor)
        ends = [(size / _WINDOW, size * _WINDOW), *((one, one) for scale in _SCALES for one in (size * scale, size / scale))]
        near = [told for low, high in ends for told in pool[bisect_left(sizes, low) : bisect_right(sizes, high)]]
        held = [told for told in near if told is not claim and _comparable(claim, told)]
        if len(held) > _NEAREST:
            held = sorted(held, key=lambda told: abs(abs(told.quantity.anchor) - size))[:_NEAREST]
        return held

    def link(self, claim: Told, other: Told) -> dict[str, float]:
        """Return what speaks for and against two numbers being of one thing."""
        one, two = (other, claim) if claim.cell else (claim, other)
        weigh = self._weigh
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
        return _likely(_LINKED_CELL if claim.cell or other.cell else _LINKED, self.link(claim, other))

    def _sized(self, told: Told) -> list[Sized]:
        """Return the numbers of the sentence of a number, or of its row."""
        if told.mention:
            return sized(told.mention.sentence, told.mention)
        cells = self.reach.cells_in(told.cell.table) if told.cell else []
        return [(cell.quantity.anchor, cell.quantity.unit) for cell in cells if cell.place == told.place and cell is not told.cell]

    def given(self, told: Told) -> list[Fraction]:
        """Return what the numbers around one give."""
        if told not in self._given:
            self._given[told] = (
                given_to(told.mention, self.reach) if told.mention else given_to_cell(told.cell, self.reach) if told.cell else []
            )
        return self._given[told]

    @cached_property
    def _given(self) -> dict[Told, list[Fraction]]:
        return {}

    def told_beside(self, one: Told, two: Told) -> bool:
        """Return whether two numbers are of two things: the sentences around either, or its row, tell the other too, or by how much they differ."""
        return any(self._tells(first, second) or _tells_gap(first, second) for first, second in ((one, two), (two, one)))

    def _tells(self, one: Told, two: Told) -> bool:
        if not one.mention:
            return abs(two.quantity.anchor) in one.beside
        sentence = one.mention.sentence
        return any(
            m not in (one.mention, two.mention)
            and base(m) == one.unit
            and not m.quantity.ends
            and abs(abs(m.quantity.anchor) - abs(two.quantity.anchor)) * 2 <= step_of(m.quantity, m.text)
            for near in (sentence, sentence.before, self.reach.after(sentence))
            if near
            for m in near.mentions
        )

    def judged(self, claim: Told, near: list[Told], links: list[float]) -> Iterator[tuple[Told, dict[str, float]]]:
        """Yield the numbers that are likeliest of the same thing as one and differ from it, with what speaks for a slip of it.

        Args:
            claim: The number.
            near: The numbers near its size.
            links: How likely each is of the same thing.
        """
        same = [_meets(claim, other) for other in near]
        order = sorted(
            (
                at
                for at, link in enumerate(links)
                if not same[at] and (link > _LEAST_LINK or (claim.long > _THREE and swaps(claim.text, near[at].text)))
            ),
            key=lambda at: -links[at],
        )
        confirmed = max((link for link, alike in zip(links, same, strict=True) if alike), default=0.0)
        step = step_of(claim.quantity, claim.text)
        here = self.given(claim) if order else []
        for at in order[:_TRIED]:
            other, link = near[at], links[at]
            far = off(abs(claim.quantity.anchor), abs(other.quantity.anchor))
            slip = _slip(claim.text, other.text, claim.long)
            if _joined(claim, other) or self.told_beside(claim, other) or (not slip and far > _CLOSE):
                continue
            agree = [_meets(other, one) for one in near]
            rivals = [
                likely
                for one, likely, alike, own in zip(near, links, agree, same, strict=True)
                if not alike and not own and one is not other and likely > link - _CLEAR and not self.told_beside(claim, one)
            ]
            between = given_between(claim.unit, self._sized(claim), self._sized(other))
            value, width = abs(other.quantity.anchor), max(step, step_of(other.quantity, other.text))
            yield (
                other,
                {
                    "link": math.log(link / (1 - link)),
                    "margin": min(link, _CLEAR, link - max(rivals, default=0.0)),
                    slip: 1.0,
                    "far": math.log(float(far)),
                    "given": told_by(claim.quantity.anchor, step, here),
                    "would be given": told_by(value, width, here),
                    "together": told_by(value, width, between),
                    "together here": told_by(claim.quantity.anchor, step, between),
                    "told": confirmed,
                    "told again": float(
                        min(_THREE, sum(a and one is not other and q > _TENTH for one, q, a in zip(near, links, agree, strict=True)))
                    ),
                    "table": float(other.cell is not None),
                    "of table": float(claim.cell is not None),
                },
            )


_CLEAR = 0.7
"""A number that is by so much the likeliest of the same thing has no rival."""
_TABLES = 0.03
"""By how much less a cell is taken for the slip where its number and that of the text differ."""
_RARE, _TEN, _FIVE, _THREE, _TENTH = 4.0, 10, 5, 3, 0.1


def _joined(one: Told, two: Told) -> bool:
    """Return whether two numbers stand in sentences beside each other, which nobody writes to tell the same twice."""
    return bool(one.mention and two.mention) and abs(one.number - two.number) <= 1


def _tells_gap(one: Told, two: Told) -> bool:
    """Return whether the sentence of a number tells the size of a difference, which is that from another number."""
    gap = abs(one.quantity.anchor - two.quantity.anchor)
    return one.mention is not None and any(m.quantity.anchor == gap and is_size(m) for m in one.mention.sentence.mentions)


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


def _meets(one: Told, two: Told) -> bool:
    if swaps(one.text, two.text):
        return False
    first, second = abs(one.quantity.anchor), abs(two.quantity.anchor)
    if first == second or ((one.cell or two.cell) and max(first, second) / min(first, second) in _SCALES):
        return True
    return admitted(one.quantity).meets(two.quantity.interval) or admitted(two.quantity).meets(one.quantity.interval)


def _slip(one: str, two: str, long: int) -> str:
    """Return how one number may have been written for another."""
    return (
        ("swapped" if long <= _THREE else "swapped of many")
        if swaps(one, two)
        else ""
        if not one_digit(one, two)
        else "one of many"
        if long > _TWO
        else "one of two"
    )


_TWO = 2


def is_claim(told: Told) -> bool:
    """Return whether a number is one in two digits and more, and no small count."""
    quantity = told.quantity
    if quantity.anchor <= 0 or quantity.in_words or (told.unit == "count" and quantity.anchor < _SMALL):
        return False
    return told.long >= _TWO or (told.unit != "count" and len(re.sub(r"\D", "", told.text)) >= _TWO)


def restated(reach: Reach) -> Iterator[Compared]:
    """Yield each number that another of the same thing, elsewhere in the report, does not meet and shows to be a slip."""
    held = Restating(reach)
    found: list[tuple[float, Told, Told]] = []
    for claim in (*held.told, *held.cells):
        near = held.candidates(claim) if is_claim(claim) else []
        links = [held.linked(claim, other) for other in near]
        judged = [
            (_likely(_ALARMED, telling) - (_TABLES if claim.cell else 0), claim, other)
            for other, telling in held.judged(claim, near, links)
        ]
        found += sorted(judged, key=lambda one: -one[0])[:1]
    seen: set[Told] = set()
    for telling, claim, other in sorted(found, key=lambda one: -one[0]):
        if telling >= _LEAST_TELLING and not {claim, other} & seen:
            seen |= {claim, other}
            yield _alarm(claim, other)


def _alarm(claim: Told, other: Told) -> Compared:
    message = f"{claim.text} here, {other.text} {other.where}, of the same thing."
    told, medium = f"{other.text}; {claim.text}", Confidence.medium
    if claim.mention:
        cell = other.cell.address if other.cell else None
        return compared("repeat", [claim.mention], told, message, confidence=medium, other=other.within, cell=cell)
    row = " | ".join(claim.cell.table.row_at.get(claim.place, [])) if claim.cell else ""
    return Compared("repeat", False, message, told, claim.place, row, confidence=medium, other=other.within)
