"""Means and shares of all, which lie between the ends that are told and between the groups that make up all."""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction

from evidence.quantity import Interval
from evidence.referee.checks.ranges import apart
from evidence.referee.comparing import Compared, Confidence, compared, named, pattern, total
from evidence.referee.mentions import FALL, RISE, Occurrence, Sentence
from evidence.referee.relations.reach import Reach, ahead, base, behind
from evidence.referee.relations.reaches import ranges
from evidence.referee.relations.roles import is_size
from evidence.referee.relations.settling import off
from evidence.referee.relations.subjects import in_digits
from evidence.referee.relations.times import MONTHS

_AT = r"\b[^.;,:]{0,30}$"
_LOWEST = re.compile(rf"\b(?:shortest|lowest|smallest|least|minimum|youngest|cheapest|fewest|quickest|fastest){_AT}")
_HIGHEST = re.compile(
    rf"\b(?:longest|highest|largest|most(?! [a-z]+ly\b| common| usual| often)|maximum|oldest|dearest|greatest|slowest|biggest){_AT}"
)
_MEAN = re.compile(r"\b(?:mean|median|average|averaged|averaging)\b[^.;:]{0,60}$")
_ON_AVERAGE = re.compile(r"^(?: [a-z-]+){0,3} on average\b")
_NONE = re.compile(r"\b(?:no|none|nobody|never|not one)\b[^.;,]{0,40}$")
_BETWEEN = (
    pattern(r"\bbetween <a>[^#.;]{0,30} and <b>"),
    pattern(r"\b(?:rang\w+|var\w+) (?:between|from) <a>[^#.;]{0,40} (?:and|to) <b>"),
)
_FAR = 3
Ends = tuple[Interval | None, Interval | None, list[Occurrence]]


def means(sentence: Sentence, reach: Reach) -> Iterator[Compared]:
    """Yield whether a mean lies between the least and the greatest, told with it or in the sentence behind it."""
    low, high, held = _ends(sentence)
    mean = _mean_of(sentence, held, both=bool(low and high)) if held else None
    if mean and not (_MOVED.search(sentence.masked) or apart(mean, held[-1])) and _is_moved(mean) is any(map(_is_moved, held)):
        yield _within(mean, low, high, held)


_A_MOVE = re.compile(rf"\b(?:{RISE}|{FALL}|changes?|differences?|gaps?|reductions|rises|falls|increases|cuts|savings|gains)\b")
_SINCE = re.compile(r"\b(?:before|after|since|until|following|despite) (?:the|this|that|these|an?) [a-z]+")


def _is_moved(mention: Occurrence) -> bool:
    """Return whether the words before a number in its clause say that it is the size of a change, and no level."""
    return is_size(mention) or bool(_A_MOVE.search(_SINCE.sub("", re.split(r"[;:]|, (?:and|but|while) |, an? ", ahead(mention))[-1])))


_MOVED = re.compile(r"\b(?:rose|fell|increase\w*|decrease\w*|up|down|grew) (?:by |of )?(?:between|from)\b")


def _ends(sentence: Sentence) -> Ends:
    """Return the least and the greatest that a sentence tells, and the numbers that say so."""
    for rule in _BETWEEN:
        if match := rule.search(sentence.masked):
            two = named(match, sentence)
            if base(two["a"]) == base(two["b"]) and two["a"].quantity.anchor < two["b"].quantity.anchor:
                return two["a"].quantity.interval, two["b"].quantity.interval, list(two.values())
    for mention in sentence.mentions:
        if mention.quantity.ends and re.search(
            r"\b(?:between|from|rang\w+)\b", sentence.text[max(0, mention.start - 12) : mention.end].lower()
        ):
            low, high = mention.quantity.ends
            return low.interval, high.interval, [mention]
    low_, high_ = (_one(sentence, rule, hedge) for rule, hedge in ((_LOWEST, "below"), (_HIGHEST, "above")))
    found = [mention for mention in (low_, high_) if mention]
    if len({base(mention) for mention in found}) != 1:
        return None, None, []
    return _at(low_) if low_ else None, _at(high_) if high_ else None, found


