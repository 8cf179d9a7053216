"""A round of countersigning: what waits for a signer, one after the other, with what each rests on; every answer is written at once."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from operator import attrgetter
from pathlib import Path
from statistics import median
from time import monotonic
from typing import Any

from evidence.catalog import Figure, Library, load, schema
from evidence.catalog.declaration import COMPARE, LINK
from evidence.catalog.packaging import PACKAGE, package_with
from evidence.catalog.rows import csv_text, read_table
from evidence.catalog.verify import Document, Text, normalise
from evidence.catalog.verify.proving import read_document
from evidence.catalog.wordings import as_read, wordings
from evidence.errors import StatementError
from evidence.recompute import written_out
from evidence.signing.items import Item, items
from evidence.signing.signatures import Signature, Signatures, Void, signed, with_signature
from evidence.statements.rules.subject import stems
from evidence.statements.signed import SENTENCE
from evidence.writing import Transaction

_TABLE = schema.COUNTERSIGNED
_CONTEXT = 220
"""Characters of a source's text that are shown before and after a quote, where the text is at hand."""
_CORRECTED = ("what", "size", "reading", "consequence")
"""Cells of a correction, beside which the words are read that were declared of it."""
_SHOWN = ("title", "summary", *_CORRECTED, "stated", "direction", "statement", "population", "place", "period", "category")
"""Cells of a record that a countersigner needs, in this order; its quote stands by itself, and where there is one a statement of ours, which is
signed in its own row, is folded."""
_FOLDED = ("origin", "condition", "threshold", "note", "locator")
"""Cells that are there for whoever asks for them."""


@dataclass(frozen=True, slots=True)
class Signer:
    """Who signs.

    Attributes:
        name: As it will stand in the table.
        independence: Who that is to the author, of `schema.INDEPENDENCE`.
    """

    name: str
    independence: str


