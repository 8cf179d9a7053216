"""Grounds of an alarm: whether what it is told from speaks of the same thing, and whether other numbers of the report explain what is stated.

An alarm is a claim about what an author meant. It stands where the numbers are of one sentence, or where their sentences share a word that says what
they are about, or the one points back to the other; else it is a question. It falls where numbers beside it give just what is stated.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import cached_property
from itertools import combinations, permutations, product

from evidence.quantity import Quantity
from evidence.referee.comparing import Compared, Confidence
from evidence.referee.mentions import CHANGE, FALL, RISE, YEAR, Occurrence, Sentence, stems
from evidence.referee.relations.reach import Reach, ahead, base, behind
from evidence.referee.relations.roles import fit
from evidence.referee.relations.told_shares import explained, told_shares
from evidence.referee.tables import ReportCell

_RECKONED = ("change", "share × base", "sum", "per head", "ratio", "rate over time")
"""Kinds that hold a number against one that is reckoned, which another reckoning may explain."""
_POINTER = re.compile(
    r"(?:^|[,;:(] ?|\b(?:and|but|so|of|for|in|by|among) )(?:that|this|these|those|it|its|they|their|them|which|whom|so|thus|therefore|together|both|altogether|overall"
    r"|in (?:all|total|other words)|of (?:the|all)|(?:the|a|an) (?:other|others|rest|remaining|remainder|total|whole|average|mean|rate|share|difference|gap|increase|decrease|rise|fall"
    r"|reduction|drop|change|figure|number|response|surplus|deficit|balance|result|same|first|second|latter|former|cost|shortest|longest|lowest|highest|youngest|oldest)|each|all|none|some|half|\ue000-\uf8ff)\b|\b(?:thus|therefore|hence|so that|it|its|they|their|them|ones?)\b"
)
_PLAIN_DIGITS = re.compile(r"\d[\d,]*(?:\.\d+)?")


_LESS = re.compile(r"\b(?:less|minus|net of|deducting|after)\b")
"""What says that parts are taken away, so that a total which the table confirms is no sum."""


@dataclass(frozen=True)
class Grounds:
    """What alarms of a report stand on.

    Attributes:
        reach: The report.
    """

    reach: Reach

    def judged(self, found: Iterable[Compared]) -> Iterator[Compared]:
        """Yield comparisons without the alarms that other numbers explain; those of things that no word joins are questions."""
        for one in found:
            claim = None if one.holds else one.contested
            sure = one.confidence is Confidence.high
            if (
                claim
                and one.kind == "repeat"
                and not sure
                and _digits(claim) > _FEW
                and any(_same(claim, cell.quantity) for cell in self.reach.cells)
            ):
                continue
            if not claim or one.kind not in _RECKONED:
                if (
                    one.holds
                    or one.kind not in ("ratio", "direction")
                    or not one.numbers
                    or fit(one.kind, one.numbers[-1], list(one.numbers))
                ):
                    yield one
            elif fit(one.kind, claim, [m for m in one.numbers if m is not claim]) and not self._explained(claim, one):
                joined = all(_joined(claim.sentence, number.sentence) for number in one.numbers)
                yield one if joined else replace(one, confidence=Confidence.question)

    def _explained(self, claim: Occurrence, one: Compared) -> bool:
        alone = set(claim.sentence.mentions) <= set(one.numbers) and one.confidence is Confidence.high
        if _in_one_sentence(one):
            return not alone and self._in_passage(claim, one, claim.sentence.mentions)
        if one.kind == "sum" and (_all_of_it(claim) or _OF_THE.match(claim.sentence.masked)):
            return _all_of_it(claim)
        if one.kind == "share × base" and explained(claim, self.reach):
            return True
        added = one.kind == "sum" and one.confidence is Confidence.high and not _LESS.search(claim.sentence.masked)
        if (self._in_table(claim) and not added) or (one.kind == "ratio" and _of_others(claim, one)):
            return True
        return not alone and not claim.quantity.in_words and self._in_passage(claim, one)

    def _in_table(self, claim: Occurrence) -> bool:
        """Return whether a number is a cell, or what two cells of a row that is named, or of all, give."""
        exact = _digits(claim) > _FEW
        text, words = claim.sentence.text.lower(), claim.sentence.stems
        for row in self._rows:
            named = len(_label(row[0])) > _FEW and bool(re.search(rf"\b{re.escape(_label(row[0]))}s?\b", text))
            if any((exact or (named and words & frozenset(stems(cell.head.lower())))) and _same(claim, cell.quantity) for cell in row):
                return True
            if (exact or named) and any(_fits(claim, value) for value in _of_row(claim, row)):
                return True
        return False

    @cached_property
    def _rows(self) -> list[list[ReportCell]]:
        held: dict[tuple[int, int, str], list[ReportCell]] = {}
        for cell in self.reach.cells:
            held.setdefault((id(cell.table), cell.place, cell.row), []).append(cell)
        return list(held.values())

    @cached_property
    def _counts(self) -> list[Occurrence]:
        """The counts of the report, the first of them where they are many."""
        held = [m for one in self.reach.sentences for m in one.mentions if base(m) == "count" and not m.quantity.ends]
        return [m for m in held if m.quantity.anchor > _LARGE][:_HEAP]

    def _in_passage(self, claim: Occurrence, one: Compared, among: list[Occurrence] | None = None) -> bool:
        """Return whether two numbers of the passage, or of those that are given, other than those of the alarm give what is stated."""
        passage = self.reach.passage(claim.sentence) if among is None else among
        held = [m for m in passage if m is not claim and m.quantity.anchor > 0 and not m.quantity.ends]
        own = {m for m in one.numbers if m is not claim}
        bound = next((told.part for told in told_shares(claim.sentence) if told.share is claim), None)
        bound = bound if bound in own else next((m for m in own if _right_behind(claim, m)), None)
        exact = _digits(claim) > _FEW
        far = [m for m in self._counts if m not in held] if _digits(claim) > _MANY and among is None else []
        for first, second in [*permutations(held, 2), *product(held, far)]:
            alone = not {m for m in one.numbers if m.sentence is claim.sentence} - {claim}
            near = claim.sentence in (first.sentence, second.sentence) or (
                alone and claim.sentence.before in (first.sentence, second.sentence)
            )
            if bound and bound not in (first, second):
                continue
            if {first, second} == own or not (near or exact) or any(_of_another_time(claim, m) for m in (first, second)):
                continue
            if any(_fits(claim, value) for value in _of_two(claim, first, second)):
                return True
        return False


def _in_one_sentence(one: Compared) -> bool:
    """Return whether the words of one sentence bind a change to its two levels, so that nothing outside of it explains it."""
    within = len({m.sentence for m in one.numbers}) == 1 and len(one.numbers) == _LEVELS_AND_SIZE
    sure = one.kind == "change" and one.confidence is Confidence.high
    return sure and within and not _REAL.search(one.numbers[0].sentence.masked)


_OF_THE = re.compile(r"(?:out )?of (?:all |the |these |our )*\ue000")
"""How a sentence begins that tells the parts of a whole: how the whole came about explains no part."""
_LEVELS_AND_SIZE = 3
_REAL = re.compile(r"\b(?:inflation|real[- ]terms|prices)\b")


def _all_of_it(claim: Occurrence) -> bool:
    """Return whether a percentage makes a hundred with the others of its sentence."""
    shares = [m.quantity.anchor for m in claim.sentence.mentions if m.quantity.unit == "percent" and not m.quantity.ends]
    return claim.quantity.unit == "percent" and len(shares) > _FEW and abs(sum(shares, Fraction(0)) - _HUNDRED) <= 1


_HUNDRED = 100


def _right_behind(claim: Occurrence, number: Occurrence) -> bool:
    """Return whether a number stands in brackets right behind another, of which it is told: "1,269 (25%)"."""
    return claim.sentence is number.sentence and claim.sentence.text[number.end : claim.start] == " ("


def _of_others(claim: Occurrence, one: Compared) -> bool:
    """Return whether a multiple is that of two numbers of its sentence other than those of an alarm."""
    pairs = combinations([m for m in claim.sentence.mentions if m is not claim and m.quantity.anchor > 0], 2)
    apart = [pair for pair in pairs if base(pair[0]) == base(pair[1]) and not set(pair) <= set(one.numbers)]
    values = [max(a.quantity.anchor, b.quantity.anchor) / min(a.quantity.anchor, b.quantity.anchor) for a, b in apart]
    return bool(_SINCE.search(behind(claim))) and any(claim.quantity.interval.contains(value) for value in values)


_SINCE = re.compile(r"\b(?:as|than|that|those|number) (?:at the (?:start|beginning|outset)|in|of|when)\b")
"""What says that a multiple is of another time, and so of numbers that need not stand beside it."""


_FEW, _MANY = 2, 3
_LARGE, _HEAP = 20, 500
"""With more digits than these a number is given by others seldom by chance."""


_NOW = re.compile(r"\b(?:now|today|currently|at present|this year|latest)\b")


def _of_another_time(claim: Occurrence, number: Occurrence) -> bool:
    """Return whether a number is of a year and not the last of its sentence, and what is stated is said to be so now."""
    dated = YEAR.search(behind(number)[:40]) and number is not number.sentence.mentions[-1]
    return bool(dated and number.sentence is not claim.sentence and _NOW.search(claim.sentence.masked))


def _digits(mention: Occurrence) -> int:
    found = _PLAIN_DIGITS.search(mention.text)
    return len(re.sub(r"(?:,000)+$|[,.]", "", found[0]).lstrip("0")) if found else 0


def _label(cell: ReportCell) -> str:
    return re.sub(r" ?\([^)]*\)", "", cell.row).lower().strip()


def _same(claim: Occurrence, quantity: Quantity) -> bool:
    return base(claim) in (quantity.unit.partition(" per ")[0], "count") and quantity.anchor == claim.quantity.anchor


def _fits(claim: Occurrence, value: Fraction | None) -> bool:
    """Return whether a value is what is stated, to its last digit."""
    if value is None or claim.quantity.in_words:
        return value is not None and claim.quantity.interval.contains(value)
    found = _PLAIN_DIGITS.search(claim.text)
    stated = Fraction(found[0].replace(",", "")) if found else Fraction(0)
    if not stated:
        return False
    step = Fraction(1, 2 * 10 ** len(found[0].partition(".")[2])) if found else Fraction(0)
    return abs(value * stated / claim.quantity.anchor - stated) <= step


def _of_row(claim: Occurrence, row: list[ReportCell]) -> Iterator[Fraction | None]:
    """Yield what each two cells of a row give in the unit of a number."""
    for one, two in combinations(row, 2):
        if one.quantity.unit == two.quantity.unit:
            yield from _between(claim, one.quantity.anchor, two.quantity.anchor, one.quantity.unit)


def _between(claim: Occurrence, one: Fraction, two: Fraction, unit: str) -> Iterator[Fraction | None]:
    """Yield the difference, the change and the multiple of two numbers of a unit, in the unit of a number; a change from the earlier, which its way tells."""
    low, high = sorted((one, two))
    if low <= 0:
        return
    if base(claim) == unit:
        yield high - low
    if claim.quantity.unit == "percentage points" and unit == "percent":
        yield high - low
    if claim.quantity.unit == "percent" and unit != "percent":
        yield (two - one) * 100 / one if rises(claim) is (two > one) else None
    if claim.quantity.unit == "times":
        yield high / low


def rises(claim: Occurrence) -> bool | None:
    """Return whether the words around the size of a change say that it went up; None where they do not say."""
    text = f"{ahead(claim)} {behind(claim)[:20]}"
    up, down = (
        re.search(rf"\b(?:{RISE}|more|higher|above|longer|greater)\b", text),
        re.search(rf"\b(?:{FALL}|less|fewer|lower|below)\b", text),
    )
    return bool(up) if bool(up) != bool(down) else None


def _of_two(claim: Occurrence, one: Occurrence, two: Occurrence) -> Iterator[Fraction | None]:
    """Yield what two numbers give in the unit of a third: sum, difference, product, quotient, share or change."""
    first, second = one.quantity.anchor, two.quantity.anchor
    unit = base(claim)
    if base(one) == base(two) == unit and unit != "percent":
        yield first - second
        yield first + second
    if claim.quantity.unit == "percent" and base(one) == base(two) != "percent":
        yield first * 100 / second if first < second and rises(claim) is None else None
        yield (second - first) * 100 / first if rises(claim) is (second > first) else None
    if base(one) == unit != "percent" and (base(two) != unit or unit == "count"):
        yield first / second
        yield first * second if first * second < _GREAT else None


_GREAT = 10**13


def _joined(sentence: Sentence, other: Sentence) -> bool:
    """Return whether two sentences speak of one thing: by a word that both have, or one that points back."""
    later = max((sentence, other), key=lambda one: one.number)
    if sentence is other or _POINTER.search(later.masked):
        return True
    return bool(_about(sentence) & _about(other))


def _about(sentence: Sentence) -> frozenset[str]:
    return sentence.stems - frozenset(stems(" ".join(CHANGE.findall(sentence.masked))))
