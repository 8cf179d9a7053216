"""Proposition: a word that gives a bound number its direction or its comparison stands in a link, and is proved there.

In a sentence that states a figure such a word outside of links would be believed like the number and proved by nothing: "fell by [48%](figure:ID)".
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cached_property

from evidence.catalog import Library
from evidence.problems import Problem
from evidence.statements.pages import Passage
from evidence.statements.propositions import STRICT, senses
from evidence.statements.prose import BLANK, Block, Link
from evidence.statements.rules.foreign import said_together
from evidence.statements.rules.subject import stems
from evidence.statements.rules.token import numbers

IDIOMS = re.compile(
    r"\bmore or less\b|\b(?:once|no|any|even|what is) more(?= *[,.;:)]|$)|\bmost of all\b|\b(?:higher|further) education\b"
    r"|(?<!much )\bthe same\b|\b[\w]+-(?:more|most|higher|lower)\b|\b(?:more|most|higher|lower|top|bottom|rising|growing|falling)-\w+|\bmore than onc?e\b|\bequal (?:pay|quotas?|parts?|opportunit\w+)\b",
    re.IGNORECASE,
)
"""Where such a word tells nothing of a number."""


_WORD = re.compile(r"[a-z0-9]+")

_FORMS = re.compile(
    r"\b(?:(?:far|much|many|even|still|slightly|somewhat|considerably|significantly|vastly) (?!other\b|rather\b)\w{3,}er|(?!rather\b|other\b|whether\b|whoever\b)\w{3,}er(?: [\w-]+){0,2} than"
    r"|the (?!(?:rest|forest|interest|request|latest|modest|harvest|contest|protest|test|west|guest|quest|honest|earnest|invest|nest|chest|near|nearest|youngest|oldest|latest|earliest)\b)[a-z]{3,}est)\b",
    re.IGNORECASE,
)
"""Comparatives and superlatives by their form."""

_LEADING = re.compile(
    r"\b(?:(?:an?|the) (?P<noun>[a-z]+) of|(?P<change>loss(?:es)?|cuts?|reductions?|improvements?|shortfalls?|surplus(?:es)?) of"
    r"|on (?P<course>course) for|(?P<verb>[a-z]{3,}(?:ing|ed)|down) (?:back |off |up |down )?to) $",
    re.IGNORECASE,
)
"""What leads to a number that follows: "an uptick of", "sagging to"."""

_NEUTRAL = frozenset(
    _WORD.findall(
        "share shares total rate average mean median ratio value number budget fund part cost price gap margin difference sum level sample range turnover amount"
        " majority minority population group set series base figure count score grant investment workforce wage pay revenue income area distance length"
        " depth width weight age factor rank maximum minimum quarter third half tenth proportion percentage estimate case premium yield body board staff crew team"
        " swing change shift contribution answer reason reference extent percentile amounted amounting coming summed added adding corresponded corresponding ranged ranging"
        " running related relating according belonged belonging pointed pointing owing limited restricted compared attributed linked tied bound said applied applying"
        " referred referring rounded rounding used wanted needed going extended opposed leading"
    )
)
"""Words that lead to a number and say no more than that it is one."""


def problems(passage: Passage, library: Library) -> Iterator[Problem]:
    """Yield each word of direction or comparison that stands unlinked in a sentence which states a figure."""
    block = passage.block
    spans = dict.fromkeys(block.span(link.start) for link in block.links if link.scheme == "figure")
    outside = _unlinked(block) if spans else ""
    for start, end in spans:
        said = _Said(passage, (start, end), library)
        for first, last, sense in _tellings(block, outside, (start, end)):
            word = block.text[first:last]
            if said.names(first) or (word.lower() not in STRICT and said.tells(word)):
                continue
            message = f'"{word}" says something of a number beside it, and nothing proves it.'
            yield passage.problem(first, last, message, _remedy(word, sense, block.links, first))


def _tellings(block: Block, outside: str, span: tuple[int, int]) -> Iterator[tuple[int, int, str]]:
    """Yield each word or turn of phrase of a sentence that tells a direction or a comparison, with what it tells; each place once."""
    start, end = span
    found = [(start + first, start + last, sense) for first, last, sense in senses(outside[start:end])]
    known = {place for first, last, _ in found for place in range(first, last)}
    formed = [match for match in _FORMS.finditer(outside, start, end) if not known.intersection(range(*match.span()))]
    found += [(match.start(), match.end(), "most" if match.group().endswith("est") else "more") for match in formed]
    for link in (link for link in block.links if link.scheme == "figure" and start <= link.start < end):
        if match := _LEADING.search(outside[start : link.start]):
            kind = str(match.lastgroup)
            if match[kind].lower() not in _NEUTRAL:
                found.append((start + match.start(kind), start + match.end(kind), "rise"))
    met = start
    for first, last, sense in sorted(found, key=lambda place: (place[0], -place[1])):
        if first >= met:
            yield first, last, sense
            met = last


class _Said:
    """What the records of a sentence say, as far as it bears out a word that tells.

    Args:
        passage: The passage.
        span: Where the sentence begins and ends.
        library: The data library.
    """

    def __init__(self, passage: Passage, span: tuple[int, int], library: Library) -> None:
        self._passage, self._span, self._library = passage, span, library

    def names(self, place: int) -> bool:
        """Return whether a word and a neighbour stand in a record that is linked: "the most deprived tenth" is whom it is about."""
        return _names(self._passage.block, place, self._span, self._library)

    def tells(self, word: str) -> bool:
        """Return whether the records have the word itself, or another form of it."""
        told = stems(word)
        return bool(told) and told <= self._stems

    @cached_property
    def _stems(self) -> frozenset[str]:
        return stems(" ".join(sorted(said_together(self._passage, self._span, self._library).all)))


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
