"""`Desk`: what a check has read and found, kept by content, so that the next check looks only at what has changed."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from evidence import paths
from evidence.audit import Verdict, Verdicts, verdicts
from evidence.catalog import Library, load
from evidence.catalog.validation import validate
from evidence.errors import EvidenceError, StatementError
from evidence.gates.data import Gate, data_gates, records_gate
from evidence.problems import Problem
from evidence.statements import Checked, Passage, chapter_files, check_passages, library_prose, passages_of, read_notebook, read_page


@dataclass(frozen=True, slots=True)
class ChapterFile:
    """A chapter as it was read.

    Attributes:
        path: Its file.
        digest: Hash of its content.
        notebook: The notebook; None for Markdown, or when it cannot be read.
        passages: Its prose.
        faults: Why it cannot be read.
    """

    path: Path
    digest: str
    notebook: Any = None
    passages: tuple[Passage, ...] = ()
    faults: tuple[Problem, ...] = ()

    @property
    def name(self) -> str:
        """Name of the chapter."""
        return self.path.stem


@dataclass(frozen=True, slots=True)
class Snapshot:
    """The book as it was read for one check.

    Attributes:
        chapters: Folder of the chapters.
        digest: Hash of the data library's files.
        library: The data library; None when it is malformed.
        verdict_of: Verdict of every figure.
        data: Gates of the data library.
        files: Files of all chapters.
        pages: The chapters that are looked at.
    """

    chapters: Path
    digest: str
    library: Library | None
    verdict_of: Mapping[str, Verdict]
    data: list[Gate]
    files: list[Path] = field(default_factory=list)
    pages: list[ChapterFile] = field(default_factory=list)


class Desk:
    """Reads the book for checks and keeps what it has read and found as long as the content is the same."""

    def __init__(self) -> None:
        self._data: tuple[str, Library | None, Mapping[str, Verdict], list[Gate]] | None = None
        self._pages: dict[Path, ChapterFile] = {}
        self._checked: dict[str, tuple[str, str, Checked]] = {}
        self._formed: dict[str, tuple[str, list[Problem]]] = {}

    def read(
        self,
        data_dir: str | Path = "",
        chapters: Path | None = None,
        wanted: Callable[[Path], bool] = lambda _file: True,
        *,
        judged: bool = True,
    ) -> Snapshot:
        """Return the book as it is now.

        Args:
            data_dir: Data library; empty for the repository's own.
            chapters: Folder of the chapters; the repository's own when None.
            wanted: Returns whether a chapter's file is looked at.
            judged: Whether the gates of the data library look at all of it, and not only whether it is well-formed.
        """
        folder, directory = chapters or paths.chapters_dir(), paths.data_dir(data_dir)
        digest = f"{directory} {judged} {_digest(directory)}"
        if self._data is None or self._data[0] != digest:
            self._data = (digest, *_read_data(directory, judged=judged))
        _, library, verdict_of, gates = self._data
        try:
            files = chapter_files(folder) if library else []
        except StatementError as error:
            return Snapshot(folder, digest, None, verdict_of, [*gates, Gate("chapters", 1, error.problems)])
        return Snapshot(folder, digest, library, verdict_of, gates, files, [self._page(path) for path in files if wanted(path)])

    def _page(self, path: Path) -> ChapterFile:
        digest, known = hashlib.sha256(path.read_bytes()).hexdigest(), self._pages.get(path)
        if known is None or known.digest != digest:
            known = self._pages[path] = _read_page(path, digest)
        return known

    def statements(self, page: ChapterFile, snapshot: Snapshot) -> Checked:
        """Return what a page states and whether it holds."""
        return self._check(page.name, page.digest, snapshot, lambda _library: page.passages)

    def form(self, page: ChapterFile, faults: Callable[[ChapterFile], list[Problem]]) -> list[Problem]:
        """Return what is wrong with the form of a page, which hangs on its file alone."""
        kept = self._formed.get(page.name)
        if kept is None or kept[0] != page.digest:
            kept = self._formed[page.name] = (page.digest, faults(page))
        return kept[1]

    def library_prose(self, snapshot: Snapshot) -> Checked:
        """Return what the prose of the data library states and whether it holds."""
        return self._check("data/", "", snapshot, library_prose)

    def _check(self, name: str, digest: str, snapshot: Snapshot, passages: Any) -> Checked:
        library, kept = snapshot.library, self._checked.get(name)
        assert library is not None, "only a book whose data are in order is asked what it states"
        if kept is None or kept[:2] != (digest, snapshot.digest):
            kept = self._checked[name] = (digest, snapshot.digest, check_passages(passages(library), library))
        return kept[2]


def _read_data(directory: Path, *, judged: bool) -> tuple[Library | None, Mapping[str, Verdict], list[Gate]]:
    try:
        library = validate(load(directory))
        if not judged:
            return library, Verdicts(library), [records_gate(library)]
        verdict_of = verdicts(library)
        return library, verdict_of, data_gates(library, verdict_of)
    except EvidenceError as error:
        return None, {}, [Gate("data library", 1, error.problems)]


def _read_page(path: Path, digest: str) -> ChapterFile:
    try:
        if path.suffix == ".md":
            return ChapterFile(path, digest, passages=tuple(read_page(path)))
        notebook = read_notebook(path)
        return ChapterFile(path, digest, notebook, tuple(passages_of(path, notebook)))
    except StatementError as error:
        return ChapterFile(path, digest, faults=tuple(error.problems))


def _digest(directory: Path) -> str:
    digest = hashlib.sha256()
    for path in sorted(directory.rglob("*")):
        if path.suffix in (".csv", ".json", ".toml") and path.is_file():
            digest.update(f"{path.relative_to(directory)}\0".encode() + path.read_bytes() + b"\0")
    return digest.hexdigest()
