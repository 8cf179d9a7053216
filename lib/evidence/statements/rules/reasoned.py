"""Reasoned: a reason, an end or an effect that a sentence gives of a bound number is one that its records give.

"[62%](figure:ID) do so to save money", "..., because of red tape", "..., which led them to cut jobs": a number is believed with what explains it. The words of
the reason stand in a record of the sentence, in its scope or in a link of their own, or somebody has signed the sentence.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from evidence.catalog import Library
from evidence.grading.senses import CAUSE
from evidence.problems import Problem
from evidence.statements.pages import Passage
from evidence.statements.rules.foreign import said_together
from evidence.statements.rules.judgements import judgements
from evidence.statements.rules.subject import stems
from evidence.statements.signed import countersigned

_END = re.compile(r"[,;:.()\u2014\u2013](?=\s|$)|\b(?:and|but|while|whereas|although)\b|$")
"""Where the words of a reason end."""
_FIRST = 3
"""How many of its telling words a reason is held by."""
_REMEDY = "Give the reason that the record gives, link the words to a finding or claim that says it, or leave it out."


def problems(passage: Passage, library: Library) -> Iterator[Problem]:
    """Yield each reason, end and effect of a sentence with a bound number of which no record has a word."""
    block = passage.block
    spans = () if block.heading else dict.fromkeys(block.span(link.start) for link in block.links if link.scheme == "figure")
    outside = block.without(bool) if spans else ""
    for start, end in spans:
        found = list(judgements(outside[start:end], "reason", "effect", "purpose"))
        if not found or start in countersigned(passage, library):
            continue
        said = said_together(passage, (start, end), library)
        known = stems(" ".join(sorted(said.all)))
        for one in found:
            first, last = start + one.start, _end(block.text, start + one.end, end)
            proved = any(first <= link.start < last for link in block.links if link.scheme != "figure")
            explained = one.kind == "purpose" or any(map(_explains, said.texts))
            if not proved and not (explained and _borne_out(outside[start + one.end : last], known)):
                message = f'"{block.text[first:last].strip()}" gives a {one.kind} that no record of its sentence does.'
                yield passage.problem(first, last, message, _REMEDY)


def _explains(text: str) -> bool:
    """Return whether a record gives a reason of anything."""
    return bool(CAUSE.search(text)) or any(True for _ in judgements(text, "reason", "effect", "purpose"))


def _end(text: str, start: int, end: int) -> int:
    match = _END.search(text, start, end)
    return match.start() if match else end


def _borne_out(reason: str, said: frozenset[str]) -> bool:
    """Return whether records know the greater part of the first telling words of a reason."""
    told = [own for word in reason.split() if (own := stems(word))][:_FIRST]
    return sum(bool(own & said) for own in told) * 2 > len(told)