def _one(sentence: Sentence, rule: re.Pattern[str], hedge: str) -> Occurrence | None:
    """Return the number that is called the least or the greatest, or which none lies beyond."""
    for mention in sentence.mentions:
        if mention.quantity.ends or mention.quantity.unit.startswith("times"):
            continue
        if mention.quantity.hedge == hedge and _NONE.search(ahead(mention)):
            return mention
        if rule.search(ahead(mention)) and not re.search(
            r"\b(?:one of the|at (?:most|least)|almost|second|third|most (?:commonly|often|frequently|usually))\b", ahead(mention)
        ):
            return mention
    return None


def _at(mention: Occurrence) -> Interval:
    return Interval(mention.quantity.anchor, mention.quantity.anchor) if mention.quantity.hedge else mention.quantity.interval


def _mean_of(sentence: Sentence, ends: list[Occurrence], *, both: bool) -> Occurrence | None:
    """Return the one mean in the unit of the ends: of their sentence, or of that before it, where words or both ends tell of one thing."""
    unit, before = base(ends[0]), sentence.before
    own = [m for m in sentence.mentions if m not in ends and base(m) == unit and in_digits(m) and _is_mean(m)]
    if own or before is None:
        return own[0] if len(own) == 1 else None
    earlier = [m for m in before.mentions if m.quantity.unit == ends[0].quantity.unit and _is_mean(m)]
    linked = sentence.stems & before.stems or (both and len(sentence.mentions) == len(ends))
    return earlier[0] if len(earlier) == 1 and linked else None


def _is_mean(mention: Occurrence) -> bool:
    quantity = mention.quantity
    if ahead(mention).endswith(" the ") and re.match(r" (?:gave|said|told|who|that|scored|rated|awarded)\b", behind(mention)):
        return False
    told = _MEAN.search(ahead(mention)) or _ON_AVERAGE.match(behind(mention))
    compared_ = re.search(r"\b(?:above|below|than|more|less|fewer|against|rose|fell|up|down|by)\b", ahead(mention)[-25:])
    return bool(told) and not compared_ and not quantity.ends and not quantity.in_words and quantity.hedge in ("", "about")


def _within(mean: Occurrence, low: Interval | None, high: Interval | None, held: list[Occurrence]) -> Compared:
    value = mean.quantity.interval
    under, over = bool(low and value.high < low.low), bool(high and value.low > high.high)
    told = " and ".join(one.text for one in held)
    message = f"{mean.text} on average lies {'below' if under else 'above'} {told}, between which all lie." if under or over else ""
    own = [m for m in (mean, *held) if m.sentence is held[-1].sentence]
    return compared("range", own, f"{mean.text} beside {told}", message, confidence=Confidence.medium, other=mean)


_OF_ALL = re.compile(r"\b(?:rang\w+|var(?:y|ies|ied|ying)|runs?|ran|spread|stretch\w*|lay|lie|lies)\b[^.;]{0,60}$")
_ITS_NAME = re.compile(r"(?: [a-z]+){0,3}? (?:in|at|for|on|among) (?:the )?(?P<name>[A-Z][\w'-]+)")
_NAMES_IT = re.compile(r"(?P<name>[A-Z][\w'-]+)(?:,? (?:with|at|on|had|has|was|is|recorded|took|reached)(?: just| only)?)?(?: | \()$")
_ELSEWHERE = re.compile(
    r"\b(?:national\w*|england|wales|scotland|uk|britain|average|mean|median|total|all|together|combined|compared|against|than|outside|beyond|neighbour\w*|elsewhere|target|plan\w*|will|would|if|excluding|except|apart|unlike|until|before|ago|earlier|previous\w*|rose|fell|from|peak\w*|record|forecast\w*|expect\w*)\b"
)


