"""What words relate of counts: so many fewer than so many, so many to one, so much each and so much a week, items of a list."""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction

from evidence.quantity import Interval
from evidence.referee.comparing import Compared, Confidence, alike, compared, named, pattern, ratio, shown
from evidence.referee.generous import admitted
from evidence.referee.mentions import Occurrence, Sentence
from evidence.referee.relations.reach import Reach, ahead, base, behind, words_of
from evidence.referee.relations.settling import off, said

_OUTNUMBER = pattern(r"\boutnumber\w* (?:the )?(?P<what>[a-z]+)(?: [a-z]+){0,2} by <n> to (?:one|1|<o>)")


def to_one(sentence: Sentence, reach: Reach) -> Iterator[Compared]:
    """Yield whether ones outnumber others by so many to one."""
    match = _OUTNUMBER.search(sentence.masked)
    if not match:
        return
    claim = named(match, sentence)["n"]
    many = [m for m in sentence.mentions if m not in named(match, sentence).values() and _count(m)]
    few = _of_word(match["what"], sentence, reach)
    if len(many) == 1 and few:
        value = ratio(*alike([many[0].quantity, few.quantity]))
        fits = value is None or said(claim.quantity).meets(value) or _about(claim, value)
        message = "" if fits or value is None else f"{many[0].text} to {few.text} is {shown(value)} to one, not {claim.text}."
        told = f"{many[0].text} / {few.text}; stated {claim.text} to one"
        yield compared("ratio", [claim, many[0]], told, message, other=few, contested=claim)


def _about(claim: Occurrence, value: Interval) -> bool:
    return (
        not claim.quantity.hedge
        and value.low < claim.quantity.anchor + Fraction(1, 2)
        and value.high > claim.quantity.anchor - Fraction(1, 2)
    )


def _count(mention: Occurrence) -> bool:
    return base(mention) == "count" and not mention.quantity.ends and not mention.quantity.in_words and mention.quantity.anchor > 1


def _of_word(word: str, sentence: Sentence, reach: Reach) -> Occurrence | None:
    """Return the greatest count of a noun in the sentences before, for the others are parts of it."""
    stem = words_of(word)
    held = [
        m
        for told in reach.near(sentence)[1:]
        for m in told.mentions
        if _count(m) and set(stem) & set(words_of(ahead(m)) + words_of(behind(m))[:3])
    ]
    return max(held, key=lambda m: m.quantity.anchor, default=None)


_EACH = pattern(
    r"<a> each,? (?:on average,? )?(?:or|that is|which is|and so)(?: about| roughly| some| around)* <b>(?: (?:a|each|every|per) (?P<per>week|month|day))?"
)
_PER = {"week": (52, 53), "month": (12, 12), "day": (365, 366)}
_OFF = Fraction(13, 10)


def weekly(sentence: Sentence, reach: Reach) -> Iterator[Compared]:
    """Yield whether what each does in a year is what is told of a week: "104 hours each, or two hours a week"."""
    match = _EACH.search(sentence.masked)
    if not match:
        return
    two = named(match, sentence)
    year, claim = two["a"], two["b"]
    per = match["per"] or claim.quantity.unit.partition(" per ")[2]
    if per not in _PER or base(year) != base(claim) or year.quantity.ends or claim.quantity.ends or " per " in year.quantity.unit:
        return
    found = year.quantity.anchor / _PER[per][0]
    message = "" if off(found, claim.quantity.anchor) < _OFF else f"{year.text} in a year is {float(found):.2g} a {per}, not {claim.text}."
    yield compared(
        "rate over time",
        [year, claim],
        f"{year.text} / {_PER[per][0]}; stated {claim.text} a {per}",
        message,
        confidence=Confidence.medium,
        contested=claim,
    )


_ON_EACH = re.compile(r"^ (?:on |in |for )?(?:an?|each|every|per) (?P<per>day|week|month)\b")
_YEAR = re.compile(r"\b(?:of|in|over|during|throughout) (?:the|last|that|a|this) year\b|\byear\b")


