"""What is no part, and what is no whole of it, by the words around numbers."""

from __future__ import annotations

import re

from evidence.referee.mentions import CHANGE, Occurrence, stem

_FALLS = re.compile(r"(?: [a-z-]+){0,2} (?:for (?:each|every)|per|each|apiece|a head|on average)\b")
_REST = re.compile(r"\b(?:remaining|other|rest|remainder)(?: of)?(?: the)? $")
OTHERS = re.compile(r"\band (?:all )?(?:the|some) (?:others?|rest|remainder|remaining)\b")
"""What begins the name of those that are none of a number before it: "210 were late and the others (17%) lost"."""
_WITH = re.compile(r"\b(?:with|having|holding|employing|educating|serving|covering|worth) (?:about |some |around |over |nearly )*$")
_AND = re.compile(r"\band,? (?:for|in|with|from|to|of|by)\b")
_COMPARED = re.compile(r"\b(?:than|compared|against|versus|(?:up|down|fell|rose|grew) from|relative|while|whereas|up to|unlike)\b")


def no_part(number: Occurrence) -> bool:
    """Return whether a number is that of the rest, which is a part of another whole, or falls to each of something."""
    return falls_to_each(number) or bool(_REST.search(number.sentence.text[: number.start].lower()))


def falls_to_each(number: Occurrence) -> bool:
    """Return whether a number is how much falls to each of something, and counts nothing: "96 people each"."""
    return bool(_FALLS.match(number.sentence.text, number.end))


def no_whole(whole: Occurrence, part: Occurrence, share: Occurrence) -> bool:
    """Return whether words set a larger number against a part, or it has a share of its own in brackets: "103,000 (1.9%) and 92,000 (2.0%)"."""
    after = whole.sentence.mentions[whole.index + 1 : whole.index + 2]
    own = any(
        m is not share and m.quantity.unit == "percent" and _BESIDE.fullmatch(whole.sentence.text[whole.end : m.start]) for m in after
    )
    return own or (whole.sentence is part.sentence and (_set_against(whole, part) or of_other_things(whole, part)))


_BESIDE = re.compile(r" \(|[^.;:()]{0,40}, (?:or |which is |that is )?(?:just |precisely |exactly |only |about |almost |nearly |some )?")
"""What stands between a number and its own share."""


def of_other_things(whole: Occurrence, part: Occurrence) -> bool:
    """Return whether two numbers of a sentence count things of other nouns, or stand side by side: "27 patients spent 108 nights", "54 and haulage 50"."""
    text = whole.sentence.text.lower()
    nouns = [_NOUN.match(text, one.end) for one in (whole, part)]
    if nouns[0] and nouns[1] and part.end < whole.start:
        return stem(nouns[0][1]) != stem(nouns[1][1]) and not _OUT_OF.search(text[: whole.start])
    first, last = sorted((whole, part), key=lambda one: one.start)
    return "respectively" in text or bool(_BOTH.fullmatch(text[first.end : last.start]))


_NOUN, _BOTH = re.compile(r" ([a-z]{3,}s)\b"), re.compile(r" and [^.;:,()]{0,40}")
_OUT_OF = re.compile(r"\b(?:(?<!total )(?<!sum )of|from|among)(?: (?:the|all|our|its|these|those))* $")


def _set_against(whole: Occurrence, part: Occurrence) -> bool:
    """Return whether words between two numbers compare them, or the larger is of what the others have: "8,900 schools, with 4.5 million pupils"."""
    text = whole.sentence.text.lower()
    between = text[part.end : whole.start] if part.end < whole.start else ""
    return bool(_WITH.search(between) or _AND.search(between) or _COMPARED.search(text, *sorted((whole.start, part.start))))


def out_of(one: Occurrence, other: Occurrence) -> bool:
    """Return whether a number is told out of another: "39 of the 80"."""
    return bool(_PART_OF.fullmatch(_between(one, other)))


def goes_to(one: Occurrence, other: Occurrence) -> bool:
    """Return whether two numbers are those from which and to which something went: "from 44 in May to 41"."""
    return bool(_GOES_TO.fullmatch(_between(one, other)))


def _between(one: Occurrence, other: Occurrence) -> str:
    """Return the words between two numbers of a sentence; none where they are of two."""
    first, last = sorted((one, other), key=lambda number: number.start)
    return one.sentence.text[first.end : last.start].lower() if one.sentence is other.sentence else ""


_PART_OF = re.compile(r"(?: [a-z]+){0,2} (?:out of|of|among) (?:(?:the|all|its|our|their|these|those|some) )*")
_GOES_TO = re.compile(r"[^.;:,()]{0,30} to (?:(?:just|only|about|some) )*")


def counts_its_own(part: Occurrence) -> bool:
    """Return whether a number counts things of its own, and is not the number in "one of" or a change."""
    after = part.sentence.text[part.end : part.end + 12].lower()
    before = part.sentence.text[max(0, part.start - 14) : part.start].lower()
    before = re.sub(r"\b(?:attended|answered|visited|used|signed|made|read|seen|paid|given|sent) by $", "", before)
    if re.match(r" (?:years?|months?|days?|weeks?|points?|times|more|fewer|less|for each|for every|each|apiece|an? [a-z]+)\b", after):
        return False
    if before.endswith("from "):
        return not _MOVED_FROM.search(part.sentence.text[: part.start].lower()) and not _TO_ANOTHER.match(part.sentence.text, part.end)
    return not re.search(r"\b(?:by|(?<!made )(?<!make )(?<!makes )up|down|than|taking|lasting|averaging) $", before)


_MOVED_FROM = re.compile(rf"\b(?:{CHANGE.pattern}|over|away|apart|than|rang\w+|vari\w+)\b[^.;]{{0,60}}from $")
_TO_ANOTHER = re.compile(r"(?: [a-z]+){0,4} to\b")
"""How a number begins that others were before or are up to, and not where something came from: "we heard from 11 firms"."""
