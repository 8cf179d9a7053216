"""Orders that sentences tell without a table: what is "followed by" less, and what is the highest of some whose numbers the sentence before lists."""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction
from itertools import pairwise

from evidence.referee.comparing import Compared, Confidence, compared
from evidence.referee.mentions import Occurrence, Sentence
from evidence.referee.relations.rank_phrases import NTH, PHRASE
from evidence.referee.relations.reach import Reach, ahead, base
from evidence.referee.relations.roles import is_size

_FOLLOWED = re.compile(r"\b(?:closely |then )?followed (?:closely )?by\b")
_OPEN = re.compile(r"\b(?:(?:first (?:on|in|came)|earliest|fell|fall|decline|drop)\b|(?:was|were|is|are|been|be|being)(?: [a-z]+)? $)")
_END = re.compile(r"[;:]|\.(?!\d)|, (?:while|but|whereas|although|compared|against|which|who|where|with the)\b")
_LIST = 3


def followed_by(sentence: Sentence, reach: Reach) -> Iterator[Compared]:
    """Yield whether what is said to be followed by others is told in the order of its number and theirs."""
    for match in _FOLLOWED.finditer(sentence.text.lower()):
        end = _END.search(sentence.text, match.end())
        behind = [m for m in sentence.mentions if match.end() <= m.start < (end.start() if end else len(sentence.text))]
        start = max((found.end() for found in _END.finditer(sentence.text, 0, match.start())), default=0)
        unit = base(behind[0]) if behind else ""
        first = [m for m in sentence.mentions if start <= m.start < match.start() and base(m) == unit][-1:]
        told = [*first, *(m for m in behind if base(m) == unit)]
        words = sentence.text[start : match.start()].lower()
        if not first or any(not _plain(m) for m in told) or _OPEN.search(words):
            continue
        least = any(one["least"] for one in PHRASE.finditer(words))
        pairs = [
            (one, two, two.quantity.anchor > one.quantity.anchor)
            for one, two in pairwise(told)
            if one.quantity.anchor != two.quantity.anchor
        ]
        wrong = [(one, two) for one, two, more in pairs if more is not least]
        if any(one["either"] for one in PHRASE.finditer(words)) and len(wrong) == len(pairs):
            wrong = []
        said = f"{wrong[0][1].text} stands behind {wrong[0][0].text}, which it is said to follow." if wrong else ""
        yield compared("order", told, " then ".join(m.text for m in told), said, confidence=Confidence.medium)


def _plain(mention: Occurrence) -> bool:
    return not mention.quantity.ends and not mention.quantity.hedge and not is_size(mention) and bool(re.search(r"\d", mention.text))


_OF_SO_MANY = re.compile(
    r"\bof (?:the|all|these|those) (?P<n>three|four|five|six|seven|eight|nine|ten|eleven|twelve)\b(?! (?:years|months|days|weeks))"
)
_COUNTS = {
    word: number for number, word in enumerate(["three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"], _LIST)
}


def highest_of_a_list(sentence: Sentence, reach: Reach) -> Iterator[Compared]:
    """Yield whether what has a number, and is called the highest of so many, is so among the numbers that the sentence before tells of the others."""
    match = next((one for one in PHRASE.finditer(sentence.text.lower()) if one["most"] or one["least"]), None)
    many = _OF_SO_MANY.search(sentence.text.lower(), match.end()) if match else None
    own = [m for m in sentence.mentions if match and m.start < match.start() and _plain(m)]
    if not match or not many or len(own) != 1 or PHRASE.search(sentence.text.lower(), match.end()) or not sentence.before:
        return
    claim, others = own[0], _listed(sentence.before, own[0])
    values = [*others, *([] if claim.quantity.anchor in others else [claim.quantity.anchor])]
    if len(others) < _LIST or len(values) != _COUNTS[many["n"]]:
        return
    ordered = sorted(values, reverse=bool(match["most"]))
    at = ordered.index(claim.quantity.anchor) + 1
    said = NTH[match["nth"] or "first"]
    level = values.count(claim.quantity.anchor)
    message = "" if at <= said < at + level else f'"{match[0].strip()}", but {claim.text} is number {at} of {len(values)}.'
    told = ", ".join(f"{float(value):g}" for value in ordered)
    yield compared("order", [claim], told, message, confidence=Confidence.medium, other=sentence.before)


_NAMED = re.compile(r"(?:\b[A-Z][\w'-]+,? (?:\(|with |at |had |has )?$)")
_IN_NAME = re.compile(r"(?: [a-z]+)? ?(?:in|at|for|among) (?:the )?[A-Z]")


def _listed(sentence: Sentence, claim: Occurrence) -> list[Fraction]:
    """Return the numbers of a sentence in the unit of another that each stand beside a name."""
    held = [m for m in sentence.mentions if base(m) == base(claim) and _plain(m)]
    return [m.quantity.anchor for m in held if _NAMED.search(sentence.text[: m.start]) or _IN_NAME.match(sentence.text, m.end)]


_PLACE = re.compile(
    r"\b(?:(?:came|comes|coming|is|was|in|took|takes|ranks?|ranked) )?(?:only |just )?(?P<nth>second|third|fourth|fifth)(?: place| largest| biggest| highest)?,? (?:with|at|on) (?:just |only |about |some )?$"
)
_PLACES = {"second": 2, "third": 3, "fourth": 4, "fifth": 5}


def placed(sentence: Sentence, reach: Reach) -> Iterator[Compared]:
    """Yield whether what comes in a place, with its number, comes behind no more than that of those told before it: "Cost came third, with 129 (15%)"."""
    for claim in sentence.mentions:
        match = _PLACE.search(sentence.text[: claim.start].lower())
        if not match or not _plain(claim):
            continue
        told = [m for one in (sentence.before, sentence) if one for m in one.mentions if one is not sentence or m.start < claim.start]
        told = [m for m in told if base(m) == base(claim) and _plain(m) and _has_share(m) is _has_share(claim)]
        above = [m for m in told if m.quantity.anchor > claim.quantity.anchor and not _WHOLE.search(ahead(m))]
        run = [*sorted({m.quantity.anchor for m in above}, reverse=True), claim.quantity.anchor]
        if above and [m.quantity.anchor for m in above] == run[:-1]:
            message = (
                f'"{match["nth"]}", but {claim.text} stands behind {", ".join(m.text for m in above)}.'
                if len(above) >= _PLACES[match["nth"]]
                else ""
            )
            yield compared(
                "order",
                [claim],
                f"{', '.join(m.text for m in above)}, {claim.text}; {match['nth']}",
                message,
                confidence=Confidence.medium,
                said=match["nth"],
            )


def _has_share(mention: Occurrence) -> bool:
    """Return whether the share of a count stands right behind it: "129 (15%)", "84,500 hands or 19.6%"."""
    later = mention.sentence.mentions[mention.index + 1 :][:1]
    return bool(later) and base(later[0]) == "percent" and bool(_SHARE.fullmatch(mention.sentence.text[mention.end : later[0].start]))


_SHARE = re.compile(r"(?: [a-z]+){0,3}(?: \(|,? or )")
_WHOLE = re.compile(r"\b(?:of|among|out of|from|all|total) (?:the |all |our |these |a )*$")
