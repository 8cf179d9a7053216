"""Remainders: what is taken from a whole leaves what is stated: income less costs, the others of so many, a penny of each pound."""

from __future__ import annotations

import re

from evidence.referee.comparing import Compared, How, alike, compared, named, pattern, show, shown
from evidence.referee.mentions import Occurrence, Sentence

_LESS = pattern(
    r"<a>[^.;#]{0,25}? (?:less|minus|against) (?:[\w-]+ ){0,4}?<b>[^.;#]{0,25}?\b(?:surplus|deficit|loss|profit|balance|margin|shortfall|leaving|gap) (?:of )?(?:just |only )?<c>"
)


_OTHERS = pattern(
    r"<b> (?:out )?of (?:the |its |our |all |these )*<a> [^.;#]{0,30}[^#]{0,90}?(?:;|,| and| while) ?(?:and |while |but |in |on |for |at )*the (?:other|remaining) <c>(?! (?:per ?cent|%))"
)
"""So many of so many, and how many the others are said to be."""
_DID_NOT = pattern(
    r"<b> (?:out )?of (?:the |its |our |all |these )*<a> [^.#;]{0,60}[;,] ?(?:and |but |while )?<c> (?:did|had|was|were|have|has|is|are|do|does) not(?=[.,;]|$)"
)
_LEAVING = pattern(
    r"<b> (?:out )?of (?:the |its |our |all |these )*<a> [^.#;]{0,60}(?:,| and) (?:which |this )?(?:leaving|leaves|left) (?:just |only )?<c>(?=[,.;]| (?:in|at|to|open|on)\b)"
)
_MARGIN = pattern(
    r"\b(?:income|revenues?|receipts|turnover|sales) [^.;#]{0,20}<a>[^.;#]{0,25}\b(?:spending|costs?|expenditure|outgoings|expenses) [^.;#]{0,15}<b>"
    r"[^.;#]{0,20}\b(?:surplus|deficit|loss|profit|shortfall) (?:of )?(?:just |only )?<c>"
)
_POUND = pattern(
    r"<b> (?:of|in|from|out of) (?:every|each) (?:pound|£1|euro|dollar)\b[^.;#]{0,60}\b(?:remaining|other|rest)\b[^.;#]{0,12}?<c>"
)


_RULES = (_LESS, _OTHERS, _DID_NOT, _LEAVING, _MARGIN, _POUND)


def left_over(sentence: Sentence) -> list[Compared]:
    """Return whether what a sentence takes from a whole leaves what it states; nothing where it takes nothing."""
    found = next(filter(None, (rule.search(sentence.masked) for rule in _RULES)), None)
    return _rest(found, sentence) if found else []


def _rest(match: re.Match[str], sentence: Sentence) -> list[Compared]:
    three = named(match, sentence)
    if "a" in three:
        return _left(three["a"], three["b"], three["c"])
    added = three["b"].quantity.anchor + three["c"].quantity.anchor
    wrong = three["b"].quantity.unit == three["c"].quantity.unit in ("GBP", "EUR", "USD") and added != 1
    message = f"{three['b'].text} and {three['c'].text} of one are {show(added)}." if wrong else ""
    return [compared("sum", list(three.values()), f"{three['b'].text} + {three['c'].text} = {show(added)}; stated one", message)]


def _left(whole: Occurrence, part: Occurrence, rest: Occurrence) -> list[Compared]:
    """Return whether a number less another leaves what is stated."""
    if len({mention.quantity.unit for mention in (whole, part, rest)}) > 1:
        return []
    first, second, stated = alike([mention.quantity for mention in (whole, part, rest)])
    found = first - second if first.low >= second.low else second - first
    message = "" if found.meets(stated) else f"{whole.text} less {part.text} leaves {shown(found)}, not {rest.text}."
    told = f"{whole.text} - {part.text} = {shown(found)}; stated {rest.text}"
    return [compared("sum", [whole, part, rest], told, message, how=How.difference, contested=rest)]
