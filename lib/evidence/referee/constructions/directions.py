"""Words for a direction, against the numbers between which something went it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from evidence.referee.comparing import Compared, Confidence, alike, compared, named, pattern
from evidence.referee.mentions import FALL, RISE, Occurrence, Sentence
from evidence.referee.relations.linking import Linker
from evidence.referee.relations.reach import base

_UP = rf"(?!growth|improv|gain|better|up\b|lost|double|triple|treble|quadruple)(?:{RISE})|went up|gone up|swelled|climbed"
_DOWN = rf"(?!loss|lost|cut\b|cuts\b|down\b|halv)(?:{FALL})|came down|come down|went down|run down|brought down|eased|receded|ebbed"
_FROM_TO = (
    pattern(
        rf"\b(?:(?P<up>{_UP})|(?P<down>{_DOWN}))\b(?P<gap>[^.;:#()]{{0,40}}?),? from (?:just |only |about |some )?<a>(?P<mid>[^.;:#]{{0,40}}?) to (?:just |only |about |some )?<b>"
    ),
    pattern(
        r"from <a>(?P<mid>[^.;:#]{0,40}?) to <b>[^.;:#()]{0,30}?, (?:a|an) (?:[a-z]+ )?(?:(?P<up>rise|increase|growth|gain)|(?P<down>fall|drop|decline|decrease|reduction))\b(?P<gap>)"
    ),
)
_SLOWER = re.compile(r"\b(?:slow\w*|pace|gap|difference|rate of (?:growth|decline|increase))\b")
_OTHERWISE = re.compile(
    rf"\b(?:rang\w+|var(?:y|ied|ies|ying)|lay|lie|between|of|not|never|less|fewer|slower|gap|by|while|but|and|than|if|would|{RISE}|{FALL})\b"
)


def from_and_to(sentence: Sentence, linker: Linker) -> Iterator[Compared]:
    """Yield whether what went from one number to another did so as its verb says."""
    for rule in _FROM_TO:
        for match in rule.finditer(sentence.masked):
            a, b = (named(match, sentence)[name] for name in "ab")
            if (
                _of_one_unit(a, b)
                and not _OTHERWISE.search(match["gap"])
                and not _SLOWER.search(sentence.masked[: match.end()])
                and not re.search(r"\b(?:and|but|or)\b", match["mid"])
            ):
                yield _went(a, b, up=bool(match["up"]), word=match["up"] or match["down"])


def _went(then: Occurrence, now: Occurrence, *, up: bool, word: str) -> Compared:
    """Return whether one number lies above another, or below it, as a word says."""
    first, second = alike([then.quantity, now.quantity])
    wrong = first.low > second.high if up else first.high < second.low
    message = f'"{word}", but {then.text} was followed by {now.text}.' if wrong else ""
    return compared("direction", [then, now], f"{then.text} → {now.text}; {word}", message, confidence=Confidence.medium, said=word)


def _of_one_unit(one: Occurrence, two: Occurrence) -> bool:
    units = {base(one), base(two)}
    return (
        not (one.quantity.ends or two.quantity.ends)
        and (len(units) == 1 or "count" in units)
        and "times" not in units
        and bool(re.search(r"\d", one.text) and re.search(r"\d", two.text))
    )


RULES: tuple[Callable[[Sentence, Linker], Iterator[Compared]], ...] = (from_and_to,)
