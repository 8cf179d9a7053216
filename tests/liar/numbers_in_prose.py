"""Lies about the sentence around a number of the book, and what a check says of them.

A lie changes words outside the link of a number, inside it, or puts words in. What is told of the true sentence too counts for nothing.
"""

import re
from collections import Counter
from dataclasses import replace
from functools import cache
from itertools import cycle

from lies import Lies
from whole import LIBRARY, numbers, passages

from evidence.statements.checking import check_passages


def put(passage, start, end, words):
    """Return a passage with some of its text replaced: links keep their place, and one that the words fall into says them."""
    block, shift = passage.block, len(words) - (end - start)
    text = block.text[:start] + words + block.text[end:]
    links = []
    for link in block.links:
        first = link.start + (shift if link.start >= end and (link.start > start or end > start or link.start == start) else 0)
        last = link.end + (shift if link.end > start else 0) if link.start < start or link.start >= end else link.end + shift
        links.append(replace(link, start=first, end=last, text=text[first:last]))
    return replace(passage, block=replace(block, text=text, links=links), lines=())


def told(passage):
    """Return what a check says of a passage, by rule: a link that does not hold has the rule `value`, a number that is bound to nothing `unbound`."""
    checked = check_passages([passage], LIBRARY)
    found = Counter(problem.rule for problem in checked.faults)
    found["value"] += sum(not statement.holds for statement in checked.statements)
    found["unbound"] += len(checked.unbound)
    return +found


@cache
def told_truly():
    """Return what a check says of each passage of the book that has links."""
    return {id(passage): told(passage) for passage in passages() if passage.block.links}


def held(kind, by, lies, floor, at_least=40):
    """Assert that a share of lies is found out.

    Args:
        kind: What kind of lie it is.
        by: The rule that it breaks.
        lies: The passage, the passage with the lie, and where in it the lie is.
        floor: The share.
        at_least: How many lies there must be.
    """
    count = Lies(kind, floor, by, at_least)
    for true, lie, place in lies:
        count.tell(f"{true.page}: {around(lie, place)}", told(lie) - told_truly()[id(true)], around(true, place))
    count.held()


def around(passage, place):
    return " ".join(passage.block.text[max(0, place - 50) : place + 60].split())


def beside(words, *, after=False, when=lambda _link: True):
    """Yield lies that put one of some words before or after each link of a number."""
    turn = cycle(words)
    for passage, link in numbers():
        if when(link):
            word, place = next(turn), link.end if after else link.start
            lie = put(passage, place, place, word)
            yield passage, lie, place


def swapped(pairs, *, inside=False):
    """Yield lies that exchange a word of a sentence with a number for its opposite, outside of links or inside those of words and numbers."""
    opposite = {
        one: other for pair in pairs.split() for one, other in (pair.replace("_", " ").split("/"), pair.replace("_", " ").split("/")[::-1])
    }
    word = re.compile(rf"(?<![\w-])(?:{'|'.join(map(re.escape, opposite))})(?![\w-])")
    for passage in {id(passage): passage for passage, _ in numbers()}.values():
        block = passage.block
        spans = {block.span(link.start) for link in block.links if link.scheme == "figure"}
        for match in word.finditer(block.text):
            within = any(link.start <= match.start() and match.end() <= link.end for link in block.links)
            if within is inside and any(start <= match.start() < end for start, end in spans):
                lie = put(passage, *match.span(), opposite[match.group()])
                yield passage, lie, match.start()


def crossed(names):
    """Yield lies that change two names of one kind over which stand in one sentence with several numbers."""
    for one in names.split():
        yield from _crossed(re.compile(rf"\b(?:{'|'.join(one.replace('_', ' ').split('/'))})(?! [A-Z]|'s)\b"))


def _crossed(word):
    for passage in {id(passage): passage for passage, _ in numbers()}.values():
        block = passage.block
        outside = block.without(bool)
        for start, end in {block.span(link.start) for link in block.links if link.scheme == "figure"}:
            met = list(word.finditer(outside, start, end))
            bound = sum(link.scheme == "figure" and start <= link.start < end for link in block.links)
            if bound > 1 and len(met) > 1 and met[0].group() != met[1].group():
                one, other = met[:2]
                lie = put(put(passage, *other.span(), one.group()), *one.span(), other.group())
                yield passage, lie, one.start()


def numeral(link):
    return link.text[0].isdigit() or link.text[0] in "£$€"
