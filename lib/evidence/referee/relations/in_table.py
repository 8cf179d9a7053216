"""What a sentence says of the rows of a table near it: how one moved, between which ends they lie, and how much a few of them hold."""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction

from evidence.quantity import Interval
from evidence.referee.comparing import Compared, Confidence, compared, named, pattern, ratio, shown, total, worded
from evidence.referee.mentions import FALL, RISE, YEAR, Occurrence, Sentence
from evidence.referee.relations.cells import ReportCell
from evidence.referee.relations.reach import Reach, words_of
from evidence.referee.relations.settling import off, said
from evidence.referee.relations.subjects import clause_words, label_words
from evidence.referee.tables import ReportTable

_MOVED = pattern(rf"(?P<subject>[^#.;:,]*?)\b(?:(?P<up>{RISE})|(?P<down>{FALL}))(?: [a-z]+)? by (?:just |only |about |some )?<p>")
_OTHER_TIME = re.compile(
    r"\b(?:expect\w*|forecast\w*|plan\w*|target\w*|will|would|could|budget\w*|if|since|decade|months?|quarter|years)\b"
)
_BETWEEN = pattern(r"\brang(?:e|es|ed|ing) from <a>[^.;]*? to <b>")
_FROM_TO = pattern(r"\bfrom <a> (?:in|at|for|among) [^.;,]{3,40}? to <b> (?:in|at|for|among) ")
_FEWER = re.compile(r"\b(?:other|others|remaining|except|excluding|apart from|outside|without|leaving out|rest)\b")
"""Of which rows a range is not told."""
_IN_FEW = re.compile(
    r"^ of (?:its |the |their |our |all )+(?P<what>[a-z ]{3,40}?) (?:are|is|were|was|lie|lies|lay|fall|stand|live) in (?:just |only )?"
    r"(?P<n>two|three|four|five|[2-5])\b"
)
_NUMBERS = {"two": 2, "three": 3, "four": 4, "five": 5}
_FAR, _LEAST, _CLOSE = 60, 3, Fraction(5, 2)


def moves(sentence: Sentence, reach: Reach) -> Iterator[Compared]:
    """Yield whether the one row that is the subject of "fell by 4%" did so between the last two years of its table."""
    if _OTHER_TIME.search(sentence.masked):
        return
    for match in _MOVED.finditer(sentence.masked):
        claim = named(match, sentence)["p"]
        if claim.quantity.unit != "percent" or claim.quantity.ends:
            continue
        for table in _near(sentence, reach):
            row = _subject(match["subject"], table, reach)
            dated = sorted((cell for cell in row if YEAR.fullmatch(cell.head)), key=lambda cell: cell.head)
            if len(dated) > 1 and sentence.years <= {cell.head for cell in dated}:
                yield from _moved(claim, match, dated[-2], dated[-1])
                break


def _moved(claim: Occurrence, match: re.Match[str], before: ReportCell, after: ReportCell) -> Iterator[Compared]:
    gap = after.quantity.interval - before.quantity.interval
    value = ratio((gap if gap.low > 0 else -gap).scaled(Fraction(100)), before.quantity.interval)
    if value is None or before.quantity.unit != after.quantity.unit or off(value.low, claim.quantity.anchor) > _CLOSE:
        return
    told, other = f"{before.row}: {before.text} → {after.text}", f"table, {before.place}: {before.row}"
    if not said(claim.quantity).meets(value):
        message = f"{told} is a change by {shown(value)} percent, not {claim.text}."
        yield compared("change", [claim], f"{told}; stated {claim.text}", message, confidence=Confidence.medium, other=other)
        return
    word = match["up"] or match["down"]
    message = "" if bool(match["up"]) == (gap.low > 0) else f'"{word}", but in the table {before.text} became {after.text}.'
    start = claim.sentence.text.lower().rfind(word, 0, claim.start)
    yield worded("direction", claim.sentence, (max(start, 0), claim.end), f"{told}; {word}", message, Confidence.medium, other)


def _near(sentence: Sentence, reach: Reach) -> list[ReportTable]:
    return [table for table in reach.tables if min(abs(sentence.place - place) for _, place in table.rows) <= _FAR]


def _subject(text: str, table: ReportTable, reach: Reach) -> list[ReportCell]:
    """Return the one row of which a subject speaks: by its label or the word that tells it from all others; none where it says more than table and caption."""
    words = clause_words(re.sub(r"^(?:and|but) ", "", text.strip()))
    cells = [cell for cell in reach.cells_in(table) if not cell.all]
    labels = {label: label_words(label) for label in dict.fromkeys(cell.row for cell in cells)}
    held = [label for label in labels if words & _own(label, labels)]
    whole = [label for label in held if labels[label] and labels[label] <= words]
    chosen = whole or held
    known = label_words(" ".join([reach.captions.get(id(table), ""), *table.heads, *chosen]))
    more = {word for word in words if not any(word[:_ROOT] == one[:_ROOT] for one in known)}
    return [cell for cell in cells if cell.row == chosen[0]] if len(chosen) == len(held) == 1 and not more else []


_ROOT = 4


def _own(label: str, labels: dict[str, frozenset[str]]) -> frozenset[str]:
    """Return the words of a label that no other has, where its first is among them."""
    others = frozenset[str]().union(*(words for other, words in labels.items() if other != label))
    first = clause_words(" ".join(re.findall(r"[a-z]+", label.lower())[:1]))
    return labels[label] - others if first and not first & others else frozenset()


