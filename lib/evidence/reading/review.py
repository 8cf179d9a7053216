"""A review of proposals on a page of this machine: the document with each number marked, its record beside it, one key for each decision."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

from evidence.catalog.verify import Text
from evidence.catalog.verify.text import Span
from evidence.errors import EvidenceError
from evidence.loopback import AnsweringPage
from evidence.quantity import find_numbers
from evidence.reading.blocks import Stretch, blocks, sentences
from evidence.reading.proposed import Proposed
from evidence.reading.sheet import ACCEPT, EXCUSE, FROM, LEAVE, OWN, TAKEN, Row, Sheet, row_of
from evidence.reading.years import CLASSES, years

_STATIC = Path(__file__).with_name("static")
_FILES = {
    "/": (_STATIC / "review.html", "text/html"),
    "/review.js": (_STATIC / "review.js", "text/javascript"),
    "/review.css": (_STATIC / "review.css", "text/css"),
}
_NUMBER = re.compile(r"\d(?:[\d.,]*\d)?")
MISSED = ("nothing is proposed for it", *CLASSES)
"""What the page says of digits for which nothing is proposed; the first is told as -1 in place of the number of a proposal, and so on."""

Check = Callable[[int], Sequence[str]]
"""What is wrong with the record that a proposal would be, as far as its own cells tell; nothing where it could be accepted."""
Read = Callable[[Span], Sequence[Proposed]]
"""What a part of the document proposes that somebody points at."""


class Review(AnsweringPage):
    """Proposals that are decided on at `address` until `close`; what is decided is written at each key.

    Args:
        sheet: The table of the proposals.
        text: The text of their document.
        proposed: The proposals as they were read now, in the order of the table.
        check: Tells what is wrong with one that is to be accepted.
        read: Reads a number that somebody points at.
    """

    def __init__(self, sheet: Sheet, text: Text, proposed: Sequence[Proposed], check: Check, read: Read) -> None:
        self.sheet, self._text, self._check, self._read = sheet, text, check, read
        self._spans = [one.span for one in proposed]
        self._blocks = blocks(text)
        super().__init__(_FILES)

    def answer(self, given: dict[str, Any]) -> dict[str, Any]:
        """Take a decision or an edit, write it, and return what the page shows then.

        Args:
            given: `do`: a decision, `undo`, `edit` with `cells`, `group`, `add` with the number of a `part` of the document and `from` and `to` in
                it, or `look` for the whole document; `at`: number of the proposal.
        """
        with self.lock:
            at, do = given.get("at", 0), given.get("do")
            if do == "add":
                return self._add(given.get("part"), given.get("from"), given.get("to"))
            known = isinstance(at, int) and 0 <= at < len(self.sheet.rows)
            problems = self._take(do, at, given) if known and do != "look" else []
            return self._state(problems) | (self._shown() if do == "look" else {})

    def _shown(self) -> dict[str, Any]:
        return {"document": list(document(self._text, self._spans)), "missed": MISSED}

    def _add(self, part: Any, low: Any, high: Any) -> dict[str, Any]:
        """Add what a part of the document holds, and tell the page where it stands among the proposals."""
        if not (isinstance(part, int) and 0 <= part < len(self._blocks) and isinstance(low, int) and isinstance(high, int)):
            return self._state(["Select the number in the document first."])
        start, end = self._blocks[part].span
        span = max(start, start + low), min(end, start + high)
        known = any(span[0] < last and first < span[1] for first, last in self._spans)
        if known or not (found := self._read(span)):
            return self._state([f'For "{self._text.plain[slice(*span)]}" there is a proposal already, or it is nothing.'])
        at = bisect_left(self._spans, found[0].span)
        self.sheet.rows[at:at] = [row_of(one) for one in found]
        self._spans[at:at] = [one.span for one in found]
        return self._state(self._write()) | self._shown() | {"at": at}

    def _take(self, do: Any, at: int, given: dict[str, Any]) -> Sequence[str]:
        row = self.sheet.rows[at]
        if row["decision"] == TAKEN:
            return ["It is in the library already; change it there."]
        problems: Sequence[str] = []
        if do == ACCEPT and (problems := self._check(at)):
            return problems
        if do == EXCUSE:
            row["reason"] = " ".join(str(given.get("reason", "")).split()) or row["reason"]
            problems = [] if row["reason"] else ["An excuse needs a reason: say why the number is no evidence."]
        if do in (ACCEPT, EXCUSE, LEAVE, "undo") and not problems:
            row["decision"] = "" if do == "undo" else do
        elif do == "edit":
            _edit(row, given.get("cells"))
        elif do == "group":
            row["id"] = next((one["id"] for one in self.sheet.rows[:at][::-1] if one["kind"] == row["kind"]), row["id"])
        return problems or self._write()

    def _write(self) -> Sequence[str]:
        try:
            self.sheet.write()
        except (EvidenceError, OSError) as error:
            return [f"It is not written: {error}"]
        return []

    def _state(self, problems: Sequence[str]) -> dict[str, Any]:
        rows = [
            {name: row[name] for name in ("decision", "reason", "kind", *OWN[row["kind"]], *(f"{name}_from" for name in FROM), "at")}
            for row in self.sheet.rows
        ]
        return {"rows": rows, "left": self.sheet.open, "problems": list(problems), "columns": OWN}


def _edit(row: Row, cells: Any) -> None:
    """Write cells that a page has edited into a row; one that is edited is open again, for only what is seen as it is counts as confirmed."""
    known = cells.items() if isinstance(cells, dict) else ()
    changed = {name: " ".join(str(cell).split()) for name, cell in known if name in OWN[row["kind"]]}
    if any(row[name] != cell for name, cell in changed.items()):
        row.update(changed, decision="")


def document(text: Text, spans: Sequence[Span]) -> Iterator[tuple[str, list[tuple[str, list[int]]]]]:
    """Yield the parts of a document as a page shows them: what kind each is, and its pieces, each with the proposals it is marked for.

    Args:
        text: The text.
        spans: Where each proposal's number stands.

    Example:
        >>> list(document(Text("Of 20 bakers 60% do."), [(13, 16)]))
        [('paragraph', [('Of ', []), ('20', [-1]), (' bakers ', []), ('60%', [0]), (' do.', [])])]
    """
    marks: dict[Span, list[int]] = {}
    for index, span in enumerate(spans):
        marks.setdefault(span, []).append(index)
    hits = sorted(marks)
    for block in blocks(text):
        low, high = block.span
        here = [span for span in hits if low <= span[0] < high]
        missed = [(span, [code]) for span, code in _missed(text, block) if not any(one[0] < span[1] and span[0] < one[1] for one in here)]
        yield block.kind, _pieces(text.plain, block.span, sorted([*((span, marks[span]) for span in here), *missed]))


def _missed(text: Text, block: Stretch) -> Iterator[tuple[Span, int]]:
    """Yield the numbers in digits of a part, each with what the page says of it where nothing is proposed for it."""
    known = {
        (low + year.start, low + year.end): -1 - MISSED.index(year.reason)
        for low, high in sentences(text, block)
        for year in years(text.plain[low:high], numbers=bool(find_numbers(text.plain[low:high])))
        if year.reason
    }
    for match in _NUMBER.finditer(text.plain, *block.span):
        yield match.span(), known.get(match.span(), -1)


def _pieces(plain: str, block: Span, marked: Sequence[tuple[Span, list[int]]]) -> list[tuple[str, list[int]]]:
    pieces: list[tuple[str, list[int]]] = []
    at = block[0]
    for (low, high), found in marked:
        pieces += [(plain[at:low], []), (plain[low:high], found)]
        at = high
    return [(words, found) for words, found in [*pieces, (plain[at : block[1]], [])] if words or found]
