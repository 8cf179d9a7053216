"""Per head: a total, how many share it, and what falls to each: `total / count`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction

from evidence.quantity import Interval
from evidence.referee.comparing import Compared, Confidence, alike, compared, named, pattern, power_of_ten, ratio, shown
from evidence.referee.generous import admitted
from evidence.referee.mentions import Occurrence, Sentence, stem
from evidence.referee.passages import of_scale, told_before
from evidence.referee.relations.settling import off

EACH = tuple(
    pattern(text)
    for text in (
        r"<c>(?: [a-z-]+)? (?:for |to )?(?:each|apiece|a head|per head|per (?!cent|year|annum|month|week|day|hour)[a-z]+|an? (?:household|person|firm|pupil|job|place|home|head))\b",
        r"\b(?:average|mean) (?:[\w-]+ ){0,3}?(?:of|was|is) <c>",
        r"\b(?:each|every) [a-z-]+(?: [a-z-]+){0,6} <c>",
        r"<c> on average\b",
        r"\bper (?!cent|year|annum|month|week|day|hour)[a-z]+ (?:is|was|of|at) <c>",
    )
)
_YEARLY = re.compile(r"\b(?:a|per|each|every) (?:year|annum|month|week|day)|annual|yearly|weekly|monthly|years\b")
_MONEY = ("GBP", "USD", "EUR")


def check(sentence: Sentence) -> Iterator[Compared]:
    """Yield what comes of dividing the one total of a sentence, or of it and that before, by the one count."""
    each, before = _each(sentence), sentence.before
    if shared := _each_of(sentence):
        yield _held(*shared)
        return
    if each and (found := _total_and_count(sentence.mentions, each)):
        yield _held(each, *found)
        return
    if each and before and (found := _total_and_count([*before.mentions, *sentence.mentions], each)) and _of_one_subject(each, *found):
        yield _held(each, *found, confidence=Confidence.medium)
        return
    if spread := _spread(sentence):
        yield _held(*spread)
        return
    yield from _multiplied(sentence)


def _of_one_subject(each: Occurrence, whole: Occurrence, count: Occurrence) -> bool:
    """Return whether a count of the sentence before shares a total: it has no amount of its own there, and a total that is a count is named again."""
    away = count.sentence is not each.sentence
    own = away and whole.sentence is each.sentence and any(_unit(m) == _unit(each) != "count" for m in count.sentence.mentions)
    noun = re.match(r" ([a-z]{3,})", whole.sentence.text[whole.end :])
    again = _unit(each) != "count" or whole.sentence is each.sentence or (noun and stem(noun[1]) in each.sentence.stems)
    return not own and bool(again)


_FOR_EVERY = pattern(r"\bone (?P<what>[a-z]{4})[a-z-]*(?: [a-z-]+)? (?:for|per|to) (?:every |each )?<c>")
_DENSE = pattern(
    r"<c>(?: (?:of )?[a-z-]+){0,2} (?:per|an?|for (?:each|every)) (?!cent|year|annum|month|week|hour|quarter|head|capita)(?P<what>[a-z]{4})"
)
"""What so many share of which there are few, and what lies on so much land."""


def _spread(sentence: Sentence) -> tuple[Occurrence, Occurrence, Occurrence] | None:
    """Return how many share one of something, how many there are of them, and of that, where the sentence states these three numbers alone."""
    if (times := _TIMES.search(sentence.masked)) and (three := named(times, sentence)):
        money = three["c"].quantity.unit == three["t"].quantity.unit in _MONEY
        return (three["c"], three["t"], three["n"]) if money and three["n"].quantity.unit == "count" else None
    match = _FOR_EVERY.search(sentence.masked) or _DENSE.search(sentence.masked)
    if not match or len(sentence.mentions) != _TWO + 1:
        return None
    each = named(match, sentence)["c"]
    if _RATE.search(each.quantity.unit):
        return None
    others = [m for m in sentence.mentions if m is not each]
    few = [m for m in others if re.search(rf"\b{match['what']}", _thing(m))]
    many = [m for m in others if m not in few and m.quantity.unit == _unit(each)]
    return (each, many[0], few[0]) if len(few) == len(many) == 1 and not _apart(each, many) else None


def _apart(each: Occurrence, others: list[Occurrence]) -> bool:
    """Return whether a clause on another place or group begins between what falls to each and one of others in its sentence."""
    text = each.sentence.text
    own = [one for one in others if one.sentence is each.sentence]
    return any(_ELSEWHERE.search(text[min(one.end, each.end) : max(one.start, each.start)]) for one in own)


_ELSEWHERE = re.compile(r"; (?:on|in|at|for|among|elsewhere|there)\b")


def _thing(mention: Occurrence) -> str:
    """Return a number with the noun behind it, up to what it is for or of."""
    told = mention.sentence.text[mention.end : mention.end + 40].lower()
    return mention.text.lower() + re.split(r"[,;:()\d]| (?:for|of|on|in|to|at|with|or|and|live|lives) ", told)[0]


_EACH_OF = pattern(r"\beach of (?:the |these |its )?<n> [^.;#]{1,60}?<c>")
_TIMES = pattern(r"<t>[^.;#]{0,40} (?:in|into|as|by|through|with) <n> (?:[a-z-]+ ){0,2}[a-z]+s of <c>")
_IN_ALL = re.compile(r"\b(?:in total|in all|altogether|total(?:s|led|ling)?|overall|whole)\b")


def _each_of(sentence: Sentence) -> tuple[Occurrence, Occurrence, Occurrence] | None:
    """Return what each of so many gets, the total that this sentence or that behind it states, and how many they are."""
    for told in (sentence, told_before(sentence)):
        alone = told is sentence and len(sentence.mentions) == _TWO + 1
        match = _EACH_OF.search(told.masked) if told and (alone or _IN_ALL.search(sentence.masked)) else None
        if match and told:
            two = named(match, told)
            each, count = two["c"], two["n"]
            totals = [
                m for m in sentence.mentions if m not in two.values() and m.quantity.unit == each.quantity.unit and not m.quantity.ends
            ]
            return (each, totals[0], count) if len(totals) == 1 and count.quantity.unit == "count" else None
    return None


def _each(sentence: Sentence) -> Occurrence | None:
    if re.search(r"\b(?:aged?|ages|youngest|oldest)\b", sentence.masked):
        return None
    found = [named(match, sentence)["c"] for rule in EACH for match in rule.finditer(sentence.masked)]
    units = [m for m in sentence.mentions if m.quantity.unit.endswith((" per capita", " per household"))]
    only = list(dict.fromkeys([*units, *found]))
    only = [m for m in only if _unit(m) in _MONEY] or [m for m in only if not _RATE.search(m.quantity.unit)]
    only = [m for m in only if not re.search(r"\b(?:score|mark|rating)s? (?:of|was|is) $", m.sentence.text[: m.start].lower())]
    return only[0] if len(only) == 1 and not _BOUND.match(only[0].text.lower()) else None


def _unit(mention: Occurrence) -> str:
    return mention.quantity.unit.partition(" per ")[0]


def _total_and_count(mentions: list[Occurrence], each: Occurrence) -> tuple[Occurrence, Occurrence] | None:
    """Return the one total in the unit of what falls to each, and the one count; None where there are more, or years to share it over."""
    unit = _unit(each)
    others = [
        m
        for m in mentions
        if m is not each
        and not m.quantity.ends
        and not _BOUND.match(m.text.lower())
        and not _RATE.search(m.quantity.unit)
        and not of_scale(m)
    ]
    totals = [
        m for m in others if _unit(m) == unit and m.quantity.anchor > each.quantity.anchor and not _END.search(m.sentence.text[: m.start])
    ]
    counts = [m for m in others if m.quantity.unit == "count" and m not in totals and m.quantity.anchor > 1]
    if unit == "count":
        among = (
            [m for m in others if m.quantity.unit == "count" and m.quantity.anchor > 1]
            if _EACH_ONE.search(each.sentence.masked)
            else [m for m in totals if " per " not in m.quantity.unit]
        )
        both = sorted(among, key=lambda m: m.quantity.anchor, reverse=True)
        totals, counts = (both[:1], both[1:]) if len(both) == _TWO and totals and _of_one_noun([*both, each]) else ([], [])
    elif unit not in _MONEY and unit not in ("hours", "days", "tonnes", "MWh", "litres", "kg", "km", "miles"):
        return None
    text = " ".join(dict.fromkeys(m.sentence.masked for m in mentions))
    if _apart(each, [*totals, *counts]):
        return None
    if totals and totals[0].sentence is each.sentence and re.search(r"\bfrom $", each.sentence.text[: totals[0].start].lower()):
        return None
    one = len(totals) == len(counts) == 1 and not _YEARLY.search(text) and not _of_others(each, counts[0])
    return (totals[0], counts[0]) if one else None


_WHOM = re.compile(r"(?: for)?(?: each| every| per| an?) (?P<what>[a-z]{4,})")
_PER_AHEAD = re.compile(r"\bper (?P<what>[a-z]{4,}) (?:is|was|of|at|came to) $")
_HEADS = re.compile(r"\b(?:people|person|residents?|inhabitants?|population|citizens?)\b")


def _of_others(each: Occurrence, count: Occurrence) -> bool:
    """Return whether each of one noun gets so much and the count is one of another noun, in another clause."""
    match = _WHOM.match(each.sentence.text[each.end :].lower())
    behind = count.sentence.text[count.end : count.end + 40].lower()
    told = _PER_AHEAD.search(each.sentence.text[: each.start].lower())
    if told and not _HEADS.search(told["what"]):
        return told["what"][:4] not in behind and bool(re.match(r" [a-z]{4,}", behind))
    if not match or count.sentence is not each.sentence or count.start < each.start:
        return False
    ahead = re.split(r"[,;#]", count.sentence.text[each.end : count.start].lower())[-1]
    near = f"{ahead} {behind}"
    heads = bool(_HEADS.search(match["what"])) and bool(_HEADS.search(near))
    return not heads and match["what"][:4] not in near and bool(re.match(r" [a-z]{4,}", behind))


def _of_one_noun(mentions: list[Occurrence]) -> bool:
    """Return whether two of several counts have one noun right behind them, or one of them has none."""
    words = [re.match(r" ([a-z]{3,})", mention.sentence.text[mention.end :]) for mention in mentions]
    return not all(words) or len({stem(word[1]) for word in words if word}) < len(mentions)


_END = re.compile(r"\b(?:largest|smallest|highest|lowest|biggest)\b[^.;,]{0,20}$")
_EACH_ONE = pattern(r"^[^;#]*#[^;#]*#[^;#]*\beach [a-z-]+ [^;#]*#[^;#]*$")
_RATE = re.compile(r" per (?:million|thousand|\d)")
_TWO = 2


def _of_a_share(said: Interval, found: Interval, each: Occurrence) -> bool:
    """Return whether a share of the total that the sentence tells is what falls to each: "94.9% of the £14.62 million", and so much a home."""
    shares = (mention.quantity.interval for mention in each.sentence.mentions if mention.quantity.unit == "percent")
    return any(said.meets((found * share).scaled(Fraction(1, 100))) for share in shares)


def divided(each: Occurrence, whole: Occurrence, count: Occurrence, times: Fraction) -> Compared:
    """Return whether a total among so many, `times` over, is what falls to each."""
    return _held(each, whole, count, Confidence.medium, times)


def _held(
    each: Occurrence, whole: Occurrence, count: Occurrence, confidence: Confidence = Confidence.high, times: Fraction = Fraction(1)
) -> Compared:
    top, bottom = alike([whole.quantity])[0].scaled(times), alike([count.quantity])[0]
    found = ratio(top, bottom)
    said = _printed(each)
    reckoning = f"{whole.text} / {count.text} = {shown(found) if found else 'nothing'}; stated {each.text}"
    middle = (found.low + found.high) / 2 if found else Fraction(0)
    counted = count.quantity.unit != "count" or count.quantity.anchor.denominator == 1
    alone = set(each.sentence.mentions) == {each, whole, count}
    likely = off(middle, each.quantity.anchor) < (_MEANT_ALONE if alone else _MEANT) or bool(power_of_ten(each.quantity.anchor, middle))
    wrong = found is not None and not said.meets(found) and counted and likely and not _of_a_share(said, found, each)
    fault = f"{whole.text} among {count.text} is {shown(found)} each, not {each.text}." if found else ""
    message = fault + power_of_ten(each.quantity.anchor, middle) if wrong else ""
    same = [m for m in (whole, count, each) if m.sentence is each.sentence]
    return compared(
        "per head",
        [*(m for m in same if m is not each), each],
        reckoning,
        message,
        confidence=confidence,
        other=(whole, count),
        operands=(whole, count),
        claim=each,
        given=found,
    )


_MEANT, _MEANT_ALONE = Fraction(8, 5), Fraction(4)
"""What comes out so many times too large or too small is reckoned from something else; where a sentence states these numbers alone, more."""
_BOUND = re.compile(r"(?:more|less|fewer) than|at (?:least|most)|up to|over|under|below|above")


def _printed(each: Occurrence) -> Interval:
    """Return what each gets, rounded to its last digit or by two percent of itself, whichever is more."""
    span = admitted(each.quantity)
    slack = abs(each.quantity.anchor) / 50
    return Interval(min(span.low, each.quantity.anchor - slack), max(span.high, each.quantity.anchor + slack))


_WORTH = re.compile(r"\b(?:would be|represent|mean|worth|boost|amount|total|equal|generate|add|yield|bring|cost|raise)\w*\b")


def _multiplied(sentence: Sentence) -> Iterator[Compared]:
    """Yield whether so many times what each brings is what they are said to bring, where an earlier sentence of the paragraph tells that."""
    earlier, unit = sentence.before, None
    while earlier and not (unit := _each(earlier)):
        earlier = earlier.before
    if not unit or _each(sentence) or not _WORTH.search(sentence.masked):
        return
    money = [m for m in sentence.mentions if m.quantity.unit == _unit(unit) and m.quantity.anchor > unit.quantity.anchor]
    counts = [m for m in sentence.mentions if m.quantity.unit == "count" and m.quantity.anchor > 1 and not m.quantity.ends]
    if len(money) != 1 or len(counts) != 1 or _unit(unit) not in _MONEY:
        return
    count, whole = alike([counts[0].quantity])[0], admitted(money[0].quantity)
    found = count * unit.quantity.interval
    middle = (found.low + found.high) / 2
    message = ""
    likely = off(middle, money[0].quantity.anchor) < _MEANT or power_of_ten(money[0].quantity.anchor, middle)
    if not whole.meets(found) and likely:
        message = (
            f"{counts[0].text} times {unit.text} is {shown(found)}, not {money[0].text}.{power_of_ten(money[0].quantity.anchor, middle)}"
        )
    reckoning = f"{counts[0].text} × {unit.text} = {shown(found)}; stated {money[0].text}"
    held = [counts[0], money[0]]
    yield compared("per head", held, reckoning, message, confidence=Confidence.medium, other=unit, claim=money[0], given=found)
