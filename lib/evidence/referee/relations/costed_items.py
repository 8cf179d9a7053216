"""The costs of listed items, each its own sentence or more, against the total that the lines before or behind the list tell: "at a cost of £9 million"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction
from itertools import product

from evidence.quantity import Interval
from evidence.referee.comparing import Compared, Confidence, alike, compared, shown, total
from evidence.referee.document import TextBlock
from evidence.referee.mentions import Occurrence, Sentence
from evidence.referee.relations.reach import Reach, ahead, base
from evidence.referee.relations.roles import falls_to_each, is_size
from evidence.referee.relations.settling import NEAR, off

_MONEY = ("GBP", "USD", "EUR")
_THREE, _MANY, _WAYS = 3, 12, 64
_COST = re.compile(r"\bcost\w*\b[^.;]{0,40}$")
_ALL = re.compile(
    r"\b(?:cost\w*|total\w*|together|combined|altogether|in all|package|adds? up|come to|comes to|spending|programme|priorities)\b"
)
_SOME = re.compile(
    r"\b(?:first|second|third|the last|largest|smallest|biggest|of (?:these|them)|half|net|already|so far|extra|except|apart from)\b"
)


def costed_items(reach: Reach) -> Iterator[Compared]:
    """Yield whether the costs of three and more listed items make the total that is told around the list."""
    blocks = [block for block in reach.document.blocks if block.kind != "heading" or block.sentences]
    for start, block in enumerate(blocks):
        if block.kind == "item" and (not start or blocks[start - 1].kind != "item"):
            end = next((at for at in range(start, len(blocks)) if blocks[at].kind != "item"), len(blocks))
            costs = [_amounts(item) for item in blocks[start:end]]
            if _THREE <= len(costs) <= _MANY and all(costs):
                lead, after = _lines(blocks[start - 1 : start])[-_THREE:], _lines(blocks[end : end + 1])[:_THREE]
                told = [one for one in (*lead, *after) if one in lead[-1:] or _ALL.search(one.masked)]
                yield from _held(costs, [m for sentence in told for m in _wholes(sentence, costs)])


def _lines(blocks: list[TextBlock]) -> list[Sentence]:
    return blocks[0].sentences if blocks and blocks[0].kind == "prose" else []


def _amounts(item: TextBlock) -> list[Occurrence]:
    """Return what may be the cost of an item: its amounts but those that fall to each."""
    told = [m for sentence in item.sentences for m in sentence.mentions if base(m) in _MONEY and not m.quantity.ends]
    return [m for m in told if not falls_to_each(m) and " per " not in m.quantity.unit]


def _cost(amounts: list[Occurrence]) -> Occurrence | None:
    """Return the cost of an item: the one amount that is called so, or its only one."""
    called = [m for m in amounts if _COST.search(ahead(m))] or amounts
    return called[0] if len(called) == 1 else None


def _wholes(sentence: Sentence, costs: list[list[Occurrence]]) -> list[Occurrence]:
    """Return the amounts of a sentence that may be the total of all costs."""
    if _SOME.search(sentence.masked):
        return []
    most = max(min(m.quantity.anchor for m in some) for some in costs)
    unit = base(costs[0][0])
    return [m for m in sentence.mentions if base(m) == unit and m.quantity.anchor > most and not m.quantity.ends and not is_size(m)]


def _held(costs: list[list[Occurrence]], wholes: list[Occurrence]) -> Iterator[Compared]:
    """Yield whether some choice of one cost an item makes one of the totals; an alarm where each has one cost alone and they come near."""
    for whole in wholes:
        for parts in _choices(costs):
            *given, stated = alike([*(m.quantity for m in parts), whole.quantity])
            if total(given).meets(stated) or total(m.quantity.interval for m in parts).meets(whole.quantity.interval):
                yield compared("sum", [*parts, whole], f"{_told(parts)}; stated {whole.text}", claim=whole, other=whole)
                return
    sure = [one for some in costs if (one := _cost(some))]
    added = sum((m.quantity.anchor for m in sure), Fraction(0))
    near = min(wholes, key=lambda one: off(one.quantity.anchor, added), default=None)
    if near and len(sure) == len(costs) and off(near.quantity.anchor, added) <= NEAR:
        value = shown(Interval(added, added))
        message = f"The costs of the items come to {value}, not {near.text}."
        confidence = Confidence.medium
        yield compared(
            "sum", [near, *sure], f"{_told(sure)} = {value}; stated {near.text}", message, confidence=confidence, other=near, claim=near
        )


def _told(parts: list[Occurrence]) -> str:
    return " + ".join(one.text for one in parts)


def _choices(costs: list[list[Occurrence]]) -> list[list[Occurrence]]:
    """Return each choice of one cost an item, as far as they can be tried."""
    return [list(one) for one, _ in zip(product(*costs), range(_WAYS), strict=False)]
