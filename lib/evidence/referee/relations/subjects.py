"""Of what a number speaks: whether its clause goes on from the numbers before it, what a pronoun stands for, where else it is told, and by which digits."""

from __future__ import annotations

import re
from functools import lru_cache

from evidence.quantity.words import word_set
from evidence.referee.mentions import CHANGE, MARK, Occurrence, Sentence, stem, stems
from evidence.referee.passages import parted
from evidence.referee.relations.reach import ahead, base, singular, words_of

_SIZES = r"rise|growth|increase|uplift|improvement|gain|fall|decline|decrease|drop|reduction|cut|loss|change|difference|gap|saving|contraction|expansion"
_THE_SIZE = re.compile(
    rf"\b(?:the|this|that|these|those|an?|its|their|or|and) (?:[a-z-]+ )?(?:{_SIZES})(?: [a-z]+)?(?:,? (?:of|by|at|is|was) )?(?:just |only |about |some |over |a )*$"
)
BACK = re.compile(
    r"^(?:(?:so|thus|but|and|in other words|in all|overall|therefore|as a result),? )*(?:this|that|these|those|it|they|both|which|the (?:two|former|latter)\b|the (?:share|rate|figure|number|total|proportion|average|mean|median|sum)(?=,| (?:is|was|has|had|rose|fell|of #)))(?![a-z])"
)
_GENERIC = frozenset(
    stem(word)
    for word in word_set(
        "number figure rate share proportion total level count amount sum average mean median percentage period time year month week thus therefore so again result "
        "way change likely difference now well sharply slightly overall together relative term words"
    )
)
_ELSEWHERE = re.compile(
    r"\b(?:national(?:ly)?|england|uk|britain|elsewhere|regional(?:ly)?|by (?:value|weight|area|cost|income|volume)|target|aim\w*|plan(?:s to|ned)|expect\w*|hope\w*|forecast\w*|budget\w*|would|could|should|might|if|further)\b"
)
"""Words by which a number is of another place or another measure, or is only meant to be."""


def elsewhere(mention: Occurrence) -> bool:
    """Return whether the words before a number say that it is of somewhere else, of another measure or of what is planned."""
    return bool(_ELSEWHERE.search(re.split(r"[;:]", ahead(mention))[-1]))


def goes_on(claim: Occurrence, others: list[Occurrence]) -> bool:
    """Return whether a number speaks of what others do: no subject of its own stands between, or all words of its subject are theirs."""
    if any(parted(claim, one) for one in others) or elsewhere(claim):
        return False
    if any(one.sentence is claim.sentence for one in others) or _THE_SIZE.search(ahead(claim)) or BACK.match(claim.sentence.masked):
        return True
    told = frozenset[str]().union(*(one.sentence.stems for one in others))
    return not subject_of(claim) - told


def subject_of(claim: Occurrence) -> frozenset[str]:
    """Return the words before the verb of a number's sentence that say of what it speaks."""
    text = re.split(rf"\b(?:{CHANGE.pattern})\b", re.sub(MARK, " ", ahead(claim)))[0]
    return frozenset(stems(text)) - _GENERIC


def before(sentence: Sentence, most: int = 2) -> list[Sentence]:
    """Return a sentence and as many before it in its paragraph, the nearest first."""
    found = [sentence]
    while found[-1].before and len(found) <= most:
        found.append(found[-1].before)
    return found


def in_digits(mention: Occurrence) -> bool:
    """Return whether a number is one in digits and greater than nought."""
    quantity = mention.quantity
    return not quantity.ends and not quantity.in_words and quantity.anchor > 0 and bool(re.search(r"\d", mention.text))


def of_share(mention: Occurrence) -> bool:
    """Return whether a number is that of which a share is told right before it: "four in five of the 60 deaths"."""
    before = mention.sentence.mentions[mention.index - 1] if mention.index else None
    return bool(
        before and before.quantity.unit == "percent" and re.fullmatch(r" of (?:the|all|these|its|our|their|all the) ", ahead(mention))
    )


def levels(sentences: list[Sentence], unit: str) -> list[Occurrence]:
    """Return the numbers in digits of a unit that sentences state, in order."""
    return [m for one in reversed(sentences) for m in one.mentions if in_digits(m) and base(m) == unit and " per " not in m.quantity.unit]


def swaps(one: str, two: str) -> bool:
    """Return whether one number is another with two neighbouring digits changed over.

    Example:
        >>> swaps("64.2%", "62.4%"), swaps("£42,000", "£40,200"), swaps("48%", "64%")
        (True, True, False)
    """
    first, second = (re.sub(r"\D", "", text) for text in (one, two))
    size = min(len(first.rstrip("0")), len(second.rstrip("0")))
    apart = [at for at, (a, b) in enumerate(zip(first, second, strict=False)) if a != b]
    neighbours = len(apart) == _TWO and apart[1] - apart[0] == 1
    return len(first) == len(second) and size > 1 and neighbours and sorted(first) == sorted(second)


def one_digit(one: str, two: str) -> bool:
    """Return whether two numbers of two digits and more differ in one of them."""
    first, second = (re.sub(r"\D", "", text) for text in (one, two))
    return len(first) == len(second) > 1 and sum(a != b for a, b in zip(first, second, strict=True)) == 1


_TWO = 2


_FEW = frozenset(["and", "of", "the", "in", "to", "for", "or", "from", "all"])
_STEM = 5


@lru_cache(maxsize=16384)
def label_words(label: str) -> frozenset[str]:
    """Return the words of a label as nouns are kept, each by its first letters, so that "nurses" are "nursing"."""
    return frozenset(_begin(singular(word)) for word in re.findall(r"[a-z]+", label.lower()) if word not in _FEW)


def _begin(word: str) -> str:
    return word[:_STEM]


def clause_words(text: str) -> set[str]:
    """Return the words of a clause as those of labels are kept."""
    return {_begin(word) for word in words_of(text)}
