"""The words of corrections: each that is no plain one stands in a record of its row, in its guard, or in another text of it.

A correction says that somebody else is wrong, so it keeps to the words of what it is about. A direction, a size, a subject, a name or a doubt that
nothing beside it knows is refused, whoever has read it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cached_property
from typing import Any

from evidence.audit.checks import known
from evidence.catalog import Library, schema, where
from evidence.grading.senses import opposites, sense
from evidence.problems import Problem
from evidence.statements.prose import Block, read_blocks
from evidence.statements.rules.negated import unborne
from evidence.statements.rules.subject import stems

TEXTS = ("title", "what", "size", "reading", "consequence")
"""The texts of a correction."""

_PLAIN = """
    a about account accounts add adds after afterwards again all already alone also always among an and another answer answers any anybody anyway applied are argument
    article as ask asked asks at author authors average averages base be because become became begins begin beginning begun behind beside between blog body book both
    but by calls called can cannot carry case chapter chapters check chose cites come comes coming common compare compares comparison computation computations computed
    conclusion contact contradict could count counted counts cover covers data describe description did difference different digit do does done doubt draw draws drawn
    each earlier either else elsewhere ends enough estimate estimates even evidence everything example expects fact figure figures find finds first fit fits follow follows
    for former found from further gather give gives given goes group groups had has have having headline hold holds hope how if in interval intervals interview
    introduction into is it its itself judge kind know known last later latter lead lean leans leave leaves left level lie lies like limit line list live look made main
    make makes manage matter may mean means measure meant met might mind misprint miss missing must name names need needs neighbouring neither net never next no nobody
    none nor not note nothing now number numbers of official on once one ones only open or order other others our out outside over own page part parts pay percentage
    place places point points print printed prints put puts question questions quote quotes quoted ratio read reader readers reading reads real really reason reasons
    replace report reported reports rest rests result review right rounding row rows said same sample say says second section seem seems sentence separate series set
    sets several show shown shows side sides sign since single size so some somebody source sources span speak speaks spent stand stands start started state stated
    statement statements states still struck study such sum summary suppose supposes supposed survey swing table tables take taken takes tell tells term text textbook
    than that the their them themselves then there these they thing things third this those time title titled titles to together told trade tells turn turned turns
    under unit up use used uses value values view views was way ways web weight were what when where whether which while who whole whom whose why will with without
    word words work would wrong year years yet yield magnitude change before opposite top bottom bar too leaders business anew direction people move trend
    overstate much large often widely lag