@dataclass(slots=True)
class Round:
    """What waits for a signer.

    Args:
        book: The book's folder.
        signer: Who signs.
        page: Name of a chapter, or file of a table such as `data/findings.csv`; empty for all.
        folders: Folders with the texts of the sources; may be none.

    Raises:
        StatementError: If there is no such page.

    Attributes:
        waiting: What is to be signed, sentences that carry a link first; what is signed or skipped leaves it.
        seconds: How long each signature of this round took, from when its item could be read.
    """

    book: Path
    signer: Signer
    page: str = ""
    folders: Sequence[Path] = ()
    waiting: list[Item] = field(init=False)
    seconds: list[float] = field(init=False, default_factory=list)
    _library: Library = field(init=False)
    _void: list[dict[str, Any]] = field(init=False)
    _shown: float = field(init=False)
    _texts: dict[str, Document] = field(init=False, default_factory=dict)
    _titles: dict[str, str] = field(init=False, default_factory=dict)
    _last: Item | None = field(init=False, default=None)
    _read: set[str] = field(init=False, default_factory=set)
    _signed: set[tuple[str, str]] = field(init=False)

    def __post_init__(self) -> None:
        self._library = library = load(self.book / "data")
        found = items(library, self.book / "chapters")
        pages = dict.fromkeys(item.page for item in found)
        if self.page and self.page not in pages:
            raise StatementError(f"{self.page}: nothing to sign is on a page of this name. There are {', '.join(pages)}.")
        signatures = Signatures(library)
        self._void = signatures.void(found)
        self._signed = {words for item in found if any(map(self._counts, signatures.of(item))) for words in _claimed(item)}
        mine = [item for item in found if self.page in ("", item.page)]
        open_ = [item for item in mine if not any(row["by"] == self.signer.name for row in signatures.of(item))]
        self.waiting = sorted({item.hash: item for item in open_}.values(), key=_order)
        self._titles = {row["id"]: row["short"] for row in library.rows("sources")}
        for row in library.rows("sources"):
            for path in (folder / row["seed"] for folder in self.folders if row["seed"]):
                if path.is_file():
                    self._texts[row["id"]] = read_document(path)
        self._shown = monotonic()

    @property
    def done(self) -> int:
        """How many were signed in this round."""
        return len(self.seconds)

    def sign(self, verdict: str, note: str = "") -> None:
        """Write a signature for what comes first, and go on.

        Args:
            verdict: `right` or `wrong`.
            note: What is wrong with it.

        Raises:
            WriteError: If another command writes the book; nothing is changed then, and the item still waits.
        """
        item, was = self.waiting[0], self.was()
        with Transaction(self.book) as work:
            path = self.book / "data" / _TABLE.path
            work.see(path)
            rows = [{name: row[name] for name in _TABLE.names} for row in read_table(self.book / "data", _TABLE)]
            new = signed(item, self.signer.name, self.signer.independence, date.today().isoformat(), verdict, note)
            every = with_signature(rows, new, was.signature if was else None)
            if not path.exists():
                work.see(self.book / "data")
                work.write(self.book / "data" / PACKAGE, package_with(self.book / "data", Path(_TABLE.path)))
            work.write(path, csv_text([_TABLE.names, *([row[name] for name in _TABLE.names] for row in every)]))
        self.seconds.append(monotonic() - self._shown)
        self.skip()

    def skip(self) -> None:
        """Leave what comes first for another round."""
        item = self.waiting.pop(0)
        self._read = {called for called, *_ in item.records} | (self._read if _beside(self._last, item) else set())
        self._last, self._shown = item, monotonic()

    def told(self) -> str:
        """Return how many are signed, how long one took, and how many wait."""
        pace = f", {median(self.seconds):.0f} seconds each at the median" if self.seconds else ""
        return f"{self.done} signed{pace}, {len(self.waiting)} waiting."

    def was(self) -> Void | None:
        """Return what the first item was when it was last signed; None where it never was."""
        return Signatures.was(self.waiting[0], self._void)

    def basis(self) -> list[dict[str, Any]]:
        """Return what the first item rests on: of each record what it is called, its source, its cells, its quote in its context, and what changed in it.

        A record that is as it was when the item was last signed is `same`; one that is no longer linked has nothing but what it lost. One that a
        sentence of the same paragraph has just been held against is `again`, and folded but for its number. What a claim compares is `settled`, and
        folded, where its words are signed beside all of that in a row of their own; what the claim says in full is shown in its place.
        """
        item, was = self.waiting[0], self.was()
        changed = was.cells(item) if was else None
        records = [
            self._record(called, row) for (called, _), row in {(called, table.name): row for called, table, row in item.records}.items()
        ]
        if item.kind != SENTENCE:
            records = [
                told for told in (_without(records[0], item.cells), *records[1:]) if told["quote"] or told["cells"] or told["folded"]
            ]
        there = {record["called"] for record in records}
        gone = [self._record(called, {}) for called in changed or () if called not in there]
        read = self._read if not was and _beside(self._last, item) else set()
        told = [_again(record) if record["called"] in read else record | {"again": False} for record in [*records, *gone]]
        settled = not was and self._settled()
        told = [_folded(record) if settled and record["under"] else record | {"settled": False} for record in told]
        return [record | self._since(record["called"], changed) for record in _said_once(_quoted_once(told))]

    def _counts(self, row: Signature) -> bool:
        """Return whether this signer may rest on a signature: their own, one from outside, and of the same team where they are of it too."""
        alike = row["independence"] == self.signer.independence == "same-team"
        return bool(row["verdict"] == "right" and (row["by"] == self.signer.name or row["independence"] == "outside" or alike))

    def _settled(self) -> bool:
        """Return whether the first item rests on more than it links, and each claim it links by words that are signed beside what they compare."""
        item = self.waiting[0]
        if item.kind != SENTENCE or not any(self._under(called) for called, *_ in item.records):
            return False
        judged = [(target, as_read(words)) for words, scheme, target in LINK.findall(item.text) if scheme in ("claim", COMPARE)]
        return bool(judged) and self._signed.issuperset(judged)

    @staticmethod
    def _since(called: str, changed: dict[str, dict[str, tuple[str, str]]] | None) -> dict[str, Any]:
        cells = (changed or {}).get(called, {})
        told = [(name.replace("_", " "), list(difference(old, new))) for name, (old, new) in cells.items()]
        return {"changed": told, "same": changed is not None and not told}

    def _record(self, called: str, row: Any) -> dict[str, Any]:
        quote = row.get("quote", "")
        source = row.get("source", "") or (self._source() if quote else "")
        before, after = self._around(source, quote)
        first = [name for name in _SHOWN if name not in self._proved(row, under=self._under(called))]
        rest = [name for name in _SHOWN if name not in first]
        shown, folded = ([(name.replace("_", " "), row[name]) for name in names if row.get(name)] for names in (first, (*rest, *_FOLDED)))
        shown, aside = _not_in_quote(shown, "" if self._under(called) else quote)
        if self.waiting[0].kind == SENTENCE and len(self.waiting[0].records) == 1:  # of several the reader must see whose each is
            said = [cell for cell in shown if cell[0] in _ABOUT and said_in(cell[1], self.waiting[0].text)]
            shown, aside = [cell for cell in shown if cell not in said], [*said, *aside]
        if figure := self._library.figures.get(called):
            others = list(self._elsewhere(figure))
            computed = list(self._computed(figure))
            shown = [
                *computed,
                *(cell for cell in shown if not _comes_out(cell, computed)),
                *(("stated elsewhere", said) for said, _ in others),
            ]
            folded = [*(("its words there", words) for _, words in others), *folded]
        told = {"called": called, "source": self._titles.get(source, ""), "cells": shown, "folded": [*aside, *folded]}
        return told | {"number": row.get("stated", ""), "quote": quote, "before": before, "after": after, "under": self._under(called)}

    def _source(self) -> str:
        """Return the source of what a row is about, such as that of the case whose element it quotes."""
        return next((row["source"] for _, _, row in self.waiting[0].records if row.get("source")), "")

    def _proved(self, row: Any, *, under: bool) -> tuple[str, ...]:
        """Return the cells of a record that nobody has to read with a sentence: what a rule holds, and what is signed in its own row."""
        item = self.waiting[0]
        linked, said = {as_read(words) for words in _LINK_WORDS.findall(item.text)}, as_read(row.get("statement", ""))
        declared = () if self._settled() else wordings(self._library).get(("claim", row.get("id", "")), ())
        worded = linked & {said, *declared}
        signed_there = ("statement",) if row.get("quote") or worded else ()
        if item.kind != SENTENCE:
            return signed_there
        called = ("category",) if row.get("population") or row.get("place") else ()
        return (*signed_there, "direction", *called, *(("place", "period") if under and row.get("population") else ()))

    def _computed(self, figure: Figure) -> Iterator[tuple[str, str]]:
        if arithmetic := written_out(self._library, figure):
            yield "arithmetic", arithmetic

    def _elsewhere(self, figure: Figure) -> Iterator[tuple[str, str]]:
        """Yield how a figure is stated where it is about somebody else, or of another place or period, and in which words."""
        about = attrgetter("population", "place", "period")
        others = {place.quote: place for place in self._library.places(figure.id) if about(place) != about(figure)}
        for place in others.values():
            other = [there for there, here in zip(about(place), about(figure), strict=True) if there and there != here]
            yield ", ".join([place.stated, *other]), place.quote

    def _under(self, called: str) -> bool:
        """Return whether a record is not linked itself, but stands under a claim or comparison that is."""
        targets = [target for _, target in self.waiting[0].links]
        return bool(targets) and not any(called == target or called.startswith(f"{target}.") for target in targets)

    def _around(self, source: str, quote: str) -> tuple[str, str]:
        text = self._texts[source].text if source in self._texts else Text("")
        start, end = next(text.occurrences(normalise(quote)), (0, 0)) if quote else (0, 0)
        if not end:
            return "", ""
        first, last = text.plain.find(" ", max(0, start - _CONTEXT)) + 1, text.plain.rfind(" ", 0, end + _CONTEXT)
        return text.plain[min(first, start) : start], text.plain[end : max(last, end)]


