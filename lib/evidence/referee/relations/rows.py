"""The text against tables: shares of the rows that it names, and sizes of changes between its columns."""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction
from itertools import combinations

from evidence.referee.checks.tabled import labelled
from evidence.referee.comparing import How, ratio, total
from evidence.referee.mentions import FALL, MARK, RISE, Occurrence, Sentence
from evidence.referee.relations.between_rows import place_of
from evidence.referee.relations.differences import DOWN, UP
from evidence.referee.relations.portions import is_whole, narrowed
from evidence.referee.relations.reach import Reach, ahead, base, behind
from evidence.referee.relations.settling import Binding, Settled, settle
from evidence.referee.relations.subjects import clause_words, label_words
from evidence.referee.tables import ReportCell, ReportTable, dated_heads

_NO_SHARE = re.compile(
    rf"\b(?:{UP}|{DOWN})\b|\b(?:points?|rates?|target|change\w*|overspen\w*|than|against|compared|should|must|will|would|aims?|goal)\b|\b(?:from|to|by) $"
)
_MOST = Fraction(17, 10)


def portions_of_rows(sentence: Sentence, reach: Reach) -> Iterator[Settled]:
    """Yield whether a percentage of the rows of a table that its clause names is their share of a column."""
    shares = [m for m in sentence.mentions if m.quantity.unit == "percent" and not m.quantity.ends and m.quantity.anchor <= 100]
    for share in shares:
        clause = _clause(share)
        if _NO_SHARE.search(ahead(share)[-30:]) or _NO_SHARE.search(behind(share)[:20]):
            continue
        for table in reach.tables:
            cells = reach.cells_in(table)
            named = [row for row in _named(clause, cells) if not _vague(row, sentence, table) and not is_whole(row, share)]
            told = any(cell.row in named and cell.quantity.anchor == share.quantity.anchor for cell in cells)
            told = told or any(narrowed(row, sentence.text) for row in named)
            if named and not told and (found := settle("share × base", share, _shares_of(share, named, cells), most=_MOST)):
                yield found
                break


def _vague(row: str, sentence: Sentence, table: ReportTable) -> bool:
    """Return whether a label is no name, or that of a table so far away that one word is too little."""
    words = re.findall(r"[a-z]{3,}", row.lower())
    if not labelled(sentence.text, [row]) and _cued_elsewhere(sentence, table, 12):
        return True
    return not words or words in (["other"], ["others"]) or (len(words) == 1 and _cued_elsewhere(sentence, table))


_CHANGES = re.compile(rf"\b(?:{UP}|{DOWN})\b")


def changes_of_rows(sentence: Sentence, reach: Reach) -> Iterator[Settled]:
    """Yield whether the size of a change is that of the row that its clause names, from one column to another of the same unit."""
    for claim in sentence.mentions:
        clause = _clause(claim)
        share = claim.quantity.unit.startswith("percent")
        moved = _CHANGES.search(f"{ahead(claim)[-40:]} {behind(claim)[:20] if share else ''}") or (
            _CHANGES.search(sentence.masked) and ahead(claim).endswith(" by ")
        )
        if (
            not moved
            or claim.quantity.ends
            or claim.text.lower() == "most"
            or re.match(rf" of (?:the|this|that|its) (?:[a-z]+ )?(?:{RISE}|{FALL}|change|difference)\b", behind(claim))
            or re.search(r"\b(?:from|to|making up|made up|accounting for) $", ahead(claim))
        ):
            continue
        for table in reach.tables:
            cells = reach.cells_in(table)
            named = [row for row in _named(clause, cells) if not _cued_elsewhere(sentence, table) and not _vague(row, sentence, table)]
            dated = len(dated_heads(table)) > 1
            if (
                len(named) == 1
                and dated
                and not narrowed(named[0], sentence.text)
                and (found := settle("change", claim, _moved(claim, named[0], cells), most=Fraction(5, 2)))
            ):
                yield found
                break


def _moved(claim: Occurrence, row: str, cells: list[ReportCell]) -> Iterator[Binding]:
    """Yield the changes between each two columns of a row, in the unit of the claim."""
    own = [cell for cell in cells if cell.row == row and cell.head in dated_heads(cell.table)]
    for one, two in combinations(own, 2):
        if one.quantity.unit != two.quantity.unit or not one.quantity.anchor or not two.quantity.anchor:
            continue
        gap = two.quantity.interval - one.quantity.interval
        gap = -gap if gap.high < 0 else gap
        if claim.quantity.unit == "percent":
            value = ratio(gap.scaled(Fraction(100)), one.quantity.interval)
        elif claim.quantity.unit in (one.quantity.unit, "percentage points" if one.quantity.unit == "percent" else ""):
            value = gap
        else:
            value = ratio(two.quantity.interval, one.quantity.interval) if claim.quantity.unit == "times" else None
        if value:
            yield Binding((one, two), value, f"{row}: {one.text} → {two.text}", len(own) == 2)


