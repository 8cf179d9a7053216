"""Shares beside their counts: any whole within reach explains one; where none does, a near miss of the whole that is named, or that the shares beside it have, is told."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from fractions import Fraction

from evidence.quantity import Interval, Quantity, parse
from evidence.referee.checks.apart import OTHERS
from evidence.referee.checks.ranges import MAY_EXCEED
from evidence.referee.comparing import Compared, Confidence, alike, compared, ratio, shown
from evidence.referee.mentions import Occurrence, Sentence
from evidence.referee.relations.reach import Reach, ahead, base, behind, nouns, words_of
from evidence.referee.relations.roles import fit, is_changed_share, is_size
from evidence.referee.relations.settling import NEAR, off, said

_SPANS = ("years", "months", "weeks", "days", "hours", "minutes", "percent", "percentage points", "times")
_LITTLE = (
    r"(?:just |only |about |some |nearly |almost |around |over |or |roughly |exactly |slightly |a little |somewhat |rather |well |far )*"
)
_SHARE_BEHIND = re.compile(
    rf"(?: \(|,? (?:or|which (?:is|was|comes to|came to|makes|made)|that is|i\.e\.|representing|making|equal to|equivalent to) ){_LITTLE}$"
)
_PART_BEHIND = re.compile(rf"^[^.;:(),]{{0,50}} ?\({_LITTLE}$")
_OF_A_NAME = re.compile(r"\)? of (?!(?:them|these|those|whom|which|the (?:total|whole|cost|bill)|all)\b)")
_MORE = re.compile(
    r"\)? (?:[a-z]+ )?(?:more|less|fewer|higher|lower|above|below|up|down|over|under|short|ahead|of (?:the )?(?:target|plan|budget))\b"
)
_CLAUSE = re.compile(r"[;:]|\.\s|, (?:and|but|while|whereas|with|compared|against)\b")
_WHOLE_AHEAD = re.compile(
    r"(?:^|[,;:(]| and| but| that| which|\bout) ?(?:of|among|from|out of) (?:(?:all|the|these|those|our|its|their|just|only|some|a total of) )*$"
)
_OF = re.compile(r"^(?: [a-z-]+){0,2} (?:out )?of (?:(?:all|the|these|those|our|its|their|a total of) )*$")
_GROUP = re.compile(
    r"\b(?:among|amongst|of (?:the|those|these|them|whom|which)|within|in \d{4}|in (?:19|20)\d\d|for (?:the|those)|a year (?:ago|earlier)|previous|last year|against|compared (?:with|to)|than|up from|down from)\b"
)

_THEN = re.compile(r"\)?,? (?:in|for|at|during) (?:[A-Z][a-z]+ )?(?:19|20)\d\d|\)? (?:a year|last|the year|previously)\b")


@dataclass(frozen=True, eq=False, slots=True)
class CountedShare:
    """A count and the share that is told beside it.

    Attributes:
        part: The count.
        share: Its percentage, or a fraction in words.
        whole: The whole that its words name; None where they name none.
    """

    part: Occurrence
    share: Occurrence
    whole: Occurrence | None

    def of(self, whole: Quantity) -> Interval | None:
        """Return its percentage of a whole."""
        found = ratio(*alike([self.part.quantity, whole]))
        return found.scaled(Fraction(100)) if found else None

    def fits(self, whole: Quantity) -> bool:
        """Return whether a whole explains it; a bound in words is explained only from near."""
        value = self.of(whole) if whole.unit.partition(" per ")[0] == base(self.part) else None
        if not value or whole.anchor < self.part.quantity.anchor:
            return False
        close = off((value.low + value.high) / 2, self.share.quantity.anchor) < _BOUND
        return said(self.share.quantity).meets(value) and (close or not self.share.quantity.hedge)


_BOUND = Fraction(5, 4)


def told_shares(sentence: Sentence) -> list[CountedShare]:
    """Return the counts of a sentence with the shares that stand right beside them."""
    found = list[CountedShare]()
    for share in sentence.mentions:
        if (
            share.quantity.unit != "percent"
            or share.quantity.ends
            or not 0 < share.quantity.anchor < _FAR_OVER
            or share.text[:1] in "+-\u2212"
        ):
            continue
        if is_size(share) or is_changed_share(share) or _MORE.match(sentence.text[share.end :]):
            continue
        part = _part_of(share)
        bound = part and part.quantity.hedge not in ("", "about")
        if part and not bound and not is_size(part) and all(part is not one.part for one in found):
            found.append(CountedShare(part, share, _named(part, share)))
    return found


_FAR_OVER = 200


_TIME = re.compile(r" (?:[a-z]+ )?(?:years?|months?|weeks?|days?|hours?|minutes?)\b")


def _amount(mention: Occurrence) -> bool:
    if _TIME.match(behind(mention)):
        return False
    return base(mention) not in _SPANS and not mention.quantity.ends and not mention.quantity.in_words and mention.quantity.anchor > 0


def _part_of(share: Occurrence) -> Occurrence | None:
    """Return the count that a share stands right beside: "63 were answered in time (72%)", "under half (702)"."""
    own = share.sentence.mentions
    if share.index + 1 < len(own) and _PART_BEHIND.match(behind(share)):
        after = own[share.index + 1]
        return after if _amount(after) and " per " not in after.quantity.unit and not _OF.match(behind(after)) else None
    if not (_SHARE_BEHIND.search(ahead(share)) or _in_one_bracket(share)) or _OF_A_NAME.match(share.sentence.text[share.end :]):
        return None
    for one in reversed(own[: share.index]):
        between = share.sentence.text[one.end : share.start].lower()
        apart = _CLAUSE.search(between) or OTHERS.search(between) or len(between) > _WINDOW
        if apart or base(one) == "percent" or (_OR.fullmatch(between) and not _amount(one)):
            return None
        if _amount(one):
            inner = own[one.index - 1] if one.index and _OF.match(ahead(one)) and _amount(own[one.index - 1]) else None
            if inner and base(inner) == "count" != base(one):
                return None
            return inner if inner and base(inner) == base(one) and inner.quantity.anchor <= one.quantity.anchor else one
    return None


_WINDOW = 75
_OR = re.compile(rf",? or {_LITTLE}")
_WITH_COMMA = re.compile(rf"(?: [a-z]+){{0,3}}, {_LITTLE}")


def _in_one_bracket(share: Occurrence) -> bool:
    """Return whether a share stands behind a comma and its count, both in one bracket, or is said to be of the total: "(61 firms, 17%)"."""
    text, at = share.sentence.text, share.index
    first = share.sentence.mentions[at - 1] if at else None
    if not first or not _WITH_COMMA.fullmatch(ahead(share)):
        return False
    bracket = text[: first.start].endswith("(") and text[share.end :].startswith(")")
    return bracket or bool(_OF_ALL.match(text[share.end :]))


_OF_ALL = re.compile(r" of (?:the (?:total|whole|sample|respondents)|(?:all|those) [a-z]+|all)\b")


def _named(part: Occurrence, share: Occurrence) -> Occurrence | None:
    """Return the whole that the words of a sentence name: "of the 82 that fell due, 63", "63 of 82"."""
    own = part.sentence.mentions
    if part.index + 1 < len(own) and _OF.match(behind(part)) and base(own[part.index + 1]) == base(part):
        return own[part.index + 1]
    for one in reversed(own[: part.index]):
        if base(one) == base(part) and _amount(one) and _WHOLE_AHEAD.search(part.sentence.text[: one.start].lower()):
            return one if one.quantity.anchor > part.quantity.anchor else None
    return None


def shares_of_counts(sentence: Sentence, reach: Reach) -> Iterator[Compared]:
    """Yield whether each share that stands beside its count is that of a whole within reach."""
    for told in told_shares(sentence):
        if told.share.quantity.anchor > _ALL:
            yield from _beyond_all(told)
        shared, backing = (None, 0) if told.whole else _shared(told, reach)
        wholes = _beside(told) if told.whole else _wholes(told, reach)
        if any(told.fits(one) for one in wholes):
            continue
        whole = told.whole or shared or _with_the_rest(told) or _alone_before(told)
        if not whole:
            whole, backing = _of_section(told, reach)
        if not whole:
            continue
        quantity = whole.quantity if isinstance(whole, Occurrence) else whole
        value = told.of(quantity)
        if isinstance(whole, Occurrence) and not fit("share × base", told.share, [told.part, whole]):
            continue
        close = value and (backing >= _TWO or off((value.low + value.high) / 2, told.share.quantity.anchor) <= NEAR)
        if value and close and not said(told.share.quantity).meets(value):
            reckoning = f"{told.part.text} / {quantity.text} in percent"
            message = f"{reckoning} is {shown(value)}, not {told.share.text}."
            numbers = [told.part, told.share] if told.part.start < told.share.start else [told.share, told.part]
            yield compared(
                "share × base",
                numbers,
                f"{reckoning} = {shown(value)}; stated {told.share.text}",
                message,
                confidence=Confidence.high if backing >= _TWO else Confidence.medium,
                other=whole if isinstance(whole, Occurrence) else (),
                claim=told.share,
                given=value,
            )


_ALL = 100
_OF_MORE = re.compile(r"\)? (?:of|against|in|on) (?:a |an |the |its |our |what )*[a-z]")


def _beyond_all(told: CountedShare) -> Iterator[Compared]:
    """Yield that a count of people or things is told as more than all of them, where nothing is named that they may exceed."""
    text = told.share.sentence.masked[: told.share.sentence.masked.index(told.share.mark)]
    bracket = told.share.start > told.part.start and bool(re.search(r"\(|, or $", ahead(told.share)))
    if base(told.part) == "count" and bracket and not MAY_EXCEED.search(text) and not _OF_MORE.match(behind(told.share)):
        message = f"{told.part.text} cannot be {told.share.text} of all."
        yield compared("over the whole", [told.part, told.share], told.share.text, message, confidence=Confidence.medium)


def _alone_before(told: CountedShare) -> Occurrence | None:
    """Return the only number of its unit in the sentence before, where a sentence begins with a share or its count and names no other thing."""
    first, before = min((told.part, told.share), key=lambda one: one.start), told.part.sentence.before
    held = [m for m in before.mentions if _amount(m) and base(m) == base(told.part)] if before else []
    if len(held) != 1 or not before or not re.fullmatch(_LITTLE, ahead(first)) or held[0].quantity.anchor <= told.part.quantity.anchor:
        return None
    between = told.part.sentence.text[first.end : max(told.part.start, told.share.start)].lower()
    own = set(words_of(between))
    return held[0] if not own - set(words_of(before.text)) else None


def _with_the_rest(told: CountedShare) -> Quantity | None:
    """Return a count with what is said to remain, where a sentence tells no other number of its unit: "paid £1.2m (30%), the city the remaining £2.8m"."""
    held = [m for m in told.part.sentence.mentions if base(m) == base(told.part) and not m.quantity.ends]
    if len(held) != _TWO or held[0] is not told.part or not _REMAINING.search(ahead(held[1])):
        return None
    both = held[0].quantity.interval + held[1].quantity.interval
    return replace(told.part.quantity, anchor=(both.low + both.high) / 2, interval=both, text=f"{held[0].text} and {held[1].text}")


_REMAINING = re.compile(r"\b(?:remaining|rest,|remainder,) $")


def explained(share: Occurrence, reach: Reach) -> bool:
    """Return whether a share stands beside a count, names no whole, and has that of the shares beside it."""
    for told in told_shares(share.sentence):
        whole = _shared(told, reach)[0] if told.share is share and not told.whole else None
        if whole:
            return told.fits(whole)
    return False


def _beside(told: CountedShare) -> list[Quantity]:
    """Return the numbers of its sentence and the one before, which alone explain a share whose whole is named."""
    before = told.part.sentence.before
    held = [*told.part.sentence.mentions, *(before.mentions if before else [])]
    return [m.quantity for m in held if m is not told.part and not m.quantity.ends and not m.quantity.in_words]


def _wholes(told: CountedShare, reach: Reach) -> list[Quantity]:
    """Return what may be the whole of a count: the numbers around it, those of its noun, and the totals of tables."""
    near = [m.quantity for m in (*reach.passage(told.part.sentence), *reach.wider(told.part.sentence)) if m is not told.part]
    kin = [m.quantity for m in reach.of_noun(nouns(told.part)[:2])]
    table = reach.table_before(told.part.sentence)
    cells = [cell.quantity for cell in reach.cells if cell.all or cell.table is table]
    own = (told.part.quantity, told.share.quantity)
    return [one for one in (*near, *kin, *cells) if not one.ends and not one.in_words and one not in own]


def _is_set_apart(told: CountedShare) -> bool:
    """Return whether words put a count and its share in a group or at a time of their own."""
    first, last = sorted((told.part, told.share), key=lambda one: one.start)
    return bool(_GROUP.search(ahead(first)) or _THEN.match(last.sentence.text[last.end :]))


def _shared(told: CountedShare, reach: Reach) -> tuple[Quantity | None, int]:
    """Return the whole of the shares beside one, and of how many: that of two and more of its paragraph, or of one, which stands near or is of its noun."""
    if _is_set_apart(told):
        return None, 0
    run = list(dict.fromkeys(m.sentence for m in reach.passage(told.part.sentence)))
    others = [one for sentence in run for one in told_shares(sentence) if one.part is not told.part and base(one.part) == base(told.part)]
    others = [one for one in others if not one.whole]
    held = {one.anchor: one for one in _wholes(told, reach)}
    scored = [(sum(other.fits(one) for other in others), one) for one in held.values() if one.anchor >= told.part.quantity.anchor]
    most, best = max(scored, key=lambda one: one[0], default=(0, None))
    found = best if best and (most > 1 or (most == 1 and len(others) == 1)) and most * 2 > len(others) else None
    if found:
        return found, most
    agreed = _agreed(told, others)
    return agreed, len(others) if agreed else 0


def _of_section(told: CountedShare, reach: Reach) -> tuple[Quantity | None, int]:
    """Return the number of the report of which most shares are that stand beside a count under the heading of one, and how many these are."""
    if _is_set_apart(told):
        return None, 0
    own = told.part.sentence
    section = [one for one in reach.sentences if abs(one.number - own.number) < _SECTION and one.heading == own.heading]
    run = [one for sentence in section for one in told_shares(sentence)]
    others = [one for one in run if one.part is not told.part and base(one.part) == base(told.part) and not one.whole]
    if len(others) < _FEW:
        return None, 0
    counts = [m.quantity for sentence in reach.sentences for m in sentence.mentions if base(m) == base(told.part) and not m.quantity.ends]
    held = {
        one.anchor: one for one in (*counts, *(cell.quantity for cell in reach.cells if cell.all)) if one.anchor > told.part.quantity.anchor
    }
    scored = [(sum(other.fits(one) for other in others), one) for one in held.values()]
    most, best = max(scored, key=lambda one: one[0], default=(0, None))
    return (best, most) if most >= _FEW and most * 3 >= len(others) * 2 else (None, 0)


def _agreed(told: CountedShare, others: list[CountedShare]) -> Quantity | None:
    """Return the whole on which two shares and more beside one agree, where the report tells it nowhere."""
    wholes = [
        ratio(one.part.quantity.interval.scaled(Fraction(100)), one.share.quantity.interval)
        for one in others
        if not one.share.quantity.in_words
    ]
    known = [one for one in wholes if one]
    if len(known) < _TWO or len(known) != len(others):
        return None
    low, high = max(one.low for one in known), min(one.high for one in known)
    if low > high or high > low * _NARROW or low < told.part.quantity.anchor:
        return None
    middle = int((low + high) / 2)
    return replace(parse(f"{middle}"), unit=base(told.part), hedge="about", interval=Interval(low, high), text=f"some {middle:,}")


_TWO, _FEW, _SECTION, _NARROW = 2, 3, 60, Fraction(11, 10)