def _claimed(item: Item) -> Iterator[tuple[str, str]]:
    """Yield the words that the row of a claim, or of a wording of one, has for it, with the id of the claim."""
    row = item.records[0][2] if item.records else {}
    if item.kind == schema.CLAIMS.name:
        yield row["id"], as_read(row["statement"])
    elif item.kind == schema.WORDINGS.name and row["scheme"] == "claim":
        yield row["target"], as_read(row["wording"])


def _comes_out(cell: tuple[str, str], computed: Sequence[tuple[str, str]]) -> bool:
    """Return whether a cell is the number as stated, and what is computed ends with the same."""
    return cell[0] == "stated" and any(written.endswith(f"= {cell[1]}") for _, written in computed)


def _beside(one: Item | None, other: Item) -> bool:
    """Return whether two sentences stand in one paragraph or cell, so that what one rests on is still in mind with the other."""
    if one is None or one.kind != SENTENCE or (one.page, one.kind) != (other.page, other.kind):
        return False
    return other.before == one.text or bool(one.place.cell and one.place.cell == other.place.cell)


def _without(record: dict[str, Any], cells: Sequence[tuple[str, str]]) -> dict[str, Any]:
    """Return the record of a row without what the row itself says: its quote stays only where its context is known."""
    said = {cell for _, cell in cells}
    left = {name: [cell for cell in record[name] if " ".join(cell[1].split()) not in said] for name in ("cells", "folded")}
    return record | left | ({} if record["before"] or record["after"] else {"quote": ""})


