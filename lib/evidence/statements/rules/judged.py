"""Judged: whether a number of a source adds up is for the audit to say, and a sentence says what it says.

"The report's [£5bn](figure:ID) does not add up" needs a number that the audit doubts, or that a correction names; "adds up" needs one that it does not. A verdict
in a sentence that links no record has nothing to be held against, unless somebody has signed it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from evidence.audit.verdicts import DOUBTED, Verdicts
from evidence.catalog import Library
from evidence.errors import DataError, RecomputeError
from evidence.form.sentences import spans
from evidence.problems import Problem
from evidence.statements.pages import Passage
from evidence.statements.rules.foreign import said_together
from evidence.statements.rules.judgements import gap, judgements
from evidence.statements.signed import countersigned

_SOUND = ("reproduced", "compatible")
_REMEDY = "Say what the audit says of the figure (evidence why ID), or leave the verdict out."
_MARK = re.compile(r"[,;:()\u2014\u2013]\s")
_OPEN = re.compile(r"\b(?:if|whether|unless|would|should|may|might|could|must|until|once)\b", re.IGNORECASE)


def problems(passage: Passage, library: Library) -> Iterator[Problem]:
    """Yield each verdict of a sentence that the audit does not give of a number in it."""
    block = passage.block
    if block.heading or not (passage.states or block.links):
        return
    outside = block.without(bool)
    found = [(span, one) for span in spans(block.text) for one in judgements(outside[slice(*span)], "verdict")]
    for (start, end), one in found:
        linked = [link for link in block.links if start <= link.start < end]
        figures = [link for link in linked if link.scheme == "figure"]
        open_ = _OPEN.search(_clause(outside[start:end], one.start))
        if (not figures and (linked or not passage.states)) or open_ or start in countersigned(passage, library):
            continue
        first, last = start + one.start, start + one.end
        text, nearest = block.text[first:last], min(figures, key=lambda link: gap(link, first, last), default=None)
        about = [nearest.target] if nearest else [target for scheme, target in passage.records if scheme == "figure"]
        quoted = any(text.lower() in said.lower() for said in said_together(passage, (start, end), library).texts)
        if not quoted and not any(one.low in _standing(target, library) for target in about):
            told = f"not of [{nearest.text}]" if nearest else "of nothing, for its sentence links no number"
            yield passage.problem(first, last, f'"{text}" is a verdict that the audit gives {told}.', _REMEDY)


def _clause(sentence: str, place: int) -> str:
    """Return the part of a sentence between two marks that holds a place."""
    return sentence[max((match.end() for match in _MARK.finditer(sentence[:place])), default=0) : place]


def _standing(target: str, library: Library) -> frozenset[str]:
    """Return whether the audit doubts a figure, or finds it sound: it may do both, where a sum checks that a correction reads otherwise."""
    ends = library.ranges.get(target, ()) if target not in library.figures else (library.figures[target],)
    try:
        found = [_verdicts(library)[figure.id] for figure in ends]
    except (DataError, RecomputeError):
        found = []
    doubted = {"doubted" for one in found if one.word in DOUBTED or one.corrections}
    return frozenset(doubted | {"sound" for one in found if one.word in _SOUND})


@lru_cache(maxsize=2)
def _verdicts(library: Library) -> Verdicts:
    return Verdicts(library)
