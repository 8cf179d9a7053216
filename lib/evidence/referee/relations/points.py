"""Changes of percentages: a difference in points that is called percent, and growths and inflation that were added where they compound."""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction
from itertools import combinations, permutations

from evidence.referee.comparing import Compared, Confidence, How, compared, show
from evidence.referee.mentions import CHANGE, Occurrence, Sentence
from evidence.referee.relations.reach import Reach, ahead, behind
from evidence.referee.relations.roles import is_size

_TOGETHER = re.compile(r"\b(?:together|taken together|altogether|in all|combined|over the (?:two|whole|entire)|both years)\b")
_REAL = re.compile(r"\b(?:in real terms|real[- ]terms|after inflation|allowing for inflation)\b")
_PRICES = re.compile(
    r"\b(?:inflation|(?:consumer |general )?prices (?:in general |generally |overall |as a whole )?(?:rose|have risen|went up|increased))\b"
)
_TWO, _SIXTH, _POINT = 2, Fraction(1, 6), Fraction(1)


def compounded(sentence: Sentence, reach: Reach) -> Iterator[Compared]:
    """Yield whether the growth over two years together is that of both, one upon the other, where it is just their sum."""
    if not _TOGETHER.search(sentence.masked):
        return
    for claim in _percents(sentence)[:1]:
        earlier = [m for one in reach.near(sentence)[1:] if CHANGE.search(one.masked) for m in _percents(one)]
        for one, two in combinations(earlier, 2):
            first, second = one.quantity.anchor, two.quantity.anchor
            both = first + second + first * second / 100
            if claim.quantity.anchor == first + second and both - first - second > _POINT / 2:
                message = f"Growth by {one.text} and {two.text} is growth by {show(both)} percent; {claim.text} is their sum."
                told = f"{one.text}, {two.text}: {show(both)} percent"
                yield compared("change", [claim], told, message, confidence=Confidence.medium, other=one, operands=(one, two))
                return


def deflated(sentence: Sentence, reach: Reach) -> Iterator[Compared]:
    """Yield whether a change in real terms is that in cash divided by that of prices, where it is just their difference."""
    for claim in _percents(sentence) if _REAL.search(sentence.masked) else []:
        for prices in _inflation(reach):
            cash = claim.quantity.anchor + prices.quantity.anchor
            real = (cash - prices.quantity.anchor) * 100 / (100 + prices.quantity.anchor)
            stated = [m for one in reach.sentences for m in _percents(one) if m.quantity.anchor == cash]
            cells = [cell for cell in reach.cells if cell.quantity.anchor == cash]
            if (
                claim is not prices
                and not _PRICES.search(ahead(claim)[-60:])
                and (stated or cells)
                and abs(real - claim.quantity.anchor) > _POINT
            ):
                message = f"Growth by {show(cash)} percent while prices rose by {prices.text} is {show(real)} percent in real terms; {claim.text} is their difference."
                told = f"(100 + {show(cash)}) / (100 + {prices.text}) - 1"
                yield compared("change", [claim], told, message, confidence=Confidence.medium, other=prices)
                return
    yield from _inflated(sentence)


def _inflated(sentence: Sentence) -> Iterator[Compared]:
    """Yield that a change in real terms is that in cash and inflation together, which the sentence, or it and that before, tell."""
    held = [*_percents(sentence.before), *_percents(sentence)]
    prices = [m for m in held if _PRICES.search(ahead(m)[-60:])]
    for claim in _percents(sentence) if _REAL.search(sentence.masked) and len(prices) == 1 else []:
        rate = prices[0].quantity.anchor
        cash = [m for m in held if m not in (claim, prices[0]) and m.quantity.anchor + rate == claim.quantity.anchor]
        if cash and claim is not prices[0] and _REAL.search(ahead(claim)[-50:] + behind(claim)[:30]):
            real = (cash[0].quantity.anchor - rate) * 100 / (100 + rate)
            message = f"Growth by {cash[0].text} while prices rose by {prices[0].text} is {show(real)} percent in real terms; {claim.text} is their sum."
            told = f"(100 + {cash[0].text}) / (100 + {prices[0].text}) - 1"
            own = [m for m in (cash[0], prices[0], claim) if m.sentence is sentence]
            yield compared("change", own, told, message, confidence=Confidence.medium, other=cash[0], operands=(cash[0], prices[0]))
            return


def _inflation(reach: Reach) -> list[Occurrence]:
    return [m for one in reach.sentences if _PRICES.search(one.masked) for m in _percents(one) if _PRICES.search(ahead(m)[-60:])]


def _percents(sentence: Sentence | None) -> list[Occurrence]:
    held = sentence.mentions if sentence else []
    return [m for m in held if m.quantity.unit == "percent" and not m.quantity.ends and not _fraction(m) and m.quantity.anchor > 0]


def _fraction(mention: Occurrence) -> bool:
    return mention.quantity.in_words and "per cent" not in mention.text.lower() and "percent" not in mention.text.lower()


