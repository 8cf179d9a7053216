"""What a report tells again in other words: a number with two digits changed over, how long a scheme ran, which way a share went."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from itertools import combinations

from evidence.referee.comparing import MOST_PAIRS, Compared, Confidence, bounded, compared, named, pattern, worded
from evidence.referee.mentions import FALL, MARK, RISE, Occurrence, Sentence, stems
from evidence.referee.relations.reach import Reach, base
from evidence.referee.relations.roles import is_size
from evidence.referee.relations.times import MONTHS, number_of
from evidence.referee.tables import ReportCell
from evidence.referee.topics import apart

_LEAST, _SHARED = 3, 2


def turned_over(reach: Reach) -> Iterator[Compared]:
    """Yield two numbers of one unit, in sentences of one thing, of which the one is the other with two neighbouring digits changed over."""
    held: dict[tuple[str, str], list[Occurrence]] = {}
    for sentence in reach.sentences:
        for mention in sentence.mentions:
            digits = _digits(mention)
            if len(digits) >= _LEAST and not mention.quantity.ends:
                held.setdefault((base(mention), "".join(sorted(digits))), []).append(mention)
    tables = {cell.quantity.anchor for cell in reach.cells}
    pairs = (pair for group in held.values() for pair in combinations(group, 2))
    for one, two in bounded(pairs, MOST_PAIRS, reach.document.name):
        alone = one.sentence is not two.sentence and not {one.quantity.anchor, two.quantity.anchor} <= tables
        tabled = {one.quantity.anchor, two.quantity.anchor} & tables
        alone = alone and not (tabled and max(len(_digits(one)), len(_digits(two))) <= _LEAST and "." not in one.text)
        size = max(one.quantity.anchor, two.quantity.anchor) < _SHARED * min(one.quantity.anchor, two.quantity.anchor)
        like = len(one.sentence.stems & two.sentence.stems) >= _SHARED
        if alone and size and like and _swapped(_digits(one), _digits(two)) and (len(_digits(one)) > _LEAST or not apart(one, two)):
            message = f"{two.text} here, {one.text} in the sentence at {one.sentence.place}: two digits seem to have changed places."
            yield compared("repeat", [two], f"{one.text}; {two.text}", message, confidence=Confidence.medium, other=one)


def turned_cells(reach: Reach) -> Iterator[Compared]:
    """Yield a number that stands nowhere else, and is a cell of the same thing with two neighbouring digits changed over."""
    told = Counter(mention.quantity.anchor for sentence in reach.sentences for mention in sentence.mentions)
    tables = {cell.quantity.anchor for cell in reach.cells}
    held: dict[str, list[ReportCell]] = {}
    for cell in reach.cells:
        held.setdefault("".join(sorted(_plain_digits(cell.text))), []).append(cell)
    for sentence in reach.sentences:
        for mention in sentence.mentions:
            digits = _digits(mention)
            alone = told[mention.quantity.anchor] == 1 and mention.quantity.anchor not in tables
            if alone and len(digits) >= _LEAST and not mention.quantity.hedge and not mention.quantity.ends and not is_size(mention):
                near = [cell for cell in held.get("".join(sorted(digits)), []) if _turned(mention, cell, reach)]
                beside = {abs(m.quantity.anchor) for m in mention.sentence.mentions}
                if len({cell.quantity.anchor for cell in near}) == 1 and abs(near[0].quantity.anchor) not in beside:
                    yield _misread(mention, near[0])


def _turned(mention: Occurrence, cell: ReportCell, reach: Reach) -> bool:
    """Return whether a number is a cell with two digits changed over, by whose row, head and caption its words go."""
    one, two = mention.quantity.anchor, abs(cell.quantity.anchor)
    if not _swapped(_digits(mention), _plain_digits(cell.text)) or max(one, two) >= _SHARED * min(one, two):
        return False
    if base(mention) not in (cell.quantity.unit, *(("GBP", "EUR", "USD", "count") if cell.quantity.unit == "count" else ())):
        return False
    years = mention.sentence.years
    if years and not any(year in f"{cell.row} {cell.head} {reach.captions.get(id(cell.table), '')}" for year in years):
        return False
    words = frozenset(stems(f"{cell.row} {cell.head} {reach.captions.get(id(cell.table), '')}".lower()))
    shared = len(words & mention.sentence.stems)
    return shared >= (1 if len(_digits(mention)) > _LEAST + 1 else _SHARED) and (cell.all or len(_digits(mention)) > _LEAST + 1)


def _misread(mention: Occurrence, cell: ReportCell) -> Compared:
    message = f"{mention.text} here, {cell.text} in the table for {cell.label}: two digits seem to have changed places."
    told = f"{cell.label}: {cell.text}; in the text {mention.text}"
    return compared("repeat", [mention], told, message, confidence=Confidence.medium, other=cell)


def _plain_digits(text: str) -> str:
    return re.sub(r"\D", "", text).rstrip("0")


def _digits(mention: Occurrence) -> str:
    """Return the digits of a number that is written in digits alone, without noughts at its end."""
    found = re.findall(r"\d[\d,.]*", mention.text)
    return re.sub(r"\D", "", found[0]).rstrip("0") if len(found) == 1 and not mention.quantity.in_words else ""


def _swapped(one: str, two: str) -> bool:
    apart = [at for at, (a, b) in enumerate(zip(one, two, strict=False)) if a != b]
    return len(one) == len(two) and len(apart) == _SHARED and apart[1] - apart[0] == 1 and one[apart[0]] == two[apart[1]]


_SCHEME = r"(?:scheme|programme|project|pilot|trial|fund|campaign|initiative|contract)"
_NUMBER = r"(?P<n>\d{1,3}|[a-z]+)[ -](?P<unit>month|year)s?"
_IN_ITS = re.compile(rf"\b(?:in|over|during|throughout) its {_NUMBER}\b")
_OF_THE = re.compile(rf"\b(?:the|all) {_NUMBER} of the {_SCHEME}\b")
_POINT = rf"(?:(?P<{{0}}d>\d{{{{1,2}}}}) )?(?P<{{0}}m>{'|'.join(MONTHS)}) (?P<{{0}}y>(?:19|20)\d\d)"
_RAN = re.compile(
    rf"\b(?:it|{_SCHEME}) (?:ran|operated|was open|lasted|was run) (?:from|between) {_POINT.format('a')} (?:to|until|and) {_POINT.format('b')}"
)


def lengths(reach: Reach) -> Iterator[Compared]:
    """Yield whether a scheme lasted as long as its first and last day tell, or as is told of it elsewhere."""
    told = [(months, sentence, match) for sentence in reach.sentences for months, match in _lengths(sentence)]
    known = next((one for one in told if one[2].re is _RAN), told[0] if told else None)
    for months, sentence, match in told:
        if known and match is not known[2]:
            message = f'"{match[0]}", but "{known[2][0]}" is {known[0]} months.' if abs(months - known[0]) > 1 else ""
            yield worded("dates", sentence, match.span(), f"{known[0]} and {months} months", message, Confidence.medium, known[1])


def _lengths(sentence: Sentence) -> Iterator[tuple[int, re.Match[str]]]:
    text = sentence.text.lower()
    for match in [*_IN_ITS.finditer(text), *_OF_THE.finditer(text)]:
        if number := number_of(match["n"]):
            yield number * (12 if match["unit"] == "year" else 1), match
    for match in _RAN.finditer(text):
        whole = int(match["bd"] or 28) - int(match["ad"] or 1) > _HALF
        gap = 12 * (int(match["by"]) - int(match["ay"])) + MONTHS.index(match["bm"]) - MONTHS.index(match["am"])
        yield gap + whole, match


_HALF = 14
_POINTS = pattern(
    rf"^(?P<subject>[^.;:]*?)\b(?:(?P<up>{RISE})|(?P<down>{FALL}))(?: [a-z]+)? by (?:just |only |about |some )?<p>(?! more| less| than)"
)
_ORDER = pattern(r"\bfrom #[^.;]{0,40} to #|\bbefore\b[^.]*#[^.]*[;,][^.]*\b(?:after|afterwards|later|now)\b[^.]*#")


def ways_of_points(reach: Reach) -> Iterator[Compared]:
    """Yield whether a share that rose by so many points did so where its two values are told, in another paragraph."""
    sentences = [sentence for sentence in reach.sentences if len(_percents(sentence)) == _SHARED and _ORDER.search(sentence.masked)]
    for sentence in reach.sentences:
        match = _POINTS.search(sentence.masked)
        claim = named(match, sentence)["p"] if match else None
        if not match or not claim or claim.quantity.unit != "percentage points" or claim.quantity.ends:
            continue
        subject = frozenset(stems(re.sub(MARK, " ", match["subject"])))
        for other in sentences:
            first, last = (one.quantity.anchor for one in _percents(other))
            shared = len(other.stems & subject)
            if other is not sentence and shared >= max(_SHARED, len(subject) / 2) and abs(last - first) == claim.quantity.anchor:
                yield _way(claim, match, other)


def _way(claim: Occurrence, match: re.Match[str], other: Sentence) -> Compared:
    one, two = _percents(other)
    word = match["up"] or match["down"]
    up = two.quantity.anchor > one.quantity.anchor
    message = "" if up == bool(match["up"]) else f'"{word}", but from {one.text} to {two.text} it went {"up" if up else "down"}.'
    return compared(
        "direction",
        [claim],
        f"{one.text} → {two.text}; {word}",
        message,
        confidence=Confidence.medium,
        other=(one, two),
        operands=(one, two),
        said=word,
    )


def _percents(sentence: Sentence) -> list[Occurrence]:
    return [m for m in sentence.mentions if m.quantity.unit == "percent" and not m.quantity.ends and not m.quantity.in_words]
