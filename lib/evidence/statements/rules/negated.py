"""Negated: what a sentence denies of a bound number, a record that it links denies too.

"[48%](figure:ID) of firms do not export" states the contrary of its record with the right number. A negation in the clause of a number is borne out where
the quote or the cells of a linked record negate a word that stands beside it too, or say the same by a word of lacking.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from evidence.catalog import Library
from evidence.problems import Problem
from evidence.statements.pages import Passage
from evidence.statements.rules.foreign import said_together
from evidence.statements.rules.subject import stems

_DENIES = re.compile(
    r"\b(?:not(?! only\b)|no longer|never|nor|neither|cannot|can't|hardly|scarcely|barely|by no means|far from|anything but|nobody|no[ -]one|none of"
    r"|few(?= of\b)|hardly any|next to no|un(?:true|likely) that)\b|(?<=n)['\u2019]t\b",
    re.IGNORECASE,
)
"""Words by which a sentence denies what it says."""

_WITHHELD = re.compile(
    r"\b(?:not|no|never|nor|neither|cannot|without|hardly|scarcely|none|nobody|nothing|lack\w*|fail\w*|miss\w*|absen\w+|outside|stop\w*|un(?!ited|der|til|ion|iver|ique|its?\b)\w{4,}|in(?:active|access|suffici)\w*|little|few"
    r"|zero|refus\w*|less|fewer|remov\w*|reject\w*|den(?:y|ied|ies)|rather than)\b|n['\u2019]t\b",
    re.IGNORECASE,
)
"""Words by which a record may say the same."""

_CLAUSE = re.compile(r"[,;:()\u2014\u2013]|\b(?:but|although|though|while|whereas|because|since|who|which|that)\b")
_AFTER, _BEFORE = 4, 2
"""How many words after a negation, and before it, are held against those around one of a record."""
_KNOWN = 6
"""How many letters of a stem tell that two words are of one kin."""
_WORD = re.compile(r"[a-z'\u2019-]+", re.IGNORECASE)

_REMEDY = "Say what the record says, or deny it in a sentence of its own."


def problems(passage: Passage, library: Library) -> Iterator[Problem]:
    """Yield each negation in the clause of a linked number which its records do not know."""
    block = passage.block
    spans = dict.fromkeys(block.span(link.start) for link in block.links if link.scheme == "figure")
    outside = block.without(bool) if spans and _DENIES.search(block.text) else ""
    for span in spans if outside else ():
        said = said_together(passage, span, library).texts if _DENIES.search(outside, *span) else ()
        for start, end in _clauses(outside, span):
            if not any(link.scheme == "figure" and start <= link.start < end for link in block.links):
                continue
            for match in _DENIES.finditer(outside, start, end):
                if not _borne_out(_beside(block.text[start:end], match.start() - start, match.end() - start), said):
                    message = f'"{match.group()}" denies what the sentence says of a number, and no record that it links does.'
                    yield passage.problem(match.start(), match.end(), message, _REMEDY)


def _clauses(text: str, span: tuple[int, int]) -> Iterator[tuple[int, int]]:
    """Yield where each clause of a sentence begins and ends."""
    marks = [span[0], *(match.start() for match in _CLAUSE.finditer(text, *span)), span[1]]
    yield from pairwise(marks)


def _beside(text: str, start: int, end: int) -> frozenset[str]:
    """Return the stems of the words around a place of a text."""
    before, after = _WORD.findall(text[:start])[-_BEFORE:], _WORD.findall(text[end:])[:_AFTER]
    return frozenset(stem[:_KNOWN] for stem in stems(" ".join((*before, *after))) if len(stem) > 2 and stem[0] != "~")


def _borne_out(beside: frozenset[str], said: tuple[str, ...]) -> bool:
    """Return whether a text of the records withholds one of some words."""
    return any(beside & _beside(text, *match.span()) for text in said for match in _WITHHELD.finditer(text))