def of_points_elsewhere(sentence: Sentence, reach: Reach) -> Iterator[Compared]:
    """Yield that "19%, 0.5% better than before" is just the points between that level and one beside it where the report tells it again."""
    held = _percents(sentence)
    claims = [m for m in held if is_size(m) or _BETTER.match(behind(m))]
    rest = [m for m in held if m not in claims]
    if len(claims) != 1 or len(rest) != 1 or claims[0].quantity.hedge or claims[0].start < rest[0].start:
        return
    claim, level = claims[0], rest[0].quantity.anchor
    for other, after in zip(reach.sentences, [*reach.sentences[1:], None], strict=True):
        if other is sentence or len(sentence.stems & other.stems) < _TWO or all(m.quantity.anchor != level for m in _percents(other)):
            continue
        near = [*_percents(other), *(_percents(after) if after and after.before is other else [])]
        for one in near:
            points, first = abs(level - one.quantity.anchor), one.quantity.anchor
            if points == claim.quantity.anchor and not is_size(one) and abs(points * 100 / first - points) > points * _SIXTH:
                told = f"{rest[0].text}; {one.text}: {show(points)} percentage points"
                message = f"{claim.text} is the difference in percentage points between {one.text} and {rest[0].text}."
                yield compared("points against percent", [rest[0], claim], told, message, confidence=Confidence.medium, other=one)
                return


_RATE = re.compile(
    r"\b(?:rates?|share|proportion|percentage|level|turnout|take-up|occupancy|attendance|satisfaction|punctuality|unemployment|employment|coverage)\b"
)


def told_for_points(sentence: Sentence, reach: Reach) -> Iterator[Compared]:
    """Yield that by how much percent a share is said to have moved is just the points between two levels that the passage, or a sentence elsewhere, tells of it."""
    held = _percents(sentence)
    claims = [m for m in held if is_size(m) and not m.quantity.hedge]
    if len(claims) != 1 or _PRICES.search(sentence.masked) or not _RATE.search(ahead(claims[0])):
        return
    claim = claims[0]
    passage = [one for one in (*reach.near(sentence)[:_BACK], reach.after(sentence)) if one]
    if _explained(claim, passage):
        return
    for one in passage[1:] if not _GROUP.search(ahead(claim)) else []:
        levels = _levels(one, claim)
        if len(levels) == _TWO and (found := _points(claim, levels)):
            yield found
            return
    for other in reach.sentences:
        told = [one for one in (other, reach.after(other)) if one]
        same = len(sentence.stems & told[0].stems) + 2 * any(
            {year[:4] for year in sentence.years} & {year[:4] for year in one.years} for one in told
        )
        levels = [m for one in told for m in _levels(one, claim)]
        pairs = [two for two in combinations(levels, _TWO) if len(levels) == _TWO or claim.quantity.anchor.denominator > 1]
        found = next((told_ for two in pairs if (told_ := _points(claim, list(two)))), None)
        if found and same > _TWO and not set(told) & set(passage):
            yield found
            return


_BACK, _GROUP = 3, re.compile(r"\b(?:among(?:st)?|within|for|of those) ")


def _levels(sentence: Sentence, claim: Occurrence) -> list[Occurrence]:
    return [m for m in _percents(sentence) if m is not claim and not is_size(m)]


def _points(claim: Occurrence, levels: list[Occurrence]) -> Compared | None:
    """Return that a change in percent is the points between two levels, which in percent of either are clearly another number."""
    one, two = levels
    points = abs(two.quantity.anchor - one.quantity.anchor)
    apart = all(abs(points * 100 / level.quantity.anchor - points) > points * _SIXTH for level in levels)
    if points != claim.quantity.anchor or not apart:
        return None
    told = f"{one.text}; {two.text}: {show(points)} percentage points"
    message = f"{claim.text} is the difference in percentage points between {one.text} and {two.text}."
    own = [m for m in (one, two) if m.sentence is claim.sentence]
    other = () if own else one
    return compared("points against percent", [*own, claim], told, message, confidence=Confidence.medium, other=other, operands=levels)


def _explained(claim: Occurrence, passage: list[Sentence]) -> bool:
    """Return whether two numbers of a passage are so many percent apart."""
    numbers = [m.quantity for one in passage for m in one.mentions if m is not claim and not m.quantity.ends and m.quantity.anchor > 0]
    return any(
        claim.quantity.interval.contains(abs(two.anchor - one.anchor) * 100 / one.anchor)
        for one, two in permutations(numbers[:_MOST], 2)
        if one.unit == two.unit
    )


_MOST = 16
_BETTER = re.compile(r" (?:better|worse|higher|lower|more|less|above|below|up|down) (?:than|on)\b")
_THAN = re.compile(r"^(?: [a-z-]+){0,2}? (?:(?P<up>more|higher|up|above)|(?P<down>fewer|lower|less|down|below))\b[^.;]{0,40}\($")


def of_levels(sentence: Sentence, reach: Reach) -> Iterator[Compared]:
    """Yield whether so many points more or less than an earlier percentage, which stands in brackets, lie between the two, and that way."""
    held = [m for m in _percents(sentence) if not is_size(m)]
    for claim in [m for m in sentence.mentions if m.quantity.unit == "percentage points" and not m.quantity.ends]:
        match = _THAN.match(behind(claim))
        now = [m for m in held if m.start < claim.start]
        then = [m for m in held if m.start > claim.end]
        if match and len(now) == len(then) == 1:
            (first, last) = (then[0], now[0])
            gap = last.quantity.interval - first.quantity.interval
            size = gap if gap.high > 0 else -gap
            told = f"{last.text} - {first.text}; stated {claim.text}"
            wrong = bool(match["up"]) != (last.quantity.anchor > first.quantity.anchor) and first.quantity.anchor != last.quantity.anchor
            message = (
                ""
                if size.meets(claim.quantity.interval)
                else f"Between {first.text} and {last.text} lie {show(size.high)} points at most, not {claim.text}."
            )
            if wrong:
                message = (
                    f'"{match["up"] or match["down"]}", but from {first.text} to {last.text} it went {"down" if match["up"] else "up"}.'
                )
            kind = "direction" if wrong else "change"
            yield compared(kind, [last, claim, first], told, message, confidence=Confidence.medium, how=How.difference, contested=claim)
