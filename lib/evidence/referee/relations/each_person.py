"""What falls to each person of a place: an amount of the report among a population that it tells, wherever that stands.

Any amount among any population explains what is told; where none does, the amount of its paragraph that nearly gives it is what was meant.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction

from evidence.quantity import Interval, Quantity
from evidence.referee.comparing import Compared, Confidence, alike, compared, ratio, shown
from evidence.referee.mentions import Occurrence, Sentence
from evidence.referee.relations.each import noun_of_each
from evidence.referee.relations.reach import Reach, ahead, base, nouns, singular
from evidence.referee.relations.settling import off, said
from evidence.referee.relations.subjects import in_digits

PEOPLE = frozenset(["person", "resident", "inhabitant", "head", "capita", "populatio", "population", "citizen"])
"""The nouns of a population, in the singular."""
_NEAR = Fraction(13, 10)
_MONEY = ("GBP", "USD", "EUR")
_POPULATION = re.compile(r"\bpopulation(?: [a-z]+){0,3} (?:of|is|was|to|at)(?: about| some| just| over)? $")
_HEAD = re.compile(r"\b(?:population|residents|inhabitants)\b")
_FEWEST, _SHORT = 1000, 3


def for_each_person(sentence: Sentence, reach: Reach) -> Iterator[Compared]:
    """Yield whether so much for each resident is an amount of the report among its people, where its paragraph tells one that is nearly it."""
    for claim in sentence.mentions:
        noun = noun_of_each(claim, wide=True) if base(claim) in _MONEY and in_digits(claim) and not claim.quantity.ends else None
        if not noun or singular(noun) not in PEOPLE:
            continue
        people = _people(sentence, reach)
        counts = [
            *people,
            *(m.quantity for one in reach.sentences for m in one.mentions if base(m) == "count" and m.quantity.anchor >= _FEWEST),
        ]
        amounts = [m.quantity for m in reach.money if m is not claim] + [c.quantity for c in reach.cells if c.quantity.unit in _MONEY]
        if any(said(claim.quantity).meets(value) for amount in amounts for one in counts if (value := _each(amount, one))):
            continue
        own = [m for m in reach.passage(sentence) if base(m) == base(claim) and m.quantity.anchor > claim.quantity.anchor]
        found = [(m, one, value) for m in own for one in people if (value := _each(m.quantity, one))]
        near = [one for one in found if off((one[2].low + one[2].high) / 2, claim.quantity.anchor) < _NEAR]
        if near:
            whole, one, value = min(near, key=lambda one: off((one[2].low + one[2].high) / 2, claim.quantity.anchor))
            yield _told(claim, whole, one, value)


def _told(claim: Occurrence, whole: Occurrence, people: Quantity, value: Interval) -> Compared:
    reckoning = f"{whole.text} / {people.text}"
    message = f"{reckoning} is {shown(value)}, where {claim.text} for each is stated."
    return compared(
        "per head",
        [claim],
        f"{reckoning} = {shown(value)}; stated {claim.text}",
        message,
        confidence=Confidence.medium,
        other=whole,
        claim=claim,
        given=value,
    )


def _each(amount: Quantity, people: Quantity) -> Interval | None:
    """Return what falls to each, as it is rounded."""
    value = ratio(*alike([amount, people]))
    slack = abs(value.high) / 200 if value else Fraction(0)
    return Interval(value.low - slack, value.high + slack) if value else None


def _people(sentence: Sentence, reach: Reach) -> list[Quantity]:
    """Return the populations that a report tells: those of the text, and of tables the totals and the rows that a sentence, or one of two before it, names."""
    told = [m.quantity for one in reach.sentences for m in one.mentions if _is_population(m)]
    text = " ".join(one.text for one in reach.near(sentence)[:_SHORT]).lower()
    cells = [c for c in reach.cells if c.quantity.unit == "count" and c.quantity.anchor >= _FEWEST and _HEAD.search(c.head.lower())]
    return told + [c.quantity for c in cells if c.all or (c.row and c.row.lower() in text)]


def _is_population(mention: Occurrence) -> bool:
    if base(mention) != "count" or mention.quantity.ends or mention.quantity.anchor < _FEWEST:
        return False
    return bool(PEOPLE & frozenset(nouns(mention)[:2]) or _POPULATION.search(ahead(mention)))
