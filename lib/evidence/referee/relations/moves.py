"""Which way a series of a table went, and by how much, as a clause says whose words name it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from evidence.quantity import Interval
from evidence.referee.comparing import Compared, Confidence, compared, shown, worded
from evidence.referee.generous import admitted
from evidence.referee.mentions import FIRST_MARK, MARK, Occurrence, Sentence
from evidence.referee.relations.linking import Linker, Series, Time, link_words, named, relative, same, strange, times_in
from evidence.referee.relations.settling import off
from evidence.referee.relations.subjects import clause_words
from evidence.referee.tables import ReportCell

_IS = r"(?:was|were|is|are)(?: [a-z]+)?"
_VERB = re.compile(
    rf"\b(?:(?P<up>rose|risen|rising|grew|grown|growing|increased|increasing|climbed|jumped|surged|soared|(?:went|gone|{_IS}) up|{_IS} higher)"
    rf"|(?P<down>fell|fallen|falling|declined|declining|decreased|decreasing|dropped|dropping|shrank|shrunk|slumped|dipped|slipped|(?:went|gone|{_IS}) down|{_IS} lower))\b(?! (?:to a|to an|for the|than)\b)"
)
_START = re.compile(
    rf"[,;:()]|{MARK}|\b(?:while|whereas|but|although|though|that|as|which|when|after|because|both|since|compared with|compared to)\b"
)
_SIZE = re.compile(rf"(?:[a-z ]{{0,14}})? ?\b(?:by|of) (?:just |only |some )?({MARK})|^ (?:just |only )?({MARK})")
_FORESEEN = re.compile(
    r"\b(?:expect\w*|forecast\w*|plan\w*|target\w*|will|would|could|should|may|might|aim\w*|budget\w*|if|ago|earlier|real terms|half|not|never|no|likely|month|rate of|per|each|most|least|fastest|slowest|during|until|then|at first|pandemic|again|after)\b"
)
_LEVEL = re.compile(r"(?:higher|lower)$")
"""How a clause without a time compares one thing with another, and tells no move."""
_SINCE = re.compile(r"\bsince\b")
_PAIR = tuple[ReportCell, ReportCell]


@dataclass(frozen=True, slots=True)
class _Clause:
    """What a clause says of something: its verb, the words before it, the times, and by how much."""

    sentence: Sentence
    verb: re.Match[str]
    words: frozenset[str]
    times: tuple[Time, ...]
    size: Occurrence | None

    @property
    def up(self) -> bool:
        """Whether it went up."""
        return bool(self.verb["up"])


def told_moves(sentence: Sentence, linker: Linker) -> Iterator[Compared]:
    """Yield whether what a clause names went the way in its table, and as far, as the verb says."""
    if _FORESEEN.search(sentence.masked):
        return
    done = set[int]()
    for said in _said(sentence):
        if _LEVEL.search(said.verb[0]) and not said.times:
            continue
        found = [one for one in named(said.words, linker.series) if len(strange(said.words, one)) <= _UNKNOWN]
        least = min((len(strange(said.words, one)) for one in found), default=0)
        held = [one for one in found if len(strange(said.words, one)) == least and not (one.all and _of_a_part(said, one))]
        since = bool(_SINCE.search(sentence.masked))
        pairs = [(one, pair) for one in held for pair in one.pairs(said.times, since=since) if _ends(said, pair)]
        if pairs and said.verb.start() not in done:
            done.add(said.verb.start())
            yield from _judged(said, pairs, sure=not least)


_UNKNOWN = 2
_TO = re.compile(rf"(?:\bto|\breaching|\bto reach|\bat) (?:just |only |about |some |around )?({MARK})")
_FROM = re.compile(rf"\bfrom (?:just |only |about |some |around )?({MARK})")


def _ends(said: _Clause, pair: _PAIR) -> bool:
    """Return whether the levels from which and to which a clause says something went are those of two cells, where it tells them."""
    text = said.sentence.masked[said.verb.end() :]
    for rule, cell in ((_FROM, pair[0]), (_TO, pair[1])):
        match = rule.search(text)
        level = said.sentence.mentions[ord(match[1]) - FIRST_MARK] if match else None
        if level and not same(level, cell):
            return False
    return True


def _of_a_part(said: _Clause, series: Series) -> bool:
    """Return whether a passage may speak of a part, as it names a row or counts some, where its own words name all."""
    passage = [said.sentence, *([said.sentence.before] if said.sentence.before else [])]
    words = frozenset(word for one in passage for word in clause_words(one.text))
    return bool(words & (series.others - series.known)) or bool(_SOME.search(said.sentence.text[: said.verb.end()].lower()))


_SOME = re.compile(
    r"\b(?:two|three|four|five|six|all (?:the )?(?:two|three|four|five|six)|both|each|every|some|other|others|these|those)\b|\d{1,2}\W"
)


def _said(sentence: Sentence) -> Iterator[_Clause]:
    text = sentence.masked
    times = times_in(sentence.text)[0]
    verbs = list(_VERB.finditer(text))
    for verb, after in zip(verbs, [*verbs[1:], None], strict=False):
        start = max((found.end() for found in _START.finditer(text[: verb.start()])), default=0)
        end = after.start() if after else len(text)
        clause = text[start : verb.start()]
        for told in dict.fromkeys((clause, clause.rpartition(" and ")[2])):
            if words := link_words(times_in(told)[1]):
                yield _Clause(sentence, verb, words, times, _size(sentence, text[verb.end() : end]))


def _size(sentence: Sentence, text: str) -> Occurrence | None:
    match = _SIZE.match(text)
    mark = match[1] or match[2] if match else ""
    size = sentence.mentions[ord(mark) - FIRST_MARK] if mark else None
    return size if size and not size.quantity.ends else None


def _judged(said: _Clause, pairs: list[tuple[Series, _PAIR]], *, sure: bool) -> Iterator[Compared]:
    moved = [
        (pair, pair[1].quantity.anchor > pair[0].quantity.anchor) for _, pair in pairs if pair[0].quantity.anchor != pair[1].quantity.anchor
    ]
    right = [pair for pair, up in moved if up is said.up]
    wrong = [pair for pair, up in moved if up is not said.up]
    sized = [pair for pair in wrong if said.size and _fits(said.size, pair)]
    if wrong and not (said.size and any(_fits(said.size, pair) for pair in right)) and (sized or (sure and not right and not said.size)):
        yield _way(said, (sized or wrong)[0], f'"{said.verb[0]}"')
    elif right:
        yield _way(said, right[0], "")
        if said.size and not sized:
            yield from _far(said, [pair for _, pair in pairs], sure=sure)


def _way(said: _Clause, pair: _PAIR, wrong: str) -> Compared:
    one, two = pair
    told = f"{one.row}, {one.head}: {one.text} → {two.row}, {two.head}: {two.text}"
    message = f"{wrong}, but in the table {told}." if wrong else ""
    start = max(said.sentence.text.lower().find(said.verb[0]), 0)
    span = (start, start + len(said.verb[0]))
    return worded("direction", said.sentence, span, f"{told}; {said.verb[0]}", message, Confidence.medium, one.own_row, pair)


def _sizes(size: Occurrence, pair: _PAIR) -> list[Interval]:
    """Return what the size of a change may be in the unit in which it is told."""
    one, two = pair
    gap = two.quantity.interval - one.quantity.interval
    gap = -gap if gap.high < 0 else gap
    if size.quantity.unit == "percent":
        value = relative(one, two)
        return [value] if value else []
    if size.quantity.unit == "percentage points":
        return [gap] if one.quantity.unit in ("percent", "count") else []
    return [gap]


def _fits(size: Occurrence, pair: _PAIR) -> bool:
    return any(admitted(size.quantity).meets(value) for value in _sizes(size, pair))


def _far(said: _Clause, pairs: list[_PAIR], *, sure: bool) -> Iterator[Compared]:
    size = said.size
    values = [(pair, value) for pair in pairs if size for value in _sizes(size, pair)]
    if not size or not values:
        return
    fits = any(_fits(size, pair) for pair, _ in values)
    most = _NEAR if len(said.times) < _TWO else _FAR
    near = [(pair, value) for pair, value in values if off((value.low + value.high) / 2, size.quantity.anchor) < most]
    if fits or (sure and near and size.quantity.unit.startswith("percent")):
        (one, two), value = (near or values)[0]
        message = "" if fits else f"{one.label}: {one.text} → {two.text} is a change by {shown(value)}, where {size.text} is stated."
        told = f"{one.label}: {one.text} → {two.text}; stated {size.text}"
        yield compared("change", [size], told, message, confidence=Confidence.medium, other=one.own_row, operands=(one, two))


_NEAR, _FAR, _TWO = Fraction(3), Fraction(10), 2
