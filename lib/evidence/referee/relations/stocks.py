"""Stocks and flows: what there was at first, what came and what went leave what there is at the end, in a row, a column or a passage."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise

from evidence.quantity import Interval
from evidence.referee.comparing import Compared, Confidence, How, compared, shown
from evidence.referee.mentions import Occurrence, Sentence
from evidence.referee.relations.reach import Reach, ahead, base, behind
from evidence.referee.relations.settling import off
from evidence.referee.relations.subjects import before, in_digits
from evidence.referee.tables import ReportCell

_OPENING = re.compile(r"\bopening\b|\bbrought forward\b|\bb/f\b|\bat (?:the )?(?:start|beginning|outset)\b|\b(?:start|beginning) of\b")
_CLOSING = re.compile(r"\bclosing\b|\bcarried forward\b|\bc/f\b|\bat (?:the )?end\b|\bend of\b|\bleft at\b")
_IN = re.compile(
    r"\b(?:received|receipts|new|joined|joiners|start(?:s|ed|ers)|recruit(?:s|ed|ment)|hired|opened|added|additions|acquired|acquisitions|bought|purchase[sd]|built|arriv(?:als|ed)|admitted|admissions"
    r"|referr(?:als|ed)|registered|registrations|enrol(?:led|ments)|births|income|transfer(?:s|red) in|moved in|inflows?|came in|raised|lodged|intake|appointed|appointments)\b"
)
_OUT = re.compile(
    r"\b(?:closed|closures|left|leavers|with(?:drawn|drawals|drew)|resign(?:ed|ations)|retired|retirements|sold|sales|disposed|disposals|demoli(?:shed|tions)|discharge[sd]|deaths|died|decided|resolved"
    r"|settled|completed|completions|achieved|ended|scrapped|lost|losses|dismissed|transfer(?:s|red) out|moved out|payments|spent|expenditure|lapsed|expired|finished|departures|outflows?|written off|dissolved)\b"
)
_PAIR = 2


def tables_of_stocks(reach: Reach) -> Iterator[Compared]:
    """Yield whether each row of a table, or each column, whose labels tell an opening, what came, what went and a closing, leaves that closing."""
    for table in reach.tables:
        cells = reach.cells_in(table)
        rows = list(dict.fromkeys((cell.place, cell.row) for cell in cells))
        heads = list(dict.fromkeys((cell.column, cell.head) for cell in cells))
        if ways := _ways([head for _, head in heads]):
            lines = [[cell for cell in cells if (cell.place, cell.row) == row] for row in rows]
            found = list(_lines(lines, ways))
            yield from found
            yield from _handed_on(lines, ways) if all(one.holds for one in found) else ()
        elif ways := _ways([row for _, row in rows]):
            yield from _lines([[cell for cell in cells if cell.column == column] for column, _ in heads], ways)


def _ways(labels: list[str]) -> list[int] | None:
    """Return 1 for each label of what there was or came, -1 for each of what went, and 0 for that of what is left at last; None where it is no flow."""
    first, *flows, last = [label.lower() for label in labels] if len(labels) > _PAIR else ["", ""]
    if not flows or not (_opens(first, last)):
        return None
    ways = [_way(label) for label in flows]
    return [1, *ways, 0] if {1, -1} == set(ways) else None


def _opens(first: str, last: str) -> bool:
    dates = [re.sub(r"\d{1,2} [a-z]+(?: (?:19|20)\d\d)?|(?:19|20)\d\d", "", label) for label in (first, last)]
    dated = dates[0] == dates[1] and dates[0] != first and dates[1] != last and bool(re.search(r"\d [a-z]", first))
    return dated or bool(_OPENING.search(first) and _CLOSING.search(last))


def _way(label: str) -> int:
    came, went = _IN.search(label), _OUT.search(label)
    return 0 if bool(came) == bool(went) else 1 if came else -1


def _lines(lines: list[list[ReportCell]], ways: list[int]) -> Iterator[Compared]:
    full = [line for line in lines if len(line) == len(ways) and len({cell.quantity.unit for cell in line}) == 1]
    step = _step([cell for line in full for cell in line])
    for line in full:
        yield _held(line, ways, step)


def _step(cells: list[ReportCell]) -> Fraction:
    """Return how far the numbers of a table may be off together: the unit to which whole numbers are told, where all end in nought or five."""
    if any(cell.quantity.anchor.denominator > 1 or abs(cell.quantity.anchor) >= _GREAT for cell in cells):
        return max((cell.quantity.interval.high - cell.quantity.interval.low for cell in cells), default=Fraction(0)) * 2
    return Fraction(next((step for step in (50, 10, 5) if all(cell.quantity.anchor % step == 0 for cell in cells)), 0))


_GREAT = 10**6


def _held(line: list[ReportCell], ways: list[int], step: Fraction) -> Compared:
    *parts, last = line
    value = sum((way * abs(cell.quantity.anchor) for cell, way in zip(parts, ways, strict=False)), Fraction(0))
    told = "".join(f" {'+' if way > 0 else '-'} {cell.text.strip('-+()')}" for cell, way in zip(parts, ways, strict=False))[3:]
    fits = abs(value - last.quantity.anchor) <= step
    reckoning = f"{told} is {shown(Interval(value, value))}"
    message = "" if fits else f"{last.label}: {reckoning}, not {last.text}."
    row = " | ".join(last.table.row_at.get(last.place, []))
    return Compared("sum", not message, message or "agrees", f"{reckoning}; in the table {last.text}", last.place, row)


def _handed_on(lines: list[list[ReportCell]], ways: list[int]) -> Iterator[Compared]:
    """Yield whether each row opens with what that before it closes with, where the others do."""
    full = [line for line in lines if len(line) == len(ways) and not line[0].all]
    full = full[:-1] if len(full) > 1 and full[0][0].quantity.anchor == full[-1][0].quantity.anchor else full
    pairs = [(one[-1], two[0]) for one, two in pairwise(full)]
    wrong = [(one, two) for one, two in pairs if one.quantity.anchor != two.quantity.anchor]
    if len(wrong) == 1 and len(pairs) > _PAIR:
        one, two = wrong[0]
        message = f"{two.label}: {two.text}, but {one.label} is {one.text}."
        row = " | ".join(two.table.row_at.get(two.place, []))
        told, used = f"{one.label}: {one.text}; {two.label}: {two.text}", (one, two)
        yield Compared("repeat", False, message, told, two.place, row, confidence=Confidence.medium, operands=used)


_AT_FIRST = re.compile(
    r"\b(?:at the (?:start|beginning|outset)|began|started the|brought forward|carried over|opening|on 1 (?:january|april|july|september|october))\b"
)
_AT_LAST = re.compile(
    r"\b(?:at the end|left (?:open|at|with)|remain\w*|still|by the end|on (?:30|31) (?:march|december|june|july|august|september)|closing|ended|leaving|which leaves|carried forward|at the close)\b"
)
_CAME = re.compile(
    r"\b(?:opened|new|joined|received|added|came in|arrived|started|recruited|were made|took on|hired|bought|acquired|built|admitted|referred|registered|enrolled|taken on|raised|paid in)\b"
)
_WENT = re.compile(
    r"\b(?:closed|left(?! open)|completed|resolved|ended|withdrawn|finished|died|sold|settled|decided|retired|resigned|demolished|discharged|scrapped|dealt with|dismissed|withdrew|disposed of|moved on|moved out|concluded|spent|paid out|drawn|withdrew)\b"
)
_NOT = re.compile(
    r"\b(?:than|compared|last year|the year before|a year (?:ago|earlier)|of (?:whom|which|these|those|them)|average|target|aim\w*|plan\w*|per)\b"
)


@dataclass(frozen=True, slots=True)
class _Flow:
    number: Occurrence
    way: int


def flows(sentence: Sentence, reach: Reach) -> Iterator[Compared]:
    """Yield whether what there was, what came and what went leave what there is at the end, over a sentence and up to two before it."""
    for told in (before(sentence, most)[::-1] for most in range(3)):
        held = [m for one in told for m in one.mentions if in_digits(m) and base(m) in _STOCKS and " per " not in m.quantity.unit]
        text = " ".join(one.masked for one in told)
        if len(held) < _FOUR or len({base(m) for m in held}) > 1 or _NOT.search(text):
            continue
        first, *middle, last = held
        ways = [_way_told(m) for m in middle]
        opens = _AT_FIRST.search(_around(first)) and first.sentence is told[0]
        if opens and _AT_LAST.search(_around(last)) and last.sentence is sentence and set(ways) == {1, -1}:
            yield from _left([_Flow(first, 1), *(_Flow(m, way) for m, way in zip(middle, ways, strict=True))], last)
            return


_STOCKS = ("count", "GBP", "EUR", "USD")
_FOUR = 4


def _around(mention: Occurrence) -> str:
    return f"{ahead(mention)}\ue000{behind(mention)}"


def _way_told(mention: Occurrence) -> int:
    """Return 1 for what came and -1 for what went, by the first such word behind a number, else the last before it; 0 where there is neither."""
    after, ahead_ = re.split(r"[,;:]| and | but | while ", behind(mention))[0], ahead(mention)
    for text in (after, ahead_):
        found = [(m.start(), way) for rule, way in ((_CAME, 1), (_WENT, -1)) for m in rule.finditer(text)]
        if found:
            return min(found)[1] if text is after else max(found)[1]
    return 0


def _left(parts: list[_Flow], last: Occurrence) -> Iterator[Compared]:
    value = sum((part.way * part.number.quantity.anchor for part in parts), Fraction(0))
    slack = sum(((m.quantity.interval.high - m.quantity.interval.low) / 2 for m in (last, *(part.number for part in parts))), Fraction(0))
    slack = slack if base(last) != "count" or last.quantity.hedge else Fraction(0)
    if value > 0 and off(value, last.quantity.anchor) < _WIDE:
        told = "".join(f" {'+' if part.way > 0 else '-'} {part.number.text}" for part in parts)[3:]
        message = (
            "" if abs(value - last.quantity.anchor) <= slack else f"{told} is {shown(Interval(value, value))}, where {last.text} is stated."
        )
        used, how = [part.number for part in parts], How.difference if any(part.way < 0 for part in parts) else How.sum
        yield compared("sum", [last], f"{told}; stated {last.text}", message, confidence=Confidence.medium, operands=used, how=how)


_WIDE = Fraction(3, 2)
