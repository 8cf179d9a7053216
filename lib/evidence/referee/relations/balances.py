"""Balances: what comes in less what goes out, and what is open, added, taken and closing, wherever the report tells them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction
from itertools import product

from evidence.referee.comparing import Compared, Confidence, How, compared
from evidence.referee.mentions import Occurrence, Sentence
from evidence.referee.relations.reach import Reach, ahead, base, behind
from evidence.referee.relations.settling import Binding, Operand, Settled, settle, spans

_IN = re.compile(r"\b(?:income|revenues?|turnover|receipts|takings|earned|raised|sales|funding|received)\b")
_OUT = re.compile(r"\b(?:spent|spend|spending|expenditure|costs?|outgoings|expenses|payments|paid)\b")
_BALANCE = re.compile(
    r"\b(?:surplus(?:es)?|deficits?|shortfall|loss|profit|added to (?:the |our |its )?reserves|put (?:in|to|into) (?:the |our |its )?reserves|margin|in the (?:red|black))\b"
)
_PART = re.compile(r"\b(?:last year|previous|budgeted|planned|forecast|expected|target|per|average|each|on)\b")
_MONEY = ("GBP", "USD", "EUR")
_MOST = Fraction(5, 2)


def balances(sentence: Sentence, reach: Reach) -> Iterator[Settled]:
    """Yield whether a surplus, a deficit or what was added to reserves is the income less the spending of the report."""
    for claim in sentence.mentions:
        around = f"{ahead(claim)[-40:]}#{behind(claim)[:40]}"
        if base(claim) not in _MONEY or not _BALANCE.search(around) or claim.quantity.in_words or _PART.search(around):
            continue
        found = settle("sum", claim, _bindings(claim, reach), most=_MOST)
        if found:
            yield found


_REACH = 40
"""How many sentences away the income and the spending of a balance are looked for."""


def _around(claim: Occurrence, reach: Reach) -> list[Occurrence]:
    return [m for m in reach.money if abs(m.sentence.number - claim.sentence.number) <= _REACH]


def _bindings(claim: Occurrence, reach: Reach) -> Iterator[Binding]:
    near = reach.passage(claim.sentence)
    money = [
        m
        for m in [*near, *_around(claim, reach)]
        if m is not claim and base(m) == base(claim) and m.quantity.anchor > claim.quantity.anchor
    ]
    income = [m for m in money if _told(m, _IN, _OUT)]
    spending = [m for m in money if _told(m, _OUT, _IN)]
    for one, two in product(dict.fromkeys(income), dict.fromkeys(spending)):
        given, _ = spans(claim, [one, two])
        value = given[0] - given[1] if given[0].low >= given[1].low else given[1] - given[0]
        sure = (one in near and two in near) or one.sentence is two.sentence or abs(one.sentence.number - two.sentence.number) <= _CLOSE
        if value.high > 0:
            operands: tuple[Operand, ...] = (one, two)
            sure = sure and (one in near or two in near or one.sentence is two.sentence)
            yield Binding(operands, value, f"{one.text} - {two.text}", sure, How.difference)


_CLOSE = 8


def _told(mention: Occurrence, wanted: re.Pattern[str], other: re.Pattern[str]) -> bool:
    """Return whether the nearest word before or behind a number is of one of two kinds."""
    told = mention.sentence.text[: mention.start].lower()
    before = [(len(told) - match.end(), True) for match in wanted.finditer(told)]
    before += [(len(told) - match.end(), False) for match in other.finditer(told)]
    return min(before)[1] if before else bool(wanted.search(behind(mention)[:20]))


_PLUS = re.compile(r"\b(?:surplus(?:es)?|profit|in the black|added to (?:the |our |its )?reserves)\b")
_MINUS = re.compile(r"\b(?:deficits?|loss|shortfall|in the red)\b")


def signs(sentence: Sentence, reach: Reach) -> Iterator[Compared]:
    """Yield whether what is called a surplus or a deficit is one, where income less spending, or the other way round, gives its size."""
    for found in balances(sentence, reach):
        around = f"{ahead(found.claim)[-40:]}#{behind(found.claim)[:40]}"
        plus, minus = _PLUS.search(around), _MINUS.search(around)
        income, spending = found.found.operands
        near = reach.passage(sentence)
        if found.found.holds and (income in near or spending in near) and bool(plus) != bool(minus):
            more = income.quantity.anchor > spending.quantity.anchor
            message = (
                ""
                if more == bool(plus)
                else f"Income of {income.text} and spending of {spending.text} leave {'a surplus' if more else 'a deficit'}."
            )
            told = f"{income.text} - {spending.text}"
            yield compared(
                "direction", [found.claim], told, message, confidence=Confidence.medium, operands=found.found.operands, how=How.difference
            )
