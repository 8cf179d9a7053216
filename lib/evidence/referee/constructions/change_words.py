"""Words for more and for less, and the number beside them that says by how much something changed."""

from __future__ import annotations

import re

from evidence.referee.mentions import FALL, RISE, Occurrence
from evidence.referee.relations.reach import ahead, behind

GREATER, LESSER, EITHER = "more", "less", ""
"""Which way a size is told: up, down, or either."""
_UP = (
    rf"{RISE}|rising|climb|jump|surge|leap|leaping|advance[sd]?|advancing|gaining|gains|adding|added|addition|busier|more|higher|extra|additional|greater|larger|longer"
    "|heavier|dearer|above|extended|upturn|swelling|increases|improving"
)
_DOWN = (
    rf"{FALL}|losing|loses|losses|fewer|less|lower|shorter|smaller|cheaper|lighter|quieter|below|shrinkage|came down|come down|coming down|diminish(?:ed|ing)|dwindl(?:es|ing)"
    "|thinned|downturn|reducing|cutting|shedding|sinking|sunk|receded|eroded|saving|savings|trimmed|eased"
)
_OTHER = r"difference|differs?|gap|change|changed|movement|swing|shift"
MORE_OR_LESS = rf"(?:{_UP}|{_DOWN}|{_OTHER})"
_LITTLE = r"(?:just |only |about |some |nearly |almost |around |roughly |over |exactly |fully |no less than |another |a |an |further |fully |well |under |more than |as much as )*"
_BY_OR_OF = re.compile(
    rf"\b(?P<way>{MORE_OR_LESS})\b(?: (?!from\b|to\b|at\b)[a-z-]+){{0,4}}?,? (?:by|of|equal to|equivalent to|amounting to|being) {_LITTLE}$"
)
_RIGHT_BEFORE = re.compile(rf"\b(?P<way>{MORE_OR_LESS})(?:,| \(| -| –| —|:)? {_LITTLE}$")
_BEING = re.compile(
    rf"\b(?P<way>{MORE_OR_LESS})\b(?: [a-z-]+){{0,4}}? (?:is|was|being|came to|comes to|amounts to|amounted to|equals|equalled|works out at|stands at|represents|represented) {_LITTLE}$"
)
_BY = re.compile(rf"\bby {_LITTLE}$")
_BEHIND = re.compile(
    r"^(?! of\b| the\b)(?: [a-z-]+){0,2}? (?P<way>more|fewer|less|higher|lower|greater|longer|shorter|extra|additional|above|below|rise|increase|growth|gain|fall|drop|decline|reduction|cut|decrease|loss|up on|down on)\b(?! (?:likely|often))"
)
_AGAIN = re.compile(rf"(?:,? \(|,? or |,? that is,? |, i\.e\. |, equal to |, which is )(?:by )?{_LITTLE}$")
_NO_SIZE = re.compile(
    r"\b(?:to|from|at|than|total of|average of|mean of|more than|less than|fewer than|lower than|higher than|above|below|up to|down to|and) $"
)
_PARTICLE = re.compile(
    r"\b(?:mak(?:e|es|ing)|made|tak(?:e|es|ing)|took|set(?:ting)?|sign(?:s|ed)?|open(?:s|ed)?|clos(?:es?|ed)|broke|br(?:ing|ought)|g[ei]ve[sn]?|gave|end(?:s|ed)?|sums?|add(?:s|ed)?) (?:up|down)\b"
)
"""Where "up" and "down" belong to a verb that speaks of something else."""
_FIRST = re.compile(rf"\b(?:(?P<up>{_UP})|(?P<down>{_DOWN}))\b")


def size_way(one: Occurrence) -> str | None:
    """Return which way a number says that something changed, so that it is the size of that; None where it is none."""
    before = _PARTICLE.sub(" ", ahead(one))
    if one.quantity.ends or one.quantity.unit == "times":
        return None
    if found := _BEHIND.match(behind(one)):
        return _way(found["way"])
    if _NO_SIZE.search(before):
        return None
    found = _BY_OR_OF.search(before) or _RIGHT_BEFORE.search(before) or _BEING.search(before)
    if found:
        return _way(found["way"])
    if _BY.search(before):
        return _last_way(one)
    return _said_again(one)


def _said_again(one: Occurrence) -> str | None:
    """Return the way of the size right before a number that says it once more in another unit: "a rise of 310, or 25 per cent"."""
    if not one.index or not _AGAIN.fullmatch(re.sub(r"^ [a-z]+(?= \(|,)", "", ahead(one))):
        return None
    other = one.sentence.mentions[one.index - 1]
    return size_way(other) if other.quantity.unit != one.quantity.unit else None


def _last_way(one: Occurrence) -> str | None:
    """Return the way of the last word for a change before a number "by" which it was; None where there is none."""
    found = {_way(word[0]) for word in _FIRST.finditer(re.split(r"[;:]", one.sentence.text[: one.start].lower())[-1])}
    return None if not found else found.pop() if len(found) == 1 else EITHER


def _way(word: str) -> str:
    if re.fullmatch(_OTHER, word):
        return EITHER
    return GREATER if re.fullmatch(rf"(?:{_UP})|up on", word) else LESSER
