"""An edition that was published before another, as its files stand in the tree: what the other may take up instead of keeping it anew."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from evidence.editions.parts import parts_of
from evidence.editions.shelf import KEPT, LEDGER, LIES, changes_of, is_whole, kept_by, record_of, sources_of, unpacked, whole_list
from evidence.ledger.archive import ABOUT

PICTURES = (".svg", ".narrow.svg", ".png")
"""What the pictures of a chart are called, after its id."""


@dataclass(frozen=True)
class Archived:
    """An edition as its files stand in a published tree.

    Attributes:
        record: Its name and date.
        read: Returns the bytes of one of its files by name; None where there is none.
    """

    record: Mapping[str, str]
    read: Callable[[str], bytes | None]

    @property
    def name(self) -> str:
        """Its name, which is that of its folder."""
        return self.record["name"]

    @cached_property
    def kept(self) -> dict[str, str]:
        """What it keeps, by the name a file had in its site."""
        return kept_by(self.read)

    def pictures(self, chart: str) -> dict[str, bytes]:
        """Return the pictures of a chart that it keeps, by the ending of their names."""
        found = {ending: self._kept(self.kept[name]) for ending in PICTURES if (name := f"charts/{chart}{ending}") in self.kept}
        return {ending: content for ending, content in found.items() if content is not None}

    def ledger(self) -> tuple[str, bytes] | None:
        """Return what its ledger is called among the kept files, or that than which it is another, and its bytes; None where it is not kept as its name says."""
        lies = record_of(self.read(LEDGER) or b"").get(LIES)
        return self._base(str(lies)) if lies else None

    def source(self, name: str) -> tuple[str, bytes] | None:
        """Return the same of one of its sources."""
        lies = self._sources.get(name)
        return self._base(lies[0]) if lies else None

    @cached_property
    def _sources(self) -> dict[str, list[str]]:
        return dict(sources_of(record_of(whole_list(self.read, ABOUT) or b"")))

    def records(self, name: str) -> dict[str, bytes]:
        """Return the parts of records that lie apart, by their names among the kept files; nothing where one is not as its name says."""
        held = {part: self._kept(part) or b"" for part in parts_of(self.text(name))}
        return held if all(is_whole(part, content) for part, content in held.items()) else {}

    def _kept(self, name: str) -> bytes | None:
        return self.read(f"../../{KEPT}/{name}")

    def _base(self, lies: str) -> tuple[str, bytes] | None:
        """Return a kept file, or that than which it says to be another, with its bytes."""
        for _ in range(2):
            lies = Path(lies).name
            content = self._kept(lies)
            if content is None or not is_whole(lies, content):
                return None
            held = unpacked(lies, content)
            if not (other := changes_of(held)):
                return lies, held
            lies = other
        return None

    def text(self, name: str) -> str:
        """Return the text of one of its files; empty where there is none."""
        return (self.read(name) or b"").decode("utf-8", "replace")


def in_folder(record: Mapping[str, str], folder: Path) -> Archived:
    """Return an edition whose files stand in a folder."""
    return Archived(record, lambda name: (folder / name).read_bytes() if (folder / name).is_file() else None)
