"""What a sentence gathers from one before it: the sum of its amounts, and the share of one that a list names."""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction

from evidence.quantity import Interval
from evidence.referee.comparing import Compared, Confidence, How, alike, compared, named, pattern, ratio, shown, total
from evidence.referee.mentions import Occurrence, Sentence
from evidence.referee.relations.reach import Reach, ahead, base, behind
from evidence.referee.relations.rows import prose_list
from evidence.referee.relations.settling import off, said
from evidence.referee.relations.subjects import clause_words

_SO = re.compile(r"\b(?:therefore|thus|so|hence|accordingly)\b[^.;,]{0,25}$")
_ALONE = re.compile(r"\b(?:from|to|against|than|of|average|each|per|had been|target|between|up|down|by|mean)\b[^.;,]{0,8}$")
_AMOUNTS = ("GBP", "USD", "EUR", "count", "tonnes", "hours")
_CLOSE, _FEW, _AROUND = Fraction(5, 4), 4, 8


def summed_up(sentence: Sentence, reach: Reach) -> Iterator[Compared]:
    """Yield whether what follows from two amounts of the sentence before, and is more than either, is their sum."""
    before = sentence.before
    for claim in sentence.mentions[:1] if before else []:
        parts = [m for m in before.mentions if base(m) == base(claim)] if before else []
        plain = all(not m.quantity.ends and not m.quantity.hedge and not _ALONE.search(ahead(m)) for m in parts)
        if not _SO.search(ahead(claim)) or base(claim) not in _AMOUNTS or not 1 < len(parts) <= _FEW or not plain or claim.quantity.ends:
            continue
        *spans, whole = alike([*(m.quantity for m in parts), claim.quantity])
        added = sum((m.quantity.anchor for m in parts), Fraction(0))
        if off(added, claim.quantity.anchor) < _CLOSE and claim.quantity.anchor > max(m.quantity.anchor for m in parts):
            told = " + ".join(m.text for m in parts)
            message = "" if total(spans).meets(whole) else f"{told} is {shown(Interval(added, added))}, not {claim.text}."
            yield compared(
                "sum", [claim], f"{told}; stated {claim.text}", message, confidence=Confidence.medium, other=parts, contested=claim
            )


_FIRST_OF = re.compile(
    r"\b(?:the )?(?P<which>first|last|top|largest|biggest|commonest|leading|most common) (?P<n>two|three)\b[^.;:]{0,80}?\b(?:between them|together|combined|jointly|taken together|make up|made up|account(?:s|ed)? for|add(?:s|ed)? up to|come to|came to)\b"
)


def first_of_a_list(sentence: Sentence, reach: Reach) -> Iterator[Compared]:
    """Yield whether what the first two, or the largest three, of listed shares come to is their sum: "the first two together make up half"."""
    match = _FIRST_OF.search(sentence.text.lower())
    claim = next((m for m in sentence.mentions if match and m.quantity.unit == "percent" and m.start >= match.end()), None)
    if not match or not claim or claim.quantity.ends or claim.start - match.end() > _NEAR_BY:
        return
    for told in reach.near(sentence)[1:]:
        shares = [m for m in told.mentions if m.quantity.unit == "percent" and not m.quantity.ends and not m.quantity.in_words]
        if len(shares) >= _THREE:
            many = _THREE if match["n"] == "three" else _THREE - 1
            ordered = shares if match["which"] in ("first", "last") else sorted(shares, key=lambda m: m.quantity.anchor, reverse=True)
            parts = ordered[-many:] if match["which"] == "last" else ordered[:many]
            sum_ = total([m.quantity.interval for m in parts])
            added = " + ".join(m.text for m in parts)
            message = "" if said(claim.quantity).meets(sum_) else f"{added} is {shown(sum_)} percent, not {claim.text}."
            yield compared(
                "sum", [claim], f"{added}; stated {claim.text}", message, confidence=Confidence.medium, other=parts, claim=claim, given=sum_
            )
            return


