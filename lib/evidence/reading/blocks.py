"""The parts of a document as its author made them: headings, paragraphs, items and rows of tables, and the sentences of each."""

from __future__ import annotations

import itertools
import re
import statistics
from collections.abc import Iterator
from dataclasses import dataclass

from evidence.catalog.verify import Text
from evidence.catalog.verify.apparatus import running
from evidence.catalog.verify.printed_tables import TITLE
from evidence.catalog.verify.text import Span
from evidence.form.sentences import spans
from evidence.quantity import find_numbers

HEADING, PARAGRAPH, ITEM, ROW = "heading", "paragraph", "item", "row"

_MARKED = re.compile(r"\s*#{1,6}\s+\S")
_BOLD = re.compile(r"\s*(?:\*\*|__)[^*_]+(?:\*\*|__):?\s*$")
_BULLET = re.compile(r"\s*(?:[-*+•▪●o]|\d{1,2}[.)]|\([a-z\d]\))\s+\S")
_TABLE = re.compile(r"\s*\||\t|.*\S\t\s*\S")
_NUMBERED_NOTE = re.compile(r"\s*(?:<sup>)?(?:\[\^)?\d{1,3}(?:\]:?|</sup>)?\s+[A-Z“\"'(]")
_WORK_ENDS = re.compile(r"https?://|\b(?:1[5-9]|20)\d\d\.?$|\.$")
"""What the last line of a note that gives a reference has."""
_STOPPED = re.compile(r"[.!?:;,]['\"”’)\]]*\s*(?:<sup>.*</sup>)?\s*$")
_NUMBERED = re.compile(r"\d{1,2}(?:\.\d{1,2}){0,3}\.? (?=[A-Z])")
"""The number of a heading."""
_OF_A_PART = re.compile(
    r"(?:(?:Executive |Lay )?Summary|Abstract|Introduction|Background|Foreword|Key (?:points|findings|messages)|Aims|Methods?|Methodology"
    r"|(?:Main )?(?:Results|Findings)|Discussion|Conclusions?|Recommendations|Limitations|Acknowledgements|Notes|Annex|Appendix)",
    re.IGNORECASE,
)
"""A line that is a heading on a printed page, whatever stands before it."""
_INLINE_BULLET = re.compile(r" [•▪●] ")
_BULLET_MARK = " • "
_LONGEST_HEADING = 12
"""Words of a line that may be a heading without being marked as one."""
_LONGEST_PARAGRAPH = 5_000
"""Characters of a paragraph whose sentences are told apart with care."""
_STOP = re.compile(r"[.!?] (?=[A-Z])")


@dataclass(frozen=True, slots=True)
class Stretch:
    """A part of a document.

    Attributes:
        kind: `heading`, `paragraph`, `item` or `row`.
        span: Where it stands in the text, as normalised.
        lines: Its first line and the one after its last, counted from 0.
        heading: The heading it stands under, normalised; empty where there is none.
    """

    kind: str
    span: Span
    lines: Span
    heading: str


def blocks(text: Text) -> list[Stretch]:
    r"""Return the parts of a text in order; what runs along the edges of pages belongs to none.

    Example:
        >>> [(one.kind, one.heading) for one in blocks(Text("# Pay\n\nPay rose\nby 5%.\n\n- It fell by 2%."))]
        [('heading', 'Pay'), ('paragraph', 'Pay'), ('item', 'Pay')]
    """
    return list(_Joiner(text).blocks())


class _Joiner:
    """Joins the lines of a text to blocks.

    A text without a blank line (a web page, a PDF) has a line for each block, or shows by its words where a line goes on.
    """

    def __init__(self, text: Text) -> None:
        self.text = text
        self.spaced = any(not line for line in text.lines)
        lengths = [len(line) for line in text.lines if line]
        self.full = statistics.quantiles(lengths, n=4)[2] if len(lengths) > 1 else 0
        self.running = running(text)

    def blocks(self) -> Iterator[Stretch]:
        heading, first, kind = "", 0, ""
        for number, line in enumerate([*self.text.lines, ""]):
            found = self._kind(number) if line and number not in self.running else ""
            if kind and not self._goes_on(kind, found, first, number):
                heading = self._heading(first, number) if kind == HEADING else heading
                yield Stretch(kind, (self.text.starts[first], self.text.span(number - 1)[1]), (first, number), heading)
                kind = ""
            if found and not kind:
                first, kind = number, found

    def _heading(self, first: int, after: int) -> str:
        return " ".join(" ".join(self.text.lines[first:after]).split()).rstrip(":")

    def _kind(self, number: int) -> str:
        raw = self.text.raw[number]
        if _MARKED.match(raw) or _BOLD.match(raw) or self._alone(number):
            return HEADING
        if _TABLE.match(raw):
            return ROW
        return ITEM if _BULLET.match(raw) or _NUMBERED_NOTE.match(raw) else PARAGRAPH

    def _alone(self, number: int) -> bool:
        """Return whether an unmarked line is a heading by its looks: short, begun with a capital, not stopped, and set apart."""
        line, raw = _NUMBERED.sub("", self.text.lines[number]), self.text.raw[number]
        if not line[0].isupper() or len(line.split()) > _LONGEST_HEADING or _STOPPED.search(raw) or _BULLET.match(raw) or _TABLE.match(raw):
            return False
        before, after = self._line(number - 1), self._line(number + 1)
        if self.text.unit == "page" and _OF_A_PART.fullmatch(line):
            return True
        if self.spaced and self.text.unit == "line":
            return not before and not after and not find_numbers(line)
        set_apart = not before or bool(_STOPPED.search(before)) or number - 1 in self.running
        return set_apart and len(line) < 0.7 * self.full and not find_numbers(line) and after[:1].isupper()

    def _line(self, number: int) -> str:
        return self.text.lines[number] if 0 <= number < len(self.text.lines) else ""

    def _goes_on(self, kind: str, found: str, first: int, number: int) -> bool:
        """Return whether a line belongs to the block before it."""
        if kind in (HEADING, ROW) or found != PARAGRAPH or (self.text.unit == "page" and TITLE.match(self.text.raw[number])):
            return False
        before, line = self.text.lines[number - 1], self.text.lines[number]
        if self.text.unit == "page":
            if _NUMBERED_NOTE.match(self.text.raw[first]) and _WORK_ENDS.search(before):
                return False
            return not (_STOPPED.search(before) and before[-1:] != "," and len(before) < 0.6 * self.full)
        return self.spaced or (not _STOPPED.search(before) and line[:1].islower())


def sentences(text: Text, block: Stretch) -> list[Span]:
    """Return where each sentence of a block stands in the text."""
    found, start = [], block.span[0]
    for item in _INLINE_BULLET.split(text.plain[slice(*block.span)]):
        found += [(start + low, start + high) for low, high in _ends(item) if high > low]
        start += len(item) + len(_BULLET_MARK)
    return found


def _ends(passage: str) -> list[Span]:
    """Return where each sentence of a passage stands; of one that is longer than anybody writes, what stops divide."""
    if len(passage) <= _LONGEST_PARAGRAPH:
        return list(spans(passage))
    ends = [0, *(match.end() for match in _STOP.finditer(passage)), len(passage)]
    return list(itertools.pairwise(ends))
