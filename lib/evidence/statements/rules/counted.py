"""Counted: what a number counts, and by what it is counted, is what its record says: "[430](figure:ID) apprentices" are no trainees, and "a year" is no week.

The words right behind a number name what it is of. The first of them that is a plural is known to a record of the sentence, to what stands above it, or to
a synonym of the book; and what follows "per", "a" or "each" is too.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from evidence.catalog import Library
from evidence.problems import Problem
from evidence.quantity.words import HOW_OFTEN, word_set
from evidence.statements.pages import Passage
from evidence.statements.propositions import SENSE
from evidence.statements.prose import Link
from evidence.statements.rules.foreign import Said, said_together
from evidence.statements.rules.subject import stems

_COUNTS = re.compile(
    r"(?P<of>\s+of)?(?:\s+(?:the|all|these|those|its|their|our|such|other|both|different|further|additional|more))*(?P<named>(?:\s+[a-zA-Z-]+){1,4})"
)
_STOP = word_set(
    "of the a an all these those its their his her our this that and or but in on at to for from with by as is are was were be been has have had do does did not"
    " who which where when while than so if into over under among between against about after before because since would could may might can will more most"
    " fewer less such each every both some any other others one ones up down out themselves afterwards itself"
)
"""Words at which the name of what is counted ends."""
_PLURAL = re.compile(r"[a-z-]{3,}(?<![siu])s", re.IGNORECASE)
_BY = re.compile(
    r"\s+(?:per (?P<per>[a-z]+)|(?:an?|each|every) (?P<one>[a-z]+)|(?P<time>hourly|daily|weekly|fortnightly|monthly|quarterly|yearly|annually))\b(?! of\b)",
    re.IGNORECASE,
)
"""What a number is counted by."""
_SHARES = ("%", "percent", "per cent")
_QUALIFIED = re.compile(
    r"\b(?P<adverb>(?!only\b|namely\b|respectively\b|annually\b|exactly\b|usually\b|currently\b)[a-z]{3,}ly|perhaps|maybe|all but|as good as|in round (?:figures|numbers)|more like) $|"
    r"\ban? (?!further |additional |total |mean |median |average |year |week |month |full )(?P<word>[a-z]+) $",
    re.IGNORECASE,
)
"""What stands before the digits of a number and only hedges it: "a good 3,000", "practically 3,000"."""

_NOTHING = Said()
_NUMBER = re.compile(r"(?<![\d.,])\d[\d,]*(?:\.\d+)?")
_DIGITS = "0123456789\u00a3$\u20ac"

_REMEDY = "Use the words of the record, put a hedge into the link, or declare what the word means in data/synonyms.csv."


def problems(passage: Passage, library: Library) -> Iterator[Problem]:
    """Yield each word behind a linked number that names another thing than its records, and each before it that only hedges it."""
    block = passage.block
    links = [] if block.heading else [link for link in block.links if link.scheme == "figure"]
    text = block.without(bool) if links else ""
    for link in links:
        start, end = block.span(link.start)
        told = [*_counted(link, text[:end]), *_hedged(link, text[start : link.start], start)]
        said = said_together(passage, (start, end), library) if told else _NOTHING
        for kind, first, last, message in told:
            silent = kind == "named" and not any(said.texts)
            of_it = replace(said, texts=tuple(_without_others(told, link.text) for told in said.texts)) if kind == "named" else said
            if not silent and not _known(text[first:last].split()[-1], passage, of_it, library):
                yield passage.problem(first, last, message, _REMEDY)


_Told = tuple[str, int, int, str]
"""What a word says of a number, where it begins and ends, and what is wrong with it unless a record knows it."""


def _counted(link: Link, text: str) -> Iterator[_Told]:
    """Yield the words behind a link that say by what it is counted, and the plural that names what it counts."""
    if by := _BY.match(text, link.end):
        kind = str(by.lastgroup)
        yield kind, *by.span(kind), f'"{by[kind]}" is no record\'s word for what [{link.text}] is counted by.'
    counts = _COUNTS.match(text, link.end)
    if counts and (counts["of"] or not link.text.endswith(_SHARES)) and (named := _plural(counts)):
        yield "named", *named, f'"{text[slice(*named)]}" is in no record of what [{link.text}] counts.'


def _plural(counts: re.Match[str]) -> tuple[int, int] | None:
    """Return where the plural begins and ends that names what a number counts, if the words behind it have one."""
    for word in re.finditer(r"[a-zA-Z-]+", counts["named"]):
        if word.group().lower() in _STOP:
            return None
        if _PLURAL.fullmatch(word.group()):
            start, end = word.span()
            return counts.start("named") + start, counts.start("named") + end
    return None


def _without_others(said: str, stated: str) -> str:
    """Return a text without the plurals that name what other numbers count, if it has a stated number with a plural of its own.

    Of "161 shops in 74 towns" it is not the towns that are 161.
    """
    named = [(number, _plural(counts)) for number in _NUMBER.finditer(said) if (counts := _COUNTS.match(said, number.end()))]
    own = _NUMBER.search(stated)
    if not own or not any(where and number.group() == own.group() for number, where in named):
        return said
    others = [where for number, where in named if where and number.group() != own.group()]
    return "".join(letter for place, letter in enumerate(said) if not any(start <= place < end for start, end in others))


def _hedged(link: Link, before: str, start: int) -> Iterator[_Told]:
    """Yield an article and a word before the digits of a number."""
    match = _QUALIFIED.search(before) if link.text[0] in _DIGITS else None
    if match and (match["word"] or "").lower() not in SENSE:
        first, last = (start + place for place in match.span())
        yield "hedge", first, last - 1, f'"{match.group().strip()}" hedges [{link.text}] outside of its link.'


def _known(word: str, passage: Passage, said: Said, library: Library) -> bool:
    """Return whether a word, or one of its kin, is in a record of a sentence, in what stands above it, or a synonym of one that is."""
    known = stems(" ".join(sorted(said.all))) | stems(passage.context)
    means = " ".join(row["means"] for row in library.rows("synonyms") if row["word"].lower() == word.lower())
    told = stems(HOW_OFTEN.get(word.lower(), word))
    return not told or bool((told | stems(means)) & known)
