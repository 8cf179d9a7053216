"""Where a sentence tells a rate: the number, what there is so much of, for each of whom, and per how many."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from fractions import Fraction

from evidence.quantity import Interval
from evidence.referee.comparing import named, pattern
from evidence.referee.constructions.things import clause_around, things_behind
from evidence.referee.mentions import YEAR, Occurrence, Sentence
from evidence.referee.relations.reach import base, behind, words_of
from evidence.referee.relations.settling import said

_A_RATE = re.compile(r"\b(?:per|each|every|apiece|a head|average|mean|averag(?:ed|ing)|one|cost|an?)\b")
_TOP = r"(?P<top>(?: [a-z][a-z'-]*){0,4}?)"
_MANY = r"(?:(?P<many>[\d,]+|ten thousand|hundred thousand|hundred|thousand|million) )?"
_EACH = r"(?P<each>[a-z][a-z'-]+(?: (?!who|that|which|per|each|every|in|of|for|on|at|to|is|was|and|or|with|from|the|over|by|a|an)[a-z][a-z'-]+)?)"
_SHORT_TOP = r"(?P<top>(?: (?!in|for|to|of|at|on|and|or|was|is|as|with|from)[a-z][a-z'-]*){0,2}?)"
_TIMES = "day|week|month|year|hour|quarter|night|shift|term|season|fortnight"
_BARELY = r"(?: just| only| about| some| around| roughly)?"
_RATES = tuple(
    pattern(text)
    for text in (
        rf"<r>{_TOP},? (?:per|for (?:each|every)|in (?:each|every)|to (?:each|every)) {_MANY}{_EACH}(?:,? (?:per|an?|each|every|for each|for every) (?P<time>{_TIMES}))?",
        rf"<r>{_SHORT_TOP},? an? {_EACH}(?=[,.;:)]| (?:in|over|during|on|against|and|when|where|while)\b|$)",
        rf"<r>{_TOP},? (?:for|to|per|by) (?:each|every one) of (?:[a-z']+ ){{1,4}}#(?P<each>(?: [a-z'-]+)+)",
        rf"<r>{_TOP}(?: for| to)? (?:each|apiece)(?=[,.;:)]|$| (?:over|during|and|on|in (?:the|that|this|a|all))\b)",
        rf"<r>{_TOP} (?:a|per) (?P<each>head|capita)\b",
        rf"\b(?:average|mean)(?: [a-z'-]+){{0,4}}? (?:of|was|is|at|being|to){_BARELY} <r>",
        rf"\baverag(?:ed|ing|es){_BARELY} <r>",
        rf"<r>{_TOP} on average\b",
        rf"\b(?:per|(?:of|for) (?:each|every|one)) {_EACH}(?: [a-z'-]+){{0,4}}? (?:is|was|of|at|being|to|averag\w+){_BARELY} <r>",
        rf"<r> (?:of|towards?) (?:the [a-z]+ (?:of|for) )?(?:each|every) {_EACH}",
        rf"\bcosts?\b[^#.;]{{0,40}}<r> to [^#.;]{{0,40}}\b(?:for|each|every) (?:<one>|(?:each|every|an?) {_EACH})",
        r"\b(?:one|a single) (?P<each>[a-z-]+(?: [a-z-]+)?) (?:for|to|per|serv\w+|between|among)(?: every| each)? <r>(?P<top>(?: [a-z'-]+){1,3})",
        rf"\b(?:each|every) {_EACH}(?: [a-z'-]+){{1,3}} <r>(?P<top>(?: [a-z'-]+){{1,3}})",
    )
)
_IN_TIME = re.compile(rf",? (?:per|an?|each|every|for each|for every) ({_TIMES})\b")
_PER_MANY = re.compile(r"per (?P<many>[\d,]+|ten thousand|hundred thousand|hundred|thousand|million)(?: (?P<each>[a-z ]+))?")
_IN_EVERY = re.compile(r"(?P<k>[\d,.]+) (?:in|out of)(?: every)? (?P<n>[\d,]+)")
_SCALES = {"hundred": 100, "thousand": 1000, "ten thousand": 10**4, "hundred thousand": 10**5, "million": 10**6}
_TIME = frozenset(["day", "week", "month", "year", "annum", "hour", "quarter", "night", "minute", "time", "season", "term", "fortnight"])
_NO_EACH = frozenset(["cent", "one", "other", "case", "few", "lot", "half", "third", "quarter", "fifth", "bid", "further", "total"])
_LEAST_SCALE = 100
_CONCLUDED = re.compile(
    r"(?:^at |\b(?:so|or|hence|thus|therefore|that is|that was|that makes|this is|giving|gives?|gave|equal to|equivalent to|mean(?:s|ing|t)|making|makes|made|accordingly|an average of|works? out(?: at)?"
    r"|(?:a|the) rate (?:of|was|is|at)|which is|i\.e\.|representing|equates to|amount(?:s|ing) to|leaving)\b[^#.;]{0,30}|[:,(\u2013\u2014] ?(?:just |only |some |about )?)$".replace(
        "#", "\ue000-\uf8ff"
    )
)
_CLAUSE_ENDS = re.compile(
    r"[;()]|, (?:while|whereas|but|against|compared|though|although)\b|\b(?:while|whereas|against|compared with|than)\b"
)
CONTRASTED = re.compile(r";|\b(?:while|whereas|against|compared|than|but|though|although|unlike)\b")
"""What parts a number of one thing from that of another in a sentence."""
ELSEWHERE = re.compile(
    r"\b(?:national(?:ly)?|england|uk|britain|elsewhere|regional(?:ly)?|target|standard|plan(?:s to|ned)|expect\w*|hop(?:es?|ed|ing)|forecast\w*|budgeted|would|could|should|might|if|previous\w*|earlier|ago|had been|assumed"
    r"|median|typical\w*|largest|smallest|highest|lowest|costliest|cheapest|dearest|best|worst|at least|at most|minimum|maximum|up to|limit|cap|capped)\b"
)
"""Words by which a rate is of somewhere else, of another time, or no mean."""


@dataclass(frozen=True)
class RateTold:
    """A rate that a sentence tells.

    Attributes:
        claim: Its number.
        top: What there is so much of, as nouns are kept; empty where that is left out.
        each: For each of whom; empty where that is left out.
        scale: Per how many.
        printed: What the number may be.
        concluded: Whether words before it say that it follows from what is told.
        time: In how long: a day, a week; empty where that is left out.
    """

    claim: Occurrence
    top: frozenset[str]
    each: frozenset[str]
    scale: Fraction
    printed: Interval
    concluded: bool
    time: str = ""


def rates_told(sentence: Sentence) -> list[RateTold]:
    """Return the rates that a sentence tells, each number once."""
    if not _A_RATE.search(sentence.text.lower()):
        return []
    found: dict[Occurrence, RateTold] = {}
    for rate in (*_per_many(sentence), *_in_words(sentence)):
        found.setdefault(rate.claim, rate)
    return list(found.values())


def _per_many(sentence: Sentence) -> Iterator[RateTold]:
    """Yield the rates whose number names its scale: "12 per 10,000", "87 in every 1,000"."""
    for claim in sentence.mentions:
        in_every = _IN_EVERY.fullmatch(claim.text.lower()) if claim.quantity.unit == "percent" else None
        if in_every and number_of_scale(in_every["n"]) >= _LEAST_SCALE:
            yield _of(claim, "", "", Fraction(100), claim.quantity.interval)
        per = _PER_MANY.search(claim.quantity.unit)
        if per and number_of_scale(per["many"]) >= _LEAST_SCALE:
            each = per["each"] or " ".join(things_behind(claim))
            yield _of(claim, "", each, Fraction(number_of_scale(per["many"])))
        each = claim.quantity.unit.partition(" per ")[2]
        if re.fullmatch(r"[a-z]+(?: [a-z]+)?", each) and _tells_each(each) and not set(each.split()) & (_TIME | _NO_EACH) and not per:
            time = _IN_TIME.match(behind(claim))
            yield replace(_of(claim, "", each, Fraction(1)), time=time[1] if time else "")


def _in_words(sentence: Sentence) -> Iterator[RateTold]:
    for rule in _RATES:
        for match in rule.finditer(sentence.masked):
            numbers, groups = named(match, sentence), match.groupdict()
            claim, one = numbers["r"], numbers.get("one")
            each = base(one) if one and one.quantity.anchor == 1 else groups.get("each") or ""
            if (
                not _may_be_rate(claim)
                or (claim.quantity.unit.partition(" per ")[2] in _TIME and not each)
                or (one and not each)
                or set(each.split()[:1]) & (_NO_EACH | _TIME)
                or not _tells_each(each)
            ):
                continue
            time = groups.get("time") or (claim.quantity.unit.partition(" per ")[2] if each else "")
            yield replace(_of(claim, groups.get("top") or "", each, Fraction(number_of_scale(groups.get("many") or "1"))), time=time)


def _tells_each(each: str) -> bool:
    return not each or bool(words_of(each)) or each in ("head", "capita")


def _may_be_rate(claim: Occurrence) -> bool:
    quantity = claim.quantity
    return (
        not quantity.in_words and not quantity.ends and quantity.anchor > 0 and not base(claim).startswith(("percent", "times", "out of"))
    )


def _of(claim: Occurrence, top: str, each: str, scale: Fraction, printed: Interval | None = None) -> RateTold:
    masked = claim.sentence.masked
    before = masked[: masked.index(claim.mark)]
    each = re.sub(r"\b(?:head|capita)\b", "person", each)
    each_words = frozenset(re.sub(r"s$", "", word) for word in words_of(each)) | frozenset(words_of(each))
    return RateTold(claim, frozenset(words_of(top)), each_words, scale, printed or _printed(claim), bool(_CONCLUDED.search(before)))


def _printed(claim: Occurrence) -> Interval:
    """Return what the number of a rate may be: a whole one is rounded."""
    span, number = said(claim.quantity), claim.quantity.anchor
    half = Fraction(1, 2) if number.denominator == 1 and not claim.quantity.hedge and "." not in claim.text else Fraction(0)
    return Interval(min(span.low, number - half), max(span.high, number + half)) if half else span


def number_of_scale(text: str) -> int:
    """Return per how many a rate is."""
    return _SCALES.get(text) or int(text.replace(",", "") or 1)


def years_of_rate(rate: RateTold) -> frozenset[str]:
    """Return the years that a sentence names up to a rate, and right behind it."""
    text, end = rate.claim.sentence.text, rate.claim.end
    return frozenset(YEAR.findall(text[:end] + re.split(r"[,;.(]", text[end:])[0]))


def clause_of_rate(rate: RateTold) -> str:
    """Return the clause in which a rate is told."""
    before, mark, behind = clause_around(rate.claim, _CLAUSE_ENDS).partition(rate.claim.mark)
    return f"{before}{mark}{behind.partition(',')[0]}"
