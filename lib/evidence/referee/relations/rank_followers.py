"""What follows the first of an order: "Aston has the highest rate, followed by Beck and Carr", of things that a table puts in order."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from evidence.referee.comparing import Compared, Confidence, worded
from evidence.referee.mentions import Sentence
from evidence.referee.relations.ladders import Ladder, ladders, named_in
from evidence.referee.relations.linking import Linker, link_words, times_in
from evidence.referee.relations.rank_phrases import PHRASE
from evidence.referee.tables import TableSpot

_FOLLOWED = re.compile(r",? (?:closely |then |and )?followed (?:closely |in turn )?by (?:the )?(?=[A-Z])")
_JOINED = re.compile(r"(?: \([^()]*\)| (?:at|with|on) [^,.;a-z]{1,15})?(?:,|,? and|,? then) (?:by )?(?:the )?(?:then )?")
_BREAK = re.compile(r"[;:]|, (?:and|but|while|whereas|although|though)\b|\b(?:but|while|whereas|although) ")
_ANOTHER_SET = re.compile(
    r"\b(?:of those|of these|among|except|excluding|apart from|outside|increase|rise|fall|growth|gr[eo]w|rose|fell|change)\b"
)


@dataclass(frozen=True, slots=True)
class _Row:
    """What is said of an order: its first, those that follow it with their places in the text, and by which words."""

    first: str
    behind: list[tuple[int, int, str]]
    order: Ladder
    shared: int


def followers(sentence: Sentence, linker: Linker) -> Iterator[Compared]:
    """Yield whether what follows the first of the things of a table does so in an order that the words name, and of which that is the first."""
    match = _FOLLOWED.search(sentence.text)
    start = max((one.end() for one in _BREAK.finditer(sentence.text, 0, match.start())), default=0) if match else 0
    rank = next(iter(PHRASE.finditer(sentence.text.lower(), start, match.start())), None) if match else None
    if (
        not match
        or not rank
        or rank["nth"]
        or rank["place"]
        or rank["place2"]
        or _ANOTHER_SET.search(sentence.text.lower(), start, match.start())
    ):
        return
    words = link_words(times_in(sentence.text[start : match.start()].lower())[1])
    frames = [frame for frame in linker.frames if frame.heading == sentence.heading]
    told = [row for frame in frames for order in ladders(frame) for row in _row(sentence, match, order, words)]
    top = [row for row in told if row.order.places(row.first) & _ends(rank) and not row.order.moved]
    linked = [row for row in top if row.shared and not row.order.derived]
    rated = any(row.order.rated for row in linked)
    if any(_follows(row, rank) for row in top if not (rated and row.order.derived)):
        return
    if linked:
        yield _alarm(sentence, max(linked, key=lambda row: row.shared), rank)


def _ends(rank: re.Match[str]) -> set[int]:
    return {-1} if rank["least"] else {1} if rank["most"] else {1, -1}


def _row(sentence: Sentence, match: re.Match[str], order: Ladder, words: frozenset[str]) -> Iterator[_Row]:
    """Yield what a sentence says of an order, where it, or the one before it, names the first of it before those that follow."""
    labels = list(order.steps)
    places = named_in(sentence.text, labels)
    before = [label for _, end, label in places if end <= match.start()]
    if not before and sentence.before:
        before = [label for *_, label in named_in(sentence.before.text, labels)]
    behind = [one for one in places if one[0] >= match.end()]
    if len(set(before)) == 1 and behind and behind[0][0] == match.end():
        kept = behind[:1]
        for one in behind[1:]:
            if not _JOINED.fullmatch(sentence.text[kept[-1][1] : one[0]]):
                break
            kept.append(one)
        yield _Row(before[0], kept, order, len(words & order.words))


def _follows(row: _Row, rank: re.Match[str]) -> bool:
    return any(all(end * at in row.order.places(label) for at, (*_, label) in enumerate(row.behind, 2)) for end in _ends(rank))


def _alarm(sentence: Sentence, row: _Row, rank: re.Match[str]) -> Compared:
    down = not rank["least"]
    steps = sorted(row.order.steps.items(), key=lambda one: one[1], reverse=down)
    wrong = next(one for at, one in enumerate(row.behind, 2) if (at if down else -at) not in row.order.places(one[2]))
    at = [label for label, _ in steps].index(wrong[2]) + 1
    message = f"{wrong[2]} is said to follow {row.first}, but is number {at} of {len(steps)} by {row.order.head}."
    told = ", ".join(f"{label} {row.order.cells[label][0].text}" for label, _ in steps[:_TOLD])
    place = row.order.cells[wrong[2]][0].place
    return worded("order", sentence, wrong[:2], f"{row.order.head}: {told}", message, Confidence.medium, TableSpot(place, wrong[2]))


_TOLD = 8