def members(sentence: Sentence, reach: Reach) -> Iterator[Compared]:
    """Yield whether what a named one of several has lies between the ends that the sentence, or the one before, tells of them all with their names."""
    for told in [one for one in (sentence, sentence.before) if one]:
        for low, high, marks in {one[2][0].start: one for one in ranges(told)}.values():
            names = [_ITS_NAME.match(told.text, mark.end) for mark in marks]
            if len(marks) != _BOTH or not all(names) or not _OF_ALL.search(told.text[: marks[0].start].lower()):
                continue
            months = {_is_month(name["name"]) for name in names if name}
            for claim in sentence.mentions:
                if claim in marks or (told is sentence and claim.start < marks[-1].end) or base(claim) != base(marks[-1]):
                    continue
                own = _NAMES_IT.search(sentence.text[: claim.start])
                clause = re.split(r"[;:]|, (?:and|but|while) ", sentence.text[marks[-1].end if told is sentence else 0 : claim.start])[-1]
                if not own or {_is_month(own["name"])} != months or is_size(claim) or claim.quantity.hedge or claim.quantity.ends:
                    continue
                if (
                    _ELSEWHERE.search(clause.lower())
                    or (told is not sentence and _EXTREME.search(sentence.text.lower()))
                    or (sentence.years - told.years and told is not sentence and claim.end > 0 and _YEAR_OF.search(clause))
                ):
                    continue
                value = claim.quantity.interval
                inside = value.high >= low.interval.low and value.low <= high.interval.high
                near = off(claim.quantity.anchor, high.anchor) < _FAR or off(claim.quantity.anchor, low.anchor) < _FAR
                if inside or near:
                    message = "" if inside else f"{claim.text} lies outside {marks[0].text} to {marks[1].text}, between which all lie."
                    said = f"{claim.text} beside {marks[0].text} to {marks[1].text}"
                    yield compared("range", [claim], said, message, confidence=Confidence.medium, other=told)


_BOTH = 2
_EXTREME = re.compile(r"\b(?:highest|lowest|most|least|largest|smallest|longest|shortest|best|worst)\b")
_YEAR_OF = re.compile(r"\b(?:in|of) (?:19|20)\d\d\b")


def _is_month(name: str) -> bool:
    return name.lower() in MONTHS


_WITHOUT = re.compile(r"\bwithout (?:(?:one|it|them|any)\b|(?:an? |the |any )?(?P<what>[a-z]{3,}))[^.;]{0,40}$")
_COMPLEMENT = re.compile(
    r"\b(?:among|for|of|in|by|with) (?:[a-z]+ (?:and|or) )?(?:non-[a-z]+|everyone else|everybody else|all (?:the )?others?|those who (?:did|do|had|have|were|are) not)\b"
)
_OTHERS = re.compile(r"\b(?:on|in|for|among|at|of|with)?(?: all)? ?the (?:others?|rest|remaining [a-z]+)\b[^.;,]{0,30}$")
_PAIRED = (("men", "women"), ("boys", "girls"), ("urban", "rural"), ("inside", "outside"), ("adults", "children"), ("online", "paper"))
_OVERALL = re.compile(r"\b(?:overall|in all|altogether|on average|taken together|as a whole|across all)\b")


def groups(sentence: Sentence, reach: Reach) -> Iterator[Compared]:
    """Yield whether a share of all lies between those of two groups that make up all: with and without, some and the others."""
    for second in sentence.mentions:
        first = _other_group(second) if _share(second) else None
        whole = _share_of_all(second, first) if first else None
        if not first or not whole:
            continue
        one, two = sorted((first, second), key=lambda mention: mention.quantity.anchor)
        low, high, value = one.quantity.interval.low, two.quantity.interval.high, whole.quantity.interval
        message = (
            ""
            if low <= value.high and value.low <= high
            else f"{whole.text} of all lies outside {one.text} to {two.text} of its two parts."
        )
        own = [m for m in (whole, first, second) if m.sentence is sentence]
        told = f"{whole.text} beside {first.text} and {second.text}"
        yield compared("range", own, told, message, confidence=Confidence.medium, other=(whole, first))
        return


def _share(mention: Occurrence) -> bool:
    return mention.quantity.unit == "percent" and not mention.quantity.in_words and not mention.quantity.ends and not mention.quantity.hedge