def in_a_year(sentence: Sentence, reach: Reach) -> Iterator[Compared]:
    """Yield whether a count of a year lies in the range that is told of a day, a week or a month of it."""
    for claim in sentence.mentions:
        match = _ON_EACH.match(behind(claim))
        before = [m for m in sentence.mentions if m.start < claim.start and _count(m)]
        if not match or not claim.quantity.ends or not before or not _YEAR.search(sentence.masked):
            continue
        whole, (low, high) = before[-1], claim.quantity.ends
        (span,) = alike([whole.quantity])
        days = _PER[match["per"]]
        found = Interval(span.low / days[1], span.high / days[0])
        if off(found.low, low.anchor) < 2:
            fits = low.interval.low <= found.high and found.low <= high.interval.high
            message = "" if fits else f"{whole.text} / {days[0]} is {shown(found)} a {match['per']}, not {claim.text}."
            yield compared("rate over time", [whole, claim], f"{whole.text} / {days[0]} = {shown(found)}", message, contested=claim)


_OF_SHARE = pattern(r"^as an? (?:share|proportion|percentage) of [^#]{3,60}<w>,[^#]{2,60} <p>")


def shares_of(sentence: Sentence, reach: Reach) -> Iterator[Compared]:
    """Yield whether what is a share of a whole is that of a number of the sentence before; of the latest where it is so now."""
    match = _OF_SHARE.search(sentence.masked)
    before = sentence.before
    two = named(match, sentence) if match else {}
    if not match or not before or two["p"].quantity.unit != "percent":
        return
    parts = [
        m for m in before.mentions if base(m) == base(two["w"]) and m.quantity.anchor < two["w"].quantity.anchor and not m.quantity.hedge
    ]
    dated = [(re.findall(r"(?:19|20)\d\d", behind(m)[:20]), m) for m in parts]
    latest = max((years[0] for years, _ in dated if years), default="")
    if " now " in match[0] and latest:
        parts = [m for years, m in dated if years[:1] == [latest]]
    parts = [m for m in parts if m.sentence.stems & sentence.stems]
    values = [(m, ratio(m.quantity.interval.scaled(Fraction(100)), two["w"].quantity.interval)) for m in parts]
    known = [(m, value) for m, value in values if value]
    near = [(m, value) for m, value in known if off((value.low + value.high) / 2, two["p"].quantity.anchor) < 2]
    if near:
        fits = any(said(two["p"].quantity).meets(value) for _, value in known)
        part, value = near[0]
        message = "" if fits else f"{part.text} / {two['w'].text} in percent is {shown(value)}, not {two['p'].text}."
        told = f"{part.text} / {two['w'].text} in percent = {shown(value)}; stated {two['p'].text}"
        yield compared("ratio", [two["w"], two["p"]], told, message, confidence=Confidence.medium, other=part, contested=two["p"])


_ALONE = re.compile(r"^(?:but |and |yet |still,? )?$")
_IS_ONE = re.compile(
    r"^ (?:is|was|seems?|may be|would be) (?:not |hardly |still )?(?:an?|the|too|more|less|higher|lower|well|much|far|some)\b(?! [a-z ]{0,20}\b(?:target|aim|goal|limit|least|most)\b)"
)


def fractions_alone(sentence: Sentence, reach: Reach) -> Iterator[Compared]:
    """Yield whether a fraction in words with which a sentence begins, "Two thirds is a fair figure", is the only share of the sentence before."""
    before = sentence.before
    for claim in sentence.mentions[:1] if before else []:
        shares = [m for m in before.mentions if base(m) == "percent" and not m.quantity.ends] if before else []
        alone = claim.quantity.in_words and base(claim) == "percent" and _ALONE.match(ahead(claim)) and _IS_ONE.match(behind(claim))
        if alone and len(shares) == 1 and off(shares[0].quantity.anchor, claim.quantity.anchor) < _OFF:
            fits = admitted(claim.quantity).meets(shares[0].quantity.interval)
            near = abs(shares[0].quantity.anchor - claim.quantity.anchor) <= _ROUNDED
            message = "" if fits or near else f"{claim.text} is said of {shares[0].text}."
            told = f"{shares[0].text}; {claim.text}"
            yield compared("words against numbers", [claim], told, message, confidence=Confidence.medium, other=shares[0])


_ROUNDED = 3
"""How many percentage points a plain fraction may be off what it is said of."""
