"""The words of corrections: each that is no plain one stands in a record of its row, in its guard, in another text of it, or in words declared for it.

A correction says that somebody else is wrong, so it keeps to the words of what it is about. A direction, a size, a subject, a name or a doubt that
nothing beside it knows is refused, whoever has read it. What it denies, and a direction that only its own text knows, somebody has declared
(`data/wordings.csv`), so that neither a word of it nor a "not" changes alone.
"""

from __future__ import annotations

import csv
import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, cached_property
from itertools import permutations
from pathlib import Path
from typing import Any

from evidence.audit.checks import known
from evidence.catalog import Library, schema, where
from evidence.catalog.wordings import declaring
from evidence.grading.senses import opposites, sense
from evidence.problems import Problem
from evidence.statements.prose import Block, read_blocks
from evidence.statements.rules.subject import stems

TEXTS = ("title", "what", "size", "reading", "consequence")
"""The texts of a correction."""

TABLE = Path(__file__).with_suffix(".csv")
"""Words by kind: plain ones, which any text about a report has and which say nothing of what is wrong with it; forms of one word that begin in
another way; opposites in time and rank; and others than the word they are made of."""

_KIN = 5
"""How many letters tell that two words are of one kin."""
_WORD = re.compile(r"[a-z]+")
_DENIES = re.compile(
    r"\b(?:not|never|nor|neither|cannot|hardly|scarcely|barely|nobody|none|nothing|nowhere|no)\b|n['\u2019]t\b"
    r"|\b(?:do|does|did) (?!not\b)(?=[a-z]+\b)(?!(?:so|too|as|it|this|that|these|those|the|an?|all|every\w*|any\w*|more|less|most|much|better|worse|well|for|in|on|at|by|to|of"
    r"|with|from|up|out|over|under|and|or|but|if|when|where|while|than|then|elsewhere|there|here|now|again|alone|together|who|which|what)\b)",
    re.IGNORECASE,
)
"""Words by which a text denies something, and those by which it affirms what another would deny: "does hold"."""
_UNSAID = re.compile(r"^None\b|\b(?:does|do|did) not (?:say|tell) (?:so|which|whether|whom|who|when|where)\b", re.IGNORECASE)
"""What any text about a report may deny: that something is said there, or, in as many words, that there is anything to say."""
_IDIOM = re.compile(
    r"\b(?:how|as|with) (?:many|few)\b|\b(?:tells?|points) (?:them )?apart\b|\bpublic\b|\bpays? (?:badly|well)\b|\bnearly (?:all|the whole)\b"
    r"|\bstronger word\b|\braises? (?:returns|money|funds|capital)\b"
)
"""Words with an opposite that say nothing of more and less where they stand so."""
_REMEDY = "Say it in the words of its figures and findings, of its guard or of its other texts, link the record that says it, or declare it"


def strange_words(library: Library) -> Iterator[Problem]:
    """Yield a problem for each text of a correction with words that nothing else of it knows or bears out, and for declared words that it has lost."""
    guards = {row["id"]: f"{row['asks']} {row['says']} {row['condition']}" for row in library.rows("checks")}
    about = {name: check.about for name, check in known(library).items()}
    for row in library.rows("corrections"):
        blocks = {column: read_blocks(row[column]) for column in TEXTS}
        guard, held = f"{about.get(row['guard'], '')} {guards.get(row['guard'], '')}", " ".join(_records(row, blocks, library))
        records = _Words(" ".join([held, *_synonyms(f"{guard} {held}", library)]))
        declared = [
            _pattern(one["wording"]) for one in library.rows("wordings") if (one["scheme"], one["target"]) == ("correction", row["id"])
        ]
        for column in TEXTS:
            near = _Words(" ".join([guard, *(block.text for other in TEXTS if other != column for block in blocks[other])]))
            yield from _wrong(row, column, blocks[column], _Beside(near, records, declared), library)
        texts = [block.text for found in blocks.values() for block in found]
        for words in (words for words in declared if not any(map(words.search, texts))):
            told = f'it does not say "{words.pattern[len(_EDGES[0]) : -len(_EDGES[1])]}", as was declared of it.'.replace("\\", "")
            yield Problem(where(row), told, "Say so, or remove the row from data/wordings.csv.", rule="corrected")


