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

_CLEAR = 1.0
"""By how much words must fit better changed over, so that a near tie is not told."""


def problems(passage: Passage, library: Library) -> Iterator[Problem]:
    """Yield each link to a figure whose words fit another figure of its sentence and not its own."""
    block, known = passage.block, index(library)
    for start, end in dict.fromkeys(block.span(link.start) for link in block.links if link.scheme == "figure"):
        links = [link for link in block.links if link.scheme == "figure" and start <= link.start < end and link.target in known.about]
        said = {
            link: list(terms(words, declared_places(library))) for link, words in _clauses(block, (start, end), links) if len(links) > 1
        }
        crossed = [pair for pair in combinations(said, 2) if pair[0].target != pair[1].target and _crossed(*pair, said, known)]
        for one, other in crossed:
            message = f"its words fit {other.target} better, and those beside [{other.text}] fit {one.target}."
            yield passage.problem(one.start, one.end, message, _REMEDY, (other.target,))
        for link in said if not crossed else ():
            own = said_together(replace(passage, records=(), told=""), (link.start, link.start + 1), library)
            for term in _astray(said[link], own, library):
                message = f'"{term.text}" stands beside [{link.text}], and {link.target} is of another.'
                yield passage.problem(link.start, link.end, message, _REMEDY)


def _astray(found: list[Term], said: Said, library: Library) -> Iterator[Term]:
    """Yield the first term of each kind of which the record of its number bears out none."""
    kinds = {term.kind for term in found if not borne_out(term, said, library)} - {
        term.kind for term in found if borne_out(term, said, library)
    }
    yield from (next(term for term in found if term.kind == kind) for kind in sorted(kinds))


def _clauses(block: Block, span: tuple[int, int], links: list[Link]) -> Iterator[tuple[Link, str]]:
    """Yield each link with the words about it: those between the last joint before it and the last one before the next link."""
    joints = [[match.start() for match in _JOINT.finditer(block.text, one.end, other.start)] for one, other in pairwise(links)]
    cuts = [span[0], *(found[-1] for found in joints if found), span[1]]
    for first, last in pairwise(cuts):
        inside = [link for link in links if first <= link.start < last]
        if len(inside) == 1:
            yield inside[0], block.text[first:last]


def _crossed(one: Link, other: Link, said: dict[Link, list[Term]], known: Index) -> bool:
    """Return whether what tells the words of two links apart fits better changed over."""
    both = {term.kind for term in said[one]} & {term.kind for term in said[other]}
    mine, its = (stems(" ".join(term.text for term in said[link] if term.kind in both)) for link in (one, other))
    crossed = known.own(other.target, mine - its) + known.own(one.target, its - mine)
    return crossed > known.own(one.target, mine - its) + known.own(other.target, its - mine) + _CLEAR
