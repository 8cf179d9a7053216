"""What the marks of footnotes lead to: the work that a source cites for a sentence."""

from __future__ import annotations

import re
from bisect import bisect_left

from evidence.catalog.verify import Text, normalise

_MARK = re.compile(r"<sup>\s*\[?(\d{1,3}(?:\s*,\s*\d{1,3})*)\]?\s*</sup>|\[\^(\w{1,8})\](?!:)", re.IGNORECASE)
_NOTE = re.compile(r"\s*(?:<sup>(\d{1,3})</sup>|\[\^(\w{1,8})\]:|\[?(\d{1,3})\]?[.)]?)\s+(?=\S)(.+)", re.IGNORECASE)
_ADDRESS = re.compile(r"\(?<?https?://\S+|\bAvailable (?:at|from):?\s*|\bAccessed\b.*", re.IGNORECASE)
_WORK = re.compile(r"https?://|\bdoi\b|\b(?:1[5-9]|20)\d\d\b", re.IGNORECASE)
_REFERENCE = re.compile(r"https?://|\bdoi\b|\bIbid\b|\bvol(?:ume|\.)|\b(?:1[5-9]|20)\d\d\.?$", re.IGNORECASE)
_IBID = re.compile(r"ibid\b", re.IGNORECASE)
_LONGEST = 200


class Notes:
    r"""The marks of a text and the notes they lead to.

    Example:
        >>> notes = Notes(Text("Pay rose by 5%.<sup>1</sup>\n\n1 Mill. On Pay. 2024. https://example.org"))
        >>> notes.origin(12, 15)
        'Mill. On Pay. 2024'
    """

    def __init__(self, text: Text) -> None:
        self._marks = [mark for number in range(len(text.raw)) for mark in _marks(text, number)]
        self._places = [place for place, _ in self._marks]
        self._notes: dict[str, list[tuple[int, str]]] = {}
        last = ""
        self._called = called = {name for _, name in self._marks}
        for number, raw in enumerate(text.raw):
            if (note := _NOTE.match(raw)) and (name := note[1] or note[2] or note[3]) in called:
                last = last if _IBID.match(note[4]) else _work(note[4])
                self._notes.setdefault(name, []).append((text.starts[number], last))

    def cites(self, raw: str, words: str) -> bool:
        """Return whether a part of a document is a note that gives a reference, so that its numbers are those of another work.

        Args:
            raw: Its first line, as read.
            words: All its words.
        """
        note = _NOTE.match(raw)
        return note is not None and (note[1] or note[2] or note[3]) in self._called and bool(_REFERENCE.search(words))

    def origin(self, after: int, end: int) -> str:
        """Return the work that the first mark behind a number, as far as its sentence's end, leads to; empty where none does.

        Args:
            after: Offset in the text behind the number.
            end: Offset behind its sentence.
        """
        first = bisect_left(self._places, after)
        if first == len(self._places) or self._places[first] > end:
            return ""
        place, name = self._marks[first]
        notes = self._notes.get(name, [])
        return next((work for at, work in notes if at > place), notes[-1][1] if notes else "")


def _marks(text: Text, number: int) -> list[tuple[int, str]]:
    raw = text.raw[number]
    found = [mark for mark in _MARK.finditer(raw) if raw[: mark.start()].strip()]
    return [(text.starts[number] + len(normalise(raw[: mark.start()])), (mark[1] or mark[2]).split(",")[0].strip()) for mark in found]


def _work(note: str) -> str:
    """Return a note as a record names its origin, without addresses; empty where it cites nothing."""
    if not _WORK.search(note):
        return ""
    named = normalise(_ADDRESS.sub("", note)).strip(" .;,<>()[]")
    return named if len(named) <= _LONGEST else named[:_LONGEST].rpartition(" ")[0]
