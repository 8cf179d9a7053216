"""Accounts in a table: a row's share of another that the sentence names, and what income less spending leaves, in the year that it names or the last."""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction

from evidence.quantity import Interval
from evidence.referee.comparing import Compared, Confidence, How, compared, ratio, shown
from evidence.referee.mentions import YEAR, Occurrence, Sentence
from evidence.referee.relations.reach import Reach, base, behind
from evidence.referee.relations.settling import off, said
from evidence.referee.relations.subjects import elsewhere, in_digits, label_words
from evidence.referee.tables import ReportCell, dated_heads

_OF = re.compile(r"^\)?,? of (?:the |our |its |their |all )*(?P<what>[a-z][a-z -]{2,40}?)(?= in | for |,|\.|;|\)|$| and | or )")
_ALL_OF = frozenset(label_words("total all the our its gross"))
_INCOME, _SPENDING = (
    re.compile(r"^(?:total )?(?:income|revenue|turnover|receipts)$"),
    re.compile(r"^(?:total )?(?:expenditure|spending|costs|payments)$"),
)
_LEFT = re.compile(r"\b(?:surplus|deficit|shortfall)\b(?! of (?:income|spending))(?![^.;]*\bfrom $)[^.;\ue000-\uf8ff]{0,40}$")
_NEAR = Fraction(8, 5)


def rows_of_accounts(sentence: Sentence, reach: Reach) -> Iterator[Compared]:
    """Yield whether a share of a row that the sentence names behind "of" is that of the row which it names before; and whether a surplus is one."""
    for claim in sentence.mentions:
        if not in_digits(claim) or elsewhere(claim):
            continue
        match = _OF.match(behind(claim)) if claim.quantity.unit == "percent" else None
        left = base(claim) in ("GBP", "EUR", "USD") and _LEFT.search(sentence.text[: claim.start].lower())
        for table in reach.tables if match or left else []:
            cells = _of_year([cell for cell in reach.cells_in(table) if cell.head in dated_heads(table)], sentence)
            if match:
                yield from _share(claim, label_words(match["what"]) - _ALL_OF, cells)
            elif left:
                yield from _surplus(claim, cells)


def _of_year(cells: list[ReportCell], sentence: Sentence) -> list[ReportCell]:
    """Return the cells of the one year that a sentence names, of the last where it names none."""
    years = sorted({year[0] for cell in cells if (year := YEAR.search(cell.head))})
    named = [year for year in years if year.replace("\u2013", "/") in {one.replace("\u2013", "/") for one in sentence.years}]
    chosen = named if sentence.years else years[-1:]
    return [cell for cell in cells if len(chosen) == 1 and chosen[0] in cell.head]


def _share(claim: Occurrence, what: frozenset[str], cells: list[ReportCell]) -> Iterator[Compared]:
    before = claim.sentence.text[: claim.start].lower()
    wholes = [cell for cell in cells if what and label_words(cell.row) - _ALL_OF == what]
    parts = [cell for cell in cells if cell not in wholes and re.match(rf"(?:[a-z]+ )?{re.escape(cell.row.lower())}\b", before)]
    if len(wholes) == len(parts) == 1 and wholes[0].quantity.unit == parts[0].quantity.unit:
        value = ratio(parts[0].quantity.interval.scaled(Fraction(100)), wholes[0].quantity.interval)
        yield from (
            _held("share × base", claim, value, f"{parts[0].text} / {wholes[0].text} in percent", wholes[0], parts[0]) if value else ()
        )


def _surplus(claim: Occurrence, cells: list[ReportCell]) -> Iterator[Compared]:
    income, spending = ([cell for cell in cells if rule.match(cell.row.lower())] for rule in (_INCOME, _SPENDING))
    if len(income) == len(spending) == 1:
        value = income[0].quantity.interval - spending[0].quantity.interval
        value = -value if value.high < 0 else value
        scale = next((times for times in (1, 1000, 10**6) if off(value.high * times, claim.quantity.anchor) < _NEAR), 0)
        if scale:
            yield from _held("sum", claim, value.scaled(Fraction(scale)), f"{income[0].text} - {spending[0].text}", income[0], spending[0])


def _held(kind: str, claim: Occurrence, value: Interval, reckoning: str, cell: ReportCell, beside: ReportCell) -> Iterator[Compared]:
    if value.low > 0 and off((value.low + value.high) / 2, claim.quantity.anchor) < _NEAR:
        fits = said(claim.quantity).meets(value)
        message = "" if fits else f"{reckoning} is {shown(value)} for {cell.head}, where {claim.text} is stated."
        told = f"{reckoning} = {shown(value)}; stated {claim.text}"
        how = How.difference if kind == "sum" else None
        yield compared(kind, [claim], told, message, confidence=Confidence.medium, other=cell, operands=(cell, beside), how=how)
