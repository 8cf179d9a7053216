"""Where a sentence tells how many times one number is another: the multiple or the fraction, and what it may be."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from fractions import Fraction

from evidence.quantity import Interval
from evidence.referee.comparing import named, pattern
from evidence.referee.generous import admitted
from evidence.referee.mentions import Occurrence, Sentence
from evidence.referee.relations.between_rows import ANOTHER

_A_MULTIPLE = re.compile(
    r"\b(?:times|twice|double|treble|triple|quadruple|\w*fold|as [a-z]+|to (?:one|1)|ratio|factor|(?:each|every) [a-z]+|of (?:the|that|those|what))\b|:1\b"
)
_AS = r"as [a-z]+(?: [a-z]+)?? again|again as [a-z]+"
_MEASURE = r"(?:price|cost|rate|figure|share|level|proportion|average|mean|median|wage|pay|rent|fee|charge|yield|density|speed)s?"
_OF_OTHER = (
    rf"of (?:(?:the|its|their) [a-z-]+(?:'s|s') {_MEASURE}\b|(?:the|its|their) (?:[a-z-]+ )?{_MEASURE}(?=[,.;:)]| (?:in|on|for|at|of|among|paid|charged|found|seen|recorded|and|but)\b|$)"
    r"|(?:that|those) (?:of|in|at|for|on|among|paid|found)\b|what (?:it|they|the|an?|[a-z]{4,}s) )"
)
_TIMES = pattern(
    r"<x>,? (?P<what>as [a-z]+|the|that|those|what|more|higher|larger|greater|bigger|longer|less|fewer|lower|smaller|cheaper|shorter|quicker|its|their|those)\b"
)
_AGAIN = pattern(rf"<f> (?:{_AS})\b")
_AS_MUCH = pattern(r"<f> as [a-z]+\b(?! again| [a-z]+ again)")
_OF_THE = pattern(rf"<f> {_OF_OTHER}")
_TO_ONE = pattern(
    r"(?:\bratio (?:of|is|was|stands at|stood at)|\bby|\bmore than|\b(?:is|was|are|were)|[,(:]) (?:a ratio of |about |some |nearly |almost )?<a> to (?:one\b|<b>(?![ -]?[a-z%]))"
)
_RATIO = pattern(r"\bratio (?:of|is|was|stands at|stood at)(?: about| some| nearly)? <x>")
_FACTOR = pattern(r"\b(?:by a|a) factor of <a>")
_FOLD = pattern(r"<x> (?:gap|difference|gulf|disparity)\b")
_PER_POUND = pattern(r"\bfor (?:each|every) (?P<coin>pound|euro|dollar|£1)\b[^#.;]{0,60}[ ,]<a>(?! (?:per|each|in))")
_OF_EVERY = pattern(r"\bof every <b> [a-z][^#.;]{0,60} <a>")
_FOR_ONE = pattern(r"\bfor (?:each|every|one) [a-z-]+ [^#.;]{0,40}\b(?:there (?:is|are|was|were)|comes?|came|stood?) <a>")
_IN_EVERY = pattern(r"<a> (?:[a-z-]+ )?(?:of|out of|in) every <b>")
_FEW, _CLOSE, _LEAST, _MOST = 20, 4, 3, 9


@dataclass(frozen=True)
class MultipleTold:
    """How many times one number is another, as a sentence tells it.

    Attributes:
        claim: The number that tells it.
        span: What the greater may be of the lesser, or the lesser of the greater.
        more: Whether it may also be by how many times as much one is more than the other.
        unit: The unit of the two numbers, where that is told; else empty.
        before: The masked words of its clause before it.
        behind: Those behind it.
        to: To how many it is, where another number tells that: the two of "five to two".
        part: Whether the one of the two numbers is a part of the other.
    """

    claim: Occurrence
    span: Interval
    more: bool
    unit: str
    before: str
    behind: str
    to: Occurrence | None = None
    part: bool = False

    @property
    def left_out(self) -> bool:
        """Whether it is left out what the one is compared with: "the rate was three times as high"."""
        return not re.search(r"\b(?:as|than|that of|those of|compared|against)\b", re.sub(r"^ as [a-z]+", "", self.behind))


def multiples_told(sentence: Sentence) -> list[MultipleTold]:
    """Return the multiples that a sentence tells, each number once."""
    if not _A_MULTIPLE.search(sentence.text.lower()):
        return []
    found: dict[Occurrence, MultipleTold] = {}
    for one in (*_of_words(sentence), *_of_counts(sentence)):
        if not ANOTHER.search(" ".join([*one.before.split()[-_CLOSE:], ".", *one.behind.split()[:_CLOSE]])):
            found.setdefault(one.claim, one)
    return list(found.values())


def _of_words(sentence: Sentence) -> Iterator[MultipleTold]:
    """Yield the multiples and the fractions of a sentence that are told of two numbers."""
    for match in [*_TIMES.finditer(sentence.masked), *_RATIO.finditer(sentence.masked), *_FOLD.finditer(sentence.masked)]:
        x = named(match, sentence).get("x")
        if (
            x
            and x.quantity.unit == "times"
            and not x.quantity.ends
            and not re.match(r"doubl(?:ed|ing)|tripl(?:ed|ing)|trebl(?:ed|ing)|quadrupl(?:ed|ing)|x", x.text.lower())
        ):
            more = match.groupdict().get("what") in ("more", "higher", "larger", "greater", "bigger", "longer")
            yield _told(x, _so_many_times(x), more=more)
    for rule, whole in ((_AGAIN, 1), (_AS_MUCH, 0), (_OF_THE, 0)):
        for match in rule.finditer(sentence.masked):
            f = named(match, sentence)["f"]
            if f.quantity.unit == "percent" and f.quantity.in_words and not f.quantity.ends:
                part = admitted(f.quantity).scaled(Fraction(1, 100))
                yield _told(f, Interval(part.low + whole, part.high + whole, part.low_closed, part.high_closed))


def _so_many_times(x: Occurrence) -> Interval:
    """Return what a multiple may be: a few whole times are rounded, as "eight times" is not seven."""
    span, number = admitted(x.quantity), x.quantity.anchor
    if x.quantity.hedge or number.denominator > 1 or not _LEAST <= number <= _MOST:
        return span
    half = Fraction(1, 2)
    return Interval(max(span.low, number - half), min(span.high, number + half))


def _of_counts(sentence: Sentence) -> Iterator[MultipleTold]:
    """Yield the multiples that are told as so many to one, a factor, so much for each pound, or so many of every so many."""
    for rule, unit in ((_TO_ONE, ""), (_FACTOR, ""), (_FOR_ONE, ""), (_PER_POUND, "money"), (_OF_EVERY, ""), (_IN_EVERY, "")):
        for match in rule.finditer(sentence.masked):
            two = named(match, sentence)
            a, b = two.get("a"), two.get("b")
            if (
                a
                and a.quantity.unit in ("count", "GBP", "EUR", "USD")
                and not a.quantity.ends
                and a.quantity.anchor > 0
                and (not b or 0 < b.quantity.anchor <= _FEW)
            ):
                yield replace(_told(a, _so_many_to(a, b), unit=unit), to=b, part=rule in (_OF_EVERY, _IN_EVERY))


def _so_many_to(a: Occurrence, b: Occurrence | None) -> Interval:
    """Return what so many to one, or to so many, may be: a whole number is rounded."""
    span, number = a.quantity.interval, a.quantity.anchor
    half = Fraction(1, 2) if number.denominator == 1 and "." not in a.text else Fraction(0)
    low, high = min(span.low, number - half), max(span.high, number + half)
    to = b.quantity.anchor if b else Fraction(1)
    return Interval(low / to, high / to)


def _told(claim: Occurrence, span: Interval, *, more: bool = False, unit: str = "") -> MultipleTold:
    masked = claim.sentence.masked
    at = masked.index(claim.mark)
    before = re.split(r"[;]|, (?:and|but|while|whereas|though|although) |\b(?:while|whereas|although)\b", masked[:at])[-1]
    behind = re.split(r"[;:(]|,", masked[at + 1 :])[0]
    return MultipleTold(claim, span, more, unit, before, behind)