def _clause(mention: Occurrence) -> str:
    """Return the words around a number, from the number before it to that behind; of its whole sentence where it is its only share."""
    sentence, at = mention.sentence, mention.index
    alike = [m for m in sentence.mentions if base(m) == base(mention)]
    if len(alike) == 1:
        return sentence.text
    before = [m for m in alike if m.start < mention.start]
    after = [m for m in alike if m.start > mention.start]
    ahead_ = sentence.text[before[-1].end if before else 0 : mention.start]
    behind_ = sentence.text[mention.end : after[0].start if after else len(sentence.text)]
    if re.match(r"\)", behind_) or re.search(r"[:,(] ?$", behind_[:0] or ahead_):
        return ahead_
    cut = re.split(r",? and |[,;)]", behind_)[0] if after else behind_
    return re.split(r"[,;] (?:and )?", ahead_)[-1] + sentence.text[mention.start : mention.end] + cut if at or after else ahead_ + behind_


def _named(clause: str, cells: list[ReportCell]) -> list[str]:
    """Return the rows of a table that a clause names: by their labels, or by all their words."""
    rows = list(dict.fromkeys(cell.row for cell in cells if not cell.all))
    words = clause_words(clause)
    exact = labelled(clause, rows)
    loose = [
        row for row in rows if row not in exact and label_words(row) and label_words(row) <= words and not exact and _told(row, clause)
    ]
    return [row for row in rows if row in {*exact, *loose}] if len(rows) > 1 else []


def _told(row: str, clause: str) -> bool:
    """Return whether a label of one word stands in a clause in the singular or the plural, and not only a word that begins as it does."""
    words = re.findall(r"[a-z]+", row.lower())
    said = set(re.findall(r"[a-z]+", clause.lower()))
    return len(words) != 1 or bool({words[0], words[0] + "s", words[0].removesuffix("s")} & said)


_OF_THE_WHOLE = re.compile(r"^\)?,? of (?:the |all |its |our )*(?:[a-z]+ )?(?:total|whole|overall|combined)\b|^\)?,? of all\b")
_AMONG = re.compile(r"\b(?:among|those)\b")
_WITHOUT = re.compile(r"\b(?:excluding|except|without|other than|apart from|leaving out)\b")


def _shares_of(share: Occurrence, named: list[str], cells: list[ReportCell]) -> Iterator[Binding]:
    """Yield each column's share of the rows, and the cells of a column of shares; sure are those that are said to be of the whole."""
    whole_said = bool(_OF_THE_WHOLE.match(behind(share))) and not _WITHOUT.search(share.sentence.masked) and _joined(named, share)
    for column in dict.fromkeys(cell.column for cell in cells):
        held = [cell for cell in cells if cell.column == column]
        parts = [cell for cell in held if cell.row in named]
        if len(parts) != len(named) or len({cell.quantity.unit for cell in held}) > 1:
            continue
        added = total([cell.quantity.interval for cell in parts])
        wholes = [cell for cell in held if cell.all]
        rest = [cell for cell in held if not cell.all]
        text, how = " + ".join(cell.text for cell in parts), How.sum if len(parts) > 1 else None
        if held[0].quantity.unit == "percent":
            sure = not _AMONG.search(share.sentence.masked) and len({cell.column for cell in cells}) == 1
            yield Binding(tuple(parts), added, text, sure, how)
        elif added.low > 0 and all(cell.quantity.anchor >= 0 for cell in held):
            among = [(whole.quantity.interval, whole.text) for whole in wholes]
            among = among or [(total([cell.quantity.interval for cell in rest]), " + ".join(cell.text for cell in rest))]
            for whole, told in among:
                value = ratio(added.scaled(Fraction(100)), whole)
                sure = whole_said and (len(wholes) == 1 or (not wholes and held[0].quantity.unit != "count"))
                if value:
                    yield Binding(tuple(parts), value, f"{text} of {told} in percent", sure, how if wholes else How.sum)
    yield from _across(named, cells)


def _joined(named: list[str], share: Occurrence) -> bool:
    """Return whether a sentence tells rows in one breath, so that a share may be of all of them: no number stands between their names."""
    text = share.sentence.masked
    places = [place for row in named if (place := place_of(row, text)) >= 0]
    return not places or not re.search(MARK, text[min(places) : max(places)])


def _across(named: list[str], cells: list[ReportCell]) -> Iterator[Binding]:
    """Yield the shares of one cell of a row in another, which explain and refute nothing."""
    own = [cell for cell in cells if cell.row in named]
    for one in own:
        for two in own:
            if one is not two and 0 < one.quantity.anchor < two.quantity.anchor:
                value = ratio(one.quantity.interval.scaled(Fraction(100)), two.quantity.interval)
                if value:
                    yield Binding((one, two), value, f"{one.text} / {two.text} in percent", sure=False)


def _cued_elsewhere(sentence: Sentence, table: ReportTable, most: int = 40) -> bool:
    """Return whether a table is far from a sentence, so that others may be meant."""
    return min(abs(sentence.place - place) for _, place in table.rows) > most
