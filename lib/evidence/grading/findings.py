"""Findings held against themselves: direction, statement, quote, wordings and design must say the same, each mistake told by the rule it breaks."""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from functools import lru_cache
from itertools import combinations
from typing import Any

from evidence.catalog import Library
from evidence.catalog.figures import where
from evidence.grading.senses import CAUSE, against, claims_a_cause, direction, negates_more, opposed
from evidence.problems import Problem

COMPARING = ("association", "survey answers", "official statistics", "published statistics")
"""Designs that see what goes with what, or is said to; what is cause and what effect they do not see."""

_SAYING = ("statement", "mechanism", "outcome", "population", "moderator")
"""Columns in our words that share words with the quote they restate."""

_CLEAR = 1.05
"""How many times better two quotes must fit changed over, so that a near tie is not told."""

_SUFFIX = re.compile(
    r"(?<=\w{4})(?:i[sz]ations?|ations?|ments?|ities|ity|ness|ings?|i[sz](?:ed|es?)|ives?|al(?:ly|s)?|e?rs?|ie[sd]|e[sd]|s|ly|e|y)$"
)
_COMMON = re.compile(
    r"the|and|for|with|from|are|was|were|been|th(?:is|at|ese|ose|eirs?|ey|em|an|en)|its|wh(?:ich|om?|at|en|ere|ile)|not|such|more|most|other|some|any|all"
    r"|ha[sd]|have|can|may|might|[cw]ould|will|does|did|also|into|over|out|about|between|how"
)
"""Words that every text has, whole."""


def check_findings(library: Library) -> list[Problem]:
    """Return a problem for each finding whose cells do not say the same."""
    rows = library.rows("findings")
    told = {row["finding"]: row for row in library.rows("directions")}
    wordings = [row for row in library.rows("wordings") if row["scheme"] == "finding" and row["target"] in library.by_id("findings")]
    problems = [problem for row in rows for problem in (*_direction(row, told.get(row["id"])), *_negation(row), *_cause(row))]
    problems += [problem for row in wordings for problem in _wording(row, library.by_id("findings")[row["target"]])]
    return [*problems, *_quotes(rows)]


def _direction(row: dict[str, Any], told: dict[str, Any] | None) -> Iterator[Problem]:
    """Yield what is wrong between a finding's direction and its statement, or the words of it that are declared to tell the direction."""
    read = direction(row["statement"])
    if told is None:
        if read != row["direction"]:
            message = f'the statement reads {_as(read)}, and the direction is {row["direction"]}: "{row["statement"]}"'
            command = f"evidence new direction --finding {row['id']} --direction {row['direction']} --words WORDS"
            remedy = f"Correct one of them. If both are right, name the words that tell it: {command} (of a new finding: --tells WORDS)"
            yield Problem(where(row, "direction"), message, remedy, rule="direction")
    elif told["direction"] != row["direction"]:
        message = f'found "{told["direction"]}", but the finding has the direction {row["direction"]}.'
        yield Problem(where(told, "direction"), message, "Correct the one that is wrong.", rule="direction")
    elif told["words"] not in row["statement"]:
        message = f'"{told["words"]}" does not stand in the statement of {row["id"]}: "{row["statement"]}"'
        yield Problem(where(told, "words"), message, "Take the words that tell its direction from the statement.", rule="direction")
    elif read == row["direction"]:
        yield Problem(
            where(told, "finding"), f"the statement of {row['id']} reads {_as(read)} by itself.", "Remove the row.", rule="direction"
        )


def _as(read: str) -> str:
    return "as telling no direction" if read == "none" else read


def _negation(row: dict[str, Any]) -> Iterator[Problem]:
    """Yield where a statement says the opposite of a word of its quote, or negates what the quote does not."""
    if word := opposed(row["statement"], row["quote"]) or against(row["statement"], row["quote"]):
        message = f'"{word}" is the opposite of what its quote says: "{row["statement"]}" beside "{row["quote"]}"'
        yield Problem(where(row, "statement"), message, "Say what the source says.", rule="opposite")
    if negates_more(row["statement"], row["quote"]):
        message = f'it negates what its quote does not: "{row["statement"]}" beside "{row["quote"]}"'
        yield Problem(where(row, "statement"), message, "Say what the source says, or quote the words that negate it.", rule="negation")


def _cause(row: dict[str, Any]) -> Iterator[Problem]:
    if row["design"] in COMPARING and claims_a_cause(row["statement"]):
        message = f'it names a cause, and its design is {row["design"]}: "{row["statement"]}"'
        yield Problem(where(row, "statement"), message, "Say what goes with what, or who calls it a cause.", rule="cause")


def _wording(row: dict[str, Any], finding: dict[str, Any]) -> Iterator[Problem]:
    """Yield where a wording negates what neither statement nor quote of its finding does, or names a cause that its design cannot show."""
    words, statement = row["wording"], finding["statement"]
    if negates_more(words, f"{statement} {finding['quote']}"):
        yield Problem(where(row, "wording"), f'negates what the finding does not: "{statement}"', "Reword it.", rule="negation")
    if finding["design"] in COMPARING and claims_a_cause(words) and not CAUSE.search(statement):
        message = f'names a cause, and the design of the finding is {finding["design"]}: "{statement}"'
        yield Problem(where(row, "wording"), message, "Say what goes with what.", rule="cause")


def _quotes(rows: list[dict[str, Any]]) -> Iterator[Problem]:
    """Yield each two findings of a source whose statements would fit better with their quotes changed over."""
    quoted = [_words(row["quote"]) for row in rows]
    said = [_words(" ".join(row[name] for name in _SAYING)) for row in rows]
    found = Counter(word for words in quoted for word in words)
    weight = {word: math.log(len(rows) / times) + 0.5 for word, times in found.items()}
    fit = {(one, two): sum(map(weight.__getitem__, said[one] & quoted[two])) for one, two in _together(rows)}
    for one, two in fit:
        if one < two and fit[one, two] + fit[two, one] > _CLEAR * (fit[one, one] + fit[two, two]):
            message = f'its quote fits {rows[two]["id"]} better, and the quote of that one fits here: "{rows[one]["quote"]}"'
            yield Problem(where(rows[one], "quote"), message, "Give each finding the words it restates.", rule="quote")


def _together(rows: list[dict[str, Any]]) -> Iterator[tuple[int, int]]:
    """Yield the places of each two findings of one source, and of each with itself."""
    places = defaultdict(list)
    for place, row in enumerate(rows):
        places[row["source"]].append(place)
    for own in places.values():
        yield from ((place, place) for place in own)
        for one, two in combinations(own, 2):
            yield from ((one, two), (two, one))


def _words(text: str) -> set[str]:
    return {stem for word in re.findall(r"[a-z]{3,}", text.lower()) if (stem := _stem(word))}


@lru_cache(maxsize=20_000)
def _stem(word: str) -> str:
    """Return a word without its ending; an empty text for one that every text has."""
    return "" if _COMMON.fullmatch(word) else _SUFFIX.sub("", word)
