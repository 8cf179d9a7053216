"""How many times as much one thing of a list in prose is as another, or what has just been told as what stands behind: "half as many again as the 468 of 2022"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction

from evidence.quantity import Interval
from evidence.referee.comparing import Compared, Confidence, Place, alike, compared, ratio, shown
from evidence.referee.mentions import MARK, Occurrence, Sentence
from evidence.referee.relations.between_rows import ANOTHER, clauses_of, given, multiple_of, place_among
from evidence.referee.relations.linking import Linker, TableFrame
from evidence.referee.relations.reach import Reach, ahead, base
from evidence.referee.relations.roles import is_size
from evidence.referee.relations.settling import Operand, off
from evidence.referee.relations.subjects import clause_words, in_digits
from evidence.referee.tables import ReportCell

_NOT_THINGS = ("percent per", "years", "months", "weeks", "days", "times")
_AND = re.compile(rf"[,;:()]|{MARK}|\band\b|\bwhile\b|\bbut\b|\bagainst\b|\bwhereas\b|\bcompared\b")
_IT = re.compile(r"^(?:(?:so|thus|but|and|in all|overall),? )?(?:this|that|it|they|these|the (?:number|figure|total|result))\b[^,;]{0,40}$")
_PIVOT = re.compile(r"\b(?:as|than|that of|those of|the [a-z]+ (?:of|in|for))\b")
_MOST, _TWO = 2, 2


def times_of_things(sentence: Sentence, linker: Linker) -> Iterator[Compared]:
    """Yield whether what a clause calls so many times another thing is so, by the only numbers whose own words name the two."""
    for claim in sentence.mentions:
        multiple, tail = multiple_of(claim), clauses_of(claim)
        if multiple is None or ANOTHER.search("".join(tail)) or given(claim, multiple):
            continue
        ways = (_behind_it(claim, tail), _of_it(claim, tail), _named(claim, tail, linker.reach), *_of_number(claim, tail, linker))
        found = next((way for way in ways if way), [])
        known = [(two, value) for two in found if (value := ratio(*alike([two[0].quantity, two[1].quantity])))]
        fitting = [one for one in known if multiple.meets(one[1])]
        turned = any(multiple.meets(other) for _, value in known if (other := ratio(Interval(Fraction(1), Fraction(1)), value)))
        for two, value in fitting[:1] or (known if len(known) == 1 and not turned else []):
            if off((value.low + value.high) / 2, (multiple.low + multiple.high) / 2 if multiple.high < _FAR else multiple.low) <= _MOST:
                yield _told(claim, two, value, fits=multiple.meets(value))


_FAR = 10**6


Two = tuple[Operand, Operand]


def _behind_it(claim: Occurrence, tail: tuple[str, str]) -> list[Two]:
    """Return each number before a multiple in its sentence with the first behind "as", "than" or "that of" in its clause: "80.8, half as high again as the 54.7"."""
    at = claim.index
    last = at + len(re.findall(MARK, tail[1]))
    behind = [m for m in claim.sentence.mentions[at + 1 : last + 1] if _level(m)][:1]
    told = (
        [m for m in claim.sentence.mentions[:at] if _level(m) and not (_OF_THE.search(ahead(m)) or _of_a_multiple(m))]
        if _PIVOT.search(tail[1].partition(MARK)[0])
        else []
    )
    return [(m, one) for one in behind for m in told if base(m) == base(one)]


def _of_a_multiple(mention: Occurrence) -> bool:
    """Return whether a number is that of which the number before it is a multiple: "three times as much as pelagic fish (£1,067)"."""
    return mention.index > 0 and multiple_of(mention.sentence.mentions[mention.index - 1]) is not None


_OF_THE = re.compile(r"\bof (?:the|these|those|all|its|our) $")


def _of_number(claim: Occurrence, tail: tuple[str, str], linker: Linker) -> Iterator[list[Two]]:
    """Yield the number told right before a multiple with that which its words may mean: the only one before it where nothing is named, else that of the noun, or the cell of the row."""
    held = [m for m in claim.sentence.mentions[: claim.index] if _level(m)]
    if not held or re.search(r"[;:]", claim.sentence.text[held[-1].end : claim.start]):
        return
    top, pivot = held[-1], _PIVOT.search(tail[1], 4)
    if not pivot and _ENDS.fullmatch(tail[1]):
        own = [m for m in held[:-1] if base(m) == base(top)]
        before = claim.sentence.before
        told = own or [m for m in (before.mentions if before else []) if _level(m) and base(m) == base(top)]
        yield [(top, told[0])] if len(told) == 1 else []
    if pivot and not re.search(MARK, tail[1]):
        text = tail[1][pivot.end() :]
        words = clause_words(text)
        near = [m for one in linker.reach.near(claim.sentence) for m in one.mentions]
        near = [m for m in near if m is not top and _level(m) and base(m) == base(top) and words & _own(m) and not words & _own(top)]
        pairs: list[Two] = [(top, m) for m in near[:_TWO]]
        yield pairs
        yield [pair for frame in linker.frames for pair in _cells(top, text, frame, claim.sentence)]


_ENDS = re.compile(
    r" (?:as [a-z]+(?: again)?|again as [a-z]+|the (?:size|number|rate|level|amount))(?:[.,;)].*| (?:and|but|which|while)\b.*|)"
)


def _cells(top: Occurrence, text: str, frame: TableFrame, sentence: Sentence) -> Iterator[Two]:
    """Yield the cell that a number is, whose row its passage names, with that of the same column in the only row that a text names."""
    rows = list(dict.fromkeys(cell.row for cell in frame.cells if not cell.all))
    second = [row for row in rows if place_among(row, rows, text) >= 0]
    told = f"{sentence.before.masked if sentence.before else ''} {sentence.masked}"
    for cell in frame.cells if len(second) == 1 else ():
        same = cell.quantity.anchor == top.quantity.anchor and cell.quantity.unit in (base(top), "count")
        if same and cell.row != second[0] and place_among(cell.row, rows, told) >= 0:
            yield from ((cell, one) for one in frame.cells if one.row == second[0] and one.column == cell.column)


def _told(claim: Occurrence, two: Two, value: Interval, *, fits: bool) -> Compared:
    top, bottom = two
    message = "" if fits else f"{top.text} is {shown(value)} times {bottom.text}, not {claim.text}."
    other: list[Operand | Place] = [*(m for m in two if isinstance(m, Occurrence)), *(m.spot for m in two if isinstance(m, ReportCell))]
    told = f"{top.text} / {bottom.text} = {shown(value)}; stated {claim.text}"
    return compared("ratio", [claim], told, message, confidence=Confidence.medium, other=other, operands=two, claim=claim)


def _of_it(claim: Occurrence, tail: tuple[str, str]) -> list[Two]:
    """Return the only number of the sentence before, of which "that is half as many again as" speaks, and the only one behind these words."""
    before = claim.sentence.before
    if not before or not _IT.match(tail[0].strip()) or not _PIVOT.search(tail[1]):
        return []
    behind = [m for m in claim.sentence.mentions if m.start > claim.end and _level(m)]
    told = [m for m in before.mentions if _level(m) and behind and base(m) == base(behind[0])]
    return [(told[0], behind[0])] if len(behind) == len(told) == 1 else []


def _level(mention: Occurrence) -> bool:
    return in_digits(mention) and not mention.quantity.unit.startswith(_NOT_THINGS) and not is_size(mention)


def _named(claim: Occurrence, tail: tuple[str, str], reach: Reach) -> list[Two]:
    """Return the two numbers of the nearest sentence whose own words are those before a multiple and those behind "as" or "than"."""
    pivot = _PIVOT.search(tail[1], 4)
    if not pivot or re.search(MARK, tail[1]):
        return []
    top, bottom = clause_words(tail[0]), clause_words(tail[1][pivot.end() :])
    for told in reach.near(claim.sentence):
        held = [(m, _own(m)) for m in told.mentions if m is not claim and _level(m)]
        first = [m for m, words in held if words & (top - bottom) and not words & (bottom - top)]
        second = [m for m, words in held if words & (bottom - top) and not words & (top - bottom)]
        if len(first) == len(second) == 1 and base(first[0]) == base(second[0]):
            return [(first[0], second[0])]
    return []


def _own(mention: Occurrence) -> set[str]:
    """Return the words around a number, up to the next comma, "and" or number on either side."""
    text = mention.sentence.masked
    at = text.index(mention.mark)
    return clause_words(_AND.split(text[:at])[-1]) | clause_words(_AND.split(text[at + 1 :])[0])