def _other_group(second: Occurrence) -> Occurrence | None:
    """Return the share of the group beside which another stands as the rest of all."""
    sentence, text = second.sentence, ahead(second)
    before = sentence.before
    told = [
        *(m for m in (before.mentions if before else []) if _share(m)),
        *(m for m in sentence.mentions if _share(m) and m.start < second.start),
    ]
    if not told:
        return None
    first = told[-1]
    if _COMPLEMENT.search(text[-50:]) and re.search(r"\b(?:among|for|of|in|by|with)\b", ahead(first)):
        return first
    if match := _WITHOUT.search(text):
        with_ = re.search(rf"\bwith (?:an? |the |any )?{match['what'] or '[a-z]+'}\b", ahead(first)) or (
            first.sentence is not sentence and re.search(rf"\bwith (?:an? |the |any )?{match['what'] or '[a-z]+'}\b", first.sentence.masked)
        )
        return first if with_ else None
    if (
        first.sentence is sentence
        and _OTHERS.search(text)
        and re.search(r"\b(?:on|in|for|among|at|of|with)\b", sentence.text[: first.start].lower())
    ):
        return first
    pairs = any(
        re.search(rf"\b{a}\b", ahead(first) + behind(first)) and re.search(rf"\b{b}\b", text + behind(second))
        for one in _PAIRED
        for a, b in (one, one[::-1])
    )
    return first if pairs and first.sentence is sentence else None


def _share_of_all(second: Occurrence, first: Occurrence) -> Occurrence | None:
    """Return the share that is said to be of all, or the share with which the paragraph begins, of the same thing by its words."""
    run, back = list[Sentence](), first.sentence
    run.append(back)
    while back.before:
        back = back.before
        run.append(back)
    held = [m for one in reversed(run) for m in one.mentions if _share(m) and m not in (first, second)]
    held = [m for m in held if (m.sentence.number, m.start) < (first.sentence.number, first.start)]
    cued = [m for m in held if _OVERALL.search(ahead(m)[-40:]) or _OVERALL.match(behind(m).strip())]
    if cued:
        return cued[-1]
    opening = held[:1]
    same = opening and opening[0].sentence is not second.sentence and _same_thing(opening[0].sentence, first.sentence, second.sentence)
    paired = any(re.search(rf"\b{word}\b", second.sentence.masked) for pair in _PAIRED for word in pair)
    return opening[0] if same and not paired else None


def _same_thing(one: Sentence, *others: Sentence) -> bool:
    said = any(one.stems & other.stems for other in others)
    return said or any(re.search(r"\b(?:it|this|the difference|the share|the rate|the figure)\b", other.masked) for other in others)


NO_VIEW = re.compile(
    r"\b(?:no (?:view|opinion|preference|answer|strong view|reply)|undecided|unsure|not sure|did not (?:know|say|answer|mind)|do(?: not|n't) know"
    r"|preferred not to say|prefer not to say|neutral|neither|abstained)\b"
)
_NOT_ALL = re.compile(
    r"\b(?:more than one|several answers|of (?:which|whom|these|those)|compared|against \ue000|up from|down from|rose|fell)\b"
)


def answers(sentence: Sentence, reach: Reach) -> Iterator[Compared]:
    """Yield whether three and more answers of which the last is to have none make a hundred percent."""
    text = sentence.masked.rpartition(":")[2]
    shares = [m for m in sentence.mentions if m.quantity.unit == "percent" and m.start >= len(sentence.text) - len(_tail(sentence))]
    counted = [m for m in shares if m.index and ahead(m) == " (" and base(sentence.mentions[m.index - 1]) == "count"]
    shares = counted if len(counted) > 1 else shares
    last = shares[-1] if shares else None
    if (
        not last
        or len(shares) <= 2
        or not all(_share(m) for m in shares)
        or _NOT_ALL.search(text)
        or not NO_VIEW.search(ahead(last)[-40:] + behind(last))
    ):
        return
    added = total([m.quantity.interval for m in shares])
    exact = sum((m.quantity.anchor for m in shares), Fraction(0))
    if abs(exact - _HUNDRED) < _NEARLY:
        told = " + ".join(m.text for m in shares)
        message = "" if added.low <= _HUNDRED <= added.high else f"The answers add up to {int(exact)} percent."
        yield compared("shares", shares, f"{told} = {float(exact):g} percent", message)


_HUNDRED, _NEARLY = 100, 25


def _tail(sentence: Sentence) -> str:
    return sentence.text.rpartition(":")[2]
