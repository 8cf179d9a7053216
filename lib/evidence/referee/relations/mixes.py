"""What two groups give that one sentence names: the mean, or the share, of all lies between those of both."""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction

from evidence.referee.comparing import Compared, compared, named, pattern
from evidence.referee.mentions import Occurrence, Sentence
from evidence.referee.relations.reach import Reach, base, behind

_MEAN_OF = pattern(
    r"\b(?:(?:mean|average|median)\b[^.;:#]{0,60}\b(?:was|is|were|of|at)|averaged) <m>[^#.;:]{0,40}: <a> (?:for|among|in|at) [^#.;:]{3,50},? and <b> (?:for|among|in|at) [^#.;:,]{3,50}(?:\.?$|, (?:which|who|where)\b)"
)
_GROUPS = pattern(
    r"<p> (?:[a-z]+ ){0,2}(?:among(?:st)?|of|for) (?:the |our |all )*<k>[^#;]{1,60} and <q> (?:[a-z]+ ){0,2}(?:among(?:st)?|of|for) (?:the |our |all )*<n>"
)


def mean_of_two(sentence: Sentence, reach: Reach) -> Iterator[Compared]:
    """Yield whether a mean lies between those of the two groups that stand behind its colon."""
    for match in _MEAN_OF.finditer(sentence.masked):
        found = named(match, sentence)
        mean, one, two = found["m"], found["a"], found["b"]
        units = {base(m) for m in (one, two)}
        bare = units <= {base(mean), "count"} or (base(mean) == "count" and len(units) == 1 and units <= set(behind(mean).split()))
        if bare and not any(m.quantity.ends or m.quantity.hedge for m in found.values()):
            yield _between(mean, one, two)


def _between(mean: Occurrence, one: Occurrence, two: Occurrence) -> Compared:
    low, high = sorted((one.quantity.interval, two.quantity.interval), key=lambda span: span.low)
    value = mean.quantity.interval
    fits = low.low <= value.high and value.low <= high.high
    message = "" if fits else f"{mean.text} of all lies outside {one.text} and {two.text} of its two parts."
    own = [m for m in (mean, one, two) if m.sentence is two.sentence]
    return compared("range", own, f"{mean.text} beside {one.text} and {two.text}", message, other=mean)


def share_of_groups(sentence: Sentence, reach: Reach) -> Iterator[Compared]:
    """Yield whether the share of all, told with its count, lies between those within two groups which make up just that all."""
    for match in _GROUPS.finditer(sentence.masked):
        found = named(match, sentence)
        first, second, one, two = found["p"], found["q"], found["k"], found["n"]
        if {base(first), base(second)} != {"percent"} or {base(one), base(two)} != {"count"}:
            continue
        both = one.quantity.anchor + two.quantity.anchor
        run = [m for m in reach.passage(sentence) if m.sentence is not sentence]
        if any(m.quantity.anchor == both for m in run) and (whole := _share_of_all(sentence, run, both)):
            yield _between(whole, first, second)


def _share_of_all(sentence: Sentence, run: list[Occurrence], count: Fraction) -> Occurrence | None:
    """Return the one share right behind a part of so many, in a sentence that has a word of this one, be it as another part of speech."""
    held = []
    for part in run:
        behind = part.sentence.mentions[part.index + 1 : part.index + 2]
        share = behind[0] if behind and base(part) == "count" and base(behind[0]) == "percent" else None
        if share and part.quantity.anchor < count and _root(part.sentence) & _root(sentence):
            given = part.quantity.interval.scaled(100 / count)
            held += [share] if share.quantity.interval.meets(given) else []
    return held[0] if len(held) == 1 else None


def _root(sentence: Sentence) -> frozenset[str]:
    return frozenset(word[:_LETTERS] for word in re.findall(r"[a-z]{6,}", sentence.masked))


_LETTERS = 6