_NEAR_BY = 30
_ACCOUNT = pattern(
    r"\b(?:account(?:s|ed|ing)? for|makes? up|making up|made up) (?:only |just |some |about )?<p> of (?P<whole>[^#.;]{3,60})"
)


def accounted(sentence: Sentence, reach: Reach) -> Iterator[Compared]:
    """Yield whether the share for which one of a list accounts is its share of all of the list, which a sentence near by tells of the same thing."""
    for match in _ACCOUNT.finditer(sentence.masked):
        share = named(match, sentence)["p"]
        who, whole = clause_words(sentence.masked[: match.start()]), clause_words(match["whole"])
        near = [one for one in reach.sentences if 0 < sentence.number - one.number <= _AROUND] if share.quantity.unit == "percent" else []
        for told in reversed(near):
            items = _items(told)
            about = clause_words(ahead(items[0][0])) if items else set[str]()
            chosen = [one for one, words in items if words & who]
            if len(chosen) == 1 and whole and whole <= about:
                yield from _share(share, chosen[0], [one for one, _ in items])
                return


def shares_in_turn(sentence: Sentence, reach: Reach) -> Iterator[Compared]:
    """Yield whether the shares that a sentence tells of all that the one before it lists are those of the list."""
    shares = [(label, m) for label, m in prose_list(sentence) if m.quantity.unit == "percent" and not m.quantity.in_words]
    before = sentence.before
    listed = [m for m in before.mentions if not m.quantity.ends and not base(m).startswith("percent")] if before and shares else []
    words = [clause_words(behind(m).split(",")[0]) for m in listed]
    named_ = [[m for m, one in zip(listed, words, strict=True) if one & label] for label, _ in shares]
    parts = [one[0] for one in named_ if len(one) == 1]
    if parts and before and not _whole_fits(parts, before):
        return
    if len(set(parts)) == len(shares) > 1 and len({base(m) for m in parts}) == 1:
        for (_, share), part in zip(shares, parts, strict=True):
            yield from _share(share, part, parts, most=_FAR_OFF)


def _whole_fits(parts: list[Occurrence], sentence: Sentence) -> bool:
    """Return whether a list makes the whole that its sentence tells, or tells none."""
    wholes = [m for m in sentence.mentions if base(m) == base(parts[0]) and m.quantity.anchor > max(one.quantity.anchor for one in parts)]
    spans = alike([*(m.quantity for m in parts), *(m.quantity for m in wholes)])
    return not wholes or any(total(spans[: len(parts)]).meets(whole) for whole in spans[len(parts) :])


_FAR_OFF = 2


def _items(sentence: Sentence) -> list[tuple[Occurrence, set[str]]]:
    """Return three and more counts of a sentence, each with the first word behind it that no other has."""
    held = [m for m in sentence.mentions if base(m) == "count" and not m.quantity.ends and not m.quantity.in_words]
    words = [clause_words(behind(m)) for m in held]
    own = [_first(m, set[str]().union(*(other for other in words if other is not one))) for m, one in zip(held, words, strict=True)]
    return list(zip(held, own, strict=True)) if len(held) >= _THREE and all(own) else []


def _first(mention: Occurrence, others: set[str]) -> set[str]:
    told = [word for text in re.findall(r"[a-z]+", behind(mention)) for word in clause_words(text)]
    return set([word for word in told if word not in others][:1])


_THREE = 3


def _share(share: Occurrence, part: Occurrence, parts: list[Occurrence], most: Fraction | int = _CLOSE) -> Iterator[Compared]:
    given = alike([part.quantity, *(m.quantity for m in parts)])
    value = ratio(given[0].scaled(Fraction(100)), total(given[1:]))
    if value and off((value.low + value.high) / 2, share.quantity.anchor) < most:
        told = f"{part.text} / ({' + '.join(m.text for m in parts)})"
        message = "" if said(share.quantity).meets(value) else f"{told} in percent is {shown(value)}, not {share.text}."
        yield compared(
            "share × base",
            [share],
            f"{told}; stated {share.text}",
            message,
            confidence=Confidence.medium,
            other=part,
            operands=(part, *parts),
            how=How.sum,
            contested=share,
        )
