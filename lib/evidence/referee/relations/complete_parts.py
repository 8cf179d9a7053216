"""Complete parts: counts whose shares, told behind each, make a hundred must add up to the whole of which they are told."""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction

from evidence.quantity import Interval
from evidence.referee.comparing import Compared, alike, compared, shown, total
from evidence.referee.mentions import Occurrence, Sentence
from evidence.referee.relations.reach import Reach, ahead, base, behind
from evidence.referee.relations.told_beside import HUNDRED, make_a_hundred, printed

_BEHIND = re.compile(r"[^;:()]{0,80}(?:\(|,? or )(?:just |only |about |some )?")
_OF = re.compile(r"\b(?:of|among) (?:all |the |these |those |our |its |their )*$")
_OF_WHICH = re.compile(r"[^;()]{0,80}\b(?:of (?:which|whom)|made up of|comprising)\b|[^;()]{0,60}: ?")
_THE = re.compile(r"\b(?:the|all|these|those|our|its|their) $")
_POINTS_BACK = re.compile(r"(?:of|among) (?:these|those|them|this)\b|the (?:other|remaining|rest)\b")
_LEAST = 2
Part = tuple[Occurrence, Occurrence]


def complete_parts(sentence: Sentence, reach: Reach) -> Iterator[Compared]:
    """Yield whether parts, each with its share, that are all of a whole by their shares, are so by their counts."""
    parts = _parts(sentence)
    counts, shares = [part for part, _ in parts], [share for _, share in parts]
    percents = [m for m in sentence.mentions if base(m) == "percent"]
    if len(parts) < _LEAST or len(percents) != len(shares) or len({base(m) for m in counts}) != 1 or not make_a_hundred(shares):
        return
    added = sum((m.quantity.anchor for m in counts), Fraction(0))
    wholes = [m for m in _wholes(sentence, counts) if base(m) == base(counts[0])]
    for whole in wholes[:1]:
        *spans, all_ = alike([*(m.quantity for m in counts), whole.quantity])
        fits = total(spans).meets(all_)
        right = sum(_is_of(part, share, whole.quantity.anchor) for part, share in parts)
        told = " + ".join(m.text for m in counts)
        if fits or right >= len(parts) - 1 or all(_is_of(part, share, added) for part, share in parts):
            message = (
                "" if fits else f"{told} is {shown(Interval(added, added))}, not {whole.text}, though their shares make a hundred percent."
            )
            numbers = [*counts, whole] if whole.sentence is sentence else counts
            yield compared("sum", numbers, f"{told}; stated {whole.text}", message, other=whole)


def _is_of(part: Occurrence, share: Occurrence, whole: Fraction) -> bool:
    value = part.quantity.anchor * HUNDRED / whole
    return printed(share, value) or share.quantity.interval.contains(value)


def _parts(sentence: Sentence) -> list[Part]:
    """Return the counts of a sentence with the share that stands behind each, or behind the whole of which it is told."""
    own, found = sentence.mentions, list[Part]()
    for at, share in enumerate(own):
        if base(share) != "percent" or share.quantity.ends or not at:
            continue
        whole = at > 1 and _OF.fullmatch(ahead(own[at - 1]).strip() + " ")
        part = own[at - 2] if whole else own[at - 1]
        gap = sentence.text[own[at - 1].end : share.start]
        if _is_count(part) and _BEHIND.fullmatch(gap):
            found.append((part, share))
    return found


def _is_count(mention: Occurrence) -> bool:
    quantity = mention.quantity
    return (
        base(mention) not in ("percent", "percentage points", "times") and not quantity.ends and not quantity.hedge and quantity.anchor > 0
    )


def _wholes(sentence: Sentence, parts: list[Occurrence]) -> Iterator[Occurrence]:
    """Yield the whole of which a sentence says that parts are told: "of the 64", "64, of which"; else the one count to which it points back."""
    most = max(m.quantity.anchor for m in parts)
    rest = [m for m in sentence.mentions if _is_count(m) and m not in parts and m.quantity.anchor > most]
    yield from (m for m in rest if _OF.search(ahead(m)))
    for m in rest:
        gap = sentence.text[m.end : parts[0].start].rstrip() if m.end < parts[0].start else "."
        if gap != "." and (_OF_WHICH.fullmatch(gap) or (len(rest) == 1 and _THE.search(ahead(m)))):
            yield m
    if not rest and sentence.before and _POINTS_BACK.match(sentence.masked):
        earlier = [m for m in sentence.before.mentions if _is_count(m) and base(m) == base(parts[0]) and not behind(m).endswith("(")]
        yield from earlier if len(earlier) == 1 else []
