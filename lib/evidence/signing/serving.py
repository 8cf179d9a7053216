"""The page of a round of countersigning, on loopback: the sentence left, what it rests on right, one key for each answer."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from evidence.errors import EvidenceError
from evidence.loopback import AnsweringPage
from evidence.signing.session import Round, difference

_STATIC = Path(__file__).with_name("static")
_FILES = {
    "/": (_STATIC / "page.html", "text/html"),
    "/page.js": (_STATIC / "page.js", "text/javascript"),
    "/page.css": (_STATIC / "page.css", "text/css"),
}


class ServedRound(AnsweringPage):
    """A round that is served at `address` until `close`."""

    def __init__(self, round_: Round) -> None:
        self.round = round_
        super().__init__(_FILES)

    def state(self, problem: str = "") -> dict[str, Any]:
        """Return what the page shows: the first item that waits with what it rests on, and how far the round is."""
        told: dict[str, Any] = {"done": self.round.done, "left": len(self.round.waiting), "told": self.round.told(), "problem": problem}
        if not self.round.waiting:
            return told
        item, was = self.round.waiting[0], self.round.was()
        text = list(difference(was.signature["text"], item.text)) if was else [("same", item.text)]
        shown = {"where": str(item.place), "kind": item.kind, "before": item.before, "text": text, "after": item.after, "hash": item.hash}
        return told | shown | {"cells": () if was else item.cells, "changed": was.changed if was else (), "records": self.round.basis()}

    def answer(self, given: dict[str, Any]) -> dict[str, Any]:
        """Take an answer to the item that waits, and return what comes then; one to another item is not taken."""
        with self.lock:
            if self.round.waiting and given.get("hash") == self.round.waiting[0].hash:
                try:
                    self._take(str(given.get("verdict")), " ".join(str(given.get("note", "")).split()))
                except EvidenceError as error:
                    return self.state(str(error))
            return self.state()

    def _take(self, verdict: str, note: str) -> None:
        if verdict == "skip":
            self.round.skip()
        elif verdict in ("right", "wrong"):
            self.round.sign(verdict, note)
