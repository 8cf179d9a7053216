"""Wholes and their parts over several sentences: those that are the contrary of a part, savings told one by one, lists of two numbers each."""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction
from itertools import pairwise

from evidence.quantity import Interval
from evidence.referee.comparing import Compared, Confidence, alike, compared, pattern, shown, total
from evidence.referee.mentions import Occurrence, Sentence
from evidence.referee.relations.reach import Reach, ahead, base, behind, words_of
from evidence.referee.relations.settling import off
from evidence.referee.relations.spreads import NO_VIEW
from evidence.referee.relations.told_beside import share_behind

CONTRARY = (
    *(("part time", "full time"), ("part-time", "full-time"), ("online", "on paper"), ("women", "men"), ("girls", "boys")),
    *(("adults", "children"), ("urban", "rural"), ("owned", "leased"), ("paid", "unpaid"), ("electric", "diesel"), ("day", "night")),
)
_OF_WHOM = re.compile(r"\bof (?:whom|which|these|those|them)\b")
_THE = re.compile(r"^(?:the|and|another|the other|the remaining)? ?$|\b(?:and|the|other|remaining) $")


def contraries(sentence: Sentence, reach: Reach) -> Iterator[Compared]:
    """Yield whether those that are the contrary of a part of all are the others: "of whom 71 part time. The 39 who work full time"."""
    for claim in sentence.mentions:
        found = _contrary_of(claim) if _count(claim) and _THE.search(ahead(claim)) else None
        if not found:
            continue
        whole, part = found
        *parts, all_ = alike([part.quantity, claim.quantity, whole.quantity])
        added = part.quantity.anchor + claim.quantity.anchor
        if off(added, whole.quantity.anchor) < _CLOSE:
            fits = total(parts).meets(all_)
            message = "" if fits else f"{part.text} and {claim.text} are {shown(Interval(added, added))}, not {whole.text}."
            own = [m for m in (whole, part, claim) if m.sentence is sentence]
            yield compared(
                "sum",
                own,
                f"{part.text} + {claim.text}; stated {whole.text}",
                message,
                confidence=Confidence.medium,
                other=whole,
                operands=(part, claim),
                contested=whole,
            )


_CLOSE = Fraction(3, 2)


def _count(mention: Occurrence) -> bool:
    quantity = mention.quantity
    return quantity.unit == "count" and not quantity.ends and not quantity.in_words and not quantity.hedge and quantity.anchor > 1


def _contrary_of(claim: Occurrence) -> tuple[Occurrence, Occurrence] | None:
    """Return the whole and the other part of it, in the sentence before, for a number whose words are the contrary of that part's."""
    before = claim.sentence.before
    for part, whole in zip(before.mentions[1:], before.mentions, strict=False) if before else []:
        if not (_count(part) and _count(whole) and whole.quantity.anchor > part.quantity.anchor and _OF_WHOM.search(ahead(part))):
            continue
        for pair in CONTRARY:
            for one, two in (pair, pair[::-1]):
                if (
                    re.search(rf"\b{one}\b", behind(part))
                    and re.search(rf"\b{two}\b", behind(claim)[:30])
                    and len(before.mentions if before else []) == 2
                ):
                    return whole, part
    return None


_TOGETHER = re.compile(r"^(?:together|altogether|in all|in total|between them|combined|taken together|both together|in sum)\b")


_BEGIN = 3
"""So many letters of a verb and its noun are the same: "saves", "a saving"."""


def one_by_one(sentence: Sentence, reach: Reach) -> Iterator[Compared]:
    """Yield whether what is so much together is the sum of the amounts that the sentence before tells with the same words: "a saving of"."""
    before = sentence.before
    claims = [m for m in sentence.mentions if not m.quantity.ends and not m.quantity.in_words]
    if not before or not claims or not _TOGETHER.match(sentence.masked):
        return
    claim = claims[0]
    held: dict[str, list[Occurrence]] = {}
    for mention in before.mentions:
        words = re.findall(r"[a-z]+", ahead(mention))[-3:]
        if base(mention) == base(claim) and len(words) > 1 and not mention.quantity.ends:
            held.setdefault(" ".join(words), []).append(mention)
    runs = [
        run
        for key, run in held.items()
        if len(run) > 1 and {word[:_BEGIN] for word in words_of(key)} & {word[:_BEGIN] for word in words_of(sentence.text)}
    ]
    if len(runs) == 1:
        *parts, all_ = alike([*(m.quantity for m in runs[0]), claim.quantity])
        added = sum((m.quantity.anchor for m in runs[0]), Fraction(0))
        message = (
            ""
            if total(parts).meets(all_)
            else f"{' + '.join(m.text for m in runs[0])} is {shown(Interval(added, added))}, not {claim.text}."
        )
        told = f"{' + '.join(m.text for m in runs[0])} = {shown(Interval(added, added))}; stated {claim.text}"
        yield compared("sum", [*runs[0], claim], told, message, confidence=Confidence.high, other=before, contested=claim)


_NOT_ALL = re.compile(r"\b(?:includ\w+|such as|for example|among|mainly|at least|up to|than|rose|fell|from|each|average|years?)\b")


