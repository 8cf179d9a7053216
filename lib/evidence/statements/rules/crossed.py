"""Crossed: where a sentence states several figures, each stands by the words of its own record and not by those of another of them.

"[91%](figure:large) of small firms, and [62%](figure:small) of large ones" names nobody that its records do not name, and says the opposite of them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import combinations, pairwise

from evidence.catalog import Library
from evidence.problems import Problem
from evidence.statements.pages import Passage
from evidence.statements.prose import Block, Link
from evidence.statements.rules.foreign import Said, borne_out, declared_places, said_together
from evidence.statements.rules.subject import Index, index, stems
from evidence.statements.rules.terms import Term, terms

_JOINT = re.compile(r"[,;:]| (?:and|but|or|while|whereas|against|with|than|to) ")
"""Where the words of one number end and those of the next may begin."""

_REMEDY = "Put each number beside whom, where and when it is of."

_AGAINST = re.compile(r" (?:than|while|whereas|against|but|with|as) ")
"""A joint behind which the other of two begins."""

_TIMES = re.compile(r"\b(?:times|twice|double|half|\w+fold)\b", re.IGNORECASE)
"""Words of a number that holds two things against each other."""

_CLEAR = 1.0
"""By how much words must fit better changed over, so that a near tie is not told."""


def problems(passage: Passage, library: Library) -> Iterator[Problem]:
    """Yield each link to a figure whose words fit another figure of its sentence and not its own."""
    block, known = passage.block, index(library)
    for start, end in dict.fromkeys(block.span(link.start) for link in block.links if link.scheme == "figure"):
        links = [link for link in block.links if link.scheme == "figure" and start <= link.start < end and link.target in known.about]
        said = dict(_clauses(block, (start, end), links, library)) if len(links) > 1 else {}
        crossed = [pair for pair in combinations(said, 2) if pair[0].target != pair[1].target and _crossed(*pair, said, known)]
        for one, other in crossed:
            message = f"its words fit {other.target} better, and those beside [{other.text}] fit {one.target}."
            yield passage.problem(one.start, one.end, message, _REMEDY, (other.target,))
        for link in links:
            for first, second in _turned(block, (start, end), link, library):
                message = f"its records say it of {second.text} beside {first.text}, and not the other way round."
                yield passage.problem(link.start, link.end, message, _REMEDY)
        for link in said if not crossed else ():
            own = said_together(replace(passage, records=(), told=""), (link.start, link.end), library)
            for term in _astray(said[link], own, library):
                message = f'"{term.text}" stands beside [{link.text}], and {link.target} is of another.'
                yield passage.problem(link.start, link.end, message, _REMEDY)


def _astray(found: list[Term], said: Said, library: Library) -> Iterator[Term]:
    """Yield the first term of each kind of which the record of its number bears out none."""
    kinds = {term.kind for term in found if not borne_out(term, said, library)} - {
        term.kind for term in found if borne_out(term, said, library)
    }
    yield from (next(term for term in found if term.kind == kind) for kind in sorted(kinds))


def _clauses(block: Block, span: tuple[int, int], links: list[Link], library: Library) -> Iterator[tuple[Link, list[Term]]]:
    """Yield each link with the terms of the words about it, cut off from those about its neighbours; nothing of links that no joint parts.

    The cut is the last joint before a number, or where the words behind that name nobody, the last before which and behind which somebody is named.
    """
    text, places = block.text, declared_places(library)
    cuts, whole = [span[0]], set()
    for one, other in pairwise(links):
        joints = [match.start() for match in _JOINT.finditer(text, one.end, other.start)]
        if not joints and not text[: other.start].endswith("("):
            whole |= {one, other}
        joints = joints or [one.end]
        told = [
            cut
            for cut in joints
            if _AGAINST.match(text, cut) and _kinds(text[cuts[-1] : cut], places) & _kinds(text[cut : other.end], places)
        ]
        cuts.append(joints[-1] if not told or _kinds(text[joints[-1] : other.end], places) else told[-1])
    for link, (first, last) in zip(links, pairwise([*cuts, span[1]]), strict=True):
        if link not in whole:
            yield link, list(terms(text[first:last], places))


def _kinds(text: str, places: frozenset[str]) -> frozenset[str]:
    return frozenset(term.kind for term in terms(text, places))


def _turned(block: Block, span: tuple[int, int], link: Link, library: Library) -> Iterator[tuple[Term, Term]]:
    """Yield the two terms of a kind between which a number says how many times one is the other, where each record of it has them the other way round."""
    places = declared_places(library)
    earlier = [other.end for other in block.links if other.scheme == "figure" and span[0] <= other.start < link.start]
    begin = max([span[0], *(joint.end() for joint in _JOINT.finditer(block.text, max(earlier), link.start))]) if earlier else span[0]
    before, after = list(terms(block.text[begin : link.start], places)), list(terms(block.text[link.end : span[1]], places))
    quotes = [f" {place.quote.lower()} " for place in library.places(link.target)] if _TIMES.search(link.text) else []
    for one, other in ((one, other) for one in before[-1:] for other in after[:1] if one.kind == other.kind):
        found = [(_first(one, quote), _first(other, quote)) for quote in quotes]
        if found and all(-1 < second < first for first, second in found):
            yield one, other


def _first(term: Term, quote: str) -> int:
    """Return where the first word stands that bears a term out, or -1."""
    places = [quote.find(f" {need.removesuffix('.')}") for need in term.needs]
    return min((place for place in places if place >= 0), default=-1)


def _crossed(one: Link, other: Link, said: dict[Link, list[Term]], known: Index) -> bool:
    """Return whether what tells the words of two links apart fits better changed over."""
    both = {term.kind for term in said[one]} & {term.kind for term in said[other]}
    mine, its = (stems(" ".join(term.text for term in said[link] if term.kind in both)) for link in (one, other))
    crossed = known.own(other.target, mine - its) + known.own(one.target, its - mine)
    return crossed > known.own(one.target, mine - its) + known.own(other.target, its - mine) + _CLEAR
