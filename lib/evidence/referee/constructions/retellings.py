"""Passages that tell the same facts in other words: by the numbers that both have, and what else of each is told of the same thing."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property, lru_cache
from itertools import combinations, permutations

from evidence.quantity.words import word_set
from evidence.referee.constructions.table_rows import kin
from evidence.referee.mentions import CHANGE, COMMON, MARK, YEAR, Occurrence, Sentence, stem
from evidence.referee.relations.reach import ahead, base, behind
from evidence.referee.relations.retold import APART, TO_DO, clause_of
from evidence.referee.relations.roles import is_size
from evidence.referee.relations.settling import said
from evidence.referee.relations.subjects import BACK, one_digit, swaps

_EMPTY = COMMON | word_set(
    "had came put got whole overall altogether number people total whose thing each every well far now ten while barely only"
)
_HEAP = 14
_ENOUGH = 1


@dataclass(frozen=True, eq=False)
class ToldFact:
    """A number that a passage tells, with the words that say of what.

    Attributes:
        mention: The number.
    """

    mention: Occurrence

    @cached_property
    def words(self) -> frozenset[str]:
        """The words of its clause."""
        return content(clause_of(self.mention))

    @cached_property
    def around(self) -> frozenset[str]:
        """The words of its sentence, and of the one before where it points back."""
        sentence = self.mention.sentence
        last = sentence.before.masked if sentence.before and _POINTS.search(sentence.masked) else ""
        return content(f"{last} {sentence.masked}")

    @cached_property
    def digits(self) -> int:
        """How many digits it has, without noughts at its end."""
        return len(re.sub(r"\D", "", self.mention.text).rstrip("0"))

    @cached_property
    def places(self) -> int:
        """How many digits it has behind the point."""
        found = re.search(r"\d\.(\d+)", self.mention.text)
        return len(found[1]) if found else 0

    @cached_property
    def tight(self) -> frozenset[str]:
        """The words next to it."""
        before, after = ahead(self.mention).split()[-5:], re.split(r"[,;.)]", behind(self.mention))[0].split()[:5]
        return content(" ".join([*before, *after]))

    @cached_property
    def noun(self) -> frozenset[str]:
        """The words right behind it."""
        return content(" ".join(_NOUN_ENDS.split(behind(self.mention))[0].split()[:4]))

    @cached_property
    def names(self) -> frozenset[str]:
        """The names of its sentence."""
        return self.mention.sentence.names - _MONTHS

    @cached_property
    def years(self) -> frozenset[str]:
        """The years of its clause, else those of its sentence."""
        sentence = self.mention.sentence
        own = frozenset(YEAR.findall(_plain_clause(self.mention)))
        return own or frozenset(YEAR.findall(sentence.text))

    @cached_property
    def apart(self) -> frozenset[str]:
        """The words of its clause that set it apart from its like."""
        return frozenset(re.findall(r"[a-z-]+", clause_of(self.mention))) & APART - _NOT_APART

    @cached_property
    def kind(self) -> tuple[str, bool]:
        """Its unit, and whether it is only planned, or of a wider place."""
        return self.unit, bool(
            _SUPPOSED.search(f"{ahead(self.mention)} {_NOUN_ENDS.split(behind(self.mention))[0]}")
            or _TO_DO.search(self.mention.sentence.heading.lower())
        )

    @cached_property
    def unit(self) -> str:
        """Its unit; percent where that is left out in a list of shares."""
        mention = self.mention
        last = mention.sentence.mentions[mention.index - 1] if mention.index else None
        bare_number = (
            base(mention) == "count"
            and mention.quantity.anchor < _HUNDRED
            and re.match(r"[,.;)]|$| and | in [A-Z]", mention.sentence.text[mention.end :])
        )
        return "percent" if bare_number and last and ToldFact(last).unit == "percent" else base(mention)

    @cached_property
    def then(self) -> bool:
        """Whether the words beside it say that it is of an earlier time."""
        return bool(_THEN.search(ahead(self.mention)) or _EARLIER.match(behind(self.mention)))

    @cached_property
    def beside(self) -> frozenset[tuple[Fraction, str]]:
        """The other numbers of its sentence."""
        return frozenset((m.quantity.anchor, base(m)) for m in self.mention.sentence.mentions if m is not self.mention)

    def meets(self, other: ToldFact) -> bool:
        """Return whether both may be one number."""
        one, two = self.mention.quantity, other.mention.quantity
        loose = one.in_words or two.in_words
        near = said(one).meets(two.interval) or said(two).meets(one.interval) if loose else one.interval.meets(two.interval)
        return self.unit == other.unit and (one.anchor == two.anchor or near)


_SUPPOSED = re.compile(
    r"\b(?:if|assum\w+|scenario|would|could|should|will|targets?|aim\w*|plan(?:s to|ned)|expect\w*|forecast\w*|project(?:ed|ions?)|budget\w*|hop(?:e|ed)|national(?:ly)?|england|britain|uk|elsewhere)\b"
)
_TO_DO = re.compile(rf"{TO_DO.pattern}|\bpropos\w+|\boptions?\b")
_THEN = re.compile(r"\bfrom (?:[a-z]+ ){0,2}$|\bhad been (?:[a-z]+ )?$|\b(?:formerly|previously|originally|last year) (?:[a-z]+ ){0,3}$")
_EARLIER = re.compile(
    r"(?: [a-z]+){0,2} (?:the (?:year|month) before|(?:a|one|two|three|four|five|ten) (?:years?|months?) (?:ago|earlier|before)|in the (?:previous|preceding))\b"
)
_HUNDRED = 100
_NOT_APART = word_set(
    "earlier previous other others further follow remaining first second third fourth expected forecast planned target highest lowest best worst without new"
)
_MONTHS = frozenset(("January", "February", "March", "April", "June", "July", "August", "September", "October", "November", "December"))
_POINTS = re.compile(rf"{BACK.pattern}|\b(?:them|they|these|those|their|it|its)\b")
_NOUN_ENDS = re.compile(
    rf"[,;:.()]|{MARK}|\b(?:of|in|on|at|by|for|to|from|with|who|which|that|were|was|is|are|had|have|has|and|or|as|than)\b"
)


def _plain_clause(mention: Occurrence) -> str:
    """Return the words of the clause of a number as they are written."""
    sentence = mention.sentence
    return re.sub(MARK, lambda mark: sentence.mentions[ord(mark[0]) - 0xE000].text, clause_of(mention))


@lru_cache(maxsize=8192)
def content(text: str) -> frozenset[str]:
    """Return the words of a masked text that say what it is about."""
    words = re.findall(r"[a-z]{3,}", CHANGE.sub(" ", re.sub(MARK, " ", text)))
    return frozenset(stem(word) for word in words if word not in _EMPTY and not word.endswith("ly"))


@dataclass(frozen=True, eq=False)
class Telling:
    """A paragraph, or a list, with the facts that it tells.

    Attributes:
        sentences: Its sentences.
        facts: Their numbers.
    """

    sentences: tuple[Sentence, ...]
    facts: tuple[ToldFact, ...]

    @cached_property
    def values(self) -> frozenset[tuple[Fraction, str]]:
        """Its numbers of two digits or more, or with a unit."""
        return frozenset((fact.mention.quantity.anchor, fact.unit) for fact in self.facts)

    def shares(self, other: Telling) -> Fraction:
        """Return what share of the numbers of that which tells fewer both tell."""
        return share_of(self.values & other.values, min(len(self.values), len(other.values)))


_TEN = 10


def share_of(values: Iterable[tuple[Fraction, str]], number: int) -> Fraction:
    """Return what share of so many numbers some are: a small count is a quarter of one."""
    return sum((Fraction(1) if abs(value) >= _TEN or unit != "count" else Fraction(1, 4) for value, unit in values), Fraction(0)) / number


@lru_cache(maxsize=4)
def tellings(sentences: tuple[Sentence, ...]) -> tuple[Telling, ...]:
    """Return the paragraphs and lists of a report."""
    groups: list[list[Sentence]] = []
    for sentence in sentences:
        last = groups[-1][-1] if groups else None
        joined = last and (sentence.before is last or (sentence.kind == last.kind == "item" and sentence.heading == last.heading))
        if joined:
            groups[-1].append(sentence)
        else:
            groups.append([sentence])
    return tuple(Telling(tuple(group), tuple(ToldFact(m) for one in group for m in one.mentions if _tells(m))) for group in groups)


def _tells(mention: Occurrence) -> bool:
    quantity = mention.quantity
    plain = not quantity.ends and quantity.anchor > 0 and quantity.hedge in ("", "about")
    return plain and not quantity.unit.startswith(("times", "out of")) and len(mention.sentence.mentions) <= _HEAP


@lru_cache(maxsize=4096)
def is_given(fact: ToldFact) -> bool:
    """Return whether two other numbers of its sentence, or of that and the one before, give a number."""
    sentence, claim = fact.mention.sentence, fact.mention
    held = [m for one in (sentence, sentence.before) if one for m in one.mentions if m is not claim and not m.quantity.ends]
    stated = claim.quantity.interval
    for one, two in permutations(held[:_HEAP], 2):
        a, b = one.quantity.interval, two.quantity.interval
        if fact.unit == "percent" and base(one) == base(two) != "percent" and b.low > 0 and stated.meets((a / b).scaled(Fraction(100))):
            return True
        if base(one) == base(two) == fact.unit and (stated.meets(a + b) or stated.meets(a - b)):
            return True
        if base(one) == fact.unit and base(two) == "percent" and stated.meets((a * b).scaled(Fraction(1, 100))):
            return True
    return False


@lru_cache(maxsize=4)
def weights(sentences: tuple[Sentence, ...]) -> Mapping[str, Fraction]:
    """Return how much each word of a report tells: the less the more of its sentences have it."""
    held = Counter(word for sentence in sentences for word in content(sentence.masked))
    return {word: min(Fraction(1), Fraction(_OFTEN, number)) for word, number in held.items()}


_OFTEN = 4


def alike_words(one: frozenset[str], two: frozenset[str], weigh: Mapping[str, Fraction]) -> Fraction:
    """Return how much the words of one text tell that are words of another, with whatever ending."""
    return sum((weigh.get(word, Fraction(1)) for word in one if any(kin(word, other) for other in two)), Fraction(0))


def likeness(one: ToldFact, two: ToldFact, weigh: Mapping[str, Fraction]) -> Fraction:
    """Return how much two numbers have in common that says of what they are; nought where something sets them apart."""
    if one.kind != two.kind or (one.years and two.years and not one.years & two.years) or one.then is not two.then:
        return Fraction(0)
    if one.names and two.names and not one.names & two.names:
        return Fraction(0)
    if one.apart != two.apart and one.apart and two.apart:
        return Fraction(0)
    own = alike_words(one.words, two.words, weigh)
    cross = alike_words(one.words, two.around, weigh) + alike_words(two.words, one.around, weigh) - 2 * own
    tight = alike_words(one.tight, two.tight, weigh)
    noun = alike_words(one.noun, two.noun, weigh)
    beside = min(_TWO, len(one.beside & two.beside))
    sizes = is_size(one.mention) is not is_size(two.mention)
    rare = 3 * (beside > 0 and one.unit not in ("count", "percent", "GBP", "EUR", "USD"))
    return 2 * own + cross + tight + 2 * min(Fraction(1), noun) + 2 * beside + rare - bool(one.apart ^ two.apart) - sizes


def slip_of(one: Occurrence, two: Occurrence) -> int:
    """Return how surely one number is another with a digit changed or two exchanged: the more digits it has the surer."""
    long = max(len(re.sub(r"\D", "", m.text).rstrip("0")) for m in (one, two)) > _TWO
    if swaps(one.text, two.text):
        return 4 if long else 2
    return (2 if long else 1) if one_digit(one.text, two.text) else 0


_TWO = 2


def pairs_of(one: Telling, two: Telling, weigh: Mapping[str, Fraction]) -> list[tuple[Fraction, ToldFact, ToldFact]]:
    """Return the numbers that only one of two passages tells each, with how much they have in common, the likest first."""
    lone = [fact for fact in one.facts if not any(fact.meets(other) for other in two.facts)]
    rest = [fact for fact in two.facts if not any(fact.meets(other) for other in one.facts)]
    found = [(likeness(a, b, weigh), a, b) for a in lone for b in rest]
    return sorted((pair for pair in found if pair[0] > 0), key=lambda pair: -pair[0])


@dataclass(frozen=True, eq=False, slots=True)
class Retold:
    """Two passages that tell the same facts.

    Attributes:
        one: The first.
        two: The second.
        shared: How many numbers of the one are numbers of the other and told of the same: small ones count less.
        share: What share of the numbers of the one that has fewer these are.
        pairs: The numbers that only one of them tells each, with how much they have in common, the likest first.
    """

    one: Telling
    two: Telling
    shared: Fraction
    share: Fraction
    pairs: tuple[tuple[Fraction, ToldFact, ToldFact], ...]


@lru_cache(maxsize=4)
def retold(sentences: tuple[Sentence, ...]) -> tuple[Retold, ...]:
    """Return the passages of a report of which each tells again what the other does."""
    held, weigh = [one for one in tellings(sentences) if len(one.facts) > 1], weights(sentences)
    found = [_retold(one, two, weigh) for one, two in combinations(held, 2) if one.shares(two) >= LEAST]
    return tuple(one for one in found if one)


def _retold(one: Telling, two: Telling, weigh: Mapping[str, Fraction]) -> Retold | None:
    same = [(a, b) for a in one.facts for b in two.facts if a.meets(b)]
    told = [(a, b) for a, b in same if likeness(a, b, weigh) - 2 * len(a.beside & b.beside) >= 1 or (a.digits > _TWO and a.noun & b.noun)]
    values = {(a.mention.quantity.anchor, a.unit) for a, _ in told}
    fewest = min(len(one.values), len(two.values))
    share = share_of(values, fewest)
    return Retold(one, two, share * fewest, share, tuple(pairs_of(one, two, weigh))) if share >= LEAST else None


LEAST = Fraction(1, 4)
"""What share of the numbers of a passage another tells that tells the same."""
