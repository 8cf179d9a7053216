"""A review of proposals on a page of this machine: the document with each number marked, its record beside it, one key for each decision."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

from evidence.catalog.verify import Text
from evidence.catalog.verify.text import Span
from evidence.errors import EvidenceError
from evidence.loopback import AnsweringPage
from evidence.reading.blocks import blocks
from evidence.reading.proposals import Proposed
from evidence.reading.sheet import ACCEPT, EXCUSE, FROM, LEAVE, OWN, TAKEN, Row, Sheet

_STATIC = Path(__file__).with_name("static")
_FILES = {
    "/": (_STATIC / "review.html", "text/html"),
    "/review.js": (_STATIC / "review.js", "text/javascript"),
    "/review.css": (_STATIC / "review.css", "text/css"),
}
_NUMBER = re.compile(r"\d(?:[\d.,]*\d)?")
MISSED = -1
"""What the page is told of digits for which nothing is proposed, in place of the number of a proposal."""

Check = Callable[[int], Sequence[str]]
"""What is wrong with the record that a proposal would be, as far as its own cells tell; nothing where it could be accepted."""


class Review(AnsweringPage):
    """Proposals that are decided on at `address` until `close`; what is decided is written at each key.

    Args:
        sheet: The table of the proposals.
        text: The text of their document.
        proposed: The proposals as they were read now, in the order of the table.
        check: Tells what is wrong with one that is to be accepted.
    """

    def __init__(self, sheet: Sheet, text: Text, proposed: Sequence[Proposed], check: Check) -> None:
        self.sheet, self._check = sheet, check
        self._document = list(document(text, [one.span for one in proposed]))
        super().__init__(_FILES)

    def answer(self, given: dict[str, Any]) -> dict[str, Any]:
        """Take a decision or an edit, write it, and return what the page shows then.

        Args:
            given: `do`: a decision, `undo`, `edit` with `cells`, `group`, or `look` for the whole document; `at`: number of the proposal.
        """
        with self.lock:
            at, do = given.get("at", 0), given.get("do")
            known = isinstance(at, int) and 0 <= at < len(self.sheet.rows)
            problems = self._take(do, at, given) if known and do != "look" else []
            return self._state(problems) | ({"document": self._document} if do == "look" else {})

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
            row["id"] = self.sheet.rows[at - 1]["id"] if at else row["id"]
        return problems or self._write()

    def _write(self) -> Sequence[str]:
        try:
            self.sheet.write()
        except (EvidenceError, OSError) as error:
            return [f"It is not written: {error}"]
        return []

    def _state(self, problems: Sequence[str]) -> dict[str, Any]:
        shown = ("decision", "reason", *OWN, *(f"{name}_from" for name in FROM), "at")
        rows = [{name: row[name] for name in shown} for row in self.sheet.rows]
        return {"rows": rows, "left": self.sheet.open, "problems": list(problems), "columns": OWN}


def _edit(row: Row, cells: Any) -> None:
    """Write cells that a page has edited into a row; one that is edited is open again, for only what is seen as it is counts as confirmed."""
    changed = {name: " ".join(str(cell).split()) for name, cell in cells.items() if name in OWN} if isinstance(cells, dict) else {}
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
        missed = [match.span() for match in _NUMBER.finditer(text.plain, low, high)]
        missed = [span for span in missed if not any(first < span[1] and span[0] < last for first, last in here)]
        yield block.kind, _pieces(text.plain, block.span, sorted([*here, *missed]), marks)


def _pieces(plain: str, block: Span, spans: Sequence[Span], marks: dict[Span, list[int]]) -> list[tuple[str, list[int]]]:
    pieces, at = [], block[0]
    for low, high in spans:
        pieces += [(plain[at:low], []), (plain[low:high], marks.get((low, high), [MISSED]))]
        at = high
    return [(words, found) for words, found in [*pieces, (plain[at : block[1]], [])] if words]
