"""The parts that one sentence lists to its end, against the whole that it, or one right before it, tells: they cannot be more than all there is."""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction
from itertools import pairwise

from evidence.quantity import Interval
from evidence.referee.comparing import Compared, Confidence, alike, compared, shown, total
from evidence.referee.mentions import FALL, RISE, YEAR, Occurrence, Sentence
from evidence.referee.relations.parts import several_each
from evidence.referee.relations.reach import Reach, ahead, base, behind
from evidence.referee.relations.roles import falls_to_each, is_size
from evidence.referee.relations.settling import off
from evidence.referee.relations.subjects import before, in_digits
from evidence.referee.relations.told_beside import HUNDRED, printed, share_behind

_UNITS = ("GBP", "USD", "EUR", "count", "tonnes", "hectares", "MWh", "km")
_THREE, _OVER, _UNDER = 3, Fraction(5, 4), Fraction(107, 100)
_NO_LIST = re.compile(
    rf"\b(?:than|against|compared|from|to|{RISE}|{FALL}|earlier|ago|before|average\w*|mean|median|each|per|of (?:which|whom|these|those|them)|includ\w+|such as|again|also|both|then"
    r"|between|target|aged|years?|months?|weeks?|days?|hours?|minutes)\b"
)
_JOINED = re.compile(r"[,;)]| and ")
_LAST = re.compile(r"\band\b|;")
_SOME = re.compile(
    r"\b(?:includ\w+|such as|among|largest|main|mainly|biggest|for example|notably|some of|most of|at least|more than one|or more|any|either|several|as well|over ?lap\w*|respectively"
    r"|could|might|would|second|third|followed|next|top|first|remaining|the rest|respondents|replies|answers|scores?|rates?|index|population)\b"
)


def listed_parts(sentence: Sentence, reach: Reach) -> Iterator[Compared]:
    """Yield whether the parts with which a sentence ends make the whole that is told before them, where nothing near by is their sum or what is left."""
    if _SOME.search(sentence.masked) or any(several_each(one) for one in (*before(sentence, 1), reach.after(sentence))):
        return
    for unit in dict.fromkeys(base(m) for m in sentence.mentions):
        own = [m for m in sentence.mentions if in_digits(m) and base(m) == unit]
        for whole, parts in _wholes(own, sentence) if unit in _UNITS else ():
            if len(parts) >= _THREE and _is_list(parts) and max(m.quantity.anchor for m in parts) < whole.quantity.anchor:
                yield from _held(whole, parts, reach)
                break


def _wholes(own: list[Occurrence], sentence: Sentence) -> Iterator[tuple[Occurrence, list[Occurrence]]]:
    """Yield what is the whole of the last numbers of a sentence: the one that words before them make it, or the only one of the sentence before that is more than each."""
    for whole, first in pairwise(own):
        if _MADE_OF.search(sentence.text[whole.end : first.start].lower()) or _OF_THE.search(ahead(whole)):
            yield whole, own[own.index(first) :]
            return
    told = [m for one in before(sentence, 1)[1:] for m in one.mentions if in_digits(m) and own and base(m) == base(own[0])]
    most = max((m.quantity.anchor for m in own), default=Fraction(0))
    told = [m for m in told if m.quantity.anchor > most and not is_size(m) and not falls_to_each(m) and not _THEN.search(ahead(m))]
    if len(told) == 1:
        yield told[0], own


_MADE_OF = re.compile(r":|\b(?:which|whom|made up of|consist\w+ of|compris\w+)\b")
_OF_THE = re.compile(r"^(?:of|among) (?:the|these|those|our|its|all)(?: [a-z]+)? $")
_THEN = re.compile(r"\b(?:than|from|against|compared (?:with|to)|had been) (?:in )?(?:the |some |about |just )*$")


def _is_list(parts: list[Occurrence]) -> bool:
    text = parts[0].sentence.text
    gaps = [text[one.end : two.start] for one, two in pairwise(parts)]
    plain = all(m.quantity.hedge in ("", "about") and not is_size(m) and not falls_to_each(m) for m in parts)
    apart = all(ahead(m).endswith("(") and behind(m).startswith(")") for m in parts)
    listed = all(_JOINED.search(gap) and (apart or not _NO_LIST.search(gap.lower())) and not YEAR.search(gap) for gap in gaps)
    return plain and listed and bool(_LAST.search(gaps[-1])) and not _NO_LIST.search(ahead(parts[0])[-15:])


def _held(whole: Occurrence, parts: list[Occurrence], reach: Reach) -> Iterator[Compared]:
    """Yield an alarm where parts are a little more, or very little less, than a whole, and no number near by is their sum or what is left of it."""
    added, stated = sum((m.quantity.anchor for m in parts), Fraction(0)), whole.quantity.anchor
    *spans, _ = alike([*(m.quantity for m in parts), whole.quantity])
    near = [m for m in reach.wider(whole.sentence) if base(m) == base(whole) and m not in parts]
    lists = [*parts, *near]
    sums = alike([m.quantity for m in lists])
    told = " + ".join(m.text for m in parts)
    if total(spans).meets(whole.quantity.interval) or total(sums[: len(parts)]).meets(
        alike([*(m.quantity for m in parts), whole.quantity])[-1]
    ):
        yield compared("sum", [whole, *parts], f"{told}; stated {whole.text}", other=whole, claim=whole)
        return
    explained = any(total(sums[: len(parts)]).meets(one) for one in sums[len(parts) :])
    shares = [(part, share) for part in parts if (share := share_behind(part))]
    wrong = [part for part, share in shares if not printed(share, part.quantity.anchor * HUNDRED / stated)]
    if len(wrong) > (1 if len(shares) >= _THREE else 0):
        return
    left = any(m.quantity.anchor == abs(stated - added) for m in reach.wider(whole.sentence))
    if not explained and not left and off(added, stated) <= (_OVER if added > stated else _UNDER):
        value = Interval(added, added)
        yield compared(
            "sum", [whole, *parts], f"{told} = {shown(value)}; stated {whole.text}", f"{told} is {shown(value)}, not {whole.text}.",
            confidence=Confidence.medium, other=whole, claim=whole
        )  # fmt: skip
