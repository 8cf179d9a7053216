"""Words that give a number its direction or its comparison: they belong into its link, and are proved there."""

from __future__ import annotations

import re
from fractions import Fraction

from evidence.errors import QuantityError
from evidence.quantity import find_numbers, parse

_SENSES = {
    "rise": "rose rise rises risen rising grew grow grows grown increase increases increased increasing climbed climbs doubled"
    " trebled tripled quadrupled soared soaring jumped surged surging expanded rocketed leapt swelled boomed booming mushroomed climbing",
    "fall": "fell fall falls fallen falling drop drops dropped dropping decline declines declined declining decrease decreases decreased decreasing"
    " shrank shrunk shrinks shrinking halved plunged plummeted slumped slipped collapsed collapsing dwindled dwindling tumbled sank sunk crashed",
    "more": "more higher larger greater bigger above exceeds exceed exceeded outnumber outnumbers outnumbered outperform outperforms"
    " outperformed outstrip outstrips outstripped surpass surpasses surpassed overtake overtakes overtook overtaken dwarf dwarfs dwarfed oftener likelier",
    "less": "less fewer lower smaller below rarer",
    "most": "most highest largest greatest biggest strongest commonest",
    "least": "least lowest smallest fewest weakest rarest",
    "same": "same equal equals equalled",
}
"""Words by what they say of a number: a change, a comparison with one other number, or with all others."""

SENSE = {word: sense for sense, words in _SENSES.items() for word in words.split()}
CHANGES = {"rise": "rise", "more": "rise", "fall": "fall", "less": "fall"}
"""Which direction of a figure a word beside its number needs."""

_HEDGES = re.compile(
    r"\b(?:no|not|any|much|far|many|slightly|little)? ?(?:more|less|fewer|greater|higher|lower|larger|smaller) than (?=[\d£$€a-z])|\bat (?:the )?(?:most|least)\b"
    r"|\bor (?:more|less|fewer|higher|lower|above|below)\b|\b(?:above|below) (?=[£$€]?\d)",
    re.IGNORECASE,
)
"""Where a link holds such a word as the hedge of its number."""

_WORD = re.compile(r"[a-z]+", re.IGNORECASE)
_HEAD = re.compile(
    rf"(?:(?:a|an|the) )?(?:{'|'.join(word for word, sense in SENSE.items() if sense in ('rise', 'fall'))})(?: by| of)?\s+(?=\S)",
    re.IGNORECASE,
)
_WHOLE = frozenset(["doubled", "trebled", "tripled", "quadrupled", "halved"])
"""Verbs that are numbers themselves."""


def senses(text: str) -> list[tuple[int, int, str]]:
    """Return the words of a text that tell a direction or a comparison, each with its span and what it says.

    Example:
        >>> senses("It fell, and is lower.")
        [(3, 7, 'fall'), (16, 21, 'less')]
    """
    return [(m.start(), m.end(), SENSE[m.group().lower()]) for m in _WORD.finditer(text) if m.group().lower() in SENSE]


def direction(text: str) -> str:
    """Return the direction that the words beside the number of a link tell, `rise` or `fall`, or an empty text.

    Example:
        >>> direction("fell by 48%"), direction("12 points more"), direction("more than 12")
        ('fall', 'rise', '')
    """
    found = {CHANGES[sense] for _, _, sense in senses(_HEDGES.sub(" ", text)) if sense in CHANGES}
    return found.pop() if len(found) == 1 else ""


def number(text: str) -> str:
    """Return the text of a link without a verb or noun of change before its number; what follows the number is read with it.

    Example:
        >>> number("fell by 48%"), number("a rise of 9%"), number("more than doubled"), number("48% lower")
        ('48%', '9%', 'more than doubled', '48% lower')
    """
    match = _HEAD.match(text)
    return text[match.end() :] if match and match.group().split()[0].lower() not in _WHOLE else text


_SIDES = {"above": {"rise", "more"}, "below": {"fall", "less"}, "equal": {"same"}, "highest": {"most"}, "lowest": {"least"}}
_SIDES |= {"rose": {"rise"}, "fell": {"fall"}}
_ALIKE = re.compile(
    r"\b(?:as (?:many|much|high|low|large|small|often|likely|good|bad)|twice|double|half|level|alike|times)\b", re.IGNORECASE
)
_NEGATED = re.compile(r"\b(?:not|no|never|nor|neither|without)\b|n't\b", re.IGNORECASE)


def misfit(text: str, relation: str, factor: Fraction) -> str:
    """Return why the text of a link does not say what its comparison proves, or an empty text.

    Args:
        text: The words that are linked.
        relation: The relation between the figures, as `claims.comparing` names it.
        factor: How many times the other figure.
    """
    wanted, found = _SIDES[relation], {sense for _, _, sense in senses(text)}
    if _NEGATED.search(text):
        return "a comparison cannot be negated."
    if not found and _ALIKE.search(text):
        found = {"same"} if factor == 1 else wanted
    if not found or not found <= wanted:
        return f'its words do not say "{relation}".'
    said = _times(text)
    return "" if said == factor else f"its words say {_many(said)} and the comparison {_many(factor)}."


def _times(text: str) -> Fraction:
    """Return how many times the other number a text says: "more than twice as many" is 2, "less than half" a half."""
    for found in find_numbers(text):
        try:
            quantity = parse(found.text)
        except QuantityError:
            continue
        return quantity.anchor / 100 if quantity.unit == "percent" else quantity.anchor
    return Fraction(1)


def _many(factor: Fraction) -> str:
    return f"{float(factor):g} times" if factor != 1 else "as much"
