"""The sentences of a passage as a countersigner reads them, and which of them are signed by their words."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from functools import lru_cache

from evidence.catalog import Library, schema
from evidence.form.sentences import spans
from evidence.statements.pages import Passage

COUNTED = ("same-team", "outside")
"""Independence of the countersigners that count; an author and a machine do not."""
SENTENCE = "sentence"
"""Kind of what is signed where it is no row of the library."""
Named = tuple[str, str]
"""Scheme and target of a link."""

_GLYPHS = re.compile(r"[*_`]")


def sentences(passage: Passage) -> Iterator[tuple[int, str, tuple[Named, ...]]]:
    """Yield the sentences of a passage that have a word: where each begins, its text with its links as Markdown, and what they name."""
    block = passage.block
    text = block.text
    for offset, code in block.code.items():
        text = text[:offset] + code + text[offset + len(code) :]
    for start, end in spans(block.text):
        inside = [link for link in block.links if start <= link.start < end]
        written = text[start:end]
        for link in reversed(inside):
            first, last = link.start - start, link.end - start
            written = f"{written[:first]}[{written[first:last]}]({link.scheme}:{link.target}){written[last:]}"
        if any(character.isalpha() for character in written):
            yield start, " ".join(written.split()), tuple((link.scheme, link.target) for link in inside)


@lru_cache(maxsize=8192)
def wording(kind: str, text: str) -> str:
    """Return the hash of words and links, without emphasis and line ends.

    Args:
        kind: `SENTENCE`, or the table of a row.
        text: The sentence or row, links as Markdown.
    """
    return hashlib.sha256(" ".join([kind, *_GLYPHS.sub("", text).split()]).encode()).hexdigest()[:16]


def countersigned(passage: Passage, library: Library) -> frozenset[int]:
    """Return at which offsets of a passage sentences begin whose words are signed as right by somebody who did not write them."""
    signed = _right(library)
    return frozenset(start for start, text, _ in sentences(passage) if wording(SENTENCE, text) in signed) if signed else frozenset()


@lru_cache(maxsize=2)
def _right(library: Library) -> frozenset[str]:
    rows = library.all_rows(schema.COUNTERSIGNED.name)
    return frozenset(row["wording"] for row in rows if row["verdict"] == "right" and row["independence"] in COUNTED)