def _wrong(row: dict[str, Any], column: str, blocks: list[Block], beside: _Beside, library: Library) -> Iterator[Problem]:
    """Yield what is wrong with a text of a correction."""
    if strange := list(dict.fromkeys(word for block in blocks for word in beside.strange(block))):
        told = f"no record, guard or other text of this correction says {', '.join(strange)}."
        yield Problem(where(row, column), told, f"{_REMEDY}: {declaring('correction', row['id'], '...')}", rule="corrected")
    denied = [(block, word) for block in blocks for word in beside.denied(block)] if library.rows("wordings") else []
    for block, word in denied:
        told = f'"{word}" denies something, or affirms what could be denied, and nobody has declared it.'
        remedy = f"If it is so, run: {declaring('correction', row['id'], block.sentence(block.text.find(word)))}"
        yield Problem(where(row, column), told, remedy, rule="corrected")


class _Words:
    """The words of some texts, by what they are and by what they are kin to.

    Args:
        text: The texts.
    """

    def __init__(self, text: str) -> None:
        self._text = text
        self.words = frozenset(_WORD.findall(text.lower()))
        self.bases = frozenset(_table().base.get(word, word) for word in self.words)
        self.kin = frozenset(word[:_KIN] for word in self.bases)

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
        table = _table()
        if word.endswith("ly"):
            return word in self.words or (word not in table.others and word[:-2] in self.words)
        return table.base.get(word, word)[:_KIN] in self.kin or bool(stems(word) & self.stems)


@dataclass(frozen=True, slots=True)
class _Beside:
    """What stands beside a text of a correction: its guard and other texts, its records, and what was declared of it."""

    near: _Words
    records: _Words
    declared: list[re.Pattern[str]]

    def strange(self, block: Block) -> Iterator[str]:
        """Yield the words of a block, links left out, that are neither plain nor known, and those of which only the opposite is near."""
        said = _IDIOM.sub(lambda found: " " * len(found.group()), block.without(bool).lower())
        for match in self._undeclared(_WORD, said, block):
            word = match.group()
            if len(word) > 1 and not self._known(word):
                yield word

    def denied(self, block: Block) -> Iterator[str]:
        """Yield the words by which a block denies something that nobody has declared, and that are not of what a report leaves unsaid."""
        said = _UNSAID.sub(lambda found: "-" * len(found.group()), block.without(bool))
        yield from (match.group().strip() for match in self._undeclared(_DENIES, said, block))

    def _undeclared(self, words: re.Pattern[str], said: str, block: Block) -> Iterator[re.Match[str]]:
        spans = [found.span() for one in self.declared for found in one.finditer(block.text)]
        yield from (match for match in words.finditer(said) if not any(start <= match.start() < end for start, end in spans))

    def _known(self, word: str) -> bool:
        table = _table()
        if word in table.plain.words or table.opposites.get(table.base.get(word, word), set()) & self.near.bases:
            return word in table.plain.words
        if self.near.know(word):
            return True
        if turned := opposites(word):
            return self.records.know(word) and not turned & self.near.words
        return self.records.know(word) or table.plain.know(word) or sense(word) in self.near.senses | self.records.senses


@dataclass(frozen=True)
class _Table:
    """The words of the table, by kind: see `TABLE`."""

    listed: dict[str, list[list[str]]]

    @cached_property
    def plain(self) -> _Words:
        return _Words(" ".join(word for words in self.listed["plain"] for word in words))

    @cached_property
    def base(self) -> dict[str, str]:
        return {form: words[0] for words in self.listed["form"] for form in words[1:]}

    @cached_property
    def others(self) -> frozenset[str]:
        return frozenset(word for words in self.listed["other"] for word in words)

    @cached_property
    def opposites(self) -> dict[str, set[str]]:
        found = defaultdict(set)
        for words in self.listed["opposite"]:
            for one, other in permutations(words, 2):
                found[one].add(other)
        return found


@cache
def _table() -> _Table:
    listed = defaultdict(list)
    with TABLE.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            listed[row["kind"]].append(row["words"].split("|"))
    return _Table(listed)


_EDGES = r"(?<!\w)", r"(?!\w)"


def _pattern(wording: str) -> re.Pattern[str]:
    """Return what finds declared words as whole words."""
    return re.compile(f"{_EDGES[0]}{re.escape(' '.join(wording.split()))}{_EDGES[1]}", re.IGNORECASE)


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