def ends_of_columns(sentence: Sentence, reach: Reach) -> Iterator[Compared]:
    """Yield whether two cells of a column between which it is said to range are its least and its greatest."""
    for match in (*_BETWEEN.finditer(sentence.masked), *_FROM_TO.finditer(sentence.masked)):
        if _FEWER.search(sentence.masked[: match.end()]):
            continue
        two = named(match, sentence)
        low, high = two["a"], two["b"]
        told = sentence.text[low.end : high.start], sentence.text[high.end :]
        for table in reach.tables:
            cells = [cell for cell in reach.cells_in(table) if not cell.all]
            ends = [cell for cell, one in ((cell, one) for cell in cells for one in (0, 1)) if _is(cell, (low, high)[one], told[one])]
            for column in dict.fromkeys(cell.column for cell in ends):
                held = [cell for cell in cells if cell.column == column]
                if len({cell.row for cell in ends if cell.column == column}) > 1 and len(held) >= _LEAST:
                    yield _ranged(low, high, held)


def _is(cell: ReportCell, mention: Occurrence, text: str) -> bool:
    return cell.quantity.anchor == mention.quantity.anchor and bool(re.search(rf"\b{re.escape(cell.row.lower())}\b", text.lower()))


def _ranged(low: Occurrence, high: Occurrence, held: list[ReportCell]) -> Compared:
    least, most = min(held, key=lambda cell: cell.quantity.anchor), max(held, key=lambda cell: cell.quantity.anchor)
    wrong = [(one, cell) for one, cell in ((low, least), (high, most)) if one.quantity.anchor != cell.quantity.anchor]
    message = " ".join(
        f"The {'least' if cell is least else 'greatest'} is {cell.text} for {cell.label}, not {one.text}." for one, cell in wrong
    )
    told = f"{held[0].head}: {least.text} to {most.text}; stated {low.text} to {high.text}"
    return compared("range", [low, high], told, message, other=f"table, {least.place}: {least.row}")


def held_by_few(sentence: Sentence, reach: Reach) -> Iterator[Compared]:
    """Yield whether a few rows can hold as much of a column as is said: no more than the largest of them do."""
    for claim in sentence.mentions:
        match = _IN_FEW.match(sentence.text[claim.end :].lower())
        if not match or claim.quantity.unit != "percent" or claim.quantity.ends:
            continue
        number = _NUMBERS.get(match["n"]) or int(match["n"])
        for cells in _columns(frozenset(words_of(match["what"])), reach):
            wholes = [cell for cell in cells if cell.all]
            parts = sorted((cell for cell in cells if not cell.all), key=lambda cell: cell.quantity.anchor)[-number:]
            if len(wholes) == 1 and number < len(cells) - 1:
                yield _most(claim, parts, wholes[0])


def _columns(words: frozenset[str], reach: Reach) -> Iterator[list[ReportCell]]:
    for table in reach.tables:
        cells = reach.cells_in(table)
        for column in dict.fromkeys(cell.column for cell in cells):
            held = [cell for cell in cells if cell.column == column]
            if words and frozenset(words_of(held[0].head)) == words:
                yield held


def _most(claim: Occurrence, parts: list[ReportCell], whole: ReportCell) -> Compared:
    value = ratio(total([cell.quantity.interval for cell in parts]).scaled(Fraction(100)), whole.quantity.interval)
    told = f"({' + '.join(cell.text for cell in parts)}) / {whole.text}"
    given = value or Interval(Fraction(0), Fraction(100))
    fits = said(claim.quantity).low <= given.high and not _another(claim, given)
    message = "" if fits else f"{told} is {shown(given)} percent, the most that {len(parts)} hold, not {claim.text}."
    return compared("share × base", [claim], f"{told} = {shown(given)} percent", message, other=f"table, {whole.place}: {whole.head}")


_FRACTIONS = (Fraction(100, 4), Fraction(100, 3), Fraction(50), Fraction(200, 3), Fraction(75))
_JUST, _APART = Fraction(3, 2), Fraction(6)


def _another(claim: Occurrence, value: Interval) -> bool:
    """Return whether a fraction in words says more than is so, where another fraction that people say is just what is."""
    stated, middle = claim.quantity.anchor, (value.low + value.high) / 2
    return claim.quantity.in_words and stated - middle > _APART and any(abs(one - middle) < _JUST for one in _FRACTIONS)


_WENT_BY = pattern(rf"\b(?:(?P<up>{RISE})|(?P<down>{FALL}))(?: [a-z]+)? by (?:just |only |about |some )?<p>")
_CLOSE_BY, _DATES = 6, 2


def moves_of_all(sentence: Sentence, reach: Reach) -> Iterator[Compared]:
    """Yield whether what is said right before or behind a table to have risen or fallen did so in its row of all, between its two years."""
    match = _WENT_BY.search(sentence.masked)
    claim = named(match, sentence)["p"] if match else None
    if not match or not claim or claim.quantity.unit != "percent" or claim.quantity.ends or len(sentence.mentions) > _DATES:
        return
    for table in [one for one in reach.tables if min(abs(sentence.place - place) for _, place in one.rows) <= _CLOSE_BY]:
        cells = reach.cells_in(table)
        dated = sorted((cell for cell in cells if cell.all and YEAR.fullmatch(cell.head)), key=lambda cell: cell.head)
        known = label_words(" ".join([table.heads[0] if table.heads else "", reach.captions.get(id(table), ""), *(c.row for c in dated)]))
        subject = clause_words(sentence.masked[: match.start()])
        rows = {cell.row for cell in cells if not cell.all}
        if len(dated) == _DATES and subject & known and not any(label_words(row) & subject for row in rows):
            yield from _moved(claim, match, dated[0], dated[1])
