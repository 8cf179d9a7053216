"""Explained within its own sentence: a share of two numbers together, of what one leaves of the other, or of a base of its own; a word that counts no times."""

from __future__ import annotations

import re
from fractions import Fraction
from itertools import permutations

from evidence.referee.comparing import Compared
from evidence.referee.mentions import Occurrence, Sentence
from evidence.referee.relations.grounds import rises
from evidence.referee.relations.reach import Reach, ahead, base, behind
from evidence.referee.relations.told_beside import HUNDRED, Rule, others, printed, share_behind, stated

_TWO = 2


def _held(claim: Occurrence) -> list[Occurrence]:
    """Return the other numbers in digits of a sentence that may be parts or wholes."""
    return [
        m for m in others(claim) if m.quantity.anchor > 0 and not m.quantity.in_words and base(m) not in ("percent", "percentage points")
    ]


def _is_of_both_or_the_rest(one: Compared, reach: Reach) -> bool:
    """Return whether a percentage is the share that one number has of two together, or that is left when one is taken from the other.

    "104,000 were in work and 14,000 were not, a rate of 11.9%"; "18 posts, of which 14 are filled, a vacancy rate of 22.2%". A percentage without a
    decimal is explained so by what is left of the two numbers of the alarm alone: any two would come near it. What is said to have risen is neither.
    """
    claim = stated(one)
    if (
        not claim
        or base(claim) != "percent"
        or claim.quantity.in_words
        or (rises(claim) and not _BETTER.search(ahead(claim) + behind(claim)))
    ):
        return False
    exact = "." in claim.text
    held = _held(claim) if exact else [m for m in one.numbers if m in _held(claim)]
    pairs = [(a.quantity.anchor, b.quantity.anchor) for a, b in permutations(held, _TWO) if base(a) == base(b)]
    both = [a * HUNDRED / (a + b) for a, b in pairs] if exact else []
    rest = [(b - a) * HUNDRED / b for a, b in pairs if a < b]
    return any(printed(claim, value) for value in (*both, *(rest if exact or _LEFT.search(ahead(claim) + behind(claim)) else ())))


_BETTER = re.compile(r"\bimprove(?:d|s|ments?)?\b")
_LEFT = re.compile(
    r"\b(?:vacan\w+|empty|absen\w+|attrition|shortfall|shortage|lapse\w*|refus\w+|miss\w+|fail\w+|lost|loss\w*|without|never|not|un[a-z]+ed|drop-?out)\b"
)
"""Words for what is left when those who are counted are taken away."""


_PART_OF_WHOLE = re.compile(r" of (?:the |all |its |our |these |those )?")


def _has_its_own_base(one: Compared, reach: Reach) -> bool:
    """Return whether a percentage has its count and its base in one bracket with it, which give it, and was held against another base.

    "72.3% (434,000 of 600,000)"; "88 of the 214 (41.1%)".
    """
    claim = stated(one)
    for share in (m for m in claim.sentence.mentions if base(m) == "percent") if claim else ():
        own = share.sentence.mentions
        around = [own[at : at + _TWO] for at in (share.index + 1, share.index - _TWO) if at >= 0]
        for part, whole in (pair for pair in around if len(pair) == _TWO):
            bracket = ahead(part) == " (" if part.start > share.start else ahead(share).endswith("(")
            if bracket and claim in (share, part, whole) and _PART_OF_WHOLE.fullmatch(part.sentence.text[part.end : whole.start]):
                value = part.quantity.anchor * HUNDRED / max(whole.quantity.anchor, Fraction(1))
                return printed(share, value) and not {part, whole} <= set(one.numbers)
    return False


def _with_shares(sentence: Sentence) -> list[tuple[Occurrence, Occurrence]]:
    """Return the counts of a sentence that have a share behind them, each with it."""
    pairs = [(_inner(m), share_behind(m)) for m in sentence.mentions if base(m) == "count" and not m.quantity.ends]
    return [(count, share) for count, share in pairs if share and not share.quantity.in_words]


def _inner(count: Occurrence) -> Occurrence:
    """Return the part of a count that is told with its whole: of "229 of the 318" the first."""
    part = count.sentence.mentions[count.index - 1] if count.index else None
    return part if part and base(part) == base(count) and _PART_OF_WHOLE.fullmatch(ahead(count)) else count


def _is_of_its_fellows(one: Compared, reach: Reach) -> bool:
    """Return whether a share is that of all counts of its sentence together, or these are all there is and their shares are none of all.

    "For 30 firms (21%) trade grew, for 74 (51%) it stood still, for 40 (28%) it shrank"; "86 makers (60%) tried, against 141 traders (53%)", of 227.
    """
    claim = stated(one)
    pairs = _with_shares(claim.sentence) if claim else []
    if not claim or len(pairs) < _TWO:
        return False
    together = sum((count.quantity.anchor for count, _ in pairs), Fraction(0))
    shares = sum((share.quantity.anchor for _, share in pairs), Fraction(0))
    fitting = [pair for pair in pairs if printed(pair[1], pair[0].quantity.anchor * HUNDRED / together)]
    if not fitting and abs(shares - HUNDRED) > len(pairs):
        near = [m.quantity.anchor for one in reach.near(claim.sentence) for m in one.mentions if m.quantity.anchor > 0]
        others = [(count.quantity.anchor, share) for count, share in pairs if share is not claim]
        of_one = any(printed(share, count * HUNDRED / whole) for count, share in others for whole in near if whole > count)
        return together in near and not of_one
    return len(fitting) > 1 and any(claim in pair for pair in fitting)


def _has_its_whole_here(one: Compared, reach: Reach) -> bool:
    """Return whether a percentage is what the count right before it is of a number of its own sentence, and was held against one from elsewhere."""
    claim = stated(one)
    part = claim.sentence.mentions[claim.index - 1] if claim and claim.index else None
    if (
        not claim
        or not part
        or base(claim) != "percent"
        or any(m.sentence is claim.sentence for m in one.numbers if m not in (claim, part))
    ):
        return False
    wholes = [m.quantity.anchor for m in others(claim) if base(m) == base(part) and m.quantity.anchor > part.quantity.anchor]
    return any(printed(claim, part.quantity.anchor * HUNDRED / whole) for whole in wholes)


WITHIN: dict[str, tuple[Rule, ...]] = {
    "share × base": (_has_its_whole_here, _is_of_both_or_the_rest, _has_its_own_base, _is_of_its_fellows),
    "change": (_is_of_both_or_the_rest,),
}
"""Such explanations by the kind of alarm."""
