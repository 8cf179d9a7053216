"""Levels of shares: the percentages that a passage tells of something, and what lies between any two of them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from itertools import combinations, takewhile

from evidence.quantity import Interval
from evidence.referee.comparing import Operand, pattern
from evidence.referee.mentions import CHANGE, Occurrence, Sentence
from evidence.referee.relations.reach import Reach, ahead, behind
from evidence.referee.relations.roles import is_changed_share, is_size
from evidence.referee.relations.settling import said

_EMPHATIC = re.compile(
    r"(?:no|not) (?:more|fewer|less) than|only|just\b(?! (?:over|under|above|below|short))|as (?:much|many|little|few|low|high) as|fully|a mere"
)
_WANTED = re.compile(
    r"\b(?:target\w*|planned|(?:the|its|their|our|this|that|under|joint|year) (?:[a-z']+ )?plans?|aim\w*|goal|forecast\w*|want(?:s|ed)?|ask(?:s|ed)? (?:for|that)|request\w*|promise[sd]?|pledge[sd]?|expect\w*|predict\w*|requir\w*"
    r"|contract\w*|standard|ambition|ceiling|floor|limit|threshold|norm|project(?:ed|ion)|budget(?:ed)?|hoped|benchmark|undertak\w*|commit(?:ted|ment)|guideline|objective|quota|calls? for|set (?:at|itself))\b"
)
_JOINED = pattern(r"^ (?:per ?cent |% )?(?:to|and|against|or) #")
_BARE = re.compile(r"[.,;)]|$| (?:in|for|of|on|among|at|by|and|now|today) ")
_NO_SHARE = re.compile(r"\b(?:confidence|significan\w+|error|inflation|prices|growth|interest|discount)\b[^.;,]{0,25}$")
_FROM = re.compile(r"\bfrom (?:about |some |just |only |nearly )?$")
_ITEMS, _BACK, _MOST = 24, 3, 100


@dataclass(frozen=True, slots=True)
class Level:
    """A share that something has.

    Attributes:
        number: The number of a sentence or a cell that tells it.
        span: What it may be.
        words: The words around it.
        wanted: Whether it is one that was planned, asked for or foreseen.
        earlier: Whether it is that from which something moved.
    """

    number: Operand
    span: Interval
    words: str = ""
    wanted: bool = False
    earlier: bool = False

    @property
    def text(self) -> str:
        """It as written."""
        return self.number.text


def level(number: Operand) -> Level:
    """Return a percentage as a level; "no more than 37%" only says that 37% is little."""
    if not isinstance(number, Occurrence):
        return Level(number, _closed(number.quantity.interval), f"{number.row} {number.head}".lower())
    words = _around(number)
    hedged = number.quantity.hedge and not _EMPHATIC.match(number.text.lower())
    span = said(number.quantity) if hedged else _printed(number)
    return Level(number, _closed(span), words, bool(_WANTED.search(words)), bool(_FROM.search(ahead(number))))


def _around(number: Occurrence) -> str:
    """Return the words of the clause of a percentage, back and on to the next."""
    own = number.sentence.mentions
    before = [m.end for m in own[: number.index] if m.quantity.unit == "percent"]
    after = [m.start for m in own[number.index + 1 :] if m.quantity.unit == "percent"]
    text = number.sentence.text.lower()
    ahead_ = re.split(r"[;:.] ", text[max(before, default=0) : number.start])[-1]
    return f"{ahead_} # {re.split(r'[;:.] ', text[number.end : min(after, default=len(text))])[0]}"


def _printed(number: Occurrence) -> Interval:
    """Return what a number may be whose words only say that it is much or little: half a unit of its last digit to either side."""
    quantity = number.quantity
    if quantity.hedge:
        digits = re.search(r"\d+(?:\.(\d+))?", number.text)
        half = Fraction(1, 2 * 10 ** len(digits[1] or "")) if digits else Fraction(0)
        return Interval(quantity.anchor - half, quantity.anchor + half)
    return quantity.interval


def _closed(span: Interval) -> Interval:
    return Interval(span.low, span.high)


def levels_of(sentence: Sentence) -> list[Level]:
    """Return the levels of shares that a sentence tells, without the sizes of changes."""
    return [level(m) for m in sentence.mentions if _is_share(m) and not _is_sized(m) and not _NO_SHARE.search(ahead(m))]


_AND_BY = re.compile(r"\band by (?:only |just )?$")


def _is_sized(mention: Occurrence) -> bool:
    """Return whether a percentage is the size of a change; "and by 52% in the next year" goes on from those who did something."""
    own = mention.sentence.mentions
    in_brackets = mention.index > 0 and ahead(mention) == " (" and is_size(own[mention.index - 1])
    return (is_size(mention) or is_changed_share(mention) or in_brackets) and not (
        _AND_BY.search(ahead(mention)) and not CHANGE.search(mention.sentence.masked)
    )


def _is_share(mention: Occurrence) -> bool:
    """Return whether a number is a percentage, or begins a row of such: "52 to 49 per cent"."""
    quantity = mention.quantity
    if quantity.ends or quantity.unit not in ("percent", "count"):
        return False
    if quantity.unit == "percent":
        return bool(re.search(r"\d|cent", mention.text.lower()))
    rest, own = mention.sentence.masked.partition(mention.mark)[2], mention.sentence.mentions
    joined = _JOINED.match(rest) and quantity.anchor < _MOST
    return bool(joined) and own[mention.index + 1].quantity.unit == "percent"


def may_be_levels(sentence: Sentence) -> Iterator[Level]:
    """Yield all numbers of a sentence that may be levels: percentages of any role, and what stands behind one without a unit."""
    share = False
    for mention in sentence.mentions:
        quantity = mention.quantity
        bare = share and quantity.unit == "count" and quantity.anchor <= _MOST and not quantity.in_words and _BARE.match(behind(mention))
        if quantity.ends and quantity.unit == "percent":
            yield from (Level(mention, _closed(end.interval)) for end in quantity.ends)
        elif _is_told_again(mention):
            continue
        elif (quantity.unit == "percent" and not _MOSTLY.search(mention.text.lower())) or bare:
            yield level(mention)
        share = share or (quantity.unit == "percent" and not quantity.in_words)


def _is_told_again(mention: Occurrence) -> bool:
    """Return whether a share in words stands before the same in digits: "one in four pupils (25%)"."""
    own, words = mention.sentence.mentions, mention.quantity.unit == "percent" and not re.search(r"%|cent", mention.text)
    again = words and mention.index + 1 < len(own) and own[mention.index + 1].quantity.unit == "percent"
    return bool(again and re.fullmatch(r"[^.;,()]{0,40}\(", behind(mention)))


_MOSTLY = re.compile(r"\b(?:most|majority|minority|more than half|over half)\b")


def told_before(sentence: Sentence, reach: Reach, most: int = _BACK) -> list[Sentence]:
    """Return a sentence and those before it, the nearest first, across the ends of paragraphs under one heading; a list is read as a whole."""
    found, left = [sentence], most
    for one in reach.section(sentence)[:_ITEMS]:
        in_list = one.kind == "item" and (sentence.kind != "item")
        left -= 0 if in_list and found[-1].kind == "item" else 1
        if left < 0:
            break
        found.append(one)
    return found


def list_before(sentence: Sentence, reach: Reach) -> list[Sentence]:
    """Return the items of the list that stands right before a sentence, or before the paragraph it is in."""
    back = [one for one in reach.section(sentence)[:_ITEMS] if one not in reach.near(sentence)]
    return list(takewhile(lambda one: one.kind == "item", back))


def rows_before(sentence: Sentence, reach: Reach) -> list[tuple[str, list[Level]]]:
    """Return the percentages of each row of the table before a sentence, each row with its label."""
    table = reach.table_before(sentence)
    rows: dict[str, list[Level]] = {}
    for cell in reach.cells_in(table) if table else []:
        if cell.quantity.unit == "percent":
            rows.setdefault(cell.row, []).append(level(cell))
    return list(rows.items())


def gap(one: Interval, other: Interval) -> Interval:
    """Return how far two numbers may lie apart, whichever is greater."""
    span = one - other
    return span if span.low >= 0 else -span if span.high <= 0 else Interval(Fraction(0), max(span.high, -span.low))


def gaps(levels: Iterable[Level]) -> Iterator[tuple[Level, Level, Interval]]:
    """Yield any two levels and what lies between them."""
    for one, two in combinations(levels, 2):
        yield one, two, gap(one.span, two.span)
