"""What in a source's text is apparatus and no statement, so that its numbers need no figure: a few rules, each with its reason.

Whatever these rules do not know is declared, passage by passage, in `data/not-evidence.csv`.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator

from evidence.catalog.verify.text import Span, Text

WITHIN_A_LINE = (
    re.compile(r"(?:https?://|www\.|\bdoi:\s?)\S+|(?<![^\s@])[^\s@]+@[^\s@]+\.\w+", re.IGNORECASE),
    re.compile(r"\b\d{1,4}[A-Z]? [^,.;]{2,40}, (?:[^,.;]{2,30},? )?[A-Z]{1,2}\d[A-Z\d]? \d[A-Z]{2}\b"),
    re.compile(r"(?<![\w.,])\(\d{3}\) \d{3}-\d{4}\b"),
    re.compile(r"\b[A-Z]{2,6}-\d{2,4}-\d{2,6}\b"),
    re.compile(
        r"(?<![\w.,])(?:\+\d{1,3} ?(?:\(0\) ?)?\d{2,4}|\(?0\d{2,4}\)?)(?:[ -]\d{3,4}){1,3}(?!\d)|(?<![\w.,])\(?0\d{4}\)? \d{6}(?!\d)"
    ),
    re.compile(
        r"\b(?:grant|charity|company|registration) (?:registration )?(?:reference|ref|number|no)\b[.:]? ?[\w/-]*\d[\w/-]*"
        r"|\b(?:reg(?:istered|\.)|registered in [\w ]{2,30}) (?:charity|company)[,:]? \d{5,8}\b|(?:©|\(c\)|\bcopyright) (?:19|20)\d\d(?:-(?:19|20)?\d\d)?\b",
        re.IGNORECASE,
    ),
    re.compile(r"\bIS[BS]N:? ?[\dX -]+"),
    re.compile(r"(?<!\.)(?<!\. )(?:\. ?){4,}+\d{1,4}$"),
)
"""Addresses on the web and of mail; a street with its town and British postcode; telephone numbers (no count begins with 0 or +, or is
an area in brackets and a line behind a hyphen); numbers of releases;
numbers under which a grant, charity or company is registered, the year of a right to copy, and numbers of books; page numbers after the dots of a table of contents."""

BACK_MATTER = re.compile(
    r"(?:references|bibliography|works cited|further reading|licen[cs]e(?: to publish)?|leave a (?:reply|comment)):?", re.IGNORECASE
)
"""Titles after which a text no longer speaks of its subject: works cited, licence, the form below a page for readers' comments."""

CONTENTS = re.compile(r"(?:table of )?contents", re.IGNORECASE)
_REFERENCE = re.compile(r"https?://|\bdoi\b|\bIbid\b|\b(?:1[5-9]|20)\d\d\.?$", re.IGNORECASE)
_NOTE = re.compile(r"\s*(?:<sup>)?(\d{1,3})(?:</sup>)?\s+(?=\S)")
_MARKS = re.compile(r"(?<!^)<sup>([\d, ]+)</sup>", re.MULTILINE)
_ITEM = re.compile(r"(\s*(?:[-•]\s+)?)\**(\d{1,2})[.)]\s")
_PART = re.compile(r"#+\s+(\D+) (\d{1,2})\s*$")
_INLINE = re.compile(r"\(\d\)")
_HEADING = re.compile(r"(#{1,6})\s(\**\d)?")
_ENTRY = re.compile(r"(?:\d+(?:\.\d+)*\.? )?\D.*\D \d{1,3}$")
"""A line of a table of contents: a title and the page it is on."""
_LONGEST_ENTRY = 120
_REPEATED = 3
"""On how many pages a line stands at the edge that is a running head."""


def apparatus(text: Text) -> list[Span]:
    """Return the passages of a text that state nothing: addresses, references, numbering, tables of contents, back matter."""
    rules = (_patterns, _inline_markers, _notes, _numbering, _sections, _contents, _page_numbers)
    found = [span for rule in rules for span in rule(text)]
    return [*found, *(text.span(number) for number in sorted(running(text)))]


def running(text: Text) -> set[int]:
    """Return the lines of a PDF, counted from 0, that stand at the edges of several pages: running heads and feet, page numbers.

    They differ in nothing but the number of their page.
    """
    edges: dict[str, list[int]] = {}
    for number in _edges(text, _EDGE):
        edges.setdefault(re.sub(r"\d+", "", text.lines[number]).strip().casefold(), []).append(number)
    found = (number for numbers in edges.values() if len(numbers) >= _REPEATED and _paged(text, numbers) for number in numbers)
    return {*found, *(number for number in _edges(text) if text.lines[number].isdigit())}


def _paged(text: Text, numbers: list[int]) -> bool:
    """Return whether lines have the same numbers but for one that counts up with their pages."""
    held = [re.findall(r"\d+", text.lines[number]) for number in numbers]
    same = set.intersection(*map(set, held))
    own = [[int(one) for one in found if one not in same] for found in held]
    steps = {ours[0] - text.places[number] for ours, number in zip(own, numbers, strict=True) if ours}
    return len(steps) < 2 and all(len(ours) < 2 for ours in own)


