"""Names of listed things: before each number, behind each, or together before or behind all of them."""

from __future__ import annotations

import re
from itertools import pairwise

from evidence.referee.mentions import Occurrence, Sentence


def names_of(sentence: Sentence, run: list[Occurrence]) -> list[str]:
    """Return what the things are called of which some numbers are, one for each number; nothing where their names do not stand alike."""
    text = sentence.text
    gaps = [text[one.end : two.start] for one, two in pairwise(run)]
    ahead, behind = text[: run[0].start], text[run[-1].end :]
    if all(_BARE.fullmatch(gap) for gap in gaps):
        return _together(ahead, behind, len(run))
    parts = [_parted_gap(gap) for gap in gaps]
    if all(right for _, right in parts):
        return _short(_same_ends([_first_name(ahead, parts[0][1]), *(right for _, right in parts)]), text)
    if not any(right for _, right in parts):
        last = re.match(r"[^.,;)]*(?:\.\d[^.,;)]*)*", re.sub(r"^ \(", " in ", behind))
        found = [_behind_name(left) for left in (*(left for left, _ in parts), _END.split(last[0] if last else "")[0])]
        return _short([found[0] or _capital(ahead), *found[1:]], text)
    return []


_BARE = re.compile(r" ?[a-z]{0,12}(?:, (?:and )?|,? and )")
_END = re.compile(r"\b(?:which|where|when|while|whereas|but|and|so|with|against|all)\b")
_LAST_SEPARATOR = re.compile(r"(?s)(.*)(?:[,;:]|\band\b|\bthen\b|\bbut\b|\bwhile\b)\s*(.*)")


def _parted_gap(gap: str) -> tuple[str, str]:
    """Return what stands in a gap between two numbers before its last separator, and the name behind it."""
    gap = gap.rstrip(" ,;:(")
    found = _LAST_SEPARATOR.fullmatch(gap)
    left, right = (found[1], found[2]) if found else (gap, "")
    return left.strip(" ,;").removesuffix(" and").strip(" ,;"), named_by(right)


_LEADS = re.compile(
    r"^(?:(?:and|then|with|at|in|for|on|from|to|by|among|those|people|the|a|an|while|but|only|just|another|followed|next|came|a further|against|versus)\b|[\s,:;(])+"
)
_TAILS = re.compile(
    r"(?:\b(?:with|at|on|had|has|have|was|were|is|are|by|of|to|got|gets|took|take|takes|came|comes|stood|stands|reached|scored|managed|recorded|only|just|about|some|for|in|a|an|the|its|gave|gives|won|saw|"
    r"drew|sold|made|lent|landed|employs|employed|averaged|averages|numbered|received|cost|costs|spent|paid|used|up)|[\s,:;(\u2013-])+$"
)


def named_by(text: str) -> str:
    """Return the name in a piece of text, without what leads to it and to its number.

    Example:
        >>> named_by("and at Castleford Road "), named_by("the workplace levy ")
        ('castleford road', 'workplace levy')
    """
    return _TAILS.sub("", _LEADS.sub("", text.lower().strip()))


def _first_name(ahead: str, other: str) -> str:
    """Return the name of the first thing of which each is named before its number: the last words with capitals where it has any, else those of its clause."""
    piece = re.split(r"[:;]|\.\s|, ", ahead.rstrip(" ,:;("))[-1]
    capital = re.findall(r"(?:\b(?:the |of )?[A-Z][\w'\u2019-]*(?: (?:[A-Z][\w'\u2019-]*|of|the|and|\d{1,2}))*)", piece)
    name = named_by(capital[-1] if capital else piece)
    words = name.split()
    return " ".join(words[: max(1, len(other.split()))]) if not capital and len(words) > len(other.split()) else name


def _capital(ahead: str) -> str:
    """Return the words with capitals with which a text ends: "lasted longest at Pier Road: "."""
    found = re.search(r"((?:\b[A-Z][\w'\u2019-]* ?)+)[,:( ]*$", ahead)
    return named_by(found[1]) if found else ""


def _short(names: list[str], text: str) -> list[str]:
    """Return names, the first without the noun that the others leave out: "the northern brigade", "the central one", "the southern"."""
    names = [name.removesuffix(" one") for name in names]
    first, most = names[0].split(), max((len(name.split()) for name in names[1:]), default=0)
    plain = all(not re.search(rf"\b{re.escape(word.capitalize())}\b", text) for word in first[most:])
    return [" ".join(first[:most]), *names[1:]] if 0 < most < len(first) and plain else names


_PLACED = re.compile(r"^(?:.*?\b)?(?:in|at|for|on|from|to|with|by|among|under|as)\b (?P<name>.+)$|^[^(]*\((?P<inside>[^()]+)\)?$")


def _behind_name(left: str) -> str:
    """Return the name behind a number: "homes at Arley", "(hospitality)"."""
    found = _PLACED.match(left.strip())
    return named_by((found["name"] or found["inside"]).strip("() ")) if found else ""


_BRACKET = re.compile(r"^[^.;(]{0,30}\((?P<names>[^()]+)\)")
_IN_TURN = re.compile(r"\b(?P<names>[A-Z][^.;:()]*?),? (?:[a-z]+ )*?(?:was|were|had|scored|reached|got|is|are)\b[^.;]*$")
_SPAN = re.compile(r"\b(?:between|from) (?P<first>(?:19|20)\d\d) (?:and|to) (?P<last>(?:19|20)\d\d)\b", re.IGNORECASE)
_ON = re.compile(r"\bfrom (?P<year>(?:19|20)\d\d) (?:on|onwards?|to (?:19|20)\d\d|to date)\b")


def _together(ahead: str, behind: str, many: int) -> list[str]:
    """Return names that stand together, before or behind as many numbers, or the years from the first that is told on."""
    if year := _ON.search(ahead):
        return [str(int(year["year"]) + at) for at in range(many)]
    if (span := _SPAN.search(ahead)) and int(span["last"]) - int(span["first"]) + 1 == many:
        return [str(int(span["first"]) + at) for at in range(many)]
    respectively = _IN_TURN.search(ahead) if "respectively" in behind else None
    found = _BRACKET.match(behind) or respectively
    names = [named_by(name) for name in re.split(r", (?:and )?|,? and ", found["names"])] if found else []
    return names if len(names) == many else []


def _same_ends(names: list[str]) -> list[str]:
    """Return names without a word with which all but the first end, or all begin."""
    while len(ends := {name.split()[-1] for name in names[1:] if name}) == 1 and all(len(name.split()) > 1 for name in names[1:]):
        names = [name.removesuffix(" " + next(iter(ends))) for name in names]
    return names
