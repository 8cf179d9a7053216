"""Numbers that a passage lists: each in the unit that it may leave out, and those of them that can be parts of one whole."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from fractions import Fraction
from itertools import combinations

from evidence.quantity import Interval
from evidence.referee.comparing import Compared, Confidence, alike, compared, power_of_ten, shown, total
from evidence.referee.mentions import FALL, RISE, Occurrence, Sentence, stems
from evidence.referee.passages import is_span
from evidence.referee.relations.reach import ahead, base, behind, nouns
from evidence.referee.relations.settling import off, said
from evidence.referee.relations.told_beside import share_behind

_BARE = re.compile(
    r"[.,;:)]|$| \(| (?:of|to|from|for|in|into|by|at|on|and|or|was|were|is|are|went|goes|came|comes|with|as|under|never|not|more|had|has|have|remain\w*)\b"
)
_BESIDE = re.compile(
    r"\b(?:than|against|compared (?:with|to)|above|below|over|under|target of|limit of|since|down from|up from|out of|from the|per|every|average of|mean of|median of|averag\w+|least|most)"
    r" (?:the |some |about |just |only |its |their |our )*$"
)
_FOR_EACH = re.compile(
    r"(?: [a-z]+){0,2} (?:each|apiece|per)\b| (?:times|-fold)\b|-(?:year|month|week|day|bed|metre|point|member|strong)\b"
)
NO_PARTS = re.compile(
    r"\b(?:includ(?:ing|es?|ed)|such as|for example|for instance|e\.g|some of|more than one|one or more|several of|multiple|average[sd]?|mean|median|each|apiece|twice|respectively"
    r"|could choose|were able to|mainly|largest|biggest|notably)\b"
)
"""Words beside numbers that are not all parts, overlap, or are no parts at all."""
NOT_ADDED = re.compile(r"percent|times|years|months|weeks|minutes|seconds|calendar|out of")
"""Units in which amounts are not added up here."""
_A_YEAR = re.compile(r"(?:19|20)\d\d")


def written(mention: Occurrence) -> bool:
    """Return whether a number is written in words: "four"."""
    return not re.search(r"\d", mention.text)


def amount(mention: Occurrence) -> bool:
    """Return whether a number is one plain amount: no range, bound, year, rate, length of time told over, size of a change or side of a comparison."""
    quantity = mention.quantity
    plain = not (quantity.ends or quantity.in_words) and quantity.anchor > 0 and quantity.hedge in ("", "about")
    dated = _A_YEAR.fullmatch(mention.text) and not re.match(r" [a-z]+s\b", behind(mention))
    beside = _BESIDE.search(ahead(mention)) or _FOR_EACH.match(behind(mention))
    changed = _MORE.match(behind(mention)) or _CHANGED.search(ahead(mention))
    return plain and not (dated or beside or changed or is_span(mention))


_LITTLE = r"(?:just |only |about |some |nearly |almost |around |over |another |a further |an? |further )*"
_MORE = re.compile(
    r" (?:more|fewer|extra|additional|further)\b(?! (?:than one|and))|(?: [a-z-]+)?,? (?:more|fewer|less|higher|lower|larger|smaller|greater|up|down|short|above|below|ahead)"
    r" (?:than|on|of|the)\b"
)
_CHANGED = re.compile(
    rf"\b(?:(?<!made )(?<!make )(?<!makes )(?<!making )(?:{RISE}|{FALL})|change|gap|difference|saving|shortfall)s?(?: [a-z]+){{0,2}}? (?:by|of) {_LITTLE}$"
    rf"|\b(?:rose|fell|grew|by|down|(?<!made )(?<!make )(?<!makes )(?<!making )up) {_LITTLE}$"
)


def in_unit(sentences: Sequence[Sentence], unit: str, *, loose: bool = False) -> list[Occurrence]:
    """Return the amounts of sentences that are of a unit, or leave it out behind one that names it: "300 hectares of oak, 200 of ash".

    Loose are all numbers of the unit: what may explain another, and does not refute it.
    """
    found, carried = list[Occurrence](), unit == "count"
    for sentence in sentences:
        for mention in sentence.mentions:
            own = base(mention)
            bare = own == "count" and unit != "count" and carried and not written(mention) and _leaves_out(mention, unit)
            if (own != unit and not bare) or (own == unit == "count" and not loose and _elliptic(mention)):
                continue
            carried = carried or own == unit
            if amount(mention) or (loose and not mention.quantity.ends and mention.quantity.anchor > 0):
                found.append(replace(mention, quantity=replace(mention.quantity, unit=unit)) if bare else mention)
    return found


def _leaves_out(mention: Occurrence, unit: str) -> bool:
    """Return whether a bare number may leave out a unit: no noun stands behind it."""
    return bool(_BARE.match(behind(mention)) or (_MEASURES.match(unit) and re.match(r" [a-z]+ed\b", behind(mention))))


def _elliptic(mention: Occurrence) -> bool:
    """Return whether a bare number leaves out the measure of the one before it, in its sentence or right before that: "use 121 litres; the rest use 158"."""
    back = mention.sentence.before
    told = mention.sentence.mentions[: mention.index] or (back.mentions if back else [])
    last = [one for one in told if base(one) != "percent"][-1:]
    return bool(last and _MEASURES.match(base(last[0])) and _LEFT_OUT.match(behind(mention))) and not written(mention)


_MEASURES = re.compile(r"(?:litres|kg|grams|km|miles|metres|cm|mm|hectares|acres|tonnes|MW|MWh|kWh|GWh|m2|m3|cubic|square|degrees)\b")
_LEFT_OUT = re.compile(r"[.,;)]|$| (?:of|in|for|to|from|by|at|on|and)\b")


def counted_in(mention: Occurrence) -> str:
    """Return the unit of a number, or that of the number before it in its sentence which it goes on from."""
    if base(mention) == "count":
        for other in reversed(mention.sentence.mentions[: mention.index]):
            unit = base(other)
            if (
                unit != "count"
                and not NOT_ADDED.match(unit)
                and any(one.start == mention.start for one in in_unit([mention.sentence], unit))
            ):
                return unit if _MEASURES.match(unit) and _LEFT_OUT.match(behind(mention)) else "count"
    return base(mention)


def partial(sentence: Sentence) -> bool:
    """Return whether a sentence says that its numbers are not all parts, overlap, or are of one each."""
    return bool(NO_PARTS.search(sentence.masked)) and not _NOTHING_ELSE.search(sentence.masked)


_NOTHING_ELSE = re.compile(r"\b(?:nothing|none|no one|nobody) (?:else|other)\b|\bno others?\b")


def before_it(held: Sequence[Occurrence], mention: Occurrence) -> list[Occurrence]:
    """Return those of some numbers that stand before another."""
    at = (mention.sentence.number, mention.start)
    return [one for one in held if (one.sentence.number, one.start) < at]


def behind_it(held: Sequence[Occurrence], mention: Occurrence) -> list[Occurrence]:
    """Return those of some numbers that stand behind another."""
    at = (mention.sentence.number, mention.start)
    return [one for one in held if (one.sentence.number, one.start) > at]


def added(parts: Iterable[Occurrence]) -> Fraction:
    """Return the sum of numbers as they are printed."""
    return sum((part.quantity.anchor for part in parts), Fraction(0))


def makes(parts: Sequence[Occurrence], whole: Occurrence) -> bool:
    """Return whether numbers add up to another, as all of them are printed and hedged."""
    *spans, _ = alike([*(part.quantity for part in parts), whole.quantity])
    own = [said(part.quantity) if part.quantity.hedge else span for part, span in zip(parts, spans, strict=True)]
    found, meant = total(own), meant_beside(whole, parts)
    return Interval(found.low, found.high).meets(meant)


def chosen(parts: Sequence[Occurrence], whole: Occurrence, keep: Sequence[Occurrence] = ()) -> list[Occurrence]:
    """Return those of some numbers that add up to another: all of them as they are printed, else all but one or two in the middle of what it may be."""
    if len(parts) > 1 and makes(parts, whole):
        return list(parts)
    lists = (held for held in fewer(parts, keep) if len(held) < len(parts))
    return next((held for held in lists if meant_beside(whole, held).contains(added(held))), [])


def meant_beside(whole: Occurrence, parts: Sequence[Occurrence]) -> Interval:
    """Return what a number may be beside others, its ends with it."""
    *_, printed = alike([*(part.quantity for part in parts), whole.quantity])
    meant = said(whole.quantity) if whole.quantity.hedge else printed
    return Interval(meant.low, meant.high)


def fewer(parts: Sequence[Occurrence], keep: Sequence[Occurrence] = ()) -> Iterator[list[Occurrence]]:
    """Yield a list of numbers, and what is left of it without one or two that may be no parts; some are kept in any case."""
    if len(parts) > 1:
        yield list(parts)
    kept = {id(one) for one in keep}
    free = [part for part in parts if id(part) not in kept]
    for size in (1, 2):
        for out in combinations(free, size):
            left = [part for part in parts if not any(part is one for one in out)]
            if len(left) > 1:
                yield left


def same(one: Occurrence, other: Occurrence) -> bool:
    """Return whether two are one number of one sentence."""
    return one.sentence is other.sentence and one.start == other.start


def part_by_share(mention: Occurrence) -> bool:
    """Return whether a number is told as a part: its share is in brackets behind it, it is in brackets behind its share, or it is so many "of them"."""
    return bool(share_behind(mention) or ahead(mention).endswith("(") or _OF_THEM.match(behind(mention)) or _ANOTHER.search(ahead(mention)))


_OF_THEM = re.compile(r" of (?:them|these|those|whom|which)\b")
_ANOTHER = re.compile(r"\b(?:another|a further|also|plus|as well as|and) (?:some |about )?$")


def shares_less(parts: Sequence[Occurrence]) -> bool:
    """Return whether parts have shares beside them that leave a whole untold, or that are right of another whole."""
    shares = [(part, share) for part in parts if (share := share_behind(part))]
    told = sum((share.quantity.anchor for _, share in shares), Fraction(0))
    return len(shares) > 1 and (len(shares) < len(parts) or abs(told - _HUNDRED) > len(shares))


_HUNDRED = 100


def closest(lists: Sequence[Sequence[Occurrence]], whole: Fraction) -> list[Occurrence]:
    """Return the list of numbers whose sum comes nearest to a whole."""
    return list(min((one for one in lists if one), key=lambda one: off(added(one), whole), default=()))


def alike_named(parts: Sequence[Occurrence]) -> list[Occurrence]:
    """Return numbers without those that count what no other of them does, where more than one is left: "12 schools took 400 boys and 300 girls"."""
    named = [{*nouns(part)[:2]} if re.match(r" [a-z]+s\b", behind(part)) else set[str]() for part in parts]
    own = [part for at, part in enumerate(parts) if not named[at] or any(named[at] & other for other in (*named[:at], *named[at + 1 :]))]
    return own if len(own) > 1 else list(parts)


def shares_words(one: str, other: str) -> bool:
    """Return whether two texts have a word in common that says what they are about."""
    return bool(set(stems(one)) & set(stems(other)))


def summed_up(where: Occurrence, whole: Occurrence, parts: Sequence[Occurrence], *, holds: bool) -> Compared:
    """Return that parts make a whole, or that they do not, told at the number that words say is the total or the rest."""
    value = Interval(added(parts), added(parts))
    told = " + ".join(part.text for part in parts)
    message = "" if holds else f"{told} is {shown(value)}, not {whole.text}.{power_of_ten(value.low, whole.quantity.anchor)}"
    mentions = [*(m for m in (*parts, whole) if m.sentence is where.sentence and m.start != where.start), where]
    reckoning = f"{told} = {shown(value)}; stated {whole.text}"
    return compared("sum", mentions, reckoning, message, confidence=Confidence.high, other=[*parts, whole], operands=parts, claim=where)


def shares_up(where: Occurrence, parts: Sequence[Occurrence], *, holds: bool) -> Compared:
    """Return that parts of a hundred make it, or that they do not, told at the number that words say is the rest."""
    value = Interval(added(parts), added(parts))
    told = " + ".join(part.text for part in parts)
    message = "" if holds else f"{told} is {shown(value)}, not a hundred."
    mentions = [*(m for m in parts if m.sentence is where.sentence and m.start != where.start), where]
    return compared("shares", mentions, f"{told} = {shown(value)}", message, other=parts, operands=parts, claim=where)