def _edges(text: Text, deep: int = 1) -> Iterator[int]:
    """Yield the first and the last lines of each page of a PDF, so many at each end."""
    if text.unit != "page":
        return
    pages: dict[int, list[int]] = {}
    for number, line in enumerate(text.lines):
        if line:
            pages.setdefault(text.places[number], []).append(number)
    for there in pages.values():
        yield from sorted({*there[:deep], *there[-deep:]})


_EDGE = 2
"""Lines at each end of a page that may be running heads or feet."""


def _patterns(text: Text) -> Iterator[Span]:
    """Yield what `WITHIN_A_LINE` finds in each line."""
    for number, line in enumerate(text.lines):
        for pattern in WITHIN_A_LINE:
            yield from (_moved(match.span(), text.starts[number]) for match in pattern.finditer(line))


def _inline_markers(text: Text) -> Iterator[Span]:
    """Yield "(1)" and its like where a line has both (1) and (2): they number the parts of a sentence."""
    for number, line in enumerate(text.lines):
        if "(1)" in line and "(2)" in line:
            yield from (_moved(match.span(), text.starts[number]) for match in _INLINE.finditer(line))


def _notes(text: Text) -> Iterator[Span]:
    """Yield notes that give a reference; of notes that say something, only their number.

    A note is a line that begins with a number which the text uses as a mark (`<sup>12</sup>`). It gives a reference when it holds an
    address, a doi or "Ibid", or ends with the year of a publication. The numbers in titles of works are theirs, not the source's.
    """
    marked = set(re.findall(r"\d+", " ".join(_MARKS.findall("\n".join(text.raw)))))
    for number, raw in enumerate(text.raw):
        note = _NOTE.match(raw)
        if note and note[1] in marked:
            yield from _parts_of_notes(text, number, int(note[1]))


def _parts_of_notes(text: Text, number: int, first: int) -> Iterator[Span]:
    """Yield the marks of the notes that a line holds, or the whole of those that give a reference; they count up from the first."""
    line, start = text.lines[number], text.starts[number]
    begins = [0]
    while after := re.search(rf"(?<=[.;] ){first + len(begins)} (?=[A-Z])", line[begins[-1] :]):
        begins.append(begins[-1] + after.start())
    for count, (low, high) in enumerate(itertools.pairwise([*begins, len(line)]), start=first):
        shown = len(str(count)) if line.startswith(str(count), low) else 0
        yield start + low, start + (high if _REFERENCE.search(line[low:high].rstrip()) else low + shown)


def _numbering(text: Text) -> Iterator[Span]:
    """Yield the numbers of list items and of headings such as "Focus area 2", as far as they count up from 1 without a gap."""
    last: dict[str, int] = {}
    for number, raw in enumerate(text.raw):
        if match := _ITEM.match(raw) or _PART.match(raw):
            kind, count = match[1], int(match[2])
            if count in (1, last.get(kind, 0) + 1):
                last[kind] = count
                start = text.starts[number] + text.lines[number].find(match[2])
                yield start, start + len(match[2])


def _sections(text: Text) -> Iterator[Span]:
    """Yield back matter and tables of contents.

    Below a heading they reach to the next heading of at least its rank; a heading that begins with a number is a clause of a licence and
    ends nothing. Where a title of back matter stands alone on a line of a text
    without headings, they reach to the end of the text.
    """
    heads = [_HEADING.match(raw) for raw in text.raw]
    ranks = [len(match[1]) if match and not match[2] else 0 for match in heads]
    clauses = [len(match[1]) if match else 0 for match in heads]
    for number, line in enumerate(text.lines):
        rank = ranks[number]
        contents = bool(rank and CONTENTS.fullmatch(line))
        if BACK_MATTER.fullmatch(line) or contents:
            ends = clauses if contents else ranks
            after = (later for later in range(number + 1, len(ranks)) if rank and 0 < ends[later] <= rank)
            last = next(after, len(ranks)) - 1
            yield text.starts[number], text.span(last)[1]
            if not rank:
                return


def _contents(text: Text) -> Iterator[Span]:
    """Yield the entries below a title of contents that is not marked as a heading: as long as each line is a title with a page."""
    for number, line in enumerate(text.lines):
        if CONTENTS.fullmatch(line):
            below = itertools.takewhile(lambda later: _entry(text, later), range(number + 1, len(text.lines)))
            yield from (text.span(later) for later in below)


def _entry(text: Text, number: int) -> bool:
    line = text.lines[number]
    return not line or (len(line) < _LONGEST_ENTRY and bool(_ENTRY.fullmatch(line)))


def _page_numbers(text: Text) -> Iterator[Span]:
    """Yield the lines at the edges of the pages of a PDF that are nothing but a number."""
    last = max(text.places, default=0)
    for number in _edges(text, _EDGE):
        counted = re.search(rf"(?:^|\s){text.places[number]} ?(?:of|/) ?{last}$", text.lines[number])
        if counted:
            yield text.span(number)
    for number in _edges(text):
        if re.fullmatch(r"(?:page )?\d{1,4}(?: ?(?:of|/) ?\d{1,4})?", text.lines[number], re.IGNORECASE):
            yield text.span(number)


def _moved(span: Span, offset: int) -> Span:
    return span[0] + offset, span[1] + offset