"""
"""Words that any text about a report has, and that say nothing of what is wrong with it."""

_KIN = 5
"""How many letters tell that two words are of one kin."""
_WORD = re.compile(r"[a-z]+")
_FORMS = {
    "fell": "fall",
    "fallen": "fall",
    "rose": "rise",
    "risen": "rise",
    "grew": "grow",
    "grown": "grow",
    "shrank": "shrink",
    "shrunk": "shrink",
    "lost": "lose",
    "hire": "hiring",
}
"""Words of which another form begins in another way."""
_RANKS = [frozenset(pair) for pair in (("larger", "smaller"), ("low", "high"), ("before", "after"), ("first", "last"), ("top", "bottom"))]
"""Opposites that tell no way a result goes."""
_DOUBTS = frozenset(["reportedly", "allegedly", "supposedly", "presumably", "hardly", "nearly", "barely", "scarcely"])
"""Words that say something else than the word they are made of."""
_FACTS = ("title", "what", "size")
"""Texts that say what there is, so that they deny nothing which nobody else does."""
_UNSAID = re.compile(
    r"\b(?:not|nowhere|never) (?:printed|known|told|said|stated|named|use any)\b|\bdoes not (?:say|tell|name)\b|\bcannot be (?:put|told)\b|\bis not in\b"
)
"""What any text about a report may deny: that something is said there."""
_IDIOM = re.compile(
    r"\b(?:how|as|with) (?:many|few)\b|\b(?:tells?|points) (?:them )?apart\b|\bpublic\b|\bpays? (?:badly|well)\b|\bnearly (?:all|the whole)\b"
    r"|\btoo (?:high|low) (?:or too (?:high|low)|for)\b|\bstronger word\b|\braises? (?:returns|money|funds|capital)\b"
)
"""Words with an opposite that say nothing of more and less where they stand so."""
_REMEDY = "Say it in the words of its figures and findings, of its guard or of its other texts, or link the record that says it."


def strange_words(library: Library) -> Iterator[Problem]:
    """Yield a problem for each text of a correction with words that nothing else of the correction knows."""
    guards = {row["id"]: f"{row['asks']} {row['says']} {row['condition']}" for row in library.rows("checks")}
    about = {name: check.about for name, check in known(library).items()}
    for row in library.rows("corrections"):
        blocks = {column: read_blocks(row[column]) for column in TEXTS}
        held = " ".join([about.get(row["guard"], ""), guards.get(row["guard"], ""), *_records(row, blocks, library)])
        held += " ".join(["", *_synonyms(held, library)])
        for column in TEXTS:
            beside = " ".join(block.text for other in TEXTS if other != column for block in blocks[other])
            strange = _strange(blocks[column], _Words(f"{held} {beside}"), ours=column not in _FACTS)
            strange += _denied(blocks[column], (held, beside)) if column in _FACTS else []
            if strange:
                told = f"no record, guard or other text of this correction says {', '.join(strange)}."
                yield Problem(where(row, column), told, _REMEDY, rule="corrected")


class _Words:
    """The words of some texts, by what they are and by what they are kin to.

    Args:
        text: The texts.
    """

    def __init__(self, text: str) -> None:
        self._text = text
        self.words = frozenset(_WORD.findall(text.lower()))
        self.kin = frozenset(_FORMS.get(word, word)[:_KIN] for word in self.words)

    @cached_property
    def stems(self) -> frozenset[str]:
        """What they are without their endings."""
        return stems(self._text)

    @cached_property
    def senses(self) -> frozenset[str]:
        """What they say of results."""
        return frozenset(map(sense, self.words)) - {""}

    def know(self, word: str) -> bool:
        """Return whether they have a word, or one of its kin; of a word that tells how, itself."""
        if word.endswith("ly"):
            return word in self.words or (word not in _DOUBTS and word[:-2] in self.words)
        return _FORMS.get(word, word)[:_KIN] in self.kin or bool(stems(word) & self.stems)


_COMMON = _Words(_PLAIN)


def _strange(blocks: list[Block], others: _Words, *, ours: bool) -> list[str]:
    """Return the words of a text, its links left out, that are neither plain nor known, and those of which only the opposite is known.

    Args:
        blocks: The text.
        others: What stands beside it.
        ours: Whether it judges, in words of ours, so that one which points the same way as another bears it out.
    """
    said = _WORD.findall(_IDIOM.sub(" ", " ".join(block.without(bool) for block in blocks).lower()))
    unknown = [word for word in dict.fromkeys(said) if len(word) > 1 and not others.know(word)]
    return [
        word
        for word in unknown
        if _opposites(word) & others.words or not (_COMMON.know(word) or (sense(word) in others.senses and (ours or not _opposites(word))))
    ]


def _opposites(word: str) -> set[str]:
    """Return the opposites of a word, in time and rank as well."""
    return opposites(word) | {other for pair in _RANKS for other in pair - {word} if word in pair}


def _denied(blocks: list[Block], others: tuple[str, ...]) -> list[str]:
    """Return the negations of a text that nothing else bears out, and that are not of what a report leaves unsaid."""
    texts = [_UNSAID.sub(lambda found: "-" * len(found.group()), block.without(bool)) for block in blocks]
    return [word for text, block in zip(texts, blocks, strict=True) for word in unborne(text, block.text, others)]


def _synonyms(held: str, library: Library) -> Iterator[str]:
    """Yield the words of which the book declares that they say what a text says in another."""
    there = _Words(held)
    yield from (row["word"].lower() for row in library.rows("synonyms") if any(map(there.know, row["means"].lower().split())))


def _records(row: dict[str, Any], blocks: dict[str, list[Block]], library: Library) -> Iterator[str]:
    """Yield what the records say that a correction is about or links, and what their sources are called."""
    linked = {part for found in blocks.values() for block in found for link in block.links for part in link.target.split("/")}
    names = dict.fromkeys([*row["figures"].split(), *row["findings"].split(), *sorted(linked)])
    sources = library.by_id("sources")
    for name in names:
        for end in library.ranges.get(name, ()) or ((library.figures[name],) if name in library.figures else ()):
            for one in library.places(end.id):
                yield f"{one.population} {one.place} {one.period} {one.category} {one.quote} {one.note} {one.locator} {one.origin}"
                yield sources.get(one.source, {}).get("title", "")
        if finding := library.by_id("findings").get(name):
            yield " ".join(str(finding[column]) for column in schema.FINDINGS.names if column != "id")
            yield sources.get(finding["source"], {}).get("title", "")
