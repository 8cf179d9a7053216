"""`verify`: what the texts of the sources prove about the data library."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from typing import Any

from evidence.catalog import schema
from evidence.catalog.declaration import Table
from evidence.catalog.figures import where
from evidence.catalog.library import Library
from evidence.catalog.verify.coverage import Coverage, coverage
from evidence.catalog.verify.cuts import inside, turned
from evidence.catalog.verify.formats import read_text
from evidence.catalog.verify.text import Span, Text, normalise
from evidence.errors import SourceError


@dataclass(frozen=True, slots=True)
class Document:
    """The text of a source, or of an edition of it.

    Attributes:
        name: Name of its file.
        text: What it says.
        sha256: SHA-256 of the file, in hexadecimal digits.
    """

    name: str
    text: Text
    sha256: str


def read_document(path: Path) -> Document:
    """Return the text of a source with the hash of its file.

    Raises:
        SourceError: If it cannot be read.
    """
    return Document(path.name, read_text(path), sha256(path.read_bytes()).hexdigest())


@dataclass(frozen=True, slots=True)
class Proof:
    """A record whose quote stands in a text.

    Attributes:
        table: Table of the record.
        row: The record.
        document: The text.
        span: Where the quote stands in it.
        turned: The word of the text that follows the quote, where it may turn what the quote says; else empty.
    """

    table: Table
    row: dict[str, Any]
    document: Document
    span: Span
    turned: str


@dataclass(slots=True)
class Verified:
    """What a proof against the sources found.

    Attributes:
        proofs: The records whose quote was found in its source.
        problems: One message per quote that is not in its source, with the nearest passage, or is cut inside a word or number; and per entry of
            the table of passages that are no evidence which is not in its source or lets no number through.
        uncovered: Numbers that a source states and no figure covers, with source, line or page, and passage.
        not_proved: Number of quotes by source, of each source whose text is not at hand.
        covered: By source, how many of the numbers that its text states in the parts that were read have a figure, and how many need one.
        documents: The text of each source that is at hand.
    """

    proofs: list[Proof] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)
    uncovered: list[str] = field(default_factory=list)
    not_proved: dict[str, int] = field(default_factory=dict)
    covered: dict[str, Coverage] = field(default_factory=dict)
    documents: dict[str, Document] = field(default_factory=dict)

    @property
    def found(self) -> int:
        """Number of quotes found in their source."""
        return len(self.proofs)


def verify(library: Library, folders: Path | Sequence[Path], only: Collection[str] = ()) -> Verified:
    """Return which quotes of a library are in the texts of their sources, and which numbers of the texts no figure covers.

    Args:
        library: The data library.
        folders: Folders that hold, for each source that is quoted, the file its column `seed` names, and those of its later editions in `texts`;
            beside them the reports of its later waves, `wave-SOURCE-DATE.md`, where it is a survey.
        only: Keys of the sources to look at, whose texts must be there; when empty, all whose text is there.

    Raises:
        SourceError: If a source is not known, the folders hold none of the texts, or not that of a source asked for, or one cannot be read.
    """
    texts = _Texts(library, [folders] if isinstance(folders, Path) else list(folders), only)
    result = Verified(documents={source: texts.base[source] for source in texts.base})
    for table in schema.tables():
        for row in library.all_rows(table.name) if "quote" in table.names else ():
            source = row.get("source") or library.by_id(table.owner)[row[table.follows]]["source"]
            if row["quote"] and source in texts.base:
                _prove(table, row, texts.of(source, row.get("as_of", "")), source, result)
            elif row["quote"] and source in texts.wanted:
                result.not_proved[source] = result.not_proved.get(source, 0) + 1
    for source, document in texts.base.items():
        covered = coverage(library, source, document.text)
        result.covered[source] = covered
        result.uncovered += covered.open
        result.problems += covered.problems
    return result


class _Texts:
    """The texts of the sources of a library that lie in some folders.

    Args:
        library: The data library.
        folders: The folders.
        only: Keys of the sources asked for; all when empty.

    Raises:
        SourceError: As for `verify`.

    Attributes:
        wanted: Name of the text of each source that is asked for.
        base: The texts that are at hand, by source.
    """

    def __init__(self, library: Library, folders: list[Path], only: Collection[str]) -> None:
        known = {row["id"]: row["seed"] for row in library.rows("sources") if row["seed"]}
        if unknown := [source for source in only if source not in known]:
            raise SourceError(
                f"{', '.join(unknown)}: no source with a text. With one, by data/sources.csv, column seed: {', '.join(known)}."
            )
        self._folders = folders
        self.wanted = {source: name for source, name in known.items() if source in (only or known)}
        self.base = {source: read_document(path) for source, name in self.wanted.items() if (path := self._file(name))}
        self._check(bool(only))
        self._editions = {
            source: [(row["as_of"], read_document(path)) for row in self._rows(library, source) if (path := self._file(row["text"]))]
            for source in self.base
        }
        self._waves = {source: [read_document(path) for path in self._reports(source)] for source in self.base}

    def _check(self, asked: bool) -> None:
        told = ", ".join(map(str, self._folders))
        missing = [f"{source} ({name})" for source, name in self.wanted.items() if source not in self.base]
        if asked and missing:
            raise SourceError(f"{told}: the text of {', '.join(missing)} is missing, so its quotes cannot be proved.")
        if not self.base:
            raise SourceError(f"{told}: holds the text of no source; expected {', '.join(self.wanted.values())}.")

    def _file(self, name: str) -> Path | None:
        return next((path for folder in self._folders if (path := folder / name).is_file()), None)

    def _rows(self, library: Library, source: str) -> list[dict[str, Any]]:
        return sorted(
            (row for row in library.all_rows("texts") if row["source"] == source), key=lambda row: str(row["as_of"]), reverse=True
        )

    def _reports(self, source: str) -> list[Path]:
        return sorted(path for folder in self._folders for path in folder.glob(f"wave-{source}-*.md"))

    def of(self, source: str, as_of: str) -> list[Document]:
        """Return the texts in which the quote of a record of a day may stand: its edition, then reports of waves."""
        edition = next((document for day, document in self._editions[source] if as_of and day <= as_of), self.base[source])
        return [edition, *self._waves[source]]


def _prove(table: Table, row: dict[str, Any], documents: list[Document], source: str, result: Verified) -> None:
    found, cut = find(table, row, documents)
    if found:
        result.proofs.append(found)
        return
    quote = normalise(row["quote"])
    place = f"{where(row)}, column quote"
    if cut:
        result.problems.append(f'{place}: cut inside "{cut}" of {source}: "{quote[:120]}". Quote the whole word or number.')
        return
    hint = f' Nearest: "{near[:200]}"' if (near := documents[0].text.nearest(quote)) else ""
    result.problems.append(f'{place}: not in the text of {source}: "{quote[:120]}".{hint} Correct the quote.')


def find(table: Table, row: dict[str, Any], documents: Iterable[Document]) -> tuple[Proof | None, str]:
    """Return where the quote of a record stands in a text, uncut; and the word or number inside which it is cut where it stands only so."""
    cut = ""
    for document, span in _places(normalise(row["quote"]), documents):
        if not (inside_ := inside(document.text, span)):
            return Proof(table, row, document, span, turned(document.text, span[1])), ""
        cut = cut or inside_
    return None, cut


def _places(quote: str, documents: Iterable[Document]) -> Iterator[tuple[Document, Span]]:
    for document in documents:
        yield from ((document, span) for span in document.text.occurrences(quote))
