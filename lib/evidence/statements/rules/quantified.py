"""Quantified: "few", "the majority", "hardly any" beside a linked share is what the share is; beside other numbers it is a word of their records.

A word of quantity says for whoever skips the digits how many that is, so it is held to them: "few firms, [91%](figure:ID)" says two things at once.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from evidence.catalog import Library
from evidence.problems import Problem
from evidence.statements.pages import Passage
from evidence.statements.prose import Link
from evidence.statements.rules.foreign import said_together
from evidence.statements.rules.judgements import Judgement, gap, judgements
from evidence.statements.rules.proposition import IDIOMS
from evidence.statements.signed import countersigned

_REMEDY = "Give the number alone, or use a word of quantity that its record has or that the share bears out."
_WORD = re.compile(r"\s+[\w-]+")


def problems(passage: Passage, library: Library) -> Iterator[Problem]:
    """Yield each word of quantity that the number nearest to it contradicts, or, where that is no share, that no record has."""
    block = passage.block
    links = [] if block.heading else [link for link in block.links if link.scheme == "figure"]
    outside = block.without(bool) if links else ""
    for start, end in dict.fromkeys(block.span(link.start) for link in links):
        found = [one for one in judgements(outside[start:end], "quantity", "amount") if not superlative(outside[start:end], one)]
        idioms = [match.span() for match in IDIOMS.finditer(outside, start, end)] if found else []
        found = [one for one in found if not any(first < start + one.end and start + one.start < last for first, last in idioms)]
        if not found or start in countersigned(passage, library):
            continue
        said = said_together(passage, (start, end), library).texts
        for one in found:
            nearest = min(
                (link for link in links if start <= link.start < end), key=lambda link: gap(link, start + one.start, start + one.end)
            )
            first, last = start + one.start, start + one.end
            if not (_fits(one, nearest, library) or _worded(block.text[first:end], last - first, said)):
                message = f'"{block.text[first:last]}" is not what [{nearest.text}] says, and no record that its sentence links says it.'
                yield passage.problem(first, last, message, _REMEDY)


def _worded(text: str, length: int, said: tuple[str, ...]) -> bool:
    """Return whether a record has the words with which a text begins and the one behind them."""
    behind = _WORD.match(text, length)
    words = " ".join(text[: behind.end() if behind else length].lower().split())
    return " " in words and any(re.search(rf"(?<!\w){re.escape(words)}(?!\w)", one.lower()) for one in said)


def superlative(sentence: str, one: Judgement) -> bool:
    """Return whether "most" or "many" stands before what is no noun, or is asked for: "the most deprived", "as many as", "how few"."""
    word, before = sentence[one.start : one.end].lower(), sentence[: one.start].rstrip().rpartition(" ")[2].lower()
    after = sentence[one.end :].lstrip(" ")
    if word in ("few", "many") and (before in ("how", "as", "so", "too", "that", "with", "or") or after.startswith(("as ", "or "))):
        return True
    return word == "most" and (before in ("the", "at") or not after.startswith(("of ", ",", "firms", "people")))


def _fits(one: Judgement, link: Link, library: Library) -> bool:
    """Return whether a share that is linked lies where a word of quantity may be."""
    figures = library.ranges.get(link.target) or ((library.figures[link.target],) if link.target in library.figures else ())
    shares = [float(figure.quantity.anchor) for figure in figures if figure.unit == "percent"]
    return bool(shares) and all(float(one.low) <= share <= float(one.high) for share in shares)
