"""Proposition: a word that gives a bound number its direction or its comparison stands in a link, and is proved there.

In a sentence that states a figure such a word outside of links would be believed like the number and proved by nothing: "fell by [48%](figure:ID)".
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from evidence.catalog import Library
from evidence.problems import Problem
from evidence.statements.pages import Passage
from evidence.statements.propositions import senses
from evidence.statements.prose import BLANK, Block, Link
from evidence.statements.rules.token import numbers

IDIOMS = re.compile(
    r"\bmore or less\b|\b(?:once|no|any|even|what is) more(?= *[,.;:)]|$)|\bmost of all\b|\b(?:higher|further) education\b"
    r"|\bthe same\b|\b[\w]+-(?:more|most|higher|lower)\b|\b(?:more|most|higher|lower|top|bottom|rising|growing|falling)-\w+|\bmore than onc?e\b|\bequal (?:pay|quotas?|parts?|opportunit\w+)\b",
    re.IGNORECASE,
)
"""Where such a word tells nothing of a number."""


_WORD = re.compile(r"[a-z0-9]+")


def problems(passage: Passage, library: Library) -> Iterator[Problem]:
    """Yield each word of direction or comparison that stands unlinked in a sentence which states a figure."""
    block = passage.block
    spans = dict.fromkeys(block.span(link.start) for link in block.links if link.scheme == "figure")
    outside = _unlinked(block) if spans else ""
    for start, end in spans:
        for first, last, sense in senses(outside[start:end]):
            word = block.text[start + first : start + last]
            if _names(block, start + first, (start, end), library):
                continue
            message = f'"{word}" says something of a number beside it, and nothing proves it.'
            yield passage.problem(start + first, start + last, message, _remedy(word, sense, block.links, start + first))


def _names(block: Block, place: int, span: tuple[int, int], library: Library) -> bool:
    """Return whether a word and a neighbour stand in a record that is linked in their sentence: "the most deprived tenth" is whom it is about."""
    before, after = (_WORD.findall(text.lower()) for text in (block.text[span[0] : place], block.text[place : span[1]]))
    pairs = [" ".join(pair) for pair in (after[:2], [*before[-1:], *after[:1]]) if len(pair) == 2]
    linked = [link.target for link in block.links if link.scheme == "figure" and span[0] <= link.start < span[1]]
    return any(f" {pair} " in _said(identifier, library) for identifier in linked for pair in pairs)


def _said(identifier: str, library: Library) -> str:
    """Return what the records of a figure or range say of whom or what it is about."""
    figures = library.ranges.get(identifier) or (library.places(identifier) if identifier in library.figures else ())
    said = " ".join(f"{figure.population} {figure.category} {figure.quote} {figure.locator}" for figure in figures)
    return f" {' '.join(_WORD.findall(said.lower()))} "


def _unlinked(block: Block) -> str:
    """Return the text of a block with its links, with idioms and with what is read as part of a number blanked out: the last is for other rules."""
    text = IDIOMS.sub(lambda match: " " * len(match.group()), block.without(bool))
    for found in numbers(block.without(lambda link: link.scheme != "figure")):
        text = text[: found.start] + BLANK * (found.end - found.start) + text[found.end :]
    return text


def _remedy(word: str, sense: str, links: list[Link], place: int) -> str:
    """Return the link to write, on the figure that is nearest to the word."""
    nearest = min((link for link in links if link.scheme == "figure"), key=lambda link: abs(link.start - place))
    if sense in ("rise", "fall"):
        return (
            f"Write [{word} by {nearest.text}](figure:{nearest.target}) if its direction is a {sense}; "
            f"else [{word}](compare:A/{'above' if sense == 'rise' else 'below'}/B), or link the words to a claim or finding."
        )
    relation = {"more": "above/B", "less": "below/B", "most": "highest/SERIES", "least": "lowest/SERIES", "same": "equal/B"}[sense]
    return f"Write [{word}](compare:{nearest.target}/{relation}), link the words to a claim or finding, or say it without comparing."
