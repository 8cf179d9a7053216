"""What a report tells again in other words: a number with two digits changed over, in the text or in a cell."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from itertools import combinations

from evidence.referee.comparing import MOST_PAIRS, Compared, Confidence, bounded, compared
from evidence.referee.mentions import Occurrence, stems
from evidence.referee.relations.reach import Reach, base
from evidence.referee.relations.roles import is_size
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
