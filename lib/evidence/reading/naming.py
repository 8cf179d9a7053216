"""Ids for proposals: from the heading a number stands under and the nouns around it, one for all places of one number."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from string import ascii_lowercase

_ADDRESS = re.compile(r"https?://\S+|www\.\S+")
_WORD = re.compile(r"[A-Za-z]{3,}")
# fmt: off
_SMALL = frozenset((
    "the", "and", "for", "with", "that", "this", "these", "those", "which", "from", "into", "than", "are", "was", "were", "has", "have", "had", "its",
    "their", "there", "they", "them", "our", "all", "any", "some", "such", "only", "just", "also", "per", "cent", "percent", "percentage", "points",
    "around", "about", "over", "under", "nearly", "almost", "more", "less", "least", "most", "between", "while", "would", "could", "will", "can", "been",
    "being", "who", "how", "not", "but", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "million", "billion", "year",
    "years", "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december", "like", "said",
    "half", "third", "thirds", "quarter", "quarters", "twice", "low", "high", "does", "did", "when", "where", "each", "other", "out", "what", "very", "according",
))
# fmt: on
_LONGEST_PART, _LONGEST = 28, 78
_REMEMBERED = 50
"""Places of one number that another is compared with."""
_ALIKE = 0.5
"""Share of their words that two places of one number have in common."""


def slug(words: Iterable[str], longest: int = _LONGEST_PART) -> str:
    """Return words as a part of an id, as many of them as it may hold; `number` where there are none.

    Example:
        >>> slug(["Small", "firms"])
        'small-firms'
    """
    made = ""
    for word in words:
        longer = f"{made}-{word.lower()}" if made else word.lower()
        if len(longer) > longest:
            break
        made = longer
    return made or "number"


def telling(text: str) -> list[str]:
    """Return the words of a text that tell what it is about, in order, each once.

    Example:
        >>> telling("Some 60% of the small firms, and other firms")
        ['small', 'firms']
    """
    return list(dict.fromkeys(word.lower() for word in _WORD.findall(_ADDRESS.sub(" ", text)) if word.lower() not in _SMALL))


class Names:
    """Gives each number of a document its id: the same for what is stated again, another for anything else.

    Two equal numbers of one sentence are two things: "up 3% in Wales and 3% in Kent". Where that sentence comes again, each gets its own id again.

    Args:
        taken: Ids that are in the library already.
    """

    def __init__(self, taken: Iterable[str]) -> None:
        self._taken = set(taken)
        self._same: dict[tuple[str, str, str], list[tuple[set[str], str]]] = {}
        self._times: Counter[str] = Counter()
        self._here: tuple[int, set[str]] = (-1, set())

    def of(self, key: tuple[str, str, str], heading: str, near: str, sentence: str, start: int) -> str:
        """Return an id.

        Args:
            key: What a repeat shares: value, unit and end of a range.
            heading: Heading it stands under.
            near: The words right beside it, such as whom it is about.
            sentence: Its sentence.
            start: Offset at which that begins.
        """
        if self._here[0] != start:
            self._here = start, set()
        made = self._known(key, sentence) or self._new(self._stem(heading, near, sentence))
        self._same[key].append((set(telling(sentence)), made))
        self._here[1].add(made)
        return made

    def _known(self, key: tuple[str, str, str], sentence: str) -> str:
        """Return the id of a place that states the same, if it is not in this sentence itself; else nothing."""
        words = set(telling(sentence))
        for known, identifier in self._same.setdefault(key, [])[-_REMEMBERED:]:
            shared = len(words & known)
            if identifier in self._here[1]:
                continue
            if words == known or (shared > _ALIKE * min(len(words), len(known)) and shared > 2):
                return identifier
        return ""

    def _stem(self, heading: str, near: str, sentence: str) -> str:
        return f"{slug(telling(heading))}.{slug(telling(near) or telling(sentence))}"[:_LONGEST].strip("-.")

    def twin(self, key: tuple[str, str, str], sentence: str, identifier: str) -> None:
        """Note that a number is another way to print one that has an id: "two thirds (68%)"."""
        self._same.setdefault(key, []).append((set(telling(sentence)), identifier))

    def _new(self, stem: str) -> str:
        made = stem
        while made in self._taken:
            self._times[stem] += 1
            made = f"{stem}-{_letters(self._times[stem])}"
        self._taken.add(made)
        return made


def _letters(number: int) -> str:
    """Return a count in letters, as ids hold no numbers: b, c, ..., z, ba, ..."""
    text = ""
    while number >= 0:
        text = ascii_lowercase[number % 26] + text
        number = number // 26 - 1
    return text
