"""So many a day, a week or a month, and the total and the time that give them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction

from evidence.quantity import Interval
from evidence.referee.comparing import Compared, alike, compared, named, pattern, ratio, shown
from evidence.referee.constructions.rates_told import CONTRASTED, ELSEWHERE, RateTold, clause_of_rate, rate_of, years_of_rate
from evidence.referee.constructions.things import numbers_in, things_of, window
from evidence.referee.mentions import Occurrence, Sentence
from evidence.referee.relations.linking import Linker
from evidence.referee.relations.reach import base, behind, text_between
from evidence.referee.relations.settling import near

_A_PACE = re.compile(
    r"\b(?:a|an|per|each|every|daily|weekly|monthly|quarterly|hourly|nightly) ?(?:day|week|month|quarter|night|hour|average|mean|\b)"
)
_PACE = pattern(
    r"<r>(?P<top>(?: [a-z][a-z'-]*){0,3}?) (?:an?|per|each|every|for each|for every|in each) (?P<time>day|week|month|quarter|night|fortnight)\b"
)
_MEAN_OF = pattern(r"\b(?P<time>dai|week|month|quarter|night)ly (?:average|mean)(?: of| was| is| being)? <r>")
_TIMES_OF = {"dai": "day"}
_LENGTHS: dict[str, dict[str, tuple[Fraction | int, Fraction | int]]] = {
    "day": {"days": (1, 1), "weeks": (5, 7), "months": (28, 31), "quarters": (90, 92), "years": (365, 366), "nights": (1, 1)},
    "night": {"nights": (1, 1), "days": (1, 1), "weeks": (7, 7), "months": (28, 31), "years": (365, 366)},
    "week": {
        "weeks": (1, 1),
        "days": (Fraction(1, 7), Fraction(1, 5)),
        "months": (Fraction(4), Fraction(31, 7)),
        "quarters": (13, 13),
        "years": (52, Fraction(366, 7)),
    },
    "fortnight": {"weeks": (Fraction(1, 2), Fraction(1, 2)), "years": (26, 26), "months": (2, Fraction(31, 14))},
    "month": {"months": (1, 1), "weeks": (Fraction(7, 31), Fraction(1, 4)), "quarters": (3, 3), "years": (12, 12)},
    "quarter": {"quarters": (1, 1), "months": (Fraction(1, 3), Fraction(1, 3)), "years": (4, 4)},
}
"""How many of one span of time there are in another, at least and at most."""
_IN_A_YEAR = {"day": (245, 366), "night": (300, 366), "week": (48, 53), "fortnight": (26, 26), "month": (12, 12), "quarter": (4, 4)}
"""How many spans of time a year may be told to have, where it is told in no number: offices are shut on some days."""
_A_YEAR = re.compile(
    r"\b(?:the|last|this|that|a|per|each|every|whole|full|financial|previous) (?:calendar |financial |whole |full )?year\b|\bannual|\byearly\b|\b(?:in|during|for|over|throughout) (?:19|20)\d\d\b|\b20\d\d[/\u2013-]\d\d"
)
_TOTAL_BEHIND = re.compile(
    r"^(?: [a-z]+){0,3} (?:over|in|during|across|for|through|throughout|within) |^(?: [a-z]+){0,2} (?:in all|altogether|in total)\b"
)
_MEAN = re.compile(r"\b(?:averag\w+|mean|typical\w*)\b|\bon average\b")
_SLIP_OF_PACE = Fraction(2)


def so_many_a_day(sentence: Sentence, linker: Linker) -> Iterator[Compared]:
    """Yield whether a pace is the total told beside it, over the time that is told with it."""
    if not _A_PACE.search(sentence.text.lower()):
        return
    sentences = window(sentence, linker.reach, 1)
    for rate in paces_told(sentence):
        yield from _held(rate, sentences)


def paces_told(sentence: Sentence) -> Iterator[RateTold]:
    """Yield the rates of a sentence that are told for a span of time alone."""
    for claim in sentence.mentions:
        time = claim.quantity.unit.partition(" per ")[2]
        if (
            time in _LENGTHS
            and not claim.quantity.ends
            and not re.match(r"(?: [a-z]+)? (?:per|for each|each|apiece|for every)\b", behind(claim))
        ):
            yield rate_of(claim, "", time)
    for match in [*_PACE.finditer(sentence.masked), *_MEAN_OF.finditer(sentence.masked)]:
        claim, groups = named(match, sentence)["r"], match.groupdict()
        if " per " not in claim.quantity.unit and not claim.quantity.ends and not claim.quantity.in_words:
            yield rate_of(claim, groups.get("top") or "", _TIMES_OF.get(groups["time"], groups["time"]))


def _held(rate: RateTold, sentences: list[Sentence]) -> Iterator[Compared]:
    found = [(whole, *one) for whole in _totals(rate, sentences) for one in _values(rate, whole, sentences)]
    good = next((one for one in found if rate.printed.meets(one[1])), None)
    close = [one for one in found if _bound(rate, one[0]) and near(one[1], rate.claim.quantity.anchor, _SLIP_OF_PACE)]
    if good:
        yield _told(rate, *good, "")
    elif close and not ELSEWHERE.search(clause_of_rate(rate)):
        whole, value, words = close[0]
        yield _told(rate, whole, value, words, f"{whole.text} over {words} is {shown(value)} a {rate.time}, not {rate.claim.text}.")


def _told(rate: RateTold, whole: Occurrence, value: Interval, words: str, message: str) -> Compared:
    reckoning = f"{whole.text} / {words} = {shown(value)}; stated {rate.claim.text}"
    mentions = sorted([whole, rate.claim], key=lambda mention: (mention.sentence.number, mention.start))
    return compared("rate over time", mentions, reckoning, message, other=mentions, operands=(whole,), claim=rate.claim, given=value)


def _totals(rate: RateTold, sentences: list[Sentence]) -> list[Occurrence]:
    """Return the numbers that may be the total of a pace: greater ones of its unit, and of its things where it names some."""
    unit, number = base(rate.claim), rate.claim.quantity.anchor
    held = [one for one in numbers_in(sentences) if base(one) == unit and one.quantity.anchor > number]
    return [one for one in held if not rate.top or unit != "count" or rate.top & things_of(one) or one.sentence is rate.claim.sentence]


def _values(rate: RateTold, whole: Occurrence, sentences: list[Sentence]) -> Iterator[tuple[Interval, str]]:
    """Yield what a total gives for each span of time, over the times that are told with it, and over a year where one is named."""
    top, _ = alike([whole.quantity, rate.claim.quantity])
    told = [(span, _LENGTHS[rate.time].get(base(span))) for span in numbers_in(sentences)]
    spans = [
        (span.quantity.anchor * low, span.quantity.anchor * high, span.text) for span, length in told if length for low, high in [length]
    ]
    if not spans and (_A_YEAR.search(whole.sentence.text.lower()) or _A_YEAR.search(rate.claim.sentence.text.lower())):
        fewest, most = _IN_A_YEAR[rate.time]
        spans = [(Fraction(fewest), Fraction(most), "a year")]
    for low, high, words in spans:
        if value := ratio(top, Interval(Fraction(low), Fraction(high))):
            yield value, words


def _bound(rate: RateTold, whole: Occurrence) -> bool:
    """Return whether the words bind a total to a pace: the one is concluded from the other, or set beside it with its time."""
    claim = rate.claim
    if whole.sentence is not claim.sentence:
        years = years_of_rate(rate)
        return rate.concluded and bool(_MEAN.search(claim.sentence.masked[:_OPENING])) and (not years or bool(years & whole.sentence.years))
    between = text_between(whole, claim)
    if CONTRASTED.search(between) or len(re.findall("[\ue000-\uf8ff]", between)) > 1:
        return False
    if whole.start < claim.start:
        return rate.concluded or bool(_MEAN.search(between))
    return bool(_TOTAL_BEHIND.match(behind(whole)) and _MEAN.search(claim.sentence.masked) and re.search(r"[,(:]|\bor\b", between))


_OPENING = 40
