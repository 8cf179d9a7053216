"""Of which thing words tell a rank: the one right behind "the highest", else the one before that is its subject."""

from __future__ import annotations

import re

_MOST = r"highest|largest|biggest|greatest|longest|dearest|oldest|heaviest|widest|steepest|sharpest|tallest|commonest|busiest|most(?! [a-z]+(?:ly|ed|al|ar|ent|ant|ous|ive|ing|on|ful|ble|ic)\b| of\b| in need)"
_LEAST = (
    r"lowest|smallest|fewest|shortest|cheapest|youngest|lightest|narrowest|rarest|quietest|least(?! [a-z]+(?:ly|ed|al|ar|ent|ous|ive|on)\b)"
)
_EITHER = r"best|worst|poorest|strongest|weakest|fastest|slowest|quickest"
NTH = {
    **{"second": 2, "third": 3, "fourth": 4, "fifth": 5, "sixth": 6, "seventh": 7, "eighth": 8, "next": 2},
    **{"first": 1, "top": 1, "last": -1, "bottom": -1},
}
_NTHS = "|".join(NTH)
PHRASE = re.compile(
    rf"\b(?:(?P<nth>{_NTHS})[ -])?(?:(?P<most>{_MOST})|(?P<least>{_LEAST})|(?P<either>{_EITHER}))\b"
    rf"|\b(?:rank(?:s|ed|ing)?|came|comes|coming|placed|finished|finishes) (?:(?:only|just|a distant|a close|in) )?(?P<place>{_NTHS})\b(?! (?:to|in the))"
    rf"|\bin (?P<place2>{_NTHS}) place\b"
)
GOES_ON = r"(?!(?:has|had|have|is|was|were|are|also|now|again|came|comes|took|takes|recorded|ranked|ranks|showed|shows|saw|gave|then|with|[a-z]+ed)\b)"
Place = tuple[int, int, str]
"""Where a label stands in a text, and the label."""


def bound_thing(low: str, match: re.Match[str], places: list[Place], start: int) -> tuple[Place, str] | None:
    """Return which thing a phrase is of, and the words that say what it has: the one right behind, else the one before that is its subject."""
    behind = [one for one in places if one[0] >= match.end()]
    if behind:
        gap = low[match.end() : behind[0][0]]
        joined = len(behind) > 1 and _JOINED.fullmatch(low[behind[0][1] : behind[1][0]]) and not _GOES.match(low, behind[1][1])
        if (found := _BEHIND.fullmatch(gap)) and not PHRASE.search(gap) and not joined:
            return behind[0], found["noun"] or found["what"] or low[start : match.start()]
    before = [one for one in places if start <= one[0] and one[1] <= match.start()]
    whole = [one for one in places if one[1] <= match.start()]
    noun = _NOUN.match(low[match.end() :])
    if not before and len({label for *_, label in whole}) == 1 and (pronoun := _OF_IT.match(low, start)):
        return whole[-1], f"{low[pronoun.end() : match.start()]} {noun[0] if noun else ''}"
    if not before:
        return None
    if not (match["place"] or match["place2"] or _THE.search(low[: match.start()])) and _AT.match(low, match.end()):
        return None
    gap = _FIGURE.sub("so", re.sub(r"\s+", " ", low[before[-1][1] : match.start()]))
    both = len(whole) > 1 and _JOINED.fullmatch(low[whole[-2][1] : whole[-1][0]])
    apart = len(whole) > 1 and low[whole[-2][1] :].startswith(", and ") and _VERB.search(low[: whole[-2][0]])
    if _BEFORE.fullmatch(gap) and (apart or not both) and not _NEW.search(gap) and not _BESIDE.search(low[: before[-1][0]]):
        own = gap if re.match("['\u2019]s", gap) else ""
        return before[-1], f"{own} {noun[0] if noun else ''}"
    return None


_VERB = re.compile(r"\b(?:was|were|is|are|had|has)\b")
_GOES = re.compile(r" (?:rank[a-z]*|was|were|had|has|is|are|came|did|took|the)\b")
_FIGURE = re.compile(r"(?<= of | at )[£$€]?\d[\d,.]*(?: ?%| per ?cent| million| billion)?(?=,? (?:was|were|is|are) )")
_ADVERBS = r"(?: (?:again|also|still|once|that|those|this))*"
_BEHIND = re.compile(
    r"(?:(?P<noun>(?: (?!(?:was|is|were|are|in|at|among|of|by|and|but|while|or)\b)[a-z%'\u2019-]+){0,5}?)|(?P<what>(?: (?!(?:was|is|were|are|where|which|that|who|and|but|while|or)\b)[a-z0-9%/'\u2019-]+){1,9}?)(?=,? (?:was|is|were|are)\b))"
    r"(?:,? (?:at|with|of|\()[^,.;]{1,25}[,)]|, [^,.;a-z]{1,10},)?,?"
    rf"(?: (?:was|is|were|are|being|lay|lies|went|go|goes|going|came|comes|occurred))?{_ADVERBS}(?: (?:in|at|for|among|amongst|by|of|from|to|on|with))?(?: (?:the|those in|people in|our))* ?"
)
_BEFORE = re.compile(
    r"(?:['\u2019]s(?: [a-z]+){0,4},?)?(?: \([^()]*\))?(?! (?:than|compared|from|to|between|or|in|who|whose|where)\b)"
    r"(?:,? (?!than\b|compared\b|between\b|twice\b|times\b|from\b|whose\b|where\b|because\b|when\b|after\b)[a-z-]+){0,14} "
)
_NEW = re.compile(rf"\b(?:and|but) {GOES_ON}")
_THE, _AT = re.compile(r"\b(?:the|its|their|our|has|had|have|with|second|third|fourth) $"), re.compile(r" (?:in|at|among|on|for) ")
"""What tells that something has the most, and that something is most in another."""
_OF_IT = re.compile(r"\s*(?:(?:and|but|yet|also) )*(?:its|their|it|they|which)\b")
_JOINED = re.compile(r",? (?:and|or) (?:the )?|, ")
_BESIDE = re.compile(
    r"\b(?:than|from|to|compared with|unlike|after|beside|like|not|outside|near|above|below|over|behind|ahead of|overt[a-z]+|pass(?:es|ed|ing)|displac[a-z]+|replac[a-z]+|beat[a-z]*) (?:the |that of |those of )?$"
)
_NOUN = re.compile(r"(?: (?!in\b|at\b|was\b|is\b|were\b|are\b|with\b|and\b|among\b|by\b|while\b|on\b)[a-z%'-]+){0,7}")