def two_each(sentence: Sentence, reach: Reach) -> Iterator[Compared]:
    """Yield whether the second numbers of a list of places, each with two, make the whole before the colon: "four in A with 24, three in B with 17"."""
    head, colon, tail = sentence.text.partition(":")
    first = [m for m in sentence.mentions if m.end <= len(head) and _count(m)]
    last = [m for m in sentence.mentions if m.start > len(head) and _count(m)]
    if not colon or not first or len(last) < 2 * _LEAST or len(last) % 2 or _NOT_ALL.search(tail.lower()):
        return
    joined = all(re.search(r"(?:^|[,;:]|\band) $", f"{ahead(m)}") for m in last[::2])
    for run in (last[::2], last[1::2]) if joined else ():
        yield from _listed(first, run)


_LEAST = 3


def _listed(wholes: list[Occurrence], run: list[Occurrence]) -> Iterator[Compared]:
    added = sum((m.quantity.anchor for m in run), Fraction(0))
    near = [whole for whole in wholes if off(added, whole.quantity.anchor) < Fraction(6, 5)]
    if len(near) == 1:
        *parts, all_ = alike([*(m.quantity for m in run), near[0].quantity])
        told = " + ".join(m.text for m in run)
        message = "" if total(parts).meets(all_) else f"{told} is {shown(Interval(added, added))}, not {near[0].text}."
        yield compared(
            "sum", [near[0], *run], f"{told} = {shown(Interval(added, added))}; stated {near[0].text}", message, contested=near[0]
        )


def near_behind(sentence: Sentence, reach: Reach) -> Iterator[Compared]:
    """Yield whether three and more parts, all that a sentence tells, make a number of the paragraph that they miss by little."""
    parts = [m for m in sentence.mentions if not m.quantity.ends and not m.quantity.hedge]
    plain = len(parts) == len(sentence.mentions) >= _LEAST and len({base(m) for m in parts}) == 1 and base(parts[0]) == "count"
    if not plain or _NOT_ALL.search(sentence.masked) or not _LISTED.search(sentence.masked) or any(m.quantity.in_words for m in parts):
        return
    added = sum((m.quantity.anchor for m in parts), Fraction(0))
    earlier = [m for told in reach.near(sentence)[1:] for m in told.mentions if base(m) == "count" and not m.quantity.ends]
    if added < _FEW or any(m.quantity.interval.low <= added <= m.quantity.interval.high for m in earlier):
        return
    most = _CLOSE_ENOUGH if NO_VIEW.search(sentence.masked) else _VERY_CLOSE
    close = [m for m in earlier if off(added, m.quantity.anchor) < most and not m.quantity.hedge and not share_behind(m)]
    if len({m.quantity.anchor for m in close}) == 1:
        *spans, all_ = alike([*(m.quantity for m in parts), close[0].quantity])
        told = " + ".join(m.text for m in parts)
        message = "" if total(spans).meets(all_) else f"{told} is {shown(Interval(added, added))}, not {close[0].text}."
        yield compared("sum", parts, f"{told}; stated {close[0].text}", message, confidence=Confidence.medium, other=close[0])


_LISTED = pattern(r"#[^#.;]{0,40},? [^#.;]{0,40}#[^#;]{0,40}\band [^#;]{0,40}#")
_FEW, _VERY_CLOSE, _CLOSE_ENOUGH = 100, Fraction(103, 100), Fraction(23, 20)


_AMOUNT = ("GBP", "EUR", "USD")
_PERIOD = re.compile(r"\bover (?:the )?(?:next )?(?:two|three|four|five|six|ten|\d+) years\b")
_ALTERED = re.compile(
    r"\b(?:revised|originally|instead|rather|extra|additional|further|more|less|than|cut|option\w*|alternative|first|second)\b"
)


def told_twice(reach: Reach) -> Iterator[Compared]:
    """Yield whether an amount over so many years for the same two words is the same in both places that tell it."""
    held: dict[tuple[str, str], Occurrence] = {}
    for sentence in reach.sentences:
        for mention in sentence.mentions:
            period = _PERIOD.search(re.sub(r"[\ue000-\uf8ff]", "#", behind(mention)) + _next_words(mention))
            if base(mention) not in _AMOUNT or mention.quantity.ends or not period or _ALTERED.search(sentence.masked):
                continue
            around = f"{ahead(mention)} {behind(mention)}"
            words = [word for word in re.findall(r"[a-z]{4,}", around) if words_of(word)]
            for pair in pairwise(words):
                other = held.setdefault((" ".join(pair), period[0]), mention)
                if other.sentence is not sentence and off(other.quantity.anchor, mention.quantity.anchor) < _CLOSE:
                    one, two = alike([other.quantity, mention.quantity])
                    fits = one.meets(two)
                    message = "" if fits else f"{mention.text} here, {other.text} elsewhere, for {' '.join(pair)} {period[0]}."
                    told = f"{other.text}; {mention.text}"
                    yield compared("repeat", [mention], told, message, confidence=Confidence.medium, other=other)
                    break


def _next_words(mention: Occurrence) -> str:
    """Return the next number with the words behind it, as a length of time is a number itself."""
    own, at = mention.sentence.mentions, mention.index
    return f"{own[at + 1].text.lower()}{behind(own[at + 1])}" if at + 1 < len(own) else ""