def _again(record: dict[str, Any]) -> dict[str, Any]:
    """Return a record that has just been read: its number, and all else folded."""
    number = [("stated", record["number"])] if record["number"] else []
    quote = [("quote", record["quote"])] if record["quote"] else []
    rest = [cell for cell in record["cells"] if cell not in number]
    return record | {"again": True, "cells": number, "folded": [*quote, *rest, *record["folded"]], "quote": "", "before": "", "after": ""}


def _folded(record: dict[str, Any]) -> dict[str, Any]:
    """Return a record of which nothing has to be read."""
    return record | {"settled": True, "cells": [], "folded": [*record["cells"], *record["folded"]]}


def _not_in_quote(cells: Sequence[tuple[str, str]], quote: str) -> tuple[list[tuple[str, str]], list[tuple[str, str]]]:
    """Return what cells say that a quote does not say in the same words, and the cells of which it says a part or all; its number is marked in it."""
    said = f" {_PARTED.sub(' ', quote.casefold())} "
    left = [(name, "; ".join(part for part in cell.split("; ") if not quote or f" {part.casefold()} " not in said)) for name, cell in cells]
    return [cell for cell in left if cell[1]], [cell for cell, rest in zip(cells, left, strict=True) if cell != rest]


_ABOUT = ("population", "place", "period")
"""Cells that say whom, where and when a record is about; what a sentence says in the same words is read in it."""
_JOINING = re.compile(r"an?|the|of|in|on|at|to|by|for|and|who|whom|that|which|is|are|was|were|their|its")


def said_in(cell: str, sentence: str) -> bool:
    """Return whether a sentence has every word of a cell, or another form of it; of "not", "without" or "more" the word itself."""
    text = _ADDRESS.sub("", sentence).lower()
    there, known = set(_WORD.findall(text)), stems(text)
    words = [word for word in _WORD.findall(cell.lower()) if not _JOINING.fullmatch(word)]
    return bool(words) and all(word in there or bool(stems(word) and stems(word) <= known) for word in words)


_ADDRESS = re.compile(r"\]\([^)]*\)")
_WORD = re.compile(r"[a-z]+|\d+")
_LINK_WORDS = re.compile(r"\[([^\]]*)\]\(")
_PARTED = re.compile(r"[,;:.()\"'\u2018-\u201d](?=\s|$)|(?<=\s)[(\"'\u2018-\u201d]|\s+")


def _quoted_once(records: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return records of which each quote stands with the first that has it."""
    seen: set[str] = set()
    told = []
    for record in records:
        again = any(record["quote"] in quote for quote in seen)
        seen.add(record["quote"])
        told.append(record | {"quote": "", "before": "", "after": ""} if again else record)
    return told


def _said_once(records: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return records without the cells that one before them has too, such as the population of all bars of a chart: these are folded."""
    seen: set[tuple[str, str]] = set()
    told = []
    for record in records:
        new = [cell for cell in record["cells"] if cell not in seen or cell[0] in _OWN]
        again = [cell for cell in record["cells"] if cell not in new]
        seen.update(new)
        told.append(record | {"cells": new, "folded": [*again, *record["folded"]]})
    return told


_OWN = ("stated", "arithmetic", "category")
"""Cells that each record shows for itself."""


def _order(item: Item) -> int:
    return 1 if item.kind != SENTENCE else 0 if item.links else 2


def difference(old: str, new: str) -> Iterator[tuple[str, str]]:
    """Yield the words of a text as it is now, `same` or `added`, and those that are `gone` since it was another.

    Example:
        >>> list(difference("It rose by 5%.", "It fell by 5%."))
        [('same', 'It'), ('gone', 'rose'), ('added', 'fell'), ('same', 'by 5%.')]
    """
    before, after = old.split(), new.split()
    for kind, a, b, c, d in difflib.SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if kind == "equal":
            yield "same", " ".join(after[c:d])
        else:
            yield from ((told, " ".join(words)) for told, words in (("gone", before[a:b]), ("added", after[c:d])) if words)
